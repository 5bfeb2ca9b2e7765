/* Map: linear probing, at most half full. */
#include "base/map.h"

enum { SMALLEST = 16 };

void dgm_map_init(dgm_map *map, dgm_arena *arena)
{
    *map = (dgm_map){.arena = arena};
}

/* A step that can be undone: what differs before it differs after it. */
static inline uint64_t mix(uint64_t hash, uint64_t bytes)
{
    const uint64_t x = (hash ^ bytes) * 0x9FB21C651E98DF25ULL;
    return x ^ x >> 32;
}

static uint64_t read_8(const char *at)
{
    uint64_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

static uint32_t read_4(const char *at)
{
    uint32_t value;
    memcpy(&value, at, sizeof value);
    return value;
}

/* Eight bytes at a time; the last ones may be read twice. Differs with the byte order of the
 * machine, which nothing sees: a map is never walked. */
static inline uint64_t hash_key(dgm_str key)
{
    const char *at = key.ptr;
    uint64_t hash = key.len;
    for (size_t left = key.len; left > 16; left -= 8, at += 8)
        hash = mix(hash, read_8(at));
    const char *end = key.ptr + key.len;
    if (key.len >= 8)
        return mix(mix(hash, read_8(at)), read_8(end - 8));
    if (key.len >= 4)
        return mix(hash, (uint64_t)read_4(at) << 32 | read_4(end - 4));
    if (key.len)
        return mix(hash, (uint64_t)(unsigned char)at[0] << 16 |
                             (uint64_t)(unsigned char)at[key.len / 2] << 8 |
                             (unsigned char)end[-1]);
    return 0;
}

static uint32_t tag_of(uint64_t hash)
{
    const uint32_t tag = (uint32_t)hash;
    return tag ? tag : 1;
}

/* The slot of the key, or the empty one where it would stand. */
static inline uint32_t probe(const dgm_map *map, dgm_str key, uint32_t tag)
{
    uint32_t i = tag & map->mask;
    while (map->tags[i] && (map->tags[i] != tag || !dgm_str_eq(map->slots[i].key, key)))
        i = (i + 1) & map->mask;
    return i;
}

uint32_t dgm_map_get(const dgm_map *map, dgm_str key)
{
    if (!map->count)
        return DGM_MAP_NONE;
    const uint32_t i = probe(map, key, tag_of(hash_key(key)));
    return map->tags[i] ? map->slots[i].value : DGM_MAP_NONE;
}

static void resize(dgm_map *map, uint32_t size)
{
    const dgm_map old = *map;
    map->mask = size - 1;
    map->tags = DGM_ARRAY(map->arena, uint32_t, size);
    map->slots = DGM_ARRAY(map->arena, dgm_map_slot, size);
    for (uint32_t i = 0; old.tags && i <= old.mask; i++) {
        if (!old.tags[i])
            continue;
        uint32_t to = old.tags[i] & map->mask;
        while (map->tags[to])
            to = (to + 1) & map->mask;
        map->tags[to] = old.tags[i];
        map->slots[to] = old.slots[i];
    }
}

void dgm_map_reserve(dgm_map *map, uint32_t count)
{
    uint32_t size = map->tags ? map->mask + 1 : SMALLEST;
    while (size / 2 < count && size <= UINT32_MAX / 2)
        size *= 2;
    if (!map->tags || size > map->mask + 1)
        resize(map, size);
}

void dgm_map_put(dgm_map *map, dgm_str key, uint32_t value)
{
    dgm_map_reserve(map, map->count + 1);
    const uint32_t tag = tag_of(hash_key(key)), i = probe(map, key, tag);
    if (!map->tags[i]) {
        map->tags[i] = tag;
        map->slots[i].key = key.ptr ? key : DGM_STR("");
        map->count++;
    }
    map->slots[i].value = value;
}
