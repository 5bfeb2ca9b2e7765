/* The raw JSON scanner: see json_scan.h. */
#include "read/json_scan.h"
#include "base/utf8.h"

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static void skip(dgm_str *s, size_t n)
{
    s->ptr += n;
    s->len -= n;
}

static void skip_space(dgm_str *s)
{
    while (s->len && is_space(s->ptr[0]))
        skip(s, 1);
}

/* Bytes of the string that s begins with, quotes included. */
static size_t string_length(dgm_str s)
{
    size_t i = 1;
    while (i < s.len && s.ptr[i] != '"')
        i += s.ptr[i] == '\\' ? 2 : 1;
    return i < s.len ? i + 1 : s.len;
}

/* Bytes of the value that s begins with: string, object, array, or a bare word. */
static size_t value_length(dgm_str s)
{
    size_t depth = 0, i = 0;
    while (i < s.len) {
        char c = s.ptr[i];
        if (c == '"') {
            i += string_length(dgm_str_sub(s, i, s.len - i));
            if (!depth)
                return i;
            continue;
        }
        if (c == '{' || c == '[')
            depth++;
        else if ((c == '}' || c == ']') && depth-- <= 1)
            return depth == 0 ? i + 1 : i; /* its own end, or that of the object around it */
        else if (!depth && (c == ',' || is_space(c)))
            return i;
        i++;
    }
    return i;
}

bool dgm_json_begin(dgm_json_walk *walk, dgm_str line)
{
    *walk = (dgm_json_walk){.rest = line};
    skip_space(&walk->rest);
    if (!walk->rest.len || walk->rest.ptr[0] != '{')
        return false;
    skip(&walk->rest, 1);
    return true;
}

bool dgm_json_next(dgm_json_walk *walk)
{
    dgm_str *rest = &walk->rest;
    skip_space(rest);
    if (rest->len && rest->ptr[0] == ',')
        skip(rest, 1);
    skip_space(rest);
    if (!rest->len || rest->ptr[0] != '"')
        return false;
    walk->key = dgm_str_sub(*rest, 0, string_length(*rest));
    skip(rest, walk->key.len);
    skip_space(rest);
    if (!rest->len || rest->ptr[0] != ':')
        return false;
    skip(rest, 1);
    skip_space(rest);
    walk->value = dgm_str_sub(*rest, 0, value_length(*rest));
    skip(rest, walk->value.len);
    return walk->value.len > 0;
}

static int hex(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c = (char)(c | 0x20);
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The unit of "\uXXXX" at s.ptr, or -1. */
static int32_t unit(dgm_str s)
{
    int32_t value = 0;
    if (s.len < 6 || s.ptr[0] != '\\' || s.ptr[1] != 'u')
        return -1;
    for (size_t i = 2; i < 6; i++) {
        int digit = hex(s.ptr[i]);
        if (digit < 0)
            return -1;
        value = value << 4 | digit;
    }
    return value;
}

size_t dgm_json_escape(dgm_str s, int32_t *point)
{
    static const char short_forms[] = "b\bf\fn\nr\rt\t";
    if (s.len < 2 || s.ptr[1] != 'u') {
        const char *form = s.len < 2 ? NULL : memchr(short_forms, s.ptr[1], sizeof short_forms - 1);
        bool is_form = form && (form - short_forms) % 2 == 0;
        *point = s.len < 2 ? '\\' : is_form ? form[1] : s.ptr[1];
        return s.len < 2 ? s.len : 2;
    }
    int32_t high = unit(s);
    *point = high;
    if (high < 0)
        return 2;
    if (high < 0xD800 || high > 0xDFFF)
        return 6;
    int32_t low = high <= 0xDBFF ? unit(dgm_str_sub(s, 6, s.len - 6)) : -1;
    if (low >= 0xDC00 && low <= 0xDFFF) {
        *point = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
        return 12;
    }
    *point = -1;
    return 6;
}

static size_t write_escape(dgm_written *written, dgm_str s, uint64_t source)
{
    int32_t point;
    char bytes[4];
    size_t used = dgm_json_escape(s, &point);
    size_t len = dgm_utf8_encode(point < 0 ? 0xFFFD : point, bytes);
    dgm_written_unit(written, (dgm_str){bytes, len}, source, (uint8_t)used);
    return used;
}

void dgm_json_write(dgm_written *written, dgm_str value, uint64_t source)
{
    dgm_damage silent = {0};
    size_t end = value.len && value.ptr[value.len - 1] == '"' ? value.len - 1 : value.len;
    for (size_t i = 1; i < end;) {
        dgm_str rest = dgm_str_sub(value, i, end - i);
        const char *escape = memchr(rest.ptr, '\\', rest.len);
        size_t plain = escape ? (size_t)(escape - rest.ptr) : rest.len;
        dgm_mend_write(written, dgm_str_sub(rest, 0, plain), source + i, &silent);
        i += plain;
        if (i < end)
            i += write_escape(written, dgm_str_sub(value, i, end - i), source + i);
    }
}
