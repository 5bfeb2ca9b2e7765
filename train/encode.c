/* The encoder, forward and back: sums of embeddings, then residual convolutions over three words.
 */
#include "matrix.h"
#include "net.h"

static const float input_dropout = 0.2f, output_dropout = 0.2f;

enum { MAX_ROWS = PAD + BATCH * (DGM_PIECE_TOKENS + PAD) };

void net_batch_init(net_batch *b, dgm_arena *arena, const net_shape *s)
{
    size_t width = (size_t)s->width, rows = MAX_ROWS;
    *b = (net_batch){0};
    b->words = DGM_ARRAY(arena, dgm_word, rows);
    b->table_rows = dgm_arena_array(arena, rows, sizeof *b->table_rows);
    b->vectors = DGM_ARRAY(arena, float, rows *VECTOR_WIDTH);
    for (int l = 0; l <= s->layers; l++)
        b->x[l] = DGM_ARRAY(arena, float, rows *width);
    for (int l = 0; l < s->layers; l++)
        b->branch[l] = DGM_ARRAY(arena, float, rows *width);
    float **const wide[] = {&b->mask, &b->out_mask, &b->dx, &b->dbranch};
    for (int i = 0; i < 4; i++)
        *wide[i] = DGM_ARRAY(arena, float, rows *width);
    size_t state = DGM_PLACES * (size_t)s->hidden, hidden = (size_t)s->label_hidden;
    b->tag = DGM_ARRAY(arena, float, rows *(size_t)s->tag_cols);
    b->name = DGM_ARRAY(arena, float, rows *NAMES);
    b->state = DGM_ARRAY(arena, float, rows *state);
    b->dstate = DGM_ARRAY(arena, float, rows *state);
    b->arc = DGM_ARRAY(arena, float, rows *DGM_LABEL_PLACES *hidden);
    b->darc = DGM_ARRAY(arena, float, rows *DGM_LABEL_PLACES *hidden);
    b->arc_hidden = DGM_ARRAY(arena, float, rows *hidden);
    b->darc_hidden = DGM_ARRAY(arena, float, rows *hidden);
    b->label = DGM_ARRAY(arena, float, rows *(size_t)s->label_cols);
}

/* Rare words are now and then taken for unknown ones, so that those are learnt too; their vector
 * mostly stays, as it will for words that only the vectors know. */
static vocabulary_word look_up(const net *n, uint64_t hash, random_state *random)
{
    vocabulary_word word = n->voc->words[vocabulary_find(n->voc, hash)];
    if (random) {
        float often = (float)word.uses;
        if (random_unit(random) < 0.4f / (0.4f + often) + 0.02f) {
            word.row = 0;
            if (random_unit(random) < 0.2f)
                word.vector = word.klass = 0;
            else if (random_unit(random) < 0.5f)
                word.klass = 0;
        }
    }
    return word;
}

static void embed(const net *n, net_batch *b, int row, random_state *random)
{
    size_t width = (size_t)n->shape.width;
    uint32_t *rows = b->table_rows[row];
    vocabulary_word word = look_up(n, b->words[row].word, random);
    rows[TABLE_WORD] = word.row;
    rows[TABLE_CLASS] = word.klass;
    for (int p = 0; p < DGM_PIECE_COUNT; p++)
        rows[TABLE_PIECE + p] = net_piece_row((dgm_piece)p, b->words[row].piece[p]);
    const float *vector = n->voc->vectors + (size_t)word.vector * VECTOR_WIDTH;
    for (int k = 0; k < VECTOR_WIDTH; k++)
        b->vectors[row * VECTOR_WIDTH + k] = vector[k];
    matrix_view view = {vector, VECTOR_WIDTH, 1};
    float *x = b->x[0] + row * width;
    matrix_product(x, width, view, n->value.project, width, 1, VECTOR_WIDTH, width, false);
    for (int t = 0; t < TABLE_COUNT; t++) {
        const float *value = n->tables[t].value + rows[t] * width;
        for (size_t k = 0; k < width; k++)
            x[k] += value[k];
    }
    for (size_t k = 0; k < width; k++)
        x[k] = x[k] > 0 ? x[k] : 0;
}

static void drop_input(const net *n, net_batch *b, int row, random_state *random)
{
    size_t width = (size_t)n->shape.width;
    float *x = b->x[0] + row * width, *mask = b->mask + row * width;
    for (size_t k = 0; k < width; k++) {
        bool stays = x[k] > 0 && random_unit(random) >= input_dropout;
        mask[k] = stays ? 1 / (1 - input_dropout) : 0;
        x[k] *= mask[k];
    }
}

static void clear_padding(const net_batch *b, float *values, size_t width)
{
    int from = 0;
    for (int s = 0; s <= b->sentence_count; s++) {
        bool is_end = s == b->sentence_count;
        int to = is_end ? b->rows : b->sentences[s].first;
        memset(values + from * width, 0, (size_t)(to - from) * width * sizeof *values);
        if (!is_end)
            from = to + b->sentences[s].count;
    }
}

static void convolve(const net *n, net_batch *b, int layer)
{
    size_t width = (size_t)n->shape.width, rows = (size_t)b->rows - 2 * PAD;
    float *out = b->branch[layer] + PAD * width;
    const float *bias = n->value.conv_bias + layer * width;
    for (size_t i = 0; i < rows; i++)
        memcpy(out + i * width, bias, width * sizeof *out);
    for (int tap = -1; tap <= 1; tap++) {
        const float *weights = n->value.conv + (size_t)(layer * 3 + tap + 1) * width * width;
        matrix_view view = {b->x[layer] + (PAD + tap * n->shape.dilation[layer]) * (int)width,
                            width, 1};
        matrix_product(out, width, view, weights, width, rows, width, width, true);
    }
    const float *in = b->x[layer];
    float *next = b->x[layer + 1], *branch = b->branch[layer];
    for (size_t i = PAD * width; i < (rows + PAD) * width; i++)
        next[i] = in[i] + (branch[i] > 0 ? branch[i] : 0);
    clear_padding(b, next, width);
}

static void drop_output(const net *n, net_batch *b, random_state *random)
{
    float *x = b->x[n->shape.layers];
    for (size_t i = 0; i < (size_t)b->rows * (size_t)n->shape.width; i++) {
        b->out_mask[i] = random_unit(random) < output_dropout ? 0 : 1 / (1 - output_dropout);
        x[i] *= b->out_mask[i];
    }
}

void net_encode(const net *n, net_batch *b, random_state *random)
{
    clear_padding(b, b->x[0], (size_t)n->shape.width);
    for (int s = 0; s < b->sentence_count; s++) {
        int end = b->sentences[s].first + b->sentences[s].count;
        for (int row = b->sentences[s].first; row < end; row++) {
            embed(n, b, row, random);
            if (random)
                drop_input(n, b, row, random);
        }
    }
    for (int l = 0; l < n->shape.layers; l++)
        convolve(n, b, l);
    if (random)
        drop_output(n, b, random);
}

static void convolve_back(net *n, net_batch *b, int layer)
{
    size_t width = (size_t)n->shape.width, rows = (size_t)b->rows - 2 * PAD;
    clear_padding(b, b->dx, width);
    clear_padding(b, b->dbranch, width);
    float *bias = n->gradient.conv_bias + layer * width;
    for (size_t i = PAD; i < rows + PAD; i++)
        for (size_t k = 0; k < width; k++) {
            float d = b->branch[layer][i * width + k] > 0 ? b->dx[i * width + k] : 0;
            b->dbranch[i * width + k] = d;
            bias[k] += d;
        }
    for (int tap = -1; tap <= 1; tap++) {
        size_t at = (size_t)(layer * 3 + tap + 1) * width * width;
        int shift = tap * n->shape.dilation[layer] * (int)width;
        matrix_transpose(n->transposed, n->value.conv + at, width, width);
        matrix_view out = {b->dbranch + PAD * width, width, 1};
        matrix_product(b->dx + PAD * width + shift, width, out, n->transposed, width, rows, width,
                       width, true);
        matrix_view in = {b->x[layer] + PAD * width + shift, 1, width};
        matrix_product(n->gradient.conv + at, width, in, b->dbranch + PAD * width, width, width,
                       rows, width, true);
    }
}

static void embed_back(net *n, net_batch *b, int row)
{
    size_t width = (size_t)n->shape.width;
    float *dx = b->dx + row * width;
    for (size_t k = 0; k < width; k++)
        dx[k] *= b->mask[row * width + k];
    for (int t = 0; t < TABLE_COUNT; t++) {
        net_table *table = &n->tables[t];
        uint32_t at = b->table_rows[row][t];
        if (!table->is_touched[at]) {
            table->is_touched[at] = true;
            table->touched[table->touched_count++] = at;
        }
        float *gradient = table->gradient + at * width;
        for (size_t k = 0; k < width; k++)
            gradient[k] += dx[k];
    }
    matrix_view vector = {b->vectors + row * VECTOR_WIDTH, 1, VECTOR_WIDTH};
    matrix_product(n->gradient.project, width, vector, dx, width, VECTOR_WIDTH, 1, width, true);
}

void net_encode_back(net *n, net_batch *b)
{
    for (size_t i = 0; i < (size_t)b->rows * (size_t)n->shape.width; i++)
        b->dx[i] *= b->out_mask[i];
    for (int l = n->shape.layers - 1; l >= 0; l--)
        convolve_back(n, b, l);
    for (int s = 0; s < b->sentence_count; s++) {
        int end = b->sentences[s].first + b->sentences[s].count;
        for (int row = b->sentences[s].first; row < end; row++)
            embed_back(n, b, row);
    }
}
