/* What the readers share: the reader, the draft of a document, diagnostics, mending. */
#ifndef DGM_READ_READ_PRIV_H
#define DGM_READ_READ_PRIV_H

#include "base/error.h"
#include "read/document.h"
#include "read/offsets.h"
#include "read/source.h"

/* A document in the making, in the reader's arena; dgm_draft_finish() copies it into one block. */
typedef struct dgm_draft {
    dgm_str id, title, date, source, url, lang, file;
    dgm_written text;
    bool is_title_in_text;
    dgm_given_sentence *sentences;
    dgm_span *tokens;
    uint32_t sentence_count, sentence_capacity, token_count, token_capacity;
} dgm_draft;

struct dgm_reader {
    char *path;
    dgm_source source;
    dgm_reader_options options;
    dgm_input input;
    dgm_arena *arena; /* of the draft; reset for each document */
    uint64_t skipped, diagnostics;
    bool is_done, has_content;
};

/* Count and report. A document's diagnostics beyond a few are counted only. */
void dgm_reader_note(dgm_reader *reader, uint64_t line, uint64_t byte, bool is_skipped,
                     const char *format, ...) __attribute__((format(printf, 5, 6)));

/* Broken sequences of one document: each is counted, the first few are reported. */
typedef struct dgm_damage {
    dgm_reader *reader; /* NULL: mend silently */
    uint64_t line, count;
} dgm_damage;

void dgm_damage_note(dgm_damage *damage, uint64_t byte, const char *what);
/* Say how many were not reported. */
void dgm_damage_end(const dgm_damage *damage);

/* Length of the longest part at the front that is valid UTF-8. */
size_t dgm_mend_valid(dgm_str bytes);

/* Write bytes that stand at `source` in the file; a broken sequence becomes U+FFFD. */
void dgm_mend_write(dgm_written *written, dgm_str bytes, uint64_t source, dgm_damage *damage);

/* `bytes` itself when it is valid, else a mended copy. */
dgm_str dgm_mend_str(dgm_arena *arena, dgm_str bytes, uint64_t source, dgm_damage *damage);

/* One document, as dgm_reader_next(), inside dgm_arena_run(). The draft is empty (text.len 0) when
 * there is none left. */
typedef struct dgm_reading {
    dgm_reader *reader;
    dgm_draft draft;
    dgm_error *err;
} dgm_reading;

DGM_MUST_CHECK dgm_status dgm_plain_read(dgm_reading *reading);
DGM_MUST_CHECK dgm_status dgm_jsonl_read(dgm_reading *reading);
DGM_MUST_CHECK dgm_status dgm_conllu_read(dgm_reading *reading);
DGM_MUST_CHECK dgm_status dgm_tokens_read(dgm_reading *reading);

/* Base name of a path; standard input is "stdin". */
dgm_str dgm_path_base(const char *path);

/* True for a day that exists, YYYY-MM-DD; a time of day after "T" or a space is cut off. */
bool dgm_date_check(dgm_str *date);

/* The title that begins a text, by the rule of document.h; length 0 when there is none. With
 * `needs_more`, a text that has nothing else has no title. */
dgm_str dgm_plain_title(dgm_str text, bool needs_more);

/* True when the text's first line is `title`. */
bool dgm_title_begins(dgm_str text, dgm_str title);

DGM_MUST_CHECK dgm_status dgm_draft_finish(dgm_document **out, dgm_draft *draft, dgm_error *err);

#endif
