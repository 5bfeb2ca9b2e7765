/* Words: what the matcher looks up for each word of a sentence - its lemma, mended where the parser
 * slipped, and its preposition - and the closed classes that the walks lean on. */
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

static bool is_known_verb(const dgm_rules *rules, dgm_str lemma)
{
    return dgm_map_get(&rules->rule_index[DGM_TRIGGER_VERB], lemma) != DGM_MAP_NONE ||
           dgm_map_get(&rules->operator_index[DGM_TRIGGER_VERB], lemma) != DGM_MAP_NONE;
}

/* "rebuked": of "rebuk", "rebuke" the rules know one. Rare verbs get a wrong lemma now and then. */
static dgm_str mended_lemma(const dgm_rules *rules, dgm_arena *arena, const dgm_token *token,
                            dgm_str form, dgm_str lemma)
{
    static const char *const endings[] = {"ed", "d", "ing", "s", "es"};
    if (token->upos != DGM_VERB || is_known_verb(rules, lemma))
        return lemma;
    uint32_t irregular = dgm_map_get(&rules->irregular, form);
    if (irregular != DGM_MAP_NONE)
        return rules->irregular_lemmas[irregular];
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
    return lemma;
}

void dgm_clause_init(dgm_clause *clause, dgm_arena *arena, const dgm_rules *rules,
                     const dgm_grounded_sentence *sentence)
{
    const dgm_tree *tree = sentence->tree;
    size_t count = (size_t)tree->count + 1;
    *clause = (dgm_clause){
        .arena = arena,
        .sentence = sentence,
        .tree = tree,
        .lemmas = DGM_ARRAY(arena, dgm_str, count),
        .cases = DGM_ARRAY(arena, dgm_str, count),
        .object_control = dgm_rules_class(rules, DGM_STR("object-control")),
        .place_words = dgm_rules_class(rules, DGM_STR("place-preposition")),
        .light_verbs = dgm_rules_class(rules, DGM_STR("light-verb")),
        .far_words = dgm_rules_class(rules, DGM_STR("far-preposition")),
        .carrying_words = dgm_rules_class(rules, DGM_STR("carrying-preposition")),
        .group_nouns = dgm_rules_class(rules, DGM_STR("group-noun")),
        .addressing_words = dgm_rules_class(rules, DGM_STR("addressing-word")),
        .opposing_words = dgm_rules_class(rules, DGM_STR("opposing-word")),
        .addressing_prepositions = dgm_rules_class(rules, DGM_STR("addressing-preposition")),
    };
    for (int32_t i = 0; i < tree->count; i++) {
        dgm_str form = dgm_utf8_lower(arena, dgm_tree_form(tree, i));
        dgm_str lemma = dgm_utf8_lower(arena, dgm_tree_lemma(tree, i));
        bool is_noun = tree->tokens[i].xpos == DGM_XPOS_VBG && dgm_clause_looks_nominal(tree, i);
        clause->lemmas[i] =
            is_noun ? form : mended_lemma(rules, arena, &tree->tokens[i], form, lemma);
        clause->cases[i] = dgm_tree_case(tree, arena, i);
    }
}
