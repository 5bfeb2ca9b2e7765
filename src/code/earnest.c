/* Earnest: see earnest.h. Words come from the classes of data/rules/figurative.tsv; the mentions
 * tell whether a phrase is of someone: "the Italian navy" is, "the Italian forward" is a thing that
 * only belongs to Italy. */
#include "code/earnest.h"

enum { DEPTH = 12 };

/* "half-time", which is three tokens; empty where no hyphen follows. */
static dgm_str hyphenated_at(const dgm_tree *tree, int32_t i)
{
    if (i + 2 >= tree->count)
        return (dgm_str){NULL, 0};
    if (tree->tokens[i + 1].span.len != 1) /* most words end here */
        return (dgm_str){NULL, 0};
    dgm_str hyphen = dgm_tree_form(tree, i + 1);
    if (!dgm_str_is(hyphen, "-"))
        return (dgm_str){NULL, 0};
    dgm_str first = dgm_tree_form(tree, i), last = dgm_tree_form(tree, i + 2);
    bool is_joined = first.ptr + first.len == hyphen.ptr && hyphen.ptr + 1 == last.ptr;
    return is_joined ? (dgm_str){first.ptr, first.len + 1 + last.len} : (dgm_str){NULL, 0};
}

bool dgm_tells_of_games(const dgm_rules *rules, const dgm_clause *clause)
{
    for (int32_t i = 0; i < clause->tree->count; i++) {
        if (dgm_rules_is(rules, DGM_CLASS_SPORT, clause->words[i]))
            return true;
        const dgm_str joined = hyphenated_at(clause->tree, i);
        if (joined.len && dgm_rules_is(rules, DGM_CLASS_SPORT, dgm_rules_sym(rules, joined)))
            return true;
    }
    return false;
}

static bool is_in(const dgm_rules *rules, dgm_word_class class, const dgm_clause *clause,
                  int32_t token)
{
    return token >= 0 && dgm_rules_is(rules, class, clause->words[token]);
}

static bool has_only(dgm_actors actors, dgm_sector sector)
{
    for (uint32_t i = 0; i < actors.count; i++)
        if (actors.items[i].sectors[0] != sector || actors.items[i].sectors[1])
            return false;
    return actors.count > 0;
}

/* A thing that a nationality stands in front of and no lexicon knows: "the Dutch rider". Acts,
 * weapons and bodies that act for a state ("the Iranian side") are named by the class doer. */
static bool is_thing(const dgm_rules *rules, const dgm_clause *clause, int32_t token)
{
    const dgm_mention *mention = clause->sentence->mentions[token];
    return mention && mention->kind == DGM_MENTION_THING && mention->basis == DGM_MENTION_NAMED &&
           clause->tree->tokens[token].upos == DGM_NOUN &&
           !is_in(rules, DGM_CLASS_DOER, clause, token);
}

/* "the Nile": a place that is nobody's. */
static bool is_mere_place(const dgm_clause *clause, int32_t token)
{
    const dgm_grounded_sentence *sentence = clause->sentence;
    for (uint32_t i = 0; i < sentence->name_count; i++) {
        const dgm_name_match *name = &sentence->names[i];
        if ((int32_t)name->first <= token && token < (int32_t)(name->first + name->count))
            return name->entity && name->entity->is_place_only;
    }
    return false;
}

/* Acts in which someone's freedom, body or goods are at stake. */
static bool is_force(dgm_type type)
{
    return type == DGM_TYPE_RETREAT ||
           (dgm_type_quad(type) == DGM_QUAD_MATERIAL_CONFLICT && type != DGM_TYPE_PROTEST);
}

/* "his visit helped Lebanon": nobody's act; that it furthers relations is said of visits in
 * earnest. */
static bool is_happening(const dgm_rules *rules, const dgm_clause *clause, dgm_type type,
                         int32_t token)
{
    const dgm_mention *mention = clause->sentence->mentions[token];
    return mention && mention->kind == DGM_MENTION_THING && dgm_type_kind(type) == DGM_KIND_EVENT &&
           is_in(rules, DGM_CLASS_HAPPENING, clause, token);
}

/* Does who acts take no part in what passes between states? */
static bool is_idle(const dgm_rules *rules, const dgm_clause *clause, const dgm_act *act)
{
    int32_t token = act->actor_at;
    dgm_quad quad = dgm_type_quad(act->type);
    if (token < 0 && !act->actors.count && dgm_clause_is_verb(clause, act->token))
        token = dgm_clause_subject(clause, act->token);
    if (token < 0 || token == act->token)
        return false;
    if (is_in(rules, DGM_CLASS_NATURE, clause, token))
        return true;
    if (act->type != DGM_TYPE_SUPPORT && is_happening(rules, clause, act->type, token))
        return true;
    bool is_deed = quad == DGM_QUAD_MATERIAL_CONFLICT || quad == DGM_QUAD_MATERIAL_COOPERATION;
    if (is_deed && act->type != DGM_TYPE_PROTEST &&
        is_in(rules, DGM_CLASS_BYSTANDER, clause, token))
        return true;
    bool is_firm = act->type != DGM_TYPE_SANCTION && has_only(act->actors, DGM_SECTOR_BUS);
    return is_force(act->type) &&
           (is_firm || is_thing(rules, clause, token) || is_mere_place(clause, token));
}

/* "the novel"; as a scene also "the last chapter of the novel". */
static bool is_fiction(const dgm_rules *rules, const dgm_clause *clause, int32_t token,
                       bool as_scene)
{
    if (is_in(rules, DGM_CLASS_FICTION, clause, token))
        return true;
    DGM_EACH_CHILD (clause->tree, child, token) {
        dgm_rel rel = (dgm_rel)clause->tree->tokens[child].rel;
        bool belongs = rel == DGM_REL_NMOD_POSS || (as_scene && dgm_rel_main(rel) == DGM_REL_NMOD);
        if (belongs && is_in(rules, DGM_CLASS_FICTION, clause, child))
            return true;
    }
    return false;
}

/* "the film shows how", "in the novel's last chapter": a word beside `token` opens a story. */
static bool opens_story(const dgm_rules *rules, const dgm_clause *clause, int32_t token)
{
    DGM_EACH_CHILD (clause->tree, child, token) {
        dgm_rel rel = dgm_rel_main((dgm_rel)clause->tree->tokens[child].rel);
        bool is_subject =
            rel == DGM_REL_NSUBJ && clause->tree->tokens[child].rel != DGM_REL_NSUBJ_PASS;
        bool is_scene = (rel == DGM_REL_OBL || rel == DGM_REL_NMOD) &&
                        dgm_words_has(clause->place_words, clause->case_words[child]);
        if ((is_subject || is_scene) && is_fiction(rules, clause, child, is_scene))
            return true;
    }
    return false;
}

/* Is the act told by a story: below its word, or below a verb that the story governs? */
static bool is_told(const dgm_rules *rules, const dgm_clause *clause, int32_t token)
{
    for (int depth = 0; token >= 0 && depth < DEPTH; depth++) {
        if ((depth && is_in(rules, DGM_CLASS_FICTION, clause, token)) ||
            opens_story(rules, clause, token))
            return true;
        token = clause->tree->tokens[token].head;
    }
    return false;
}

/* "the plane crashed": a vehicle met with it, nobody did it. */
static bool is_mishap(const dgm_rules *rules, const dgm_clause *clause, int32_t verb)
{
    return is_in(rules, DGM_CLASS_MISHAP, clause, verb) && dgm_clause_is_verb(clause, verb) &&
           is_in(rules, DGM_CLASS_VEHICLE, clause, dgm_clause_subject(clause, verb)) &&
           dgm_tree_child(clause->tree, verb, DGM_REL_OBJ) < 0 &&
           dgm_tree_child(clause->tree, verb, DGM_REL_NSUBJ_PASS) < 0;
}

/* "the plane crashed, killing ten": what a mishap did, nobody did. */
static bool is_of_mishap(const dgm_rules *rules, const dgm_clause *clause, int32_t token)
{
    for (int depth = 0; token >= 0 && depth < DEPTH; depth++) {
        if (is_mishap(rules, clause, token))
            return true;
        dgm_rel rel = dgm_rel_main((dgm_rel)clause->tree->tokens[token].rel);
        bool has_own = dgm_tree_child(clause->tree, token, DGM_REL_NSUBJ) >= 0;
        if ((rel != DGM_REL_ADVCL && rel != DGM_REL_CONJ) || has_own)
            return false;
        token = clause->tree->tokens[token].head;
    }
    return false;
}

/* "declined to comment", "refused to give details", "neither confirmed nor denied": what is kept
 * from the press is refused to no side. */
static bool is_reticent(const dgm_rules *rules, const dgm_clause *clause, const dgm_act *act)
{
    const dgm_token *verb = &clause->tree->tokens[act->token];
    if (act->type != DGM_TYPE_REJECT || !dgm_clause_is_verb(clause, act->token))
        return false;
    if (verb->rel == DGM_REL_CONJ && dgm_clause_is_verb(clause, verb->head) &&
        is_in(rules, DGM_CLASS_TELLING, clause, verb->head))
        return true;
    int32_t told = dgm_tree_child(clause->tree, act->token, DGM_REL_XCOMP);
    return told >= 0 && (is_in(rules, DGM_CLASS_TELLING, clause, told) ||
                         is_in(rules, DGM_CLASS_DETAIL, clause, dgm_clause_object(clause, told)));
}

const char *dgm_figurative(const dgm_rules *rules, const dgm_clause *clause, const dgm_act *act)
{
    if (is_told(rules, clause, act->token))
        return "a story";
    if (is_idle(rules, clause, act))
        return "who acts is no actor";
    if (is_reticent(rules, clause, act))
        return "it is kept from the press";
    if (!is_force(act->type))
        return NULL;
    if (dgm_clause_is_verb(clause, act->token) && is_of_mishap(rules, clause, act->token))
        return "a mishap did it";
    int32_t object = dgm_clause_object(clause, act->token);
    bool is_at_none = is_in(rules, DGM_CLASS_FIGURATIVE, clause, act->recipient_at) ||
                      is_in(rules, DGM_CLASS_FIGURATIVE, clause, object);
    return is_at_none ? "what it is done to is no one" : NULL;
}
