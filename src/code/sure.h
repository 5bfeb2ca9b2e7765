/* Sureness: from the estimate by hand to how often records of that estimate are right.
 *
 * Reads model/confidence.tsv, which dragoman-rank makes: a row an estimate in hundredths, TAB, what
 * was right of a hundred; both rise. Between rows straight lines, beyond them the nearest row. */
#ifndef DGM_CODE_SURE_H
#define DGM_CODE_SURE_H

#include "base/pack.h"

typedef struct dgm_sureness {
    uint8_t right[101]; /* of a hundred, by estimate */
} dgm_sureness;

/* An estimate stays what it is. */
void dgm_sureness_none(dgm_sureness *out);

/* Without the table an estimate stays what it is. */
DGM_MUST_CHECK dgm_status dgm_sureness_load(dgm_sureness *out, const dgm_pack *pack,
                                            dgm_error *err);

/* What the table has from its bytes; `name` for messages. */
DGM_MUST_CHECK dgm_status dgm_sureness_read(dgm_sureness *out, const char *name, dgm_str bytes,
                                            dgm_error *err);

/* 0 to 1, in hundredths. */
double dgm_sureness_of(const dgm_sureness *sureness, double estimate);

#endif
