/* store: what is kept, what is replaced, what is refused. */
#include "cmocka_all.h"

#include "record/db.h"
#include "record/store.h"
#include "record_sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static char folder[] = "dgm-store-XXXXXX";

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) ? 0 : -1;
}

static int drop_folder(void **state)
{
    (void)state;
    return rmdir(folder);
}

static const char *path_of(const char *name)
{
    static char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static const char *name_of(const char *code, void *payload)
{
    (void)payload;
    return strcmp(code, "IRN") == 0 ? "Iran" : strcmp(code, "CUB") == 0 ? "Cuba" : NULL;
}

static dgm_store_options sample_options(void)
{
    dgm_store_options options = DGM_STORE_OPTIONS_INIT;
    options.engine_version = "1";
    options.rules_version = "r1";
    options.model_version = "m1";
    options.actor_name = name_of;
    return options;
}

static dgm_store *open_store(const char *path)
{
    const dgm_store_options options = sample_options();
    dgm_store *store = NULL;
    dgm_error err = {0};
    if (dgm_store_open(&store, path, &options, &err) != DGM_OK)
        fail_msg("%s", err.text);
    return store;
}

static void add(dgm_store *store, const char *id, const char *text, const dgm_records *records)
{
    dgm_document *document = sample_document(id, text);
    dgm_error err = {0};
    if (dgm_store_add(store, document, records, &err) != DGM_OK)
        fail_msg("%s", err.text);
    dgm_document_free(document);
}

static int64_t number(dgm_store *store, const char *sql)
{
    int64_t value = -1;
    dgm_error err = {0};
    if (dgm_db_number(&value, store->db, "", sql, &err) != DGM_OK)
        fail_msg("%s: %s", sql, err.text);
    return value;
}

static void same_text_is_kept_once(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    dgm_store *store = open_store(":memory:");
    add(store, "a", SAMPLE_TEXT, &it.records);
    const int changes = sqlite3_total_changes(store->db);
    add(store, "a", SAMPLE_TEXT, &it.records);
    assert_int_equal(sqlite3_total_changes(store->db), changes);
    assert_int_equal(number(store, "SELECT count(*) FROM record"), 3);
    assert_int_equal(number(store, "SELECT count(*) FROM sentence"), 3);
    assert_int_equal(number(store, "SELECT line FROM sentence WHERE text LIKE 'Cuba has%'"), 4);
    dgm_store_close(store);
}

static void other_records_replace(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    dgm_store *store = open_store(":memory:");
    add(store, "a", SAMPLE_TEXT, &it.records);
    add(store, "b", SAMPLE_TEXT, &it.records);
    add(store, "a", SAMPLE_TEXT, &(dgm_records){it.items, 1});
    assert_int_equal(number(store, "SELECT count(*) FROM record"), 4);
    assert_int_equal(number(store, "SELECT count(*) FROM sentence"), 4);
    add(store, "a", "Nothing.", &(dgm_records){it.items, 0});
    assert_int_equal(number(store, "SELECT count(*) FROM record_actor WHERE document = 1"), 0);
    assert_int_equal(number(store, "SELECT count(*) FROM document"), 2);
    assert_int_equal(dgm_store_remove(store, DGM_STR("b"), NULL), DGM_OK);
    assert_int_equal(dgm_store_remove(store, DGM_STR("unknown"), NULL), DGM_OK);
    assert_int_equal(number(store, "SELECT count(*) FROM document"), 1);
    assert_int_equal(number(store, "SELECT count(*) FROM citation"), 0);
    dgm_store_close(store);
}

/* The view and the C writer give the same object: the numbers, nulls and lists of both. */
static void view_gives_the_same_json(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    dgm_store *store = open_store(":memory:");
    add(store, "doc", SAMPLE_TEXT, &it.records);
    dgm_document *document = sample_document("doc", SAMPLE_TEXT);
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT json FROM record_json ORDER BY record",
                                        -1, &statement, NULL),
                     SQLITE_OK);
    for (uint32_t i = 0; i < it.records.count; i++) {
        char *json = NULL;
        assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
        assert_int_equal(dgm_record_to_json(&json, &it.items[i], document, false, NULL), DGM_OK);
        assert_string_equal((const char *)sqlite3_column_text(statement, 0), json);
        dgm_free(json);
    }
    sqlite3_finalize(statement);
    dgm_document_free(document);
    dgm_store_close(store);
}

static void names_answer_without_the_engine(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    dgm_store *store = open_store(":memory:");
    add(store, "doc", SAMPLE_TEXT, &it.records);
    const char *text;
    assert_int_equal(dgm_store_actor_code(&text, store, DGM_STR("iran"), NULL), DGM_OK);
    assert_string_equal(text, "IRN");
    assert_int_equal(dgm_store_actor_code(&text, store, DGM_STR("cub"), NULL), DGM_OK);
    assert_string_equal(text, "CUB");
    assert_int_equal(dgm_store_actor_code(&text, store, DGM_STR("France"), NULL), DGM_OK);
    assert_null(text);
    assert_int_equal(dgm_store_actor_name(&text, store, "CUB", NULL), DGM_OK);
    assert_string_equal(text, "Cuba");
    dgm_store_close(store);
}

static void text_may_be_left_out(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    dgm_store_options options = sample_options();
    options.omit_text = true;
    dgm_store *store = NULL;
    assert_int_equal(dgm_store_open(&store, ":memory:", &options, NULL), DGM_OK);
    add(store, "doc", SAMPLE_TEXT, &it.records);
    assert_int_equal(number(store, "SELECT count(*) FROM sentence WHERE text IS NOT NULL"), 0);
    dgm_store_close(store);
}

static void read_bytes(const char *path, char **bytes, size_t *len)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    *bytes = malloc(1 << 20);
    *len = fread(*bytes, 1, 1 << 20, file);
    fclose(file);
}

static void write_twice(const char *path, int times)
{
    sample it;
    sample_fill(&it);
    for (int i = 0; i < times; i++) {
        dgm_store *store = open_store(path);
        assert_int_equal(dgm_store_begin(store, NULL), DGM_OK);
        add(store, "a", SAMPLE_TEXT, &it.records);
        add(store, "b", SAMPLE_TEXT, &it.records);
        assert_int_equal(dgm_store_commit(store, NULL), DGM_OK);
        dgm_store_close(store);
    }
}

static void same_input_gives_the_same_bytes(void **state)
{
    (void)state;
    char *one, *two;
    size_t one_len, two_len;
    write_twice(path_of("one.db"), 1);
    read_bytes(path_of("one.db"), &one, &one_len);
    write_twice(path_of("two.db"), 2);
    read_bytes(path_of("two.db"), &two, &two_len);
    assert_int_equal(one_len, two_len);
    assert_memory_equal(one, two, one_len);
    assert_true(dgm_store_is_file(path_of("one.db")));
    free(one);
    free(two);
    unlink(path_of("one.db"));
    unlink(path_of("two.db"));
}

static void an_open_transaction_is_forgotten(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    const char *path = path_of("open.db");
    dgm_store *store = open_store(path);
    assert_int_equal(dgm_store_begin(store, NULL), DGM_OK);
    add(store, "a", SAMPLE_TEXT, &it.records);
    dgm_store_close(store);
    store = open_store(path);
    uint64_t documents, records;
    assert_int_equal(dgm_store_count(&documents, &records, store, NULL), DGM_OK);
    assert_int_equal(documents + records, 0);
    dgm_store_close(store);
    unlink(path);
}

static void expect_refusal(const char *path, bool is_read_only, dgm_status status,
                           const char *words)
{
    dgm_store_options options = sample_options();
    options.is_read_only = is_read_only;
    dgm_store *store = NULL;
    dgm_error err = {0};
    assert_int_equal(dgm_store_open(&store, path, &options, &err), status);
    assert_null(store);
    assert_int_equal(err.code, status);
    if (!strstr(err.text, words))
        fail_msg("\"%s\" does not say \"%s\"", err.text, words);
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void other_files_are_refused(void **state)
{
    (void)state;
    const char *path = path_of("x.db");
    expect_refusal(path, true, DGM_ERROR_IO, "No such file");
    expect_refusal("/nowhere/at/all.db", false, DGM_ERROR_IO, "cannot open");
    expect_refusal(folder, false, DGM_ERROR_IO, "cannot open");
    expect_refusal("", false, DGM_ERROR_ARGUMENT, "needs a name");
    write_file(path, "This is a text of some length, which is no database at all. "
                     "This is a text of some length, which is no database at all.");
    expect_refusal(path, false, DGM_ERROR_FORMAT, "no record file");
    assert_false(dgm_store_is_file(path));
    write_file(path, "");
    expect_refusal(path, true, DGM_ERROR_FORMAT, "empty");
    unlink(path);
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE t (x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    expect_refusal(path, false, DGM_ERROR_FORMAT, "but no record file");
    unlink(path);
}

static void newer_files_are_refused(void **state)
{
    (void)state;
    const char *path = path_of("new.db");
    dgm_store *store = open_store(path);
    assert_int_equal(sqlite3_exec(store->db, "PRAGMA user_version = 99", NULL, NULL, NULL),
                     SQLITE_OK);
    dgm_store_close(store);
    expect_refusal(path, false, DGM_ERROR_FORMAT, "newer dragoman");
    expect_refusal(path, true, DGM_ERROR_FORMAT, "newer dragoman");
    unlink(path);
}

static const char *const two_steps[] = {"CREATE TABLE a (x); INSERT INTO a VALUES (1)",
                                        "ALTER TABLE a ADD COLUMN y; UPDATE a SET y = x + 1"};
static const char *const broken_steps[] = {"CREATE TABLE a (x); INSERT INTO a VALUES (1)",
                                           "UPDATE a SET x = 5; CREATE TABLE a (x)"};

static void steps_run_once_and_whole(void **state)
{
    (void)state;
    sqlite3 *db = NULL;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    const dgm_db_steps first = {two_steps, 1}, both = {two_steps, 2}, broken = {broken_steps, 2};
    dgm_error err = {0};
    int64_t value = 0;
    assert_int_equal(dgm_db_migrate(db, "m", &first, false, &err), DGM_OK);
    assert_int_equal(dgm_db_migrate(db, "m", &broken, false, &err), DGM_ERROR_FORMAT);
    assert_int_equal(dgm_db_number(&value, db, "m", "SELECT x FROM a", &err), DGM_OK);
    assert_int_equal(value, 1);
    assert_int_equal(dgm_db_migrate(db, "m", &both, true, &err), DGM_ERROR_FORMAT);
    assert_int_equal(dgm_db_migrate(db, "m", &both, false, &err), DGM_OK);
    assert_int_equal(dgm_db_migrate(db, "m", &both, false, &err), DGM_OK);
    assert_int_equal(dgm_db_number(&value, db, "m", "SELECT y FROM a", &err), DGM_OK);
    assert_int_equal(value, 2);
    sqlite3_close(db);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_text_is_kept_once),
        cmocka_unit_test(other_records_replace),
        cmocka_unit_test(view_gives_the_same_json),
        cmocka_unit_test(names_answer_without_the_engine),
        cmocka_unit_test(text_may_be_left_out),
        cmocka_unit_test(same_input_gives_the_same_bytes),
        cmocka_unit_test(an_open_transaction_is_forgotten),
        cmocka_unit_test(other_files_are_refused),
        cmocka_unit_test(newer_files_are_refused),
        cmocka_unit_test(steps_run_once_and_whole),
    };
    return cmocka_run_group_tests(tests, make_folder, drop_folder);
}
