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
    clock_gettime(CLOCK_MONOTONIC, &a);
    dgm_status status = dgm_arena_run(it->arena, load, it);
    clock_gettime(CLOCK_MONOTONIC, &b);
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
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_states_and_their_words),
    };
    return cmocka_run_group_tests_name("gazetteer", tests, set_up, tear_down);
}
