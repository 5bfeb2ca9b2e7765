/* Vocabulary: counts the words of the treebanks, classes them by their tags, joins vectors. */
#include "vocabulary.h"
#include "base/file.h"
#include "parse/feature.h"
#include <stdio.h>
#include <stdlib.h>

enum {
    SLOTS = 1 << 19,
    WORD_TAGS = 6,
    CLASS_TAGS = 3,
    RARE_TAG = 20,
    FLAG_NONE = 62,
    FLAG_SOME = 63
};

typedef struct tag_counts {
    uint32_t tag[WORD_TAGS], uses[WORD_TAGS];
} tag_counts;

static uint32_t *slot_of(const vocabulary *voc, uint64_t hash)
{
    uint32_t at = (uint32_t)hash & voc->mask;
    while (voc->slots[at] && voc->words[voc->slots[at]].hash != hash)
        at = (at + 1) & voc->mask;
    return &voc->slots[at];
}

uint32_t vocabulary_find(const vocabulary *voc, uint64_t hash)
{
    return *slot_of(voc, hash);
}

static uint32_t add_word(vocabulary *voc, uint64_t hash)
{
    uint32_t *slot = slot_of(voc, hash);
    if (!*slot && voc->count < SLOTS / 2) {
        *slot = voc->count;
        DGM_PUSH(voc->arena, voc->words, voc->count, voc->capacity,
                 (vocabulary_word){.hash = hash});
    }
    return *slot;
}

static void count_tag(tag_counts *counts, uint32_t tag)
{
    for (int i = 0; i < WORD_TAGS; i++) {
        if (!counts->uses[i])
            counts->tag[i] = tag;
        if (counts->tag[i] == tag) {
            counts->uses[i]++;
            return;
        }
    }
}

static void sort_tags(tag_counts *counts)
{
    for (int i = 1; i < WORD_TAGS; i++)
        for (int j = i; j > 0 && counts->uses[j] > counts->uses[j - 1]; j--) {
            uint32_t tag = counts->tag[j], uses = counts->uses[j];
            counts->tag[j] = counts->tag[j - 1];
            counts->uses[j] = counts->uses[j - 1];
            counts->tag[j - 1] = tag;
            counts->uses[j - 1] = uses;
        }
}

/* The class is the list of a word's usual tags, the most frequent one first. */
static uint32_t class_of(labels *classes, tag_counts *counts, uint32_t uses)
{
    char key[64];
    int len = snprintf(key, sizeof key, "%u", counts->tag[0]);
    for (int i = 1; i < CLASS_TAGS; i++)
        if (counts->uses[i] * RARE_TAG >= uses && counts->uses[i])
            len += snprintf(key + len, sizeof key - (size_t)len, ",%u", counts->tag[i]);
    return 1 + labels_add(classes, dgm_arena_str(classes->map.arena, key, (size_t)len));
}

void vocabulary_build(vocabulary *voc, dgm_arena *arena, const treebank *bank)
{
    *voc = (vocabulary){.arena = arena, .mask = SLOTS - 1, .rows = 1, .vector_count = 0};
    voc->slots = DGM_ARRAY(arena, uint32_t, SLOTS);
    DGM_PUSH(arena, voc->words, voc->count, voc->capacity, (vocabulary_word){0});
    tag_counts *counts = DGM_ARRAY(arena, tag_counts, SLOTS / 2);
    for (uint32_t i = 0; i < bank->count; i++) {
        dgm_word word;
        dgm_word_read(&word, bank->words[i].form);
        uint32_t id = add_word(voc, word.word);
        voc->words[id].uses++;
        count_tag(&counts[id], bank->words[i].tag);
    }
    labels classes;
    labels_init(&classes, arena);
    for (uint32_t id = 1; id < voc->count; id++) {
        vocabulary_word *word = &voc->words[id];
        if (word->uses < 2)
            continue;
        sort_tags(&counts[id]);
        word->row = voc->rows++;
        word->klass = class_of(&classes, &counts[id], word->uses);
    }
    voc->classes = classes.count + 1;
    float none[VECTOR_WIDTH] = {0};
    none[FLAG_NONE] = 1;
    voc->vector_capacity = 1024;
    voc->vectors = DGM_ARRAY(arena, float, voc->vector_capacity *VECTOR_WIDTH);
    memcpy(voc->vectors, none, sizeof none);
    voc->vector_count = 1;
}

static float *add_vector(vocabulary *voc)
{
    if (voc->vector_count == voc->vector_capacity) {
        size_t bytes = (size_t)voc->vector_capacity * VECTOR_WIDTH * sizeof(float);
        voc->vectors = dgm_arena_grow(voc->arena, voc->vectors, bytes, 2 * bytes);
        voc->vector_capacity *= 2;
    }
    return voc->vectors + (size_t)VECTOR_WIDTH * voc->vector_count++;
}

static void read_vector(vocabulary *voc, dgm_str line)
{
    dgm_str form, cell;
    dgm_word word;
    dgm_str_cut(&line, ' ', &form);
    dgm_word_read(&word, form);
    uint32_t id = add_word(voc, word.word);
    if (!id || voc->words[id].vector)
        return; /* folded forms: the most frequent one came first */
    voc->words[id].vector = voc->vector_count;
    float *values = add_vector(voc);
    for (int i = 0; i < FLAG_NONE && dgm_str_cut(&line, ' ', &cell); i++)
        values[i] = strtof(cell.ptr, NULL);
    values[FLAG_SOME] = 1;
}

dgm_status vocabulary_read_vectors(vocabulary *voc, const char *path, uint32_t limit,
                                   dgm_error *err)
{
    dgm_file file;
    DGM_TRY(dgm_file_open(&file, path, err));
    dgm_str rest = dgm_arena_str(voc->arena, file.bytes.ptr, file.bytes.len), line;
    dgm_file_close(&file);
    for (uint32_t n = 0; n < limit && dgm_str_cut(&rest, '\n', &line); n++)
        if (line.len)
            read_vector(voc, line);
    return DGM_OK;
}
