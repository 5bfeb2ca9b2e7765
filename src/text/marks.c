/* What stands in brackets without being prose: reference marks "[8]", and glosses that give a name
 * again in another language or script, "(Korean: ...; Persian: ...)". */
#include "text/text_priv.h"

enum {
    MARK_BYTES = 48,   /* longest inner text of a mark */
    GLOSS_BYTES = 600, /* longest gloss */
    GLOSS_DEPTH = 8
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Digits with ",", "-", an en dash or spaces between them: "8", "13, 14", "8-10". */
static bool is_number_list(dgm_str s)
{
    bool has_digit = false;
    for (size_t i = 0; i < s.len; i++) {
        bool is_dash = i + 3 <= s.len && memcmp(s.ptr + i, "\xE2\x80\x93", 3) == 0;
        if (is_dash)
            i += 2;
        else if (is_digit(s.ptr[i]))
            has_digit = true;
        else if (s.ptr[i] != ',' && s.ptr[i] != '-' && s.ptr[i] != ' ')
            return false;
    }
    return has_digit && is_digit(s.ptr[0]);
}

/* "note 1", "nb a": a word of the table, then a number or one letter. */
static bool is_counted(const dgm_splitter *splitter, dgm_str s)
{
    size_t space = 0;
    while (space < s.len && s.ptr[space] != ' ')
        space++;
    dgm_str word = dgm_str_sub(s, 0, space),
            rest = dgm_str_trim(dgm_str_sub(s, space, s.len - space));
    if (!rest.len || dgm_folded_get(&splitter->marks, word) != DGM_MARK_COUNTED)
        return false;
    return is_number_list(rest) || (rest.len == 1 && rest.ptr[0] >= 'a' && rest.ptr[0] <= 'z');
}

static bool is_mark(const dgm_splitter *splitter, dgm_str inner)
{
    if (!inner.len)
        return false;
    if (inner.len == 1 && inner.ptr[0] >= 'a' && inner.ptr[0] <= 'z')
        return true;
    return is_number_list(inner) || is_counted(splitter, inner) ||
           dgm_folded_get(&splitter->marks, inner) == DGM_MARK_WORDS;
}

static void note(dgm_lexer *lexer, dgm_str inner)
{
    dgm_mark mark = {.inner = {(uint32_t)(inner.ptr - lexer->text.ptr), (uint32_t)inner.len},
                     .before = lexer->count};
    DGM_PUSH(lexer->arena, lexer->marks, lexer->mark_count, lexer->mark_capacity, mark);
}

/* Each number of a list is a mark of its own; all else is one. */
static void note_each(dgm_lexer *lexer, dgm_str inner)
{
    dgm_str piece;
    if (!is_number_list(inner)) {
        note(lexer, inner);
        return;
    }
    while (dgm_str_cut(&inner, ',', &piece))
        if (piece.len)
            note(lexer, piece);
}

/* Pages behind a mark, ":12" or ":12-14", as encyclopedias write them. */
static uint32_t skip_pages(const dgm_lexer *lexer, uint32_t at)
{
    const char *text = lexer->text.ptr;
    if (at + 1 >= lexer->end || text[at] != ':' || !is_digit(text[at + 1]))
        return at;
    uint32_t i = at + 1;
    while (i < lexer->end) {
        bool is_dash = i + 4 <= lexer->end && memcmp(text + i, "\xE2\x80\x93", 3) == 0;
        if (is_dash && is_digit(text[i + 3]))
            i += 3;
        else if (text[i] == '-' && i + 1 < lexer->end && is_digit(text[i + 1]))
            i++;
        else if (!is_digit(text[i]))
            break;
        i++;
    }
    return i;
}

uint32_t dgm_mark_skip(dgm_lexer *lexer, uint32_t at)
{
    const char *text = lexer->text.ptr;
    uint32_t limit = lexer->end - at > MARK_BYTES ? at + MARK_BYTES : lexer->end;
    uint32_t i = at + 1;
    while (i < limit && text[i] != ']' && text[i] != '[')
        i++;
    if (i >= limit || text[i] != ']')
        return at;
    dgm_str inner = dgm_str_trim((dgm_str){text + at + 1, i - at - 1});
    if (!is_mark(lexer->splitter, inner))
        return at;
    note_each(lexer, inner);
    return skip_pages(lexer, i + 1);
}

/* The place behind the bracket that closes the one at `at`; `at` when there is none near. */
static uint32_t closing(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t limit = lexer->end - at > GLOSS_BYTES ? at + GLOSS_BYTES : lexer->end;
    uint32_t depth = 0;
    for (uint32_t i = at; i < limit; i++) {
        if (lexer->text.ptr[i] == '(' && ++depth > GLOSS_DEPTH)
            return at;
        if (lexer->text.ptr[i] == ')' && --depth == 0)
            return i + 1;
    }
    return at;
}

/* "Korean: ...", also "Old Persian: ...", "lit. ...": a language in the first words, then a colon.
 */
static bool opens_with_language(const dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    dgm_str rest = {lexer->text.ptr + from, to - from};
    for (int words = 0; words < 4 && rest.len; words++) {
        size_t len = 0;
        while (len < rest.len && !strchr(" :,;)", rest.ptr[len]))
            len++;
        bool is_language =
            dgm_map_get(&lexer->splitter->languages, dgm_str_sub(rest, 0, len)) != DGM_MAP_NONE;
        bool is_short = len && rest.ptr[len - 1] == '.'; /* "lit." needs no colon */
        if (is_language && len < rest.len && (rest.ptr[len] == ':' || is_short))
            return true;
        if (len == rest.len || rest.ptr[len] != ' ')
            return false;
        rest = dgm_str_sub(rest, len + 1, rest.len - len - 1);
    }
    return false;
}

/* At least a third of the letters are of other scripts. */
static bool is_foreign(const dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    uint32_t letters = 0, foreign = 0, used;
    for (uint32_t i = from; i < to; i += used) {
        int32_t point = dgm_lexer_peek(lexer, i, &used);
        if (!dgm_utf8_is_letter(point))
            continue;
        letters++;
        foreign += !dgm_utf8_is_latin(point);
    }
    return foreign > 1 && 3 * foreign >= letters;
}

uint32_t dgm_gloss_skip(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t end = closing(lexer, at);
    if (end == at)
        return at;
    if (opens_with_language(lexer, at + 1, end - 1) || is_foreign(lexer, at + 1, end - 1))
        return end;
    return at;
}
