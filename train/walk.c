/* The parser head: scores of moves, the dynamic oracle of arc-eager (Goldberg and Nivre 2013), and
 * training that follows the model's own moves, so that it learns to go on after mistakes. */
#include "matrix.h"
#include "net.h"

enum { UNREACHABLE = 1000, MOST_HIDDEN = 512 };

static const float hidden_dropout = 0.25f;

void net_hidden(const net *n, const net_batch *b, const net_sentence *sentence,
                const net_look *look, float *hidden)
{
    size_t width = (size_t)n->shape.hidden;
    const float *distance = n->value.distance + (size_t)look->distance * width;
    const float *valence = n->value.valence + (size_t)look->valence * width;
    for (size_t k = 0; k < width; k++)
        hidden[k] = n->value.state_bias[k] + distance[k] + valence[k];
    for (size_t p = 0; p < DGM_PLACES; p++) {
        size_t row = (size_t)(sentence->first + look->places[p] - 1);
        const float *part = look->places[p] ? b->state + (row * DGM_PLACES + p) * width
                                            : n->value.state_none + p * width;
        for (size_t k = 0; k < width; k++)
            hidden[k] += part[k];
    }
    for (size_t k = 0; k < width; k++)
        hidden[k] = hidden[k] > 0 ? hidden[k] : 0;
}

void net_moves(const net *n, const float *hidden, float scores[MOVES])
{
    memcpy(scores, n->value.move_bias, MOVES * sizeof *scores);
    matrix_view view = {hidden, 0, 1};
    matrix_product(scores, MOVES, view, n->value.move, MOVES, 1, (size_t)n->shape.hidden, MOVES,
                   true);
}

/* Arcs of the gold tree that each move makes unreachable; heads of gold are count + 1 for the root.
 * Gives the least. */
static int count_costs(const dgm_state *s, const int16_t *gold, int costs[DGM_MOVES])
{
    int next = s->buffer, top = dgm_state_top(s, 0);
    unsigned moves = dgm_state_moves(s);
    int children_left = 0, has_head_left = 0;
    for (int i = 0; i < s->stack_count; i++) {
        int at = s->stack[i];
        children_left += gold[at] == next && s->head[at] < 0;
        has_head_left |= gold[next] == at;
    }
    int children_right = 0;
    for (int at = next; at <= s->count; at++)
        children_right += gold[at] == top;
    costs[DGM_SHIFT] = has_head_left + children_left;
    costs[DGM_REDUCE] = children_right;
    costs[DGM_LEFT_ARC] = children_right + (gold[top] > next);
    costs[DGM_RIGHT_ARC] =
        (gold[next] != top && (has_head_left || gold[next] > next)) + children_left;
    int least = UNREACHABLE;
    for (int m = 0; m < DGM_MOVES; m++) {
        if (!(moves >> m & 1))
            costs[m] = UNREACHABLE;
        least = costs[m] < least ? costs[m] : least;
    }
    return least;
}

static dgm_move best_move(const float *scores, unsigned allowed)
{
    int best = -1;
    for (int m = 0; m < DGM_MOVES; m++)
        if ((allowed >> m & 1) && (best < 0 || scores[m] > scores[best]))
            best = m;
    return (dgm_move)best;
}

/* Scores to gradients: the mass of all moves of least cost should be 1. */
static double move_gradient(float scores[MOVES], unsigned allowed, unsigned good)
{
    for (int m = 0; m < MOVES; m++)
        if (m >= DGM_MOVES || !(allowed >> m & 1))
            scores[m] = -1e9f;
    matrix_softmax(scores, MOVES);
    float mass = 1e-9f;
    for (int m = 0; m < DGM_MOVES; m++)
        mass += (good >> m & 1) ? scores[m] : 0;
    for (int m = 0; m < DGM_MOVES; m++)
        if (good >> m & 1)
            scores[m] -= scores[m] / mass;
    return -matrix_log(mass);
}

static void walk_back(net *n, net_batch *b, const net_sentence *sentence, const net_look *look,
                      const float *hidden, const float *mask, const float gradient[MOVES])
{
    size_t width = (size_t)n->shape.hidden;
    float d[MOST_HIDDEN];
    for (int m = 0; m < DGM_MOVES; m++)
        n->gradient.move_bias[m] += gradient[m];
    for (size_t k = 0; k < width; k++) {
        const float *weights = n->value.move + k * MOVES;
        float *dweights = n->gradient.move + k * MOVES;
        float sum = 0;
        for (int m = 0; m < DGM_MOVES; m++) {
            sum += weights[m] * gradient[m];
            dweights[m] += hidden[k] * gradient[m];
        }
        d[k] = hidden[k] > 0 ? sum * mask[k] : 0;
    }
    float *distance = n->gradient.distance + (size_t)look->distance * width;
    float *valence = n->gradient.valence + (size_t)look->valence * width;
    for (size_t k = 0; k < width; k++) {
        n->gradient.state_bias[k] += d[k];
        distance[k] += d[k];
        valence[k] += d[k];
    }
    for (size_t p = 0; p < DGM_PLACES; p++) {
        size_t row = (size_t)(sentence->first + look->places[p] - 1);
        float *part = look->places[p] ? b->dstate + (row * DGM_PLACES + p) * width
                                      : n->gradient.state_none + p * width;
        for (size_t k = 0; k < width; k++)
            part[k] += d[k];
    }
}

static void drop_hidden(float *hidden, float *mask, size_t width, random_state *random)
{
    const uint64_t limit = (uint64_t)(hidden_dropout * 256);
    uint64_t bits = 0;
    for (size_t k = 0; k < width; k++, bits >>= 8) {
        if (k % 8 == 0)
            bits = random_next(random);
        mask[k] = (bits & 255) < limit ? 0 : 1 / (1 - hidden_dropout);
        hidden[k] *= mask[k];
    }
}

/* One move of training; gives the move to follow. */
static dgm_move learn_move(net *n, net_batch *b, const net_sentence *sentence, const dgm_state *s,
                           const int16_t *gold, bool explores, random_state *random,
                           net_losses *losses)
{
    net_look look;
    float hidden[MOST_HIDDEN], mask[MOST_HIDDEN], scores[MOVES];
    int costs[DGM_MOVES], least = count_costs(s, gold, costs);
    unsigned allowed = dgm_state_moves(s), good = 0;
    for (int m = 0; m < DGM_MOVES; m++)
        good |= (unsigned)(costs[m] == least) << m;
    dgm_state_look(s, look.places, &look.distance, &look.valence);
    net_hidden(n, b, sentence, &look, hidden);
    drop_hidden(hidden, mask, (size_t)n->shape.hidden, random);
    net_moves(n, hidden, scores);
    dgm_move choice = best_move(scores, allowed), oracle = best_move(scores, good);
    losses->move += move_gradient(scores, allowed, good);
    losses->moves++;
    losses->move_errors += choice != oracle;
    walk_back(n, b, sentence, &look, hidden, mask, scores);
    return explores && random_below(random, 10) ? choice : oracle;
}

void net_walk(net *n, net_batch *b, const net_sentence *sentence, bool explores,
              random_state *random, net_losses *losses)
{
    dgm_state state;
    int16_t gold[DGM_STATE_TOKENS];
    gold[0] = -1;
    gold[sentence->count + 1] = -1;
    for (int i = 1; i <= sentence->count; i++) {
        int32_t head = sentence->words[i - 1].head;
        gold[i] = (int16_t)(head ? head : sentence->count + 1);
    }
    dgm_state_init(&state, sentence->count);
    while (state.buffer <= state.count) {
        if (state.stack_count)
            dgm_state_do(&state,
                         learn_move(n, b, sentence, &state, gold, explores, random, losses));
        else
            dgm_state_do(&state, DGM_SHIFT);
    }
}

void net_parse(const net *n, net_batch *b, const net_sentence *sentence, dgm_state *state)
{
    dgm_state_init(state, sentence->count);
    while (state->buffer <= state->count) {
        net_look look;
        float hidden[MOST_HIDDEN], scores[MOVES];
        if (!state->stack_count) {
            dgm_state_do(state, DGM_SHIFT);
            continue;
        }
        dgm_state_look(state, look.places, &look.distance, &look.valence);
        net_hidden(n, b, sentence, &look, hidden);
        net_moves(n, hidden, scores);
        dgm_state_do(state, best_move(scores, dgm_state_moves(state)));
    }
    dgm_state_finish(state);
    dgm_state_link(state);
}
