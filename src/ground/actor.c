/* Actor: comparing and gathering actors and their sectors. */
#include "ground/ground_priv.h"

bool dgm_same_code(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool dgm_same_actor(const dgm_actor *a, const dgm_actor *b)
{
    return dgm_same_code(a->code, b->code) &&
           memcmp(a->sectors, b->sectors, sizeof a->sectors) == 0;
}

void dgm_add_actor(dgm_actor *items, uint32_t *count, uint32_t capacity, const dgm_actor *actor)
{
    for (uint32_t i = 0; i < *count; i++)
        if (dgm_same_actor(&items[i], actor))
            return;
    if (*count < capacity)
        items[(*count)++] = *actor;
}

void dgm_add_sector(uint8_t *sectors, uint8_t sector)
{
    for (int i = 0; i < DGM_ACTOR_SECTORS && sector; i++) {
        if (sectors[i] == sector)
            return;
        if (!sectors[i]) {
            sectors[i] = sector;
            return;
        }
    }
}

bool dgm_is_state(const dgm_grounder *grounder, const char *code)
{
    return code && dgm_gazetteer_is_state(grounder->gazetteer, code);
}

bool dgm_mention_has_code(const dgm_mention *mention)
{
    return mention && mention->actors.count && mention->actors.items[0].code;
}
