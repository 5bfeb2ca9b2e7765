/* Learning lemmas: each word of the treebank votes, under the keys of its form, its lower-cased
 * form and that one's ends, for the rule that makes its lemma. A key is kept where the shorter ones
 * would choose another rule. Forms with a capital inside a sentence are always kept: that they are
 * known tells them from names that the tagger overlooks. */
#include "lemmas.h"
#include "base/utf8.h"
#include "parse/parser_priv.h"
#include <stdio.h>

enum { SLOTS = 1 << 21, LONGEST_WORD = 64, NO_RULE = -1 };

typedef struct vote {
    uint32_t rule, uses;
    struct vote *next;
} vote;

typedef struct ballot {
    uint64_t key;
    vote *votes;
    bool is_kept;
} ballot;

typedef struct learner {
    dgm_arena *arena;
    lemma_tables *out;
    dgm_map rules; /* "keeps_case strip end" -> number */
    ballot *ballots;
} learner;

static ballot *ballot_of(learner *l, uint64_t key)
{
    uint32_t at = (uint32_t)key & (SLOTS - 1);
    while (l->ballots[at].key && l->ballots[at].key != key)
        at = (at + 1) & (SLOTS - 1);
    l->ballots[at].key = key;
    return &l->ballots[at];
}

/* True when it is the first vote for that rule. */
static bool cast(learner *l, uint64_t key, uint32_t rule)
{
    ballot *b = ballot_of(l, key);
    for (vote *v = b->votes; v; v = v->next)
        if (v->rule == rule) {
            v->uses++;
            return false;
        }
    vote *v = DGM_NEW(l->arena, vote);
    *v = (vote){rule, 1, b->votes};
    b->votes = v;
    return true;
}

/* The rule with most votes, the oldest one among equals; NO_RULE without votes. */
static int64_t winner(learner *l, uint64_t key)
{
    const vote *best = NULL;
    for (const vote *v = ballot_of(l, key)->votes; v; v = v->next)
        if (!best || v->uses > best->uses || (v->uses == best->uses && v->rule < best->rule))
            best = v;
    return best ? (int64_t)best->rule : NO_RULE;
}

static uint32_t add_rule(learner *l, bool keeps_case, size_t strip, dgm_str end)
{
    char key[160];
    int len = snprintf(key, sizeof key, "%d %zu %.*s", keeps_case, strip, DGM_FMT(end));
    dgm_str name = {key, (size_t)len};
    uint32_t id = dgm_map_get(&l->rules, name);
    if (id != DGM_MAP_NONE)
        return id;
    lemma_tables *out = l->out;
    dgm_lemma_rule rule = {out->text_count, (uint8_t)end.len, (uint8_t)strip, keeps_case, 0};
    for (size_t i = 0; i < end.len; i++)
        DGM_PUSH(l->arena, out->text, out->text_count, out->text_capacity, end.ptr[i]);
    id = out->rule_count;
    DGM_PUSH(l->arena, out->rules, out->rule_count, out->rule_capacity, rule);
    dgm_map_put(&l->rules, dgm_arena_str(l->arena, key, name.len), id);
    return id;
}

/* The rule that makes `lemma` of `form`. */
static uint32_t rule_of(learner *l, dgm_str form, dgm_str lower, dgm_str lemma)
{
    bool is_cased = !dgm_str_eq(dgm_utf8_lower(l->arena, lemma), lemma);
    bool keeps_case = is_cased && form.len && lemma.len && form.ptr[0] == lemma.ptr[0];
    dgm_str base = keeps_case ? form : lower;
    size_t same = 0;
    while (same < base.len && same < lemma.len && base.ptr[same] == lemma.ptr[same])
        same++;
    while (same && ((same < base.len && ((unsigned char)base.ptr[same] & 0xC0) == 0x80) ||
                    (same < lemma.len && ((unsigned char)lemma.ptr[same] & 0xC0) == 0x80)))
        same--;
    return add_rule(l, keeps_case, base.len - same, dgm_str_sub(lemma, same, lemma.len - same));
}

static dgm_str end_of(dgm_str lower, size_t len)
{
    return dgm_str_sub(lower, lower.len - len, len);
}

static bool is_usable(const word_entry *word)
{
    return word->form.len <= LONGEST_WORD && word->lemma.len <= LONGEST_WORD &&
           !dgm_str_is(word->lemma, "_");
}

/* The key that VBD and VBN, VB and VBP have in common; 0 for other tags, which have none. */
static uint64_t class_key(const word_entry *word, dgm_str lower)
{
    uint32_t class = dgm_lemma_class(dgm_xpos_from(word->xpos));
    bool is_shared = class == DGM_XPOS_VBN || class == DGM_XPOS_VB;
    return is_shared ? dgm_lemma_hash(DGM_LEMMA_CLASS, class, lower) : 0;
}

static void vote_word(learner *l, const word_entry *word)
{
    dgm_str lower = dgm_lemma_lower(l->arena, word->form);
    uint32_t rule = rule_of(l, word->form, lower, word->lemma);
    cast(l, dgm_lemma_hash(DGM_LEMMA_FORM, word->tag, word->form), rule);
    bool is_new = cast(l, dgm_lemma_hash(DGM_LEMMA_LOWER, word->tag, lower), rule);
    uint64_t class = class_key(word, lower);
    if (class)
        cast(l, class, rule);
    if (dgm_lemma_is_sign(lower))
        cast(l, dgm_lemma_hash(DGM_LEMMA_SIGN, 0, lower), rule);
    /* Ends count each form once: what is frequent is no better example. */
    for (size_t len = 0; is_new && len < DGM_LEMMA_ENDS && len <= lower.len; len++)
        cast(l, dgm_lemma_hash(DGM_LEMMA_END, word->tag, end_of(lower, len)), rule);
}

/* The winner among the rules of ends; NO_RULE where a single form stands for it. */
static int64_t winner_of_many(learner *l, uint64_t key)
{
    int64_t rule = winner(l, key);
    for (const vote *v = ballot_of(l, key)->votes; v; v = v->next)
        if (v->rule == rule && v->uses > 1)
            return rule;
    return NO_RULE;
}

/* Keep the key if it chooses another rule than `inherited`; gives what then holds. */
static int64_t keep_rule(learner *l, uint64_t key, int64_t rule, int64_t inherited)
{
    ballot *b = ballot_of(l, key);
    if (rule != inherited && !b->is_kept) {
        b->is_kept = true;
        struct lemma_entry entry = {key, (uint32_t)rule};
        DGM_PUSH(l->arena, l->out->entries, l->out->count, l->out->capacity, entry);
    }
    return rule;
}

static int64_t keep_if_new(learner *l, uint64_t key, int64_t inherited)
{
    return keep_rule(l, key, winner(l, key), inherited);
}

static int64_t keep_end(learner *l, uint64_t key, int64_t inherited)
{
    int64_t rule = winner_of_many(l, key);
    return rule == NO_RULE ? inherited : keep_rule(l, key, rule, inherited);
}

/* A common word with a capital that is not that of the sentence. */
static bool has_telling_capital(const word_entry *word, bool is_first)
{
    bool is_common = dgm_str_is(word->upos, "NOUN") || dgm_str_is(word->upos, "ADJ");
    return is_common && !is_first && word->form.len && word->form.ptr[0] >= 'A' &&
           word->form.ptr[0] <= 'Z' && !dgm_str_is(word[-1].upos, "PUNCT");
}

static void keep_word(learner *l, const word_entry *word, bool is_first)
{
    dgm_str lower = dgm_lemma_lower(l->arena, word->form);
    int64_t rule = NO_RULE;
    for (size_t len = 0; len < DGM_LEMMA_ENDS && len <= lower.len; len++)
        rule = keep_end(l, dgm_lemma_hash(DGM_LEMMA_END, word->tag, end_of(lower, len)), rule);
    if (dgm_lemma_is_sign(lower))
        keep_if_new(l, dgm_lemma_hash(DGM_LEMMA_SIGN, 0, lower), NO_RULE);
    uint64_t class = class_key(word, lower);
    if (class)
        rule = keep_if_new(l, class, NO_RULE);
    else if (dgm_lemma_is_inflected(dgm_xpos_from(word->xpos)))
        rule = NO_RULE; /* its ends may be read otherwise: lemma.c prefers words that it knows */
    rule = keep_if_new(l, dgm_lemma_hash(DGM_LEMMA_LOWER, word->tag, lower), rule);
    keep_if_new(l, dgm_lemma_hash(DGM_LEMMA_FORM, word->tag, word->form),
                has_telling_capital(word, is_first) ? NO_RULE : rule);
}

/* The rules that make most lemmas of each tag whose forms have endings. */
static void keep_usual(learner *l, uint32_t tag)
{
    const vote *votes = ballot_of(l, dgm_lemma_hash(DGM_LEMMA_END, tag, DGM_STR("")))->votes;
    uint32_t most = UINT32_MAX;
    for (char n = 0; n < DGM_LEMMA_USUALS; n++) {
        const vote *best = NULL;
        for (const vote *v = votes; v; v = v->next)
            if (v->uses < most && (!best || v->uses > best->uses))
                best = v;
        if (!best || best->uses < 2)
            return;
        most = best->uses;
        keep_rule(l, dgm_lemma_hash(DGM_LEMMA_USUAL, tag, (dgm_str){&n, 1}), best->rule, NO_RULE);
    }
}

void lemmas_learn(lemma_tables *out, dgm_arena *arena, const treebank *bank)
{
    *out = (lemma_tables){0};
    learner l = {.arena = arena, .out = out, .ballots = DGM_ARRAY(arena, ballot, SLOTS)};
    dgm_map_init(&l.rules, arena);
    uint32_t count = bank->starts[bank->gold_sentences]; /* a teacher knows no lemmas */
    for (uint32_t i = 0; i < count; i++)
        if (is_usable(&bank->words[i]))
            vote_word(&l, &bank->words[i]);
    for (uint32_t s = 0; s < bank->gold_sentences; s++)
        for (uint32_t i = bank->starts[s]; i < bank->starts[s + 1]; i++)
            if (is_usable(&bank->words[i]))
                keep_word(&l, &bank->words[i], i == bank->starts[s]);
    for (uint32_t tag = 0; tag < bank->tags.count; tag++)
        keep_usual(&l, tag);
}
