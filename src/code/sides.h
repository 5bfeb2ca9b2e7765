/* Sides: a sentence in which somebody marked who acts (source) and whom it reaches (target).
 *
 * Marked sides take the place of what grounding says of those words, so that the rules see them as
 * actors whoever they are. Where nothing is marked, the sides are those of the rules' best act. */
#ifndef DGM_CODE_SIDES_H
#define DGM_CODE_SIDES_H

#include "code/act.h"

typedef struct dgm_side {
    int32_t first, last; /* tokens, ends included; -1: no such side */
    int32_t head;        /* the word of it that the rest of the sentence governs; -1 */
} dgm_side;

enum { DGM_SIDE_SOURCE = 0, DGM_SIDE_TARGET, DGM_SIDE_COUNT };

typedef struct dgm_sides {
    dgm_side at[DGM_SIDE_COUNT];
    bool is_marked; /* by the user; otherwise guessed */
} dgm_sides;

/* The tokens that the spans of the document (several parts of one side) touch. */
dgm_side dgm_side_find(const dgm_tree *tree, const dgm_span *spans, uint32_t count);

/* A copy of the sentence in which the marked words are two actors that can be placed. */
dgm_grounded_sentence *dgm_sides_mark(dgm_arena *arena, const dgm_grounded_sentence *sentence,
                                      const dgm_sides *sides);

/* True when the list has that side (by the mark that dgm_sides_mark() gave it). */
bool dgm_side_is_in(dgm_actors actors, unsigned side);

static inline bool dgm_side_has(const dgm_side *side, int32_t token)
{
    return token >= 0 && token >= side->first && token <= side->last;
}

/* What the rules say of the marked sides. */
typedef struct dgm_verdict {
    const dgm_act *act;    /* NULL: no act at all */
    dgm_type type;         /* an event type; NONE with no act */
    uint32_t fit;          /* how well the act's places are the sides: 0 to DGM_FIT_BEST */
    dgm_modality modality; /* of the act, or of the word above both sides; NONE: not asked yet */
} dgm_verdict;

enum { DGM_FIT_BEST = 8 };

/* The act that fits the sides best. */
dgm_verdict dgm_sides_judge(const dgm_rules *rules, const dgm_clause *clause, const dgm_acts *acts,
                            const dgm_sides *sides);

/* What is only planned or refused is another act: "will host" is AGREE, "will not meet" REJECT, as
 * the operators of plan and refusal make of it. */
void dgm_sides_bend(const dgm_rules *rules, dgm_verdict *verdict, dgm_modality modality);

/* The same where no act fits well: also entries whose words stand there but not all their
 * conditions, nearest to the sides first. Gives NONE only where the sentence has no word of the
 * rules. */
dgm_type dgm_sides_nearest(const dgm_rules *rules, const dgm_clause *clause,
                           const dgm_sides *sides);

/* By rules alone: the verdict; where its act touches neither side, what stands between them first;
 * NONE only where the sentence has no word of the rules. */
dgm_type dgm_sides_force(const dgm_rules *rules, const dgm_clause *clause, const dgm_sides *sides,
                         const dgm_verdict *verdict);

/* Sides for a sentence without marks: of its best act, else subject and object of its root. */
dgm_sides dgm_sides_guess(const dgm_clause *clause, const dgm_acts *acts);

/* The lowest word above both; the other's governor where one side is missing; never -1 in a tree
 * with tokens. */
int32_t dgm_sides_top(const dgm_tree *tree, const dgm_sides *sides);

/* Words on the way from `head` (excluded) up to `top` (included): their number, at most `most`. */
uint32_t dgm_sides_path(const dgm_tree *tree, int32_t head, int32_t top, int32_t *out,
                        uint32_t most);

#endif
