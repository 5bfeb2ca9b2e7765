/* Pieces: what names and text are cut into before they are compared, so that no choice of hyphen,
 * dot, apostrophe, accent or tokeniser parts a name from itself.
 *
 * A piece is a run of letters, digits and '$'; dots and modifier letters vanish from it, accents
 * are dropped. Everything else parts pieces. */
#ifndef DGM_GROUND_PIECES_H
#define DGM_GROUND_PIECES_H

#include "base/arena.h"
#include "base/str.h"

typedef enum dgm_shape {
    DGM_SHAPE_OTHER = 0, /* digits, scripts without case */
    DGM_SHAPE_LOWER,     /* "guerrillas" */
    DGM_SHAPE_INITIAL,   /* "Iran" */
    DGM_SHAPE_CAPS,      /* "NATO", "A" */
    DGM_SHAPE_MIXED      /* "McCain" */
} dgm_shape;

typedef struct dgm_piece {
    uint64_t folded; /* hash without accents and case; 0 for a break (punctuation between pieces) */
    uint32_t exact;  /* hash without accents, case kept */
    uint32_t token;  /* the caller's number of the token that it stands in */
    dgm_span span;   /* bytes, from the beginning of the caller's text */
    uint8_t shape, letters;
    bool is_joined; /* a hyphen and no white space stands before it */
} dgm_piece;

typedef struct dgm_pieces {
    dgm_arena *arena;
    dgm_piece *items;
    uint32_t count, capacity;
    bool joins_next; /* the last thing cut was a hyphen */
} dgm_pieces;

/* Cut `s`, which stands at byte `off` of the caller's text, and append its pieces. A string of
 * punctuation other than hyphens and apostrophes appends one break. */
void dgm_pieces_cut(dgm_pieces *pieces, dgm_str s, uint32_t off, uint32_t token);

#endif
