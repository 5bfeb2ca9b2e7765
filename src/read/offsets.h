/* Text that a reader writes, together with the map from its bytes to those of the file.
 *
 * The map is a list of runs without gaps, sorted by text offset. A run is made of equal units:
 * `text_unit` bytes of text for each `source_unit` bytes of the file. 1 and 1 is a plain copy, 1
 * and 2 are escapes such as "\n" in a row, 3 and 1 is U+FFFD for a broken byte; 0 bytes of the file
 * stand for what the reader put in itself. */
#ifndef DGM_READ_OFFSETS_H
#define DGM_READ_OFFSETS_H

#include "base/arena.h"
#include "base/str.h"

typedef struct dgm_run {
    uint64_t source;
    uint32_t text;
    uint8_t text_unit, source_unit;
} dgm_run;

/* Text in the making. Beyond DGM_TEXT_LIMIT nothing more is taken and is_too_long is set. */
typedef struct dgm_written {
    dgm_arena *arena;
    char *bytes;
    size_t len, capacity;
    dgm_run *runs;
    uint32_t run_count, run_capacity;
    bool is_too_long;
} dgm_written;

/* Spans count bytes in 32 bits; the room above is for mended bytes and for sums of offsets. */
#define DGM_TEXT_LIMIT ((size_t)UINT32_MAX - 64)

/* Make room for `len` more bytes at once. */
void dgm_written_reserve(dgm_written *written, size_t len);

/* Add bytes that stand in the file as they are, at `source`. */
void dgm_written_copy(dgm_written *written, dgm_str bytes, uint64_t source);

/* Add one unit: `bytes` (at most 255) that stand for `source_len` (at most 255) bytes there. */
void dgm_written_unit(dgm_written *written, dgm_str bytes, uint64_t source, uint8_t source_len);

/* Where the text [span) stands in the file, by the runs of a text of `len` bytes. */
void dgm_offsets_locate(const dgm_run *runs, uint32_t count, dgm_span span, uint64_t *begin,
                        uint64_t *end);

#endif
