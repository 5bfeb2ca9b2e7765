/* times: the table of cases in tests/golden/times.tsv, the calendar, EDTF in and out, named
 * periods, tense and heads from trees, hostile input.
 *
 * DGM_TIMES_PRINT=1 prints the table as the finder sees it, to be reviewed and kept. */
#include "cmocka_all.h"

#include "base/arena.h"
#include "base/file.h"
#include "base/pack.h"
#include "base/table.h"
#include "fixture.h"
#include "ground/times_priv.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct bench {
    dgm_arena *arena;
    dgm_pack pack;
    dgm_calendar *calendar;
    dgm_splitter *splitter;
} bench;

static bench shared;

static dgm_status load(void *payload)
{
    bench *it = payload;
    DGM_TRY(dgm_calendar_load(&it->calendar, it->arena, &it->pack, NULL));
    return dgm_splitter_load(&it->splitter, it->arena, &it->pack, NULL);
}

static int set_up(void **state)
{
    (void)state;
    shared.arena = dgm_arena_new();
    if (dgm_pack_open(&shared.pack, "builtin", dgm_pack_builtin(), NULL))
        return -1;
    return dgm_arena_run(shared.arena, load, &shared) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    dgm_arena_free(shared.arena);
    return 0;
}

static size_t put_day(char *out, size_t size, dgm_day day)
{
    if (day.is_open)
        return (size_t)snprintf(out, size, " ..");
    return (size_t)snprintf(out, size, " %s%04d-%02d-%02d", day.year < 0 ? "-" : "", abs(day.year),
                            day.month, day.day);
}

/* "1980 1980-01-01 1980-12-31; ..." of all that is found in the text; "-" for nothing. */
static void describe(char *out, size_t size, dgm_str text, dgm_time_anchor *anchor)
{
    dgm_document *document = NULL;
    dgm_str none = DGM_STR("");
    size_t len = 0;
    assert_int_equal(dgm_document_new(&document, none, none, none, text, NULL), DGM_OK);
    dgm_text *split = dgm_text_split(shared.splitter, shared.arena, document);
    for (uint32_t i = 0; i < split->count; i++) {
        uint32_t count;
        dgm_tree *tree = dgm_tree_build(shared.arena, split, &split->sentences[i]);
        dgm_time_mention *found =
            dgm_times_find(shared.calendar, shared.arena, tree, anchor, &count);
        for (uint32_t k = 0; k < count && len + 80 < size; k++) {
            dgm_day earliest, latest;
            assert_true(dgm_time_from_edtf(dgm_str_of(found[k].time.edtf), &earliest, &latest));
            assert_memory_equal(&earliest, &found[k].time.earliest, sizeof earliest);
            assert_memory_equal(&latest, &found[k].time.latest, sizeof latest);
            len += (size_t)snprintf(out + len, size - len, "%s%s", len ? "; " : "",
                                    found[k].time.edtf);
            len += put_day(out + len, size - len, earliest);
            len += put_day(out + len, size - len, latest);
        }
    }
    if (!len)
        snprintf(out, size, "-");
    dgm_document_free(document);
}

static dgm_time_anchor anchor_of(const dgm_table *table)
{
    dgm_time time;
    dgm_time_anchor anchor = {.is_news = dgm_str_is(table->cells[0], "news"),
                              .document = {.is_open = true}};
    if (dgm_time_from_iso(table->cells[1], shared.arena, &time))
        anchor.document = time.earliest;
    if (!dgm_str_is(table->cells[2], "-")) {
        anchor.told.edtf =
            dgm_arena_str(shared.arena, table->cells[2].ptr, table->cells[2].len).ptr;
        assert_true(
            dgm_time_from_edtf(table->cells[2], &anchor.told.earliest, &anchor.told.latest));
    }
    return anchor;
}

static dgm_status run_table(void *payload)
{
    dgm_table table;
    unsigned wrong = 0, cases = 0;
    bool is_printing = getenv("DGM_TIMES_PRINT") != NULL;
    dgm_table_init(&table, "tests/golden/times.tsv", *(const dgm_str *)payload);
    while (dgm_table_next(&table)) {
        char actual[1024];
        dgm_time_anchor anchor = anchor_of(&table);
        describe(actual, sizeof actual, table.cells[3], &anchor);
        cases++;
        if (is_printing)
            fprintf(stderr, "%.*s\t%.*s\t%.*s\t%.*s\t%s\n", DGM_FMT(table.cells[0]),
                    DGM_FMT(table.cells[1]), DGM_FMT(table.cells[2]), DGM_FMT(table.cells[3]),
                    actual);
        else if (!dgm_str_is(table.cells[4], actual)) {
            print_error("line %lu: %.*s\n  expected %.*s\n  found    %s\n",
                        (unsigned long)table.line, DGM_FMT(table.cells[3]), DGM_FMT(table.cells[4]),
                        actual);
            wrong++;
        }
    }
    assert_true(is_printing || wrong == 0);
    assert_true(cases >= 150);
    return DGM_OK;
}

static void table_of_cases(void **state)
{
    (void)state;
    static char bytes[1 << 18];
    FILE *file = fopen(DGM_SOURCE_ROOT "/tests/golden/times.tsv", "rb");
    assert_non_null(file);
    dgm_str table = {bytes, fread(bytes, 1, sizeof bytes, file)};
    fclose(file);
    assert_int_equal(dgm_arena_run(shared.arena, run_table, &table), DGM_OK);
}

/* The calendar against a walk day by day. */
static void days_follow_each_other(void **state)
{
    (void)state;
    int64_t number = dgm_day_number(-420, 1, 1);
    for (int32_t year = -420; year < 420; year++)
        for (int32_t month = 1; month <= 12; month++)
            for (int32_t day = 1; day <= dgm_days_in_month(year, month); day++, number++) {
                dgm_day back = dgm_day_of_number(number);
                assert_int_equal(dgm_day_number(year, month, day), number);
                assert_true(back.year == year && back.month == month && back.day == day);
            }
    assert_int_equal(number, dgm_day_number(420, 1, 1));
}

static void known_days(void **state)
{
    (void)state;
    assert_int_equal(dgm_day_number(1970, 1, 1), 0);
    assert_int_equal(dgm_day_number(2000, 3, 1), 11017);
    assert_int_equal(dgm_weekday_of(dgm_day_number(2005, 6, 14)), 2);
    assert_int_equal(dgm_weekday_of(dgm_day_number(1945, 9, 2)), 7);
    assert_int_equal(dgm_weekday_of(dgm_day_number(1900, 1, 1)), 1);
    assert_int_equal(dgm_days_in_month(2000, 2), 29);
    assert_int_equal(dgm_days_in_month(1900, 2), 28);
    assert_int_equal(dgm_days_in_month(0, 2), 29);
    assert_int_equal(dgm_days_in_month(-4, 2), 29);
    for (int64_t n = -4000000; n < 4000000; n += 997) {
        dgm_day day = dgm_day_of_number(n);
        assert_int_equal(dgm_number_of_day(day), n);
    }
}

static void edtf_is_read(void **state)
{
    (void)state;
    static const struct {
        const char *edtf, *days;
    } cases[] = {
        {"1985-04-12", " 1985-04-12 1985-04-12"},
        {"1985-04", " 1985-04-01 1985-04-30"},
        {"1985", " 1985-01-01 1985-12-31"},
        {"2000-02", " 2000-02-01 2000-02-29"},
        {"198X", " 1980-01-01 1989-12-31"},
        {"06XX", " 0600-01-01 0699-12-31"},
        {"-06XX", " -0699-01-01 -0600-12-31"},
        {"XXXX", " 0000-01-01 9999-12-31"},
        {"2004-XX", " 2004-01-01 2004-12-31"},
        {"1985-04-XX", " 1985-04-01 1985-04-30"},
        {"1985-XX-XX", " 1985-01-01 1985-12-31"},
        {"1980-10~", " 1980-10-01 1980-10-31"},
        {"1980?", " 1980-01-01 1980-12-31"},
        {"1980-05-06%", " 1980-05-06 1980-05-06"},
        {"1968-21", " 1968-03-01 1968-05-31"},
        {"1968-24", " 1968-12-01 1969-02-28"},
        {"1971/1972", " 1971-01-01 1972-12-31"},
        {"../1979-02", " .. 1979-02-28"},
        {"1990/..", " 1990-01-01 .."},
        {"1990~/", " 1990-01-01 .."},
        {"-0043-03-15", " -0043-03-15 -0043-03-15"},
        {"0000", " 0000-01-01 0000-12-31"},
        {"Y170002", " 170002-01-01 170002-12-31"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dgm_day earliest, latest;
        char days[64];
        assert_true(dgm_time_from_edtf(dgm_str_of(cases[i].edtf), &earliest, &latest));
        size_t len = put_day(days, sizeof days, earliest);
        put_day(days + len, sizeof days - len, latest);
        assert_string_equal(days, cases[i].days);
    }
}

static void broken_edtf_is_refused(void **state)
{
    (void)state;
    static const char *const broken[] = {
        "",         "19",         "1985-13",   "1985-00",     "1985-02-30", "1900-02-29",
        "1985-4",   "1985-04-1",  "1985-25",   "1985-21-01",  "1X85",       "X985",
        "../..",    "/",          "1990/1980", "1985-04-12T", "abcd",       "1985 ",
        "1985--04", "1985-XX-04", "Y1985",     "Y",           "-",          "1990/1991/1992",
        "1985~~",   "Y1234567890"};
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        dgm_day earliest, latest;
        if (dgm_time_from_edtf(dgm_str_of(broken[i]), &earliest, &latest))
            fail_msg("taken: %s", broken[i]);
    }
}

static dgm_status read_iso(void *payload)
{
    dgm_time time;
    (void)payload;
    assert_true(dgm_time_from_iso(DGM_STR("1985-04-12"), shared.arena, &time));
    assert_string_equal(time.edtf, "1985-04-12");
    assert_int_equal(time.latest.day, 12);
    assert_true(dgm_time_from_iso(DGM_STR("1985-02"), shared.arena, &time));
    assert_int_equal(time.latest.day, 28);
    assert_true(dgm_time_from_iso(DGM_STR("1985"), shared.arena, &time));
    static const char *const bad[] = {"",           "198X",    "1985-21", "1985-2-1",   "19850412",
                                      "1985-02-29", "1985/..", "-1985",   "1985-04-12Z"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        assert_false(dgm_time_from_iso(dgm_str_of(bad[i]), shared.arena, &time));
    return DGM_OK;
}

static void iso_is_read(void **state)
{
    (void)state;
    assert_int_equal(dgm_arena_run(shared.arena, read_iso, NULL), DGM_OK);
}

static void times_are_written_for_people(void **state)
{
    (void)state;
    static const struct {
        const char *edtf, *words;
    } cases[] = {
        {"1980-10", "October 1980"},
        {"1980-10-05", "5 October 1980"},
        {"1980", "1980"},
        {"1980-10-01/1980-10-10", "early October 1980"},
        {"1980-10-11/1980-10-20", "mid-October 1980"},
        {"1980-02-21/1980-02-29", "late February 1980"},
        {"1990-01/1990-04", "early 1990"},
        {"1994/1996", "mid-1990s"},
        {"1900/1933", "early 20th century"},
        {"1971/1972", "1971\xE2\x80\x93"
                      "1972"},
        {"1990-05/1991-06", "May 1990 \xE2\x80\x93 June 1991"},
        {"06XX", "7th century"},
        {"20XX", "21st century"},
        {"-06XX", "7th century BC"},
        {"199X", "1990s"},
        {"-0043", "44 BC"},
        {"1968-21", "spring 1968"},
        {"1990~", "about 1990"},
        {"1990?", "perhaps 1990"},
        {"../1979-02", "until February 1979"},
        {"1990/..", "since 1990"},
        {"nonsense", "nonsense"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char words[96];
        dgm_time_write(words, sizeof words, cases[i].edtf);
        assert_string_equal(words, cases[i].words);
    }
    char small[5];
    dgm_time_write(small, sizeof small, "1980-10");
    assert_string_equal(small, "Octo");
    dgm_time_write(small, 0, "1980-10");
}

/* Every value that can be built is EDTF that reads back to the same days. */
static void pieces_read_back(void **state)
{
    (void)state;
    for (int32_t year = -1200; year <= 2200; year += 7)
        for (dgm_grain grain = DGM_GRAIN_DAY; grain <= DGM_GRAIN_MILLENNIUM; grain++)
            for (int32_t i = 0; i < 12; i++) {
                int32_t pieces = 2 + i % 3;
                dgm_when whole = dgm_when_unit(dgm_day_number(year, i + 1, 14), grain, i - 6);
                dgm_when piece = dgm_when_piece(whole, i % pieces, pieces);
                char edtf[96];
                dgm_day first, last;
                dgm_when_write(edtf, sizeof edtf, &piece);
                assert_true(dgm_time_from_edtf(dgm_str_of(edtf), &first, &last));
                assert_int_equal(dgm_number_of_day(first), dgm_point_first(piece.from));
                assert_int_equal(dgm_number_of_day(last), dgm_point_last(piece.to));
                assert_true(dgm_point_first(piece.from) >= dgm_point_first(whole.from));
                assert_true(dgm_point_last(piece.to) <= dgm_point_last(whole.to));
            }
}

static void periods_are_known_by_name(void **state)
{
    (void)state;
    dgm_time time;
    assert_true(dgm_calendar_period(shared.calendar, DGM_STR("the Iran-Iraq War"), &time));
    assert_string_equal(time.edtf, "1980-09-22/1988-08-20");
    assert_true(dgm_calendar_period(shared.calendar, DGM_STR("Iran\xE2\x80\x93Iraq war"), &time));
    assert_true(dgm_calendar_period(shared.calendar, DGM_STR("World War II"), &time));
    assert_int_equal(time.earliest.year, 1939);
    assert_true(dgm_calendar_period(shared.calendar, DGM_STR("Seven Years' War"), &time));
    assert_false(dgm_calendar_period(shared.calendar, DGM_STR("the war"), &time));
    assert_false(dgm_calendar_period(shared.calendar, DGM_STR("World War"), &time));
    assert_false(dgm_calendar_period(shared.calendar, DGM_STR("the"), &time));
    assert_false(dgm_calendar_period(shared.calendar, DGM_STR(""), &time));
    assert_true(shared.calendar->period_count >= 150);
}

/* One parsed sentence in news of 2005-06-14: the value of its only time, and its head. */
typedef struct parsed {
    const char *rows, *edtf, *head;
} parsed;

static dgm_status find_parsed(void *payload)
{
    const parsed *it = payload;
    uint32_t count;
    dgm_text *text = dgm_fixture_text(shared.arena, it->rows);
    dgm_tree *tree = dgm_tree_build(shared.arena, text, &text->sentences[0]);
    dgm_time_anchor anchor = {.is_news = true, .document = {.year = 2005, .month = 6, .day = 14}};
    dgm_time_mention *found = dgm_times_find(shared.calendar, shared.arena, tree, &anchor, &count);
    assert_int_equal(count, 1);
    assert_string_equal(found[0].time.edtf, it->edtf);
    assert_int_equal(found[0].head, dgm_fixture_token(text, 0, it->head, 0));
    assert_int_equal(found[0].time.basis, DGM_BASIS_TEXT);
    return DGM_OK;
}

static void tense_and_head_come_from_the_tree(void **state)
{
    (void)state;
    static const parsed cases[] = {
        {"Envoys envoy NOUN NNS 2 nsubj\n"
         "met meet VERB VBD 0 root\n"
         "Monday Monday PROPN NNP 2 obl:unmarked\n",
         "2005-06-13", "Monday"},
        {"Envoys envoy NOUN NNS 3 nsubj\n"
         "will will AUX MD 3 aux\n"
         "meet meet VERB VB 0 root\n"
         "on on ADP IN 5 case\n"
         "Monday Monday PROPN NNP 3 obl\n",
         "2005-06-20", "Monday"},
        {"Envoys envoy NOUN NNS 2 nsubj\n"
         "agreed agree VERB VBD 0 root\n"
         "to to PART TO 4 mark\n"
         "meet meet VERB VB 2 xcomp\n"
         "in in ADP IN 6 case\n"
         "September September PROPN NNP 4 obl\n",
         "2005-09", "September"},
        {"Envoys envoy NOUN NNS 2 nsubj\n"
         "fought fight VERB VBD 0 root\n"
         "from from ADP IN 4 case\n"
         "1980 1980 NUM CD 2 obl\n"
         "to to ADP IN 6 case\n"
         "1988 1988 NUM CD 4 nmod\n",
         "1980/1988", "1980"},
        {"The the DET DT 3 det\n"
         "1979 1979 NUM CD 3 compound\n"
         "revolution revolution NOUN NN 4 nsubj\n"
         "won win VERB VBD 0 root\n",
         "1979", "1979"},
        {"They they PRON PRP 2 nsubj\n"
         "left leave VERB VBD 0 root\n"
         "before before ADP IN 6 case\n"
         "the the DET DT 6 det\n"
         "Korean Korean ADJ JJ 6 amod\n"
         "War War PROPN NNP 2 obl\n",
         "../1950-06-25", "War"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_int_equal(dgm_arena_run(shared.arena, find_parsed, (void *)&cases[i]), DGM_OK);
}

/* Any bytes are taken; whatever is found lies in order inside the sentence. */
static dgm_status find_noise(void *payload)
{
    static const char *const pieces[] = {
        "1990",         "-",        "the ",  "May",      " 5",        ", ",    "to ",
        "early ",       "century ", "'",     "s ",       "19th ",     "two ",  "years ",
        "ago ",         "of ",      "from ", "between ", "and ",      "last ", "99999999999 ",
        "\xE2\x80\x93", "\xE2\x80", "\xFF",  "Tuesday ", "until ",    "War ",  "Korean ",
        "BC ",          "in ",      "0 ",    "31 ",      "February ", "half ", "quarter ",
        "now ",         "/",        ". "};
    uint64_t seed = *(const uint64_t *)payload;
    char text[600];
    size_t len = 0;
    while (len < 500) {
        seed = seed * 6364136223846793005u + 1442695040888963407u;
        const char *piece = pieces[(seed >> 33) % (sizeof pieces / sizeof *pieces)];
        memcpy(text + len, piece, strlen(piece));
        len += strlen(piece);
    }
    char out[4096];
    dgm_time_anchor anchor = {.is_news = seed >> 40 & 1,
                              .document = {.year = 2005, .month = 6, .day = 14}};
    describe(out, sizeof out, (dgm_str){text, len}, &anchor);
    return DGM_OK;
}

static void noise_is_survived(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 2000; seed++)
        assert_int_equal(dgm_arena_run(shared.arena, find_noise, &seed), DGM_OK);
}

/* The same words over and over, in one long sentence: no deep recursion, no quadratic time. */
static dgm_status find_repeated(void *payload)
{
    const char *piece = payload;
    enum { TIMES = 20000 };
    size_t len = strlen(piece);
    char *text = malloc(TIMES * len);
    static char out[1 << 12];
    for (size_t i = 0; i < TIMES; i++)
        memcpy(text + i * len, piece, len);
    dgm_time_anchor anchor = {.is_news = true, .document = {.year = 2005, .month = 6, .day = 14}};
    describe(out, sizeof out, (dgm_str){text, TIMES * len}, &anchor);
    free(text);
    return DGM_OK;
}

static void long_chains_are_survived(void **state)
{
    (void)state;
    static const char *const pieces[] = {"two days before ", "first half of ", "late ",
                                         "end of the ",      "Monday ",        "from May to ",
                                         "of the ",          "1990, ",         "1990 and ",
                                         "Korean War ",      "twenty-",        "the year before "};
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        assert_int_equal(dgm_arena_run(shared.arena, find_repeated, (void *)pieces[i]), DGM_OK);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(table_of_cases),
        cmocka_unit_test(days_follow_each_other),
        cmocka_unit_test(known_days),
        cmocka_unit_test(edtf_is_read),
        cmocka_unit_test(broken_edtf_is_refused),
        cmocka_unit_test(iso_is_read),
        cmocka_unit_test(times_are_written_for_people),
        cmocka_unit_test(pieces_read_back),
        cmocka_unit_test(periods_are_known_by_name),
        cmocka_unit_test(tense_and_head_come_from_the_tree),
        cmocka_unit_test(noise_is_survived),
        cmocka_unit_test(long_chains_are_survived),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
