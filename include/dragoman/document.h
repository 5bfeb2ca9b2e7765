/* Documents: a text with its metadata, read from files.
 *
 * A document's text is valid UTF-8, written once and constant after; every span of the engine
 * points into it. Broken bytes of the input become U+FFFD and a diagnostic. */
#ifndef DRAGOMAN_DOCUMENT_H
#define DRAGOMAN_DOCUMENT_H

#include <dragoman/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dgm_document dgm_document;
typedef struct dgm_reader dgm_reader;

typedef enum dgm_input {
    DGM_INPUT_GUESS = 0, /* by file name: .jsonl and .ndjson are JSON lines, .conllu is CoNLL-U, all
                            else is plain text; standard input by its first byte ('{' is JSON) */
    DGM_INPUT_PLAIN,     /* one document a file; the title is the first line if it stands alone */
    DGM_INPUT_JSONL,     /* {id, title, date, source, text, url, lang} a line */
    DGM_INPUT_CONLLU,    /* given tokens are kept */
    DGM_INPUT_TOKENS     /* one document a file: a sentence a line, tokens parted by spaces, kept as
                            given; an empty line between paragraphs */
} dgm_input;

/* Damaged input: noted, counted, passed over. Nothing else is lost by it. */
typedef struct dgm_diagnostic {
    const char *file; /* as given to the reader; lives as long as the reader */
    uint64_t line;    /* from 1; 0 where lines mean nothing */
    uint64_t byte;    /* offset in the file, from 0 */
    bool is_skipped;  /* a document was lost; otherwise it was mended and kept */
    const char *text; /* lives until the callback returns */
} dgm_diagnostic;

typedef void (*dgm_diagnostic_callback)(const dgm_diagnostic *diagnostic, void *payload);

typedef struct dgm_reader_options {
    size_t size; /* sizeof(dgm_reader_options) */
    dgm_input input;
    dgm_diagnostic_callback on_diagnostic; /* may be NULL; called on the thread that reads */
    void *payload;
} dgm_reader_options;

#define DGM_READER_OPTIONS_INIT                                                                    \
    {                                                                                              \
        sizeof(dgm_reader_options), DGM_INPUT_GUESS, NULL, NULL                                    \
    }

/* Open a file for reading documents; path "-" is standard input. A missing file, a directory or
 * one that may not be read is DGM_ERROR_IO. On success *out is the caller's: dgm_reader_close(). */
DGM_API DGM_MUST_CHECK dgm_status dgm_reader_open(dgm_reader **out, const char *path,
                                                  const dgm_reader_options *options,
                                                  dgm_error *err);

/* The next document, owned by the caller: dgm_document_free(). *out is NULL at the end. Damaged
 * documents are reported to the callback and passed over. The document may outlive the reader. */
DGM_API DGM_MUST_CHECK dgm_status dgm_reader_next(dgm_document **out, dgm_reader *reader,
                                                  dgm_error *err);

/* Documents that were lost, and diagnostics of all kinds, so far. */
DGM_API uint64_t dgm_reader_skipped(const dgm_reader *reader);
DGM_API uint64_t dgm_reader_diagnostics(const dgm_reader *reader);

DGM_API void dgm_reader_close(dgm_reader *reader);

/* A document of plain text from memory; everything is copied. `id`, `title` and `date` may have
 * length 0. Broken UTF-8 is mended as in a file. */
DGM_API DGM_MUST_CHECK dgm_status dgm_document_new(dgm_document **out, dgm_str id, dgm_str title,
                                                   dgm_str date, dgm_str text, dgm_error *err);
DGM_API void dgm_document_free(dgm_document *document);

/* Borrowed, alive as long as the document; length 0 where the source has none. */
DGM_API dgm_str dgm_document_id(const dgm_document *document);
DGM_API dgm_str dgm_document_title(const dgm_document *document);
DGM_API dgm_str dgm_document_date(const dgm_document *document); /* YYYY-MM-DD, checked */
DGM_API dgm_str dgm_document_source(const dgm_document *document);
DGM_API dgm_str dgm_document_url(const dgm_document *document);
DGM_API dgm_str dgm_document_lang(const dgm_document *document);
DGM_API dgm_str dgm_document_text(const dgm_document *document);
DGM_API dgm_str dgm_document_file(const dgm_document *document);

/* True when the title is the first line of the text itself (plain files). */
DGM_API bool dgm_document_title_in_text(const dgm_document *document);

/* Hash of the text's bytes: the same on every machine. */
DGM_API uint64_t dgm_document_hash(const dgm_document *document);

/* Where the bytes of `span` stand in the file: [*begin, *end), from the offset map. */
DGM_API void dgm_document_locate(const dgm_document *document, dgm_span span, uint64_t *begin,
                                 uint64_t *end);

/* The index of the Unicode code point at a byte offset of the text. */
DGM_API uint32_t dgm_document_point(const dgm_document *document, uint32_t byte);

#ifdef __cplusplus
}
#endif
#endif
