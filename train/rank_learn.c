/* Learning: multinomial logistic regression over hashed features, AdaGrad, one thread, sums in a
 * fixed order. A label may leave several classes open (YIELD; a class of four): their probability
 * together counts. */
#include "rank.h"

#include <math.h>
#include <stdlib.h>

static uint64_t next_random(uint64_t *state)
{
    *state += 0x9e3779b97f4a7c15ULL;
    uint64_t z = *state;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
}

static int by_number(const void *a, const void *b)
{
    uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;
    return x < y ? -1 : x > y;
}

static uint32_t place_of(const samples *all, uint32_t hash)
{
    uint32_t from = 0, to = all->hash_count;
    while (to - from > 1) {
        uint32_t middle = from + (to - from) / 2;
        if (all->hashes[middle] <= hash)
            from = middle;
        else
            to = middle;
    }
    return from;
}

void number_features(samples *all)
{
    size_t total = 0, at = 0;
    for (uint32_t i = 0; i < all->count; i++)
        total += all->items[i].count;
    all->hashes = DGM_ARRAY(all->arena, uint32_t, total + 1);
    for (uint32_t i = 0; i < all->count; i++)
        for (uint32_t k = 0; k < all->items[i].count; k++)
            all->hashes[at++] = all->items[i].items[k].hash;
    qsort(all->hashes, total, sizeof *all->hashes, by_number);
    for (size_t i = 0; i < total; i++)
        if (!i || all->hashes[i] != all->hashes[all->hash_count - 1])
            all->hashes[all->hash_count++] = all->hashes[i];
    for (uint32_t i = 0; i < all->count; i++) {
        sample *of = &all->items[i];
        of->ids = DGM_ARRAY(all->arena, uint32_t, of->count + 1);
        for (uint32_t k = 0; k < of->count; k++)
            of->ids[k] = place_of(all, of->items[k].hash);
    }
}

/* The features of one step: their rows and scales. */
typedef struct draw {
    uint32_t count, capacity;
    uint32_t *ids;
    float *scales;
} draw;

static void sums_of(const weights *w, const draw *of, float sums[DGM_RANK_COLS])
{
    memcpy(sums, w->bias, DGM_RANK_COLS * sizeof *sums);
    for (uint32_t i = 0; i < of->count; i++) {
        const float *row = w->w + (size_t)of->ids[i] * DGM_RANK_COLS;
        for (int c = 0; c < DGM_RANK_COLS; c++)
            sums[c] += of->scales[i] * row[c];
    }
}

/* The kept features of a sample, some left out by chance when `random` is given; those that stay
 * weigh the more. */
static void draw_features(draw *out, const weights *w, const settings *with, const sample *of,
                          uint64_t *random)
{
    float stay = random ? 1 - with->drop : 1;
    uint64_t limit = (uint64_t)(with->drop * 65536);
    out->count = 0;
    if (out->capacity < of->count) {
        out->capacity = of->count;
        out->ids = realloc(out->ids, out->capacity * sizeof *out->ids);
        out->scales = realloc(out->scales, out->capacity * sizeof *out->scales);
    }
    for (uint32_t i = 0; out->ids && out->scales && i < of->count; i++) {
        float scale = with->scale[of->items[i].group];
        if (!w->is_kept[of->ids[i]] || scale == 0 ||
            (random && (next_random(random) & 65535) < limit))
            continue;
        out->ids[out->count] = of->ids[i];
        out->scales[out->count++] = scale / stay;
    }
}

static void soft(const float sums[DGM_RANK_COLS], double part[DGM_RANK_CLASSES])
{
    double most = sums[0], total = 0;
    for (int c = 1; c < DGM_RANK_CLASSES; c++)
        most = sums[c] > most ? sums[c] : most;
    for (int c = 0; c < DGM_RANK_CLASSES; c++)
        total += part[c] = exp(sums[c] - most);
    for (int c = 0; c < DGM_RANK_CLASSES; c++)
        part[c] /= total;
}

void class_parts(const weights *w, const settings *with, const sample *of,
                 double part[DGM_RANK_CLASSES])
{
    float sums[DGM_RANK_COLS];
    draw all = {0};
    draw_features(&all, w, with, of, NULL);
    sums_of(w, &all, sums);
    soft(sums, part);
    free(all.ids);
    free(all.scales);
}

/* Gradient by the sums. PLV says nothing of class 0, so that it doesn't count there. */
static void gradient(const sample *of, double part[DGM_RANK_CLASSES], float out[DGM_RANK_COLS])
{
    double open = 1e-12;
    for (int c = 0; c < DGM_RANK_CLASSES; c++)
        open += of->allowed >> c & 1 ? part[c] : 0;
    for (int c = 0; c < DGM_RANK_CLASSES; c++) {
        double want = of->origin == FROM_HINT ? of->hint[c]
                      : of->allowed >> c & 1  ? part[c] / open
                                              : 0;
        out[c] = (float)(part[c] - want);
    }
    for (int c = DGM_RANK_CLASSES; c < DGM_RANK_COLS; c++)
        out[c] = 0;
}

typedef struct state {
    weights w;
    draw draw;
    uint64_t random;
    float *seen; /* squares of gradients, [rows][DGM_RANK_COLS] */
    float bias_seen[DGM_RANK_COLS];
} state;

static void step(state *at, const settings *with, const sample *of)
{
    float sums[DGM_RANK_COLS], slope[DGM_RANK_COLS];
    double part[DGM_RANK_CLASSES];
    draw_features(&at->draw, &at->w, with, of, with->drop > 0 ? &at->random : NULL);
    sums_of(&at->w, &at->draw, sums);
    soft(sums, part);
    gradient(of, part, slope);
    float much = with->origin_weight[of->origin];
    for (int c = 0; c < DGM_RANK_COLS; c++) {
        float g = much * slope[c];
        at->bias_seen[c] += g * g;
        at->w.bias[c] -= with->rate * g / (sqrtf(at->bias_seen[c]) + 1e-3f);
    }
    for (uint32_t i = 0; i < at->draw.count; i++) {
        float scale = much * at->draw.scales[i];
        size_t first = (size_t)at->draw.ids[i] * DGM_RANK_COLS;
        float *row = at->w.w + first, *seen = at->seen + first;
        for (int c = 0; c < DGM_RANK_COLS; c++) {
            float g = scale * slope[c] + with->decay * row[c];
            seen[c] += g * g;
            row[c] -= with->rate * g / (sqrtf(seen[c]) + 1e-3f);
        }
    }
}

/* Samples to learn from: not of the fold, and not of a text that the fold has. */
static uint32_t choose(const samples *from, int without, const sample **out)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < from->count; i++) {
        const sample *here = &from->items[i];
        bool is_held_out = without != ALL_FOLDS && here->fold == without;
        if (here->origin == FROM_HINT) /* the teacher of a fold has not seen its sentences */
            is_held_out = here->fold != ALL_FOLDS && here->fold != without;
        for (uint32_t k = 0; k < from->count && !is_held_out && without != ALL_FOLDS; k++)
            is_held_out = from->items[k].text == here->text && from->items[k].fold == without &&
                          from->items[k].origin != FROM_HINT;
        if (!is_held_out)
            out[count++] = here;
    }
    return count;
}

static void shuffle(const sample **items, uint32_t count, uint64_t *random)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t k = (uint32_t)(next_random(random) % i);
        const sample *kept = items[i - 1];
        items[i - 1] = items[k];
        items[k] = kept;
    }
}

/* Features that enough samples have; a sample that has one twice counts once. */
static void keep_frequent(weights *w, const sample **chosen, uint32_t count, long least)
{
    uint32_t *last = calloc(w->rows + 1, sizeof *last), *seen = calloc(w->rows + 1, sizeof *seen);
    for (uint32_t i = 0; last && seen && i < count; i++)
        for (uint32_t k = 0; k < chosen[i]->count; k++) {
            uint32_t id = chosen[i]->ids[k];
            if (last[id] == i + 1)
                continue;
            last[id] = i + 1;
            w->is_kept[id] = ++seen[id] >= least;
        }
    free(last);
    free(seen);
}

/* What comes out is the mean of the weights after each epoch of the second half. */
static void add_to_mean(float *mean, const weights *w, size_t numbers, float epochs)
{
    for (size_t i = 0; i < numbers; i++)
        mean[i] += w->w[i] / epochs;
    for (int c = 0; c < DGM_RANK_COLS; c++)
        mean[numbers + c] += w->bias[c] / epochs;
}

static void take_mean(weights *w, const float *mean, size_t numbers)
{
    if (!mean)
        return;
    memcpy(w->w, mean, numbers * sizeof *mean);
    memcpy(w->bias, mean + numbers, sizeof w->bias);
}

static weights learn_once(const samples *from, const settings *with, int without, long seed)
{
    state at = {.w.rows = from->hash_count, .random = (uint64_t)seed + 1};
    float *mean = NULL;
    size_t numbers = (size_t)at.w.rows * DGM_RANK_COLS;
    const sample **chosen = calloc(from->count + 1, sizeof *chosen);
    at.w.is_kept = calloc(at.w.rows + 1, sizeof *at.w.is_kept);
    at.w.w = calloc(numbers, sizeof *at.w.w);
    at.seen = calloc(numbers, sizeof *at.seen);
    uint64_t random = (uint64_t)seed;
    if (chosen && at.w.w && at.seen && at.w.is_kept) {
        uint32_t count = choose(from, without, chosen);
        keep_frequent(&at.w, chosen, count, with->least);
        for (long epoch = 0; epoch < with->epochs; epoch++) {
            shuffle(chosen, count, &random);
            for (uint32_t i = 0; i < count; i++)
                step(&at, with, chosen[i]);
            if (epoch == with->epochs / 2)
                mean = calloc(numbers + DGM_RANK_COLS, sizeof *mean);
            if (mean)
                add_to_mean(mean, &at.w, numbers, (float)(with->epochs - with->epochs / 2));
        }
        take_mean(&at.w, mean, numbers);
    }
    free(mean);
    free(at.draw.ids);
    free(at.draw.scales);
    free(chosen);
    free(at.seen);
    return at.w;
}

/* Each beginning draws and shuffles otherwise; the mean of linear models is one. */
weights learn_weights(const samples *from, const settings *with, int without)
{
    weights mean = learn_once(from, with, without, with->seed);
    const float part = 1 / (float)with->seeds;
    const size_t numbers = (size_t)mean.rows * DGM_RANK_COLS;
    for (long k = 1; mean.w && k < with->seeds; k++) {
        weights other = learn_once(from, with, without, with->seed + k);
        for (size_t i = 0; other.w && i < numbers; i++)
            mean.w[i] += other.w[i];
        for (int c = 0; c < DGM_RANK_COLS; c++)
            mean.bias[c] += other.bias[c];
        weights_free(&other);
    }
    for (size_t i = 0; mean.w && i < numbers; i++)
        mean.w[i] *= part;
    for (int c = 0; c < DGM_RANK_COLS; c++)
        mean.bias[c] *= part;
    return mean;
}

void weights_free(weights *w)
{
    free(w->w);
    free(w->is_kept);
    *w = (weights){0};
}
