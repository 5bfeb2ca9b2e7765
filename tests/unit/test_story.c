/* Story: small documents with the records that must come out of them, tests/golden/stories.txt -
 * what depends on a document as a whole, which no single sentence shows.
 * DGM_GOLDEN_PRINT=1 prints the file's blocks anew from what comes out, to be reviewed. */
#include "cmocka_all.h"

#include "base/buf.h"
#include "base/str.h"
#include <dragoman/engine.h>

#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    char *bytes = calloc(1, 1 << 20);
    assert_non_null(bytes);
    assert_true(fread(bytes, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return bytes;
}

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

static void add_record(dgm_buf *out, const dgm_record *record)
{
    dgm_buf_printf(out, "= %s%s%s ", dgm_type_name(record->type), record->mode ? "." : "",
                   dgm_mode_name(record->mode));
    add_actors(out, record->actors);
    dgm_buf_text(out, " > ");
    add_actors(out, record->recipients);
    for (unsigned c = 0; c < 64; c++)
        if (record->contexts >> c & 1)
            dgm_buf_printf(out, " %s", dgm_context_name((dgm_context)(c + 1)));
    dgm_buf_char(out, '\n');
}

typedef struct block {
    dgm_str title;
    dgm_buf text, wanted;
} block;

/* True when what comes out is what was wanted. */
static bool holds(dgm_coder *coder, const block *story)
{
    dgm_document *document;
    dgm_records records;
    dgm_buf out = {0};
    dgm_str text = dgm_str_trim(dgm_buf_str(&story->text)), none = DGM_STR("");
    assert_int_equal(dgm_document_new(&document, DGM_STR("story"), story->title, none, text, NULL),
                     DGM_OK);
    assert_int_equal(dgm_coder_code(&records, coder, document, NULL), DGM_OK);
    for (uint32_t i = 0; i < records.count; i++)
        add_record(&out, &records.items[i]);
    if (!records.count)
        dgm_buf_text(&out, "= none\n");
    const bool is_same = dgm_str_eq(dgm_buf_str(&out), dgm_buf_str(&story->wanted));
    if (!is_same || getenv("DGM_GOLDEN_PRINT"))
        fprintf(stderr, "@ %.*s\n%.*s", DGM_FMT(story->title), DGM_FMT(dgm_buf_str(&out)));
    dgm_document_free(document);
    dgm_buf_free(&out);
    return is_same;
}

static void stories_give_their_records(void **state)
{
    (void)state;
    dgm_engine *engine;
    dgm_coder *coder;
    assert_int_equal(dgm_engine_open(&engine, NULL, NULL), DGM_OK);
    assert_int_equal(dgm_coder_new(&coder, engine, NULL), DGM_OK);
    char *bytes = read_file(DGM_SOURCE_ROOT "/tests/golden/stories.txt");
    dgm_str rest = dgm_str_of(bytes), line;
    block story = {{NULL, 0}, {0}, {0}};
    unsigned count = 0, wrong = 0;
    bool is_open = false;
    for (bool more = true; more;) {
        more = dgm_str_cut(&rest, '\n', &line);
        if ((!more || dgm_str_starts(line, DGM_STR("@"))) && is_open) {
            wrong += !holds(coder, &story);
            count++;
        }
        if (more && dgm_str_starts(line, DGM_STR("@"))) {
            is_open = true;
            story.title = dgm_str_trim(dgm_str_sub(line, 1, line.len - 1));
            story.text.len = story.wanted.len = 0;
        } else if (more && !dgm_str_starts(line, DGM_STR("#"))) {
            dgm_buf *to = dgm_str_starts(line, DGM_STR("= ")) ? &story.wanted : &story.text;
            dgm_buf_printf(to, "%.*s\n", DGM_FMT(line));
        }
    }
    dgm_buf_free(&story.text);
    dgm_buf_free(&story.wanted);
    free(bytes);
    dgm_coder_free(coder);
    dgm_engine_close(engine);
    assert_true(count >= 12);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(stories_give_their_records)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
