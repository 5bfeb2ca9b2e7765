/* Labels: see labels.h. */
#include "base/labels.h"
#include "base/str.h"

#include <math.h>
#include <stdlib.h>

static const char *z_of(dgm_arena *arena, dgm_str s)
{
    return dgm_arena_str(arena, s.ptr, s.len).ptr;
}

static unsigned find(const char *const *names, unsigned from, unsigned to, dgm_str name)
{
    for (unsigned i = from; i < to && name.len; i++)
        if (dgm_str_is(name, names[i]))
            return i;
    return 0;
}

static bool read_score(dgm_str cell, double *score)
{
    char text[16];
    *score = NAN;
    if (!cell.len)
        return true;
    if (cell.len >= sizeof text)
        return false;
    memcpy(text, cell.ptr, cell.len);
    text[cell.len] = '\0';
    char *end;
    *score = strtod(text, &end);
    return *end == '\0' && *score >= -10 && *score <= 10;
}

static bool read_flags(dgm_str cell, uint32_t *flags)
{
    static const struct {
        const char *name;
        uint32_t flag;
    } known[] = {{"needs-recipient", DGM_TYPE_NEEDS_RECIPIENT},
                 {"noun-alone", DGM_TYPE_NOUN_ALONE},
                 {"unnamed-actor", DGM_TYPE_UNNAMED_ACTOR}};
    dgm_str name;
    while (cell.len && dgm_str_cut(&cell, ' ', &name)) {
        bool is_known = !name.len;
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if (dgm_str_is(name, known[i].name)) {
                *flags |= known[i].flag;
                is_known = true;
            }
        if (!is_known)
            return false;
    }
    return true;
}

static dgm_kind kind_from(dgm_str name)
{
    for (unsigned kind = 1; kind < DGM_KIND_COUNT; kind++)
        if (dgm_str_is(name, dgm_kind_name((dgm_kind)kind)))
            return (dgm_kind)kind;
    return DGM_KIND_NONE;
}

/* quad, name */
static dgm_status read_quad(dgm_ontology *it, dgm_arena *arena, dgm_table *table, dgm_error *err)
{
    if (!table->cells[1].len || it->quad_count == DGM_QUAD_LIMIT)
        return dgm_table_fail(table, err, "no name, or too many classes", table->cells[1]);
    it->quads[it->quad_count++] = z_of(arena, table->cells[1]);
    return DGM_OK;
}

/* type, name, kind, quad class, score, two-sided, phrase, flags */
static dgm_status read_type(dgm_ontology *it, dgm_arena *arena, dgm_table *table, dgm_error *err)
{
    const dgm_str *cells = table->cells;
    dgm_label_type type = {.kind = kind_from(cells[2]),
                           .is_two_sided = dgm_str_is(cells[5], "yes")};
    if (!cells[1].len || it->type_count == DGM_TYPE_LIMIT)
        return dgm_table_fail(table, err, "no name, or too many types", cells[1]);
    if (dgm_label_type_from(it, cells[1]))
        return dgm_table_fail(table, err, "a type twice", cells[1]);
    if (!type.kind)
        return dgm_table_fail(table, err, "unknown kind", cells[2]);
    type.quad = (dgm_quad)find(it->quads, DGM_QUAD_COUNT, it->quad_count, cells[3]);
    if (cells[3].len && !type.quad)
        return dgm_table_fail(table, err, "unknown class", cells[3]);
    if (!read_score(cells[4], &type.score))
        return dgm_table_fail(table, err, "not a score from -10 to 10", cells[4]);
    if (!read_flags(cells[7], &type.flags))
        return dgm_table_fail(table, err, "unknown property", cells[7]);
    type.name = z_of(arena, cells[1]);
    type.phrase = z_of(arena, cells[6]);
    it->types[it->type_count++] = type;
    return DGM_OK;
}

/* mode, name, type, (empty), score */
static dgm_status read_mode(dgm_ontology *it, dgm_arena *arena, dgm_table *table, dgm_error *err)
{
    dgm_label_mode row = {.owner = dgm_label_type_from(it, table->cells[2]),
                          .mode = dgm_label_mode_from(it, table->cells[1])};
    if (!row.owner)
        return dgm_table_fail(table, err, "unknown type", table->cells[2]);
    if (!read_score(table->cells[4], &row.score))
        return dgm_table_fail(table, err, "not a score from -10 to 10", table->cells[4]);
    if (!row.mode && (!table->cells[1].len || it->mode_count == DGM_MODE_LIMIT))
        return dgm_table_fail(table, err, "no name, or too many modes", table->cells[1]);
    if (!row.mode) {
        row.mode = (dgm_mode)it->mode_count;
        it->modes[it->mode_count++] = z_of(arena, table->cells[1]);
    }
    DGM_PUSH(arena, it->owned, it->owned_count, it->owned_capacity, row);
    return DGM_OK;
}

static dgm_status read_context(dgm_ontology *it, dgm_arena *arena, dgm_table *table, dgm_error *err)
{
    if (!table->cells[1].len || it->context_count > DGM_CONTEXT_LIMIT)
        return dgm_table_fail(table, err, "no name, or too many contexts", table->cells[1]);
    if (!dgm_label_context_from(it, table->cells[1]))
        it->contexts[it->context_count++] = z_of(arena, table->cells[1]);
    return DGM_OK;
}

static dgm_status read_row(dgm_ontology *it, dgm_arena *arena, dgm_table *table, dgm_error *err)
{
    const dgm_str word = table->cells[0];
    if (dgm_str_is(word, "version"))
        it->version = z_of(arena, table->cells[1]);
    else if (dgm_str_is(word, "alone"))
        it->stands_alone = true;
    else if (dgm_str_is(word, "quad"))
        return read_quad(it, arena, table, err);
    else if (dgm_str_is(word, "type"))
        return read_type(it, arena, table, err);
    else if (dgm_str_is(word, "mode"))
        return read_mode(it, arena, table, err);
    else if (dgm_str_is(word, "context"))
        return read_context(it, arena, table, err);
    else
        return dgm_table_fail(table, err, "unknown row", word);
    return DGM_OK;
}

dgm_status dgm_ontology_read(dgm_ontology **out, dgm_arena *arena, const char *name, dgm_str bytes,
                             dgm_error *err)
{
    dgm_ontology *it = DGM_NEW(arena, dgm_ontology);
    *it = (dgm_ontology){.version = "",
                         .type_count = DGM_TYPE_COUNT,
                         .mode_count = DGM_MODE_COUNT,
                         .quad_count = DGM_QUAD_COUNT,
                         .context_count = DGM_CONTEXT_COUNT};
    dgm_table table;
    dgm_table_init(&table, name, bytes);
    while (dgm_table_next(&table))
        DGM_TRY(read_row(it, arena, &table, err));
    if (!it->version[0])
        return dgm_fail(err, DGM_ERROR_FORMAT, name, 0, "the ontology has no row \"version\"");
    *out = it;
    return DGM_OK;
}

/* A type of the pack; NULL for built-in and unknown ones. */
static const dgm_label_type *own_type(const dgm_ontology *it, dgm_type type)
{
    return it && type >= DGM_TYPE_COUNT && type < it->type_count ? &it->types[type] : NULL;
}

unsigned dgm_label_type_count(const dgm_ontology *ontology)
{
    return ontology ? ontology->type_count : DGM_TYPE_COUNT;
}

bool dgm_label_has_type(const dgm_ontology *ontology, dgm_type type)
{
    return own_type(ontology, type) ||
           (type && type < DGM_TYPE_COUNT && !(ontology && ontology->stands_alone));
}

const char *dgm_label_type_name(const dgm_ontology *ontology, dgm_type type)
{
    const dgm_label_type *own = own_type(ontology, type);
    return own ? own->name : dgm_type_name(type);
}

const char *dgm_label_mode_name(const dgm_ontology *ontology, dgm_mode mode)
{
    const bool is_own = ontology && mode >= DGM_MODE_COUNT && mode < ontology->mode_count;
    return is_own ? ontology->modes[mode] : dgm_mode_name(mode);
}

const char *dgm_label_quad_name(const dgm_ontology *ontology, dgm_quad quad)
{
    const bool is_own = ontology && quad >= DGM_QUAD_COUNT && quad < ontology->quad_count;
    return is_own ? ontology->quads[quad] : dgm_quad_name(quad);
}

const char *dgm_label_context_name(const dgm_ontology *ontology, unsigned context)
{
    const bool is_own =
        ontology && context >= DGM_CONTEXT_COUNT && context < ontology->context_count;
    return is_own ? ontology->contexts[context] : dgm_context_name((dgm_context)context);
}

dgm_type dgm_label_type_from(const dgm_ontology *ontology, dgm_str name)
{
    for (unsigned type = DGM_TYPE_COUNT; ontology && type < ontology->type_count; type++)
        if (dgm_str_is(name, ontology->types[type].name))
            return (dgm_type)type;
    return ontology && ontology->stands_alone ? DGM_TYPE_NONE : dgm_type_from(name);
}

dgm_mode dgm_label_mode_from(const dgm_ontology *ontology, dgm_str name)
{
    const unsigned own =
        ontology ? find(ontology->modes, DGM_MODE_COUNT, ontology->mode_count, name) : 0;
    return own ? (dgm_mode)own : dgm_mode_from(name);
}

dgm_context dgm_label_context_from(const dgm_ontology *ontology, dgm_str name)
{
    const unsigned own =
        ontology ? find(ontology->contexts, DGM_CONTEXT_COUNT, ontology->context_count, name) : 0;
    return own ? (dgm_context)own : dgm_context_from(name);
}

dgm_kind dgm_label_kind(const dgm_ontology *ontology, dgm_type type)
{
    const dgm_label_type *own = own_type(ontology, type);
    return own ? own->kind : dgm_type_kind(type);
}

dgm_quad dgm_label_quad(const dgm_ontology *ontology, dgm_type type)
{
    const dgm_label_type *own = own_type(ontology, type);
    return own ? own->quad : dgm_type_quad(type);
}

bool dgm_label_is_two_sided(const dgm_ontology *ontology, dgm_type type)
{
    const dgm_label_type *own = own_type(ontology, type);
    return own ? own->is_two_sided : dgm_type_is_two_sided(type);
}

static const dgm_label_mode *owned(const dgm_ontology *ontology, dgm_type type, dgm_mode mode)
{
    for (uint32_t i = 0; ontology && i < ontology->owned_count; i++)
        if (ontology->owned[i].owner == type && ontology->owned[i].mode == mode)
            return &ontology->owned[i];
    return NULL;
}

bool dgm_label_has_mode(const dgm_ontology *ontology, dgm_type type, dgm_mode mode)
{
    return owned(ontology, type, mode) || dgm_type_has_mode(type, mode);
}

double dgm_label_score(const dgm_ontology *ontology, dgm_type type, dgm_mode mode)
{
    const dgm_label_type *own = own_type(ontology, type);
    const dgm_label_mode *row = mode ? owned(ontology, type, mode) : NULL;
    if (row && !isnan(row->score))
        return row->score;
    return own ? own->score : dgm_type_score(type, mode);
}

uint32_t dgm_label_flags(const dgm_ontology *ontology, dgm_type type)
{
    const dgm_label_type *own = own_type(ontology, type);
    return own ? own->flags : 0;
}

const char *dgm_record_type_name(const dgm_record *record)
{
    return dgm_label_type_name(record->ontology, record->type);
}

const char *dgm_record_mode_name(const dgm_record *record)
{
    return dgm_label_mode_name(record->ontology, record->mode);
}

const char *dgm_record_quad_name(const dgm_record *record)
{
    return dgm_label_quad_name(record->ontology, dgm_label_quad(record->ontology, record->type));
}

const char *dgm_record_context_name(const dgm_record *record, unsigned context)
{
    return dgm_label_context_name(record->ontology, context);
}
