/* Sureness: from the signs of a record to how likely it is right.
 *
 * Three questions, each a sum of what the signs weigh: is the type right, are the sides, is the
 * modality? The record is right when all three are: its confidence is their product. Reads
 * model/confidence.tsv (docs/ranker.md), which dragoman-rank makes from records that were read. All
 * in integers: the same on every machine. */
#ifndef DGM_CODE_SURE_H
#define DGM_CODE_SURE_H

#include "base/map.h"
#include "base/pack.h"
#include "code/signs.h"

enum { DGM_SURE_SUM = 600 }; /* sums beyond +-6 logits are taken for these */

typedef struct dgm_sure_weights { /* hundredths of a logit, by question */
    int32_t of[DGM_QUESTIONS];
} dgm_sure_weights;

typedef struct dgm_sureness {
    dgm_map signs; /* index of weights */
    dgm_sure_weights *weights;
    dgm_sure_weights base;
    uint16_t right[2 * DGM_SURE_SUM + 1]; /* of a thousand, by sum + DGM_SURE_SUM */
    uint32_t least[2]; /* records of less confidence, in hundredths, are not given: of documents
                          with a date, of those without (histories are read to miss nothing) */
} dgm_sureness;

/* Every record is as likely right as not; none is held back. */
void dgm_sureness_none(dgm_sureness *out);

/* From the pack; without the table dgm_sureness_none(). Lives in `arena`. */
DGM_MUST_CHECK dgm_status dgm_sureness_load(dgm_sureness *out, dgm_arena *arena,
                                            const dgm_pack *pack, dgm_error *err);

/* What the table has from its bytes; `name` for messages. */
DGM_MUST_CHECK dgm_status dgm_sureness_read(dgm_sureness *out, dgm_arena *arena, const char *name,
                                            dgm_str bytes, dgm_error *err);

/* Set record->confidence and record->sure. */
void dgm_sureness_set(const dgm_sureness *sureness, const dgm_signs *signs, dgm_record *record);

/* The record is too doubtful to be given. */
bool dgm_sureness_holds_back(const dgm_sureness *sureness, const dgm_grounded *grounded,
                             const dgm_record *record);

#endif
