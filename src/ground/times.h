/* Times: expressions of time in a sentence, resolved to EDTF with first and last day.
 *
 * Sources: ISO 8601-2:2019 (EDTF levels 0 to 2), TIMEX3 (TimeML 1.2.1) for what counts as an
 * expression, HeidelTime's two modes: news (relative to the document's date) and narrative
 * (relative to the time told last). */
#ifndef DGM_GROUND_TIMES_H
#define DGM_GROUND_TIMES_H

#include "ground/ground.h"

typedef struct dgm_calendar dgm_calendar; /* data/lexicon/times.tsv, compiled */

DGM_MUST_CHECK dgm_status dgm_calendar_load(dgm_calendar **out, dgm_arena *arena,
                                            const dgm_pack *pack, dgm_error *err);

/* What relative expressions lean on; carried from sentence to sentence. */
typedef struct dgm_time_anchor {
    dgm_day document; /* is_open when the document has no date */
    bool is_news;     /* relative words lean on the document's date; else on `told` */
    dgm_time told;    /* the last time told; edtf NULL at the start */
} dgm_time_anchor;

/* The expressions of a parsed sentence in order; anchor->told is moved on. */
dgm_time_mention *dgm_times_find(const dgm_calendar *calendar, dgm_arena *arena,
                                 const dgm_tree *tree, dgm_time_anchor *anchor, uint32_t *count);

/* The period that a phrase names ("the Iran-Iraq War", in any case, with or without "the"); false
 * when it names none. out->edtf lives as long as the calendar. */
bool dgm_calendar_period(const dgm_calendar *calendar, dgm_str phrase, dgm_time *out);

/* The day that a dateline tells in full; false when it tells none. */
bool dgm_time_of_dateline(const dgm_calendar *calendar, dgm_arena *arena, dgm_str bytes,
                          dgm_span span, dgm_time *time);

/* A checked YYYY-MM-DD (or YYYY, YYYY-MM) to a time; false for anything else. */
bool dgm_time_from_iso(dgm_str iso, dgm_arena *arena, dgm_time *time);

/* Earliest and latest day of an EDTF string of level 0 to 1, with intervals; false if malformed. */
bool dgm_time_from_edtf(dgm_str edtf, dgm_day *earliest, dgm_day *latest);

/* "October 1980", "early October 1980", "1971-1972", "7th century": as a person writes it, into
 * buffer. */
void dgm_time_write(char *buffer, size_t size, const char *edtf);

#endif
