/* Anchors: the days that relative expressions count from - the document's, or those of the time
 * told last (HeidelTime's news and narrative modes). */
#include "ground/times_read.h"

bool dgm_time_document(const dgm_scan *scan, int64_t *day)
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

/* The days that a relative expression counts from. */
bool dgm_time_base(const dgm_scan *scan, dgm_lean to, int64_t *first, int64_t *last)
{
    int64_t day;
    bool has_document = dgm_time_document(scan, &day);
    if (to != DGM_LEAN_DOCUMENT &&
        (to == DGM_LEAN_TOLD || !scan->anchor->is_news || !has_document) &&
        told_days(scan, first, last))
        return true;
    if (has_document)
        *first = *last = day;
    return has_document;
}

dgm_grain dgm_time_span_grain(int64_t first, int64_t last)
{
    int64_t days = last - first + 1;
    return days <= 1     ? DGM_GRAIN_DAY
           : days <= 10  ? DGM_GRAIN_WEEK
           : days <= 31  ? DGM_GRAIN_MONTH
           : days <= 366 ? DGM_GRAIN_YEAR
                         : DGM_GRAIN_DECADE;
}

/* The unit `count` away from the base; false when the base is vaguer than the unit. */
bool dgm_time_shifted(const dgm_scan *scan, dgm_lean to, dgm_grain unit, int32_t count,
                      dgm_when *when)
{
    int64_t first, last;
    if (unit < DGM_GRAIN_DAY || !dgm_time_base(scan, to, &first, &last))
        return false;
    if (unit < DGM_GRAIN_MONTH && last - first > 10)
        return false;
    if (unit == DGM_GRAIN_MONTH && dgm_time_span_grain(first, last) > DGM_GRAIN_MONTH)
        return false;
    *when = dgm_when_unit(count > 0 ? last : first, unit, count);
    return true;
}
