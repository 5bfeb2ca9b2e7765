/* What the readers of time expressions share: the simple expression, looking at atoms, and each
 * other. A reader takes the atom to begin at and gives the atom after its end, or 0 when it does
 * not match. */
#ifndef DGM_GROUND_TIMES_READ_H
#define DGM_GROUND_TIMES_READ_H

#include "ground/times_priv.h"

typedef struct dgm_simple {
    int32_t begin, end;
    dgm_when when;
    dgm_when whole;   /* of a part, what it is a part of; else grain NONE */
    bool has_year;    /* the words tell the year: nothing leans on an anchor */
    bool is_relative; /* counted from an anchor as a whole: "last week" */
    bool is_weak;     /* a time only after a preposition or in a range: "May" */
    bool is_period;
    bool is_yearless; /* no year told and no anchor to guess it from: half of a range */
} dgm_simple;

/* What a relative expression leans on: mostly the document in news and the time told else; always
 * the time told ("the following day"); always the document ("ago"). */
typedef enum dgm_lean { DGM_LEAN_MODE = 0, DGM_LEAN_TOLD = 1, DGM_LEAN_DOCUMENT = 2 } dgm_lean;

/* How much may be nested inside an expression. */
typedef enum dgm_depth {
    DGM_DEPTH_PLAIN = 0, /* nothing */
    DGM_DEPTH_NESTED,    /* "the first half of X", "two days before X" */
    DGM_DEPTH_PARTS      /* "late X" */
} dgm_depth;

typedef int32_t (*dgm_reader_of_time)(const dgm_scan *scan, int32_t at, dgm_simple *out);

enum { HALF_YEAR = 180 }; /* days */

/* Atoms. */
static inline const dgm_atom *atom_at(const dgm_scan *scan, int32_t at)
{
    static const dgm_atom none = {.word = DGM_MAP_NONE, .first = -1, .last = -1};
    return at >= 0 && at < scan->atoms.count ? &scan->atoms.items[at] : &none;
}

static inline const dgm_reading *as(const dgm_scan *scan, int32_t at, dgm_word_kind kind)
{
    return dgm_atom_as(atom_at(scan, at), kind);
}

static inline bool is_mark(const dgm_scan *scan, int32_t at, char mark)
{
    const dgm_atom *atom = atom_at(scan, at);
    return atom->kind == DGM_ATOM_MARK && atom->mark == mark;
}

static inline bool is_dash(const dgm_scan *scan, int32_t at)
{
    return is_mark(scan, at, '-') && !is_mark(scan, at + 1, '-') && !is_mark(scan, at - 1, '-');
}

/* Past "the" and such at `at`. */
static inline int32_t skip(const dgm_scan *scan, int32_t at, dgm_word_kind kind)
{
    return as(scan, at, kind) ? at + 1 : at;
}

static inline bool is_end(const dgm_scan *scan, int32_t at)
{
    const dgm_atom *atom = atom_at(scan, at);
    return at >= scan->atoms.count ||
           (atom->kind == DGM_ATOM_MARK && atom->mark != '-' && atom->mark != '\'' &&
            atom->mark != '%' && atom->mark != '$');
}

static inline bool is_unit(const dgm_scan *scan, int32_t at, dgm_grain grain)
{
    const dgm_reading *unit = as(scan, at, DGM_WORD_UNIT);
    return unit && unit->value == (int16_t)grain;
}

/* Glued to a word or number by a hyphen: "F-16", "COVID-2019". */
static inline bool is_tied_left(const dgm_scan *scan, int32_t at)
{
    return is_mark(scan, at - 1, '-') && atom_at(scan, at)->is_glued &&
           atom_at(scan, at - 1)->is_glued && atom_at(scan, at - 2)->kind == DGM_ATOM_OTHER;
}

static inline int32_t skip_daypart(const dgm_scan *scan, int32_t at)
{
    return skip(scan, at, DGM_WORD_DAYPART);
}

static inline dgm_lean lean_of(const dgm_reading *which)
{
    return which->flags & DGM_WORD_TOLD ? DGM_LEAN_TOLD : DGM_LEAN_MODE;
}

/* times_anchor.c */
bool dgm_time_document(const dgm_scan *scan, int64_t *day);
bool dgm_time_base(const dgm_scan *scan, dgm_lean to, int64_t *first, int64_t *last);
dgm_grain dgm_time_span_grain(int64_t first, int64_t last);
bool dgm_time_shifted(const dgm_scan *scan, dgm_lean to, dgm_grain unit, int32_t count,
                      dgm_when *when);

/* times_years.c */
int32_t dgm_read_number(const dgm_scan *scan, int32_t at, int32_t *value, bool *is_vague);
int32_t dgm_read_ordinal(const dgm_scan *scan, int32_t at, int32_t *value);
bool dgm_time_is_year_number(const dgm_scan *scan, int32_t at);
int32_t dgm_read_year(const dgm_scan *scan, int32_t at, int32_t *year);
bool dgm_time_is_introduced(const dgm_scan *scan, int32_t at);
int32_t dgm_read_bare_year(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_year_range(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_iso(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_decade(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_century(const dgm_scan *scan, int32_t at, dgm_simple *out);

/* times_dates.c */
bool dgm_time_is_deadline(const dgm_scan *scan, int32_t at);
int32_t dgm_read_date_year(const dgm_scan *scan, int32_t at, int32_t *year);
int32_t dgm_read_day_month(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_month_day(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_bare_month(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_holiday(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_season(const dgm_scan *scan, int32_t at, dgm_simple *out);

/* times_pieces.c */
int32_t dgm_read_fraction(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_piece_of(const dgm_scan *scan, int32_t at, dgm_when *when);
int32_t dgm_read_part(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_year_end(const dgm_scan *scan, int32_t at, dgm_simple *out);

/* times_relative.c */
int32_t dgm_read_deictic(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_weekday(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_which(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_vague_stretch(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_shift(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_unit_shift(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_ahead(const dgm_scan *scan, int32_t at, dgm_simple *out);
int32_t dgm_read_weekend(const dgm_scan *scan, int32_t at, dgm_simple *out);

/* times_grammar.c */
int32_t dgm_read_simple(const dgm_scan *scan, int32_t at, dgm_depth depth, dgm_simple *out);

#endif
