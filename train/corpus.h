/* Treebanks in memory: sentences read from CoNLL-U, labels as numbers. */
#ifndef TRAIN_CORPUS_H
#define TRAIN_CORPUS_H

#include "base/error.h"
#include "base/map.h"

/* Numbers for labels, in the order of their first sight. */
typedef struct labels {
    dgm_map map;
    dgm_str *names;
    uint32_t *uses;
    uint32_t count, capacity;
} labels;

void labels_init(labels *set, dgm_arena *arena);
uint32_t labels_add(labels *set, dgm_str name);
/* DGM_MAP_NONE for unknown ones. */
uint32_t labels_find(const labels *set, dgm_str name);

typedef struct word_entry {
    dgm_str form, lemma, upos, xpos, rel;
    int32_t head;               /* 1..count of the sentence; 0: the root */
    uint32_t tag, label, feats; /* feats: DGM_FEAT_ bits */
    int8_t name;                /* dgm_name_tag, -1: not known */
    bool is_glued;
} word_entry;

enum { TREEBANK_MISC = 1024 }; /* the longest sentence */

typedef struct treebank {
    dgm_arena *arena;
    labels tags;   /* "UPOS|XPOS" */
    labels labels; /* relations */
    word_entry *words;
    uint32_t count, capacity;
    uint32_t *starts; /* first word of each sentence, and the end */
    uint32_t sentences, start_capacity;
    uint32_t gold_sentences;     /* those before the ones that a teacher annotated */
    dgm_map ids;                 /* sent_id -> sentence */
    dgm_str id;                  /* of the sentence being read */
    bool has_entities;           /* the document being read tells names */
    dgm_str misc[TREEBANK_MISC]; /* last column of the sentence being read */
} treebank;

/* Which documents of a file are read: every tenth can be kept back for reporting. */
typedef enum treebank_part { TREEBANK_ALL, TREEBANK_NINE_TENTHS, TREEBANK_TENTH } treebank_part;

void treebank_init(treebank *bank, dgm_arena *arena);
DGM_MUST_CHECK dgm_status treebank_read(treebank *bank, const char *path, treebank_part part,
                                        dgm_error *err);
/* Sentences that a teacher annotated; all that is read before counts as gold. */
DGM_MUST_CHECK dgm_status treebank_read_silver(treebank *bank, const char *path, dgm_error *err);
/* Names from an IOB2 file (column 2 the form, column 3 the tag), sentence by sent_id; a sentence
 * whose words are not the same is left without. */
DGM_MUST_CHECK dgm_status treebank_read_names(treebank *bank, const char *path, dgm_error *err);

static inline word_entry *treebank_sentence(const treebank *bank, uint32_t i, int *count)
{
    *count = (int)(bank->starts[i + 1] - bank->starts[i]);
    return bank->words + bank->starts[i];
}

#endif
