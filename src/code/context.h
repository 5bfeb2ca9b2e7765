/* Contexts: which of the ontology's contexts a record has, from words (data/rules/contexts.tsv) of
 * the act, its sentence, its paragraph and the title, each of less weight than the one before. */
#ifndef DGM_CODE_CONTEXT_H
#define DGM_CODE_CONTEXT_H

#include "code/story.h"

/* Bit set as dgm_record.contexts; `index` is the sentence's, whose clause and act these are. */
uint64_t dgm_contexts_of(dgm_story *story, uint32_t index, const dgm_clause *clause,
                         const dgm_act *act);

#endif
