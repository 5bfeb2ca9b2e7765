/* Pieces: see pieces.h. ASCII goes a short way; other letters are decomposed by utf8proc, and a few
 * that Unicode does not decompose (ø, ł, ı ...) have their plain letter in a table. */
#include "ground/pieces.h"
#include "base/hash.h"
#include "base/utf8.h"

#include <utf8proc.h>

typedef struct cutter {
    uint64_t folded, exact;
    uint32_t upper, lower, letters;
    bool first_is_upper, is_open;
} cutter;

static const struct {
    int32_t point;
    char plain[3];
} plain_letters[] = {{0xC6, "AE"}, {0xD0, "D"},   {0xD8, "O"},   {0xDE, "Th"}, {0xDF, "ss"},
                     {0xE6, "ae"}, {0xF0, "d"},   {0xF8, "o"},   {0xFE, "th"}, {0x110, "D"},
                     {0x111, "d"}, {0x126, "H"},  {0x127, "h"},  {0x131, "i"}, {0x141, "L"},
                     {0x142, "l"}, {0x152, "OE"}, {0x153, "oe"}, {0x18F, "E"}, {0x259, "e"}};

static void add_ascii(cutter *c, unsigned char byte)
{
    bool is_upper = byte >= 'A' && byte <= 'Z', is_lower = byte >= 'a' && byte <= 'z';
    if (is_upper || is_lower) {
        if (!c->letters)
            c->first_is_upper = is_upper;
        c->letters++;
    }
    c->upper += is_upper;
    c->lower += is_lower;
    unsigned char low = is_upper ? (unsigned char)(byte + 32) : byte;
    c->folded = (c->folded ^ low) * 0x100000001b3ULL;
    c->exact = (c->exact ^ byte) * 0x100000001b3ULL;
    c->is_open = true;
}

static void add_other(cutter *c, int32_t point)
{
    int32_t low = utf8proc_tolower(point);
    if (dgm_utf8_is_upper(point)) {
        if (!c->letters)
            c->first_is_upper = true;
        c->upper++, c->letters++;
    } else if (utf8proc_category(point) == UTF8PROC_CATEGORY_LL) {
        c->lower++, c->letters++;
    }
    c->folded = dgm_hash_more(c->folded, &low, sizeof low);
    c->exact = dgm_hash_more(c->exact, &point, sizeof point);
    c->is_open = true;
}

/* A letter or digit beyond ASCII, without its accents. */
static void add_point(cutter *c, int32_t point)
{
    for (size_t i = 0; i < sizeof plain_letters / sizeof *plain_letters; i++)
        if (plain_letters[i].point == point) {
            for (const char *at = plain_letters[i].plain; *at; at++)
                add_ascii(c, (unsigned char)*at);
            return;
        }
    utf8proc_int32_t parts[8];
    int last = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char(point, parts, 8, UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK, &last);
    for (utf8proc_ssize_t i = 0; i < count && i < 8; i++)
        if (parts[i] < 0x80)
            add_ascii(c, (unsigned char)parts[i]);
        else
            add_other(c, parts[i]);
}

static dgm_shape shape_of(const cutter *c)
{
    if (!c->upper)
        return c->lower ? DGM_SHAPE_LOWER : DGM_SHAPE_OTHER;
    if (!c->lower)
        return DGM_SHAPE_CAPS;
    return c->upper == 1 && c->first_is_upper ? DGM_SHAPE_INITIAL : DGM_SHAPE_MIXED;
}

static void close_piece(dgm_pieces *pieces, cutter *c, dgm_span span, uint32_t token)
{
    if (!c->is_open)
        return;
    uint64_t folded = dgm_hash_end(c->folded);
    dgm_piece piece = {.folded = folded ? folded : 1,
                       .exact = (uint32_t)dgm_hash_end(c->exact),
                       .token = token,
                       .span = span,
                       .shape = (uint8_t)shape_of(c),
                       .letters = (uint8_t)(c->letters < 255 ? c->letters : 255),
                       .is_joined = pieces->joins_next};
    DGM_PUSH(pieces->arena, pieces->items, pieces->count, pieces->capacity, piece);
    pieces->joins_next = false;
    *c = (cutter){.folded = DGM_HASH_START, .exact = DGM_HASH_START};
}

typedef enum sort { CONTENT, SILENT, HYPHEN, APOSTROPHE, BREAK } sort;

static sort sort_of_ascii(unsigned char byte)
{
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
        (byte >= '0' && byte <= '9') || byte == '$')
        return CONTENT;
    switch (byte) {
    case '.':
        return SILENT;
    case '-':
    case '/':
        return HYPHEN;
    case '\'':
    case '`':
    case '&':
        return APOSTROPHE;
    default:
        return BREAK;
    }
}

static sort sort_of(int32_t point)
{
    if (point >= 0 && point < 0x80)
        return sort_of_ascii((unsigned char)point);
    if (point == 0x2010 || point == 0x2011 || point == 0x2013 || point == 0x2212)
        return HYPHEN;
    if (point == 0x2018 || point == 0x2019)
        return APOSTROPHE;
    if (point < 0)
        return BREAK;
    utf8proc_category_t category = utf8proc_category(point);
    if (category == UTF8PROC_CATEGORY_LM || category == UTF8PROC_CATEGORY_CF)
        return SILENT; /* ʻokina, soft hyphen */
    return dgm_utf8_is_letter(point) || dgm_utf8_is_digit(point) ? CONTENT : BREAK;
}

/* Punctuation alone: a hyphen joins what follows, an apostrophe is nothing, the rest breaks. */
static void cut_nothing(dgm_pieces *pieces, sort seen, uint32_t off, uint32_t token)
{
    if (seen == HYPHEN)
        pieces->joins_next = true;
    if (seen == HYPHEN || seen == APOSTROPHE)
        return;
    dgm_piece piece = {.token = token, .span = {off, 0}};
    DGM_PUSH(pieces->arena, pieces->items, pieces->count, pieces->capacity, piece);
    pieces->joins_next = false;
}

/* The ASCII letters and digits from `i` on, which is most of any text; gives where they end. */
static size_t add_run(cutter *c, dgm_str s, size_t i)
{
    uint64_t folded = c->folded, exact = c->exact;
    uint32_t upper = 0, lower = 0;
    for (; i < s.len; i++) {
        const unsigned char byte = (unsigned char)s.ptr[i], low = byte | 0x20;
        const bool is_letter = low >= 'a' && low <= 'z', is_upper = is_letter && byte < 'a';
        if (!is_letter && !(byte >= '0' && byte <= '9') && byte != '$')
            break;
        if (is_letter && !(c->letters + upper + lower))
            c->first_is_upper = is_upper;
        upper += is_upper;
        lower += is_letter && !is_upper;
        folded = (folded ^ (is_letter ? low : byte)) * 0x100000001b3ULL;
        exact = (exact ^ byte) * 0x100000001b3ULL;
    }
    c->folded = folded;
    c->exact = exact;
    c->upper += upper;
    c->lower += lower;
    c->letters += upper + lower;
    c->is_open = true;
    return i;
}

void dgm_pieces_cut(dgm_pieces *pieces, dgm_str s, uint32_t off, uint32_t token)
{
    cutter c = {.folded = DGM_HASH_START, .exact = DGM_HASH_START};
    uint32_t before = pieces->count;
    size_t start = 0, end = 0;
    sort only = HYPHEN;
    for (size_t i = 0; i < s.len;) {
        int32_t point = (unsigned char)s.ptr[i];
        size_t used = point < 0x80 ? 1 : dgm_utf8_decode((dgm_str){s.ptr + i, s.len - i}, &point);
        sort kind = sort_of(point);
        if (kind == CONTENT) {
            if (!c.is_open)
                start = i;
            if (point >= 0x80)
                add_point(&c, point);
            end = point < 0x80 ? add_run(&c, s, i) : i + used;
            used = end - i;
        } else if (kind == SILENT) {
            end = c.is_open ? i + used : end; /* "U.S." keeps its last dot */
            only = c.is_open || pieces->count > before ? only : BREAK;
        } else {
            close_piece(pieces, &c, (dgm_span){off + (uint32_t)start, (uint32_t)(end - start)},
                        token);
            if (kind == HYPHEN)
                pieces->joins_next = true;
            only = kind > only ? kind : only;
        }
        i += used;
    }
    close_piece(pieces, &c, (dgm_span){off + (uint32_t)start, (uint32_t)(end - start)}, token);
    if (pieces->count == before)
        cut_nothing(pieces, only, off, token);
}
