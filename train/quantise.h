/* From the float network to the bytes of a model file. */
#ifndef TRAIN_QUANTISE_H
#define TRAIN_QUANTISE_H

#include "lemmas.h"
#include "net.h"

/* The bytes live in `arena`. `bank` gives labels and the sentences that activations are measured
 * on. */
/* The model's bytes with other lemma tables. */
dgm_str replace_lemmas(dgm_arena *arena, const dgm_model *model, const lemma_tables *lemmas);
dgm_str quantise(dgm_arena *arena, const net *n, const treebank *bank, const lemma_tables *lemmas,
                 const char *version);

#endif
