/* Rules: reads every table below rules/ in the pack, resolves defaults, builds the indexes.
 *
 * Order: classes and default places first, since entries lean on them; then entries by file name
 * and line, so that "the first in the table" is the same everywhere. */
#include "code/rules.h"
#include "base/hash.h"
#include "code/trigger.h"

#include <stdio.h>
#include <stdlib.h>

enum { SLOT_ACTOR, SLOT_RECIPIENT, SLOT_ABOUT };

typedef dgm_status (*row_reader)(dgm_rules *rules, dgm_table *table, dgm_error *err);

static dgm_status read_table(dgm_rules *rules, const char *name, dgm_str bytes, row_reader read,
                             dgm_error *err)
{
    dgm_table table;
    dgm_table_init(&table, name, bytes);
    while (dgm_table_next(&table))
        DGM_TRY(read(rules, &table, err));
    return DGM_OK;
}

static dgm_status read_class(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_words words;
    DGM_TRY(dgm_words_read(rules, table, table->cells[1], &words, err));
    dgm_map_put(&rules->class_index, table->cells[0], rules->class_count);
    DGM_PUSH(rules->arena, rules->classes, rules->class_count, rules->class_capacity, words);
    return DGM_OK;
}

static unsigned pos_of(dgm_str name)
{
    return dgm_str_is(name, "verb")   ? DGM_TRIGGER_VERB
           : dgm_str_is(name, "noun") ? DGM_TRIGGER_NOUN
           : dgm_str_is(name, "adj")  ? DGM_TRIGGER_ADJ
                                      : 0;
}

/* lemma, forms */
static dgm_status read_irregular(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_str forms = table->cells[1], form;
    if (!forms.len)
        return dgm_table_fail(table, err, "a verb without forms", table->cells[0]);
    while (dgm_str_cut(&forms, '|', &form))
        dgm_map_put(&rules->irregular, form, rules->irregular_count);
    DGM_PUSH(rules->arena, rules->irregular_lemmas, rules->irregular_count,
             rules->irregular_capacity, table->cells[0]);
    return DGM_OK;
}

const dgm_words *dgm_rules_class(const dgm_rules *rules, dgm_str name)
{
    static const dgm_words none = {NULL, 0, false};
    uint32_t found = dgm_map_get(&rules->class_index, name);
    return found == DGM_MAP_NONE ? &none : &rules->classes[found];
}

static dgm_status read_defaults(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_type type = dgm_type_from(table->cells[0]);
    unsigned pos = pos_of(table->cells[1]);
    if (!type || !pos)
        return dgm_table_fail(table, err, "unknown type or part of speech", table->cells[0]);
    for (unsigned slot = SLOT_ACTOR; slot <= SLOT_ABOUT; slot++)
        DGM_TRY(dgm_paths_read(rules, table, table->cells[2 + slot],
                               &rules->defaults[type][pos][slot], err));
    return DGM_OK;
}

/* Bit set of types: "AID|COOPERATE", a quad class or kind by name, "*" is 0. */
static bool read_inner(dgm_str cell, uint32_t *bits)
{
    static const char *const quads[] = {"", "vcoop", "mcoop", "vconf", "mconf"};
    dgm_str name;
    *bits = 0;
    if (dgm_str_is(cell, "*"))
        return true;
    while (dgm_str_cut(&cell, '|', &name)) {
        uint32_t before = *bits;
        for (unsigned type = 1; type < DGM_TYPE_COUNT; type++) {
            dgm_quad quad = dgm_type_quad((dgm_type)type);
            if (dgm_str_is(name, dgm_type_name((dgm_type)type)) ||
                (quad && dgm_str_is(name, quads[quad])) ||
                dgm_str_is(name, dgm_kind_name(dgm_type_kind((dgm_type)type))))
                *bits |= 1u << type;
        }
        if (*bits == before)
            return false;
    }
    return true;
}

static dgm_status read_composition(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_composition row = {.effect = table->cells[0]};
    if (!read_inner(table->cells[1], &row.inner))
        return dgm_table_fail(table, err, "unknown inner type", table->cells[1]);
    row.drops = dgm_str_is(table->cells[2], "-");
    if (!row.drops && !dgm_str_is(table->cells[2], "=")) {
        row.type = dgm_type_from(table->cells[2]);
        if (!row.type)
            return dgm_table_fail(table, err, "unknown type", table->cells[2]);
    }
    row.keeps_mode = dgm_str_is(table->cells[3], "=");
    row.mode = dgm_mode_from(table->cells[3]);
    if (table->cells[3].len && !row.keeps_mode && !row.mode)
        return dgm_table_fail(table, err, "unknown mode", table->cells[3]);
    row.modality = dgm_modality_from(table->cells[4]);
    if (table->cells[4].len && !row.modality)
        return dgm_table_fail(table, err, "unknown modality", table->cells[4]);
    DGM_PUSH(rules->arena, rules->compositions, rules->composition_count,
             rules->composition_capacity, row);
    return DGM_OK;
}

const dgm_composition *dgm_rules_compose(const dgm_rules *rules, dgm_str effect, dgm_type inner)
{
    for (uint32_t i = 0; i < rules->composition_count; i++) {
        const dgm_composition *row = &rules->compositions[i];
        if (dgm_str_eq(row->effect, effect) && (!row->inner || row->inner >> inner & 1))
            return row;
    }
    return NULL;
}

static const char *full_id(dgm_rules *rules, dgm_str folder, dgm_str id)
{
    char *out = dgm_arena_array(rules->arena, folder.len + id.len + 2, 1);
    memcpy(out, folder.ptr, folder.len);
    out[folder.len] = '/';
    memcpy(out + folder.len + 1, id.ptr, id.len);
    return out;
}

static dgm_status read_operator(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_operator op = {.id = full_id(rules, DGM_STR("operators"), table->cells[0]),
                       .effect = table->cells[2],
                       .example = table->cells[6],
                       .expect = table->cells[7],
                       .next = DGM_MAP_NONE,
                       .file = table->name,
                       .line = table->line};
    DGM_TRY(dgm_trigger_read(rules, table, table->cells[1], &op.trigger, &op.weight, err));
    DGM_TRY(dgm_paths_read(rules, table, table->cells[3], &op.inner, err));
    DGM_TRY(dgm_paths_read(rules, table, table->cells[4], &op.actor, err));
    DGM_TRY(dgm_paths_read(rules, table, table->cells[5], &op.recipient, err));
    DGM_PUSH(rules->arena, rules->operators, rules->operator_count, rules->operator_capacity, op);
    return DGM_OK;
}

/* "rules/accuse/verbs.tsv" -> "accuse" and the type ACCUSE */
static bool folder_type(const char *name, dgm_str *folder, dgm_type *type)
{
    dgm_str rest = dgm_str_of(name), part;
    dgm_str_cut(&rest, '/', &part);
    if (!dgm_str_cut(&rest, '/', folder) || !rest.ptr || folder->len > 31)
        return false;
    char upper[32];
    for (size_t i = 0; i < folder->len; i++) {
        char c = folder->ptr[i];
        upper[i] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    *type = dgm_type_from((dgm_str){upper, folder->len});
    return *type != 0;
}

static const dgm_paths *default_paths(const dgm_rules *rules, const dgm_rule *rule, unsigned slot)
{
    return &rules->defaults[rule->type][rule->trigger.pos][slot];
}

static dgm_status read_places(dgm_rules *rules, const dgm_table *table, dgm_rule *rule,
                              dgm_error *err)
{
    dgm_paths *slots[] = {&rule->actor, &rule->recipient, &rule->about};
    for (unsigned slot = SLOT_ACTOR; slot <= SLOT_ABOUT; slot++) {
        dgm_str cell = table->cells[3 + slot];
        DGM_TRY(dgm_paths_read(rules, table, cell, slots[slot], err));
        if (!cell.len)
            *slots[slot] = *default_paths(rules, rule, slot);
    }
    return DGM_OK;
}

static dgm_status read_rule(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_str folder;
    dgm_rule rule = {.next = DGM_MAP_NONE,
                     .example = table->cells[7],
                     .expect = table->cells[8],
                     .file = table->name,
                     .line = table->line};
    if (!folder_type(table->name, &folder, &rule.type))
        return dgm_table_fail(table, err, "the folder names no type", dgm_str_of(table->name));
    if (!table->cells[0].len)
        return dgm_table_fail(table, err, "an entry without id", table->cells[1]);
    rule.id = full_id(rules, folder, table->cells[0]);
    rule.mode = dgm_mode_from(table->cells[2]);
    if (table->cells[2].len && !dgm_type_has_mode(rule.type, rule.mode))
        return dgm_table_fail(table, err, "the type has no such mode", table->cells[2]);
    DGM_TRY(dgm_trigger_read(rules, table, table->cells[1], &rule.trigger, &rule.weight, err));
    DGM_TRY(read_places(rules, table, &rule, err));
    DGM_TRY(dgm_conditions_read(table, table->cells[6], &rule, err));
    DGM_PUSH(rules->arena, rules->rules, rules->rule_count, rules->rule_capacity, rule);
    return DGM_OK;
}

static dgm_status read_context(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_context context = dgm_context_from(table->cells[1]);
    if (!context)
        return dgm_table_fail(table, err, "unknown context", table->cells[1]);
    dgm_str words = table->cells[2], phrase;
    while (dgm_str_cut(&words, '|', &phrase)) {
        dgm_str rest = phrase, first;
        dgm_str_cut(&rest, '_', &first);
        dgm_context_word word = {context, phrase, dgm_map_get(&rules->context_index, first)};
        dgm_map_put(&rules->context_index, first, rules->context_count);
        DGM_PUSH(rules->arena, rules->contexts, rules->context_count, rules->context_capacity,
                 word);
    }
    return DGM_OK;
}

/* True when the lemmas from `at` on are the phrase's words. */
static bool phrase_matches(dgm_str phrase, const dgm_str *lemmas, uint32_t at, uint32_t count)
{
    dgm_str word;
    while (dgm_str_cut(&phrase, '_', &word))
        if (at >= count || !dgm_str_eq(lemmas[at++], word))
            return false;
    return true;
}

uint64_t dgm_rules_contexts(const dgm_rules *rules, const dgm_str *lemmas, uint32_t count)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = dgm_map_get(&rules->context_index, lemmas[i]);
        for (; at != DGM_MAP_NONE; at = rules->contexts[at].next)
            if (phrase_matches(rules->contexts[at].phrase, lemmas, i, count))
                bits |= (uint64_t)1 << (rules->contexts[at].context - 1);
    }
    return bits;
}

/* Chain the entries of a lemma, heaviest first, earlier first among equals. */
#define INDEX_ENTRIES(rules, entries, total, index)                                                \
    for (uint32_t i_ = (total); i_-- > 0;) {                                                       \
        dgm_map *map_ = &(index)[(entries)[i_].trigger.pos];                                       \
        uint32_t *link_ = NULL, at_ = dgm_map_get(map_, (entries)[i_].trigger.head);               \
        uint32_t first_ = at_;                                                                     \
        while (at_ != DGM_MAP_NONE && (entries)[at_].weight > (entries)[i_].weight) {              \
            link_ = &(entries)[at_].next;                                                          \
            at_ = *link_;                                                                          \
        }                                                                                          \
        (entries)[i_].next = at_;                                                                  \
        if (link_)                                                                                 \
            *link_ = i_;                                                                           \
        else                                                                                       \
            first_ = i_;                                                                           \
        dgm_map_put(map_, (entries)[i_].trigger.head, first_);                                     \
    }

static void build_indexes(dgm_rules *rules)
{
    INDEX_ENTRIES(rules, rules->rules, rules->rule_count, rules->rule_index)
    INDEX_ENTRIES(rules, rules->operators, rules->operator_count, rules->operator_index)
}

/* Tables that scope.c reads are not ours. */
static bool is_scope_table(const char *name)
{
    return strcmp(name, "rules/modality.tsv") == 0 || strcmp(name, "rules/attribution.tsv") == 0;
}

static row_reader reader_of(const char *name)
{
    if (strcmp(name, "rules/operators.tsv") == 0)
        return read_operator;
    if (strcmp(name, "rules/composition.tsv") == 0)
        return read_composition;
    if (strcmp(name, "rules/contexts.tsv") == 0)
        return read_context;
    if (strcmp(name, "rules/irregular.tsv") == 0)
        return read_irregular;
    return read_rule;
}

static dgm_status read_all(dgm_rules *rules, const dgm_pack *pack, dgm_error *err)
{
    const char *const first[] = {"rules/grammar.tsv", "rules/classes.tsv", "rules/types.tsv"};
    const row_reader first_readers[] = {read_class, read_class, read_defaults};
    for (unsigned i = 0; i < 3; i++)
        DGM_TRY(read_table(rules, first[i], dgm_pack_find(pack, first[i]), first_readers[i], err));
    uint64_t hash = DGM_HASH_START;
    for (uint32_t i = 0; i < pack->count; i++) {
        const char *name;
        dgm_str bytes = dgm_pack_member(pack, i, &name);
        if (strncmp(name, "rules/", 6) != 0)
            continue;
        hash = dgm_hash_more(hash, bytes.ptr, bytes.len);
        if (strcmp(name, first[0]) == 0 || strcmp(name, first[1]) == 0 ||
            strcmp(name, first[2]) == 0 || is_scope_table(name))
            continue;
        DGM_TRY(read_table(rules, name, bytes, reader_of(name), err));
    }
    snprintf(rules->version, sizeof rules->version, "%016llx",
             (unsigned long long)dgm_hash_end(hash));
    return DGM_OK;
}

dgm_status dgm_rules_load(dgm_rules **out, dgm_arena *arena, const dgm_pack *pack, dgm_error *err)
{
    dgm_rules *rules = DGM_NEW(arena, dgm_rules);
    rules->arena = arena;
    dgm_map_init(&rules->class_index, arena);
    dgm_map_init(&rules->context_index, arena);
    dgm_map_init(&rules->irregular, arena);
    dgm_map_init(&rules->paths_index, arena);
    for (unsigned pos = 0; pos < 4; pos++) {
        dgm_map_init(&rules->rule_index[pos], arena);
        dgm_map_init(&rules->operator_index[pos], arena);
    }
    DGM_TRY(read_all(rules, pack, err));
    build_indexes(rules);
    *out = rules;
    return DGM_OK;
}
