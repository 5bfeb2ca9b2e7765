/* Compose: an operator word takes the act in its complement and changes it ("refused to lift the
 * ban on"). Operators apply innermost first, so that they stack. */
#include "code/act.h"

#include <stdio.h>
#include <stdlib.h>

enum { DEPTH = 64 };

static uint32_t depth_of(const dgm_tree *tree, int32_t token)
{
    uint32_t depth = 0;
    for (; token >= 0 && depth < DEPTH; token = tree->tokens[token].head)
        depth++;
    return depth;
}

static const dgm_operator *operator_at(const dgm_rules *rules, const dgm_clause *clause,
                                       int32_t token)
{
    dgm_trigger_pos pos = dgm_clause_is_verb(clause, token) ? DGM_TRIGGER_VERB
                          : clause->tree->tokens[token].upos == DGM_NOUN ||
                                  clause->tree->tokens[token].upos == DGM_PROPN
                              ? DGM_TRIGGER_NOUN
                          : clause->tree->tokens[token].upos == DGM_ADJ ? DGM_TRIGGER_ADJ
                                                                        : 0;
    uint32_t at = dgm_rules_entries(rules, clause->words[token])->operators[pos];
    for (; at != DGM_MAP_NONE; at = rules->operators[at].next) {
        int32_t first, last;
        if (dgm_trigger_matches(&rules->operators[at].trigger, clause, token, &first, &last, NULL))
            return &rules->operators[at];
    }
    return NULL;
}

static bool is_in_coordination(const dgm_clause *clause, int32_t token, int32_t first)
{
    for (int depth = 0; depth < DEPTH && token >= 0; depth++) {
        if (token == first)
            return true;
        if (clause->tree->tokens[token].rel != DGM_REL_CONJ)
            return false;
        token = clause->tree->tokens[token].head;
    }
    return false;
}

/* "stop the flow of arms": what the act stands in may be a noun without an act of its own. */
static bool stands_inside(const dgm_clause *clause, int32_t token, int32_t inner)
{
    if (is_in_coordination(clause, token, inner))
        return true;
    int32_t head = clause->tree->tokens[token].head;
    return head >= 0 && dgm_clause_is_nominal(clause, inner) &&
           is_in_coordination(clause, head, inner) &&
           dgm_rel_main((dgm_rel)clause->tree->tokens[token].rel) == DGM_REL_NMOD &&
           dgm_str_is(clause->cases[token], "of");
}

static void add_id(dgm_act *act, const char *id, int32_t token)
{
    if (act->id_count == DGM_ACT_RULES)
        return;
    act->operators[act->id_count] = token;
    act->ids[act->id_count++] = id;
}

static bool same_codes(dgm_actors a, dgm_actors b)
{
    if (a.count != b.count)
        return false;
    for (uint32_t i = 0; i < a.count; i++) {
        const char *x = a.items[i].code, *y = b.items[i].code;
        if ((x == NULL) != (y == NULL) || (x && strcmp(x, y) != 0))
            return false;
    }
    return true;
}

/* The operator's author is the act's; the one addressed is the operator's recipient, else whom the
 * inner act reaches, else who was to do it. */
static void fill_places(const dgm_rules *rules, const dgm_operator *op, const dgm_clause *clause,
                        int32_t token, dgm_act *act)
{
    dgm_actors inner_actors = act->actors, inner_recipients = act->recipients;
    int32_t actor_at, recipient_at;
    dgm_actors actors = dgm_clause_actors(clause, token, &op->actor, &actor_at);
    dgm_actors recipients = dgm_clause_actors(clause, token, &op->recipient, &recipient_at);
    if (actors.count) {
        act->actors = actors;
        act->actor_at = actor_at;
    }
    if (recipients.count) {
        act->recipients = recipients;
        act->recipient_at = recipient_at;
        if (!same_codes(inner_recipients, recipients) && !same_codes(inner_recipients, act->actors))
            act->about = inner_recipients;
    } else if (!act->recipients.count && !same_codes(inner_actors, act->actors)) {
        act->recipients = inner_actors;
    }
    act->is_two_sided = dgm_label_is_two_sided(rules->ontology, act->type);
}

static bool is_negated(const dgm_rules *rules, const dgm_clause *clause, int32_t token)
{
    DGM_EACH_CHILD (clause->tree, child, token) {
        if (clause->tree->tokens[child].rel == DGM_REL_ADVMOD &&
            dgm_rules_is(rules, DGM_CLASS_NEGATION, clause->words[child]))
            return true;
    }
    return false;
}

/* The row for "promised not to attack" (effect "agree-not") before that for "promised to attack".
 */
static const dgm_composition *row_for(const dgm_rules *rules, const dgm_operator *op,
                                      const dgm_clause *clause, const dgm_act *act)
{
    char effect[32];
    if (is_negated(rules, clause, act->stop)) {
        int len = snprintf(effect, sizeof effect, "%.*s-not", DGM_FMT(op->effect));
        if (len > 0 && len < (int)sizeof effect) {
            const dgm_composition *row =
                dgm_rules_compose(rules, (dgm_str){effect, (size_t)len}, act->type, act->mode);
            if (row)
                return row;
        }
    }
    return dgm_rules_compose(rules, op->effect, act->type, act->mode);
}

static void apply(const dgm_rules *rules, const dgm_operator *op, const dgm_clause *clause,
                  int32_t token, dgm_act *act)
{
    const dgm_composition *row = row_for(rules, op, clause, act);
    if (!row)
        return;
    if (row->drops) {
        act->is_absorbed = true;
        return;
    }
    bool was_two_sided = act->is_two_sided;
    dgm_type inner_type = act->type;
    if (!act->inner)
        act->inner = inner_type;
    if (row->type)
        act->type = row->type;
    if (!row->keeps_mode)
        act->mode = row->mode;
    if (act->mode && !dgm_label_has_mode(rules->ontology, act->type, act->mode))
        act->mode = DGM_MODE_NONE;
    if (row->modality)
        act->modality = row->modality;
    fill_places(rules, op, clause, token, act);
    if (act->type == inner_type)
        act->is_two_sided = was_two_sided;
    act->stop = token;
    add_id(act, op->id, token);
}

/* An operator's own entry (REQUEST of "urge") gives way to what it made of the inner act. */
static void absorb_own(dgm_acts *acts, int32_t token, const dgm_act *except)
{
    for (uint32_t i = 0; i < acts->count; i++)
        if (&acts->items[i] != except && acts->items[i].token == token &&
            acts->items[i].stop == token)
            acts->items[i].is_absorbed = true;
}

static void apply_operator(const dgm_rules *rules, const dgm_operator *op, const dgm_clause *clause,
                           int32_t token, dgm_acts *acts)
{
    for (uint32_t p = 0; p < op->inner.count; p++) {
        int32_t inner[DGM_CLAUSE_FOUND];
        uint32_t found = dgm_clause_step(clause, token, &op->inner.items[p].steps[0], inner);
        bool applied = false;
        for (uint32_t k = 0; k < found; k++)
            for (uint32_t i = 0; i < acts->count; i++) {
                dgm_act *act = &acts->items[i];
                if (act->is_absorbed || act->token == token || act->stop == token ||
                    !stands_inside(clause, act->stop, inner[k]))
                    continue;
                apply(rules, op, clause, token, act);
                if (act->stop == token || act->is_absorbed) {
                    applied = true;
                    absorb_own(acts, token, act);
                }
            }
        if (applied)
            return;
    }
}

typedef struct site {
    int32_t token;
    uint32_t depth;
    const dgm_operator *op;
} site;

static int deepest_first(const void *a, const void *b)
{
    const site *x = a, *y = b;
    if (x->depth != y->depth)
        return x->depth > y->depth ? -1 : 1;
    return x->token < y->token ? -1 : x->token > y->token;
}

void dgm_acts_compose(const dgm_rules *rules, const dgm_clause *clause, dgm_acts *acts,
                      const dgm_trace *trace)
{
    site *sites = NULL;
    uint32_t count = 0, capacity = 0;
    for (int32_t i = 0; i < clause->tree->count; i++) {
        const dgm_operator *op = clause->words[i] ? operator_at(rules, clause, i) : NULL;
        if (!op)
            continue;
        site here = {i, depth_of(clause->tree, i), op};
        DGM_PUSH(clause->arena, sites, count, capacity, here);
        if (trace && trace->tried)
            trace->tried(trace->payload, i, op->id, NULL);
    }
    if (count > 1)
        qsort(sites, count, sizeof *sites, deepest_first);
    for (uint32_t i = 0; i < count; i++)
        apply_operator(rules, sites[i].op, clause, sites[i].token, acts);
}
