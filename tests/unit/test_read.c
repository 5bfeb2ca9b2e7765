/* read: formats, damage, the offset map, guessing, streaming. */
#include "cmocka_all.h"

#include "read/read.h"
#include "read/read_priv.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { NOTES = 32 };

/* The diagnostics of a run, in order. */
typedef struct notes {
    uint32_t count;
    dgm_diagnostic items[NOTES];
    char texts[NOTES][160];
} notes;

static void keep_note(const dgm_diagnostic *diagnostic, void *payload)
{
    notes *to = payload;
    if (to->count == NOTES)
        return;
    to->items[to->count] = *diagnostic;
    snprintf(to->texts[to->count], sizeof to->texts[0], "%s", diagnostic->text);
    to->count++;
}

static dgm_reader *open_memory(const char *name, dgm_str bytes, dgm_input input, notes *to)
{
    dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    dgm_reader *reader = NULL;
    options.input = input;
    options.on_diagnostic = keep_note;
    options.payload = to;
    assert_int_equal(dgm_reader_open_memory(&reader, name, bytes, &options, NULL), DGM_OK);
    return reader;
}

static dgm_document *next(dgm_reader *reader)
{
    dgm_document *document = NULL;
    dgm_error err;
    assert_int_equal(dgm_reader_next(&document, reader, &err), DGM_OK);
    return document;
}

static void is(dgm_str s, const char *z)
{
    if (!dgm_str_is(s, z))
        fail_msg("\"%.*s\" is not \"%s\"", DGM_FMT(s), z);
}

static dgm_document *only(const char *name, dgm_str bytes, notes *to)
{
    dgm_reader *reader = open_memory(name, bytes, DGM_INPUT_GUESS, to);
    dgm_document *document = next(reader);
    if (document) {
        dgm_document *other = next(reader);
        assert_null(other);
    }
    dgm_reader_close(reader);
    return document;
}

static void plain_has_title_and_id(void **state)
{
    (void)state;
    notes seen = {0};
    dgm_document *document =
        only("a/b/treaty.of.1921.txt",
             DGM_STR("\xEF\xBB\xBFTreaty of friendship\r\n\r\nThey signed it.\r\n"), &seen);
    is(dgm_document_id(document), "treaty.of.1921");
    is(dgm_document_title(document), "Treaty of friendship");
    assert_true(dgm_document_title_in_text(document));
    is(dgm_document_text(document), "Treaty of friendship\r\n\r\nThey signed it.\r\n");
    uint64_t begin, end;
    dgm_document_locate(document, (dgm_span){0, 6}, &begin, &end);
    assert_int_equal(begin, 3);
    assert_int_equal(end, 9);
    assert_int_equal(seen.count, 0);
    dgm_document_free(document);
}

static void titles_stand_alone(void **state)
{
    (void)state;
    const struct {
        const char *text, *title;
    } cases[] = {
        {"Two lines\nof prose here", ""},       {"They met in Oslo.\n\nThen they left.", ""},
        {"Headline\n\nBody.", "Headline"},      {"\n\nHeadline  \n \nBody.", "Headline"},
        {"Only a headline", "Only a headline"}, {"He said: \"No.\"\n\nMore.", ""}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        notes seen = {0};
        dgm_document *document = only("x.txt", dgm_str_of(cases[i].text), &seen);
        is(dgm_document_title(document), cases[i].title);
        dgm_document_free(document);
    }
}

static void broken_bytes_are_mended_and_counted(void **state)
{
    (void)state;
    notes seen = {0};
    dgm_str bytes =
        DGM_STR("The caf\xE9 in Besan\xE7on was closed by the minister of the interior.");
    dgm_reader *reader = open_memory("latin.txt", bytes, DGM_INPUT_GUESS, &seen);
    dgm_document *document = next(reader);
    is(dgm_document_text(document), "The caf\xEF\xBF\xBD in Besan\xEF\xBF\xBDon was closed by the "
                                    "minister of the interior.");
    assert_int_equal(seen.count, 2);
    assert_int_equal(seen.items[0].byte, 7);
    assert_int_equal(seen.items[1].byte, 17);
    assert_false(seen.items[0].is_skipped);
    assert_int_equal(dgm_reader_diagnostics(reader), 2);
    assert_int_equal(dgm_reader_skipped(reader), 0);
    uint64_t begin, end;
    dgm_document_locate(document, (dgm_span){7, 3}, &begin, &end);
    assert_int_equal(begin, 7);
    assert_int_equal(end, 8);
    dgm_document_locate(document, (dgm_span){22, 2}, &begin, &end); /* "on" */
    assert_int_equal(begin, 18);
    assert_int_equal(end, 20);
    assert_int_equal(dgm_document_point(document, 22), 18);
    dgm_document_free(document);
    dgm_reader_close(reader);
}

static void many_broken_bytes_are_reported_once(void **state)
{
    (void)state;
    char bytes[1000];
    memset(bytes, 'a', sizeof bytes);
    for (size_t i = 0; i < 50; i++)
        bytes[i * 20] = '\xFF';
    notes seen = {0};
    dgm_reader *reader =
        open_memory("x.txt", (dgm_str){bytes, sizeof bytes}, DGM_INPUT_GUESS, &seen);
    dgm_document_free(next(reader));
    assert_int_equal(seen.count, 5);
    assert_int_equal(dgm_reader_diagnostics(reader), 50);
    assert_non_null(strstr(seen.texts[4], "46 more"));
    dgm_reader_close(reader);
}

static void junk_is_refused(void **state)
{
    (void)state;
    const dgm_str cases[] = {DGM_STR("\x7F"
                                     "ELF\x02\x01\0\0\0"),
                             DGM_STR("\xFF\xFEh\0e\0"), DGM_STR("\x01\x02\x03\x04 hello")};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        notes seen = {0};
        assert_null(only("junk.txt", cases[i], &seen));
        assert_int_equal(seen.count, 1);
        assert_true(seen.items[0].is_skipped);
    }
}

static void empty_files_are_said(void **state)
{
    (void)state;
    const char *names[] = {"e.txt", "e.jsonl", "e.conllu"};
    for (size_t i = 0; i < 3; i++) {
        notes seen = {0};
        assert_null(only(names[i], DGM_STR(" \n\n"), &seen));
        assert_int_equal(seen.count, 1);
        assert_false(seen.items[0].is_skipped);
        assert_string_equal(seen.texts[0], "empty file");
    }
}

static void jsonl_reads_all_keys(void **state)
{
    (void)state;
    notes seen = {0};
    dgm_document *document = only(
        "n.jsonl",
        DGM_STR(
            "{\"id\": 17, \"title\": \"T\\u00e9\", \"date\": \"1997-02-28\", \"source\": \"AFP\","
            " \"url\": \"http://x\", \"lang\": \"en\", \"extra\": {\"text\": [1, \"}\"]},"
            " \"te\\u0078t\": \"A\\n\\nB \\ud83d\\ude00 \\\"c\\\".\"}\n"),
        &seen);
    is(dgm_document_id(document), "17");
    is(dgm_document_title(document), "T\xC3\xA9");
    is(dgm_document_date(document), "1997-02-28");
    is(dgm_document_source(document), "AFP");
    is(dgm_document_url(document), "http://x");
    is(dgm_document_lang(document), "en");
    is(dgm_document_text(document), "A\n\nB \xF0\x9F\x98\x80 \"c\".");
    assert_int_equal(seen.count, 0);
    dgm_document_free(document);
}

static void jsonl_goes_on_after_broken_lines(void **state)
{
    (void)state;
    notes seen = {0};
    dgm_str bytes = DGM_STR("{\"text\": \"One.\"}\n"
                            "{\"text\": \"Two.\"\n"
                            "[1, 2]\n"
                            "\n"
                            "{\"text\": \"\"}\n"
                            "{\"id\": \"a\"}\n"
                            "{\"text\": 5}\n"
                            "{\"text\": \"Three.\", \"date\": \"1997-02-29\", \"title\": 3}\r\n"
                            "{\"text\": \"Four \\ud800.\", \"id\": null}");
    dgm_reader *reader = open_memory("dir/n.jsonl", bytes, DGM_INPUT_GUESS, &seen);
    dgm_document *one = next(reader), *three = next(reader), *four = next(reader);
    assert_null(next(reader));
    is(dgm_document_id(one), "n.jsonl:1");
    is(dgm_document_text(three), "Three.");
    is(dgm_document_date(three), "");
    is(dgm_document_id(four), "n.jsonl:9");
    is(dgm_document_text(four), "Four \xEF\xBF\xBD.");
    assert_int_equal(dgm_reader_skipped(reader), 4);
    const uint64_t lines[] = {2, 3, 5, 6, 7, 8, 8, 9};
    assert_int_equal(seen.count, 8);
    for (size_t i = 0; i < 8; i++)
        assert_int_equal(seen.items[i].line, lines[i]);
    assert_int_equal(seen.items[0].byte, 17 + 15);
    dgm_document_free(one);
    dgm_document_free(three);
    dgm_document_free(four);
    dgm_reader_close(reader);
}

/* What the file holds at the place of each code point says the same as the text. */
static void check_map(const dgm_document *document, dgm_str file)
{
    dgm_str text = dgm_document_text(document);
    for (uint32_t i = 0; i < text.len; i++) {
        uint64_t begin, end;
        dgm_document_locate(document, (dgm_span){i, 1}, &begin, &end);
        assert_true(begin <= end && end <= file.len);
        if (end - begin == 1 && (unsigned char)text.ptr[i] < 0x80)
            assert_int_equal(file.ptr[begin], text.ptr[i]);
        else if (end - begin > 1)
            assert_true(file.ptr[begin] == '\\' || (unsigned char)file.ptr[begin] >= 0x80);
    }
}

static void jsonl_maps_through_escapes(void **state)
{
    (void)state;
    notes seen = {0};
    dgm_str file = DGM_STR("\n{\"text\": \"a\\n\\n\\tb\\u00e9\\u4e2d\\ud83d\\ude00c\\/d\xFF"
                           "e\\\\f\"}\n");
    dgm_document *document = only("n.jsonl", file, &seen);
    is(dgm_document_text(document), "a\n\n\tb\xC3\xA9\xE4\xB8\xAD\xF0\x9F\x98\x80"
                                    "c/d\xEF\xBF\xBD"
                                    "e\\f");
    check_map(document, file);
    uint64_t begin, end;
    dgm_document_locate(document, (dgm_span){5, 9}, &begin, &end); /* the three code points */
    assert_memory_equal(file.ptr + begin, "\\u00e9\\u4e2d\\ud83d\\ude00c", end - begin);
    assert_int_equal(end - begin, 24);
    assert_int_equal(seen.count, 1);
    dgm_document_free(document);
}

static void conllu_keeps_tokens(void **state)
{
    (void)state;
    notes seen = {0};
    dgm_str file = DGM_STR("# newdoc id = d1\n# newpar\n# text = They don't go.\n"
                           "1\tThey\t_\n2-3\tdon't\t_\n2\tdo\t_\n3\tn't\t_\n3.1\tghost\t_\n"
                           "4\tgo\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n5\t.\t_\n\n"
                           "1\tYes\t_\t_\t_\t_\t_\t_\t_\tx=y|SpaceAfter=No\n2\t!\t_\n\n"
                           "# newdoc id = d2\n# newpar\n# text = Something else\n1\tOther\t_\n\n");
    dgm_reader *reader = open_memory("x.conllu", file, DGM_INPUT_GUESS, &seen);
    dgm_document *one = next(reader), *two = next(reader);
    assert_null(next(reader));
    is(dgm_document_id(one), "d1");
    is(dgm_document_text(one), "They don't go. Yes!");
    const dgm_given *given = dgm_document_given(one);
    assert_int_equal(given->count, 2);
    assert_int_equal(given->sentences[0].count, 5);
    const char *forms[] = {"They", "do", "n't", "go", ".", "Yes", "!"};
    assert_int_equal(given->token_count, 7);
    for (uint32_t i = 0; i < 7; i++)
        is(dgm_span_of(dgm_document_text(one), given->tokens[i]), forms[i]);
    is(dgm_document_text(two), "Other");
    assert_int_equal(seen.count, 1);
    dgm_document_free(one);
    dgm_document_free(two);
    dgm_reader_close(reader);
}

static void conllu_parts_odd_words(void **state)
{
    (void)state;
    notes seen = {0};
    dgm_document *document = only("x.conllu",
                                  DGM_STR("1-3\tdu\t_\n1\tde\t_\n2\tle\t_\n3\tx\t_\n"
                                          "4-5\tgonna\t_\n4\tgon\t_\n5\tna\t_\n"),
                                  &seen);
    const dgm_given *given = dgm_document_given(document);
    is(dgm_document_text(document), "du gonna");
    const char *forms[] = {"d", "u", "", "gon", "na"};
    for (uint32_t i = 0; i < 5; i++)
        is(dgm_span_of(dgm_document_text(document), given->tokens[i]), forms[i]);
    dgm_document_free(document);
}

static void open_fails_cleanly(void **state)
{
    (void)state;
    dgm_reader *reader = NULL;
    dgm_error err;
    assert_int_equal(dgm_reader_open(&reader, "/no/such/file.txt", NULL, &err), DGM_ERROR_IO);
    assert_int_equal(dgm_reader_open(&reader, "/", NULL, &err), DGM_ERROR_IO);
    assert_true(strlen(err.text) > 0);
    dgm_reader_close(NULL);
    dgm_document_free(NULL);
}

static void pipes_are_streamed(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    char path[64];
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    dgm_reader *reader = NULL;
    dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    options.input = DGM_INPUT_JSONL;
    assert_int_equal(dgm_reader_open(&reader, path, &options, NULL), DGM_OK);
    for (int i = 0; i < 3; i++) { /* each is given before the next is written */
        assert_int_equal(write(ends[1], "{\"text\": \"Hello.\"}\n", 19), 19);
        dgm_document *document = next(reader);
        is(dgm_document_text(document), "Hello.");
        dgm_document_free(document);
    }
    close(ends[1]);
    assert_null(next(reader));
    dgm_reader_close(reader);
    close(ends[0]);
}

/* Lines longer than the limit are passed over; those after them are found. */
static void long_lines_are_skipped(void **state)
{
    (void)state;
    char path[] = "test_read_XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    fprintf(file, "{\"text\": \"One.\"}\n{\"text\": \"");
    for (int i = 0; i < 500000; i++)
        fputs("word ", file);
    fprintf(file, "\"}\n{\"text\": \"Two.\"}\n");
    long size = ftell(file);
    fclose(file);
    dgm_reader *reader = NULL;
    notes seen = {0};
    dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    options.input = DGM_INPUT_JSONL;
    options.on_diagnostic = keep_note;
    options.payload = &seen;
    assert_int_equal(dgm_reader_open(&reader, path, &options, NULL), DGM_OK);
    reader->source.limit = 1000;
    dgm_document *one = next(reader), *two = next(reader);
    assert_null(next(reader));
    is(dgm_document_text(two), "Two.");
    uint64_t begin, end;
    dgm_document_locate(two, (dgm_span){0, 4}, &begin, &end);
    assert_int_equal(end, size - 3);
    assert_int_equal(seen.count, 1);
    assert_int_equal(seen.items[0].line, 2);
    assert_true(seen.items[0].is_skipped);
    dgm_document_free(one);
    dgm_document_free(two);
    dgm_reader_close(reader);
    unlink(path);
}

static void documents_from_memory(void **state)
{
    (void)state;
    dgm_document *document = NULL;
    dgm_str none = DGM_STR("");
    assert_int_equal(dgm_document_new(&document, DGM_STR("d"), none, DGM_STR("2020-02-29T10:00"),
                                      DGM_STR("Head\n\nA \xFF."), NULL),
                     DGM_OK);
    is(dgm_document_text(document), "Head\n\nA \xEF\xBF\xBD.");
    is(dgm_document_date(document), "2020-02-29");
    is(dgm_document_title(document), "Head");
    dgm_document_free(document);
    assert_int_equal(dgm_document_new(&document, none, none, DGM_STR("2021-02-29"), none, NULL),
                     DGM_ERROR_ARGUMENT);
    assert_int_equal(dgm_document_new(&document, none, none, none, none, NULL), DGM_OK);
    is(dgm_document_text(document), "");
    assert_int_equal(dgm_document_point(document, 0), 0);
    dgm_document_free(document);
}

static uint64_t random_next(uint64_t *seed)
{
    *seed = *seed * 6364136223846793005ULL + 1442695040888963407ULL;
    return *seed >> 33;
}

/* Any bytes in any format: valid UTF-8 comes out, the map stays inside the file. */
static void any_bytes_are_read(void **state)
{
    (void)state;
    static const char *const pieces[] = {
        "{\"text\": \"", "\"}\n", "\\u",  "d800", "\\",   "\n", "\t", "1\t",
        "# text = ",     "a",     "\xC3", "\xA9", "\xFF", "\"", "0"};
    static const char *const names[] = {"x.txt", "x.jsonl", "x.conllu"};
    uint64_t seed = 7;
    for (int round = 0; round < 6000; round++) {
        char bytes[512];
        size_t len = 0, count = random_next(&seed) % 40;
        for (size_t i = 0; i < count; i++) {
            const char *piece = pieces[random_next(&seed) % 15];
            memcpy(bytes + len, piece, strlen(piece));
            len += strlen(piece);
        }
        notes seen = {0};
        dgm_reader *reader =
            open_memory(names[round % 3], (dgm_str){bytes, len}, DGM_INPUT_GUESS, &seen);
        dgm_document *document;
        while ((document = next(reader))) {
            dgm_str text = dgm_document_text(document);
            assert_int_equal(dgm_mend_valid(text), text.len);
            if (round % 3 != 2)
                check_map(document, (dgm_str){bytes, len});
            dgm_document_free(document);
        }
        dgm_reader_close(reader);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_has_title_and_id),
        cmocka_unit_test(titles_stand_alone),
        cmocka_unit_test(broken_bytes_are_mended_and_counted),
        cmocka_unit_test(many_broken_bytes_are_reported_once),
        cmocka_unit_test(junk_is_refused),
        cmocka_unit_test(empty_files_are_said),
        cmocka_unit_test(jsonl_reads_all_keys),
        cmocka_unit_test(jsonl_goes_on_after_broken_lines),
        cmocka_unit_test(jsonl_maps_through_escapes),
        cmocka_unit_test(conllu_keeps_tokens),
        cmocka_unit_test(conllu_parts_odd_words),
        cmocka_unit_test(open_fails_cleanly),
        cmocka_unit_test(pipes_are_streamed),
        cmocka_unit_test(long_lines_are_skipped),
        cmocka_unit_test(documents_from_memory),
        cmocka_unit_test(any_bytes_are_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
