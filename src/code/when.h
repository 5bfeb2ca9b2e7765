/* When and where an act took place, from the expressions of its sentence. */
#ifndef DGM_CODE_WHEN_H
#define DGM_CODE_WHEN_H

#include "code/act.h"

/* The act's time: the expression nearest in the tree; else what the paragraph carries; else the
 * document's date. Stances and ties take only what their own clause says. */
dgm_time dgm_act_when(const dgm_clause *clause, const dgm_grounded *grounded, const dgm_acts *acts,
                      const dgm_act *act, dgm_modality modality);

/* Places in which the act is said to happen ("in Geneva", "near Basra"), without those that
 * already fill one of its places. */
const dgm_place *dgm_act_where(const dgm_clause *clause, const dgm_act *act, uint32_t *count);

#endif
