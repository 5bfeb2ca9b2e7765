/* show: text, table, CSV, JSON Lines; widths, colours, hostile text. */
#include "cmocka_all.h"

#include "record_sample.h"
#include "show/paper.h"

#include <stdlib.h>

static const char *name_of(const char *code, void *payload)
{
    (void)payload;
    return strcmp(code, "IRN") == 0 ? "Iran" : strcmp(code, "CUB") == 0 ? "Cuba" : NULL;
}

static dgm_store *store_of(const char *text, const dgm_records *records, bool omit_text)
{
    dgm_store *store = NULL;
    dgm_store_options options = DGM_STORE_OPTIONS_INIT;
    options.actor_name = name_of;
    options.omit_text = omit_text;
    dgm_document *document = sample_document("doc", text);
    assert_int_equal(dgm_store_open(&store, ":memory:", &options, NULL), DGM_OK);
    assert_int_equal(dgm_store_add(store, document, records, NULL), DGM_OK);
    dgm_document_free(document);
    return store;
}

static int collect(const char *bytes, size_t len, void *payload)
{
    dgm_buf_add(payload, (dgm_str){bytes, len});
    return 0;
}

static int refuse(const char *bytes, size_t len, void *payload)
{
    (void)bytes, (void)len, (void)payload;
    return 1;
}

typedef dgm_status (*shower)(dgm_store *, const char *, const char *, const dgm_show_options *,
                             dgm_error *);

static void expect(shower show, const char *a, const char *b, dgm_format format, uint32_t width,
                   const char *expected)
{
    sample it;
    dgm_buf out = {0};
    dgm_store *store = store_of(SAMPLE_TEXT, sample_fill(&it), false);
    dgm_show_options options = DGM_SHOW_OPTIONS_INIT;
    options.format = format;
    options.width = width;
    options.write = collect;
    options.payload = &out;
    assert_int_equal(show(store, a, b, &options, NULL), DGM_OK);
    assert_string_equal(dgm_buf_str(&out).ptr, expected);
    dgm_buf_free(&out);
    dgm_store_close(store);
}

static void brief_reads_as_people_write(void **state)
{
    (void)state;
    expect(
        dgm_show_brief, "IRN", "CUB", DGM_FORMAT_TEXT, 0,
        "October 1980      Iran -> Cuba: gave aid to, \"sent doctors\", according to a Havana "
        "paper\n"
        "    \"Caf\xC3\xA9 notes: in October 1980 Iran sent doctors to Cuba, said a Havana "
        "paper.\"\n"
        "    doc, line 3, characters 15-90, reference [3]\n"
        "\n"
        "until 1999        Iran <-> Cuba: met (visit), \"met\"\n"
        "    \"Iran and Cuba met in 1999 \"at sea\".\"\n"
        "    doc, line 5, characters 123-158\n"
        "\n"
        "undated           Cuba -> Iran: has a mission in, \"embassy\" [presumed] [unsure: 0.30]\n"
        "    \"Cuba has an embassy in Iran.\"\n"
        "    doc, line 4, characters 94-122\n"
        "\n"
        "3 records from 1980 to 1999: 1 verbal cooperation, 1 material cooperation, 1 tie\n");
}

static void timeline_is_grouped_by_year(void **state)
{
    (void)state;
    expect(dgm_show_timeline, "IRN", NULL, DGM_FORMAT_TEXT, 0,
           "1980\n"
           "  October 1980      Iran -> Cuba: gave aid to, \"sent doctors\", according to a "
           "Havana paper (doc:3)\n"
           "1999\n"
           "  until 1999        Iran <-> Cuba: met (visit), \"met\" (doc:5)\n"
           "undated\n"
           "  Cuba -> Iran: has a mission in, \"embassy\" [presumed] [unsure: "
           "0.30] (doc:4)\n"
           "\n"
           "3 records from 1980 to 1999: 1 verbal cooperation, 1 material cooperation, 1 tie\n");
}

static void nothing_is_said_as_such(void **state)
{
    (void)state;
    expect(dgm_show_brief, "IRN", "FRA", DGM_FORMAT_TEXT, 0, "no record between Iran and FRA\n");
    expect(dgm_show_timeline, "FRA", NULL, DGM_FORMAT_TEXT, 0, "no record of FRA\n");
    expect(dgm_show_timeline, "FRA", NULL, DGM_FORMAT_JSONL, 0, "");
}

static void table_is_cut_to_a_terminal(void **state)
{
    (void)state;
    expect(dgm_show_timeline, "IRN", NULL, DGM_FORMAT_TABLE, 64,
           "October 1980      Iran -> Cuba            AID               doc\xE2\x80\xA6\n"
           "until 1999        Iran <-> Cuba           CONSULT visit     doc\xE2\x80\xA6\n"
           "undated           Cuba -> Iran            MISSION [presumed] [u\xE2\x80\xA6\n");
}

static void show_into(dgm_buf *out, const char *text, const dgm_records *records, bool omit_text,
                      dgm_show_options options)
{
    dgm_store *store = store_of(text, records, omit_text);
    options.write = collect;
    options.payload = out;
    assert_int_equal(dgm_show_brief(store, "IRN", "CUB", &options, NULL), DGM_OK);
    dgm_store_close(store);
}

static void jsonl_is_the_record(void **state)
{
    (void)state;
    sample it;
    dgm_buf out = {0};
    dgm_show_options options = DGM_SHOW_OPTIONS_INIT;
    options.format = DGM_FORMAT_JSONL;
    sample_fill(&it);
    show_into(&out, SAMPLE_TEXT, &it.records, false, options);
    char *json = NULL;
    dgm_document *document = sample_document("doc", SAMPLE_TEXT);
    assert_int_equal(dgm_record_to_json(&json, &it.items[0], document, false, NULL), DGM_OK);
    assert_memory_equal(dgm_buf_str(&out).ptr, json, strlen(json));
    assert_int_equal(out.ptr[strlen(json)], '\n');
    dgm_free(json);
    dgm_document_free(document);
    dgm_buf_free(&out);
}

static void csv_quotes_what_needs_it(void **state)
{
    (void)state;
    sample it;
    dgm_buf out = {0};
    dgm_show_options options = DGM_SHOW_OPTIONS_INIT;
    options.format = DGM_FORMAT_CSV;
    show_into(&out, SAMPLE_TEXT, sample_fill(&it), false, options);
    const char *const head = "id,kind,type,mode,class,score,modality,confidence,edtf,earliest,";
    assert_memory_equal(dgm_buf_str(&out).ptr, head, strlen(head));
    assert_non_null(strstr(out.ptr, ",\"Iran and Cuba met in 1999 \"\"at sea\"\".\",123,158,5,"));
    assert_null(strstr(out.ptr, "{"));
    dgm_buf_free(&out);
}

static void text_left_out_leaves_the_trigger(void **state)
{
    (void)state;
    sample it;
    dgm_buf out = {0};
    show_into(&out, SAMPLE_TEXT, sample_fill(&it), true, (dgm_show_options)DGM_SHOW_OPTIONS_INIT);
    assert_non_null(strstr(dgm_buf_str(&out).ptr, "\n    \"... sent doctors ...\"\n"));
    dgm_buf_free(&out);
}

/* Each line, without its escape sequences, fits the width. */
static void expect_width(const dgm_buf *out, uint32_t width)
{
    dgm_str rest = dgm_buf_str(out);
    while (rest.len > 0) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        assert_non_null(end);
        const size_t len = (size_t)(end - rest.ptr);
        assert_true(dgm_paper_columns((dgm_str){rest.ptr, len}) <= width);
        rest = dgm_str_sub(rest, len + 1, rest.len - len - 1);
    }
}

static void text_fits_any_width(void **state)
{
    (void)state;
    static const char text[] =
        "Iran sent doctors to Cuba "
        "\xEC\x9D\xB4\xEB\x9E\x80\xEC\xA1\xB0\xEC\x84\xA0\xEB\xAF\xBC\xEC\xA3\xBC\xEC\xA3\xBC\xEC"
        "\x9D\x98\xEC\x9D\xB8\xEB\xAF\xBC\xEA\xB3\xB5\xED\x99\x94\xEA\xB5\xAD\xEA\xB4\x80\xEA\xB3"
        "\x84 averyveryveryveryveryveryveryveryveryveryveryveryverylongword, and so on.";
    sample it;
    sample_fill(&it);
    it.items[0].sentence = (dgm_span){0, sizeof text - 1};
    it.items[0].trigger = sample_span(text, "sent doctors");
    it.items[0].attribution.span = sample_span(text, "averyvery");
    for (uint32_t width = 30; width < 120; width += 7) {
        dgm_buf out = {0};
        dgm_show_options options = DGM_SHOW_OPTIONS_INIT;
        options.width = width;
        options.is_coloured = true;
        show_into(&out, text, &(dgm_records){it.items, 1}, false, options);
        expect_width(&out, width);
        dgm_buf_free(&out);
    }
}

static void text_cannot_steer_the_terminal(void **state)
{
    (void)state;
    static const char text[] = "Iran sent doctors to \x1b[31mCuba\x07\xC2\x9B.";
    sample it;
    dgm_buf out = {0};
    sample_fill(&it);
    it.items[0].sentence = (dgm_span){0, sizeof text - 1};
    it.items[0].trigger = sample_span(text, "sent doctors");
    it.items[0].attribution.span.len = 0;
    it.items[0].where_count = 0;
    show_into(&out, text, &(dgm_records){it.items, 1}, false,
              (dgm_show_options)DGM_SHOW_OPTIONS_INIT);
    assert_non_null(strstr(dgm_buf_str(&out).ptr, "\"Iran sent doctors to [31mCuba .\""));
    dgm_buf_free(&out);
}

static void a_refusing_reader_stops(void **state)
{
    (void)state;
    sample it;
    dgm_store *store = store_of(SAMPLE_TEXT, sample_fill(&it), false);
    dgm_show_options options = DGM_SHOW_OPTIONS_INIT;
    options.write = refuse;
    for (int format = DGM_FORMAT_TEXT; format <= DGM_FORMAT_CSV; format++) {
        options.format = (dgm_format)format;
        assert_int_equal(dgm_show_brief(store, "IRN", "CUB", &options, NULL), DGM_ERROR_STOPPED);
    }
    dgm_store_close(store);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(brief_reads_as_people_write),
        cmocka_unit_test(timeline_is_grouped_by_year),
        cmocka_unit_test(nothing_is_said_as_such),
        cmocka_unit_test(table_is_cut_to_a_terminal),
        cmocka_unit_test(jsonl_is_the_record),
        cmocka_unit_test(csv_quotes_what_needs_it),
        cmocka_unit_test(text_left_out_leaves_the_trigger),
        cmocka_unit_test(text_fits_any_width),
        cmocka_unit_test(text_cannot_steer_the_terminal),
        cmocka_unit_test(a_refusing_reader_stops),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
