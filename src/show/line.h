/* Line: a record's row as words for people; shared by table, brief and timeline. */
#ifndef DGM_SHOW_LINE_H
#define DGM_SHOW_LINE_H

#include "show/paper.h"

/* Where the columns of a question stand that we read. -1 where it has none. */
typedef struct dgm_line {
    dgm_answer *answer;
    int type, mode, class, modality, confidence, edtf, earliest, latest, actors, recipients, about,
        attribution, trigger, trigger_begin, trigger_end, sentence, sentence_begin, sentence_end,
        line, citations, document, date, source;
} dgm_line;

/* False when the question's rows are no records. */
bool dgm_line_init(dgm_line *line, dgm_answer *answer);

static inline dgm_str dgm_line_text(const dgm_line *line, int column)
{
    return dgm_answer_text(line->answer, column);
}

/* "October 1980", or "undated". */
void dgm_line_when(const dgm_line *line, dgm_paper *paper);
/* "Iran -> Cuba", "Iran <-> Cuba" */
void dgm_line_sides(const dgm_line *line, dgm_paper *paper);
/* "accused (disapprove)" */
void dgm_line_act(const dgm_line *line, dgm_paper *paper);
/* " [presumed]", " (unsure: 0.31)", ", according to academic circles", ", about Iraq" */
void dgm_line_doubts(const dgm_line *line, dgm_paper *paper);
void dgm_line_attribution(const dgm_line *line, dgm_paper *paper);
void dgm_line_about(const dgm_line *line, dgm_paper *paper);

/* The look of a class: a quad class, "stance" or "tie". */
dgm_ink dgm_line_ink(dgm_str class_name);

/* One line a record. */
DGM_MUST_CHECK dgm_status dgm_show_table(dgm_answer *answer, const dgm_show_options *options,
                                         dgm_error *err);

#endif
