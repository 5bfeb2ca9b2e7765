/* ground: what noun phrases refer to, on fixture trees. */
#include "cmocka_all.h"

#include "fixture.h"

static dgm_status read_fixture(void *payload)
{
    const dgm_text *text = dgm_fixture_text(payload, "# kind = title\n"
                                                     "Talks talk NOUN NNS 0 root\n"
                                                     "\n"
                                                     "# paragraph\n"
                                                     "# dateline = PARIS (AFP) -\n"
                                                     "They they PRON PRP 2 nsubj\n"
                                                     "met meet VERB VBD 0 root\n"
                                                     ". . PUNCT . 2 punct g\n");
    assert_int_equal(text->count, 2);
    assert_int_equal(text->sentences[0].kind, DGM_SENTENCE_TITLE);
    assert_int_equal(text->sentences[1].paragraph, 1);
    assert_true(dgm_str_is(text->bytes, "Talks\nPARIS (AFP) - They met.\n"));
    assert_int_equal(text->sentences[1].tokens[0].head, 1);
    assert_int_equal(text->sentences[1].tokens[1].feats, DGM_FEAT_PAST | DGM_FEAT_FINITE);
    assert_int_equal(dgm_fixture_token(text, 1, ".", 0), 2);
    return DGM_OK;
}

static void fixture_reads_literals(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    assert_int_equal(dgm_arena_run(arena, read_fixture, arena), DGM_OK);
    dgm_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fixture_reads_literals),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
