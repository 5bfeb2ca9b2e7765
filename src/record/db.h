/* Db: the little of SQLite that the store and its answers share: errors in our words, schema steps.
 */
#ifndef DGM_RECORD_DB_H
#define DGM_RECORD_DB_H

#include "base/error.h"

#include <sqlite3.h>

/* "DGMR", big-endian in the file's header. */
enum { DGM_DB_APPLICATION = 0x44474D52 };

/* Fill *err from the connection's last error: want of memory, a file that is not what it should be,
 * or a failing world with its reason. */
dgm_status dgm_db_fail(dgm_error *err, sqlite3 *db, const char *path, const char *what);

/* Run statements without results. */
DGM_MUST_CHECK dgm_status dgm_db_exec(sqlite3 *db, const char *path, const char *sql,
                                      dgm_error *err);

/* The one number that a statement gives. */
DGM_MUST_CHECK dgm_status dgm_db_number(int64_t *value, sqlite3 *db, const char *path,
                                        const char *sql, dgm_error *err);

/* One step of the schema: SQL that takes a file from version i to i + 1, where i is its place in
 * the list. Steps are never edited once released; a change is a new step at the end. */
typedef struct dgm_db_steps {
    const char *const *sql;
    int count;
} dgm_db_steps;

/* Bring an open file to the newest version: checks that it is ours (or empty), and not newer than
 * the steps; runs the missing ones in one transaction. A read-only connection only checks. */
DGM_MUST_CHECK dgm_status dgm_db_migrate(sqlite3 *db, const char *path, const dgm_db_steps *steps,
                                         bool is_read_only, dgm_error *err);

/* The steps of the record file. */
extern const dgm_db_steps dgm_record_steps;

#endif
