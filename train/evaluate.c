/* Evaluation on gold tokens: tags, heads, relations (with subtypes), lemmas, names (exact spans).
 */
#include "evaluate.h"
#include "parse/parser_priv.h"
#include <stdio.h>
#include <time.h>

/* The treebank as the text that the parser reads: forms parted by spaces. */
static dgm_text *as_text(dgm_arena *arena, const treebank *bank)
{
    char *bytes = NULL;
    size_t len = 0, capacity = 0;
    dgm_text *text = DGM_NEW(arena, dgm_text);
    dgm_token *tokens = DGM_ARRAY(arena, dgm_token, bank->count);
    text->sentences = DGM_ARRAY(arena, dgm_sentence, bank->sentences);
    text->count = bank->sentences;
    for (uint32_t i = 0; i < bank->count; i++) {
        dgm_str form = bank->words[i].form;
        tokens[i].span = (dgm_span){(uint32_t)len, (uint32_t)form.len};
        tokens[i].is_glued = bank->words[i].is_glued;
        for (size_t k = 0; k < form.len; k++)
            DGM_PUSH(arena, bytes, len, capacity, form.ptr[k]);
        DGM_PUSH(arena, bytes, len, capacity, ' ');
    }
    for (uint32_t s = 0; s < bank->sentences; s++)
        text->sentences[s] = (dgm_sentence){.tokens = tokens + bank->starts[s],
                                            .count = bank->starts[s + 1] - bank->starts[s]};
    text->bytes = (dgm_str){bytes, len};
    return text;
}

typedef struct tally {
    uint64_t words, upos, xpos, unlabelled, labelled, lemmas;
    uint64_t names_gold, names_found, names_right;
    struct feat_tally {
        uint64_t gold, found, right;
    } feats[2][DGM_FEAT_COUNT]; /* on the parser's trees, on those of the treebank */
} tally;

static void score_feats(tally *t, int side, const word_entry *gold, const dgm_token *tokens,
                        uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        for (unsigned at = 0; at < DGM_FEAT_COUNT; at++) {
            bool is_gold = gold[i].feats >> at & 1, is_found = tokens[i].feats >> at & 1;
            t->feats[side][at].gold += is_gold;
            t->feats[side][at].found += is_found;
            t->feats[side][at].right += is_gold && is_found;
        }
}

/* What the treebank says of the words in place of what the parser found. */
static void take_gold(dgm_sentence *sentence, const word_entry *gold)
{
    for (uint32_t i = 0; i < sentence->count; i++) {
        dgm_token *token = &sentence->tokens[i];
        token->head = gold[i].head - 1;
        token->upos = (uint8_t)dgm_upos_from(gold[i].upos);
        token->xpos = (uint8_t)dgm_xpos_from(gold[i].xpos);
        token->rel = (uint8_t)dgm_rel_from(gold[i].rel);
        token->lemma = gold[i].lemma;
    }
}

static double f1(const struct feat_tally *t)
{
    return t->gold + t->found ? 200.0 * (double)t->right / (double)(t->gold + t->found) : 0;
}

static void print_feats(const tally *t)
{
    for (unsigned at = 0; at < DGM_FEAT_COUNT; at++)
        printf("%-14s F1 %6.2f on gold trees %6.2f of %llu\n", dgm_feat_name(at),
               f1(&t->feats[0][at]), f1(&t->feats[1][at]),
               (unsigned long long)t->feats[0][at].gold);
}

static void score_word(tally *t, const word_entry *gold, const dgm_token *token)
{
    bool is_head = token->head + 1 == gold->head;
    t->words++;
    t->upos += dgm_str_is(gold->upos, dgm_upos_name(token->upos));
    t->xpos += dgm_str_is(gold->xpos, dgm_xpos_name(token->xpos));
    t->unlabelled += is_head;
    t->labelled += is_head && dgm_str_is(gold->rel, dgm_rel_name(token->rel));
    t->lemmas += dgm_str_eq(gold->lemma, token->lemma) || dgm_str_is(gold->lemma, "_");
}

static bool is_begin(int tag)
{
    return tag == DGM_NAME_B_PER || tag == DGM_NAME_B_ORG || tag == DGM_NAME_B_LOC;
}

/* A span begins at B-X, or at I-X that follows no X. */
static bool begins(int before, int tag)
{
    if (tag <= DGM_NAME_O)
        return false;
    return is_begin(tag) || (before != tag && before != tag - 1);
}

static bool goes_on(int first, int tag)
{
    return tag > DGM_NAME_O && !is_begin(tag) && (tag == first || tag == first + 1);
}

static void score_names(tally *t, const word_entry *gold, const dgm_token *tokens, int count)
{
    for (int i = 0; i < count; i++) {
        int g = gold[i].name, p = tokens[i].name;
        bool is_gold = begins(i ? gold[i - 1].name : 0, g),
             is_found = begins(i ? tokens[i - 1].name : 0, p);
        t->names_gold += is_gold;
        t->names_found += is_found;
        if (!is_gold || !is_found || (g - 1) / 2 != (p - 1) / 2)
            continue;
        int ge = i + 1, pe = i + 1;
        while (ge < count && goes_on(g, gold[ge].name))
            ge++;
        while (pe < count && goes_on(p, tokens[pe].name))
            pe++;
        t->names_right += ge == pe;
    }
}

static void print_tally(const tally *t)
{
    double scale = 100.0 / (double)(t->words ? t->words : 1);
    printf("words %llu UPOS %.2f XPOS %.2f UAS %.2f LAS %.2f lemmas %.2f\n",
           (unsigned long long)t->words, (double)t->upos * scale, (double)t->xpos * scale,
           (double)t->unlabelled * scale, (double)t->labelled * scale, (double)t->lemmas * scale);
    if (!t->names_gold)
        return;
    double right = (double)t->names_right, found = (double)t->names_found;
    printf("names: precision %.2f recall %.2f F1 %.2f of %llu\n",
           found > 0 ? 100 * right / found : 0, 100 * right / (double)t->names_gold,
           200 * right / (found + (double)t->names_gold), (unsigned long long)t->names_gold);
}

dgm_status evaluate_model(const dgm_model *model, dgm_arena *arena, const treebank *gold,
                          bool shows_feats, dgm_error *err)
{
    dgm_parser *parser = dgm_parser_new(model);
    if (!parser)
        return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory");
    dgm_text *text = as_text(arena, gold);
    tally t = {0};
    for (uint32_t s = 0; s < text->count; s++) {
        dgm_sentence *sentence = &text->sentences[s];
        const word_entry *words = gold->words + gold->starts[s];
        dgm_parser_run(parser, arena, text, sentence);
        for (uint32_t i = 0; i < sentence->count; i++)
            score_word(&t, &words[i], &sentence->tokens[i]);
        if (words[0].name >= 0)
            score_names(&t, words, sentence->tokens, (int)sentence->count);
        score_feats(&t, 0, words, sentence->tokens, sentence->count);
        take_gold(sentence, words);
        dgm_set_feats(text, sentence);
        score_feats(&t, 1, words, sentence->tokens, sentence->count);
    }
    dgm_parser_free(parser);
    print_tally(&t);
    if (shows_feats)
        print_feats(&t);
    return DGM_OK;
}

static double seconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

enum { STAGES = 6, BENCH_ROUNDS = 5 };

static void time_sentence(dgm_parser *p, const dgm_text *text, const dgm_sentence *sentence,
                          double spent[STAGES])
{
    int count = (int)(sentence->count < DGM_PIECE_TOKENS ? sentence->count : DGM_PIECE_TOKENS);
    double at[STAGES];
    at[0] = seconds();
    for (int i = 0; i < count; i++)
        dgm_word_read(&p->words[i], dgm_token_form(text, &sentence->tokens[i]));
    at[1] = seconds();
    dgm_encode(p, count);
    at[2] = seconds();
    dgm_tag_words(p, count);
    dgm_name_words(p, count);
    at[3] = seconds();
    dgm_parse_words(p, count);
    at[4] = seconds();
    dgm_label_arcs(p, count);
    at[5] = seconds();
    for (int s = 0; s + 1 < STAGES; s++)
        spent[s] += at[s + 1] - at[s];
}

static void bench_kernel(const dgm_model *model, const dgm_kernel *kernel, dgm_arena *arena,
                         dgm_text *text, uint32_t words)
{
    static const char *const stages[] = {"features", "encoder", "tags+names", "tree", "labels"};
    dgm_parser *parser = dgm_parser_new_with(model, kernel);
    if (!parser)
        return;
    double spent[STAGES] = {0}, best = 1e9;
    for (int round = 0; round < BENCH_ROUNDS; round++) {
        double start = seconds();
        for (uint32_t s = 0; s < text->count; s++)
            dgm_parser_run(parser, arena, text, &text->sentences[s]);
        double all = seconds() - start;
        best = all < best ? all : best;
    }
    for (uint32_t s = 0; s < text->count; s++)
        time_sentence(parser, text, &text->sentences[s], spent);
    printf("%s: %.0f words/s with lemmas;", kernel->name, words / best);
    for (int s = 0; s + 1 < STAGES; s++)
        printf(" %s %.2f us", stages[s], 1e6 * spent[s] / words);
    printf(" a word\n");
    dgm_parser_free(parser);
}

dgm_status bench_model(const dgm_model *model, dgm_arena *arena, const treebank *bank,
                       dgm_error *err)
{
    (void)err;
    dgm_text *text = as_text(arena, bank);
    const dgm_kernel *list[DGM_KERNELS];
    for (size_t k = dgm_kernel_list(list); k-- > 0;)
        bench_kernel(model, list[k], arena, text, bank->count);
    return DGM_OK;
}
