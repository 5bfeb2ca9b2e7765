/* CAMEO: reads its three tables, looks codes up in them. */
#include "code/cameo.h"
#include "base/table.h"

#include <math.h>
#include <stdlib.h>

enum { CODE_ROOT = 2, ROOTS = 20 };

static const char *const scale_names[] = {"", "goldstein-gdelt", "goldstein-icews",
                                          "goldstein-phoenix"};
static const char *const mapping_names[] = {"", "gdelt", "phoenix", "text-to-cameo"};

const char *dgm_scale_name(dgm_scale scale)
{
    return scale_names[(unsigned)scale < DGM_SCALE_COUNT ? scale : 0];
}

dgm_scale dgm_scale_from(dgm_str name)
{
    const dgm_str prefix = DGM_STR("goldstein-");
    if (dgm_str_starts(name, prefix))
        name = dgm_str_sub(name, prefix.len, name.len - prefix.len);
    for (unsigned i = 1; i < DGM_SCALE_COUNT; i++)
        if (dgm_str_is(name, scale_names[i] + prefix.len))
            return (dgm_scale)i;
    return DGM_SCALE_NONE;
}

const char *dgm_quad_mapping_name(dgm_quad_mapping mapping)
{
    return mapping_names[(unsigned)mapping < DGM_QUAD_MAPPING_COUNT ? mapping : 0];
}

static const char *z_of(dgm_arena *arena, dgm_str s)
{
    return dgm_arena_str(arena, s.ptr, s.len).ptr;
}

/* "-6.5": digits and a point, whatever the locale. */
static bool read_value(dgm_str cell, double *value)
{
    const bool is_negative = cell.len && cell.ptr[0] == '-';
    double number = 0, unit = 0;
    *value = NAN;
    for (size_t i = is_negative; i < cell.len; i++) {
        const char c = cell.ptr[i];
        if (c == '.' && !(unit > 0)) {
            unit = 1;
            continue;
        }
        if (c < '0' || c > '9')
            return false;
        number = 10 * number + (c - '0');
        unit *= 10;
    }
    if (cell.len)
        *value = (is_negative ? -number : number) / (unit > 0 ? unit : 1);
    return true;
}

static bool read_contexts(dgm_str names, uint64_t *bits)
{
    dgm_str name;
    while (names.len && dgm_str_cut(&names, '|', &name)) {
        const dgm_context context = dgm_context_from(name);
        if (!context)
            return false;
        *bits |= (uint64_t)1 << (context - 1);
    }
    return true;
}

static dgm_status read_code(dgm_cameos *cameos, dgm_arena *arena, dgm_table *table, dgm_error *err)
{
    const dgm_str *cells = table->cells;
    dgm_cameo_row row = {.code = z_of(arena, cells[0]), .name = z_of(arena, cells[1])};
    row.values[0] = NAN;
    for (unsigned i = DGM_SCALE_GDELT; i < DGM_SCALE_COUNT; i++)
        if (!read_value(cells[1 + i], &row.values[i]))
            return dgm_table_fail(table, err, "not a value", cells[1 + i]);
    row.event = dgm_type_from(cells[5]);
    row.mode = dgm_mode_from(cells[6]);
    if (cells[5].len && !row.event)
        return dgm_table_fail(table, err, "unknown type", cells[5]);
    if (cells[6].len && !dgm_type_has_mode(row.event, row.mode))
        return dgm_table_fail(table, err, "the type has no such mode", cells[6]);
    if (!read_contexts(cells[7], &row.contexts))
        return dgm_table_fail(table, err, "unknown context", cells[7]);
    dgm_map_put(&cameos->index, cells[0], cameos->row_count);
    DGM_PUSH(arena, cameos->rows, cameos->row_count, cameos->row_capacity, row);
    return DGM_OK;
}

/* 1 to 20 from the first two digits; 0 for what is no code. */
static unsigned root_of(dgm_str code)
{
    if (code.len < CODE_ROOT || code.ptr[0] < '0' || code.ptr[0] > '2' || code.ptr[1] < '0' ||
        code.ptr[1] > '9')
        return 0;
    const unsigned root = 10 * (unsigned)(code.ptr[0] - '0') + (unsigned)(code.ptr[1] - '0');
    return root <= ROOTS ? root : 0;
}

static dgm_status read_quads(dgm_cameos *cameos, dgm_arena *arena, dgm_table *table, dgm_error *err)
{
    (void)arena;
    const unsigned root = root_of(table->cells[0]);
    if (!root)
        return dgm_table_fail(table, err, "not a root", table->cells[0]);
    for (unsigned i = 1; i < DGM_QUAD_MAPPING_COUNT; i++) {
        int64_t quad;
        if (!dgm_str_int(table->cells[i], &quad) || quad < 0 || quad > 4)
            return dgm_table_fail(table, err, "not a quad class", table->cells[i]);
        cameos->quads[root][i] = (uint8_t)quad;
    }
    return DGM_OK;
}

static dgm_status read_nearest(dgm_cameos *cameos, dgm_arena *arena, dgm_table *table,
                               dgm_error *err)
{
    const dgm_str *cells = table->cells;
    const dgm_cameo_row *row = dgm_cameo_find(cameos, cells[5]);
    dgm_cameo_nearest it = {.type = dgm_type_from(cells[0]),
                            .mode = dgm_mode_from(cells[1]),
                            .inner = dgm_type_from(cells[2]),
                            .context = dgm_context_from(cells[3]),
                            .rule = cells[4]};
    (void)arena;
    if (!it.type || (cells[2].len && !it.inner))
        return dgm_table_fail(table, err, "unknown type", it.type ? cells[2] : cells[0]);
    if (cells[1].len && !dgm_type_has_mode(it.type, it.mode))
        return dgm_table_fail(table, err, "the type has no such mode", cells[1]);
    if (cells[3].len && !it.context)
        return dgm_table_fail(table, err, "unknown context", cells[3]);
    if (!row)
        return dgm_table_fail(table, err, "unknown CAMEO code", cells[5]);
    it.code = row->code;
    DGM_PUSH(arena, cameos->nearest, cameos->nearest_count, cameos->nearest_capacity, it);
    return DGM_OK;
}

dgm_status dgm_cameos_load(dgm_cameos **out, dgm_arena *arena, const dgm_pack *pack, dgm_error *err)
{
    static const struct {
        const char *name;
        dgm_status (*read)(dgm_cameos *, dgm_arena *, dgm_table *, dgm_error *);
    } tables[] = {{"ontology/cameo.tsv", read_code},
                  {"ontology/cameo_quads.tsv", read_quads},
                  {"ontology/cameo_nearest.tsv", read_nearest}};
    dgm_cameos *cameos = DGM_NEW(arena, dgm_cameos);
    dgm_map_init(&cameos->index, arena);
    for (unsigned i = 0; i < 3; i++) {
        dgm_table table;
        dgm_table_init(&table, tables[i].name, dgm_pack_find(pack, tables[i].name));
        while (dgm_table_next(&table))
            DGM_TRY(tables[i].read(cameos, arena, &table, err));
    }
    *out = cameos;
    return DGM_OK;
}

const dgm_cameo_row *dgm_cameo_find(const dgm_cameos *cameos, dgm_str code)
{
    const uint32_t at = dgm_map_get(&cameos->index, code);
    return at == DGM_MAP_NONE ? NULL : &cameos->rows[at];
}

double dgm_cameo_value(const dgm_cameos *cameos, dgm_str code, dgm_scale scale)
{
    const dgm_cameo_row *row = dgm_cameo_find(cameos, code);
    if (row && isnan(row->values[scale]))
        row = dgm_cameo_find(cameos, dgm_str_sub(code, 0, CODE_ROOT));
    return row ? row->values[scale] : NAN;
}

/* '*' in a pattern stands for any letters, also none. */
static bool id_matches(dgm_str pattern, dgm_str id)
{
    size_t p = 0, i = 0, star = SIZE_MAX, mark = 0;
    while (i < id.len) {
        if (p < pattern.len && pattern.ptr[p] == id.ptr[i]) {
            p++, i++;
        } else if (p < pattern.len && pattern.ptr[p] == '*') {
            star = p++;
            mark = i;
        } else if (star != SIZE_MAX) {
            p = star + 1;
            i = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.len && pattern.ptr[p] == '*')
        p++;
    return p == pattern.len;
}

static bool rule_fits(dgm_str pattern, const dgm_cameo_key *key)
{
    bool fits = pattern.len == 0;
    for (uint32_t i = 0; i < key->id_count && !fits; i++)
        fits = id_matches(pattern, dgm_str_of(key->ids[i]));
    return fits;
}

const char *dgm_cameo_nearest_of(const dgm_cameos *cameos, const dgm_cameo_key *key)
{
    for (uint32_t i = 0; i < cameos->nearest_count; i++) {
        const dgm_cameo_nearest *row = &cameos->nearest[i];
        if (row->type == key->type && (!row->mode || row->mode == key->mode) &&
            (!row->inner || row->inner == key->inner) &&
            (!row->context || key->contexts >> (row->context - 1) & 1) && rule_fits(row->rule, key))
            return row->code;
    }
    return NULL;
}

dgm_cameo dgm_cameo_of(const dgm_cameos *cameos, const char *code, dgm_scale scale)
{
    dgm_cameo it = {.code = code, .goldstein = NAN, .scale = scale};
    if (!code)
        return it;
    it.goldstein = dgm_cameo_value(cameos, dgm_str_of(code), scale);
    memcpy(it.quads, cameos->quads[root_of(dgm_str_of(code))], sizeof it.quads);
    return it;
}
