/* Buf: see buf.h. Doubles its memory, so that appending byte by byte stays linear. */
#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Room for `more` bytes and the NUL; false when memory is out. */
static bool reserve(dgm_buf *buf, size_t more)
{
    if (buf->is_failed)
        return false;
    if (more < buf->capacity - buf->len)
        return true;
    size_t capacity = buf->capacity ? buf->capacity : 64;
    while (capacity - buf->len <= more && capacity <= SIZE_MAX / 2)
        capacity *= 2;
    char *ptr = capacity - buf->len > more ? realloc(buf->ptr, capacity) : NULL;
    if (!ptr) {
        buf->is_failed = true;
        return false;
    }
    buf->ptr = ptr;
    buf->capacity = capacity;
    return true;
}

void dgm_buf_add(dgm_buf *buf, dgm_str s)
{
    if (s.len == 0 || !reserve(buf, s.len))
        return;
    memcpy(buf->ptr + buf->len, s.ptr, s.len);
    buf->len += s.len;
    buf->ptr[buf->len] = '\0';
}

void dgm_buf_text(dgm_buf *buf, const char *z)
{
    if (z)
        dgm_buf_add(buf, (dgm_str){z, strlen(z)});
}

void dgm_buf_char(dgm_buf *buf, char c)
{
    dgm_buf_add(buf, (dgm_str){&c, 1});
}

void dgm_buf_fill(dgm_buf *buf, char c, size_t count)
{
    if (count == 0 || !reserve(buf, count))
        return;
    memset(buf->ptr + buf->len, c, count);
    buf->len += count;
    buf->ptr[buf->len] = '\0';
}

void dgm_buf_printf(dgm_buf *buf, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int need = vsnprintf(NULL, 0, format, args);
    if (need < 0)
        buf->is_failed = true;
    else if (reserve(buf, (size_t)need)) {
        vsnprintf(buf->ptr + buf->len, (size_t)need + 1, format, again);
        buf->len += (size_t)need;
    }
    va_end(again);
    va_end(args);
}

void dgm_buf_clear(dgm_buf *buf)
{
    buf->len = 0;
    if (buf->ptr)
        buf->ptr[0] = '\0';
}

void dgm_buf_free(dgm_buf *buf)
{
    free(buf->ptr);
    *buf = (dgm_buf){0};
}
