/* JSON lines: one object a line, {id, title, date, source, text, url, lang}, other keys passed
 * over.
 *
 * jansson says whether a line is valid (after broken UTF-8 and lone surrogates, which it refuses,
 * are mended in a copy); the values are then read from the line's own bytes, which gives each byte
 * of the text its place in the file. A broken line is reported with its number; the others go on.
 */
#include "read/json_scan.h"
#include "read/read_priv.h"

#include <jansson.h>

enum { TEXT, ID, TITLE, DATE, SOURCE, URL, LANG, KEYS };

static const char *const key_names[KEYS] = {"text", "id", "title", "date", "source", "url", "lang"};

typedef struct fields {
    dgm_str raw[KEYS]; /* the last value of each key; len 0: none */
    const dgm_line *line;
} fields;

static uint64_t place(const fields *of, dgm_str raw)
{
    return of->line->offset + (uint64_t)(raw.ptr - of->line->bytes.ptr);
}

/* A copy of the line in which each lone surrogate escape reads \uFFFD; `line` when it has none. */
static dgm_str mend_surrogates(dgm_arena *arena, dgm_str line, uint64_t offset, dgm_damage *damage)
{
    char *copy = NULL;
    for (size_t i = 0; i < line.len;) {
        const char *escape = memchr(line.ptr + i, '\\', line.len - i);
        if (!escape)
            break;
        i = (size_t)(escape - line.ptr);
        int32_t point;
        size_t used = dgm_json_escape(dgm_str_sub(line, i, line.len - i), &point);
        if (used == 6 && point < 0) {
            dgm_damage_note(damage, offset + i, "lone surrogate");
            if (!copy)
                copy = (char *)(uintptr_t)dgm_arena_str(arena, line.ptr, line.len).ptr;
            memcpy(copy + i, "\\uFFFD", 6);
        }
        i += used;
    }
    return copy ? (dgm_str){copy, line.len} : line;
}

/* Why the line is not JSON, in *why, with the place in it; memory is the only failure. */
static dgm_status check(dgm_str line, json_error_t *why, bool *is_valid)
{
    size_t flags = JSON_ALLOW_NUL | JSON_DECODE_INT_AS_REAL | JSON_DECODE_ANY;
    json_t *value = json_loadb(line.ptr, line.len, flags, why);
    *is_valid = value != NULL;
    json_decref(value);
    if (!*is_valid && json_error_code(why) == json_error_out_of_memory)
        return DGM_ERROR_MEMORY;
    return DGM_OK;
}

static dgm_str decode(const fields *of, dgm_arena *arena, dgm_str raw)
{
    dgm_written written = {.arena = arena};
    dgm_json_write(&written, raw, place(of, raw));
    return (dgm_str){written.bytes, written.len};
}

static void find_fields(fields *of, dgm_arena *arena, dgm_json_walk *walk)
{
    while (dgm_json_next(walk)) {
        dgm_str key = dgm_str_sub(walk->key, 1, walk->key.len - 2);
        if (key.len < 64 && memchr(key.ptr, '\\', key.len))
            key = decode(of, arena, walk->key);
        for (int i = 0; i < KEYS; i++)
            if (dgm_str_is(key, key_names[i]))
                of->raw[i] = walk->value;
    }
}

static bool is_string(dgm_str raw)
{
    return raw.len >= 2 && raw.ptr[0] == '"';
}

static bool is_number(dgm_str raw)
{
    return raw.len && (raw.ptr[0] == '-' || (raw.ptr[0] >= '0' && raw.ptr[0] <= '9'));
}

static bool is_absent(dgm_str raw)
{
    return !raw.len || dgm_str_is(raw, "null");
}

/* A string value of the line; empty, with a note, when it is something else. */
static dgm_str string_field(dgm_reader *reader, const fields *of, int key)
{
    dgm_str raw = of->raw[key];
    if (is_string(raw))
        return dgm_str_trim(decode(of, reader->arena, raw));
    if (!is_absent(raw))
        dgm_reader_note(reader, of->line->number, place(of, raw), false,
                        "\"%s\" is not a string; dropped", key_names[key]);
    return DGM_STR("");
}

static dgm_str id_field(dgm_reader *reader, const fields *of)
{
    dgm_str raw = of->raw[ID], id = DGM_STR("");
    if (is_number(raw))
        id = raw;
    else
        id = string_field(reader, of, ID);
    if (id.len)
        return dgm_arena_str(reader->arena, id.ptr, id.len);
    dgm_damage silent = {0};
    dgm_str base = dgm_mend_str(reader->arena, dgm_path_base(reader->path), 0, &silent);
    char *made = dgm_arena_alloc(reader->arena, base.len + 24);
    int len = sprintf(made, "%.*s:%llu", DGM_FMT(base), (unsigned long long)of->line->number);
    return (dgm_str){made, (size_t)len};
}

static dgm_str date_field(dgm_reader *reader, const fields *of)
{
    dgm_str date = string_field(reader, of, DATE);
    if (!date.len || dgm_date_check(&date))
        return date;
    dgm_reader_note(reader, of->line->number, place(of, of->raw[DATE]), false,
                    "not a date (YYYY-MM-DD): \"%.*s\"; dropped",
                    (int)(date.len < 40 ? date.len : 40), date.ptr);
    return DGM_STR("");
}

static void fill_draft(dgm_reading *reading, const fields *of)
{
    dgm_reader *reader = reading->reader;
    dgm_draft *draft = &reading->draft;
    dgm_written_reserve(&draft->text, of->raw[TEXT].len);
    dgm_json_write(&draft->text, of->raw[TEXT], place(of, of->raw[TEXT]));
    dgm_str text = {draft->text.bytes, draft->text.len};
    if (!dgm_str_trim(text).len) {
        dgm_reader_note(reader, of->line->number, of->line->offset, false, "empty text");
        draft->text.len = 0;
        return;
    }
    draft->id = id_field(reader, of);
    draft->title = string_field(reader, of, TITLE);
    draft->date = date_field(reader, of);
    draft->source = string_field(reader, of, SOURCE);
    draft->url = string_field(reader, of, URL);
    draft->lang = string_field(reader, of, LANG);
    draft->is_title_in_text = draft->title.len && dgm_title_begins(text, draft->title);
}

static void skip_line(dgm_reader *reader, const dgm_line *line, const char *why)
{
    dgm_reader_note(reader, line->number, line->offset, true, "%s", why);
}

/* Read the object of a line; the draft stays empty when there is nothing to keep. */
static dgm_status read_line(dgm_reading *reading, const dgm_line *line)
{
    dgm_reader *reader = reading->reader;
    dgm_damage damage = {.reader = reader, .line = line->number};
    if (line->is_too_long) {
        skip_line(reader, line, "a line of 4 GiB or more");
        return DGM_OK;
    }
    dgm_str mended = dgm_mend_str(reader->arena, line->bytes, line->offset, &damage);
    mended = mend_surrogates(reader->arena, mended, line->offset, &damage);
    dgm_damage_end(&damage);
    json_error_t why;
    bool is_valid;
    DGM_TRY(check(mended, &why, &is_valid));
    if (!is_valid) {
        dgm_reader_note(reader, line->number, line->offset + (uint64_t)why.position, true,
                        "broken JSON: %s", why.text);
        return DGM_OK;
    }
    dgm_json_walk walk;
    fields of = {.line = line};
    if (!dgm_json_begin(&walk, line->bytes)) {
        skip_line(reader, line, "the line is no JSON object");
        return DGM_OK;
    }
    find_fields(&of, reader->arena, &walk);
    if (is_string(of.raw[TEXT]))
        fill_draft(reading, &of);
    else
        skip_line(reader, line,
                  is_absent(of.raw[TEXT]) ? "no \"text\"" : "\"text\" is not a string");
    return DGM_OK;
}

/* The first line without its byte order mark, every line without white space at its ends. */
static void trim_line(dgm_line *line)
{
    dgm_str bytes = line->bytes;
    if (line->number == 1 && dgm_str_starts(bytes, DGM_STR("\xEF\xBB\xBF")))
        bytes = dgm_str_sub(bytes, 3, bytes.len - 3);
    bytes = dgm_str_trim(bytes);
    line->offset += (uint64_t)(bytes.ptr - line->bytes.ptr);
    line->bytes = bytes;
}

dgm_status dgm_jsonl_read(dgm_reading *reading)
{
    dgm_reader *reader = reading->reader;
    for (;;) {
        dgm_line line;
        bool found;
        DGM_TRY(dgm_source_line(&reader->source, &line, &found, reading->err));
        if (!found) {
            if (!reader->is_done && !reader->has_content)
                dgm_reader_note(reader, 0, 0, false, "empty file");
            reader->is_done = true;
            return DGM_OK;
        }
        trim_line(&line);
        if (!line.bytes.len)
            continue;
        reader->has_content = true;
        DGM_TRY(read_line(reading, &line));
        if (reading->draft.text.len)
            return DGM_OK;
        dgm_arena_reset(reader->arena);
        reading->draft = (dgm_draft){.text = {.arena = reader->arena}};
    }
}
