/* Raw scanning of JSON that has been found valid: where the values of an object stand, and what a
 * string says together with the place of each of its bytes. Never recursive. */
#ifndef DGM_READ_JSON_SCAN_H
#define DGM_READ_JSON_SCAN_H

#include "read/read_priv.h"

/* Walks the members of the object that `rest` begins with. Safe on any bytes: what is not JSON ends
 * the walk. */
typedef struct dgm_json_walk {
    dgm_str rest;
    dgm_str key, value; /* raw bytes, strings with their quotes */
} dgm_json_walk;

/* False when `line` is no object. */
bool dgm_json_begin(dgm_json_walk *walk, dgm_str line);
bool dgm_json_next(dgm_json_walk *walk);

/* Write what the raw string `value` (with quotes) says; `source` is the place of its first quote.
 * Lone surrogates and broken UTF-8 become U+FFFD; the damage of broken UTF-8 is not noted here. */
void dgm_json_write(dgm_written *written, dgm_str value, uint64_t source);

/* The escape at s.ptr ("\uXXXX", a pair of them, or a short one): its length in bytes and its code
 * point, -1 for a lone surrogate. */
size_t dgm_json_escape(dgm_str s, int32_t *point);

#endif
