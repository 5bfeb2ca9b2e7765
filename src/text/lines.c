/* Segments: where sentences must end, whatever stands there. An empty line ends a paragraph. A
 * single line break ends one where lines are long (a paragraph a line), goes on where the text is
 * wrapped by hand, and otherwise parts lines that stand alone, such as captions and headings.
 *
 * Wrapped text is known by its greed: a line was broken because the next word did not fit. */
#include "text/text_priv.h"

enum {
    LONG_LINE = 120,  /* characters: no one wraps so wide */
    NARROW_LINE = 45, /* a paragraph whose widest line is shorter is a list, not wrapped prose */
    WRAP_SLACK = 2    /* some editors break a little early */
};

typedef struct line {
    dgm_span span;  /* without white space at its ends; len 0: an empty line */
    uint32_t width; /* characters */
} line;

typedef struct lines {
    line *items;
    uint32_t count, capacity;
    bool is_wrapped; /* most of the text stands in lines that are not long */
} lines;

static uint32_t count_points(dgm_str s)
{
    uint32_t count = 0;
    for (size_t i = 0; i < s.len; i++)
        count += ((unsigned char)s.ptr[i] & 0xC0) != 0x80;
    return count;
}

static line trimmed_line(dgm_str text, size_t from, size_t to)
{
    dgm_str bytes = dgm_str_trim(dgm_str_sub(text, from, to - from));
    return (line){.span = {(uint32_t)(bytes.ptr - text.ptr), (uint32_t)bytes.len},
                  .width = count_points(bytes)};
}

static lines find_lines(dgm_arena *arena, dgm_str text)
{
    lines all = {0};
    uint64_t long_bytes = 0, bytes = 0;
    for (size_t from = 0; from < text.len;) {
        const char *stop = memchr(text.ptr + from, '\n', text.len - from);
        size_t to = stop ? (size_t)(stop - text.ptr) : text.len;
        line next = trimmed_line(text, from, to);
        bytes += next.span.len;
        long_bytes += next.width > LONG_LINE ? next.span.len : 0;
        DGM_PUSH(arena, all.items, all.count, all.capacity, next);
        from = to + 1;
    }
    all.is_wrapped = long_bytes <= bytes / 5;
    return all;
}

static uint32_t first_word_width(dgm_str text, const line *of)
{
    uint32_t i = of->span.off, end = dgm_span_end(of->span), count = 0;
    for (; i < end && !dgm_is_space(text.ptr[i]) && count < LONG_LINE; i++)
        count += ((unsigned char)text.ptr[i] & 0xC0) != 0x80;
    return count;
}

/* The widest line of the paragraph that begins with line `from` and ends before `to`. */
static uint32_t widest(const lines *all, uint32_t from, uint32_t to)
{
    uint32_t width = 0;
    for (uint32_t i = from; i < to; i++)
        if (all->items[i].width > width && all->items[i].width <= LONG_LINE)
            width = all->items[i].width;
    return width;
}

/* True when the break after line i is only where the line was full. */
static bool goes_on(const lines *all, dgm_str text, uint32_t i, uint32_t width)
{
    if (!all->is_wrapped || width < NARROW_LINE)
        return false;
    uint32_t next = first_word_width(text, &all->items[i + 1]);
    return all->items[i].width + 1 + next + WRAP_SLACK > width;
}

static void add(dgm_segments *to, dgm_arena *arena, uint32_t begin, uint32_t end,
                uint32_t paragraph)
{
    dgm_segment segment = {.span = {begin, end - begin}, .paragraph = paragraph};
    DGM_PUSH(arena, to->items, to->count, to->capacity, segment);
}

/* Cut the paragraph of lines [from, to); gives the number of the next paragraph. */
static uint32_t cut_paragraph(dgm_segments *out, dgm_arena *arena, const lines *all, dgm_str text,
                              uint32_t from, uint32_t to, uint32_t paragraph)
{
    uint32_t width = widest(all, from, to), begin = all->items[from].span.off;
    for (uint32_t i = from; i < to; i++) {
        if (i + 1 < to && goes_on(all, text, i, width))
            continue;
        add(out, arena, begin, dgm_span_end(all->items[i].span), paragraph);
        if (i + 1 < to) {
            begin = all->items[i + 1].span.off;
            paragraph += !all->is_wrapped;
        }
    }
    return paragraph + 1;
}

dgm_segments dgm_segments_find(dgm_arena *arena, dgm_str text)
{
    dgm_segments out = {0};
    lines all = find_lines(arena, text);
    uint32_t paragraph = 0;
    for (uint32_t i = 0; i < all.count;) {
        uint32_t to = i;
        while (to < all.count && all.items[to].span.len)
            to++;
        if (to > i)
            paragraph = cut_paragraph(&out, arena, &all, text, i, to, paragraph);
        i = to > i ? to : i + 1;
    }
    return out;
}
