/* Buf: a growing string on the heap, for output that is put together piece by piece.
 *
 * Failure sticks: after an allocation failed, appending does nothing and is_failed is true, so that
 * a writer checks once at its end. The bytes are always NUL-terminated. */
#ifndef DGM_BASE_BUF_H
#define DGM_BASE_BUF_H

#include <dragoman/base.h>

typedef struct dgm_buf {
    char *ptr; /* NULL while empty */
    size_t len, capacity;
    bool is_failed;
} dgm_buf;

void dgm_buf_add(dgm_buf *buf, dgm_str s);
void dgm_buf_text(dgm_buf *buf, const char *z); /* NULL adds nothing */
void dgm_buf_char(dgm_buf *buf, char c);
void dgm_buf_printf(dgm_buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* `count` times the same byte. */
void dgm_buf_fill(dgm_buf *buf, char c, size_t count);

/* Empty, the memory is kept; or given back. */
void dgm_buf_clear(dgm_buf *buf);
void dgm_buf_free(dgm_buf *buf);

static inline dgm_str dgm_buf_str(const dgm_buf *buf)
{
    return (dgm_str){buf->ptr ? buf->ptr : "", buf->len};
}

#endif
