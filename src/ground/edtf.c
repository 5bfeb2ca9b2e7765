/* EDTF: reading strings of levels 0 and 1 (and intervals of them) to first and last day, and
 * writing them for people. ISO 8601-2:2019; loc.gov/standards/datetime. */
#include "ground/times_priv.h"

#include <stdio.h>
#include <stdlib.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits [0, count) of s, where X stands for any digit: least and greatest value. X only at the
 * right. */
static bool read_digits(dgm_str s, size_t count, int32_t *least, int32_t *greatest)
{
    bool was_unknown = false;
    *least = *greatest = 0;
    if (s.len < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        bool is_unknown = s.ptr[i] == 'X';
        if (!is_unknown && (!is_digit(s.ptr[i]) || was_unknown))
            return false;
        was_unknown = is_unknown;
        *least = *least * 10 + (is_unknown ? 0 : s.ptr[i] - '0');
        *greatest = *greatest * 10 + (is_unknown ? 9 : s.ptr[i] - '0');
    }
    return true;
}

/* The year at the front: YYYY, -YYYY, or Y with more than four digits. */
static bool read_year(dgm_str *s, int32_t *least, int32_t *greatest)
{
    bool is_long = s->len && s->ptr[0] == 'Y';
    size_t at = is_long;
    bool is_negative = s->len > at && s->ptr[at] == '-';
    at += is_negative;
    size_t digits = 4;
    if (is_long)
        for (digits = 0; at + digits < s->len && is_digit(s->ptr[at + digits]); digits++)
            continue;
    if (is_long && (digits < 5 || digits > 8))
        return false;
    if (!read_digits(dgm_str_sub(*s, at, s->len - at), digits, least, greatest))
        return false;
    if (is_negative) {
        int32_t least_size = *least;
        *least = -*greatest;
        *greatest = -least_size;
    }
    *s = dgm_str_sub(*s, at + digits, s->len - at - digits);
    return true;
}

/* "-MM" or "-DD" at the front: a number in [1, top], or the unknown "XX" (0). */
static bool read_part(dgm_str *s, int32_t top, int32_t *value)
{
    if (s->len < 3 || s->ptr[0] != '-')
        return false;
    int32_t least, greatest;
    dgm_str digits = dgm_str_sub(*s, 1, 2);
    bool is_unknown = dgm_str_is(digits, "XX");
    if (!is_unknown && (!read_digits(digits, 2, &least, &greatest) || least != greatest ||
                        least < 1 || least > top))
        return false;
    *value = is_unknown ? 0 : least;
    *s = dgm_str_sub(*s, 3, s->len - 3);
    return true;
}

static bool is_qualifier(char c)
{
    return c == '~' || c == '?' || c == '%';
}

/* First and last day of a month or season of the years [least, greatest]; 0: the whole year. */
static bool span_month(int32_t least, int32_t greatest, int32_t month, dgm_day *first,
                       dgm_day *last)
{
    dgm_grain grain = month > 12 ? DGM_GRAIN_SEASON : month ? DGM_GRAIN_MONTH : DGM_GRAIN_YEAR;
    dgm_point from = {.grain = grain, .year = least, .month = (uint8_t)month};
    dgm_point to = {.grain = grain, .year = greatest, .month = (uint8_t)month};
    if (month > 12 && (month < 21 || month > 24))
        return false;
    *first = dgm_day_of_number(dgm_point_first(from));
    *last = dgm_day_of_number(dgm_point_last(to));
    return true;
}

/* A single date, with its qualifier. */
static bool read_date(dgm_str s, dgm_day *first, dgm_day *last)
{
    int32_t least, greatest, month = 0, day = 0;
    if (s.len && is_qualifier(s.ptr[s.len - 1]))
        s.len--;
    if (!read_year(&s, &least, &greatest))
        return false;
    if (s.len && !read_part(&s, 24, &month))
        return false;
    bool has_day = s.len > 0;
    if (has_day && (month > 12 || !read_part(&s, 31, &day)))
        return false;
    if (s.len || (day && !month))
        return false;
    if (!day)
        return span_month(least, greatest, month, first, last);
    if (day > dgm_days_in_month(least == greatest ? least : 2000, month))
        return false;
    *first = (dgm_day){.year = least, .month = (uint8_t)month, .day = (uint8_t)day};
    *last = (dgm_day){.year = greatest, .month = (uint8_t)month, .day = (uint8_t)day};
    return true;
}

/* One end of an interval: a date, ".." (open) or nothing (unknown). */
static bool read_end(dgm_str s, dgm_day *first, dgm_day *last)
{
    if (s.len == 0 || dgm_str_is(s, "..")) {
        *first = *last = (dgm_day){.is_open = true};
        return true;
    }
    return read_date(s, first, last);
}

static int compare_days(dgm_day a, dgm_day b)
{
    int64_t order = dgm_number_of_day(a) - dgm_number_of_day(b);
    return order < 0 ? -1 : order > 0;
}

bool dgm_time_from_edtf(dgm_str edtf, dgm_day *earliest, dgm_day *latest)
{
    const char *slash = edtf.len ? memchr(edtf.ptr, '/', edtf.len) : NULL;
    if (!slash)
        return read_date(edtf, earliest, latest);
    size_t at = (size_t)(slash - edtf.ptr);
    dgm_day ignored;
    if (!read_end(dgm_str_sub(edtf, 0, at), earliest, &ignored) ||
        !read_end(dgm_str_sub(edtf, at + 1, edtf.len - at - 1), &ignored, latest))
        return false;
    if (earliest->is_open && latest->is_open)
        return false;
    return earliest->is_open || latest->is_open || compare_days(*earliest, *latest) <= 0;
}

static bool is_iso_shape(dgm_str s)
{
    if (s.len != 4 && s.len != 7 && s.len != 10)
        return false;
    for (size_t i = 0; i < s.len; i++)
        if (i == 4 || i == 7 ? s.ptr[i] != '-' : !is_digit(s.ptr[i]))
            return false;
    return s.len < 7 || s.ptr[5] < '2'; /* no seasons */
}

bool dgm_time_from_iso(dgm_str iso, dgm_arena *arena, dgm_time *time)
{
    dgm_time found = {.basis = DGM_BASIS_TEXT};
    if (!is_iso_shape(iso) || !read_date(iso, &found.earliest, &found.latest))
        return false;
    found.edtf = dgm_arena_str(arena, iso.ptr, iso.len).ptr;
    *time = found;
    return true;
}

/* Writing for people. */
static const char *const month_names[] = {"January",   "February", "March",    "April",
                                          "May",       "June",     "July",     "August",
                                          "September", "October",  "November", "December"};
static const char *const season_names[] = {"spring", "summer", "autumn", "winter"};

static const char *ordinal_mark(int32_t n)
{
    if (n % 100 >= 11 && n % 100 <= 13)
        return "th";
    return n % 10 == 1 ? "st" : n % 10 == 2 ? "nd" : n % 10 == 3 ? "rd" : "th";
}

static void write_year(char *out, size_t size, int32_t year)
{
    if (year <= 0)
        snprintf(out, size, "%d BC", 1 - year);
    else
        snprintf(out, size, "%d", year);
}

static void write_decade(char *out, size_t size, int32_t first)
{
    if (first < 0)
        snprintf(out, size, "%ds BC", -first / 10 * 10);
    else
        snprintf(out, size, "%ds", first);
}

static void write_century(char *out, size_t size, int32_t first)
{
    int32_t number = first < 0 ? (1 - first + 99) / 100 : first / 100 + 1;
    snprintf(out, size, "%d%s century%s", number, ordinal_mark(number), first < 0 ? " BC" : "");
}

/* How many X end the year of an EDTF date. */
static int unknown_digits(dgm_str date)
{
    int count = 0;
    size_t end = date.ptr[0] == '-' ? 5 : 4;
    for (size_t i = 0; i < end; i++)
        count += date.ptr[i] == 'X';
    return count;
}

/* One date in words; the reader has checked it. */
static void write_date(char *out, size_t size, dgm_str date)
{
    dgm_day first, last;
    bool is_qualified = date.len && is_qualifier(date.ptr[date.len - 1]);
    const char *about = !is_qualified ? "" : date.ptr[date.len - 1] == '?' ? "perhaps " : "about ";
    char year[32], words[48];
    if (!read_date(date, &first, &last)) {
        snprintf(out, size, "%.*s", DGM_FMT(date));
        return;
    }
    date.len -= is_qualified;
    write_year(year, sizeof year, first.year);
    int unknown = unknown_digits(date);
    bool is_signed = date.ptr[0] == '-';
    dgm_str rest = dgm_str_sub(date, 4 + is_signed, date.len - 4 - is_signed);
    if (date.ptr[0] == 'Y' || (rest.len == 0 && !unknown))
        snprintf(words, sizeof words, "%s", year);
    else if (unknown == 1)
        write_decade(words, sizeof words, first.year);
    else if (unknown == 2)
        write_century(words, sizeof words, first.year);
    else if (unknown || dgm_str_find(rest, DGM_STR("X")) != SIZE_MAX)
        snprintf(words, sizeof words, "%.*s", DGM_FMT(date));
    else if (rest.len == 3 && rest.ptr[1] == '2')
        snprintf(words, sizeof words, "%s %s", season_names[rest.ptr[2] - '1'], year);
    else if (rest.len == 3)
        snprintf(words, sizeof words, "%s %s", month_names[first.month - 1], year);
    else
        snprintf(words, sizeof words, "%d %s %s", first.day, month_names[first.month - 1], year);
    snprintf(out, size, "%s%s", about, words);
}

/* The third of a month, year, decade or century that the interval is: its value, and its words. */
static bool write_third(char *out, size_t size, dgm_day first, dgm_day last, dgm_str edtf)
{
    static const char *const thirds[] = {"early", "mid", "late"};
    int64_t middle = (dgm_number_of_day(first) + dgm_number_of_day(last)) / 2;
    for (dgm_grain grain = DGM_GRAIN_MONTH; grain <= DGM_GRAIN_CENTURY; grain++) {
        dgm_when whole = dgm_when_unit(middle, grain, 0);
        for (int32_t i = 0; i < 3; i++) {
            char written[96], words[96];
            dgm_when third = dgm_when_piece(whole, i, 3);
            dgm_when_write(written, sizeof written, &third);
            if (!third.is_range || !dgm_str_is(edtf, written))
                continue;
            dgm_when_write(written, sizeof written, &whole);
            write_date(words, sizeof words, dgm_str_of(written));
            snprintf(out, size, "%s%s%s", thirds[i], i == 1 ? "-" : " ", words);
            return true;
        }
        if (grain == DGM_GRAIN_MONTH)
            grain = DGM_GRAIN_HALF; /* seasons and quarters are not cut */
    }
    return false;
}

static bool is_bare_year(dgm_str s)
{
    return s.len == 4 && is_digit(s.ptr[0]) && is_digit(s.ptr[3]);
}

static void write_interval(char *out, size_t size, dgm_str from, dgm_str to)
{
    char first[96], last[96];
    write_date(first, sizeof first, from);
    write_date(last, sizeof last, to);
    bool is_open_from = from.len == 0 || dgm_str_is(from, "..");
    bool is_open_to = to.len == 0 || dgm_str_is(to, "..");
    if (is_open_from)
        snprintf(out, size, "until %s", last);
    else if (is_open_to)
        snprintf(out, size, "since %s", first);
    else if (is_bare_year(from) && is_bare_year(to))
        snprintf(out, size, "%s\xE2\x80\x93%s", first, last);
    else
        snprintf(out, size, "%s \xE2\x80\x93 %s", first, last);
}

void dgm_time_write(char *buffer, size_t size, const char *edtf)
{
    dgm_str whole = dgm_str_of(edtf), from, to = whole;
    dgm_day first, last;
    if (!size)
        return;
    if (!dgm_time_from_edtf(whole, &first, &last)) {
        snprintf(buffer, size, "%s", edtf ? edtf : "");
        return;
    }
    if (!memchr(whole.ptr, '/', whole.len)) {
        write_date(buffer, size, whole);
        return;
    }
    if (!first.is_open && !last.is_open && write_third(buffer, size, first, last, whole))
        return;
    dgm_str_cut(&to, '/', &from);
    write_interval(buffer, size, from, to);
}
