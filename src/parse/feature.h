/* Features of a word for the encoder: hashes of its form, ends and beginning, and its shape.
 * Trainer and runtime both read words through here, so that they can't differ. */
#ifndef DGM_PARSE_FEATURE_H
#define DGM_PARSE_FEATURE_H

#include "base/str.h"

typedef enum dgm_piece {
    DGM_PIECE_SHAPE = 0, /* which kinds of characters; below DGM_SHAPES */
    DGM_PIECE_SUFFIX2,
    DGM_PIECE_SUFFIX3,
    DGM_PIECE_SUFFIX4,
    DGM_PIECE_PREFIX3,
    DGM_PIECE_COUNT
} dgm_piece;

enum { DGM_SHAPES = 1024 };

typedef struct dgm_word {
    uint64_t word; /* of the lower-cased form, digits folded to 0 */
    uint32_t piece[DGM_PIECE_COUNT];
} dgm_word;

void dgm_word_read(dgm_word *out, dgm_str form);

#endif
