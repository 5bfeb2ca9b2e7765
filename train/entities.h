/* Names out of GUM's entity annotation: PER, ORG, LOC for entities whose head is a proper noun. */
#ifndef TRAIN_ENTITIES_H
#define TRAIN_ENTITIES_H

#include "corpus.h"

/* Set `name` of the words; misc[i] is the last column of word i. */
void entities_read(word_entry *words, const dgm_str *misc, int count);

#endif
