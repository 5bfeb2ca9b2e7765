/* Learned attributions: a linear model that says which words are cues, and for each cue which words
 * of its surroundings are source, cue and content. Trainer (train/attribution.c) and runtime read
 * words through scope_features.c, so that they can't differ. docs/scope.md has the method. */
#ifndef DGM_CODE_SCOPE_MODEL_H
#define DGM_CODE_SCOPE_MODEL_H

#include "base/error.h"
#include "code/scope_priv.h"

/* Label of a token as seen from a cue: 0 outside; else 1 + 4 * role + place in its span. */
enum {
    DGM_ROLE_SOURCE,
    DGM_ROLE_CUE,
    DGM_ROLE_CONTENT,
    DGM_ROLE_COUNT,
    DGM_PLACE_FIRST = 0,
    DGM_PLACE_INSIDE,
    DGM_PLACE_LAST,
    DGM_PLACE_ONLY,
    DGM_PLACE_COUNT,
    DGM_SPAN_LABELS = 1 + DGM_ROLE_COUNT * DGM_PLACE_COUNT,
    DGM_LANE_CUE = DGM_SPAN_LABELS, /* weight for being a cue at all */
    DGM_SPAN_LANES = 16
};

static inline int dgm_span_label(int role, int place)
{
    return 1 + DGM_PLACE_COUNT * role + place;
}

/* Whether label `b` may stand behind `a`: spans begin, run on and end. */
bool dgm_span_follows(int a, int b);

/* The weights, mapped. On disk: this header, then the transitions (int16, from * 16 + to), then the
 * keys (uint32, 0 is empty) of an open hash table of `capacity` places, then its rows of int8. */
#define DGM_SPANS_MAGIC "DGMSPAN1"
typedef struct dgm_spans_header {
    char magic[8];
    uint32_t capacity; /* a power of two */
    int32_t threshold; /* a word that scores more is a cue */
    uint32_t reserved[4];
} dgm_spans_header;

typedef struct dgm_spans_model {
    const int16_t *transitions; /* [DGM_SPAN_LANES * DGM_SPAN_LANES]; NULL: there is no model */
    const uint32_t *keys;       /* [capacity] */
    const int8_t *rows;         /* [capacity * DGM_SPAN_LANES] */
    uint32_t capacity;
    int32_t threshold;
} dgm_spans_model;

/* Check and map; `bytes` must be aligned to 8 and outlive the model. */
DGM_MUST_CHECK dgm_status dgm_spans_open(dgm_spans_model *out, const char *name, dgm_str bytes,
                                         dgm_error *err);

enum { DGM_MOST_FEATURES = 96 };

/* Hashes of what is seen at a token; never 0. */
typedef struct dgm_features {
    uint32_t items[DGM_MOST_FEATURES];
    uint32_t count;
} dgm_features;

/* A sentence made ready for features. */
typedef struct dgm_reading {
    dgm_view view;
    dgm_quotes quotes;
    uint32_t *lemma; /* hash by token */
    uint8_t *quote;  /* by token: 0 outside, 1 inside a quotation, 2 opens it, 3 closes it */
} dgm_reading;

dgm_reading *dgm_reading_new(const dgm_scopes *scopes, dgm_arena *arena,
                             const dgm_grounded *grounded, uint32_t index);

/* Whether the token is worth asking about at all. */
bool dgm_may_be_cue(const dgm_reading *reading, int32_t token);

void dgm_cue_features(const dgm_reading *reading, int32_t token, dgm_features *out);

/* A token of the surroundings of a cue. */
typedef struct dgm_span_place {
    const dgm_reading *reading;
    int32_t token;
} dgm_span_place;

/* The surroundings: the cue's sentence and those beside it that share its quotations. */
typedef struct dgm_window {
    const dgm_reading *reading; /* of the cue's sentence */
    int32_t cue;                /* its token there */
    dgm_span_place *places;
    int32_t count, at;         /* `at`: the cue among the places */
    int32_t *height;           /* by token of the sentence: how far above the cue, or -1 */
    dgm_attribution_span rule; /* what the rules propose; rate 0: nothing */
    uint32_t frame;            /* hash of its construction */
} dgm_window;

dgm_window *dgm_window_new(const dgm_reading *reading, int32_t cue);

void dgm_place_features(const dgm_window *window, int32_t place, dgm_features *out);

/* Whether a token of the window may have the label: the cue's span holds the cue. */
bool dgm_place_allows(const dgm_window *window, int32_t place, int label);

/* Sum of the weights of one lane; the row of a feature, or NULL. */
const int8_t *dgm_spans_row(const dgm_spans_model *model, uint32_t feature);

bool dgm_spans_is_cue(const dgm_spans_model *model, const dgm_reading *reading, int32_t token);

/* Best labels of the window's places by scores [count * DGM_SPAN_LANES] and transitions. */
void dgm_spans_decode(const dgm_window *window, const int32_t *scores, const int32_t *transitions,
                      uint8_t *labels);

/* The attribution of a cue; content_count 0 when nothing is attributed. */
dgm_attribution_span dgm_spans_read(const dgm_spans_model *model, const dgm_reading *reading,
                                    int32_t cue);

#endif
