/* Writing the ranker: weights in eight bits, the features of largest weights, the tables of exp and
 * of sureness. */
#include "base/hash.h"
#include "rank.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SCALE_ONE = 64, FIXED_ONE = 65536, EXP_STEPS = 128, THRESHOLD = 5000 };

typedef struct candidate {
    uint32_t id;
    float size; /* largest weight, by the scale of its group */
} candidate;

static int by_size(const void *a, const void *b)
{
    const candidate *x = a, *y = b;
    if (x->size != y->size)
        return x->size > y->size ? -1 : 1;
    return x->id < y->id ? -1 : x->id > y->id;
}

/* The kept features, those of largest weights first. */
static uint32_t choose_rows(const samples *all, const settings *with, const weights *w,
                            candidate *out)
{
    uint32_t count = 0;
    float *scale = calloc((size_t)w->rows + 1, sizeof *scale);
    for (uint32_t i = 0; scale && i < all->count; i++)
        for (uint32_t k = 0; k < all->items[i].count; k++)
            scale[all->items[i].ids[k]] = with->scale[all->items[i].items[k].group];
    for (uint32_t id = 0; scale && id < w->rows; id++) {
        float size = 0;
        for (int c = 0; c < DGM_RANK_CLASSES; c++)
            size = fmaxf(size, fabsf(w->w[(size_t)id * DGM_RANK_COLS + c]));
        if (w->is_kept[id] && size > 0)
            out[count++] = (candidate){id, size * scale[id]};
    }
    free(scale);
    qsort(out, count, sizeof *out, by_size);
    return count;
}

static float largest(const weights *w, const candidate *chosen, uint32_t count)
{
    float most = 1e-6f;
    for (uint32_t i = 0; i < count; i++)
        for (int c = 0; c < DGM_RANK_CLASSES; c++)
            most = fmaxf(most, fabsf(w->w[(size_t)chosen[i].id * DGM_RANK_COLS + c]));
    return most;
}

static void put_row(dgm_rank_row *rows, uint32_t size, uint32_t hash, const float *w, float unit)
{
    uint32_t at = (uint32_t)((uint64_t)hash * size >> 32);
    while (rows[at].hash)
        at = at + 1 < size ? at + 1 : 0;
    rows[at].hash = hash;
    for (int c = 0; c < DGM_RANK_CLASSES; c++)
        rows[at].weight[c] = (int8_t)lrintf(w[c] / unit);
}

static void fill_header(dgm_ranker_header *h, const settings *with, const weights *w, double heat,
                        float unit, const char *version)
{
    memcpy(h->magic, DGM_RANKER_MAGIC, sizeof h->magic);
    h->header_bytes = sizeof *h;
    h->threshold = THRESHOLD;
    snprintf(h->version, sizeof h->version, "%s", version);
    h->heat = (uint32_t)lrint(heat * unit / SCALE_ONE * EXP_STEPS * FIXED_ONE);
    for (int g = 0; g < DGM_RANK_GROUPS; g++)
        h->scale[g] = (int16_t)lrintf(with->scale[g] * SCALE_ONE);
    for (int c = 0; c < DGM_RANK_CLASSES; c++)
        h->bias[c] = (int32_t)lrintf(w->bias[c] * SCALE_ONE / unit);
    for (int i = 0; i < DGM_RANK_EXP; i++)
        h->exp[i] = (uint32_t)lrint(FIXED_ONE * exp(-i / (double)EXP_STEPS));
    for (int i = 0; i < DGM_RANK_SURE; i++)
        h->sure[i] = (uint16_t)lrint(i * 10000.0 / (DGM_RANK_SURE - 1));
}

dgm_str pack_ranker(dgm_arena *arena, const samples *all, const settings *with, const weights *w,
                    double heat, const char *version, long most)
{
    candidate *chosen = DGM_ARRAY(arena, candidate, (size_t)w->rows + 1);
    uint32_t count = choose_rows(all, with, w, chosen);
    count = count < (uint32_t)most ? count : (uint32_t)most;
    uint32_t rows = count + count / 4 + 1;
    size_t first = sizeof(dgm_ranker_header);
    size_t size = first + rows * sizeof(dgm_rank_row);
    char *out = dgm_arena_array(arena, size, 1);
    dgm_ranker_header *h = (void *)out;
    float unit = largest(w, chosen, count) / 127;
    fill_header(h, with, w, heat, unit, version);
    h->rows = rows;
    h->file_bytes = size;
    for (uint32_t i = 0; i < count; i++)
        put_row((dgm_rank_row *)(void *)(out + first), rows, all->hashes[chosen[i].id],
                w->w + (size_t)chosen[i].id * DGM_RANK_COLS, unit);
    return (dgm_str){out, size};
}

dgm_status write_bytes(const char *path, dgm_str bytes, dgm_error *err)
{
    FILE *out = fopen(path, "wb");
    if (!out)
        return dgm_fail_errno(err, path, "cannot write");
    bool is_done = fwrite(bytes.ptr, 1, bytes.len, out) == bytes.len;
    is_done = fclose(out) == 0 && is_done;
    return is_done ? DGM_OK : dgm_fail_errno(err, path, "cannot write");
}
