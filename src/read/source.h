/* Bytes of a file, pipe or memory, given line by line or whole. Lines of any length; no more than
 * the current line is held, so that the first document of a pipe need not wait for the last. */
#ifndef DGM_READ_SOURCE_H
#define DGM_READ_SOURCE_H

#include "base/error.h"
#include "base/str.h"

typedef struct dgm_source {
    const char *path; /* for messages */
    int fd;           /* -1: from memory */
    char *buffer;     /* holds file bytes [base, base + len) */
    size_t len, capacity, at;
    uint64_t base;
    uint64_t line; /* lines given so far */
    size_t limit;  /* longest line that is held; the rest of a longer one is passed over */
    bool is_ended, is_owner;
} dgm_source;

typedef struct dgm_line {
    dgm_str bytes; /* without its "\n"; lives until the next call */
    uint64_t offset, number;
    bool is_too_long; /* the bytes are only its beginning */
} dgm_line;

/* "-" is standard input. On failure there is nothing to close. */
DGM_MUST_CHECK dgm_status dgm_source_open(dgm_source *source, const char *path, dgm_error *err);
void dgm_source_memory(dgm_source *source, const char *name, dgm_str bytes);
void dgm_source_close(dgm_source *source);

/* The first byte that is no white space, without taking it; -1 in an empty file. */
DGM_MUST_CHECK dgm_status dgm_source_peek(dgm_source *source, int *byte, dgm_error *err);

/* *found is false at the end. */
DGM_MUST_CHECK dgm_status dgm_source_line(dgm_source *source, dgm_line *line, bool *found,
                                          dgm_error *err);
/* Take back the line given last: the next call gives it again. */
void dgm_source_unread(dgm_source *source, const dgm_line *line);

/* All that is left. Lives until the source is closed. */
DGM_MUST_CHECK dgm_status dgm_source_rest(dgm_source *source, dgm_str *bytes, dgm_error *err);

#endif
