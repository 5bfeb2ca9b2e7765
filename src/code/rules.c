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
    while (dgm_table_next(&table)) {
        dgm_error wrong = {0};
        const dgm_status status = read(rules, &table, &wrong);
        if (status == DGM_ERROR_FORMAT && rules->report && rules->report->tell) {
            rules->report->tell(&wrong, rules->report->payload);
        } else if (status != DGM_OK) {
            if (err)
                *err = wrong;
            return status;
        }
    }
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

static const char *const class_names[DGM_CLASS_COUNT] = {
    [DGM_CLASS_ACCIDENT] = "accident",
    [DGM_CLASS_ACT_NOUN] = "act-noun",
    [DGM_CLASS_ADDRESSING_PREPOSITION] = "addressing-preposition",
    [DGM_CLASS_ADDRESSING_WORD] = "addressing-word",
    [DGM_CLASS_AIM_VERB] = "aim-verb",
    [DGM_CLASS_AMID_PREPOSITION] = "amid-preposition",
    [DGM_CLASS_ANSWERING_VERB] = "answering-verb",
    [DGM_CLASS_AWAITING_MARK] = "awaiting-mark",
    [DGM_CLASS_BLAMING_WORD] = "blaming-word",
    [DGM_CLASS_BINDING_VERB] = "binding-verb",
    [DGM_CLASS_ADOPTING_VERB] = "adopting-verb",
    [DGM_CLASS_DOCUMENT_NOUN] = "document-noun",
    [DGM_CLASS_FIRING_WORD] = "firing-word",
    [DGM_CLASS_MEETING_PREPOSITION] = "meeting-preposition",
    [DGM_CLASS_BYSTANDER] = "bystander",
    [DGM_CLASS_CARRYING_PREPOSITION] = "carrying-preposition",
    [DGM_CLASS_DEFINITE] = "definite",
    [DGM_CLASS_DETAIL] = "detail",
    [DGM_CLASS_DOER] = "doer",
    [DGM_CLASS_FAR_PREPOSITION] = "far-preposition",
    [DGM_CLASS_FICTION] = "fiction",
    [DGM_CLASS_FIGURATIVE] = "figurative",
    [DGM_CLASS_FIRST_PERSON] = "first-person",
    [DGM_CLASS_FOE_PREPOSITION] = "foe-preposition",
    [DGM_CLASS_FORCE_NOUN] = "force-noun",
    [DGM_CLASS_FOREIGN_WORD] = "foreign-word",
    [DGM_CLASS_FUTURE_AUXILIARY] = "future-auxiliary",
    [DGM_CLASS_GROUP_NOUN] = "group-noun",
    [DGM_CLASS_HAPPENING] = "happening",
    [DGM_CLASS_LIGHT_VERB] = "light-verb",
    [DGM_CLASS_MISHAP] = "mishap",
    [DGM_CLASS_MUTUAL_NOUN] = "mutual-noun",
    [DGM_CLASS_NATURE] = "nature",
    [DGM_CLASS_NEGATION] = "negation",
    [DGM_CLASS_OBJECT_CONTROL] = "object-control",
    [DGM_CLASS_OPPOSING_WORD] = "opposing-word",
    [DGM_CLASS_PART_NOUN] = "part-noun",
    [DGM_CLASS_PASSING_WORD] = "passing-word",
    [DGM_CLASS_PLACE_PREPOSITION] = "place-preposition",
    [DGM_CLASS_SENDING_PARTICIPLE] = "sending-participle",
    [DGM_CLASS_LINKING_VERB] = "linking-verb",
    [DGM_CLASS_SUMMING_NOUN] = "summing-noun",
    [DGM_CLASS_SEQUEL_PREPOSITION] = "sequel-preposition",
    [DGM_CLASS_SPORT] = "sport",
    [DGM_CLASS_TELLING] = "telling",
    [DGM_CLASS_VEHICLE] = "vehicle",
    [DGM_CLASS_WAR_OF_WORDS] = "war-of-words",
    [DGM_CLASS_VICTIM_NOUN] = "victim-noun",
};

static void name_classes(dgm_rules *rules)
{
    for (unsigned i = 0; i < DGM_CLASS_COUNT; i++) {
        const uint32_t found = dgm_map_get(&rules->class_index, dgm_str_of(class_names[i]));
        if (found != DGM_MAP_NONE)
            rules->named[i] = rules->classes[found];
    }
}

static void name_reaching(dgm_rules *rules)
{
    for (unsigned type = 1; type < dgm_label_type_count(rules->ontology); type++) {
        char name[64];
        snprintf(name, sizeof name, "reach-%s", dgm_label_type_name(rules->ontology, type));
        const uint32_t found = dgm_map_get(&rules->class_index, dgm_str_of(name));
        if (found != DGM_MAP_NONE)
            rules->reaching[type] = rules->classes[found];
    }
}

dgm_sym dgm_rules_sym(const dgm_rules *rules, dgm_str word)
{
    const uint32_t found = dgm_map_get(&rules->syms, word);
    return found == DGM_MAP_NONE ? 0 : found;
}

static dgm_status read_defaults(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_type type = dgm_label_type_from(rules->ontology, table->cells[0]);
    unsigned pos = pos_of(table->cells[1]);
    if (!type || !pos)
        return dgm_table_fail(table, err, "unknown type or part of speech", table->cells[0]);
    for (unsigned slot = SLOT_ACTOR; slot <= SLOT_ABOUT; slot++)
        DGM_TRY(dgm_paths_read(rules, table, table->cells[2 + slot],
                               &rules->defaults[type][pos][slot], err));
    return DGM_OK;
}

/* Bit set of types: "AID|COOPERATE", a quad class or kind by name, "*" is 0; "COERCE.arrest" adds
 * to the bit set of modes. */
static bool read_inner(const dgm_ontology *ontology, dgm_str cell, uint64_t *bits, uint64_t *modes)
{
    static const char *const quads[] = {"", "vcoop", "mcoop", "vconf", "mconf"};
    dgm_str name, mode;
    *bits = 0;
    *modes = 0;
    if (dgm_str_is(cell, "*"))
        return true;
    while (dgm_str_cut(&cell, '|', &mode)) {
        uint64_t before = *bits;
        dgm_str_cut(&mode, '.', &name);
        if (mode.len && !dgm_label_mode_from(ontology, mode))
            return false;
        if (mode.len)
            *modes |= (uint64_t)1 << dgm_label_mode_from(ontology, mode);
        for (unsigned i = 1; i < dgm_label_type_count(ontology); i++) {
            const dgm_type type = (dgm_type)i;
            const dgm_quad quad = dgm_label_quad(ontology, type);
            const char *short_name = quad < DGM_QUAD_COUNT ? quads[quad] : "";
            if (dgm_label_has_type(ontology, type) &&
                (dgm_str_is(name, dgm_label_type_name(ontology, type)) ||
                 (quad && (dgm_str_is(name, short_name) ||
                           dgm_str_is(name, dgm_label_quad_name(ontology, quad)))) ||
                 dgm_str_is(name, dgm_kind_name(dgm_label_kind(ontology, type)))))
                *bits |= (uint64_t)1 << type;
        }
        if (*bits == before)
            return false;
    }
    return true;
}

static dgm_status read_composition(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_composition row = {.effect = table->cells[0]};
    if (!read_inner(rules->ontology, table->cells[1], &row.inner, &row.inner_modes))
        return dgm_table_fail(table, err, "unknown inner type", table->cells[1]);
    row.drops = dgm_str_is(table->cells[2], "-");
    if (!row.drops && !dgm_str_is(table->cells[2], "=")) {
        row.type = dgm_label_type_from(rules->ontology, table->cells[2]);
        if (!row.type)
            return dgm_table_fail(table, err, "unknown type", table->cells[2]);
    }
    row.keeps_mode = dgm_str_is(table->cells[3], "=");
    row.mode = dgm_label_mode_from(rules->ontology, table->cells[3]);
    if (table->cells[3].len && !row.keeps_mode && !row.mode)
        return dgm_table_fail(table, err, "unknown mode", table->cells[3]);
    row.modality = dgm_modality_from(table->cells[4]);
    if (table->cells[4].len && !row.modality)
        return dgm_table_fail(table, err, "unknown modality", table->cells[4]);
    DGM_PUSH(rules->arena, rules->compositions, rules->composition_count,
             rules->composition_capacity, row);
    return DGM_OK;
}

const dgm_composition *dgm_rules_compose(const dgm_rules *rules, dgm_str effect, dgm_type inner,
                                         dgm_mode inner_mode)
{
    for (uint32_t i = 0; i < rules->composition_count; i++) {
        const dgm_composition *row = &rules->compositions[i];
        if (dgm_str_eq(row->effect, effect) && (!row->inner || row->inner >> inner & 1) &&
            (!row->inner_modes || row->inner_modes >> inner_mode & 1))
            return row;
    }
    return NULL;
}

/* An entry of the user's pack is noted; a built-in one of the same id is passed over. */
static bool is_replaced(dgm_rules *rules, const char *id)
{
    if (rules->folder)
        dgm_map_put(&rules->known, dgm_str_of(id), 1);
    return !rules->folder && rules->known.count &&
           dgm_map_get(&rules->known, dgm_str_of(id)) != DGM_MAP_NONE;
}

/* "-" in the place of the trigger takes a built-in entry away. */
static bool is_taken_away(const dgm_rules *rules, const dgm_table *table)
{
    return rules->folder && dgm_str_is(table->cells[1], "-");
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
    if (is_replaced(rules, op.id) || is_taken_away(rules, table))
        return DGM_OK;
    DGM_TRY(dgm_trigger_read(rules, table, table->cells[1], &op.trigger, &op.weight, err));
    DGM_TRY(dgm_paths_read(rules, table, table->cells[3], &op.inner, err));
    DGM_TRY(dgm_paths_read(rules, table, table->cells[4], &op.actor, err));
    DGM_TRY(dgm_paths_read(rules, table, table->cells[5], &op.recipient, err));
    DGM_PUSH(rules->arena, rules->operators, rules->operator_count, rules->operator_capacity, op);
    return DGM_OK;
}

/* "rules/accuse/verbs.tsv" -> "accuse" and the type ACCUSE; the last folder of the path counts. */
static bool folder_type(const dgm_rules *rules, const char *name, dgm_str *folder, dgm_type *type)
{
    const char *file = strrchr(name, '/'), *from = file;
    while (from && from > name && from[-1] != '/')
        from--;
    if (!file || from == name || file == from || file - from > 31)
        return false;
    *folder = (dgm_str){from, (size_t)(file - from)};
    char upper[32];
    for (size_t i = 0; i < folder->len; i++) {
        char c = folder->ptr[i];
        upper[i] = (char)(c >= 'a' && c <= 'z' ? c - 32 : c);
    }
    *type = dgm_label_type_from(rules->ontology, (dgm_str){upper, folder->len});
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
    if (!folder_type(rules, table->name, &folder, &rule.type))
        return dgm_table_fail(table, err, "the folder names no type", dgm_str_of(table->name));
    if (!table->cells[0].len)
        return dgm_table_fail(table, err, "an entry without id", table->cells[1]);
    rule.id = full_id(rules, folder, table->cells[0]);
    if (is_replaced(rules, rule.id) || is_taken_away(rules, table))
        return DGM_OK;
    rule.mode = dgm_label_mode_from(rules->ontology, table->cells[2]);
    if (table->cells[2].len && !dgm_label_has_mode(rules->ontology, rule.type, rule.mode))
        return dgm_table_fail(table, err, "the type has no such mode", table->cells[2]);
    DGM_TRY(dgm_trigger_read(rules, table, table->cells[1], &rule.trigger, &rule.weight, err));
    DGM_TRY(read_places(rules, table, &rule, err));
    DGM_TRY(dgm_conditions_read(table, table->cells[6], &rule, err));
    if (table->cells[9].len)
        rule.cameo = dgm_arena_str(rules->arena, table->cells[9].ptr, table->cells[9].len).ptr;
    DGM_PUSH(rules->arena, rules->rules, rules->rule_count, rules->rule_capacity, rule);
    return DGM_OK;
}

static dgm_status read_nearest(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_type type = dgm_type_from(table->cells[0]), nearest = dgm_type_from(table->cells[1]);
    if (!type || dgm_type_kind(nearest) != DGM_KIND_EVENT)
        return dgm_table_fail(table, err, "not a type and an event type", table->cells[0]);
    rules->nearest[type] = nearest;
    return DGM_OK;
}

dgm_type dgm_rules_nearest(const dgm_rules *rules, dgm_type type)
{
    if (type >= DGM_TYPE_COUNT) /* of a pack's own ontology */
        return DGM_TYPE_NONE;
    return dgm_type_kind(type) == DGM_KIND_EVENT ? type : rules->nearest[type];
}

static dgm_status read_context(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    dgm_context context = dgm_label_context_from(rules->ontology, table->cells[1]);
    if (!context)
        return dgm_table_fail(table, err, "unknown context", table->cells[1]);
    dgm_str words = table->cells[2], phrase;
    while (dgm_str_cut(&words, '|', &phrase)) {
        const dgm_context_word word = {context, dgm_phrase_of(rules, phrase), DGM_MAP_NONE};
        DGM_PUSH(rules->arena, rules->contexts, rules->context_count, rules->context_capacity,
                 word);
    }
    return DGM_OK;
}

bool dgm_phrase_matches(const dgm_phrase *phrase, const dgm_sym *lemmas, uint32_t at,
                        uint32_t count)
{
    if (phrase->count > count - at)
        return false;
    for (uint32_t i = 0; i < phrase->count; i++)
        if (lemmas[at + i] != phrase->words[i])
            return false;
    return true;
}

uint64_t dgm_rules_contexts(const dgm_rules *rules, const dgm_sym *lemmas, uint32_t count)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; i < count; i++) {
        uint32_t at = rules->entries[lemmas[i]].contexts;
        for (; at != DGM_MAP_NONE; at = rules->contexts[at].next)
            if (dgm_phrase_matches(&rules->contexts[at].phrase, lemmas, i, count))
                bits |= (uint64_t)1 << (rules->contexts[at].context - 1);
    }
    return bits;
}

/* Chain the entries of a lemma, heaviest first, earlier first among equals. */
#define INDEX_ENTRIES(rules, list, total, index)                                                   \
    for (uint32_t i_ = (total); i_-- > 0;) {                                                       \
        const dgm_trigger *trigger_ = &(list)[i_].trigger;                                         \
        uint32_t *link_ = &(rules)->entries[trigger_->head].index[trigger_->pos];                  \
        while (*link_ != DGM_MAP_NONE && (list)[*link_].weight > (list)[i_].weight)                \
            link_ = &(list)[*link_].next;                                                          \
        (list)[i_].next = *link_;                                                                  \
        *link_ = i_;                                                                               \
    }

/* The shortest set of words of which one has to be there; NULL: no constraint asks for any. */
static const dgm_words *needs_of(const dgm_trigger *trigger)
{
    const dgm_words *best = NULL;
    for (uint32_t i = 0; i < trigger->constraint_count; i++) {
        const dgm_words *words = &trigger->constraints[i].words;
        if (!trigger->constraints[i].is_negated && !words->is_any &&
            (!best || words->count < best->count))
            best = words;
    }
    return best;
}

static dgm_gate gate_of(dgm_arena *arena, const dgm_rule *rule, uint32_t index)
{
    enum { FEW = 8 };
    const dgm_trigger *trigger = &rule->trigger;
    const dgm_words *words = needs_of(trigger);
    dgm_gate gate = {.rule = index, .is_last = rule->next == DGM_MAP_NONE};
    if (trigger->before_count)
        gate.before = trigger->before[trigger->before_count - 1];
    if (!words)
        return gate;
    gate.need_count = words->count;
    gate.needs = words->items;
    if (words->count && words->count <= FEW) { /* near to each other; classes are shared */
        dgm_sym *copy = DGM_ARRAY(arena, dgm_sym, words->count);
        memcpy(copy, words->items, words->count * sizeof *copy);
        gate.needs = copy;
    }
    return gate;
}

static void build_gates(dgm_rules *rules)
{
    uint32_t count = 0;
    rules->gates = DGM_ARRAY(rules->arena, dgm_gate, (size_t)rules->rule_count + 1);
    for (uint32_t word = 1; word <= rules->syms.count; word++)
        for (unsigned pos = 0; pos < 4; pos++) {
            uint32_t at = rules->entries[word].rules[pos];
            if (at != DGM_MAP_NONE)
                rules->entries[word].gates[pos] = count;
            for (; at != DGM_MAP_NONE; at = rules->rules[at].next)
                rules->gates[count++] = gate_of(rules->arena, &rules->rules[at], at);
        }
}

/* Chain the phrases that begin with the same word. */
#define INDEX_PHRASES(rules, list, total, index)                                                   \
    for (uint32_t i_ = 0; i_ < (total); i_++) {                                                    \
        uint32_t *first_ = &(rules)->entries[(list)[i_].phrase.words[0]].index;                    \
        (list)[i_].next = *first_;                                                                 \
        *first_ = i_;                                                                              \
    }

static void index_class(dgm_rules *rules, unsigned class)
{
    const dgm_words *words = &rules->named[class];
    const uint64_t bit = (uint64_t)1 << class;
    for (uint32_t i = 0; i < words->count; i++)
        rules->entries[words->items[i]].classes |= bit;
    for (uint32_t sym = 0; words->is_any && sym <= rules->syms.count; sym++)
        rules->entries[sym].classes |= bit;
}

static void build_indexes(dgm_rules *rules)
{
    _Static_assert(DGM_CLASS_COUNT <= 64, "more classes than bits");
    const size_t count = (size_t)rules->syms.count + 1;
    rules->entries = DGM_ARRAY(rules->arena, dgm_entries, count);
    memset(rules->entries, 0xff, count * sizeof *rules->entries); /* DGM_MAP_NONE */
    for (size_t i = 0; i < count; i++)
        rules->entries[i].classes = 0;
    for (unsigned class = 0; class < DGM_CLASS_COUNT; class ++)
        index_class(rules, class);
    INDEX_PHRASES(rules, rules->contexts, rules->context_count, contexts)
    INDEX_PHRASES(rules, rules->matter_words, rules->matter_word_count, matters)
    INDEX_ENTRIES(rules, rules->rules, rules->rule_count, rules)
    INDEX_ENTRIES(rules, rules->operators, rules->operator_count, operators)
    build_gates(rules);
}

static dgm_status matter_named(dgm_rules *rules, const dgm_table *table, uint32_t *out,
                               dgm_error *err)
{
    const dgm_str name = table->cells[0];
    for (*out = 0; *out < rules->matter_count; ++*out)
        if (dgm_str_eq(rules->matters[*out].name, name))
            return DGM_OK;
    if (rules->matter_count == DGM_MATTER_LIMIT || !name.len)
        return dgm_table_fail(table, err, "no name, or too many matters", name);
    static const char opening[] = "the document is of ";
    char *reason = dgm_arena_array(rules->arena, sizeof opening + name.len, 1);
    memcpy(reason, opening, sizeof opening - 1);
    memcpy(reason + sizeof opening - 1, name.ptr, name.len);
    rules->matters[rules->matter_count++] = (dgm_matter){.name = name, .reason = reason};
    return DGM_OK;
}

/* "all", "talk", types and sectors, parted by spaces. */
static dgm_status read_drops(dgm_rules *rules, const dgm_table *table, dgm_matter *matter,
                             dgm_error *err)
{
    dgm_str cell = table->cells[1], name;
    while (dgm_str_cut(&cell, ' ', &name)) {
        const dgm_type type = dgm_label_type_from(rules->ontology, name);
        const dgm_sector sector = dgm_sector_from(name);
        if (dgm_str_is(name, "all"))
            matter->drops_all = true;
        else if (dgm_str_is(name, "talk"))
            matter->is_talk = true;
        else if (type)
            matter->types |= (uint64_t)1 << type;
        else if (sector)
            matter->sectors |= 1u << sector;
        else if (name.len)
            return dgm_table_fail(table, err, "neither all nor talk, a type or a sector", name);
    }
    return DGM_OK;
}

/* matter, what it drops, weight, words */
static dgm_status read_matter(dgm_rules *rules, dgm_table *table, dgm_error *err)
{
    uint32_t matter;
    int64_t weight;
    DGM_TRY(matter_named(rules, table, &matter, err));
    DGM_TRY(read_drops(rules, table, &rules->matters[matter], err));
    if (!dgm_str_int(table->cells[2], &weight) || weight < 1 || weight > 9)
        return dgm_table_fail(table, err, "a weight is 1 to 9", table->cells[2]);
    dgm_str words = table->cells[3], phrase;
    while (dgm_str_cut(&words, '|', &phrase)) {
        const dgm_matter_word word = {matter, (uint32_t)weight, dgm_phrase_of(rules, phrase),
                                      DGM_MAP_NONE};
        DGM_PUSH(rules->arena, rules->matter_words, rules->matter_word_count,
                 rules->matter_word_capacity, word);
    }
    return DGM_OK;
}

/* Tables by their name below rules/ or in a user's folder; what is none of these is entries. */
static const struct {
    const char *name;
    row_reader read;
    bool is_first; /* entries lean on it */
    bool is_free; /* of the language, not of the types: kept beside an ontology that stands alone */
} special[] = {{"grammar.tsv", read_class, true, true},
               {"classes.tsv", read_class, true, true},
               {"figurative.tsv", read_class, true, true},
               {"types.tsv", read_defaults, true, false},
               {"operators.tsv", read_operator, false, false},
               {"composition.tsv", read_composition, false, false},
               {"contexts.tsv", read_context, false, false},
               {"matters.tsv", read_matter, true, false},
               {"irregular.tsv", read_irregular, false, true},
               {"nearest.tsv", read_nearest, false, false},
               {"ontology.tsv", NULL, false, true}, /* read by itself */
               {"modality.tsv", NULL, false, true}, /* scope.c reads these two */
               {"attribution.tsv", NULL, false, true}};

enum { SPECIALS = sizeof special / sizeof *special };

static size_t special_of(const char *name)
{
    size_t i = 0;
    while (i < SPECIALS && strcmp(special[i].name, name) != 0)
        i++;
    return i;
}

/* A user's table is named by its path in messages, a built-in one as it stands in data/. */
static const char *shown_name(const dgm_rules *rules, const char *member)
{
    if (!rules->folder)
        return member;
    const size_t folder = strlen(rules->folder), name = strlen(member);
    char *out = dgm_arena_array(rules->arena, folder + name + 2, 1);
    memcpy(out, rules->folder, folder);
    out[folder] = '/';
    memcpy(out + folder + 1, member, name);
    return out;
}

/* Room for an entry in each line, since entries are large and moving them takes time. */
static void reserve_rules(dgm_rules *rules, const dgm_pack *pack)
{
    for (uint32_t i = 0; i < pack->count; i++) {
        const char *name;
        const dgm_str bytes = dgm_pack_member(pack, i, &name);
        if (strncmp(name, "rules/", 6) != 0 || special_of(name + 6) < SPECIALS)
            continue;
        const char *at = bytes.ptr, *end = bytes.ptr + bytes.len;
        while (at < end && (at = memchr(at, '\n', (size_t)(end - at)))) {
            rules->rule_capacity++;
            at++;
        }
    }
    rules->rules = DGM_ARRAY(rules->arena, dgm_rule, rules->rule_capacity);
}

/* Which tables of a pack: those that entries lean on, or the rest. */
static dgm_status read_members(dgm_rules *rules, const dgm_pack *pack, bool is_first,
                               dgm_error *err)
{
    const char *const prefix = rules->folder ? "" : "rules/";
    const bool is_alone = !rules->folder && rules->ontology && rules->ontology->stands_alone;
    for (uint32_t i = 0; i < pack->count; i++) {
        const char *name;
        const dgm_str bytes = dgm_pack_member(pack, i, &name);
        if (strncmp(name, prefix, strlen(prefix)) != 0 || strncmp(name, "gazetteer/", 10) == 0)
            continue;
        const size_t kind = special_of(name + strlen(prefix));
        const row_reader read = kind < SPECIALS ? special[kind].read : read_rule;
        if (!read || (kind < SPECIALS && special[kind].is_first) != is_first ||
            (is_alone && (kind == SPECIALS || !special[kind].is_free)))
            continue;
        DGM_TRY(read_table(rules, shown_name(rules, name), bytes, read, err));
    }
    return DGM_OK;
}

/* Eight bytes at a time, lowest first on every machine; half a megabyte is hashed at each start. */
static uint64_t hash_bytes(uint64_t hash, dgm_str bytes)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    for (size_t left = bytes.len; left; left -= left < 8 ? left : 8, at += 8) {
        uint64_t word = 0;
        if (left >= 8)
            word = (uint64_t)at[0] | (uint64_t)at[1] << 8 | (uint64_t)at[2] << 16 |
                   (uint64_t)at[3] << 24 | (uint64_t)at[4] << 32 | (uint64_t)at[5] << 40 |
                   (uint64_t)at[6] << 48 | (uint64_t)at[7] << 56;
        else
            for (size_t i = 0; i < left; i++)
                word |= (uint64_t)at[i] << 8 * i;
        hash = (hash ^ word) * 0x9FB21C651E98DF25ULL;
        hash ^= hash >> 32;
    }
    return hash ^ bytes.len;
}

static uint64_t hash_pack(uint64_t hash, const dgm_pack *pack, const char *prefix)
{
    for (uint32_t i = 0; i < pack->count; i++) {
        const char *name;
        const dgm_str bytes = dgm_pack_member(pack, i, &name);
        if (strncmp(name, prefix, strlen(prefix)) == 0)
            hash = hash_bytes(hash, bytes);
    }
    return hash;
}

static dgm_status read_ontology(dgm_rules *rules, const dgm_pack *user, dgm_error *err)
{
    const dgm_str bytes = dgm_pack_find(user, "ontology.tsv");
    dgm_ontology *ontology;
    if (!bytes.ptr)
        return DGM_OK;
    DGM_TRY(
        dgm_ontology_read(&ontology, rules->arena, shown_name(rules, "ontology.tsv"), bytes, err));
    rules->ontology = ontology;
    return DGM_OK;
}

/* What a user's pack says stands over what is built in: its classes and default places are read
 * after the built-in ones, its entries before them. */
static dgm_status read_all(dgm_rules *rules, const dgm_pack *pack, const dgm_pack *user,
                           dgm_error *err)
{
    const char *const folder = user ? user->name : NULL;
    rules->folder = folder;
    if (user)
        DGM_TRY(read_ontology(rules, user, err));
    rules->folder = NULL;
    DGM_TRY(read_members(rules, pack, true, err));
    rules->folder = folder;
    if (user)
        DGM_TRY(read_members(rules, user, true, err));
    if (user)
        DGM_TRY(read_members(rules, user, false, err));
    rules->own_count = rules->rule_count;
    rules->own_operator_count = rules->operator_count;
    rules->folder = NULL;
    DGM_TRY(read_members(rules, pack, false, err));
    uint64_t hash = hash_pack(DGM_HASH_START, pack, "rules/");
    if (user)
        hash = hash_pack(hash, user, "");
    snprintf(rules->version, sizeof rules->version, "%016llx",
             (unsigned long long)dgm_hash_end(hash));
    return DGM_OK;
}

dgm_status dgm_rules_load(dgm_rules **out, dgm_arena *arena, const dgm_pack *pack,
                          const dgm_pack *user, const dgm_rules_report *report, dgm_error *err)
{
    dgm_rules *rules = DGM_NEW(arena, dgm_rules);
    rules->arena = arena;
    rules->report = report;
    dgm_map_init(&rules->class_index, arena);
    dgm_map_init(&rules->irregular, arena);
    dgm_map_init(&rules->paths_index, arena);
    dgm_map_init(&rules->constraint_index, arena);
    dgm_map_init(&rules->syms, arena);
    dgm_map_init(&rules->known, arena);
    reserve_rules(rules, pack);
    DGM_TRY(read_all(rules, pack, user, err));
    name_classes(rules);
    name_reaching(rules);
    build_indexes(rules);
    *out = rules;
    return DGM_OK;
}
