/* Load: JSON Lines into records that can be compared - codes in one spelling, days as numbers,
 * what gold accepts besides. */
#include "base/file.h"
#include "base/utf8.h"
#include "score/score_priv.h"

#include <stdio.h>
#include <stdlib.h>

static const char line_key[] = "";

dgm_str dgm_json_text(const json_t *value)
{
    return (dgm_str){json_string_value(value), json_string_length(value)};
}

bool dgm_json_is_true(const json_t *value)
{
    switch (value ? json_typeof(value) : JSON_NULL) {
    case JSON_OBJECT:
        return json_object_size(value) > 0;
    case JSON_ARRAY:
        return json_array_size(value) > 0;
    case JSON_STRING:
        return json_string_length(value) > 0;
    case JSON_INTEGER:
    case JSON_REAL:
        return json_number_value(value) != 0;
    default:
        return json_is_true(value);
    }
}

uint64_t dgm_score_line(const json_t *record)
{
    return (uint64_t)json_integer_value(json_object_get(record, line_key));
}

/* A field of the wrong shape counts as absent. */
static bool has_shape(const char *key, const json_t *value)
{
    static const char *const strings[] = {"kind", "type", "mode", "modality", NULL};
    static const char *const lists[] = {"actors", "recipients", "about", NULL};
    static const char *const objects[] = {"when", "attribution", "sentence", "trigger", NULL};
    for (int i = 0; strings[i]; i++)
        if (strcmp(strings[i], key) == 0)
            return json_is_string(value);
    for (int i = 0; lists[i]; i++)
        if (strcmp(lists[i], key) == 0)
            return json_is_array(value);
    for (int i = 0; objects[i]; i++)
        if (strcmp(objects[i], key) == 0)
            return json_is_object(value);
    if (strcmp(key, "confidence") == 0)
        return json_is_number(value);
    return strcmp(key, "document") != 0 || json_is_string(value) || json_is_integer(value) ||
           json_is_object(value);
}

static bool clean(json_t *record, uint64_t line)
{
    const char *key;
    json_t *value;
    void *next;
    bool is_whole = true;
    json_object_foreach_safe(record, next, key, value)
    {
        if (!has_shape(key, value))
            is_whole &= json_object_set_new(record, key, json_null()) == 0;
    }
    return json_object_set_new(record, line_key, json_integer((json_int_t)line)) == 0 && is_whole;
}

static dgm_status out_of_memory(dgm_error *err, const char *path)
{
    return dgm_fail(err, DGM_ERROR_MEMORY, path, 0, "out of memory reading records");
}

static dgm_status add_line(json_t *lines, dgm_str line, uint64_t number, const char *path,
                           dgm_error *err)
{
    json_error_t why;
    json_t *record = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, &why);
    if (!record)
        return dgm_fail(err, DGM_ERROR_FORMAT, path, number, "line %llu: %s",
                        (unsigned long long)number, why.text);
    if (!json_is_object(record)) {
        json_decref(record);
        return dgm_fail(err, DGM_ERROR_FORMAT, path, number, "line %llu: not an object",
                        (unsigned long long)number);
    }
    if (!clean(record, number) || json_array_append(lines, record) != 0) {
        json_decref(record);
        return out_of_memory(err, path);
    }
    json_decref(record);
    return DGM_OK;
}

dgm_status dgm_score_load(json_t **out, const char *path, dgm_error *err)
{
    dgm_file file;
    DGM_TRY(dgm_file_open(&file, strcmp(path, "-") == 0 ? "/dev/stdin" : path, err));
    *out = json_array();
    dgm_status status = *out ? DGM_OK : out_of_memory(err, path);
    dgm_str rest = file.bytes, line;
    for (uint64_t number = 1; status == DGM_OK && dgm_str_cut(&rest, '\n', &line); number++)
        if (line.len)
            status = add_line(*out, line, number, path, err);
    dgm_file_close(&file);
    return status;
}

/* Codes. */

/* One spelling of a code: upper case, '-' for what parts words, the code it counts as. */
static dgm_str canonical(dgm_score *score, dgm_str code)
{
    dgm_str upper = dgm_utf8_upper(score->arena, dgm_str_trim(code));
    char *out = dgm_arena_array(score->arena, upper.len + 1, 1);
    size_t to = 0;
    bool was_gap = false;
    for (size_t i = 0; i < upper.len;) {
        int32_t point;
        const size_t used = dgm_utf8_decode(dgm_str_sub(upper, i, upper.len - i), &point);
        const bool is_gap = point == '_' || dgm_utf8_is_space(point);
        if (is_gap && !was_gap)
            out[to++] = '-';
        if (!is_gap)
            memcpy(out + to, upper.ptr + i, used), to += used;
        was_gap = is_gap;
        i += used;
    }
    const dgm_str found = {out, to};
    const uint32_t at = dgm_map_get(&score->aliases, found);
    return at == DGM_MAP_NONE ? found : score->aliases_to[at];
}

static int compare_codes(const void *a, const void *b)
{
    return dgm_str_cmp(*(const dgm_str *)a, *(const dgm_str *)b);
}

static dgm_str text_of(dgm_score *score, const json_t *value)
{
    if (json_is_string(value))
        return dgm_json_text(value);
    char *number = dgm_arena_array(score->arena, 24, 1);
    if (json_is_integer(value) && json_integer_value(value))
        snprintf(number, 24, "%lld", (long long)json_integer_value(value));
    return dgm_str_of(number);
}

dgm_code_set dgm_score_codes(dgm_score *score, const json_t *list)
{
    dgm_code_set set = {DGM_ARRAY(score->arena, dgm_str, json_array_size(list) + 1), 0};
    for (size_t i = 0; i < json_array_size(list); i++) {
        const json_t *one = json_array_get(list, i);
        const dgm_str code = text_of(score, json_is_object(one)   ? json_object_get(one, "code")
                                            : json_is_string(one) ? one
                                                                  : NULL);
        if (code.len)
            set.items[set.count++] = canonical(score, code);
    }
    if (set.count > 1)
        qsort(set.items, set.count, sizeof *set.items, compare_codes);
    uint32_t kept = 0;
    for (uint32_t i = 0; i < set.count; i++)
        if (set.items[i].len && (!kept || !dgm_str_eq(set.items[kept - 1], set.items[i])))
            set.items[kept++] = set.items[i];
    set.count = kept;
    return set;
}

bool dgm_code_set_eq(dgm_code_set a, dgm_code_set b)
{
    bool is_same = a.count == b.count;
    for (uint32_t i = 0; is_same && i < a.count; i++)
        is_same = dgm_str_eq(a.items[i], b.items[i]);
    return is_same;
}

static bool has_code(dgm_code_set set, dgm_str code)
{
    for (uint32_t i = 0; i < set.count; i++)
        if (dgm_str_eq(set.items[i], code))
            return true;
    return false;
}

bool dgm_code_sets_hold(const dgm_code_set whole[2], const dgm_code_set part[2])
{
    for (unsigned side = 0; side < 2; side++)
        for (uint32_t i = 0; i < part[side].count; i++)
            if (!has_code(whole[0], part[side].items[i]) &&
                !has_code(whole[1], part[side].items[i]))
                return false;
    return true;
}

/* Records. */

static dgm_score_span span_of(const json_t *value)
{
    const json_t *begin = json_object_get(value, "begin"), *end = json_object_get(value, "end");
    if (!json_is_integer(begin) || !json_is_integer(end))
        return (dgm_score_span){0};
    return (dgm_score_span){true, json_integer_value(begin), json_integer_value(end)};
}

/* A document's name as a key: a number and the same digits as text are not the same. */
static dgm_str document_of(dgm_score *score, const json_t *value)
{
    if (json_is_object(value))
        value = json_object_get(value, "id");
    if (!json_is_string(value) && !json_is_integer(value))
        return (dgm_str){NULL, 0};
    const dgm_str text = text_of(score, value);
    char *key = dgm_arena_array(score->arena, text.len + 2, 1);
    key[0] = json_is_string(value) ? 's' : 'n';
    memcpy(key + 1, text.ptr, text.len);
    return (dgm_str){key, text.len + 1};
}

static dgm_scored common(dgm_score *score, json_t *json)
{
    dgm_scored it = {.json = json, .line = dgm_score_line(json), .two_sided = -1};
    const json_t *modality = json_object_get(json, "modality");
    it.type = dgm_utf8_upper(score->arena, dgm_json_text(json_object_get(json, "type")));
    it.known = dgm_type_from(it.type);
    it.kind = dgm_json_text(json_object_get(json, "kind"));
    if (!it.kind.len && it.known)
        it.kind = dgm_str_of(dgm_kind_name(dgm_type_kind(it.known)));
    it.mode = dgm_json_text(json_object_get(json, "mode"));
    it.document = document_of(score, json_object_get(json, "document"));
    it.trigger = span_of(json_object_get(json, "trigger"));
    it.sentence = span_of(json_object_get(json, "sentence"));
    if (!it.sentence.is_given)
        it.sentence = it.trigger;
    it.actors = dgm_score_codes(score, json_object_get(json, "actors"));
    it.recipients = dgm_score_codes(score, json_object_get(json, "recipients"));
    it.when = dgm_score_when(json_object_get(json, "when"));
    it.modality = dgm_json_is_true(modality) ? dgm_utf8_lower(score->arena, dgm_json_text(modality))
                                             : DGM_STR("asserted");
    return it;
}

/* The record's own label and those accepted besides. */
static dgm_str *labels(dgm_score *score, dgm_str own, const json_t *more,
                       dgm_str (*spell)(dgm_arena *, dgm_str), uint32_t *count)
{
    dgm_str *out = DGM_ARRAY(score->arena, dgm_str, json_array_size(more) + 1);
    out[0] = own;
    *count = 1;
    for (size_t i = 0; i < json_array_size(more); i++)
        out[(*count)++] = spell(score->arena, dgm_json_text(json_array_get(more, i)));
    return out;
}

static dgm_code_set *code_sets(dgm_score *score, dgm_code_set own, const json_t *more,
                               uint32_t *count)
{
    dgm_code_set *out = DGM_ARRAY(score->arena, dgm_code_set, json_array_size(more) + 1);
    out[0] = own;
    *count = 1;
    for (size_t i = 0; i < json_array_size(more); i++)
        out[(*count)++] = dgm_score_codes(score, json_array_get(more, i));
    return out;
}

static bool is_endless(dgm_score_days days)
{
    return days.is_given && !days.has_from && !days.has_to;
}

static void read_whens(dgm_score *score, dgm_scored *it)
{
    const json_t *more = json_object_get(it->json, "accept_when");
    it->is_any_time = !it->when.is_given || is_endless(it->when);
    if (it->is_any_time)
        return;
    it->whens = DGM_ARRAY(score->arena, dgm_score_days, json_array_size(more) + 1);
    it->whens[it->when_count++] = it->when;
    for (size_t i = 0; i < json_array_size(more); i++) {
        const dgm_score_days days = dgm_score_when(json_array_get(more, i));
        it->is_any_time |= is_endless(days);
        it->whens[it->when_count++] = days;
    }
}

static void read_gold(dgm_score *score, dgm_scored *it)
{
    const json_t *two_sided = json_object_get(it->json, "two_sided");
    it->is_optional = dgm_json_is_true(json_object_get(it->json, "optional"));
    it->takes_no_time = dgm_json_is_true(json_object_get(it->json, "accept_when_null"));
    it->two_sided = !two_sided || json_is_null(two_sided) ? -1 : dgm_json_is_true(two_sided);
    it->found_with_previous = dgm_json_text(json_object_get(it->json, "found_with_previous"));
    it->types = labels(score, it->type, json_object_get(it->json, "accept_types"), dgm_utf8_upper,
                       &it->type_count);
    it->modalities = labels(score, it->modality, json_object_get(it->json, "accept_modality"),
                            dgm_utf8_lower, &it->modality_count);
    it->actor_sets = code_sets(score, it->actors, json_object_get(it->json, "accept_actors"),
                               &it->actor_set_count);
    it->recipient_sets =
        code_sets(score, it->recipients, json_object_get(it->json, "accept_recipients"),
                  &it->recipient_set_count);
    read_whens(score, it);
}

dgm_scored_list dgm_score_records(dgm_score *score, json_t *lines, bool is_gold)
{
    const size_t count = json_array_size(lines);
    dgm_scored_list list = {DGM_ARRAY(score->arena, dgm_scored, count + 1), (uint32_t)count};
    for (size_t i = 0; i < count; i++) {
        list.items[i] = common(score, json_array_get(lines, i));
        if (is_gold)
            read_gold(score, &list.items[i]);
    }
    return list;
}
