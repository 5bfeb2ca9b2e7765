/* Loader: maps a model file's sections after checking every size, offset, index and label in it.
 * What later code relies on is checked here once: nothing that runs a model checks again. */
#include "parse/model.h"
#include <stddef.h>
#include <stdlib.h>

enum { ALIGN = 64 };

typedef struct check {
    const char *name;
    const dgm_model_header *h;
    dgm_error *err;
} check;

static dgm_status fail(const check *c, uint64_t byte, const char *what)
{
    return dgm_fail(c->err, DGM_ERROR_FORMAT, c->name, byte, "model file: %s (at byte %llu)", what,
                    (unsigned long long)byte);
}

#define AT(field) offsetof(dgm_model_header, field)

/* Where item i of a section stands in the file. */
static uint64_t place_of(const check *c, int section, uint64_t i, size_t size)
{
    return c->h->sections[section].offset + i * size;
}

static bool is_multiple(uint32_t value, uint32_t of, uint32_t most)
{
    return value > 0 && value <= most && value % of == 0;
}

static bool is_power_of_two(uint32_t value, uint32_t most)
{
    return value && value <= most && (value & (value - 1)) == 0;
}

static dgm_status check_version(const check *c)
{
    const dgm_model_header *h = c->h;
    if (memcmp(h->magic, DGM_MODEL_MAGIC, 7) != 0)
        return fail(c, AT(magic), "not a dragoman model");
    if (memcmp(h->magic, DGM_MODEL_MAGIC, 8) != 0)
        return dgm_fail(c->err, DGM_ERROR_FORMAT, c->name, AT(magic),
                        "model file: of version \"%.1s\", this program reads version \"%s\"",
                        h->magic + 7, &DGM_MODEL_MAGIC[7]);
    if (h->header_bytes != sizeof *h || h->section_count != DGM_SECTION_COUNT)
        return fail(c, AT(header_bytes), "header of another version than this program reads");
    return DGM_OK;
}

static dgm_status check_start(const check *c, dgm_str bytes)
{
    const dgm_model_header *h = c->h;
    const uint16_t probe = 1;
    DGM_TRY(check_version(c));
    if (h->file_bytes != bytes.len)
        return dgm_fail(c->err, DGM_ERROR_FORMAT, c->name,
                        h->file_bytes < bytes.len ? h->file_bytes : bytes.len,
                        "model file: %s: %llu bytes of %llu",
                        bytes.len < h->file_bytes ? "truncated" : "longer than it says",
                        (unsigned long long)bytes.len, (unsigned long long)h->file_bytes);
    if (!*(const unsigned char *)&probe)
        return fail(c, 0, "needs a little-endian machine");
    if (!memchr(h->version, 0, sizeof h->version))
        return fail(c, AT(version), "version text without an end");
    return DGM_OK;
}

static dgm_status check_shape(const check *c)
{
    const dgm_model_header *h = c->h;
    if (!is_multiple(h->width, 32, DGM_MODEL_WIDTH) ||
        !is_multiple(h->hidden, 16, DGM_MODEL_HIDDEN) ||
        !is_multiple(h->label_hidden, 16, DGM_MODEL_HIDDEN) ||
        !is_multiple(h->layers, 1, DGM_MODEL_LAYERS))
        return fail(c, AT(width), "layer sizes out of range");
    for (uint32_t l = 0; l < h->layers; l++)
        if (!is_multiple(h->dilation[l], 1, DGM_MODEL_DILATION))
            return fail(c, AT(dilation), "dilation out of range");
    if (!is_multiple(h->tag_cols, 16, DGM_MODEL_COLS) || !h->tags || h->tags > h->tag_cols ||
        !is_multiple(h->label_cols, 16, DGM_MODEL_COLS) || !h->labels ||
        h->labels > h->label_cols || (h->name_cols && h->name_cols != DGM_NAME_COLS))
        return fail(c, AT(tags), "head sizes out of range");
    if (h->input_shift > DGM_MODEL_INPUT_SHIFT || h->state_shift > DGM_MODEL_SHIFT ||
        h->arc_shift > DGM_MODEL_SHIFT)
        return fail(c, AT(input_shift), "shifts out of range");
    for (int p = 0; p < DGM_PIECE_COUNT; p++)
        if (!is_power_of_two(h->piece_rows[p], 1u << 20))
            return fail(c, AT(piece_rows), "embedding tables out of range");
    if (h->piece_rows[DGM_PIECE_SHAPE] != DGM_SHAPES || !is_power_of_two(h->word_slots, 1u << 24) ||
        !is_power_of_two(h->lemma_slots, 1u << 24) || !h->word_rows || h->word_rows > 1u << 24 ||
        h->lemma_rules > 1u << 24)
        return fail(c, AT(word_rows), "tables out of range");
    return DGM_OK;
}

static dgm_status map_section(const check *c, const void **out, int id, uint64_t count, size_t size)
{
    uint64_t offset = c->h->sections[id].offset, bytes = c->h->sections[id].bytes;
    if (bytes != count * size)
        return fail(c, AT(sections) + (size_t)id * sizeof c->h->sections[0],
                    "a section of the wrong size");
    if (offset % ALIGN || offset > c->h->file_bytes || bytes > c->h->file_bytes - offset)
        return fail(c, AT(sections) + (size_t)id * sizeof c->h->sections[0],
                    "a section outside the file");
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
static dgm_status check_slots(const check *c, int section, uint32_t count, uint32_t limit)
{
    const uint64_t start = place_of(c, section, 0, 1);
    const dgm_model_slot *slots = (const void *)((const char *)c->h + start);
    uint32_t most = 0, least = UINT32_MAX;
    for (uint32_t i = 0; i < count; i++) {
        most = slots[i].value > most ? slots[i].value : most;
        least = slots[i].value < least ? slots[i].value : least;
    }
    if (least)
        return fail(c, start, "a table without a free slot");
    for (uint32_t i = 0; most >= limit && i < count; i++)
        if (slots[i].value >= limit)
            return fail(c, start + i * sizeof *slots, "a table points outside its rows");
    return DGM_OK;
}

static dgm_status check_rules(const check *c, const dgm_model *m)
{
    for (uint32_t i = 0; i < c->h->lemma_rules; i++) {
        const dgm_lemma_rule *rule = &m->lemma_rules[i];
        uint32_t bytes = c->h->lemma_text_bytes;
        if (rule->text > bytes || rule->text_len > bytes - rule->text)
            return fail(c, place_of(c, DGM_SECTION_lemma_rules, i, sizeof *rule),
                        "a lemma rule outside the text");
    }
    return DGM_OK;
}

/* Weights of a last layer; count is at most 2^16. */
static dgm_status check_weights(const check *c, int section, const int16_t *weights, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (weights[i] > DGM_MODEL_WEIGHT || weights[i] < -DGM_MODEL_WEIGHT)
            return fail(c, place_of(c, section, i, sizeof *weights), "weights out of range");
    return DGM_OK;
}

static dgm_status check_biases(const check *c, int section, const int32_t *biases, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (biases[i] > DGM_MODEL_BIAS || biases[i] < -DGM_MODEL_BIAS)
            return fail(c, place_of(c, section, i, sizeof *biases), "biases out of range");
    return DGM_OK;
}

static dgm_status check_numbers(const check *c, const dgm_model *m)
{
    const dgm_model_header *h = c->h;
    for (uint32_t l = 0; l < h->layers; l++)
        if (m->conv_shift[l] > DGM_MODEL_SHIFT)
            return fail(c, place_of(c, DGM_SECTION_conv_shift, l, sizeof *m->conv_shift),
                        "shifts out of range");
    for (uint32_t l = 0; l <= h->layers; l++)
        if (m->squeeze[l] < 0)
            return fail(c, place_of(c, DGM_SECTION_squeeze, l, sizeof *m->squeeze),
                        "scales out of range");
    DGM_TRY(check_weights(c, DGM_SECTION_move, m->move, h->hidden * DGM_MOVE_COLS));
    DGM_TRY(check_weights(c, DGM_SECTION_label, m->label, h->label_hidden * h->label_cols));
    DGM_TRY(check_biases(c, DGM_SECTION_move_bias, m->move_bias, DGM_MOVE_COLS));
    DGM_TRY(check_biases(c, DGM_SECTION_label_bias, m->label_bias, h->label_cols));
    DGM_TRY(check_biases(c, DGM_SECTION_tag_bias, m->tag_bias, h->tag_cols));
    return check_biases(c, DGM_SECTION_name_bias, m->name_bias, h->name_cols);
}

static void find_name_tags(const check *c, dgm_model *m)
{
    for (uint32_t i = 0; i < c->h->tags; i++) {
        bool is_common = m->upos[i] == DGM_NOUN || m->upos[i] == DGM_ADJ;
        dgm_xpos name = m->xpos[i] == DGM_XPOS_NN || m->xpos[i] == DGM_XPOS_JJ ? DGM_XPOS_NNP
                        : m->xpos[i] == DGM_XPOS_NNS                           ? DGM_XPOS_NNPS
                                                                               : DGM_XPOS_NONE;
        m->name_tag[i] = (uint8_t)i;
        for (uint32_t k = 0; is_common && k < c->h->tags; k++)
            if (m->upos[k] == DGM_PROPN && m->xpos[k] == name)
                m->name_tag[i] = (uint8_t)k;
    }
}

/* "NOUN|NN" lines to the numbers of text/ud.h. */
static dgm_status read_tags(const check *c, dgm_model *m)
{
    dgm_str rest = {m->tag_names, c->h->tag_name_bytes}, line, upos, xpos;
    for (uint32_t i = 0; i < c->h->tags; i++) {
        uint64_t byte = place_of(c, DGM_SECTION_tag_names, c->h->tag_name_bytes - rest.len, 1);
        if (!dgm_str_cut(&rest, '\n', &line) || !dgm_str_cut(&line, '|', &upos) ||
            !dgm_str_cut(&line, '|', &xpos))
            return fail(c, place_of(c, DGM_SECTION_tag_names, 0, 1), "fewer tag names than tags");
        m->upos[i] = (uint8_t)dgm_upos_from(upos);
        m->xpos[i] = (uint8_t)dgm_xpos_from(xpos);
        if (!m->upos[i] || !m->xpos[i])
            return fail(c, byte, "an unknown tag name");
    }
    find_name_tags(c, m);
    return DGM_OK;
}

static dgm_status read_labels(const check *c, dgm_model *m)
{
    dgm_str rest = {m->label_names, c->h->label_name_bytes}, line;
    m->root_label = UINT32_MAX;
    for (uint32_t i = 0; i < c->h->labels; i++) {
        uint64_t byte = place_of(c, DGM_SECTION_label_names, c->h->label_name_bytes - rest.len, 1);
        if (!dgm_str_cut(&rest, '\n', &line))
            return fail(c, place_of(c, DGM_SECTION_label_names, 0, 1),
                        "fewer relation names than relations");
        m->rel[i] = (uint8_t)dgm_rel_from(line);
        if (!m->rel[i])
            return fail(c, byte, "an unknown relation name");
        if (m->rel[i] == DGM_REL_ROOT)
            m->root_label = i;
    }
    if (m->root_label == UINT32_MAX || c->h->labels < 2)
        return fail(c, place_of(c, DGM_SECTION_label_names, 0, 1), "relations without a root");
    return DGM_OK;
}

static dgm_status check_all(const check *c, dgm_model *m, dgm_str bytes)
{
    DGM_TRY(check_start(c, bytes));
    DGM_TRY(check_shape(c));
    DGM_TRY(map_sections(c, m));
    DGM_TRY(check_slots(c, DGM_SECTION_word_slots, c->h->word_slots, c->h->word_rows));
    DGM_TRY(check_slots(c, DGM_SECTION_lemma_slots, c->h->lemma_slots, c->h->lemma_rules + 1));
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
        return dgm_fail(err, DGM_ERROR_FORMAT, name, bytes.len,
                        bytes.len >= 7 && memcmp(bytes.ptr, DGM_MODEL_MAGIC, 7) == 0
                            ? "model file: truncated: %llu bytes, its header has %llu"
                            : "model file: not a dragoman model: %llu bytes, a header has %llu",
                        (unsigned long long)bytes.len,
                        (unsigned long long)sizeof(dgm_model_header));
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
