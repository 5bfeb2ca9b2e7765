/* Values of time expressions: points and ranges, built by grain, cut into pieces, opened at an end,
 * and written as EDTF (ISO 8601-2, level 1). What EDTF has no single date for (weeks, quarters,
 * "early 1990") is a range of two dates. */
#include "ground/times_priv.h"

#include <stdio.h>
#include <stdlib.h>

static dgm_point year_point(int32_t year)
{
    return (dgm_point){.grain = DGM_GRAIN_YEAR, .year = year};
}

static dgm_point month_point(int32_t year, int32_t month)
{
    return (dgm_point){.grain = DGM_GRAIN_MONTH,
                       .year = year + dgm_floor_div(month - 1, 12),
                       .month = (uint8_t)(dgm_floor_mod(month - 1, 12) + 1)};
}

dgm_point dgm_point_day(int64_t number)
{
    dgm_day day = dgm_day_of_number(number);
    return (dgm_point){
        .grain = DGM_GRAIN_DAY, .year = day.year, .month = day.month, .day = day.day};
}

/* First month of a season: spring is March to May, winter December to February. */
static int32_t season_month(int32_t season)
{
    return (season - 21) * 3 + 3;
}

int64_t dgm_point_first(dgm_point point)
{
    switch (point.grain) {
    case DGM_GRAIN_DAY:
        return dgm_day_number(point.year, point.month, point.day);
    case DGM_GRAIN_MONTH:
        return dgm_day_number(point.year, point.month, 1);
    case DGM_GRAIN_SEASON:
        return dgm_day_number(point.year, season_month(point.month), 1);
    default:
        return dgm_day_number(point.year, 1, 1);
    }
}

int64_t dgm_point_last(dgm_point point)
{
    switch (point.grain) {
    case DGM_GRAIN_DAY:
        return dgm_point_first(point);
    case DGM_GRAIN_MONTH:
        return dgm_point_first(point) + dgm_days_in_month(point.year, point.month) - 1;
    case DGM_GRAIN_SEASON:
        return dgm_point_last(month_point(point.year, season_month(point.month) + 2));
    case DGM_GRAIN_DECADE:
        return dgm_day_number(point.year + 9, 12, 31);
    case DGM_GRAIN_CENTURY:
        return dgm_day_number(point.year + 99, 12, 31);
    default:
        return dgm_day_number(point.year, 12, 31);
    }
}

dgm_when dgm_when_point(dgm_point point)
{
    return (dgm_when){.from = point, .to = point, .grain = point.grain};
}

dgm_when dgm_when_range(dgm_point from, dgm_point to, dgm_grain grain)
{
    return (dgm_when){.from = from, .to = to, .grain = grain, .is_range = true};
}

dgm_when dgm_when_year(int32_t year)
{
    return dgm_when_point(year_point(year));
}

/* True when the years are what X digits write: 199X, 19XX, -06XX. */
static bool is_whole(int32_t from, int32_t to, dgm_grain grain)
{
    int32_t years = grain == DGM_GRAIN_DECADE ? 10 : 100;
    if (grain != DGM_GRAIN_DECADE && grain != DGM_GRAIN_CENTURY)
        return false;
    return to - from + 1 == years &&
           (from >= 0 ? from % years == 0 : to <= -years && -to % years == 0);
}

dgm_when dgm_when_years(int32_t from, int32_t to, dgm_grain grain)
{
    if (from == to)
        return dgm_when_year(from);
    if (is_whole(from, to, grain))
        return dgm_when_point((dgm_point){.grain = grain, .year = from});
    return dgm_when_range(year_point(from), year_point(to), grain);
}

dgm_when dgm_when_month(int32_t year, int32_t month)
{
    return dgm_when_point(month_point(year, month));
}

dgm_when dgm_when_months(int32_t year, int32_t from, int32_t to, dgm_grain grain)
{
    if (from == to)
        return dgm_when_month(year, from);
    return dgm_when_range(month_point(year, from), month_point(year, to), grain);
}

dgm_when dgm_when_days(int64_t from, int64_t to, dgm_grain grain)
{
    if (from == to)
        return dgm_when_point(dgm_point_day(from));
    return dgm_when_range(dgm_point_day(from), dgm_point_day(to), grain);
}

dgm_when dgm_when_season(int32_t year, int32_t season)
{
    return dgm_when_point(
        (dgm_point){.grain = DGM_GRAIN_SEASON, .year = year, .month = (uint8_t)season});
}

/* January and February belong to the winter of the year before. */
static dgm_when season_unit(dgm_day day, int32_t count)
{
    int32_t index = day.year * 4 + dgm_floor_div(day.month - 3, 3) + count;
    return dgm_when_season(dgm_floor_div(index, 4), 21 + dgm_floor_mod(index, 4));
}

static dgm_when years_unit(int32_t year, int32_t years, dgm_grain grain, int32_t count)
{
    int32_t from = (dgm_floor_div(year, years) + count) * years;
    return dgm_when_years(from, from + years - 1, grain);
}

dgm_when dgm_when_unit(int64_t day, dgm_grain unit, int32_t count)
{
    dgm_day at = dgm_day_of_number(day);
    int64_t monday = day - dgm_weekday_of(day) + 1;
    switch (unit) {
    case DGM_GRAIN_WEEKEND:
        return dgm_when_days(monday + 5 + 7 * count, monday + 6 + 7 * count, unit);
    case DGM_GRAIN_WEEK:
        return dgm_when_days(monday + 7 * count, monday + 6 + 7 * count, unit);
    case DGM_GRAIN_MONTH:
        return dgm_when_month(at.year, at.month + count);
    case DGM_GRAIN_QUARTER: {
        int32_t first = (at.month - 1) / 3 * 3 + 1 + 3 * count;
        return dgm_when_months(at.year, first, first + 2, unit);
    }
    case DGM_GRAIN_SEASON:
        return season_unit(at, count);
    case DGM_GRAIN_HALF: {
        int32_t first = (at.month - 1) / 6 * 6 + 1 + 6 * count;
        return dgm_when_months(at.year, first, first + 5, unit);
    }
    case DGM_GRAIN_YEAR:
        return dgm_when_year(at.year + count);
    case DGM_GRAIN_DECADE:
        return years_unit(at.year, 10, unit, count);
    case DGM_GRAIN_CENTURY:
        return years_unit(at.year, 100, unit, count);
    case DGM_GRAIN_MILLENNIUM:
        return years_unit(at.year, 1000, unit, count);
    default:
        return dgm_when_point(dgm_point_day(day + count));
    }
}

/* Years from..to cut into pieces. Thirds of a decade are 0-3, 4-6, 7-9: the rest goes to the
 * first piece. */
static dgm_when piece_of_years(int32_t from, int32_t to, int32_t index, int32_t pieces)
{
    int32_t count = to - from + 1, rest = count % pieces, size = count / pieces;
    int32_t begin = from + index * size + (index ? rest : 0);
    return dgm_when_years(begin, begin + size - 1 + (index ? 0 : rest), DGM_GRAIN_YEAR);
}

static dgm_when piece_of_days(int64_t from, int64_t to, int32_t index, int32_t pieces)
{
    int64_t count = to - from + 1;
    int64_t begin = from + count * index / pieces;
    int64_t end = from + count * (index + 1) / pieces - 1;
    return dgm_when_days(begin, end < begin ? begin : end, DGM_GRAIN_DAY);
}

static dgm_when piece_of_month(dgm_point month, int32_t index, int32_t pieces)
{
    int32_t days = dgm_days_in_month(month.year, month.month);
    int32_t size = pieces == 2 ? 15 : 30 / pieces;
    int64_t first = dgm_point_first(month) - 1;
    return dgm_when_days(first + index * size + 1,
                         first + (index == pieces - 1 ? days : (index + 1) * size), DGM_GRAIN_DAY);
}

static int32_t months_between(dgm_day from, dgm_day to)
{
    return (to.year - from.year) * 12 + to.month - from.month + 1;
}

dgm_when dgm_when_piece(dgm_when when, int32_t index, int32_t pieces)
{
    int64_t first = dgm_point_first(when.from), last = dgm_point_last(when.to);
    dgm_day from = dgm_day_of_number(first), to = dgm_day_of_number(last);
    int32_t months = months_between(from, to);
    if (when.grain <= DGM_GRAIN_DAY)
        return when;
    if (!when.is_range && when.grain == DGM_GRAIN_MONTH)
        return piece_of_month(when.from, index, pieces);
    if (when.grain <= DGM_GRAIN_WEEK || when.from.grain == DGM_GRAIN_DAY)
        return piece_of_days(first, last, index, pieces);
    if (months > 12)
        return piece_of_years(from.year, to.year, index, pieces);
    if (months % pieces)
        return piece_of_days(first, last, index, pieces);
    int32_t size = months / pieces;
    int32_t begin = from.month + index * size;
    dgm_grain grain = pieces == 4   ? DGM_GRAIN_QUARTER
                      : pieces == 2 ? DGM_GRAIN_HALF
                                    : DGM_GRAIN_MONTH;
    return dgm_when_months(from.year, begin, begin + size - 1, grain);
}

dgm_when dgm_when_approximate(dgm_when when)
{
    when.from.is_approximate = when.to.is_approximate = true;
    return when;
}

dgm_when dgm_when_since(dgm_when when)
{
    when.is_range = when.is_open_to = true;
    return when;
}

dgm_when dgm_when_until(dgm_when when)
{
    when.is_range = when.is_open_from = true;
    return when;
}

/* The point of the same grain next to this one. */
static dgm_point neighbour(dgm_point point, int32_t step)
{
    bool is_approximate = point.is_approximate;
    int64_t beyond = step < 0 ? dgm_point_first(point) - 1 : dgm_point_last(point) + 1;
    dgm_when unit = dgm_when_unit(beyond, point.grain, 0);
    point = step < 0 ? unit.to : unit.from;
    point.is_approximate = is_approximate;
    return point;
}

dgm_when dgm_when_before(dgm_when when)
{
    when.from = when.to = neighbour(when.from, -1);
    return dgm_when_until(when);
}

dgm_when dgm_when_after(dgm_when when)
{
    when.from = when.to = neighbour(when.to, 1);
    return dgm_when_since(when);
}

static int write_year(char *out, size_t size, int32_t year)
{
    return snprintf(out, size, "%s%04d", year < 0 ? "-" : "", abs(year));
}

static void write_point(char *out, size_t size, dgm_point point)
{
    int32_t digits = point.year < 0 ? -point.year : point.year;
    const char *sign = point.year < 0 ? "-" : "", *mark = point.is_approximate ? "~" : "";
    char year[16];
    write_year(year, sizeof year, point.year);
    switch (point.grain) {
    case DGM_GRAIN_DAY:
        snprintf(out, size, "%s-%02d-%02d%s", year, point.month, point.day, mark);
        break;
    case DGM_GRAIN_MONTH:
    case DGM_GRAIN_SEASON:
        snprintf(out, size, "%s-%02d%s", year, point.month, mark);
        break;
    case DGM_GRAIN_DECADE:
        snprintf(out, size, "%s%03dX%s", sign, digits / 10, mark);
        break;
    case DGM_GRAIN_CENTURY:
        snprintf(out, size, "%s%02dXX%s", sign, digits / 100, mark);
        break;
    default:
        snprintf(out, size, "%s%s", year, mark);
    }
}

void dgm_when_write(char *buffer, size_t size, const dgm_when *when)
{
    char from[40] = "..", to[40] = "..";
    if (!when->is_open_from)
        write_point(from, sizeof from, when->from);
    if (!when->is_open_to)
        write_point(to, sizeof to, when->to);
    if (when->is_range)
        snprintf(buffer, size, "%s/%s", from, to);
    else
        snprintf(buffer, size, "%s", from);
}

dgm_time dgm_when_time(const dgm_when *when, dgm_arena *arena)
{
    char buffer[96];
    dgm_when_write(buffer, sizeof buffer, when);
    dgm_time time = {.edtf = dgm_arena_str(arena, buffer, strlen(buffer)).ptr,
                     .earliest = {.is_open = true},
                     .latest = {.is_open = true},
                     .basis = DGM_BASIS_TEXT};
    if (!when->is_open_from)
        time.earliest = dgm_day_of_number(dgm_point_first(when->from));
    if (!when->is_open_to)
        time.latest = dgm_day_of_number(dgm_point_last(when->to));
    return time;
}
