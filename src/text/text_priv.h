/* What the files of this folder share: the tables, the lexer's pieces, segments. */
#ifndef DGM_TEXT_TEXT_PRIV_H
#define DGM_TEXT_TEXT_PRIV_H

#include "base/map.h"
#include "base/utf8.h"
#include "text/text.h"

/* What the stop of an abbreviation tells: data/lexicon/abbreviations.tsv. */
typedef enum dgm_abbr {
    DGM_ABBR_NONE = 0,
    DGM_ABBR_TITLE,
    DGM_ABBR_MONTH,
    DGM_ABBR_NUMBER,
    DGM_ABBR_INNER,
    DGM_ABBR_FINAL,
    DGM_ABBR_DOTTED, /* U.S., a.m.: known by shape */
    DGM_ABBR_INITIAL /* J.: known by shape */
} dgm_abbr;

/* Pieces that sentences end at without a stop. */
typedef enum dgm_piece_kind {
    DGM_PIECE_PLAIN = 0,
    DGM_PIECE_ADDRESS, /* https://example.org/ */
    DGM_PIECE_DATE,    /* 26/09/2000 */
    DGM_PIECE_CLOCK,   /* 14:14 */
    DGM_PIECE_FACE     /* :-) */
} dgm_piece_kind;

enum { DGM_MARK_WORDS = 1, DGM_MARK_COUNTED };
enum { DGM_AFFIX_PREFIX = 1, DGM_AFFIX_SUFFIX = 2, DGM_AFFIX_WHOLE = 4 };
enum { DGM_STARTER_START = 1, DGM_STARTER_SAY = 2, DGM_STARTER_CLOSING = 4 }; /* bits */
enum { DGM_UNIT_PLAIN = 1, DGM_UNIT_CLOCK };
enum { DGM_SYMBOL_WORD = 1, DGM_SYMBOL_FACE };

enum { DGM_WORD_BYTES = 40 }; /* longer words are in no table */

/* A word that is parted: "can|not"; where `before` has words, only before one of them. */
typedef struct dgm_whole {
    dgm_str parts, before;
} dgm_whole;

struct dgm_splitter {
    dgm_map abbreviations; /* dgm_abbr */
    dgm_map clitics;       /* suffixes, with "'" */
    dgm_map wholes;        /* whole words: index in parted */
    dgm_whole *parted;
    uint32_t parted_count, parted_capacity;
    dgm_map affixes, units, starters, marks, languages, domains, symbols;
};

/* The value of a word in a table of lower-case keys, or DGM_MAP_NONE. Capitals and apostrophes of
 * other shapes are evened. */
uint32_t dgm_folded_get(const dgm_map *map, dgm_str word);

/* A token before sentences are known. */
typedef struct dgm_piece {
    dgm_span span;
    uint8_t abbr; /* dgm_abbr; the token ends in its stop */
    uint8_t kind; /* dgm_piece_kind */
    bool is_glued;
} dgm_piece;

/* A reference mark: its inner text, and how many pieces stand before it in the segment. */
typedef struct dgm_mark {
    dgm_span inner;
    uint32_t before;
} dgm_mark;

/* Cuts a segment into pieces; the arrays are used again for the next one. */
typedef struct dgm_lexer {
    const dgm_splitter *splitter;
    dgm_arena *arena;
    dgm_str text;
    uint32_t at, end;
    uint32_t chunk_end; /* of the run without white space that was looked at last */
    bool is_spaced;     /* white space since the last piece */
    bool has_address;   /* that run holds "://", "@" or "www." */
    dgm_piece *pieces;
    uint32_t count, capacity;
    dgm_mark *marks;
    uint32_t mark_count, mark_capacity;
} dgm_lexer;

void dgm_lexer_run(dgm_lexer *lexer, dgm_span segment);

/* The code point at `at` (0 at the end) and its length in bytes. */
int32_t dgm_lexer_peek(const dgm_lexer *lexer, uint32_t at, uint32_t *used);

/* When a mark such as "[8]" (with pages behind it, "[31]:12") begins at `at`: note it and give the
 * place behind it, otherwise `at`. */
uint32_t dgm_mark_skip(dgm_lexer *lexer, uint32_t at);

/* When a gloss begins at `at`, with "(": the place behind it, otherwise `at`. */
uint32_t dgm_gloss_skip(const dgm_lexer *lexer, uint32_t at);

/* Length of the dateline that the bytes begin with, its dash included; 0 when there is none.
 * `is_first`: they are the first prose of the document, where less is asked of it. */
uint32_t dgm_dateline_length(dgm_str bytes, bool is_first);

/* The end (index of a piece) of the sentence that begins with piece `from`. */
uint32_t dgm_sentence_end(const dgm_lexer *lexer, uint32_t from);

/* A stretch of text that sentences do not cross: a paragraph or a line of its own. */
typedef struct dgm_segment {
    dgm_span span;
    uint32_t paragraph;
} dgm_segment;

typedef struct dgm_segments {
    dgm_segment *items;
    uint32_t count, capacity;
} dgm_segments;

dgm_segments dgm_segments_find(dgm_arena *arena, dgm_str text);

static inline bool dgm_is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

#endif
