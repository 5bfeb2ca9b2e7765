/* A document as other folders of the library see it: the public getters and, from CoNLL-U, the
 * sentences and tokens that its file gave. */
#ifndef DGM_READ_DOCUMENT_H
#define DGM_READ_DOCUMENT_H

#include <dragoman/document.h>

typedef struct dgm_given_sentence {
    dgm_span span;
    uint32_t first, count; /* of the tokens */
    uint32_t paragraph;    /* from 0 */
} dgm_given_sentence;

/* Tokens are sorted and do not overlap. One is empty (len 0) only where a multiword token of the
 * file has more words than its surface has characters. */
typedef struct dgm_given {
    const dgm_given_sentence *sentences;
    const dgm_span *tokens;
    uint32_t count, token_count;
} dgm_given;

/* NULL for documents whose file gave no tokens. Lives as long as the document. */
const dgm_given *dgm_document_given(const dgm_document *document);

#endif
