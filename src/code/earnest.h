/* Earnest: games, business, weather, art and stories speak the language of war and diplomacy. */
#ifndef DGM_CODE_EARNEST_H
#define DGM_CODE_EARNEST_H

#include "code/act.h"

/* True when the whole sentence is of games ("Brazil crushed Germany 4-1 in the semi-final"). */
bool dgm_tells_of_games(const dgm_rules *rules, const dgm_clause *clause);

/* NULL when the act is meant in earnest, else why it is not: who does it does nothing between
 * states, what it is done to is no one, or it is told inside a story. */
const char *dgm_figurative(const dgm_rules *rules, const dgm_clause *clause, const dgm_act *act);

#endif
