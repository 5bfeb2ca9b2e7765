/* Years, decades, centuries, and the numbers that they are made of; and which numbers are no
 * years. */
#include "ground/times_read.h"

/* Numbers: "10", "ten", "twenty-one", "a", "two hundred"; vague ones are marked. */
int32_t dgm_read_number(const dgm_scan *scan, int32_t at, int32_t *value, bool *is_vague)
{
    const dgm_atom *atom = atom_at(scan, at);
    const dgm_reading *word;
    *is_vague = false;
    if (atom->kind == DGM_ATOM_NUMBER) {
        *value = atom->number;
        return at + 1;
    }
    if ((word = as(scan, at, DGM_WORD_VAGUE))) {
        *value = word->value;
        *is_vague = true;
        return at + 1;
    }
    if ((word = as(scan, at, DGM_WORD_TENS))) {
        int32_t next = is_dash(scan, at + 1) ? at + 2 : at + 1;
        const dgm_reading *one = as(scan, next, DGM_WORD_NUMBER);
        *value = word->value + (one && one->value < 10 ? one->value : 0);
        return one && one->value < 10 ? next + 1 : at + 1;
    }
    if (!(word = as(scan, at, DGM_WORD_NUMBER)) && !(word = as(scan, at, DGM_WORD_A)))
        return 0;
    *value = word->value;
    const dgm_reading *scale = as(scan, at + 1, DGM_WORD_SCALE);
    if (scale)
        *value *= scale->value;
    return scale ? at + 2 : at + 1;
}

/* "7th", "seventh", "twenty-first", "21st". */
int32_t dgm_read_ordinal(const dgm_scan *scan, int32_t at, int32_t *value)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_ORDINAL);
    const dgm_reading *tens = as(scan, at, DGM_WORD_TENS);
    if (atom_at(scan, at)->kind == DGM_ATOM_ORDINAL || word) {
        *value = word ? word->value : atom_at(scan, at)->number;
        return at + 1;
    }
    if (!tens)
        return 0;
    int32_t next = is_dash(scan, at + 1) ? at + 2 : at + 1;
    word = as(scan, next, DGM_WORD_ORDINAL);
    if (!word || word->value > 9)
        return 0;
    *value = tens->value + word->value;
    return next + 1;
}

/* "'79": the last such year not after the anchor's, or of the 20th century. */
static int32_t century_of(const dgm_scan *scan, int32_t two_digits)
{
    int64_t first, last;
    int32_t near = 1999;
    if (dgm_time_base(scan, DGM_LEAN_MODE, &first, &last))
        near = dgm_day_of_number(last).year + 5;
    int32_t year = dgm_floor_div(near, 100) * 100 + two_digits;
    return year > near ? year - 100 : year;
}

static int32_t read_era(const dgm_scan *scan, int32_t at, int32_t *sign)
{
    const dgm_reading *era = as(scan, at, DGM_WORD_ERA);
    *sign = era ? era->value : 0;
    return era ? at + 1 : at;
}

/* True for "kilometres"; of "troops" only when `with_things`. */
static bool is_counted(const dgm_scan *scan, int32_t at, bool with_things)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_COUNTED);
    return word && (with_things || !(word->flags & DGM_WORD_WEAK));
}

/* What may follow a number that is a year: not what it measures. */
static bool counts_something(const dgm_scan *scan, int32_t at)
{
    const dgm_atom *next = atom_at(scan, at);
    return is_counted(scan, at, false) || as(scan, at, DGM_WORD_UNIT) ||
           as(scan, at, DGM_WORD_CLOCK) || as(scan, at, DGM_WORD_SCALE) || is_mark(scan, at, '%') ||
           (is_dash(scan, at) && next->is_glued && as(scan, at + 1, DGM_WORD_UNIT)) ||
           ((is_mark(scan, at, '.') || is_mark(scan, at, ':') || is_mark(scan, at, ',')) &&
            next->is_glued && atom_at(scan, at + 1)->is_glued &&
            atom_at(scan, at + 1)->kind == DGM_ATOM_NUMBER);
}

/* A number that reads as a year in a date that is already begun: "May 1990", "1971-1972". */
bool dgm_time_is_year_number(const dgm_scan *scan, int32_t at)
{
    const dgm_atom *atom = atom_at(scan, at);
    return atom->kind == DGM_ATOM_NUMBER && atom->digits == 4 && !atom->is_grouped &&
           atom->number >= 1000 && atom->number <= 2199 && !counts_something(scan, at + 1) &&
           !is_mark(scan, at - 1, '$');
}

/* "nineteen ninety-six", as broadcasts are written down. */
static int32_t read_year_words(const dgm_scan *scan, int32_t at, int32_t *year)
{
    const dgm_reading *hundreds = as(scan, at, DGM_WORD_NUMBER);
    const dgm_reading *tens = as(scan, at + 1, DGM_WORD_TENS);
    if (!hundreds || !tens || hundreds->value < 15 || hundreds->value > 20)
        return 0;
    int32_t next = is_dash(scan, at + 2) ? at + 3 : at + 2;
    const dgm_reading *one = as(scan, next, DGM_WORD_NUMBER);
    bool has_one = one && one->value < 10;
    *year = hundreds->value * 100 + tens->value + (has_one ? one->value : 0);
    return has_one ? next + 1 : at + 2;
}

/* The year that ends a date: "1990", "'90", "44 BC", "AD 79". */
int32_t dgm_read_year(const dgm_scan *scan, int32_t at, int32_t *year)
{
    int32_t sign, end;
    const dgm_atom *atom = atom_at(scan, at);
    const dgm_atom *next = atom_at(scan, at + 1);
    if (as(scan, at, DGM_WORD_ERA) && as(scan, at, DGM_WORD_ERA)->value > 0 &&
        next->kind == DGM_ATOM_NUMBER && next->digits <= 4) {
        *year = next->number;
        return at + 2;
    }
    if (is_mark(scan, at, '\'') && next->kind == DGM_ATOM_NUMBER && next->digits == 2 &&
        next->is_glued) {
        *year = century_of(scan, next->number);
        return at + 2;
    }
    if ((end = read_year_words(scan, at, year)))
        return end;
    if (atom->kind != DGM_ATOM_NUMBER || atom->is_grouped || atom->digits > 4)
        return 0;
    end = read_era(scan, at + 1, &sign);
    if (sign) {
        *year = sign < 0 ? 1 - atom->number : atom->number;
        return end;
    }
    *year = atom->number;
    return dgm_time_is_year_number(scan, at) ? at + 1 : 0;
}

bool dgm_time_is_introduced(const dgm_scan *scan, int32_t at)
{
    static const dgm_word_kind kinds[] = {
        DGM_WORD_IN,    DGM_WORD_PREP,    DGM_WORD_DURING, DGM_WORD_OF,    DGM_WORD_SINCE,
        DGM_WORD_UNTIL, DGM_WORD_BY,      DGM_WORD_BEFORE, DGM_WORD_AFTER, DGM_WORD_FROM,
        DGM_WORD_TO,    DGM_WORD_BETWEEN, DGM_WORD_CIRCA,  DGM_WORD_LEAST, DGM_WORD_YEAR_NAME};
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (as(scan, at - 1, kinds[i]))
            return true;
    return false;
}

/* A plural noun after a bare number is what it counts ("1990 soldiers"), if the tree does not say
 * otherwise. */
static bool counts_plural(const dgm_scan *scan, int32_t at)
{
    const dgm_atom *next = atom_at(scan, at + 1);
    const dgm_token *number = &scan->tree->tokens[atom_at(scan, at)->first];
    if (next->first < 0 || next->kind == DGM_ATOM_MARK)
        return false;
    if (number->xpos == DGM_XPOS_NONE)
        return is_counted(scan, at + 1, true);
    return number->rel == DGM_REL_NUMMOD && number->head > atom_at(scan, at)->first &&
           scan->tree->tokens[number->head].xpos == DGM_XPOS_NNS;
}

/* "Resolution 1929", "resolutions 1737 and 1929". */
static bool is_numbered(const dgm_scan *scan, int32_t at)
{
    int32_t k = at - 1;
    while (k > 0 && k > at - 8 &&
           (is_mark(scan, k, ',') || as(scan, k, DGM_WORD_AND) || is_mark(scan, k, '.') ||
            atom_at(scan, k)->kind == DGM_ATOM_NUMBER))
        k--;
    return as(scan, k, DGM_WORD_NUMBERED) && (k == at - 1 || !is_mark(scan, k + 1, ','));
}

/* A year that stands alone needs a sign that it is one. */
static bool is_bare_year(const dgm_scan *scan, int32_t at)
{
    int32_t year = atom_at(scan, at)->number;
    bool is_modern = year >= 1800 && year <= 2100;
    const dgm_atom *before = atom_at(scan, at - 1);
    if (is_tied_left(scan, at) || is_numbered(scan, at) ||
        (before->kind == DGM_ATOM_MARK && before->is_glued && before->mark == '.' &&
         atom_at(scan, at)->is_glued))
        return false;
    if (as(scan, at - 1, DGM_WORD_YEAR_NAME) && !is_end(scan, at - 2) &&
        !as(scan, at - 2, DGM_WORD_A))
        return true; /* the year 2000, fiscal 1990 */
    if (is_mark(scan, at - 1, '(') || dgm_time_is_introduced(scan, at))
        return !counts_plural(scan, at) ||
               (is_modern && (as(scan, at - 1, DGM_WORD_IN) || as(scan, at - 1, DGM_WORD_SINCE)) &&
                scan->tree->tokens[atom_at(scan, at)->first].xpos == DGM_XPOS_NONE);
    if (as(scan, at - 1, DGM_WORD_THE) || as(scan, at - 1, DGM_WORD_POSSESSIVE))
        return is_modern || year >= 1500;
    if (before->kind == DGM_ATOM_NUMBER || before->kind == DGM_ATOM_OTHER)
        return year >= 1900 && year <= 2050 && !counts_plural(scan, at) &&
               (is_end(scan, at + 1) || before->kind == DGM_ATOM_OTHER);
    return is_modern && !counts_plural(scan, at);
}

int32_t dgm_read_bare_year(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_atom *atom = atom_at(scan, at);
    int32_t year, end = dgm_read_year(scan, at, &year);
    bool is_short = atom->kind == DGM_ATOM_NUMBER && atom->digits == 3 && !atom->is_grouped &&
                    as(scan, at - 1, DGM_WORD_IN) && is_end(scan, at + 1) && !scan->anchor->is_news;
    if (!end && is_short) {
        year = atom->number;
        end = at + 1;
    }
    if (!end ||
        (end == at + 1 && atom->kind == DGM_ATOM_NUMBER && !is_short && !is_bare_year(scan, at)))
        return 0;
    out->when = dgm_when_year(year);
    out->has_year = true;
    return end;
}

/* "1971-72", "1971–1972", "1971/72": right side after the mark. */
int32_t dgm_read_year_range(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t from, to, end = dgm_read_year(scan, at, &from);
    const dgm_atom *right = atom_at(scan, end + 1);
    if (!end || end != at + 1 || !(is_dash(scan, end) || is_mark(scan, end, '/')) ||
        right->kind != DGM_ATOM_NUMBER || is_tied_left(scan, at) || right->is_grouped)
        return 0;
    if (right->digits == 4)
        to = right->number;
    else if (right->digits == 2 && atom_at(scan, end)->is_glued && right->is_glued)
        to = from - from % 100 + right->number + (right->number == 0 ? 100 : 0);
    else
        return 0;
    if (to <= from || to > 2199 || counts_something(scan, end + 2) ||
        (is_dash(scan, end + 2) && atom_at(scan, end + 2)->is_glued &&
         atom_at(scan, end + 3)->kind == DGM_ATOM_NUMBER))
        return 0;
    out->when = dgm_when_years(from, to, DGM_GRAIN_YEAR);
    out->has_year = true;
    return end + 2;
}

/* "1998-02-13", glued. */
int32_t dgm_read_iso(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    const dgm_atom *year = atom_at(scan, at);
    const dgm_atom *month = atom_at(scan, at + 2), *day = atom_at(scan, at + 4);
    if (year->kind != DGM_ATOM_NUMBER || year->digits != 4 || !is_dash(scan, at + 1) ||
        month->kind != DGM_ATOM_NUMBER || month->digits != 2 || !is_dash(scan, at + 3) ||
        day->kind != DGM_ATOM_NUMBER || day->digits != 2)
        return 0;
    if (month->number < 1 || month->number > 12 || day->number < 1 ||
        day->number > dgm_days_in_month(year->number, month->number))
        return 0;
    int64_t number = dgm_day_number(year->number, month->number, day->number);
    out->when = dgm_when_point(dgm_point_day(number));
    out->has_year = true;
    return at + 5;
}

static int32_t decade_of(const dgm_scan *scan, int32_t at, int32_t *first, bool *is_century)
{
    const dgm_atom *atom = atom_at(scan, at);
    const dgm_reading *word = as(scan, at, DGM_WORD_DECADE);
    bool has_mark = atom->kind == DGM_ATOM_DECADE;
    int32_t end = at + 1;
    if (atom->kind == DGM_ATOM_NUMBER && atom->number % 10 == 0 && !atom->is_grouped &&
        as(scan, at + 1, DGM_WORD_POSSESSIVE) && atom_at(scan, at + 1)->is_glued &&
        (as(scan, at - 1, DGM_WORD_THE) || as(scan, at - 1, DGM_WORD_PART) ||
         as(scan, at - 2, DGM_WORD_PART)))
        has_mark = true, end = at + 2; /* the 1980's */
    *is_century = false;
    if (word) {
        *first = century_of(scan, word->value);
        return as(scan, at - 1, DGM_WORD_THE) || as(scan, at - 1, DGM_WORD_PART) ||
                       as(scan, at - 2, DGM_WORD_PART)
                   ? end
                   : 0;
    }
    if (!has_mark || atom->number % 10)
        return 0;
    if (atom->digits == 2)
        *first = century_of(scan, atom->number);
    else if (atom->digits >= 3 && atom->digits <= 4 && atom->number <= 2190)
        *first = atom->number;
    else
        return 0;
    *is_century = atom->digits == 4 && *first % 100 == 0 && *first < 2000;
    if (atom->digits == 3 && !as(scan, at - 1, DGM_WORD_THE) && !as(scan, end, DGM_WORD_ERA))
        return 0;
    return end;
}

int32_t dgm_read_decade(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    bool has_apostrophe = is_mark(scan, at, '\'') && atom_at(scan, at + 1)->is_glued;
    bool is_century;
    int32_t first, sign, end = decade_of(scan, at + has_apostrophe, &first, &is_century);
    if (!end || (has_apostrophe && atom_at(scan, at + 1)->digits != 2))
        return 0;
    int32_t years = is_century ? 100 : 10;
    end = read_era(scan, end, &sign);
    if (sign < 0)
        first = 1 - (first + years - 1); /* the 480s BC: 489 to 480 BC */
    out->when =
        dgm_when_years(first, first + years - 1, is_century ? DGM_GRAIN_CENTURY : DGM_GRAIN_DECADE);
    out->has_year = true;
    return end;
}

static dgm_when century(int32_t number, int32_t sign)
{
    if (sign < 0)
        return dgm_when_years(1 - number * 100, 1 - number * 100 + 99, DGM_GRAIN_CENTURY);
    return dgm_when_years((number - 1) * 100, (number - 1) * 100 + 99, DGM_GRAIN_CENTURY);
}

/* "7th century BC", "19th-century", "fifth and sixth centuries", "2nd millennium BC". */
int32_t dgm_read_century(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t from, to, sign, end = dgm_read_ordinal(scan, at, &from);
    if (!end)
        return 0;
    to = from;
    bool is_joined =
        is_dash(scan, end) || as(scan, end, DGM_WORD_TO) || as(scan, end, DGM_WORD_AND);
    int32_t second = is_joined ? dgm_read_ordinal(scan, skip(scan, end + 1, DGM_WORD_THE), &to) : 0;
    end = second ? second : end;
    end += is_dash(scan, end);
    bool is_millennium = is_unit(scan, end, DGM_GRAIN_MILLENNIUM);
    if ((!is_unit(scan, end, DGM_GRAIN_CENTURY) && !is_millennium) || from < 1 || from > 30)
        return 0;
    end = read_era(scan, end + 1, &sign);
    if (is_millennium) {
        int32_t first = sign < 0 ? 1 - from * 1000 : (from - 1) * 1000;
        out->when = dgm_when_years(first, first + 999, DGM_GRAIN_MILLENNIUM);
    } else {
        dgm_when first = century(from, sign), last = century(to, sign);
        out->when = from == to ? first : dgm_when_range(first.from, last.to, DGM_GRAIN_CENTURY);
        if (dgm_point_first(first.from) > dgm_point_first(last.from))
            return 0;
    }
    out->has_year = true;
    return end;
}
