/* Story: what a document as a whole is about, of which its single sentences may say nothing.
 *
 * Two things lean on it: whether an act belongs among the records at all (a story of sport, of
 * markets, of an accident is no matter of politics; data/rules/matters.tsv), and the contexts that
 * stand in the paragraph and in the title rather than in the sentence (context.h). Read once a
 * document, and only when the first act asks. */
#ifndef DGM_CODE_STORY_H
#define DGM_CODE_STORY_H

#include "code/act.h"

typedef struct dgm_story_words { /* lemmas by number, without punctuation */
    dgm_sym *lemmas;
    uint32_t count;
} dgm_story_words;

typedef struct dgm_context_tally { /* words that set a context, by context less one */
    uint8_t words[DGM_CONTEXT_LIMIT];
} dgm_context_tally;

typedef struct dgm_story {
    const dgm_rules *rules;
    dgm_arena *arena;
    const dgm_grounded *grounded;
    dgm_lemmas *lemmas; /* by index of the sentence; empty until dgm_story_lemmas() */
    bool is_read;
    dgm_story_words title; /* the document's own title, in the text or beside it; may be empty */
    dgm_story_words *sentences;  /* by index of the sentence */
    const dgm_matter *matter;    /* what it is of; NULL: of politics, or too short to tell */
    dgm_context_tally **tallies; /* by index of the sentence; NULL until context.c asks */
    dgm_context_tally *title_tally;
    const dgm_matter *talk; /* an election that it also is of, or NULL */
} dgm_story;

/* Takes nothing but the pointers: `grounded` must outlive the story. */
void dgm_story_init(dgm_story *story, const dgm_rules *rules, dgm_arena *arena,
                    const dgm_grounded *grounded);

/* The lemmas of a sentence, looked up once. */
dgm_lemmas dgm_story_lemmas(dgm_story *story, uint32_t index);

void dgm_story_read(dgm_story *story);

/* "Attacked his rival" in an election is said, not done: such an act becomes ACCUSE. */
void dgm_story_bend(dgm_story *story, const dgm_clause *clause, dgm_act *act);

/* NULL when the record of the sentence belongs among the records, else why it does not. */
const char *dgm_story_drops(dgm_story *story, uint32_t index, const dgm_record *record);

#endif
