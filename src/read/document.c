/* Documents: struct, strings, text, offset map, code point marks and given tokens in one block of
 * memory, written once from a reader's draft. */
#include "base/hash.h"
#include "base/utf8.h"
#include "read/read_priv.h"

#include <stdlib.h>

struct dgm_document {
    dgm_str id, title, date, source, url, lang, text, file;
    const dgm_run *runs;
    uint32_t run_count;
    bool is_title_in_text;
    uint64_t hash;
    dgm_points points;
    dgm_given given;
};

/* Places in the one block are handed out in order; with a NULL block they are only counted. */
typedef struct block {
    char *at;
    size_t used;
} block;

static const void *place(block *to, const void *from, size_t count, size_t size)
{
    size_t begin = (to->used + 15) & ~(size_t)15;
    to->used = begin + count * size + 1; /* a NUL behind every string, for debuggers' eyes */
    if (!to->at)
        return NULL;
    if (count)
        memcpy(to->at + begin, from, count * size);
    to->at[begin + count * size] = 0;
    return to->at + begin;
}

static dgm_str place_str(block *to, dgm_str s)
{
    return (dgm_str){place(to, s.ptr, s.len, 1), s.len};
}

static void place_all(dgm_document *document, block *to, const dgm_draft *draft,
                      const uint32_t *marks)
{
    const dgm_written *text = &draft->text;
    to->used = sizeof *document;
    *document = (dgm_document){
        .id = place_str(to, draft->id),
        .title = place_str(to, draft->title),
        .date = place_str(to, draft->date),
        .source = place_str(to, draft->source),
        .url = place_str(to, draft->url),
        .lang = place_str(to, draft->lang),
        .file = place_str(to, draft->file),
        .text = place_str(to, (dgm_str){text->bytes, text->len}),
        .runs = place(to, text->runs, text->run_count, sizeof *text->runs),
        .run_count = text->run_count,
        .is_title_in_text = draft->is_title_in_text,
        .given = {.sentences =
                      place(to, draft->sentences, draft->sentence_count, sizeof *draft->sentences),
                  .tokens = place(to, draft->tokens, draft->token_count, sizeof *draft->tokens),
                  .count = draft->sentence_count,
                  .token_count = draft->token_count},
        .points = {.marks =
                       (uint32_t *)(uintptr_t)place(to, marks, text->len / 64 + 1, sizeof *marks)},
    };
}

dgm_status dgm_draft_finish(dgm_document **out, dgm_draft *draft, dgm_error *err)
{
    dgm_points points;
    dgm_points_init(&points, draft->text.arena, (dgm_str){draft->text.bytes, draft->text.len});
    dgm_document sizes;
    block to = {0};
    place_all(&sizes, &to, draft, points.marks);
    to.at = malloc(to.used);
    dgm_document *document = (dgm_document *)(void *)to.at;
    if (!document)
        return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory for a document");
    place_all(document, &to, draft, points.marks);
    document->points.text = document->text;
    document->hash = dgm_hash(document->text);
    *out = document;
    return DGM_OK;
}

void dgm_document_free(dgm_document *document)
{
    free(document);
}

static bool digits(dgm_str s, size_t from, size_t count, int *value)
{
    *value = 0;
    for (size_t i = from; i < from + count; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9')
            return false;
        *value = *value * 10 + (s.ptr[i] - '0');
    }
    return true;
}

bool dgm_date_check(dgm_str *date)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    dgm_str s = dgm_str_trim(*date);
    int year, month, day;
    if (s.len < 10 || (s.len > 10 && s.ptr[10] != 'T' && s.ptr[10] != ' '))
        return false;
    if (!digits(s, 0, 4, &year) || s.ptr[4] != '-' || !digits(s, 5, 2, &month) || s.ptr[7] != '-' ||
        !digits(s, 8, 2, &day) || month < 1 || month > 12)
        return false;
    bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    int last = days[month - 1] + (month == 2 && is_leap);
    *date = dgm_str_sub(s, 0, 10);
    return day >= 1 && day <= last;
}

typedef struct making {
    dgm_draft draft;
    dgm_str text;
    dgm_document *document;
    dgm_arena *arena;
    dgm_error *err;
} making;

static dgm_status make_document(void *payload)
{
    making *it = payload;
    dgm_draft *draft = &it->draft;
    dgm_damage silent = {0};
    draft->text.arena = it->arena;
    draft->id = dgm_mend_str(it->arena, draft->id, 0, &silent);
    draft->title = dgm_mend_str(it->arena, draft->title, 0, &silent);
    dgm_mend_write(&draft->text, it->text, 0, &silent);
    if (draft->text.is_too_long)
        return dgm_fail(it->err, DGM_ERROR_ARGUMENT, NULL, 0, "a text of 4 GiB or more");
    dgm_str text = {draft->text.bytes, draft->text.len};
    if (!draft->title.len)
        draft->title = dgm_plain_title(text, true);
    draft->is_title_in_text = draft->title.len && dgm_title_begins(text, draft->title);
    return dgm_draft_finish(&it->document, draft, it->err);
}

dgm_status dgm_document_new(dgm_document **out, dgm_str id, dgm_str title, dgm_str date,
                            dgm_str text, dgm_error *err)
{
    if (date.len && !dgm_date_check(&date))
        return dgm_fail(err, DGM_ERROR_ARGUMENT, NULL, 0, "not a date (YYYY-MM-DD): \"%.*s\"",
                        DGM_FMT(date));
    making it = {.draft = {.id = id, .title = dgm_str_trim(title), .date = date},
                 .text = text,
                 .arena = dgm_arena_new(),
                 .err = err};
    if (!it.arena)
        return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory for a document");
    dgm_status status = dgm_arena_run(it.arena, make_document, &it);
    if (status == DGM_ERROR_MEMORY)
        dgm_fail(err, status, NULL, 0, "out of memory for a document");
    dgm_arena_free(it.arena);
    if (status == DGM_OK)
        *out = it.document;
    return status;
}

dgm_str dgm_document_id(const dgm_document *document)
{
    return document->id;
}

dgm_str dgm_document_title(const dgm_document *document)
{
    return document->title;
}

dgm_str dgm_document_date(const dgm_document *document)
{
    return document->date;
}

dgm_str dgm_document_source(const dgm_document *document)
{
    return document->source;
}

dgm_str dgm_document_url(const dgm_document *document)
{
    return document->url;
}

dgm_str dgm_document_lang(const dgm_document *document)
{
    return document->lang;
}

dgm_str dgm_document_text(const dgm_document *document)
{
    return document->text;
}

dgm_str dgm_document_file(const dgm_document *document)
{
    return document->file;
}

bool dgm_document_title_in_text(const dgm_document *document)
{
    return document->is_title_in_text;
}

uint64_t dgm_document_hash(const dgm_document *document)
{
    return document->hash;
}

void dgm_document_locate(const dgm_document *document, dgm_span span, uint64_t *begin,
                         uint64_t *end)
{
    dgm_offsets_locate(document->runs, document->run_count, span, begin, end);
}

uint32_t dgm_document_point(const dgm_document *document, uint32_t byte)
{
    return dgm_points_at(&document->points, byte);
}

const dgm_given *dgm_document_given(const dgm_document *document)
{
    return document->given.count ? &document->given : NULL;
}
