/* The encoder: embeddings of each word summed, then residual convolutions over three words. The
 * stream x has 16 bits a value; before each layer it is squeezed to 7 bits. */
#include "parse/parser_priv.h"

static void find_parts(const dgm_model *m, const dgm_word *word, const int8_t *parts[DGM_PARTS])
{
    const dgm_model_header *h = m->header;
    size_t width = h->width;
    parts[0] = m->words + width * dgm_model_slot_find(m->word_slots, h->word_slots, word->word);
    for (int p = 0; p < DGM_PIECE_COUNT; p++) {
        size_t row = m->piece_first[p] + (word->piece[p] & (h->piece_rows[p] - 1));
        parts[1 + p] = m->pieces + width * row;
    }
}

static void squeeze(dgm_parser *parser, size_t layer, int count)
{
    const dgm_model *m = parser->model;
    size_t width = m->header->width;
    uint8_t *a = parser->a + DGM_PAD_ROWS * width;
    parser->kernel->squeeze(a, parser->x, (size_t)count * width, m->squeeze[layer]);
    memset(a + (size_t)count * width, 0, DGM_PAD_ROWS * width); /* a longer piece was there */
}

static void convolve(dgm_parser *parser, size_t layer, int count)
{
    const dgm_model *m = parser->model;
    size_t width = m->header->width, step = m->header->dilation[layer] * width;
    for (size_t i = 0; i < (size_t)count; i++) {
        const uint8_t *at = parser->a + (DGM_PAD_ROWS + i) * width;
        uint8_t *window = parser->windows + 3 * i * width;
        memcpy(window, at - step, width);
        memcpy(window + width, at, width);
        memcpy(window + 2 * width, at + step, width);
    }
    parser->kernel->product(parser->sums, parser->windows, m->conv + layer * 3 * width * width,
                            (size_t)count, 3 * width, width);
    parser->kernel->residual(parser->x, parser->sums, (size_t)count, width, m->conv_shift[layer],
                             m->conv_scale + layer * width, m->conv_bias + layer * width);
}

/* The rows lie all over the tables: they are asked for before the first one is read. */
static void embed(dgm_parser *parser, int count)
{
    const dgm_model *m = parser->model;
    size_t width = m->header->width;
    for (int i = 0; i < count; i++) {
        const int8_t **parts = parser->parts[i];
        find_parts(m, &parser->words[i], parts);
        for (int p = 0; p < DGM_PARTS; p++)
            for (size_t at = 0; at < width; at += 64)
                __builtin_prefetch(parts[p] + at);
    }
    for (int i = 0; i < count; i++)
        parser->kernel->embed(parser->x + (size_t)i * width, parser->parts[i], DGM_PARTS, width,
                              m->header->input_shift);
}

void dgm_encode(dgm_parser *parser, int count)
{
    embed(parser, count);
    squeeze(parser, 0, count);
    for (size_t layer = 0; layer < parser->model->header->layers; layer++) {
        convolve(parser, layer, count);
        squeeze(parser, layer + 1, count);
    }
}
