/* Dateline: the day that a dateline tells, "BOGOTA, 9 September 2015 (NCW) -", in the words of the
 * calendar. Only what is whole counts: day, month and year. */
#include "ground/times_priv.h"

enum { WORDS = 32 };

static bool is_part(char c)
{
    return c == ' ' || c == ',' || c == '(' || c == ')' || c == '/' || c == '\t' || c == '\n';
}

static int32_t cut(dgm_str bytes, dgm_span span, dgm_token *tokens)
{
    int32_t count = 0;
    for (uint32_t at = span.off; at < dgm_span_end(span) && count < WORDS;) {
        uint32_t from = at;
        while (at < dgm_span_end(span) && !is_part(bytes.ptr[at]))
            at++;
        if (at > from)
            tokens[count++] = (dgm_token){.span = {from, at - from}, .head = -1};
        else
            at++;
    }
    return count;
}

static bool is_day(const dgm_atom *atom)
{
    return atom->kind == DGM_ATOM_NUMBER && atom->digits <= 2 && atom->number >= 1 &&
           atom->number <= 31;
}

static bool is_year(const dgm_atom *atom)
{
    return atom->kind == DGM_ATOM_NUMBER && atom->digits == 4;
}

/* "9 September 2015", "Sept. 9, 2015", with the month at `at`. */
static bool read_at(const dgm_atoms *atoms, int32_t at, dgm_point *point)
{
    const dgm_reading *month = dgm_atom_as(&atoms->items[at], DGM_WORD_MONTH);
    if (!month)
        return false;
    int32_t rest[2], count = 0, next = at + 1;
    if (at > 0 && is_day(&atoms->items[at - 1]))
        rest[count++] = at - 1;
    for (; next < atoms->count && count < 2; next++)
        if (atoms->items[next].kind == DGM_ATOM_NUMBER)
            rest[count++] = next;
        else if (atoms->items[next].kind != DGM_ATOM_MARK)
            return false;
    if (count < 2 || !is_day(&atoms->items[rest[0]]) || !is_year(&atoms->items[rest[1]]))
        return false;
    const int32_t year = atoms->items[rest[1]].number, day = atoms->items[rest[0]].number;
    *point = (dgm_point){DGM_GRAIN_DAY, year, (uint8_t)month->value, (uint8_t)day, false};
    return day <= dgm_days_in_month(year, month->value);
}

bool dgm_time_of_dateline(const dgm_calendar *calendar, dgm_arena *arena, dgm_str bytes,
                          dgm_span span, dgm_time *time)
{
    dgm_token tokens[WORDS];
    dgm_atoms atoms = {0};
    dgm_atoms_cut(&atoms, calendar, arena, bytes, tokens, cut(bytes, span, tokens));
    for (int32_t i = 0; i < atoms.count; i++) {
        dgm_point point;
        if (!read_at(&atoms, i, &point))
            continue;
        const dgm_when when = dgm_when_point(point);
        *time = dgm_when_time(&when, arena);
        return true;
    }
    return false;
}
