/* base: arena, strings, map, UTF-8, tables, packs. */
#include "cmocka_all.h"

#include "base/arena.h"
#include "base/map.h"
#include "base/pack.h"
#include "base/table.h"
#include "base/utf8.h"

typedef struct fill {
    dgm_arena *arena;
    uint64_t *items;
    uint32_t count, capacity;
} fill;

static dgm_status push_thousand(void *payload)
{
    fill *it = payload;
    for (uint64_t i = 0; i < 1000; i++)
        DGM_PUSH(it->arena, it->items, it->count, it->capacity, i);
    return DGM_OK;
}

static void arena_grows_arrays(void **state)
{
    (void)state;
    fill it = {.arena = dgm_arena_new()};
    assert_int_equal(dgm_arena_run(it.arena, push_thousand, &it), DGM_OK);
    for (uint32_t i = 0; i < 1000; i++)
        assert_int_equal(it.items[i], i);
    dgm_arena_free(it.arena);
}

static void arena_failure_comes_back_as_status(void **state)
{
    (void)state;
    for (size_t n = 1;; n++) {
        fill it = {.arena = dgm_arena_new()};
        dgm_arena_fail_after(it.arena, n);
        dgm_status status = dgm_arena_run(it.arena, push_thousand, &it);
        dgm_arena_free(it.arena);
        if (status == DGM_OK) {
            assert_true(n > 1);
            return;
        }
        assert_int_equal(status, DGM_ERROR_MEMORY);
    }
}

static dgm_status use_map(void *payload)
{
    dgm_map map;
    dgm_map_init(&map, payload);
    static char keys[500][8];
    for (uint32_t i = 0; i < 500; i++) {
        keys[i][0] = (char)('a' + i % 26);
        keys[i][1] = (char)('a' + i / 26);
        dgm_map_put(&map, dgm_str_of(keys[i]), i);
    }
    for (uint32_t i = 0; i < 500; i++)
        assert_int_equal(dgm_map_get(&map, dgm_str_of(keys[i])), i);
    assert_int_equal(dgm_map_get(&map, DGM_STR("none")), DGM_MAP_NONE);
    return DGM_OK;
}

/* Keys of every length, and a change of every byte. */
static dgm_status map_lengths(void *payload)
{
    enum { LONGEST = 40 };
    dgm_map map;
    char key[LONGEST], other[LONGEST];
    memset(key, 'k', sizeof key);
    memset(other, 'k', sizeof other);
    dgm_map_init(&map, payload);
    dgm_map_reserve(&map, 10);
    for (uint32_t len = 0; len <= LONGEST; len++)
        dgm_map_put(&map, (dgm_str){key, len}, len);
    dgm_map_put(&map, DGM_STR("kkk"), 99);
    assert_int_equal(map.count, LONGEST + 1);
    for (uint32_t len = 0; len <= LONGEST; len++) {
        assert_int_equal(dgm_map_get(&map, (dgm_str){key, len}), len == 3 ? 99 : len);
        for (uint32_t i = 0; i < len; i++) {
            other[i] = 'K';
            assert_int_equal(dgm_map_get(&map, (dgm_str){other, len}), DGM_MAP_NONE);
            other[i] = 'k';
        }
    }
    return DGM_OK;
}

static void map_finds_what_was_put(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    assert_int_equal(dgm_arena_run(arena, use_map, arena), DGM_OK);
    assert_int_equal(dgm_arena_run(arena, map_lengths, arena), DGM_OK);
    dgm_arena_free(arena);
}

static dgm_status lower_words(void *payload)
{
    const dgm_str small = DGM_STR("talks"), name = DGM_STR("Talks"),
                  wide = DGM_STR("\xC3\x89t\xC3\xA9");
    assert_ptr_equal(dgm_utf8_lower_view(payload, small).ptr, small.ptr);
    assert_true(dgm_str_is(dgm_utf8_lower_view(payload, name), "talks"));
    assert_true(dgm_str_is(dgm_utf8_lower_view(payload, wide), "\xC3\xA9t\xC3\xA9"));
    assert_int_equal(dgm_utf8_lower_view(payload, DGM_STR("")).len, 0);
    const dgm_str edges = DGM_STR("@[`{0-'z~@[`{0-'z~"), late = DGM_STR("negotiationZ");
    assert_ptr_equal(dgm_utf8_lower_view(payload, edges).ptr, edges.ptr);
    assert_true(dgm_str_is(dgm_utf8_lower_view(payload, late), "negotiationz"));
    return DGM_OK;
}

static void words_in_lower_case_are_not_copied(void **state)
{
    (void)state;
    dgm_arena *arena = dgm_arena_new();
    assert_int_equal(dgm_arena_run(arena, lower_words, arena), DGM_OK);
    dgm_arena_free(arena);
}

static void utf8_refuses_broken_sequences(void **state)
{
    (void)state;
    const struct {
        dgm_str bytes;
        size_t used;
        int32_t point;
    } cases[] = {{DGM_STR("a"), 1, 'a'},
                 {DGM_STR("\xC3\xA9"), 2, 0xE9},
                 {DGM_STR("\xC0\xAF"), 1, -1},
                 {DGM_STR("\xE2\x82"), 2, -1},
                 {DGM_STR("\xED\xA0\x80"), 1, -1},
                 {DGM_STR("\xF0\x9F\x98\x80"), 4, 0x1F600},
                 {DGM_STR("\xF4\x90\x80\x80"), 1, -1}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int32_t point;
        assert_int_equal(dgm_utf8_decode(cases[i].bytes, &point), cases[i].used);
        assert_int_equal(point, cases[i].point);
    }
}

static void table_gives_cells_and_lines(void **state)
{
    (void)state;
    dgm_table table;
    dgm_table_init(&table, "t", DGM_STR("# note\n\na\t b \tc\n\nd\n"));
    assert_true(dgm_table_next(&table));
    assert_int_equal(table.count, 3);
    assert_true(dgm_str_is(table.cells[1], "b"));
    assert_true(dgm_table_next(&table));
    assert_int_equal(table.line, 5);
    assert_int_equal(table.cells[1].len, 0);
    assert_false(dgm_table_next(&table));
    dgm_table_init(&table, "t",
                   DGM_STR(" \t \t\n\t1\t\t\xC3\xA9\r\n1\t2\t3\t4\t5\t6\t7\t8\t9\t10"
                           "\t11\t12\t13\t14\t15\t16\t17\nlast"));
    assert_true(dgm_table_next(&table));
    assert_int_equal(table.line, 2);
    assert_int_equal(table.count, 4);
    assert_int_equal(table.cells[0].len, 0);
    assert_int_equal(table.cells[2].len, 0);
    assert_true(dgm_str_is(table.cells[3], "\xC3\xA9"));
    assert_true(dgm_table_next(&table));
    assert_int_equal(table.count, DGM_TABLE_COLUMNS);
    assert_true(dgm_str_is(table.cells[15], "16"));
    assert_true(dgm_table_next(&table));
    assert_true(dgm_str_is(table.cells[0], "last"));
    assert_false(dgm_table_next(&table));
}

static void pack_refuses_cut_files(void **state)
{
    (void)state;
    dgm_str whole = dgm_pack_builtin();
    dgm_pack pack;
    dgm_error err;
    assert_int_equal(dgm_pack_open(&pack, "builtin", whole, NULL), DGM_OK);
    assert_true(dgm_pack_find(&pack, "ontology/plover.tsv").len > 0);
    assert_int_equal(dgm_pack_open(&pack, "cut", dgm_str_sub(whole, 0, 20), &err),
                     DGM_ERROR_FORMAT);
    assert_int_equal(dgm_pack_open(&pack, "cut", dgm_str_sub(whole, 0, 200), &err),
                     DGM_ERROR_FORMAT);
    assert_int_equal(dgm_pack_open(&pack, "no", DGM_STR("hello"), &err), DGM_ERROR_FORMAT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(arena_grows_arrays),
        cmocka_unit_test(arena_failure_comes_back_as_status),
        cmocka_unit_test(map_finds_what_was_put),
        cmocka_unit_test(words_in_lower_case_are_not_copied),
        cmocka_unit_test(utf8_refuses_broken_sequences),
        cmocka_unit_test(table_gives_cells_and_lines),
        cmocka_unit_test(pack_refuses_cut_files),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
