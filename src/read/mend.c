/* Mending: input bytes to valid UTF-8. Each broken sequence (its maximal broken part, as Unicode
 * advises) becomes one U+FFFD and one diagnostic with its place in the file. */
#include "base/utf8.h"
#include "read/read_priv.h"

#include <string.h>

#define REPLACEMENT DGM_STR("\xEF\xBF\xBD")

/* Bytes at the front that are ASCII, eight at a time. */
static size_t ascii_length(dgm_str s)
{
    size_t i = 0;
    for (; i + 8 <= s.len; i += 8) {
        uint64_t word;
        memcpy(&word, s.ptr + i, 8);
        if (word & 0x8080808080808080ULL)
            break;
    }
    while (i < s.len && (unsigned char)s.ptr[i] < 0x80)
        i++;
    return i;
}

size_t dgm_mend_valid(dgm_str bytes)
{
    size_t i = 0;
    while (i < bytes.len) {
        dgm_str rest = dgm_str_sub(bytes, i, bytes.len - i);
        size_t plain = ascii_length(rest);
        if (plain) {
            i += plain;
            continue;
        }
        int32_t point;
        size_t used = dgm_utf8_decode(rest, &point);
        if (point < 0)
            return i;
        i += used;
    }
    return i;
}

void dgm_mend_write(dgm_written *written, dgm_str bytes, uint64_t source, dgm_damage *damage)
{
    size_t i = 0;
    while (i < bytes.len) {
        dgm_str rest = dgm_str_sub(bytes, i, bytes.len - i);
        size_t good = dgm_mend_valid(rest);
        dgm_written_copy(written, dgm_str_sub(rest, 0, good), source + i);
        i += good;
        if (i == bytes.len)
            break;
        int32_t point;
        size_t used = dgm_utf8_decode(dgm_str_sub(bytes, i, bytes.len - i), &point);
        dgm_damage_note(damage, source + i, "broken UTF-8");
        dgm_written_unit(written, REPLACEMENT, source + i, (uint8_t)used);
        i += used;
    }
}

dgm_str dgm_mend_str(dgm_arena *arena, dgm_str bytes, uint64_t source, dgm_damage *damage)
{
    if (dgm_mend_valid(bytes) == bytes.len)
        return bytes;
    dgm_written written = {.arena = arena};
    dgm_mend_write(&written, bytes, source, damage);
    return (dgm_str){written.bytes, written.len};
}
