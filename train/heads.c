/* Heads over the encoder: tags and names of each word, labels of arcs. Forward and back. */
#include "matrix.h"
#include "net.h"

static const float tag_weight = 0.5f, name_weight = 0.5f;

/* out = x * weights + bias over all rows. */
static void affine(const net *n, const net_batch *b, float *out, const float *weights,
                   const float *bias, size_t cols)
{
    size_t width = (size_t)n->shape.width, rows = (size_t)b->rows;
    for (size_t i = 0; i < rows; i++)
        memcpy(out + i * cols, bias, cols * sizeof *out);
    matrix_view x = {b->x[n->shape.layers], width, 1};
    matrix_product(out, cols, x, weights, cols, rows, width, cols, true);
}

/* From gradients of the outputs to those of the weights and of x. */
static void affine_back(net *n, net_batch *b, const float *dout, const float *weights,
                        float *dweights, size_t cols)
{
    size_t width = (size_t)n->shape.width, rows = (size_t)b->rows;
    matrix_transpose(n->transposed, weights, width, cols);
    matrix_view out = {dout, cols, 1}, x = {b->x[n->shape.layers], 1, width};
    matrix_product(b->dx, width, out, n->transposed, width, rows, cols, width, true);
    matrix_product(dweights, cols, x, dout, cols, width, rows, cols, true);
}

void net_tags(const net *n, net_batch *b)
{
    affine(n, b, b->tag, n->value.tag, n->value.tag_bias, (size_t)n->shape.tag_cols);
    affine(n, b, b->name, n->value.name, n->value.name_bias, NAMES);
}

/* Scores to gradients of the cross entropy, times `weight`; the loss. */
static double cross_entropy(float *scores, int count, int cols, uint32_t gold, float weight)
{
    matrix_softmax(scores, count);
    double loss = -matrix_log(scores[gold] + 1e-9f);
    scores[gold] -= 1;
    for (int k = 0; k < count; k++)
        scores[k] *= weight;
    for (int k = count; k < cols; k++)
        scores[k] = 0;
    return loss;
}

static void add_rows(float *sum, const float *rows, size_t count, size_t cols)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < cols; k++)
            sum[k] += rows[i * cols + k];
}

static void clear_gaps(const net_batch *b, float *values, size_t cols)
{
    int from = 0;
    for (int s = 0; s <= b->sentence_count; s++) {
        int to = s < b->sentence_count ? b->sentences[s].first : b->rows;
        memset(values + (size_t)from * cols, 0, (size_t)(to - from) * cols * sizeof *values);
        if (s < b->sentence_count)
            from = to + b->sentences[s].count;
    }
}

void net_tags_back(net *n, net_batch *b, net_losses *losses)
{
    size_t cols = (size_t)n->shape.tag_cols, rows = (size_t)b->rows;
    for (int s = 0; s < b->sentence_count; s++) {
        for (int i = 0; i < b->sentences[s].count; i++) {
            const word_entry *word = &b->sentences[s].words[i];
            size_t row = (size_t)(b->sentences[s].first + i);
            losses->tag +=
                cross_entropy(b->tag + row * cols, n->shape.tags, (int)cols, word->tag, tag_weight);
            float *name = b->name + row * NAMES;
            if (word->name < 0)
                memset(name, 0, NAMES * sizeof *name);
            else
                losses->name += cross_entropy(name, 7, NAMES, (uint32_t)word->name, name_weight);
            losses->words++;
        }
    }
    clear_gaps(b, b->tag, cols);
    clear_gaps(b, b->name, NAMES);
    add_rows(n->gradient.tag_bias, b->tag, rows, cols);
    add_rows(n->gradient.name_bias, b->name, rows, NAMES);
    affine_back(n, b, b->tag, n->value.tag, n->gradient.tag, cols);
    affine_back(n, b, b->name, n->value.name, n->gradient.name, NAMES);
}

void net_states(const net *n, net_batch *b)
{
    size_t width = (size_t)n->shape.width, rows = (size_t)b->rows;
    size_t state = DGM_PLACES * (size_t)n->shape.hidden;
    size_t arc = DGM_LABEL_PLACES * (size_t)n->shape.label_hidden;
    matrix_view x = {b->x[n->shape.layers], width, 1};
    matrix_product(b->state, state, x, n->value.state, state, rows, width, state, false);
    matrix_product(b->arc, arc, x, n->value.arc, arc, rows, width, arc, false);
    memset(b->dstate, 0, rows * state * sizeof *b->dstate);
    memset(b->darc, 0, rows * arc * sizeof *b->darc);
    memset(b->arc_hidden, 0, rows * (size_t)n->shape.label_hidden * sizeof *b->arc_hidden);
}

void net_states_back(net *n, net_batch *b)
{
    affine_back(n, b, b->dstate, n->value.state, n->gradient.state,
                DGM_PLACES * (size_t)n->shape.hidden);
    affine_back(n, b, b->darc, n->value.arc, n->gradient.arc,
                DGM_LABEL_PLACES * (size_t)n->shape.label_hidden);
}

void net_labels(const net *n, net_batch *b, const net_sentence *sentence, const dgm_state *state)
{
    size_t hidden = (size_t)n->shape.label_hidden, cols = (size_t)n->shape.label_cols;
    for (int child = 1; child <= sentence->count; child++) {
        if (!state->head[child])
            continue;
        int places[DGM_LABEL_PLACES], shape;
        dgm_state_look_arc(state, child, places, &shape);
        float *sum = b->arc_hidden + (size_t)(sentence->first + child - 1) * hidden;
        const float *start = n->value.arc_shape + (size_t)shape * hidden;
        for (size_t k = 0; k < hidden; k++)
            sum[k] = start[k] + n->value.arc_bias[k];
        for (size_t p = 0; p < DGM_LABEL_PLACES; p++) {
            size_t row = (size_t)(sentence->first + places[p] - 1);
            const float *part = places[p] ? b->arc + (row * DGM_LABEL_PLACES + p) * hidden
                                          : n->value.arc_none + p * hidden;
            for (size_t k = 0; k < hidden; k++)
                sum[k] += part[k];
        }
        for (size_t k = 0; k < hidden; k++)
            sum[k] = sum[k] > 0 ? sum[k] : 0;
    }
    size_t first = (size_t)sentence->first, rows = (size_t)sentence->count;
    for (size_t i = first; i < first + rows; i++)
        memcpy(b->label + i * cols, n->value.label_bias, cols * sizeof *b->label);
    matrix_view view = {b->arc_hidden + first * hidden, hidden, 1};
    matrix_product(b->label + first * cols, cols, view, n->value.label, cols, rows, hidden, cols,
                   true);
}

static void spread_arc(net *n, net_batch *b, const net_sentence *sentence, const dgm_state *state,
                       int child)
{
    size_t hidden = (size_t)n->shape.label_hidden;
    size_t row = (size_t)(sentence->first + child - 1);
    float *d = b->darc_hidden + row * hidden;
    const float *h = b->arc_hidden + row * hidden;
    int places[DGM_LABEL_PLACES], shape;
    dgm_state_look_arc(state, child, places, &shape);
    float *dshape = n->gradient.arc_shape + (size_t)shape * hidden;
    for (size_t k = 0; k < hidden; k++) {
        d[k] = h[k] > 0 ? d[k] : 0;
        n->gradient.arc_bias[k] += d[k];
        dshape[k] += d[k];
    }
    for (size_t p = 0; p < DGM_LABEL_PLACES; p++) {
        size_t at = (size_t)(sentence->first + places[p] - 1);
        float *part = places[p] ? b->darc + (at * DGM_LABEL_PLACES + p) * hidden
                                : n->gradient.arc_none + p * hidden;
        for (size_t k = 0; k < hidden; k++)
            part[k] += d[k];
    }
}

/* The gold tree of a sentence as a finished state. */
static void gold_state(const net_sentence *sentence, dgm_state *state)
{
    dgm_state_init(state, sentence->count);
    for (int i = 1; i <= sentence->count; i++)
        state->head[i] = (int16_t)sentence->words[i - 1].head;
    dgm_state_link(state);
}

static void label_sentence_back(net *n, net_batch *b, const net_sentence *sentence,
                                net_losses *losses)
{
    size_t hidden = (size_t)n->shape.label_hidden, cols = (size_t)n->shape.label_cols;
    size_t first = (size_t)sentence->first, rows = (size_t)sentence->count;
    dgm_state state;
    gold_state(sentence, &state);
    net_labels(n, b, sentence, &state);
    for (size_t i = 0; i < rows; i++) {
        float *scores = b->label + (first + i) * cols;
        if (state.head[i + 1])
            losses->label +=
                cross_entropy(scores, n->shape.labels, (int)cols, sentence->words[i].label, 1.0f);
        else
            memset(scores, 0, cols * sizeof *scores);
    }
    add_rows(n->gradient.label_bias, b->label + first * cols, rows, cols);
    matrix_transpose(n->transposed, n->value.label, hidden, cols);
    matrix_view d = {b->label + first * cols, cols, 1};
    matrix_product(b->darc_hidden + first * hidden, hidden, d, n->transposed, hidden, rows, cols,
                   hidden, false);
    matrix_view h = {b->arc_hidden + first * hidden, 1, hidden};
    matrix_product(n->gradient.label, cols, h, b->label + first * cols, cols, hidden, rows, cols,
                   true);
    for (int child = 1; child <= sentence->count; child++)
        if (state.head[child])
            spread_arc(n, b, sentence, &state, child);
}

void net_labels_back(net *n, net_batch *b, net_losses *losses)
{
    for (int s = 0; s < b->sentence_count; s++)
        label_sentence_back(n, b, &b->sentences[s], losses);
}
