/* Features of a word: one pass folds the form into a small buffer, then its parts are hashed.
 * Bytes, not characters, are cut: a part need only be the same for the same word. */
#include "parse/feature.h"
#include "base/hash.h"

enum {
    HALF = 64, /* of longer words only so many bytes at both ends count */
    SHAPE_FIRST_UPPER = 1,
    SHAPE_SOME_UPPER = 2, /* beyond the first */
    SHAPE_ALL_UPPER = 4,
    SHAPE_DIGIT = 8,
    SHAPE_ALL_DIGIT = 16,
    SHAPE_HYPHEN = 32,
    SHAPE_LOWER = 64,
    SHAPE_OTHER = 128,
    SHAPE_LONG = 256,
    SHAPE_SINGLE = 512
};

typedef struct folded {
    char bytes[2 * HALF];
    size_t len;
    uint32_t upper, lower, digit, hyphen, other;
} folded;

/* Lower-cased in ASCII and Latin-1, digits as 0; counts the kinds. */
static void fold_bytes(folded *out, const char *bytes, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        unsigned char c = (unsigned char)bytes[i];
        if (c >= 'A' && c <= 'Z') {
            out->upper++;
            c = (unsigned char)(c + 32);
        } else if (c >= 'a' && c <= 'z') {
            out->lower++;
        } else if (c >= '0' && c <= '9') {
            out->digit++;
            c = '0';
        } else if (c == '-') {
            out->hyphen++;
        } else {
            out->other++;
            bool follows_c3 = i > 0 && (unsigned char)bytes[i - 1] == 0xC3;
            if (follows_c3 && c >= 0x80 && c <= 0x9E && c != 0x97)
                c = (unsigned char)(c + 32);
        }
        out->bytes[out->len++] = (char)c;
    }
}

/* The curly apostrophe of print, alone or in a clitic, is the straight one of the treebanks. */
static dgm_str straighten(dgm_str form, char buffer[16])
{
    if (form.len > 12)
        return form;
    size_t at = dgm_str_find(form, DGM_STR("\xE2\x80\x99"));
    if (at == SIZE_MAX)
        return form;
    memcpy(buffer, form.ptr, at);
    buffer[at] = '\'';
    memcpy(buffer + at + 1, form.ptr + at + 3, form.len - at - 3);
    return (dgm_str){buffer, form.len - 2};
}

static uint32_t shape_of(const folded *word, dgm_str form)
{
    size_t len = word->len;
    uint32_t shape = 0;
    if (form.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z')
        shape |= SHAPE_FIRST_UPPER;
    shape |= word->upper > 1 ? SHAPE_SOME_UPPER : 0;
    shape |= word->upper == len ? SHAPE_ALL_UPPER : 0;
    shape |= word->digit ? SHAPE_DIGIT : 0;
    shape |= word->digit == len ? SHAPE_ALL_DIGIT : 0;
    shape |= word->hyphen ? SHAPE_HYPHEN : 0;
    shape |= word->lower ? SHAPE_LOWER : 0;
    shape |= word->other ? SHAPE_OTHER : 0;
    shape |= len > 3 ? SHAPE_LONG : 0;
    shape |= len == 1 ? SHAPE_SINGLE : 0;
    return shape;
}

static uint32_t hash_part(const folded *word, size_t from, size_t len, dgm_piece piece)
{
    const unsigned char kind = (unsigned char)piece;
    uint64_t hash = dgm_hash_more(DGM_HASH_START, &kind, 1);
    return (uint32_t)(dgm_hash_end(dgm_hash_more(hash, word->bytes + from, len)) >> 32);
}

static uint32_t hash_suffix(const folded *word, size_t len, dgm_piece piece)
{
    size_t take = len < word->len ? len : word->len;
    return hash_part(word, word->len - take, take, piece);
}

void dgm_word_read(dgm_word *out, dgm_str form)
{
    char buffer[16];
    folded word;
    word.len = word.upper = word.lower = word.digit = word.hyphen = word.other = 0;
    form = straighten(form, buffer);
    if (form.len <= 2 * HALF) {
        fold_bytes(&word, form.ptr, form.len);
    } else {
        fold_bytes(&word, form.ptr, HALF);
        fold_bytes(&word, form.ptr + form.len - HALF, HALF);
    }
    out->word = dgm_hash((dgm_str){word.bytes, word.len});
    out->piece[DGM_PIECE_SHAPE] = shape_of(&word, form);
    out->piece[DGM_PIECE_SUFFIX2] = hash_suffix(&word, 2, DGM_PIECE_SUFFIX2);
    out->piece[DGM_PIECE_SUFFIX3] = hash_suffix(&word, 3, DGM_PIECE_SUFFIX3);
    out->piece[DGM_PIECE_SUFFIX4] = hash_suffix(&word, 4, DGM_PIECE_SUFFIX4);
    size_t head = word.len < 3 ? word.len : 3;
    out->piece[DGM_PIECE_PREFIX3] = hash_part(&word, 0, head, DGM_PIECE_PREFIX3);
}
