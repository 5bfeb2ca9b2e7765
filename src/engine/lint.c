/* Lint: every entry of the rules against its own example.
 *
 * An expectation (docs/rules.md) is a list of records parted by ';': "[TYPE[.mode]] A + B > C
 * [modality]". It holds when every record listed comes out, and at least one carries the entry's
 * id; "none" wants no record at all. */
#include "engine/engine.h"

#include <stdio.h>

typedef struct checking {
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

static bool is_type_name(dgm_str name, dgm_type *type, dgm_mode *mode)
{
    dgm_str first;
    dgm_str rest = name;
    dgm_str_cut(&rest, '.', &first);
    *type = dgm_type_from(first);
    *mode = rest.ptr ? dgm_mode_from(rest) : DGM_MODE_NONE;
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
    if (is_type_name(first, &named, &mode)) {
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
        dgm_buf_printf(out, "%s%s%s%s", i ? " ; " : "", dgm_type_name(record->type),
                       record->mode ? "." : "", dgm_mode_name(record->mode));
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

static bool holds(const entry *of, const dgm_records *records)
{
    if (dgm_str_is(of->expect, "none"))
        return records->count == 0;
    bool is_used = false;
    for (uint32_t i = 0; i < records->count; i++)
        is_used |= strstr(records->items[i].rule, of->id) != NULL;
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

static dgm_status check_all(checking *it)
{
    const dgm_rules *rules = it->engine->book.rules;
    for (uint32_t i = 0; i < rules->rule_count; i++) {
        const dgm_rule *rule = &rules->rules[i];
        entry of = {rule->id, rule->file, rule->line, rule->type, rule->example, rule->expect};
        DGM_TRY(check_entry(it, &of));
    }
    for (uint32_t i = 0; i < rules->operator_count; i++) {
        const dgm_operator *op = &rules->operators[i];
        entry of = {op->id, op->file, op->line, DGM_TYPE_NONE, op->example, op->expect};
        DGM_TRY(check_entry(it, &of));
    }
    return DGM_OK;
}

dgm_status dgm_engine_check_rules(const dgm_engine *engine, dgm_rule_problem_callback callback,
                                  void *payload, uint64_t *checked, dgm_error *err)
{
    checking it = {.engine = engine, .callback = callback, .payload = payload, .err = err};
    DGM_TRY(dgm_coder_new(&it.coder, engine, err));
    dgm_status status = check_all(&it);
    dgm_coder_free(it.coder);
    if (checked)
        *checked = it.checked;
    return status;
}
