/* Score: gold and predictions are paired, the pairs counted. The figures are kept as the JSON
 * object that is printed; the lines for people are read off it.
 *
 * Detection pairs prefer good ones: required gold first, from the strictest level down, then
 * optional gold. A prediction that finds optional gold is no false alarm, optional gold is no miss.
 */
#include "base/pack.h"
#include "base/table.h"
#include "score/score_priv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

typedef struct counts {
    uint32_t tp, fp, fn;
} counts;

/* The work at one score; `is_failed`: jansson had no memory. */
typedef struct job {
    dgm_score *score;
    dgm_candidates *by_level, *by_class;
    uint32_t *required, *optional, *all; /* gold, required before optional in `all` */
    uint32_t required_count, optional_count;
    bool *is_used, *finds_optional; /* by prediction */
    bool is_failed;
    dgm_error *err;
} job;

static double rounded(double value, int digits)
{
    char text[32];
    snprintf(text, sizeof text, "%.*f", digits, value);
    return strtod(text, NULL);
}

static void put(job *it, json_t *object, const char *key, json_t *value)
{
    it->is_failed |= json_object_set_new(object, key, value) != 0;
}

static double part(uint32_t of, uint32_t whole)
{
    return whole ? (double)of / (double)whole : 0;
}

static json_t *row(job *it, counts n)
{
    const bool is_empty = n.tp + n.fp + n.fn == 0;
    const double precision = is_empty ? 1 : part(n.tp, n.tp + n.fp);
    const double recall = is_empty ? 1 : part(n.tp, n.tp + n.fn);
    const double f1 = precision + recall > 0 ? 2 * precision * recall / (precision + recall) : 0;
    json_t *object = json_object();
    put(it, object, "tp", json_integer(n.tp));
    put(it, object, "fp", json_integer(n.fp));
    put(it, object, "fn", json_integer(n.fn));
    put(it, object, "precision", json_real(rounded(precision, 4)));
    put(it, object, "recall", json_real(rounded(recall, 4)));
    put(it, object, "f1", json_real(rounded(f1, 4)));
    return object;
}

static const dgm_scored *gold_at(const job *it, uint32_t i)
{
    return &it->score->gold.items[i];
}

static const dgm_scored *predicted_at(const job *it, uint32_t i)
{
    return &it->score->predicted.items[i];
}

/* Candidates. */

static void sort_gold(job *it)
{
    const uint32_t count = it->score->gold.count;
    it->required = DGM_ARRAY(it->score->arena, uint32_t, count + 1);
    it->optional = DGM_ARRAY(it->score->arena, uint32_t, count + 1);
    it->all = DGM_ARRAY(it->score->arena, uint32_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        if (gold_at(it, i)->is_optional)
            it->optional[it->optional_count++] = i;
        else
            it->required[it->required_count++] = i;
    }
    memcpy(it->all, it->required, it->required_count * sizeof *it->all);
    memcpy(it->all + it->required_count, it->optional, it->optional_count * sizeof *it->all);
}

/* Chains of the predictions of a document, in order. */
static void index_documents(dgm_score *score)
{
    dgm_map last;
    dgm_map_init(&score->by_document, score->arena);
    dgm_map_init(&last, score->arena);
    score->next_of_document = DGM_ARRAY(score->arena, uint32_t, score->predicted.count + 1);
    for (uint32_t i = 0; i < score->predicted.count; i++) {
        const dgm_str name = score->predicted.items[i].document;
        const dgm_str key = score->is_one_document || !name.ptr ? DGM_STR("-") : name;
        const uint32_t before = dgm_map_get(&last, key);
        score->next_of_document[i] = DGM_MAP_NONE;
        if (before == DGM_MAP_NONE)
            dgm_map_put(&score->by_document, key, i);
        else
            score->next_of_document[before] = i;
        dgm_map_put(&last, key, i);
    }
}

/* Keep the list in falling order of level; among equals the earlier stays first. */
static void insert(dgm_candidates *of, uint32_t predicted, uint8_t level)
{
    uint32_t at = of->count++;
    for (; at > 0 && of->levels[at - 1] < level; at--) {
        of->items[at] = of->items[at - 1];
        of->levels[at] = of->levels[at - 1];
    }
    of->items[at] = predicted;
    of->levels[at] = level;
}

static void find_by_level(job *it)
{
    dgm_score *score = it->score;
    it->by_level = DGM_ARRAY(score->arena, dgm_candidates, score->gold.count + 1);
    for (uint32_t i = 0; i < score->gold.count; i++) {
        const dgm_scored *gold = gold_at(it, i);
        dgm_candidates *of = &it->by_level[i];
        uint32_t capacity = 0, level_count = 0, level_capacity = 0;
        for (uint32_t p = dgm_score_first_of(score, gold->document); p != DGM_MAP_NONE;
             p = score->next_of_document[p]) {
            const int level = dgm_score_level(score, gold, predicted_at(it, p));
            if (!level)
                continue;
            uint32_t count = of->count;
            DGM_PUSH(score->arena, of->items, count, capacity, p);
            DGM_PUSH(score->arena, of->levels, level_count, level_capacity, (uint8_t)level);
            insert(of, p, (uint8_t)level);
        }
    }
}

static int level_of(const job *it, uint32_t gold, uint32_t predicted)
{
    const dgm_candidates *of = &it->by_level[gold];
    for (uint32_t i = 0; i < of->count; i++)
        if (of->items[i] == predicted)
            return of->levels[i];
    return DGM_LEVEL_NONE;
}

/* A class is the quad class of an event type, else the kind. 0: the type is unknown. */
static unsigned class_of(dgm_type type)
{
    if (!type)
        return 0;
    const dgm_quad quad = dgm_type_quad(type);
    return quad ? (unsigned)quad : DGM_QUAD_COUNT + (unsigned)dgm_type_kind(type);
}

static bool accepts_class(const dgm_scored *gold, unsigned class)
{
    for (uint32_t i = 0; i < gold->type_count && class; i++)
        if (class_of(dgm_type_from(gold->types[i])) == class)
            return true;
    return false;
}

/* Ordered: the gold's own class first, then by level. */
static void find_by_class(job *it)
{
    dgm_score *score = it->score;
    it->by_class = DGM_ARRAY(score->arena, dgm_candidates, score->gold.count + 1);
    for (uint32_t i = 0; i < score->gold.count; i++) {
        const dgm_scored *gold = gold_at(it, i);
        dgm_candidates *of = &it->by_class[i];
        uint32_t capacity = 0, level_count = 0, level_capacity = 0;
        for (uint32_t p = dgm_score_first_of(score, gold->document); p != DGM_MAP_NONE;
             p = score->next_of_document[p]) {
            const unsigned class = class_of(predicted_at(it, p)->known);
            if (!accepts_class(gold, class) ||
                !dgm_score_same_sentence(score, gold, predicted_at(it, p)))
                continue;
            const bool is_own = class == class_of(gold->known);
            const uint8_t rank = (uint8_t)(level_of(it, i, p) + (is_own ? 8 : 1));
            uint32_t count = of->count;
            DGM_PUSH(score->arena, of->items, count, capacity, p);
            DGM_PUSH(score->arena, of->levels, level_count, level_capacity, rank);
            insert(of, p, rank);
        }
    }
}

/* Pairs. */

static void pair_all(job *it)
{
    dgm_score *score = it->score;
    score->pairs = dgm_pairing_new(score);
    for (int level = DGM_LEVEL_MODALITY; level >= DGM_LEVEL_DETECTION; level--)
        dgm_score_pair(score->arena, &score->pairs, it->required, it->required_count, it->by_level,
                       level, score);
    for (int level = DGM_LEVEL_MODALITY; level >= DGM_LEVEL_DETECTION; level--)
        dgm_score_pair(score->arena, &score->pairs, it->optional, it->optional_count, it->by_level,
                       level, score);
    it->is_used = DGM_ARRAY(score->arena, bool, score->predicted.count + 1);
    it->finds_optional = DGM_ARRAY(score->arena, bool, score->predicted.count + 1);
    for (uint32_t i = 0; i < score->gold.count; i++) {
        const int32_t p = score->pairs.predicted_of[i];
        if (p < 0)
            continue;
        it->is_used[p] = true;
        it->finds_optional[p] = gold_at(it, i)->is_optional;
    }
}

static void find_waived(job *it)
{
    dgm_score *score = it->score;
    score->is_waived = DGM_ARRAY(score->arena, bool, score->gold.count + 1);
    for (uint32_t i = 1; i < score->gold.count; i++) {
        const dgm_scored *gold = gold_at(it, i);
        const int32_t before = score->pairs.predicted_of[i - 1];
        score->is_waived[i] =
            !gold->is_optional && score->pairs.predicted_of[i] < 0 &&
            gold->found_with_previous.len && before >= 0 &&
            dgm_str_eq(predicted_at(it, (uint32_t)before)->type, gold->found_with_previous);
    }
}

static void list_wrong(job *it)
{
    dgm_score *score = it->score;
    score->missed = DGM_ARRAY(score->arena, uint32_t, score->gold.count + 1);
    score->false_alarms = DGM_ARRAY(score->arena, uint32_t, score->predicted.count + 1);
    for (uint32_t n = 0; n < it->required_count; n++)
        if (score->pairs.predicted_of[it->required[n]] < 0 && !score->is_waived[it->required[n]])
            score->missed[score->missed_count++] = it->required[n];
    for (uint32_t p = 0; p < score->predicted.count; p++)
        if (!it->is_used[p])
            score->false_alarms[score->false_alarm_count++] = p;
}

/* Figures. */

static counts count_level(const job *it, const dgm_pairing *pairs)
{
    counts n = {0};
    for (uint32_t i = 0; i < it->required_count; i++) {
        const bool is_found = pairs->predicted_of[it->required[i]] >= 0;
        n.tp += is_found;
        n.fn += !is_found && !it->score->is_waived[it->required[i]];
    }
    for (uint32_t p = 0; p < it->score->predicted.count; p++)
        n.fp += pairs->gold_of[p] < 0 && (it->score->options.is_strict || !it->finds_optional[p]);
    return n;
}

static json_t *levels(job *it)
{
    static const char *const names[] = {"", "a", "b", "c", "d"};
    json_t *object = json_object();
    put(it, object, names[1], row(it, count_level(it, &it->score->pairs)));
    for (int level = DGM_LEVEL_ACTORS; level <= DGM_LEVEL_MODALITY; level++) {
        dgm_pairing pairs = dgm_pairing_new(it->score);
        dgm_score_pair(it->score->arena, &pairs, it->all, it->score->gold.count, it->by_level,
                       level, it->score);
        put(it, object, names[level], row(it, count_level(it, &pairs)));
    }
    return object;
}

typedef struct share {
    uint32_t n, right;
} share;

static void add(share *of, bool is_right)
{
    of->n++;
    of->right += is_right;
}

static json_t *accuracy(job *it, share of)
{
    json_t *object = json_object();
    put(it, object, "n", json_integer(of.n));
    put(it, object, "accuracy", of.n ? json_real(rounded(part(of.right, of.n), 4)) : json_null());
    return object;
}

static json_t *detected(job *it)
{
    share actors = {0}, when = {0}, modality = {0}, unasserted = {0}, mode = {0};
    for (uint32_t i = 0; i < it->score->gold.count; i++) {
        const dgm_scored *gold = gold_at(it, i);
        if (it->score->pairs.predicted_of[i] < 0)
            continue;
        const dgm_scored *p = predicted_at(it, (uint32_t)it->score->pairs.predicted_of[i]);
        add(&actors, dgm_score_same_actors(gold, p));
        if (!gold->is_any_time)
            add(&when, dgm_score_same_when(gold, p));
        add(&modality, dgm_score_same_modality(gold, p));
        if (!dgm_str_is(gold->modality, "asserted"))
            add(&unasserted, dgm_score_same_modality(gold, p));
        if (gold->mode.len && dgm_str_eq(gold->type, p->type))
            add(&mode, dgm_str_eq(gold->mode, p->mode));
    }
    json_t *object = json_object();
    put(it, object, "actors", accuracy(it, actors));
    put(it, object, "when", accuracy(it, when));
    put(it, object, "modality", accuracy(it, modality));
    put(it, object, "modality, not asserted in gold", accuracy(it, unasserted));
    put(it, object, "mode, where gold has one", accuracy(it, mode));
    return object;
}

static json_t *attribution(job *it)
{
    share all = {0}, has_one = {0}, has_none = {0};
    for (uint32_t i = 0; i < it->score->gold.count; i++) {
        if (it->score->pairs.predicted_of[i] < 0)
            continue;
        const dgm_scored *p = predicted_at(it, (uint32_t)it->score->pairs.predicted_of[i]);
        const json_t *wanted = json_object_get(gold_at(it, i)->json, "attribution");
        const bool is_same =
            dgm_score_same_attribution(it->score, wanted, json_object_get(p->json, "attribution"));
        add(&all, is_same);
        add(dgm_json_is_true(wanted) ? &has_one : &has_none, is_same);
    }
    json_t *object = json_object();
    put(it, object, "all", accuracy(it, all));
    put(it, object, "gold has one", accuracy(it, has_one));
    put(it, object, "gold has none", accuracy(it, has_none));
    return object;
}

static json_t *types(job *it)
{
    const dgm_score *score = it->score;
    json_t *object = json_object();
    counts n[DGM_TYPE_COUNT] = {{0}};
    for (uint32_t i = 0; i < it->required_count; i++)
        n[gold_at(it, it->required[i])->known].tp +=
            score->pairs.predicted_of[it->required[i]] >= 0;
    for (uint32_t i = 0; i < score->missed_count; i++)
        n[gold_at(it, score->missed[i])->known].fn++;
    for (uint32_t i = 0; i < score->false_alarm_count; i++)
        n[predicted_at(it, score->false_alarms[i])->known].fp++;
    for (unsigned type = 1; type < DGM_TYPE_COUNT; type++)
        if (n[type].tp || n[type].fp || n[type].fn)
            put(it, object, dgm_type_name((dgm_type)type), row(it, n[type]));
    if (n[0].fp)
        put(it, object, "(unknown type)", row(it, n[0]));
    return object;
}

static json_t *modalities(job *it)
{
    json_t *object = json_object();
    for (unsigned m = 1; m < DGM_MODALITY_COUNT; m++) {
        const char *name = dgm_modality_name((dgm_modality)m);
        uint32_t gold_count = 0, found = 0, right = 0;
        for (uint32_t i = 0; i < it->required_count; i++) {
            const dgm_scored *gold = gold_at(it, it->required[i]);
            const int32_t p = it->score->pairs.predicted_of[it->required[i]];
            if (!dgm_str_is(gold->modality, name))
                continue;
            gold_count++;
            found += p >= 0;
            right += p >= 0 && dgm_score_same_modality(gold, predicted_at(it, (uint32_t)p));
        }
        if (!gold_count)
            continue;
        json_t *one = json_object();
        put(it, one, "gold", json_integer(gold_count));
        put(it, one, "detected", json_integer(found));
        put(it, one, "modality right", json_integer(right));
        put(it, object, name, one);
    }
    return object;
}

/* The pairs of detection stand; what they leave may still agree in class. */
static dgm_pairing pair_classes(job *it)
{
    dgm_pairing pairs = dgm_pairing_new(it->score);
    for (uint32_t i = 0; i < it->required_count; i++) {
        const int32_t p = it->score->pairs.predicted_of[it->required[i]];
        pairs.predicted_of[it->required[i]] = p;
        if (p >= 0)
            pairs.gold_of[p] = (int32_t)it->required[i];
    }
    dgm_score_pair(it->score->arena, &pairs, it->required, it->required_count, it->by_class, 0,
                   it->score);
    dgm_score_pair(it->score->arena, &pairs, it->optional, it->optional_count, it->by_class, 0,
                   it->score);
    return pairs;
}

enum { CLASSES = DGM_QUAD_COUNT + DGM_KIND_COUNT };

static void upper_name(char *out, size_t size, const char *name)
{
    size_t i = 0;
    for (; name[i] && i + 1 < size; i++)
        out[i] = (char)(name[i] >= 'a' && name[i] <= 'z' ? name[i] - 32 : name[i]);
    out[i] = '\0';
}

static const char *class_name(unsigned class)
{
    return class < DGM_QUAD_COUNT ? dgm_quad_name((dgm_quad) class)
                                  : dgm_kind_name((dgm_kind)(class - DGM_QUAD_COUNT));
}

static json_t *quads(job *it)
{
    const dgm_score *score = it->score;
    const dgm_pairing pairs = pair_classes(it);
    json_t *object = json_object();
    counts n[CLASSES] = {{0}}, total = {0};
    for (uint32_t i = 0; i < it->required_count; i++) {
        const uint32_t g = it->required[i];
        counts *of = &n[class_of(gold_at(it, g)->known)];
        of->tp += pairs.predicted_of[g] >= 0;
        of->fn += pairs.predicted_of[g] < 0 && !score->is_waived[g];
    }
    for (uint32_t p = 0; p < score->predicted.count; p++)
        n[class_of(predicted_at(it, p)->known)].fp += pairs.gold_of[p] < 0;
    for (unsigned class = 1; class < CLASSES; class ++) {
        char name[32];
        if (class == DGM_QUAD_COUNT + DGM_KIND_EVENT || !class_name(class)[0])
            continue;
        upper_name(name, sizeof name, class_name(class));
        put(it, object, name, row(it, n[class]));
        if (class >= DGM_QUAD_COUNT)
            continue;
        total.tp += n[class].tp;
        total.fp += n[class].fp;
        total.fn += n[class].fn;
    }
    put(it, object, "ALL QUADS", row(it, total));
    return object;
}

static bool alarms_in(const job *it, const json_t *sentence)
{
    const json_t *document = json_object_get(sentence, "document");
    const json_int_t begin = json_integer_value(json_object_get(sentence, "begin"));
    const json_int_t end = json_integer_value(json_object_get(sentence, "end"));
    char key[64] = "-";
    if (json_is_string(document))
        snprintf(key, sizeof key, "s%s", json_string_value(document));
    else if (json_is_integer(document))
        snprintf(key, sizeof key, "n%lld", (long long)json_integer_value(document));
    for (uint32_t p = dgm_score_first_of(it->score, dgm_str_of(key)); p != DGM_MAP_NONE;
         p = it->score->next_of_document[p]) {
        const dgm_scored *one = predicted_at(it, p);
        const int64_t at = one->trigger.is_given ? one->trigger.begin : one->sentence.begin;
        if (one->sentence.is_given && begin <= at && at < end)
            return true;
    }
    return false;
}

static json_t *traps(job *it)
{
    const json_t *lines = it->score->lines[DGM_LINES_SENTENCES];
    uint32_t count = 0, hit = 0;
    for (size_t i = 0; i < json_array_size(lines); i++) {
        const json_t *sentence = json_array_get(lines, i);
        if (dgm_json_is_true(json_object_get(sentence, "records")))
            continue;
        count++;
        hit += alarms_in(it, sentence);
    }
    json_t *object = json_object();
    put(it, object, "sentences", json_integer(count));
    put(it, object, "with a false alarm", json_integer(hit));
    put(it, object, "rate", count ? json_real(rounded(part(hit, count), 4)) : json_null());
    return object;
}

enum { BINS = 10 };

/* Of the predictions of a tenth of confidence, how many detect something. Values out of 0 to 1
 * count with the outermost. */
static json_t *calibration(job *it)
{
    struct {
        uint32_t n, right;
        double sum;
    } bins[BINS] = {{0}};
    json_t *array = json_array();
    for (uint32_t p = 0; p < it->score->predicted.count; p++) {
        const json_t *value = json_object_get(predicted_at(it, p)->json, "confidence");
        const double sure = json_number_value(value);
        if (!json_is_number(value))
            continue;
        const int bin = sure <= 0 ? 0 : sure >= 1 ? BINS - 1 : (int)(sure * BINS);
        bins[bin].n++;
        bins[bin].right += it->is_used[p];
        bins[bin].sum += sure;
    }
    for (int bin = 0; bin < BINS; bin++) {
        if (!bins[bin].n)
            continue;
        json_t *object = json_object();
        put(it, object, "from", json_real(rounded((double)bin / BINS, 1)));
        put(it, object, "n", json_integer(bins[bin].n));
        put(it, object, "mean confidence", json_real(rounded(bins[bin].sum / bins[bin].n, 3)));
        put(it, object, "right", json_real(rounded(part(bins[bin].right, bins[bin].n), 3)));
        it->is_failed |= json_array_append_new(array, object) != 0;
    }
    return array;
}

static void put_figures(job *it)
{
    json_t *out = json_object();
    it->score->figures = out;
    put(it, out, "gold_required", json_integer(it->required_count));
    put(it, out, "gold_optional", json_integer(it->optional_count));
    put(it, out, "predictions", json_integer(it->score->predicted.count));
    put(it, out, "levels", levels(it));
    put(it, out, "detected", detected(it));
    put(it, out, "attribution", attribution(it));
    put(it, out, "types", types(it));
    put(it, out, "modalities", modalities(it));
    put(it, out, "quads", quads(it));
    if (it->score->lines[DGM_LINES_SENTENCES])
        put(it, out, "traps", traps(it));
    json_t *bins = calibration(it);
    if (json_array_size(bins))
        put(it, out, "calibration", bins);
    else
        json_decref(bins);
}

/* Reading. */

static dgm_status read_words(dgm_score *score, dgm_error *err)
{
    dgm_pack pack;
    dgm_table table;
    uint32_t count = 0, capacity = 0;
    DGM_TRY(dgm_pack_open(&pack, "built-in knowledge", dgm_pack_builtin(), err));
    dgm_map_init(&score->aliases, score->arena);
    dgm_map_init(&score->stop_words, score->arena);
    dgm_table_init(&table, "score/aliases.tsv", dgm_pack_find(&pack, "score/aliases.tsv"));
    while (dgm_table_next(&table)) {
        dgm_map_put(&score->aliases, table.cells[0], count);
        DGM_PUSH(score->arena, score->aliases_to, count, capacity, table.cells[1]);
    }
    dgm_table_init(&table, "score/words.tsv", dgm_pack_find(&pack, "score/words.tsv"));
    while (dgm_table_next(&table))
        dgm_map_put(&score->stop_words, table.cells[0], 1);
    return DGM_OK;
}

static dgm_status check_gold(const dgm_score *score, const char *path, dgm_error *err)
{
    if (!score->gold.count)
        return dgm_fail(err, DGM_ERROR_FORMAT, path, 0, "no gold records");
    for (uint32_t i = 0; i < score->gold.count; i++) {
        const dgm_scored *gold = &score->gold.items[i];
        if (!gold->known)
            return dgm_fail(err, DGM_ERROR_FORMAT, path, gold->line,
                            "line %llu: unknown type \"%.*s\"", (unsigned long long)gold->line,
                            DGM_FMT(gold->type));
    }
    return DGM_OK;
}

static dgm_status read_notes(dgm_score *score, dgm_error *err)
{
    for (size_t i = 0; !score->options.omit_notes && i < json_array_size(score->lines[0]); i++)
        if (!dgm_score_read_note(json_array_get(score->lines[DGM_LINES_GOLD], i)))
            return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory reading notes");
    return DGM_OK;
}

typedef struct scoring {
    dgm_score *score;
    const char *paths[4];
    dgm_error *err;
} scoring;

static dgm_status score_body(void *payload)
{
    const scoring *of = payload;
    dgm_score *score = of->score;
    DGM_TRY(read_words(score, of->err));
    for (int i = 0; i < 4; i++)
        if (of->paths[i])
            DGM_TRY(dgm_score_load(&score->lines[i], of->paths[i], of->err));
    DGM_TRY(read_notes(score, of->err));
    score->gold = dgm_score_records(score, score->lines[DGM_LINES_GOLD], true);
    score->predicted = dgm_score_records(score, score->lines[DGM_LINES_PREDICTED], false);
    DGM_TRY(check_gold(score, of->paths[DGM_LINES_GOLD], of->err));
    score->is_one_document = true;
    for (uint32_t i = 0; i < score->gold.count; i++)
        score->is_one_document &= score->gold.items[i].document.ptr == NULL;
    job it = {.score = score, .err = of->err};
    index_documents(score);
    sort_gold(&it);
    find_by_level(&it);
    find_by_class(&it);
    pair_all(&it);
    find_waived(&it);
    list_wrong(&it);
    put_figures(&it);
    return it.is_failed ? DGM_ERROR_MEMORY : DGM_OK;
}

dgm_status dgm_score_files(dgm_score **out, const char *gold_path, const char *predicted_path,
                           const dgm_score_options *options, dgm_error *err)
{
    const dgm_score_options defaults = DGM_SCORE_OPTIONS_INIT;
    *out = NULL;
    dgm_score *score = calloc(1, sizeof *score);
    if (!score || !(score->arena = dgm_arena_new())) {
        free(score);
        return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory");
    }
    score->options = options ? *options : defaults;
    scoring of = {
        score,
        {gold_path, predicted_path, score->options.sentences_path, score->options.documents_path},
        err};
    const dgm_status status = dgm_arena_run(score->arena, score_body, &of);
    if (status == DGM_OK) {
        *out = score;
        return DGM_OK;
    }
    dgm_score_free(score);
    if (status == DGM_ERROR_MEMORY)
        return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory comparing records");
    return status;
}

void dgm_score_free(dgm_score *score)
{
    if (!score)
        return;
    for (int i = 0; i < 4; i++)
        json_decref(score->lines[i]);
    json_decref(score->figures);
    dgm_arena_free(score->arena);
    free(score);
}
