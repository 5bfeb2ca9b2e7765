/* Slots: see slot.h. */
#include "record/slot.h"

#include <math.h>
#include <stdio.h>

static bool continues_point(char byte)
{
    return ((unsigned char)byte & 0xC0) == 0x80;
}

dgm_quote dgm_slot_quote(const dgm_document *document, dgm_span span)
{
    const dgm_str text = dgm_document_text(document);
    size_t begin = span.off < text.len ? span.off : text.len;
    size_t end = text.len - begin > span.len ? begin + span.len : text.len;
    while (begin > 0 && begin < text.len && continues_point(text.ptr[begin]))
        begin--;
    while (end < text.len && continues_point(text.ptr[end]))
        end++;
    return (dgm_quote){.begin = dgm_document_point(document, (uint32_t)begin),
                       .end = dgm_document_point(document, (uint32_t)end),
                       .text = {text.ptr + begin, end - begin}};
}

void dgm_slot_hex(char buffer[17], uint64_t number)
{
    snprintf(buffer, 17, "%016llx", (unsigned long long)number);
}

dgm_str dgm_slot_document_id(const dgm_document *document, char buffer[17])
{
    dgm_str id = dgm_document_id(document);
    if (id.len > 0)
        return id;
    dgm_slot_hex(buffer, dgm_document_hash(document));
    return (dgm_str){buffer, 16};
}

bool dgm_slot_day(char buffer[DGM_DAY_TEXT], dgm_day day)
{
    buffer[0] = '\0';
    if (day.is_open)
        return false;
    const char *sign = day.year < 0 ? "-" : "";
    const long year = day.year < 0 ? -(long)day.year : (long)day.year;
    snprintf(buffer, DGM_DAY_TEXT, "%s%04ld-%02u-%02u", sign, year, (unsigned)day.month,
             (unsigned)day.day);
    return true;
}

/* Hinnant, "chrono-compatible low-level date algorithms": years run from March, eras of 400. */
int64_t dgm_slot_day_number(dgm_day day)
{
    const int64_t year = (int64_t)day.year - (day.month <= 2);
    const int64_t era = (year >= 0 ? year : year - 399) / 400;
    const int64_t year_of_era = year - era * 400;
    const int64_t month = day.month + (day.month > 2 ? -3 : 9);
    const int64_t day_of_year = (153 * month + 2) / 5 + day.day - 1;
    return era * 146097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year -
           719468;
}

static double rounded(double value, double scale)
{
    if (!isfinite(value))
        return NAN;
    return round(value * scale) / scale + 0.0;
}

double dgm_slot_confidence(double value)
{
    return rounded(value, 100);
}

double dgm_slot_degrees(double value)
{
    return rounded(value, 1e5);
}

const char *dgm_slot_basis(dgm_basis basis)
{
    switch (basis) {
    case DGM_BASIS_TEXT:
        return "text";
    case DGM_BASIS_CONTEXT:
        return "context";
    case DGM_BASIS_DOCUMENT:
        return "document";
    case DGM_BASIS_NONE:
        break;
    }
    return NULL;
}

bool dgm_slot_is_first_code(dgm_actors actors, uint32_t i)
{
    for (uint32_t j = 0; j < i; j++)
        if (actors.items[j].code && actors.items[i].code &&
            strcmp(actors.items[j].code, actors.items[i].code) == 0)
            return false;
    return true;
}
