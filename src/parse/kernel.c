/* The integer operations in plain C: the reference for the vector versions, and what runs where
 * those can't. */
#include "parse/kernel.h"

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC optimize("O3") /* vector code where the build asks for less: three times the speed */
#endif

static int16_t saturated(int32_t value)
{
    return (int16_t)(value > INT16_MAX ? INT16_MAX : value < INT16_MIN ? INT16_MIN : value);
}

/* As _mm256_mulhrs_epi16, whose one overflow (-32768 * -32768) wraps. */
static int16_t scaled(int16_t x, int16_t scale)
{
    return (int16_t)(((int32_t)x * scale + 0x4000) >> 15);
}

static int16_t rescaled(int32_t sum, unsigned shift, int16_t scale)
{
    int32_t half = shift ? 1 << (shift - 1) : 0;
    return scaled(saturated((sum + half) >> shift), scale);
}

static void product(int32_t *out, const uint8_t *a, const int8_t *weights, size_t rows,
                    size_t inner, size_t cols)
{
    for (size_t strip = 0; strip < cols / 16; strip++) {
        for (size_t i = 0; i < rows; i++) {
            int32_t sums[16] = {0};
            const int8_t *w = weights + strip * inner * 16;
            for (size_t k = 0; k < inner; k += 4, w += 64)
                for (size_t j = 0; j < 16; j++)
                    for (size_t q = 0; q < 4; q++)
                        sums[j] += a[i * inner + k + q] * w[j * 4 + q];
            for (size_t j = 0; j < 16; j++)
                out[i * cols + strip * 16 + j] = sums[j];
        }
    }
}

static void rescale(int16_t *out, const int32_t *sums, size_t rows, size_t cols, unsigned shift,
                    const int16_t *scale)
{
    for (size_t i = 0; i < rows; i++)
        for (size_t j = 0; j < cols; j++)
            out[i * cols + j] = rescaled(sums[i * cols + j], shift, scale[j]);
}

static void residual(int16_t *x, const int32_t *sums, size_t rows, size_t cols, unsigned shift,
                     const int16_t *scale, const int16_t *bias)
{
    for (size_t i = 0; i < rows; i++) {
        for (size_t j = 0; j < cols; j++) {
            int16_t branch = saturated(rescaled(sums[i * cols + j], shift, scale[j]) + bias[j]);
            if (branch > 0)
                x[i * cols + j] = saturated(x[i * cols + j] + branch);
        }
    }
}

static void squeeze(uint8_t *out, const int16_t *x, size_t count, int16_t scale)
{
    for (size_t i = 0; i < count; i++) {
        int16_t value = scaled(x[i], scale);
        out[i] = (uint8_t)(value > 127 ? 127 : value);
    }
}

static void embed(int16_t *out, const int8_t *const *parts, size_t part_count, size_t width,
                  unsigned shift)
{
    for (size_t k = 0; k < width; k++) {
        int sum = 0;
        for (size_t p = 0; p < part_count; p++)
            sum += parts[p][k];
        out[k] = (int16_t)(sum > 0 ? sum << shift : 0);
    }
}

static void gather(int16_t *out, const int16_t *const *parts, size_t part_count, size_t width,
                   int16_t top)
{
    for (size_t k = 0; k < width; k++) {
        int16_t sum = 0;
        for (size_t p = 0; p < part_count; p++)
            sum = saturated(sum + parts[p][k]);
        out[k] = sum < 0 ? 0 : sum > top ? top : sum;
    }
}

static void dots(int32_t *scores, const int16_t *a, const int16_t *weights, const int32_t *bias,
                 size_t inner, size_t cols)
{
    for (size_t j = 0; j < cols; j++)
        scores[j] = bias[j];
    for (size_t k = 0; k < inner; k += 2, weights += 2 * cols) {
        if (!a[k] && !a[k + 1])
            continue;
        for (size_t j = 0; j < cols; j++)
            scores[j] += a[k] * weights[2 * j] + a[k + 1] * weights[2 * j + 1];
    }
}

static size_t best(const int32_t *scores, const int32_t *bias, size_t count)
{
    size_t best = 0;
    int32_t most = INT32_MIN;
    for (size_t k = 0; k < count; k++) {
        int32_t score = scores[k] + (bias ? bias[k] : 0);
        if (score > most) {
            most = score;
            best = k;
        }
    }
    return best;
}

const dgm_kernel dgm_kernel_plain = {
    .name = "c",
    .product = product,
    .rescale = rescale,
    .residual = residual,
    .squeeze = squeeze,
    .embed = embed,
    .gather = gather,
    .dots = dots,
    .best = best,
};
