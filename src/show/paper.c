/* Paper: see paper.h. Widths are those of terminals: utf8proc's wcwidth. */
#include "show/paper.h"
#include "base/utf8.h"

#include <stdarg.h>
#include <stdio.h>
#include <utf8proc.h>

enum { PAGE_WIDTH = 100, LEAST_WIDTH = 30 };

static const char *const looks[] = {
    [DGM_INK_PLAIN] = "",
    [DGM_INK_WHEN] = "\x1b[1m",
    [DGM_INK_WHO] = "\x1b[1m",
    [DGM_INK_VERBAL_COOPERATION] = "\x1b[32m",
    [DGM_INK_MATERIAL_COOPERATION] = "\x1b[1;32m",
    [DGM_INK_VERBAL_CONFLICT] = "\x1b[31m",
    [DGM_INK_MATERIAL_CONFLICT] = "\x1b[1;31m",
    [DGM_INK_STANDING] = "\x1b[36m",
    [DGM_INK_DOUBT] = "\x1b[33m",
    [DGM_INK_TRIGGER] = "\x1b[1;33m",
    [DGM_INK_FAINT] = "\x1b[2m",
};
static const char plain_look[] = "\x1b[0m";

void dgm_paper_init(dgm_paper *paper, const dgm_show_options *options)
{
    *paper = (dgm_paper){.options = options};
    paper->width = options->width ? options->width : PAGE_WIDTH;
    if (paper->width < LEAST_WIDTH)
        paper->width = LEAST_WIDTH;
}

void dgm_paper_dispose(dgm_paper *paper)
{
    dgm_buf_free(&paper->line);
    dgm_buf_free(&paper->out);
}

static bool is_control(int32_t point)
{
    return point < 0x20 || (point >= 0x7F && point < 0xA0) || point == 0x2028 || point == 0x2029;
}

static void add_clean(dgm_buf *buf, dgm_str text)
{
    bool was_space = false;
    for (size_t i = 0; i < text.len;) {
        int32_t point;
        const dgm_str rest = {text.ptr + i, text.len - i};
        const size_t used = dgm_utf8_decode(rest, &point);
        const bool is_space = point == ' ' || is_control(point);
        if (is_space && !was_space)
            dgm_buf_char(buf, ' ');
        else if (!is_space)
            dgm_buf_add(buf, (dgm_str){rest.ptr, used});
        was_space = is_space;
        i += used;
    }
}

void dgm_paper_add(dgm_paper *paper, dgm_ink ink, dgm_str text)
{
    const bool is_inked = paper->options->is_coloured && ink != DGM_INK_PLAIN && text.len > 0;
    if (is_inked)
        dgm_buf_text(&paper->line, looks[ink]);
    add_clean(&paper->line, text);
    if (is_inked)
        dgm_buf_text(&paper->line, plain_look);
}

void dgm_paper_text(dgm_paper *paper, dgm_ink ink, const char *text)
{
    dgm_paper_add(paper, ink, dgm_str_of(text));
}

void dgm_paper_printf(dgm_paper *paper, dgm_ink ink, const char *format, ...)
{
    char text[256];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    dgm_paper_text(paper, ink, text);
}

/* Bytes of the escape sequence at the front of s; 0 when there is none. Only our own looks occur:
 * add_clean() lets no other through. */
static size_t escape_at(dgm_str s)
{
    if (s.len < 2 || s.ptr[0] != '\x1b')
        return 0;
    size_t len = 2;
    while (len < s.len && s.ptr[len - 1] != 'm')
        len++;
    return len;
}

/* One unit that is never broken: an escape sequence, or a character with its width. */
static size_t next_unit(dgm_str s, uint32_t *columns)
{
    *columns = 0;
    const size_t escape = escape_at(s);
    if (escape)
        return escape;
    int32_t point;
    const size_t used = dgm_utf8_decode(s, &point);
    const int width = point < 0 ? 1 : utf8proc_charwidth(point);
    *columns = width > 0 ? (uint32_t)width : 0;
    return used;
}

uint32_t dgm_paper_columns(dgm_str text)
{
    uint32_t sum = 0, columns;
    for (size_t i = 0; i < text.len; sum += columns)
        i += next_unit((dgm_str){text.ptr + i, text.len - i}, &columns);
    return sum;
}

void dgm_paper_tab(dgm_paper *paper, uint32_t column)
{
    const uint32_t at = dgm_paper_columns(dgm_buf_str(&paper->line));
    dgm_buf_fill(&paper->line, ' ', at < column ? column - at : at > 0);
}

dgm_status dgm_paper_write(const dgm_show_options *options, const dgm_buf *buf, dgm_error *err)
{
    if (buf->is_failed)
        return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory writing the answer");
    const dgm_str bytes = dgm_buf_str(buf);
    if (bytes.len > 0 && options->write(bytes.ptr, bytes.len, options->payload) != 0)
        return dgm_fail(err, DGM_ERROR_STOPPED, NULL, 0, "the output could not be written");
    return DGM_OK;
}

static dgm_status finish(dgm_paper *paper, dgm_error *err)
{
    dgm_buf_char(&paper->out, '\n');
    paper->out.is_failed |= paper->line.is_failed;
    const dgm_status status = dgm_paper_write(paper->options, &paper->out, err);
    dgm_buf_clear(&paper->line);
    dgm_buf_clear(&paper->out);
    return status;
}

static void break_line(dgm_paper *paper, uint32_t indent, uint32_t *column)
{
    dgm_buf_char(&paper->out, '\n');
    dgm_buf_fill(&paper->out, ' ', indent);
    *column = indent;
}

/* A word; one that is wider than a whole line is broken between characters. */
static void put_word(dgm_paper *paper, dgm_str word, uint32_t indent, uint32_t *column)
{
    const uint32_t word_columns = dgm_paper_columns(word);
    if (*column > indent && *column + word_columns > paper->width &&
        word_columns <= paper->width - indent)
        break_line(paper, indent, column);
    for (size_t i = 0; i < word.len;) {
        uint32_t columns;
        const dgm_str rest = {word.ptr + i, word.len - i};
        const size_t used = next_unit(rest, &columns);
        if (columns > 0 && *column > indent && *column + columns > paper->width)
            break_line(paper, indent, column);
        dgm_buf_add(&paper->out, (dgm_str){rest.ptr, used});
        *column += columns;
        i += used;
    }
}

dgm_status dgm_paper_flush(dgm_paper *paper, uint32_t indent, dgm_error *err)
{
    const dgm_str line = dgm_buf_str(&paper->line);
    uint32_t column = 0;
    if (indent > paper->width / 2)
        indent = 2;
    for (size_t i = 0; i < line.len;) {
        size_t spaces = 0, len = 0;
        while (i + spaces < line.len && line.ptr[i + spaces] == ' ')
            spaces++;
        while (i + spaces + len < line.len && line.ptr[i + spaces + len] != ' ')
            len++;
        const dgm_str word = {line.ptr + i + spaces, len};
        if (column > indent && column + spaces + dgm_paper_columns(word) > paper->width) {
            break_line(paper, indent, &column);
        } else if (column > 0 || i == 0) {
            dgm_buf_fill(&paper->out, ' ', spaces);
            column += (uint32_t)spaces;
        }
        put_word(paper, word, indent, &column);
        i += spaces + len;
    }
    return finish(paper, err);
}

dgm_status dgm_paper_flush_cut(dgm_paper *paper, dgm_error *err)
{
    const dgm_str line = dgm_buf_str(&paper->line);
    const bool is_cut = paper->options->width > 0 && dgm_paper_columns(line) > paper->width;
    uint32_t column = 0, columns;
    for (size_t i = 0; i < line.len; column += columns) {
        const dgm_str rest = {line.ptr + i, line.len - i};
        const size_t used = next_unit(rest, &columns);
        if (!is_cut || columns == 0 || column + columns < paper->width)
            dgm_buf_add(&paper->out, (dgm_str){rest.ptr, used});
        i += used;
    }
    if (is_cut)
        dgm_buf_text(&paper->out, "\xE2\x80\xA6");
    return finish(paper, err);
}
