/* UTF-8: see utf8.h. */
#include "base/utf8.h"

#include <utf8proc.h>

/* Ranges of the second byte by first byte, Unicode 15, table 3-7. */
static bool second_ok(unsigned char first, unsigned char second)
{
    switch (first) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return (second & 0xC0) == 0x80;
    }
}

size_t dgm_utf8_decode(dgm_str s, int32_t *point)
{
    const unsigned char *at = (const unsigned char *)s.ptr;
    unsigned char first = at[0];
    if (first < 0x80) {
        *point = first;
        return 1;
    }
    size_t need = first >= 0xC2 && first <= 0xDF   ? 2
                  : first >= 0xE0 && first <= 0xEF ? 3
                  : first >= 0xF0 && first <= 0xF4 ? 4
                                                   : 0;
    *point = -1;
    if (!need || s.len < 2 || !second_ok(first, at[1]))
        return 1;
    int32_t value = first & (0x7F >> need);
    value = value << 6 | (at[1] & 0x3F);
    for (size_t i = 2; i < need; i++) {
        if (i >= s.len || (at[i] & 0xC0) != 0x80)
            return i;
        value = value << 6 | (at[i] & 0x3F);
    }
    *point = value;
    return need;
}

size_t dgm_utf8_encode(int32_t point, char out[4])
{
    return (size_t)utf8proc_encode_char(point, (utf8proc_uint8_t *)out);
}

bool dgm_utf8_is_letter(int32_t point)
{
    if (point < 0x80)
        return (point >= 'a' && point <= 'z') || (point >= 'A' && point <= 'Z');
    utf8proc_category_t category = utf8proc_category(point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_MC;
}

bool dgm_utf8_is_upper(int32_t point)
{
    if (point < 0x80)
        return point >= 'A' && point <= 'Z';
    utf8proc_category_t category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_LU || category == UTF8PROC_CATEGORY_LT;
}

bool dgm_utf8_is_digit(int32_t point)
{
    if (point < 0x80)
        return point >= '0' && point <= '9';
    return utf8proc_category(point) == UTF8PROC_CATEGORY_ND;
}

bool dgm_utf8_is_space(int32_t point)
{
    if (point < 0x80)
        return point == ' ' || (point >= '\t' && point <= '\r');
    utf8proc_category_t category = utf8proc_category(point);
    return category == UTF8PROC_CATEGORY_ZS || category == UTF8PROC_CATEGORY_ZL ||
           category == UTF8PROC_CATEGORY_ZP || point == 0x85;
}

bool dgm_utf8_is_latin(int32_t point)
{
    if (point < 0x80 || !dgm_utf8_is_letter(point))
        return point < 0x80 && dgm_utf8_is_letter(point);
    return point <= 0x24F || (point >= 0x1E00 && point <= 0x1EFF);
}

/* A form in another case is at most one and a half times as long (U+023A: 2 bytes to 3). */
static dgm_str mapped(dgm_arena *arena, dgm_str s, int32_t (*map)(int32_t))
{
    char *out = dgm_arena_array(arena, s.len + s.len / 2 + 4, 1);
    size_t to = 0;
    for (size_t i = 0; i < s.len;) {
        if ((unsigned char)s.ptr[i] < 0x80) { /* ASCII stays one byte in either case */
            out[to++] = (char)map(s.ptr[i++]);
            continue;
        }
        int32_t point;
        size_t used = dgm_utf8_decode((dgm_str){s.ptr + i, s.len - i}, &point);
        if (point < 0)
            memcpy(out + to, s.ptr + i, used), to += used;
        else
            to += dgm_utf8_encode(map(point), out + to);
        i += used;
    }
    return (dgm_str){out, to};
}

static int32_t lower_of(int32_t point)
{
    if (point < 0x80)
        return point >= 'A' && point <= 'Z' ? point + 32 : point;
    return utf8proc_tolower(point);
}

static int32_t upper_of(int32_t point)
{
    if (point < 0x80)
        return point >= 'a' && point <= 'z' ? point - 32 : point;
    return utf8proc_toupper(point);
}

dgm_str dgm_utf8_lower(dgm_arena *arena, dgm_str s)
{
    return mapped(arena, s, lower_of);
}

static bool has_upper_or_high(uint64_t bytes)
{
    const uint64_t each = 0x0101010101010101ULL, high = 0x80 * each;
    /* the top bit of a byte below 0x80: set from 'A' on, and once more from behind 'Z' on */
    const uint64_t from_a = bytes + (0x80 - 'A') * each, behind_z = bytes + (0x80 - 'Z' - 1) * each;
    return (bytes | (from_a & ~behind_z)) & high;
}

/* Eight bytes at a time; the last ones may be read twice. A byte above 0x7F may spill into the
 * next, but then the answer is no whatever that says. */
static bool is_lower_ascii(dgm_str s)
{
    uint64_t bytes = 0;
    if (s.len < sizeof bytes) {
        uint32_t ends[2] = {0, 0};
        if (s.len >= sizeof *ends) {
            memcpy(&ends[0], s.ptr, sizeof *ends);
            memcpy(&ends[1], s.ptr + s.len - sizeof *ends, sizeof *ends);
            bytes = (uint64_t)ends[0] << 32 | ends[1];
        }
        for (size_t i = 0; s.len < sizeof *ends && i < s.len; i++)
            bytes = bytes << 8 | (unsigned char)s.ptr[i];
        return !has_upper_or_high(bytes);
    }
    for (size_t i = 0; i + sizeof bytes < s.len; i += sizeof bytes) {
        memcpy(&bytes, s.ptr + i, sizeof bytes);
        if (has_upper_or_high(bytes))
            return false;
    }
    memcpy(&bytes, s.ptr + s.len - sizeof bytes, sizeof bytes);
    return !has_upper_or_high(bytes);
}

dgm_str dgm_utf8_lower_view(dgm_arena *arena, dgm_str s)
{
    return is_lower_ascii(s) ? s : dgm_utf8_lower(arena, s);
}

dgm_str dgm_utf8_upper(dgm_arena *arena, dgm_str s)
{
    return mapped(arena, s, upper_of);
}

enum { POINTS_STEP = 64 };

static bool starts_point(char byte)
{
    return ((unsigned char)byte & 0xC0) != 0x80;
}

void dgm_points_init(dgm_points *points, dgm_arena *arena, dgm_str text)
{
    points->text = text;
    points->marks = DGM_ARRAY(arena, uint32_t, text.len / POINTS_STEP + 1);
    uint32_t count = 0;
    for (size_t i = 0; i < text.len; i++) {
        if (i % POINTS_STEP == 0)
            points->marks[i / POINTS_STEP] = count;
        count += starts_point(text.ptr[i]);
    }
    if (text.len % POINTS_STEP == 0)
        points->marks[text.len / POINTS_STEP] = count;
}

uint32_t dgm_points_at(const dgm_points *points, uint32_t byte)
{
    uint32_t count = points->marks[byte / POINTS_STEP];
    for (uint32_t i = byte / POINTS_STEP * POINTS_STEP; i < byte; i++)
        count += starts_point(points->text.ptr[i]);
    return count;
}
