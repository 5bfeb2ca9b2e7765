/* Pack: the one file of knowledge (data/ and the model) that the engine maps at start.
 *
 * Layout, little-endian: "DGMPACK1", uint32 count, uint32 zero; then per member: uint64 offset,
 * uint64 length, char name[112] (NUL-padded); members begin at multiples of 64 bytes.
 * tools/pack.py writes it; a pack is compiled into the library and another may be given by path. */
#ifndef DGM_BASE_PACK_H
#define DGM_BASE_PACK_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"

typedef struct dgm_pack {
    dgm_str bytes;
    const char *name; /* for messages */
    uint32_t count;
    const struct dgm_pack *user; /* whose tables of actors are read besides; NULL: none */
} dgm_pack;

/* Check the whole directory; the bytes must outlive the pack. */
DGM_MUST_CHECK dgm_status dgm_pack_open(dgm_pack *pack, const char *name, dgm_str bytes,
                                        dgm_error *err);

/* Name and bytes of member i (i < count); they live as long as the pack's bytes. */
dgm_str dgm_pack_member(const dgm_pack *pack, uint32_t i, const char **name);

/* A member by name, such as "gazetteer/states.tsv"; ptr NULL when there is none. */
dgm_str dgm_pack_find(const dgm_pack *pack, const char *name);

/* Make a pack of the tables (*.tsv) of a folder and of the folders right below it, in the arena:
 * FOLDER/accuse/mine.tsv is its member "accuse/mine.tsv" (folder.c). */
DGM_MUST_CHECK dgm_status dgm_pack_of_folder(dgm_pack *pack, dgm_arena *arena, const char *folder,
                                             dgm_error *err);

/* The pack that is compiled in. */
dgm_str dgm_pack_builtin(void);

#endif
