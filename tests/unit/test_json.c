/* json: a record as the object of docs/json.md, byte for byte. */
#include "cmocka_all.h"

#include "record/slot.h"
#include "record_sample.h"

static void check(const dgm_record *record, bool why, const char *expected)
{
    dgm_document *document = sample_document("doc", SAMPLE_TEXT);
    char *json = NULL;
    assert_int_equal(dgm_record_to_json(&json, record, document, why, NULL), DGM_OK);
    assert_string_equal(json, expected);
    dgm_free(json);
    dgm_document_free(document);
}

static void whole_record_has_every_field(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    check(&it.items[0], false,
          "{\"id\":\"0000000000001234\",\"kind\":\"event\",\"type\":\"AID\",\"mode\":null,"
          "\"actors\":[{\"code\":\"IRN\",\"sectors\":[],\"text\":\"Iran\",\"begin\":43,\"end\":47}]"
          ",\"recipients\":[{\"code\":\"CUB\",\"sectors\":[],\"text\":\"Cuba\",\"begin\":64,"
          "\"end\":68}],\"about\":[],\"contexts\":[\"military\",\"health\"],"
          "\"when\":{\"edtf\":\"1980-10\",\"earliest\":\"1980-10-01\",\"latest\":\"1980-10-31\","
          "\"basis\":\"text\"},\"where\":[{\"name\":\"Havana\",\"country\":\"CUB\","
          "\"lat\":23.13302,\"lon\":-82.38304,\"geonames\":3553478}],\"modality\":\"asserted\","
          "\"attribution\":{\"text\":\"a Havana paper\",\"codes\":[\"CUB\"],"
          "\"sectors\":[\"JRN\",\"GOV\"]},\"quad\":\"material cooperation\",\"score\":10.0,"
          "\"trigger\":{\"begin\":48,\"end\":60,\"text\":\"sent doctors\"},"
          "\"sentence\":{\"begin\":15,\"end\":90},\"document\":\"doc\",\"date\":\"2001-02-03\","
          "\"citations\":[\"3\"],\"confidence\":0.83,\"cameo\":{\"code\":\"073\",\"goldstein\":7.4,"
          "\"scale\":\"goldstein-icews\",\"quads\":{\"gdelt\":2,\"phoenix\":2,"
          "\"text-to-cameo\":2,\"plover\":2}}}");
}

static void sparse_record_has_nulls(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    check(&it.items[1], false,
          "{\"id\":\"ffffffffffffffff\",\"kind\":\"tie\",\"type\":\"MISSION\",\"mode\":null,"
          "\"actors\":[{\"code\":\"CUB\",\"sectors\":[],\"text\":\"Cuba\",\"begin\":94,\"end\":98}]"
          ",\"recipients\":[{\"code\":\"IRN\",\"sectors\":[],\"text\":\"Iran\",\"begin\":117,"
          "\"end\":121}],\"about\":[],\"contexts\":[],\"when\":null,\"where\":[],"
          "\"modality\":\"presumed\",\"attribution\":null,\"quad\":null,\"score\":null,"
          "\"trigger\":{\"begin\":106,\"end\":113,\"text\":\"embassy\"},"
          "\"sentence\":{\"begin\":94,\"end\":122},\"document\":\"doc\",\"date\":\"2001-02-03\","
          "\"citations\":[],\"confidence\":0.3,\"cameo\":null}");
}

static void why_adds_rules_and_spans(void **state)
{
    (void)state;
    sample it;
    sample_fill(&it);
    dgm_document *document = sample_document("doc", SAMPLE_TEXT);
    char *json = NULL;
    assert_int_equal(dgm_record_to_json(&json, &it.items[0], document, true, NULL), DGM_OK);
    assert_non_null(strstr(json, "\"why\":{\"rules\":[\"aid.send\",\"light.doctors\"],\"trigger\":{"
                                 "\"begin\":48,\"end\":60,\"text\":\"sent doctors\"},\"actors\":[{"
                                 "\"begin\":43,\"end\":47,\"text\":\"Iran\"}],\"recipients\":[{"
                                 "\"begin\":64,\"end\":68,\"text\":\"Cuba\"}],\"operators\":[{"
                                 "\"rule\":\"light.doctors\",\"begin\":53,\"end\":60,"
                                 "\"text\":\"doctors\"}],\"sure\":{\"type\":0.99,\"sides\":0.9,"
                                 "\"modality\":0.94},\"sentence\":{\"begin\":15,\"end\":90,"
                                 "\"text\":\"Caf\xC3\xA9 notes"));
    assert_non_null(strstr(json, "\"when\":{\"begin\":30,\"end\":42,\"text\":\"October 1980\"}"));
    assert_non_null(strstr(json, "\"citations\":[{\"begin\":91,\"end\":92,\"text\":\"3\"}]"));
    dgm_free(json);
    dgm_document_free(document);
}

static void spans_are_whole_characters(void **state)
{
    (void)state;
    dgm_document *document = sample_document("doc", SAMPLE_TEXT);
    const uint32_t at = sample_span(SAMPLE_TEXT, "\xC3\xA9").off;
    dgm_quote quote = dgm_slot_quote(document, (dgm_span){at + 1, 1});
    assert_int_equal(quote.text.len, 2);
    assert_int_equal(quote.end - quote.begin, 1);
    quote = dgm_slot_quote(document, (dgm_span){UINT32_MAX - 2, UINT32_MAX});
    assert_int_equal(quote.text.len, 0);
    dgm_document_free(document);
}

static void days_are_written_and_counted(void **state)
{
    (void)state;
    char text[DGM_DAY_TEXT];
    assert_true(dgm_slot_day(text, (dgm_day){-43, 3, 15, false}));
    assert_string_equal(text, "-0043-03-15");
    assert_true(dgm_slot_day(text, (dgm_day){600, 1, 1, false}));
    assert_string_equal(text, "0600-01-01");
    assert_false(dgm_slot_day(text, (dgm_day){.is_open = true}));
    assert_int_equal(dgm_slot_day_number((dgm_day){1970, 1, 1, false}), 0);
    assert_int_equal(dgm_slot_day_number((dgm_day){2000, 3, 1, false}), 11017);
    assert_int_equal(dgm_slot_day_number((dgm_day){1969, 12, 31, false}), -1);
    assert_int_equal(dgm_slot_day_number((dgm_day){0, 1, 1, false}), -719528);
    assert_true(dgm_slot_confidence(0.8349) == 0.83);
    assert_false(signbit(dgm_slot_confidence(-0.0001)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(whole_record_has_every_field),
        cmocka_unit_test(sparse_record_has_nulls),
        cmocka_unit_test(why_adds_rules_and_spans),
        cmocka_unit_test(spans_are_whole_characters),
        cmocka_unit_test(days_are_written_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
