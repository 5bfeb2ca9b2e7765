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

/* The first operator of the word that stands there, after `before` when that is given. */
static const dgm_operator *operator_at(const dgm_rules *rules, const dgm_clause *clause,
                                       int32_t token, const dgm_operator *before)
{
    dgm_trigger_pos pos = dgm_clause_is_verb(clause, token)             ? DGM_TRIGGER_VERB
                          : dgm_clause_is_nominal(clause, token)        ? DGM_TRIGGER_NOUN
                          : clause->tree->tokens[token].upos == DGM_ADJ ? DGM_TRIGGER_ADJ
                                                                        : 0;
    uint32_t at =
        before ? before->next : dgm_rules_entries(rules, clause->words[token])->operators[pos];
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

/* "vowed to [take measures to] intensify": words that only lead to what is done. */
static bool is_led_to(const dgm_rules *rules, const dgm_clause *clause, int32_t token,
                      int32_t inner)
{
    enum { STEPS = 6 };
    const dgm_words *passing = &rules->named[DGM_CLASS_PASSING_WORD];
    for (int steps = 0; steps < STEPS && token >= 0 && token != inner; steps++) {
        dgm_rel rel = dgm_rel_main((dgm_rel)clause->tree->tokens[token].rel);
        bool is_purpose = (rel == DGM_REL_ACL || rel == DGM_REL_ADVCL || rel == DGM_REL_XCOMP) &&
                          dgm_str_is(clause->cases[token], "to");
        token = clause->tree->tokens[token].head;
        if ((!is_purpose && rel != DGM_REL_CONJ && (rel != DGM_REL_OBJ || !steps)) || token < 0 ||
            (rel != DGM_REL_CONJ && !dgm_words_has(passing, clause->words[token])))
            return false;
    }
    return token == inner;
}

/* "stop the flow of arms": what the act stands in may be a noun without an act of its own. */
static bool stands_inside(const dgm_rules *rules, const dgm_clause *clause, int32_t token,
                          int32_t inner)
{
    if (is_in_coordination(clause, token, inner) || is_led_to(rules, clause, token, inner))
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

static bool share_code(dgm_actors a, dgm_actors b)
{
    for (uint32_t i = 0; i < a.count; i++)
        for (uint32_t k = 0; k < b.count; k++)
            if (a.items[i].code && b.items[k].code && strcmp(a.items[i].code, b.items[k].code) == 0)
                return true;
    return false;
}

/* Who is to do what is asked for, or does what is refused, where somebody else than the author:
 * "demanded an end to the Chilean occupation of Peru". */
static bool is_due_from_another(const dgm_act *act, dgm_actors doers)
{
    return (act->type == DGM_TYPE_REQUEST || act->type == DGM_TYPE_REJECT) &&
           dgm_actors_placed(doers) && dgm_actors_placed(act->actors) &&
           !share_code(doers, act->actors);
}

/* The operator's author is the act's; the one addressed is the operator's recipient, else whom the
 * inner act reaches, else who was to do it. */
static void fill_places(const dgm_rules *rules, const dgm_operator *op, const dgm_clause *clause,
                        int32_t token, dgm_type inner_type, dgm_act *act)
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
    } else if (is_due_from_another(act, inner_actors)) {
        act->recipients = inner_actors;
        if (!same_codes(inner_recipients, act->actors) &&
            !same_codes(inner_recipients, inner_actors))
            act->about = inner_recipients;
    } else if ((actors.count > 1 || (inner_type == DGM_TYPE_REQUEST && actors.count)) &&
               same_codes(inner_recipients, actors)) {
        /* "both pledged to improve their ties"; "Iran rejected French demands to": what reached
         * the author comes from the other side */
        const dgm_actors none = {NULL, 0};
        act->recipients = same_codes(inner_actors, actors) ? none : inner_actors;
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

/* "refused to agree to help" refuses the help: what was only agreed on counts by what it is. */
static const dgm_composition *row_of(const dgm_rules *rules, dgm_str effect, const dgm_act *act)
{
    if (act->type == DGM_TYPE_AGREE && act->inner)
        return dgm_rules_compose(rules, effect, act->inner, DGM_MODE_NONE);
    return dgm_rules_compose(rules, effect, act->type, act->mode);
}

static const dgm_composition *row_with(const dgm_rules *rules, const dgm_operator *op,
                                       const char *suffix, const dgm_act *act)
{
    char effect[32];
    int len = snprintf(effect, sizeof effect, "%.*s-%s", DGM_FMT(op->effect), suffix);
    return len > 0 && len < (int)sizeof effect ? row_of(rules, (dgm_str){effect, (size_t)len}, act)
                                               : NULL;
}

/* Is the act below of somebody else: "warned that Peru would attack"? */
static bool is_of_another(const dgm_operator *op, const dgm_clause *clause, int32_t token,
                          const dgm_act *act)
{
    dgm_actors authors = dgm_clause_actors(clause, token, &op->actor, NULL);
    bool is_named = dgm_actors_placed(act->actors) || /* "will be attacked by rebels" */
                    (act->actors.count && act->actor_at >= 0 &&
                     clause->tree->tokens[act->actor_at].upos == DGM_NOUN);
    return dgm_actors_placed(authors) && is_named && !share_code(authors, act->actors);
}

/* The row for what somebody else does, and that for "promised not to attack" (effects
 * "agree-other", "agree-not"), before that for "promised to attack". The first leaves the act its
 * sides. */
static const dgm_composition *row_for(const dgm_rules *rules, const dgm_operator *op,
                                      const dgm_clause *clause, int32_t token, const dgm_act *act,
                                      bool *leaves_sides)
{
    const dgm_composition *row = row_with(rules, op, "other", act);
    *leaves_sides = row && is_of_another(op, clause, token, act);
    if (*leaves_sides)
        return row;
    row = is_negated(rules, clause, act->stop) ? row_with(rules, op, "not", act) : NULL;
    return row ? row : row_of(rules, op->effect, act);
}

static void apply(const dgm_rules *rules, const dgm_operator *op, const dgm_clause *clause,
                  int32_t token, dgm_act *act)
{
    bool leaves_sides;
    const dgm_composition *row = row_for(rules, op, clause, token, act, &leaves_sides);
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
    if (row->modality ||
        row->type) /* another act: what held of the inner one is said by its type */
        act->modality = row->modality;
    if (!leaves_sides)
        fill_places(rules, op, clause, token, inner_type, act);
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

/* Not so in "discussed the withdrawal", "warned Peru that Chile would attack": both are told. */
static bool absorbs(const dgm_operator *op, const dgm_clause *clause, int32_t token,
                    const dgm_act *act)
{
    if (!op->actor.count)
        return false;
    dgm_actors authors = dgm_clause_actors(clause, token, &op->actor, NULL);
    return share_code(authors, act->actors) || !dgm_actors_placed(act->actors) ||
           !dgm_actors_placed(dgm_clause_actors(clause, token, &op->recipient, NULL));
}

/* False when nothing stands in the operator's complement. */
static bool apply_operator(const dgm_rules *rules, const dgm_operator *op, const dgm_clause *clause,
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
                    !stands_inside(rules, clause, act->stop, inner[k]))
                    continue;
                apply(rules, op, clause, token, act);
                if (act->stop != token && !act->is_absorbed)
                    continue;
                applied = true;
                if (absorbs(op, clause, token, act))
                    absorb_own(acts, token, act);
            }
        if (applied)
            return true;
    }
    return false;
}

/* The operators of the word, heaviest first, until one finds an act. */
static void apply_operators(const dgm_rules *rules, const dgm_operator *first,
                            const dgm_clause *clause, int32_t token, dgm_acts *acts)
{
    for (const dgm_operator *op = first; op; op = operator_at(rules, clause, token, op))
        if (apply_operator(rules, op, clause, token, acts))
            return;
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
        const dgm_operator *op = clause->words[i] ? operator_at(rules, clause, i, NULL) : NULL;
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
        apply_operators(rules, sites[i].op, clause, sites[i].token, acts);
}
