/* parse: the model loader on damaged files, the parser on sentences of all lengths, the kernels
 * against each other. */
#include "cmocka_all.h"

#include "base/pack.h"
#include "parse/parser_priv.h"

#include <stddef.h>
#include <stdlib.h>

static dgm_str builtin_model(void)
{
    dgm_pack pack;
    dgm_error err;
    assert_int_equal(dgm_pack_open(&pack, "builtin", dgm_pack_builtin(), &err), DGM_OK);
    dgm_str model = dgm_pack_find(&pack, "model/english.bin");
    assert_non_null(model.ptr);
    return model;
}

static dgm_model *open_builtin(void)
{
    dgm_model *model;
    dgm_error err;
    assert_int_equal(dgm_model_open(&model, "english.bin", builtin_model(), &err), DGM_OK);
    return model;
}

/* A text of words parted by spaces, as one sentence. */
static dgm_sentence *cut_words(dgm_arena *arena, dgm_text *text, dgm_str words)
{
    dgm_sentence *sentence = DGM_NEW(arena, dgm_sentence);
    size_t capacity = 0, from = 0;
    text->bytes = words;
    for (size_t i = 0; i <= words.len; i++) {
        if (i < words.len && words.ptr[i] != ' ')
            continue;
        dgm_token token = {.span = {(uint32_t)from, (uint32_t)(i - from)}};
        if (i > from)
            DGM_PUSH(arena, sentence->tokens, sentence->count, capacity, token);
        from = i + 1;
    }
    return sentence;
}

typedef struct job {
    dgm_arena *arena;
    const dgm_model *model;
    const dgm_kernel *kernel;
    dgm_str words;
    dgm_sentence *sentence;
    dgm_text text;
} job;

static dgm_status run_job(void *payload)
{
    job *j = payload;
    dgm_parser *parser = dgm_parser_new_with(j->model, j->kernel);
    assert_non_null(parser);
    j->sentence = cut_words(j->arena, &j->text, j->words);
    dgm_parser_run(parser, j->arena, &j->text, j->sentence);
    dgm_parser_free(parser);
    return DGM_OK;
}

static job parse_with(const dgm_model *model, const dgm_kernel *kernel, dgm_str words)
{
    job j = {.arena = dgm_arena_new(), .model = model, .kernel = kernel, .words = words};
    assert_non_null(j.arena);
    assert_int_equal(dgm_arena_run(j.arena, run_job, &j), DGM_OK);
    return j;
}

static job parse(const dgm_model *model, dgm_str words)
{
    return parse_with(model, dgm_kernel_best(), words);
}

/* Every token has tags and a head, one of them is the root, and each leads there. */
static void assert_tree(const dgm_sentence *sentence)
{
    uint32_t roots = 0;
    for (uint32_t i = 0; i < sentence->count; i++) {
        const dgm_token *token = &sentence->tokens[i];
        assert_in_range(token->upos, 1, DGM_UPOS_COUNT - 1);
        assert_in_range(token->xpos, 1, DGM_XPOS_COUNT - 1);
        assert_in_range(token->rel, 1, DGM_REL_COUNT - 1);
        assert_in_range(token->name, 0, DGM_NAME_I_LOC);
        assert_true(token->head >= -1 && token->head < (int32_t)sentence->count);
        assert_true((token->head < 0) == (token->rel == DGM_REL_ROOT));
        assert_non_null(token->lemma.ptr);
        roots += token->head < 0;
        uint32_t steps = 0;
        for (int32_t at = (int32_t)i; at >= 0; at = sentence->tokens[at].head)
            assert_true(steps++ <= sentence->count);
    }
    assert_int_equal(roots, sentence->count ? 1 : 0);
}

static void parses_a_plain_sentence(void **state)
{
    (void)state;
    dgm_model *model = open_builtin();
    job j = parse(model, DGM_STR("The minister accused the two neighbours of arming rebels ."));
    const dgm_token *t = j.sentence->tokens;
    assert_tree(j.sentence);
    assert_int_equal(t[2].head, -1);
    assert_int_equal(t[2].upos, DGM_VERB);
    assert_int_equal(t[2].feats, dgm_feats_from(DGM_STR("Mood=Ind|Number=Sing|Person=3|Tense=Past|"
                                                        "VerbForm=Fin")));
    assert_true(dgm_str_is(t[2].lemma, "accuse"));
    assert_int_equal(t[1].rel, DGM_REL_NSUBJ);
    assert_int_equal(t[1].head, 2);
    assert_int_equal(t[5].rel, DGM_REL_OBJ);
    assert_true(dgm_str_is(t[5].lemma, "neighbour"));
    assert_int_equal(t[5].feats, DGM_FEAT_PLURAL);
    dgm_arena_free(j.arena);
    dgm_model_close(model);
}

static void sees_the_passive(void **state)
{
    (void)state;
    dgm_model *model = open_builtin();
    job j = parse(model, DGM_STR("The embassy was closed by the government ."));
    const dgm_token *t = j.sentence->tokens;
    assert_int_equal(t[3].head, -1);
    assert_true(t[3].feats & DGM_FEAT_PASSIVE);
    assert_int_equal(t[1].rel, DGM_REL_NSUBJ_PASS);
    assert_true(dgm_str_is(t[3].lemma, "close"));
    dgm_arena_free(j.arena);
    dgm_model_close(model);
}

static dgm_status lower_body(void *payload)
{
    dgm_arena *arena = payload;
    assert_true(dgm_str_is(dgm_lemma_lower(arena, DGM_STR("Anti-Israeli")), "anti-Israeli"));
    assert_true(dgm_str_is(dgm_lemma_lower(arena, DGM_STR("ANTI-WAR")), "anti-war"));
    assert_true(dgm_str_is(dgm_lemma_lower(arena, DGM_STR("N\xE2\x80\x99T")), "n't"));
    return DGM_OK;
}

static void lemmas_of_odd_forms(void **state)
{
    (void)state;
    dgm_model *model = open_builtin();
    job j = parse(model, DGM_STR("They sent 12,500 letters to Desk@Example.org in Zork Hills "
                                 "after a long wait ."));
    const dgm_token *t = j.sentence->tokens;
    assert_true(dgm_str_is(t[2].lemma, "12500"));
    assert_true(dgm_str_is(t[3].lemma, "letter"));
    assert_true(dgm_str_is(t[5].lemma, "Desk@Example.org"));
    assert_true(dgm_str_is(t[7].lemma, "Zork"));
    assert_int_equal(dgm_arena_run(j.arena, lower_body, j.arena), DGM_OK);
    dgm_arena_free(j.arena);
    dgm_model_close(model);
}

static void parses_any_length(void **state)
{
    (void)state;
    static const uint32_t lengths[] = {0, 1, 2, 3, 511, 512, 513, 1024, 5000};
    static const char *const words[] = {"troops ", "crossed ", "the ",
                                        "border ", ", ",       "\xFF\xC3 "};
    dgm_model *model = open_builtin();
    for (size_t n = 0; n < sizeof lengths / sizeof *lengths; n++) {
        char *text = calloc(lengths[n] + 1, 8);
        assert_non_null(text);
        size_t len = 0;
        for (uint32_t i = 0; i < lengths[n]; i++) {
            const char *word = words[(i * 7 + i / 5) % 6];
            memcpy(text + len, word, strlen(word));
            len += strlen(word);
        }
        job j = parse(model, (dgm_str){text, len});
        assert_int_equal(j.sentence->count, lengths[n]);
        assert_tree(j.sentence);
        dgm_arena_free(j.arena);
        free(text);
    }
    dgm_model_close(model);
}

static void parses_huge_and_broken_words(void **state)
{
    (void)state;
    enum { MEGABYTE = 1 << 20 };
    dgm_model *model = open_builtin();
    char *text = malloc(MEGABYTE);
    assert_non_null(text);
    memset(text, 0x80, MEGABYTE);
    text[10] = ' ';
    text[20] = ' ';
    job j = parse(model, (dgm_str){text, MEGABYTE});
    assert_int_equal(j.sentence->count, 3);
    assert_tree(j.sentence);
    dgm_arena_free(j.arena);
    free(text);
    dgm_model_close(model);
}

static void assert_same_parse(const dgm_sentence *a, const dgm_sentence *b)
{
    assert_int_equal(a->count, b->count);
    for (uint32_t i = 0; i < a->count; i++) {
        const dgm_token *x = &a->tokens[i], *y = &b->tokens[i];
        assert_int_equal(x->head, y->head);
        assert_int_equal(x->rel, y->rel);
        assert_int_equal(x->upos, y->upos);
        assert_int_equal(x->xpos, y->xpos);
        assert_int_equal(x->name, y->name);
        assert_int_equal(x->feats, y->feats);
        assert_true(dgm_str_eq(x->lemma, y->lemma));
    }
}

static const char story[] =
    "On Monday the foreign ministers of both countries signed an accord in Geneva that ends a "
    "dispute of twenty years over fishing rights , officials said , and they promised to reopen "
    "embassies which had been closed since the war ; neither side would say when troops are to be "
    "withdrawn from the islands , though a spokesman , who asked not to be named , called the "
    "talks "
    "\" frank and useful \" .";

static void kernels_agree(void **state)
{
    (void)state;
    const dgm_kernel *list[DGM_KERNELS];
    size_t count = dgm_kernel_list(list);
    assert_ptr_equal(list[0], &dgm_kernel_plain);
    assert_ptr_equal(list[count - 1], dgm_kernel_best());
    dgm_model *model = open_builtin();
    job a = parse_with(model, &dgm_kernel_plain, dgm_str_of(story));
    assert_tree(a.sentence);
    for (size_t k = 0; k < count; k++)
        for (int again = 0; again < 2; again++) {
            job b = parse_with(model, list[k], dgm_str_of(story));
            assert_same_parse(a.sentence, b.sentence);
            dgm_arena_free(b.arena);
        }
    dgm_arena_free(a.arena);
    dgm_model_close(model);
}

/* Operands of the kernels: random ones of every size, with extremes among them. */
enum { ROWS = 9, MOST = 256, ODD = 3 * 32 };

typedef struct operands {
    uint8_t a[ROWS * MOST];
    int8_t w[MOST * MOST];
    int32_t sums[ROWS * MOST], bias32[MOST];
    int16_t scale[MOST], bias[MOST], x[ROWS * MOST], pairs[MOST * MOST];
} operands;

static uint32_t next(uint32_t *seed)
{
    *seed = *seed * 1664525u + 1013904223u;
    return *seed >> 8;
}

/* `extreme` of ten numbers are at an end of their range. */
static int32_t pick(uint32_t *seed, unsigned extreme, int32_t low, int32_t high)
{
    bool is_end = next(seed) % 10 < extreme;
    uint32_t bits = next(seed) ^ next(seed) << 12;
    if (is_end)
        return bits & 1 ? low : high;
    return (int32_t)(low + (int64_t)(bits % ((uint64_t)((int64_t)high - low) + 1)));
}

static void fill(operands *o, uint32_t seed, unsigned extreme)
{
    for (size_t i = 0; i < ROWS * MOST; i++) {
        o->a[i] = (uint8_t)pick(&seed, extreme, 0, 127);
        o->sums[i] = pick(&seed, extreme, -(1 << 24), 1 << 24);
        o->x[i] = (int16_t)pick(&seed, extreme, INT16_MIN, INT16_MAX);
    }
    for (size_t i = 0; i < MOST * MOST; i++) {
        o->w[i] = (int8_t)pick(&seed, extreme, -128, 127);
        o->pairs[i] = (int16_t)pick(&seed, extreme, -DGM_MODEL_WEIGHT, DGM_MODEL_WEIGHT);
    }
    for (size_t i = 0; i < MOST; i++) {
        o->scale[i] = (int16_t)pick(&seed, extreme, INT16_MIN, INT16_MAX);
        o->bias[i] = (int16_t)pick(&seed, extreme, INT16_MIN, INT16_MAX);
        o->bias32[i] = pick(&seed, extreme, -DGM_MODEL_BIAS, DGM_MODEL_BIAS);
    }
}

static void matrices_agree(const dgm_kernel *k, const operands *o, size_t rows, size_t inner,
                           size_t cols)
{
    static int32_t sums[2][ROWS * MOST];
    static int16_t x[2][ROWS * MOST];
    dgm_kernel_plain.product(sums[0], o->a, o->w, rows, inner, cols);
    k->product(sums[1], o->a, o->w, rows, inner, cols);
    assert_memory_equal(sums[0], sums[1], rows * cols * sizeof sums[0][0]);
    for (unsigned shift = 0; shift <= DGM_MODEL_SHIFT; shift += 3) {
        for (size_t from = 0; from < 2; from++) { /* sums as they come, and any */
            const int32_t *in = from ? o->sums : sums[0];
            dgm_kernel_plain.rescale(x[0], in, rows, cols, shift, o->scale);
            k->rescale(x[1], in, rows, cols, shift, o->scale);
            assert_memory_equal(x[0], x[1], rows * cols * sizeof x[0][0]);
            dgm_kernel_plain.residual(x[0], in, rows, cols, shift, o->scale, o->bias);
            k->residual(x[1], in, rows, cols, shift, o->scale, o->bias);
            assert_memory_equal(x[0], x[1], rows * cols * sizeof x[0][0]);
        }
    }
}

static void vectors_agree(const dgm_kernel *k, const operands *o, size_t width)
{
    enum { PARTS = ROWS };
    const int16_t *parts[PARTS];
    const int8_t *rows[PARTS];
    int16_t x[2][MOST];
    uint8_t bytes[2][MOST];
    for (size_t p = 0; p < PARTS; p++) {
        parts[p] = o->x + p * MOST;
        rows[p] = o->w + p * (MOST + 16);
    }
    dgm_kernel_plain.gather(x[0], parts, PARTS, width, DGM_MODEL_HIDDEN_TOP);
    k->gather(x[1], parts, PARTS, width, DGM_MODEL_HIDDEN_TOP);
    assert_memory_equal(x[0], x[1], width * sizeof x[0][0]);
    for (unsigned shift = 0; shift <= DGM_MODEL_INPUT_SHIFT; shift++) {
        dgm_kernel_plain.embed(x[0], rows, 1 + DGM_PIECE_COUNT, width, shift);
        k->embed(x[1], rows, 1 + DGM_PIECE_COUNT, width, shift);
        assert_memory_equal(x[0], x[1], width * sizeof x[0][0]);
    }
    for (int32_t scale = 1; scale <= INT16_MAX && width % 32 == 0; scale = scale * 3 + 1) {
        dgm_kernel_plain.squeeze(bytes[0], x[0], width, (int16_t)scale);
        k->squeeze(bytes[1], x[0], width, (int16_t)scale);
        assert_memory_equal(bytes[0], bytes[1], width);
    }
}

static void scores_agree(const dgm_kernel *k, const operands *o, size_t inner, size_t cols)
{
    int16_t hidden[MOST];
    int32_t scores[2][MOST];
    for (size_t i = 0; i < inner; i++) /* half of them 0, as behind the cut */
        hidden[i] = (int16_t)(o->x[i] < 0 ? 0 : o->x[i] & DGM_MODEL_HIDDEN_TOP);
    dgm_kernel_plain.dots(scores[0], hidden, o->pairs, o->bias32, inner, cols);
    k->dots(scores[1], hidden, o->pairs, o->bias32, inner, cols);
    assert_memory_equal(scores[0], scores[1], cols * sizeof scores[0][0]);
    for (size_t count = 1; count <= cols && cols % 16 == 0; count++) {
        assert_int_equal(dgm_kernel_plain.best(scores[0], o->bias32, count),
                         k->best(scores[0], o->bias32, count));
        assert_int_equal(dgm_kernel_plain.best(o->bias32, NULL, count),
                         k->best(o->bias32, NULL, count)); /* its extremes are equal scores */
    }
}

static void operations_agree(void **state)
{
    (void)state;
    static operands o;
    const dgm_kernel *list[DGM_KERNELS];
    size_t count = dgm_kernel_list(list);
    for (unsigned extreme = 0; extreme <= 10; extreme += 5) {
        fill(&o, 1 + extreme, extreme);
        for (size_t k = 1; k < count; k++) {
            for (size_t rows = 1; rows <= ROWS; rows++)
                matrices_agree(list[k], &o, rows, ODD, 3 * 16 + 64);
            for (size_t size = 16; size <= MOST; size += 16) {
                matrices_agree(list[k], &o, 4, MOST, size);
                vectors_agree(list[k], &o, size);
                scores_agree(list[k], &o, size, 8);
                scores_agree(list[k], &o, size, size);
            }
        }
    }
}

static char *copy_of(dgm_str model)
{
    char *bytes = aligned_alloc(64, (model.len + 63) / 64 * 64);
    assert_non_null(bytes);
    memcpy(bytes, model.ptr, model.len);
    return bytes;
}

static dgm_status open_bytes(const char *bytes, size_t len)
{
    dgm_model *model;
    dgm_error err;
    dgm_status status = dgm_model_open(&model, "damaged.bin", (dgm_str){bytes, len}, &err);
    if (status == DGM_OK) {
        job j = parse(model, DGM_STR("Both sides denied it ."));
        assert_tree(j.sentence);
        dgm_arena_free(j.arena);
    } else {
        assert_int_equal(status, DGM_ERROR_FORMAT);
        assert_string_equal(err.file, "damaged.bin");
        assert_true(strlen(err.text) > 10);
        assert_null(model);
    }
    dgm_model_close(model);
    return status;
}

static void rejects_truncated_files(void **state)
{
    (void)state;
    dgm_str model = builtin_model();
    for (size_t len = 0; len < model.len; len += 1 + len / 3)
        assert_int_equal(open_bytes(model.ptr, len), DGM_ERROR_FORMAT);
    assert_int_equal(open_bytes(model.ptr, model.len - 1), DGM_ERROR_FORMAT);
}

static void takes_unaligned_bytes(void **state)
{
    (void)state;
    dgm_str model = builtin_model();
    char *bytes = malloc(model.len + 1);
    assert_non_null(bytes);
    memcpy(bytes + 1, model.ptr, model.len);
    assert_int_equal(open_bytes(bytes + 1, model.len), DGM_OK);
    free(bytes);
}

/* Each number of the header set to bad values: an error, or a model that still runs. */
static void survives_damaged_headers(void **state)
{
    (void)state;
    static const uint32_t values[] = {0, 1, 7, 4096, 0x7FFFFFFF, 0xFFFFFFFF};
    dgm_str model = builtin_model();
    char *bytes = copy_of(model);
    for (size_t at = 0; at + 4 <= sizeof(dgm_model_header); at += 4) {
        for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
            memcpy(bytes + at, &values[v], 4);
            open_bytes(bytes, model.len);
        }
        memcpy(bytes + at, model.ptr + at, 4);
    }
    free(bytes);
}

static void assert_error(const char *bytes, size_t len, uint64_t byte, const char *part)
{
    dgm_model *opened;
    dgm_error err;
    assert_int_equal(dgm_model_open(&opened, "bad.bin", (dgm_str){bytes, len}, &err),
                     DGM_ERROR_FORMAT);
    assert_null(opened);
    assert_string_equal(err.file, "bad.bin");
    assert_non_null(strstr(err.text, part));
    assert_int_equal(err.pos, byte);
}

static void names_what_is_wrong_and_where(void **state)
{
    (void)state;
    dgm_str model = builtin_model();
    const dgm_model_header *h = (const dgm_model_header *)model.ptr;
    char *bytes = copy_of(model);
    assert_error("", 0, 0, "not a dragoman model");
    assert_error("# a table\n", 10, 10, "not a dragoman model");
    assert_error(bytes, 100, 100, "truncated");
    assert_error(bytes, model.len - 64, model.len - 64, "truncated");
    bytes[7] = '9';
    assert_error(bytes, model.len, 0, "of version \"9\", this program reads version \"2\"");
    bytes[0] = 'X';
    assert_error(bytes, model.len, 0, "not a dragoman model");
    memcpy(bytes, model.ptr, 8);
    dgm_model_header *bad = (dgm_model_header *)bytes;
    bad->section_count++;
    assert_error(bytes, model.len, 8, "of another version");
    bad->section_count--;
    bad->file_bytes -= 64;
    assert_error(bytes, model.len, model.len - 64, "longer than it says");
    bad->file_bytes += 64;
    bad->sections[2].offset += 32;
    assert_error(bytes, model.len, offsetof(dgm_model_header, sections) + 32, "outside the file");
    bad->sections[2].offset -= 32;
    size_t at = h->sections[DGM_SECTION_label].offset + 6;
    memset(bytes + at, 0x7F, 2);
    assert_error(bytes, model.len, at, "weights out of range");
    free(bytes);
}

static void rejects_bad_tables(void **state)
{
    (void)state;
    dgm_str model = builtin_model();
    const dgm_model_header *h = (const dgm_model_header *)model.ptr;
    const int sections[] = {
        DGM_SECTION_word_slots, DGM_SECTION_lemma_slots, DGM_SECTION_lemma_rules,
        DGM_SECTION_tag_names,  DGM_SECTION_label_names, DGM_SECTION_conv_shift,
        DGM_SECTION_squeeze,    DGM_SECTION_move,        DGM_SECTION_label,
        DGM_SECTION_move_bias,  DGM_SECTION_label_bias,  DGM_SECTION_tag_bias};
    for (size_t i = 0; i < sizeof sections / sizeof *sections; i++) {
        char *bytes = copy_of(model);
        memset(bytes + h->sections[sections[i]].offset, 0x9F, 8);
        assert_int_equal(open_bytes(bytes, model.len), DGM_ERROR_FORMAT);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parses_a_plain_sentence),
        cmocka_unit_test(sees_the_passive),
        cmocka_unit_test(lemmas_of_odd_forms),
        cmocka_unit_test(parses_any_length),
        cmocka_unit_test(parses_huge_and_broken_words),
        cmocka_unit_test(kernels_agree),
        cmocka_unit_test(operations_agree),
        cmocka_unit_test(rejects_truncated_files),
        cmocka_unit_test(takes_unaligned_bytes),
        cmocka_unit_test(survives_damaged_headers),
        cmocka_unit_test(names_what_is_wrong_and_where),
        cmocka_unit_test(rejects_bad_tables),
    };
    return cmocka_run_group_tests_name("parse", tests, NULL, NULL);
}
