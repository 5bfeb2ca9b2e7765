/* CoNLL-U: sentences and tokens are kept as given; "# newdoc" begins a document, "# newpar" a
 * paragraph, the text is that of "# text" or, where it is missing or does not hold the tokens, the
 * forms with SpaceAfter. Format: universaldependencies.org/format.html. */
#include "base/utf8.h"
#include "read/read_priv.h"

typedef struct word {
    dgm_str raw, form; /* as in the file; mended */
    uint64_t source;   /* place of the form in the file */
    uint32_t parts;    /* words of a multiword token; 0: the word is part of the one before */
    bool is_space_after;
} word;

/* The sentence that is being read, in the reader's arena. */
typedef struct sentence {
    word *words;
    uint32_t count, capacity;
    dgm_str text; /* raw, as in the file */
    uint64_t text_source, line;
    bool is_new_paragraph;
    uint64_t range_first, range_last; /* ids of the multiword token that is open */
} sentence;

typedef struct conllu {
    dgm_reading *reading;
    dgm_reader *reader;
    sentence now;
    dgm_damage damage;
    uint32_t paragraph;
    bool is_space_before; /* a space stands between the last sentence and the next */
} conllu;

static bool tab_cut(dgm_str *rest, dgm_str *cell)
{
    if (!rest->ptr)
        return false;
    const char *tab = rest->len ? memchr(rest->ptr, '\t', rest->len) : NULL;
    size_t len = tab ? (size_t)(tab - rest->ptr) : rest->len;
    *cell = (dgm_str){rest->ptr, len};
    *rest = tab ? (dgm_str){tab + 1, rest->len - len - 1} : (dgm_str){NULL, 0};
    return true;
}

static bool has_item(dgm_str cell, dgm_str item)
{
    dgm_str piece;
    while (dgm_str_cut(&cell, '|', &piece))
        if (dgm_str_eq(piece, item))
            return true;
    return false;
}

static bool parse_id(dgm_str s, uint64_t *first, uint64_t *last, bool *is_empty_node)
{
    int64_t value;
    *is_empty_node = memchr(s.ptr, '.', s.len) != NULL;
    const char *dash = memchr(s.ptr, '-', s.len);
    dgm_str head = {s.ptr, dash ? (size_t)(dash - s.ptr) : s.len};
    if (*is_empty_node)
        return true;
    if (!dgm_str_int(head, &value) || value < 1)
        return false;
    *first = *last = (uint64_t)value;
    if (!dash)
        return true;
    if (!dgm_str_int(dgm_str_sub(s, head.len + 1, s.len - head.len - 1), &value))
        return false;
    *last = (uint64_t)value;
    return *last > *first && *last - *first < 64;
}

static void take_row(conllu *it, dgm_str row, const dgm_line *line)
{
    dgm_str cells[10] = {0}, rest = row;
    uint32_t count = 0;
    while (count < 10 && tab_cut(&rest, &cells[count]))
        count++;
    uint64_t first = 0, last = 0;
    bool is_empty_node = false;
    if (count < 2 || !cells[1].len || !cells[0].len ||
        !parse_id(cells[0], &first, &last, &is_empty_node)) {
        dgm_reader_note(it->reader, line->number, line->offset, false,
                        "not a CoNLL-U line; passed over");
        return;
    }
    if (is_empty_node)
        return;
    sentence *now = &it->now;
    bool is_part = first == last && first >= now->range_first && first <= now->range_last;
    if (first != last)
        now->range_first = first, now->range_last = last;
    dgm_damage silent = {0};
    dgm_str raw = dgm_arena_str(it->reader->arena, cells[1].ptr, cells[1].len);
    word fresh = {.raw = raw,
                  .form = dgm_mend_str(it->reader->arena, raw, 0, &silent),
                  .source = line->offset + (uint64_t)(cells[1].ptr - row.ptr),
                  .parts = is_part ? 0 : (uint32_t)(last - first + 1),
                  .is_space_after = !has_item(cells[9], DGM_STR("SpaceAfter=No"))};
    DGM_PUSH(it->reader->arena, now->words, now->count, now->capacity, fresh);
}

/* The value of "# key = value"; false when the comment has another key. */
static bool comment_value(dgm_str line, const char *key, dgm_str *value)
{
    dgm_str name = dgm_str_of(key);
    dgm_str rest = dgm_str_trim(dgm_str_sub(line, 1, line.len - 1));
    if (!dgm_str_starts(rest, name))
        return false;
    rest = dgm_str_sub(rest, name.len, rest.len - name.len);
    *value = dgm_str_trim(rest);
    if (!value->len)
        return true;
    if (value->ptr[0] == '=') {
        *value = dgm_str_trim(dgm_str_sub(*value, 1, value->len - 1));
        return true;
    }
    return false;
}

static void take_meta(conllu *it, dgm_str row, const dgm_line *line)
{
    dgm_draft *draft = &it->reading->draft;
    dgm_arena *arena = it->reader->arena;
    const struct {
        const char *key;
        dgm_str *to;
    } keys[] = {{"newdoc id", &draft->id},
                {"title", &draft->title},
                {"meta::title", &draft->title},
                {"date", &draft->date},
                {"meta::dateCreated", &draft->date},
                {"source", &draft->source},
                {"url", &draft->url},
                {"meta::sourceURL", &draft->url},
                {"lang", &draft->lang}};
    dgm_str value;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
        if (comment_value(row, keys[i].key, &value) && value.len)
            *keys[i].to = dgm_arena_str(arena, value.ptr, value.len);
    if (draft->date.len && !dgm_date_check(&draft->date)) {
        dgm_reader_note(it->reader, line->number, line->offset, false,
                        "not a date (YYYY-MM-DD); dropped");
        draft->date = DGM_STR("");
    }
}

static void take_comment(conllu *it, dgm_str row, const dgm_line *line)
{
    dgm_str value;
    if (comment_value(line->bytes, "text", &value) && value.len) {
        it->now.text = dgm_arena_str(it->reader->arena, value.ptr, value.len);
        it->now.text_source = line->offset + (uint64_t)(value.ptr - line->bytes.ptr);
    } else if (comment_value(row, "newpar", &value) || comment_value(row, "newpar id", &value)) {
        it->now.is_new_paragraph = true;
    } else {
        take_meta(it, row, line);
    }
}

static size_t space_length(dgm_str s)
{
    size_t i = 0;
    while (i < s.len) {
        int32_t point;
        size_t used = dgm_utf8_decode(dgm_str_sub(s, i, s.len - i), &point);
        if (!dgm_utf8_is_space(point))
            break;
        i += used;
    }
    return i;
}

static void push_token(conllu *it, size_t from, size_t to)
{
    dgm_draft *draft = &it->reading->draft;
    dgm_span span = {(uint32_t)from, (uint32_t)(to - from)};
    DGM_PUSH(it->reader->arena, draft->tokens, draft->token_count, draft->token_capacity, span);
}

static size_t next_point(const char *text, size_t from, size_t to)
{
    from++;
    while (from < to && ((unsigned char)text[from] & 0xC0) == 0x80)
        from++;
    return from;
}

/* Part the surface [from, to) among the words of a multiword token: by their forms as far as these
 * are found there, then a character each, the last one taking the rest. */
static void push_parts(conllu *it, const word *words, uint32_t count, size_t from, size_t to)
{
    const char *text = it->reading->draft.text.bytes;
    for (uint32_t i = 0; i < count; i++) {
        dgm_str form = words[i].form;
        size_t end = from;
        if (i + 1 == count)
            end = to;
        else if (form.len <= to - from && memcmp(text + from, form.ptr, form.len) == 0)
            end = from + form.len;
        else if (from < to)
            end = next_point(text, from, to);
        push_token(it, from, end);
        from = end;
    }
}

/* Place the sentence's words in the text from `from` on; false when one is not there. */
static bool place_words(conllu *it, size_t from)
{
    const sentence *now = &it->now;
    const dgm_written *text = &it->reading->draft.text;
    for (uint32_t i = 0; i < now->count;) {
        const word *at = &now->words[i];
        dgm_str rest = {text->bytes + from, text->len - from};
        size_t skip = space_length(rest);
        rest = dgm_str_sub(rest, skip, rest.len - skip);
        if (!dgm_str_starts(rest, at->form))
            return false;
        from += skip;
        uint32_t parts = 0;
        while (at->parts > 1 && i + 1 + parts < now->count && now->words[i + 1 + parts].parts == 0)
            parts++;
        if (parts)
            push_parts(it, at + 1, parts, from, from + at->form.len);
        else
            push_token(it, from, from + at->form.len);
        from += at->form.len;
        i += 1 + parts;
    }
    return true;
}

static void write_forms(conllu *it)
{
    dgm_written *text = &it->reading->draft.text;
    const sentence *now = &it->now;
    dgm_damage silent = {0};
    bool is_space = false;
    for (uint32_t i = 0; i < now->count; i++) {
        const word *at = &now->words[i];
        if (!at->parts)
            continue;
        if (is_space)
            dgm_written_unit(text, DGM_STR(" "), at->source, 0);
        dgm_mend_write(text, at->raw, at->source, &silent);
        is_space = at->is_space_after;
    }
}

/* The offset map as it was, so that text which does not hold its tokens can be taken back. */
typedef struct state {
    size_t len;
    uint32_t runs, tokens;
} state;

static void write_sentence_text(conllu *it)
{
    dgm_draft *draft = &it->reading->draft;
    dgm_damage silent = {0};
    state before = {draft->text.len, draft->text.run_count, draft->token_count};
    if (it->now.text.len) {
        dgm_mend_write(&draft->text, it->now.text, it->now.text_source, &silent);
        if (place_words(it, before.len))
            return;
        dgm_reader_note(it->reader, it->now.line, it->now.text_source, false,
                        "the text does not hold its tokens; rebuilt from them");
        draft->text.len = before.len;
        draft->text.run_count = before.runs;
        draft->token_count = before.tokens;
    }
    write_forms(it);
    (void)place_words(it, before.len);
}

static void write_gap(conllu *it)
{
    dgm_written *text = &it->reading->draft.text;
    bool is_first = it->reading->draft.sentence_count == 0;
    if (is_first)
        return;
    uint64_t source = it->now.words[0].source;
    if (it->now.is_new_paragraph) {
        it->paragraph++;
        dgm_written_unit(text, DGM_STR("\n\n"), source, 0);
    } else if (it->is_space_before) {
        dgm_written_unit(text, DGM_STR(" "), source, 0);
    }
}

static void end_sentence(conllu *it)
{
    dgm_draft *draft = &it->reading->draft;
    if (it->now.count) {
        write_gap(it);
        uint32_t begin = (uint32_t)draft->text.len, first = draft->token_count;
        write_sentence_text(it);
        dgm_given_sentence given = {.span = {begin, (uint32_t)draft->text.len - begin},
                                    .first = first,
                                    .count = draft->token_count - first,
                                    .paragraph = it->paragraph};
        DGM_PUSH(it->reader->arena, draft->sentences, draft->sentence_count,
                 draft->sentence_capacity, given);
        uint32_t last = it->now.count - 1;
        while (last && !it->now.words[last].parts) /* the surface of a multiword token decides */
            last--;
        it->is_space_before = it->now.words[last].is_space_after;
    }
    it->now = (sentence){0};
}

static dgm_str default_id(conllu *it)
{
    dgm_str base = dgm_path_base(it->reader->path);
    dgm_damage silent = {0};
    if (dgm_str_ends(base, DGM_STR(".conllu")) && base.len > 7)
        base.len -= 7;
    return dgm_mend_str(it->reader->arena, base, 0, &silent);
}

/* True when the line was taken; false when it begins the next document. */
static bool take_line(conllu *it, const dgm_line *line)
{
    dgm_str bytes = line->bytes;
    while (bytes.len && bytes.ptr[bytes.len - 1] == '\r')
        bytes.len--;
    if (!dgm_str_trim(bytes).len) {
        end_sentence(it);
        return true;
    }
    dgm_str value;
    bool is_comment = bytes.ptr[0] == '#';
    if (is_comment && it->reading->draft.sentence_count + it->now.count > 0 &&
        (comment_value(bytes, "newdoc", &value) || comment_value(bytes, "newdoc id", &value)))
        return false;
    it->damage.line = line->number;
    dgm_str row = dgm_mend_str(it->reader->arena, bytes, line->offset, &it->damage);
    if (!it->now.line)
        it->now.line = line->number;
    if (is_comment)
        take_comment(it, row,
                     &(dgm_line){.bytes = bytes, .offset = line->offset, .number = line->number});
    else
        take_row(it, bytes, line);
    return true;
}

static dgm_status take_document(conllu *it)
{
    dgm_reader *reader = it->reader;
    dgm_line line;
    bool found;
    for (;;) {
        DGM_TRY(dgm_source_line(&reader->source, &line, &found, it->reading->err));
        if (!found)
            break;
        if (line.is_too_long) {
            dgm_reader_note(reader, line.number, line.offset, false, "a line of 4 GiB or more");
        } else if (!take_line(it, &line)) {
            dgm_source_unread(&reader->source, &line);
            break;
        }
    }
    end_sentence(it);
    return DGM_OK;
}

dgm_status dgm_conllu_read(dgm_reading *reading)
{
    dgm_reader *reader = reading->reader;
    conllu it = {.reading = reading, .reader = reader, .damage = {.reader = reader}};
    dgm_draft *draft = &reading->draft;
    DGM_TRY(take_document(&it));
    dgm_damage_end(&it.damage);
    if (!draft->id.len)
        draft->id = default_id(&it);
    if (draft->text.is_too_long) {
        dgm_reader_note(reader, 0, 0, true, "a text of 4 GiB or more");
        draft->text.len = 0;
    } else if (!draft->text.len && !reader->has_content) {
        dgm_reader_note(reader, 0, 0, false, "empty file");
    }
    reader->has_content = true;
    return DGM_OK;
}
