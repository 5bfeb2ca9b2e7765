/* Labels: the types, modes, quad classes and contexts of an ontology that a rule pack brings along,
 * on top of the built-in one (docs/rules.md, "Your own pack").
 *
 * Numbers of a pack's labels begin where the built-in ones end, so that none is ever taken for a
 * built-in label; a function here takes either and an ontology that may be NULL. */
#ifndef DGM_BASE_LABELS_H
#define DGM_BASE_LABELS_H

#include "base/arena.h"
#include "base/table.h"
#include <dragoman/record.h>

enum { DGM_TYPE_LIMIT = 64, DGM_MODE_LIMIT = 256, DGM_QUAD_LIMIT = 16, DGM_CONTEXT_LIMIT = 64 };

/* What a pack says of a type besides; of built-in types the code says it. */
enum {
    DGM_TYPE_NEEDS_RECIPIENT = 1 << 0,
    DGM_TYPE_NOUN_ALONE = 1 << 1,   /* "a complaint": a noun says enough */
    DGM_TYPE_UNNAMED_ACTOR = 1 << 2 /* whoever did it, if it is said to whom */
};

typedef struct dgm_label_type {
    const char *name, *phrase;
    dgm_kind kind;
    dgm_quad quad;
    double score;
    bool is_two_sided;
    uint32_t flags;
} dgm_label_type;

typedef struct dgm_label_mode {
    dgm_type owner;
    dgm_mode mode;
    double score;
} dgm_label_mode;

struct dgm_ontology {
    const char *version;
    bool stands_alone; /* the built-in types, and the rules of them, are not there */
    dgm_label_type types[DGM_TYPE_LIMIT];
    const char *modes[DGM_MODE_LIMIT], *quads[DGM_QUAD_LIMIT], *contexts[DGM_CONTEXT_LIMIT + 1];
    unsigned type_count, mode_count, quad_count, context_count; /* ends: built-in ones included */
    dgm_label_mode *owned;
    uint32_t owned_count, owned_capacity;
};

/* Read a pack's ontology.tsv. Errors name file and line. */
DGM_MUST_CHECK dgm_status dgm_ontology_read(dgm_ontology **out, dgm_arena *arena, const char *name,
                                            dgm_str bytes, dgm_error *err);

unsigned dgm_label_type_count(const dgm_ontology *ontology);
bool dgm_label_has_type(const dgm_ontology *ontology, dgm_type type);
const char *dgm_label_type_name(const dgm_ontology *ontology, dgm_type type);
const char *dgm_label_mode_name(const dgm_ontology *ontology, dgm_mode mode);
const char *dgm_label_quad_name(const dgm_ontology *ontology, dgm_quad quad);
const char *dgm_label_context_name(const dgm_ontology *ontology, unsigned context);
dgm_type dgm_label_type_from(const dgm_ontology *ontology, dgm_str name);
dgm_mode dgm_label_mode_from(const dgm_ontology *ontology, dgm_str name);
dgm_context dgm_label_context_from(const dgm_ontology *ontology, dgm_str name);
dgm_kind dgm_label_kind(const dgm_ontology *ontology, dgm_type type);
dgm_quad dgm_label_quad(const dgm_ontology *ontology, dgm_type type);
bool dgm_label_is_two_sided(const dgm_ontology *ontology, dgm_type type);
bool dgm_label_has_mode(const dgm_ontology *ontology, dgm_type type, dgm_mode mode);
double dgm_label_score(const dgm_ontology *ontology, dgm_type type, dgm_mode mode);
/* DGM_TYPE_ bits; 0 for built-in types. */
uint32_t dgm_label_flags(const dgm_ontology *ontology, dgm_type type);

#endif
