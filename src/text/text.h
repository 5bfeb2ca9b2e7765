/* Text: a document cut into sentences and tokens, all as spans.
 *
 * Tokens follow the conventions of the UD English treebanks (EWT, GUM): clitics ("n't", "'s") and
 * punctuation stand alone, hyphenated compounds stay whole unless the treebanks part them. What a
 * reader of the prose would skip - reference marks "[8]", datelines, glosses in other scripts - is
 * no token; it is kept in the sentence where it tells something. */
#ifndef DGM_TEXT_TEXT_H
#define DGM_TEXT_TEXT_H

#include "base/arena.h"
#include "base/str.h"
#include "text/ud.h"
#include <dragoman/document.h>

typedef enum dgm_name_tag { /* named entity, BIO */
                            DGM_NAME_O = 0,
                            DGM_NAME_B_PER,
                            DGM_NAME_I_PER,
                            DGM_NAME_B_ORG,
                            DGM_NAME_I_ORG,
                            DGM_NAME_B_LOC,
                            DGM_NAME_I_LOC
} dgm_name_tag;

/* A token. The tokeniser fills span and is_glued; the parser fills the rest. */
typedef struct dgm_token {
    dgm_span span;
    dgm_str lemma;
    int32_t head;   /* index in the sentence; -1 for the root */
    uint32_t feats; /* DGM_FEAT_ bits */
    uint8_t upos, xpos, rel, name;
    bool is_glued; /* no white space between this token and the one before it */
} dgm_token;

typedef enum dgm_sentence_kind {
    DGM_SENTENCE_BODY = 0,
    DGM_SENTENCE_TITLE,   /* the document's title, inside the text */
    DGM_SENTENCE_HEADING, /* a line that stands alone without a full stop */
    DGM_SENTENCE_CAPTION  /* a heading-like line at the end of an article or after a picture */
} dgm_sentence_kind;

typedef struct dgm_sentence {
    dgm_span span;
    dgm_token *tokens;
    uint32_t count;
    uint32_t paragraph; /* from 0 */
    dgm_sentence_kind kind;
    dgm_span *citations; /* inner text of its reference marks: "8" of "[8]" */
    uint32_t citation_count;
    dgm_span dateline; /* "LONDON, Dec 2 (AFP) -"; length 0 when there is none */
} dgm_sentence;

typedef struct dgm_text {
    const dgm_document *document;
    dgm_str bytes; /* the document's text */
    dgm_sentence *sentences;
    uint32_t count;
} dgm_text;

/* The compiled tables of tokeniser and splitter: abbreviations, clitics and so on from
 * data/lexicon. Immutable once loaded; shared by threads. */
typedef struct dgm_splitter dgm_splitter;

struct dgm_pack;

/* Everything is allocated in `arena`, which must outlive the splitter (inside dgm_arena_run). */
DGM_MUST_CHECK dgm_status dgm_splitter_load(dgm_splitter **out, dgm_arena *arena,
                                            const struct dgm_pack *pack, dgm_error *err);

/* Cut a document. The text lives in `arena`. Cannot fail: any bytes have sentences. */
dgm_text *dgm_text_split(const dgm_splitter *splitter, dgm_arena *arena,
                         const dgm_document *document);

static inline dgm_str dgm_token_form(const dgm_text *text, const dgm_token *token)
{
    return dgm_span_of(text->bytes, token->span);
}

#endif
