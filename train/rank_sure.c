/* How sure the records of `code` are: of each estimate by hand the share that is right, made to
 * rise by pooling neighbours that do not. Records count whose actor is the marked source and whose
 * recipient, if they have one, is the marked target: of others the label tells nothing. */
#include "rank.h"

#include <math.h>
#include <stdio.h>

enum { STEPS = 101, BINS = 10, LEAST = 60 }; /* LEAST: records of a row of the table */

static bool touches(dgm_actors actors, const dgm_span *spans, uint32_t count)
{
    for (uint32_t i = 0; i < actors.count; i++)
        for (uint32_t k = 0; k < count; k++)
            if (actors.items[i].span.off < dgm_span_end(spans[k]) &&
                spans[k].off < dgm_span_end(actors.items[i].span))
                return true;
    return false;
}

void judge_records(judged_records *into, dgm_arena *arena, const dgm_records *records,
                   const dgm_marks *marks, const sample *of)
{
    for (uint32_t i = 0; i < records->count; i++) {
        const dgm_record *record = &records->items[i];
        if (record->kind != DGM_KIND_EVENT || (int)record->type >= DGM_RANK_CLASSES ||
            !touches(record->actors, marks->source, marks->source_count) ||
            (record->recipients.count &&
             !touches(record->recipients, marks->target, marks->target_count)))
            continue;
        const judged_record one = {(int)lround(100 * record->confidence),
                                   of->allowed >> record->type & 1, of->origin, of->fold};
        DGM_PUSH(arena, into->items, into->count, into->capacity, one);
    }
}

typedef struct pool { /* neighbouring estimates taken together */
    int first, last;
    double count, right, sum; /* sum: of estimates */
} pool;

static void take_in(pool *a, const pool *b)
{
    a->last = b->last;
    a->count += b->count;
    a->right += b->right;
    a->sum += b->sum;
}

/* Pools of rising shares, each of LEAST records or more. */
static int pool_shares(const judged_records *records, int without, pool out[STEPS])
{
    pool by_estimate[STEPS] = {{0}};
    for (uint32_t i = 0; i < records->count; i++) {
        const judged_record *one = &records->items[i];
        if (without != ALL_FOLDS && one->fold == without)
            continue;
        pool *at = &by_estimate[one->estimate];
        at->count++;
        at->right += one->is_right;
        at->sum += one->estimate;
    }
    int count = 0;
    for (int e = 0; e < STEPS; e++) {
        if (by_estimate[e].count < 1)
            continue;
        by_estimate[e].first = by_estimate[e].last = e;
        out[count++] = by_estimate[e];
        while (count > 1 &&
               (out[count - 2].count < LEAST || out[count - 2].right * out[count - 1].count >=
                                                    out[count - 1].right * out[count - 2].count)) {
            take_in(&out[count - 2], &out[count - 1]);
            count--;
        }
    }
    if (count > 1 && out[count - 1].count < LEAST) {
        take_in(&out[count - 2], &out[count - 1]);
        count--;
    }
    return count;
}

static dgm_str write_rows(const pool *pools, int count, char *out, size_t size)
{
    size_t len = 0;
    for (int i = 0; i < count && len < size; i++)
        len +=
            (size_t)snprintf(out + len, size - len, "%.0f\t%.0f\n", pools[i].sum / pools[i].count,
                             100 * pools[i].right / pools[i].count);
    return (dgm_str){out, len};
}

typedef struct bins {
    double said[BINS], right[BINS], count;
} bins;

static void put(bins *b, double sure, bool is_right)
{
    int at = (int)(sure * BINS + 1e-9);
    at = at < BINS ? at : BINS - 1;
    b->said[at] += sure;
    b->right[at] += is_right;
    b->count++;
}

static double error_of(const bins *b)
{
    double sum = 0;
    for (int i = 0; i < BINS; i++)
        sum += fabs(b->said[i] - b->right[i]);
    return b->count > 0 ? sum / b->count : 0;
}

/* Expected calibration error on PLV: of the estimates, of tables that did not see the fold. */
static dgm_status compare(const judged_records *records, dgm_error *err)
{
    bins before = {0}, after = {0};
    double right = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
        pool pools[STEPS];
        char text[STEPS * 16];
        dgm_sureness sureness;
        const int count = pool_shares(records, fold, pools);
        DGM_TRY(dgm_sureness_read(&sureness, "confidence",
                                  write_rows(pools, count, text, sizeof text), err));
        for (uint32_t i = 0; i < records->count; i++) {
            const judged_record *one = &records->items[i];
            if (one->origin != FROM_PLV || one->fold != fold)
                continue;
            put(&before, one->estimate / 100.0, one->is_right);
            put(&after, dgm_sureness_of(&sureness, one->estimate / 100.0), one->is_right);
            right += one->is_right;
        }
    }
    printf("%.0f records of PLV, right %.3f; ece %.3f, calibrated %.3f\n", before.count,
           right / (before.count > 0 ? before.count : 1), error_of(&before), error_of(&after));
    return DGM_OK;
}

dgm_status calibrate(const judged_records *records, const char *path, dgm_error *err)
{
    static const char head[] =
        "# How often records of `code` are right, by the estimate by hand, in hundredths.\n"
        "# Made by dragoman-rank calibrate (docs/ranker.md).\n";
    pool pools[STEPS];
    char text[sizeof head + STEPS * 16];
    const int count = pool_shares(records, ALL_FOLDS, pools);
    memcpy(text, head, sizeof head);
    dgm_str rows = write_rows(pools, count, text + sizeof head - 1, sizeof text - sizeof head);
    DGM_TRY(compare(records, err));
    for (int i = 0; i < count; i++)
        printf("%3d to %3d: %5.0f records, %.3f right\n", pools[i].first, pools[i].last,
               pools[i].count, pools[i].right / pools[i].count);
    return path ? write_bytes(path, (dgm_str){text, sizeof head - 1 + rows.len}, err) : DGM_OK;
}
