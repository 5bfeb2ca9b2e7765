/* UTF-8: decoding one code point, checking, case folding of ASCII, counting.
 * Unicode properties come from utf8proc, which only this file's source knows. */
#ifndef DGM_BASE_UTF8_H
#define DGM_BASE_UTF8_H

#include "base/arena.h"

/* Decode at s.ptr (s.len > 0). Gives the bytes used and the code point; a broken sequence gives
 * its maximal broken part (Unicode 15, 3.9, "substitution of maximal subparts") and -1. */
size_t dgm_utf8_decode(dgm_str s, int32_t *point);

/* Write a code point as UTF-8 into out[4]; gives the bytes written. */
size_t dgm_utf8_encode(int32_t point, char out[4]);

bool dgm_utf8_is_letter(int32_t point);
bool dgm_utf8_is_upper(int32_t point);
bool dgm_utf8_is_digit(int32_t point);
bool dgm_utf8_is_space(int32_t point); /* separators, and the ASCII controls TAB to CR */

/* True for Latin letters (any block of the script, U+0041 to U+024F and U+1E00 to U+1EFF). */
bool dgm_utf8_is_latin(int32_t point);

/* Lower-case and upper-case copy (simple mapping); valid UTF-8 in, valid UTF-8 out. */
dgm_str dgm_utf8_lower(dgm_arena *arena, dgm_str s);
dgm_str dgm_utf8_upper(dgm_arena *arena, dgm_str s);

/* In lower case: `s` itself where it is so already, as most words are; else a copy. */
dgm_str dgm_utf8_lower_view(dgm_arena *arena, dgm_str s);

/* Byte offset to code point index in a constant text, O(64) a look-up. */
typedef struct dgm_points {
    dgm_str text;
    uint32_t *marks; /* marks[i]: code points before byte 64 * i */
} dgm_points;

void dgm_points_init(dgm_points *points, dgm_arena *arena, dgm_str text);
uint32_t dgm_points_at(const dgm_points *points, uint32_t byte);

#endif
