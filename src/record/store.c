/* Store: opening, transactions, documents. Their records are written by rows.c.
 *
 * In: a document with its records, as coded. Out: rows of the record file (schema.sql). What is
 * already there is recognised by three things: the text's hash with the metadata, the versions that
 * coded it, and a hash over all that was coded. */
#include "record/store.h"
#include "base/hash.h"
#include "record/slot.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const statement_sql[DGM_SQL_COUNT] = {
    [DGM_SQL_FIND_DOCUMENT] =
        "SELECT key, hash, records_hash, has_text, coding, title IS ?2 AND date IS ?3 AND "
        "source IS ?4 AND url IS ?5 AND lang IS ?6 AND file IS ?7 FROM document WHERE id = ?1",
    [DGM_SQL_PUT_DOCUMENT] =
        "INSERT INTO document (id, title, date, source, url, lang, file, hash, records_hash, "
        "has_text, coding) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
        "ON CONFLICT (id) DO UPDATE SET title = ?2, date = ?3, source = ?4, url = ?5, lang = ?6, "
        "file = ?7, hash = ?8, records_hash = ?9, has_text = ?10, coding = ?11",
    [DGM_SQL_FIND_CODING] = "SELECT key FROM coding WHERE engine = ?1 AND ontology = ?2 AND "
                            "rules = ?3 AND model = ?4",
    [DGM_SQL_PUT_CODING] =
        "INSERT INTO coding (engine, ontology, rules, model) VALUES (?1, ?2, ?3, ?4)",
    [DGM_SQL_PUT_ACTOR] = "INSERT INTO actor VALUES (?1, ?2) ON CONFLICT (code) DO UPDATE SET "
                          "name = ?2 WHERE name <> ?2",
    [DGM_SQL_PUT_SENTENCE] = "INSERT OR IGNORE INTO sentence VALUES (?1, ?2, ?3, ?4, ?5)",
    [DGM_SQL_PUT_RECORD] =
        "INSERT INTO record VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, "
        "?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27, ?28, ?29, ?30, ?31, ?32, "
        "?33, ?34)",
    [DGM_SQL_PUT_RECORD_ACTOR] =
        "INSERT INTO record_actor VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
    [DGM_SQL_PUT_CONTEXT] = "INSERT INTO record_context VALUES (?1, ?2, ?3, ?4)",
    [DGM_SQL_PUT_PLACE] =
        "INSERT INTO record_place VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    [DGM_SQL_PUT_CITATION] = "INSERT INTO citation VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    [DGM_SQL_DELETE_FIRST] = "DELETE FROM citation WHERE document = ?1",
    [DGM_SQL_DELETE_FIRST + 1] = "DELETE FROM record_place WHERE document = ?1",
    [DGM_SQL_DELETE_FIRST + 2] = "DELETE FROM record_context WHERE document = ?1",
    [DGM_SQL_DELETE_FIRST + 3] = "DELETE FROM record_actor WHERE document = ?1",
    [DGM_SQL_DELETE_FIRST + 4] = "DELETE FROM record WHERE document = ?1",
    [DGM_SQL_DELETE_FIRST + 5] = "DELETE FROM sentence WHERE document = ?1",
    [DGM_SQL_DELETE_LAST] = "DELETE FROM document WHERE key = ?1",
    [DGM_SQL_ACTOR_CODE] =
        "SELECT code FROM (SELECT code, 0 AS rank FROM record_actor WHERE code = upper(?1) "
        "UNION ALL SELECT code, 1 FROM actor WHERE lower(name) = lower(?1)) "
        "ORDER BY rank, code LIMIT 1",
    [DGM_SQL_ACTOR_NAME] = "SELECT coalesce((SELECT name FROM actor WHERE code = ?1), ?1)",
};

dgm_status dgm_store_statement(sqlite3_stmt **out, dgm_store *store, dgm_store_sql which,
                               dgm_error *err)
{
    sqlite3_stmt **slot = &store->statements[which];
    *out = NULL;
    if (!*slot && sqlite3_prepare_v3(store->db, statement_sql[which], -1, SQLITE_PREPARE_PERSISTENT,
                                     slot, NULL) != SQLITE_OK)
        return dgm_db_fail(err, store->db, store->path, "cannot read the record file");
    /* Bound text is borrowed: nothing may stay bound from the time before. */
    sqlite3_reset(*slot);
    sqlite3_clear_bindings(*slot);
    *out = *slot;
    return DGM_OK;
}

dgm_status dgm_store_run(dgm_store *store, sqlite3_stmt *statement, dgm_error *err)
{
    dgm_status status = DGM_OK;
    if (sqlite3_step(statement) != SQLITE_DONE)
        status = dgm_db_fail(err, store->db, store->path, "cannot write the record file");
    sqlite3_reset(statement);
    return status;
}

void dgm_store_bind(sqlite3_stmt *statement, int index, dgm_str text)
{
    if (text.len > 0)
        sqlite3_bind_text64(statement, index, text.ptr, text.len, SQLITE_STATIC, SQLITE_UTF8);
    else
        sqlite3_bind_null(statement, index);
}

void dgm_store_bind_name(sqlite3_stmt *statement, int index, const char *name)
{
    dgm_store_bind(statement, index, dgm_str_of(name));
}

/* Opening. */

/* SQLite tries again for reading when it may not write, and tells of that: ask the system itself.
 */
static dgm_status refuse_path(const dgm_store *store, bool is_read_only, dgm_error *err)
{
    struct stat info;
    int number = 0;
    if (stat(store->path, &info) == 0) {
        if (S_ISDIR(info.st_mode))
            number = EISDIR;
        else if (access(store->path, is_read_only ? R_OK : R_OK | W_OK) != 0)
            number = errno;
    } else if (errno != ENOENT || is_read_only) {
        number = errno;
    } else {
        const char *slash = strrchr(store->path, '/');
        char *folder =
            slash ? strndup(store->path, (size_t)(slash - store->path) + 1) : strdup(".");
        if (folder && access(folder, W_OK | X_OK) != 0)
            number = errno;
        free(folder);
    }
    if (number == 0)
        return dgm_db_fail(err, store->db, store->path, "cannot open the record file");
    errno = number;
    return dgm_fail_errno(err, store->path, "cannot open the record file");
}

static dgm_status open_db(dgm_store *store, bool is_read_only, dgm_error *err)
{
    const int flags =
        is_read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    if (sqlite3_open_v2(store->path, &store->db, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK)
        return refuse_path(store, is_read_only, err);
    sqlite3_extended_result_codes(store->db, 0);
    sqlite3_busy_timeout(store->db, 5000);
    DGM_TRY(dgm_db_migrate(store->db, store->path, &dgm_record_steps, is_read_only, err));
    return dgm_db_exec(store->db, store->path, "PRAGMA foreign_keys = ON", err);
}

static dgm_store *new_store(const char *path, const dgm_store_options *options)
{
    const char *const versions[4] = {
        options->engine_version, options->rules_version, options->model_version,
        options->ontology_version ? options->ontology_version : dgm_ontology_version()};
    dgm_store *store = calloc(1, sizeof *store);
    if (!store)
        return NULL;
    bool is_whole = (store->path = strdup(path)) != NULL;
    for (int i = 0; i < 4; i++)
        is_whole &= (store->versions[i] = strdup(versions[i] ? versions[i] : "")) != NULL;
    store->omit_text = options->omit_text;
    store->actor_name = options->actor_name;
    store->payload = options->payload;
    if (is_whole)
        return store;
    dgm_store_close(store);
    return NULL;
}

/* Options of an older caller are shorter: what they lack is 0. */
static dgm_store_options whole_options(const dgm_store_options *options)
{
    dgm_store_options whole = DGM_STORE_OPTIONS_INIT;
    if (options)
        memcpy(&whole, options, options->size < sizeof whole ? options->size : sizeof whole);
    return whole;
}

/* A file that a failed opening has made is taken away, if nothing is in it. */
static void drop_empty(const char *path)
{
    struct stat info;
    if (stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size == 0)
        unlink(path);
}

dgm_status dgm_store_open(dgm_store **out, const char *path, const dgm_store_options *options,
                          dgm_error *err)
{
    const dgm_store_options whole = whole_options(options);
    *out = NULL;
    if (!path || !path[0])
        return dgm_fail(err, DGM_ERROR_ARGUMENT, path, 0, "a record file needs a name");
    dgm_store *store = new_store(path, &whole);
    if (!store)
        return dgm_fail(err, DGM_ERROR_MEMORY, path, 0, "out of memory opening the record file");
    const bool was_there = access(path, F_OK) == 0;
    const dgm_status status = open_db(store, whole.is_read_only, err);
    if (status == DGM_OK) {
        *out = store;
        return DGM_OK;
    }
    dgm_store_close(store);
    if (!was_there)
        drop_empty(path);
    return status;
}

void dgm_store_close(dgm_store *store)
{
    if (!store)
        return;
    for (int i = 0; i < DGM_SQL_COUNT; i++)
        sqlite3_finalize(store->statements[i]);
    sqlite3_close_v2(store->db);
    for (int i = 0; i < 4; i++)
        free(store->versions[i]);
    free(store->path);
    free(store);
}

bool dgm_store_is_file(const char *path)
{
    static const char magic[16] = "SQLite format 3";
    char head[16];
    const int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (fd < 0)
        return false;
    /* pread() refuses pipes, so that their first bytes stay where they are. */
    const bool is_file = pread(fd, head, sizeof head, 0) == (ssize_t)sizeof head &&
                         memcmp(head, magic, sizeof head) == 0;
    close(fd);
    return is_file;
}

/* Transactions. */

dgm_status dgm_store_begin(dgm_store *store, dgm_error *err)
{
    DGM_TRY(dgm_db_exec(store->db, store->path, "BEGIN IMMEDIATE", err));
    store->is_in_transaction = true;
    return DGM_OK;
}

dgm_status dgm_store_commit(dgm_store *store, dgm_error *err)
{
    if (store->is_in_transaction && sqlite3_get_autocommit(store->db)) {
        store->is_in_transaction = false;
        return dgm_fail(err, DGM_ERROR_IO, store->path, 0,
                        "cannot write the record file: an earlier failure undid the changes");
    }
    store->is_in_transaction = false;
    const dgm_status status = dgm_db_exec(store->db, store->path, "COMMIT", err);
    if (status != DGM_OK && !sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* End a savepoint whole or not at all. After some failures SQLite has undone everything itself. */
static dgm_status end_savepoint(dgm_store *store, dgm_status status, dgm_error *err)
{
    if (status == DGM_OK)
        status = dgm_db_exec(store->db, store->path, "RELEASE one", err);
    if (status != DGM_OK && !sqlite3_get_autocommit(store->db)) {
        (void)sqlite3_exec(store->db, "ROLLBACK TO one", NULL, NULL, NULL);
        (void)sqlite3_exec(store->db, "RELEASE one", NULL, NULL, NULL);
    }
    if (status != DGM_OK && !store->is_in_transaction && !sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status;
}

/* Documents. */

static uint64_t hash_text(uint64_t hash, const char *text)
{
    return text ? dgm_hash_more(hash, text, strlen(text) + 1) : dgm_hash_more(hash, "\1", 1);
}

static uint64_t hash_number(uint64_t hash, int64_t number)
{
    unsigned char bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (unsigned char)((uint64_t)number >> (8 * i));
    return dgm_hash_more(hash, bytes, sizeof bytes);
}

static uint64_t hash_span(uint64_t hash, dgm_span span)
{
    return hash_number(hash, (int64_t)((uint64_t)span.off << 32 | span.len));
}

static uint64_t hash_actors(uint64_t hash, dgm_actors actors)
{
    hash = hash_number(hash, actors.count);
    for (uint32_t i = 0; i < actors.count; i++) {
        const dgm_actor *actor = &actors.items[i];
        hash = hash_text(hash, actor->code);
        hash = dgm_hash_more(hash, actor->sectors, sizeof actor->sectors);
        hash = hash_span(hash, actor->span);
    }
    return hash;
}

/* Numbers as they are kept: a hundred-thousandth is the finest of them. */
static uint64_t hash_real(uint64_t hash, double value)
{
    return hash_number(hash, value == value ? (int64_t)(value * 1e5) : INT64_MIN);
}

static uint64_t hash_when(uint64_t hash, const dgm_time *when)
{
    hash = hash_text(hash, when->edtf);
    if (!when->edtf)
        return hash;
    hash =
        hash_number(hash, when->earliest.is_open ? INT64_MIN : dgm_slot_day_number(when->earliest));
    hash = hash_number(hash, when->latest.is_open ? INT64_MAX : dgm_slot_day_number(when->latest));
    hash = hash_number(hash, when->basis);
    return hash_span(hash, when->span);
}

static uint64_t hash_record(uint64_t hash, const dgm_record *record)
{
    hash = hash_number(hash, (int64_t)record->id);
    hash = hash_number(hash, record->kind * 1000 + record->type);
    hash = hash_number(hash, record->mode * 1000 + record->modality);
    hash = hash_actors(hash, record->actors);
    hash = hash_actors(hash, record->recipients);
    hash = hash_actors(hash, record->about);
    hash = hash_number(hash, (int64_t)record->contexts);
    hash = hash_when(hash, &record->when);
    for (uint32_t i = 0; i < record->where_count; i++) {
        const dgm_place *place = &record->where[i];
        hash = hash_text(hash_text(hash, place->name), place->country);
        hash = hash_real(hash_real(hash, place->lat), place->lon);
        hash = hash_span(hash_number(hash, place->geonames), place->span);
    }
    hash = hash_span(hash, record->attribution.span);
    hash = hash_actors(hash, record->attribution.actors);
    hash = hash_real(hash_real(hash, record->score), record->confidence);
    hash = hash_span(hash_span(hash, record->trigger), record->sentence);
    for (uint32_t i = 0; i < record->citation_count; i++)
        hash = hash_span(hash, record->citations[i]);
    hash = hash_real(hash_text(hash, record->cameo.code), record->cameo.goldstein);
    hash = hash_number(hash, record->cameo.scale);
    return hash_text(hash, record->rule);
}

static uint64_t hash_records(const dgm_records *records)
{
    uint64_t hash = hash_number(DGM_HASH_START, records->count);
    for (uint32_t i = 0; i < records->count; i++)
        hash = hash_record(hash, &records->items[i]);
    return dgm_hash_end(hash);
}

/* What a document row says, gathered once. */
typedef struct entry {
    const dgm_document *document;
    dgm_str id;
    char id_buffer[17], hash[17], records_hash[17];
    int64_t coding; /* 0: these versions are new to the file */
    int64_t key;    /* 0: the document is new to the file */
    bool is_same;
} entry;

static void bind_metadata(sqlite3_stmt *statement, const entry *it)
{
    dgm_store_bind(statement, 1, it->id);
    dgm_store_bind(statement, 2, dgm_document_title(it->document));
    dgm_store_bind(statement, 3, dgm_document_date(it->document));
    dgm_store_bind(statement, 4, dgm_document_source(it->document));
    dgm_store_bind(statement, 5, dgm_document_url(it->document));
    dgm_store_bind(statement, 6, dgm_document_lang(it->document));
    dgm_store_bind(statement, 7, dgm_document_file(it->document));
}

static void bind_versions(sqlite3_stmt *statement, const dgm_store *store)
{
    const char *const versions[4] = {store->versions[0], store->versions[3], store->versions[1],
                                     store->versions[2]};
    for (int i = 0; i < 4; i++)
        sqlite3_bind_text(statement, i + 1, versions[i], -1, SQLITE_STATIC);
}

static dgm_status find_coding(entry *it, dgm_store *store, dgm_error *err)
{
    sqlite3_stmt *statement;
    DGM_TRY(dgm_store_statement(&statement, store, DGM_SQL_FIND_CODING, err));
    bind_versions(statement, store);
    const int code = sqlite3_step(statement);
    it->coding = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return DGM_OK;
    return dgm_db_fail(err, store->db, store->path, "cannot read the record file");
}

static bool column_is(sqlite3_stmt *statement, int column, const char *text)
{
    const char *value = (const char *)sqlite3_column_text(statement, column);
    return value && strcmp(value, text) == 0;
}

static dgm_status find_document(entry *it, dgm_store *store, dgm_error *err)
{
    sqlite3_stmt *statement;
    DGM_TRY(dgm_store_statement(&statement, store, DGM_SQL_FIND_DOCUMENT, err));
    bind_metadata(statement, it);
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW) {
        it->key = sqlite3_column_int64(statement, 0);
        it->is_same =
            column_is(statement, 1, it->hash) && column_is(statement, 2, it->records_hash) &&
            sqlite3_column_int(statement, 3) == !store->omit_text &&
            sqlite3_column_int64(statement, 4) == it->coding && sqlite3_column_int(statement, 5);
    }
    sqlite3_reset(statement);
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return DGM_OK;
    return dgm_db_fail(err, store->db, store->path, "cannot read the record file");
}

static dgm_status delete_rows(dgm_store *store, int64_t key, int last, dgm_error *err)
{
    for (int which = DGM_SQL_DELETE_FIRST; which <= last; which++) {
        sqlite3_stmt *statement;
        DGM_TRY(dgm_store_statement(&statement, store, (dgm_store_sql)which, err));
        sqlite3_bind_int64(statement, 1, key);
        DGM_TRY(dgm_store_run(store, statement, err));
    }
    return DGM_OK;
}

static dgm_status put_coding(entry *it, dgm_store *store, dgm_error *err)
{
    if (it->coding != 0)
        return DGM_OK;
    sqlite3_stmt *statement;
    DGM_TRY(dgm_store_statement(&statement, store, DGM_SQL_PUT_CODING, err));
    bind_versions(statement, store);
    DGM_TRY(dgm_store_run(store, statement, err));
    it->coding = sqlite3_last_insert_rowid(store->db);
    return DGM_OK;
}

static dgm_status put_document(entry *it, dgm_store *store, dgm_error *err)
{
    sqlite3_stmt *statement;
    DGM_TRY(dgm_store_statement(&statement, store, DGM_SQL_PUT_DOCUMENT, err));
    bind_metadata(statement, it);
    sqlite3_bind_text(statement, 8, it->hash, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 9, it->records_hash, -1, SQLITE_STATIC);
    sqlite3_bind_int(statement, 10, !store->omit_text);
    sqlite3_bind_int64(statement, 11, it->coding);
    DGM_TRY(dgm_store_run(store, statement, err));
    if (it->key == 0)
        it->key = sqlite3_last_insert_rowid(store->db);
    return DGM_OK;
}

static dgm_status replace_document(entry *it, dgm_store *store, const dgm_records *records,
                                   dgm_error *err)
{
    const bool is_known = it->key != 0;
    if (is_known)
        DGM_TRY(delete_rows(store, it->key, DGM_SQL_DELETE_LAST - 1, err));
    DGM_TRY(put_coding(it, store, err));
    DGM_TRY(put_document(it, store, err));
    DGM_TRY(dgm_store_put_records(store, it->key, it->document, records, err));
    if (!is_known)
        return DGM_OK;
    return dgm_db_exec(store->db, store->path,
                       "DELETE FROM coding WHERE key NOT IN (SELECT coding FROM document)", err);
}

dgm_status dgm_store_add(dgm_store *store, const dgm_document *document, const dgm_records *records,
                         dgm_error *err)
{
    entry it = {.document = document};
    it.id = dgm_slot_document_id(document, it.id_buffer);
    dgm_slot_hex(it.hash, dgm_document_hash(document));
    dgm_slot_hex(it.records_hash, hash_records(records));
    DGM_TRY(find_coding(&it, store, err));
    DGM_TRY(find_document(&it, store, err));
    if (it.is_same)
        return DGM_OK;
    DGM_TRY(dgm_db_exec(store->db, store->path, "SAVEPOINT one", err));
    return end_savepoint(store, replace_document(&it, store, records, err), err);
}

dgm_status dgm_store_remove(dgm_store *store, dgm_str id, dgm_error *err)
{
    sqlite3_stmt *statement;
    DGM_TRY(dgm_store_statement(&statement, store, DGM_SQL_FIND_DOCUMENT, err));
    dgm_store_bind(statement, 1, id);
    const int code = sqlite3_step(statement);
    const int64_t key = code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_reset(statement);
    if (code == SQLITE_DONE)
        return DGM_OK;
    if (code != SQLITE_ROW)
        return dgm_db_fail(err, store->db, store->path, "cannot read the record file");
    DGM_TRY(dgm_db_exec(store->db, store->path, "SAVEPOINT one", err));
    return end_savepoint(store, delete_rows(store, key, DGM_SQL_DELETE_LAST, err), err);
}

/* Looking up. */

dgm_status dgm_store_count(uint64_t *documents, uint64_t *records, dgm_store *store, dgm_error *err)
{
    int64_t counts[2];
    DGM_TRY(
        dgm_db_number(&counts[0], store->db, store->path, "SELECT count(*) FROM document", err));
    DGM_TRY(dgm_db_number(&counts[1], store->db, store->path, "SELECT count(*) FROM record", err));
    *documents = (uint64_t)counts[0];
    *records = (uint64_t)counts[1];
    return DGM_OK;
}

static dgm_status look_up(const char **out, dgm_store *store, dgm_store_sql which, dgm_str text,
                          dgm_error *err)
{
    sqlite3_stmt *statement;
    *out = NULL;
    DGM_TRY(dgm_store_statement(&statement, store, which, err));
    dgm_store_bind(statement, 1, text);
    const int code = sqlite3_step(statement);
    if (code == SQLITE_ROW)
        *out = (const char *)sqlite3_column_text(statement, 0);
    if (code == SQLITE_ROW || code == SQLITE_DONE)
        return DGM_OK;
    return dgm_db_fail(err, store->db, store->path, "cannot read the record file");
}

dgm_status dgm_store_actor_code(const char **code, dgm_store *store, dgm_str name, dgm_error *err)
{
    return look_up(code, store, DGM_SQL_ACTOR_CODE, name, err);
}

dgm_status dgm_store_actor_name(const char **name, dgm_store *store, const char *code,
                                dgm_error *err)
{
    return look_up(name, store, DGM_SQL_ACTOR_NAME, dgm_str_of(code), err);
}
