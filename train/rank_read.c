/* Reading samples: gold files, our own sentences, examples of the rules; each sentence is parsed
 * and its evidence kept. */
#include "base/file.h"
#include "base/hash.h"
#include "rank.h"

#include <jansson.h>
#include <stdlib.h>
#include <time.h>

typedef struct pending {
    dgm_coder_call call;
    rank_reader *reader;
    dgm_marks marks;
    sample sample;
    uint32_t without; /* groups to leave out, as bits */
    bool takes_guess; /* sides guessed by the rules count as marked */
} pending;

static dgm_status keep_evidence(void *payload)
{
    pending *it = payload;
    dgm_marked marked;
    samples *into = it->reader->into;
    if (!dgm_mark_document(&marked, it->call.coder, it->call.document, &it->marks))
        return DGM_OK;
    const dgm_rules *rules = it->reader->engine->book.rules;
    if (it->takes_guess)
        marked.sides.is_marked = true;
    dgm_evidence evidence =
        dgm_evidence_find(rules, &marked.clause, &marked.acts, &marked.sides, &marked.verdict);
    it->sample.by_rules = dgm_sides_force(rules, &marked.clause, &marked.sides, &marked.verdict);
    it->sample.items = DGM_ARRAY(into->arena, dgm_feature, evidence.count + 1);
    for (uint32_t i = 0; i < evidence.count; i++)
        if (!(it->without >> evidence.items[i].group & 1))
            it->sample.items[it->sample.count++] = evidence.items[i];
    dgm_str text = dgm_document_text(it->call.document);
    it->sample.text = dgm_hash(text);
    it->sample.bytes = dgm_arena_str(into->arena, text.ptr, text.len);
    DGM_PUSH(into->arena, into->items, into->count, into->capacity, it->sample);
    return DGM_OK;
}

static double now(void)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    return (double)at.tv_sec + 1e-9 * (double)at.tv_nsec;
}

/* All of classify but splitting and parsing. */
static dgm_status keep_time(void *payload)
{
    pending *it = payload;
    dgm_coder *coder = it->call.coder;
    const dgm_codebook *book = &coder->engine->book;
    dgm_marked of;
    if (!book->ranker.header || !dgm_mark_document(&of, coder, it->call.document, &it->marks))
        return DGM_OK;
    dgm_text *text = of.grounded->text;
    const double start = now();
    dgm_grounded *grounded = dgm_ground_document(coder->engine->grounder, coder->arena, text);
    dgm_mark_sentence(&of, book, coder->arena, grounded, of.index, &it->marks);
    dgm_evidence evidence =
        dgm_evidence_find(book->rules, &of.clause, &of.acts, &of.sides, &of.verdict);
    it->reader->timed += dgm_ranker_judge(&book->ranker, &evidence).type != DGM_TYPE_NONE;
    it->reader->seconds += now() - start;
    return DGM_OK;
}

static dgm_arena_body body_of(const rank_reader *reader)
{
    return reader->is_timed ? keep_time : keep_evidence;
}

static dgm_status add(pending *it, dgm_str text)
{
    dgm_document *document;
    DGM_TRY(dgm_document_new(&document, DGM_STR("x"), DGM_STR(""), DGM_STR(""), text,
                             &it->reader->err));
    it->call = (dgm_coder_call){it->reader->coder, document};
    dgm_status status = dgm_coder_run(&it->call, body_of(it->reader), &it->reader->err);
    dgm_document_free(document);
    return status;
}

static uint32_t byte_at(dgm_str text, int64_t point)
{
    size_t at = 0;
    for (; at < text.len; at++)
        if (((unsigned char)text.ptr[at] & 0xC0) != 0x80 && point-- == 0)
            break;
    return (uint32_t)at;
}

static uint32_t read_spans(const json_t *list, dgm_str text, dgm_span out[8])
{
    uint32_t count = 0;
    for (size_t i = 0; i < json_array_size(list) && count < 8; i++) {
        const json_t *pair = json_array_get(list, i);
        uint32_t from = byte_at(text, json_integer_value(json_array_get(pair, 0)));
        uint32_t to = byte_at(text, json_integer_value(json_array_get(pair, 1)));
        out[count++] = (dgm_span){from, to - from};
    }
    return count;
}

static uint32_t bits_of(dgm_str type)
{
    if (dgm_str_is(type, "YIELD"))
        return 1u << DGM_TYPE_CONCEDE | 1u << DGM_TYPE_RETREAT;
    if (dgm_str_is(type, "NONE"))
        return 1;
    dgm_type one = dgm_type_from(type);
    return dgm_type_kind(one) == DGM_KIND_EVENT ? 1u << one : 0;
}

typedef dgm_status (*line_reader)(rank_reader *reader, dgm_str line, uint32_t index);

static dgm_status each_line(rank_reader *reader, const char *path, line_reader read)
{
    dgm_file file;
    DGM_TRY(dgm_file_open(&file, path, &reader->err));
    dgm_str rest = file.bytes;
    dgm_status status = DGM_OK;
    for (uint32_t index = 0; rest.len && status == DGM_OK;) {
        const char *end = memchr(rest.ptr, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.ptr) : rest.len;
        dgm_str line = {rest.ptr, len};
        rest = dgm_str_sub(rest, len + (end != NULL), rest.len - len - (end != NULL));
        if (line.len && line.ptr[0] != '#')
            status = read(reader, line, index++);
    }
    dgm_file_close(&file);
    return status;
}

static dgm_status plv_line(rank_reader *reader, dgm_str line, uint32_t index)
{
    json_t *object = json_loadb(line.ptr, line.len, 0, NULL);
    dgm_span source[8], target[8];
    dgm_str text = dgm_str_of(json_string_value(json_object_get(object, "text")));
    pending it = {.reader = reader};
    it.sample = (sample){.origin = FROM_PLV, .fold = (int)(index % FOLDS), .penta = -1};
    it.sample.allowed = bits_of(dgm_str_of(json_string_value(json_object_get(object, "type"))));
    it.marks.source = source;
    it.marks.target = target;
    it.marks.source_count = read_spans(json_object_get(object, "source"), text, source);
    it.marks.target_count = read_spans(json_object_get(object, "target"), text, target);
    dgm_status status = it.sample.allowed ? add(&it, text) : DGM_OK;
    json_decref(object);
    return status;
}

dgm_status read_plv(rank_reader *reader, const char *path)
{
    return each_line(reader, path, plv_line);
}

static dgm_status penta_line(rank_reader *reader, dgm_str line, uint32_t index)
{
    pending it = {.reader = reader};
    dgm_str rest = line, text = {NULL, 0}, label = {NULL, 0};
    dgm_str_cut(&rest, '\t', &text);
    dgm_str_cut(&rest, '\t', &label);
    it.sample = (sample){.origin = FROM_PENTA, .fold = (int)(index % FOLDS)};
    it.sample.penta = label.len ? label.ptr[0] - '0' : 0;
    if (!it.sample.penta)
        it.sample.allowed = 1;
    for (int type = 1; type < DGM_RANK_CLASSES; type++)
        if (it.sample.penta && penta_of_root(root_of((dgm_type)type)) == it.sample.penta)
            it.sample.allowed |= 1u << type;
    return add(&it, text);
}

dgm_status read_penta(rank_reader *reader, const char *path)
{
    return each_line(reader, path, penta_line);
}

/* "TYPE <TAB> text with [[source]] and {{target}}": the text without the marks. */
static dgm_str unmark(dgm_arena *arena, dgm_str marked, dgm_span *source, dgm_span *target)
{
    char *out = dgm_arena_array(arena, marked.len + 1, 1);
    uint32_t len = 0;
    for (size_t i = 0; i < marked.len; i++) {
        dgm_str here = dgm_str_sub(marked, i, marked.len - i);
        bool is_open = dgm_str_starts(here, DGM_STR("[[")) || dgm_str_starts(here, DGM_STR("{{"));
        bool is_close = dgm_str_starts(here, DGM_STR("]]")) || dgm_str_starts(here, DGM_STR("}}"));
        if (!is_open && !is_close) {
            out[len++] = marked.ptr[i];
            continue;
        }
        dgm_span *span = here.ptr[0] == '[' || here.ptr[0] == ']' ? source : target;
        if (is_open)
            span->off = len;
        else
            span->len = len - span->off;
        i++;
    }
    return (dgm_str){out, len};
}

static dgm_status gold_line(rank_reader *reader, dgm_str line, uint32_t index)
{
    pending it = {.reader = reader};
    dgm_span source = {0, 0}, target = {0, 0};
    dgm_str rest = line, label = {NULL, 0}, marked = {NULL, 0};
    dgm_str_cut(&rest, '\t', &label);
    dgm_str_cut(&rest, '\t', &marked);
    it.sample = (sample){.origin = FROM_GOLD, .fold = ALL_FOLDS, .penta = -1};
    it.sample.allowed = bits_of(label);
    dgm_str text = unmark(reader->into->arena, marked, &source, &target);
    it.marks = (dgm_marks){&source, &target, source.len > 0, target.len > 0};
    if (!it.sample.allowed || !it.marks.source_count || !it.marks.target_count)
        return dgm_fail(&reader->err, DGM_ERROR_FORMAT, NULL, index + 1,
                        "sentence %u: no type or no marks", index + 1);
    return add(&it, text);
}

dgm_status read_gold(rank_reader *reader, const char *path)
{
    return each_line(reader, path, gold_line);
}

/* {text, source, target, hint: 17 probabilities, fold} a line. */
static dgm_status hint_line(rank_reader *reader, dgm_str line, uint32_t index)
{
    (void)index;
    json_t *object = json_loadb(line.ptr, line.len, 0, NULL);
    dgm_span source[8], target[8];
    dgm_str text = dgm_str_of(json_string_value(json_object_get(object, "text")));
    const json_t *hint = json_object_get(object, "hint"), *fold = json_object_get(object, "fold");
    pending it = {.reader = reader};
    it.sample = (sample){.origin = FROM_HINT, .penta = -1};
    it.sample.fold = fold ? (int)json_integer_value(fold) : ALL_FOLDS;
    for (int c = 0; c < DGM_RANK_CLASSES; c++)
        it.sample.hint[c] = (float)json_number_value(json_array_get(hint, (size_t)c));
    it.marks.source = source;
    it.marks.target = target;
    it.marks.source_count = read_spans(json_object_get(object, "source"), text, source);
    it.marks.target_count = read_spans(json_object_get(object, "target"), text, target);
    dgm_status status = add(&it, text);
    json_decref(object);
    return status;
}

dgm_status read_hints(rank_reader *reader, const char *path)
{
    return each_line(reader, path, hint_line);
}

/* The type that an example's first claim has; the entry's own where it names none. */
static dgm_type expected_type(dgm_str expect, dgm_type own)
{
    size_t len = 0;
    while (len < expect.len && expect.ptr[len] != ' ' && expect.ptr[len] != '.')
        len++;
    dgm_type named = dgm_type_from(dgm_str_sub(expect, 0, len));
    return named ? named : own;
}

static dgm_status read_example(rank_reader *reader, dgm_str example, dgm_str expect, dgm_type own)
{
    pending it = {.reader = reader, .takes_guess = true};
    dgm_type type = expected_type(expect, own);
    if (!example.len || dgm_str_is(expect, "none") || dgm_type_kind(type) != DGM_KIND_EVENT)
        return DGM_OK;
    it.without = 1u << DGM_EVIDENCE_ACT | 1u << DGM_EVIDENCE_VERDICT;
    it.sample =
        (sample){.origin = FROM_RULE, .fold = ALL_FOLDS, .penta = -1, .allowed = 1u << type};
    return add(&it, example);
}

dgm_status read_rules(rank_reader *reader)
{
    const dgm_rules *rules = reader->engine->book.rules;
    for (uint32_t i = 0; i < rules->rule_count; i++)
        DGM_TRY(read_example(reader, rules->rules[i].example, rules->rules[i].expect,
                             rules->rules[i].type));
    for (uint32_t i = 0; i < rules->operator_count; i++)
        DGM_TRY(read_example(reader, rules->operators[i].example, rules->operators[i].expect,
                             DGM_TYPE_NONE));
    return DGM_OK;
}
