/* Sides: see sides.h. Loops over heads end since trees are mended when they are built. */
#include "code/sides.h"

/* Codes that no gazetteer has. Compared by address. */
static const char side_codes[DGM_SIDE_COUNT][8] = {"=source", "=target"};

static uint32_t depth_of(const dgm_tree *tree, int32_t token)
{
    uint32_t depth = 0;
    for (; token >= 0; token = tree->tokens[token].head)
        depth++;
    return depth;
}

static bool touches(dgm_span a, dgm_span b)
{
    return a.off < dgm_span_end(b) && b.off < dgm_span_end(a);
}

/* The word nearest to the root; the last of several that are as near ("Foreign Minister Lavrov"
 * is one noun phrase, but a broken tree may part it). */
static int32_t head_of(const dgm_tree *tree, int32_t first, int32_t last)
{
    int32_t best = DGM_NO_TOKEN;
    uint32_t least = UINT32_MAX;
    for (int32_t i = first; i <= last; i++) {
        uint32_t depth = depth_of(tree, i);
        if (tree->tokens[i].upos != DGM_PUNCT && depth < least) {
            least = depth;
            best = i;
        }
    }
    return best;
}

dgm_side dgm_side_find(const dgm_tree *tree, const dgm_span *spans, uint32_t count)
{
    dgm_side side = {DGM_NO_TOKEN, DGM_NO_TOKEN, DGM_NO_TOKEN};
    for (int32_t i = 0; i < tree->count && count; i++) {
        if (!touches(tree->tokens[i].span, spans[0]))
            continue;
        if (side.first < 0)
            side.first = i;
        side.last = i;
    }
    if (side.first >= 0)
        side.head = head_of(tree, side.first, side.last);
    return side;
}

static dgm_mention *marked_mention(dgm_arena *arena, const dgm_grounded_sentence *sentence,
                                   const dgm_side *side, unsigned which)
{
    const dgm_mention *before = sentence->mentions[side->head];
    dgm_mention *mention = DGM_NEW(arena, dgm_mention);
    dgm_actor *actor = DGM_NEW(arena, dgm_actor);
    mention->kind = DGM_MENTION_PEOPLE;
    if (before) {
        *mention = *before;
        if (before->actors.count)
            *actor = before->actors.items[0];
    }
    actor->code = side_codes[which];
    mention->basis = DGM_MENTION_NAMED;
    mention->span = actor->span = dgm_tree_span(sentence->tree, side->first, side->last);
    mention->actors = (dgm_actors){actor, 1};
    return mention;
}

dgm_grounded_sentence *dgm_sides_mark(dgm_arena *arena, const dgm_grounded_sentence *sentence,
                                      const dgm_sides *sides)
{
    size_t count = (size_t)sentence->tree->count + 1;
    dgm_grounded_sentence *copy = DGM_NEW(arena, dgm_grounded_sentence);
    *copy = *sentence;
    copy->mentions = DGM_ARRAY(arena, dgm_mention *, count);
    memcpy(copy->mentions, sentence->mentions, (count - 1) * sizeof *copy->mentions);
    for (unsigned s = 0; s < DGM_SIDE_COUNT; s++) {
        const dgm_side *side = &sides->at[s];
        for (int32_t i = side->first; i >= 0 && i <= side->last; i++)
            copy->mentions[i] = NULL;
        if (side->head >= 0)
            copy->mentions[side->head] = marked_mention(arena, sentence, side, s);
    }
    return copy;
}

bool dgm_side_is_in(dgm_actors actors, unsigned side)
{
    for (uint32_t i = 0; i < actors.count; i++)
        if (actors.items[i].code == side_codes[side])
            return true;
    return false;
}

int32_t dgm_sides_top(const dgm_tree *tree, const dgm_sides *sides)
{
    int32_t a = sides->at[DGM_SIDE_SOURCE].head, b = sides->at[DGM_SIDE_TARGET].head;
    if (a < 0 || b < 0) {
        int32_t only = a < 0 ? b : a;
        int32_t head = only >= 0 ? tree->tokens[only].head : DGM_NO_TOKEN;
        return head >= 0 ? head : tree->root;
    }
    uint32_t da = depth_of(tree, a), db = depth_of(tree, b);
    for (; da > db; da--)
        a = tree->tokens[a].head;
    for (; db > da; db--)
        b = tree->tokens[b].head;
    while (a != b) {
        a = tree->tokens[a].head;
        b = tree->tokens[b].head;
    }
    return a >= 0 ? a : tree->root;
}

uint32_t dgm_sides_path(const dgm_tree *tree, int32_t head, int32_t top, int32_t *out,
                        uint32_t most)
{
    uint32_t count = 0;
    while (head >= 0 && head != top && count < most) {
        head = tree->tokens[head].head;
        if (head >= 0)
            out[count++] = head;
    }
    return count;
}

enum { PATH = 12 };

static bool is_on_way(const dgm_tree *tree, const dgm_sides *sides, int32_t top, int32_t token)
{
    int32_t way[PATH];
    for (unsigned s = 0; s < DGM_SIDE_COUNT; s++) {
        uint32_t count = dgm_sides_path(tree, sides->at[s].head, top, way, PATH);
        for (uint32_t i = 0; i < count; i++)
            if (way[i] == token)
                return true;
    }
    return token == top;
}

static uint32_t fit_of(const dgm_clause *clause, const dgm_sides *sides, int32_t top,
                       const dgm_act *act)
{
    bool actor = dgm_side_is_in(act->actors, DGM_SIDE_SOURCE),
         recipient = dgm_side_is_in(act->recipients, DGM_SIDE_TARGET),
         is_reversed = dgm_side_is_in(act->actors, DGM_SIDE_TARGET) ||
                       dgm_side_is_in(act->recipients, DGM_SIDE_SOURCE);
    bool is_near = is_on_way(clause->tree, sides, top, act->token) ||
                   is_on_way(clause->tree, sides, top, act->stop);
    uint32_t fit = (actor ? 3 : 0) + (recipient ? 3 : 0) + (is_near ? 1 : 0);
    if (act->is_two_sided && is_reversed)
        fit += actor || recipient ? 3 : 1;
    else if (is_reversed)
        fit = fit > 2 ? fit - 2 : 0;
    else if (dgm_side_is_in(act->about, DGM_SIDE_TARGET))
        fit += 1;
    return fit < DGM_FIT_BEST ? fit : DGM_FIT_BEST;
}

static uint32_t distance(int32_t a, int32_t b)
{
    return (uint32_t)(a < b ? b - a : a - b);
}

/* Of two that fit alike an event goes before a stance or tie, then what stands nearer to the top.
 */
static bool is_better(const dgm_act *a, const dgm_act *b, int32_t top)
{
    bool a_event = dgm_type_kind(a->type) == DGM_KIND_EVENT,
         b_event = dgm_type_kind(b->type) == DGM_KIND_EVENT;
    if (a_event != b_event)
        return a_event;
    return distance(a->stop, top) < distance(b->stop, top);
}

dgm_verdict dgm_sides_judge(const dgm_rules *rules, const dgm_clause *clause, const dgm_acts *acts,
                            const dgm_sides *sides)
{
    dgm_verdict verdict = {0};
    int32_t top = dgm_sides_top(clause->tree, sides);
    for (uint32_t i = 0; i < acts->count; i++) {
        const dgm_act *act = &acts->items[i];
        if (act->is_absorbed || !dgm_rules_nearest(rules, act->type))
            continue;
        uint32_t fit = fit_of(clause, sides, top, act);
        bool is_first = !verdict.act || fit > verdict.fit;
        if (is_first || (fit == verdict.fit && is_better(act, verdict.act, top)))
            verdict =
                (dgm_verdict){act, dgm_rules_nearest(rules, act->type), fit, DGM_MODALITY_NONE};
    }
    return verdict;
}

void dgm_sides_bend(const dgm_rules *rules, dgm_verdict *verdict, dgm_modality modality)
{
    verdict->modality = modality;
    bool is_plain = verdict->act && verdict->act->stop == verdict->act->token;
    dgm_str effect = modality == DGM_MODALITY_NEGATED  ? DGM_STR("refuse")
                     : modality == DGM_MODALITY_FUTURE ? DGM_STR("plan")
                                                       : DGM_STR("");
    dgm_quad quad = dgm_type_quad(verdict->type);
    bool is_hostile = quad == DGM_QUAD_VERBAL_CONFLICT || quad == DGM_QUAD_MATERIAL_CONFLICT;
    if (!is_plain || !effect.len || (is_hostile && modality == DGM_MODALITY_NEGATED))
        return;
    const dgm_composition *row =
        dgm_rules_compose(rules, effect, verdict->type, verdict->act->mode);
    if (row && row->type && !row->drops && dgm_type_kind(row->type) == DGM_KIND_EVENT)
        verdict->type = row->type;
}

/* Entries on the word by type, whatever their conditions; those of its part of speech count twice.
 * One whose words match decides at once. */
static dgm_type count_entries(const dgm_rules *rules, const dgm_clause *clause, int32_t token,
                              unsigned pos, uint32_t counts[DGM_TYPE_COUNT])
{
    static const uint8_t upos_of[] = {
        [DGM_TRIGGER_VERB] = DGM_VERB, [DGM_TRIGGER_NOUN] = DGM_NOUN, [DGM_TRIGGER_ADJ] = DGM_ADJ};
    bool is_pos = clause->tree->tokens[token].upos == upos_of[pos];
    uint32_t at = dgm_rules_entries(rules, clause->words[token])->rules[pos];
    for (; at != DGM_MAP_NONE; at = rules->rules[at].next) {
        const dgm_rule *rule = &rules->rules[at];
        dgm_type type = dgm_rules_nearest(rules, rule->type);
        int32_t first, last;
        if (is_pos && type &&
            dgm_trigger_matches(&rule->trigger, clause, token, &first, &last, NULL))
            return type;
        counts[type] += is_pos ? 2 : 1;
    }
    return DGM_TYPE_NONE;
}

static dgm_type type_at(const dgm_rules *rules, const dgm_clause *clause, int32_t token)
{
    uint32_t counts[DGM_TYPE_COUNT] = {0};
    for (unsigned pos = DGM_TRIGGER_VERB; pos <= DGM_TRIGGER_ADJ; pos++) {
        dgm_type type = count_entries(rules, clause, token, pos, counts);
        if (type)
            return type;
    }
    unsigned best = 0;
    counts[DGM_TYPE_NONE] = 0;
    for (unsigned type = 1; type < DGM_TYPE_COUNT; type++)
        if (counts[type] > counts[best])
            best = type;
    return (dgm_type)best;
}

/* Words between the sides first, from the target on. */
static dgm_type nearest_on_way(const dgm_rules *rules, const dgm_clause *clause,
                               const dgm_sides *sides, int32_t top)
{
    int32_t way[PATH];
    for (unsigned s = DGM_SIDE_COUNT; s-- > 0;) {
        uint32_t count = dgm_sides_path(clause->tree, sides->at[s].head, top, way, PATH);
        for (uint32_t i = 0; i < count; i++) {
            dgm_type type = type_at(rules, clause, way[i]);
            if (type)
                return type;
        }
    }
    return DGM_TYPE_NONE;
}

dgm_type dgm_sides_force(const dgm_rules *rules, const dgm_clause *clause, const dgm_sides *sides,
                         const dgm_verdict *verdict)
{
    dgm_type type = verdict->type;
    if (!type || !verdict->fit)
        type = nearest_on_way(rules, clause, sides, dgm_sides_top(clause->tree, sides));
    if (!type)
        type = verdict->type;
    return type ? type : dgm_sides_nearest(rules, clause, sides);
}

dgm_type dgm_sides_nearest(const dgm_rules *rules, const dgm_clause *clause, const dgm_sides *sides)
{
    const dgm_tree *tree = clause->tree;
    int32_t top = dgm_sides_top(tree, sides);
    dgm_type best = nearest_on_way(rules, clause, sides, top);
    if (best)
        return best;
    uint32_t least = UINT32_MAX;
    for (int32_t i = 0; i < tree->count; i++) {
        if (distance(i, top) >= least || dgm_side_has(&sides->at[DGM_SIDE_SOURCE], i))
            continue;
        dgm_type type = type_at(rules, clause, i);
        if (type) {
            best = type;
            least = distance(i, top);
        }
    }
    return best;
}

static dgm_side side_at(int32_t token)
{
    return (dgm_side){token, token, token};
}

dgm_sides dgm_sides_guess(const dgm_clause *clause, const dgm_acts *acts)
{
    const dgm_tree *tree = clause->tree;
    dgm_sides sides = {{{-1, -1, -1}, {-1, -1, -1}}, false};
    const dgm_act *best = NULL;
    int most = -1;
    for (uint32_t i = 0; i < acts->count; i++) {
        const dgm_act *act = &acts->items[i];
        int worth = 2 * (act->actor_at >= 0) + 2 * (act->recipient_at >= 0) +
                    (dgm_type_kind(act->type) == DGM_KIND_EVENT);
        if (!act->is_absorbed && worth > most) {
            best = act;
            most = worth;
        }
    }
    int32_t actor = best ? best->actor_at : DGM_NO_TOKEN;
    int32_t recipient = best ? best->recipient_at : DGM_NO_TOKEN;
    if (!best && tree->count) {
        actor = dgm_clause_subject(clause, tree->root);
        recipient = dgm_clause_object(clause, tree->root);
    }
    sides.at[DGM_SIDE_SOURCE] = side_at(actor);
    sides.at[DGM_SIDE_TARGET] = side_at(recipient);
    return sides;
}
