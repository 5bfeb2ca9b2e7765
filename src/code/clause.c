/* Clause: see clause.h. Every walk upwards is bounded by DEPTH, so that damaged trees end. */
#include "code/clause.h"
#include "base/utf8.h"

enum { DEPTH = 12 };

void dgm_clause_init(dgm_clause *clause, dgm_arena *arena, const dgm_grounded_sentence *sentence)
{
    const dgm_tree *tree = sentence->tree;
    size_t count = (size_t)tree->count + 1;
    *clause = (dgm_clause){arena, sentence, tree, DGM_ARRAY(arena, dgm_str, count),
                           DGM_ARRAY(arena, dgm_str, count)};
    for (int32_t i = 0; i < tree->count; i++) {
        clause->lemmas[i] = dgm_utf8_lower(arena, dgm_tree_lemma(tree, i));
        clause->cases[i] = dgm_tree_case(tree, arena, i);
    }
}

static const dgm_token *at(const dgm_clause *clause, int32_t token)
{
    return &clause->tree->tokens[token];
}

static dgm_rel rel_of(const dgm_clause *clause, int32_t token)
{
    return dgm_rel_main((dgm_rel)at(clause, token)->rel);
}

bool dgm_clause_is_verb(const dgm_clause *clause, int32_t token)
{
    const dgm_token *word = at(clause, token);
    return word->upos == DGM_VERB ||
           (word->upos == DGM_ADJ && (word->xpos == DGM_XPOS_VBN || word->xpos == DGM_XPOS_VBG));
}

bool dgm_clause_is_nominal(const dgm_clause *clause, int32_t token)
{
    uint8_t upos = at(clause, token)->upos;
    return upos == DGM_NOUN || upos == DGM_PROPN || upos == DGM_PRON;
}

static bool is_relative(const dgm_clause *clause, int32_t token)
{
    uint8_t xpos = at(clause, token)->xpos;
    return xpos == DGM_XPOS_WDT || xpos == DGM_XPOS_WP || xpos == DGM_XPOS_WPS;
}

/* The noun that the relative clause around `token` hangs on, or -1. */
static int32_t relative_head(const dgm_clause *clause, int32_t token)
{
    for (int depth = 0; token >= 0 && depth < DEPTH; depth++) {
        if (at(clause, token)->rel == DGM_REL_ACL_RELCL)
            return at(clause, token)->head;
        token = at(clause, token)->head;
    }
    return DGM_NO_TOKEN;
}

int32_t dgm_clause_antecedent(const dgm_clause *clause, int32_t token)
{
    if (token < 0 || !is_relative(clause, token))
        return token;
    int32_t head = relative_head(clause, token);
    return head >= 0 ? head : token;
}

static int32_t child_of(const dgm_clause *clause, int32_t head, dgm_rel main_rel)
{
    DGM_EACH_CHILD(clause->tree, child, head)
    if (rel_of(clause, child) == main_rel)
        return child;
    return DGM_NO_TOKEN;
}

static int32_t prep_child(const dgm_clause *clause, int32_t head, dgm_rel main_rel, dgm_str prep)
{
    DGM_EACH_CHILD(clause->tree, child, head)
    if (rel_of(clause, child) == main_rel && dgm_str_eq(clause->cases[child], prep))
        return child;
    return DGM_NO_TOKEN;
}

static int32_t agent_of(const dgm_clause *clause, int32_t verb)
{
    int32_t agent = dgm_tree_child(clause->tree, verb, DGM_REL_OBL_AGENT);
    return agent >= 0 ? agent : prep_child(clause, verb, DGM_REL_OBL, DGM_STR("by"));
}

/* The subject that stands with the verb or is shared with it: no regard to voice. */
static int32_t surface_subject(const dgm_clause *clause, int32_t verb)
{
    for (int depth = 0; verb >= 0 && depth < DEPTH; depth++) {
        int32_t subject = child_of(clause, verb, DGM_REL_NSUBJ);
        if (subject >= 0)
            return dgm_clause_antecedent(clause, subject);
        int32_t head = at(clause, verb)->head;
        if (head < 0)
            return DGM_NO_TOKEN;
        int32_t object = DGM_NO_TOKEN;
        switch (at(clause, verb)->rel) {
        case DGM_REL_XCOMP: /* "urged Iraq to withdraw": the object of the verb above, if any */
            object = child_of(clause, head, DGM_REL_OBJ);
            if (object < 0)
                object = child_of(clause, head, DGM_REL_IOBJ);
            if (object >= 0 && dgm_clause_is_verb(clause, head))
                return dgm_clause_antecedent(clause, object);
            verb = head;
            break;
        case DGM_REL_ACL: /* "planes flying to", "efforts to suppress", "troops sent" */
        case DGM_REL_AMOD:
            return head;
        case DGM_REL_ACL_RELCL:
            return DGM_NO_TOKEN;
        case DGM_REL_CONJ:
        case DGM_REL_ADVCL:
        case DGM_REL_CCOMP:
        case DGM_REL_PARATAXIS:
            verb = head;
            break;
        default:
            return DGM_NO_TOKEN;
        }
    }
    return DGM_NO_TOKEN;
}

/* The verb that carries an event noun: "held talks", "carried out an attack", "talks took place".
 */
static int32_t noun_subject(const dgm_clause *clause, int32_t noun)
{
    for (int depth = 0; depth < DEPTH && rel_of(clause, noun) == DGM_REL_CONJ; depth++)
        noun = at(clause, noun)->head;
    int32_t head = at(clause, noun)->head;
    if (head < 0)
        return DGM_NO_TOKEN;
    dgm_rel rel = rel_of(clause, noun);
    if ((rel == DGM_REL_OBJ || rel == DGM_REL_OBL) && dgm_clause_is_verb(clause, head))
        return dgm_tree_is_passive(clause->tree, head) ? agent_of(clause, head)
                                                       : surface_subject(clause, head);
    if (rel == DGM_REL_NSUBJ && dgm_tree_is_passive(clause->tree, head))
        return agent_of(clause, head);
    return DGM_NO_TOKEN;
}

int32_t dgm_clause_subject(const dgm_clause *clause, int32_t verb)
{
    if (!dgm_clause_is_verb(clause, verb)) {
        if (child_of(clause, verb, DGM_REL_COP) >= 0 || child_of(clause, verb, DGM_REL_NSUBJ) >= 0)
            return surface_subject(clause, verb);
        if (dgm_clause_is_nominal(clause, verb))
            return noun_subject(clause, verb);
        return surface_subject(clause, verb);
    }
    if (dgm_tree_is_passive(clause->tree, verb))
        return agent_of(clause, verb);
    return surface_subject(clause, verb);
}

static int32_t passive_object(const dgm_clause *clause, int32_t verb)
{
    int32_t object = dgm_tree_child(clause->tree, verb, DGM_REL_NSUBJ_PASS);
    if (object < 0)
        object = surface_subject(clause, verb);
    return dgm_clause_antecedent(clause, object);
}

/* "condemned and rejected the plan": the object stands with a later conjunct. */
static int32_t shared_object(const dgm_clause *clause, int32_t verb)
{
    DGM_EACH_CHILD(clause->tree, child, verb)
    if (at(clause, child)->rel == DGM_REL_CONJ && dgm_clause_is_verb(clause, child) &&
        !dgm_tree_is_passive(clause->tree, child) && child_of(clause, child, DGM_REL_NSUBJ) < 0)
        return child_of(clause, child, DGM_REL_OBJ);
    return DGM_NO_TOKEN;
}

int32_t dgm_clause_object(const dgm_clause *clause, int32_t verb)
{
    if (!dgm_clause_is_verb(clause, verb))
        return DGM_NO_TOKEN;
    if (dgm_tree_is_passive(clause->tree, verb))
        return passive_object(clause, verb);
    int32_t object = child_of(clause, verb, DGM_REL_OBJ);
    if (object >= 0)
        return dgm_clause_antecedent(clause, object);
    /* "the sanctions Iran imposed": a relative clause without its pronoun */
    if (at(clause, verb)->rel == DGM_REL_ACL_RELCL && child_of(clause, verb, DGM_REL_NSUBJ) >= 0 &&
        !is_relative(clause, child_of(clause, verb, DGM_REL_NSUBJ)))
        return at(clause, verb)->head;
    return shared_object(clause, verb);
}

static bool is_nationality(const dgm_clause *clause, int32_t token)
{
    dgm_rel rel = rel_of(clause, token);
    return (rel == DGM_REL_AMOD || rel == DGM_REL_COMPOUND || rel == DGM_REL_NMOD) &&
           at(clause, token)->rel != DGM_REL_NMOD_POSS && !clause->cases[token].len &&
           clause->sentence->mentions[token] != NULL;
}

static void add(int32_t *found, uint32_t *count, int32_t token)
{
    for (uint32_t i = 0; i < *count; i++)
        if (found[i] == token)
            return;
    if (token >= 0 && *count < DGM_CLAUSE_FOUND)
        found[(*count)++] = token;
}

/* Phrases with the preposition on `token`. */
static void add_preps(const dgm_clause *clause, int32_t token, dgm_str prep, int32_t *found,
                      uint32_t *count)
{
    DGM_EACH_CHILD(clause->tree, child, token)
    {
        dgm_rel rel = rel_of(clause, child);
        if ((rel == DGM_REL_OBL || rel == DGM_REL_NMOD || rel == DGM_REL_ADVCL ||
             rel == DGM_REL_ACL) &&
            dgm_str_eq(clause->cases[child], prep))
            add(found, count, dgm_clause_antecedent(clause, child));
    }
}

static uint32_t prep_step(const dgm_clause *clause, int32_t token, dgm_str prep, int32_t *found)
{
    uint32_t count = 0;
    add_preps(clause, token, prep, found, &count);
    if (count)
        return count;
    if (dgm_clause_is_verb(clause, token)) {
        int32_t object = child_of(clause, token, DGM_REL_OBJ);
        if (object >= 0)
            add_preps(clause, object, prep, found, &count);
        return count;
    }
    /* "held talks with Iraq": the phrase may hang on the verb that carries the noun */
    int32_t head = at(clause, token)->head;
    dgm_rel rel = rel_of(clause, token);
    if (head >= 0 && dgm_clause_is_verb(clause, head) &&
        (rel == DGM_REL_OBJ || rel == DGM_REL_NSUBJ || rel == DGM_REL_OBL))
        add_preps(clause, head, prep, found, &count);
    return count;
}

static uint32_t children_step(const dgm_clause *clause, int32_t token, dgm_step_kind kind,
                              int32_t *found)
{
    uint32_t count = 0;
    DGM_EACH_CHILD(clause->tree, child, token)
    {
        dgm_rel rel = rel_of(clause, child);
        bool wanted = false;
        switch (kind) {
        case DGM_STEP_IOBJ:
            wanted = rel == DGM_REL_IOBJ;
            break;
        case DGM_STEP_XCOMP:
            wanted = rel == DGM_REL_XCOMP;
            break;
        case DGM_STEP_CCOMP:
            wanted = rel == DGM_REL_CCOMP;
            break;
        case DGM_STEP_MOD:
            wanted = rel == DGM_REL_AMOD || rel == DGM_REL_COMPOUND;
            break;
        case DGM_STEP_ADV:
            wanted = rel == DGM_REL_ADVMOD;
            break;
        case DGM_STEP_POSS:
            wanted = at(clause, child)->rel == DGM_REL_NMOD_POSS;
            break;
        case DGM_STEP_ADJ:
            wanted = is_nationality(clause, child);
            break;
        case DGM_STEP_ANY:
            wanted = rel != DGM_REL_ACL && rel != DGM_REL_ADVCL && rel != DGM_REL_CONJ;
            break;
        default:
            break;
        }
        if (wanted)
            add(found, &count, child);
    }
    return count;
}

/* "relations are good": the predicate of which the noun is the subject. */
static uint32_t pred_step(const dgm_clause *clause, int32_t token, int32_t *found)
{
    int32_t head = at(clause, token)->head;
    if (head < 0 || rel_of(clause, token) != DGM_REL_NSUBJ)
        return 0;
    found[0] = head;
    return 1;
}

uint32_t dgm_clause_step(const dgm_clause *clause, int32_t token, const dgm_step *step,
                         int32_t found[DGM_CLAUSE_FOUND])
{
    int32_t one;
    switch (step->kind) {
    case DGM_STEP_SUBJ:
        one = dgm_clause_subject(clause, token);
        break;
    case DGM_STEP_OBJ:
        one = dgm_clause_object(clause, token);
        break;
    case DGM_STEP_PREP:
        return prep_step(clause, token, step->prep, found);
    case DGM_STEP_PRED:
        return pred_step(clause, token, found);
    default:
        return children_step(clause, token, step->kind, found);
    }
    if (one < 0 || one == token)
        return 0;
    found[0] = one;
    return 1;
}

static dgm_actors join(const dgm_clause *clause, dgm_actors a, dgm_actors b)
{
    if (!a.count)
        return b;
    if (!b.count)
        return a;
    dgm_actor *items = DGM_ARRAY(clause->arena, dgm_actor, a.count + b.count);
    memcpy(items, a.items, a.count * sizeof *items);
    memcpy(items + a.count, b.items, b.count * sizeof *items);
    return (dgm_actors){items, a.count + b.count};
}

static dgm_actors path_actors(const dgm_clause *clause, int32_t token, const dgm_path *path,
                              uint32_t depth, int32_t *last)
{
    int32_t found[DGM_CLAUSE_FOUND];
    dgm_actors all = {NULL, 0};
    uint32_t count = dgm_clause_step(clause, token, &path->steps[depth], found);
    for (uint32_t i = 0; i < count; i++) {
        dgm_actors here;
        if (depth + 1 < path->count) {
            here = path_actors(clause, found[i], path, depth + 1, last);
        } else {
            /* nationality in front of a noun: its own conjuncts are other modifiers */
            here = dgm_ground_actors(clause->sentence, clause->arena, found[i],
                                     path->steps[depth].kind != DGM_STEP_MOD);
            if (here.count)
                *last = found[i];
        }
        all = join(clause, all, here);
    }
    return all;
}

dgm_actors dgm_clause_actors(const dgm_clause *clause, int32_t token, const dgm_paths *paths,
                             int32_t *at_token)
{
    int32_t last = DGM_NO_TOKEN;
    dgm_actors actors = {NULL, 0};
    for (uint32_t i = 0; i < paths->count && !actors.count; i++)
        actors = path_actors(clause, token, &paths->items[i], 0, &last);
    if (at_token)
        *at_token = actors.count ? last : DGM_NO_TOKEN;
    return actors;
}
