/* Parameters of the network: layout, first values, and Adam (Kingma and Ba 2015). */
#include "net.h"
#include "matrix.h"
#include <math.h>

static size_t padded(size_t count)
{
    return (count + 15) & ~(size_t)15;
}

static size_t lay_out(const net_shape *n, net_parameters *parameters, float *base)
{
    size_t at = 0;
#define X(name, rows, cols)                                                                        \
    parameters->name = base + at;                                                                  \
    at += padded((size_t)(rows) * (size_t)(cols));
    NET_PARAMETERS(X)
#undef X
    return at;
}

static void fill(float *values, int rows, int cols, float scale, random_state *random)
{
    for (size_t i = 0; i < (size_t)rows * (size_t)cols; i++)
        values[i] = random_normal(random) * scale;
}

static void fill_dense(net *n, random_state *random)
{
    const net_shape *s = &n->shape;
    net_parameters *v = &n->value;
    float width = (float)s->width;
    fill(v->project, VECTOR_WIDTH, s->width, 0.1f, random);
    fill(v->conv, s->layers * 3 * s->width, s->width, sqrtf(1 / (3 * width)), random);
    fill(v->tag, s->width, s->tag_cols, sqrtf(1 / width), random);
    fill(v->name, s->width, NAMES, sqrtf(1 / width), random);
    fill(v->state, s->width, DGM_PLACES * s->hidden, sqrtf(1 / (width * 4)), random);
    fill(v->move, s->hidden, MOVES, sqrtf(1 / (float)s->hidden), random);
    fill(v->arc, s->width, DGM_LABEL_PLACES * s->label_hidden, sqrtf(1 / (width * 4)), random);
    fill(v->label, s->label_hidden, s->label_cols, sqrtf(1 / (float)s->label_hidden), random);
}

static const uint8_t piece_bits[DGM_PIECE_COUNT] = {10, 11, 13, 13, 12};

uint32_t net_piece_rows(dgm_piece piece)
{
    return 1u << piece_bits[piece];
}

uint32_t net_piece_row(dgm_piece piece, uint32_t hash)
{
    return hash & (net_piece_rows(piece) - 1);
}

static void init_table(net_table *table, dgm_arena *arena, uint32_t rows, int width, float scale,
                       random_state *random)
{
    size_t count = (size_t)rows * (size_t)width;
    *table = (net_table){
        .rows = rows,
        .value = DGM_ARRAY(arena, float, count),
        .gradient = DGM_ARRAY(arena, float, count),
        .mean = DGM_ARRAY(arena, float, count),
        .square = DGM_ARRAY(arena, float, count),
        .is_touched = DGM_ARRAY(arena, bool, rows),
        .touched = DGM_ARRAY(arena, uint32_t, rows),
    };
    fill(table->value, (int)rows, width, scale, random);
}

static size_t largest_matrix(const net_shape *s)
{
    size_t state = (size_t)s->width * DGM_PLACES * (size_t)s->hidden;
    size_t conv = 3 * (size_t)s->width * (size_t)s->width;
    size_t arc = (size_t)s->width * DGM_LABEL_PLACES * (size_t)s->label_hidden;
    size_t most = state > conv ? state : conv;
    return most > arc ? most : arc;
}

void net_init(net *n, dgm_arena *arena, const net_shape *shape, const vocabulary *voc,
              random_state *random)
{
    *n = (net){.shape = *shape, .voc = voc};
    n->parameter_count = lay_out(shape, &n->value, NULL);
    float **const arrays[] = {&n->values, &n->gradients, &n->means, &n->squares};
    for (int i = 0; i < 4; i++)
        *arrays[i] = DGM_ARRAY(arena, float, n->parameter_count);
    lay_out(shape, &n->value, n->values);
    lay_out(shape, &n->gradient, n->gradients);
    n->transposed = DGM_ARRAY(arena, float, largest_matrix(shape));
    fill_dense(n, random);
    init_table(&n->tables[TABLE_WORD], arena, voc->rows, shape->width, 0.1f, random);
    init_table(&n->tables[TABLE_CLASS], arena, voc->classes, shape->width, 0.3f, random);
    for (int p = 0; p < DGM_PIECE_COUNT; p++)
        init_table(&n->tables[TABLE_PIECE + p], arena, net_piece_rows((dgm_piece)p), shape->width,
                   0.3f, random);
}

typedef struct adam_rates {
    float rate, scale; /* learning rate with bias correction; 1 / batch size */
} adam_rates;

static inline void adam(float *value, float *gradient, float *mean, float *square, size_t count,
                        adam_rates rates)
{
    for (size_t i = 0; i < count; i++) {
        float g = gradient[i] * rates.scale;
        mean[i] = 0.9f * mean[i] + 0.1f * g;
        square[i] = 0.999f * square[i] + 0.001f * g * g;
        value[i] -= rates.rate * mean[i] / (sqrtf(square[i]) + 1e-7f);
        gradient[i] = 0;
    }
}

static double power(double base, uint64_t exponent)
{
    double result = 1;
    for (; exponent; exponent >>= 1, base *= base)
        if (exponent & 1)
            result *= base;
    return result;
}

void net_step(net *n, float rate, float batch_size)
{
    n->steps++;
    double correction = sqrt(1 - power(0.999, n->steps)) / (1 - power(0.9, n->steps));
    adam_rates rates = {(float)(rate * correction), 1 / batch_size};
    adam(n->values, n->gradients, n->means, n->squares, n->parameter_count, rates);
    size_t width = (size_t)n->shape.width;
    for (int t = 0; t < TABLE_COUNT; t++) {
        net_table *table = &n->tables[t];
        for (uint32_t i = 0; i < table->touched_count; i++) {
            size_t at = table->touched[i] * width;
            adam(table->value + at, table->gradient + at, table->mean + at, table->square + at,
                 width, rates);
            table->is_touched[table->touched[i]] = false;
        }
        table->touched_count = 0;
    }
}
