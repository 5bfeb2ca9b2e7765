/* The tables of tokeniser and splitter, from data/lexicon. */
#include "base/pack.h"
#include "base/table.h"
#include "text/text_priv.h"

typedef struct loading {
    dgm_splitter *splitter;
    dgm_arena *arena;
    const dgm_pack *pack;
    dgm_error *err;
} loading;

/* A kind's name and the number it is kept as; a list ends with a NULL name. */
typedef struct kind {
    const char *name;
    uint32_t value;
} kind;

typedef dgm_status (*row_taker)(loading *it, dgm_table *table);

static dgm_status each_row(loading *it, const char *name, row_taker take)
{
    dgm_table table;
    dgm_str bytes = dgm_pack_find(it->pack, name);
    if (!bytes.ptr)
        return dgm_fail(it->err, DGM_ERROR_FORMAT, it->pack->name, 0, "no table %s", name);
    dgm_table_init(&table, name, bytes);
    while (dgm_table_next(&table))
        DGM_TRY(take(it, &table));
    return DGM_OK;
}

static dgm_status find_kind(loading *it, const dgm_table *table, const kind *kinds, uint32_t *value)
{
    for (; kinds->name; kinds++)
        if (dgm_str_is(table->cells[1], kinds->name)) {
            *value = kinds->value;
            return DGM_OK;
        }
    return dgm_table_fail(table, it->err, "unknown kind", table->cells[1]);
}

static dgm_status take_abbreviation(loading *it, dgm_table *table)
{
    static const kind kinds[] = {{"title", DGM_ABBR_TITLE},   {"month", DGM_ABBR_MONTH},
                                 {"number", DGM_ABBR_NUMBER}, {"inner", DGM_ABBR_INNER},
                                 {"final", DGM_ABBR_FINAL},   {NULL, 0}};
    uint32_t value;
    DGM_TRY(find_kind(it, table, kinds, &value));
    if (!dgm_str_ends(table->cells[0], DGM_STR(".")))
        return dgm_table_fail(table, it->err, "an abbreviation without a stop", table->cells[0]);
    dgm_map_put(&it->splitter->abbreviations, table->cells[0], value);
    return DGM_OK;
}

static dgm_status take_clitic(loading *it, dgm_table *table)
{
    static const kind kinds[] = {{"suffix", 0}, {"whole", 1}, {NULL, 0}};
    dgm_splitter *splitter = it->splitter;
    uint32_t is_whole;
    DGM_TRY(find_kind(it, table, kinds, &is_whole));
    if (!is_whole) {
        dgm_map_put(&splitter->clitics, table->cells[0], 1);
        return DGM_OK;
    }
    dgm_str rest = table->cells[2], part;
    size_t length = 0;
    while (dgm_str_cut(&rest, '|', &part))
        length += part.len;
    if (length != table->cells[0].len)
        return dgm_table_fail(table, it->err, "parts do not make the word", table->cells[2]);
    dgm_whole whole = {table->cells[2], table->cells[3]};
    dgm_map_put(&splitter->wholes, table->cells[0], splitter->parted_count);
    DGM_PUSH(it->arena, splitter->parted, splitter->parted_count, splitter->parted_capacity, whole);
    return DGM_OK;
}

static dgm_status take_affix(loading *it, dgm_table *table)
{
    static const kind kinds[] = {{"prefix", DGM_AFFIX_PREFIX},
                                 {"suffix", DGM_AFFIX_SUFFIX},
                                 {"whole", DGM_AFFIX_WHOLE},
                                 {NULL, 0}};
    dgm_map *affixes = &it->splitter->affixes;
    uint32_t value, before = dgm_map_get(affixes, table->cells[0]);
    DGM_TRY(find_kind(it, table, kinds, &value));
    dgm_map_put(affixes, table->cells[0], value | (before == DGM_MAP_NONE ? 0 : before));
    return DGM_OK;
}

static dgm_status take_starter(loading *it, dgm_table *table)
{
    static const kind kinds[] = {{"start", DGM_STARTER_START},
                                 {"say", DGM_STARTER_SAY},
                                 {"closing", DGM_STARTER_CLOSING},
                                 {NULL, 0}};
    dgm_map *starters = &it->splitter->starters;
    uint32_t value, before = dgm_map_get(starters, table->cells[0]);
    DGM_TRY(find_kind(it, table, kinds, &value));
    dgm_map_put(starters, table->cells[0], value | (before == DGM_MAP_NONE ? 0 : before));
    return DGM_OK;
}

static dgm_status take_mark(loading *it, dgm_table *table)
{
    static const kind kinds[] = {
        {"words", DGM_MARK_WORDS}, {"counted", DGM_MARK_COUNTED}, {NULL, 0}};
    uint32_t value;
    DGM_TRY(find_kind(it, table, kinds, &value));
    dgm_map_put(&it->splitter->marks, table->cells[0], value);
    return DGM_OK;
}

static dgm_status take_unit(loading *it, dgm_table *table)
{
    static const kind kinds[] = {{"unit", DGM_UNIT_PLAIN}, {"clock", DGM_UNIT_CLOCK}, {NULL, 0}};
    uint32_t value;
    DGM_TRY(find_kind(it, table, kinds, &value));
    dgm_map_put(&it->splitter->units, table->cells[0], value);
    return DGM_OK;
}

static dgm_status take_language(loading *it, dgm_table *table)
{
    dgm_map_put(&it->splitter->languages, table->cells[0], 1);
    return DGM_OK;
}

static dgm_status take_domain(loading *it, dgm_table *table)
{
    dgm_map_put(&it->splitter->domains, table->cells[0], 1);
    return DGM_OK;
}

static dgm_status take_symbol(loading *it, dgm_table *table)
{
    static const kind kinds[] = {{"word", DGM_SYMBOL_WORD}, {"face", DGM_SYMBOL_FACE}, {NULL, 0}};
    uint32_t value;
    DGM_TRY(find_kind(it, table, kinds, &value));
    dgm_map_put(&it->splitter->symbols, table->cells[0], value);
    return DGM_OK;
}

static void init_maps(dgm_splitter *splitter, dgm_arena *arena)
{
    dgm_map *maps[] = {&splitter->abbreviations, &splitter->clitics,   &splitter->wholes,
                       &splitter->affixes,       &splitter->units,     &splitter->starters,
                       &splitter->marks,         &splitter->languages, &splitter->domains,
                       &splitter->symbols};
    for (size_t i = 0; i < sizeof maps / sizeof *maps; i++)
        dgm_map_init(maps[i], arena);
}

dgm_status dgm_splitter_load(dgm_splitter **out, dgm_arena *arena, const struct dgm_pack *pack,
                             dgm_error *err)
{
    static const struct {
        const char *name;
        row_taker take;
    } tables[] = {{"lexicon/abbreviations.tsv", take_abbreviation},
                  {"lexicon/clitics.tsv", take_clitic},
                  {"lexicon/affixes.tsv", take_affix},
                  {"lexicon/starters.tsv", take_starter},
                  {"lexicon/marks.tsv", take_mark},
                  {"lexicon/units.tsv", take_unit},
                  {"lexicon/languages.tsv", take_language},
                  {"lexicon/domains.tsv", take_domain},
                  {"lexicon/symbols.tsv", take_symbol}};
    dgm_splitter *splitter = DGM_NEW(arena, dgm_splitter);
    loading it = {.splitter = splitter, .arena = arena, .pack = pack, .err = err};
    init_maps(splitter, arena);
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++)
        DGM_TRY(each_row(&it, tables[i].name, tables[i].take));
    *out = splitter;
    return DGM_OK;
}

uint32_t dgm_folded_get(const dgm_map *map, dgm_str word)
{
    char folded[DGM_WORD_BYTES + 4];
    size_t len = 0;
    if (word.len > DGM_WORD_BYTES)
        return DGM_MAP_NONE;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        bool is_curly = i + 3 <= word.len && (!memcmp(word.ptr + i, "\xE2\x80\x99", 3) ||
                                              !memcmp(word.ptr + i, "\xE2\x80\x98", 3));
        if (is_curly)
            i += 2;
        folded[len++] = (char)(is_curly || c == '`' ? '\'' : c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    return dgm_map_get(map, (dgm_str){folded, len});
}
