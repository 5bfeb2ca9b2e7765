/* Sources: one growing buffer that slides over the file. */
#include "read/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CHUNK = 1 << 16 };

void dgm_source_memory(dgm_source *source, const char *name, dgm_str bytes)
{
    *source = (dgm_source){.path = name,
                           .fd = -1,
                           .buffer = (char *)(uintptr_t)bytes.ptr,
                           .len = bytes.len,
                           .capacity = bytes.len,
                           .limit = UINT32_MAX,
                           .is_ended = true};
}

static dgm_status refuse_directory(int fd, const char *path, dgm_error *err)
{
    struct stat info;
    if (fstat(fd, &info) != 0)
        return dgm_fail_errno(err, path, "cannot read");
    if (S_ISDIR(info.st_mode)) {
        errno = EISDIR;
        return dgm_fail_errno(err, path, "cannot read");
    }
    return DGM_OK;
}

dgm_status dgm_source_open(dgm_source *source, const char *path, dgm_error *err)
{
    bool is_input = strcmp(path, "-") == 0;
    int fd = is_input ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return dgm_fail_errno(err, path, "cannot open");
    dgm_status status = refuse_directory(fd, path, err);
    if (status != DGM_OK) {
        if (!is_input)
            close(fd);
        return status;
    }
    *source = (dgm_source){.path = path, .fd = fd, .limit = UINT32_MAX, .is_owner = !is_input};
    return DGM_OK;
}

void dgm_source_close(dgm_source *source)
{
    if (source->fd >= 0)
        free(source->buffer);
    if (source->is_owner)
        close(source->fd);
    *source = (dgm_source){.fd = -1};
}

static void drop_given(dgm_source *source)
{
    if (!source->at)
        return;
    memmove(source->buffer, source->buffer + source->at, source->len - source->at);
    source->base += source->at;
    source->len -= source->at;
    source->at = 0;
}

static dgm_status make_room(dgm_source *source, dgm_error *err)
{
    if (source->capacity - source->len >= CHUNK)
        return DGM_OK;
    size_t want = source->capacity < CHUNK ? 4 * (size_t)CHUNK : 2 * source->capacity;
    char *more = want > source->capacity ? realloc(source->buffer, want) : NULL;
    if (!more)
        return dgm_fail(err, DGM_ERROR_MEMORY, source->path, source->base,
                        "out of memory reading the file");
    source->buffer = more;
    source->capacity = want;
    return DGM_OK;
}

/* Read more behind what is there; sets is_ended at the end. */
static dgm_status fill(dgm_source *source, dgm_error *err)
{
    DGM_TRY(make_room(source, err));
    for (;;) {
        ssize_t got =
            read(source->fd, source->buffer + source->len, source->capacity - source->len);
        if (got >= 0) {
            source->len += (size_t)got;
            source->is_ended = got == 0;
            return DGM_OK;
        }
        if (errno != EINTR)
            return dgm_fail_errno(err, source->path, "cannot read");
    }
}

static bool is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

dgm_status dgm_source_peek(dgm_source *source, int *byte, dgm_error *err)
{
    while (!source->is_ended && source->len - source->at < 3) /* enough for a byte order mark */
        DGM_TRY(fill(source, err));
    size_t i = source->at;
    for (;;) {
        size_t bom = i == 0 && source->len >= 3 && !memcmp(source->buffer, "\xEF\xBB\xBF", 3);
        for (i += 3 * bom; i < source->len; i++)
            if (!is_space(source->buffer[i])) {
                *byte = (unsigned char)source->buffer[i];
                return DGM_OK;
            }
        if (source->is_ended)
            break;
        DGM_TRY(fill(source, err));
    }
    *byte = -1;
    return DGM_OK;
}

/* Pass over the rest of a line that is longer than the limit, keeping its beginning. */
static dgm_status skip_long(dgm_source *source, bool *has_stop, dgm_error *err)
{
    *has_stop = false;
    while (!source->is_ended) {
        size_t keep = source->at + source->limit;
        source->base += source->len - keep;
        source->len = keep;
        DGM_TRY(fill(source, err));
        const char *stop = memchr(source->buffer + keep, '\n', source->len - keep);
        if (!stop)
            continue;
        /* Close the hole, so that the next line begins right behind the kept bytes. */
        size_t gap = (size_t)(stop - (source->buffer + keep));
        memmove(source->buffer + keep, stop, source->len - keep - gap);
        source->base += gap;
        source->len -= gap;
        *has_stop = true;
        return DGM_OK;
    }
    return DGM_OK;
}

static void give(dgm_source *source, dgm_line *line, uint64_t offset, size_t len, bool has_stop)
{
    *line = (dgm_line){
        .bytes = {source->buffer + source->at, len}, .offset = offset, .number = ++source->line};
    source->at += len + has_stop;
}

dgm_status dgm_source_line(dgm_source *source, dgm_line *line, bool *found, dgm_error *err)
{
    size_t seen = 0; /* bytes of this line that hold no line feed */
    *found = true;
    for (;;) {
        size_t rest = source->len - source->at;
        const char *from = rest > seen ? source->buffer + source->at + seen : NULL;
        const char *stop = from ? memchr(from, '\n', rest - seen) : NULL;
        uint64_t offset = source->base + source->at;
        size_t len = stop ? (size_t)(stop - (source->buffer + source->at)) : rest;
        bool has_stop = stop != NULL, is_long = len > source->limit;
        if (is_long && !stop && !source->is_ended) {
            DGM_TRY(skip_long(source, &has_stop, err));
            len = source->limit;
        }
        if (is_long || has_stop || (source->is_ended && rest)) {
            give(source, line, offset, len, has_stop);
            line->is_too_long = is_long;
            return DGM_OK;
        }
        if (source->is_ended)
            break;
        seen = rest;
        drop_given(source);
        DGM_TRY(fill(source, err));
    }
    *found = false;
    return DGM_OK;
}

void dgm_source_unread(dgm_source *source, const dgm_line *line)
{
    source->at = (size_t)(line->bytes.ptr - source->buffer);
    source->line--;
}

dgm_status dgm_source_rest(dgm_source *source, dgm_str *bytes, dgm_error *err)
{
    while (!source->is_ended && source->len - source->at <= source->limit)
        DGM_TRY(fill(source, err));
    *bytes = (dgm_str){source->buffer + source->at, source->len - source->at};
    source->at = source->len;
    return DGM_OK;
}
