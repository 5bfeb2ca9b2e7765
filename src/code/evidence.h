/* Evidence: what the ranker looks at in a sentence with sides - features as hashes in groups. */
#ifndef DGM_CODE_EVIDENCE_H
#define DGM_CODE_EVIDENCE_H

#include "code/sides.h"

/* Groups: name, what is in it. A model has one scale for each. */
#define DGM_EVIDENCE_LIST(X)                                                                       \
    X(SHAPE)      /* order and distance of the sides, their relations */                           \
    X(PATH)       /* words between the sides in the tree */                                        \
    X(PATH_SHAPE) /* relations between them */                                                     \
    X(TOP)        /* the word above both, with its voice, particle, prepositions */                \
    X(FRAME)      /* what hangs on the words of the path */                                        \
    X(CHAIN)      /* words above a side */                                                         \
    X(BETWEEN)    /* words in the text between the sides */                                        \
    X(AROUND)     /* words elsewhere in the sentence */                                            \
    X(PAIR)       /* neighbours */                                                                 \
    X(SOURCE)     /* words of the source */                                                        \
    X(TARGET)     /* words of the target */                                                        \
    X(ACT)        /* acts of the rules, with the fit of their places */                            \
    X(VERDICT)    /* the best of them */                                                           \
    X(WORD_PATH)  /* types that the rules' entries give to words of the path */                    \
    X(WORD_ALL)   /* the same for all words */                                                     \
    X(WHOLE)      /* words where no sides are marked */

typedef enum dgm_evidence_group {
#define X(name) DGM_EVIDENCE_##name,
    DGM_EVIDENCE_LIST(X)
#undef X
        DGM_EVIDENCE_GROUPS
} dgm_evidence_group;

typedef struct dgm_feature {
    uint32_t hash;
    uint8_t group;
} dgm_feature;

typedef struct dgm_evidence {
    dgm_feature *items;
    uint32_t count, capacity;
} dgm_evidence;

dgm_evidence dgm_evidence_find(const dgm_rules *rules, const dgm_clause *clause,
                               const dgm_acts *acts, const dgm_sides *sides,
                               const dgm_verdict *verdict);

#endif
