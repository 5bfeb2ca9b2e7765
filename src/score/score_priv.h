/* The inside of scoring, for the files of this folder: records as they are compared. */
#ifndef DGM_SCORE_SCORE_PRIV_H
#define DGM_SCORE_SCORE_PRIV_H

#include "base/arena.h"
#include "base/error.h"
#include "base/map.h"
#include "base/str.h"
#include <dragoman/ontology.h>
#include <dragoman/score.h>

#include <jansson.h>

/* Days from earliest to latest, each end maybe open. */
typedef struct dgm_score_days {
    bool is_given, has_from, has_to;
    int64_t from, to;
} dgm_score_days;

typedef struct dgm_code_set { /* sorted, each once */
    dgm_str *items;
    uint32_t count;
} dgm_code_set;

typedef struct dgm_score_span {
    bool is_given;
    int64_t begin, end;
} dgm_score_span;

/* A record of either side. What only gold has is empty in predictions. */
typedef struct dgm_scored {
    json_t *json;
    uint64_t line;
    dgm_str type, kind, mode, modality;
    dgm_type known;   /* the type, where the ontology has it */
    dgm_str document; /* ptr NULL: none */
    dgm_score_span trigger, sentence;
    dgm_code_set actors, recipients;
    dgm_score_days when;
    bool is_optional, is_any_time, takes_no_time;
    int two_sided; /* said so (1), said not (0), not said (-1) */
    dgm_str found_with_previous;
    dgm_str *types, *modalities;
    dgm_code_set *actor_sets, *recipient_sets;
    dgm_score_days *whens;
    uint32_t type_count, modality_count, actor_set_count, recipient_set_count, when_count;
} dgm_scored;

typedef struct dgm_scored_list {
    dgm_scored *items;
    uint32_t count;
} dgm_scored_list;

/* Levels of agreement of a pair: each holds the ones before it. */
enum { DGM_LEVEL_NONE, DGM_LEVEL_DETECTION, DGM_LEVEL_ACTORS, DGM_LEVEL_WHEN, DGM_LEVEL_MODALITY };

/* Which predictions each gold record may take, the best first. */
typedef struct dgm_candidates {
    uint32_t *items;
    uint8_t *levels; /* falling; NULL where none are kept */
    uint32_t count;
} dgm_candidates;

typedef struct dgm_pairing {
    int32_t *predicted_of, *gold_of; /* -1: none */
} dgm_pairing;

struct dgm_score {
    dgm_arena *arena;
    dgm_score_options options;
    dgm_map aliases, stop_words;
    dgm_str *aliases_to;
    json_t *lines[4]; /* gold, predicted, sentences, documents: arrays of objects */
    dgm_scored_list gold, predicted;
    bool is_one_document; /* gold names no document: all is of one */
    dgm_map by_document;  /* document -> first prediction */
    uint32_t *next_of_document;
    dgm_pairing pairs;
    bool *is_waived;                 /* gold that another record stands for */
    uint32_t *missed, *false_alarms; /* in order */
    uint32_t missed_count, false_alarm_count;
    json_t *figures;
};

/* Candidates of level and of class, the pairs, the figures (score.c). */

/* Names for dgm_score.lines. */
enum { DGM_LINES_GOLD, DGM_LINES_PREDICTED, DGM_LINES_SENTENCES, DGM_LINES_DOCUMENTS };

/* Read a file of JSON objects, one a line, into an array (load.c). Fields of the wrong shape become
 * null; "" holds the line number. */
dgm_status dgm_score_load(json_t **out, const char *path, dgm_error *err);
/* Records of an array, ready to compare. */
dgm_scored_list dgm_score_records(dgm_score *score, json_t *lines, bool is_gold);
uint64_t dgm_score_line(const json_t *record);
dgm_code_set dgm_score_codes(dgm_score *score, const json_t *list);
bool dgm_code_set_eq(dgm_code_set a, dgm_code_set b);
/* True when each code of both parts is in one of the other two. */
bool dgm_code_sets_hold(const dgm_code_set whole[2], const dgm_code_set part[2]);
dgm_str dgm_json_text(const json_t *value); /* of a string; else ptr NULL */
bool dgm_json_is_true(const json_t *value); /* null, false, 0 and what is empty are not */

/* Put into the gold record's own fields what its note says in words (note.c). False: no memory. */
bool dgm_score_read_note(json_t *gold);

dgm_score_days dgm_score_when(const json_t *when); /* (dates.c) */
bool dgm_score_same_time(dgm_score_days a, dgm_score_days b);

/* Agreement of a pair (match.c). */
bool dgm_score_same_sentence(const dgm_score *score, const dgm_scored *gold,
                             const dgm_scored *predicted);
bool dgm_score_same_actors(const dgm_scored *gold, const dgm_scored *predicted);
bool dgm_score_same_when(const dgm_scored *gold, const dgm_scored *predicted);
bool dgm_score_same_modality(const dgm_scored *gold, const dgm_scored *predicted);
int dgm_score_level(const dgm_score *score, const dgm_scored *gold, const dgm_scored *predicted);
bool dgm_score_same_attribution(dgm_score *score, const json_t *gold, const json_t *predicted);

/* Give each gold record of `order` in turn a prediction of its own among those of at least `level`;
 * one that has a prediction never loses having one. */
void dgm_score_pair(dgm_arena *arena, dgm_pairing *pairs, const uint32_t *order, uint32_t count,
                    const dgm_candidates *candidates, int level, const dgm_score *score);
dgm_pairing dgm_pairing_new(const dgm_score *score);

/* The first prediction of a gold record's document and the ones after it; DGM_MAP_NONE at the end.
 */
uint32_t dgm_score_first_of(const dgm_score *score, dgm_str document);

#endif
