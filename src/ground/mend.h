/* Mend: subjects that the parser lost, to a date in front of them or to the noun beside (inside
 * ground). */
#ifndef DGM_GROUND_MEND_H
#define DGM_GROUND_MEND_H

#include "ground/ground.h"

/* Change heads and relations in the sentence; true when any was changed, and the tree is to be
 * built again. */
bool dgm_mend_dated_subjects(dgm_sentence *sentence, const dgm_tree *tree,
                             const dgm_time_mention *times, uint32_t count);

/* The same for verbs that were taken for parts of a noun; mends one, to be called on the tree built
 * again until it returns false. */
bool dgm_mend_clause(dgm_sentence *sentence, const dgm_tree *tree);

/* What both ask: may the word be a subject, and which relation would it have to the verb? */
bool dgm_mend_is_nominal(const dgm_token *token);
uint8_t dgm_mend_subject_rel(const dgm_tree *tree, int32_t verb);

#endif
