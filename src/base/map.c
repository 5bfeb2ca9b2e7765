/* Map: linear probing, at most two thirds full. An empty slot has a NULL key pointer. */
#include "base/map.h"
#include "base/hash.h"

void dgm_map_init(dgm_map *map, dgm_arena *arena)
{
    *map = (dgm_map){.arena = arena};
}

static dgm_map_slot *probe(const dgm_map *map, dgm_str key)
{
    uint32_t i = (uint32_t)dgm_hash(key) & map->mask;
    while (map->slots[i].key.ptr && !dgm_str_eq(map->slots[i].key, key))
        i = (i + 1) & map->mask;
    return &map->slots[i];
}

uint32_t dgm_map_get(const dgm_map *map, dgm_str key)
{
    if (!map->count)
        return DGM_MAP_NONE;
    const dgm_map_slot *slot = probe(map, key);
    return slot->key.ptr ? slot->value : DGM_MAP_NONE;
}

static void enlarge(dgm_map *map)
{
    dgm_map_slot *old = map->slots;
    uint32_t size = old ? map->mask + 1 : 0;
    map->mask = size ? 2 * size - 1 : 15;
    map->slots = DGM_ARRAY(map->arena, dgm_map_slot, (size_t)map->mask + 1);
    for (uint32_t i = 0; i < size; i++)
        if (old[i].key.ptr)
            *probe(map, old[i].key) = old[i];
}

void dgm_map_put(dgm_map *map, dgm_str key, uint32_t value)
{
    if (!map->slots || 3 * ((size_t)map->count + 1) > 2 * ((size_t)map->mask + 1))
        enlarge(map);
    dgm_map_slot *slot = probe(map, key);
    if (!slot->key.ptr) {
        slot->key = key.ptr ? key : DGM_STR("");
        map->count++;
    }
    slot->value = value;
}
