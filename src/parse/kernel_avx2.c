/* The integer operations with AVX2. maddubs can't saturate, since one side is at most 127:
 * 2 * 127 * 128 < 2^15. */
#include "parse/kernel.h"

#if defined(__x86_64__) && defined(__GNUC__)
#include <immintrin.h>
#include <string.h>

#define AVX2   __attribute__((target("avx2")))
#define INLINE static inline __attribute__((always_inline, target("avx2")))

INLINE __m256i load(const void *at)
{
    return _mm256_loadu_si256(at);
}

INLINE void store(void *at, __m256i value)
{
    _mm256_storeu_si256(at, value);
}

INLINE __m256i four_bytes(const uint8_t *a)
{
    int32_t value;
    memcpy(&value, a, sizeof value);
    return _mm256_set1_epi32(value);
}

INLINE __m256i add_product(__m256i sum, __m256i a, __m256i w)
{
    const __m256i ones = _mm256_set1_epi16(1);
    return _mm256_add_epi32(sum, _mm256_madd_epi16(_mm256_maddubs_epi16(a, w), ones));
}

INLINE void product_block(int32_t *out, const uint8_t *a, const int8_t *w, size_t rows,
                          size_t inner, size_t cols)
{
    __m256i sum[4][2];
#pragma GCC unroll 4
    for (size_t r = 0; r < rows; r++)
        sum[r][0] = sum[r][1] = _mm256_setzero_si256();
    for (size_t k = 0; k < inner; k += 4, w += 64) {
        const __m256i left = load(w), right = load(w + 32);
#pragma GCC unroll 4
        for (size_t r = 0; r < rows; r++) {
            const __m256i b = four_bytes(a + r * inner + k);
            sum[r][0] = add_product(sum[r][0], b, left);
            sum[r][1] = add_product(sum[r][1], b, right);
        }
    }
#pragma GCC unroll 4
    for (size_t r = 0; r < rows; r++) {
        store(out + r * cols, sum[r][0]);
        store(out + r * cols + 8, sum[r][1]);
    }
}

/* Four rows at a time fill the registers; each count has code of its own. */
AVX2 static void product(int32_t *out, const uint8_t *a, const int8_t *weights, size_t rows,
                         size_t inner, size_t cols)
{
    for (size_t strip = 0; strip < cols; strip += 16, weights += inner * 16, out += 16) {
        size_t i = 0;
        for (; i + 4 <= rows; i += 4)
            product_block(out + i * cols, a + i * inner, weights, 4, inner, cols);
        if (rows - i == 3)
            product_block(out + i * cols, a + i * inner, weights, 3, inner, cols);
        else if (rows - i == 2)
            product_block(out + i * cols, a + i * inner, weights, 2, inner, cols);
        else if (rows - i == 1)
            product_block(out + i * cols, a + i * inner, weights, 1, inner, cols);
    }
}

/* 16 sums to 16 scaled 16-bit values. */
INLINE __m256i rescaled(const int32_t *sums, __m256i half, __m128i shift, const int16_t *scale)
{
    __m256i low = _mm256_sra_epi32(_mm256_add_epi32(load(sums), half), shift);
    __m256i high = _mm256_sra_epi32(_mm256_add_epi32(load(sums + 8), half), shift);
    __m256i both = _mm256_permute4x64_epi64(_mm256_packs_epi32(low, high), 0xd8);
    return _mm256_mulhrs_epi16(both, load(scale));
}

AVX2 static void rescale(int16_t *out, const int32_t *sums, size_t rows, size_t cols,
                         unsigned shift, const int16_t *scale)
{
    const __m256i half = _mm256_set1_epi32(shift ? 1 << (shift - 1) : 0);
    const __m128i by = _mm_cvtsi32_si128((int)shift);
    for (size_t i = 0; i < rows; i++, out += cols, sums += cols)
        for (size_t j = 0; j < cols; j += 16)
            store(out + j, rescaled(sums + j, half, by, scale + j));
}

AVX2 static void residual(int16_t *x, const int32_t *sums, size_t rows, size_t cols, unsigned shift,
                          const int16_t *scale, const int16_t *bias)
{
    const __m256i half = _mm256_set1_epi32(shift ? 1 << (shift - 1) : 0);
    const __m128i by = _mm_cvtsi32_si128((int)shift);
    for (size_t i = 0; i < rows; i++, x += cols, sums += cols) {
        for (size_t j = 0; j < cols; j += 16) {
            __m256i branch = rescaled(sums + j, half, by, scale + j);
            branch = _mm256_adds_epi16(branch, load(bias + j));
            branch = _mm256_max_epi16(branch, _mm256_setzero_si256());
            store(x + j, _mm256_adds_epi16(load(x + j), branch));
        }
    }
}

AVX2 static void squeeze(uint8_t *out, const int16_t *x, size_t count, int16_t scale)
{
    const __m256i by = _mm256_set1_epi16(scale), top = _mm256_set1_epi16(127);
    for (size_t i = 0; i < count; i += 32) {
        __m256i low = _mm256_min_epi16(_mm256_mulhrs_epi16(load(x + i), by), top);
        __m256i high = _mm256_min_epi16(_mm256_mulhrs_epi16(load(x + i + 16), by), top);
        store(out + i, _mm256_permute4x64_epi64(_mm256_packus_epi16(low, high), 0xd8));
    }
}

AVX2 static void embed(int16_t *out, const int8_t *const *parts, size_t part_count, size_t width,
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
        store(out + k, _mm256_sll_epi16(sum, by));
    }
}

INLINE void gather_block(int16_t *out, const int16_t *const *parts, size_t part_count, size_t k,
                         int vectors, __m256i top)
{
    __m256i sum[4];
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++)
        sum[v] = _mm256_setzero_si256();
    for (size_t p = 0; p < part_count; p++)
#pragma GCC unroll 8
        for (int v = 0; v < vectors; v++)
            sum[v] = _mm256_adds_epi16(sum[v], load(parts[p] + k + 16 * (size_t)v));
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++) {
        sum[v] = _mm256_min_epi16(_mm256_max_epi16(sum[v], _mm256_setzero_si256()), top);
        store(out + k + 16 * (size_t)v, sum[v]);
    }
}

AVX2 static void gather(int16_t *out, const int16_t *const *parts, size_t part_count, size_t width,
                        int16_t top)
{
    const __m256i most = _mm256_set1_epi16(top);
    size_t k = 0;
    for (; k + 64 <= width; k += 64)
        gather_block(out, parts, part_count, k, 4, most);
    for (; k < width; k += 16)
        gather_block(out, parts, part_count, k, 1, most);
}

INLINE void dots_block(int32_t *scores, const int16_t *a, const int16_t *weights,
                       const int32_t *bias, size_t inner, size_t cols, int vectors)
{
    __m256i sum[8];
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++)
        sum[v] = load(bias + 8 * v);
    for (size_t k = 0; k < inner; k += 2, weights += 2 * cols) {
        const __m256i b = four_bytes((const uint8_t *)(a + k));
#pragma GCC unroll 8
        for (int v = 0; v < vectors; v++)
            sum[v] = _mm256_add_epi32(sum[v], _mm256_madd_epi16(b, load(weights + 16 * v)));
    }
#pragma GCC unroll 8
    for (int v = 0; v < vectors; v++)
        store(scores + 8 * v, sum[v]);
}

AVX2 static void dots(int32_t *scores, const int16_t *a, const int16_t *weights,
                      const int32_t *bias, size_t inner, size_t cols)
{
    size_t j = 0;
    for (; j + 64 <= cols; j += 64)
        dots_block(scores + j, a, weights + 2 * j, bias + j, inner, cols, 8);
    for (; j < cols; j += 8)
        dots_block(scores + j, a, weights + 2 * j, bias + j, inner, cols, 1);
}

/* The first eight lanes that are highest, kept lane by lane; then the best of the lanes. */
AVX2 static size_t best(const int32_t *scores, const int32_t *bias, size_t count)
{
    __m256i most = _mm256_set1_epi32(INT32_MIN), where = _mm256_setzero_si256();
    __m256i at = _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7);
    const __m256i end = _mm256_set1_epi32((int)count), eight = _mm256_set1_epi32(8);
    for (size_t k = 0; k < count; k += 8, at = _mm256_add_epi32(at, eight)) {
        __m256i score = load(scores + k);
        if (bias)
            score = _mm256_add_epi32(score, load(bias + k));
        __m256i is_better =
            _mm256_and_si256(_mm256_cmpgt_epi32(score, most), _mm256_cmpgt_epi32(end, at));
        most = _mm256_blendv_epi8(most, score, is_better);
        where = _mm256_blendv_epi8(where, at, is_better);
    }
    int32_t values[8], places[8];
    store(values, most);
    store(places, where);
    size_t lane = 0;
    for (size_t v = 1; v < 8; v++)
        if (values[v] > values[lane] || (values[v] == values[lane] && places[v] < places[lane]))
            lane = v;
    return (size_t)places[lane];
}

const dgm_kernel dgm_kernel_avx2 = {
    .name = "avx2",
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
