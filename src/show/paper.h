/* Paper: text for a terminal or a page - clean words, colours, lines that fit the width. */
#ifndef DGM_SHOW_PAPER_H
#define DGM_SHOW_PAPER_H

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include <dragoman/show.h>

/* Meanings, not colours: paper.c gives them their look. */
typedef enum dgm_ink {
    DGM_INK_PLAIN = 0,
    DGM_INK_WHEN,
    DGM_INK_WHO,
    DGM_INK_VERBAL_COOPERATION,
    DGM_INK_MATERIAL_COOPERATION,
    DGM_INK_VERBAL_CONFLICT,
    DGM_INK_MATERIAL_CONFLICT,
    DGM_INK_STANDING, /* stances and ties */
    DGM_INK_DOUBT,    /* modality, low confidence */
    DGM_INK_TRIGGER,
    DGM_INK_FAINT
} dgm_ink;

typedef struct dgm_paper {
    const dgm_show_options *options;
    uint32_t width;
    dgm_buf line; /* put together here, then written in one go */
    dgm_buf out;
} dgm_paper;

void dgm_paper_init(dgm_paper *paper, const dgm_show_options *options);
void dgm_paper_dispose(dgm_paper *paper);

/* Words of a text, in a look: runs of white space and control characters become one space, so that
 * no text can steer the terminal. */
void dgm_paper_add(dgm_paper *paper, dgm_ink ink, dgm_str text);
void dgm_paper_text(dgm_paper *paper, dgm_ink ink, const char *text);
void dgm_paper_printf(dgm_paper *paper, dgm_ink ink, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Spaces up to a column; at least one after other words. */
void dgm_paper_tab(dgm_paper *paper, uint32_t column);

/* Write the line, broken at spaces to the width; later lines are indented. An empty line is
 * written as such. */
DGM_MUST_CHECK dgm_status dgm_paper_flush(dgm_paper *paper, uint32_t indent, dgm_error *err);

/* Write the line cut to the width, when the width is a terminal's. */
DGM_MUST_CHECK dgm_status dgm_paper_flush_cut(dgm_paper *paper, dgm_error *err);

/* Columns that the text takes; escape sequences take none. */
uint32_t dgm_paper_columns(dgm_str text);

/* Hand bytes to the caller's callback. */
DGM_MUST_CHECK dgm_status dgm_paper_write(const dgm_show_options *options, const dgm_buf *buf,
                                          dgm_error *err);

#endif
