/* Borrowed strings: see str.h. */
#include "base/str.h"

int dgm_str_cmp(dgm_str a, dgm_str b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    int order = shorter ? memcmp(a.ptr, b.ptr, shorter) : 0;
    if (order)
        return order;
    return a.len < b.len ? -1 : a.len > b.len;
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

dgm_str dgm_str_trim(dgm_str s)
{
    while (s.len && is_space(s.ptr[0]))
        s.ptr++, s.len--;
    while (s.len && is_space(s.ptr[s.len - 1]))
        s.len--;
    return s;
}

bool dgm_str_cut(dgm_str *rest, char separator, dgm_str *piece)
{
    if (!rest->ptr)
        return false;
    const char *at = rest->len ? memchr(rest->ptr, separator, rest->len) : NULL;
    size_t len = at ? (size_t)(at - rest->ptr) : rest->len;
    *piece = (dgm_str){rest->ptr, len};
    if (len && (is_space(*rest->ptr) || is_space(rest->ptr[len - 1])))
        *piece = dgm_str_trim(*piece);
    if (at)
        *rest = (dgm_str){at + 1, rest->len - len - 1};
    else
        *rest = (dgm_str){NULL, 0};
    return true;
}

bool dgm_str_int(dgm_str s, int64_t *value)
{
    bool negative = s.len && s.ptr[0] == '-';
    size_t i = negative;
    if (i == s.len || s.len - i > 18)
        return false;
    int64_t sum = 0;
    for (; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        sum = sum * 10 + (s.ptr[i] - '0');
    }
    *value = negative ? -sum : sum;
    return true;
}

size_t dgm_str_find(dgm_str s, dgm_str needle)
{
    if (needle.len > s.len)
        return SIZE_MAX;
    for (size_t i = 0; i + needle.len <= s.len; i++)
        if (memcmp(s.ptr + i, needle.ptr, needle.len) == 0)
            return i;
    return SIZE_MAX;
}
