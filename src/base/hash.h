/* Hashes: one fast keyed-free hash for tables, the same on every machine. */
#ifndef DGM_BASE_HASH_H
#define DGM_BASE_HASH_H

#include <dragoman/base.h>

/* FNV-1a folded by a final mix (MurmurHash3's fmix64). Stable: ids of records depend on it. */
static inline uint64_t dgm_hash_more(uint64_t hash, const void *bytes, size_t len)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < len; i++)
        hash = (hash ^ at[i]) * 0x100000001b3ULL;
    return hash;
}

static inline uint64_t dgm_hash_end(uint64_t hash)
{
    hash ^= hash >> 33;
    hash *= 0xff51afd7ed558ccdULL;
    hash ^= hash >> 33;
    hash *= 0xc4ceb9fe1a85ec53ULL;
    return hash ^ (hash >> 33);
}

#define DGM_HASH_START 0xcbf29ce484222325ULL

static inline uint64_t dgm_hash(dgm_str s)
{
    return dgm_hash_end(dgm_hash_more(DGM_HASH_START, s.ptr, s.len));
}

#endif
