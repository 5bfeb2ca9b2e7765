/* Relative expressions: "yesterday", "Tuesday", "last week", "the past three years", "two years
 * ago", "three days later". */
#include "ground/times_read.h"

/* How many "the coming months" are. */
enum { SOME = 5 };

int32_t dgm_read_deictic(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_DEICTIC);
    int64_t day;
    if (!word || !dgm_time_document(scan, &day) || !scan->anchor->is_news)
        return 0;
    out->is_relative = true;
    out->when = dgm_when_point(dgm_point_day(day + word->value));
    return at + 1;
}

/* The n-th weekday away from the base: -1 the last before it, 1 the first after it, 0 by tense. */
static bool weekday_day(const dgm_scan *scan, int32_t at, int32_t weekday, int32_t which,
                        dgm_lean to, int64_t *day)
{
    int64_t first, last;
    const dgm_atom *atom = atom_at(scan, at);
    if (!dgm_time_base(scan, to, &first, &last) || last - first > 7)
        return false;
    int32_t ahead = dgm_floor_mod(weekday - dgm_weekday_of(first), 7);
    bool is_forward = which > 0;
    if (which == 0) {
        dgm_tense tense = dgm_tense_at(scan, atom->first, atom->last);
        bool is_due = dgm_time_is_deadline(scan, at);
        is_forward = !scan->anchor->is_news || tense == DGM_TENSE_FUTURE ||
                     (is_due && tense != DGM_TENSE_PAST);
    }
    if (which != 0 && ahead == 0)
        ahead = 7;
    *day = first + (is_forward ? ahead : ahead ? ahead - 7 : 0);
    if (which < 0 && ahead == 7)
        *day = first - 7;
    return true;
}

/* "Tuesday", "Tuesday night", "Tuesday, Dec. 2", "Tuesday last week". */
int32_t dgm_read_weekday(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_WEEKDAY);
    int64_t day;
    if (!word)
        return 0;
    int32_t end = skip_daypart(scan, at + 1);
    int32_t next = end + (is_mark(scan, end, ',') || is_mark(scan, end, '.'));
    next = skip(scan, skip(scan, next, DGM_WORD_IN), DGM_WORD_THE);
    int32_t date = dgm_read_day_month(scan, next, out);
    if (!date)
        date = dgm_read_month_day(scan, next, out);
    if (date)
        return date;
    *out = (dgm_simple){0};
    if (word->flags & DGM_WORD_WEAK && !atom_at(scan, at)->has_dot)
        return 0; /* "Sun", "sat" */
    const dgm_reading *which = as(scan, end, DGM_WORD_WHICH);
    dgm_when week;
    if (which && is_unit(scan, end + 1, DGM_GRAIN_WEEK) &&
        dgm_time_shifted(scan, lean_of(which), DGM_GRAIN_WEEK, which->value, &week)) {
        day = dgm_point_first(week.from) + word->value - 1;
        end += 2;
    } else if (!weekday_day(scan, at, word->value, 0, DGM_LEAN_MODE, &day)) {
        return 0;
    }
    out->is_relative = true;
    out->when = dgm_when_point(dgm_point_day(day));
    return end;
}

/* "last March": the one before the anchor; "next March": after it. */
static bool month_by_which(const dgm_scan *scan, dgm_lean to, int32_t month, int32_t which,
                           dgm_when *when)
{
    int64_t first, last;
    if (!dgm_time_base(scan, to, &first, &last))
        return false;
    dgm_day base = dgm_day_of_number(first);
    int32_t year = base.year;
    if (which < 0)
        year -= month >= base.month;
    else if (which > 0)
        year += month <= base.month;
    *when = dgm_when_month(year, month);
    return true;
}

static bool season_by_which(const dgm_scan *scan, dgm_lean to, int32_t season, int32_t which,
                            dgm_when *when)
{
    int64_t first, last;
    if (!dgm_time_base(scan, to, &first, &last))
        return false;
    int32_t year = dgm_day_of_number(first).year;
    *when = dgm_when_season(year, season);
    if (which < 0 && dgm_point_last(when->to) >= first)
        *when = dgm_when_season(year - 1, season);
    else if (which > 0 && dgm_point_first(when->from) <= first)
        *when = dgm_when_season(year + 1, season);
    return true;
}

/* "the past three years", "the next two weeks": up to the anchor, or from it. */
static bool set_stretch(const dgm_scan *scan, dgm_lean to, dgm_grain unit, int32_t count,
                        bool is_vague, dgm_when *when)
{
    int64_t first, last;
    if (unit < DGM_GRAIN_DAY || unit > DGM_GRAIN_CENTURY || count > 1000 || count < -1000 ||
        !dgm_time_base(scan, to, &first, &last))
        return false;
    if (unit == DGM_GRAIN_DECADE || unit == DGM_GRAIN_CENTURY) {
        count *= unit == DGM_GRAIN_DECADE ? 10 : 100;
        unit = DGM_GRAIN_YEAR;
    } else if (unit == DGM_GRAIN_WEEK || unit == DGM_GRAIN_WEEKEND) {
        count *= 7;
        unit = DGM_GRAIN_DAY;
    } else if (unit == DGM_GRAIN_QUARTER) {
        count *= 3;
        unit = DGM_GRAIN_MONTH;
    }
    dgm_when near = dgm_when_unit(count > 0 ? last : first, unit, 0);
    dgm_when far = dgm_when_unit(count > 0 ? last : first, unit, count);
    *when = count > 0 ? dgm_when_range(near.from, far.to, unit)
                      : dgm_when_range(far.from, near.to, unit);
    if (is_vague)
        *when = dgm_when_approximate(*when);
    return true;
}

/* "fiscal year" is one word of the tables, and a year. */
static const dgm_reading *year_name(const dgm_scan *scan, int32_t at)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_YEAR_NAME);
    return word && word->value == (int16_t)DGM_GRAIN_YEAR ? word : NULL;
}

/* What follows "this", "last", "next", "the same", "the following". */
int32_t dgm_read_which(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_reading *which = as(scan, at, DGM_WORD_WHICH), *word;
    int32_t count, next = at + 1, step;
    int64_t day;
    bool is_vague;
    if (!which)
        return 0;
    /* "the next day" goes on from what was told; "next week" counts from today */
    bool is_article =
        as(scan, at - 1, DGM_WORD_THE) && which->value > 0 && atom_at(scan, at)->reading_count == 1;
    dgm_lean to = is_article && is_unit(scan, next, DGM_GRAIN_DAY) ? DGM_LEAN_TOLD : lean_of(which);
    out->is_relative = true;
    step = which->value;
    if ((word = as(scan, next, DGM_WORD_WHICH)) && word->value == 0) /* that same year */
        next++;
    if (as(scan, next, DGM_WORD_YEAR_NAME) && is_unit(scan, next + 1, DGM_GRAIN_YEAR))
        next++; /* this fiscal year */
    word = as(scan, next, DGM_WORD_UNIT);
    if (word && word->flags & DGM_WORD_MANY && step) /* the coming months: some five */
        return set_stretch(scan, to, (dgm_grain)word->value, SOME * step, true, &out->when)
                   ? next + 1
                   : 0;
    if (word || (word = year_name(scan, next)))
        return dgm_time_shifted(scan, to, (dgm_grain)word->value, step, &out->when)
                   ? dgm_read_piece_of(scan, skip_daypart(scan, next + 1), &out->when)
                   : 0;
    if (as(scan, next, DGM_WORD_DAYPART) && step <= 0)
        return dgm_time_shifted(scan, to, DGM_GRAIN_DAY, step, &out->when) ? next + 1 : 0;
    if ((word = as(scan, next, DGM_WORD_WEEKDAY))) {
        if (!weekday_day(scan, next, word->value, step, to, &day))
            return 0;
        out->when = dgm_when_point(dgm_point_day(day));
        return skip_daypart(scan, next + 1);
    }
    if ((word = as(scan, next, DGM_WORD_MONTH)))
        return month_by_which(scan, to, word->value, step, &out->when) ? next + 1 : 0;
    if ((word = as(scan, next, DGM_WORD_SEASON)))
        return season_by_which(scan, to, word->value, step, &out->when) ? next + 1 : 0;
    int32_t end = dgm_read_number(scan, next, &count, &is_vague);
    word = end ? as(scan, end, DGM_WORD_UNIT) : NULL;
    if (!word || step == 0 || count > 1000)
        return 0;
    return set_stretch(scan, to, (dgm_grain)word->value, step * count, is_vague, &out->when)
               ? end + 1
               : 0;
}

/* "recent years", "coming weeks": some five of them. */
int32_t dgm_read_vague_stretch(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_reading *recent = as(scan, at, DGM_WORD_RECENT);
    const dgm_reading *unit = as(scan, at + 1, DGM_WORD_UNIT);
    if (!recent || !unit)
        return 0;
    out->is_relative = true;
    return set_stretch(scan, DGM_LEAN_DOCUMENT, (dgm_grain)unit->value, -recent->value, true,
                       &out->when)
               ? at + 2
               : 0;
}

/* Some 1500 years ago is a round number; so is the year. */
static dgm_when round_years(dgm_when when, int32_t count)
{
    if (count < 1000 || count % 100)
        return when;
    int32_t year = dgm_floor_div(when.from.year + 50, 100) * 100;
    return dgm_when_year(year);
}

static bool set_shift(const dgm_scan *scan, dgm_lean to, dgm_grain unit, int32_t count,
                      bool is_vague, dgm_when *when)
{
    int32_t size = count < 0 ? -count : count;
    if (size > 1000000)
        return false;
    if (unit == DGM_GRAIN_DECADE || unit == DGM_GRAIN_CENTURY) {
        count *= unit == DGM_GRAIN_DECADE ? 10 : 100;
        is_vague = true;
        unit = DGM_GRAIN_YEAR;
    }
    if (unit == DGM_GRAIN_MILLENNIUM || !dgm_time_shifted(scan, to, unit, count, when))
        return false;
    if (unit == DGM_GRAIN_YEAR) {
        int32_t year = when->from.year;
        *when = round_years(*when, size);
        is_vague |= size >= 100 && size % 50 == 0;
        if (year < -9999 || year > 9999)
            return false;
    }
    if (is_vague)
        *when = dgm_when_approximate(*when);
    return true;
}

/* "half a" or a number, then a unit. */
static int32_t read_duration(const dgm_scan *scan, int32_t at, int32_t *count, dgm_grain *unit,
                             bool *is_vague)
{
    int32_t more;
    bool more_vague;
    const dgm_reading *word;
    int32_t end = dgm_read_number(scan, at, count, is_vague);
    if (!end)
        return 0;
    if (as(scan, end, DGM_WORD_TO) || as(scan, end, DGM_WORD_AND)) { /* two or three years */
        int32_t second = dgm_read_number(scan, end + 1, &more, &more_vague);
        if (second && as(scan, second, DGM_WORD_UNIT)) {
            *is_vague = true;
            end = second;
        }
    }
    if (!(word = as(scan, end, DGM_WORD_UNIT)))
        return 0;
    *unit = (dgm_grain)word->value;
    return end + 1;
}

/* Days, months, years away from an explicit date: "two days after 5 May 1990". */
static int32_t read_away(const dgm_scan *scan, int32_t at, dgm_grain unit, int32_t count,
                         dgm_when *when)
{
    dgm_simple other = {0};
    int32_t end = dgm_read_simple(scan, skip(scan, at, DGM_WORD_THE), DGM_DEPTH_PLAIN, &other);
    if (!end || other.is_yearless || unit < DGM_GRAIN_DAY || other.when.grain > unit ||
        count > 1000 || count < -1000)
        return 0;
    *when = dgm_when_unit(dgm_point_first(other.when.from), unit, count);
    return end;
}

/* "two years ago", "three days later", "a week before 5 May", "10 days from now". */
int32_t dgm_read_shift(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t count, from, end;
    dgm_grain unit;
    bool is_vague;
    const dgm_reading *word;
    if (!(end = read_duration(scan, at, &count, &unit, &is_vague)) || is_tied_left(scan, at))
        return 0;
    out->is_relative = true;
    if ((word = as(scan, end, DGM_WORD_AGO)) || (word = as(scan, end, DGM_WORD_FROM_NOW)))
        return set_shift(scan, DGM_LEAN_DOCUMENT, unit, word->value * count, is_vague, &out->when)
                   ? end + 1
                   : 0;
    if (!(word = as(scan, end, DGM_WORD_SHIFT)))
        return 0;
    if ((from = read_away(scan, end + 1, unit, word->value * count, &out->when)))
        return from;
    bool is_preposition = as(scan, end, DGM_WORD_BEFORE) || as(scan, end, DGM_WORD_AFTER);
    if (is_preposition && !is_end(scan, end + 1) && !as(scan, end + 1, DGM_WORD_AND))
        return 0; /* three days after the attack */
    return set_shift(scan, DGM_LEAN_TOLD, unit, word->value * count, is_vague, &out->when) ? end + 1
                                                                                           : 0;
}

/* "the day before", "the year after": when nothing follows that it would be before. */
int32_t dgm_read_unit_shift(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_reading *unit = as(scan, at, DGM_WORD_UNIT),
                      *shift = as(scan, at + 1, DGM_WORD_SHIFT);
    int32_t from;
    if (!unit || !shift || !as(scan, at - 1, DGM_WORD_THE) || as(scan, at + 1, DGM_WORD_PART))
        return 0;
    out->is_relative = true;
    if ((from = read_away(scan, at + 2, (dgm_grain)unit->value, shift->value, &out->when)))
        return from;
    if (!is_end(scan, at + 2))
        return 0;
    return dgm_time_shifted(scan, DGM_LEAN_TOLD, (dgm_grain)unit->value, shift->value, &out->when)
               ? at + 2
               : 0;
}

/* "in 10 days" of something to come. */
int32_t dgm_read_ahead(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t count, end;
    dgm_grain unit;
    bool is_vague;
    if (!as(scan, at - 1, DGM_WORD_IN) || !scan->anchor->is_news ||
        !(end = read_duration(scan, at, &count, &unit, &is_vague)))
        return 0;
    const dgm_atom *atom = atom_at(scan, at);
    bool is_time = as(scan, end, DGM_WORD_POSSESSIVE) != NULL;
    if (is_mark(scan, end, '\'') || is_time)
        end++;
    else if (dgm_tense_at(scan, atom->first, atom->last) != DGM_TENSE_FUTURE)
        return 0;
    out->is_relative = true;
    return set_shift(scan, DGM_LEAN_DOCUMENT, unit, count, is_vague, &out->when) ? end : 0;
}

/* "the weekend" of news. */
int32_t dgm_read_weekend(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int64_t day;
    const dgm_atom *atom = atom_at(scan, at);
    if (!is_unit(scan, at, DGM_GRAIN_WEEKEND) || !as(scan, at - 1, DGM_WORD_THE) ||
        !scan->anchor->is_news || !dgm_time_document(scan, &day))
        return 0;
    bool is_ahead = dgm_tense_at(scan, atom->first, atom->last) == DGM_TENSE_FUTURE;
    bool is_here = dgm_weekday_of(day) >= 6;
    out->is_relative = true;
    out->when = dgm_when_unit(day, DGM_GRAIN_WEEKEND, is_ahead || is_here ? 0 : -1);
    return at + 1;
}
