/* Pieces of a longer time: early, mid and late, halves and quarters, "earlier this year",
 * "year-end". */
#include "ground/times_read.h"

/* "of the year", "of that month", "of 1990", "of the 1990s": what a piece is cut from. */
static int32_t read_whole(const dgm_scan *scan, int32_t at, dgm_depth depth, dgm_when *when)
{
    dgm_simple whole = {0};
    int32_t next = skip(scan, skip(scan, at, DGM_WORD_OF), DGM_WORD_THE);
    const dgm_reading *unit = as(scan, next, DGM_WORD_UNIT);
    int32_t end = dgm_read_simple(scan, next, depth, &whole);
    if (end && !whole.is_yearless) {
        *when = whole.when;
        return end;
    }
    if (unit && next > at && unit->value > DGM_GRAIN_DAY &&
        dgm_time_shifted(scan, DGM_LEAN_MODE, (dgm_grain)unit->value, 0, when))
        return next + 1;
    return 0;
}

/* The quarter or half without a year: the last that has begun. */
static bool guess_piece(const dgm_scan *scan, int32_t at, int32_t index, int32_t pieces,
                        dgm_when *when)
{
    int64_t first, last;
    const dgm_atom *atom = atom_at(scan, at);
    if (pieces != 4 || !scan->anchor->is_news || !dgm_time_base(scan, DGM_LEAN_MODE, &first, &last))
        return false;
    dgm_day base = dgm_day_of_number(first);
    *when = dgm_when_piece(dgm_when_year(base.year), index, pieces);
    bool is_future = dgm_tense_at(scan, atom->first, atom->last) == DGM_TENSE_FUTURE;
    int32_t move = is_future ? dgm_point_last(when->to) < first - HALF_YEAR
                             : -(dgm_point_first(when->from) > first);
    if (move)
        *when = dgm_when_piece(dgm_when_year(base.year + move), index, pieces);
    return true;
}

/* "first half of 1990", "third quarter", "1990 first quarter", "last quarter of the century". */
int32_t dgm_read_fraction(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t index, year = 0, begin = at;
    bool is_last = as(scan, at, DGM_WORD_WHICH) && as(scan, at, DGM_WORD_WHICH)->value < 0;
    if (dgm_time_is_year_number(scan, at))
        year = atom_at(scan, at)->number, at++;
    int32_t end = is_last ? at + 1 : dgm_read_ordinal(scan, at, &index);
    if (!end)
        return 0;
    end += is_dash(scan, end);
    const dgm_reading *fraction = as(scan, end, DGM_WORD_FRACTION);
    if (!fraction)
        return 0;
    int32_t pieces = fraction->value;
    dgm_when whole;
    index = is_last ? pieces : index;
    if (index > pieces)
        return 0;
    int32_t after = as(scan, ++end, DGM_WORD_OF) || atom_at(scan, end)->kind == DGM_ATOM_NUMBER
                        ? read_whole(scan, end, DGM_DEPTH_PLAIN, &whole)
                        : 0;
    int32_t dated = after ? 0 : dgm_read_date_year(scan, end, &year);
    if (year)
        whole = dgm_when_year(year);
    else if (!after)
        return !is_last && guess_piece(scan, begin, index - 1, pieces, &out->when) ? end : 0;
    out->has_year = true;
    out->when = dgm_when_piece(whole, index - 1, pieces);
    return after ? after : dated ? dated : end;
}

/* "'s third quarter" behind a year cuts the piece out of it; the end otherwise stays. */
int32_t dgm_read_piece_of(const dgm_scan *scan, int32_t at, dgm_when *when)
{
    int32_t index;
    int32_t next = as(scan, at, DGM_WORD_POSSESSIVE) ? dgm_read_ordinal(scan, at + 1, &index) : 0;
    if (!next)
        return at;
    next += is_dash(scan, next);
    const dgm_reading *fraction = as(scan, next, DGM_WORD_FRACTION);
    if (!fraction || index > fraction->value)
        return at;
    *when = dgm_when_piece(*when, index - 1, fraction->value);
    return next + 1;
}

/* Days written as months or years where they are whole ones. */
static dgm_when stretch(int64_t first, int64_t last, dgm_grain grain)
{
    dgm_day from = dgm_day_of_number(first), to = dgm_day_of_number(last);
    if (from.day != 1 || to.day != dgm_days_in_month(to.year, to.month))
        return dgm_when_days(first, last, grain);
    if (from.month != 1 || to.month != 12)
        return dgm_when_months(from.year, from.month, (to.year - from.year) * 12 + to.month, grain);
    return dgm_when_years(from.year, to.year, grain);
}

/* "earlier this year": what of it lies before the anchor; "later": what lies after. */
static void cut_at_anchor(const dgm_scan *scan, dgm_lean to, bool is_later, dgm_when *whole)
{
    int64_t first, last, begin = dgm_point_first(whole->from), finish = dgm_point_last(whole->to);
    if (!dgm_time_base(scan, to, &first, &last) || first < begin || last > finish)
        return;
    if (is_later && last < finish)
        *whole = stretch(last + 1, finish, whole->grain);
    else if (!is_later && first > begin)
        *whole = stretch(begin, first - 1, whole->grain);
}

/* "early October 1980", "mid-1990s", "the end of last year", "late in the year". */
int32_t dgm_read_part(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_reading *part = as(scan, at, DGM_WORD_PART);
    if (!part)
        return 0;
    int32_t next = at + 1;
    dgm_when whole;
    if (part->flags & DGM_WORD_NOUN && !as(scan, next, DGM_WORD_OF))
        return 0;

    next += is_dash(scan, next);
    if (!(part->flags & DGM_WORD_NOUN) && as(scan, next, DGM_WORD_IN) &&
        as(scan, next + 1, DGM_WORD_THE))
        next++;
    int32_t end = read_whole(scan, next, DGM_DEPTH_NESTED, &whole);
    if (!end)
        return 0;
    out->when = dgm_when_piece(whole, part->value, 3);
    out->whole = whole;
    out->has_year = true;
    if (!(part->flags & DGM_WORD_BOTH))
        return end;
    out->when = whole;
    const dgm_reading *which = as(scan, next, DGM_WORD_WHICH);
    cut_at_anchor(scan, which ? lean_of(which) : DGM_LEAN_TOLD, part->value > 0, &out->when);
    return end;
}

/* "year-end", "year's end", "year-end 1990". */
int32_t dgm_read_year_end(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t year, next = at + 1;
    if (!is_unit(scan, at, DGM_GRAIN_YEAR))
        return 0;
    next += is_dash(scan, next) || as(scan, next, DGM_WORD_POSSESSIVE);
    const dgm_reading *part = as(scan, next, DGM_WORD_PART);
    if (!part || !(part->flags & DGM_WORD_NOUN) || part->value != 2 ||
        as(scan, next + 1, DGM_WORD_OF))
        return 0;
    int32_t end = dgm_read_date_year(scan, next + 1, &year);
    if (end)
        out->whole = dgm_when_year(year);
    else if (!dgm_time_shifted(scan, DGM_LEAN_MODE, DGM_GRAIN_YEAR, 0, &out->whole))
        return 0;
    out->has_year = true;
    out->when = dgm_when_piece(out->whole, 2, 3);
    return end ? end : next + 1;
}
