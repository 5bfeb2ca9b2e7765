/* Recall: sides that the act's own places do not give (recall.c). */
#ifndef DGM_CODE_RECALL_H
#define DGM_CODE_RECALL_H

#include "code/act.h"

typedef struct dgm_recall { /* where to look */
    const dgm_clause *clause;
    const dgm_grounded *grounded;
    const dgm_acts *acts;      /* of the sentence */
    const dgm_records *before; /* of the document's sentences before it */
} dgm_recall;

/* Give the act the sides that are told elsewhere; act->is_recalled says that some were. */
void dgm_recall_sides(const dgm_rules *rules, const dgm_recall *from, dgm_act *act);

/* The title's two answer for an act that names no one where they are states and the sentence speaks
 * of no third: "the four-way talks, with China" are not theirs. */
bool dgm_sentence_is_of_pair(const dgm_rules *rules, const dgm_clause *clause,
                             const dgm_grounded *grounded);

/* Does the token belong to another verb's act below this one? */
bool dgm_act_is_of_other(const dgm_clause *clause, const dgm_acts *acts, const dgm_act *act,
                         int32_t token);

#endif
