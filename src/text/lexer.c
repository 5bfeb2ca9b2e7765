/* The lexer: a segment to pieces, from left to right, each byte looked at a bounded number of
 * times. Conventions are those of UD English EWT and GUM; words they rest on are in data/lexicon.
 */
#include "text/text_priv.h"

enum { REPLACEMENT = 0xFFFD, SOFT_HYPHEN = 0xAD };

int32_t dgm_lexer_peek(const dgm_lexer *lexer, uint32_t at, uint32_t *used)
{
    *used = 1;
    if (at >= lexer->end)
        return 0;
    unsigned char first = (unsigned char)lexer->text.ptr[at];
    if (first < 0x80)
        return first;
    int32_t point;
    *used = (uint32_t)dgm_utf8_decode((dgm_str){lexer->text.ptr + at, lexer->end - at}, &point);
    return point < 0 ? REPLACEMENT : point;
}

static char byte_at(const dgm_lexer *lexer, uint32_t at)
{
    return at < lexer->end ? lexer->text.ptr[at] : 0;
}

static bool is_ascii_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool is_upper_byte(char c)
{
    return c >= 'A' && c <= 'Z';
}

/* Letters and what stands for one: a mended byte is most often a lost letter. */
static bool is_letter(int32_t point)
{
    return point == REPLACEMENT || dgm_utf8_is_letter(point);
}

static bool is_letter_at(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t used;
    return is_letter(dgm_lexer_peek(lexer, at, &used));
}

/* Signs without width that are no part of the prose. */
static bool is_ignorable(int32_t point)
{
    return (point < 0x20 && point >= 0) || (point >= 0x7F && point < 0xA0) ||
           point == SOFT_HYPHEN || (point >= 0x200B && point <= 0x200F) ||
           (point >= 0x202A && point <= 0x202E) || (point >= 0x2060 && point <= 0x206F) ||
           (point >= 0xFE00 && point <= 0xFE0F) || point == 0xFEFF;
}

/* Length of an apostrophe at `at`; 0 when there is none. */
static uint32_t apostrophe_at(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t used;
    int32_t point = dgm_lexer_peek(lexer, at, &used);
    return point == '\'' || point == 0x2019 || point == 0x2BC ? used : 0;
}

static dgm_str between(const dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    return (dgm_str){lexer->text.ptr + from, to - from};
}

static void emit(dgm_lexer *lexer, uint32_t from, uint32_t to, dgm_abbr abbr)
{
    if (from == to)
        return;
    dgm_piece piece = {.span = {from, to - from},
                       .abbr = (uint8_t)abbr,
                       .is_glued = lexer->count && !lexer->is_spaced};
    DGM_PUSH(lexer->arena, lexer->pieces, lexer->count, lexer->capacity, piece);
    lexer->is_spaced = false;
    lexer->at = to;
}

/* The same, telling what kind of piece it is. */
static void emit_kind(dgm_lexer *lexer, uint32_t from, uint32_t to, dgm_piece_kind kind)
{
    emit(lexer, from, to, DGM_ABBR_NONE);
    if (from < to)
        lexer->pieces[lexer->count - 1].kind = (uint8_t)kind;
}

/* Words that written-together forms come to */

/* Part the word at `from` as the table says, "can|not". */
static void emit_parts(dgm_lexer *lexer, uint32_t from, dgm_str parts)
{
    dgm_str part;
    while (dgm_str_cut(&parts, '|', &part)) {
        emit(lexer, from, from + (uint32_t)part.len, DGM_ABBR_NONE);
        from += (uint32_t)part.len;
    }
}

/* Where the clitic that ends [from, to) begins; `to` when there is none. */
static uint32_t clitic_begin(const dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    uint32_t lowest = to - from > 8 ? to - 8 : from;
    for (uint32_t i = to; i-- > lowest;) {
        uint32_t width = apostrophe_at(lexer, i);
        if (!width)
            continue;
        bool is_not = i > from && dgm_folded_get(&lexer->splitter->clitics,
                                                 between(lexer, i - 1, to)) != DGM_MAP_NONE;
        if (is_not && i - 1 > from)
            return i - 1;
        if (i > from &&
            dgm_folded_get(&lexer->splitter->clitics, between(lexer, i, to)) != DGM_MAP_NONE)
            return i;
        return to;
    }
    return to;
}

/* Is the word behind the space at `at` one of `words`, and another space behind it? */
static bool is_before(const dgm_lexer *lexer, uint32_t at, dgm_str words)
{
    uint32_t end = at + 1;
    while (byte_at(lexer, end) >= 'a' && byte_at(lexer, end) <= 'z')
        end++;
    if (byte_at(lexer, at) != ' ' || end == at + 1 ||
        (end < lexer->end && !dgm_is_space(lexer->text.ptr[end])))
        return false;
    dgm_str next = between(lexer, at + 1, end), word;
    while (dgm_str_cut(&words, ' ', &word))
        if (dgm_str_eq(word, next))
            return true;
    return false;
}

/* The parts that the word [from, to) comes to; no bytes where it stays whole. */
static dgm_str parts_of(const dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    uint32_t found = dgm_folded_get(&lexer->splitter->wholes, between(lexer, from, to));
    /* Parts are measured in the bytes of the table, which a curly apostrophe would not keep. */
    if (found == DGM_MAP_NONE || memchr(lexer->text.ptr + from, '\xE2', to - from))
        return (dgm_str){0};
    const dgm_whole *whole = &lexer->splitter->parted[found];
    return !whole->before.len || is_before(lexer, to, whole->before) ? whole->parts : (dgm_str){0};
}

/* Emit a word, parted from its clitics. */
static void emit_word(dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    enum { CLITICS = 3 };
    uint32_t cuts[CLITICS], count = 0, end = to;
    dgm_str parts = parts_of(lexer, from, to);
    if (parts.len) {
        emit_parts(lexer, from, parts);
        return;
    }
    while (count < CLITICS) {
        uint32_t cut = clitic_begin(lexer, from, end);
        if (cut == end)
            break;
        cuts[count++] = end = cut;
    }
    emit(lexer, from, end, DGM_ABBR_NONE);
    while (count--)
        emit(lexer, cuts[count], count ? cuts[count - 1] : to, DGM_ABBR_NONE);
}

/* Words */

/* The end of the run of letters and digits that begins at `at`, with apostrophes inside it. */
static uint32_t word_end(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t used, last = at;
    while (at < lexer->end) {
        int32_t point = dgm_lexer_peek(lexer, at, &used);
        if (is_letter(point) || dgm_utf8_is_digit(point) || point == '_') {
            last = at;
            at += used;
            continue;
        }
        bool is_inside = point == SOFT_HYPHEN || point == 0x200C || point == 0x200D ||
                         (apostrophe_at(lexer, at) && is_letter_at(lexer, last)) ||
                         (point == '&' && is_upper_byte(byte_at(lexer, last)));
        if (!is_inside || !is_letter_at(lexer, at + used))
            break;
        if (point == '&' && !is_upper_byte(byte_at(lexer, at + 1)))
            break;
        at += used;
    }
    return at;
}

/* One letter at `at`, with no more of a word and no stop behind it: the "N" of "U.N". */
static bool is_lone_letter(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t used;
    if (!is_letter(dgm_lexer_peek(lexer, at, &used)))
        return false;
    char next = byte_at(lexer, at + used);
    return !is_letter_at(lexer, at + used) && next != '.' && !is_ascii_digit(next);
}

/* The end of letter groups with a stop after each, "U.S.", "Ph.D."; `at` when there is no stop. */
static uint32_t dotted_end(const dgm_lexer *lexer, uint32_t at, bool *is_single)
{
    uint32_t end = at, groups = 0, used;
    *is_single = true;
    while (end - at < DGM_WORD_BYTES) {
        uint32_t i = end, letters = 0;
        while (i < lexer->end && letters < DGM_WORD_BYTES &&
               is_letter(dgm_lexer_peek(lexer, i, &used)))
            i += used, letters++;
        bool is_ellipsis =
            byte_at(lexer, i + 1) == '.' && (!groups || byte_at(lexer, i + 2) == '.');
        if (!letters || byte_at(lexer, i) != '.' || is_ellipsis)
            break;
        *is_single = *is_single && letters == 1;
        groups++;
        end = i + 1;
    }
    *is_single = *is_single && (groups > 1 || (groups && is_lone_letter(lexer, end)));
    return end;
}

static bool number_follows(const dgm_lexer *lexer, uint32_t at)
{
    while (byte_at(lexer, at) == ' ')
        at++;
    return is_ascii_digit(byte_at(lexer, at)) || byte_at(lexer, at) == '#';
}

static dgm_abbr abbreviation(const dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    const dgm_map *map = &lexer->splitter->abbreviations;
    if (to - from > DGM_WORD_BYTES)
        return DGM_ABBR_NONE;
    uint32_t kind = dgm_map_get(map, between(lexer, from, to));
    if (kind == DGM_MAP_NONE) { /* in capitals throughout, "SEN. SMITH" */
        char form[DGM_WORD_BYTES];
        dgm_str word = between(lexer, from, to);
        for (size_t i = 0; i < word.len; i++)
            form[i] = (char)(i && is_upper_byte(word.ptr[i]) ? word.ptr[i] + 32 : word.ptr[i]);
        bool is_capitals = word.len > 3 && is_upper_byte(word.ptr[0]) && is_upper_byte(word.ptr[1]);
        if (is_capitals)
            kind = dgm_map_get(map, (dgm_str){form, word.len});
    }
    if (kind == DGM_MAP_NONE || (kind == DGM_ABBR_NUMBER && !number_follows(lexer, to)))
        return DGM_ABBR_NONE;
    return (dgm_abbr)kind;
}

/* An abbreviation with its stop at `at`: emitted, or false. */
static bool lex_abbreviation(dgm_lexer *lexer, uint32_t at)
{
    bool is_single;
    uint32_t end = dotted_end(lexer, at, &is_single), used;
    if (end == at)
        return false;
    if (is_single) {
        if (abbreviation(lexer, at, end) == DGM_ABBR_INNER) { /* "i.e." */
            emit(lexer, at, end, DGM_ABBR_INNER);
            return true;
        }
        if (is_lone_letter(lexer, end)) { /* "U.N" without its last stop */
            dgm_lexer_peek(lexer, end, &used);
            emit(lexer, at, end + used, DGM_ABBR_NONE);
            return true;
        }
        emit(lexer, at, end, DGM_ABBR_DOTTED);
        return true;
    }
    /* The longest beginning of it that the table knows. */
    for (uint32_t to = end; to > at; to--) {
        if (lexer->text.ptr[to - 1] != '.')
            continue;
        dgm_abbr kind = abbreviation(lexer, at, to);
        if (kind != DGM_ABBR_NONE) {
            emit(lexer, at, to, kind);
            return true;
        }
    }
    dgm_lexer_peek(lexer, at, &used);
    if (byte_at(lexer, at + used) == '.' && is_upper_byte(byte_at(lexer, at)) &&
        at + used + 1 < lexer->end && !is_letter_at(lexer, at + used + 1)) {
        emit(lexer, at, at + used + 1, DGM_ABBR_INITIAL);
        return true;
    }
    return false;
}

static bool is_host_byte(char c)
{
    return is_ascii_digit(c) || is_upper_byte(c) || (c >= 'a' && c <= 'z') || c == '-' || c == '_';
}

/* "comp.lang.misc": three parts and more in small letters are a name, whatever the last one is. */
static bool is_dotted_name(dgm_str s)
{
    uint32_t dots = 0, letters = 0;
    for (size_t i = 0; i < s.len; i++) {
        bool is_dot = s.ptr[i] == '.';
        if (is_dot ? letters < 2 : s.ptr[i] != '-' && (s.ptr[i] < 'a' || s.ptr[i] > 'z'))
            return false;
        dots += is_dot;
        letters = is_dot ? 0 : letters + 1;
    }
    return dots >= 2 && letters >= 2;
}

/* "news.example.org", "plan.pdf": the end of the name; `at` when the last part is no known one. */
static uint32_t host_end(const dgm_lexer *lexer, uint32_t at)
{
    enum { HOST_BYTES = 80 };
    uint32_t i = at, last = at;
    while (i < lexer->end && i - at < HOST_BYTES) {
        char c = lexer->text.ptr[i];
        if (c == '.' && i > at && is_host_byte(byte_at(lexer, i + 1)))
            last = i + 1;
        else if (!is_host_byte(c))
            break;
        i++;
    }
    bool is_known = last > at && dgm_folded_get(&lexer->splitter->domains,
                                                between(lexer, last, i)) != DGM_MAP_NONE;
    return is_known || is_dotted_name(between(lexer, at, i)) ? i : at;
}

static uint32_t affix(const dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    uint32_t kinds = dgm_folded_get(&lexer->splitter->affixes, between(lexer, from, to));
    return kinds == DGM_MAP_NONE ? 0 : kinds;
}

/* Go on over a hyphen or slash that does not part the word [from, to). */
static uint32_t joined_end(const dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    char c = byte_at(lexer, to);
    if (c != '-' && c != '/')
        return to;
    uint32_t next = word_end(lexer, to + 1);
    if (affix(lexer, from, next) & DGM_AFFIX_WHOLE)
        return next;
    if (c != '-' || next == to + 1 || byte_at(lexer, to + 1) == '-')
        return to;
    bool is_first = from == 0 || lexer->text.ptr[from - 1] != '-';
    if (is_first && affix(lexer, from, to) & DGM_AFFIX_PREFIX)
        return next;
    return affix(lexer, to + 1, next) & DGM_AFFIX_SUFFIX ? next : to;
}

/* "US$": the end of the sign, or `at`. */
static uint32_t currency_end(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t i = at;
    while (i - at < 3 && is_upper_byte(byte_at(lexer, i)))
        i++;
    return i > at && byte_at(lexer, i) == '$' ? i + 1 : at;
}

static void lex_word(dgm_lexer *lexer)
{
    uint32_t at = lexer->at, sign = currency_end(lexer, at);
    if (sign > at) {
        emit(lexer, at, sign, DGM_ABBR_NONE);
        return;
    }
    uint32_t end = word_end(lexer, at);
    if (byte_at(lexer, end) == '.') {
        uint32_t host = host_end(lexer, at);
        if (host > end) {
            emit(lexer, at, host, DGM_ABBR_NONE);
            return;
        }
        if (end - at <= DGM_WORD_BYTES && lex_abbreviation(lexer, at))
            return;
    }
    emit_word(lexer, at, joined_end(lexer, at, end));
}

/* Numbers */

/* A separator at `at` between digits that belongs to the number. */
static bool joins_digits(char c)
{
    return c == '.' || c == ',' || c == ':' || c == '/';
}

static uint32_t digits_end(const dgm_lexer *lexer, uint32_t at)
{
    while (is_ascii_digit(byte_at(lexer, at)))
        at++;
    return at;
}

/* "2005-12-02", "713-654-0365", "345-8702": dates and telephone numbers keep their hyphens. */
static uint32_t hyphenated_end(const dgm_lexer *lexer, uint32_t at, uint32_t end)
{
    uint32_t lengths[4] = {end - at}, count = 1, i = end;
    while (count < 4 && byte_at(lexer, i) == '-' && is_ascii_digit(byte_at(lexer, i + 1))) {
        uint32_t next = digits_end(lexer, i + 1);
        lengths[count++] = next - i - 1;
        i = next;
    }
    bool is_date = count == 3 && lengths[1] <= 2 &&
                   ((lengths[0] == 4 && lengths[2] <= 2) || (lengths[0] <= 2 && lengths[2] == 4));
    bool is_phone = (count == 2 && lengths[0] == 3 && lengths[1] == 4) ||
                    (count == 3 && lengths[0] == 3 && lengths[1] == 3 && lengths[2] == 4) ||
                    (count == 4 && lengths[0] <= 2 && lengths[1] == 3 && lengths[3] == 4) ||
                    (count == 2 && lengths[0] == 5 && lengths[1] == 4);
    return is_date || is_phone ? i : end;
}

static uint32_t number_end(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t end = digits_end(lexer, at);
    if (end > at && byte_at(lexer, end) == '-')
        end = hyphenated_end(lexer, at, end);
    while (joins_digits(byte_at(lexer, end)) && is_ascii_digit(byte_at(lexer, end + 1)))
        end = digits_end(lexer, end + 1);
    return end;
}

/* "26/09/2000", "2000-09-26"; "14:14", "6:00:56". */
static dgm_piece_kind number_kind(const dgm_lexer *lexer, uint32_t from, uint32_t to)
{
    uint32_t slashes = 0, colons = 0;
    for (uint32_t i = from; i < to; i++) {
        char c = lexer->text.ptr[i];
        slashes += c == '/' || c == '-';
        colons += c == ':';
        if (!is_ascii_digit(c) && c != '/' && c != '-' && c != ':')
            return DGM_PIECE_PLAIN;
    }
    if (slashes == 2 && !colons && to - from <= 10)
        return DGM_PIECE_DATE;
    return !slashes && colons && to - from <= 8 ? DGM_PIECE_CLOCK : DGM_PIECE_PLAIN;
}

/* What is written on to a number: kept ("7th", "1990s", "1990's"), or parted ("5km"). */
static uint32_t suffix_end(const dgm_lexer *lexer, uint32_t at, uint32_t end)
{
    uint32_t mark = apostrophe_at(lexer, end);
    if (mark && byte_at(lexer, end - 1) == '0' && byte_at(lexer, end + mark) == 's' &&
        !is_letter_at(lexer, end + mark + 1) && end - at <= 4)
        return end + mark + 1;
    if (!is_letter_at(lexer, end))
        return end;
    uint32_t word = word_end(lexer, end);
    if (dgm_folded_get(&lexer->splitter->units, between(lexer, end, word)) != DGM_MAP_NONE)
        return end;
    return clitic_begin(lexer, end, word) > end ? word : end;
}

static void lex_number(dgm_lexer *lexer)
{
    uint32_t at = lexer->at, start = at;
    while (byte_at(lexer, start) == '.' || byte_at(lexer, start) == '+')
        start++;
    uint32_t end = number_end(lexer, start);
    uint32_t host = byte_at(lexer, end) == '.' ? host_end(lexer, at) : at;
    if (host > end) {
        emit(lexer, at, host, DGM_ABBR_NONE);
        return;
    }
    end = suffix_end(lexer, start, end);
    uint32_t joined = joined_end(lexer, at, end);
    if (joined > end) {
        emit_word(lexer, at, joined);
        return;
    }
    emit_kind(lexer, at, end, number_kind(lexer, at, end));
}

/* Addresses */

/* Look at the run without white space that begins at `at`, once. */
static void look_at_chunk(dgm_lexer *lexer)
{
    uint32_t i = lexer->at;
    lexer->has_address = false;
    for (; i < lexer->end && !dgm_is_space(lexer->text.ptr[i]); i++) {
        char c = lexer->text.ptr[i];
        if (c == '@' || (c == ':' && byte_at(lexer, i + 1) == '/' && byte_at(lexer, i + 2) == '/'))
            lexer->has_address = true;
    }
    dgm_str chunk = between(lexer, lexer->at, i);
    const char *dots = memchr(chunk.ptr, '.', chunk.len);
    if (dots && dots - chunk.ptr >= 3 &&
        (!memcmp(dots - 3, "www", 3) || !memcmp(dots - 3, "WWW", 3)))
        lexer->has_address = true;
    lexer->chunk_end = i;
}

static uint32_t scheme_length(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t i = at;
    while (i - at < 12 && byte_at(lexer, i) >= 'A' && is_letter_at(lexer, i))
        i++;
    if (i > at && byte_at(lexer, i) == ':' && byte_at(lexer, i + 1) == '/' &&
        byte_at(lexer, i + 2) == '/')
        return i + 3 - at;
    return i - at == 3 && byte_at(lexer, i) == '.' && (lexer->text.ptr[at] | 0x20) == 'w' &&
                   (lexer->text.ptr[at + 1] | 0x20) == 'w'
               ? 4
               : 0;
}

/* The end of "name@host.org" or "name@office" at `at`, or `at`. */
static uint32_t mail_end(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t i = at;
    while (i < lexer->chunk_end && (is_host_byte(lexer->text.ptr[i]) || lexer->text.ptr[i] == '.' ||
                                    lexer->text.ptr[i] == '+'))
        i++;
    if (i == at || byte_at(lexer, i) != '@' || !is_host_byte(byte_at(lexer, i + 1)))
        return at;
    for (i++; i < lexer->chunk_end; i++) {
        char c = lexer->text.ptr[i];
        if (!is_host_byte(c) && !(c == '.' && is_host_byte(byte_at(lexer, i + 1))))
            break;
    }
    return i;
}

/* An address at a place where one may begin: emitted, or false. */
static bool lex_address(dgm_lexer *lexer)
{
    uint32_t at = lexer->at, end = at;
    if (at >= lexer->chunk_end)
        look_at_chunk(lexer);
    if (!lexer->has_address)
        return false;
    uint32_t scheme = scheme_length(lexer, at);
    if (scheme) {
        end = lexer->chunk_end;
        while (end > at + scheme && strchr(".,;:!?)]}>\"'*", lexer->text.ptr[end - 1]))
            end--;
    } else {
        end = mail_end(lexer, at);
    }
    emit_kind(lexer, at, end, scheme ? DGM_PIECE_ADDRESS : DGM_PIECE_PLAIN);
    return end > at;
}

/* Punctuation */

/* A clitic behind something that is no word, "(WTO)'s", "107's". */
static uint32_t loose_clitic_end(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t mark = byte_at(lexer, at) == '`' ? 1 : apostrophe_at(lexer, at);
    if (!mark || !lexer->count)
        return at;
    uint32_t end = word_end(lexer, at + mark);
    if (end == at + mark || end - at > 8 || (lexer->is_spaced && end - at - mark > 1))
        return at;
    return dgm_folded_get(&lexer->splitter->clitics, between(lexer, at, end)) != DGM_MAP_NONE ? end
                                                                                              : at;
}

/* Faces, and words that begin with an apostrophe: the longest of the table that stands alone. */
static uint32_t symbol_end(const dgm_lexer *lexer, uint32_t at, dgm_piece_kind *kind)
{
    enum { SYMBOL_BYTES = 6 };
    if (lexer->count && !lexer->is_spaced)
        return at;
    for (uint32_t len = SYMBOL_BYTES; len >= 2; len--) {
        if (at + len > lexer->end || is_letter_at(lexer, at + len) ||
            is_ascii_digit(byte_at(lexer, at + len)))
            continue;
        uint32_t kept = dgm_map_get(&lexer->splitter->symbols, between(lexer, at, at + len));
        if (kept == DGM_MAP_NONE)
            kept = dgm_folded_get(&lexer->splitter->symbols, between(lexer, at, at + len));
        if (kept == DGM_MAP_NONE)
            continue;
        *kind = kept == DGM_SYMBOL_FACE ? DGM_PIECE_FACE : DGM_PIECE_PLAIN;
        return at + len;
    }
    return at;
}

/* "'02", "'90s": a year cut short. */
static uint32_t short_year_end(const dgm_lexer *lexer, uint32_t at)
{
    uint32_t mark = apostrophe_at(lexer, at);
    if (!mark || (lexer->count && !lexer->is_spaced))
        return at;
    uint32_t end = digits_end(lexer, at + mark);
    if (end - at - mark != 2)
        return at;
    end += byte_at(lexer, end) == 's';
    return is_letter_at(lexer, end) ? at : end;
}

static bool runs(char c)
{
    return strchr(".-*_=~+#<>$", c) && c;
}

/* Curly single quotes in pairs stand for double ones. */
static bool is_single_quote(const char *bytes)
{
    return memcmp(bytes, "\xE2\x80\x98", 3) == 0 || memcmp(bytes, "\xE2\x80\x99", 3) == 0;
}

/* Signs that are one token together: "...", "--", "?!", "``". */
static uint32_t run_end(const dgm_lexer *lexer, uint32_t at, uint32_t used)
{
    char c = lexer->text.ptr[at];
    uint32_t i = at + used;
    bool is_loud = c == '!' || c == '?' || (c == '.' && byte_at(lexer, i) == '?');
    if (is_loud) {
        while (byte_at(lexer, i) == '!' || byte_at(lexer, i) == '?')
            i++;
    } else if (c == '-' || c == '=') { /* rules of them, "--==--" */
        while (byte_at(lexer, i) == c ||
               (i > at + 1 && (byte_at(lexer, i) == '-' || byte_at(lexer, i) == '=')))
            i++;
    } else if (runs(c)) {
        while (byte_at(lexer, i) == c)
            i++;
    } else if ((c == '`' || c == '\'') && byte_at(lexer, i) == c) {
        i++;
    } else if (used == 3 && i + 3 <= lexer->end && is_single_quote(lexer->text.ptr + at) &&
               is_single_quote(lexer->text.ptr + i)) {
        i += 3;
    }
    return i;
}

static void lex_punctuation(dgm_lexer *lexer, uint32_t used)
{
    dgm_piece_kind kind = DGM_PIECE_PLAIN;
    uint32_t at = lexer->at, end = symbol_end(lexer, at, &kind);
    if (end == at)
        end = loose_clitic_end(lexer, at);
    if (end == at)
        end = short_year_end(lexer, at);
    if (end == at && (byte_at(lexer, at) == '@' || byte_at(lexer, at) == '#') &&
        is_letter_at(lexer, at + 1) && (lexer->is_spaced || !lexer->count))
        end = word_end(lexer, at + 1);
    if (end == at)
        end = run_end(lexer, at, used);
    emit_kind(lexer, at, end, kind);
}

/* True when an address may begin here: behind white space or an opening sign. */
static bool may_begin(const dgm_lexer *lexer)
{
    return lexer->is_spaced || !lexer->count ||
           strchr("<([{\"':;,-", lexer->text.ptr[lexer->at - 1]);
}

static bool begins_number(const dgm_lexer *lexer, int32_t point)
{
    if (point < 0x80 && is_ascii_digit((char)point))
        return true;
    bool is_loose = lexer->is_spaced || !lexer->count || lexer->text.ptr[lexer->at - 1] == '$';
    return (point == '.' || point == '+') && is_loose &&
           is_ascii_digit(byte_at(lexer, lexer->at + 1));
}

/* Pass over what is no prose at `at`; false when a token begins there. */
static bool skip(dgm_lexer *lexer, int32_t point, uint32_t used)
{
    if (dgm_utf8_is_space(point) || is_ignorable(point)) {
        lexer->is_spaced = lexer->is_spaced || dgm_utf8_is_space(point);
        lexer->at += used;
        return true;
    }
    uint32_t to = lexer->at;
    if (point == '[')
        to = dgm_mark_skip(lexer, lexer->at);
    else if (point == '(')
        to = dgm_gloss_skip(lexer, lexer->at);
    bool is_skipped = to > lexer->at;
    lexer->at = to;
    return is_skipped;
}

static void lex_one(dgm_lexer *lexer)
{
    uint32_t used;
    int32_t point = dgm_lexer_peek(lexer, lexer->at, &used);
    if (skip(lexer, point, used))
        return;
    if (may_begin(lexer) && lex_address(lexer))
        return;
    if (is_letter(point))
        lex_word(lexer);
    else if (begins_number(lexer, point))
        lex_number(lexer);
    else if (dgm_utf8_is_digit(point) || point == '_')
        emit(lexer, lexer->at, word_end(lexer, lexer->at), DGM_ABBR_NONE);
    else
        lex_punctuation(lexer, used);
}

void dgm_lexer_run(dgm_lexer *lexer, dgm_span segment)
{
    lexer->at = lexer->chunk_end = segment.off;
    lexer->end = dgm_span_end(segment);
    lexer->count = lexer->mark_count = 0;
    lexer->is_spaced = true;
    while (lexer->at < lexer->end)
        lex_one(lexer);
}
