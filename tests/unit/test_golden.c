/* Golden: sentences with the records that must come out of them, tests/golden/records.txt.
 *
 * A block is a sentence and then a line "= ..." for each record, "= none" when there is none; '#'
 * begins a comment, '@' before the sentence the title of its document. DGM_GOLDEN_PRINT=1 prints
 * the file anew from what comes out, to be reviewed. */
#include "cmocka_all.h"

#include "base/buf.h"
#include "base/str.h"
#include <dragoman/engine.h>

#include <stdio.h>
#include <stdlib.h>

static void add_actors(dgm_buf *out, dgm_actors actors)
{
    if (!actors.count)
        dgm_buf_char(out, '-');
    for (uint32_t i = 0; i < actors.count; i++) {
        const dgm_actor *actor = &actors.items[i];
        dgm_buf_printf(out, "%s%s", i ? "+" : "", actor->code ? actor->code : "?");
        for (unsigned s = 0; s < DGM_ACTOR_SECTORS && actor->sectors[s]; s++)
            dgm_buf_printf(out, ".%s", dgm_sector_name(actor->sectors[s]));
    }
}

static void add_record(dgm_buf *out, const dgm_record *record, dgm_str text)
{
    dgm_buf_printf(out, "= %s%s%s ", dgm_type_name(record->type), record->mode ? "." : "",
                   dgm_mode_name(record->mode));
    add_actors(out, record->actors);
    dgm_buf_text(out, " > ");
    add_actors(out, record->recipients);
    if (record->about.count) {
        dgm_buf_text(out, " about ");
        add_actors(out, record->about);
    }
    if (record->modality != DGM_MODALITY_ASSERTED)
        dgm_buf_printf(out, " [%s]", dgm_modality_name(record->modality));
    if (record->when.edtf)
        dgm_buf_printf(out, " in %s", record->when.edtf);
    if (record->attribution.span.len) {
        dgm_str source = dgm_span_of(text, record->attribution.span);
        dgm_buf_printf(out, " according to \"%.*s\"", DGM_FMT(source));
    }
    dgm_buf_char(out, '\n');
}

static void describe(dgm_buf *out, dgm_coder *coder, dgm_str title, dgm_str sentence)
{
    dgm_document *document;
    dgm_records records;
    dgm_str none = DGM_STR("");
    assert_int_equal(dgm_document_new(&document, DGM_STR("golden"), title, none, sentence, NULL),
                     DGM_OK);
    assert_int_equal(dgm_coder_code(&records, coder, document, NULL), DGM_OK);
    for (uint32_t i = 0; i < records.count; i++)
        add_record(out, &records.items[i], dgm_document_text(document));
    if (!records.count)
        dgm_buf_text(out, "= none\n");
    dgm_document_free(document);
}

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = calloc(1, 1 << 20);
    assert_true(fread(bytes, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return bytes;
}

static bool is_expectation(dgm_str line)
{
    return line.len && line.ptr[0] == '=';
}

/* One block: the sentence and what is expected of it; gives whether it came out. */
static bool check(dgm_coder *coder, dgm_str title, dgm_str sentence, const dgm_buf *expected,
                  bool prints)
{
    dgm_buf got = {0};
    describe(&got, coder, title, sentence);
    bool is_same = dgm_str_eq(dgm_buf_str(&got), dgm_buf_str(expected));
    if (prints && title.len)
        printf("@ %.*s\n", DGM_FMT(title));
    if (prints)
        printf("%.*s\n%s\n", DGM_FMT(sentence), got.ptr);
    else if (!is_same)
        fprintf(stderr, "# %.*s\n# expected:\n%s# got:\n%s", DGM_FMT(sentence),
                expected->ptr ? expected->ptr : "", got.ptr);
    dgm_buf_free(&got);
    return is_same || prints;
}

static void sentences_give_their_records(void **state)
{
    (void)state;
    dgm_engine *engine;
    dgm_engine_options options = DGM_ENGINE_OPTIONS_INIT;
    options.gives_doubtful = true;
    dgm_coder *coder;
    bool prints = getenv("DGM_GOLDEN_PRINT") != NULL;
    assert_int_equal(dgm_engine_open(&engine, &options, NULL), DGM_OK);
    assert_int_equal(dgm_coder_new(&coder, engine, NULL), DGM_OK);
    char *bytes = read_file(DGM_SOURCE_ROOT "/tests/golden/records.txt");
    dgm_str rest = dgm_str_of(bytes), line, sentence = {NULL, 0}, title = {NULL, 0};
    dgm_buf expected = {0};
    unsigned wrong = 0, count = 0;
    while (dgm_str_cut(&rest, '\n', &line)) {
        if (is_expectation(line)) {
            dgm_buf_printf(&expected, "%.*s\n", DGM_FMT(line));
        } else if (line.len > 2 && line.ptr[0] == '@') {
            title = dgm_str_sub(line, 2, line.len - 2);
        } else if (line.len && line.ptr[0] != '#') {
            sentence = line;
        } else if (!line.len && sentence.ptr) {
            wrong += !check(coder, title, sentence, &expected, prints);
            count++;
            dgm_buf_clear(&expected);
            sentence = title = (dgm_str){NULL, 0};
        }
    }
    dgm_buf_free(&expected);
    free(bytes);
    dgm_coder_free(coder);
    dgm_engine_close(engine);
    assert_true(count >= 40);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(sentences_give_their_records)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
