/* Match: how far a pair of records agrees, and which pairs are made. */
#include "base/utf8.h"
#include "score/score_priv.h"

static bool same_document(const dgm_scored *a, const dgm_scored *b)
{
    return (a->document.ptr != NULL) == (b->document.ptr != NULL) &&
           dgm_str_eq(a->document, b->document);
}

static int64_t least(int64_t a, int64_t b)
{
    return a < b ? a : b;
}

static int64_t most(int64_t a, int64_t b)
{
    return a > b ? a : b;
}

/* Half of the shorter sentence is shared, and the prediction's trigger begins inside the gold's;
 * one without a trigger may not have taken in everything around. */
bool dgm_score_same_sentence(const dgm_score *score, const dgm_scored *gold,
                             const dgm_scored *predicted)
{
    const dgm_score_span g = gold->sentence, p = predicted->sentence;
    if (!score->is_one_document && !same_document(gold, predicted))
        return false;
    if (!g.is_given || !p.is_given)
        return false;
    const int64_t shared = least(g.end, p.end) - most(g.begin, p.begin);
    if (shared <= 0 || 2 * shared < least(g.end - g.begin, p.end - p.begin))
        return false;
    if (!predicted->trigger.is_given)
        return p.end - p.begin <= 3 * (g.end - g.begin) + 40;
    return g.begin <= predicted->trigger.begin && predicted->trigger.begin < g.end;
}

static bool is_two_sided(const dgm_scored *gold, const dgm_scored *predicted)
{
    if (gold->two_sided >= 0)
        return gold->two_sided;
    return dgm_type_is_two_sided(gold->known) || dgm_type_is_two_sided(predicted->known) ||
           (gold->actors.count >= 2 && !gold->recipients.count);
}

static bool is_one_of(const dgm_code_set *sets, uint32_t count, dgm_code_set codes)
{
    for (uint32_t i = 0; i < count; i++)
        if (dgm_code_set_eq(sets[i], codes))
            return true;
    return false;
}

/* All who take part, whatever their side. */
static bool same_pool(dgm_code_set actors, dgm_code_set recipients, const dgm_scored *predicted)
{
    const dgm_code_set gold_sides[] = {actors, recipients};
    const dgm_code_set sides[] = {predicted->actors, predicted->recipients};
    return dgm_code_sets_hold(gold_sides, sides) && dgm_code_sets_hold(sides, gold_sides);
}

bool dgm_score_same_actors(const dgm_scored *gold, const dgm_scored *predicted)
{
    if (!is_two_sided(gold, predicted))
        return is_one_of(gold->actor_sets, gold->actor_set_count, predicted->actors) &&
               is_one_of(gold->recipient_sets, gold->recipient_set_count, predicted->recipients);
    for (uint32_t a = 0; a < gold->actor_set_count; a++)
        for (uint32_t r = 0; r < gold->recipient_set_count; r++)
            if (same_pool(gold->actor_sets[a], gold->recipient_sets[r], predicted))
                return true;
    return false;
}

bool dgm_score_same_when(const dgm_scored *gold, const dgm_scored *predicted)
{
    const dgm_score_days when = predicted->when;
    const bool has_time = when.is_given && (when.has_from || when.has_to);
    if (gold->is_any_time || (gold->takes_no_time && !has_time))
        return true;
    for (uint32_t i = 0; i < gold->when_count; i++)
        if (dgm_score_same_time(gold->whens[i], when))
            return true;
    return false;
}

static bool has_label(const dgm_str *labels, uint32_t count, dgm_str label)
{
    for (uint32_t i = 0; i < count; i++)
        if (dgm_str_eq(labels[i], label))
            return true;
    return false;
}

bool dgm_score_same_modality(const dgm_scored *gold, const dgm_scored *predicted)
{
    return has_label(gold->modalities, gold->modality_count, predicted->modality);
}

int dgm_score_level(const dgm_score *score, const dgm_scored *gold, const dgm_scored *predicted)
{
    if (!has_label(gold->types, gold->type_count, predicted->type) || !predicted->known ||
        !dgm_str_is(predicted->kind, dgm_kind_name(dgm_type_kind(predicted->known))) ||
        !dgm_score_same_sentence(score, gold, predicted))
        return DGM_LEVEL_NONE;
    if (!dgm_score_same_actors(gold, predicted))
        return DGM_LEVEL_DETECTION;
    if (!dgm_score_same_when(gold, predicted))
        return DGM_LEVEL_ACTORS;
    return dgm_score_same_modality(gold, predicted) ? DGM_LEVEL_MODALITY : DGM_LEVEL_WHEN;
}

/* Attribution. */

static const json_t *named_source(const json_t *attribution)
{
    const bool names = dgm_json_is_true(json_object_get(attribution, "text")) ||
                       dgm_json_is_true(json_object_get(attribution, "codes"));
    return names ? attribution : NULL;
}

static bool next_word(dgm_str *rest, dgm_str *word)
{
    size_t from = 0, at = 0;
    bool is_inside = false;
    while (at < rest->len) {
        int32_t point;
        const size_t used = dgm_utf8_decode(dgm_str_sub(*rest, at, rest->len - at), &point);
        const bool is_part = point == '_' || dgm_utf8_is_letter(point) || dgm_utf8_is_digit(point);
        if (is_inside && !is_part)
            break;
        if (!is_inside && is_part)
            from = at;
        is_inside |= is_part;
        at += used;
    }
    *word = dgm_str_sub(*rest, from, is_inside ? at - from : 0);
    *rest = dgm_str_sub(*rest, at, rest->len - at);
    return is_inside;
}

static bool share_word(dgm_score *score, dgm_str a, dgm_str b)
{
    dgm_map words;
    dgm_str word;
    dgm_map_init(&words, score->arena);
    a = dgm_utf8_lower(score->arena, a);
    b = dgm_utf8_lower(score->arena, b);
    while (next_word(&a, &word))
        if (dgm_map_get(&score->stop_words, word) == DGM_MAP_NONE)
            dgm_map_put(&words, word, 1);
    while (next_word(&b, &word))
        if (dgm_map_get(&words, word) != DGM_MAP_NONE)
            return true;
    return false;
}

bool dgm_score_same_attribution(dgm_score *score, const json_t *gold, const json_t *predicted)
{
    gold = named_source(gold);
    predicted = named_source(predicted);
    if (!gold || !predicted)
        return !gold && !predicted;
    const dgm_code_set a = dgm_score_codes(score, json_object_get(gold, "codes"));
    const dgm_code_set b = dgm_score_codes(score, json_object_get(predicted, "codes"));
    if (a.count && b.count)
        return dgm_code_set_eq(a, b);
    return share_word(score, dgm_json_text(json_object_get(gold, "text")),
                      dgm_json_text(json_object_get(predicted, "text")));
}

/* Pairs. */

dgm_pairing dgm_pairing_new(const dgm_score *score)
{
    dgm_pairing pairs = {DGM_ARRAY(score->arena, int32_t, score->gold.count + 1),
                         DGM_ARRAY(score->arena, int32_t, score->predicted.count + 1)};
    for (uint32_t i = 0; i < score->gold.count; i++)
        pairs.predicted_of[i] = -1;
    for (uint32_t i = 0; i < score->predicted.count; i++)
        pairs.gold_of[i] = -1;
    return pairs;
}

uint32_t dgm_score_first_of(const dgm_score *score, dgm_str document)
{
    return dgm_map_get(&score->by_document,
                       score->is_one_document || !document.ptr ? DGM_STR("-") : document);
}

typedef struct search {
    int32_t *from;   /* by prediction: the gold that reached it */
    uint32_t *stamp; /* by prediction: the search that saw it */
    uint32_t *queue, head, tail;
} search;

/* The first free prediction that a chain of re-pairings reaches from `root`, breadth first; -1. */
static int32_t find_free(search *it, const dgm_pairing *pairs, uint32_t root, uint32_t stamp,
                         const dgm_candidates *candidates, int level)
{
    it->head = it->tail = 0;
    it->queue[it->tail++] = root;
    while (it->head < it->tail) {
        const uint32_t gold = it->queue[it->head++];
        const dgm_candidates *of = &candidates[gold];
        for (uint32_t i = 0; i < of->count && (!of->levels || of->levels[i] >= level); i++) {
            const uint32_t predicted = of->items[i];
            if (it->stamp[predicted] == stamp)
                continue;
            it->stamp[predicted] = stamp;
            it->from[predicted] = (int32_t)gold;
            if (pairs->gold_of[predicted] < 0)
                return (int32_t)predicted;
            it->queue[it->tail++] = (uint32_t)pairs->gold_of[predicted];
        }
    }
    return -1;
}

void dgm_score_pair(dgm_arena *arena, dgm_pairing *pairs, const uint32_t *order, uint32_t count,
                    const dgm_candidates *candidates, int level, const dgm_score *score)
{
    search it = {DGM_ARRAY(arena, int32_t, score->predicted.count + 1),
                 DGM_ARRAY(arena, uint32_t, score->predicted.count + 1),
                 DGM_ARRAY(arena, uint32_t, score->predicted.count + 2), 0, 0};
    for (uint32_t i = 0; i < count; i++) {
        if (pairs->predicted_of[order[i]] >= 0)
            continue;
        int32_t free_one = find_free(&it, pairs, order[i], i + 1, candidates, level);
        while (free_one >= 0) {
            const int32_t gold = it.from[free_one], old = pairs->predicted_of[gold];
            pairs->gold_of[free_one] = gold;
            pairs->predicted_of[gold] = free_one;
            free_one = old;
        }
    }
}
