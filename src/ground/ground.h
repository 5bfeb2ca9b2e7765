/* Ground: what the noun phrases of a document refer to - actors, places, times, chains of mention.
 *
 * Works on the parsed sentences in order, since "they", "the two countries" and "last year" lean
 * on what was said before. Downstream asks by token: the head of a noun phrase. */
#ifndef DGM_GROUND_GROUND_H
#define DGM_GROUND_GROUND_H

#include "ground/gazetteer.h"
#include "parse/tree.h"

typedef enum dgm_mention_basis {
    DGM_MENTION_NAMED = 1, /* a name in the phrase itself */
    DGM_MENTION_ROLE,      /* a role noun placed by a name in the phrase: "Iranian troops" */
    DGM_MENTION_CHAIN,     /* by an earlier mention: "they", "the two countries", "the minister" */
    DGM_MENTION_BARE       /* a role noun that no name places: "the protesters"; code NULL */
} dgm_mention_basis;

typedef enum dgm_mention_kind {
    DGM_MENTION_STATE = 1,
    DGM_MENTION_ORGANISATION, /* between states, armed groups, bodies, news agencies */
    DGM_MENTION_PERSON,
    DGM_MENTION_PEOPLE, /* troops, protesters, Iranians */
    DGM_MENTION_PLACE,
    DGM_MENTION_THING /* "Iranian Boeing 747 cargo planes": not an actor, but belongs to one */
} dgm_mention_kind;

/* What the phrase headed by a token refers to. */
typedef struct dgm_mention {
    dgm_actors actors; /* several for "the two countries"; codes may be NULL (BARE) */
    dgm_span span;     /* the phrase without its relative clauses and conjuncts */
    dgm_mention_basis basis;
    dgm_mention_kind kind;
    const dgm_place *place; /* when the phrase names a place; else NULL */
} dgm_mention;

/* A time expression: tokens [first, last] under `head`. */
typedef struct dgm_time_mention {
    int32_t first, last, head;
    bool is_named_period; /* "during the Korean War": the name of a period, used as a time */
    dgm_time time;        /* .span is set; basis TEXT */
} dgm_time_mention;

typedef struct dgm_grounded_sentence {
    dgm_tree *tree;
    dgm_mention **mentions; /* by token index; NULL where the token heads no mention */
    dgm_name_match *names;  /* names of the gazetteer, in order */
    uint32_t name_count;
    dgm_time_mention *times;
    uint32_t time_count;
    dgm_time carried; /* the last time told before this sentence in its paragraph; edtf NULL: none.
                         basis CONTEXT */
} dgm_grounded_sentence;

typedef struct dgm_grounded {
    dgm_text *text;
    dgm_grounded_sentence *sentences; /* text->count of them */
    dgm_actors title_actors;          /* states and other actors that the title names */
    bool is_title_pair;               /* two states and no one else */
    bool is_title_joined;             /* and they stand side by side: "Chad–Libya relations" */
    const char *home;                 /* the state that the document is of; NULL: none */
    dgm_time document_time;           /* of the document's date; edtf NULL when it has none */
} dgm_grounded;

/* Lexicons and gazetteer, loaded once and shared. */
typedef struct dgm_grounder dgm_grounder;

DGM_MUST_CHECK dgm_status dgm_grounder_load(dgm_grounder **out, dgm_arena *arena,
                                            const dgm_pack *pack, dgm_error *err);
const dgm_gazetteer *dgm_grounder_gazetteer(const dgm_grounder *grounder);

/* Ground a split and parsed document; everything lives in `arena`. */
dgm_grounded *dgm_ground_document(const dgm_grounder *grounder, dgm_arena *arena, dgm_text *text);

/* The actors of the phrase headed by `token`, with those of its conjuncts when `with_conjuncts`;
 * empty when it refers to none. Never NULL items with count > 0. */
dgm_actors dgm_ground_actors(const dgm_grounded_sentence *sentence, dgm_arena *arena, int32_t token,
                             bool with_conjuncts);

#endif
