/* Signs: what about a record tells whether it may be right - how its sides were found, where its
 * trigger stands, which rules made it. Each is "name" or "name=value"; sure.h weighs them. */
#ifndef DGM_CODE_SIGNS_H
#define DGM_CODE_SIGNS_H

#include "code/act.h"

enum { DGM_SIGNS = 80, DGM_SIGN_SIZE = 64 };

typedef struct dgm_sign {
    char text[DGM_SIGN_SIZE]; /* cut to the size */
    uint32_t len;
} dgm_sign;

typedef struct dgm_signs {
    dgm_sign items[DGM_SIGNS];
    uint32_t count; /* those beyond the last place are lost */
} dgm_signs;

/* What a record was made of. */
typedef struct dgm_sign_view {
    const dgm_clause *clause;
    const dgm_grounded *grounded;
    const dgm_act *act;
    const dgm_record *record; /* complete but for its confidence */
} dgm_sign_view;

void dgm_signs_of(dgm_signs *out, const dgm_sign_view *view);

#endif
