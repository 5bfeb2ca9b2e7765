/* Traps: sentences in the language of war and diplomacy that are of sport, weather, trade or art,
 * tests/golden/traps.txt, one a line. None of them may give a record. */
#include "cmocka_all.h"

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

/* The records of a sentence; each is printed with the rule that coded it. */
static uint32_t count_records(dgm_coder *coder, dgm_str sentence)
{
    dgm_document *document;
    dgm_records records;
    dgm_str none = DGM_STR("");
    assert_int_equal(dgm_document_new(&document, DGM_STR("trap"), none, none, sentence, NULL),
                     DGM_OK);
    assert_int_equal(dgm_coder_code(&records, coder, document, NULL), DGM_OK);
    for (uint32_t i = 0; i < records.count; i++)
        fprintf(stderr, "# %.*s\n# coded by %s\n", DGM_FMT(sentence), records.items[i].rule);
    uint32_t count = records.count;
    dgm_document_free(document);
    return count;
}

static void traps_give_no_record(void **state)
{
    (void)state;
    dgm_engine *engine;
    dgm_engine_options options = DGM_ENGINE_OPTIONS_INIT;
    options.gives_doubtful = true;
    dgm_coder *coder;
    assert_int_equal(dgm_engine_open(&engine, &options, NULL), DGM_OK);
    assert_int_equal(dgm_coder_new(&coder, engine, NULL), DGM_OK);
    char *bytes = read_file(DGM_SOURCE_ROOT "/tests/golden/traps.txt");
    dgm_str rest = dgm_str_of(bytes), line;
    unsigned count = 0, wrong = 0;
    while (dgm_str_cut(&rest, '\n', &line)) {
        if (!line.len || line.ptr[0] == '#')
            continue;
        wrong += count_records(coder, line) != 0;
        count++;
    }
    free(bytes);
    dgm_coder_free(coder);
    dgm_engine_close(engine);
    assert_true(count >= 310);
    assert_int_equal(wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(traps_give_no_record)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
