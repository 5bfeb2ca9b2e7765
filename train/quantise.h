/* From the float network to the bytes of a model file. */
#ifndef TRAIN_QUANTISE_H
#define TRAIN_QUANTISE_H

#include "lemmas.h"
#include "net.h"

/* The bytes live in `arena`. `bank` gives labels and the sentences that activations are measured
 * on. */
dgm_str quantise(dgm_arena *arena, const net *n, const treebank *bank, const lemma_tables *lemmas,
                 const char *version);

#endif
