/* CAMEO: the code nearest to an act, its value on a named Goldstein scale, its quad classes.
 *
 * docs/cameo.md has the tables and their traps. Loaded once, immutable; strings point into the pack
 * or the loading arena. A pack without the tables gives no codes. */
#ifndef DGM_CODE_CAMEO_H
#define DGM_CODE_CAMEO_H

#include "base/map.h"
#include "base/pack.h"
#include <dragoman/record.h>

typedef struct dgm_cameo_row {
    const char *code, *name;
    double values[DGM_SCALE_COUNT]; /* by scale; NAN where the list lacks the code */
    dgm_type event;                 /* what it became in PLOVER; NONE: dropped, or a bare root */
    dgm_mode mode;
    uint64_t contexts;
} dgm_cameo_row;

typedef struct dgm_cameo_nearest {
    dgm_type type, inner; /* NONE: any */
    dgm_mode mode;
    dgm_context context;
    dgm_str rule; /* with '*'; empty: any */
    const char *code;
} dgm_cameo_nearest;

typedef struct dgm_cameos {
    dgm_cameo_row *rows;
    uint32_t row_count, row_capacity;
    dgm_map index; /* code -> row */
    dgm_cameo_nearest *nearest;
    uint32_t nearest_count, nearest_capacity;
    uint8_t quads[21][DGM_QUAD_MAPPING_COUNT]; /* by root, 1 to 20 */
} dgm_cameos;

/* Read ontology/cameo*.tsv of a pack. Errors name file and line. */
DGM_MUST_CHECK dgm_status dgm_cameos_load(dgm_cameos **out, dgm_arena *arena, const dgm_pack *pack,
                                          dgm_error *err);

/* A row by code; NULL when unknown. */
const dgm_cameo_row *dgm_cameo_find(const dgm_cameos *cameos, dgm_str code);

/* The value on a scale; a code that the scale's list lacks has the value of its root, as Phoenix
 * does. NAN for unknown codes. */
double dgm_cameo_value(const dgm_cameos *cameos, dgm_str code, dgm_scale scale);

/* What decides on a code. */
typedef struct dgm_cameo_key {
    dgm_type type, inner;
    dgm_mode mode;
    uint64_t contexts;
    const char *const *ids; /* of the rules that coded */
    uint32_t id_count;
} dgm_cameo_key;

/* The first row that fits; NULL when none does. */
const char *dgm_cameo_nearest_of(const dgm_cameos *cameos, const dgm_cameo_key *key);

/* The record's part, from a code (NULL: none). */
dgm_cameo dgm_cameo_of(const dgm_cameos *cameos, const char *code, dgm_scale scale);

#endif
