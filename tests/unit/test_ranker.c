/* Ranker and sides: damaged files, sums and shares by hand, tokens and paths of marked sides, the
 * whole way through the engine. */
#include "cmocka_all.h"

#include "code/ranker.h"
#include "code/sure.h"
#include "fixture.h"
#include <dragoman/classify.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROWS = 4 };

typedef struct small_ranker {
    dgm_ranker_header header;
    dgm_rank_row rows[ROWS];
} small_ranker;

static void put_row(small_ranker *it, uint32_t hash, int class, int8_t weight)
{
    uint32_t at = (uint32_t)((uint64_t)hash * ROWS >> 32);
    while (it->rows[at].hash && it->rows[at].hash != hash)
        at = (at + 1) % ROWS;
    it->rows[at].hash = hash;
    it->rows[at].weight[class] = weight;
}

static small_ranker *make_small(void)
{
    small_ranker *it = calloc(1, sizeof *it);
    assert_non_null(it);
    memcpy(it->header.magic, DGM_RANKER_MAGIC, 8);
    it->header.header_bytes = sizeof it->header;
    it->header.rows = ROWS;
    it->header.file_bytes = sizeof *it;
    it->header.heat = 65536;
    for (int i = 0; i < DGM_RANK_EXP; i++)
        it->header.exp[i] = (uint32_t)lrint(65536 * exp(-i / 128.0));
    for (int i = 0; i < DGM_RANK_SURE; i++)
        it->header.sure[i] = (uint16_t)(i * 10000 / 256);
    it->header.scale[DGM_EVIDENCE_TOP] = 1;
    put_row(it, 77, DGM_TYPE_ASSAULT, 100);
    put_row(it, 0x80000000u, DGM_TYPE_CONCEDE, 90);
    put_row(it, 0x80000000u, DGM_TYPE_RETREAT, 91);
    return it;
}

static dgm_status open_small(dgm_ranker *ranker, const small_ranker *it, size_t len)
{
    return dgm_ranker_open(ranker, "small", (dgm_str){(const char *)it, len}, NULL);
}

static void damaged_files(void **state)
{
    (void)state;
    small_ranker *it = make_small();
    dgm_ranker ranker;
    assert_int_equal(open_small(&ranker, it, sizeof *it), DGM_OK);
    for (size_t len = 0; len < sizeof *it; len += 7)
        assert_int_equal(open_small(&ranker, it, len), DGM_ERROR_FORMAT);
    it->header.magic[0] = 'X';
    assert_int_equal(open_small(&ranker, it, sizeof *it), DGM_ERROR_FORMAT);
    it->header.magic[0] = 'D';
    it->header.rows = UINT32_MAX;
    assert_int_equal(open_small(&ranker, it, sizeof *it), DGM_ERROR_FORMAT);
    it->header.rows = ROWS;
    it->header.unused = 3;
    assert_int_equal(open_small(&ranker, it, sizeof *it), DGM_ERROR_FORMAT);
    it->header.unused = 0;
    for (int i = 0; i < ROWS; i++) /* a search would never end */
        it->rows[i].hash = (uint32_t)i + 1;
    assert_int_equal(open_small(&ranker, it, sizeof *it), DGM_ERROR_FORMAT);
    free(it);
}

static dgm_ranking judge_one(const dgm_ranker *ranker, uint32_t hash, uint8_t group)
{
    dgm_feature feature = {hash, group};
    dgm_evidence evidence = {&feature, 1, 1};
    return dgm_ranker_judge(ranker, &evidence);
}

static void sums_and_shares(void **state)
{
    (void)state;
    small_ranker *it = make_small();
    dgm_ranker ranker;
    assert_int_equal(open_small(&ranker, it, sizeof *it), DGM_OK);
    dgm_ranking found = judge_one(&ranker, 77, DGM_EVIDENCE_TOP);
    assert_int_equal(found.type, DGM_TYPE_ASSAULT);
    double e = exp(100 / 128.0), share = e / (e + 16);
    assert_true(fabs(found.part[DGM_TYPE_ASSAULT] / 65536.0 - share) < 0.001);
    assert_true(found.sure > 0 && found.sure < 10000);
    /* yielding in two ways: together they win, the better of them is named */
    found = judge_one(&ranker, 0x80000000u, DGM_EVIDENCE_TOP);
    assert_int_equal(found.type, DGM_TYPE_RETREAT);
    /* a group without scale and a feature without row count nothing: all classes alike */
    dgm_ranking none = judge_one(&ranker, 77, DGM_EVIDENCE_PATH);
    dgm_ranking unknown = judge_one(&ranker, 5, DGM_EVIDENCE_TOP);
    assert_int_equal(none.part[DGM_TYPE_ASSAULT], none.part[DGM_TYPE_AID]);
    assert_memory_equal(none.part, unknown.part, sizeof none.part);
    free(it);
}

/* The old guard of Mali attacked the town and Niger . */
static const char attacked[] = "The the DET DT 3 det\n"
                               "old old ADJ JJ 3 amod\n"
                               "guard guard NOUN NN 6 nsubj\n"
                               "of of ADP IN 5 case\n"
                               "Mali Mali PROPN NNP 3 nmod\n"
                               "attacked attack VERB VBD 0 root\n"
                               "the the DET DT 8 det\n"
                               "town town NOUN NN 6 obj\n"
                               "and and CCONJ CC 10 cc\n"
                               "Niger Niger PROPN NNP 8 conj\n"
                               ". . PUNCT . 6 punct\n";

static dgm_span span_of(const dgm_tree *tree, int32_t first, int32_t last)
{
    return dgm_tree_span(tree, first, last);
}

static void tokens_and_paths(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    dgm_text *text = dgm_fixture_text(arena, attacked);
    dgm_tree *tree = dgm_tree_build(arena, text, &text->sentences[0]);
    dgm_span source = span_of(tree, 0, 4), target = span_of(tree, 9, 9), nothing = {4000, 5};
    dgm_sides sides = {{dgm_side_find(tree, &source, 1), dgm_side_find(tree, &target, 1)}, true};
    assert_int_equal(sides.at[0].first, 0);
    assert_int_equal(sides.at[0].last, 4);
    assert_int_equal(sides.at[0].head, 2);
    assert_int_equal(sides.at[1].head, 9);
    assert_int_equal(dgm_side_find(tree, &nothing, 1).head, -1);
    assert_int_equal(dgm_side_find(tree, &source, 0).head, -1);
    assert_int_equal(dgm_sides_top(tree, &sides), 5);
    int32_t way[4];
    assert_int_equal(dgm_sides_path(tree, 9, 5, way, 4), 2);
    assert_int_equal(way[0], 7);
    assert_int_equal(way[1], 5);
    assert_int_equal(dgm_sides_path(tree, 9, 5, way, 1), 1);
    sides.at[1] = dgm_side_find(tree, &nothing, 1); /* one side only: what governs it */
    assert_int_equal(dgm_sides_top(tree, &sides), 5);
    sides.at[0] = sides.at[1];
    assert_int_equal(dgm_sides_top(tree, &sides), tree->root);
    dgm_arena_free(arena);
}

typedef struct asked {
    const char *text, *source, *target;
    dgm_type type;
} asked;

static dgm_span find_words(const char *text, const char *words)
{
    const char *at = strstr(text, words);
    assert_non_null(at);
    return (dgm_span){(uint32_t)(at - text), (uint32_t)strlen(words)};
}

static dgm_class ask(dgm_coder *coder, const asked *it, bool rules_only)
{
    dgm_document *document;
    dgm_class found;
    dgm_span source = find_words(it->text, it->source), target = find_words(it->text, it->target);
    dgm_marks marks = {&source, &target, 1, 1};
    dgm_classify_options options = DGM_CLASSIFY_OPTIONS_INIT;
    options.force = true;
    options.rules_only = rules_only;
    dgm_str none = {"", 0};
    assert_int_equal(dgm_document_new(&document, none, none, none, dgm_str_of(it->text), NULL),
                     DGM_OK);
    assert_int_equal(dgm_coder_classify(&found, coder, document, &marks, &options, NULL), DGM_OK);
    dgm_document_free(document);
    return found;
}

/* Whoever the sides are, named or not: the marks make actors of them. */
static void through_the_engine(void **state)
{
    (void)state;
    static const asked list[] = {
        {"The old guard attacked the town.", "The old guard", "the town", DGM_TYPE_ASSAULT},
        {"Chad was condemned by the bishops.", "the bishops", "Chad", DGM_TYPE_ACCUSE},
        {"Togo refused to help the farmers.", "Togo", "the farmers", DGM_TYPE_REJECT},
    };
    dgm_engine *engine;
    dgm_coder *coder;
    assert_int_equal(dgm_engine_open(&engine, NULL, NULL), DGM_OK);
    assert_int_equal(dgm_coder_new(&coder, engine, NULL), DGM_OK);
    for (size_t i = 0; i < sizeof list / sizeof *list; i++)
        for (int rules_only = 0; rules_only < 2; rules_only++) {
            dgm_class found = ask(coder, &list[i], rules_only != 0);
            assert_int_equal(found.type, list[i].type);
            assert_int_equal(found.quad, dgm_type_quad(found.type));
            assert_true(found.confidence > 0 && found.confidence <= 1);
            assert_non_null(found.rule);
        }
    dgm_coder_free(coder);
    dgm_engine_close(engine);
}

static dgm_status read_sureness(dgm_sureness *out, dgm_arena *arena, const char *rows)
{
    dgm_error err;
    return dgm_sureness_read(out, arena, "confidence", dgm_str_of(rows), &err);
}

/* Confidence, in hundredths, of a record with up to two signs. */
static int sure_of(const dgm_sureness *it, const char *first, const char *second)
{
    dgm_signs signs = {.count = 0};
    dgm_record record = {0};
    const char *const texts[] = {first, second};
    for (unsigned i = 0; i < 2 && texts[i]; i++) {
        dgm_sign *sign = &signs.items[signs.count++];
        sign->len = (uint32_t)snprintf(sign->text, DGM_SIGN_SIZE, "%s", texts[i]);
    }
    dgm_sureness_set(it, &signs, &record);
    return (int)lround(100 * record.confidence);
}

static const char sure_rows[] = "# kind, numbers\nbase\t0\t600\t600\nleast\t40\t30\n"
                                "curve\t-600\t0\ncurve\t0\t500\ncurve\t600\t1000\n"
                                "sign\ttype=AID\t300\t0\t0\nsign\ttwo-sided\t-600\t0\t-100000\n";

static void sums_of_signs(dgm_arena *arena)
{
    dgm_sureness it;
    dgm_sureness_none(&it);
    assert_int_equal(sure_of(&it, "type=AID", NULL), 50);
    assert_int_equal(read_sureness(&it, arena, sure_rows), DGM_ERROR_FORMAT);
    char mended[sizeof sure_rows];
    memcpy(mended, sure_rows, sizeof mended);
    memcpy(strstr(mended, "-100000"), "  -1200", 7);
    assert_int_equal(read_sureness(&it, arena, mended), DGM_OK);
    assert_int_equal(sure_of(&it, NULL, NULL), 50);
    assert_int_equal(sure_of(&it, "type=AID", NULL), 75);
    assert_int_equal(sure_of(&it, "type=AID", "type=AID"), 100);
    assert_int_equal(sure_of(&it, "unknown", NULL), 50);
    assert_int_equal(sure_of(&it, "type=AID", "two-sided"), 0);
    const dgm_record doubtful = {.confidence = 0.39}, sure = {.confidence = 0.4};
    const dgm_grounded dated = {.document_time = {.edtf = "1990"}}, undated = {0};
    assert_true(dgm_sureness_holds_back(&it, &dated, &doubtful));
    assert_false(dgm_sureness_holds_back(&it, &dated, &sure));
    assert_false(dgm_sureness_holds_back(&it, &undated, &doubtful));
}

static dgm_status tables_of_sureness_body(void *arena)
{
    static const char *const damaged[] = {
        "",
        "base\t1\t2\t3\n",
        "curve\t0\t500\n",
        "base\t1\t2\t3\ncurve\t0\t500\ncurve\t0\t600\n",
        "base\t1\t2\t3\ncurve\t0\t500\ncurve\t9\t400\n",
        "base\t1\t2\t3\ncurve\t601\t500\n",
        "base\t1\t2\t3\ncurve\t0\t1001\n",
        "base\t1\t2\ncurve\t0\t500\n",
        "base\t1\t2\t3\ncurve\t0\t500\nsign\ta\t1\t1\t1\nsign\ta\t1\t1\t1\n",
        "base\t1\t2\t3\ncurve\t0\t500\nsign\t\t1\t1\t1\n",
        "base\t1\t2\t3\ncurve\t0\t500\nleast\t40\t101\n",
        "base\t1\t2\t3\ncurve\t0\t500\nleast\t40\n",
        "base\t1\t2\t3\ncurve\t0\t500\nother\t1\n",
    };
    sums_of_signs(arena);
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        dgm_sureness it;
        assert_int_equal(read_sureness(&it, arena, damaged[i]), DGM_ERROR_FORMAT);
    }
    return DGM_OK;
}

static void tables_of_sureness(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    assert_int_equal(dgm_arena_run(arena, tables_of_sureness_body, arena), DGM_OK);
    dgm_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(damaged_files),      cmocka_unit_test(sums_and_shares),
        cmocka_unit_test(tokens_and_paths),   cmocka_unit_test(through_the_engine),
        cmocka_unit_test(tables_of_sureness),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
