/* The integer operations with AVX-512 and its VNNI: vpdpbusd multiplies 64 pairs of bytes and adds
 * them by fours to 16 sums, exactly, so that one register of weights is one step of a strip. */
#include "parse/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <string.h>

#define FEATURES "avx512f,avx512bw,avx512vl,avx512vnni"
#define AVX512   __attribute__((target(FEATURES)))
#define INLINE   static inline __attribute__((always_inline, target(FEATURES)))

INLINE __m512i load(const void *at)
{
    return _mm512_loadu_si512(at);
}

INLINE __m256i load_half(const void *at)
{
    return _mm256_loadu_si256(at);
}

INLINE void store_half(void *at, __m256i value)
{
    _mm256_storeu_si256(at, value);
}

INLINE __m512i four_bytes(const void *a)
{
    int32_t value;
    memcpy(&value, a, sizeof value);
    return _mm512_set1_epi32(value);
}

INLINE void product_block(int32_t *out, const uint8_t *a, const int8_t *w, size_t rows,
                          size_t strips, size_t inner, size_t cols)
{
    __m512i sum[4][4];
#pragma GCC unroll 4
    for (size_t r = 0; r < rows; r++)
#pragma GCC unroll 4
        for (size_t s = 0; s < strips; s++)
            sum[r][s] = _mm512_setzero_si512();
    for (size_t k = 0; k < inner; k += 4, w += 64) {
        __m512i strip[4];
#pragma GCC unroll 4
        for (size_t s = 0; s < strips; s++)
            strip[s] = load(w + s * inner * 16);
#pragma GCC unroll 4
        for (size_t r = 0; r < rows; r++) {
            const __m512i b = four_bytes(a + r * inner + k);
#pragma GCC unroll 4
            for (size_t s = 0; s < strips; s++)
                sum[r][s] = _mm512_dpbusd_epi32(sum[r][s], b, strip[s]);
        }
    }
#pragma GCC unroll 4
    for (size_t r = 0; r < rows; r++)
#pragma GCC unroll 4
        for (size_t s = 0; s < strips; s++)
            _mm512_storeu_si512(out + r * cols + 16 * s, sum[r][s]);
}

/* All rows of some strips, four rows at a time; each count has code of its own. */
INLINE void product_strips(int32_t *out, const uint8_t *a, const int8_t *w, size_t rows,
                           size_t strips, size_t inner, size_t cols)
{
    size_t i = 0;
    for (; i + 4 <= rows; i += 4)
        product_block(out + i * cols, a + i * inner, w, 4, strips, inner, cols);
    if (rows - i == 3)
        product_block(out + i * cols, a + i * inner, w, 3, strips, inner, cols);
    else if (rows - i == 2)
        product_block(out + i * cols, a + i * inner, w, 2, strips, inner, cols);
    else if (rows - i == 1)
        product_block(out + i * cols, a + i * inner, w, 1, strips, inner, cols);
}

AVX512 static void product(int32_t *out, const uint8_t *a, const int8_t *weights, size_t rows,
                           size_t inner, size_t cols)
{
    size_t j = 0;
    for (; j + 64 <= cols; j += 64)
        product_strips(out + j, a, weights + j * inner, rows, 4, inner, cols);
    for (; j + 32 <= cols; j += 32)
        product_strips(out + j, a, weights + j * inner, rows, 2, inner, cols);
    for (; j < cols; j += 16)
        product_strips(out + j, a, weights + j * inner, rows, 1, inner, cols);
}

/* 16 sums to 16 scaled 16-bit values. */
INLINE __m256i rescaled(const int32_t *sums, __m512i half, __m128i shift, const int16_t *scale)
{
    __m512i shifted = _mm512_sra_epi32(_mm512_add_epi32(load(sums), half), shift);
    return _mm256_mulhrs_epi16(_mm512_cvtsepi32_epi16(shifted), load_half(scale));
}

AVX512 static void rescale(int16_t *out, const int32_t *sums, size_t rows, size_t cols,
                           unsigned shift, const int16_t *scale)
{
    const __m512i half = _mm512_set1_epi32(shift ? 1 << (shift - 1) : 0);
    const __m128i by = _mm_cvtsi32_si128((int)shift);
    for (size_t i = 0; i < rows; i++, out += cols, sums += cols)
        for (size_t j = 0; j < cols; j += 16)
            store_half(out + j, rescaled(sums + j, half, by, scale + j));
}

AVX512 static void residual(int16_t *x, const int32_t *sums, size_t rows, size_t cols,
                            unsigned shift, const int16_t *scale, const int16_t *bias)
{
    const __m512i half = _mm512_set1_epi32(shift ? 1 << (shift - 1) : 0);
    const __m128i by = _mm_cvtsi32_si128((int)shift);
    for (size_t i = 0; i < rows; i++, x += cols, sums += cols) {
        for (size_t j = 0; j < cols; j += 16) {
            __m256i branch = rescaled(sums + j, half, by, scale + j);
            branch = _mm256_adds_epi16(branch, load_half(bias + j));
            branch = _mm256_max_epi16(branch, _mm256_setzero_si256());
            store_half(x + j, _mm256_adds_epi16(load_half(x + j), branch));
        }
    }
}

AVX512 static void squeeze(uint8_t *out, const int16_t *x, size_t count, int16_t scale)
{
    const __m512i by = _mm512_set1_epi16(scale), top = _mm512_set1_epi16(127);
    for (size_t i = 0; i < count; i += 32) {
        __m512i value = _mm512_min_epi16(_mm512_mulhrs_epi16(load(x + i), by), top);
        store_half(out + i, _mm512_cvtepi16_epi8(value));
    }
}

AVX512 static void embed(int16_t *out, const int8_t *const *parts, size_t part_count, size_t width,
                         unsigned shift)
{
    const __m128i by = _mm_cvtsi32_si128((int)shift);
    for (size_t k = 0; k < width; k += 16) {
        __m256i sum = _mm256_setzero_si256();
        for (size_t p = 0; p < part_count; p++) {
            __m128i part = _mm_loadu_si128((const void *)(parts[p] + k));
            sum = _mm256_add_epi16(sum, _mm256_cvtepi8_epi16(part));
        }
        sum = _mm256_max_epi16(sum, _mm256_setzero_si256());
        store_half(out + k, _mm256_sll_epi16(sum, by));
    }
}

INLINE void gather_block(int16_t *out, const int16_t *const *parts, size_t part_count, size_t k,
                         int vectors, __m512i top)
{
    __m512i sum[4];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++)
        sum[v] = _mm512_setzero_si512();
    for (size_t p = 0; p < part_count; p++)
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++)
            sum[v] = _mm512_adds_epi16(sum[v], load(parts[p] + k + 32 * (size_t)v));
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++) {
        sum[v] = _mm512_min_epi16(_mm512_max_epi16(sum[v], _mm512_setzero_si512()), top);
        _mm512_storeu_si512(out + k + 32 * (size_t)v, sum[v]);
    }
}

INLINE void gather_rest(int16_t *out, const int16_t *const *parts, size_t part_count, size_t k,
                        int16_t top)
{
    __m256i sum = _mm256_setzero_si256();
    for (size_t p = 0; p < part_count; p++)
        sum = _mm256_adds_epi16(sum, load_half(parts[p] + k));
    sum = _mm256_max_epi16(sum, _mm256_setzero_si256());
    store_half(out + k, _mm256_min_epi16(sum, _mm256_set1_epi16(top)));
}

AVX512 static void gather(int16_t *out, const int16_t *const *parts, size_t part_count,
                          size_t width, int16_t top)
{
    const __m512i most = _mm512_set1_epi16(top);
    size_t k = 0;
    for (; k + 128 <= width; k += 128)
        gather_block(out, parts, part_count, k, 4, most);
    for (; k + 32 <= width; k += 32)
        gather_block(out, parts, part_count, k, 1, most);
    if (k < width)
        gather_rest(out, parts, part_count, k, top);
}

INLINE void dots_block(int32_t *scores, const int16_t *a, const int16_t *weights,
                       const int32_t *bias, size_t inner, size_t cols, int vectors)
{
    __m512i sum[4];
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++)
        sum[v] = load(bias + 16 * v);
    for (size_t k = 0; k < inner; k += 2, weights += 2 * cols) {
        const __m512i b = four_bytes(a + k);
#pragma GCC unroll 4
        for (int v = 0; v < vectors; v++)
            sum[v] = _mm512_dpwssd_epi32(sum[v], b, load(weights + 32 * v));
    }
#pragma GCC unroll 4
    for (int v = 0; v < vectors; v++)
        _mm512_storeu_si512(scores + 16 * v, sum[v]);
}

/* Eight columns, with four sums to be added up, since one would wait for itself. */
INLINE void dots_eight(int32_t *scores, const int16_t *a, const int16_t *weights,
                       const int32_t *bias, size_t inner, size_t cols)
{
    __m256i sum[4] = {load_half(bias)};
#pragma GCC unroll 4
    for (int v = 1; v < 4; v++)
        sum[v] = _mm256_setzero_si256();
    for (size_t k = 0; k < inner; k += 8)
#pragma GCC unroll 4
        for (size_t v = 0; v < 4; v++, weights += 2 * cols) {
            int32_t pair;
            memcpy(&pair, a + k + 2 * v, sizeof pair);
            sum[v] = _mm256_dpwssd_epi32(sum[v], _mm256_set1_epi32(pair), load_half(weights));
        }
    sum[0] = _mm256_add_epi32(_mm256_add_epi32(sum[0], sum[1]), _mm256_add_epi32(sum[2], sum[3]));
    store_half(scores, sum[0]);
}

AVX512 static void dots(int32_t *scores, const int16_t *a, const int16_t *weights,
                        const int32_t *bias, size_t inner, size_t cols)
{
    size_t j = 0;
    for (; j + 64 <= cols; j += 64)
        dots_block(scores + j, a, weights + 2 * j, bias + j, inner, cols, 4);
    for (; j + 16 <= cols; j += 16)
        dots_block(scores + j, a, weights + 2 * j, bias + j, inner, cols, 1);
    if (j < cols)
        dots_eight(scores + j, a, weights + 2 * j, bias + j, inner, cols);
}

AVX512 static size_t best(const int32_t *scores, const int32_t *bias, size_t count)
{
    __m512i most = _mm512_set1_epi32(INT32_MIN), where = _mm512_setzero_si512();
    __m512i at = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i end = _mm512_set1_epi32((int)count), step = _mm512_set1_epi32(16);
    for (size_t k = 0; k < count; k += 16, at = _mm512_add_epi32(at, step)) {
        __m512i score = load(scores + k);
        if (bias)
            score = _mm512_add_epi32(score, load(bias + k));
        __mmask16 is_better =
            _mm512_mask_cmpgt_epi32_mask(_mm512_cmplt_epi32_mask(at, end), score, most);
        most = _mm512_mask_mov_epi32(most, is_better, score);
        where = _mm512_mask_mov_epi32(where, is_better, at);
    }
    __mmask16 tops =
        _mm512_cmpeq_epi32_mask(most, _mm512_set1_epi32(_mm512_reduce_max_epi32(most)));
    return (size_t)_mm512_mask_reduce_min_epi32(tops, where);
}

const dgm_kernel dgm_kernel_avx512 = {
    .name = "avx512",
    .product = product,
    .rescale = rescale,
    .residual = residual,
    .squeeze = squeeze,
    .embed = embed,
    .gather = gather,
    .dots = dots,
    .best = best,
};
#endif
