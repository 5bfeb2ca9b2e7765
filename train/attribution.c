/* dragoman-train-attribution: learns which words attribute and which spans go with them.
 *
 *   dragoman-train-attribution --out FILE [--epochs N] [--documents N] [--nine-tenths] DIR
 *
 * In: the train part of PolNeAR in DIR (polnear.h), parsed by the built-in model. Out: the weights
 * that src/code/scope_model.c maps. Two averaged perceptrons (Collins 2002) over the features of
 * src/code/scope_features.c: one for cues, one for the best sequence of labels around a cue. All
 * sums are of integers and nothing is drawn by chance but the order of examples, from a fixed seed:
 * the same texts give the same bytes. */
#include "code/scope_model.h"
#include "polnear.h"

#include <stdio.h>
#include <stdlib.h>

enum { USAGE_ERROR = 2, WORLD_ERROR = 3, LEAST_SEEN = 4, TARGET_WEIGHT = 127, MOST_ROWS = 3 << 16 };

typedef struct example {
    uint32_t *items;   /* features of all its places, one after the other */
    uint32_t *starts;  /* [count + 1] into items */
    uint8_t *labels;   /* gold; of a cue example one byte, 0 or 1 */
    dgm_window *shape; /* for what is allowed; NULL for a cue example */
    int32_t count;
} example;

typedef struct examples {
    example *items;
    uint32_t count, capacity;
} examples;

typedef struct weights { /* of one feature */
    int32_t lane[DGM_SPAN_LANES];
} weights;

typedef struct sums { /* of its updates times the step at which they were made */
    int64_t lane[DGM_SPAN_LANES];
} sums;

typedef struct trainer {
    polnear corpus;
    dgm_arena *arena; /* examples */
    const char *out, *dir;
    long epochs, documents;
    polnear_share share;
    examples cues, spans;
    uint32_t *keys, *seen, *rows; /* open hash table: feature, how often, its row */
    uint32_t capacity, distinct, kept;
    weights *weights; /* [kept] */
    sums *sums;       /* [kept] */
    int32_t transitions[DGM_SPAN_LANES * DGM_SPAN_LANES];
    int64_t transition_sums[DGM_SPAN_LANES * DGM_SPAN_LANES];
    int64_t step;
    int32_t threshold;
} trainer;

/* Examples */

static uint32_t place_of_key(const trainer *it, uint32_t key)
{
    uint32_t at = key & (it->capacity - 1);
    while (it->keys[at] && it->keys[at] != key)
        at = (at + 1) & (it->capacity - 1);
    return at;
}

static void grow_table(trainer *it)
{
    trainer old = *it;
    it->capacity = old.capacity ? 2 * old.capacity : 1U << 20;
    it->keys = calloc(it->capacity, sizeof *it->keys);
    it->seen = calloc(it->capacity, sizeof *it->seen);
    if (!it->keys || !it->seen)
        exit(WORLD_ERROR);
    for (uint32_t i = 0; i < old.capacity; i++)
        if (old.keys[i]) {
            uint32_t at = place_of_key(it, old.keys[i]);
            it->keys[at] = old.keys[i];
            it->seen[at] = old.seen[i];
        }
    free(old.keys);
    free(old.seen);
}

static void see(trainer *it, uint32_t key)
{
    if (2 * it->distinct >= it->capacity)
        grow_table(it);
    uint32_t at = place_of_key(it, key);
    it->distinct += !it->keys[at];
    it->keys[at] = key;
    it->seen[at]++;
}

static void keep_features(trainer *it, uint32_t *to, const dgm_features *features)
{
    for (uint32_t i = 0; i < features->count; i++) {
        to[i] = features->items[i];
        see(it, to[i]);
    }
}

static void add_cue_example(trainer *it, const dgm_reading *reading, int32_t token, bool is_cue)
{
    dgm_features features;
    dgm_cue_features(reading, token, &features);
    example e = {.count = 1};
    e.items = DGM_ARRAY(it->arena, uint32_t, features.count);
    e.starts = DGM_ARRAY(it->arena, uint32_t, 2);
    e.labels = DGM_ARRAY(it->arena, uint8_t, 1);
    e.starts[1] = features.count;
    e.labels[0] = is_cue;
    keep_features(it, e.items, &features);
    DGM_PUSH(it->arena, it->cues.items, it->cues.count, it->cues.capacity, e);
}

/* What decoding asks of a window later on, when its document is gone. */
static dgm_window *shape_of(trainer *it, const dgm_window *window)
{
    dgm_window *shape = DGM_NEW(it->arena, dgm_window);
    dgm_reading *own = DGM_NEW(it->arena, dgm_reading), *other = DGM_NEW(it->arena, dgm_reading);
    own->view.arena = it->corpus.work;
    *shape =
        (dgm_window){.reading = own, .cue = window->cue, .count = window->count, .at = window->at};
    shape->places = DGM_ARRAY(it->arena, dgm_span_place, (uint32_t)window->count);
    for (int32_t i = 0; i < window->count; i++)
        shape->places[i].reading = window->places[i].reading == window->reading ? own : other;
    return shape;
}

static void add_span_example(trainer *it, const dgm_window *window, const uint8_t *labels)
{
    uint32_t count = (uint32_t)window->count, total = 0;
    dgm_features *features = malloc(count * sizeof *features);
    example e = {.count = window->count, .shape = shape_of(it, window)};
    if (!features)
        exit(WORLD_ERROR);
    e.starts = DGM_ARRAY(it->arena, uint32_t, count + 1);
    e.labels = DGM_ARRAY(it->arena, uint8_t, count);
    memcpy(e.labels, labels, count);
    for (uint32_t i = 0; i < count; i++) {
        dgm_place_features(window, (int32_t)i, &features[i]);
        total += features[i].count;
        e.starts[i + 1] = total;
    }
    e.items = DGM_ARRAY(it->arena, uint32_t, total);
    for (uint32_t i = 0; i < count; i++)
        keep_features(it, e.items + e.starts[i], &features[i]);
    free(features);
    DGM_PUSH(it->arena, it->spans.items, it->spans.count, it->spans.capacity, e);
}

/* Gold as labels */

static bool holds(const polnear_item *item, polnear_range token)
{
    for (uint32_t i = 0; item && i < item->count; i++)
        if (item->parts[i].begin < token.end && token.begin < item->parts[i].end)
            return true;
    return false;
}

static polnear_range token_points(const trainer *it, const dgm_reading *reading, int32_t token)
{
    return polnear_points(&it->corpus, dgm_view_token(&reading->view, token)->span);
}

/* The word that heads the cue: that of its words whose own head is outside, verbs first. */
static int32_t head_of_cue(const trainer *it, const dgm_reading *reading, const polnear_item *cue)
{
    int32_t best = DGM_NO_TOKEN, best_rank = 9;
    for (int32_t i = 0; i < reading->view.tree->count; i++) {
        if (!holds(cue, token_points(it, reading, i)) || !dgm_may_be_cue(reading, i))
            continue;
        const dgm_token *token = dgm_view_token(&reading->view, i);
        bool is_inner = token->head >= 0 && holds(cue, token_points(it, reading, token->head)) &&
                        dgm_may_be_cue(reading, token->head);
        int32_t rank = 4 * is_inner + (token->upos == DGM_VERB   ? 0
                                       : token->upos == DGM_NOUN ? 1
                                       : token->upos == DGM_ADJ  ? 2
                                                                 : 3);
        if (rank < best_rank) {
            best_rank = rank;
            best = i;
        }
    }
    return best;
}

/* Part of an item that the token belongs to, or -1. */
static int32_t part_of(const polnear_item *item, polnear_range token)
{
    for (uint32_t i = 0; item && i < item->count; i++)
        if (item->parts[i].begin < token.end && token.begin < item->parts[i].end)
            return (int32_t)i;
    return -1;
}

static void label_role(const trainer *it, const dgm_window *window, const polnear_item *item,
                       int role, uint8_t *labels)
{
    for (int32_t i = 0; i < window->count; i++) {
        int32_t last = i;
        const dgm_span_place *place = &window->places[i];
        int32_t part = part_of(item, token_points(it, place->reading, place->token));
        if (part < 0 || labels[i])
            continue;
        while (last + 1 < window->count && !labels[last + 1] &&
               part_of(item, token_points(it, window->places[last + 1].reading,
                                          window->places[last + 1].token)) == part)
            last++;
        for (int32_t k = i; k <= last; k++)
            labels[k] = (uint8_t)dgm_span_label(role, i == last   ? DGM_PLACE_ONLY
                                                      : k == i    ? DGM_PLACE_FIRST
                                                      : k == last ? DGM_PLACE_LAST
                                                                  : DGM_PLACE_INSIDE);
        i = last;
    }
}

static bool is_allowed(const dgm_window *window, const uint8_t *labels)
{
    for (int32_t i = 0; i < window->count; i++)
        if (!dgm_place_allows(window, i, labels[i]))
            return false;
    return true;
}

static void add_event(trainer *it, const polnear_gold *gold, const polnear_event *event,
                      const dgm_reading *reading, int32_t cue)
{
    static const int order[] = {POLNEAR_CUE, POLNEAR_SOURCE, POLNEAR_CONTENT};
    static const int roles[] = {DGM_ROLE_CUE, DGM_ROLE_SOURCE, DGM_ROLE_CONTENT};
    const dgm_window *window = dgm_window_new(reading, cue);
    uint8_t *labels = DGM_ARRAY(it->corpus.work, uint8_t, (uint32_t)window->count);
    for (int k = 0; k < POLNEAR_ROLES; k++)
        label_role(it, window, polnear_item_of(gold, event->items[order[k]]), roles[k], labels);
    if (is_allowed(window, labels))
        add_span_example(it, window, labels);
}

static bool is_in_sentence(const trainer *it, const polnear_item *cue, const dgm_reading *reading)
{
    const dgm_view *view = &reading->view;
    return cue && holds(cue, polnear_points(&it->corpus,
                                            view->grounded->text->sentences[view->index].span));
}

static void take_sentence(trainer *it, const polnear_gold *gold, const dgm_grounded *grounded,
                          uint32_t index)
{
    const dgm_reading *reading =
        dgm_reading_new(it->corpus.scopes, it->corpus.work, grounded, index);
    int32_t count = reading->view.tree->count;
    uint8_t *is_cue = DGM_ARRAY(it->corpus.work, uint8_t, (uint32_t)count);
    for (uint32_t e = 0; e < gold->event_count; e++) {
        const polnear_item *item = polnear_item_of(gold, gold->events[e].items[POLNEAR_CUE]);
        int32_t cue =
            is_in_sentence(it, item, reading) ? head_of_cue(it, reading, item) : DGM_NO_TOKEN;
        if (cue < 0)
            continue;
        if (!is_cue[cue])
            add_event(it, gold, &gold->events[e], reading, cue);
        is_cue[cue] = 1;
    }
    for (int32_t i = 0; i < count; i++)
        if (dgm_may_be_cue(reading, i))
            add_cue_example(it, reading, i, is_cue[i]);
}

static void take_document(void *payload, const dgm_grounded *grounded, const polnear_gold *gold)
{
    trainer *it = payload;
    for (uint32_t s = 0; s < grounded->text->count; s++)
        if (grounded->sentences[s].tree->count <= 300)
            take_sentence(it, gold, grounded, s);
}

/* Learning */

/* Features become rows; those seen too rarely are left out. */
static void number_features(trainer *it)
{
    it->rows = calloc(it->capacity, sizeof *it->rows);
    if (!it->rows)
        exit(WORLD_ERROR);
    for (uint32_t i = 0; i < it->capacity; i++)
        it->rows[i] = it->keys[i] && it->seen[i] >= LEAST_SEEN ? it->kept++ : UINT32_MAX;
    it->weights = calloc(it->kept + 1, sizeof *it->weights);
    it->sums = calloc(it->kept + 1, sizeof *it->sums);
    if (!it->weights || !it->sums)
        exit(WORLD_ERROR);
}

static void rename_features(trainer *it, examples *of)
{
    for (uint32_t i = 0; i < of->count; i++) {
        example *e = &of->items[i];
        uint32_t kept = 0, from = 0;
        for (int32_t k = 0; k < e->count; k++) {
            for (; from < e->starts[k + 1]; from++) {
                uint32_t row = it->rows[place_of_key(it, e->items[from])];
                if (row != UINT32_MAX)
                    e->items[kept++] = row;
            }
            e->starts[k + 1] = kept;
        }
    }
}

static uint32_t next_random(uint64_t *state)
{
    *state = *state * 6364136223846793005ULL + 1442695040888963407ULL;
    return (uint32_t)(*state >> 33);
}

static void shuffle(examples *of, uint64_t *state)
{
    for (uint32_t i = of->count; i > 1; i--) {
        uint32_t k = next_random(state) % i;
        example swap = of->items[i - 1];
        of->items[i - 1] = of->items[k];
        of->items[k] = swap;
    }
}

static void add_weight(trainer *it, uint32_t row, int lane, int32_t by)
{
    it->weights[row].lane[lane] += by;
    it->sums[row].lane[lane] += by * it->step;
}

static void update_place(trainer *it, const example *e, int32_t place, int lane, int32_t by)
{
    for (uint32_t f = e->starts[place]; f < e->starts[place + 1]; f++)
        add_weight(it, e->items[f], lane, by);
}

enum { MARGIN = 6 };

static bool learn_cue(trainer *it, const example *e)
{
    int32_t score = 0;
    for (uint32_t f = 0; f < e->starts[1]; f++)
        score += it->weights[e->items[f]].lane[DGM_LANE_CUE];
    it->step++;
    bool is_right = e->labels[0] ? score > MARGIN : score < -MARGIN;
    if (!is_right)
        update_place(it, e, 0, DGM_LANE_CUE, e->labels[0] ? 1 : -1);
    return e->labels[0] ? score > 0 : score <= 0;
}

static void add_transition(trainer *it, int from, int to, int32_t by)
{
    it->transitions[from * DGM_SPAN_LANES + to] += by;
    it->transition_sums[from * DGM_SPAN_LANES + to] += by * it->step;
}

/* Labels that differ from the gold get a bonus while learning, so that the gold has to win by a
 * margin. */
static void score_places(const trainer *it, const example *e, int32_t *scores)
{
    memset(scores, 0, (size_t)e->count * DGM_SPAN_LANES * sizeof *scores);
    for (int32_t i = 0; i < e->count; i++) {
        int32_t *at = &scores[i * DGM_SPAN_LANES];
        for (uint32_t f = e->starts[i]; f < e->starts[i + 1]; f++)
            for (int lane = 0; lane < DGM_SPAN_LANES; lane++)
                at[lane] += it->weights[e->items[f]].lane[lane];
        for (int lane = 0; lane < DGM_SPAN_LABELS; lane++)
            at[lane] += lane == e->labels[i] ? 0 : MARGIN;
    }
}

static bool learn_spans(trainer *it, const example *e)
{
    dgm_arena_reset(it->corpus.work);
    int32_t *scores = DGM_ARRAY(it->corpus.work, int32_t, (size_t)e->count * DGM_SPAN_LANES);
    uint8_t *labels = DGM_ARRAY(it->corpus.work, uint8_t, (size_t)e->count);
    score_places(it, e, scores);
    dgm_spans_decode(e->shape, scores, it->transitions, labels);
    it->step++;
    if (memcmp(labels, e->labels, (size_t)e->count) == 0)
        return true;
    for (int32_t i = 0; i < e->count; i++) {
        if (labels[i] == e->labels[i])
            continue;
        update_place(it, e, i, e->labels[i], 1);
        update_place(it, e, i, labels[i], -1);
    }
    for (int32_t i = 0; i < e->count; i++) {
        add_transition(it, i ? e->labels[i - 1] : 0, e->labels[i], 1);
        add_transition(it, i ? labels[i - 1] : 0, labels[i], -1);
    }
    return false;
}

typedef bool (*learner)(trainer *it, const example *e);

static void run_epochs(trainer *it, examples *of, const char *what, learner learn)
{
    uint64_t state = 1;
    for (long epoch = 1; epoch <= it->epochs; epoch++) {
        uint32_t right = 0;
        shuffle(of, &state);
        for (uint32_t i = 0; i < of->count; i++)
            right += learn(it, &of->items[i]);
        fprintf(stderr, "%s, epoch %ld: %u of %u right\n", what, epoch, right, of->count);
    }
}

/* The mean of a weight over all steps, times 64. */
static int64_t mean_of(const trainer *it, int64_t now, int64_t sum)
{
    return (now * it->step - sum) * 64 / it->step;
}

static void average(trainer *it, int first_lane, int end_lane)
{
    for (uint32_t row = 0; row < it->kept; row++)
        for (int lane = first_lane; lane < end_lane; lane++) {
            int32_t *now = &it->weights[row].lane[lane];
            *now = (int32_t)mean_of(it, *now, it->sums[row].lane[lane]);
        }
}

static dgm_status learn(void *payload)
{
    trainer *it = payload;
    number_features(it);
    rename_features(it, &it->cues);
    rename_features(it, &it->spans);
    run_epochs(it, &it->cues, "cues", learn_cue);
    average(it, DGM_LANE_CUE, DGM_LANE_CUE + 1);
    it->step = 0;
    run_epochs(it, &it->spans, "spans", learn_spans);
    average(it, 0, DGM_SPAN_LABELS);
    for (int i = 0; i < DGM_SPAN_LANES * DGM_SPAN_LANES; i++)
        it->transitions[i] = (int32_t)mean_of(it, it->transitions[i], it->transition_sums[i]);
    return DGM_OK;
}

/* Writing */

static int compare_sizes(const void *a, const void *b)
{
    int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;
    return x < y ? -1 : x > y;
}

/* The divisor that brings all but one in 2000 of the lanes' weights into a byte. */
static int32_t divisor_of(const trainer *it, int first_lane, int end_lane)
{
    size_t count = 0, most = (size_t)it->kept * (size_t)(end_lane - first_lane);
    int32_t *sizes = malloc((most + 1) * sizeof *sizes);
    if (!sizes)
        exit(WORLD_ERROR);
    for (uint32_t row = 0; row < it->kept; row++)
        for (int lane = first_lane; lane < end_lane; lane++)
            if (it->weights[row].lane[lane])
                sizes[count++] = abs(it->weights[row].lane[lane]);
    qsort(sizes, count, sizeof *sizes, compare_sizes);
    int32_t size = count ? sizes[count - 1 - count / 2000] : 1;
    free(sizes);
    return size / TARGET_WEIGHT + 1;
}

static int32_t rounded(int32_t value, int32_t divisor)
{
    return (value >= 0 ? value + divisor / 2 : value - divisor / 2) / divisor;
}

/* How weights become bytes: what they are divided by, and the least of them that counts. */
typedef struct scale {
    int32_t cue_divisor, divisor, least;
} scale;

/* False when no weight of the row counts. */
static bool fill_row(const weights *w, const scale *by, int8_t *row)
{
    bool is_any = false;
    memset(row, 0, DGM_SPAN_LANES);
    for (int lane = 0; lane <= DGM_LANE_CUE; lane++) {
        int32_t divisor = lane == DGM_LANE_CUE ? by->cue_divisor : by->divisor;
        int32_t value = rounded(w->lane[lane], divisor);
        value = value > 127 ? 127 : value < -127 ? -127 : value;
        row[lane] = (int8_t)value;
        is_any |= abs(value) >= by->least;
    }
    return is_any;
}

static uint32_t count_rows(const trainer *it, const scale *by)
{
    int8_t row[DGM_SPAN_LANES];
    uint32_t count = 0;
    for (uint32_t i = 0; i < it->kept; i++)
        count += fill_row(&it->weights[i], by, row);
    return count;
}

/* Rows without a weight of 3 or more are left out, and those of larger ones until the table is
 * small enough to ship. */
static scale find_scale(const trainer *it)
{
    scale by = {divisor_of(it, DGM_LANE_CUE, DGM_LANE_CUE + 1), divisor_of(it, 0, DGM_SPAN_LABELS),
                3};
    while (count_rows(it, &by) > MOST_ROWS)
        by.least++;
    return by;
}

typedef struct table {
    uint32_t *keys, capacity;
    int8_t *rows;
} table;

static void put_row(table *to, uint32_t key, const int8_t *row)
{
    uint32_t at = key & (to->capacity - 1);
    while (to->keys[at])
        at = (at + 1) & (to->capacity - 1);
    to->keys[at] = key;
    memcpy(&to->rows[(size_t)at * DGM_SPAN_LANES], row, DGM_SPAN_LANES);
}

static table make_table(const trainer *it, const scale *by)
{
    int8_t row[DGM_SPAN_LANES];
    uint32_t count = count_rows(it, by);
    table out = {.capacity = 1024};
    while ((uint64_t)out.capacity * 3 < (uint64_t)count * 4)
        out.capacity *= 2;
    out.keys = calloc(out.capacity, sizeof *out.keys);
    out.rows = calloc(out.capacity, DGM_SPAN_LANES);
    if (!out.keys || !out.rows)
        exit(WORLD_ERROR);
    for (uint32_t i = 0; i < it->capacity; i++)
        if (it->rows[i] != UINT32_MAX && fill_row(&it->weights[it->rows[i]], by, row))
            put_row(&out, it->keys[i], row);
    fprintf(stderr, "%u features with weights of %d and more, table of %u\n", count, by->least,
            out.capacity);
    return out;
}

static bool write_table(const trainer *it, FILE *to)
{
    scale by = find_scale(it);
    table of = make_table(it, &by);
    dgm_spans_header h = {.capacity = of.capacity, .threshold = it->threshold};
    int16_t transitions[DGM_SPAN_LANES * DGM_SPAN_LANES];
    memcpy(h.magic, DGM_SPANS_MAGIC, sizeof h.magic);
    for (int i = 0; i < DGM_SPAN_LANES * DGM_SPAN_LANES; i++)
        transitions[i] = (int16_t)rounded(it->transitions[i], by.divisor);
    bool is_written = fwrite(&h, sizeof h, 1, to) == 1 &&
                      fwrite(transitions, sizeof transitions, 1, to) == 1 &&
                      fwrite(of.keys, sizeof *of.keys, of.capacity, to) == of.capacity &&
                      fwrite(of.rows, DGM_SPAN_LANES, of.capacity, to) == of.capacity;
    free(of.keys);
    free(of.rows);
    return is_written;
}

static int write_model(const trainer *it)
{
    FILE *to = fopen(it->out, "wb");
    bool is_written = to && write_table(it, to);
    if (to && fclose(to) != 0)
        is_written = false;
    if (!is_written)
        fprintf(stderr, "%s: cannot write\n", it->out);
    return is_written ? 0 : WORLD_ERROR;
}

static dgm_status read_corpus(void *payload)
{
    trainer *it = payload;
    it->corpus.take = take_document;
    it->corpus.payload = it;
    return polnear_each(&it->corpus, it->dir, "train", it->share, (uint32_t)it->documents);
}

static bool read_arguments(trainer *it, int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        bool has_value = i + 1 < argc;
        if (strcmp(argv[i], "--out") == 0 && has_value)
            it->out = argv[++i];
        else if (strcmp(argv[i], "--epochs") == 0 && has_value)
            it->epochs = strtol(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--documents") == 0 && has_value)
            it->documents = strtol(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--threshold") == 0 && has_value)
            it->threshold = (int32_t)strtol(argv[++i], NULL, 10);
        else if (strcmp(argv[i], "--nine-tenths") == 0)
            it->share = POLNEAR_NINE_TENTHS;
        else if (argv[i][0] != '-' && !it->dir)
            it->dir = argv[i];
        else
            return false;
    }
    return it->out && it->dir && it->epochs > 0 && it->documents >= 0;
}

int main(int argc, char **argv)
{
    trainer it = {.epochs = 8};
    if (!read_arguments(&it, argc, argv)) {
        fprintf(stderr,
                "usage: dragoman-train-attribution --out FILE [--epochs N] [--documents N]\n"
                "         [--threshold N] [--nine-tenths] DIR\n");
        return USAGE_ERROR;
    }
    it.arena = dgm_arena_new();
    dgm_status status = it.arena ? polnear_open(&it.corpus) : DGM_ERROR_MEMORY;
    if (status == DGM_OK)
        status = dgm_arena_run(it.arena, read_corpus, &it);
    int code = WORLD_ERROR;
    if (status != DGM_OK) {
        fprintf(stderr, "%s: %s\n", it.corpus.err.file, it.corpus.err.text);
    } else {
        fprintf(stderr, "%u words, %u cues with spans, %u features\n", it.cues.count,
                it.spans.count, it.distinct);
        if (dgm_arena_run(it.corpus.work, learn, &it) == DGM_OK)
            code = write_model(&it);
    }
    free(it.keys);
    free(it.seen);
    free(it.rows);
    free(it.weights);
    free(it.sums);
    dgm_arena_free(it.arena);
    polnear_close(&it.corpus);
    return code;
}
