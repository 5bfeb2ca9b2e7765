/* Kin: clusters of words with like vectors, three levels from coarse to fine, by spherical
 * k-means from evenly spread beginnings. */
#include "base/file.h"
#include "base/hash.h"
#include "rank.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { DIMS = 50, ROUNDS = 12 };
static const uint16_t level_sizes[DGM_KIN_LEVELS] = {64, 256, 1024};

typedef struct word_vector {
    dgm_str word;
    float v[DIMS];
} word_vector;

static bool read_vector(dgm_str line, word_vector *out)
{
    dgm_str rest = line, cell;
    double square = 0;
    if (!dgm_str_cut(&rest, ' ', &out->word))
        return false;
    for (int d = 0; d < DIMS; d++) {
        char number[32];
        if (!dgm_str_cut(&rest, ' ', &cell) || cell.len >= sizeof number)
            return false;
        memcpy(number, cell.ptr, cell.len);
        number[cell.len] = 0;
        out->v[d] = strtof(number, NULL);
        square += out->v[d] * out->v[d];
    }
    for (int d = 0; d < DIMS; d++)
        out->v[d] /= (float)sqrt(square + 1e-9);
    return true;
}

static float product(const float *a, const float *b)
{
    float sums[8] = {0}, sum = 0;
    for (int d = 0; d < 48; d += 8)
        for (int k = 0; k < 8; k++)
            sums[k] += a[d + k] * b[d + k];
    for (int k = 0; k < 8; k++)
        sum += sums[k];
    return sum + a[48] * b[48] + a[49] * b[49];
}

static void assign(const word_vector *words, uint32_t count, const float *centres, uint32_t k,
                   uint16_t *of)
{
    for (uint32_t i = 0; i < count; i++) {
        float most = -2;
        for (uint32_t c = 0; c < k; c++) {
            float here = product(words[i].v, centres + (size_t)c * DIMS);
            if (here > most) {
                most = here;
                of[i] = (uint16_t)c;
            }
        }
    }
}

static void recentre(const word_vector *words, uint32_t count, float *centres, uint32_t k,
                     const uint16_t *of)
{
    float *sums = calloc((size_t)k * DIMS, sizeof *sums);
    for (uint32_t i = 0; sums && i < count; i++)
        for (int d = 0; d < DIMS; d++)
            sums[(size_t)of[i] * DIMS + d] += words[i].v[d];
    for (uint32_t c = 0; sums && c < k; c++) {
        float *sum = sums + (size_t)c * DIMS;
        float size = sqrtf(product(sum, sum));
        for (int d = 0; d < DIMS && size > 0; d++)
            centres[(size_t)c * DIMS + d] = sum[d] / size;
    }
    free(sums);
}

static void cluster(const word_vector *words, uint32_t count, uint32_t k, uint16_t *of)
{
    float *centres = calloc((size_t)k * DIMS, sizeof *centres);
    for (uint32_t c = 0; centres && c < k; c++)
        memcpy(centres + (size_t)c * DIMS, words[(uint64_t)c * count / k].v,
               DIMS * sizeof *centres);
    for (int round = 0; centres && round < ROUNDS; round++) {
        assign(words, count, centres, k, of);
        recentre(words, count, centres, k, of);
    }
    free(centres);
}

static void put_slot(dgm_kin_slot *slots, uint32_t mask, dgm_str word, const uint16_t *const *of,
                     uint32_t i)
{
    uint32_t hash = (uint32_t)dgm_hash(word), at = hash & mask;
    for (; slots[at].kin[0]; at = (at + 1) & mask)
        if (slots[at].hash == hash)
            return;
    slots[at].hash = hash;
    for (int level = 0; level < DGM_KIN_LEVELS; level++)
        slots[at].kin[level] = (uint16_t)(of[level][i] + 1);
}

dgm_status make_kin(dgm_kin *kin, dgm_arena *arena, const char *path, long most, dgm_error *err)
{
    dgm_file file;
    DGM_TRY(dgm_file_open(&file, path, err));
    word_vector *words = DGM_ARRAY(arena, word_vector, (size_t)most + 1);
    uint32_t count = 0;
    dgm_str rest = file.bytes, line;
    while (count < (uint32_t)most && dgm_str_cut(&rest, '\n', &line))
        count += line.len && read_vector(line, &words[count]);
    uint16_t *of[DGM_KIN_LEVELS];
    for (int level = 0; level < DGM_KIN_LEVELS; level++) {
        of[level] = DGM_ARRAY(arena, uint16_t, (size_t)count + 1);
        cluster(words, count, level_sizes[level], of[level]);
    }
    uint32_t size = 1;
    while (size < count + count / 2)
        size *= 2;
    dgm_kin_slot *slots = DGM_ARRAY(arena, dgm_kin_slot, size);
    for (uint32_t i = 0; i < count; i++)
        put_slot(slots, size - 1, words[i].word, (const uint16_t *const *)of, i);
    *kin = (dgm_kin){slots, size - 1};
    dgm_file_close(&file);
    return DGM_OK;
}
