/* Learning: epochs over a treebank, with variants of its sentences. */
#ifndef TRAIN_LEARN_H
#define TRAIN_LEARN_H

#include "net.h"

typedef struct learn_options {
    uint64_t seed;
    int epochs;
    int gold_times;          /* how often an epoch sees a sentence that no teacher annotated */
    bool goes_on;            /* from a network that has learnt before */
    float rate;              /* first learning rate; falls in a line */
    const treebank *watched; /* scored after some epochs, or NULL */
} learn_options;

void learn(net *n, dgm_arena *arena, const treebank *bank, const learn_options *options);

typedef struct learn_scores {
    double tag, unlabelled, labelled;
} learn_scores;

/* Scores of the float network. */
learn_scores learn_evaluate(const net *n, net_batch *batch, const treebank *bank);

/* Put sentences first .. into the batch as they are; gives how many. */
int learn_fill(net_batch *batch, const treebank *bank, uint32_t first);

#endif
