/* Fixture: a parsed text out of a literal, for tests of what works on trees.
 *
 * A sentence is lines of "FORM LEMMA UPOS XPOS HEAD REL" parted by white space (head from 1, 0 for
 * the root); the lines of CoNLL-U (ten columns, TAB) are taken too. An empty line ends a sentence.
 * Words stand one space apart; a seventh column "g" (CoNLL-U: SpaceAfter=No on the word before)
 * glues a word to the one before. Lines with '#' before the words of a sentence tell about it:
 *   # paragraph              it begins a paragraph
 *   # kind = title           or heading, caption
 *   # dateline = PARIS, Dec 2 (AFP) -    text put before the words, as the sentence's dateline
 * Everything lives in the arena; call inside dgm_arena_run() or before any failure is set. */
#ifndef DGM_TESTS_FIXTURE_H
#define DGM_TESTS_FIXTURE_H

#include "parse/tree.h"
#include "text/text.h"

/* The text; its document is NULL. */
dgm_text *dgm_fixture_text(dgm_arena *arena, const char *conllu);

/* Index of the n-th (from 0) token with that form in the sentence; -1 when there is none. */
int32_t dgm_fixture_token(const dgm_text *text, uint32_t sentence, const char *form, uint32_t n);

#endif
