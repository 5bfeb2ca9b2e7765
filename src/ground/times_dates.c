/* Dates by day, month, feast and season, with the year that they tell or that is guessed from the
 * anchor and the tense. */
#include "ground/times_read.h"

/* Days that a date without a year may lie ahead of a past clause ("set 10 November as the
 * deadline"). */
enum { NEAR_DAYS = 60 };

/* "by Friday", "until March", "starting Monday": looked forward to, if the clause is not past. */
bool dgm_time_is_deadline(const dgm_scan *scan, int32_t at)
{
    const dgm_reading *since = as(scan, at - 1, DGM_WORD_SINCE);
    return as(scan, at - 1, DGM_WORD_BY) || as(scan, at - 1, DGM_WORD_UNTIL) ||
           (since && since->flags & DGM_WORD_WEAK);
}

/* The year that month (and day, 0: none) most likely belongs to. */
static bool guess_year(const dgm_scan *scan, int32_t at, int32_t month, int32_t day, int32_t *year)
{
    int64_t first, last, here;
    const dgm_atom *atom = atom_at(scan, at);
    *year = 0; /* a leap year */
    if (!dgm_time_base(scan, DGM_LEAN_MODE, &first, &last))
        return false;
    dgm_day base = dgm_day_of_number(first);
    *year = base.year;
    if (!scan->anchor->is_news || !dgm_time_document(scan, &here)) {
        bool is_within = dgm_time_span_grain(first, last) <= DGM_GRAIN_MONTH;
        *year += is_within && month < base.month - 6; /* a story told goes forward */
        return true;
    }
    dgm_tense tense = dgm_tense_at(scan, atom->first, atom->last);
    int32_t distance = (month - base.month) * 31 + (day ? day - base.day : 0);
    int32_t back = tense == DGM_TENSE_PAST ? NEAR_DAYS : HALF_YEAR;
    bool is_due = dgm_time_is_deadline(scan, at);
    if (tense == DGM_TENSE_FUTURE || (is_due && !day))
        *year += distance < 0;
    else if (!day)
        *year -= distance > 0;
    else /* a day without a year is near */
        *year += distance < -HALF_YEAR ? 1 : distance > back ? -1 : 0;
    return true;
}

/* A day number 1 to 31, as number or ordinal. */
static int32_t read_day(const dgm_scan *scan, int32_t at, int32_t *day)
{
    const dgm_atom *atom = atom_at(scan, at);
    int32_t end = dgm_read_ordinal(scan, at, day);
    if (!end && atom->kind == DGM_ATOM_NUMBER && atom->digits <= 2 && !is_tied_left(scan, at)) {
        *day = atom->number;
        end = at + 1;
    }
    return end && *day >= 1 && *day <= 31 ? end : 0;
}

static int32_t read_month(const dgm_scan *scan, int32_t at, int32_t *month, bool *is_weak)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_MONTH);
    if (!word)
        return 0;
    *month = word->value;
    *is_weak = word->flags & DGM_WORD_WEAK;
    at++;
    /* "Sept" and its full stop apart */
    if (*is_weak && is_mark(scan, at, '.') && atom_at(scan, at)->is_glued &&
        at + 1 < scan->atoms.count)
        at++;
    return at;
}

/* The year after a date, with comma or "of"; or "of last year", "this year". */
int32_t dgm_read_date_year(const dgm_scan *scan, int32_t at, int32_t *year)
{
    int32_t next = at, end;
    if (is_mark(scan, next, ',') || as(scan, next, DGM_WORD_OF))
        next++;
    if ((end = dgm_read_year(scan, next, year)))
        return end;
    next = skip(scan, skip(scan, at, DGM_WORD_OF), DGM_WORD_THE);
    const dgm_reading *which = as(scan, next, DGM_WORD_WHICH);
    dgm_when when;
    if (!which || !is_unit(scan, next + 1, DGM_GRAIN_YEAR) ||
        !dgm_time_shifted(scan, lean_of(which), DGM_GRAIN_YEAR, which->value, &when))
        return 0;
    *year = when.from.year;
    return next + 2;
}

static bool set_days(const dgm_scan *scan, int32_t at, int32_t month, int32_t from, int32_t to,
                     int32_t year, dgm_simple *out)
{
    if (!out->has_year)
        out->is_yearless = !guess_year(scan, at, month, from, &year);
    if (from > to || to > dgm_days_in_month(year, month)) /* 29 February of a common year */
        return false;
    out->when = dgm_when_days(dgm_day_number(year, month, from), dgm_day_number(year, month, to),
                              DGM_GRAIN_DAY);
    return true;
}

/* The second day of "5-10 May", "5 and 6 May". */
static int32_t read_second_day(const dgm_scan *scan, int32_t at, int32_t *day)
{
    if (!is_dash(scan, at) && !as(scan, at, DGM_WORD_TO) && !as(scan, at, DGM_WORD_AND))
        return 0;
    return read_day(scan, skip(scan, at + 1, DGM_WORD_THE), day);
}

/* "2 December 1975", "the 2nd of December", "5-10 May". */
int32_t dgm_read_day_month(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t from, to, month, year = 0, end = read_day(scan, at, &from);
    bool is_weak;
    if (!end || atom_at(scan, at)->is_grouped || is_mark(scan, at - 1, '$'))
        return 0;
    int32_t second = read_second_day(scan, end, &to);
    if (second)
        end = second;
    else
        to = from;
    end = skip(scan, end, DGM_WORD_OF);
    end += is_dash(scan, end) && atom_at(scan, end)->is_glued; /* 2-Dec-1975 */
    if (!(end = read_month(scan, end, &month, &is_weak)))
        return 0;
    int32_t dash = is_dash(scan, end) && atom_at(scan, end)->is_glued;
    int32_t last = dgm_read_date_year(scan, end + dash, &year);
    out->has_year = last > 0;
    return set_days(scan, at, month, from, to, year, out) ? (last ? last : end) : 0;
}

/* "December 2, 1975", "Dec. 2-5". */
int32_t dgm_read_month_day(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t from, to, month, year = 0;
    bool is_weak;
    int32_t end = read_month(scan, at, &month, &is_weak);
    if (!end || !(end = read_day(scan, skip(scan, end, DGM_WORD_THE), &from)))
        return 0;
    if ((is_mark(scan, end, ':') && atom_at(scan, end + 1)->is_glued) ||
        as(scan, end, DGM_WORD_CLOCK) || as(scan, end, DGM_WORD_COUNTED))
        return 0;
    int32_t second = read_second_day(scan, end, &to);
    bool is_next_month =
        second && (as(scan, second, DGM_WORD_MONTH) || as(scan, second, DGM_WORD_COUNTED) ||
                   as(scan, second, DGM_WORD_UNIT));
    if (second && to > from && !is_next_month)
        end = second;
    else
        to = from;
    int32_t last = dgm_read_date_year(scan, end, &year);
    out->has_year = last > 0;
    return set_days(scan, at, month, from, to, year, out) ? (last ? last : end) : 0;
}

/* "October 1980", "March of last year", "in March". */
int32_t dgm_read_bare_month(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t month, year = 0;
    bool is_weak;
    int32_t end = read_month(scan, at, &month, &is_weak);
    if (!end)
        return 0;
    int32_t last = dgm_read_date_year(scan, end, &year);
    out->has_year = last > 0;
    bool is_name = scan->tree->tokens[atom_at(scan, at)->first].name == DGM_NAME_B_PER ||
                   scan->tree->tokens[atom_at(scan, at)->first].name == DGM_NAME_I_PER;
    if (!last && is_name)
        return 0;
    if (!last)
        out->is_yearless = !guess_year(scan, at, month, 0, &year);
    out->when = dgm_when_month(year, month);
    out->is_weak = !last;
    return last ? last : end;
}

int32_t dgm_read_holiday(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_HOLIDAY);
    int32_t year = 0;
    if (!word)
        return 0;
    int32_t last = dgm_read_date_year(scan, at + 1, &year);
    out->has_year = last > 0;
    int32_t month = word->value / 100, day = word->value % 100;
    return set_days(scan, at, month, day, day, year, out) ? (last ? last : at + 1) : 0;
}

/* "1978-79", "1978/79" after a season; the year that a season without one belongs to. */
static int32_t read_season_year(const dgm_scan *scan, int32_t at, int32_t *year)
{
    int32_t next = at;
    if (is_mark(scan, next, ',') || as(scan, next, DGM_WORD_OF))
        next++;
    dgm_simple range = {0};
    int32_t end = dgm_read_year_range(scan, next, &range);
    if (end) {
        *year = range.when.from.year;
        return end;
    }
    return dgm_read_date_year(scan, at, year);
}

static bool guess_season(const dgm_scan *scan, int32_t at, int32_t season, dgm_when *when)
{
    int64_t first, last;
    const dgm_atom *atom = atom_at(scan, at);
    if (!dgm_time_base(scan, DGM_LEAN_MODE, &first, &last))
        return false;
    *when = dgm_when_season(dgm_day_of_number(first).year, season);
    if (!scan->anchor->is_news)
        return true;
    bool is_future = dgm_tense_at(scan, atom->first, atom->last) == DGM_TENSE_FUTURE;
    if (is_future && dgm_point_last(when->to) < first)
        *when = dgm_when_season(when->from.year + 1, season);
    else if (!is_future && dgm_point_first(when->from) > first)
        *when = dgm_when_season(when->from.year - 1, season);
    return true;
}

int32_t dgm_read_season(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_SEASON);
    int32_t year;
    if (!word)
        return 0;
    int32_t end = read_season_year(scan, at + 1, &year);
    if (end) {
        out->has_year = true;
        out->when = dgm_when_season(year, word->value);
        return end;
    }
    bool is_dated = (as(scan, at - 1, DGM_WORD_THE) && dgm_time_is_introduced(scan, at - 1)) ||
                    as(scan, at - 1, DGM_WORD_IN);
    bool is_noun = scan->tree->tokens[atom_at(scan, at)->first].upos != DGM_VERB;
    return is_dated && is_noun && !as(scan, at + 1, DGM_WORD_OF) &&
                   guess_season(scan, at, word->value, &out->when)
               ? at + 1
               : 0;
}
