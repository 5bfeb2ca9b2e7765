/* The model file: layout, limits, and the struct that the loader fills. docs/language.md tells the
 * arithmetic. All numbers are little-endian; sections begin at multiples of 64 bytes. */
#ifndef DGM_PARSE_MODEL_H
#define DGM_PARSE_MODEL_H

#include "parse/feature.h"
#include "parse/parse.h"
#include "parse/transition.h"

#define DGM_MODEL_MAGIC "DGMMODL2"

enum {
    DGM_MODEL_LAYERS = 8,
    DGM_MODEL_WIDTH = 256, /* limits */
    DGM_MODEL_HIDDEN = 256,
    DGM_MODEL_COLS = 256,
    DGM_MODEL_DILATION = 8,
    DGM_MODEL_SHIFT = 24,
    DGM_MODEL_WEIGHT = 1023, /* of the last layers: sums of 256 products stay in 31 bits */
    DGM_MODEL_HIDDEN_TOP = 4095,
    DGM_MODEL_BIAS = 1 << 28,
    DGM_MODEL_INPUT_SHIFT = 5,
    DGM_NAME_COLS = 16, /* columns of the names head; 7 are used */
    DGM_NAME_TAGS = 7,
    DGM_MOVE_COLS = 8
};

/* Sections: id, element type, elements. `h` is the header. */
#define DGM_MODEL_SECTIONS(X)                                                                      \
    X(tag_names, char, h->tag_name_bytes)                                                          \
    X(label_names, char, h->label_name_bytes)                                                      \
    X(word_slots, dgm_model_slot, h->word_slots)                                                   \
    X(words, int8_t, (uint64_t)h->word_rows * h->width)                                            \
    X(pieces, int8_t, (uint64_t)dgm_model_piece_rows(h) * h->width)                                \
    X(squeeze, int16_t, h->layers + 1)                                                             \
    X(conv, int8_t, (uint64_t)h->layers * 3 * h->width * h->width)                                 \
    X(conv_shift, uint32_t, h->layers)                                                             \
    X(conv_scale, int16_t, (uint64_t)h->layers * h->width)                                         \
    X(conv_bias, int16_t, (uint64_t)h->layers * h->width)                                          \
    X(tag, int8_t, (uint64_t)h->width * h->tag_cols)                                               \
    X(tag_bias, int32_t, h->tag_cols)                                                              \
    X(name, int8_t, (uint64_t)h->width * h->name_cols)                                             \
    X(name_bias, int32_t, h->name_cols)                                                            \
    X(state, int8_t, (uint64_t)h->width *DGM_PLACES * h->hidden)                                   \
    X(state_scale, int16_t, (uint64_t)DGM_PLACES * h->hidden)                                      \
    X(state_none, int16_t, (uint64_t)DGM_PLACES * h->hidden)                                       \
    X(distance, int16_t, (uint64_t)DGM_DISTANCES * h->hidden)                                      \
    X(valence, int16_t, (uint64_t)DGM_VALENCES * h->hidden)                                        \
    X(move, int16_t, (uint64_t)h->hidden *DGM_MOVE_COLS)                                           \
    X(move_bias, int32_t, DGM_MOVE_COLS)                                                           \
    X(arc, int8_t, (uint64_t)h->width *DGM_LABEL_PLACES * h->label_hidden)                         \
    X(arc_scale, int16_t, (uint64_t)DGM_LABEL_PLACES * h->label_hidden)                            \
    X(arc_none, int16_t, (uint64_t)DGM_LABEL_PLACES * h->label_hidden)                             \
    X(arc_shape, int16_t, (uint64_t)DGM_LABEL_SHAPES * h->label_hidden)                            \
    X(label, int16_t, (uint64_t)h->label_hidden * h->label_cols)                                   \
    X(label_bias, int32_t, h->label_cols)                                                          \
    X(lemma_slots, dgm_model_slot, h->lemma_slots)                                                 \
    X(lemma_rules, dgm_lemma_rule, h->lemma_rules)                                                 \
    X(lemma_text, char, h->lemma_text_bytes)

/* Of an open-addressing table with 2^n slots, at least one of them free (value 0). */
typedef struct dgm_model_slot {
    uint32_t print; /* high half of the key's hash; the low half is the place */
    uint32_t value; /* row of words, or lemma rule + 1 */
} dgm_model_slot;

/* Lemma: the form (lower-cased unless keeps_case) without its last bytes, and a new end. */
typedef struct dgm_lemma_rule {
    uint32_t text; /* of the new end, in lemma_text */
    uint8_t text_len, strip, keeps_case, zero;
} dgm_lemma_rule;

enum {
#define X(name, type, count) DGM_SECTION_##name,
    DGM_MODEL_SECTIONS(X)
#undef X
        DGM_SECTION_COUNT
};

typedef struct dgm_model_header {
    char magic[8];
    uint32_t header_bytes, section_count;
    uint64_t file_bytes;
    char version[48]; /* NUL-terminated */
    uint32_t width, layers, dilation[DGM_MODEL_LAYERS];
    uint32_t hidden, label_hidden;
    uint32_t tags, tag_cols, labels, label_cols, name_cols; /* name_cols: 0 or DGM_NAME_COLS */
    uint32_t input_shift, state_shift, arc_shift;
    uint32_t piece_rows[DGM_PIECE_COUNT]; /* powers of two */
    uint32_t word_rows, word_slots, lemma_slots, lemma_rules;
    uint32_t tag_name_bytes, label_name_bytes, lemma_text_bytes, zero;
    struct {
        uint64_t offset, bytes;
    } sections[DGM_SECTION_COUNT];
} dgm_model_header;

static inline uint32_t dgm_model_piece_rows(const dgm_model_header *h)
{
    uint32_t rows = 0;
    for (int p = 0; p < DGM_PIECE_COUNT; p++)
        rows += h->piece_rows[p];
    return rows;
}

struct dgm_model {
    const dgm_model_header *header;
    void *copy; /* of the bytes where those were not aligned */
#define X(name, type, count) const type *name;
    DGM_MODEL_SECTIONS(X)
#undef X
    uint32_t piece_first[DGM_PIECE_COUNT];
    uint8_t upos[DGM_MODEL_COLS], xpos[DGM_MODEL_COLS]; /* of each tag */
    uint8_t rel[DGM_MODEL_COLS];                        /* of each label */
    uint8_t name_tag[DGM_MODEL_COLS]; /* NNP for NN and JJ, NNPS for NNS; else the tag itself */
    uint32_t root_label;
};

/* The value that a slot table has for a hash, 0 for none. */
static inline uint32_t dgm_model_slot_find(const dgm_model_slot *slots, uint32_t count,
                                           uint64_t hash)
{
    uint32_t mask = count - 1, print = (uint32_t)(hash >> 32);
    for (uint32_t at = (uint32_t)hash & mask; slots[at].value; at = (at + 1) & mask)
        if (slots[at].print == print)
            return slots[at].value;
    return 0;
}

#endif
