/* Borrowed strings: comparing, cutting, trimming. Nothing here allocates. */
#ifndef DGM_BASE_STR_H
#define DGM_BASE_STR_H

#include <dragoman/base.h>
#include <string.h>

#define DGM_STR(literal) ((dgm_str){"" literal, sizeof(literal) - 1})
/* For printf: "%.*s". */
#define DGM_FMT(s) (int)(s).len, (s).ptr

static inline dgm_str dgm_str_of(const char *z)
{
    return (dgm_str){z, z ? strlen(z) : 0};
}

static inline bool dgm_str_eq(dgm_str a, dgm_str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}

static inline bool dgm_str_is(dgm_str a, const char *z)
{
    return dgm_str_eq(a, dgm_str_of(z));
}

static inline bool dgm_str_starts(dgm_str s, dgm_str prefix)
{
    return s.len >= prefix.len && memcmp(s.ptr, prefix.ptr, prefix.len) == 0;
}

static inline bool dgm_str_ends(dgm_str s, dgm_str suffix)
{
    return s.len >= suffix.len && memcmp(s.ptr + s.len - suffix.len, suffix.ptr, suffix.len) == 0;
}

static inline dgm_str dgm_str_sub(dgm_str s, size_t from, size_t len)
{
    return (dgm_str){s.ptr + from, len};
}

/* Byte order, shorter first where one is the other's beginning. */
int dgm_str_cmp(dgm_str a, dgm_str b);

/* Without ASCII white space at both ends. */
dgm_str dgm_str_trim(dgm_str s);

/* Cut the piece before the first `separator` off the front of *rest and give it, trimmed, in
 * *piece. False when *rest was already at its end (ptr NULL). "a|b" gives "a", "b". */
bool dgm_str_cut(dgm_str *rest, char separator, dgm_str *piece);

/* Whole decimal number; false for anything else or overflow. */
bool dgm_str_int(dgm_str s, int64_t *value);

/* Position of `needle` in `s`, or SIZE_MAX. */
size_t dgm_str_find(dgm_str s, dgm_str needle);

static inline dgm_str dgm_span_of(dgm_str text, dgm_span span)
{
    return (dgm_str){text.ptr + span.off, span.len};
}

static inline uint32_t dgm_span_end(dgm_span span)
{
    return span.off + span.len;
}

static inline dgm_span dgm_span_join(dgm_span a, dgm_span b)
{
    uint32_t from = a.off < b.off ? a.off : b.off;
    uint32_t to = dgm_span_end(a) > dgm_span_end(b) ? dgm_span_end(a) : dgm_span_end(b);
    return (dgm_span){from, to - from};
}

#endif
