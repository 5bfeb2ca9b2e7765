/* The learned attributions at work: maps the weights, finds cues, and labels the surroundings of
 * each with the best sequence (Viterbi). In: data/model/attribution.bin, readings of
 * scope_features.c. Out: source, cue and content as spans. All sums are of integers. */
#include "code/scope_model.h"

enum { FIRST_SCORE = -1000000000, MOST_PROBES = 64 };

bool dgm_span_follows(int a, int b)
{
    int role_a = a ? (a - 1) / DGM_PLACE_COUNT : -1, at_a = a ? (a - 1) % DGM_PLACE_COUNT : 0;
    int role_b = b ? (b - 1) / DGM_PLACE_COUNT : -1, at_b = b ? (b - 1) % DGM_PLACE_COUNT : 0;
    bool is_open = a && at_a <= DGM_PLACE_INSIDE;
    bool goes_on = b && (at_b == DGM_PLACE_INSIDE || at_b == DGM_PLACE_LAST);
    return is_open ? goes_on && role_a == role_b : !goes_on;
}

dgm_status dgm_spans_open(dgm_spans_model *out, const char *name, dgm_str bytes, dgm_error *err)
{
    const dgm_spans_header *h = (const void *)bytes.ptr;
    size_t fixed = sizeof *h + sizeof(int16_t) * DGM_SPAN_LANES * DGM_SPAN_LANES;
    if (bytes.len < fixed || memcmp(h->magic, DGM_SPANS_MAGIC, 8) != 0)
        return dgm_fail(err, DGM_ERROR_FORMAT, name, 0, "these are no weights of attribution");
    size_t row = sizeof(uint32_t) + DGM_SPAN_LANES;
    if (!h->capacity || (h->capacity & (h->capacity - 1)) ||
        (bytes.len - fixed) / row != h->capacity || (bytes.len - fixed) % row != 0)
        return dgm_fail(err, DGM_ERROR_FORMAT, name, 0,
                        "the size does not fit the table of weights");
    const char *at = bytes.ptr + sizeof *h;
    *out = (dgm_spans_model){.transitions = (const void *)at,
                             .keys = (const void *)(bytes.ptr + fixed),
                             .capacity = h->capacity,
                             .threshold = h->threshold};
    out->rows = (const void *)(out->keys + h->capacity);
    return DGM_OK;
}

const int8_t *dgm_spans_row(const dgm_spans_model *model, uint32_t feature)
{
    uint32_t at = feature & (model->capacity - 1);
    for (int probe = 0; probe < MOST_PROBES; probe++) {
        if (model->keys[at] == feature)
            return &model->rows[(size_t)at * DGM_SPAN_LANES];
        if (!model->keys[at])
            return NULL;
        at = (at + 1) & (model->capacity - 1);
    }
    return NULL;
}

bool dgm_spans_is_cue(const dgm_spans_model *model, const dgm_reading *reading, int32_t token)
{
    dgm_features features;
    int32_t score = 0;
    if (!dgm_may_be_cue(reading, token))
        return false;
    dgm_cue_features(reading, token, &features);
    for (uint32_t i = 0; i < features.count; i++) {
        const int8_t *row = dgm_spans_row(model, features.items[i]);
        score += row ? row[DGM_LANE_CUE] : 0;
    }
    return score > model->threshold;
}

/* Transitions with those that may not be set apart. */
static void fill_steps(const int32_t *transitions, int32_t steps[DGM_SPAN_LANES][DGM_SPAN_LANES])
{
    for (int to = 0; to < DGM_SPAN_LABELS; to++)
        for (int from = 0; from < DGM_SPAN_LABELS; from++)
            steps[to][from] =
                dgm_span_follows(from, to) ? transitions[from * DGM_SPAN_LANES + to] : FIRST_SCORE;
}

/* Best predecessor of a label: its score goes to *best. */
static int best_before(const int32_t *scores, const int32_t *steps, int32_t *best)
{
    int from = 0;
    *best = FIRST_SCORE;
    for (int a = 0; a < DGM_SPAN_LABELS; a++)
        if (scores[a] > FIRST_SCORE && scores[a] + steps[a] > *best && steps[a] > FIRST_SCORE) {
            *best = scores[a] + steps[a];
            from = a;
        }
    return from;
}

static int best_end(const int32_t *scores)
{
    int label = 0;
    for (int b = 1; b < DGM_SPAN_LABELS; b++)
        if (dgm_span_follows(b, 0) && scores[b] > scores[label])
            label = b;
    return label;
}

void dgm_spans_decode(const dgm_window *window, const int32_t *scores, const int32_t *transitions,
                      uint8_t *labels)
{
    int32_t last[DGM_SPAN_LANES], next[DGM_SPAN_LANES], steps[DGM_SPAN_LANES][DGM_SPAN_LANES];
    uint8_t *from =
        DGM_ARRAY(window->reading->view.arena, uint8_t, (size_t)window->count * DGM_SPAN_LANES);
    fill_steps(transitions, steps);
    for (int label = 0; label < DGM_SPAN_LANES; label++)
        last[label] = label ? FIRST_SCORE : 0; /* what stands before the first is outside */
    for (int32_t i = 0; i < window->count; i++) {
        for (int label = 0; label < DGM_SPAN_LANES; label++) {
            next[label] = FIRST_SCORE;
            if (label >= DGM_SPAN_LABELS || !dgm_place_allows(window, i, label))
                continue;
            int32_t best;
            int32_t at = i * DGM_SPAN_LANES + label;
            from[at] = (uint8_t)best_before(last, steps[label], &best);
            if (best > FIRST_SCORE)
                next[label] = best + scores[at];
        }
        memcpy(last, next, sizeof last);
    }
    int label = best_end(last);
    for (int32_t i = window->count - 1; i >= 0; i--) {
        labels[i] = (uint8_t)label;
        label = from[i * DGM_SPAN_LANES + label];
    }
}

static void add_rows(const dgm_spans_model *model, const dgm_features *features, int32_t *scores)
{
    for (uint32_t f = 0; f < features->count; f++) {
        const int8_t *row = dgm_spans_row(model, features->items[f]);
        for (int lane = 0; row && lane < DGM_SPAN_LANES; lane++)
            scores[lane] += row[lane];
    }
}

static dgm_span span_at(const dgm_window *w, int32_t place)
{
    return dgm_view_token(&w->places[place].reading->view, w->places[place].token)->span;
}

/* Of several sources the one nearest to the cue. */
static void take_source(dgm_attribution_span *out, dgm_span span, int32_t distance,
                        int32_t *nearest)
{
    if (out->source.len && distance >= *nearest)
        return;
    out->source = span;
    *nearest = distance;
}

static dgm_attribution_span collect(const dgm_window *w, const uint8_t *labels)
{
    dgm_attribution_span out = {.cue_token = w->cue, .rate = 100};
    int32_t nearest = 0;
    for (int32_t i = 0; i < w->count; i++) {
        if (!labels[i])
            continue;
        int role = (labels[i] - 1) / DGM_PLACE_COUNT;
        int32_t last = i;
        while (last + 1 < w->count && (labels[last] - 1) % DGM_PLACE_COUNT <= DGM_PLACE_INSIDE)
            last++;
        dgm_span span = dgm_span_join(span_at(w, i), span_at(w, last));
        if (role == DGM_ROLE_SOURCE)
            take_source(&out, span, i > w->at ? i - w->at : w->at - last, &nearest);
        else if (role == DGM_ROLE_CUE)
            out.cue = span;
        else if (out.content_count < DGM_CONTENT_PARTS)
            out.content[out.content_count++] = span;
        i = last;
    }
    return out;
}

dgm_attribution_span dgm_spans_read(const dgm_spans_model *model, const dgm_reading *reading,
                                    int32_t cue)
{
    dgm_arena *arena = reading->view.arena;
    dgm_window *window = dgm_window_new(reading, cue);
    int32_t transitions[DGM_SPAN_LANES * DGM_SPAN_LANES];
    for (int i = 0; i < DGM_SPAN_LANES * DGM_SPAN_LANES; i++)
        transitions[i] = model->transitions[i];
    int32_t *scores = DGM_ARRAY(arena, int32_t, (size_t)window->count * DGM_SPAN_LANES);
    uint8_t *labels = DGM_ARRAY(arena, uint8_t, (size_t)window->count);
    dgm_features features;
    for (int32_t i = 0; i < window->count; i++) {
        dgm_place_features(window, i, &features);
        add_rows(model, &features, &scores[i * DGM_SPAN_LANES]);
    }
    dgm_spans_decode(window, scores, transitions, labels);
    return collect(window, labels);
}
