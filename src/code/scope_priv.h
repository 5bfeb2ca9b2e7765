/* Scope's inside: the compiled cues, and what modality.c, attribution.c and scope.c ask of each
 * other. docs/scope.md describes the tables and the conventions. */
#ifndef DGM_CODE_SCOPE_PRIV_H
#define DGM_CODE_SCOPE_PRIV_H

#include "base/map.h"
#include "base/table.h"
#include "code/scope.h"

/* Where a cue stands to what it bears on. */
typedef enum dgm_cue_class {
    DGM_CUE_VERB = 1, /* governs a complement */
    DGM_CUE_NOUN,
    DGM_CUE_ADJ,
    DGM_CUE_AUX, /* hangs below the act */
    DGM_CUE_ADV,
    DGM_CUE_DET,
    DGM_CUE_AMOD,
    DGM_CUE_ARG,      /* a pronoun among its arguments: "nobody" */
    DGM_CUE_MARK,     /* a conjunction of its clause */
    DGM_CUE_CASE,     /* a preposition in front of it */
    DGM_CUE_HOST,     /* a verb that only lets its noun take place: "hold" talks */
    DGM_CUE_EXEMPT,   /* a word after a negation that takes its force: "not only" */
    DGM_CUE_PREP,     /* a preposition of a source: "according to" */
    DGM_CUE_CIRCLE,   /* a noun that is a source as a place: "in academic circles" */
    DGM_CUE_SELF,     /* a pronoun by which a quoted speaker names himself */
    DGM_CUE_DEED,     /* a purpose that is reached in what is done for it: "marched to protest" */
    DGM_CUE_OCCASION, /* a noun that is to come where its clause is: "during his visit" */
    DGM_CUE_GIVEN,    /* a preposition in front of what did happen: "after an attack" */
    DGM_CUE_CLASS_COUNT
} dgm_cue_class;

/* Nothing longer is a sentence of language (lists, tables, garbage): its trees say nothing of
 * scope, and walking them would take time with the square of their length. */
enum { DGM_SCOPE_TOKENS = 2000 };

/* Effects are modalities and one more: true whatever stands above. */
enum { DGM_EFFECT_FACTIVE = DGM_MODALITY_COUNT };

typedef struct dgm_cue {
    const char *id;
    dgm_str frames; /* complements it governs, parted by ',' */
    dgm_str when;   /* condition of form; empty: always */
    uint8_t class, effect, unsourced, negated;
    bool has_source; /* a row of attribution.tsv */
    uint32_t next;   /* further rows of the same word, or DGM_MAP_NONE */
} dgm_cue;

struct dgm_scopes {
    dgm_map index; /* "class:word" to the first row */
    dgm_cue *cues;
    uint32_t count, capacity;
    dgm_map rates; /* "class:word frame" to how many of 100 such uses attribute */
    const struct dgm_spans_model *spans; /* learned attributions; NULL: the rates alone decide */
};

/* A sentence being read. */
typedef struct dgm_view {
    const dgm_scopes *scopes;
    dgm_arena *arena;
    const dgm_grounded *grounded;
    uint32_t index;
    const dgm_grounded_sentence *sentence;
    const dgm_tree *tree;
    bool *is_asking; /* inside a question whether words are reported: it is not asked again */
} dgm_view;

void dgm_view_init(dgm_view *view, const dgm_scopes *scopes, dgm_arena *arena,
                   const dgm_grounded *grounded, uint32_t index);

/* First row of a word, and the row after it; NULL at the end. Case does not matter. */
const dgm_cue *dgm_cue_first(const dgm_scopes *scopes, dgm_cue_class class, dgm_str word);
const dgm_cue *dgm_cue_next(const dgm_scopes *scopes, const dgm_cue *cue);

/* The row of two words ("rule out"), or NULL. */
const dgm_cue *dgm_cue_pair(const dgm_scopes *scopes, dgm_cue_class class, dgm_str a, dgm_str b);

/* What stands below a word itself, one of its children set apart (-1: none). */
typedef struct dgm_local {
    dgm_modality modality; /* without the negation */
    bool is_negated;
    int32_t cue, negation; /* tokens, or -1 */
} dgm_local;

dgm_local dgm_modality_local(const dgm_view *view, int32_t token, int32_t except);

/* `inner` as seen from under `outer`. */
dgm_modality dgm_modality_combine(dgm_modality outer, dgm_modality inner);

/* The word above `token` for the walk: its head, or the verb that its clause belongs to. */
int32_t dgm_scope_head(const dgm_view *view, int32_t token);

/* How `child` hangs below its head: "clause", "inf", "ger", "obj", "subj", a preposition ... */
dgm_str dgm_frame_of(const dgm_view *view, int32_t child);

/* The row by which `head` governs a complement of that frame; NULL when there is none. */
const dgm_cue *dgm_cue_governing(const dgm_view *view, int32_t head, dgm_str frame);

/* Effect of a governing cue: changed by its negation and when the sentence names no source. */
uint8_t dgm_cue_effect(const dgm_view *view, const dgm_cue *cue, int32_t head, bool is_negated);

/* True when a condition of form ("passive", "perfect", "past" ...) holds at `token`. */
/* Is the frame among those of a row, parted by commas? */
bool dgm_frames_have(dgm_str frames, dgm_str frame);
bool dgm_form_holds(const dgm_view *view, int32_t token, dgm_str when);

/* Head of the phrase that names the source of a cue; -1 when the sentence names none. */
int32_t dgm_source_of(const dgm_view *view, int32_t cue);

/* Source that hangs on a node of the path without governing it: "according to X", "X said"
 * inserted, "as X put it"; not through the child `except`. Sets *cue; -1 when there is none.
 * `effect` gets the cue's effect. */
int32_t dgm_source_beside(const dgm_view *view, int32_t token, int32_t except, int32_t *cue,
                          uint8_t *effect);

/* Where the clause of a verb of saying begins that closes the sentence ("..., Zarif said on
 * Tuesday."), however the parser hung it; -1 when `verb` is none. */
int32_t dgm_final_clause(const dgm_view *view, int32_t verb);

/* Who says it there. */
int32_t dgm_final_source(const dgm_view *view, int32_t verb);

/* The source that the ends of the sentence name for all of it, for acts that the tree gives none:
 * by a closing clause of saying, by "according to X". Sets *cue; -1 when there is none. */
int32_t dgm_sentence_speaker(const dgm_view *view, int32_t token, int32_t *cue);

/* Whether such a source hangs on the token. */
bool dgm_has_source_beside(const dgm_view *view, int32_t token);

/* Span of the source's phrase and its actors. */
dgm_attribution dgm_source_attribution(const dgm_view *view, int32_t source);

/* Source of the quotation that `token` stands in and that another sentence introduces. */
bool dgm_source_of_quote(const dgm_view *view, int32_t token, dgm_attribution *attribution);

/* Of 100 uses of the word with such a complement, how many attribute (data/lexicon/cues.tsv); words
 * that were not counted get what the frame has on the whole. */
uint8_t dgm_cue_rate(const dgm_scopes *scopes, dgm_cue_class class, dgm_str word, dgm_str frame);

/* True for a verb of saying that hangs beside what it reports. */
bool dgm_is_reporting_clause(const dgm_view *view, int32_t verb);

/* The quotations that touch the sentence, marks included, in order; they may run beyond it. */
typedef struct dgm_quotes {
    dgm_span *items;
    uint32_t count;
} dgm_quotes;

dgm_quotes dgm_quotes_of(const dgm_view *view);

/* The quotation that `span` lies in, or NULL. */
const dgm_span *dgm_quote_around(const dgm_quotes *quotes, dgm_span span);

typedef void (*dgm_attribution_taker)(void *payload, dgm_str frame, dgm_attribution_span span);

/* Every construction of the token that could be an attribution, likely or not. */
void dgm_attributions_each(const dgm_view *view, const dgm_quotes *quotes, int32_t token,
                           dgm_attribution_taker take, void *payload);

static inline const dgm_token *dgm_view_token(const dgm_view *view, int32_t token)
{
    return &view->tree->tokens[token];
}

static inline dgm_rel dgm_view_rel(const dgm_view *view, int32_t token)
{
    return dgm_rel_main((dgm_rel)view->tree->tokens[token].rel);
}

#endif
