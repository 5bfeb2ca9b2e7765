/* The gazetteer's insides, shared by loader and finder.
 *
 * All names stand in one hash table of prefixes: the key of a name is the running mix of its
 * pieces' hashes, and every proper prefix of a name has a slot too, so the finder walks from piece
 * to piece until no slot answers. Names with one key hang in a chain in table order. */
#ifndef DGM_GROUND_GAZETTEER_PRIV_H
#define DGM_GROUND_GAZETTEER_PRIV_H

#include "base/map.h"
#include "ground/gazetteer.h"
#include "ground/pieces.h"

enum {
    DGM_FLAG_OTHER = 1,     /* '?': a further reading */
    DGM_FLAG_WEAK = 2,      /* '~': needs a title, or for a city its country */
    DGM_FLAG_CASED = 4,     /* '^': never without case */
    DGM_FLAG_COMBINING = 8, /* "Sino": a hyphen must follow */
    DGM_FLAG_SURNAME = 16,  /* the surname alone: no other given name may stand before it */
    DGM_FLAG_EXACT = 256,   /* '=': in this very case */
    DGM_FLAG_PREFIX = 32,   /* affixes.tsv; kind holds the sense */
    DGM_FLAG_SUFFIX = 64,   /* affixes.tsv */
    DGM_FLAG_WORD = 128     /* titles.tsv (kind 1), given.tsv (kind 2) */
};

enum { DGM_WORD_TITLE = 1, DGM_WORD_GIVEN = 2, DGM_AFFIX_NOT = 100 };

typedef struct dgm_gaz_form {
    uint32_t exact;
    uint8_t shape, letters;
} dgm_gaz_form;

typedef struct dgm_gaz_name {
    const dgm_entity *entity; /* NULL: a discard, an affix or a word */
    uint32_t next;            /* in the chain; 0: the end */
    uint32_t first_form;
    uint8_t count, kind;
    uint16_t flags;
} dgm_gaz_name;

typedef struct dgm_gaz_slot {
    uint64_t key;        /* 0: empty */
    uint32_t head, tail; /* chain of names; 0: only a prefix */
} dgm_gaz_slot;

enum { DGM_GAZ_STARTS = 1 << 17 };

struct dgm_gazetteer {
    dgm_gaz_slot *slots;
    uint32_t mask;
    uint64_t *starts;    /* bit set over the keys of first pieces: most words begin no name */
    dgm_gaz_name *names; /* names[0] is nobody */
    uint32_t name_count, name_capacity;
    dgm_gaz_form *forms;
    uint32_t form_count, form_capacity;
    dgm_map codes; /* code -> index in by_code */
    const dgm_entity **by_code;
    uint32_t code_count, code_capacity;
    dgm_map regions;  /* slug -> index in members */
    dgm_str *members; /* codes and slugs parted by '|' */
    uint32_t member_count, member_capacity;
};

#define DGM_GAZ_START 0x9E3779B97F4A7C15ULL

static inline uint64_t dgm_gaz_mix(uint64_t key, uint64_t folded)
{
    key = (key ^ folded) * 0x9FB21C651E98DF25ULL;
    key ^= key >> 32;
    return key ? key : 1;
}

/* Where the slot of `key` is looked for first. */
static inline uint32_t dgm_gaz_start(const dgm_gazetteer *gazetteer, uint64_t key)
{
    return (uint32_t)(key >> 20) & gazetteer->mask;
}

/* False when no name begins with the piece of that key. */
static inline bool dgm_gaz_may_start(const dgm_gazetteer *gazetteer, uint64_t key)
{
    const uint32_t bit = (uint32_t)(key >> 40) % DGM_GAZ_STARTS;
    return gazetteer->starts[bit / 64] >> bit % 64 & 1;
}

/* The slot of `key`, or the empty one where it would stand. */
static inline dgm_gaz_slot *dgm_gaz_probe(const dgm_gazetteer *gazetteer, uint64_t key)
{
    uint32_t i = dgm_gaz_start(gazetteer, key);
    while (gazetteer->slots[i].key && gazetteer->slots[i].key != key)
        i = (i + 1) & gazetteer->mask;
    return &gazetteer->slots[i];
}

#endif
