/* Reading CoNLL-U (universaldependencies.org/format.html) and IOB2. Multiword tokens and empty
 * nodes are passed over: only the words of the tree count. */
#include "corpus.h"
#include "entities.h"
#include "base/file.h"
#include "text/text.h"
#include <stdio.h>

enum { COLUMNS = 10, TENTH = 10 };

void labels_init(labels *set, dgm_arena *arena)
{
    *set = (labels){0};
    dgm_map_init(&set->map, arena);
}

uint32_t labels_find(const labels *set, dgm_str name)
{
    return dgm_map_get(&set->map, name);
}

uint32_t labels_add(labels *set, dgm_str name)
{
    uint32_t id = labels_find(set, name);
    if (id == DGM_MAP_NONE) {
        uint32_t capacity = set->capacity;
        id = set->count;
        dgm_map_put(&set->map, name, id);
        DGM_PUSH(set->map.arena, set->names, set->count, set->capacity, name);
        if (capacity != set->capacity)
            set->uses = dgm_arena_grow(set->map.arena, set->uses, capacity * sizeof *set->uses,
                                       set->capacity * sizeof *set->uses);
    }
    set->uses[id]++;
    return id;
}

void treebank_init(treebank *bank, dgm_arena *arena)
{
    *bank = (treebank){.arena = arena};
    labels_init(&bank->tags, arena);
    labels_init(&bank->labels, arena);
    dgm_map_init(&bank->ids, arena);
    DGM_PUSH(arena, bank->starts, bank->sentences, bank->start_capacity, 0);
    bank->sentences = 0;
}

/* A sentence that is not a tree over its own words is dropped. */
static bool is_sound(const treebank *bank, uint32_t from)
{
    int32_t count = (int32_t)(bank->count - from), roots = 0;
    if (count > TREEBANK_MISC)
        return false;
    for (uint32_t i = from; i < bank->count; i++) {
        if (bank->words[i].head < 0 || bank->words[i].head > count)
            return false;
        roots += bank->words[i].head == 0;
    }
    return roots == 1;
}

static void end_sentence(treebank *bank)
{
    uint32_t from = bank->starts[bank->sentences];
    if (bank->count == from)
        return;
    if (!is_sound(bank, from)) {
        bank->count = from;
        return;
    }
    if (bank->has_entities)
        entities_read(bank->words + from, bank->misc, (int)(bank->count - from));
    if (bank->id.len)
        dgm_map_put(&bank->ids, bank->id, bank->sentences);
    bank->sentences++;
    uint32_t end = bank->sentences;
    DGM_PUSH(bank->arena, bank->starts, end, bank->start_capacity, bank->count);
    bank->gold_sentences = bank->sentences;
}

static int8_t name_tag(dgm_str tag)
{
    static const char *const kinds[] = {"B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"};
    for (int i = 0; i < 6; i++)
        if (dgm_str_is(tag, kinds[i]))
            return (int8_t)(DGM_NAME_B_PER + i);
    return DGM_NAME_O;
}

/* "Name=B-PER" in the last column, as a teacher writes it; -1 where it tells none. */
static int8_t told_name(dgm_str misc)
{
    dgm_str item;
    while (dgm_str_cut(&misc, '|', &item))
        if (dgm_str_starts(item, DGM_STR("Name=")))
            return name_tag(dgm_str_sub(item, 5, item.len - 5));
    return -1;
}

static dgm_status read_word(treebank *bank, dgm_str line, const char *path, uint64_t number,
                            dgm_error *err)
{
    dgm_str cells[COLUMNS] = {{0}};
    int count = 0;
    while (count < COLUMNS && dgm_str_cut(&line, '\t', &cells[count]))
        count++;
    int64_t id, head;
    if (count == COLUMNS && !dgm_str_int(cells[0], &id))
        return DGM_OK; /* 1-2 or 1.1 */
    if (count < COLUMNS || !dgm_str_int(cells[6], &head))
        return dgm_fail(err, DGM_ERROR_FORMAT, path, number, "not a CoNLL-U line");
    char both[64];
    int len = snprintf(both, sizeof both, "%.*s|%.*s", DGM_FMT(cells[3]), DGM_FMT(cells[4]));
    dgm_str tag = dgm_arena_str(bank->arena, both, len < 63 ? (size_t)len : 63);
    word_entry word = {
        .form = cells[1],
        .lemma = cells[2],
        .upos = cells[3],
        .xpos = cells[4],
        .rel = cells[7],
        .head = (int32_t)head,
        .tag = labels_add(&bank->tags, tag),
        .label = labels_add(&bank->labels, cells[7]),
        .feats = dgm_feats_from(cells[5]),
        .name = told_name(cells[9]),
        .is_glued = dgm_str_find(cells[9], DGM_STR("SpaceAfter=No")) != SIZE_MAX,
    };
    uint32_t at = bank->count - bank->starts[bank->sentences];
    if (at < TREEBANK_MISC)
        bank->misc[at] = cells[9];
    DGM_PUSH(bank->arena, bank->words, bank->count, bank->capacity, word);
    return DGM_OK;
}

static dgm_status read_lines(treebank *bank, dgm_str rest, const char *path, treebank_part part,
                             dgm_error *err)
{
    dgm_str line;
    uint64_t number = 0;
    uint32_t document = 0;
    bank->has_entities = false; /* the file before may have told names */
    while (dgm_str_cut(&rest, '\n', &line)) {
        number++;
        if (dgm_str_starts(line, DGM_STR("# newdoc"))) {
            document++;
            bank->has_entities = false;
        }
        if (dgm_str_starts(line, DGM_STR("# global.Entity")))
            bank->has_entities = true;
        if (dgm_str_starts(line, DGM_STR("# sent_id = ")))
            bank->id = dgm_str_sub(line, 12, line.len - 12);
        bool is_tenth = document % TENTH == 0;
        if (!line.len)
            end_sentence(bank);
        else if (line.ptr[0] != '#' &&
                 (part == TREEBANK_ALL || is_tenth == (part == TREEBANK_TENTH)))
            DGM_TRY(read_word(bank, line, path, number, err));
    }
    end_sentence(bank);
    return DGM_OK;
}

dgm_status treebank_read(treebank *bank, const char *path, treebank_part part, dgm_error *err)
{
    dgm_file file;
    DGM_TRY(dgm_file_open(&file, path, err));
    dgm_str text = dgm_arena_str(bank->arena, file.bytes.ptr, file.bytes.len);
    dgm_file_close(&file);
    return read_lines(bank, text, path, part, err);
}

dgm_status treebank_read_silver(treebank *bank, const char *path, dgm_error *err)
{
    uint32_t gold = bank->sentences;
    DGM_TRY(treebank_read(bank, path, TREEBANK_ALL, err));
    bank->gold_sentences = gold;
    return DGM_OK;
}

/* Words and tags of a sentence that is being read. */
typedef struct tagged {
    dgm_str id, forms[TREEBANK_MISC];
    int8_t tags[TREEBANK_MISC];
    uint32_t count;
} tagged;

static void keep_names(treebank *bank, tagged *t)
{
    uint32_t at = dgm_map_get(&bank->ids, t->id);
    bool is_same = at != DGM_MAP_NONE && bank->starts[at + 1] - bank->starts[at] == t->count;
    for (uint32_t i = 0; is_same && i < t->count; i++)
        is_same = dgm_str_eq(bank->words[bank->starts[at] + i].form, t->forms[i]);
    for (uint32_t i = 0; is_same && i < t->count; i++)
        bank->words[bank->starts[at] + i].name = t->tags[i];
    t->count = 0;
}

dgm_status treebank_read_names(treebank *bank, const char *path, dgm_error *err)
{
    dgm_file file;
    DGM_TRY(dgm_file_open(&file, path, err));
    dgm_str rest = file.bytes, line, id, form, tag;
    tagged *t = DGM_NEW(bank->arena, tagged);
    while (dgm_str_cut(&rest, '\n', &line)) {
        if (!line.len)
            keep_names(bank, t);
        else if (dgm_str_starts(line, DGM_STR("# sent_id = ")))
            t->id = dgm_str_sub(line, 12, line.len - 12);
        else if (line.ptr[0] != '#' && t->count < TREEBANK_MISC && dgm_str_cut(&line, '\t', &id) &&
                 dgm_str_cut(&line, '\t', &form) && dgm_str_cut(&line, '\t', &tag)) {
            t->forms[t->count] = form;
            t->tags[t->count++] = name_tag(tag);
        }
    }
    keep_names(bank, t);
    dgm_file_close(&file);
    return DGM_OK;
}
