/* Dates: `when` of a record as days, and whether two agree: their intervals overlap, and what they
 * share is at least half of what they span together. An open end is taken to lie ten years beyond
 * the two known ones. */
#include "score/score_priv.h"

#include <stdio.h>

enum { BEYOND = 3653, DATE_TEXT = 32 };

static bool two_digits(dgm_str *rest, int *value)
{
    if (rest->len < 3 || rest->ptr[0] != '-' || rest->ptr[1] < '0' || rest->ptr[1] > '9' ||
        rest->ptr[2] < '0' || rest->ptr[2] > '9')
        return false;
    *value = 10 * (rest->ptr[1] - '0') + rest->ptr[2] - '0';
    *rest = dgm_str_sub(*rest, 3, rest->len - 3);
    return true;
}

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days of the proleptic Gregorian calendar in order; only differences matter. */
static int64_t day_number(int64_t year, int month, int day)
{
    year -= month <= 2;
    const int64_t era = floor_div(year, 400), of_era = year - 400 * era;
    const int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return 146097 * era + 365 * of_era + of_era / 4 - of_era / 100 + of_year;
}

/* "1980", "1980-10", "-0043-03-15": what is left out is the first or the last that it can be. */
static bool read_day(dgm_str text, bool is_last, int64_t *number)
{
    text = dgm_str_trim(text);
    const bool is_negative = text.len && text.ptr[0] == '-';
    if (text.len && (text.ptr[0] == '-' || text.ptr[0] == '+'))
        text = dgm_str_sub(text, 1, text.len - 1);
    int64_t year = 0;
    size_t digits = 0;
    for (; digits < 6 && digits < text.len && text.ptr[digits] >= '0' && text.ptr[digits] <= '9';)
        year = 10 * year + text.ptr[digits++] - '0';
    if (!digits)
        return false;
    text = dgm_str_sub(text, digits, text.len - digits);
    int month = is_last ? 12 : 1, day = is_last ? 31 : 1;
    if (two_digits(&text, &month))
        (void)two_digits(&text, &day);
    month = month < 1 ? 1 : month > 12 ? 12 : month;
    *number = day_number(is_negative ? -year : year, month, day);
    return true;
}

static dgm_str without(dgm_str s, const char *ends)
{
    while (s.len && strchr(ends, s.ptr[0]))
        s = dgm_str_sub(s, 1, s.len - 1);
    while (s.len && strchr(ends, s.ptr[s.len - 1]))
        s.len--;
    return s;
}

/* "06XX", "1980-10~": first and last day; false for anything else. */
static bool read_point(dgm_str text, int64_t *from, int64_t *to)
{
    text = without(text, "~?% ");
    const size_t sign = text.len && text.ptr[0] == '-';
    char first[DATE_TEXT], last[DATE_TEXT];
    if (text.len < sign + 4 || text.len >= DATE_TEXT)
        return false;
    for (size_t i = 0; i < text.len; i++) {
        const char c = text.ptr[i];
        const bool is_year = i >= sign && i < sign + 4;
        if (is_year && !(c == 'X' || (c >= '0' && c <= '9')))
            return false;
        first[i] = is_year && c == 'X' ? '0' : c;
        last[i] = is_year && c == 'X' ? '9' : c;
    }
    dgm_str rest = dgm_str_sub(text, sign + 4, text.len - sign - 4);
    int part;
    if (two_digits(&rest, &part))
        (void)two_digits(&rest, &part);
    return rest.len == 0 && read_day((dgm_str){first, text.len}, false, from) &&
           read_day((dgm_str){last, text.len}, true, to);
}

/* "{1980,1982}", "[1980..1982]": from the first to the last that can be read. */
static dgm_score_days read_set(dgm_str text)
{
    dgm_score_days days = {.is_given = true};
    text = without(text, "{}[]");
    while (text.len) {
        size_t end = 0;
        while (end < text.len && text.ptr[end] != ',' &&
               !(text.ptr[end] == '.' && end + 1 < text.len && text.ptr[end + 1] == '.'))
            end++;
        int64_t from, to;
        if (read_point(dgm_str_sub(text, 0, end), &from, &to)) {
            if (!days.has_from)
                days.from = from;
            days.to = to;
            days.has_from = days.has_to = true;
        }
        const size_t skip = end == text.len ? end : text.ptr[end] == ',' ? end + 1 : end + 2;
        text = dgm_str_sub(text, skip, text.len - skip);
    }
    return days;
}

/* For records that give the time in EDTF only. */
static dgm_score_days read_edtf(dgm_str text)
{
    dgm_score_days days = {.is_given = true};
    int64_t unused;
    text = dgm_str_trim(text);
    if (text.len && (text.ptr[0] == '{' || text.ptr[0] == '['))
        return read_set(text);
    const size_t slash = dgm_str_find(text, DGM_STR("/"));
    if (slash == SIZE_MAX) {
        days.has_from = days.has_to = read_point(text, &days.from, &days.to);
        return days;
    }
    days.has_from = read_point(dgm_str_sub(text, 0, slash), &days.from, &unused);
    days.has_to = read_point(dgm_str_sub(text, slash + 1, text.len - slash - 1), &unused, &days.to);
    return days;
}

static bool read_end(const json_t *value, bool is_last, int64_t *number)
{
    char text[DATE_TEXT];
    if (json_is_string(value))
        return read_day(dgm_json_text(value), is_last, number);
    if (!json_is_number(value))
        return false;
    snprintf(text, sizeof text, "%.0f", json_number_value(value));
    return read_day(dgm_str_of(text), is_last, number);
}

static bool is_absent(const json_t *value)
{
    return !value || json_is_null(value);
}

dgm_score_days dgm_score_when(const json_t *when)
{
    if (!json_is_object(when))
        return (dgm_score_days){0};
    const json_t *from = json_object_get(when, "earliest"), *to = json_object_get(when, "latest");
    if (is_absent(from) && is_absent(to)) {
        const dgm_str edtf = dgm_json_text(json_object_get(when, "edtf"));
        return edtf.ptr ? read_edtf(edtf) : (dgm_score_days){.is_given = true};
    }
    dgm_score_days days = {.is_given = true};
    days.has_from = read_end(from, false, &days.from);
    days.has_to = read_end(to, true, &days.to);
    return days;
}

static void widen(int64_t *least, int64_t *most, bool has, int64_t day)
{
    if (has && day < *least)
        *least = day;
    if (has && day > *most)
        *most = day;
}

bool dgm_score_same_time(dgm_score_days a, dgm_score_days b)
{
    if (!a.is_given || !b.is_given || !(b.has_from || b.has_to))
        return false;
    int64_t least = INT64_MAX, most = INT64_MIN;
    widen(&least, &most, a.has_from, a.from);
    widen(&least, &most, a.has_to, a.to);
    widen(&least, &most, b.has_from, b.from);
    widen(&least, &most, b.has_to, b.to);
    const int64_t a_from = a.has_from ? a.from : least - BEYOND;
    const int64_t b_from = b.has_from ? b.from : least - BEYOND;
    const int64_t a_to = a.has_to ? a.to : most + BEYOND, b_to = b.has_to ? b.to : most + BEYOND;
    const int64_t shared = (a_to < b_to ? a_to : b_to) - (a_from > b_from ? a_from : b_from) + 1;
    const int64_t spanned = (a_to > b_to ? a_to : b_to) - (a_from < b_from ? a_from : b_from) + 1;
    return shared > 0 && 2 * shared >= spanned;
}
