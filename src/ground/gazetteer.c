/* Gazetteer, loading and asking by name: tables of data/gazetteer -> entities and the prefix table
 * of gazetteer_priv.h. Columns and marks of names: docs/gazetteer.md. A row that is not as it
 * should be fails with file and line. */
#include "ground/gazetteer_priv.h"
#include "base/table.h"

#include <math.h>
#include <stdio.h>

typedef struct loader {
    dgm_gazetteer *g;
    dgm_arena *arena;
    const dgm_pack *pack;
    dgm_error *err;
    dgm_table table;
    dgm_pieces pieces;
    uint64_t *keys; /* of each form: the name up to there */
    uint32_t key_count, key_capacity;
    dgm_entity *pool; /* entities still to be given out */
    uint32_t pool_left;
    char *text; /* bytes for NUL-terminated copies, still to be given out */
    size_t text_left;
} loader;

static dgm_entity *new_entity(loader *it)
{
    if (!it->pool_left) {
        it->pool_left = 1024;
        it->pool = DGM_ARRAY(it->arena, dgm_entity, it->pool_left);
    }
    it->pool_left--;
    return it->pool++;
}

static const char *copy(loader *it, dgm_str s)
{
    if (it->text_left <= s.len) {
        it->text_left = s.len + 65536;
        it->text = dgm_arena_array(it->arena, it->text_left, 1);
    }
    char *at = it->text;
    if (s.len)
        memcpy(at, s.ptr, s.len);
    it->text += s.len + 1;
    it->text_left -= s.len + 1;
    return at;
}

/* Enter the pieces from `from` on as one name. */
static void enter(loader *it, uint32_t from, dgm_gaz_name name)
{
    dgm_gazetteer *g = it->g;
    uint64_t key = DGM_GAZ_START;
    name.first_form = g->form_count;
    for (uint32_t i = from; i < it->pieces.count; i++) {
        const dgm_piece *piece = &it->pieces.items[i];
        dgm_gaz_form form = {piece->exact, piece->shape, piece->letters};
        DGM_PUSH(it->arena, g->forms, g->form_count, g->form_capacity, form);
        key = dgm_gaz_mix(key, piece->folded);
        DGM_PUSH(it->arena, it->keys, it->key_count, it->key_capacity, key);
    }
    if (from == it->pieces.count)
        return;
    name.count = (uint8_t)(it->pieces.count - from);
    DGM_PUSH(it->arena, g->names, g->name_count, g->name_capacity, name);
}

/* Hang the name into the chain of its key. */
static void hang(dgm_gazetteer *g, dgm_gaz_slot *slot, uint32_t index)
{
    if (slot->head)
        g->names[slot->tail].next = index;
    else
        slot->head = index;
    slot->tail = index;
}

/* All at once, in the order of the tables: the slots to come are fetched ahead, since each lies
 * anywhere in a table that no cache holds yet. */
static void index_names(loader *it)
{
    enum { AHEAD = 16, SMALLEST = 64 };
    dgm_gazetteer *g = it->g;
    uint32_t size = SMALLEST;
    while (size / 2 < it->key_count)
        size *= 2;
    g->mask = size - 1;
    g->slots = DGM_ARRAY(it->arena, dgm_gaz_slot, size);
    g->starts = DGM_ARRAY(it->arena, uint64_t, DGM_GAZ_STARTS / 64);
    for (uint32_t index = 1; index < g->name_count; index++) {
        const dgm_gaz_name *name = &g->names[index];
        dgm_gaz_slot *slot = NULL;
        for (uint32_t i = name->first_form; i < name->first_form + name->count; i++) {
            if (i + AHEAD < it->key_count)
                __builtin_prefetch(&g->slots[dgm_gaz_start(g, it->keys[i + AHEAD])], 1);
            slot = dgm_gaz_probe(g, it->keys[i]);
            slot->key = it->keys[i];
        }
        hang(g, slot, index);
        const uint32_t bit = (uint32_t)(it->keys[name->first_form] >> 40) % DGM_GAZ_STARTS;
        g->starts[bit / 64] |= (uint64_t)1 << bit % 64;
    }
}

static uint16_t cut_marks(dgm_str *name)
{
    uint16_t flags = 0;
    for (; name->len; *name = dgm_str_sub(*name, 1, name->len - 1)) {
        if (name->ptr[0] == '?')
            flags |= DGM_FLAG_OTHER;
        else if (name->ptr[0] == '~')
            flags |= DGM_FLAG_WEAK;
        else if (name->ptr[0] == '^')
            flags |= DGM_FLAG_CASED;
        else if (name->ptr[0] == '=')
            flags |= DGM_FLAG_EXACT;
        else
            return flags;
    }
    return flags;
}

/* Where a person's surname begins ("Mikhail *Gorbachev"), or SIZE_MAX. */
static size_t surname_at(dgm_str name)
{
    for (size_t i = 1; i < name.len; i++)
        if ((name.ptr[i] == '*' || name.ptr[i] == '~') && name.ptr[i - 1] == ' ')
            return i;
    return SIZE_MAX;
}

/* Enter a name of the table, with the surname marked in it as another. */
static dgm_status add_name(loader *it, dgm_str text, dgm_gaz_name name)
{
    name.flags |= cut_marks(&text);
    it->pieces.count = 0;
    dgm_pieces_cut(&it->pieces, text, 0, 0);
    if (!it->pieces.count || !it->pieces.items[0].folded || it->pieces.count > 16)
        return dgm_table_fail(&it->table, it->err, "not a name", text);
    enter(it, 0, name);
    size_t at = surname_at(text);
    if (at == SIZE_MAX)
        return DGM_OK;
    name.flags |= DGM_FLAG_SURNAME;
    if (text.ptr[at] == '~')
        name.flags |= DGM_FLAG_WEAK;
    uint32_t from = 0;
    while (from < it->pieces.count && it->pieces.items[from].span.off <= at)
        from++;
    enter(it, from, name);
    return DGM_OK;
}

static dgm_status add_names(loader *it, dgm_str list, dgm_gaz_name name)
{
    dgm_str text;
    while (dgm_str_cut(&list, '|', &text))
        if (text.len)
            DGM_TRY(add_name(it, text, name));
    return DGM_OK;
}

/* The first name of the list, without its marks. */
static const char *display_name(loader *it, dgm_str list)
{
    dgm_str text;
    if (!dgm_str_cut(&list, '|', &text))
        return "";
    cut_marks(&text);
    size_t at = surname_at(text);
    if (at == SIZE_MAX)
        return copy(it, text);
    char *name = (char *)copy(it, text);
    memmove(name + at, name + at + 1, text.len - at);
    return name;
}

static dgm_status read_year(loader *it, dgm_str cell, int32_t open, int32_t *year)
{
    int64_t value = open;
    if (cell.len && (!dgm_str_int(cell, &value) || value < -5000 || value > 3000))
        return dgm_table_fail(&it->table, it->err, "not a year", cell);
    *year = (int32_t)value;
    return DGM_OK;
}

static dgm_status read_years(loader *it, uint32_t column, dgm_entity *entity)
{
    DGM_TRY(read_year(it, it->table.cells[column], INT32_MIN, &entity->from_year));
    DGM_TRY(read_year(it, it->table.cells[column + 1], INT32_MAX, &entity->to_year));
    if (entity->from_year > entity->to_year)
        return dgm_table_fail(&it->table, it->err, "ends before it begins",
                              it->table.cells[column]);
    return DGM_OK;
}

static dgm_status read_sectors(loader *it, dgm_str list, dgm_entity *entity)
{
    dgm_str text;
    uint32_t count = 0;
    while (dgm_str_cut(&list, '|', &text)) {
        if (!text.len)
            continue;
        dgm_sector sector = dgm_sector_from(text);
        if (sector == DGM_SECTOR_NONE || count == DGM_ACTOR_SECTORS)
            return dgm_table_fail(&it->table, it->err, "unknown sector", text);
        entity->sectors[count++] = (uint8_t)sector;
    }
    return DGM_OK;
}

/* Degrees: digits over a power of ten, so that every machine gives the same bits. */
static dgm_status read_degrees(loader *it, dgm_str cell, double *degrees)
{
    *degrees = NAN;
    if (!cell.len)
        return DGM_OK;
    bool is_negative = cell.ptr[0] == '-';
    int64_t digits = 0, scale = 0;
    for (size_t i = is_negative; i < cell.len; i++) {
        if (cell.ptr[i] == '.' && !scale) {
            scale = 1;
            continue;
        }
        if (cell.ptr[i] < '0' || cell.ptr[i] > '9' || digits > INT64_MAX / 100)
            return dgm_table_fail(&it->table, it->err, "not degrees", cell);
        digits = 10 * digits + (cell.ptr[i] - '0');
        scale *= 10;
    }
    *degrees = (double)digits / (double)(scale ? scale : 1);
    if (is_negative)
        *degrees = -*degrees;
    return DGM_OK;
}

static dgm_status read_place(loader *it, uint32_t column, dgm_entity *entity)
{
    DGM_TRY(read_degrees(it, it->table.cells[column], &entity->lat));
    return read_degrees(it, it->table.cells[column + 1], &entity->lon);
}

/* The entity that stands for a code, or NULL. */
static const dgm_entity *by_code(const dgm_gazetteer *g, dgm_str code)
{
    uint32_t i = dgm_map_get(&g->codes, code);
    return i == DGM_MAP_NONE ? NULL : g->by_code[i];
}

/* Give the entity its code: shared with the one that has it already, so rows of one code agree. */
static void own_code(loader *it, dgm_str code, dgm_entity *entity)
{
    const dgm_entity *first = by_code(it->g, code);
    if (first) {
        entity->code = first->code;
        return;
    }
    entity->code = copy(it, code);
    dgm_map_put(&it->g->codes, dgm_str_of(entity->code), it->g->code_count);
    DGM_PUSH(it->arena, it->g->by_code, it->g->code_count, it->g->code_capacity, entity);
}

static dgm_status use_code(loader *it, dgm_str code, dgm_entity *entity)
{
    const dgm_entity *owner = by_code(it->g, code);
    if (!owner)
        return dgm_table_fail(&it->table, it->err, "unknown code", code);
    entity->code = owner->code;
    return DGM_OK;
}

static bool is_code(dgm_str code)
{
    for (size_t i = 0; i < code.len; i++)
        if (!(code.ptr[i] >= 'A' && code.ptr[i] <= 'Z') &&
            !(i && code.ptr[i] >= '0' && code.ptr[i] <= '9') &&
            !(i && i + 1 < code.len && code.ptr[i] == '-'))
            return false;
    return code.len > 0;
}

static dgm_status add_kinds(loader *it, const dgm_entity *entity, dgm_str proper, dgm_str adjective,
                            dgm_str people, dgm_str seat)
{
    dgm_gaz_name name = {.entity = entity};
    name.kind = DGM_NAME_PROPER;
    DGM_TRY(add_names(it, proper, name));
    name.kind = DGM_NAME_ADJECTIVE;
    DGM_TRY(add_names(it, adjective, name));
    name.kind = DGM_NAME_PEOPLE;
    DGM_TRY(add_names(it, people, name));
    name.kind = DGM_NAME_SEAT;
    return add_names(it, seat, name);
}

/* code kind from to names adjectives people seats lat lon */
static dgm_status load_state(loader *it)
{
    const dgm_str *cell = it->table.cells;
    dgm_entity *entity = new_entity(it);
    if (!is_code(cell[0]))
        return dgm_table_fail(&it->table, it->err, "not a code", cell[0]);
    if (dgm_str_is(cell[1], "state"))
        entity->kind = DGM_ENTITY_STATE;
    else if (dgm_str_is(cell[1], "region"))
        entity->kind = DGM_ENTITY_REGION;
    else
        return dgm_table_fail(&it->table, it->err, "unknown kind", cell[1]);
    own_code(it, cell[0], entity);
    DGM_TRY(read_years(it, 2, entity));
    DGM_TRY(read_place(it, 8, entity));
    entity->name = display_name(it, cell[4]);
    return add_kinds(it, entity, cell[4], cell[5], cell[6], cell[7]);
}

static dgm_entity_kind actor_kind(dgm_str kind)
{
    return dgm_str_is(kind, "org")      ? DGM_ENTITY_ORG
           : dgm_str_is(kind, "group")  ? DGM_ENTITY_GROUP
           : dgm_str_is(kind, "body")   ? DGM_ENTITY_BODY
           : dgm_str_is(kind, "region") ? DGM_ENTITY_REGION
           : dgm_str_is(kind, "place")  ? DGM_ENTITY_REGION
                                        : DGM_ENTITY_NONE;
}

/* slug kind of sectors from to names adjectives seats lat lon */
static dgm_status load_actor(loader *it)
{
    const dgm_str *cell = it->table.cells;
    dgm_entity *entity = new_entity(it);
    entity->kind = actor_kind(cell[1]);
    entity->is_place_only = dgm_str_is(cell[1], "place");
    if (!is_code(cell[0]))
        return dgm_table_fail(&it->table, it->err, "not a slug", cell[0]);
    if (entity->kind == DGM_ENTITY_NONE)
        return dgm_table_fail(&it->table, it->err, "unknown kind", cell[1]);
    if (cell[2].len)
        DGM_TRY(use_code(it, cell[2], entity));
    else
        own_code(it, cell[0], entity);
    DGM_TRY(read_sectors(it, cell[3], entity));
    DGM_TRY(read_years(it, 4, entity));
    DGM_TRY(read_place(it, 9, entity));
    entity->name = display_name(it, cell[6]);
    return add_kinds(it, entity, cell[6], cell[7], DGM_STR(""), cell[8]);
}

/* names code sectors from to office */
static dgm_status load_leader(loader *it)
{
    const dgm_str *cell = it->table.cells;
    dgm_entity *entity = new_entity(it);
    entity->kind = DGM_ENTITY_PERSON;
    entity->lat = entity->lon = NAN;
    DGM_TRY(use_code(it, cell[1], entity));
    DGM_TRY(read_sectors(it, cell[2], entity));
    DGM_TRY(read_years(it, 3, entity));
    entity->name = display_name(it, cell[0]);
    return add_names(it, cell[0], (dgm_gaz_name){.entity = entity, .kind = DGM_NAME_PROPER});
}

/* names code lat lon geonames population */
static dgm_status load_city(loader *it)
{
    const dgm_str *cell = it->table.cells;
    dgm_entity *entity = new_entity(it);
    entity->kind = DGM_ENTITY_CITY;
    entity->from_year = INT32_MIN;
    entity->to_year = INT32_MAX;
    DGM_TRY(use_code(it, cell[1], entity));
    DGM_TRY(read_place(it, 2, entity));
    if (!dgm_str_int(cell[4], &entity->geonames))
        return dgm_table_fail(&it->table, it->err, "not a number", cell[4]);
    entity->name = display_name(it, cell[0]);
    return add_names(it, cell[0], (dgm_gaz_name){.entity = entity, .kind = DGM_NAME_PROPER});
}

/* form code */
static dgm_status load_combining(loader *it)
{
    const dgm_entity *entity = by_code(it->g, it->table.cells[1]);
    if (!entity)
        return dgm_table_fail(&it->table, it->err, "unknown code", it->table.cells[1]);
    return add_names(
        it, it->table.cells[0],
        (dgm_gaz_name){.entity = entity, .kind = DGM_NAME_ADJECTIVE, .flags = DGM_FLAG_COMBINING});
}

/* form side sense */
static dgm_status load_affix(loader *it)
{
    static const struct {
        const char *name;
        uint8_t sense;
    } senses[] = {{"pro", DGM_AFFIX_PRO}, {"anti", DGM_AFFIX_ANTI}, {"former", DGM_AFFIX_FORMER},
                  {"by", DGM_AFFIX_BY},   {"at", DGM_AFFIX_AT},     {"not", DGM_AFFIX_NOT}};
    const dgm_str *cell = it->table.cells;
    dgm_gaz_name name = {.flags =
                             dgm_str_is(cell[1], "prefix") ? DGM_FLAG_PREFIX : DGM_FLAG_SUFFIX};
    for (size_t i = 0; i < sizeof senses / sizeof *senses; i++)
        if (dgm_str_is(cell[2], senses[i].name))
            name.kind = senses[i].sense;
    if (!name.kind)
        return dgm_table_fail(&it->table, it->err, "unknown sense", cell[2]);
    return add_name(it, cell[0], name);
}

static dgm_status load_title(loader *it)
{
    return add_names(it, it->table.cells[0],
                     (dgm_gaz_name){.kind = DGM_WORD_TITLE, .flags = DGM_FLAG_WORD});
}

static dgm_status load_given(loader *it)
{
    return add_names(it, it->table.cells[0],
                     (dgm_gaz_name){.kind = DGM_WORD_GIVEN, .flags = DGM_FLAG_WORD});
}

static dgm_status load_discard(loader *it)
{
    return add_names(it, it->table.cells[0], (dgm_gaz_name){.kind = DGM_NAME_PROPER});
}

/* slug members */
static dgm_status load_region(loader *it)
{
    const dgm_str *cell = it->table.cells;
    dgm_str rest = cell[1], member;
    while (dgm_str_cut(&rest, '|', &member))
        if (!by_code(it->g, member))
            return dgm_table_fail(&it->table, it->err, "unknown code", member);
    if (!by_code(it->g, cell[0]))
        return dgm_table_fail(&it->table, it->err, "unknown code", cell[0]);
    dgm_map_put(&it->g->regions, cell[0], it->g->member_count);
    DGM_PUSH(it->arena, it->g->members, it->g->member_count, it->g->member_capacity, cell[1]);
    return DGM_OK;
}

/* Rows of the same table in a user's pack come after ours. */
static dgm_status load_user_table(loader *it, const char *name, dgm_status (*row)(loader *it))
{
    const dgm_pack *user = it->pack->user;
    const dgm_str bytes = user ? dgm_pack_find(user, name) : (dgm_str){NULL, 0};
    if (!bytes.ptr)
        return DGM_OK;
    char *shown = dgm_arena_array(it->arena, strlen(user->name) + strlen(name) + 2, 1);
    sprintf(shown, "%s/%s", user->name, name);
    dgm_table_init(&it->table, shown, bytes);
    while (dgm_table_next(&it->table))
        DGM_TRY(row(it));
    return DGM_OK;
}

static dgm_status load_table(loader *it, const char *name, dgm_status (*row)(loader *it))
{
    dgm_str bytes = dgm_pack_find(it->pack, name);
    if (!bytes.ptr)
        return dgm_fail(it->err, DGM_ERROR_FORMAT, it->pack->name, 0, "knowledge pack lacks %s",
                        name);
    dgm_table_init(&it->table, name, bytes);
    while (dgm_table_next(&it->table))
        DGM_TRY(row(it));
    return load_user_table(it, name, row);
}

dgm_status dgm_gazetteer_load(dgm_gazetteer **out, dgm_arena *arena, const dgm_pack *pack,
                              dgm_error *err)
{
    dgm_gazetteer *g = DGM_NEW(arena, dgm_gazetteer);
    loader it = {.g = g, .arena = arena, .pack = pack, .err = err, .pieces = {.arena = arena}};
    dgm_map_init(&g->codes, arena);
    dgm_map_init(&g->regions, arena);
    g->name_capacity = 24576;
    g->names = DGM_ARRAY(arena, dgm_gaz_name, g->name_capacity);
    g->name_count = 1;
    g->form_capacity = 49152;
    g->forms = DGM_ARRAY(arena, dgm_gaz_form, g->form_capacity);
    it.key_capacity = g->form_capacity;
    it.keys = DGM_ARRAY(arena, uint64_t, it.key_capacity);
    DGM_TRY(load_table(&it, "gazetteer/states.tsv", load_state));
    DGM_TRY(load_table(&it, "gazetteer/actors.tsv", load_actor));
    DGM_TRY(load_table(&it, "gazetteer/combining.tsv", load_combining));
    DGM_TRY(load_table(&it, "gazetteer/leaders.tsv", load_leader));
    DGM_TRY(load_table(&it, "gazetteer/cities.tsv", load_city));
    DGM_TRY(load_table(&it, "gazetteer/affixes.tsv", load_affix));
    DGM_TRY(load_table(&it, "gazetteer/titles.tsv", load_title));
    DGM_TRY(load_table(&it, "gazetteer/given.tsv", load_given));
    DGM_TRY(load_table(&it, "gazetteer/discards.tsv", load_discard));
    DGM_TRY(load_table(&it, "gazetteer/regions.tsv", load_region));
    index_names(&it);
    *out = g;
    return DGM_OK;
}

bool dgm_gazetteer_is_state(const dgm_gazetteer *gazetteer, const char *code)
{
    enum { STATE_LETTERS = 3 };
    if (strlen(code) != STATE_LETTERS)
        return false;
    const dgm_entity *entity = by_code(gazetteer, dgm_str_of(code));
    return entity && (entity->kind == DGM_ENTITY_STATE || entity->kind == DGM_ENTITY_REGION);
}

static bool is_member(const dgm_gazetteer *gazetteer, dgm_str region, dgm_str code, int depth)
{
    enum { DEEPEST = 4 };
    const uint32_t at = dgm_map_get(&gazetteer->regions, region);
    if (at == DGM_MAP_NONE || depth == DEEPEST)
        return false;
    dgm_str rest = gazetteer->members[at], member;
    while (dgm_str_cut(&rest, '|', &member))
        if (dgm_str_eq(member, code) || is_member(gazetteer, member, code, depth + 1))
            return true;
    return false;
}

bool dgm_gazetteer_lies_in(const dgm_gazetteer *gazetteer, const char *code, const char *region)
{
    return is_member(gazetteer, dgm_str_of(region), dgm_str_of(code), 0);
}

const char *dgm_gazetteer_name_of(const dgm_gazetteer *gazetteer, const char *code)
{
    const dgm_entity *entity = by_code(gazetteer, dgm_str_of(code));
    return entity ? entity->name : code;
}

/* How good an answer an entity is to a name that a person typed: states before all others. */
static int answer_rank(const dgm_gaz_name *name)
{
    static const int ranks[] = {
        [DGM_ENTITY_STATE] = 8,  [DGM_ENTITY_ORG] = 7,  [DGM_ENTITY_GROUP] = 6,
        [DGM_ENTITY_REGION] = 5, [DGM_ENTITY_BODY] = 4, [DGM_ENTITY_PERSON] = 3,
        [DGM_ENTITY_CITY] = 2};
    return name->flags & DGM_FLAG_OTHER ? 1 : ranks[name->entity->kind];
}

static const dgm_entity *answer_at(const dgm_gazetteer *g, const dgm_piece *pieces, uint32_t from,
                                   uint32_t to)
{
    uint64_t key = DGM_GAZ_START;
    for (uint32_t i = from; i < to; i++)
        key = dgm_gaz_mix(key, pieces[i].folded);
    const dgm_gaz_slot *slot = dgm_gaz_probe(g, key);
    const dgm_gaz_name *best = NULL;
    for (uint32_t i = slot->key ? slot->head : 0; i; i = g->names[i].next) {
        const dgm_gaz_name *name = &g->names[i];
        if (name->entity && !(name->flags & (DGM_FLAG_WEAK | DGM_FLAG_COMBINING)) &&
            (!best || answer_rank(name) > answer_rank(best)))
            best = name;
    }
    return best ? best->entity : NULL;
}

const dgm_entity *dgm_gazetteer_by_name(const dgm_gazetteer *gazetteer, dgm_str name)
{
    enum { LONGEST = 64 };
    char upper[LONGEST];
    name = dgm_str_trim(name);
    if (!name.len || name.len > LONGEST)
        return NULL;
    for (size_t i = 0; i < name.len; i++)
        upper[i] = (char)(name.ptr[i] >= 'a' && name.ptr[i] <= 'z' ? name.ptr[i] - 32
                          : name.ptr[i] == ' '                     ? '-'
                                                                   : name.ptr[i]);
    const dgm_entity *entity = by_code(gazetteer, (dgm_str){upper, name.len});
    if (entity)
        return entity;
    dgm_piece room[LONGEST + 1]; /* one piece at most for each byte: the array never grows */
    dgm_pieces pieces = {.items = room, .capacity = LONGEST + 1};
    dgm_pieces_cut(&pieces, name, 0, 0);
    dgm_piece the;
    dgm_pieces article = {.items = &the, .capacity = 1};
    dgm_pieces_cut(&article, DGM_STR("the"), 0, 0);
    entity = answer_at(gazetteer, room, 0, pieces.count);
    if (!entity && pieces.count > 1 && room[0].folded == the.folded)
        entity = answer_at(gazetteer, room, 1, pieces.count);
    return entity;
}
