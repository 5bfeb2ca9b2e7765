/* The words that the model knows: from the treebanks and from pretrained vectors. */
#ifndef TRAIN_VOCABULARY_H
#define TRAIN_VOCABULARY_H

#include "corpus.h"

enum { VECTOR_WIDTH = 64 }; /* pretrained values, then flags, padded with zeros */

typedef struct vocabulary_word {
    uint64_t hash;
    uint32_t uses;   /* in the treebanks */
    uint32_t row;    /* of the trained table; 0: unknown there */
    uint32_t klass;  /* row of the table of tag classes; 0: unknown */
    uint32_t vector; /* row of `vectors`; 0: none */
} vocabulary_word;

typedef struct vocabulary {
    dgm_arena *arena;
    vocabulary_word *words; /* words[0] stands for all unknown ones */
    uint32_t count, capacity;
    uint32_t *slots; /* hash table of indices, 0: free */
    uint32_t mask;
    uint32_t rows, classes;
    float *vectors; /* [vector_count][VECTOR_WIDTH] */
    uint32_t vector_count, vector_capacity;
} vocabulary;

/* Words seen at least twice get a trained row; the tags that a word had make its class. */
void vocabulary_build(vocabulary *voc, dgm_arena *arena, const treebank *bank);

/* Pretrained vectors, "word v1 v2 ..." a line, the first `limit` words. */
DGM_MUST_CHECK dgm_status vocabulary_read_vectors(vocabulary *voc, const char *path, uint32_t limit,
                                                  dgm_error *err);

/* Index into words; 0 for unknown ones. */
uint32_t vocabulary_find(const vocabulary *voc, uint64_t hash);

#endif
