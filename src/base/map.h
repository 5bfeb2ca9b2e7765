/* Map from borrowed strings to 32-bit numbers: open addressing in an arena, built then read.
 * Keys are not copied: they must live as long as the map. */
#ifndef DGM_BASE_MAP_H
#define DGM_BASE_MAP_H

#include "base/arena.h"
#include "base/str.h"

typedef struct dgm_map_slot {
    dgm_str key;
    uint32_t value;
} dgm_map_slot;

/* Most look-ups find nothing: the tags, a few bits of each key's hash, tell so from one cache line
 * without a look at slots or keys. */
typedef struct dgm_map {
    dgm_arena *arena;
    uint32_t *tags; /* 0: the slot is empty */
    dgm_map_slot *slots;
    uint32_t mask, count;
} dgm_map;

#define DGM_MAP_NONE UINT32_MAX

void dgm_map_init(dgm_map *map, dgm_arena *arena);

/* Make room for that many keys at once. */
void dgm_map_reserve(dgm_map *map, uint32_t count);

/* The value of `key`, or DGM_MAP_NONE. */
uint32_t dgm_map_get(const dgm_map *map, dgm_str key);

/* Set or replace. */
void dgm_map_put(dgm_map *map, dgm_str key, uint32_t value);

#endif
