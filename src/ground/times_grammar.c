/* Grammar: reads one expression of time from the atoms of a sentence and resolves it.
 *
 * A "simple" expression (a date, a year, "two years ago", "late last week") is read from left to
 * right; then the range that may follow it ("to May 1991", "-72") and the operators that may stand
 * before it (since, until, circa, from) are looked for. Each reader takes the atom to begin at and
 * gives the atom after its end, or 0 when it does not match. */
#include "ground/times_priv.h"

/* Days that a date without a year may lie ahead: of a past clause ("set 10 November as the
 * deadline"), and of others. */
enum { NEAR_DAYS = 60, HALF_YEAR = 180 };

/* How many "the coming months" are. */
enum { SOME = 5 };

typedef struct simple {
    int32_t begin, end;
    dgm_when when;
    dgm_when whole;   /* of a part, what it is a part of; else grain NONE */
    bool has_year;    /* the words tell the year: nothing leans on an anchor */
    bool is_relative; /* counted from an anchor as a whole: "last week" */
    bool is_weak;     /* a time only after a preposition or in a range: "May" */
    bool is_period;
    bool is_yearless; /* no year told and no anchor to guess it from: half of a range */
} simple;

/* Atoms. */
static const dgm_atom *atom_at(const dgm_scan *scan, int32_t at)
{
    static const dgm_atom none = {.word = DGM_MAP_NONE, .first = -1, .last = -1};
    return at >= 0 && at < scan->atoms.count ? &scan->atoms.items[at] : &none;
}

static const dgm_reading *as(const dgm_scan *scan, int32_t at, dgm_word_kind kind)
{
    return dgm_atom_as(atom_at(scan, at), kind);
}

static bool is_mark(const dgm_scan *scan, int32_t at, char mark)
{
    const dgm_atom *atom = atom_at(scan, at);
    return atom->kind == DGM_ATOM_MARK && atom->mark == mark;
}

static bool is_dash(const dgm_scan *scan, int32_t at)
{
    return is_mark(scan, at, '-') && !is_mark(scan, at + 1, '-') && !is_mark(scan, at - 1, '-');
}

/* Past "the" and such at `at`. */
static int32_t skip(const dgm_scan *scan, int32_t at, dgm_word_kind kind)
{
    return as(scan, at, kind) ? at + 1 : at;
}

static bool is_end(const dgm_scan *scan, int32_t at)
{
    const dgm_atom *atom = atom_at(scan, at);
    return at >= scan->atoms.count ||
           (atom->kind == DGM_ATOM_MARK && atom->mark != '-' && atom->mark != '\'' &&
            atom->mark != '%' && atom->mark != '$');
}

/* Glued to a word or number by a hyphen: "F-16", "COVID-2019". */
static bool is_tied_left(const dgm_scan *scan, int32_t at)
{
    return is_mark(scan, at - 1, '-') && atom_at(scan, at)->is_glued &&
           atom_at(scan, at - 1)->is_glued && atom_at(scan, at - 2)->kind == DGM_ATOM_OTHER;
}

/* Anchors. */
static bool document_day(const dgm_scan *scan, int64_t *day)
{
    if (scan->anchor->document.is_open)
        return false;
    *day = dgm_number_of_day(scan->anchor->document);
    return true;
}

/* First and last day of the time told last; an open end is the other one. */
static bool told_days(const dgm_scan *scan, int64_t *first, int64_t *last)
{
    const dgm_time *told = &scan->anchor->told;
    if (!told->edtf || (told->earliest.is_open && told->latest.is_open))
        return false;
    *first = dgm_number_of_day(told->earliest.is_open ? told->latest : told->earliest);
    *last = dgm_number_of_day(told->latest.is_open ? told->earliest : told->latest);
    return true;
}

/* What a relative expression leans on: mostly the document in news and the time told else; always
 * the time told ("the following day"); always the document ("ago"). */
typedef enum lean { LEAN_MODE = 0, LEAN_TOLD = 1, LEAN_DOCUMENT = 2 } lean;

/* The days that a relative expression counts from. */
static bool base_days(const dgm_scan *scan, lean to, int64_t *first, int64_t *last)
{
    int64_t day;
    bool has_document = document_day(scan, &day);
    if (to != LEAN_DOCUMENT && (to == LEAN_TOLD || !scan->anchor->is_news || !has_document) &&
        told_days(scan, first, last))
        return true;
    if (has_document)
        *first = *last = day;
    return has_document;
}

static lean lean_of(const dgm_reading *which)
{
    return which->flags & DGM_WORD_TOLD ? LEAN_TOLD : LEAN_MODE;
}

static dgm_grain span_grain(int64_t first, int64_t last)
{
    int64_t days = last - first + 1;
    return days <= 1     ? DGM_GRAIN_DAY
           : days <= 10  ? DGM_GRAIN_WEEK
           : days <= 31  ? DGM_GRAIN_MONTH
           : days <= 366 ? DGM_GRAIN_YEAR
                         : DGM_GRAIN_DECADE;
}

/* The unit `count` away from the base; false when the base is vaguer than the unit. */
static bool shifted(const dgm_scan *scan, lean to, dgm_grain unit, int32_t count, dgm_when *when)
{
    int64_t first, last;
    if (unit < DGM_GRAIN_DAY || !base_days(scan, to, &first, &last))
        return false;
    if (unit < DGM_GRAIN_MONTH && last - first > 10)
        return false;
    if (unit == DGM_GRAIN_MONTH && span_grain(first, last) > DGM_GRAIN_MONTH)
        return false;
    *when = dgm_when_unit(count > 0 ? last : first, unit, count);
    return true;
}

/* Numbers: "10", "ten", "twenty-one", "a", "two hundred"; vague ones are marked. */
static int32_t read_number(const dgm_scan *scan, int32_t at, int32_t *value, bool *is_vague)
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
static int32_t read_ordinal(const dgm_scan *scan, int32_t at, int32_t *value)
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

/* Years. */

/* "'79": the last such year not after the anchor's, or of the 20th century. */
static int32_t century_of(const dgm_scan *scan, int32_t two_digits)
{
    int64_t first, last;
    int32_t near = 1999;
    if (base_days(scan, LEAN_MODE, &first, &last))
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
static bool is_year_number(const dgm_scan *scan, int32_t at)
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
static int32_t read_year(const dgm_scan *scan, int32_t at, int32_t *year)
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
    return is_year_number(scan, at) ? at + 1 : 0;
}

static bool is_introduced(const dgm_scan *scan, int32_t at)
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
    if (is_mark(scan, at - 1, '(') || is_introduced(scan, at))
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

static int32_t read_bare_year(const dgm_scan *scan, int32_t at, simple *out)
{
    const dgm_atom *atom = atom_at(scan, at);
    int32_t year, end = read_year(scan, at, &year);
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
static int32_t read_year_range(const dgm_scan *scan, int32_t at, simple *out)
{
    int32_t from, to, end = read_year(scan, at, &from);
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
static int32_t read_iso(const dgm_scan *scan, int32_t at, simple *out)
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

/* Decades and centuries. */
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

static int32_t read_decade(const dgm_scan *scan, int32_t at, simple *out)
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

static bool is_unit(const dgm_scan *scan, int32_t at, dgm_grain grain)
{
    const dgm_reading *unit = as(scan, at, DGM_WORD_UNIT);
    return unit && unit->value == (int16_t)grain;
}

/* "7th century BC", "19th-century", "fifth and sixth centuries", "2nd millennium BC". */
static int32_t read_century(const dgm_scan *scan, int32_t at, simple *out)
{
    int32_t from, to, sign, end = read_ordinal(scan, at, &from);
    if (!end)
        return 0;
    to = from;
    bool is_joined =
        is_dash(scan, end) || as(scan, end, DGM_WORD_TO) || as(scan, end, DGM_WORD_AND);
    int32_t second = is_joined ? read_ordinal(scan, skip(scan, end + 1, DGM_WORD_THE), &to) : 0;
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

/* Dates without a year. */

/* "by Friday", "until March", "starting Monday": looked forward to, if the clause is not past. */
static bool is_deadline(const dgm_scan *scan, int32_t at)
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
    if (!base_days(scan, LEAN_MODE, &first, &last))
        return false;
    dgm_day base = dgm_day_of_number(first);
    *year = base.year;
    if (!scan->anchor->is_news || !document_day(scan, &here)) {
        bool is_within = span_grain(first, last) <= DGM_GRAIN_MONTH;
        *year += is_within && month < base.month - 6; /* a story told goes forward */
        return true;
    }
    dgm_tense tense = dgm_tense_at(scan, atom->first, atom->last);
    int32_t distance = (month - base.month) * 31 + (day ? day - base.day : 0);
    int32_t back = tense == DGM_TENSE_PAST ? NEAR_DAYS : HALF_YEAR;
    bool is_due = is_deadline(scan, at);
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
    int32_t end = read_ordinal(scan, at, day);
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
static int32_t read_date_year(const dgm_scan *scan, int32_t at, int32_t *year)
{
    int32_t next = at, end;
    if (is_mark(scan, next, ',') || as(scan, next, DGM_WORD_OF))
        next++;
    if ((end = read_year(scan, next, year)))
        return end;
    next = skip(scan, skip(scan, at, DGM_WORD_OF), DGM_WORD_THE);
    const dgm_reading *which = as(scan, next, DGM_WORD_WHICH);
    dgm_when when;
    if (!which || !is_unit(scan, next + 1, DGM_GRAIN_YEAR) ||
        !shifted(scan, lean_of(which), DGM_GRAIN_YEAR, which->value, &when))
        return 0;
    *year = when.from.year;
    return next + 2;
}

static bool set_days(const dgm_scan *scan, int32_t at, int32_t month, int32_t from, int32_t to,
                     int32_t year, simple *out)
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
static int32_t read_day_month(const dgm_scan *scan, int32_t at, simple *out)
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
    int32_t last = read_date_year(scan, end + dash, &year);
    out->has_year = last > 0;
    return set_days(scan, at, month, from, to, year, out) ? (last ? last : end) : 0;
}

/* "December 2, 1975", "Dec. 2-5". */
static int32_t read_month_day(const dgm_scan *scan, int32_t at, simple *out)
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
    int32_t last = read_date_year(scan, end, &year);
    out->has_year = last > 0;
    return set_days(scan, at, month, from, to, year, out) ? (last ? last : end) : 0;
}

/* "October 1980", "March of last year", "in March". */
static int32_t read_bare_month(const dgm_scan *scan, int32_t at, simple *out)
{
    int32_t month, year = 0;
    bool is_weak;
    int32_t end = read_month(scan, at, &month, &is_weak);
    if (!end)
        return 0;
    int32_t last = read_date_year(scan, end, &year);
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

static int32_t read_holiday(const dgm_scan *scan, int32_t at, simple *out)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_HOLIDAY);
    int32_t year = 0;
    if (!word)
        return 0;
    int32_t last = read_date_year(scan, at + 1, &year);
    out->has_year = last > 0;
    int32_t month = word->value / 100, day = word->value % 100;
    return set_days(scan, at, month, day, day, year, out) ? (last ? last : at + 1) : 0;
}

/* Seasons, quarters, halves. */

/* "1978-79", "1978/79" after a season; the year that a season without one belongs to. */
static int32_t read_season_year(const dgm_scan *scan, int32_t at, int32_t *year)
{
    int32_t next = at;
    if (is_mark(scan, next, ',') || as(scan, next, DGM_WORD_OF))
        next++;
    simple range = {0};
    int32_t end = read_year_range(scan, next, &range);
    if (end) {
        *year = range.when.from.year;
        return end;
    }
    return read_date_year(scan, at, year);
}

static bool guess_season(const dgm_scan *scan, int32_t at, int32_t season, dgm_when *when)
{
    int64_t first, last;
    const dgm_atom *atom = atom_at(scan, at);
    if (!base_days(scan, LEAN_MODE, &first, &last))
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

static int32_t read_season(const dgm_scan *scan, int32_t at, simple *out)
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
    bool is_dated = (as(scan, at - 1, DGM_WORD_THE) && is_introduced(scan, at - 1)) ||
                    as(scan, at - 1, DGM_WORD_IN);
    bool is_noun = scan->tree->tokens[atom_at(scan, at)->first].upos != DGM_VERB;
    return is_dated && is_noun && !as(scan, at + 1, DGM_WORD_OF) &&
                   guess_season(scan, at, word->value, &out->when)
               ? at + 1
               : 0;
}

static int32_t read_simple(const dgm_scan *scan, int32_t at, bool with_parts, simple *out);

/* "of the year", "of that month", "of 1990", "of the 1990s": what a piece is cut from. */
static int32_t read_whole(const dgm_scan *scan, int32_t at, dgm_when *when)
{
    simple whole = {0};
    int32_t next = skip(scan, skip(scan, at, DGM_WORD_OF), DGM_WORD_THE);
    const dgm_reading *unit = as(scan, next, DGM_WORD_UNIT);
    int32_t end = read_simple(scan, next, false, &whole);
    if (end && !whole.is_yearless) {
        *when = whole.when;
        return end;
    }
    if (unit && next > at && unit->value > DGM_GRAIN_DAY &&
        shifted(scan, LEAN_MODE, (dgm_grain)unit->value, 0, when))
        return next + 1;
    return 0;
}

/* The quarter or half without a year: the last that has begun. */
static bool guess_piece(const dgm_scan *scan, int32_t at, int32_t index, int32_t pieces,
                        dgm_when *when)
{
    int64_t first, last;
    const dgm_atom *atom = atom_at(scan, at);
    if (pieces != 4 || !scan->anchor->is_news || !base_days(scan, LEAN_MODE, &first, &last))
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
static int32_t read_fraction(const dgm_scan *scan, int32_t at, simple *out)
{
    int32_t index, year = 0, begin = at;
    bool is_last = as(scan, at, DGM_WORD_WHICH) && as(scan, at, DGM_WORD_WHICH)->value < 0;
    if (is_year_number(scan, at))
        year = atom_at(scan, at)->number, at++;
    int32_t end = is_last ? at + 1 : read_ordinal(scan, at, &index);
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
                        ? read_whole(scan, end, &whole)
                        : 0;
    int32_t dated = after ? 0 : read_date_year(scan, end, &year);
    if (year)
        whole = dgm_when_year(year);
    else if (!after)
        return !is_last && guess_piece(scan, begin, index - 1, pieces, &out->when) ? end : 0;
    out->has_year = true;
    out->when = dgm_when_piece(whole, index - 1, pieces);
    return after ? after : dated ? dated : end;
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
static void cut_at_anchor(const dgm_scan *scan, lean to, bool is_later, dgm_when *whole)
{
    int64_t first, last, begin = dgm_point_first(whole->from), finish = dgm_point_last(whole->to);
    if (!base_days(scan, to, &first, &last) || first < begin || last > finish)
        return;
    if (is_later && last < finish)
        *whole = stretch(last + 1, finish, whole->grain);
    else if (!is_later && first > begin)
        *whole = stretch(begin, first - 1, whole->grain);
}

/* "early October 1980", "mid-1990s", "the end of last year", "late in the year". */
static int32_t read_part(const dgm_scan *scan, int32_t at, simple *out)
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
    int32_t end = read_whole(scan, next, &whole);
    if (!end)
        return 0;
    out->when = dgm_when_piece(whole, part->value, 3);
    out->whole = whole;
    out->has_year = true;
    if (!(part->flags & DGM_WORD_BOTH))
        return end;
    out->when = whole;
    const dgm_reading *which = as(scan, next, DGM_WORD_WHICH);
    cut_at_anchor(scan, which ? lean_of(which) : LEAN_TOLD, part->value > 0, &out->when);
    return end;
}

/* Relative expressions. */
static int32_t read_deictic(const dgm_scan *scan, int32_t at, simple *out)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_DEICTIC);
    int64_t day;
    if (!word || !document_day(scan, &day) || !scan->anchor->is_news)
        return 0;
    out->is_relative = true;
    out->when = dgm_when_point(dgm_point_day(day + word->value));
    return at + 1;
}

/* The n-th weekday away from the base: -1 the last before it, 1 the first after it, 0 by tense. */
static bool weekday_day(const dgm_scan *scan, int32_t at, int32_t weekday, int32_t which, lean to,
                        int64_t *day)
{
    int64_t first, last;
    const dgm_atom *atom = atom_at(scan, at);
    if (!base_days(scan, to, &first, &last) || last - first > 7)
        return false;
    int32_t ahead = dgm_floor_mod(weekday - dgm_weekday_of(first), 7);
    bool is_forward = which > 0;
    if (which == 0) {
        dgm_tense tense = dgm_tense_at(scan, atom->first, atom->last);
        bool is_due = is_deadline(scan, at);
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

static int32_t skip_daypart(const dgm_scan *scan, int32_t at)
{
    return skip(scan, at, DGM_WORD_DAYPART);
}

/* "Tuesday", "Tuesday night", "Tuesday, Dec. 2", "Tuesday last week". */
static int32_t read_weekday(const dgm_scan *scan, int32_t at, simple *out)
{
    const dgm_reading *word = as(scan, at, DGM_WORD_WEEKDAY);
    int64_t day;
    if (!word)
        return 0;
    int32_t end = skip_daypart(scan, at + 1);
    int32_t next = end + (is_mark(scan, end, ',') || is_mark(scan, end, '.'));
    next = skip(scan, skip(scan, next, DGM_WORD_IN), DGM_WORD_THE);
    int32_t date = read_day_month(scan, next, out);
    if (!date)
        date = read_month_day(scan, next, out);
    if (date)
        return date;
    *out = (simple){0};
    if (word->flags & DGM_WORD_WEAK && !atom_at(scan, at)->has_dot)
        return 0; /* "Sun", "sat" */
    const dgm_reading *which = as(scan, end, DGM_WORD_WHICH);
    dgm_when week;
    if (which && is_unit(scan, end + 1, DGM_GRAIN_WEEK) &&
        shifted(scan, lean_of(which), DGM_GRAIN_WEEK, which->value, &week)) {
        day = dgm_point_first(week.from) + word->value - 1;
        end += 2;
    } else if (!weekday_day(scan, at, word->value, 0, LEAN_MODE, &day)) {
        return 0;
    }
    out->is_relative = true;
    out->when = dgm_when_point(dgm_point_day(day));
    return end;
}

/* "last March": the one before the anchor; "next March": after it. */
static bool month_by_which(const dgm_scan *scan, lean to, int32_t month, int32_t which,
                           dgm_when *when)
{
    int64_t first, last;
    if (!base_days(scan, to, &first, &last))
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

static bool season_by_which(const dgm_scan *scan, lean to, int32_t season, int32_t which,
                            dgm_when *when)
{
    int64_t first, last;
    if (!base_days(scan, to, &first, &last))
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
static bool set_stretch(const dgm_scan *scan, lean to, dgm_grain unit, int32_t count, bool is_vague,
                        dgm_when *when)
{
    int64_t first, last;
    if (unit < DGM_GRAIN_DAY || unit > DGM_GRAIN_CENTURY || count > 1000 || count < -1000 ||
        !base_days(scan, to, &first, &last))
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

/* "'s third quarter" behind a year cuts the piece out of it; the end otherwise stays. */
static int32_t read_piece_of(const dgm_scan *scan, int32_t at, dgm_when *when)
{
    int32_t index;
    int32_t next = as(scan, at, DGM_WORD_POSSESSIVE) ? read_ordinal(scan, at + 1, &index) : 0;
    if (!next)
        return at;
    next += is_dash(scan, next);
    const dgm_reading *fraction = as(scan, next, DGM_WORD_FRACTION);
    if (!fraction || index > fraction->value)
        return at;
    *when = dgm_when_piece(*when, index - 1, fraction->value);
    return next + 1;
}

/* What follows "this", "last", "next", "the same", "the following". */
static int32_t read_which(const dgm_scan *scan, int32_t at, simple *out)
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
    lean to = is_article && is_unit(scan, next, DGM_GRAIN_DAY) ? LEAN_TOLD : lean_of(which);
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
        return shifted(scan, to, (dgm_grain)word->value, step, &out->when)
                   ? read_piece_of(scan, skip_daypart(scan, next + 1), &out->when)
                   : 0;
    if (as(scan, next, DGM_WORD_DAYPART) && step <= 0)
        return shifted(scan, to, DGM_GRAIN_DAY, step, &out->when) ? next + 1 : 0;
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
    int32_t end = read_number(scan, next, &count, &is_vague);
    word = end ? as(scan, end, DGM_WORD_UNIT) : NULL;
    if (!word || step == 0 || count > 1000)
        return 0;
    return set_stretch(scan, to, (dgm_grain)word->value, step * count, is_vague, &out->when)
               ? end + 1
               : 0;
}

/* "recent years", "coming weeks": some five of them. */
static int32_t read_vague_stretch(const dgm_scan *scan, int32_t at, simple *out)
{
    const dgm_reading *recent = as(scan, at, DGM_WORD_RECENT);
    const dgm_reading *unit = as(scan, at + 1, DGM_WORD_UNIT);
    if (!recent || !unit)
        return 0;
    out->is_relative = true;
    return set_stretch(scan, LEAN_DOCUMENT, (dgm_grain)unit->value, -recent->value, true,
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

static bool set_shift(const dgm_scan *scan, lean to, dgm_grain unit, int32_t count, bool is_vague,
                      dgm_when *when)
{
    int32_t size = count < 0 ? -count : count;
    if (size > 1000000)
        return false;
    if (unit == DGM_GRAIN_DECADE || unit == DGM_GRAIN_CENTURY) {
        count *= unit == DGM_GRAIN_DECADE ? 10 : 100;
        is_vague = true;
        unit = DGM_GRAIN_YEAR;
    }
    if (unit == DGM_GRAIN_MILLENNIUM || !shifted(scan, to, unit, count, when))
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
    int32_t end = read_number(scan, at, count, is_vague);
    if (!end)
        return 0;
    if (as(scan, end, DGM_WORD_TO) || as(scan, end, DGM_WORD_AND)) { /* two or three years */
        int32_t second = read_number(scan, end + 1, &more, &more_vague);
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
    simple other = {0};
    int32_t end = read_simple(scan, skip(scan, at, DGM_WORD_THE), true, &other);
    if (!end || other.is_yearless || unit < DGM_GRAIN_DAY || other.when.grain > unit ||
        count > 1000 || count < -1000)
        return 0;
    *when = dgm_when_unit(dgm_point_first(other.when.from), unit, count);
    return end;
}

/* "two years ago", "three days later", "a week before 5 May", "10 days from now". */
static int32_t read_shift(const dgm_scan *scan, int32_t at, simple *out)
{
    int32_t count, from, end;
    dgm_grain unit;
    bool is_vague;
    const dgm_reading *word;
    if (!(end = read_duration(scan, at, &count, &unit, &is_vague)) || is_tied_left(scan, at))
        return 0;
    out->is_relative = true;
    if ((word = as(scan, end, DGM_WORD_AGO)) || (word = as(scan, end, DGM_WORD_FROM_NOW)))
        return set_shift(scan, LEAN_DOCUMENT, unit, word->value * count, is_vague, &out->when)
                   ? end + 1
                   : 0;
    if (!(word = as(scan, end, DGM_WORD_SHIFT)))
        return 0;
    if ((from = read_away(scan, end + 1, unit, word->value * count, &out->when)))
        return from;
    bool is_preposition = as(scan, end, DGM_WORD_BEFORE) || as(scan, end, DGM_WORD_AFTER);
    if (is_preposition && !is_end(scan, end + 1) && !as(scan, end + 1, DGM_WORD_AND))
        return 0; /* three days after the attack */
    return set_shift(scan, LEAN_TOLD, unit, word->value * count, is_vague, &out->when) ? end + 1
                                                                                       : 0;
}

/* "the day before", "the year after": when nothing follows that it would be before. */
static int32_t read_unit_shift(const dgm_scan *scan, int32_t at, simple *out)
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
    return shifted(scan, LEAN_TOLD, (dgm_grain)unit->value, shift->value, &out->when) ? at + 2 : 0;
}

/* "in 10 days" of something to come. */
static int32_t read_ahead(const dgm_scan *scan, int32_t at, simple *out)
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
    return set_shift(scan, LEAN_DOCUMENT, unit, count, is_vague, &out->when) ? end : 0;
}

/* "the weekend" of news. */
static int32_t read_weekend(const dgm_scan *scan, int32_t at, simple *out)
{
    int64_t day;
    const dgm_atom *atom = atom_at(scan, at);
    if (!is_unit(scan, at, DGM_GRAIN_WEEKEND) || !as(scan, at - 1, DGM_WORD_THE) ||
        !scan->anchor->is_news || !document_day(scan, &day))
        return 0;
    bool is_ahead = dgm_tense_at(scan, atom->first, atom->last) == DGM_TENSE_FUTURE;
    bool is_here = dgm_weekday_of(day) >= 6;
    out->is_relative = true;
    out->when = dgm_when_unit(day, DGM_GRAIN_WEEKEND, is_ahead || is_here ? 0 : -1);
    return at + 1;
}

/* "during the Korean War", "the end of World War II": only where it is used as a time. */
static int32_t read_period(const dgm_scan *scan, int32_t at, simple *out)
{
    int32_t end;
    const dgm_period *period = dgm_period_at(scan->calendar, &scan->atoms, at, &end);
    if (!period)
        return 0;
    out->when = period->when;
    out->is_period = out->has_year = true;
    return end;
}

/* "year-end", "year's end", "year-end 1990". */
static int32_t read_year_end(const dgm_scan *scan, int32_t at, simple *out)
{
    int32_t year, next = at + 1;
    if (!is_unit(scan, at, DGM_GRAIN_YEAR))
        return 0;
    next += is_dash(scan, next) || as(scan, next, DGM_WORD_POSSESSIVE);
    const dgm_reading *part = as(scan, next, DGM_WORD_PART);
    if (!part || !(part->flags & DGM_WORD_NOUN) || part->value != 2 ||
        as(scan, next + 1, DGM_WORD_OF))
        return 0;
    int32_t end = read_date_year(scan, next + 1, &year);
    if (end)
        out->whole = dgm_when_year(year);
    else if (!shifted(scan, LEAN_MODE, DGM_GRAIN_YEAR, 0, &out->whole))
        return 0;
    out->has_year = true;
    out->when = dgm_when_piece(out->whole, 2, 3);
    return end ? end : next + 1;
}

typedef int32_t (*reader)(const dgm_scan *scan, int32_t at, simple *out);

/* Kinds of words that an expression begins with: most words end here. */
#define BIT(kind) (UINT64_C(1) << DGM_WORD_##kind)
static const uint64_t first_kinds = BIT(MONTH) | BIT(WEEKDAY) | BIT(UNIT) | BIT(SEASON) |
                                    BIT(NUMBER) | BIT(TENS) | BIT(ORDINAL) | BIT(VAGUE) |
                                    BIT(DECADE) | BIT(PART) | BIT(ERA) | BIT(WHICH) | BIT(RECENT) |
                                    BIT(DEICTIC) | BIT(HOLIDAY) | BIT(A);
#undef BIT

static bool may_begin(const dgm_atom *atom)
{
    switch (atom->kind) {
    case DGM_ATOM_OTHER:
        return false;
    case DGM_ATOM_MARK:
        return atom->mark == '\'';
    case DGM_ATOM_WORD:
        return atom->kinds & first_kinds;
    default:
        return true;
    }
}

static int32_t read_simple(const dgm_scan *scan, int32_t at, bool with_parts, simple *out)
{
    static const reader readers[] = {
        read_iso,     read_fraction,      read_century,  read_day_month,  read_month_day,
        read_decade,  read_year_range,    read_season,   read_bare_month, read_weekday,
        read_holiday, read_vague_stretch, read_which,    read_deictic,    read_shift,
        read_ahead,   read_unit_shift,    read_year_end, read_bare_year,  read_weekend};
    if (!may_begin(atom_at(scan, at)))
        return 0;
    if (with_parts) {
        *out = (simple){0};
        int32_t end = read_part(scan, at, out);
        if (end)
            return end;
    }
    for (unsigned i = 0; i < sizeof readers / sizeof *readers; i++) {
        *out = (simple){0};
        int32_t end = readers[i](scan, at, out);
        if (end)
            return end;
    }
    return 0;
}

/* Ranges and operators around a simple expression. */

/* Give the year of `to` to `from`, or the other way round. */
static void share_year(simple *from, simple *to)
{
    dgm_point *lender = to->has_year && !from->has_year   ? &to->when.from
                        : from->has_year && !to->has_year ? &from->when.from
                                                          : NULL;
    dgm_when *borrower = to->has_year ? &from->when : &to->when;
    if (!lender || borrower->is_range || lender->grain == DGM_GRAIN_DECADE ||
        borrower->from.grain > DGM_GRAIN_SEASON)
        return;
    borrower->from.year = borrower->to.year = lender->year;
    bool is_late = dgm_point_first(from->when.from) > dgm_point_last(to->when.to);
    int32_t move = is_late ? (to->has_year && !from->has_year ? -1 : 1) : 0;
    borrower->from.year = borrower->to.year = lender->year + move;
    if (borrower->from.grain == DGM_GRAIN_DAY) {
        int32_t days = dgm_days_in_month(borrower->from.year, borrower->from.month);
        if (borrower->from.day > days)
            borrower->from.day = borrower->to.day = (uint8_t)days;
    }
    from->has_year = to->has_year = true;
    from->is_yearless = to->is_yearless = false;
}

static bool may_join(const simple *from, const simple *to, bool is_strong)
{
    if (from->when.is_open_from || from->when.is_open_to || to->when.is_open_from ||
        to->when.is_open_to)
        return false;
    return is_strong || (from->when.grain == to->when.grain && !from->is_relative);
}

/* "from Monday to Friday" across the anchor: what has been goes back a week, what comes goes on. */
static void move_weekday(const dgm_scan *scan, simple *left, simple *right)
{
    if (!right->is_relative || right->when.grain != DGM_GRAIN_DAY ||
        left->when.grain != DGM_GRAIN_DAY || left->when.is_range)
        return;
    const dgm_atom *atom = atom_at(scan, left->begin);
    bool is_future = dgm_tense_at(scan, atom->first, atom->last) == DGM_TENSE_FUTURE;
    simple *moved = is_future || !left->is_relative ? right : left;
    int64_t day = dgm_point_first(moved->when.from) + (moved == left ? -7 : 7);
    moved->when = dgm_when_point(dgm_point_day(day));
}

/* The right side of a range; the joined value goes to *left. */
static int32_t read_range(const dgm_scan *scan, simple *left, bool is_from, bool is_between)
{
    int32_t at = left->end;
    bool is_word = as(scan, at, DGM_WORD_TO) || as(scan, at, DGM_WORD_UNTIL);
    bool is_and = as(scan, at, DGM_WORD_AND) != NULL;
    bool is_long = left->when.grain == DGM_GRAIN_DECADE || left->when.grain == DGM_GRAIN_CENTURY;
    if (!is_word && !is_dash(scan, at) && !(is_and && (is_between || is_long)))
        return 0;
    int32_t next = skip(scan, at + 1, DGM_WORD_IN);
    bool is_about = as(scan, next, DGM_WORD_CIRCA) != NULL;
    next = skip(scan, skip(scan, next, DGM_WORD_CIRCA), DGM_WORD_LEAST);
    next = skip(scan, next, DGM_WORD_THE);
    if (as(scan, next, DGM_WORD_PRESENT) && (is_from || is_between || is_dash(scan, at))) {
        left->when = dgm_when_since(left->when);
        return next + 1;
    }
    simple right;
    int32_t end = read_simple(scan, next, true, &right);
    if (!end || !may_join(left, &right, is_from || is_between))
        return 0;
    share_year(left, &right);
    if (left->is_yearless || right.is_yearless)
        return 0;
    if (dgm_point_first(right.when.from) < dgm_point_first(left->when.from))
        move_weekday(scan, left, &right);
    if (dgm_point_last(right.when.to) < dgm_point_first(left->when.from))
        return 0;
    if (is_about)
        right.when = dgm_when_approximate(right.when);
    left->whole = right.whole.grain ? right.whole : right.when;
    left->when = dgm_when_range(left->when.from, right.when.to, left->when.grain);
    left->is_weak = false;
    return end;
}

/* The operator before atom `at`: its kind and where it begins; NONE when there is none. */
typedef struct time_operator {
    dgm_word_kind kind;
    int32_t begin;
    bool is_about, has_article;
} time_operator;

static time_operator find_operator(const dgm_scan *scan, int32_t at)
{
    static const dgm_word_kind kinds[] = {DGM_WORD_SINCE,  DGM_WORD_UNTIL, DGM_WORD_BEFORE,
                                          DGM_WORD_AFTER,  DGM_WORD_BY,    DGM_WORD_FROM,
                                          DGM_WORD_BETWEEN};
    time_operator found = {.begin = at};
    int32_t k = at - 1;
    for (int32_t steps = 0; steps < 4 && k >= 0; steps++, k--) {
        if (as(scan, k, DGM_WORD_THE) && steps == 0)
            found.has_article = true;
        else if (as(scan, k, DGM_WORD_CIRCA) || (is_mark(scan, k, '~') && k + 1 == at))
            found.is_about = true, found.begin = k;
        else if (!as(scan, k, DGM_WORD_LEAST) && !as(scan, k, DGM_WORD_YEAR_NAME) &&
                 !(is_dash(scan, k) && atom_at(scan, k)->is_glued))
            break;
    }
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!as(scan, k, kinds[i]))
            continue;
        found.kind = kinds[i];
        found.begin = k;
        return found;
    }
    return found;
}

/* The date stands inside a noun phrase ("the 1979 revolution", "last week's summit"): the operator
 * is about the noun, whose day in the period is not told. */
static bool is_inside_phrase(const dgm_scan *scan, const time_operator *op, int32_t end)
{
    const dgm_atom *next = atom_at(scan, end);
    if (as(scan, end, DGM_WORD_POSSESSIVE) || (is_mark(scan, end, '\'') && next->is_glued))
        return true;
    return op->has_article && next->kind == DGM_ATOM_OTHER && next->first >= 0 &&
           scan->tree->tokens[next->first].upos != DGM_VERB &&
           scan->tree->tokens[next->first].upos != DGM_AUX &&
           scan->tree->tokens[next->first].upos != DGM_PRON;
}

static dgm_when apply(const time_operator *op, dgm_when when, bool is_inside, bool is_onward)
{
    switch (op->kind) {
    case DGM_WORD_SINCE:
        return dgm_when_since(when);
    case DGM_WORD_UNTIL:
    case DGM_WORD_BY:
        return dgm_when_until(when);
    case DGM_WORD_BEFORE:
        return is_inside ? dgm_when_until(when) : dgm_when_before(when);
    case DGM_WORD_AFTER:
        return is_inside ? dgm_when_since(when) : dgm_when_after(when);
    case DGM_WORD_FROM:
        return is_onward ? dgm_when_since(when) : when;
    default:
        return when;
    }
}

/* A named period with its operator. `before X` ends where X begins. */
static bool found_period(const dgm_scan *scan, int32_t at, simple *period, dgm_found *found)
{
    int32_t k = at - 1, edge = -1;
    while (k >= 0 && (as(scan, k, DGM_WORD_THE) || as(scan, k, DGM_WORD_OF)))
        k--;
    const dgm_reading *word = as(scan, k, DGM_WORD_EDGE);
    if (!word)
        word = as(scan, k, DGM_WORD_PART);
    bool is_part = word && word->kind == DGM_WORD_PART && word->value == 1;
    if (word && !is_part) {
        edge = word->value;
        for (k--; k >= 0 && as(scan, k, DGM_WORD_THE); k--)
            continue;
    }
    time_operator op = find_operator(scan, k + 1);
    dgm_when when = period->when;
    bool is_used = as(scan, k, DGM_WORD_DURING) || as(scan, k, DGM_WORD_IN) ||
                   as(scan, k, DGM_WORD_PREP) || op.kind;
    if (!is_used || op.kind == DGM_WORD_BY || op.kind == DGM_WORD_FROM ||
        op.kind == DGM_WORD_BETWEEN || (as(scan, k, DGM_WORD_OF) && !op.kind))
        return false;
    dgm_point point = edge == 0                   ? when.from
                      : edge == 2                 ? when.to
                      : op.kind == DGM_WORD_AFTER ? when.to
                                                  : when.from;
    if (op.kind == DGM_WORD_AFTER || op.kind == DGM_WORD_SINCE)
        when = dgm_when_since(dgm_when_point(point));
    else if (op.kind == DGM_WORD_BEFORE)
        when = dgm_when_until(dgm_when_point(point));
    else if (op.kind == DGM_WORD_UNTIL)
        when = dgm_when_until(dgm_when_point(edge == 0 ? when.from : when.to));
    else if (edge >= 0)
        when = dgm_when_point(point);
    found->begin = op.kind ? op.begin : k + 1;
    found->end = period->end;
    found->core = period->when;
    found->when = when;
    found->is_period = true;
    return true;
}

bool dgm_found_at(const dgm_scan *scan, int32_t at, dgm_found *found)
{
    simple it = {0};
    *found = (dgm_found){0};
    if ((it.end = read_period(scan, at, &it)))
        return found_period(scan, at, &it, found);
    int32_t end = read_simple(scan, at, true, &it);
    if (!end)
        return false;
    it.end = end;
    it.begin = at;
    time_operator op = find_operator(scan, at);
    found->core = it.whole.grain ? it.whole : it.when;
    bool is_from = op.kind == DGM_WORD_FROM, is_between = op.kind == DGM_WORD_BETWEEN;
    int32_t right = read_range(scan, &it, is_from, is_between);
    bool is_preposed = is_introduced(scan, at) || op.kind || as(scan, at - 1, DGM_WORD_PART) ||
                       ((as(scan, at - 1, DGM_WORD_THE) || as(scan, at - 1, DGM_WORD_A) ||
                         as(scan, at - 1, DGM_WORD_POSSESSIVE)) &&
                        !is_end(scan, end));
    if (it.is_yearless || (it.is_weak && !right && !is_preposed))
        return false;
    if (right) {
        found->core_to = it.whole;
        it.end = right;
    }
    bool is_onward = is_from && as(scan, it.end, DGM_WORD_ONWARD) != NULL;
    bool is_range_word = right && (is_from || is_between);
    dgm_when when = it.when;
    if (op.is_about)
        when = dgm_when_approximate(when);
    if (!it.when.is_open_to && !it.when.is_open_from)
        when = apply(&op, when, is_inside_phrase(scan, &op, it.end), is_onward);
    bool has_operator = is_range_word || op.is_about ||
                        (op.kind && op.kind != DGM_WORD_FROM && op.kind != DGM_WORD_BETWEEN);
    found->begin = has_operator || is_onward ? op.begin : at;
    found->end = it.end + is_onward;
    found->when = when;
    found->has_year = it.has_year;
    return true;
}
