/* ask: the table of questions, and what they find. */
#include "cmocka_all.h"

#include "record_sample.h"
#include <dragoman/ask.h>

#include <stdlib.h>

static dgm_store *sample_store(sample *it)
{
    dgm_store *store = NULL;
    dgm_document *document = sample_document("doc", SAMPLE_TEXT);
    sample_fill(it);
    assert_int_equal(dgm_store_open(&store, ":memory:", NULL, NULL), DGM_OK);
    assert_int_equal(dgm_store_add(store, document, &it->records, NULL), DGM_OK);
    dgm_document_free(document);
    return store;
}

/* The triggers of the rows, joined by '|'. */
static void expect(dgm_store *store, const char *query, const char *a, const char *b,
                   const char *expected)
{
    const char *const arguments[] = {a, b};
    char found[512] = "";
    dgm_answer *answer;
    const dgm_query *asked = dgm_query_find(query);
    assert_int_equal(dgm_ask(&answer, store, asked, arguments, NULL), DGM_OK);
    for (;;) {
        bool has_row;
        assert_int_equal(dgm_answer_next(&has_row, answer, NULL), DGM_OK);
        if (!has_row)
            break;
        const dgm_str trigger = dgm_answer_text(answer, dgm_query_column(asked, "trigger"));
        strncat(found, trigger.ptr, trigger.len);
        strcat(found, "|");
    }
    dgm_answer_free(answer);
    assert_string_equal(found, expected);
}

static void table_names_its_columns(void **state)
{
    (void)state;
    sample it;
    dgm_store *store = sample_store(&it);
    const char *const arguments[] = {"IRN", "CUB"};
    for (uint32_t i = 0; dgm_query_at(i); i++) {
        const dgm_query *query = dgm_query_at(i);
        dgm_answer *answer;
        bool has_row;
        assert_ptr_equal(dgm_query_find(query->name), query);
        assert_int_equal(dgm_ask(&answer, store, query, arguments, NULL), DGM_OK);
        assert_int_equal(dgm_answer_next(&has_row, answer, NULL), DGM_OK);
        dgm_answer_free(answer);
    }
    assert_null(dgm_query_find("gossip"));
    assert_int_equal(dgm_query_column(dgm_query_at(0), "gossip"), -1);
    dgm_store_close(store);
}

static void brief_runs_in_time_order_undated_last(void **state)
{
    (void)state;
    sample it;
    dgm_store *store = sample_store(&it);
    expect(store, "brief", "IRN", "CUB", "sent doctors|met|embassy|");
    expect(store, "brief", "CUB", "IRN", "sent doctors|met|embassy|");
    expect(store, "brief", "IRN", "IRQ", "");
    expect(store, "timeline", "CUB", NULL, "sent doctors|met|embassy|");
    expect(store, "records", NULL, NULL, "sent doctors|embassy|met|");
    expect(store, "records", "other", NULL, "");
    dgm_store_close(store);
}

static void third_sides_count_only_beside_an_actor(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    /* Cuba does something to Iran that concerns Iraq; "others" do something to both. */
    dgm_actor iraq = it.actors[4], both[2] = {it.actors[0], it.actors[1]};
    iraq.code = "IRQ";
    it.items[1].about = (dgm_actors){&iraq, 1};
    it.items[2].actors = (dgm_actors){NULL, 0};
    it.items[2].recipients = (dgm_actors){both, 2};
    dgm_store *store = NULL;
    dgm_document *document = sample_document("doc", SAMPLE_TEXT);
    assert_int_equal(dgm_store_open(&store, ":memory:", NULL, NULL), DGM_OK);
    assert_int_equal(dgm_store_add(store, document, &it.records, NULL), DGM_OK);
    expect(store, "brief", "CUB", "IRQ", "embassy|");
    expect(store, "brief", "IRN", "IRQ", "");
    expect(store, "brief", "IRN", "CUB", "sent doctors|embassy|");
    dgm_document_free(document);
    dgm_store_close(store);
}

static void summary_counts_classes_and_years(void **state)
{
    (void)state;
    sample it;
    dgm_store *store = sample_store(&it);
    const char *const arguments[] = {"IRN", "CUB"};
    const char *const classes[] = {"verbal cooperation", "material cooperation", "tie"};
    dgm_answer *answer;
    bool has_row;
    assert_int_equal(dgm_ask(&answer, store, dgm_query_find("summary"), arguments, NULL), DGM_OK);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(dgm_answer_next(&has_row, answer, NULL), DGM_OK);
        assert_true(has_row);
        assert_string_equal(dgm_answer_text(answer, 0).ptr, classes[i]);
        assert_int_equal(dgm_answer_integer(answer, 1), 1);
        assert_true(i == 2 ? dgm_answer_is_null(answer, 2)
                           : dgm_answer_integer(answer, 2) == (i == 0 ? 1999 : 1980));
    }
    dgm_answer_free(answer);
    dgm_store_close(store);
}

static void missing_arguments_are_refused(void **state)
{
    (void)state;
    sample it;
    dgm_store *store = sample_store(&it);
    const char *const arguments[] = {"IRN", NULL};
    dgm_answer *answer;
    assert_int_equal(dgm_ask(&answer, store, dgm_query_find("brief"), arguments, NULL),
                     DGM_ERROR_ARGUMENT);
    dgm_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_names_its_columns),
        cmocka_unit_test(brief_runs_in_time_order_undated_last),
        cmocka_unit_test(third_sides_count_only_beside_an_actor),
        cmocka_unit_test(summary_counts_classes_and_years),
        cmocka_unit_test(missing_arguments_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
