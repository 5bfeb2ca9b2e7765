/* The store's inside, for this folder and for the questions of src/ask. */
#ifndef DGM_RECORD_STORE_H
#define DGM_RECORD_STORE_H

#include "record/db.h"
#include <dragoman/store.h>

/* Statements that are prepared once: store.c has their SQL. */
typedef enum dgm_store_sql {
    DGM_SQL_FIND_DOCUMENT,
    DGM_SQL_PUT_DOCUMENT,
    DGM_SQL_FIND_CODING,
    DGM_SQL_PUT_CODING,
    DGM_SQL_PUT_ACTOR,
    DGM_SQL_PUT_SENTENCE,
    DGM_SQL_PUT_RECORD,
    DGM_SQL_PUT_RECORD_ACTOR,
    DGM_SQL_PUT_CONTEXT,
    DGM_SQL_PUT_PLACE,
    DGM_SQL_PUT_CITATION,
    DGM_SQL_DELETE_FIRST,
    DGM_SQL_DELETE_LAST = DGM_SQL_DELETE_FIRST + 6,
    DGM_SQL_ACTOR_CODE,
    DGM_SQL_ACTOR_NAME,
    DGM_SQL_COUNT
} dgm_store_sql;

struct dgm_store {
    sqlite3 *db;
    char *path;
    char *versions[4]; /* engine, rules, model, ontology; never NULL */
    bool omit_text;
    bool is_in_transaction;
    dgm_actor_name_callback actor_name;
    void *payload;
    sqlite3_stmt *statements[DGM_SQL_COUNT];
};

/* A prepared statement, ready for binding. */
DGM_MUST_CHECK dgm_status dgm_store_statement(sqlite3_stmt **out, dgm_store *store,
                                              dgm_store_sql which, dgm_error *err);

/* Write the rows of a document's records under the document's key. */
DGM_MUST_CHECK dgm_status dgm_store_put_records(dgm_store *store, int64_t key,
                                                const dgm_document *document,
                                                const dgm_records *records, dgm_error *err);

/* Step a statement that gives no row, and make it ready again. */
DGM_MUST_CHECK dgm_status dgm_store_run(dgm_store *store, sqlite3_stmt *statement, dgm_error *err);

/* Bind text, NULL for length 0; it must live until the statement has run. */
void dgm_store_bind(sqlite3_stmt *statement, int index, dgm_str text);
void dgm_store_bind_name(sqlite3_stmt *statement, int index, const char *name);

#endif
