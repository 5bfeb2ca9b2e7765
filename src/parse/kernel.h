/* Integer arithmetic of the network. Each operation is there in plain C, for AVX2 and for AVX-512
 * with VNNI, and gives the same bytes in all: products are exact, sums of 16 bits saturate in a
 * fixed order, and scaling is a rounding fixed-point product: scaled(x, m) = (x * m + 2^14) >> 15.
 *
 * Weight matrices for product() are stored in strips of 16 columns: [cols / 16][inner / 4][16][4];
 * those for dots() in pairs: [inner / 2][cols][2]. Columns are multiples of 16 where nothing else
 * is said; rows are any number. */
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
    /* The first of the highest among scores[k] + bias[k], k < count; bias NULL: all 0. Both may be
     * read up to the next multiple of 16. */
    size_t (*best)(const int32_t *scores, const int32_t *bias, size_t count);
} dgm_kernel;

extern const dgm_kernel dgm_kernel_plain;
extern const dgm_kernel dgm_kernel_avx2;   /* on x86-64 */
extern const dgm_kernel dgm_kernel_avx512; /* on x86-64 */

enum { DGM_KERNELS = 3 };

/* Those that this machine can run, the fastest last; the number of them. */
size_t dgm_kernel_list(const dgm_kernel *list[DGM_KERNELS]);

/* The best one for this machine. */
const dgm_kernel *dgm_kernel_best(void);

#endif
