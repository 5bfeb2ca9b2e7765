/* Show: answers as people and programs read them - prose, table, JSON Lines, CSV. */
#ifndef DRAGOMAN_SHOW_H
#define DRAGOMAN_SHOW_H

#include <dragoman/ask.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dgm_format {
    DGM_FORMAT_TEXT = 0, /* for people: several lines a record, with the quoted words */
    DGM_FORMAT_TABLE,    /* one line a record */
    DGM_FORMAT_JSONL,    /* an object a line; a record's is that of docs/json.md */
    DGM_FORMAT_CSV       /* RFC 4180, with a head line; lines end with LF */
} dgm_format;

/* "text", "table", "jsonl", "csv"; false for another name. */
DGM_API bool dgm_format_from(dgm_format *format, const char *name);

/* Takes what is shown; non-zero stops with DGM_ERROR_STOPPED. */
typedef int (*dgm_write_callback)(const char *bytes, size_t len, void *payload);

typedef struct dgm_show_options {
    size_t size; /* sizeof(dgm_show_options) */
    dgm_format format;
    bool is_coloured; /* ANSI colours in text and table */
    uint32_t width;   /* columns of a terminal that text and table fit into; 0: 100 */
    bool omit_head;   /* no head line in CSV */
    dgm_write_callback write;
    void *payload;
} dgm_show_options;

#define DGM_SHOW_OPTIONS_INIT                                                                      \
    {                                                                                              \
        sizeof(dgm_show_options), DGM_FORMAT_TEXT, false, 0, false, NULL, NULL                     \
    }

/* Draw the whole answer and write it. Text is written as a table. */
DGM_API DGM_MUST_CHECK dgm_status dgm_show_answer(dgm_answer *answer,
                                                  const dgm_show_options *options, dgm_error *err);

/* What passed between two, by their codes: as text one line a record, below it the quoted words
 * and their place, at the end a summary. */
DGM_API DGM_MUST_CHECK dgm_status dgm_show_brief(dgm_store *store, const char *a, const char *b,
                                                 const dgm_show_options *options, dgm_error *err);

/* What an actor did and met with (b NULL), or two between them: as text one line a record, by year,
 * at the end a summary. */
DGM_API DGM_MUST_CHECK dgm_status dgm_show_timeline(dgm_store *store, const char *a, const char *b,
                                                    const dgm_show_options *options,
                                                    dgm_error *err);

#ifdef __cplusplus
}
#endif
#endif
