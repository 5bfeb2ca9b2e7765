/* The network in floats: parameters, their gradients, one batch's way forward and back.
 *
 * A batch lays its sentences out as rows with PAD empty rows around each, so that convolutions see
 * zeros beyond the ends. All matrices are [rows][columns], row by row. */
#ifndef TRAIN_NET_H
#define TRAIN_NET_H

#include "parse/feature.h"
#include "parse/transition.h"
#include "random.h"
#include "vocabulary.h"

enum {
    MAX_LAYERS = 8,
    PAD = 8, /* at least the widest dilation */
    BATCH = 8,
    LONGEST = 150, /* longer sentences are not trained on */
    NAMES = 16,    /* columns of the names head, padded */
    MOVES = 16     /* the same of the moves */
};

typedef struct net_shape {
    int width, layers, dilation[MAX_LAYERS], hidden, label_hidden;
    int tags, labels;         /* true numbers */
    int tag_cols, label_cols; /* padded to 32 */
} net_shape;

/* X(name, rows, columns) of each dense parameter, n being the shape. */
#define NET_PARAMETERS(X)                                                                          \
    X(project, VECTOR_WIDTH, n->width)                                                             \
    X(conv, n->layers * 3 * n->width, n->width)                                                    \
    X(conv_bias, n->layers, n->width)                                                              \
    X(tag, n->width, n->tag_cols)                                                                  \
    X(tag_bias, 1, n->tag_cols)                                                                    \
    X(name, n->width, NAMES)                                                                       \
    X(name_bias, 1, NAMES)                                                                         \
    X(state, n->width, DGM_PLACES * n->hidden)                                                     \
    X(state_bias, 1, n->hidden)                                                                    \
    X(state_none, DGM_PLACES, n->hidden)                                                           \
    X(distance, DGM_DISTANCES, n->hidden)                                                          \
    X(valence, DGM_VALENCES, n->hidden)                                                            \
    X(move, n->hidden, MOVES)                                                                      \
    X(move_bias, 1, MOVES)                                                                         \
    X(arc, n->width, DGM_LABEL_PLACES * n->label_hidden)                                           \
    X(arc_bias, 1, n->label_hidden)                                                                \
    X(arc_none, DGM_LABEL_PLACES, n->label_hidden)                                                 \
    X(arc_shape, DGM_LABEL_SHAPES, n->label_hidden)                                                \
    X(label, n->label_hidden, n->label_cols)                                                       \
    X(label_bias, 1, n->label_cols)

typedef struct net_parameters {
#define X(name, rows, cols) float *name;
    NET_PARAMETERS(X)
#undef X
} net_parameters;

/* Embedding tables: rows are learnt sparsely. */
typedef enum net_table_id {
    TABLE_WORD,
    TABLE_CLASS,
    TABLE_PIECE, /* DGM_PIECE_COUNT of them */
    TABLE_COUNT = TABLE_PIECE + DGM_PIECE_COUNT
} net_table_id;

typedef struct net_table {
    uint32_t rows;
    float *value, *gradient, *mean, *square; /* [rows][width] */
    bool *is_touched;
    uint32_t *touched, touched_count;
} net_table;

typedef struct net {
    net_shape shape;
    const vocabulary *voc;
    net_parameters value, gradient;
    float *values, *gradients, *means, *squares;
    size_t parameter_count;
    net_table tables[TABLE_COUNT];
    bool has_names; /* the treebank told names */
    uint64_t steps;
    float *transposed; /* room for one transposed matrix */
} net;

typedef struct net_sentence {
    int first, count; /* rows of its words: first .. first + count - 1 */
    const word_entry *words;
} net_sentence;

typedef struct net_batch {
    net_sentence sentences[BATCH];
    int sentence_count, rows;
    dgm_word *words;                         /* [rows] */
    uint32_t (*table_rows)[TABLE_COUNT];     /* [rows] */
    float *vectors;                          /* [rows][VECTOR_WIDTH] */
    float *x[MAX_LAYERS + 1];                /* [rows][width] */
    float *branch[MAX_LAYERS];               /* [rows][width], before the rectifier */
    float *mask, *out_mask, *dx, *dbranch;   /* [rows][width] */
    float *tag, *name;                       /* scores, then gradients */
    float *state, *dstate;                   /* [rows][PLACES * hidden] */
    float *arc, *darc;                       /* [rows][LABEL_PLACES * label_hidden] */
    float *arc_hidden, *darc_hidden, *label; /* [rows] of label_hidden and label_cols */
} net_batch;

typedef struct net_losses {
    double tag, move, label, name;
    uint64_t words, moves, move_errors;
} net_losses;

uint32_t net_piece_rows(dgm_piece piece);
uint32_t net_piece_row(dgm_piece piece, uint32_t hash);

void net_init(net *n, dgm_arena *arena, const net_shape *shape, const vocabulary *voc,
              random_state *random);
void net_batch_init(net_batch *batch, dgm_arena *arena, const net_shape *shape);

/* Encoder. `random` is NULL when it only runs. */
void net_encode(const net *n, net_batch *batch, random_state *random);
void net_encode_back(net *n, net_batch *batch);

/* Heads. Forward gives the scores; back adds to the gradients and to batch->dx. */
void net_tags(const net *n, net_batch *batch);
void net_tags_back(net *n, net_batch *batch, net_losses *losses);
void net_states(const net *n, net_batch *batch);
void net_states_back(net *n, net_batch *batch);
void net_labels(const net *n, net_batch *batch, const net_sentence *sentence,
                const dgm_state *state);
void net_labels_back(net *n, net_batch *batch, net_losses *losses);

/* Hidden layer and move scores of one state. */
typedef struct net_look {
    int places[DGM_PLACES], distance, valence;
} net_look;
void net_hidden(const net *n, const net_batch *batch, const net_sentence *sentence,
                const net_look *look, float *hidden);
void net_moves(const net *n, const float *hidden, float scores[MOVES]);

/* Train on one sentence's parse with the dynamic oracle; after net_states(). */
void net_walk(net *n, net_batch *batch, const net_sentence *sentence, bool explores,
              random_state *random, net_losses *losses);

/* Greedy parse. Labels and tags are numbers of the treebank; after net_encode(). */
void net_parse(const net *n, net_batch *batch, const net_sentence *sentence, dgm_state *state);

void net_step(net *n, float rate, float batch_size);

#endif
