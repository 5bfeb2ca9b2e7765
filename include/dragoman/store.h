/* The store: the record file, a SQLite database of documents, mentions and records.
 *
 * One writer at a time. Coding the same document twice changes nothing. */
#ifndef DRAGOMAN_STORE_H
#define DRAGOMAN_STORE_H

#include <dragoman/record.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dgm_store dgm_store;

typedef struct dgm_store_options {
    size_t size;       /* sizeof(dgm_store_options) */
    bool is_read_only; /* fails when the file is missing */
    bool omit_text;    /* keep offsets and quoted words, not the sentences' text */
    const char *engine_version, *rules_version,
        *model_version; /* kept with each coding; may be NULL */
} dgm_store_options;

#define DGM_STORE_OPTIONS_INIT                                                                     \
    {                                                                                              \
        sizeof(dgm_store_options), false, false, NULL, NULL, NULL                                  \
    }

/* Open or make a record file; older schemas are migrated, newer ones are DGM_ERROR_FORMAT, as is a
 * file that is no record file. Path ":memory:" is a store that is gone on close. The store must
 * outlive every answer taken from it. On success *out is the caller's: dgm_store_close(). */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_open(dgm_store **out, const char *path,
                                                 const dgm_store_options *options, dgm_error *err);
DGM_API void dgm_store_close(dgm_store *store);

/* Keep a document and its records: whole or not at all. What the store had of the same document
 * (same id) is replaced when text or versions differ; nothing changes when they are the same. */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_add(dgm_store *store, const dgm_document *document,
                                                const dgm_records *records, dgm_error *err);

/* Bundle many dgm_store_add() into one transaction. */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_begin(dgm_store *store, dgm_error *err);
DGM_API DGM_MUST_CHECK dgm_status dgm_store_commit(dgm_store *store, dgm_error *err);

#ifdef __cplusplus
}
#endif
#endif
