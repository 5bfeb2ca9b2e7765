/* What the files of times share: days as numbers, values of expressions, words and atoms.
 *
 * calendar.c counts days; times_value.c builds values (points and ranges of points) and writes
 * them as EDTF; times_words.c loads the word tables and cuts tokens into atoms; times_grammar.c
 * reads expressions from atoms with the readers of times_read.h; times.c walks the sentence. */
#ifndef DGM_GROUND_TIMES_PRIV_H
#define DGM_GROUND_TIMES_PRIV_H

#include "base/map.h"
#include "ground/times.h"

/* Days: number 0 is 1970-01-01; proleptic Gregorian, astronomical years. */
int64_t dgm_day_number(int32_t year, int32_t month, int32_t day);
dgm_day dgm_day_of_number(int64_t number);
int32_t dgm_days_in_month(int32_t year, int32_t month);
int32_t dgm_weekday_of(int64_t number); /* ISO: Monday 1 to Sunday 7 */

static inline int64_t dgm_number_of_day(dgm_day day)
{
    return dgm_day_number(day.year, day.month, day.day);
}

/* Floor division and its remainder, for years before 0. */
static inline int32_t dgm_floor_div(int32_t a, int32_t b)
{
    return a / b - (a % b != 0 && (a < 0) != (b < 0));
}

static inline int32_t dgm_floor_mod(int32_t a, int32_t b)
{
    return a - b * dgm_floor_div(a, b);
}

/* Values. The order of the grains is that of their length. */
typedef enum dgm_grain {
    DGM_GRAIN_NONE = 0,
    DGM_GRAIN_HOUR, /* anything under a day: told from dates, never resolved */
    DGM_GRAIN_DAY,
    DGM_GRAIN_WEEKEND,
    DGM_GRAIN_WEEK,
    DGM_GRAIN_MONTH,
    DGM_GRAIN_QUARTER,
    DGM_GRAIN_SEASON,
    DGM_GRAIN_HALF,
    DGM_GRAIN_YEAR,
    DGM_GRAIN_DECADE,
    DGM_GRAIN_CENTURY,
    DGM_GRAIN_MILLENNIUM
} dgm_grain;

/* A date that EDTF writes as one: grains DAY, MONTH, SEASON, YEAR, DECADE, CENTURY. `year` is the
 * first year; `month` a month or a season (21 to 24). */
typedef struct dgm_point {
    dgm_grain grain;
    int32_t year;
    uint8_t month, day;
    bool is_approximate;
} dgm_point;

/* A point (from == to) or a range of two; `grain` is that of the expression: WEEK for a range of
 * seven days. */
typedef struct dgm_when {
    dgm_point from, to;
    dgm_grain grain;
    bool is_range, is_open_from, is_open_to;
} dgm_when;

int64_t dgm_point_first(dgm_point point);
int64_t dgm_point_last(dgm_point point);
dgm_point dgm_point_day(int64_t number);
dgm_when dgm_when_point(dgm_point point);
dgm_when dgm_when_range(dgm_point from, dgm_point to, dgm_grain grain);
dgm_when dgm_when_year(int32_t year);
dgm_when dgm_when_years(int32_t from, int32_t to, dgm_grain grain);
dgm_when dgm_when_month(int32_t year, int32_t month); /* any integer month: 13 is next January */
dgm_when dgm_when_months(int32_t year, int32_t from, int32_t to, dgm_grain grain);
dgm_when dgm_when_days(int64_t from, int64_t to, dgm_grain grain);
dgm_when dgm_when_season(int32_t year, int32_t season);

/* The day, week, month ... that holds `day`, moved on by `count` of them. */
dgm_when dgm_when_unit(int64_t day, dgm_grain unit, int32_t count);

/* Piece `index` (from 0) of `pieces`: thirds as early, mid and late, halves, quarters. */
dgm_when dgm_when_piece(dgm_when when, int32_t index, int32_t pieces);

dgm_when dgm_when_approximate(dgm_when when);

/* Open one end: since, until; strictly before, strictly after. */
dgm_when dgm_when_since(dgm_when when);
dgm_when dgm_when_until(dgm_when when);
dgm_when dgm_when_before(dgm_when when);
dgm_when dgm_when_after(dgm_when when);

void dgm_when_write(char *buffer, size_t size, const dgm_when *when);
dgm_time dgm_when_time(const dgm_when *when, dgm_arena *arena);

/* Words. The kinds of data/lexicon/times.tsv, by the names that the table uses. */
/* clang-format off */
#define DGM_WORD_LIST(X)                                                                           \
    X(MONTH, "month") X(WEEKDAY, "weekday") X(UNIT, "unit") X(SEASON, "season")                    \
    X(NUMBER, "number") X(TENS, "tens") X(SCALE, "scale") X(ORDINAL, "ordinal") X(VAGUE, "vague")  \
    X(ORDINAL_MARK, "ordinal-mark") X(DECADE_MARK, "decade-mark") X(DECADE, "decade-word")         \
    X(PART, "part") X(FRACTION, "fraction") X(ERA, "era") X(WHICH, "which") X(RECENT, "recent")    \
    X(DEICTIC, "deictic") X(AGO, "ago") X(SHIFT, "shift") X(FROM_NOW, "from-now")                  \
    X(DAYPART, "daypart") X(CLOCK, "clock") X(HOLIDAY, "holiday") X(PRESENT, "present")            \
    X(SINCE, "since") X(UNTIL, "until") X(BY, "by") X(BEFORE, "before") X(AFTER, "after")          \
    X(FROM, "from") X(TO, "to") X(BETWEEN, "between") X(AND, "and") X(ONWARD, "onward")            \
    X(IN, "in") X(PREP, "prep") X(OF, "of") X(THE, "the") X(A, "a") X(CIRCA, "circa")              \
    X(LEAST, "least") X(YEAR_NAME, "year-name") X(DURING, "during") X(EDGE, "edge")                \
    X(COUNTED, "counted") X(NUMBERED, "numbered") X(POSSESSIVE, "possessive") X(FUTURE, "future")  \
    X(DONE, "done") X(PAST, "past") X(PAST_END, "past-end")
/* clang-format on */

typedef enum dgm_word_kind {
    DGM_WORD_NONE = 0,
#define X(name, label) DGM_WORD_##name,
    DGM_WORD_LIST(X)
#undef X
        DGM_WORD_COUNT
} dgm_word_kind;

enum {                            /* flags of a word */
       DGM_WORD_CAPITAL = 1 << 0, /* only with a capital letter */
       DGM_WORD_WEAK = 1 << 1,    /* not a time by itself: "May", "fall" */
       DGM_WORD_DOT = 1 << 2,     /* only with a full stop: "c." */
       DGM_WORD_TOLD = 1 << 3,    /* leans on the time told, also in news: "the following day" */
       DGM_WORD_NOUN = 1 << 4,    /* a part that needs "of": "end of" */
       DGM_WORD_BOTH = 1 << 5,    /* "earlier": a part ("earlier this year") and a shift */
       DGM_WORD_MANY = 1 << 6     /* a plural: "the coming months" */
};

typedef struct dgm_reading {
    uint8_t kind, flags;
    int16_t value;
} dgm_reading;

enum { DGM_READINGS = 4, DGM_PHRASE_ATOMS = 10 };

typedef enum dgm_atom_kind {
    DGM_ATOM_OTHER = 0, /* a word outside the tables */
    DGM_ATOM_WORD,      /* with readings */
    DGM_ATOM_NUMBER,
    DGM_ATOM_ORDINAL, /* "7th" */
    DGM_ATOM_DECADE,  /* "1990s", "90s" */
    DGM_ATOM_MARK     /* one character: - for all dashes, ' for all apostrophes */
} dgm_atom_kind;

/* A piece of a token: "mid-1990s" is three. A phrase of the tables ("prior to") is one atom over
 * several tokens. */
typedef struct dgm_atom {
    int32_t first, last; /* tokens */
    dgm_atom_kind kind;
    char mark;
    uint8_t digits;
    bool is_glued, is_capital, has_dot, is_grouped; /* grouped: "1,500" */
    uint8_t reading_count;
    dgm_reading readings[DGM_READINGS];
    uint64_t kinds; /* bit 1 << kind of each reading */
    int32_t number;
    uint32_t word; /* number of the word in the calendar, or DGM_MAP_NONE */
} dgm_atom;

typedef struct dgm_atoms {
    dgm_atom *items;
    int32_t count, capacity;
} dgm_atoms;

/* A phrase of several words, as numbers of words; the next with the same first word follows. */
typedef struct dgm_phrase {
    uint32_t words[DGM_PHRASE_ATOMS];
    uint32_t capitals; /* bit i: the table writes word i with a capital letter */
    uint32_t count, next;
    dgm_reading reading; /* kind NONE: a named period */
    uint32_t period;
} dgm_phrase;

typedef struct dgm_period {
    const char *edtf;
    dgm_day earliest, latest;
    dgm_when when;
} dgm_period;

typedef struct dgm_word {
    dgm_reading readings[DGM_READINGS];
    uint8_t reading_count;
    uint32_t phrases; /* first phrase that begins with it, or DGM_MAP_NONE */
} dgm_word;

struct dgm_calendar {
    dgm_map map; /* lower-case word -> index in words */
    dgm_word *words;
    uint32_t word_count, word_capacity;
    dgm_phrase *phrases;
    uint32_t phrase_count, phrase_capacity;
    dgm_period *periods;
    uint32_t period_count, period_capacity;
};

_Static_assert(DGM_WORD_COUNT <= 64, "kinds are bits of an atom");

/* The atoms of a sentence's tokens. */
void dgm_atoms_cut(dgm_atoms *atoms, const dgm_calendar *calendar, dgm_arena *arena, dgm_str bytes,
                   const dgm_token *tokens, int32_t count);

/* The reading of that kind, or NULL. */
static inline const dgm_reading *dgm_atom_as(const dgm_atom *atom, dgm_word_kind kind)
{
    if (!(atom->kinds >> kind & 1))
        return NULL;
    for (unsigned i = 0; i < atom->reading_count; i++)
        if (atom->readings[i].kind == kind)
            return &atom->readings[i];
    return NULL;
}

/* The named period that begins at atom `at`; *end is the atom after it. NULL: none. */
const dgm_period *dgm_period_at(const dgm_calendar *calendar, const dgm_atoms *atoms, int32_t at,
                                int32_t *end);

/* Reading expressions. */
typedef enum dgm_tense {
    DGM_TENSE_NONE = 0,
    DGM_TENSE_PAST,
    DGM_TENSE_PRESENT,
    DGM_TENSE_FUTURE
} dgm_tense;

typedef struct dgm_scan {
    const dgm_calendar *calendar;
    const dgm_tree *tree;
    const dgm_time_anchor *anchor;
    dgm_atoms atoms;
} dgm_scan;

typedef struct dgm_found {
    int32_t begin, end; /* atoms */
    dgm_when core;      /* as TIMEX3 would value it: "1990" of "since early 1990" */
    dgm_when core_to;   /* the same of the right side of a range; grain NONE: none */
    dgm_when when;
    bool has_year, is_period;
} dgm_found;

/* The expression that begins at atom `at` (its operators may lie before it: found->begin). */
bool dgm_found_at(const dgm_scan *scan, int32_t at, dgm_found *found);

/* The tense of the clause that the tokens belong to. */
dgm_tense dgm_tense_at(const dgm_scan *scan, int32_t first, int32_t last);

#endif
