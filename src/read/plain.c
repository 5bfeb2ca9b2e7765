/* Plain text: one document a file. The bytes are the text, but for a byte order mark. */
#include "base/utf8.h"
#include "read/read_priv.h"

enum { TITLE_BYTES = 200 };

dgm_str dgm_path_base(const char *path)
{
    if (strcmp(path, "-") == 0)
        return DGM_STR("stdin");
    const char *slash = strrchr(path, '/');
    return dgm_str_of(slash ? slash + 1 : path);
}

/* "a/b.txt" -> "b"; a name that is nothing but extension stays whole. */
static dgm_str stem(const char *path)
{
    dgm_str base = dgm_path_base(path);
    for (size_t i = base.len; i-- > 1;)
        if (base.ptr[i] == '.')
            return dgm_str_sub(base, 0, i);
    return base;
}

static dgm_str first_line(dgm_str text)
{
    while (text.len && (text.ptr[0] == '\n' || text.ptr[0] == '\r'))
        text.ptr++, text.len--;
    const char *stop = text.len ? memchr(text.ptr, '\n', text.len) : NULL;
    return (dgm_str){text.ptr, stop ? (size_t)(stop - text.ptr) : text.len};
}

/* A full stop (before closing quotes) ends a sentence, so its line is no title. */
static bool ends_like_title(dgm_str line)
{
    while (line.len > 1 && strchr("\"')]", line.ptr[line.len - 1]))
        line.len--;
    if (dgm_str_ends(line, DGM_STR("\xE2\x80\x9D")) || dgm_str_ends(line, DGM_STR("\xE2\x80\x99")))
        line.len -= 3;
    char last = line.len ? line.ptr[line.len - 1] : '.';
    return last != '.' && last != ':' && last != ';' && last != ',';
}

dgm_str dgm_plain_title(dgm_str text, bool needs_more)
{
    dgm_str line = first_line(text), title = dgm_str_trim(line);
    if (!title.len || title.len > TITLE_BYTES || !ends_like_title(title))
        return DGM_STR("");
    const char *end = text.ptr + text.len, *rest = line.ptr + line.len;
    if (dgm_str_trim((dgm_str){rest, (size_t)(end - rest)}).len == 0)
        return needs_more ? DGM_STR("") : title;
    dgm_str next = {rest + 1, (size_t)(end - rest - 1)};
    const char *stop = memchr(next.ptr, '\n', next.len);
    next.len = stop ? (size_t)(stop - next.ptr) : next.len;
    return dgm_str_trim(next).len == 0 ? title : DGM_STR("");
}

bool dgm_title_begins(dgm_str text, dgm_str title)
{
    return dgm_str_eq(dgm_str_trim(first_line(text)), dgm_str_trim(title));
}

static bool is_odd_control(char c)
{
    unsigned char byte = (unsigned char)c;
    return (byte < 0x20 && !(byte >= '\t' && byte <= '\r') && byte != 0x1A) || byte == 0x7F;
}

/* Why the bytes are no text; NULL when they are. More than a tenth broken or control is too much.
 */
static const char *why_binary(dgm_str bytes)
{
    size_t odd = 0;
    if (bytes.len >= 2 && (!memcmp(bytes.ptr, "\xFF\xFE", 2) || !memcmp(bytes.ptr, "\xFE\xFF", 2)))
        return "looks like UTF-16; convert it to UTF-8 first";
    if (bytes.len && memchr(bytes.ptr, 0, bytes.len))
        return "looks like binary data";
    for (size_t i = 0; i < bytes.len;) {
        int32_t point;
        size_t used = dgm_utf8_decode(dgm_str_sub(bytes, i, bytes.len - i), &point);
        odd += point < 0 ? used : is_odd_control(bytes.ptr[i]);
        i += used;
    }
    return odd > bytes.len / 10 ? "looks like binary data" : NULL;
}

static void fill_draft(dgm_reading *reading, dgm_str bytes, size_t skip)
{
    dgm_reader *reader = reading->reader;
    dgm_draft *draft = &reading->draft;
    dgm_damage damage = {.reader = reader}, silent = {0};
    dgm_written_reserve(&draft->text, bytes.len - skip);
    dgm_mend_write(&draft->text, dgm_str_sub(bytes, skip, bytes.len - skip), skip, &damage);
    dgm_damage_end(&damage);
    dgm_str text = {draft->text.bytes, draft->text.len};
    draft->id = dgm_mend_str(reader->arena, stem(reader->path), 0, &silent);
    draft->title = dgm_plain_title(text, false);
    draft->is_title_in_text = draft->title.len > 0;
}

dgm_status dgm_plain_read(dgm_reading *reading)
{
    dgm_reader *reader = reading->reader;
    if (reader->is_done)
        return DGM_OK;
    reader->is_done = true;
    dgm_str bytes;
    DGM_TRY(dgm_source_rest(&reader->source, &bytes, reading->err));
    size_t skip = dgm_str_starts(bytes, DGM_STR("\xEF\xBB\xBF")) ? 3 : 0;
    if (bytes.len > reader->source.limit) {
        dgm_reader_note(reader, 0, 0, true, "a text of 4 GiB or more");
        return DGM_OK;
    }
    if (dgm_str_trim(dgm_str_sub(bytes, skip, bytes.len - skip)).len == 0) {
        dgm_reader_note(reader, 0, 0, false, "empty file");
        return DGM_OK;
    }
    const char *why = why_binary(bytes);
    if (why) {
        dgm_reader_note(reader, 0, 0, true, "%s", why);
        return DGM_OK;
    }
    fill_draft(reading, bytes, skip);
    if (reading->draft.text.is_too_long) {
        dgm_reader_note(reader, 0, 0, true, "a text of 4 GiB or more");
        reading->draft.text.len = 0;
    }
    return DGM_OK;
}
