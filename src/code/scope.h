/* Scope: modality and attribution of an act, from where it stands in the tree.
 *
 * Modality and attribution are properties of a record, never a reason to drop it. Sources: FactBank
 * (Saurí and Pustejovsky 2009) for the scopes of negation and hedges, PARC / PolNeAR (Pareti 2012;
 * Newell et al. 2018) for source, cue and content. Word lists: data/rules/modality.tsv,
 * data/rules/attribution.tsv. */
#ifndef DGM_CODE_SCOPE_H
#define DGM_CODE_SCOPE_H

#include "ground/ground.h"

typedef struct dgm_scopes dgm_scopes; /* the lexicons, compiled */

DGM_MUST_CHECK dgm_status dgm_scopes_load(dgm_scopes **out, dgm_arena *arena, const dgm_pack *pack,
                                          dgm_error *err);

/* Take other weights for dgm_attributions_find() than those of the pack; NULL ptr: none, the rules
 * alone. The bytes must outlive the scopes. */
DGM_MUST_CHECK dgm_status dgm_scopes_learn(dgm_scopes *scopes, dgm_arena *arena, const char *name,
                                           dgm_str weights, dgm_error *err);

typedef struct dgm_scope {
    dgm_modality modality;
    dgm_attribution attribution;
    int32_t cue;       /* token of the attribution's cue ("said", "according"), or -1 */
    int32_t modal_cue; /* token that set the modality ("not", "may", "presumed"), or -1 */
} dgm_scope;

/* The scope of the act whose trigger is `token` in sentence `index`. `stop` is the token that
 * heads the whole act (the outermost operator that composition used: "refused" in "refused to
 * lift"), equal to `token` when there is none: scope is read from `stop` upwards, since what
 * stands between is already in the record's type. */
dgm_scope dgm_scope_of(const dgm_scopes *scopes, dgm_arena *arena, const dgm_grounded *grounded,
                       uint32_t index, int32_t token, int32_t stop);

enum { DGM_CONTENT_PARTS = 8 };

/* One attribution of a text: "source" "cue" "content". Spans are of the document: a content that a
 * cue interrupts has parts, a quotation may run over sentences. */
typedef struct dgm_attribution_span {
    int32_t cue_token; /* head of the cue in its sentence */
    dgm_span source;   /* len 0: the text names nobody */
    dgm_span cue;
    dgm_span content[DGM_CONTENT_PARTS];
    uint32_t content_count;
    uint8_t rate; /* of 100 such uses in the corpus that was counted, how many attribute */
} dgm_attribution_span;

/* All attributions whose cue stands in sentence `index`, in order of the cues; in `arena`. */
dgm_attribution_span *dgm_attributions_find(const dgm_scopes *scopes, dgm_arena *arena,
                                            const dgm_grounded *grounded, uint32_t index,
                                            uint32_t *count);

#endif
