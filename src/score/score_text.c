/* Score text: the figures as JSON or as lines for people, read off the object that score.c made. */
#include "base/buf.h"
#include "score/score_priv.h"

#include <stdio.h>
#include <stdlib.h>

/* Six digits hold all we round to; the layout is Python's json.dumps(indent=1). */
enum { JSON_FLAGS = JSON_INDENT(1) | JSON_REAL_PRECISION(6) };

dgm_status dgm_score_to_json(char **out, const dgm_score *score, dgm_error *err)
{
    *out = json_dumps(score->figures, JSON_FLAGS);
    return *out ? DGM_OK : dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory");
}

static long long number(const json_t *object, const char *key)
{
    return (long long)json_integer_value(json_object_get(object, key));
}

static double real(const json_t *object, const char *key)
{
    return json_real_value(json_object_get(object, key));
}

static void write_row(dgm_buf *out, const char *name, const json_t *row)
{
    dgm_buf_printf(out, "  %-24s P %.3f  R %.3f  F1 %.3f   (tp %lld fp %lld fn %lld)\n", name,
                   real(row, "precision"), real(row, "recall"), real(row, "f1"), number(row, "tp"),
                   number(row, "fp"), number(row, "fn"));
}

static void write_rows(dgm_buf *out, const char *head, const json_t *rows)
{
    const char *name;
    json_t *row;
    dgm_buf_printf(out, "%s\n", head);
    json_object_foreach((json_t *)(uintptr_t)rows, name, row) write_row(out, name, row);
}

static void write_levels(dgm_buf *out, const json_t *levels)
{
    static const char *const names[][2] = {{"a", "(a) detection"},
                                           {"b", "(b) + actors"},
                                           {"c", "(c) + when"},
                                           {"d", "(d) + modality"}};
    dgm_buf_text(out, "levels (cumulative)\n");
    for (unsigned i = 0; i < 4; i++)
        write_row(out, names[i][1], json_object_get(levels, names[i][0]));
}

static void write_shares(dgm_buf *out, const char *before, const json_t *shares)
{
    const char *name;
    json_t *share;
    json_object_foreach((json_t *)(uintptr_t)shares, name, share)
    {
        char label[64], value[16] = "  -  ";
        snprintf(label, sizeof label, "%s%s", before, name);
        if (json_is_real(json_object_get(share, "accuracy")))
            snprintf(value, sizeof value, "%.3f", real(share, "accuracy"));
        dgm_buf_printf(out, "  %-32s %s  (n %lld)\n", label, value, number(share, "n"));
    }
}

static void write_modalities(dgm_buf *out, const json_t *rows)
{
    const char *name;
    json_t *row;
    dgm_buf_text(out, "modality (required gold)\n");
    json_object_foreach((json_t *)(uintptr_t)rows, name, row)
        dgm_buf_printf(out, "  %-24s gold %lld  detected %lld  modality right %lld\n", name,
                       number(row, "gold"), number(row, "detected"), number(row, "modality right"));
}

static void write_calibration(dgm_buf *out, const json_t *bins)
{
    if (!bins)
        return;
    dgm_buf_text(out, "confidence (right = detects some gold record)\n");
    for (size_t i = 0; i < json_array_size(bins); i++) {
        const json_t *bin = json_array_get(bins, i);
        dgm_buf_printf(out, "  %.1f-%.1f  n %lld  mean %.2f  right %.2f\n", real(bin, "from"),
                       real(bin, "from") + .1, number(bin, "n"), real(bin, "mean confidence"),
                       real(bin, "right"));
    }
}

static void write_figures(dgm_buf *out, const json_t *figures)
{
    const json_t *traps = json_object_get(figures, "traps");
    dgm_buf_printf(out, "gold: %lld required, %lld optional; predictions: %lld\n",
                   number(figures, "gold_required"), number(figures, "gold_optional"),
                   number(figures, "predictions"));
    write_levels(out, json_object_get(figures, "levels"));
    dgm_buf_text(out, "accuracy on detected records\n");
    write_shares(out, "", json_object_get(figures, "detected"));
    write_shares(out, "attribution, ", json_object_get(figures, "attribution"));
    write_rows(out, "quad class (detection)", json_object_get(figures, "quads"));
    write_rows(out, "type (detection)", json_object_get(figures, "types"));
    write_modalities(out, json_object_get(figures, "modalities"));
    if (traps)
        dgm_buf_printf(out, "sentences without a record: %lld, with a false alarm: %lld\n",
                       number(traps, "sentences"), number(traps, "with a false alarm"));
    write_calibration(out, json_object_get(figures, "calibration"));
}

/* The list of what is wrong. */

static void write_codes(dgm_buf *out, const json_t *record, const char *field)
{
    const json_t *list = json_object_get(record, field);
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const char *code =
            json_string_value(json_is_object(one) ? json_object_get(one, "code") : one);
        dgm_buf_printf(out, "%s%s", i ? "+" : "", code ? code : "?");
    }
    if (!json_array_size(list))
        dgm_buf_char(out, '-');
}

static void write_when(dgm_buf *out, const json_t *when)
{
    const char *edtf = json_string_value(json_object_get(when, "edtf"));
    const char *from = json_string_value(json_object_get(when, "earliest"));
    const char *to = json_string_value(json_object_get(when, "latest"));
    if (!dgm_json_is_true(when))
        dgm_buf_text(out, "no date");
    else if (edtf)
        dgm_buf_text(out, edtf);
    else
        dgm_buf_printf(out, "%s..%s", from ? from : "", to ? to : "");
}

static void write_record(dgm_buf *out, const dgm_scored *it)
{
    const char *trigger =
        json_string_value(json_object_get(json_object_get(it->json, "trigger"), "text"));
    dgm_buf_printf(out, "%.*s %.*s%s%.*s ", DGM_FMT(it->kind), DGM_FMT(it->type),
                   it->mode.len ? "." : "", DGM_FMT(it->mode));
    write_codes(out, it->json, "actors");
    dgm_buf_text(out, " > ");
    write_codes(out, it->json, "recipients");
    dgm_buf_text(out, " | ");
    write_when(out, json_object_get(it->json, "when"));
    dgm_buf_printf(out, " | %.*s | \"%s\"", DGM_FMT(it->modality), trigger ? trigger : "");
}

static dgm_str document_text(const dgm_score *score, const dgm_scored *it)
{
    const json_t *documents = score->lines[DGM_LINES_DOCUMENTS];
    for (size_t i = 0; i < json_array_size(documents); i++) {
        const json_t *document = json_array_get(documents, i);
        const dgm_str id = dgm_json_text(json_object_get(document, "id"));
        const bool is_it = it->document.ptr && id.ptr &&
                           dgm_str_eq(id, dgm_str_sub(it->document, 1, it->document.len - 1));
        if (is_it || json_array_size(documents) == 1)
            return dgm_json_text(json_object_get(document, "text"));
    }
    return (dgm_str){NULL, 0};
}

/* Byte of a code point; the length where there are fewer. */
static size_t byte_of(dgm_str text, int64_t point)
{
    size_t at = 0;
    for (int64_t seen = -1; at < text.len; at++) {
        seen += ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
        if (seen == point)
            break;
    }
    return at;
}

static void write_sentence(dgm_buf *out, const dgm_score *score, const dgm_scored *it)
{
    const dgm_str text = document_text(score, it);
    if (!text.ptr || !it->sentence.is_given)
        return;
    const size_t from = byte_of(text, it->sentence.begin), to = byte_of(text, it->sentence.end);
    dgm_buf_text(out, "\n        ");
    for (size_t i = from; i < to; i++)
        dgm_buf_char(out, text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
}

static void write_line(dgm_buf *out, const dgm_score *score, const char *mark, const dgm_scored *it)
{
    const dgm_str name = it->document;
    dgm_buf_printf(out, "  %s [%.*s] ", mark, (int)(name.len ? name.len - 1 : 0),
                   name.len ? name.ptr + 1 : "");
    write_record(out, it);
    write_sentence(out, score, it);
    dgm_buf_char(out, '\n');
}

static void write_wrong_fields(dgm_buf *out, dgm_score *score, uint32_t i)
{
    const dgm_scored *gold = &score->gold.items[i];
    const dgm_scored *p = &score->predicted.items[score->pairs.predicted_of[i]];
    const struct {
        const char *name;
        bool is_right;
    } fields[] = {{"actors", dgm_score_same_actors(gold, p)},
                  {"when", dgm_score_same_when(gold, p)},
                  {"modality", dgm_score_same_modality(gold, p)},
                  {"attribution",
                   dgm_score_same_attribution(score, json_object_get(gold->json, "attribution"),
                                              json_object_get(p->json, "attribution"))}};
    bool is_wrong = false;
    for (unsigned f = 0; f < 4; f++) {
        if (fields[f].is_right)
            continue;
        dgm_buf_printf(out, "%s%s", is_wrong ? ", " : "  ~ ", fields[f].name);
        is_wrong = true;
    }
    if (!is_wrong)
        return;
    dgm_buf_text(out, "\n      gold ");
    write_record(out, gold);
    dgm_buf_text(out, "\n      pred ");
    write_record(out, p);
    dgm_buf_char(out, '\n');
}

static void write_lists(dgm_buf *out, dgm_score *score)
{
    dgm_buf_printf(out, "\nMISSES (required gold not detected): %u\n", score->missed_count);
    for (uint32_t i = 0; i < score->missed_count; i++)
        write_line(out, score, "-", &score->gold.items[score->missed[i]]);
    dgm_buf_printf(out, "\nFALSE ALARMS (predictions that detect nothing): %u\n",
                   score->false_alarm_count);
    for (uint32_t i = 0; i < score->false_alarm_count; i++)
        write_line(out, score, "+", &score->predicted.items[score->false_alarms[i]]);
    dgm_buf_text(out, "\nWRONG FIELDS (detected, required gold)\n");
    for (uint32_t i = 0; i < score->gold.count; i++)
        if (!score->gold.items[i].is_optional && score->pairs.predicted_of[i] >= 0)
            write_wrong_fields(out, score, i);
}

typedef struct writing {
    dgm_score *score;
    dgm_buf out;
    bool verbose;
} writing;

static dgm_status write_body(void *payload)
{
    writing *it = payload;
    write_figures(&it->out, it->score->figures);
    if (it->verbose)
        write_lists(&it->out, it->score);
    return it->out.is_failed ? DGM_ERROR_MEMORY : DGM_OK;
}

dgm_status dgm_score_to_text(char **out, const dgm_score *score, bool verbose, dgm_error *err)
{
    writing it = {.score = (dgm_score *)(uintptr_t)score, .verbose = verbose};
    const dgm_status status = dgm_arena_run(score->arena, write_body, &it);
    *out = status == DGM_OK ? it.out.ptr : NULL;
    if (status == DGM_OK)
        return DGM_OK;
    dgm_buf_free(&it.out);
    return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory");
}
