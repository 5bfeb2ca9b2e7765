/* When and where: see when.h. */
#include "code/when.h"

enum { DEPTH = 64, FOREIGN_CLAUSE = 8 };

/* Steps from `token` up to `above`, or -1 when it does not hang below it. */
static int32_t steps_up(const dgm_tree *tree, int32_t token, int32_t above)
{
    int32_t steps = 0;
    for (; token >= 0 && steps < DEPTH; token = tree->tokens[token].head, steps++)
        if (token == above)
            return steps;
    return -1;
}

/* Does the time's way up to `meet` run through an act of its own? */
static bool belongs_elsewhere(const dgm_tree *tree, const dgm_acts *acts, int32_t time,
                              int32_t meet)
{
    for (int depth = 0; time >= 0 && time != meet && depth < DEPTH; depth++) {
        for (uint32_t i = 0; i < acts->count; i++)
            if (acts->items[i].token == time && !acts->items[i].is_absorbed)
                return true;
        time = tree->tokens[time].head;
    }
    return false;
}

/* How far a time expression is from the act: up from the act counts double, since a time on a
 * clause above is the other clause's first. */
static int32_t distance(const dgm_tree *tree, const dgm_acts *acts, const dgm_act *act,
                        const dgm_time_mention *time)
{
    int32_t up = 0;
    for (int32_t at = act->token; at >= 0 && up < DEPTH; at = tree->tokens[at].head, up++) {
        int32_t down = steps_up(tree, time->head, at);
        if (down >= 0)
            return 2 * up + down +
                   (belongs_elsewhere(tree, acts, time->head, at) ? FOREIGN_CLAUSE : 0);
    }
    return INT32_MAX;
}

static bool clause_break(const dgm_clause *clause, int32_t from, int32_t to)
{
    for (int depth = 0; from >= 0 && from != to && depth < DEPTH; depth++) {
        dgm_rel rel = dgm_rel_main((dgm_rel)clause->tree->tokens[from].rel);
        if (rel == DGM_REL_ACL || rel == DGM_REL_ADVCL || rel == DGM_REL_CCOMP ||
            rel == DGM_REL_PARATAXIS)
            return true;
        from = clause->tree->tokens[from].head;
    }
    return false;
}

static bool is_finite_present(const dgm_token *token)
{
    return (token->feats & DGM_FEAT_PRESENT) && (token->feats & DGM_FEAT_FINITE);
}

/* "Chile supports the claim": what holds now isn't of the time that the story told last. */
static bool is_present(const dgm_clause *clause, const dgm_act *act)
{
    const dgm_token *verb = &clause->tree->tokens[act->stop];
    if (verb->upos == DGM_VERB)
        return is_finite_present(verb);
    int32_t copula = dgm_tree_child(clause->tree, act->stop, DGM_REL_COP);
    return copula >= 0 && is_finite_present(&clause->tree->tokens[copula]);
}

dgm_time dgm_act_when(const dgm_clause *clause, const dgm_grounded *grounded, const dgm_acts *acts,
                      const dgm_act *act, dgm_modality modality)
{
    const dgm_grounded_sentence *sentence = clause->sentence;
    const dgm_time_mention *best = NULL;
    int32_t nearest = INT32_MAX;
    bool is_event = dgm_type_kind(act->type) == DGM_KIND_EVENT;
    for (uint32_t i = 0; i < sentence->time_count; i++) {
        const dgm_time_mention *time = &sentence->times[i];
        int32_t far = distance(clause->tree, acts, act, time);
        if (!is_event && (far > 6 || clause_break(clause, act->token, time->head)))
            continue;
        if (time->time.edtf && far < nearest) {
            nearest = far;
            best = time;
        }
    }
    if (best)
        return best->time;
    if (!is_event || modality == DGM_MODALITY_FUTURE || modality == DGM_MODALITY_HYPOTHETICAL)
        return (dgm_time){0};
    if (sentence->carried.edtf && !is_present(clause, act))
        return sentence->carried;
    return grounded->document_time;
}

const dgm_place *dgm_act_where(const dgm_clause *clause, const dgm_act *act, uint32_t *count)
{
    dgm_place *places = NULL;
    uint32_t capacity = 0;
    *count = 0;
    for (int32_t i = 0; i < clause->tree->count; i++) {
        const dgm_mention *mention = clause->sentence->mentions[i];
        int32_t head = clause->tree->tokens[i].head;
        if (!mention || !mention->place || i == act->recipient_at || i == act->actor_at ||
            (head != act->token && head != act->stop) ||
            !dgm_words_has(clause->place_words, clause->case_words[i]))
            continue;
        DGM_PUSH(clause->arena, places, *count, capacity, *mention->place);
    }
    return places;
}
