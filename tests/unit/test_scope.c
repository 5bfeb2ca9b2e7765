/* scope: modality and attribution on trees of our own, and the examples of the tables run through
 * the whole pipeline. */
#include "cmocka_all.h"

#include "base/table.h"
#include "code/scope_model.h"
#include "fixture.h"
#include "parse/parse.h"
#include <dragoman/document.h>

#include <stdio.h>

typedef struct pipeline {
    dgm_arena *arena, *work;
    dgm_pack pack;
    dgm_scopes *scopes;
    dgm_splitter *splitter;
    dgm_grounder *grounder;
    dgm_model *model;
    dgm_parser *parser;
    dgm_error err;
} pipeline;

static dgm_status load(void *payload)
{
    pipeline *it = payload;
    DGM_TRY(dgm_pack_open(&it->pack, "builtin", dgm_pack_builtin(), &it->err));
    DGM_TRY(dgm_scopes_load(&it->scopes, it->arena, &it->pack, &it->err));
    DGM_TRY(dgm_splitter_load(&it->splitter, it->arena, &it->pack, &it->err));
    return dgm_grounder_load(&it->grounder, it->arena, &it->pack, &it->err);
}

static int open_pipeline(void **state)
{
    static pipeline it;
    it.arena = dgm_arena_new();
    it.work = dgm_arena_new();
    dgm_status status = dgm_arena_run(it.arena, load, &it);
    if (status != DGM_OK)
        fprintf(stderr, "%s: %s\n", it.err.file, it.err.text);
    dgm_str model = dgm_pack_find(&it.pack, "model/english.bin");
    if (status == DGM_OK && model.ptr) {
        status = dgm_model_open(&it.model, "built-in model", model, &it.err);
        it.parser = status == DGM_OK ? dgm_parser_new(it.model) : NULL;
    }
    *state = &it;
    return status == DGM_OK ? 0 : -1;
}

static int close_pipeline(void **state)
{
    pipeline *it = *state;
    dgm_parser_free(it->parser);
    dgm_model_close(it->model);
    dgm_arena_free(it->work);
    dgm_arena_free(it->arena);
    return 0;
}

/* Sentences with trees, grounded without chains: every actor stays unknown. */
static dgm_grounded *ground_fixture(dgm_arena *arena, dgm_text *text)
{
    dgm_grounded *grounded = DGM_NEW(arena, dgm_grounded);
    grounded->text = text;
    grounded->sentences = DGM_ARRAY(arena, dgm_grounded_sentence, text->count);
    for (uint32_t i = 0; i < text->count; i++) {
        grounded->sentences[i].tree = dgm_tree_build(arena, text, &text->sentences[i]);
        grounded->sentences[i].mentions = DGM_ARRAY(arena, dgm_mention *, text->sentences[i].count);
    }
    return grounded;
}

typedef struct tree_case {
    const char *conllu, *trigger;
    uint32_t sentence;
    const char *modality, *source; /* source NULL: none */
} tree_case;

typedef struct tree_run {
    pipeline *it;
    const tree_case *of;
} tree_run;

static dgm_status run_tree(void *payload)
{
    const tree_run *run = payload;
    const tree_case *of = run->of;
    dgm_arena *arena = run->it->work;
    dgm_text *text = dgm_fixture_text(arena, of->conllu);
    dgm_grounded *grounded = ground_fixture(arena, text);
    int32_t token = dgm_fixture_token(text, of->sentence, of->trigger, 0);
    assert_true(token >= 0);
    dgm_scope scope = dgm_scope_of(run->it->scopes, arena, grounded, of->sentence, token, token);
    dgm_str source = dgm_span_of(text->bytes, scope.attribution.span);
    if (strcmp(dgm_modality_name(scope.modality), of->modality) != 0 ||
        !dgm_str_is(source, of->source ? of->source : ""))
        fail_msg("%s: %s by \"%.*s\" in\n%s", of->trigger, dgm_modality_name(scope.modality),
                 DGM_FMT(source), of->conllu);
    return DGM_OK;
}

/* A quotation over two sentences: the speaker of either end is that of both. */
#define QUOTE_OPEN                                                                                 \
    "\" \" PUNCT `` 3 punct\n"                                                                     \
    "Chad Chad PROPN NNP 3 nsubj g\n"                                                              \
    "attacked attack VERB VBD 0 root\n"                                                            \
    "us we PRON PRP 3 obj\n"                                                                       \
    ". . PUNCT . 3 punct g\n"
#define QUOTE_CLOSE                                                                                \
    "We we PRON PRP 2 nsubj\n"                                                                     \
    "won win VERB VBD 0 root\n"                                                                    \
    ", , PUNCT , 6 punct g\n"                                                                      \
    "\" \" PUNCT '' 6 punct g\n"                                                                   \
    "Zarif Zarif PROPN NNP 6 nsubj\n"                                                              \
    "said say VERB VBD 2 parataxis\n"                                                              \
    ". . PUNCT . 2 punct g\n"
#define SPEAKER_FIRST                                                                              \
    "Zarif Zarif PROPN NNP 3 nsubj\n"                                                              \
    "then then ADV RB 3 advmod\n"                                                                  \
    "said say VERB VBD 0 root\n"                                                                   \
    ": : PUNCT : 3 punct g\n"                                                                      \
    "\" \" PUNCT `` 7 punct\n"                                                                     \
    "We we PRON PRP 7 nsubj g\n"                                                                   \
    "won win VERB VBD 3 ccomp\n"                                                                   \
    ". . PUNCT . 3 punct g\n"
#define QUOTE_REST                                                                                 \
    "Chad Chad PROPN NNP 2 nsubj\n"                                                                \
    "attacked attack VERB VBD 0 root\n"                                                            \
    "us we PRON PRP 2 obj\n"                                                                       \
    ". . PUNCT . 2 punct g\n"                                                                      \
    "\" \" PUNCT '' 2 punct g\n"

static const tree_case tree_cases[] = {
    {QUOTE_OPEN "\n" QUOTE_CLOSE, "attacked", 0, "asserted", "Zarif"},
    {SPEAKER_FIRST "\n" QUOTE_REST, "attacked", 1, "asserted", "Zarif"},
    {QUOTE_OPEN "\n# paragraph\n" QUOTE_REST, "attacked", 1, "asserted", NULL},
#include "scope_trees.inc"
};

static void trees_give_modality_and_source(void **state)
{
    pipeline *it = *state;
    for (size_t i = 0; i < sizeof tree_cases / sizeof *tree_cases; i++) {
        tree_run run = {it, &tree_cases[i]};
        dgm_arena_reset(it->work);
        assert_int_equal(dgm_arena_run(it->work, run_tree, &run), DGM_OK);
    }
}

/* Trees that no parser of language gives: a long chain, a wide fan, quotation marks everywhere. */
static dgm_status run_hostile(void *payload)
{
    pipeline *it = payload;
    enum { WORDS = 1900 };
    for (int shape = 0; shape < 3; shape++) {
        char *conllu = dgm_arena_array(it->work, WORDS, 64), *at = conllu;
        for (int i = 0; i < WORDS; i++)
            at += sprintf(at,
                          shape == 2 && i % 2 ? "\" \" PUNCT '' %d punct\n"
                                              : "said say VERB VBD %d ccomp\n",
                          shape == 1 && i ? 1 : i);
        dgm_text *text = dgm_fixture_text(it->work, conllu);
        dgm_grounded *grounded = ground_fixture(it->work, text);
        uint32_t count;
        for (int32_t i = 0; i < WORDS; i += 100)
            (void)dgm_scope_of(it->scopes, it->work, grounded, 0, i, i);
        (void)dgm_attributions_find(it->scopes, it->work, grounded, 0, &count);
    }
    return DGM_OK;
}

static void hostile_trees_end(void **state)
{
    pipeline *it = *state;
    dgm_arena_reset(it->work);
    assert_int_equal(dgm_arena_run(it->work, run_hostile, it), DGM_OK);
}

/* A pack of one member, built as tools/pack.py does. */
static dgm_str one_member(dgm_arena *arena, const char *name, const char *text)
{
    enum { HEAD = 192 };
    size_t len = strlen(text);
    char *bytes = dgm_arena_array(arena, HEAD + len, 1);
    memcpy(bytes, "DGMPACK1\1", 9);
    bytes[16] = (char)HEAD;
    bytes[24] = (char)len;
    memcpy(bytes + 32, name, strlen(name));
    memcpy(bytes + HEAD, text, len);
    return (dgm_str){bytes, HEAD + len};
}

static dgm_status load_broken(void *payload)
{
    static const struct {
        const char *name, *text, *message;
    } cases[] = {
        {"rules/modality.tsv", "\nx\tmay\tauxx\t-\t-\tpresumed\n", "class"},
        {"rules/modality.tsv", "\nx\tmay\taux\t-\t-\tmaybe\n", "effect"},
        {"rules/attribution.tsv", "\nx\t\tverb\tclause\tasserted\n", "words"},
        {"lexicon/cues.tsv", "\nsay\tverb\tclause\t3\t5\n", "counts"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dgm_pack pack;
        dgm_scopes *scopes;
        dgm_error err = {0};
        dgm_str bytes = one_member(payload, cases[i].name, cases[i].text);
        assert_int_equal(dgm_pack_open(&pack, "test", bytes, &err), DGM_OK);
        assert_int_equal(dgm_scopes_load(&scopes, payload, &pack, &err), DGM_ERROR_FORMAT);
        assert_int_equal(err.pos, 2);
        assert_non_null(strstr(err.text, cases[i].message));
    }
    return DGM_OK;
}

static void broken_tables_are_refused(void **state)
{
    pipeline *it = *state;
    dgm_arena_reset(it->work);
    assert_int_equal(dgm_arena_run(it->work, load_broken, it->work), DGM_OK);
}

typedef struct span_case {
    const char *conllu, *source, *cue, *content;
} span_case;

/* Sources, cues and contents as spans, by the rules alone. */
static const span_case span_cases[] = {
    {"Zarif Zarif PROPN NNP 2 nsubj\n"
     "said say VERB VBD 0 root\n"
     "that that SCONJ IN 5 mark\n"
     "Iran Iran PROPN NNP 5 nsubj\n"
     "withdrew withdraw VERB VBD 2 ccomp\n"
     ". . PUNCT . 2 punct g\n",
     "Zarif", "said", "that Iran withdrew"},
    {"\" \" PUNCT `` 3 punct\n"
     "Iran Iran PROPN NNP 3 nsubj g\n"
     "withdrew withdraw VERB VBD 0 root\n"
     ", , PUNCT , 7 punct g\n"
     "\" \" PUNCT '' 7 punct g\n"
     "Zarif Zarif PROPN NNP 7 nsubj\n"
     "said say VERB VBD 3 parataxis\n"
     ". . PUNCT . 3 punct g\n",
     "Zarif", "said", "\"Iran withdrew,\""},
    {"Iran Iran PROPN NNP 2 nsubj\n"
     "withdrew withdraw VERB VBD 0 root\n"
     ", , PUNCT , 7 punct g\n"
     "according accord VERB VBG 7 case\n"
     "to to ADP IN 4 fixed\n"
     "the the DET DT 7 det\n"
     "ministry ministry NOUN NN 2 obl\n"
     ". . PUNCT . 2 punct g\n",
     "the ministry", "according to", "Iran withdrew"},
};

typedef struct span_run {
    pipeline *it;
    const span_case *of;
} span_run;

static dgm_status run_spans(void *payload)
{
    const span_run *run = payload;
    dgm_text *text = dgm_fixture_text(run->it->work, run->of->conllu);
    dgm_grounded *grounded = ground_fixture(run->it->work, text);
    uint32_t count;
    dgm_scopes rules = *run->it->scopes;
    rules.spans = NULL;
    dgm_attribution_span *found = dgm_attributions_find(&rules, run->it->work, grounded, 0, &count);
    assert_int_equal(count, 1);
    assert_int_equal(found->content_count, 1);
    dgm_str source = dgm_span_of(text->bytes, found->source);
    dgm_str cue = dgm_span_of(text->bytes, found->cue);
    dgm_str content = dgm_span_of(text->bytes, found->content[0]);
    if (!dgm_str_is(source, run->of->source) || !dgm_str_is(cue, run->of->cue) ||
        !dgm_str_is(content, run->of->content))
        fail_msg("[%.*s] [%.*s] [%.*s] in\n%s", DGM_FMT(source), DGM_FMT(cue), DGM_FMT(content),
                 run->of->conllu);
    return DGM_OK;
}

static void attributions_have_spans(void **state)
{
    pipeline *it = *state;
    for (size_t i = 0; i < sizeof span_cases / sizeof *span_cases; i++) {
        span_run run = {it, &span_cases[i]};
        dgm_arena_reset(it->work);
        assert_int_equal(dgm_arena_run(it->work, run_spans, &run), DGM_OK);
    }
}

/* The same by learned weights, through the whole pipeline. */
static const struct {
    const char *text, *source, *cue, *content;
} learned_cases[] = {
    {"The minister said that the army had left the town.", "The minister", "said",
     "that the army had left the town"},
    {"The army has left the town, according to the ministry.", "the ministry", "according to",
     "The army has left the town"},
    {"Officials believe the talks will fail.", "Officials", "believe", "the talks will fail"},
    {"\"The talks will fail,\" the minister said.", "the minister", "said",
     "\"The talks will fail,\""},
};

typedef struct learned_run {
    pipeline *it;
    const dgm_document *document;
    size_t at;
} learned_run;

static bool is_span(dgm_str text, dgm_span span, const char *wanted)
{
    return dgm_str_is(dgm_span_of(text, span), wanted);
}

static dgm_status run_learned(void *payload)
{
    const learned_run *run = payload;
    pipeline *it = run->it;
    dgm_text *text = dgm_text_split(it->splitter, it->work, run->document);
    for (uint32_t i = 0; i < text->count; i++)
        dgm_parser_run(it->parser, it->work, text, &text->sentences[i]);
    dgm_grounded *grounded = dgm_ground_document(it->grounder, it->work, text);
    uint32_t count;
    dgm_attribution_span *found = dgm_attributions_find(it->scopes, it->work, grounded, 0, &count);
    assert_int_equal(count, 1);
    assert_int_equal(found->content_count, 1);
    if (!is_span(text->bytes, found->source, learned_cases[run->at].source) ||
        !is_span(text->bytes, found->cue, learned_cases[run->at].cue) ||
        !is_span(text->bytes, found->content[0], learned_cases[run->at].content))
        fail_msg("wrong spans in: %s", learned_cases[run->at].text);
    return DGM_OK;
}

static void learned_attributions_have_spans(void **state)
{
    pipeline *it = *state;
    if (!it->parser || !it->scopes->spans)
        skip();
    for (size_t i = 0; i < sizeof learned_cases / sizeof *learned_cases; i++) {
        dgm_document *document;
        dgm_str none = DGM_STR(""), text = dgm_str_of(learned_cases[i].text);
        assert_int_equal(dgm_document_new(&document, none, none, none, text, NULL), DGM_OK);
        learned_run run = {it, document, i};
        dgm_arena_reset(it->work);
        assert_int_equal(dgm_arena_run(it->work, run_learned, &run), DGM_OK);
        dgm_document_free(document);
    }
}

/* Spans begin, run on and end; roles do not mix inside one. */
static void labels_follow_each_other(void **state)
{
    (void)state;
    int first = dgm_span_label(DGM_ROLE_SOURCE, DGM_PLACE_FIRST);
    int last = dgm_span_label(DGM_ROLE_SOURCE, DGM_PLACE_LAST);
    int other = dgm_span_label(DGM_ROLE_CONTENT, DGM_PLACE_LAST);
    int only = dgm_span_label(DGM_ROLE_CUE, DGM_PLACE_ONLY);
    assert_true(dgm_span_follows(first, last));
    assert_true(dgm_span_follows(last, only));
    assert_true(dgm_span_follows(0, first));
    assert_true(dgm_span_follows(only, 0));
    assert_false(dgm_span_follows(first, 0));
    assert_false(dgm_span_follows(first, other));
    assert_false(dgm_span_follows(first, only));
    assert_false(dgm_span_follows(0, last));
}

static void broken_weights_are_refused(void **state)
{
    (void)state;
    enum { FIXED = sizeof(dgm_spans_header) + 2 * DGM_SPAN_LANES * DGM_SPAN_LANES };
    static _Alignas(8) char bytes[FIXED + 2 * (4 + DGM_SPAN_LANES)];
    dgm_spans_header *header = (void *)bytes;
    dgm_spans_model model;
    dgm_error err = {0};
    dgm_str all = {bytes, sizeof bytes};
    assert_int_equal(dgm_spans_open(&model, "weights", all, &err), DGM_ERROR_FORMAT);
    assert_non_null(strstr(err.text, "no weights"));
    memcpy(header->magic, DGM_SPANS_MAGIC, sizeof header->magic);
    for (uint32_t capacity = 0; capacity < 6; capacity++) {
        header->capacity = capacity;
        dgm_status status = dgm_spans_open(&model, "weights", all, &err);
        assert_int_equal(status, capacity == 2 ? DGM_OK : DGM_ERROR_FORMAT);
    }
    header->capacity = 2;
    assert_int_equal(dgm_spans_open(&model, "weights", (dgm_str){bytes, FIXED - 1}, &err),
                     DGM_ERROR_FORMAT);
    assert_int_equal(dgm_spans_open(&model, "weights", all, &err), DGM_OK);
    for (size_t i = sizeof *header; i < sizeof bytes; i++)
        bytes[i] = 7; /* a table without an empty place: looking up ends all the same */
    assert_null(dgm_spans_row(&model, 5));
}

typedef struct example {
    pipeline *it;
    dgm_str id, text, trigger, modality;
    dgm_str source; /* "-": none; empty: not asked */
    const dgm_document *document;
    char found[256]; /* empty when it came out as expected */
} example;

static dgm_status run_example(void *payload)
{
    example *of = payload;
    pipeline *it = of->it;
    dgm_text *text = dgm_text_split(it->splitter, it->work, of->document);
    for (uint32_t i = 0; i < text->count; i++)
        dgm_parser_run(it->parser, it->work, text, &text->sentences[i]);
    dgm_grounded *grounded = dgm_ground_document(it->grounder, it->work, text);
    uint32_t last = text->count - 1;
    for (int32_t i = 0; i < (int32_t)text->sentences[last].count; i++) {
        if (!dgm_str_eq(dgm_tree_form(grounded->sentences[last].tree, i), of->trigger))
            continue;
        dgm_scope scope = dgm_scope_of(it->scopes, it->work, grounded, last, i, i);
        dgm_str source = dgm_span_of(text->bytes, scope.attribution.span);
        dgm_str wanted = dgm_str_is(of->source, "-") ? DGM_STR("") : of->source;
        bool same = dgm_str_is(of->modality, dgm_modality_name(scope.modality)) &&
                    (!of->source.len || dgm_str_eq(source, wanted));
        if (!same)
            snprintf(of->found, sizeof of->found, "%s by \"%.*s\"",
                     dgm_modality_name(scope.modality), DGM_FMT(source));
        return DGM_OK;
    }
    snprintf(of->found, sizeof of->found, "no such trigger");
    return DGM_OK;
}

static void check_example(example *of, unsigned *failures)
{
    dgm_document *document;
    assert_int_equal(dgm_document_new(&document, of->id, DGM_STR(""), DGM_STR(""), of->text, NULL),
                     DGM_OK);
    of->document = document;
    dgm_arena_reset(of->it->work);
    assert_int_equal(dgm_arena_run(of->it->work, run_example, of), DGM_OK);
    dgm_document_free(document);
    if (!of->found[0])
        return;
    ++*failures;
    fprintf(stderr, "%.*s: %.*s: %s, not %.*s by \"%.*s\"\n", DGM_FMT(of->id), DGM_FMT(of->text),
            of->found, DGM_FMT(of->modality), DGM_FMT(of->source));
}

/* Every row of a table against its own example, whose cells begin at column `at`. */
static void check_table(pipeline *it, const char *name, uint32_t at)
{
    if (!it->parser)
        skip();
    unsigned failures = 0;
    dgm_table table;
    dgm_table_init(&table, name, dgm_pack_find(&it->pack, name));
    while (dgm_table_next(&table)) {
        example of = {.it = it,
                      .id = table.cells[0],
                      .text = table.cells[at],
                      .trigger = table.cells[at + 1],
                      .modality = table.cells[at + 2],
                      .source = table.cells[at + 3]};
        check_example(&of, &failures);
    }
    assert_int_equal(failures, 0);
}

static void modality_examples_hold(void **state)
{
    check_table(*state, "rules/modality.tsv", 7);
}

static void attribution_examples_hold(void **state)
{
    check_table(*state, "rules/attribution.tsv", 7);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(trees_give_modality_and_source),
        cmocka_unit_test(broken_tables_are_refused),
        cmocka_unit_test(hostile_trees_end),
        cmocka_unit_test(attributions_have_spans),
        cmocka_unit_test(learned_attributions_have_spans),
        cmocka_unit_test(labels_follow_each_other),
        cmocka_unit_test(broken_weights_are_refused),
        cmocka_unit_test(modality_examples_hold),
        cmocka_unit_test(attribution_examples_hold),
    };
    return cmocka_run_group_tests(tests, open_pipeline, close_pipeline);
}
