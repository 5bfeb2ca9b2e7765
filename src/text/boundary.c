/* Sentence boundaries: where, among the pieces of a segment, a sentence ends. A stop is looked at
 * together with what closes behind it (quotes, brackets) and with the word that comes next. */
#include "text/text_priv.h"

static dgm_str form(const dgm_lexer *lexer, uint32_t i)
{
    return dgm_span_of(lexer->text, lexer->pieces[i].span);
}

static bool is_one_of(dgm_str s, const char *const *list)
{
    for (; *list; list++)
        if (dgm_str_is(s, *list))
            return true;
    return false;
}

typedef enum stop { STOP_NONE, STOP_FULL, STOP_LOUD, STOP_ELLIPSIS, STOP_WIDE } stop;

static stop stop_of(const dgm_lexer *lexer, uint32_t i)
{
    static const char *const wide[] = {"\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F",
                                       "\xD8\x9F",     "\xE0\xA5\xA4", NULL};
    dgm_str s = form(lexer, i);
    if (lexer->pieces[i].abbr)
        return STOP_FULL;
    if (s.ptr[0] == '.')
        return s.len == 1 ? STOP_FULL : s.ptr[1] == '.' ? STOP_ELLIPSIS : STOP_NONE;
    if (s.ptr[0] == '!' || s.ptr[0] == '?')
        return STOP_LOUD;
    if (dgm_str_is(s, "\xE2\x80\xA6"))
        return STOP_ELLIPSIS;
    return is_one_of(s, wide) ? STOP_WIDE : STOP_NONE;
}

static bool is_straight_quote(dgm_str s)
{
    return dgm_str_is(s, "\"") || dgm_str_is(s, "'") || dgm_str_is(s, "''");
}

/* A sign behind a stop that belongs to the sentence that ends. */
static bool is_closer(const dgm_lexer *lexer, uint32_t i, bool is_open)
{
    static const char *const closers[] = {")",        "]", "}", "\xE2\x80\x9D", "\xE2\x80\x99",
                                          "\xC2\xBB", NULL};
    dgm_str s = form(lexer, i);
    if (is_straight_quote(s)) {
        bool is_glued_next = i + 1 < lexer->count && lexer->pieces[i + 1].is_glued;
        if (lexer->pieces[i].is_glued)
            return is_open || !is_glued_next;
        return is_open && !is_glued_next;
    }
    return lexer->pieces[i].is_glued && is_one_of(s, closers);
}

/* A stop by itself behind another one, as in ". . ." or "? ?". */
static bool is_more_stop(const dgm_lexer *lexer, uint32_t i)
{
    return stop_of(lexer, i) != STOP_NONE && !lexer->pieces[i].abbr;
}

/* The first piece from i on that is no opening sign, looking at most a few far. */
static uint32_t skip_openers(const dgm_lexer *lexer, uint32_t i)
{
    static const char *const openers[] = {"\"",
                                          "'",
                                          "(",
                                          "[",
                                          "``",
                                          "''",
                                          "-",
                                          "--",
                                          "*",
                                          "\xE2\x80\x9C",
                                          "\xE2\x80\x98",
                                          "\xC2\xAB",
                                          "\xE2\x80\x94",
                                          "\xE2\x80\x93",
                                          "\xE2\x80\xA2",
                                          NULL};
    uint32_t limit = i + 3;
    while (i < lexer->count && i < limit && is_one_of(form(lexer, i), openers))
        i++;
    return i;
}

typedef enum letter { LETTER_NONE, LETTER_UPPER, LETTER_LOWER, LETTER_OTHER, LETTER_DIGIT } letter;

static letter first_letter(const dgm_lexer *lexer, uint32_t i)
{
    int32_t point;
    if (i >= lexer->count)
        return LETTER_NONE;
    dgm_utf8_decode(form(lexer, i), &point);
    if (dgm_utf8_is_upper(point))
        return LETTER_UPPER;
    if (dgm_utf8_is_digit(point))
        return LETTER_DIGIT;
    if (!dgm_utf8_is_letter(point))
        return LETTER_NONE;
    return dgm_utf8_is_latin(point) || (point >= 0x370 && point < 0x530) ? LETTER_LOWER
                                                                         : LETTER_OTHER;
}

static bool is_starter(const dgm_lexer *lexer, uint32_t i)
{
    return i < lexer->count &&
           dgm_map_get(&lexer->splitter->starters, form(lexer, i)) == DGM_STARTER_START;
}

/* A word of saying soon behind i: the quoted question was not the whole sentence. */
static bool is_said(const dgm_lexer *lexer, uint32_t i)
{
    for (uint32_t last = i + 4; i < last && i < lexer->count && stop_of(lexer, i) == STOP_NONE; i++)
        if (dgm_map_get(&lexer->splitter->starters, form(lexer, i)) == DGM_STARTER_SAY)
            return true;
    return false;
}

/* May the sentence end with the abbreviation i, before piece `next`? */
static bool ends_after_abbreviation(const dgm_lexer *lexer, uint32_t i, uint32_t next)
{
    letter first = first_letter(lexer, next);
    switch ((dgm_abbr)lexer->pieces[i].abbr) {
    case DGM_ABBR_TITLE:
    case DGM_ABBR_NUMBER:
    case DGM_ABBR_INNER:
        return false;
    case DGM_ABBR_INITIAL:
        return i && first_letter(lexer, i - 1) == LETTER_LOWER && is_starter(lexer, next);
    default:
        return first == LETTER_UPPER && is_starter(lexer, next);
    }
}

/* "1." at the front of a list item. */
static bool is_item_number(const dgm_lexer *lexer, uint32_t i, uint32_t from)
{
    return i > from && i - from <= 2 && first_letter(lexer, i - 1) == LETTER_DIGIT &&
           lexer->pieces[i - 1].span.len <= 3 &&
           (i - 1 == from || first_letter(lexer, from) == LETTER_NONE);
}

static bool ends_after_full_stop(const dgm_lexer *lexer, uint32_t i, uint32_t next, uint32_t from)
{
    letter first = first_letter(lexer, next);
    if (lexer->pieces[i].abbr)
        return ends_after_abbreviation(lexer, i, next);
    if (is_item_number(lexer, i, from))
        return false;
    if (i + 1 < lexer->count && lexer->pieces[i + 1].is_glued && i + 1 == next)
        return first == LETTER_UPPER && i && first_letter(lexer, i - 1) != LETTER_DIGIT;
    return first != LETTER_NONE || !lexer->pieces[next].is_glued;
}

/* Does a sentence that began with piece `from` end between `close` - 1 and `close`, after stop i?
 */
static bool is_boundary(const dgm_lexer *lexer, uint32_t i, uint32_t close, uint32_t from)
{
    uint32_t next = skip_openers(lexer, close);
    if (next >= lexer->count)
        return next > close ? stop_of(lexer, i) != STOP_NONE && !lexer->pieces[i].abbr : true;
    letter first = first_letter(lexer, next);
    char c = form(lexer, close).ptr[0];
    if (c == ',' || c == ';' || c == ':' || c == ')' || c == ']' || c == '%' || c == '/')
        return false;
    switch (stop_of(lexer, i)) {
    case STOP_FULL:
        return ends_after_full_stop(lexer, i, next, from);
    case STOP_LOUD:
        if (first == LETTER_LOWER)
            return close == i + 1 && !lexer->pieces[close].is_glued &&
                   !dgm_str_is(form(lexer, i), "!");
        return !(close > i + 1 && is_said(lexer, next));
    case STOP_ELLIPSIS:
        return first == LETTER_UPPER;
    case STOP_WIDE:
        return true;
    default:
        return false;
    }
}

uint32_t dgm_sentence_end(const dgm_lexer *lexer, uint32_t from)
{
    bool is_open = false; /* a straight quote was opened and not closed */
    for (uint32_t i = from; i < lexer->count; i++) {
        if (is_straight_quote(form(lexer, i)))
            is_open = !is_open;
        if (stop_of(lexer, i) == STOP_NONE)
            continue;
        uint32_t close = i + 1;
        while (close < lexer->count && close < i + 8 &&
               (is_closer(lexer, close, is_open) || is_more_stop(lexer, close))) {
            if (is_straight_quote(form(lexer, close)))
                is_open = false;
            close++;
        }
        if (close >= lexer->count || is_boundary(lexer, i, close, from))
            return close;
        i = close - 1;
    }
    return lexer->count;
}
