/* Words: what the matcher looks up for each word of a sentence - its lemma, mended where the parser
 * slipped, and its preposition, both also by number - and the closed classes that the walks lean
 * on. */
#include "base/utf8.h"
#include "code/clause.h"

bool dgm_clause_looks_nominal(const dgm_tree *tree, int32_t token)
{
    dgm_rel rel = dgm_rel_main((dgm_rel)tree->tokens[token].rel);
    bool is_slot = rel == DGM_REL_OBJ || rel == DGM_REL_NSUBJ || rel == DGM_REL_NMOD;
    DGM_EACH_CHILD (tree, child, token) {
        dgm_rel below = dgm_rel_main((dgm_rel)tree->tokens[child].rel);
        if (below == DGM_REL_NSUBJ || below == DGM_REL_OBJ || below == DGM_REL_AUX)
            return false;
        is_slot |= below == DGM_REL_DET || below == DGM_REL_AMOD;
    }
    return is_slot;
}

static bool is_verb_entry(const dgm_rules *rules, dgm_sym word)
{
    const dgm_entries *entries = dgm_rules_entries(rules, word);
    return entries->rules[DGM_TRIGGER_VERB] != DGM_MAP_NONE ||
           entries->operators[DGM_TRIGGER_VERB] != DGM_MAP_NONE;
}

static bool is_known_verb(const dgm_rules *rules, dgm_str lemma)
{
    return is_verb_entry(rules, dgm_rules_sym(rules, lemma));
}

/* "rebuked": of "rebuk", "rebuke" the rules know one. */
static dgm_str known_stem(const dgm_rules *rules, dgm_arena *arena, dgm_str form)
{
    static const char *const endings[] = {"ed", "d", "ing", "s", "es"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        dgm_str ending = dgm_str_of(endings[i]);
        if (form.len < ending.len + 3 || !dgm_str_ends(form, ending))
            continue;
        dgm_str stem = dgm_str_sub(form, 0, form.len - ending.len);
        dgm_str with_e = dgm_arena_str(arena, form.ptr, stem.len + 1);
        ((char *)(uintptr_t)with_e.ptr)[stem.len] = 'e';
        if (is_known_verb(rules, stem))
            return stem;
        if (is_known_verb(rules, with_e))
            return with_e;
    }
    return (dgm_str){NULL, 0};
}

/* Rare verbs get a wrong lemma now and then. */
static void mend_lemma(dgm_clause *clause, const dgm_rules *rules, dgm_str form, int32_t token)
{
    const uint32_t irregular = dgm_map_get(&rules->irregular, form);
    const dgm_str lemma = irregular != DGM_MAP_NONE ? rules->irregular_lemmas[irregular]
                                                    : known_stem(rules, clause->arena, form);
    if (!lemma.ptr)
        return;
    clause->lemmas[token] = lemma;
    clause->words[token] = dgm_rules_sym(rules, lemma);
}

bool dgm_clause_has_any(const dgm_clause *clause, const dgm_words *words)
{
    for (uint32_t i = 0; i < words->count; i++)
        if (clause->seen[words->items[i] / 64] >> words->items[i] % 64 & 1)
            return true;
    return words->is_any;
}

static void see(uint64_t *seen, dgm_sym word)
{
    seen[word / 64] |= (uint64_t)1 << word % 64;
}

dgm_lemmas dgm_lemmas_of(dgm_arena *arena, const dgm_rules *rules, const dgm_tree *tree)
{
    const size_t count = (size_t)tree->count + 1;
    const dgm_lemmas out = {DGM_ARRAY(arena, dgm_str, count), DGM_ARRAY(arena, dgm_sym, count)};
    for (int32_t i = 0; i < tree->count; i++) {
        const dgm_token *token = &tree->tokens[i];
        const bool is_noun = token->xpos == DGM_XPOS_VBG && token->upos == DGM_NOUN;
        out.texts[i] = dgm_utf8_lower_view(arena, is_noun ? dgm_tree_form(tree, i) : token->lemma);
        out.words[i] = dgm_rules_sym(rules, out.texts[i]);
    }
    return out;
}

/* The lemma of a gerund, by where it stands rather than by its tag. */
static void read_gerund(dgm_clause *clause, const dgm_rules *rules, int32_t token, bool is_noun)
{
    const dgm_tree *tree = clause->tree;
    clause->lemmas[token] = dgm_utf8_lower_view(
        clause->arena, is_noun ? dgm_tree_form(tree, token) : dgm_tree_lemma(tree, token));
    clause->words[token] = dgm_rules_sym(rules, clause->lemmas[token]);
}

/* Lemma, case and form of each word. */
static void read_words(dgm_clause *clause, const dgm_rules *rules, uint64_t *seen)
{
    const dgm_tree *tree = clause->tree;
    for (int32_t i = 0; i < tree->count; i++) {
        const bool is_gerund = tree->tokens[i].xpos == DGM_XPOS_VBG;
        const bool is_noun = is_gerund && dgm_clause_looks_nominal(tree, i);
        if (is_gerund)
            read_gerund(clause, rules, i, is_noun);
        if (tree->tokens[i].upos == DGM_VERB) {
            const dgm_str form = dgm_utf8_lower_view(clause->arena, dgm_tree_form(tree, i));
            if (!is_noun && !is_verb_entry(rules, clause->words[i]))
                mend_lemma(clause, rules, form, i);
            clause->forms[i] = dgm_rules_sym(rules, form);
            see(seen, clause->forms[i]);
        }
        see(seen, clause->words[i]);
        clause->cases[i] = dgm_tree_case(tree, clause->arena, i);
        if (clause->cases[i].len)
            clause->case_words[i] = dgm_rules_sym(rules, clause->cases[i]);
    }
}

void dgm_clause_init(dgm_clause *clause, dgm_arena *arena, const dgm_rules *rules,
                     const dgm_grounded_sentence *sentence, dgm_lemmas lemmas)
{
    const dgm_tree *tree = sentence->tree;
    size_t count = (size_t)tree->count + 1;
    uint64_t *seen = DGM_ARRAY(arena, uint64_t, rules->syms.count / 64 + 1);
    *clause = (dgm_clause){
        .arena = arena,
        .sentence = sentence,
        .tree = tree,
        .lemmas = DGM_ARRAY(arena, dgm_str, count),
        .cases = DGM_ARRAY(arena, dgm_str, count),
        .words = DGM_ARRAY(arena, dgm_sym, count),
        .case_words = DGM_ARRAY(arena, dgm_sym, count),
        .forms = DGM_ARRAY(arena, dgm_sym, count),
        .seen = seen,
        .object_control = &rules->named[DGM_CLASS_OBJECT_CONTROL],
        .place_words = &rules->named[DGM_CLASS_PLACE_PREPOSITION],
        .light_verbs = &rules->named[DGM_CLASS_LIGHT_VERB],
        .far_words = &rules->named[DGM_CLASS_FAR_PREPOSITION],
        .linking_verbs = &rules->named[DGM_CLASS_LINKING_VERB],
        .carrying_words = &rules->named[DGM_CLASS_CARRYING_PREPOSITION],
        .group_nouns = &rules->named[DGM_CLASS_GROUP_NOUN],
        .part_nouns = &rules->named[DGM_CLASS_PART_NOUN],
        .sending_words = &rules->named[DGM_CLASS_SENDING_PARTICIPLE],
        .addressing_words = &rules->named[DGM_CLASS_ADDRESSING_WORD],
        .opposing_words = &rules->named[DGM_CLASS_OPPOSING_WORD],
        .blaming_words = &rules->named[DGM_CLASS_BLAMING_WORD],
        .adopting_verbs = &rules->named[DGM_CLASS_ADOPTING_VERB],
        .document_words = &rules->named[DGM_CLASS_DOCUMENT_NOUN],
        .addressing_prepositions = &rules->named[DGM_CLASS_ADDRESSING_PREPOSITION],
    };
    memcpy(clause->lemmas, lemmas.texts, count * sizeof *clause->lemmas);
    memcpy(clause->words, lemmas.words, count * sizeof *clause->words);
    read_words(clause, rules, seen);
}
