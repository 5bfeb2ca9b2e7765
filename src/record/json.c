/* JSON: a record as one object of JSON Lines (docs/json.md), with jansson.
 *
 * In: a record and the document whose text its spans point into. Out: compact JSON, keys in a fixed
 * order, offsets in code points, the same bytes everywhere. The record file's view record_json
 * gives the same objects (src/record/schema.sql): change both together. */
#include "base/error.h"
#include "record/slot.h"

#include <jansson.h>
#include <math.h>
#include <stdlib.h>

/* Eight digits hold all we round to: scores, hundredths, 180.12345 degrees. */
enum { JSON_FLAGS = JSON_COMPACT | JSON_REAL_PRECISION(8) };

/* Where building failed: jansson gives NULL for want of memory only, since spans are whole UTF-8,
 * and json_object_set_new() with NULL fails in turn. */
typedef struct build {
    const dgm_document *document;
    bool is_failed;
} build;

static void put(build *it, json_t *object, const char *key, json_t *value)
{
    it->is_failed |= json_object_set_new(object, key, value) != 0;
}

static void append(build *it, json_t *array, json_t *value)
{
    it->is_failed |= json_array_append_new(array, value) != 0;
}

static json_t *text_or_null(dgm_str s)
{
    return s.len > 0 ? json_stringn(s.ptr, s.len) : json_null();
}

static json_t *name_or_null(const char *name)
{
    return name && name[0] ? json_string(name) : json_null();
}

static json_t *real_or_null(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static void put_span(build *it, json_t *object, dgm_span span, bool with_text)
{
    const dgm_quote quote = dgm_slot_quote(it->document, span);
    put(it, object, "begin", json_integer(quote.begin));
    put(it, object, "end", json_integer(quote.end));
    if (with_text)
        put(it, object, "text", json_stringn(quote.text.ptr, quote.text.len));
}

static json_t *span_object(build *it, dgm_span span, bool with_text)
{
    json_t *object = json_object();
    put_span(it, object, span, with_text);
    return object;
}

static json_t *sectors_of(build *it, const dgm_actor *actor)
{
    json_t *array = json_array();
    for (int i = 0; i < DGM_ACTOR_SECTORS; i++)
        if (actor->sectors[i] != DGM_SECTOR_NONE)
            append(it, array, json_string(dgm_sector_name((dgm_sector)actor->sectors[i])));
    return array;
}

static json_t *actors_array(build *it, dgm_actors actors)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < actors.count; i++) {
        const dgm_actor *actor = &actors.items[i];
        const dgm_quote quote = dgm_slot_quote(it->document, actor->span);
        json_t *object = json_object();
        put(it, object, "code", name_or_null(actor->code));
        put(it, object, "sectors", sectors_of(it, actor));
        put(it, object, "text", json_stringn(quote.text.ptr, quote.text.len));
        put(it, object, "begin", json_integer(quote.begin));
        put(it, object, "end", json_integer(quote.end));
        append(it, array, object);
    }
    return array;
}

static json_t *contexts_array(build *it, const dgm_record *record)
{
    json_t *array = json_array();
    for (unsigned c = 1; c <= 64; c++)
        if (record->contexts >> (c - 1) & 1)
            append(it, array, json_string(dgm_record_context_name(record, c)));
    return array;
}

static json_t *day_or_null(dgm_day day)
{
    char text[DGM_DAY_TEXT];
    return dgm_slot_day(text, day) ? json_string(text) : json_null();
}

static json_t *when_object(build *it, const dgm_time *when)
{
    if (!when->edtf)
        return json_null();
    json_t *object = json_object();
    put(it, object, "edtf", json_string(when->edtf));
    put(it, object, "earliest", day_or_null(when->earliest));
    put(it, object, "latest", day_or_null(when->latest));
    put(it, object, "basis", name_or_null(dgm_slot_basis(when->basis)));
    return object;
}

static json_t *where_array(build *it, const dgm_record *record)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < record->where_count; i++) {
        const dgm_place *place = &record->where[i];
        json_t *object = json_object();
        put(it, object, "name", name_or_null(place->name));
        put(it, object, "country", name_or_null(place->country));
        put(it, object, "lat", real_or_null(dgm_slot_degrees(place->lat)));
        put(it, object, "lon", real_or_null(dgm_slot_degrees(place->lon)));
        put(it, object, "geonames", place->geonames ? json_integer(place->geonames) : json_null());
        append(it, array, object);
    }
    return array;
}

static bool has_sector(const json_t *sectors, const char *name)
{
    for (size_t i = 0; i < json_array_size(sectors); i++)
        if (strcmp(json_string_value(json_array_get(sectors, i)), name) == 0)
            return true;
    return false;
}

/* The sectors of all its actors, each once, in order of mention. */
static json_t *attribution_sectors(build *it, dgm_actors actors)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < actors.count; i++) {
        for (int s = 0; s < DGM_ACTOR_SECTORS; s++) {
            const char *name = dgm_sector_name((dgm_sector)actors.items[i].sectors[s]);
            if (name[0] && !has_sector(array, name))
                append(it, array, json_string(name));
        }
    }
    return array;
}

static json_t *attribution_object(build *it, const dgm_attribution *attribution)
{
    if (attribution->span.len == 0)
        return json_null();
    const dgm_actors actors = attribution->actors;
    const dgm_quote quote = dgm_slot_quote(it->document, attribution->span);
    json_t *object = json_object();
    put(it, object, "text", json_stringn(quote.text.ptr, quote.text.len));
    json_t *codes = json_array();
    for (uint32_t i = 0; i < actors.count; i++)
        if (actors.items[i].code && dgm_slot_is_first_code(actors, i))
            append(it, codes, json_string(actors.items[i].code));
    put(it, object, "codes", codes);
    put(it, object, "sectors", attribution_sectors(it, actors));
    return object;
}

static json_t *citations_array(build *it, const dgm_record *record)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < record->citation_count; i++) {
        const dgm_quote quote = dgm_slot_quote(it->document, record->citations[i]);
        append(it, array, json_stringn(quote.text.ptr, quote.text.len));
    }
    return array;
}

static json_t *rules_array(build *it, const char *rule)
{
    json_t *array = json_array();
    dgm_str rest = dgm_str_of(rule), id;
    while (rest.ptr && dgm_str_cut(&rest, '+', &id))
        append(it, array, json_stringn(id.ptr, id.len));
    return array;
}

static json_t *spans_array(build *it, dgm_actors actors)
{
    json_t *array = json_array();
    for (uint32_t i = 0; i < actors.count; i++)
        append(it, array, span_object(it, actors.items[i].span, true));
    return array;
}

/* The operators with their words; the rule before them is the trigger's. */
static json_t *operators_array(build *it, const dgm_record *record)
{
    json_t *array = json_array();
    dgm_str rest = dgm_str_of(record->rule), id;
    for (uint32_t i = 0; rest.ptr && dgm_str_cut(&rest, '+', &id); i++) {
        if (i == 0 || i >= record->rule_span_count)
            continue;
        json_t *object = json_object();
        put(it, object, "rule", json_stringn(id.ptr, id.len));
        put_span(it, object, record->rule_spans[i], true);
        append(it, array, object);
    }
    return array;
}

static json_t *sure_object(build *it, const dgm_record *record)
{
    static const char *const names[DGM_QUESTIONS] = {"type", "sides", "modality"};
    json_t *object = json_object();
    for (unsigned q = 0; q < DGM_QUESTIONS; q++)
        put(it, object, names[q], real_or_null(dgm_slot_confidence(record->sure[q])));
    return object;
}

/* What the record leans on: the rules, and the spans that the plain object leaves out. */
static json_t *why_object(build *it, const dgm_record *record)
{
    json_t *object = json_object();
    put(it, object, "rules", rules_array(it, record->rule));
    put(it, object, "trigger", span_object(it, record->trigger, true));
    put(it, object, "actors", spans_array(it, record->actors));
    put(it, object, "recipients", spans_array(it, record->recipients));
    put(it, object, "operators", operators_array(it, record));
    put(it, object, "sure", sure_object(it, record));
    put(it, object, "sentence", span_object(it, record->sentence, true));
    if (record->when.edtf && record->when.span.len > 0)
        put(it, object, "when", span_object(it, record->when.span, true));
    if (record->attribution.span.len > 0)
        put(it, object, "attribution", span_object(it, record->attribution.span, true));
    json_t *places = json_array();
    for (uint32_t i = 0; i < record->where_count; i++)
        append(it, places, span_object(it, record->where[i].span, true));
    put(it, object, "where", places);
    json_t *citations = json_array();
    for (uint32_t i = 0; i < record->citation_count; i++)
        append(it, citations, span_object(it, record->citations[i], true));
    put(it, object, "citations", citations);
    return object;
}

/* The nearest CAMEO code; its value with the name of the scale; the classes of its root in the
 * mappings that are in use, and PLOVER's of the record's own type. */
static json_t *cameo_object(build *it, const dgm_record *record)
{
    if (!record->cameo.code)
        return json_null();
    json_t *object = json_object(), *quads = json_object();
    put(it, object, "code", json_string(record->cameo.code));
    put(it, object, "goldstein", real_or_null(record->cameo.goldstein));
    put(it, object, "scale", name_or_null(dgm_scale_name(record->cameo.scale)));
    for (unsigned i = 1; i < DGM_QUAD_MAPPING_COUNT; i++)
        put(it, quads, dgm_quad_mapping_name((dgm_quad_mapping)i),
            json_integer(record->cameo.quads[i]));
    put(it, quads, "plover", json_integer(dgm_type_quad(record->type)));
    put(it, object, "quads", quads);
    return object;
}

static void put_act(build *it, json_t *object, const dgm_record *record)
{
    char id[17];
    dgm_slot_hex(id, record->id);
    put(it, object, "id", json_string(id));
    put(it, object, "kind", name_or_null(dgm_kind_name(record->kind)));
    put(it, object, "type", name_or_null(dgm_record_type_name(record)));
    put(it, object, "mode", name_or_null(dgm_record_mode_name(record)));
    put(it, object, "actors", actors_array(it, record->actors));
    put(it, object, "recipients", actors_array(it, record->recipients));
    put(it, object, "about", actors_array(it, record->about));
    put(it, object, "contexts", contexts_array(it, record));
    put(it, object, "when", when_object(it, &record->when));
    put(it, object, "where", where_array(it, record));
    put(it, object, "modality", name_or_null(dgm_modality_name(record->modality)));
    put(it, object, "attribution", attribution_object(it, &record->attribution));
    put(it, object, "quad", name_or_null(dgm_record_quad_name(record)));
    put(it, object, "score", real_or_null(record->score));
}

static void put_source(build *it, json_t *object, const dgm_record *record)
{
    char hash[17];
    const dgm_str id = dgm_slot_document_id(it->document, hash);
    put(it, object, "trigger", span_object(it, record->trigger, true));
    put(it, object, "sentence", span_object(it, record->sentence, false));
    put(it, object, "document", json_stringn(id.ptr, id.len));
    put(it, object, "date", text_or_null(dgm_document_date(it->document)));
    put(it, object, "citations", citations_array(it, record));
    put(it, object, "confidence", real_or_null(dgm_slot_confidence(record->confidence)));
    put(it, object, "cameo", cameo_object(it, record));
}

dgm_status dgm_record_to_json(char **out, const dgm_record *record, const dgm_document *document,
                              bool why, dgm_error *err)
{
    build it = {.document = document};
    json_t *object = json_object();
    put_act(&it, object, record);
    put_source(&it, object, record);
    if (why)
        put(&it, object, "why", why_object(&it, record));
    *out = it.is_failed ? NULL : json_dumps(object, JSON_FLAGS);
    json_decref(object);
    if (*out)
        return DGM_OK;
    return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory writing a record");
}

void dgm_free(void *memory)
{
    free(memory);
}
