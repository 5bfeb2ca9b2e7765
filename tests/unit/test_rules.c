/* rules: cells of the tables, errors with file and line, order of entries, composition, contexts;
 * and every entry of the built-in tables against its own example. */
#include "cmocka_all.h"

#include "code/rules.h"
#include <dragoman/engine.h>

#include <stdio.h>
#include <stdlib.h>

/* A pack of named texts, built as tools/pack.py does. */
typedef struct source {
    const char *name, *text;
} source;

static void put_u64(char *at, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        at[i] = (char)(value >> (8 * i));
}

static char *build_pack(const source *sources, uint32_t count, dgm_pack *pack)
{
    size_t offset = (16 + 128 * (size_t)count + 63) / 64 * 64, size = offset;
    for (uint32_t i = 0; i < count; i++)
        size += (strlen(sources[i].text) + 63) / 64 * 64;
    char *bytes = calloc(1, size + 1);
    memcpy(bytes, "DGMPACK1", 8);
    put_u64(bytes + 8, count);
    for (uint32_t i = 0; i < count; i++) {
        char *entry = bytes + 16 + 128 * (size_t)i;
        size_t len = strlen(sources[i].text);
        put_u64(entry, offset);
        put_u64(entry + 8, len);
        memcpy(entry + 16, sources[i].name, strlen(sources[i].name));
        memcpy(bytes + offset, sources[i].text, len);
        offset += (len + 63) / 64 * 64;
    }
    assert_int_equal(dgm_pack_open(pack, "test", (dgm_str){bytes, size}, NULL), DGM_OK);
    return bytes;
}

static const char types_table[] = "ACCUSE\tverb\tsubj\tobj|against\t\n"
                                  "ASSAULT\tnoun\tposs|adj|by\tof|on\t\n"
                                  "AID\tverb\tsubj\tto\t\n";

typedef struct loading {
    dgm_arena *arena;
    const char *name, *table;
    dgm_rules *rules;
    dgm_error err;
    char *bytes;
} loading;

static dgm_status load_body(void *payload)
{
    loading *it = payload;
    const source sources[] = {{"rules/classes.tsv", "weapon\tmissile|rocket\n"},
                              {"rules/types.tsv", types_table},
                              {it->name, it->table}};
    dgm_pack pack;
    it->bytes = build_pack(sources, 3, &pack);
    return dgm_rules_load(&it->rules, it->arena, &pack, NULL, NULL, &it->err);
}

static dgm_status load(loading *it, const char *name, const char *table)
{
    *it = (loading){.arena = dgm_arena_new(), .name = name, .table = table};
    return dgm_arena_run(it->arena, load_body, it);
}

static void unload(loading *it)
{
    dgm_arena_free(it->arena);
    free(it->bytes);
}

static void entries_take_defaults_and_order(void **state)
{
    (void)state;
    loading it;
    assert_int_equal(load(&it, "rules/accuse/verbs.tsv",
                          "blame\tverb:blame\tallege\t\t\t\t\tA blamed B.\tA > B\n"
                          "blame-2\tverb:blame on=*\tallege\t\ton\t\trecipient\tA.\tA > B\n"
                          "blame-3\tverb:blame\t\t\t-\t\t\tA.\tA > -\n"),
                     DGM_OK);
    uint32_t first = dgm_rules_entries(it.rules, dgm_rules_sym(it.rules, DGM_STR("blame")))
                         ->rules[DGM_TRIGGER_VERB];
    const dgm_rule *rules = it.rules->rules;
    assert_string_equal(rules[first].id, "accuse/blame-2"); /* one constraint: heavier */
    assert_string_equal(rules[rules[first].next].id, "accuse/blame");
    assert_string_equal(rules[rules[rules[first].next].next].id, "accuse/blame-3");
    assert_int_equal(rules[0].recipient.count, 2); /* ACCUSE's default: obj|against */
    assert_int_equal(rules[0].mode, DGM_MODE_ALLEGE);
    assert_true(rules[2].recipient.is_none);
    assert_int_equal(rules[1].conditions, DGM_IF_RECIPIENT);
    unload(&it);
}

static void classes_and_paths_are_read(void **state)
{
    (void)state;
    loading it;
    assert_int_equal(
        load(&it, "rules/aid/verbs.tsv",
             "arm\tverb:send obj=@weapon|plane to|towards=*\t\tsubj|obj.poss\t\t\t\tA.\tA > B\n"),
        DGM_OK);
    const dgm_trigger *trigger = &it.rules->rules[0].trigger;
    assert_int_equal(trigger->constraint_count, 2);
    assert_true(
        dgm_words_has(&trigger->constraints[0].words, dgm_rules_sym(it.rules, DGM_STR("rocket"))));
    assert_true(
        dgm_words_has(&trigger->constraints[0].words, dgm_rules_sym(it.rules, DGM_STR("plane"))));
    assert_false(
        dgm_words_has(&trigger->constraints[0].words, dgm_rules_sym(it.rules, DGM_STR("bread"))));
    assert_int_equal(trigger->constraints[1].key_count, 2);
    assert_true(trigger->constraints[1].words.is_any);
    assert_int_equal(it.rules->rules[0].actor.items[1].count, 2);
    unload(&it);
}

/* Gates stand in the order in which the entries of a word are tried. */
static void gates_tell_what_an_entry_needs(void **state)
{
    (void)state;
    loading it;
    assert_int_equal(load(&it, "rules/assault/nouns.tsv",
                          "strike\tnoun:strike\n"
                          "air\tnoun:air_strike\n"
                          "fire\tnoun:strike obj=@weapon mod!=heavy\n"
                          "more\tnoun:strike obj=@weapon of=*\n"),
                     DGM_OK);
    const dgm_rules *rules = it.rules;
    const dgm_sym word = dgm_rules_sym(rules, DGM_STR("strike"));
    const dgm_gate *gates = &rules->gates[dgm_rules_entries(rules, word)->gates[DGM_TRIGGER_NOUN]];
    uint32_t at = dgm_rules_entries(rules, word)->rules[DGM_TRIGGER_NOUN];
    for (uint32_t i = 0; i < 4; i++, at = rules->rules[at].next) {
        assert_int_equal(gates[i].rule, at);
        assert_int_equal(gates[i].is_last, i == 3);
    }
    assert_string_equal(rules->rules[gates[0].rule].id, "assault/more");
    assert_int_equal(gates[0].need_count, 2);
    assert_string_equal(rules->rules[gates[1].rule].id, "assault/fire");
    assert_int_equal(gates[1].need_count, 2);
    assert_string_equal(rules->rules[gates[2].rule].id, "assault/air");
    assert_int_equal(gates[2].before, dgm_rules_sym(rules, DGM_STR("air")));
    assert_null(gates[2].needs);
    assert_null(gates[3].needs);
    assert_int_equal(gates[3].before, 0);
    assert_ptr_equal(rules->rules[gates[0].rule].trigger.constraints[0].words.items,
                     rules->rules[gates[1].rule].trigger.constraints[0].words.items);
    unload(&it);
}

static void errors_name_file_and_line(void **state)
{
    (void)state;
    const struct {
        const char *name, *table;
    } cases[] = {{"rules/accuse/a.tsv", "# note\nx\tverb\t\t\t\t\t\tA.\tA > B\n"},
                 {"rules/accuse/a.tsv", "# note\nx\tverb:blame obj\t\t\t\t\t\tA.\tA > B\n"},
                 {"rules/accuse/a.tsv", "# note\nx\tverb:blame\tvisit\t\t\t\t\tA.\tA > B\n"},
                 {"rules/accuse/a.tsv", "# note\nx\tverb:blame\t\tSubj\t\t\t\tA.\tA > B\n"},
                 {"rules/accuse/a.tsv", "# note\nx\tverb:blame obj=@none\t\t\t\t\t\tA.\tA > B\n"},
                 {"rules/accuse/a.tsv", "# note\nx\tverb:blame\t\t\t\t\tperhaps\tA.\tA > B\n"},
                 {"rules/nonsense/a.tsv", "# note\nx\tverb:blame\t\t\t\t\t\tA.\tA > B\n"},
                 {"rules/composition.tsv", "# note\nagree\tNOTHING\tAGREE\t\t\n"},
                 {"rules/contexts.tsv", "# note\nx\tnothing\tword\n"},
                 {"rules/matters.tsv", "# note\nsport\tnothing\t2\tmatch\n"},
                 {"rules/matters.tsv", "# note\nsport\tall\t0\tmatch\n"},
                 {"rules/matters.tsv", "# note\n\tall\t2\tmatch\n"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        loading it;
        assert_int_equal(load(&it, cases[i].name, cases[i].table), DGM_ERROR_FORMAT);
        assert_string_equal(it.err.file, cases[i].name);
        assert_int_equal(it.err.pos, 2);
        unload(&it);
    }
}

static void first_composition_row_wins(void **state)
{
    (void)state;
    loading it;
    assert_int_equal(load(&it, "rules/composition.tsv",
                          "agree\tAID\tAGREE\t\t\nagree\tmconf\tTHREATEN\tviolence\tfuture\n"
                          "agree\t*\t=\t=\t\nend\tvcoop|tie\t-\t\t\n"
                          "end\tCOERCE.arrest\tRETREAT\trelease\t\n"),
                     DGM_OK);
    const dgm_composition *row =
        dgm_rules_compose(it.rules, DGM_STR("agree"), DGM_TYPE_AID, DGM_MODE_NONE);
    assert_int_equal(row->type, DGM_TYPE_AGREE);
    row = dgm_rules_compose(it.rules, DGM_STR("agree"), DGM_TYPE_ASSAULT, DGM_MODE_NONE);
    assert_int_equal(row->mode, DGM_MODE_VIOLENCE);
    assert_int_equal(row->modality, DGM_MODALITY_FUTURE);
    row = dgm_rules_compose(it.rules, DGM_STR("agree"), DGM_TYPE_CONSULT, DGM_MODE_NONE);
    assert_true(row->keeps_mode && row->type == DGM_TYPE_NONE);
    assert_true(dgm_rules_compose(it.rules, DGM_STR("end"), DGM_TYPE_TREATY, DGM_MODE_NONE)->drops);
    assert_null(dgm_rules_compose(it.rules, DGM_STR("end"), DGM_TYPE_ASSAULT, DGM_MODE_NONE));
    assert_null(dgm_rules_compose(it.rules, DGM_STR("end"), DGM_TYPE_COERCE, DGM_MODE_SEIZE));
    row = dgm_rules_compose(it.rules, DGM_STR("end"), DGM_TYPE_COERCE, DGM_MODE_ARREST);
    assert_int_equal(row->mode, DGM_MODE_RELEASE);
    unload(&it);
}

static void contexts_match_phrases(void **state)
{
    (void)state;
    loading it;
    assert_int_equal(load(&it, "rules/contexts.tsv",
                          "a\tcbrn\tnuclear_weapon|chemical_weapon\tx\nb\teconomic\ttrade\tx\n"),
                     DGM_OK);
    const dgm_sym lemmas[] = {dgm_rules_sym(it.rules, DGM_STR("trade")),
                              dgm_rules_sym(it.rules, DGM_STR("nuclear")),
                              dgm_rules_sym(it.rules, DGM_STR("weapon"))};
    uint64_t both = (uint64_t)1 << (DGM_CONTEXT_CBRN - 1) | (uint64_t)1
                                                                << (DGM_CONTEXT_ECONOMIC - 1);
    assert_true(dgm_rules_contexts(it.rules, lemmas, 3) == both);
    assert_true(dgm_rules_contexts(it.rules, lemmas, 2) == (uint64_t)1
                                                               << (DGM_CONTEXT_ECONOMIC - 1));
    unload(&it);
}

static void print_problem(const dgm_rule_problem *problem, void *payload)
{
    fprintf(stderr, "# %s:%llu: %s: %s\n#     %.*s\n", problem->file,
            (unsigned long long)problem->line, problem->id, problem->text,
            (int)problem->example.len, problem->example.ptr);
    ++*(unsigned *)payload;
}

static void every_example_gives_its_record(void **state)
{
    (void)state;
    dgm_engine *engine;
    dgm_engine_options options = DGM_ENGINE_OPTIONS_INIT;
    options.gives_doubtful = true;
    dgm_error err;
    if (dgm_engine_open(&engine, &options, &err) != DGM_OK)
        fail_msg("%s:%llu: %s", err.file, (unsigned long long)err.pos, err.text);
    unsigned problems = 0;
    uint64_t checked;
    assert_int_equal(dgm_engine_check_rules(engine, print_problem, &problems, &checked, &err),
                     DGM_OK);
    assert_true(checked >= 500);
    assert_int_equal(problems, 0);
    dgm_engine_close(engine);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(entries_take_defaults_and_order),
        cmocka_unit_test(classes_and_paths_are_read),
        cmocka_unit_test(gates_tell_what_an_entry_needs),
        cmocka_unit_test(errors_name_file_and_line),
        cmocka_unit_test(first_composition_row_wins),
        cmocka_unit_test(contexts_match_phrases),
        cmocka_unit_test(every_example_gives_its_record),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
