/* Reduce: PLOVER codes what is only to come by what saying so amounts to. Cooperation to come is
 * AGREE, cooperation that one says will not come is REJECT, and a blow that its own author
 * announces is THREATEN. The rows "will", "will-not", "did-not" and "vow" of composition.tsv say
 * what becomes of which type; the modality stays what it is unless the row names one. */
#include "code/act.h"

static bool has_future_auxiliary(const dgm_rules *rules, const dgm_clause *clause, int32_t verb)
{
    DGM_EACH_CHILD (clause->tree, child, verb) {
        if (dgm_rel_main((dgm_rel)clause->tree->tokens[child].rel) == DGM_REL_AUX &&
            dgm_rules_is(rules, DGM_CLASS_FUTURE_AUXILIARY, clause->words[child]))
            return true;
    }
    return false;
}

/* "will not", "would never": the negation's verb has an auxiliary of the future. */
static bool is_refusal(const dgm_rules *rules, const dgm_clause *clause, const dgm_scope *scope)
{
    if (scope->modal_cue < 0 || scope->modal_cue >= clause->tree->count)
        return false;
    int32_t verb = clause->tree->tokens[scope->modal_cue].head;
    return verb >= 0 && has_future_auxiliary(rules, clause, verb);
}

/* "did not lift": a plain negation on the verb itself, not a denial around it. */
static bool is_left_undone(const dgm_rules *rules, const dgm_clause *clause, const dgm_scope *scope,
                           const dgm_act *act)
{
    int32_t cue = scope->modal_cue;
    return cue >= 0 && cue < clause->tree->count && clause->tree->tokens[cue].head == act->stop &&
           dgm_rules_is(rules, DGM_CLASS_NEGATION, clause->words[cue]);
}

/* "before Washington will ease", "until he frees": a time, not an intent; "crossed the Andes to
 * help": a purpose that was acted on, but "will cross the Andes to help" is all to come. */
static bool is_awaited(const dgm_rules *rules, const dgm_clause *clause, int32_t verb)
{
    int32_t head = clause->tree->tokens[verb].head;
    if (dgm_rel_main((dgm_rel)clause->tree->tokens[verb].rel) == DGM_REL_ADVCL &&
        dgm_str_is(clause->cases[verb], "to"))
        return !has_future_auxiliary(rules, clause, head) && !dgm_str_is(clause->cases[head], "to");
    return dgm_rules_is(rules, DGM_CLASS_AWAITING_MARK, clause->case_words[verb]);
}

static bool share_code(dgm_actors a, dgm_actors b)
{
    for (uint32_t i = 0; i < a.count; i++)
        for (uint32_t k = 0; k < b.count; k++)
            if (a.items[i].code && b.items[k].code && strcmp(a.items[i].code, b.items[k].code) == 0)
                return true;
    return false;
}

static const dgm_composition *row_for(const dgm_rules *rules, const dgm_clause *clause,
                                      const dgm_scope *scope, const dgm_act *act)
{
    if (dgm_type_kind(act->type) != DGM_KIND_EVENT)
        return NULL;
    if (act->modality == DGM_MODALITY_NEGATED && is_refusal(rules, clause, scope))
        return dgm_rules_compose(rules, DGM_STR("will-not"), act->type, act->mode);
    if (act->modality == DGM_MODALITY_NEGATED && is_left_undone(rules, clause, scope, act))
        return dgm_rules_compose(rules, DGM_STR("did-not"), act->type, act->mode);
    if (act->modality != DGM_MODALITY_FUTURE || is_awaited(rules, clause, act->stop))
        return NULL;
    const dgm_composition *row = NULL;
    if (share_code(scope->attribution.actors, act->actors))
        row = dgm_rules_compose(rules, DGM_STR("vow"), act->type, act->mode);
    return row ? row : dgm_rules_compose(rules, DGM_STR("will"), act->type, act->mode);
}

bool dgm_act_reduce(const dgm_rules *rules, const dgm_clause *clause, const dgm_scope *scope,
                    dgm_act *act)
{
    const dgm_composition *row = row_for(rules, clause, scope, act);
    if (!row || row->drops || !row->type || row->type == act->type)
        return false;
    act->type = row->type;
    act->mode = row->keeps_mode ? act->mode : row->mode;
    if (row->modality)
        act->modality = row->modality;
    if (act->is_two_sided && dgm_actors_placed(act->actors) && dgm_actors_placed(act->recipients))
        act->is_two_sided = false;
    return true;
}
