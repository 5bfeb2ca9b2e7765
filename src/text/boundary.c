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
        return s.len == 1        ? STOP_FULL
               : s.ptr[1] == '.' ? STOP_ELLIPSIS
               : s.ptr[1] == '?' ? STOP_LOUD
                                 : STOP_NONE;
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
    static const char *const closers[] = {
        ")",        "]", "}", "\xE2\x80\x9D", "\xE2\x80\x99", "\xE2\x80\x99\xE2\x80\x99",
        "\xC2\xBB", NULL};
    dgm_str s = form(lexer, i);
    if (is_straight_quote(s)) {
        bool is_glued_next = i + 1 < lexer->count && lexer->pieces[i + 1].is_glued &&
                             !strchr(")]}", form(lexer, i + 1).ptr[0]);
        if (lexer->pieces[i].is_glued)
            return is_open || !is_glued_next;
        return is_open && !is_glued_next;
    }
    return lexer->pieces[i].kind == DGM_PIECE_FACE ||
           (lexer->pieces[i].is_glued && is_one_of(s, closers));
}

/* A stop by itself behind another one, as in ". . ." or "? ?"; an ellipsis that stands apart behind
 * a full stop shows what was left out before the next sentence. */
static bool is_more_stop(const dgm_lexer *lexer, uint32_t i)
{
    stop kind = stop_of(lexer, i);
    if (kind == STOP_ELLIPSIS && !lexer->pieces[i].is_glued && stop_of(lexer, i - 1) == STOP_FULL)
        return false;
    return kind != STOP_NONE && !lexer->pieces[i].abbr;
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

static uint32_t starter_bits(const dgm_lexer *lexer, uint32_t i)
{
    uint32_t bits = dgm_map_get(&lexer->splitter->starters, form(lexer, i));
    return bits == DGM_MAP_NONE ? 0 : bits;
}

static bool is_starter(const dgm_lexer *lexer, uint32_t i)
{
    return i < lexer->count && (starter_bits(lexer, i) & DGM_STARTER_START);
}

/* A word of saying soon behind i: the quoted question was not the whole sentence. */
static bool is_said(const dgm_lexer *lexer, uint32_t i)
{
    for (uint32_t last = i + 4; i < last && i < lexer->count && stop_of(lexer, i) == STOP_NONE; i++)
        if (starter_bits(lexer, i) & DGM_STARTER_SAY)
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

/* "1." at the front of a list item, or of a list in a sentence ("my comments: 1. ..."). */
static bool is_item_number(const dgm_lexer *lexer, uint32_t i, uint32_t from)
{
    if (i == from || first_letter(lexer, i - 1) != LETTER_DIGIT ||
        lexer->pieces[i - 1].span.len > 3)
        return false;
    return i - 1 == from || (i - 2 == from && first_letter(lexer, from) == LETTER_NONE) ||
           dgm_str_is(form(lexer, i - 2), ":");
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
    if (first == LETTER_LOWER && form(lexer, close - 1).ptr[0] == ')') /* 'he ("I won.") and she' */
        return false;
    switch (stop_of(lexer, i)) {
    case STOP_FULL:
        return ends_after_full_stop(lexer, i, next, from);
    case STOP_LOUD:
        if (i > from && form(lexer, i - 1).ptr[0] == ',') /* a sign that was no letter: ",?" */
            return false;
        if (first == LETTER_LOWER)
            return close == i + 1 && !lexer->pieces[close].is_glued;
        return !(close > i + 1 && is_said(lexer, next));
    case STOP_ELLIPSIS:
        return first == LETTER_UPPER && i > from;
    case STOP_WIDE:
        return true;
    default:
        return false;
    }
}

/* Ends without a stop: letters, mail and lists that lost their line breaks. */

static bool is_clock_half(const dgm_lexer *lexer, uint32_t i)
{
    return dgm_folded_get(&lexer->splitter->units, form(lexer, i)) == DGM_UNIT_CLOCK;
}

/* "26/09/2000 14:14", "01/19/2001 07:24 AM" at `at`: the place behind it, otherwise `at`. */
static uint32_t stamp_end(const dgm_lexer *lexer, uint32_t at)
{
    if (at + 1 >= lexer->count || lexer->pieces[at].kind != DGM_PIECE_DATE ||
        lexer->pieces[at + 1].kind != DGM_PIECE_CLOCK)
        return at;
    return at + 2 + (at + 2 < lexer->count && is_clock_half(lexer, at + 2));
}

/* A stamp that stands alone: "Ann Lund 26/09/2000 14:14 The talks"; not "On 26/09/2000 14:14". */
static bool is_stamp_edge(const dgm_lexer *lexer, uint32_t i, uint32_t from)
{
    uint32_t next = i + 1;
    if (first_letter(lexer, i) == LETTER_UPPER && !is_starter(lexer, i) &&
        !is_clock_half(lexer, i) && stamp_end(lexer, next) > next)
        return true;
    for (uint32_t first = i > from + 2 ? i - 2 : from; first < i; first++)
        if (stamp_end(lexer, first) == next)
            return first_letter(lexer, next) == LETTER_UPPER;
    return false;
}

/* "Regards, Ann": the comma ends the closing words of a letter. */
static bool is_closing(const dgm_lexer *lexer, uint32_t i, uint32_t from)
{
    return i == from + 1 && dgm_str_is(form(lexer, i), ",") &&
           (starter_bits(lexer, from) & DGM_STARTER_CLOSING) &&
           first_letter(lexer, i + 1) == LETTER_UPPER && !is_starter(lexer, i + 1) &&
           (i + 2 >= lexer->count || form(lexer, i + 2).ptr[0] != ',');
}

static bool ends_without_stop(const dgm_lexer *lexer, uint32_t i, uint32_t from)
{
    uint32_t next = i + 1;
    if (next >= lexer->count || lexer->pieces[next].is_glued)
        return false;
    switch ((dgm_piece_kind)lexer->pieces[i].kind) {
    case DGM_PIECE_ADDRESS:
        return lexer->pieces[next].kind == DGM_PIECE_ADDRESS ||
               first_letter(lexer, next) == LETTER_UPPER;
    case DGM_PIECE_FACE:
        return first_letter(lexer, next) == LETTER_UPPER;
    default:
        return is_stamp_edge(lexer, i, from) || is_closing(lexer, i, from);
    }
}

uint32_t dgm_sentence_end(const dgm_lexer *lexer, uint32_t from)
{
    bool is_open = false; /* a straight quote was opened and not closed */
    for (uint32_t i = from; i < lexer->count; i++) {
        if (is_straight_quote(form(lexer, i)))
            is_open = !is_open;
        if (stop_of(lexer, i) == STOP_NONE) {
            if (ends_without_stop(lexer, i, from))
                return i + 1;
            continue;
        }
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
