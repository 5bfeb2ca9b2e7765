/* Lint tables: what the tables say by themselves, without coding anything. */
#include "engine/lint.h"

#include <stdio.h>

void dgm_lint_report(const dgm_linting *it, const char *id, const char *file, uint64_t line,
                     const char *text)
{
    const dgm_rule_problem problem = {id, file, line, text, {"", 0}};
    it->callback(&problem, it->payload);
}

/* Shadows. */

static bool words_hold(const dgm_words *outer, const dgm_words *inner)
{
    if (outer->is_any || inner->is_any)
        return outer->is_any;
    for (uint32_t i = 0; i < inner->count; i++)
        if (!dgm_words_has(outer, inner->items[i]))
            return false;
    return true;
}

static bool same_keys(const dgm_constraint *a, const dgm_constraint *b)
{
    bool is_same = a->key_count == b->key_count;
    for (uint32_t i = 0; is_same && i < a->key_count; i++)
        is_same = a->keys[i].kind == b->keys[i].kind && a->keys[i].prep == b->keys[i].prep;
    return is_same;
}

/* True when `narrow` can only hold where `wide` does. */
static bool implies(const dgm_constraint *narrow, const dgm_constraint *wide)
{
    if (!same_keys(narrow, wide) || narrow->is_negated != wide->is_negated)
        return false;
    return wide->is_negated ? words_hold(&narrow->words, &wide->words)
                            : words_hold(&wide->words, &narrow->words);
}

static bool same_words(const dgm_trigger *a, const dgm_trigger *b)
{
    bool is_same = a->before_count == b->before_count && a->particle == b->particle;
    for (uint32_t i = 0; is_same && i < a->before_count; i++)
        is_same = a->before[i] == b->before[i];
    return is_same;
}

/* True when the trigger `later` can only match where `first` does. */
static bool trigger_shadows(const dgm_trigger *first, const dgm_trigger *later)
{
    if (!same_words(first, later))
        return false;
    for (uint32_t i = 0; i < first->constraint_count; i++) {
        bool is_implied = false;
        for (uint32_t k = 0; k < later->constraint_count && !is_implied; k++)
            is_implied = implies(&later->constraints[k], &first->constraints[i]);
        if (!is_implied)
            return false;
    }
    return true;
}

static bool same_path(const dgm_path *a, const dgm_path *b)
{
    bool is_same = a->count == b->count;
    for (uint32_t i = 0; is_same && i < a->count; i++)
        is_same = a->steps[i].kind == b->steps[i].kind && a->steps[i].prep == b->steps[i].prep;
    return is_same;
}

static bool same_places(const dgm_paths *a, const dgm_paths *b)
{
    bool is_same = a->count == b->count && a->is_none == b->is_none;
    for (uint32_t i = 0; is_same && i < a->count; i++)
        is_same = same_path(&a->items[i], &b->items[i]);
    return is_same;
}

/* Conditions look at what fills the places: only with equal places do they say the same. */
static bool rule_shadows(const dgm_rule *first, const dgm_rule *later)
{
    const bool is_free = (first->conditions & ~(uint32_t)DGM_IF_TWO_SIDED) == 0 &&
                         !first->actor_sectors && !first->recipient_sectors;
    const bool is_same = first->conditions == later->conditions &&
                         first->actor_sectors == later->actor_sectors &&
                         first->recipient_sectors == later->recipient_sectors &&
                         same_places(&first->actor, &later->actor) &&
                         same_places(&first->recipient, &later->recipient) &&
                         same_places(&first->about, &later->about);
    return (is_free || is_same) && trigger_shadows(&first->trigger, &later->trigger);
}

static void say_shadow(const dgm_linting *it, const char *id, const char *file, uint64_t line,
                       const char *by)
{
    char text[256];
    snprintf(text, sizeof text, "never chosen: %s is tried before it and holds wherever it does",
             by);
    dgm_lint_report(it, id, file, line, text);
}

/* Entries of a lemma are chained in the order in which they are tried. */
static void shadows_of_rule(const dgm_linting *it, const dgm_rules *rules, uint32_t later)
{
    const dgm_rule *rule = &rules->rules[later];
    uint32_t at = dgm_rules_entries(rules, rule->trigger.head)->rules[rule->trigger.pos];
    for (; at != DGM_MAP_NONE && at != later; at = rules->rules[at].next)
        if (rule_shadows(&rules->rules[at], rule)) {
            say_shadow(it, rule->id, rule->file, rule->line, rules->rules[at].id);
            return;
        }
}

static void shadows_of_operator(const dgm_linting *it, const dgm_rules *rules, uint32_t later)
{
    const dgm_operator *op = &rules->operators[later];
    uint32_t at = dgm_rules_entries(rules, op->trigger.head)->operators[op->trigger.pos];
    for (; at != DGM_MAP_NONE && at != later; at = rules->operators[at].next)
        if (trigger_shadows(&rules->operators[at].trigger, &op->trigger)) {
            say_shadow(it, op->id, op->file, op->line, rules->operators[at].id);
            return;
        }
}

void dgm_lint_shadows(const dgm_linting *it)
{
    const dgm_rules *rules = it->engine->book.rules;
    const uint32_t entries = it->pack_only ? rules->own_count : rules->rule_count;
    const uint32_t operators = it->pack_only ? rules->own_operator_count : rules->operator_count;
    for (uint32_t i = 0; i < entries; i++)
        shadows_of_rule(it, rules, i);
    for (uint32_t i = 0; i < operators; i++)
        shadows_of_operator(it, rules, i);
}

/* Actors. */

enum { FIRST_YEAR = -4000, LAST_YEAR = 2100, LONGEST_OFFICE = 140 }; /* a row may hold a dynasty */

/* A row with a name in lower case ("Grand Vizier|grand vizier") is the office, whoever held it. */
static bool is_office(dgm_str names)
{
    dgm_str name;
    while (dgm_str_cut(&names, '|', &name))
        if (name.len && name.ptr[0] >= 'a' && name.ptr[0] <= 'z')
            return true;
    return false;
}

static void check_years(const dgm_linting *it, const dgm_table *table, unsigned column,
                        bool is_person)
{
    static const char *const wrong = "impossible years";
    char id[64];
    int64_t from = 0, to = 0;
    const dgm_str first = table->cells[column], last = table->cells[column + 1];
    const bool has_from = dgm_str_int(first, &from), has_to = dgm_str_int(last, &to);
    const bool is_wrong = (first.len && !has_from) || (last.len && !has_to) ||
                          (has_from && has_to && from > to) ||
                          (has_from && (from < FIRST_YEAR || from > LAST_YEAR)) ||
                          (has_to && (to < FIRST_YEAR || to > LAST_YEAR)) ||
                          (is_person && has_from && has_to && to - from > LONGEST_OFFICE &&
                           !is_office(table->cells[0]));
    snprintf(id, sizeof id, "%.*s", DGM_FMT(table->cells[0]));
    if (is_wrong)
        dgm_lint_report(it, id, table->name, table->line, wrong);
}

static void check_sectors(const dgm_linting *it, const dgm_table *table, unsigned column)
{
    dgm_str rest = table->cells[column], name;
    while (rest.len && dgm_str_cut(&rest, '|', &name)) {
        char text[64];
        if (dgm_sector_from(name))
            continue;
        snprintf(text, sizeof text, "unknown sector %.*s", (int)(name.len < 20 ? name.len : 20),
                 name.ptr);
        dgm_lint_report(it, "", table->name, table->line, text);
    }
}

static const struct {
    const char *name;
    unsigned years, sectors;
    bool is_person;
} actor_tables[] = {{"gazetteer/states.tsv", 2, 0, false},
                    {"gazetteer/actors.tsv", 4, 3, false},
                    {"gazetteer/leaders.tsv", 3, 2, true}};

static void check_actors(const dgm_linting *it, const dgm_pack *pack, const char *folder)
{
    for (unsigned i = 0; i < 3; i++) {
        char name[512];
        dgm_table table;
        snprintf(name, sizeof name, "%s%s%s", folder, folder[0] ? "/" : "", actor_tables[i].name);
        dgm_table_init(&table, name, dgm_pack_find(pack, actor_tables[i].name));
        while (dgm_table_next(&table)) {
            check_years(it, &table, actor_tables[i].years, actor_tables[i].is_person);
            if (actor_tables[i].sectors)
                check_sectors(it, &table, actor_tables[i].sectors);
        }
    }
}

void dgm_lint_actors(const dgm_linting *it)
{
    if (!it->pack_only)
        check_actors(it, &it->engine->pack, "");
    if (it->engine->user.count)
        check_actors(it, &it->engine->user, it->engine->user.name);
}
