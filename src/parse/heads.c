/* The heads over the encoder: tags and names of the words, the moves that build the tree, labels
 * of its arcs. All scores are integers; the lowest number wins among equals. */
#include "parse/parser_priv.h"

static uint32_t best_of(const int32_t *scores, uint32_t count)
{
    uint32_t best = 0;
    for (uint32_t k = 1; k < count; k++)
        if (scores[k] > scores[best])
            best = k;
    return best;
}

static void add_bias(int32_t *scores, const int32_t *bias, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++)
        scores[k] += bias[k];
}

static size_t by_fours(int count)
{
    return ((size_t)count + 3) & ~(size_t)3;
}

static void choose(dgm_parser *parser, uint8_t *out, int count, const int8_t *weights,
                   const int32_t *bias, uint32_t cols, uint32_t choices)
{
    parser->kernel->product(parser->sums, dgm_encoded(parser, 0), weights, by_fours(count),
                            parser->model->header->width, cols);
    for (int i = 0; i < count; i++) {
        int32_t *scores = parser->sums + (size_t)i * cols;
        add_bias(scores, bias, choices);
        out[i] = (uint8_t)best_of(scores, choices);
    }
}

void dgm_tag_words(dgm_parser *parser, int count)
{
    const dgm_model *m = parser->model;
    const dgm_model_header *h = m->header;
    choose(parser, parser->tags, count, m->tag, m->tag_bias, h->tag_cols, h->tags);
    if (h->name_cols)
        choose(parser, parser->names, count, m->name, m->name_bias, h->name_cols, DGM_NAME_TAGS);
    else
        memset(parser->names, 0, (size_t)count);
}

static dgm_move best_move(const int32_t *scores, unsigned allowed)
{
    dgm_move best = DGM_SHIFT;
    for (unsigned move = 1; move < DGM_MOVES; move++)
        if ((allowed >> move & 1) && scores[move] > scores[best])
            best = (dgm_move)move;
    return best;
}

static dgm_move next_move(const dgm_parser *parser)
{
    const dgm_model *m = parser->model;
    size_t hidden = m->header->hidden;
    int places[DGM_PLACES], distance, valence;
    int16_t sum[DGM_MODEL_HIDDEN];
    int32_t scores[DGM_MOVE_COLS];
    dgm_state_look(&parser->state, places, &distance, &valence);
    const int16_t *parts[DGM_PLACES + 2] = {m->distance + (size_t)distance * hidden,
                                            m->valence + (size_t)valence * hidden};
    for (size_t p = 0; p < DGM_PLACES; p++)
        parts[p + 2] = places[p]
                           ? parser->states + ((size_t)(places[p] - 1) * DGM_PLACES + p) * hidden
                           : m->state_none + p * hidden;
    parser->kernel->gather(sum, parts, DGM_PLACES + 2, hidden, DGM_MODEL_HIDDEN_TOP);
    parser->kernel->dots(scores, sum, m->move, m->move_bias, hidden, DGM_MOVE_COLS);
    return best_move(scores, dgm_state_moves(&parser->state));
}

void dgm_parse_words(dgm_parser *parser, int count)
{
    const dgm_model *m = parser->model;
    const dgm_model_header *h = m->header;
    size_t cols = DGM_PLACES * (size_t)h->hidden;
    dgm_state *state = &parser->state;
    parser->kernel->product(parser->sums, dgm_encoded(parser, 0), m->state, by_fours(count),
                            h->width, cols);
    parser->kernel->rescale(parser->states, parser->sums, (size_t)count, cols, h->state_shift,
                            m->state_scale);
    dgm_state_init(state, count);
    while (state->buffer <= state->count)
        dgm_state_do(state, state->stack_count ? next_move(parser) : DGM_SHIFT);
    dgm_state_finish(state);
    dgm_state_link(state);
}

static uint8_t best_label(const dgm_parser *parser, int child)
{
    const dgm_model *m = parser->model;
    size_t hidden = m->header->label_hidden;
    int places[DGM_LABEL_PLACES], shape;
    int16_t sum[DGM_MODEL_HIDDEN];
    int32_t scores[DGM_MODEL_COLS];
    dgm_state_look_arc(&parser->state, child, places, &shape);
    const int16_t *parts[DGM_LABEL_PLACES + 1] = {m->arc_shape + (size_t)shape * hidden};
    for (size_t p = 0; p < DGM_LABEL_PLACES; p++)
        parts[p + 1] =
            places[p] ? parser->arcs + ((size_t)(places[p] - 1) * DGM_LABEL_PLACES + p) * hidden
                      : m->arc_none + p * hidden;
    parser->kernel->gather(sum, parts, DGM_LABEL_PLACES + 1, hidden, DGM_MODEL_HIDDEN_TOP);
    parser->kernel->dots(scores, sum, m->label, m->label_bias, hidden, m->header->label_cols);
    scores[m->root_label] = INT32_MIN;
    return (uint8_t)best_of(scores, m->header->labels);
}

void dgm_label_arcs(dgm_parser *parser, int count)
{
    const dgm_model *m = parser->model;
    const dgm_model_header *h = m->header;
    size_t cols = DGM_LABEL_PLACES * (size_t)h->label_hidden;
    parser->kernel->product(parser->sums, dgm_encoded(parser, 0), m->arc, by_fours(count), h->width,
                            cols);
    parser->kernel->rescale(parser->arcs, parser->sums, (size_t)count, cols, h->arc_shift,
                            m->arc_scale);
    for (int child = 1; child <= count; child++)
        parser->labels[child - 1] =
            parser->state.head[child] ? best_label(parser, child) : (uint8_t)m->root_label;
}
