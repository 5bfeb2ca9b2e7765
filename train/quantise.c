/* Quantisation: weights to 8 bits a column (a matrix, for scores that are compared), activations to
 * 7 bits by ranges measured on the treebank, everything between as fixed-point numbers.
 *
 * Units: `unit` is what 1 of the encoder's 16-bit stream stands for, `act[l]` what 1 of the
 * squeezed activations before layer l does, state_unit and arc_unit what 1 of the hidden sums does.
 */
#include "quantise.h"
#include "learn.h"
#include "parse/model.h"
#include <math.h>

enum { ALIGN = 64, MEASURED = 800 };

/* Of the largest activation seen; what lies above is cut off. */
static const float clip = 0.8f;

typedef struct builder {
    dgm_arena *arena;
    const net *n;
    size_t width, hidden, label_hidden, tag_cols, label_cols;
    dgm_model_header h;
    const void *data[DGM_SECTION_COUNT];
    float most[MAX_LAYERS + 1], most_hidden, most_arc, most_embedding;
    float unit, act[MAX_LAYERS + 1], state_unit, arc_unit;
} builder;

static int32_t rounded(float value, int32_t most)
{
    return value > (float)most ? most : value < (float)-most ? -most : (int32_t)lrintf(value);
}

static float larger(float a, float b)
{
    return fabsf(b) > a ? fabsf(b) : a;
}

static float largest(const float *values, size_t count)
{
    float most = 1e-9f;
    for (size_t i = 0; i < count; i++)
        most = larger(most, values[i]);
    return most;
}

/* Hidden sums of all states of the parse of a sentence. */
static void measure_states(builder *b, net_batch *batch, const net_sentence *sentence)
{
    float hidden[DGM_MODEL_HIDDEN];
    dgm_state s;
    net_parse(b->n, batch, sentence, &s);
    net_labels(b->n, batch, sentence, &s);
    size_t first = (size_t)sentence->first * b->label_hidden;
    size_t count = (size_t)sentence->count * b->label_hidden;
    b->most_arc = larger(b->most_arc, largest(batch->arc_hidden + first, count));
    dgm_state_init(&s, sentence->count);
    for (int i = 1; i <= sentence->count; i++) { /* a walk of shifts and arcs to the right */
        net_look look;
        dgm_state_look(&s, look.places, &look.distance, &look.valence);
        net_hidden(b->n, batch, sentence, &look, hidden);
        b->most_hidden = larger(b->most_hidden, largest(hidden, b->hidden));
        dgm_state_do(&s, i % 3 == 1 ? DGM_SHIFT : DGM_RIGHT_ARC);
    }
}

static void measure(builder *b, const treebank *bank)
{
    net_batch batch;
    net_batch_init(&batch, b->arena, &b->n->shape);
    for (uint32_t first = 0; first + BATCH < bank->sentences;
         first += bank->sentences / MEASURED * BATCH + 1) {
        learn_fill(&batch, bank, first);
        net_encode(b->n, &batch, NULL);
        net_states(b->n, &batch);
        for (int l = 0; l <= b->n->shape.layers; l++)
            b->most[l] = larger(b->most[l], largest(batch.x[l], (size_t)batch.rows * b->width));
        for (int s = 0; s < batch.sentence_count; s++)
            measure_states(b, &batch, &batch.sentences[s]);
    }
}

static float word_value(const net *n, const vocabulary_word *word, size_t k)
{
    size_t width = (size_t)n->shape.width;
    float value = n->tables[TABLE_WORD].value[word->row * width + k] +
                  n->tables[TABLE_CLASS].value[word->klass * width + k];
    const float *vector = n->voc->vectors + (size_t)word->vector * VECTOR_WIDTH;
    for (size_t v = 0; v < VECTOR_WIDTH; v++)
        value += vector[v] * n->value.project[v * width + k];
    return value;
}

static bool is_known(const vocabulary_word *word)
{
    return word->row || word->vector;
}

/* Row 0 is the unknown word's. */
static float *fold_words(builder *b)
{
    const vocabulary *voc = b->n->voc;
    b->h.word_rows = 1;
    for (uint32_t id = 1; id < voc->count; id++)
        b->h.word_rows += is_known(&voc->words[id]);
    float *rows = DGM_ARRAY(b->arena, float, b->h.word_rows * b->width), *row = rows;
    for (uint32_t id = 0; id < voc->count; id++) {
        if (id && !is_known(&voc->words[id]))
            continue;
        for (size_t k = 0; k < b->width; k++)
            *row++ = word_value(b->n, &voc->words[id], k);
    }
    return rows;
}

static uint32_t slots_for(uint32_t count)
{
    uint32_t slots = 16;
    while (slots < count + count / 2)
        slots *= 2;
    return slots;
}

static void put_slot(dgm_model_slot *slots, uint32_t count, uint64_t key, uint32_t value)
{
    uint32_t at = (uint32_t)key & (count - 1);
    while (slots[at].value)
        at = (at + 1) & (count - 1);
    slots[at] = (dgm_model_slot){(uint32_t)(key >> 32), value};
}

static void put_words(builder *b, const float *rows)
{
    const vocabulary *voc = b->n->voc;
    uint32_t count = b->h.word_slots = slots_for(b->h.word_rows), row = 1;
    dgm_model_slot *slots = DGM_ARRAY(b->arena, dgm_model_slot, count);
    for (uint32_t id = 1; id < voc->count; id++)
        if (is_known(&voc->words[id]))
            put_slot(slots, count, voc->words[id].hash, row++);
    b->data[DGM_SECTION_word_slots] = slots;
    int8_t *words = DGM_ARRAY(b->arena, int8_t, b->h.word_rows * b->width);
    for (size_t i = 0; i < b->h.word_rows * b->width; i++)
        words[i] = (int8_t)rounded(rows[i] / b->most_embedding * 127, 127);
    b->data[DGM_SECTION_words] = words;
}

static void put_pieces(builder *b)
{
    size_t total = 0;
    for (int p = 0; p < DGM_PIECE_COUNT; p++)
        total += b->h.piece_rows[p] = b->n->tables[TABLE_PIECE + p].rows;
    int8_t *pieces = DGM_ARRAY(b->arena, int8_t, total * b->width), *at = pieces;
    for (int p = 0; p < DGM_PIECE_COUNT; p++) {
        const net_table *table = &b->n->tables[TABLE_PIECE + p];
        for (size_t i = 0; i < table->rows * b->width; i++)
            *at++ = (int8_t)rounded(table->value[i] / b->most_embedding * 127, 127);
    }
    b->data[DGM_SECTION_pieces] = pieces;
}

/* Embeddings share one scale. The stream's unit is a fraction of it, as fine as its range allows.
 */
static void put_embeddings(builder *b)
{
    float *rows = fold_words(b);
    b->most_embedding = largest(rows, b->h.word_rows * b->width);
    for (int p = 0; p < DGM_PIECE_COUNT; p++) {
        const net_table *table = &b->n->tables[TABLE_PIECE + p];
        b->most_embedding =
            larger(b->most_embedding, largest(table->value, table->rows * b->width));
    }
    float most = 0;
    for (int l = 0; l <= b->n->shape.layers; l++)
        most = larger(most, b->most[l]);
    b->h.input_shift = DGM_MODEL_INPUT_SHIFT;
    b->unit = b->most_embedding / 127 / (1 << DGM_MODEL_INPUT_SHIFT);
    while (b->h.input_shift && b->unit * 32767 < 1.3f * most) {
        b->unit *= 2;
        b->h.input_shift--;
    }
    put_words(b, rows);
    put_pieces(b);
}

static void put_squeeze(builder *b)
{
    int16_t *scales = DGM_ARRAY(b->arena, int16_t, (size_t)b->n->shape.layers + 1);
    for (int l = 0; l <= b->n->shape.layers; l++) {
        scales[l] = (int16_t)rounded(127 * 32768 * b->unit / (b->most[l] * clip), 32767);
        b->act[l] = b->unit * 32768 / scales[l];
    }
    b->data[DGM_SECTION_squeeze] = scales;
}

/* Where weight (k, j) of a matrix for product() stands. */
static size_t strip_place(size_t inner, size_t k, size_t j)
{
    return ((j / 16 * (inner / 4) + k / 4) * 16 + j % 16) * 4 + k % 4;
}

/* Weights with a scale for each column; `in` and `out` are the units on both sides. Gives the
 * shift. */
static uint32_t put_scaled(int8_t *weights, int16_t *scales, const float *w, size_t inner,
                           size_t cols, dgm_arena *arena, float in, float out)
{
    float *column = DGM_ARRAY(arena, float, cols), most = 0;
    for (size_t j = 0; j < cols; j++) {
        column[j] = 1e-9f;
        for (size_t k = 0; k < inner; k++)
            column[j] = larger(column[j], w[k * cols + j]);
        column[j] /= 127;
        most = larger(most, column[j] * in / out);
        for (size_t k = 0; k < inner; k++)
            weights[strip_place(inner, k, j)] = (int8_t)rounded(w[k * cols + j] / column[j], 127);
    }
    uint32_t shift = 0;
    while (shift < 16 && most * (float)(2u << shift) <= 1)
        shift++;
    for (size_t j = 0; j < cols; j++)
        scales[j] = (int16_t)rounded(column[j] * in / out * (float)(1u << shift) * 32768, 32767);
    return shift;
}

/* Weights and biases of scores that are compared: one scale for all. */
static void put_scores(builder *b, int weight_id, int bias_id, const float *w, const float *bias,
                       size_t inner, size_t cols)
{
    float scale = largest(w, inner * cols) / 127;
    int8_t *weights = DGM_ARRAY(b->arena, int8_t, inner * cols);
    int32_t *biases = DGM_ARRAY(b->arena, int32_t, cols);
    for (size_t j = 0; j < cols; j++) {
        for (size_t k = 0; k < inner; k++)
            weights[strip_place(inner, k, j)] = (int8_t)rounded(w[k * cols + j] / scale, 127);
        biases[j] = rounded(bias[j] / (scale * b->act[b->n->shape.layers]), DGM_MODEL_BIAS / 2);
    }
    b->data[weight_id] = weights;
    b->data[bias_id] = biases;
}

static void put_convolutions(builder *b)
{
    size_t layers = (size_t)b->n->shape.layers, size = 3 * b->width * b->width;
    int8_t *weights = DGM_ARRAY(b->arena, int8_t, layers * size);
    int16_t *scales = DGM_ARRAY(b->arena, int16_t, layers * b->width);
    int16_t *biases = DGM_ARRAY(b->arena, int16_t, layers * b->width);
    uint32_t *shifts = DGM_ARRAY(b->arena, uint32_t, layers);
    for (size_t l = 0; l < layers; l++)
        shifts[l] =
            put_scaled(weights + l * size, scales + l * b->width, b->n->value.conv + l * size,
                       3 * b->width, b->width, b->arena, b->act[l], b->unit);
    for (size_t i = 0; i < layers * b->width; i++)
        biases[i] = (int16_t)rounded(b->n->value.conv_bias[i] / b->unit, 32767);
    b->data[DGM_SECTION_conv] = weights;
    b->data[DGM_SECTION_conv_scale] = scales;
    b->data[DGM_SECTION_conv_bias] = biases;
    b->data[DGM_SECTION_conv_shift] = shifts;
}

/* rows x cols values in a unit, optionally with a bias of the columns folded in. */
static const int16_t *put_values(builder *b, const float *values, const float *bias, size_t rows,
                                 size_t cols, float unit)
{
    int16_t *out = DGM_ARRAY(b->arena, int16_t, rows * cols);
    for (size_t i = 0; i < rows; i++)
        for (size_t k = 0; k < cols; k++)
            out[i * cols + k] =
                (int16_t)rounded((values[i * cols + k] + (bias ? bias[k] : 0)) / unit, 32767);
    return out;
}

/* Weights of dots(): `cols` of the float matrix's `stride` columns, in pairs. */
static void put_pairs(builder *b, int weight_id, int bias_id, const float *w, const float *bias,
                      size_t inner, size_t cols, size_t stride, float in)
{
    float most = 1e-9f;
    for (size_t k = 0; k < inner; k++)
        most = larger(most, largest(w + k * stride, cols));
    float scale = most / DGM_MODEL_WEIGHT;
    int16_t *weights = DGM_ARRAY(b->arena, int16_t, inner * cols);
    int32_t *biases = DGM_ARRAY(b->arena, int32_t, cols);
    for (size_t j = 0; j < cols; j++) {
        for (size_t k = 0; k < inner; k++)
            weights[(k / 2 * cols + j) * 2 + k % 2] =
                (int16_t)rounded(w[k * stride + j] / scale, DGM_MODEL_WEIGHT);
        biases[j] = rounded(bias[j] / (scale * in), DGM_MODEL_BIAS / 2);
    }
    b->data[weight_id] = weights;
    b->data[bias_id] = biases;
}

static void put_parser(builder *b)
{
    const net_parameters *v = &b->n->value;
    size_t cols = DGM_PLACES * b->hidden;
    float in = b->act[b->n->shape.layers], unit = b->state_unit;
    int8_t *weights = DGM_ARRAY(b->arena, int8_t, b->width * cols);
    int16_t *scales = DGM_ARRAY(b->arena, int16_t, cols);
    b->h.state_shift = put_scaled(weights, scales, v->state, b->width, cols, b->arena, in, unit);
    b->data[DGM_SECTION_state] = weights;
    b->data[DGM_SECTION_state_scale] = scales;
    b->data[DGM_SECTION_state_none] =
        put_values(b, v->state_none, NULL, DGM_PLACES, b->hidden, unit);
    b->data[DGM_SECTION_distance] =
        put_values(b, v->distance, v->state_bias, DGM_DISTANCES, b->hidden, unit);
    b->data[DGM_SECTION_valence] = put_values(b, v->valence, NULL, DGM_VALENCES, b->hidden, unit);
    put_pairs(b, DGM_SECTION_move, DGM_SECTION_move_bias, v->move, v->move_bias, b->hidden,
              DGM_MOVE_COLS, MOVES, unit);
}

static void put_labeller(builder *b)
{
    const net_parameters *v = &b->n->value;
    size_t cols = DGM_LABEL_PLACES * b->label_hidden;
    float in = b->act[b->n->shape.layers], unit = b->arc_unit;
    int8_t *weights = DGM_ARRAY(b->arena, int8_t, b->width * cols);
    int16_t *scales = DGM_ARRAY(b->arena, int16_t, cols);
    b->h.arc_shift = put_scaled(weights, scales, v->arc, b->width, cols, b->arena, in, unit);
    b->data[DGM_SECTION_arc] = weights;
    b->data[DGM_SECTION_arc_scale] = scales;
    b->data[DGM_SECTION_arc_none] =
        put_values(b, v->arc_none, NULL, DGM_LABEL_PLACES, b->label_hidden, unit);
    b->data[DGM_SECTION_arc_shape] =
        put_values(b, v->arc_shape, v->arc_bias, DGM_LABEL_SHAPES, b->label_hidden, unit);
    put_pairs(b, DGM_SECTION_label, DGM_SECTION_label_bias, v->label, v->label_bias,
              b->label_hidden, b->label_cols, b->label_cols, unit);
}

static void put_lemmas(builder *b, const lemma_tables *lemmas)
{
    uint32_t count = b->h.lemma_slots = slots_for(lemmas->count);
    dgm_model_slot *slots = DGM_ARRAY(b->arena, dgm_model_slot, count);
    for (uint32_t i = 0; i < lemmas->count; i++)
        put_slot(slots, count, lemmas->entries[i].key, lemmas->entries[i].rule + 1);
    b->h.lemma_rules = lemmas->rule_count;
    b->h.lemma_text_bytes = lemmas->text_count;
    b->data[DGM_SECTION_lemma_slots] = slots;
    b->data[DGM_SECTION_lemma_rules] = lemmas->rules;
    b->data[DGM_SECTION_lemma_text] = lemmas->text;
}

static dgm_str joined(dgm_arena *arena, const labels *set)
{
    char *text = NULL;
    size_t len = 0, capacity = 0;
    for (uint32_t i = 0; i < set->count; i++) {
        for (size_t k = 0; k < set->names[i].len; k++)
            DGM_PUSH(arena, text, len, capacity, set->names[i].ptr[k]);
        DGM_PUSH(arena, text, len, capacity, '\n');
    }
    return (dgm_str){text, len};
}

static void put_names(builder *b, const treebank *bank)
{
    dgm_str tags = joined(b->arena, &bank->tags), rels = joined(b->arena, &bank->labels);
    b->h.tag_name_bytes = (uint32_t)tags.len;
    b->h.label_name_bytes = (uint32_t)rels.len;
    b->data[DGM_SECTION_tag_names] = tags.ptr;
    b->data[DGM_SECTION_label_names] = rels.ptr;
}

static size_t align(size_t at)
{
    return (at + ALIGN - 1) / ALIGN * ALIGN;
}

/* Header and sections into one run of bytes. */
static dgm_str assemble(builder *b)
{
    dgm_model_header *h = &b->h;
    size_t at = align(sizeof *h);
#define X(name, type, count)                                                                       \
    h->sections[DGM_SECTION_##name].offset = at;                                                   \
    h->sections[DGM_SECTION_##name].bytes = (count) * sizeof(type);                                \
    at = align(at + (size_t)h->sections[DGM_SECTION_##name].bytes);
    DGM_MODEL_SECTIONS(X)
#undef X
    h->file_bytes = at;
    char *bytes = dgm_arena_array(b->arena, at, 1);
    memcpy(bytes, h, sizeof *h);
    for (int s = 0; s < DGM_SECTION_COUNT; s++)
        if (h->sections[s].bytes)
            memcpy(bytes + h->sections[s].offset, b->data[s], h->sections[s].bytes);
    return (dgm_str){bytes, at};
}

static void begin(builder *b, const char *version)
{
    const net_shape *s = &b->n->shape;
    dgm_model_header *h = &b->h;
    memcpy(h->magic, DGM_MODEL_MAGIC, sizeof h->magic);
    strncpy(h->version, version, sizeof h->version - 1);
    h->header_bytes = sizeof *h;
    h->section_count = DGM_SECTION_COUNT;
    h->width = (uint32_t)(b->width = (size_t)s->width);
    h->layers = (uint32_t)s->layers;
    for (int l = 0; l < s->layers; l++)
        h->dilation[l] = (uint32_t)s->dilation[l];
    h->hidden = (uint32_t)(b->hidden = (size_t)s->hidden);
    h->label_hidden = (uint32_t)(b->label_hidden = (size_t)s->label_hidden);
    h->tags = (uint32_t)s->tags;
    h->labels = (uint32_t)s->labels;
    h->tag_cols = (uint32_t)(b->tag_cols = (size_t)s->tag_cols);
    h->label_cols = (uint32_t)(b->label_cols = (size_t)s->label_cols);
}

dgm_str replace_lemmas(dgm_arena *arena, const dgm_model *model, const lemma_tables *lemmas)
{
    builder b = {.arena = arena, .h = *model->header};
#define X(name, type, count) b.data[DGM_SECTION_##name] = model->name;
    DGM_MODEL_SECTIONS(X)
#undef X
    put_lemmas(&b, lemmas);
    return assemble(&b);
}

dgm_str quantise(dgm_arena *arena, const net *n, const treebank *bank, const lemma_tables *lemmas,
                 const char *version)
{
    builder b = {.arena = arena, .n = n};
    begin(&b, version);
    measure(&b, bank);
    put_embeddings(&b);
    put_squeeze(&b);
    put_convolutions(&b);
    put_scores(&b, DGM_SECTION_tag, DGM_SECTION_tag_bias, n->value.tag, n->value.tag_bias, b.width,
               b.tag_cols);
    if (n->has_names) {
        b.h.name_cols = DGM_NAME_COLS;
        put_scores(&b, DGM_SECTION_name, DGM_SECTION_name_bias, n->value.name, n->value.name_bias,
                   b.width, DGM_NAME_COLS);
    }
    b.state_unit = b.most_hidden * 1.3f / DGM_MODEL_HIDDEN_TOP;
    b.arc_unit = b.most_arc * 1.1f / DGM_MODEL_HIDDEN_TOP;
    put_parser(&b);
    put_labeller(&b);
    put_lemmas(&b, lemmas);
    put_names(&b, bank);
    return assemble(&b);
}
