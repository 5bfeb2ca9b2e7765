/* cameo: the tables of codes, scales and quad classes with the traps that lie in them, and the code
 * nearest to an act. */
#include "cmocka_all.h"

#include "code/cameo.h"

#include <dragoman/engine.h>
#include <math.h>

static struct bench {
    dgm_arena *arena;
    dgm_pack pack;
    dgm_cameos *cameos;
} shared;

static dgm_status load(void *payload)
{
    struct bench *it = payload;
    return dgm_cameos_load(&it->cameos, it->arena, &it->pack, NULL);
}

static int set_up(void **state)
{
    (void)state;
    shared.arena = dgm_arena_new();
    if (dgm_pack_open(&shared.pack, "builtin", dgm_pack_builtin(), NULL))
        return -1;
    return dgm_arena_run(shared.arena, load, &shared) ? -1 : 0;
}

static int tear_down(void **state)
{
    (void)state;
    dgm_arena_free(shared.arena);
    return 0;
}

static const dgm_cameo_row *row(const char *code)
{
    const dgm_cameo_row *found = dgm_cameo_find(shared.cameos, dgm_str_of(code));
    assert_non_null(found);
    return found;
}

static double value(const char *code, dgm_scale scale)
{
    return dgm_cameo_value(shared.cameos, dgm_str_of(code), scale);
}

static bool same(double a, double b)
{
    return (isnan(a) && isnan(b)) || a == b;
}

/* The scales agree on all codes that they share but eight. */
static void scales_differ_where_they_do(void **state)
{
    (void)state;
    static const struct {
        const char *code;
        double gdelt, icews, phoenix;
    } odd[] = {{"016", -2, -5, 3.4},  {"022", 3.2, 3.4, 3.4}, {"124", -4, -4, -5},
               {"1246", -4, -4, -5},  {"163", -8, -8, -6.5},  {"164", -7, -6.5, -7},
               {"165", -6.5, -7, -7}, {"166", -7, -7, -8}};
    unsigned differing = 0;
    for (uint32_t i = 0; i < shared.cameos->row_count; i++) {
        const double *of = shared.cameos->rows[i].values;
        const double a = of[DGM_SCALE_GDELT], b = of[DGM_SCALE_ICEWS], c = of[DGM_SCALE_PHOENIX];
        differing += (!isnan(a) && !isnan(b) && a != b) || (!isnan(a) && !isnan(c) && a != c) ||
                     (!isnan(b) && !isnan(c) && b != c);
    }
    assert_int_equal(differing, 8);
    for (unsigned i = 0; i < 8; i++) {
        assert_true(same(value(odd[i].code, DGM_SCALE_GDELT), odd[i].gdelt));
        assert_true(same(value(odd[i].code, DGM_SCALE_ICEWS), odd[i].icews));
        assert_true(same(value(odd[i].code, DGM_SCALE_PHOENIX), odd[i].phoenix));
    }
}

/* What a list lacks has the value of its root. */
static void codes_that_a_list_lacks(void **state)
{
    (void)state;
    assert_true(isnan(row("106")->values[DGM_SCALE_GDELT]));
    assert_true(isnan(row("1213")->values[DGM_SCALE_GDELT]));
    assert_true(same(value("106", DGM_SCALE_GDELT), -5));
    assert_true(same(value("1213", DGM_SCALE_GDELT), -4));
    const char *const lacking[] = {"019", "116", "129", "1011", "1031", "1221", "1661", "0313"};
    for (unsigned i = 0; i < 8; i++)
        assert_true(isnan(row(lacking[i])->values[DGM_SCALE_PHOENIX]));
    assert_true(same(value("0313", DGM_SCALE_PHOENIX), 4));
    const char *const only_phoenix[] = {"0110", "0357", "109", "1641", "1642", "1643"};
    for (unsigned i = 0; i < 6; i++)
        assert_true(isnan(row(only_phoenix[i])->values[DGM_SCALE_GDELT]) &&
                    !isnan(row(only_phoenix[i])->values[DGM_SCALE_PHOENIX]));
    unsigned counts[DGM_SCALE_COUNT] = {0};
    for (uint32_t i = 0; i < shared.cameos->row_count; i++)
        for (unsigned s = 1; s < DGM_SCALE_COUNT; s++)
            counts[s] += !isnan(shared.cameos->rows[i].values[s]);
    assert_int_equal(counts[DGM_SCALE_GDELT], 310);
    assert_int_equal(counts[DGM_SCALE_ICEWS], 312);
    assert_int_equal(counts[DGM_SCALE_PHOENIX], 285);
    assert_true(isnan(value("999", DGM_SCALE_GDELT)));
}

/* A list that goes round has 04 = 3 and 190 = -8. */
static void the_wrong_list_is_not_ours(void **state)
{
    (void)state;
    for (unsigned s = 1; s < DGM_SCALE_COUNT; s++) {
        assert_true(same(value("04", (dgm_scale)s), 1));
        assert_true(same(value("190", (dgm_scale)s), -10));
    }
}

static void codes_are_strings(void **state)
{
    (void)state;
    assert_true(same(value("010", DGM_SCALE_GDELT), 0));
    assert_true(same(value("10", DGM_SCALE_GDELT), -5));
    assert_null(dgm_cameo_find(shared.cameos, DGM_STR("1")));
}

static void quad_mappings_are_named(void **state)
{
    (void)state;
    static const struct {
        unsigned root, gdelt, phoenix, text_to_cameo;
    } odd[] = {{1, 1, 0, 1}, {2, 1, 0, 1}, {9, 3, 3, 2}, {14, 4, 4, 3}, {16, 4, 3, 4}};
    unsigned differing = 0;
    for (unsigned root = 1; root <= 20; root++) {
        const uint8_t *of = shared.cameos->quads[root];
        differing += of[1] != of[2] || of[1] != of[3];
    }
    assert_int_equal(differing, 5);
    for (unsigned i = 0; i < 5; i++) {
        const uint8_t *of = shared.cameos->quads[odd[i].root];
        assert_int_equal(of[DGM_QUAD_MAPPING_GDELT], odd[i].gdelt);
        assert_int_equal(of[DGM_QUAD_MAPPING_PHOENIX], odd[i].phoenix);
        assert_int_equal(of[DGM_QUAD_MAPPING_TEXT_TO_CAMEO], odd[i].text_to_cameo);
    }
    /* the root of a longer code is its first two digits */
    const dgm_cameo it = dgm_cameo_of(shared.cameos, "0874", DGM_SCALE_ICEWS);
    assert_int_equal(it.quads[DGM_QUAD_MAPPING_GDELT], 2);
    assert_string_equal(dgm_scale_name(it.scale), "goldstein-icews");
    assert_int_equal(dgm_scale_from(DGM_STR("phoenix")), DGM_SCALE_PHOENIX);
    assert_int_equal(dgm_scale_from(DGM_STR("goldstein")), DGM_SCALE_NONE);
}

static void plover_is_read_as_it_is_meant(void **state)
{
    (void)state;
    assert_int_equal(dgm_type_quad(DGM_TYPE_SANCTION), DGM_QUAD_MATERIAL_CONFLICT);
    assert_true(dgm_type_score(DGM_TYPE_ACCUSE, DGM_MODE_NONE) == -3);
    assert_true(dgm_type_score(DGM_TYPE_PROTEST, DGM_MODE_VANDALIZE) == -5);
    assert_int_equal(dgm_type_from(DGM_STR("FIGHT")), DGM_TYPE_NONE);
    assert_int_equal(row("200")->event, DGM_TYPE_ASSAULT);
    assert_int_equal(row("204")->mode, DGM_MODE_UNCONVENTIONAL);
}

static bool has(const dgm_cameo_row *of, dgm_context context)
{
    return of->contexts >> (context - 1) & 1;
}

/* Modes and contexts that the list has and the manual lacks are the nearest of the manual. */
static void the_old_list_is_translated(void **state)
{
    (void)state;
    assert_int_equal(row("163")->event, DGM_TYPE_COERCE);
    assert_int_equal(row("163")->mode, DGM_MODE_RESTRICT);
    assert_int_equal(row("0842")->mode, DGM_MODE_RELEASE);
    assert_int_equal(row("085")->mode, DGM_MODE_NONE);
    assert_int_equal(row("1322")->mode, DGM_MODE_RESTRICT);
    assert_int_equal(row("186")->mode, DGM_MODE_TARGETED);
    assert_int_equal(row("1712")->mode, DGM_MODE_DESTROY);
    assert_int_equal(row("202")->mode, DGM_MODE_NONE);
    assert_true(has(row("175"), DGM_CONTEXT_PRO_AUTOCRACY));
    assert_true(has(row("0811"), DGM_CONTEXT_PRO_DEMOCRACY));
    assert_true(has(row("073"), DGM_CONTEXT_HUMAN_SECURITY));
    assert_int_equal(row("0813")->event, DGM_TYPE_RETREAT);
    assert_int_equal(row("0814")->event, DGM_TYPE_RETREAT);
    for (uint32_t i = 0; i < shared.cameos->row_count; i++) {
        const dgm_cameo_row *of = &shared.cameos->rows[i];
        const bool is_dropped = of->code[0] == '0' && of->code[1] <= '2';
        assert_true(!is_dropped || !of->event);
        assert_true(is_dropped || strlen(of->code) == 2 || of->event || isnan(of->values[1]));
    }
}

static const char *nearest(dgm_type type, dgm_mode mode, dgm_type inner, dgm_context context,
                           const char *id)
{
    const dgm_cameo_key key = {.type = type,
                               .inner = inner,
                               .mode = mode,
                               .contexts = context ? (uint64_t)1 << (context - 1) : 0,
                               .ids = &id,
                               .id_count = 1};
    return dgm_cameo_nearest_of(shared.cameos, &key);
}

/* Every event has a code, of the root that becomes its type again. */
static void every_event_has_a_code_of_its_type(void **state)
{
    (void)state;
    for (unsigned type = 1; type < DGM_TYPE_COUNT; type++)
        for (unsigned mode = 0; mode < DGM_MODE_COUNT; mode++) {
            if (mode && !dgm_type_has_mode((dgm_type)type, (dgm_mode)mode))
                continue;
            const char *code = nearest((dgm_type)type, (dgm_mode)mode, 0, 0, "x/y");
            if (dgm_type_kind((dgm_type)type) != DGM_KIND_EVENT) {
                assert_null(code);
                continue;
            }
            assert_non_null(code);
            const bool is_borrowed = /* no code of theirs */
                (type == DGM_TYPE_SANCTION && mode == DGM_MODE_CONVICT) ||
                (type == DGM_TYPE_RETREAT && (mode == DGM_MODE_RESIGN || !mode));
            if (!is_borrowed && row(code)->event != (dgm_type)type)
                fail_msg("%s.%s has %s", dgm_type_name((dgm_type)type),
                         dgm_mode_name((dgm_mode)mode), code);
        }
}

static void modes_contexts_operators_and_rules_decide(void **state)
{
    (void)state;
    const struct {
        dgm_type type;
        dgm_mode mode;
        dgm_type inner;
        dgm_context context;
        const char *id, *code;
    } cases[] = {
        {DGM_TYPE_CONSULT, DGM_MODE_VISIT, 0, 0, "consult/visit", "042"},
        {DGM_TYPE_CONSULT, DGM_MODE_VISIT, 0, 0, "consult/host", "043"},
        {DGM_TYPE_CONSULT, 0, 0, 0, "consult/negotiate-with", "046"},
        {DGM_TYPE_SUPPORT, 0, 0, 0, "support/sign-agreement", "057"},
        {DGM_TYPE_SUPPORT, 0, 0, 0, "support/heap-praise-on", "051"},
        {DGM_TYPE_SUPPORT, 0, 0, 0, "support/recognise", "054"},
        {DGM_TYPE_AID, 0, 0, DGM_CONTEXT_MILITARY, "aid/arm", "072"},
        {DGM_TYPE_AGREE, 0, DGM_TYPE_AID, DGM_CONTEXT_HEALTH, "aid/send", "0333"},
        {DGM_TYPE_AGREE, 0, DGM_TYPE_CONSULT, 0, "consult/meet", "036"},
        {DGM_TYPE_COERCE, DGM_MODE_RESTRICT, 0, 0, "coerce/embargo-on", "163"},
        {DGM_TYPE_COERCE, DGM_MODE_RESTRICT, 0, 0, "coerce/lay-siege", "191"},
        {DGM_TYPE_COERCE, DGM_MODE_SEIZE, 0, DGM_CONTEXT_TERRITORY, "coerce/seize", "192"},
        {DGM_TYPE_ASSAULT, DGM_MODE_AERIAL, 0, 0, "assault/bomb", "195"},
        {DGM_TYPE_REJECT, 0, 0, 0, "reject/veto", "129"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(
            nearest(cases[i].type, cases[i].mode, cases[i].inner, cases[i].context, cases[i].id),
            cases[i].code);
}

static void check_record(dgm_scale scale, double goldstein)
{
    dgm_engine_options options = DGM_ENGINE_OPTIONS_INIT;
    dgm_engine *engine;
    dgm_coder *coder;
    dgm_document *document;
    dgm_records records;
    const dgm_str none = DGM_STR("");
    options.scale = scale;
    assert_int_equal(dgm_engine_open(&engine, &options, NULL), DGM_OK);
    assert_int_equal(dgm_coder_new(&coder, engine, NULL), DGM_OK);
    assert_int_equal(dgm_document_new(&document, DGM_STR("x"), none, none,
                                      DGM_STR("Cuba imposed an embargo on Haiti."), NULL),
                     DGM_OK);
    assert_int_equal(dgm_coder_code(&records, coder, document, NULL), DGM_OK);
    assert_int_equal(records.count, 1);
    assert_string_equal(records.items[0].cameo.code, "163");
    assert_true(same(records.items[0].cameo.goldstein, goldstein));
    assert_int_equal(records.items[0].cameo.quads[DGM_QUAD_MAPPING_PHOENIX], 3);
    dgm_document_free(document);
    dgm_coder_free(coder);
    dgm_engine_close(engine);
}

static void records_carry_the_scale_that_was_asked_for(void **state)
{
    (void)state;
    check_record(DGM_SCALE_NONE, -8);
    check_record(DGM_SCALE_PHOENIX, -6.5);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scales_differ_where_they_do),
        cmocka_unit_test(codes_that_a_list_lacks),
        cmocka_unit_test(the_wrong_list_is_not_ours),
        cmocka_unit_test(codes_are_strings),
        cmocka_unit_test(quad_mappings_are_named),
        cmocka_unit_test(plover_is_read_as_it_is_meant),
        cmocka_unit_test(the_old_list_is_translated),
        cmocka_unit_test(every_event_has_a_code_of_its_type),
        cmocka_unit_test(modes_contexts_operators_and_rules_decide),
        cmocka_unit_test(records_carry_the_scale_that_was_asked_for),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
