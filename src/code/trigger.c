/* Cells of the rule tables (docs/rules.md): "verb:hold obj=talk|@meeting", "obj.poss|of",
 * "recipient actor=GOV". */
#include "code/trigger.h"

#include <stdlib.h>

static const struct {
    const char *name;
    dgm_step_kind kind;
} step_names[] = {{"subj", DGM_STEP_SUBJ},   {"obj", DGM_STEP_OBJ},     {"iobj", DGM_STEP_IOBJ},
                  {"xcomp", DGM_STEP_XCOMP}, {"ccomp", DGM_STEP_CCOMP}, {"mod", DGM_STEP_MOD},
                  {"adv", DGM_STEP_ADV},     {"pred", DGM_STEP_PRED},   {"poss", DGM_STEP_POSS},
                  {"adj", DGM_STEP_ADJ},     {"any", DGM_STEP_ANY},     {"source", DGM_STEP_SOURCE},
                  {"modal", DGM_STEP_MODAL}, {"above", DGM_STEP_ABOVE}};

static bool is_word(dgm_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
              c == '\'' || c == '.' || (unsigned char)c >= 0x80))
            return false;
    }
    return s.len > 0;
}

/* The number of the word: a new one where it was not named before. */
static dgm_sym number(dgm_rules *rules, dgm_str word)
{
    enum { TEXT_BYTES = 4096 };
    const uint32_t known = dgm_map_get(&rules->syms, word);
    if (known != DGM_MAP_NONE)
        return known;
    if (rules->text_left < word.len) {
        rules->text_left = word.len + TEXT_BYTES;
        rules->text = dgm_arena_array(rules->arena, rules->text_left, 1);
    }
    memcpy(rules->text, word.ptr, word.len);
    dgm_map_put(&rules->syms, (dgm_str){rules->text, word.len}, rules->syms.count + 1);
    rules->text += word.len;
    rules->text_left -= word.len;
    return rules->syms.count;
}

dgm_phrase dgm_phrase_of(dgm_rules *rules, dgm_str lemmas)
{
    dgm_sym *words = NULL;
    uint32_t count = 0, capacity = 0;
    dgm_str word;
    while (dgm_str_cut(&lemmas, '_', &word))
        DGM_PUSH(rules->arena, words, count, capacity, number(rules, word));
    return (dgm_phrase){words, count};
}

/* A preposition's '_' stands for a space: "because_of". */
static dgm_str spaced(dgm_arena *arena, dgm_str s)
{
    if (!memchr(s.ptr, '_', s.len))
        return s;
    dgm_str copy = dgm_arena_str(arena, s.ptr, s.len);
    for (size_t i = 0; i < copy.len; i++)
        if (copy.ptr[i] == '_')
            ((char *)(uintptr_t)copy.ptr)[i] = ' ';
    return copy;
}

static bool read_step(dgm_rules *rules, dgm_str name, dgm_step *step)
{
    for (size_t i = 0; i < sizeof step_names / sizeof *step_names; i++)
        if (name.len && name.ptr[0] == *step_names[i].name &&
            dgm_str_is(name, step_names[i].name)) {
            *step = (dgm_step){step_names[i].kind, 0};
            return true;
        }
    if (!is_word(name))
        return false;
    *step = (dgm_step){DGM_STEP_PREP, number(rules, spaced(rules->arena, name))};
    return true;
}

static bool read_path(dgm_rules *rules, dgm_str cell, dgm_path *path)
{
    dgm_str name;
    *path = (dgm_path){.count = 0};
    while (dgm_str_cut(&cell, '.', &name))
        if (path->count == DGM_PLACE_STEPS || !read_step(rules, name, &path->steps[path->count++]))
            return false;
    return path->count > 0;
}

/* Pieces of a cell between separators. */
static uint32_t count_pieces(dgm_str cell, char separator)
{
    uint32_t count = 1;
    for (size_t i = 0; i < cell.len; i++)
        count += cell.ptr[i] == separator;
    return count;
}

static dgm_status read_paths(dgm_rules *rules, const dgm_table *table, dgm_str cell,
                             dgm_paths *paths, dgm_error *err)
{
    dgm_str name, rest = cell;
    paths->items = DGM_ARRAY(rules->arena, dgm_path, count_pieces(cell, '|'));
    while (dgm_str_cut(&rest, '|', &name))
        if (!read_path(rules, name, &paths->items[paths->count++]))
            return dgm_table_fail(table, err, "not a place", name);
    dgm_map_put(&rules->paths_index, cell, rules->paths_count);
    DGM_PUSH(rules->arena, rules->paths, rules->paths_count, rules->paths_capacity, *paths);
    return DGM_OK;
}

dgm_status dgm_paths_read(dgm_rules *rules, const dgm_table *table, dgm_str cell, dgm_paths *paths,
                          dgm_error *err)
{
    *paths = (dgm_paths){.is_none = dgm_str_is(cell, "-")};
    if (!cell.len || paths->is_none)
        return DGM_OK;
    uint32_t known = dgm_map_get(&rules->paths_index, cell);
    if (known == DGM_MAP_NONE)
        return read_paths(rules, table, cell, paths, err);
    *paths = rules->paths[known];
    return DGM_OK;
}

static int compare_words(const void *a, const void *b)
{
    const dgm_sym x = *(const dgm_sym *)a, y = *(const dgm_sym *)b;
    return x < y ? -1 : x > y;
}

static const dgm_words *class_of(const dgm_rules *rules, dgm_str item)
{
    uint32_t found =
        dgm_map_get(&rules->class_index, dgm_str_sub(item, 1, item.len ? item.len - 1 : 0));
    return found == DGM_MAP_NONE ? NULL : &rules->classes[found];
}

static bool is_class(dgm_str item)
{
    return item.len > 1 && item.ptr[0] == '@';
}

static dgm_status add_item(dgm_rules *rules, const dgm_table *table, dgm_str item, dgm_words *words,
                           uint32_t *capacity, dgm_error *err)
{
    if (!is_class(item)) {
        DGM_PUSH(rules->arena, words->items, words->count, *capacity, number(rules, item));
        return is_word(item) ? DGM_OK : dgm_table_fail(table, err, "not a word", item);
    }
    const dgm_words *class = class_of(rules, item);
    if (!class)
        return dgm_table_fail(table, err, "unknown class", item);
    for (uint32_t i = 0; i < class->count; i++)
        DGM_PUSH(rules->arena, words->items, words->count, *capacity, class->items[i]);
    return DGM_OK;
}

static void sort_words(dgm_words *words)
{
    for (uint32_t i = 1; i < words->count; i++)
        if (words->items[i - 1] > words->items[i]) {
            qsort(words->items, words->count, sizeof *words->items, compare_words);
            return;
        }
}

dgm_status dgm_words_read(dgm_rules *rules, const dgm_table *table, dgm_str cell, dgm_words *words,
                          dgm_error *err)
{
    *words = (dgm_words){.is_any = dgm_str_is(cell, "*")};
    if (words->is_any)
        return DGM_OK;
    uint32_t capacity = count_pieces(cell, '|');
    if (capacity == 1 && is_class(cell) && class_of(rules, cell)) {
        *words = *class_of(rules, cell); /* as it is: sorted, and shared */
        return DGM_OK;
    }
    words->items = DGM_ARRAY(rules->arena, dgm_sym, capacity);
    dgm_str item, rest = cell;
    while (dgm_str_cut(&rest, '|', &item))
        DGM_TRY(add_item(rules, table, item, words, &capacity, err));
    sort_words(words);
    return DGM_OK;
}

bool dgm_words_has(const dgm_words *words, dgm_sym sym)
{
    uint32_t from = 0, to = words->count;
    while (from < to) {
        const uint32_t middle = from + (to - from) / 2;
        if (words->items[middle] < sym)
            from = middle + 1;
        else
            to = middle;
    }
    return words->is_any || (from < words->count && words->items[from] == sym);
}

/* "to|toward=*", "obj!=game" */
static dgm_status read_constraint(dgm_rules *rules, const dgm_table *table, dgm_str cell,
                                  dgm_constraint *constraint, dgm_error *err)
{
    size_t at = dgm_str_find(cell, DGM_STR("="));
    if (at == SIZE_MAX || at == 0)
        return dgm_table_fail(table, err, "not a constraint", cell);
    constraint->is_negated = cell.ptr[at - 1] == '!';
    dgm_str keys = dgm_str_sub(cell, 0, at - constraint->is_negated), key;
    constraint->keys = DGM_ARRAY(rules->arena, dgm_step, count_pieces(keys, '|'));
    while (dgm_str_cut(&keys, '|', &key)) {
        dgm_step step;
        if (!read_step(rules, key, &step))
            return dgm_table_fail(table, err, "not a key", key);
        constraint->keys[constraint->key_count++] = step;
    }
    return dgm_words_read(rules, table, dgm_str_sub(cell, at + 1, cell.len - at - 1),
                          &constraint->words, err);
}

/* Entries lean on classes that stand by then, so that constraints written alike are alike. */
static dgm_status read_known_constraint(dgm_rules *rules, const dgm_table *table, dgm_str cell,
                                        dgm_constraint *constraint, dgm_error *err)
{
    const uint32_t known = dgm_map_get(&rules->constraint_index, cell);
    if (known != DGM_MAP_NONE) {
        *constraint = rules->constraints[known];
        return DGM_OK;
    }
    DGM_TRY(read_constraint(rules, table, cell, constraint, err));
    dgm_map_put(&rules->constraint_index, cell, rules->constraint_count);
    DGM_PUSH(rules->arena, rules->constraints, rules->constraint_count, rules->constraint_capacity,
             *constraint);
    return DGM_OK;
}

static bool read_pos(dgm_str name, dgm_trigger_pos *pos)
{
    *pos = dgm_str_is(name, "verb")   ? DGM_TRIGGER_VERB
           : dgm_str_is(name, "noun") ? DGM_TRIGGER_NOUN
           : dgm_str_is(name, "adj")  ? DGM_TRIGGER_ADJ
                                      : 0;
    return *pos != 0;
}

/* "crack_down" for a verb, "peace_treaty" for a noun: where the head stands depends on the pos. */
static bool read_words(dgm_rules *rules, dgm_str words, dgm_trigger *trigger)
{
    dgm_sym parts[DGM_TRIGGER_WORDS + 1];
    dgm_str part;
    uint32_t count = 0;
    while (dgm_str_cut(&words, '_', &part)) {
        if (count > DGM_TRIGGER_WORDS || !is_word(part))
            return false;
        parts[count++] = number(rules, part);
    }
    if (trigger->pos == DGM_TRIGGER_VERB) {
        trigger->head = parts[0];
        if (count == 2)
            trigger->particle = parts[1];
        return count <= 2;
    }
    trigger->head = parts[count - 1];
    trigger->before_count = count - 1;
    memcpy(trigger->before, parts, (count - 1) * sizeof *parts);
    return count > 0;
}

dgm_status dgm_trigger_read(dgm_rules *rules, const dgm_table *table, dgm_str cell,
                            dgm_trigger *trigger, uint32_t *weight, dgm_error *err)
{
    dgm_str rest = cell, piece, pos;
    *trigger = (dgm_trigger){0};
    dgm_str_cut(&rest, ' ', &piece);
    dgm_str words = piece;
    dgm_str_cut(&words, ':', &pos);
    if (!read_pos(pos, &trigger->pos) || !words.ptr || !read_words(rules, words, trigger))
        return dgm_table_fail(table, err, "not a trigger", cell);
    *weight = trigger->before_count + (trigger->particle != 0);
    if (rest.ptr)
        trigger->constraints = DGM_ARRAY(rules->arena, dgm_constraint, count_pieces(rest, ' '));
    while (dgm_str_cut(&rest, ' ', &piece)) {
        if (!piece.len)
            continue;
        dgm_constraint constraint = {0};
        DGM_TRY(read_known_constraint(rules, table, piece, &constraint, err));
        /* words that are shut out narrow an entry, but make it no closer to the meaning */
        *weight += constraint.words.is_any ? 1 : constraint.is_negated ? 0 : 2;
        trigger->constraints[trigger->constraint_count++] = constraint;
    }
    return DGM_OK;
}

static const struct {
    const char *name;
    uint32_t bit;
} condition_names[] = {{"actor", DGM_IF_ACTOR},
                       {"recipient", DGM_IF_RECIPIENT},
                       {"about", DGM_IF_ABOUT},
                       {"passive", DGM_IF_PASSIVE},
                       {"active", DGM_IF_ACTIVE},
                       {"two-sided", DGM_IF_TWO_SIDED},
                       {"clause", DGM_IF_CLAUSE},
                       {"no-clause", DGM_IF_NO_CLAUSE},
                       {"recipient=PLACE", DGM_IF_RECIPIENT_PLACE},
                       {"common", DGM_IF_COMMON},
                       {"pair", DGM_IF_PAIR}};

static bool read_sectors(dgm_str names, uint32_t *bits)
{
    dgm_str name;
    while (dgm_str_cut(&names, '|', &name)) {
        dgm_sector sector = dgm_sector_from(name);
        if (!sector && !dgm_str_is(name, "STATE"))
            return false;
        *bits |= 1u << sector; /* bit 0: a state itself */
    }
    return true;
}

static bool read_condition(dgm_str name, dgm_rule *rule)
{
    for (size_t i = 0; i < sizeof condition_names / sizeof *condition_names; i++)
        if (dgm_str_is(name, condition_names[i].name)) {
            rule->conditions |= condition_names[i].bit;
            return true;
        }
    const dgm_str actor = DGM_STR("actor="), recipient = DGM_STR("recipient="),
                  not_actor = DGM_STR("actor!=");
    if (dgm_str_starts(name, actor))
        return read_sectors(dgm_str_sub(name, actor.len, name.len - actor.len),
                            &rule->actor_sectors);
    if (dgm_str_starts(name, not_actor))
        return read_sectors(dgm_str_sub(name, not_actor.len, name.len - not_actor.len),
                            &rule->actor_not);
    if (dgm_str_starts(name, recipient))
        return read_sectors(dgm_str_sub(name, recipient.len, name.len - recipient.len),
                            &rule->recipient_sectors);
    return false;
}

dgm_status dgm_conditions_read(const dgm_table *table, dgm_str cell, dgm_rule *rule, dgm_error *err)
{
    dgm_str name;
    while (dgm_str_cut(&cell, ' ', &name))
        if (name.len && !read_condition(name, rule))
            return dgm_table_fail(table, err, "unknown condition", name);
    return DGM_OK;
}
