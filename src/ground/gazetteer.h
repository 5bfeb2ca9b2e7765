/* Gazetteer: the names of actors and places, found in tokens by longest match.
 *
 * Sources are the tables of data/gazetteer (see docs/gazetteer.md for their columns). Loaded once,
 * immutable, shared by threads. */
#ifndef DGM_GROUND_GAZETTEER_H
#define DGM_GROUND_GAZETTEER_H

#include "base/arena.h"
#include "base/error.h"
#include "base/pack.h"
#include "text/text.h"
#include <dragoman/record.h>

typedef enum dgm_entity_kind {
    DGM_ENTITY_NONE = 0,
    DGM_ENTITY_STATE,  /* a state, present or historical */
    DGM_ENTITY_ORG,    /* UN, NATO, EU: between states */
    DGM_ENTITY_GROUP,  /* armed group, movement, party */
    DGM_ENTITY_BODY,   /* a state's own body or company: "Rodong Sinmun", "Pentagon", "IRGC" */
    DGM_ENTITY_PERSON, /* office-holders: "Khomeini" */
    DGM_ENTITY_REGION, /* "Middle East", "Africa", "Gaza": acts through those who live there */
    DGM_ENTITY_CITY
} dgm_entity_kind;

/* How a name stands for its entity. */
typedef enum dgm_name_kind {
    DGM_NAME_PROPER = 1, /* "Iran" */
    DGM_NAME_ADJECTIVE,  /* "Iranian": also one of its people when a noun */
    DGM_NAME_PEOPLE,     /* "Iranians", "the British" */
    DGM_NAME_SEAT        /* "Tehran", "the Kremlin": a place, or its government when it acts */
} dgm_name_kind;

typedef struct dgm_entity {
    const char
        *code; /* "IRN", "NATO", "TALIBAN"; never NULL; a city's or person's is its state's */
    dgm_entity_kind kind;
    uint8_t sectors[DGM_ACTOR_SECTORS];
    int32_t from_year, to_year; /* INT32_MIN / INT32_MAX where open */
    const char *name;           /* the first, for people to read */
    double lat, lon;            /* NAN where unknown */
    int64_t geonames;           /* 0 where unknown */
    bool is_place_only;         /* a sea, a strait, a disputed rock: no one acts for it */
} dgm_entity;

/* What a hyphenated part says of the name beside it (data/gazetteer/affixes.tsv). */
typedef enum dgm_affix {
    DGM_AFFIX_NONE = 0,
    DGM_AFFIX_PRO,    /* "pro-Russian": sides with it, is not it */
    DGM_AFFIX_ANTI,   /* "anti-American": against it */
    DGM_AFFIX_FORMER, /* "ex-Soviet", "post-Soviet" */
    DGM_AFFIX_BY,     /* "US-led", "Iran-backed", "Chinese-made" */
    DGM_AFFIX_AT      /* "London-based", "Israeli-occupied": a place rather than an actor */
} dgm_affix;

/* A name found in a sentence: tokens [first, first + count). Names inside one hyphenated token
 * ("Iran-Iraq", "Sino-Soviet") share it; `span` tells them apart. */
typedef struct dgm_name_match {
    uint32_t first, count;
    dgm_span span; /* bytes of the name itself */
    dgm_affix affix;
    const dgm_entity *entity; /* the likeliest; NULL when a discard ("Turkey" the bird) matched */
    dgm_name_kind kind;
    const dgm_entity *others[3]; /* further readings ("Congo", "Korea"), NULL-filled */
} dgm_name_match;

typedef struct dgm_gazetteer dgm_gazetteer;

DGM_MUST_CHECK dgm_status dgm_gazetteer_load(dgm_gazetteer **out, dgm_arena *arena,
                                             const dgm_pack *pack, dgm_error *err);

/* All names of the sentence, leftmost longest, in order. Weak surnames ("Brown", "May") are given
 * after a title only: later mentions of a person by surname are the caller's to chain. Case matters
 * as the tables say ("US" is a state, "us" is not); all-capital sentences are matched without case.
 * `year` of the document or 0: prefers entities that existed then. */
dgm_name_match *dgm_gazetteer_find(const dgm_gazetteer *gazetteer, dgm_arena *arena,
                                   const dgm_text *text, const dgm_sentence *sentence, int32_t year,
                                   uint32_t *count);

/* The state with that code or name ("IRN", "Iran", "north korea"); NULL when unknown. Serves the
 * command line: `dragoman brief Iran "North Korea"`. */
const dgm_entity *dgm_gazetteer_by_name(const dgm_gazetteer *gazetteer, dgm_str name);

/* Is it the code of a state or territory, not the slug of an organisation or region? */
bool dgm_gazetteer_is_state(const dgm_gazetteer *gazetteer, const char *code);

/* Does the state lie in the region ("AFRICA", data/gazetteer/regions.tsv)? */
bool dgm_gazetteer_lies_in(const dgm_gazetteer *gazetteer, const char *code, const char *region);

/* The name of a code as people read it: "North Korea" for "PRK"; the code itself when unknown. */
const char *dgm_gazetteer_name_of(const dgm_gazetteer *gazetteer, const char *code);

#endif
