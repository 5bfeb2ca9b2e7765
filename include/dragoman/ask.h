/* Ask: questions to a record file, answered as streams of rows.
 *
 * One table holds every question: its name, parameters and columns, which the command line and
 * other faces read. An answer reads while it is drawn; the store must outlive it. One thread at a
 * time uses a store and its answers. */
#ifndef DRAGOMAN_ASK_H
#define DRAGOMAN_ASK_H

#include <dragoman/store.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dgm_column_type {
    DGM_COLUMN_TEXT = 1,
    DGM_COLUMN_INTEGER,
    DGM_COLUMN_REAL,
    DGM_COLUMN_LIST, /* text, items parted by "; " */
    DGM_COLUMN_JSON  /* the whole record as a JSON object */
} dgm_column_type;

typedef struct dgm_column {
    const char *name;
    dgm_column_type type;
    const char *help;
} dgm_column;

typedef struct dgm_parameter {
    const char *name, *help;
    bool is_optional;
} dgm_parameter;

/* A question. All pointers are static. */
typedef struct dgm_query {
    const char *name, *help;
    const dgm_parameter *parameters;
    uint32_t parameter_count;
    const dgm_column *columns;
    uint32_t column_count;
    const char *sql;
} dgm_query;

/* The i-th question; NULL beyond the last. */
DGM_API const dgm_query *dgm_query_at(uint32_t i);
/* By name; NULL when there is none such. */
DGM_API const dgm_query *dgm_query_find(const char *name);
/* The place of a column; -1 when the question has none such. */
DGM_API int dgm_query_column(const dgm_query *query, const char *name);

typedef struct dgm_answer dgm_answer;

/* Ask. `arguments` fill the parameters in order; NULL leaves an optional one out. Arguments are
 * copied. On success *out is the caller's: dgm_answer_free(), before the store is closed. */
DGM_API DGM_MUST_CHECK dgm_status dgm_ask(dgm_answer **out, dgm_store *store,
                                          const dgm_query *query, const char *const *arguments,
                                          dgm_error *err);

/* Move to the next row; *has_row is false at the end. */
DGM_API DGM_MUST_CHECK dgm_status dgm_answer_next(bool *has_row, dgm_answer *answer,
                                                  dgm_error *err);

/* A cell of the row; borrowed, until the next row. Length 0 and 0 for null. */
DGM_API bool dgm_answer_is_null(dgm_answer *answer, int column);
DGM_API dgm_str dgm_answer_text(dgm_answer *answer, int column);
DGM_API int64_t dgm_answer_integer(dgm_answer *answer, int column);
DGM_API double dgm_answer_real(dgm_answer *answer, int column);

DGM_API const dgm_query *dgm_answer_query(const dgm_answer *answer);
DGM_API void dgm_answer_free(dgm_answer *answer);

#ifdef __cplusplus
}
#endif
#endif
