/* Lemma rules learnt from a treebank, pruned to what shorter keys would not give. */
#ifndef TRAIN_LEMMAS_H
#define TRAIN_LEMMAS_H

#include "corpus.h"
#include "parse/model.h"

typedef struct lemma_tables {
    dgm_lemma_rule *rules;
    uint32_t rule_count, rule_capacity;
    char *text;
    uint32_t text_count, text_capacity;
    struct lemma_entry {
        uint64_t key;
        uint32_t rule;
    } * entries;
    uint32_t count, capacity;
} lemma_tables;

void lemmas_learn(lemma_tables *out, dgm_arena *arena, const treebank *bank);

#endif
