/* Lint: every entry of the rules against its own example.
 *
 * An expectation (docs/rules.md) is a list of records parted by ';': "[TYPE[.mode]] A + B > C
 * [modality]". It holds when every record listed comes out, and at least one carries the entry's
 * id; "none" wants no record at all. */
#include "engine/lint.h"

#include <stdio.h>

typedef struct checking {
    dgm_map fired; /* ids that coded in some example */
    dgm_arena *arena;
    bool pack_only;
    dgm_coder *coder;
    const dgm_engine *engine;
    dgm_rule_problem_callback callback;
    void *payload;
    dgm_error *err;
    uint64_t checked;
} checking;

typedef struct entry {
    const char *id, *file;
    uint64_t line;
    dgm_type type; /* NONE for operators */
    dgm_str example, expect;
} entry;

static void report(checking *it, const entry *of, const char *text)
{
    dgm_rule_problem problem = {of->id, of->file, of->line, text, of->example};
    it->callback(&problem, it->payload);
}

/* "IRN.MIL" against an actor; "?" is an actor without code. Sectors only where they are given. */
static bool actor_is(const dgm_actor *actor, dgm_str want)
{
    dgm_str code;
    dgm_str_cut(&want, '.', &code);
    if (!dgm_str_is(code, actor->code ? actor->code : "?"))
        return false;
    dgm_str name;
    while (dgm_str_cut(&want, '.', &name)) {
        bool has = false;
        for (unsigned s = 0; s < DGM_ACTOR_SECTORS; s++)
            has |= actor->sectors[s] && dgm_sector_from(name) == actor->sectors[s];
        if (!has)
            return false;
    }
    return true;
}

static bool list_is(dgm_actors actors, dgm_str want)
{
    uint32_t count = 0;
    dgm_str one;
    if (dgm_str_is(want, "-") || !want.len)
        return actors.count == 0;
    while (dgm_str_cut(&want, '+', &one)) {
        bool has = false;
        for (uint32_t i = 0; i < actors.count; i++)
            has |= actor_is(&actors.items[i], one);
        if (!has)
            return false;
        count++;
    }
    return count == actors.count;
}

static bool is_type_name(const dgm_ontology *ontology, dgm_str name, dgm_type *type, dgm_mode *mode)
{
    dgm_str first;
    dgm_str rest = name;
    dgm_str_cut(&rest, '.', &first);
    *type = dgm_label_type_from(ontology, first);
    *mode = rest.ptr ? dgm_label_mode_from(ontology, rest) : DGM_MODE_NONE;
    return *type != 0;
}

/* One expected record against one that came out. */
static bool record_is(const dgm_record *record, const entry *of, dgm_str want)
{
    dgm_modality modality = DGM_MODALITY_NONE;
    size_t bracket = dgm_str_find(want, DGM_STR("["));
    if (bracket != SIZE_MAX) {
        dgm_str name = dgm_str_sub(want, bracket + 1, want.len - bracket - 1);
        dgm_str_cut(&name, ']', &name);
        modality = dgm_modality_from(name);
        want = dgm_str_trim(dgm_str_sub(want, 0, bracket));
    }
    dgm_type type = of->type;
    dgm_mode mode = DGM_MODE_NONE;
    dgm_str rest = want, first;
    dgm_str_cut(&rest, ' ', &first);
    dgm_type named;
    if (is_type_name(record->ontology, first, &named, &mode)) {
        type = named;
        want = dgm_str_trim(rest);
    }
    if ((type && record->type != type) || (mode && record->mode != mode) ||
        (modality && record->modality != modality))
        return false;
    dgm_str sides = want, actors;
    dgm_str_cut(&sides, '>', &actors);
    return list_is(record->actors, actors) &&
           list_is(record->recipients, sides.ptr ? dgm_str_trim(sides) : DGM_STR("-"));
}

static void describe(dgm_buf *out, const dgm_records *records)
{
    for (uint32_t i = 0; i < records->count; i++) {
        const dgm_record *record = &records->items[i];
        dgm_buf_printf(out, "%s%s%s%s", i ? " ; " : "", dgm_record_type_name(record),
                       record->mode ? "." : "", dgm_record_mode_name(record));
        const dgm_actors *sides[] = {&record->actors, &record->recipients};
        for (unsigned side = 0; side < 2; side++) {
            dgm_buf_text(out, side ? " >" : "");
            for (uint32_t k = 0; k < sides[side]->count; k++)
                dgm_buf_printf(out, "%s%s", k ? "+" : " ",
                               sides[side]->items[k].code ? sides[side]->items[k].code : "?");
        }
        dgm_buf_printf(out, " [%s] by %s", dgm_modality_name(record->modality), record->rule);
    }
    if (!records->count)
        dgm_buf_text(out, "no record");
}

/* The ids of a record are parted by '+'; "accuse/fault" is no part of "accuse/fault-2". */
static bool is_coded_by(const dgm_record *record, const char *id)
{
    dgm_str rest = dgm_str_of(record->rule), one;
    while (dgm_str_cut(&rest, '+', &one))
        if (dgm_str_is(one, id))
            return true;
    return false;
}

static bool holds(const entry *of, const dgm_records *records)
{
    if (dgm_str_is(of->expect, "none"))
        return records->count == 0;
    bool is_used = false;
    for (uint32_t i = 0; i < records->count; i++)
        is_used |= is_coded_by(&records->items[i], of->id);
    dgm_str rest = of->expect, want;
    while (dgm_str_cut(&rest, ';', &want)) {
        bool found = false;
        for (uint32_t i = 0; i < records->count && !found; i++)
            found = record_is(&records->items[i], of, want);
        if (!found)
            return false;
    }
    return is_used;
}

static void note_fired(checking *it, const dgm_records *records)
{
    for (uint32_t i = 0; i < records->count; i++) {
        dgm_str rest = dgm_str_of(records->items[i].rule), id;
        while (dgm_str_cut(&rest, '+', &id))
            if (dgm_map_get(&it->fired, id) == DGM_MAP_NONE)
                dgm_map_put(&it->fired, dgm_arena_str(it->arena, id.ptr, id.len), 1);
    }
}

static dgm_status check_entry(checking *it, const entry *of)
{
    it->checked++;
    if (!of->example.len || !of->expect.len) {
        report(it, of, "no example");
        return DGM_OK;
    }
    dgm_document *document;
    DGM_TRY(dgm_document_new(&document, DGM_STR("example"), DGM_STR(""), DGM_STR(""), of->example,
                             it->err));
    dgm_records records;
    dgm_status status = dgm_coder_code(&records, it->coder, document, it->err);
    note_fired(it, &records);
    if (status == DGM_OK && !holds(of, &records)) {
        dgm_buf text = {0};
        dgm_buf_printf(&text, "expected %.*s, got ", DGM_FMT(of->expect));
        describe(&text, &records);
        report(it, of, text.ptr ? text.ptr : "out of memory");
        dgm_buf_free(&text);
    }
    dgm_document_free(document);
    return status;
}

static entry of_rule(const dgm_rules *rules, uint32_t i)
{
    const dgm_rule *rule = &rules->rules[i];
    return (entry){rule->id, rule->file, rule->line, rule->type, rule->example, rule->expect};
}

static entry of_operator(const dgm_rules *rules, uint32_t i)
{
    const dgm_operator *op = &rules->operators[i];
    return (entry){op->id, op->file, op->line, DGM_TYPE_NONE, op->example, op->expect};
}

/* All entries, the user's first, or these only. */
static entry entry_at(const checking *it, uint32_t i, bool *is_there)
{
    const dgm_rules *rules = it->engine->book.rules;
    const uint32_t entries = it->pack_only ? rules->own_count : rules->rule_count;
    const uint32_t operators = it->pack_only ? rules->own_operator_count : rules->operator_count;
    *is_there = i < entries + operators;
    if (!*is_there)
        return (entry){0};
    return i < entries ? of_rule(rules, i) : of_operator(rules, i - entries);
}

static dgm_status check_all(checking *it)
{
    bool is_there;
    for (uint32_t i = 0;; i++) {
        const entry of = entry_at(it, i, &is_there);
        if (!is_there)
            return DGM_OK;
        DGM_TRY(check_entry(it, &of));
    }
}

/* Ids that stand twice, and entries that no example fires. */
static void check_ids(checking *it, bool with_fired)
{
    dgm_map seen;
    bool is_there = true;
    dgm_map_init(&seen, it->arena);
    for (uint32_t i = 0; is_there; i++) {
        const entry of = entry_at(it, i, &is_there);
        if (!is_there)
            break;
        const dgm_str id = dgm_str_of(of.id);
        if (dgm_map_get(&seen, id) != DGM_MAP_NONE)
            report(it, &of, "the id stands twice");
        dgm_map_put(&seen, id, 1);
        if (with_fired && of.example.len && !dgm_str_is(of.expect, "none") &&
            dgm_map_get(&it->fired, id) == DGM_MAP_NONE)
            report(it, &of, "can't fire: no example gives a record by it");
    }
}

typedef struct checking_call {
    checking *it;
    bool with_tables;
} checking_call;

static dgm_status check_body(void *payload)
{
    checking_call *call = payload;
    checking *it = call->it;
    dgm_map_init(&it->fired, it->arena);
    DGM_TRY(check_all(it));
    check_ids(it, call->with_tables);
    if (!call->with_tables)
        return DGM_OK;
    const dgm_linting linting = {it->engine, it->pack_only, it->callback, it->payload};
    dgm_lint_shadows(&linting);
    dgm_lint_actors(&linting);
    return DGM_OK;
}

static dgm_status run_checks(const dgm_engine *engine, bool pack_only, bool with_tables,
                             dgm_rule_problem_callback callback, void *payload, uint64_t *checked,
                             dgm_error *err)
{
    checking it = {.engine = engine,
                   .pack_only = pack_only && engine->user.count,
                   .callback = callback,
                   .payload = payload,
                   .err = err};
    checking_call call = {.it = &it, .with_tables = with_tables};
    DGM_TRY(dgm_coder_new(&it.coder, engine, err));
    it.arena = dgm_arena_new();
    const dgm_status status = it.arena ? dgm_arena_run(it.arena, check_body, &call)
                                       : dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory");
    dgm_arena_free(it.arena);
    dgm_coder_free(it.coder);
    if (checked)
        *checked = it.checked;
    return status;
}

dgm_status dgm_engine_check_rules(const dgm_engine *engine, dgm_rule_problem_callback callback,
                                  void *payload, uint64_t *checked, dgm_error *err)
{
    return run_checks(engine, false, false, callback, payload, checked, err);
}

dgm_status dgm_engine_lint(const dgm_engine *engine, bool pack_only,
                           dgm_rule_problem_callback callback, void *payload, uint64_t *checked,
                           dgm_error *err)
{
    return run_checks(engine, pack_only, true, callback, payload, checked, err);
}
