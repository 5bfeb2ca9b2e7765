/* Products of float matrices in tiles of 4 x 32 held in registers. Sums run over the inner index
 * in order, each with one fused multiply-add: vector width changes the speed, not the result. */
#include "matrix.h"
#include <stdint.h>
#include <string.h>

typedef float lanes __attribute__((vector_size(64), aligned(4), may_alias));

enum { LANES = 16, TILE = 4, SLICE = 160 };

#ifdef __clang__ /* clones there are missing before 17, or have names that do not link */
#define CLONES
#else
#define CLONES __attribute__((target_clones("arch=x86-64-v4", "default")))
#endif
#define INLINE static inline __attribute__((always_inline))

INLINE void tile_two(float *c, size_t c_row, matrix_view a, const float *b, size_t b_row, int rows,
                     size_t inner, bool adds)
{
    lanes sum[TILE][2];
    for (int r = 0; r < rows; r++) {
        sum[r][0] = adds ? *(const lanes *)(c + r * c_row) : (lanes){0};
        sum[r][1] = adds ? *(const lanes *)(c + r * c_row + LANES) : (lanes){0};
    }
    for (size_t k = 0; k < inner; k++) {
        const lanes left = *(const lanes *)(b + k * b_row);
        const lanes right = *(const lanes *)(b + k * b_row + LANES);
        for (int r = 0; r < rows; r++) {
            float x = a.at[r * a.row + k * a.col];
            sum[r][0] += left * x;
            sum[r][1] += right * x;
        }
    }
    for (int r = 0; r < rows; r++) {
        *(lanes *)(c + r * c_row) = sum[r][0];
        *(lanes *)(c + r * c_row + LANES) = sum[r][1];
    }
}

INLINE void tile_one(float *c, size_t c_row, matrix_view a, const float *b, size_t b_row, int rows,
                     size_t inner, bool adds)
{
    lanes sum[TILE];
    for (int r = 0; r < rows; r++)
        sum[r] = adds ? *(const lanes *)(c + r * c_row) : (lanes){0};
    for (size_t k = 0; k < inner; k++) {
        const lanes left = *(const lanes *)(b + k * b_row);
        for (int r = 0; r < rows; r++)
            sum[r] += left * a.at[r * a.row + k * a.col];
    }
    for (int r = 0; r < rows; r++)
        *(lanes *)(c + r * c_row) = sum[r];
}

/* Rows of a strip side by side: as they lie in a wide matrix they would push each other out of the
 * nearest cache. */
INLINE void pack_strip(float *out, const float *b, size_t b_row, size_t inner, size_t cols)
{
    for (size_t k = 0; k < inner; k++)
        memcpy(out + k * cols, b + k * b_row, cols * sizeof *out);
}

/* One strip of columns over all rows: its part of `b` stays in the nearest cache. */
INLINE void strip(float *c, size_t c_row, matrix_view a, const float *b, size_t rows, size_t inner,
                  bool is_wide, bool adds)
{
    size_t i = 0;
    for (; i + TILE <= rows; i += TILE, c += TILE * c_row, a.at += TILE * a.row) {
        if (is_wide)
            tile_two(c, c_row, a, b, 2 * LANES, TILE, inner, adds);
        else
            tile_one(c, c_row, a, b, LANES, TILE, inner, adds);
    }
    for (; i < rows; i++, c += c_row, a.at += a.row) {
        if (is_wide)
            tile_two(c, c_row, a, b, 2 * LANES, 1, inner, adds);
        else
            tile_one(c, c_row, a, b, LANES, 1, inner, adds);
    }
}

/* Columns j .. of the product, `cols` of them, in slices of the inner index that fit the cache;
 * what a slice leaves in c the next one adds to, in the same order as without slices. */
INLINE void strip_in_slices(float *c, size_t c_row, matrix_view a, const float *b, size_t b_row,
                            size_t rows, size_t inner, bool is_wide, bool adds)
{
    _Alignas(64) float packed[SLICE * 2 * LANES];
    for (size_t k = 0; k < inner; k += SLICE) {
        size_t count = inner - k < SLICE ? inner - k : SLICE;
        pack_strip(packed, b + k * b_row, b_row, count, is_wide ? 2 * LANES : LANES);
        matrix_view part = {a.at + k * a.col, a.row, a.col};
        strip(c, c_row, part, packed, rows, count, is_wide, adds || k);
    }
}

CLONES void matrix_product(float *c, size_t c_row, matrix_view a, const float *b, size_t b_row,
                           size_t rows, size_t inner, size_t cols, bool adds)
{
    size_t j = 0;
    for (; j + 2 * LANES <= cols; j += 2 * LANES)
        strip_in_slices(c + j, c_row, a, b + j, b_row, rows, inner, true, adds);
    if (j < cols)
        strip_in_slices(c + j, c_row, a, b + j, b_row, rows, inner, false, adds);
}

void matrix_transpose(float *out, const float *in, size_t rows, size_t cols)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++)
            out[j * rows + i] = in[i * cols + j];
}

/* 2^i * e^f with |f| <= ln(2)/2, e^f by its Taylor series. */
float matrix_exp(float x)
{
    if (x < -87.0f)
        return 0.0f;
    if (x > 88.0f)
        x = 88.0f;
    int i = (int)(x * 1.44269504f + (x < 0 ? -0.5f : 0.5f));
    float f = x - (float)i * 0.69314718f;
    float sum = 1.0f + f / 7.0f;
    for (int n = 6; n >= 1; n--)
        sum = 1.0f + f / (float)n * sum;
    uint32_t bits = (uint32_t)(i + 127) << 23;
    float power;
    memcpy(&power, &bits, sizeof power);
    return sum * power;
}

/* For the reports only: m * 2^i, ln(m) by the series of artanh. */
float matrix_log(float x)
{
    uint32_t bits;
    memcpy(&bits, &x, sizeof bits);
    int i = (int)(bits >> 23) - 127;
    bits = (bits & 0x7FFFFF) | 127u << 23;
    float m;
    memcpy(&m, &bits, sizeof m);
    float t = (m - 1.0f) / (m + 1.0f), t2 = t * t;
    return 2.0f * t * (1.0f + t2 * (1.0f / 3 + t2 * (0.2f + t2 / 7))) + (float)i * 0.69314718f;
}

void matrix_softmax(float *scores, int count)
{
    float most = scores[0], sum = 0;
    for (int i = 1; i < count; i++)
        most = scores[i] > most ? scores[i] : most;
    for (int i = 0; i < count; i++)
        sum += scores[i] = matrix_exp(scores[i] - most);
    for (int i = 0; i < count; i++)
        scores[i] /= sum;
}
