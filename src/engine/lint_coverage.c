/* Coverage: how many entries each type has, and what has none. */
#include "engine/engine.h"

#include <stdlib.h>

static void write_counts(dgm_buf *out, const dgm_rules *rules)
{
    static const char *const heads[] = {"", "verb", "noun", "adj"};
    uint32_t total[4] = {0};
    dgm_buf_printf(out, "%-16s %-7s %6s %6s %6s %6s\n", "type", "kind", heads[1], heads[2],
                   heads[3], "all");
    for (unsigned t = 1; t < dgm_label_type_count(rules->ontology); t++) {
        const dgm_type type = (dgm_type)t;
        uint32_t counts[4] = {0};
        if (!dgm_label_has_type(rules->ontology, type))
            continue;
        for (uint32_t i = 0; i < rules->rule_count; i++)
            counts[rules->rules[i].trigger.pos] += rules->rules[i].type == type;
        counts[0] = counts[1] + counts[2] + counts[3];
        for (unsigned pos = 0; pos < 4; pos++)
            total[pos] += counts[pos];
        dgm_buf_printf(out, "%-16s %-7s %6u %6u %6u %6u\n",
                       dgm_label_type_name(rules->ontology, type),
                       dgm_kind_name(dgm_label_kind(rules->ontology, type)), counts[1], counts[2],
                       counts[3], counts[0]);
    }
    dgm_buf_printf(out, "%-16s %-7s %6u %6u %6u %6u\n", "all", "", total[1], total[2], total[3],
                   total[0]);
    dgm_buf_printf(out, "operators: %u; rows of composition: %u\n", rules->operator_count,
                   rules->composition_count);
}

/* An entry has the mode, or composition makes it. */
static bool is_mode_covered(const dgm_rules *rules, dgm_type type, dgm_mode mode)
{
    for (uint32_t i = 0; i < rules->rule_count; i++)
        if (rules->rules[i].type == type && rules->rules[i].mode == mode)
            return true;
    for (uint32_t i = 0; i < rules->composition_count; i++)
        if (rules->compositions[i].type == type && rules->compositions[i].mode == mode)
            return true;
    return false;
}

static void write_modes(dgm_buf *out, const dgm_rules *rules)
{
    const dgm_ontology *ontology = rules->ontology;
    const unsigned modes = ontology ? ontology->mode_count : DGM_MODE_COUNT;
    unsigned missing = 0;
    dgm_buf_text(out, "modes without an entry:");
    for (unsigned t = 1; t < dgm_label_type_count(ontology); t++)
        for (unsigned m = 1; m < modes; m++) {
            const dgm_type type = (dgm_type)t;
            const dgm_mode mode = (dgm_mode)m;
            if (!dgm_label_has_type(ontology, type) || !dgm_label_has_mode(ontology, type, mode) ||
                is_mode_covered(rules, type, mode))
                continue;
            dgm_buf_printf(out, " %s.%s", dgm_label_type_name(ontology, type),
                           dgm_label_mode_name(ontology, mode));
            missing++;
        }
    dgm_buf_text(out, missing ? "\n" : " none\n");
}

static void write_contexts(dgm_buf *out, const dgm_rules *rules)
{
    const dgm_ontology *ontology = rules->ontology;
    const bool is_alone = ontology && ontology->stands_alone;
    const unsigned from = is_alone ? DGM_CONTEXT_COUNT : 1;
    const unsigned to = ontology ? ontology->context_count : DGM_CONTEXT_COUNT;
    unsigned missing = 0;
    dgm_buf_text(out, "contexts without a word:");
    for (unsigned context = from; context < to; context++) {
        bool has = false;
        for (uint32_t i = 0; i < rules->context_count && !has; i++)
            has = (unsigned)rules->contexts[i].context == context;
        if (has)
            continue;
        dgm_buf_printf(out, " %s", dgm_label_context_name(ontology, context));
        missing++;
    }
    dgm_buf_text(out, missing ? "\n" : " none\n");
}

dgm_status dgm_engine_coverage(char **out, const dgm_engine *engine, dgm_error *err)
{
    dgm_buf text = {0};
    write_counts(&text, engine->book.rules);
    write_modes(&text, engine->book.rules);
    write_contexts(&text, engine->book.rules);
    *out = text.ptr;
    if (!text.is_failed)
        return DGM_OK;
    dgm_buf_free(&text);
    *out = NULL;
    return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory");
}
