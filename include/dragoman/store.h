/* The store: the record file, a SQLite database of documents and their records.
 *
 * docs/record-file.md describes its tables and views. One writer at a time; a store is used by one
 * thread at a time. Coding the same document twice changes nothing. */
#ifndef DRAGOMAN_STORE_H
#define DRAGOMAN_STORE_H

#include <dragoman/record.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dgm_store dgm_store;

/* The name of an actor's code for people ("IRN": "Iran"), or NULL. Called while adding. */
typedef const char *(*dgm_actor_name_callback)(const char *code, void *payload);

typedef struct dgm_store_options {
    size_t size;       /* sizeof(dgm_store_options) */
    bool is_read_only; /* fails when the file is missing */
    bool omit_text;    /* keep offsets and quoted words, not the sentences' text */
    const char *engine_version, *rules_version,
        *model_version;                 /* kept with each coding; may be NULL */
    dgm_actor_name_callback actor_name; /* names are kept, so that the file answers by itself;
                                           may be NULL */
    void *payload;
    const char *ontology_version; /* of the coding; NULL: the built-in ontology's */
} dgm_store_options;

#define DGM_STORE_OPTIONS_INIT                                                                     \
    {                                                                                              \
        sizeof(dgm_store_options), false, false, NULL, NULL, NULL, NULL, NULL, NULL                \
    }

/* Open or make a record file; older schemas are migrated, newer ones are DGM_ERROR_FORMAT, as is a
 * file that is no record file. What the system refuses (a missing folder, rights, a full disk) is
 * DGM_ERROR_IO. Path ":memory:" is a store that is gone on close. The options' strings are copied.
 * The store must outlive every answer taken from it. On success *out is the caller's:
 * dgm_store_close(). */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_open(dgm_store **out, const char *path,
                                                 const dgm_store_options *options, dgm_error *err);

/* Forgets what a dgm_store_begin() without commit has added. NULL is a no-op. */
DGM_API void dgm_store_close(dgm_store *store);

/* True when the file begins as a SQLite database does; false also when it cannot be read. */
DGM_API bool dgm_store_is_file(const char *path);

/* Keep a document and its records: whole or not at all. What the store had of the same document
 * (same id) is replaced when text, metadata, versions or records differ; nothing is written when
 * they are the same. */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_add(dgm_store *store, const dgm_document *document,
                                                const dgm_records *records, dgm_error *err);

/* Forget a document and all that belongs to it; nothing happens when the store has none such. */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_remove(dgm_store *store, dgm_str id, dgm_error *err);

/* Bundle many calls into one transaction, which is kept by commit only. A failed call inside is
 * undone alone, unless the file itself failed: then commit fails too. */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_begin(dgm_store *store, dgm_error *err);
DGM_API DGM_MUST_CHECK dgm_status dgm_store_commit(dgm_store *store, dgm_error *err);

/* How many documents and records the file holds. */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_count(uint64_t *documents, uint64_t *records,
                                                  dgm_store *store, dgm_error *err);

/* The code of an actor that the file names, by code or name without regard to ASCII case ("IRN",
 * "iran"); *code is NULL when it has none such. Lives until the store's next call. */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_actor_code(const char **code, dgm_store *store,
                                                       dgm_str name, dgm_error *err);
/* The name of a code; the code itself where the file has no name. Lives until the next call. */
DGM_API DGM_MUST_CHECK dgm_status dgm_store_actor_name(const char **name, dgm_store *store,
                                                       const char *code, dgm_error *err);

#ifdef __cplusplus
}
#endif
#endif
