/* Integer arithmetic of the network. Each operation is there in plain C and for AVX2 and gives the
 * same bytes in both: products are exact, sums of 16 bits saturate in a fixed order, and scaling is
 * a rounding fixed-point product: scaled(x, m) = (x * m + 2^14) >> 15.
 *
 * Weight matrices for product() are stored in strips of 16 columns: [cols / 16][inner / 4][16][4];
 * those for dots() in pairs: [inner / 2][cols][2]. Rows are padded to multiples of 4. */
#ifndef DGM_PARSE_KERNEL_H
#define DGM_PARSE_KERNEL_H

#include <stddef.h>
#include <stdint.h>

typedef struct dgm_kernel {
    const char *name;
    /* out[rows][cols] = a[rows][inner] * weights; a is 0..127. */
    void (*product)(int32_t *out, const uint8_t *a, const int8_t *weights, size_t rows,
                    size_t inner, size_t cols);
    /* out = scaled(saturated((sum + half) >> shift), scale[column]). */
    void (*rescale)(int16_t *out, const int32_t *sums, size_t rows, size_t cols, unsigned shift,
                    const int16_t *scale);
    /* x += max(0, rescaled sums + bias), saturated. */
    void (*residual)(int16_t *x, const int32_t *sums, size_t rows, size_t cols, unsigned shift,
                     const int16_t *scale, const int16_t *bias);
    /* out = min(127, scaled(x, scale)); x and scale are not negative. count: multiple of 32. */
    void (*squeeze)(uint8_t *out, const int16_t *x, size_t count, int16_t scale);
    /* out = max(0, sum of the parts) << shift; width: multiple of 16. */
    void (*embed)(int16_t *out, const int8_t *const *parts, size_t part_count, size_t width,
                  unsigned shift);
    /* out = saturated sum of the parts, kept within 0..top; width: multiple of 16. */
    void (*gather)(int16_t *out, const int16_t *const *parts, size_t part_count, size_t width,
                   int16_t top);
    /* scores[cols] = bias + a[inner] * weights; cols: multiple of 8. */
    void (*dots)(int32_t *scores, const int16_t *a, const int16_t *weights, const int32_t *bias,
                 size_t inner, size_t cols);
} dgm_kernel;

extern const dgm_kernel dgm_kernel_plain;

/* The best one for this machine. */
const dgm_kernel *dgm_kernel_best(void);

#endif
