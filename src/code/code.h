/* Code: a grounded document to its records. */
#ifndef DGM_CODE_CODE_H
#define DGM_CODE_CODE_H

#include "code/act.h"
#include "code/cameo.h"
#include "code/ranker.h"
#include "code/scope.h"
#include "code/story.h"
#include "code/sure.h"

/* What coding knows; immutable, shared by threads. */
typedef struct dgm_codebook {
    dgm_rules *rules;
    dgm_scopes *scopes;
    dgm_cameos *cameos;
    dgm_scale scale;   /* of Goldstein's values */
    dgm_ranker ranker; /* header NULL: the pack has none */
    dgm_sureness sureness;
} dgm_codebook;

DGM_MUST_CHECK dgm_status dgm_codebook_load(dgm_codebook *book, dgm_arena *arena,
                                            const dgm_pack *pack, const dgm_pack *user,
                                            const dgm_rules_report *report, dgm_error *err);

/* The document's records in the order of their triggers; all in `arena`. */
dgm_records dgm_code_document(const dgm_codebook *book, dgm_arena *arena,
                              const dgm_grounded *grounded, const dgm_trace *trace);

/* The records of one sentence of the story; `before` are those of the sentences before it. */
dgm_records dgm_code_sentence(const dgm_codebook *book, dgm_story *story, uint32_t index,
                              const dgm_records *before, const dgm_trace *trace);

#endif
