/* gazetteer: names found in hand-made tokens, names asked for, and the tables' own sanity. */
#include "cmocka_all.h"

#include "base/map.h"
#include "base/table.h"
#include "ground/gazetteer.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct world {
    dgm_arena *arena, *scratch;
    dgm_pack pack;
    dgm_gazetteer *gazetteer;
    dgm_error err;
} world;

static dgm_status load(void *payload)
{
    world *it = payload;
    return dgm_gazetteer_load(&it->gazetteer, it->arena, &it->pack, &it->err);
}

static int set_up(void **state)
{
    world *it = calloc(1, sizeof *it);
    it->arena = dgm_arena_new();
    it->scratch = dgm_arena_new();
    if (dgm_pack_open(&it->pack, "builtin", dgm_pack_builtin(), &it->err) != DGM_OK)
        return -1;
    struct timespec a, b;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &a);
    dgm_status status = dgm_arena_run(it->arena, load, it);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &b);
    if (status != DGM_OK)
        print_message("%s: %s\n", it->err.file, it->err.text);
    print_message("# loaded in %.2f ms, %zu KiB\n",
                  (double)(b.tv_sec - a.tv_sec) * 1e3 + (double)(b.tv_nsec - a.tv_nsec) / 1e6,
                  dgm_arena_size(it->arena) / 1024);
    *state = it;
    return status == DGM_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    world *it = *state;
    dgm_arena_free(it->arena);
    dgm_arena_free(it->scratch);
    free(it);
    return 0;
}

/* Tokens parted by single spaces; what was found is written as "first+count=CODE/kind ..." */
typedef struct job {
    world *world;
    const char *tokens;
    int32_t year;
    char out[1024];
} job;

static const char kind_letters[] = " PAQS"; /* proper, adjective, people, seat */

static void write_match(char *out, size_t size, const dgm_name_match *match)
{
    size_t at = strlen(out);
    if (!match->entity) {
        snprintf(out + at, size - at, "%s%u+%u=-", at ? " " : "", match->first, match->count);
        return;
    }
    snprintf(out + at, size - at, "%s%u+%u=%s/%c", at ? " " : "", match->first, match->count,
             match->entity->code, kind_letters[match->kind]);
    static const char *const affixes[] = {"", "<pro", "<anti", "<former", "<by", "<at"};
    at = strlen(out);
    snprintf(out + at, size - at, "%s", affixes[match->affix]);
    for (int i = 0; i < 3 && match->others[i]; i++) {
        at = strlen(out);
        snprintf(out + at, size - at, "?%s", match->others[i]->code);
    }
}

static dgm_status find(void *payload)
{
    job *it = payload;
    dgm_str all = dgm_str_of(it->tokens);
    dgm_token *tokens = DGM_ARRAY(it->world->scratch, dgm_token, all.len + 1);
    uint32_t count = 0;
    for (size_t from = 0, at = 0; at <= all.len; at++)
        if (at == all.len || all.ptr[at] == ' ') {
            if (at > from)
                tokens[count++].span = (dgm_span){(uint32_t)from, (uint32_t)(at - from)};
            from = at + 1;
        }
    dgm_sentence sentence = {.span = {0, (uint32_t)all.len}, .tokens = tokens, .count = count};
    dgm_text text = {.bytes = all, .sentences = &sentence, .count = 1};
    uint32_t found;
    dgm_name_match *matches = dgm_gazetteer_find(it->world->gazetteer, it->world->scratch, &text,
                                                 &sentence, it->year, &found);
    for (uint32_t i = 0; i < found; i++) {
        assert_true(matches[i].first + matches[i].count <= count && matches[i].count > 0);
        assert_true(dgm_span_end(matches[i].span) <= all.len);
        write_match(it->out, sizeof it->out, &matches[i]);
    }
    return DGM_OK;
}

static void expect_in(world *w, int32_t year, const char *tokens, const char *want)
{
    job it = {.world = w, .tokens = tokens, .year = year};
    assert_int_equal(dgm_arena_run(w->scratch, find, &it), DGM_OK);
    if (strcmp(it.out, want) != 0)
        print_message("# \"%s\"\n", tokens);
    assert_string_equal(it.out, want);
    dgm_arena_reset(w->scratch);
}

static void expect(world *w, const char *tokens, const char *want)
{
    expect_in(w, 0, tokens, want);
}

static void finds_states_and_their_words(void **state)
{
    world *w = *state;
    expect(w, "Iran and North Korea signed it", "0+1=IRN/P 2+2=PRK/P");
    expect(w, "the Democratic People 's Republic of Korea refused", "1+6=PRK/P");
    expect(w, "Iranian troops left", "0+1=IRN/A");
    expect(w, "the Iranians left", "1+1=IRN/Q");
    expect(w, "Tehran 's envoy spoke", "0+1=IRN/S?IRN");
    expect(w, "the Kremlin denied it", "1+1=RUS/S?SUN");
    expect(w, "Cote d'Ivoire and Türkiye agreed", "0+2=CIV/P 3+1=TUR/P");
    expect(w, "Côte d’ Ivoire agreed", "0+3=CIV/P");
    expect(w, "the Ottomans fought the Safavids", "1+1=TUR/P 4+1=IRN/P");
    expect(w, "the DPRK expressed support for Iraq", "1+1=PRK/P 5+1=IRQ/P");
}

static void case_decides(void **state)
{
    world *w = *state;
    expect(w, "it told us that the US would leave", "5+1=USA/P");
    expect(w, "the U.S. and the U.S.A. , the UK", "1+1=USA/P 4+1=USA/P 7+1=GBR/P");
    expect(w, "they polish the Polish table and eat turkey", "3+1=POL/A");
    expect(w, "Nato and Unicef wait in TEHRAN", "0+1=NATO/P 2+1=UNICEF/P 5+1=IRN/S?IRN");
    expect(w, "IRAN ACCUSES US OF LIES", "0+1=IRN/P 2+1=USA/P");
    expect(w, "WHO TOLD IRAN", "2+1=IRN/P");
    expect(w, "the WHO warned", "1+1=WHO/P");
    expect(w, "ALBA met , Alba slept", "0+1=ALBA/P");
    expect(w, "the mujahideen and the Mujahideen", "1+1=MUJAHIDEEN/P 4+1=MUJAHIDEEN/P");
}

static void hyphens_do_not_part_names(void **state)
{
    world *w = *state;
    expect(w, "the Sino-Soviet split", "1+1=CHN/A 1+1=SUN/A");
    expect(w, "the Sino - Soviet split", "1+1=CHN/A 3+1=SUN/A");
    expect(w, "Sino was his name", "");
    expect(w, "the Iran-Iraq War", "1+1=IRN/P 1+1=IRQ/P");
    expect(w, "Iran–North Korea relations", "0+1=IRN/P 0+2=PRK/P");
    expect(w, "Guinea - Bissau and Guinea-Bissau", "0+3=GNB/P 4+1=GNB/P");
    expect(w, "al - Qaeda and Al-Qaeda", "0+3=AL-QAEDA/P 4+1=AL-QAEDA/P");
    expect(w, "the Franco-Prussian treaty", "1+1=FRA/A?ESP 1+1=DEU/A");
}

static void affixes_are_told(void **state)
{
    world *w = *state;
    expect(w, "US-led forces and Iran - backed rebels", "0+1=USA/P<by 3+1=IRN/P<by");
    expect(w, "pro-Russian and anti-American crowds", "0+1=RUS/A<pro 2+1=USA/A<anti");
    expect(w, "non-Iranian crude", "");
    expect(w, "the London-based group", "1+1=GBR/S<at?GBR");
    expect(w, "ex-Soviet states", "0+1=SUN/A<former");
}

static void actors_and_bodies_have_codes(void **state)
{
    world *w = *state;
    expect(w, "the Taliban , Boko Haram , and the Iraqi wing of ISIL",
           "1+1=TALIBAN/P 3+2=BOKO-HARAM/P 8+1=IRQ/A 11+1=ISIL/P");
    expect(w, "Rodong Sinmun and the Pentagon", "0+2=PRK/P 4+1=USA/P");
    expect(w, "the Middle Eastern merchants", "1+2=MIDDLE-EAST/A");
    expect(w, "the UN Security Council met", "1+3=UN/P");
    expect(w, "seized Abu Musa and the Greater and Lesser Tunbs", "1+2=ABU-MUSA/P 5+4=TUNBS/P");
    expect(w, "merchants of Silla", "2+1=KOR/P");
}

static void persons_need_a_safe_name(void **state)
{
    world *w = *state;
    expect(w, "Ruhollah Khomeini met Gorbachev", "0+2=IRN/P 3+1=SUN/P");
    expect(w, "in May Brown left", "");
    expect(w, "President Ford and Mr May", "1+1=USA/P 4+1=GBR/P");
    expect(w, "Gordon Brown left", "0+2=GBR/P");
    expect(w, "Laura Bush left but Bush stayed", "4+1=USA/P");
    expect(w, "Michael Jordan and Chad Johnson ate a Turkey sandwich", "0+2=- 7+2=-");
    expect(w, "Jordan and Chad met", "0+1=JOR/P 2+1=TCD/P");
}

static void years_and_further_readings(void **state)
{
    world *w = *state;
    expect(w, "Korea replied", "0+1=KOR/P?PRK");
    expect_in(w, 1998, "Congo replied", "0+1=COD/P?COG");
    expect_in(w, 1930, "the Republic of China replied", "1+3=CHN/P?TWN");
    expect_in(w, 1990, "the Republic of China replied", "1+3=TWN/P?CHN");
    expect_in(w, 1996, "Javier Solana spoke", "0+2=NATO/P?EU");
    expect_in(w, 2006, "Javier Solana spoke", "0+2=EU/P?NATO");
}

static void weak_cities_need_their_country(void **state)
{
    world *w = *state;
    expect(w, "a Nice town", "");
    expect(w, "in Nice , France", "1+1=FRA/P 3+1=FRA/P");
    expect(w, "in Karachi", "1+1=PAK/P");
}

static void names_are_asked_for(void **state)
{
    world *w = *state;
    const struct {
        const char *name, *code;
    } cases[] = {{"IRN", "IRN"},
                 {"Iran", "IRN"},
                 {"north korea", "PRK"},
                 {"  The United States ", "USA"},
                 {"boko haram", "BOKO-HARAM"},
                 {"u.s.", "USA"},
                 {"Georgia", "GEO"},
                 {"turkiye", "TUR"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const dgm_entity *entity = dgm_gazetteer_by_name(w->gazetteer, dgm_str_of(cases[i].name));
        assert_non_null(entity);
        assert_string_equal(entity->code, cases[i].code);
    }
    assert_null(dgm_gazetteer_by_name(w->gazetteer, DGM_STR("Atlantis")));
    assert_null(dgm_gazetteer_by_name(w->gazetteer, DGM_STR("")));
    assert_null(dgm_gazetteer_by_name(w->gazetteer, DGM_STR("- , \xff")));
    assert_string_equal(dgm_gazetteer_name_of(w->gazetteer, "PRK"), "North Korea");
    assert_string_equal(dgm_gazetteer_name_of(w->gazetteer, "NOBODY"), "NOBODY");
}

static void cities_have_places(void **state)
{
    world *w = *state;
    const dgm_entity *karachi = dgm_gazetteer_by_name(w->gazetteer, DGM_STR("Karachi"));
    assert_non_null(karachi);
    assert_int_equal(karachi->kind, DGM_ENTITY_CITY);
    assert_true(karachi->lat > 24 && karachi->lat < 26 && karachi->lon > 66 && karachi->lon < 68);
    assert_true(karachi->geonames > 0);
    const dgm_entity *lima = dgm_gazetteer_by_name(w->gazetteer, DGM_STR("Callao"));
    assert_true(lima && lima->lat < 0 && lima->lon < 0);
    const dgm_entity *iran = dgm_gazetteer_by_name(w->gazetteer, DGM_STR("Iran"));
    assert_true(iran && isnan(iran->lat) && !iran->is_place_only);
    const dgm_entity *sea = dgm_gazetteer_by_name(w->gazetteer, DGM_STR("red sea"));
    assert_true(sea && sea->is_place_only && sea->kind == DGM_ENTITY_REGION && sea->lat > 0);
}

/* Odd bytes, empty sentences and long runs of hyphens neither fail nor take long. */
static void any_bytes_will_do(void **state)
{
    world *w = *state;
    expect(w, "", "");
    expect(w, "\xff\xfe \xe2\x80 Iran\xc3", "2+1=IRN/P");
    size_t size = 1 << 20;
    char *dashes = malloc(size + 1);
    for (size_t i = 0; i < size; i++)
        dashes[i] = i % 2 ? '-' : 'a';
    dashes[size] = 0;
    expect(w, dashes, "");
    memset(dashes, 'x', size);
    expect(w, dashes, "");
    free(dashes);
}

/* A pack of `gazetteer/states.tsv` alone, with this row. */
static dgm_status load_states(world *w, dgm_arena *arena, const char *row)
{
    static char bytes[1024];
    memset(bytes, 0, sizeof bytes);
    memcpy(bytes, "DGMPACK1\1", 9);
    bytes[16] = (char)192;
    bytes[24] = (char)strlen(row);
    strcpy(bytes + 32, "gazetteer/states.tsv");
    strcpy(bytes + 192, row);
    dgm_pack pack;
    world other = {.arena = arena};
    assert_int_equal(dgm_pack_open(&pack, "test", (dgm_str){bytes, 192 + strlen(row)}, NULL),
                     DGM_OK);
    other.pack = pack;
    dgm_status status = dgm_arena_run(arena, load, &other);
    w->err = other.err;
    return status;
}

static void bad_rows_are_refused(void **state)
{
    world *w = *state;
    static const char *const rows[][2] = {{"iran\tstate\t\t\tIran", "not a code"},
                                          {"IRN\tkingdom\t\t\tIran", "unknown kind"},
                                          {"IRN\tstate\tlong ago\t\tIran", "not a year"},
                                          {"IRN\tstate\t1990\t1980\tIran", "ends before it begins"},
                                          {"IRN\tstate\t\t\t...", "not a name"},
                                          {"IRN\tstate\t\t\tIran\t\t\t\tnorth", "not degrees"},
                                          {"IRN\tstate\t\t\tIran", "lacks gazetteer/actors.tsv"}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        dgm_arena *arena = dgm_arena_new();
        assert_int_equal(load_states(w, arena, rows[i][0]), DGM_ERROR_FORMAT);
        assert_non_null(strstr(w->err.text, rows[i][1]));
        dgm_arena_free(arena);
    }
}

static void memory_may_end_anywhere(void **state)
{
    world *w = *state;
    for (size_t n = 1; n < 40; n++) {
        world it = {.arena = dgm_arena_new(), .pack = w->pack};
        dgm_arena_fail_after(it.arena, n);
        dgm_status status = dgm_arena_run(it.arena, load, &it);
        assert_true(status == DGM_ERROR_MEMORY || status == DGM_OK);
        dgm_arena_free(it.arena);
    }
}

/* ---- the tables themselves ---- */

typedef struct claim {
    dgm_str name, code;
    int64_t from, to;
    uint64_t line;
    const char *table;
    int column;
    bool is_person;
} claim;

typedef struct claims {
    claim *items;
    uint32_t count, capacity;
    dgm_arena *arena;
    const dgm_pack *pack;
} claims;

static void add_claims(claims *it, const dgm_table *table, dgm_str list, claim base)
{
    dgm_str name;
    while (dgm_str_cut(&list, '|', &name)) {
        if (!name.len || name.ptr[0] == '?' || name.ptr[0] == '~')
            continue;
        base.name =
            name.ptr[0] == '^' || name.ptr[0] == '=' ? dgm_str_sub(name, 1, name.len - 1) : name;
        base.line = table->line;
        base.table = table->name;
        DGM_PUSH(it->arena, it->items, it->count, it->capacity, base);
        size_t star = dgm_str_find(name, DGM_STR(" *"));
        if (star == SIZE_MAX)
            continue;
        base.name = dgm_str_sub(name, star + 2, name.len - star - 2);
        DGM_PUSH(it->arena, it->items, it->count, it->capacity, base);
    }
}

static void read_claims(claims *it, const char *name, int code, int owner, int from,
                        const int *columns)
{
    dgm_table table;
    dgm_table_init(&table, name, dgm_pack_find(it->pack, name));
    while (dgm_table_next(&table)) {
        claim base = {.code = table.cells[code], .from = -9999, .to = 9999};
        if (owner >= 0 && table.cells[owner].len)
            base.code = table.cells[owner];
        dgm_str_int(table.cells[from], &base.from);
        dgm_str_int(table.cells[from + 1], &base.to);
        base.is_person = columns[0] == 0;
        for (int i = 0; columns[i] >= 0; i++) {
            base.column = columns[i] == columns[3] ? 1 : 0;
            add_claims(it, &table, table.cells[columns[i]], base);
        }
    }
}

static int by_name_and_line(const void *a, const void *b)
{
    const claim *x = a, *y = b;
    int order = dgm_str_cmp(x->name, y->name);
    return order ? order : x->column - y->column;
}

static uint32_t count_clashes(const claims *it)
{
    uint32_t clashes = 0;
    for (uint32_t i = 0; i < it->count; i++)
        for (uint32_t j = i + 1; j < it->count; j++) {
            const claim *a = &it->items[i], *b = &it->items[j];
            if (!dgm_str_eq(a->name, b->name) || a->column != b->column)
                break;
            if (dgm_str_eq(a->code, b->code) || (a->is_person && b->is_person) || a->from > b->to ||
                b->from > a->to)
                continue;
            print_message("# \"%.*s\": %.*s (%s:%d), %.*s (%s:%d)\n", DGM_FMT(a->name),
                          DGM_FMT(a->code), a->table, (int)a->line, DGM_FMT(b->code), b->table,
                          (int)b->line);
            clashes++;
        }
    return clashes;
}

static dgm_status lint(void *payload)
{
    claims *it = payload;
    read_claims(it, "gazetteer/states.tsv", 0, -1, 2, (const int[]){4, 5, 6, 7, -1});
    read_claims(it, "gazetteer/actors.tsv", 0, 2, 4, (const int[]){6, 7, 7, 8, -1});
    read_claims(it, "gazetteer/leaders.tsv", 1, -1, 3, (const int[]){0, -1, -1, -1});
    qsort(it->items, it->count, sizeof *it->items, by_name_and_line);
    assert_int_equal(count_clashes(it), 0);
    return DGM_OK;
}

/* No name means two codes at one time, unless one of the readings is marked. */
static void names_do_not_clash(void **state)
{
    world *w = *state;
    dgm_arena *arena = dgm_arena_new();
    claims it = {.arena = arena, .pack = &w->pack};
    assert_int_equal(dgm_arena_run(arena, lint, &it), DGM_OK);
    dgm_arena_free(arena);
}

static void tables_are_as_large_as_promised(void **state)
{
    world *w = *state;
    const struct {
        const char *name;
        uint32_t least;
    } tables[] = {{"gazetteer/states.tsv", 300},
                  {"gazetteer/actors.tsv", 500},
                  {"gazetteer/leaders.tsv", 900},
                  {"gazetteer/cities.tsv", 3000},
                  {"lexicon/roles.tsv", 500}};
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        dgm_table table;
        uint32_t rows = 0;
        dgm_table_init(&table, tables[i].name, dgm_pack_find(&w->pack, tables[i].name));
        while (dgm_table_next(&table))
            rows++;
        assert_true(rows >= tables[i].least);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_states_and_their_words),
        cmocka_unit_test(case_decides),
        cmocka_unit_test(hyphens_do_not_part_names),
        cmocka_unit_test(affixes_are_told),
        cmocka_unit_test(actors_and_bodies_have_codes),
        cmocka_unit_test(persons_need_a_safe_name),
        cmocka_unit_test(years_and_further_readings),
        cmocka_unit_test(weak_cities_need_their_country),
        cmocka_unit_test(names_are_asked_for),
        cmocka_unit_test(cities_have_places),
        cmocka_unit_test(any_bytes_will_do),
        cmocka_unit_test(bad_rows_are_refused),
        cmocka_unit_test(memory_may_end_anywhere),
        cmocka_unit_test(names_do_not_clash),
        cmocka_unit_test(tables_are_as_large_as_promised),
    };
    return cmocka_run_group_tests_name("gazetteer", tests, set_up, tear_down);
}
