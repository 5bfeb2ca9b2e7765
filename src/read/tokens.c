/* Tokens given as text: a sentence a line, tokens parted by spaces; an empty line begins a
 * paragraph. One document a file. Sentences and tokens are kept as given; the text is the tokens
 * with a space between them and a line break behind each sentence. */
#include "read/read_priv.h"

typedef struct given_lines {
    dgm_reading *reading;
    dgm_damage damage;
    uint32_t paragraph;
    bool is_new_paragraph;
} given_lines;

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static void push_token(given_lines *it, dgm_str token, uint64_t source)
{
    dgm_draft *draft = &it->reading->draft;
    uint32_t begin = (uint32_t)draft->text.len;
    dgm_mend_write(&draft->text, token, source, &it->damage);
    dgm_span span = {begin, (uint32_t)draft->text.len - begin};
    DGM_PUSH(it->reading->reader->arena, draft->tokens, draft->token_count, draft->token_capacity,
             span);
}

static void push_tokens(given_lines *it, dgm_str bytes, uint64_t source)
{
    uint32_t first = it->reading->draft.token_count;
    for (size_t i = 0; i < bytes.len;) {
        size_t from = i;
        while (i < bytes.len && !is_blank(bytes.ptr[i]))
            i++;
        if (i > from) {
            if (it->reading->draft.token_count > first)
                dgm_written_unit(&it->reading->draft.text, DGM_STR(" "), source + from - 1, 0);
            push_token(it, dgm_str_sub(bytes, from, i - from), source + from);
        }
        while (i < bytes.len && is_blank(bytes.ptr[i]))
            i++;
    }
}

static void take_line(given_lines *it, const dgm_line *line)
{
    dgm_draft *draft = &it->reading->draft;
    dgm_str bytes = dgm_str_trim(line->bytes);
    if (!bytes.len) {
        it->is_new_paragraph = draft->sentence_count > 0;
        return;
    }
    uint64_t source = line->offset + (uint64_t)(bytes.ptr - line->bytes.ptr);
    if (draft->sentence_count)
        dgm_written_unit(&draft->text, it->is_new_paragraph ? DGM_STR("\n\n") : DGM_STR("\n"),
                         source, 0);
    it->paragraph += it->is_new_paragraph;
    it->is_new_paragraph = false;
    it->damage.line = line->number;
    uint32_t begin = (uint32_t)draft->text.len, first = draft->token_count;
    push_tokens(it, bytes, source);
    dgm_given_sentence given = {.span = {begin, (uint32_t)draft->text.len - begin},
                                .first = first,
                                .count = draft->token_count - first,
                                .paragraph = it->paragraph};
    DGM_PUSH(it->reading->reader->arena, draft->sentences, draft->sentence_count,
             draft->sentence_capacity, given);
}

static dgm_status take_lines(given_lines *it)
{
    dgm_reader *reader = it->reading->reader;
    dgm_line line;
    bool found;
    for (;;) {
        DGM_TRY(dgm_source_line(&reader->source, &line, &found, it->reading->err));
        if (!found)
            return DGM_OK;
        if (line.is_too_long)
            dgm_reader_note(reader, line.number, line.offset, false, "a line of 4 GiB or more");
        else
            take_line(it, &line);
    }
}

dgm_status dgm_tokens_read(dgm_reading *reading)
{
    dgm_reader *reader = reading->reader;
    given_lines it = {.reading = reading, .damage = {.reader = reader}};
    dgm_damage silent = {0};
    if (reader->is_done)
        return DGM_OK;
    reader->is_done = true;
    DGM_TRY(take_lines(&it));
    dgm_damage_end(&it.damage);
    reading->draft.id = dgm_mend_str(reader->arena, dgm_path_base(reader->path), 0, &silent);
    if (reading->draft.text.is_too_long) {
        dgm_reader_note(reader, 0, 0, true, "a text of 4 GiB or more");
        reading->draft.text.len = 0;
    } else if (!reading->draft.text.len) {
        dgm_reader_note(reader, 0, 0, false, "empty file");
    }
    return DGM_OK;
}
