/* The offset map: runs are joined as they are written and found by binary search. */
#include "read/offsets.h"

void dgm_written_reserve(dgm_written *written, size_t len)
{
    if (written->capacity - written->len >= len)
        return;
    size_t capacity = written->capacity ? written->capacity : 256;
    while (capacity - written->len < len)
        capacity = capacity > SIZE_MAX / 2 ? SIZE_MAX : 2 * capacity;
    written->bytes = dgm_arena_grow(written->arena, written->bytes, written->capacity, capacity);
    written->capacity = capacity;
}

/* True when a unit of that shape, at that place, only makes the last run longer. */
static bool joins_last(const dgm_written *written, dgm_run next)
{
    if (!written->run_count)
        return false;
    const dgm_run *last = &written->runs[written->run_count - 1];
    uint64_t units = (next.text - last->text) / last->text_unit;
    return last->text_unit == next.text_unit && last->source_unit == next.source_unit &&
           last->source + units * last->source_unit == next.source;
}

static void write(dgm_written *written, dgm_str bytes, dgm_run run)
{
    if (!bytes.len)
        return;
    if (written->is_too_long || bytes.len > DGM_TEXT_LIMIT - written->len) {
        written->is_too_long = true;
        return;
    }
    run.text = (uint32_t)written->len;
    if (!joins_last(written, run))
        DGM_PUSH(written->arena, written->runs, written->run_count, written->run_capacity, run);
    dgm_written_reserve(written, bytes.len);
    memcpy(written->bytes + written->len, bytes.ptr, bytes.len);
    written->len += bytes.len;
}

void dgm_written_copy(dgm_written *written, dgm_str bytes, uint64_t source)
{
    write(written, bytes, (dgm_run){.source = source, .text_unit = 1, .source_unit = 1});
}

void dgm_written_unit(dgm_written *written, dgm_str bytes, uint64_t source, uint8_t source_len)
{
    write(written, bytes,
          (dgm_run){.source = source, .text_unit = (uint8_t)bytes.len, .source_unit = source_len});
}

/* The run that holds the byte at `text`; the last one for places behind the end. */
static const dgm_run *find(const dgm_run *runs, uint32_t count, uint32_t text)
{
    uint32_t low = 0, high = count;
    while (high - low > 1) {
        uint32_t middle = low + (high - low) / 2;
        if (runs[middle].text <= text)
            low = middle;
        else
            high = middle;
    }
    return &runs[low];
}

/* The file's bytes of the unit that holds the byte at `text`. */
static void locate_byte(const dgm_run *runs, uint32_t count, uint32_t text, uint64_t *begin,
                        uint64_t *end)
{
    const dgm_run *run = find(runs, count, text);
    uint64_t unit = (text - run->text) / run->text_unit;
    *begin = run->source + unit * run->source_unit;
    *end = *begin + run->source_unit;
}

void dgm_offsets_locate(const dgm_run *runs, uint32_t count, dgm_span span, uint64_t *begin,
                        uint64_t *end)
{
    *begin = *end = 0;
    if (!count)
        return;
    uint64_t other;
    locate_byte(runs, count, span.off, begin, &other);
    if (span.len)
        locate_byte(runs, count, dgm_span_end(span) - 1, &other, end);
    else
        *end = *begin;
}
