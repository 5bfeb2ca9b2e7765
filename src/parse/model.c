/* Loader: maps a model file's sections after checking every size, offset, index and label in it.
 * What later code relies on is checked here once: nothing that runs a model checks again. */
#include "parse/model.h"
#include <stdlib.h>

enum { ALIGN = 64 };

typedef struct check {
    const char *name;
    const dgm_model_header *h;
    dgm_error *err;
} check;

static dgm_status fail(const check *c, const char *what)
{
    return dgm_fail(c->err, DGM_ERROR_FORMAT, c->name, 0, "model file: %s", what);
}

static bool is_multiple(uint32_t value, uint32_t of, uint32_t most)
{
    return value > 0 && value <= most && value % of == 0;
}

static bool is_power_of_two(uint32_t value, uint32_t most)
{
    return value && value <= most && (value & (value - 1)) == 0;
}

static dgm_status check_start(const check *c, dgm_str bytes)
{
    const dgm_model_header *h = c->h;
    const uint16_t probe = 1;
    if (bytes.len < sizeof(dgm_model_header))
        return fail(c, "shorter than its header");
    if (memcmp(h->magic, DGM_MODEL_MAGIC, 7) != 0)
        return fail(c, "not a dragoman model");
    if (memcmp(h->magic, DGM_MODEL_MAGIC, 8) != 0 || h->header_bytes != sizeof *h ||
        h->section_count != DGM_SECTION_COUNT)
        return fail(c, "of another version than this program reads");
    if (h->file_bytes != bytes.len)
        return fail(c, "truncated, or longer than it says");
    if (!*(const unsigned char *)&probe)
        return fail(c, "needs a little-endian machine");
    if (!memchr(h->version, 0, sizeof h->version))
        return fail(c, "version text without an end");
    return DGM_OK;
}

static dgm_status check_shape(const check *c)
{
    const dgm_model_header *h = c->h;
    if (!is_multiple(h->width, 32, DGM_MODEL_WIDTH) ||
        !is_multiple(h->hidden, 16, DGM_MODEL_HIDDEN) ||
        !is_multiple(h->label_hidden, 16, DGM_MODEL_HIDDEN) ||
        !is_multiple(h->layers, 1, DGM_MODEL_LAYERS))
        return fail(c, "layer sizes out of range");
    for (uint32_t l = 0; l < h->layers; l++)
        if (!is_multiple(h->dilation[l], 1, DGM_MODEL_DILATION))
            return fail(c, "dilation out of range");
    if (!is_multiple(h->tag_cols, 16, DGM_MODEL_COLS) || !h->tags || h->tags > h->tag_cols ||
        !is_multiple(h->label_cols, 16, DGM_MODEL_COLS) || !h->labels ||
        h->labels > h->label_cols || (h->name_cols && h->name_cols != DGM_NAME_COLS))
        return fail(c, "head sizes out of range");
    if (h->input_shift > DGM_MODEL_INPUT_SHIFT || h->state_shift > DGM_MODEL_SHIFT ||
        h->arc_shift > DGM_MODEL_SHIFT)
        return fail(c, "shifts out of range");
    for (int p = 0; p < DGM_PIECE_COUNT; p++)
        if (!is_power_of_two(h->piece_rows[p], 1u << 20))
            return fail(c, "embedding tables out of range");
    if (h->piece_rows[DGM_PIECE_SHAPE] != DGM_SHAPES || !is_power_of_two(h->word_slots, 1u << 24) ||
        !is_power_of_two(h->lemma_slots, 1u << 24) || !h->word_rows || h->word_rows > 1u << 24 ||
        h->lemma_rules > 1u << 24)
        return fail(c, "tables out of range");
    return DGM_OK;
}

static dgm_status map_section(const check *c, const void **out, int id, uint64_t count, size_t size)
{
    uint64_t offset = c->h->sections[id].offset, bytes = c->h->sections[id].bytes;
    if (bytes != count * size)
        return fail(c, "a section of the wrong size");
    if (offset % ALIGN || offset > c->h->file_bytes || bytes > c->h->file_bytes - offset)
        return fail(c, "a section outside the file");
    *out = (const char *)c->h + offset;
    return DGM_OK;
}

static dgm_status map_sections(const check *c, dgm_model *m)
{
    const dgm_model_header *h = c->h;
    const void *at = NULL;
#define X(name, type, count)                                                                       \
    DGM_TRY(map_section(c, &at, DGM_SECTION_##name, (count), sizeof(type)));                       \
    m->name = at;
    DGM_MODEL_SECTIONS(X)
#undef X
    for (int p = 1; p < DGM_PIECE_COUNT; p++)
        m->piece_first[p] = m->piece_first[p - 1] + h->piece_rows[p - 1];
    return DGM_OK;
}

/* Every value below `limit`, and a free slot at which searches end. */
static dgm_status check_slots(const check *c, const dgm_model_slot *slots, uint32_t count,
                              uint32_t limit)
{
    bool has_free = false;
    for (uint32_t i = 0; i < count; i++) {
        if (slots[i].value >= limit)
            return fail(c, "a table points outside its rows");
        has_free |= slots[i].value == 0;
    }
    return has_free ? DGM_OK : fail(c, "a table without a free slot");
}

static dgm_status check_rules(const check *c, const dgm_model *m)
{
    for (uint32_t i = 0; i < c->h->lemma_rules; i++) {
        const dgm_lemma_rule *rule = &m->lemma_rules[i];
        uint32_t bytes = c->h->lemma_text_bytes;
        if (rule->text > bytes || rule->text_len > bytes - rule->text)
            return fail(c, "a lemma rule outside the text");
    }
    return DGM_OK;
}

static bool are_small(const int16_t *weights, uint64_t count)
{
    for (uint64_t i = 0; i < count; i++)
        if (weights[i] > DGM_MODEL_WEIGHT || weights[i] < -DGM_MODEL_WEIGHT)
            return false;
    return true;
}

static bool are_biases(const int32_t *biases, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (biases[i] > DGM_MODEL_BIAS || biases[i] < -DGM_MODEL_BIAS)
            return false;
    return true;
}

static dgm_status check_numbers(const check *c, const dgm_model *m)
{
    const dgm_model_header *h = c->h;
    for (uint32_t l = 0; l < h->layers; l++)
        if (m->conv_shift[l] > DGM_MODEL_SHIFT)
            return fail(c, "shifts out of range");
    for (uint32_t l = 0; l <= h->layers; l++)
        if (m->squeeze[l] < 0)
            return fail(c, "scales out of range");
    if (!are_small(m->move, (uint64_t)h->hidden * DGM_MOVE_COLS) ||
        !are_small(m->label, (uint64_t)h->label_hidden * h->label_cols))
        return fail(c, "weights out of range");
    if (!are_biases(m->move_bias, DGM_MOVE_COLS) || !are_biases(m->label_bias, h->label_cols) ||
        !are_biases(m->tag_bias, h->tag_cols) || !are_biases(m->name_bias, h->name_cols))
        return fail(c, "biases out of range");
    return DGM_OK;
}

/* "NOUN|NN" lines to the numbers of text/ud.h. */
static dgm_status read_tags(const check *c, dgm_model *m)
{
    dgm_str rest = {m->tag_names, c->h->tag_name_bytes}, line, upos, xpos;
    for (uint32_t i = 0; i < c->h->tags; i++) {
        if (!dgm_str_cut(&rest, '\n', &line) || !dgm_str_cut(&line, '|', &upos) ||
            !dgm_str_cut(&line, '|', &xpos))
            return fail(c, "fewer tag names than tags");
        m->upos[i] = (uint8_t)dgm_upos_from(upos);
        m->xpos[i] = (uint8_t)dgm_xpos_from(xpos);
        if (!m->upos[i] || !m->xpos[i])
            return fail(c, "an unknown tag name");
    }
    return DGM_OK;
}

static dgm_status read_labels(const check *c, dgm_model *m)
{
    dgm_str rest = {m->label_names, c->h->label_name_bytes}, line;
    m->root_label = UINT32_MAX;
    for (uint32_t i = 0; i < c->h->labels; i++) {
        if (!dgm_str_cut(&rest, '\n', &line))
            return fail(c, "fewer relation names than relations");
        m->rel[i] = (uint8_t)dgm_rel_from(line);
        if (!m->rel[i])
            return fail(c, "an unknown relation name");
        if (m->rel[i] == DGM_REL_ROOT)
            m->root_label = i;
    }
    if (m->root_label == UINT32_MAX || c->h->labels < 2)
        return fail(c, "relations without a root");
    return DGM_OK;
}

static dgm_status check_all(const check *c, dgm_model *m, dgm_str bytes)
{
    DGM_TRY(check_start(c, bytes));
    DGM_TRY(check_shape(c));
    DGM_TRY(map_sections(c, m));
    DGM_TRY(check_slots(c, m->word_slots, c->h->word_slots, c->h->word_rows));
    DGM_TRY(check_slots(c, m->lemma_slots, c->h->lemma_slots, c->h->lemma_rules + 1));
    DGM_TRY(check_rules(c, m));
    DGM_TRY(check_numbers(c, m));
    DGM_TRY(read_tags(c, m));
    return read_labels(c, m);
}

/* The bytes at an address that their numbers may be read from. */
static const void *aligned(dgm_model *m, dgm_str bytes)
{
    if ((uintptr_t)bytes.ptr % ALIGN == 0)
        return bytes.ptr;
    m->copy = aligned_alloc(ALIGN, (bytes.len + ALIGN - 1) / ALIGN * ALIGN);
    if (m->copy)
        memcpy(m->copy, bytes.ptr, bytes.len);
    return m->copy;
}

dgm_status dgm_model_open(dgm_model **out, const char *name, dgm_str bytes, dgm_error *err)
{
    *out = NULL;
    if (bytes.len < sizeof(dgm_model_header))
        return dgm_fail(err, DGM_ERROR_FORMAT, name, 0, "model file: shorter than its header");
    dgm_model *m = calloc(1, sizeof *m);
    if (!m)
        return dgm_fail(err, DGM_ERROR_MEMORY, name, 0, "out of memory");
    m->header = aligned(m, bytes);
    const check c = {.name = name, .h = m->header, .err = err};
    dgm_status status = m->header ? check_all(&c, m, bytes)
                                  : dgm_fail(err, DGM_ERROR_MEMORY, name, 0, "out of memory");
    if (status == DGM_OK)
        *out = m;
    else
        dgm_model_close(m);
    return status;
}

void dgm_model_close(dgm_model *m)
{
    if (!m)
        return;
    free(m->copy);
    free(m);
}

const char *dgm_model_version(const dgm_model *m)
{
    return m->header->version;
}
