/* Products of float matrices with a fixed order of sums: the same bits on any machine with FMA. */
#ifndef TRAIN_MATRIX_H
#define TRAIN_MATRIX_H

#include <stdbool.h>
#include <stddef.h>

/* A view of `a`: element (i, k) is at a[i * row + k * col], so that a transposed one costs nothing.
 */
typedef struct matrix_view {
    const float *at;
    size_t row, col;
} matrix_view;

/* c[rows][cols] (+)= a[rows][inner] * b[inner][cols]; cols is a multiple of 16. */
void matrix_product(float *c, size_t c_row, matrix_view a, const float *b, size_t b_row,
                    size_t rows, size_t inner, size_t cols, bool adds);

/* out[cols][rows] of in[rows][cols]. */
void matrix_transpose(float *out, const float *in, size_t rows, size_t cols);

/* e^x, within 2 ulp; our own, since the C library's differs from machine to machine. */
float matrix_exp(float x);
float matrix_log(float x);

/* scores -> probabilities in place over the first `count`. */
void matrix_softmax(float *scores, int count);

#endif
