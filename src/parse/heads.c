/* The heads over the encoder: tags and names of the words, the moves that build the tree, labels
 * of its arcs. All scores are integers; the lowest number wins among equals. */
#include "parse/parser_priv.h"

static void choose(dgm_parser *parser, uint8_t *out, int count, const int8_t *weights,
                   const int32_t *bias, uint32_t cols, uint32_t choices)
{
    parser->kernel->product(parser->sums, dgm_encoded(parser, 0), weights, (size_t)count,
                            parser->model->header->width, cols);
    for (size_t i = 0; i < (size_t)count; i++)
        out[i] = (uint8_t)parser->kernel->best(parser->sums + i * cols, bias, choices);
}

void dgm_tag_words(dgm_parser *parser, int count)
{
    const dgm_model *m = parser->model;
    choose(parser, parser->tags, count, m->tag, m->tag_bias, m->header->tag_cols, m->header->tags);
}

void dgm_name_words(dgm_parser *parser, int count)
{
    const dgm_model *m = parser->model;
    uint32_t cols = m->header->name_cols;
    if (cols)
        choose(parser, parser->names, count, m->name, m->name_bias, cols, DGM_NAME_TAGS);
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

/* The state layer's products with `count` words from word `first` (from 0) on, as the places-th. */
static void fill_states(dgm_parser *parser, size_t place, int first, int count)
{
    const dgm_model *m = parser->model;
    size_t width = m->header->width, hidden = m->header->hidden;
    parser->kernel->product(parser->sums, dgm_encoded(parser, first),
                            m->state + place * hidden * width, (size_t)count, width, hidden);
    parser->kernel->rescale(dgm_state_row(parser, place, first), parser->sums, (size_t)count,
                            hidden, m->header->state_shift, m->state_scale + place * hidden);
    memset(parser->has_state[place] + first, 1, (size_t)count);
}

/* Nearly every word comes to these places; to the others a third does, and they are filled when
 * one comes. */
static bool is_busy(size_t place)
{
    return place == DGM_PLACE_TOP || (place >= DGM_PLACE_NEXT && place <= DGM_PLACE_NEXT + 2);
}

static void start_states(dgm_parser *parser, int count)
{
    for (size_t place = 0; place < DGM_PLACES; place++) {
        if (is_busy(place))
            fill_states(parser, place, 0, count);
        else
            memset(parser->has_state[place], 0, (size_t)count);
    }
}

static const int16_t *state_part(dgm_parser *parser, size_t place, int token)
{
    if (!token)
        return parser->model->state_none + place * parser->model->header->hidden;
    if (!parser->has_state[place][token - 1])
        fill_states(parser, place, token - 1, 1);
    return dgm_state_row(parser, place, token - 1);
}

static dgm_move next_move(dgm_parser *parser)
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
        parts[p + 2] = state_part(parser, p, places[p]);
    parser->kernel->gather(sum, parts, DGM_PLACES + 2, hidden, DGM_MODEL_HIDDEN_TOP);
    parser->kernel->dots(scores, sum, m->move, m->move_bias, hidden, DGM_MOVE_COLS);
    return best_move(scores, dgm_state_moves(&parser->state));
}

void dgm_parse_words(dgm_parser *parser, int count)
{
    dgm_state *state = &parser->state;
    dgm_state_init(state, count);
    start_states(parser, count);
    while (state->buffer <= state->count)
        dgm_state_do(state, state->stack_count ? next_move(parser) : DGM_SHIFT);
    dgm_state_finish(state);
    dgm_state_link(state);
}

/* What stands around each arc, as bits of the places that each word comes to. */
static void look_around(dgm_parser *parser, int count)
{
    memset(parser->arc_uses, 0, (size_t)count + 1);
    for (int child = 1; child <= count; child++) {
        int *places = parser->arc_places[child - 1];
        if (!parser->state.head[child])
            continue;
        dgm_state_look_arc(&parser->state, child, places, &parser->arc_shapes[child - 1]);
        for (int p = 0; p < DGM_LABEL_PLACES; p++)
            parser->arc_uses[places[p]] |= (uint8_t)(1 << p);
    }
}

/* The arc layer's products at one place with the words that come there: a third of them or so. */
static void fill_arcs(dgm_parser *parser, size_t place, int count)
{
    const dgm_model *m = parser->model;
    size_t width = m->header->width, hidden = m->header->label_hidden, rows = 0;
    for (int i = 0; i < count; i++) {
        if (!(parser->arc_uses[i + 1] >> place & 1))
            continue;
        memcpy(parser->windows + rows * width, dgm_encoded(parser, i), width);
        parser->arc_rows[place][i] = (int16_t)rows++;
    }
    parser->kernel->product(parser->sums, parser->windows, m->arc + place * hidden * width, rows,
                            width, hidden);
    parser->kernel->rescale(dgm_arc_row(parser, place, 0), parser->sums, rows, hidden,
                            m->header->arc_shift, m->arc_scale + place * hidden);
}

static uint8_t best_label(const dgm_parser *parser, int child)
{
    const dgm_model *m = parser->model;
    size_t hidden = m->header->label_hidden;
    int16_t sum[DGM_MODEL_HIDDEN];
    int32_t scores[DGM_MODEL_COLS];
    const int *places = parser->arc_places[child - 1];
    const int16_t *parts[DGM_LABEL_PLACES + 1] = {m->arc_shape +
                                                  (size_t)parser->arc_shapes[child - 1] * hidden};
    for (size_t p = 0; p < DGM_LABEL_PLACES; p++)
        parts[p + 1] = places[p] ? dgm_arc_row(parser, p, parser->arc_rows[p][places[p] - 1])
                                 : m->arc_none + p * hidden;
    parser->kernel->gather(sum, parts, DGM_LABEL_PLACES + 1, hidden, DGM_MODEL_HIDDEN_TOP);
    parser->kernel->dots(scores, sum, m->label, m->label_bias, hidden, m->header->label_cols);
    scores[m->root_label] = INT32_MIN;
    return (uint8_t)parser->kernel->best(scores, NULL, m->header->labels);
}

void dgm_label_arcs(dgm_parser *parser, int count)
{
    look_around(parser, count);
    for (size_t place = 0; place < DGM_LABEL_PLACES; place++)
        fill_arcs(parser, place, count);
    for (int child = 1; child <= count; child++)
        parser->labels[child - 1] = parser->state.head[child] ? best_label(parser, child)
                                                              : (uint8_t)parser->model->root_label;
}
