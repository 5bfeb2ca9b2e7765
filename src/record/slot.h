/* Slots: what JSON and the record file both say of a record's parts, so that they never differ.
 *
 * Spans become code points and quoted words, numbers are rounded to what they are worth, days are
 * written out. In: a record and its document; out: plain values, borrowed from the document. */
#ifndef DGM_RECORD_SLOT_H
#define DGM_RECORD_SLOT_H

#include "base/str.h"
#include <dragoman/record.h>

/* A span as people and files get it: code points of the text and the words themselves. A span that
 * cuts a character or leaves the text is widened or cut to whole characters. */
typedef struct dgm_quote {
    uint32_t begin, end;
    dgm_str text;
} dgm_quote;

dgm_quote dgm_slot_quote(const dgm_document *document, dgm_span span);

/* The document's id; one without id is known by its hash. `buffer` is used only then. */
dgm_str dgm_slot_document_id(const dgm_document *document, char buffer[17]);

/* "0123456789abcdef" */
void dgm_slot_hex(char buffer[17], uint64_t number);

/* "1980-10-01", "-0043-03-15"; false (and "") for an open end. */
enum { DGM_DAY_TEXT = 24 };
bool dgm_slot_day(char buffer[DGM_DAY_TEXT], dgm_day day);

/* Days since 1970-01-01, proleptic Gregorian (Arrow's date32). */
int64_t dgm_slot_day_number(dgm_day day);

/* Two decimals, -0 becomes 0; NAN stays. */
double dgm_slot_confidence(double value);
/* Five decimals of a degree, about a metre. */
double dgm_slot_degrees(double value);

/* "text", "context", "document"; NULL for none. */
const char *dgm_slot_basis(dgm_basis basis);

/* Every actor of the list has been seen once: false where an earlier one has the same code. */
bool dgm_slot_is_first_code(dgm_actors actors, uint32_t i);

#endif
