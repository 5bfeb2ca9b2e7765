/* Db: see db.h. */
#include "record/db.h"

#include <stdio.h>
#include <string.h>

#include "schema.h"   /* generated: schema_sql */
#include "schema_2.h" /* and schema_2_sql */

static const char *const record_steps[] = {schema_sql, schema_2_sql};

const dgm_db_steps dgm_record_steps = {record_steps, sizeof record_steps / sizeof *record_steps};

static dgm_status status_of(int code)
{
    switch (code) {
    case SQLITE_NOMEM:
        return DGM_ERROR_MEMORY;
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
    case SQLITE_SCHEMA:
    case SQLITE_CONSTRAINT:
    case SQLITE_MISMATCH:
    case SQLITE_ERROR:
        return DGM_ERROR_FORMAT;
    default:
        return DGM_ERROR_IO;
    }
}

static const char *reason_of(sqlite3 *db, int code)
{
    switch (code) {
    case SQLITE_NOTADB:
        return "this is no record file";
    case SQLITE_CORRUPT:
        return "the file is damaged";
    case SQLITE_FULL:
        return "the disk is full";
    case SQLITE_READONLY:
        return "the file or its folder may not be written";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return "another program is writing to it";
    case SQLITE_NOMEM:
        return "out of memory";
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM: {
        const int number = sqlite3_system_errno(db);
        return number ? strerror(number) : sqlite3_errmsg(db);
    }
    default:
        return sqlite3_errmsg(db);
    }
}

dgm_status dgm_db_fail(dgm_error *err, sqlite3 *db, const char *path, const char *what)
{
    const int code = sqlite3_errcode(db) & 0xFF;
    return dgm_fail(err, status_of(code), path, 0, "%s: %s", what, reason_of(db, code));
}

dgm_status dgm_db_exec(sqlite3 *db, const char *path, const char *sql, dgm_error *err)
{
    if (sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK)
        return DGM_OK;
    return dgm_db_fail(err, db, path, "cannot write the record file");
}

dgm_status dgm_db_number(int64_t *value, sqlite3 *db, const char *path, const char *sql,
                         dgm_error *err)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = sqlite3_step(statement);
    dgm_status status = DGM_OK;
    if (code == SQLITE_ROW)
        *value = sqlite3_column_int64(statement, 0);
    else
        status = dgm_db_fail(err, db, path, "cannot read the record file");
    sqlite3_finalize(statement);
    return status;
}

static dgm_status check_ours(sqlite3 *db, const char *path, int64_t *version, dgm_error *err)
{
    int64_t application, tables;
    DGM_TRY(dgm_db_number(&tables, db, path, "SELECT count(*) FROM sqlite_schema", err));
    DGM_TRY(dgm_db_number(&application, db, path, "PRAGMA application_id", err));
    DGM_TRY(dgm_db_number(version, db, path, "PRAGMA user_version", err));
    if (application == DGM_DB_APPLICATION || (application == 0 && *version == 0 && tables == 0))
        return DGM_OK;
    return dgm_fail(err, DGM_ERROR_FORMAT, path, 0,
                    "this is a SQLite database, but no record file");
}

static dgm_status run_steps(sqlite3 *db, const char *path, const dgm_db_steps *steps, int from,
                            dgm_error *err)
{
    for (int i = from; i < steps->count; i++)
        DGM_TRY(dgm_db_exec(db, path, steps->sql[i], err));
    char pragmas[96];
    snprintf(pragmas, sizeof pragmas, "PRAGMA application_id = %d; PRAGMA user_version = %d",
             DGM_DB_APPLICATION, steps->count);
    return dgm_db_exec(db, path, pragmas, err);
}

/* The version is read again under the lock: another program may have been faster. */
static dgm_status migrate_locked(sqlite3 *db, const char *path, const dgm_db_steps *steps,
                                 dgm_error *err)
{
    int64_t version;
    DGM_TRY(check_ours(db, path, &version, err));
    if (version < steps->count)
        DGM_TRY(run_steps(db, path, steps, (int)version, err));
    return dgm_db_exec(db, path, "COMMIT", err);
}

dgm_status dgm_db_migrate(sqlite3 *db, const char *path, const dgm_db_steps *steps,
                          bool is_read_only, dgm_error *err)
{
    int64_t version;
    DGM_TRY(check_ours(db, path, &version, err));
    if (version > steps->count)
        return dgm_fail(err, DGM_ERROR_FORMAT, path, 0,
                        "the record file has schema %lld, this program knows %d: "
                        "it was written by a newer dragoman",
                        (long long)version, steps->count);
    if (version == steps->count)
        return DGM_OK;
    if (is_read_only && version == 0)
        return dgm_fail(err, DGM_ERROR_FORMAT, path, 0, "this is no record file: it is empty");
    if (is_read_only)
        return dgm_fail(err, DGM_ERROR_FORMAT, path, 0,
                        "the record file has schema %lld, older than %d: "
                        "open it once for writing to bring it up to date",
                        (long long)version, steps->count);
    DGM_TRY(dgm_db_exec(db, path, "BEGIN IMMEDIATE", err));
    const dgm_status status = migrate_locked(db, path, steps, err);
    if (status != DGM_OK && !sqlite3_get_autocommit(db))
        (void)sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}
