/* Classify's inside, for its trainer: the evidence of a sentence with marked sides. */
#ifndef DGM_ENGINE_CLASSIFY_H
#define DGM_ENGINE_CLASSIFY_H

#include "code/ranker.h"
#include "engine/engine.h"

typedef struct dgm_marked { /* a sentence, ready to be judged; lives in the coder's arena */
    dgm_grounded *grounded;
    uint32_t index; /* of the sentence */
    dgm_clause clause;
    dgm_acts acts;
    dgm_sides sides;
    dgm_verdict verdict; /* of the rules */
} dgm_marked;

/* Parse and ground the document; where a side lies in another sentence the sentences between are
 * read as one. False when it has no sentence. Inside dgm_coder_run(). */
bool dgm_mark_document(dgm_marked *out, dgm_coder *coder, const dgm_document *document,
                       const dgm_marks *marks);

/* Acts and sides for a grounded sentence. */
void dgm_mark_sentence(dgm_marked *out, const dgm_codebook *book, dgm_arena *arena,
                       dgm_grounded *grounded, uint32_t index, const dgm_marks *marks);

#endif
