/* Run state of one thread, and the steps of a run that live in their own files. */
#ifndef DGM_PARSE_PARSER_PRIV_H
#define DGM_PARSE_PARSER_PRIV_H

#include "parse/kernel.h"
#include "parse/model.h"

enum {
    DGM_PARTS = 1 + DGM_PIECE_COUNT, /* rows of the embedding tables that a word sums */
    DGM_PAD_ROWS = DGM_MODEL_DILATION,
    DGM_ROWS = DGM_PIECE_TOKENS + 2 * DGM_PAD_ROWS
};

struct dgm_parser {
    const dgm_model *model;
    const dgm_kernel *kernel;
    dgm_word *words;  /* [DGM_PIECE_TOKENS] */
    int16_t *x;       /* [DGM_ROWS][width] the residual stream */
    uint8_t *a;       /* [DGM_ROWS][width] its squeezed form, empty rows around */
    uint8_t *windows; /* [DGM_ROWS][3 * width] */
    int32_t *sums;    /* [DGM_ROWS][the widest layer] */
    int16_t *states;  /* [PLACES][words | 1][hidden] products of words at places */
    int16_t *arcs;    /* [LABEL_PLACES][words | 1][label_hidden] */
    dgm_state state;
    uint8_t has_state[DGM_PLACES][DGM_PIECE_TOKENS];    /* those that are filled */
    int arc_places[DGM_PIECE_TOKENS][DGM_LABEL_PLACES]; /* tokens around each arc */
    int arc_shapes[DGM_PIECE_TOKENS];
    uint8_t arc_uses[DGM_PIECE_TOKENS + 1];               /* bits of places; 0: no token */
    int16_t arc_rows[DGM_LABEL_PLACES][DGM_PIECE_TOKENS]; /* of the words in arcs[place] */
    const int8_t *parts[DGM_PIECE_TOKENS][DGM_PARTS];
    uint8_t tags[DGM_PIECE_TOKENS];   /* numbers of the model's tags */
    uint8_t labels[DGM_PIECE_TOKENS]; /* of its relations */
    uint8_t names[DGM_PIECE_TOKENS];
};

/* Words first..first + count - 1 of `forms` into parser->a: the encoder's last layer. */
void dgm_encode(dgm_parser *parser, int count);

/* After dgm_encode(): tags; names; the tree in parser->state; labels of its arcs. */
void dgm_tag_words(dgm_parser *parser, int count);
void dgm_name_words(dgm_parser *parser, int count);
void dgm_parse_words(dgm_parser *parser, int count);
void dgm_label_arcs(dgm_parser *parser, int count);

/* The encoder's output of word i (from 0). */
static inline const uint8_t *dgm_encoded(const dgm_parser *parser, int i)
{
    return parser->a + (size_t)(DGM_PAD_ROWS + i) * parser->model->header->width;
}

/* Rows of a place in states and arcs: an odd number, since places that lie a power of two apart
 * would push each other out of the caches. */
static inline size_t dgm_place_rows(const dgm_parser *parser)
{
    return (size_t)parser->state.count | 1;
}

static inline int16_t *dgm_state_row(const dgm_parser *parser, size_t place, int i)
{
    size_t row = place * dgm_place_rows(parser) + (size_t)i;
    return parser->states + row * parser->model->header->hidden;
}

static inline int16_t *dgm_arc_row(const dgm_parser *parser, size_t place, int i)
{
    size_t row = place * dgm_place_rows(parser) + (size_t)i;
    return parser->arcs + row * parser->model->header->label_hidden;
}

/* Lemma of a form by the model's rules; in `arena`, or the form itself. `is_name_like`: it stands
 * with a capital where common words have none, which the tagger may have overlooked. */
dgm_str dgm_lemma(const dgm_model *model, dgm_arena *arena, dgm_str form, uint32_t tag,
                  bool is_name_like);

/* Keys of the lemma table: of whole forms as written, lower-cased, and their ends, by tag; of
 * forms lower-cased by the tags that share their endings (dgm_lemma_class); of signs by
 * themselves. */
typedef enum dgm_lemma_key {
    DGM_LEMMA_FORM = 1,
    DGM_LEMMA_LOWER,
    DGM_LEMMA_END,
    DGM_LEMMA_CLASS,
    DGM_LEMMA_SIGN,
    DGM_LEMMA_USUAL /* one byte n: the rule that makes the n-th most lemmas of the tag */
} dgm_lemma_key;
enum { DGM_LEMMA_USUALS = 6 };
/* One tag for VBD and VBN, for VB and VBP: what is written alike has one lemma. */
uint32_t dgm_lemma_class(dgm_xpos xpos);
/* Tags whose forms have an ending that the lemma has not. */
bool dgm_lemma_is_inflected(dgm_xpos xpos);
/* What keys are made of: lower-cased, curly apostrophes straight; the capital behind a hyphen stays
 * ("anti-Israeli"). In `arena`, or the form itself. */
dgm_str dgm_lemma_lower(dgm_arena *arena, dgm_str form);
/* Neither letters nor digits of ASCII. */
bool dgm_lemma_is_sign(dgm_str lower);
enum { DGM_LEMMA_ENDS = 7 }; /* ends of 0..6 bytes */
uint64_t dgm_lemma_hash(dgm_lemma_key kind, uint32_t tag, dgm_str bytes);

/* DGM_FEAT_ bits of a parsed sentence. */
void dgm_set_feats(const dgm_text *text, dgm_sentence *sentence);

/* For tests: a parser that computes with that kernel. */
dgm_parser *dgm_parser_new_with(const dgm_model *model, const dgm_kernel *kernel);

#endif
