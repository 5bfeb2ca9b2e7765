/* Classify from JSON to JSON: a line with text and marked sides in, what the one does to the other
 * out. Only this file and jansson know the form of the lines. */
#include "engine/classify.h"

#include <jansson.h>
#include <math.h>

enum { MOST_PARTS = 64 };

typedef struct request {
    json_t *object;
    dgm_document *document;
    dgm_span source[MOST_PARTS], target[MOST_PARTS];
    dgm_marks marks;
    dgm_error *err;
} request;

static dgm_status refuse(request *it, const char *what)
{
    return dgm_fail(it->err, DGM_ERROR_ARGUMENT, NULL, 0, "%s", what);
}

/* The byte at which the code point number `point` begins; the text's length for the end. */
static bool byte_of(dgm_str text, json_int_t point, uint32_t *byte)
{
    size_t at = 0;
    if (point < 0 || (uint64_t)point > text.len)
        return false;
    for (; at < text.len; at++) {
        bool begins = ((unsigned char)text.ptr[at] & 0xC0) != 0x80;
        if (begins && point-- == 0)
            break;
    }
    *byte = (uint32_t)at;
    return at < text.len || point == 0;
}

static dgm_status read_part(request *it, const char *side, const json_t *pair, dgm_span *out)
{
    const json_t *begin = json_array_get(pair, 0), *end = json_array_get(pair, 1);
    if (json_array_size(pair) != 2 || !json_is_integer(begin) || !json_is_integer(end))
        return dgm_fail(it->err, DGM_ERROR_ARGUMENT, NULL, 0, "\"%s\" is no list of [begin, end]",
                        side);
    dgm_str text = dgm_document_text(it->document);
    uint32_t from, to;
    if (!byte_of(text, json_integer_value(begin), &from) ||
        !byte_of(text, json_integer_value(end), &to) || from >= to)
        return dgm_fail(it->err, DGM_ERROR_ARGUMENT, NULL, 0,
                        "\"%s\": [%lld, %lld] is no part of the text", side,
                        (long long)json_integer_value(begin), (long long)json_integer_value(end));
    *out = (dgm_span){from, to - from};
    return DGM_OK;
}

static dgm_status read_side(request *it, const char *side, dgm_span *out, uint32_t *count)
{
    const json_t *list = json_object_get(it->object, side);
    if (!list || json_is_null(list))
        return DGM_OK;
    if (!json_is_array(list) || json_array_size(list) > MOST_PARTS)
        return dgm_fail(it->err, DGM_ERROR_ARGUMENT, NULL, 0, "\"%s\" is no list of [begin, end]",
                        side);
    for (size_t i = 0; i < json_array_size(list); i++)
        DGM_TRY(read_part(it, side, json_array_get(list, i), &out[(*count)++]));
    return DGM_OK;
}

static dgm_status read_request(request *it, dgm_str line)
{
    json_error_t why;
    it->object = json_loadb(line.ptr, line.len, JSON_ALLOW_NUL, &why);
    if (!it->object && json_error_code(&why) == json_error_out_of_memory)
        return dgm_fail(it->err, DGM_ERROR_MEMORY, NULL, 0, "out of memory");
    if (!it->object)
        return dgm_fail(it->err, DGM_ERROR_ARGUMENT, NULL, 0, "broken JSON: %s", why.text);
    const json_t *text = json_object_get(it->object, "text");
    if (!json_is_object(it->object))
        return refuse(it, "the line is no JSON object");
    if (!json_is_string(text))
        return refuse(it, text ? "\"text\" is not a string" : "no \"text\"");
    dgm_str bytes = {json_string_value(text), json_string_length(text)};
    if (!dgm_str_trim(bytes).len)
        return refuse(it, "empty text");
    DGM_TRY(
        dgm_document_new(&it->document, DGM_STR("line"), DGM_STR(""), DGM_STR(""), bytes, it->err));
    DGM_TRY(read_side(it, "source", it->source, &it->marks.source_count));
    DGM_TRY(read_side(it, "target", it->target, &it->marks.target_count));
    it->marks.source = it->source;
    it->marks.target = it->target;
    return DGM_OK;
}

/* A label of the ontology, or null; labels need no escapes. */
static void add_label(dgm_buf *out, const char *key, const char *label)
{
    dgm_buf_printf(out, ",\"%s\":", key);
    if (label && label[0])
        dgm_buf_printf(out, "\"%s\"", label);
    else
        dgm_buf_text(out, "null");
}

static dgm_status write_answer(dgm_buf *out, const json_t *id, const dgm_class *found)
{
    char *written = id ? json_dumps(id, JSON_ENCODE_ANY | JSON_COMPACT) : NULL;
    if (id && !written)
        return DGM_ERROR_MEMORY;
    dgm_buf_printf(out, "{\"id\":%s", written ? written : "null");
    dgm_free(written);
    add_label(out, "type", dgm_type_name(found->type));
    add_label(out, "mode", dgm_mode_name(found->mode));
    add_label(out, "quad", dgm_quad_name(found->quad));
    add_label(out, "modality", dgm_modality_name(found->modality));
    dgm_buf_printf(out, ",\"confidence\":%.2f", round(found->confidence * 100) / 100);
    add_label(out, "rule", found->rule);
    dgm_buf_char(out, '}');
    return out->is_failed ? DGM_ERROR_MEMORY : DGM_OK;
}

dgm_status dgm_coder_classify_json(dgm_str *out, dgm_coder *coder, dgm_str line,
                                   const dgm_classify_options *options, dgm_error *err)
{
    request it = {.err = err};
    dgm_class found;
    dgm_status status = read_request(&it, line);
    if (status == DGM_OK)
        status = dgm_coder_classify(&found, coder, it.document, &it.marks, options, err);
    if (status == DGM_OK) {
        status = write_answer(&coder->out, json_object_get(it.object, "id"), &found);
        *out = dgm_buf_str(&coder->out);
    }
    dgm_document_free(it.document);
    json_decref(it.object);
    return status == DGM_ERROR_MEMORY ? dgm_fail(err, status, NULL, 0, "out of memory") : status;
}
