/* Settle: who stands on each side of a record (settle.c), and what is asked of lists of actors. */
#ifndef DGM_CODE_SETTLE_H
#define DGM_CODE_SETTLE_H

#include "code/act.h"

bool dgm_actors_have(dgm_actors list, const char *code); /* NULL: no list has it */
bool dgm_actors_have_actor(dgm_actors list, const dgm_actor *actor);
bool dgm_actors_share(dgm_actors a, dgm_actors b); /* a code */

/* `a` and then `b`, each actor once; those in `without` left out. In `arena`. */
dgm_actors dgm_actors_merged(dgm_arena *arena, dgm_actors a, dgm_actors b, dgm_actors without);

/* One side that nobody places, but which speaks for itself: "rights groups", "an activist". */
bool dgm_speak_for_themselves(dgm_type type, dgm_actors list);

/* Set the record's actors and recipients; false when the text does not name enough for a record:
 * two sides that can be placed, or one where the act is meaningful by itself. */
bool dgm_settle_sides(const dgm_rules *rules, dgm_arena *arena, const dgm_act *act,
                      dgm_record *record);

#endif
