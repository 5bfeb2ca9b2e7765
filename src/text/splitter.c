/* The splitter: a document to sentences. Segments are cut into pieces, pieces into sentences; then
 * marks find their sentences and lines that stand alone are told from prose. */
#include "read/document.h"
#include "text/text_priv.h"

enum { HEADING_WORDS = 20 }; /* a longer line without a stop is prose that lost it */

typedef struct citation {
    dgm_span inner;
    uint32_t sentence;
} citation;

typedef struct splitting {
    dgm_lexer lexer;
    dgm_arena *arena;
    dgm_text *text;
    uint32_t capacity;
    citation *citations;
    uint32_t citation_count, citation_capacity;
    bool has_body;
} splitting;

/* In the sentence-final "etc." or "Inc." the stop is the sentence's, as the treebanks have it;
 * "U.S." and "p.m." keep theirs. */
static bool lends_stop(const dgm_piece *last)
{
    return last->abbr && last->abbr != DGM_ABBR_DOTTED && last->abbr != DGM_ABBR_INITIAL;
}

static void fill_tokens(const splitting *it, dgm_sentence *sentence, uint32_t from, uint32_t to)
{
    const dgm_piece *pieces = it->lexer.pieces;
    bool is_lent = lends_stop(&pieces[to - 1]);
    sentence->count = to - from + is_lent;
    sentence->tokens = DGM_ARRAY(it->arena, dgm_token, sentence->count);
    for (uint32_t i = from; i < to; i++)
        sentence->tokens[i - from] = (dgm_token){
            .span = pieces[i].span, .head = -1, .is_glued = pieces[i].is_glued && i > from};
    if (is_lent) {
        dgm_token *word = &sentence->tokens[to - from - 1];
        word->span.len--;
        word[1] = (dgm_token){.span = {dgm_span_end(word->span), 1}, .head = -1, .is_glued = true};
    }
}

static dgm_sentence *push_sentence(splitting *it, uint32_t from, uint32_t to, uint32_t paragraph)
{
    const dgm_piece *pieces = it->lexer.pieces;
    dgm_sentence fresh = {.span = dgm_span_join(pieces[from].span, pieces[to - 1].span),
                          .paragraph = paragraph};
    fill_tokens(it, &fresh, from, to);
    DGM_PUSH(it->arena, it->text->sentences, it->text->count, it->capacity, fresh);
    return &it->text->sentences[it->text->count - 1];
}

static void push_citation(splitting *it, dgm_span inner, uint32_t sentence)
{
    citation fresh = {inner, sentence};
    DGM_PUSH(it->arena, it->citations, it->citation_count, it->citation_capacity, fresh);
}

/* The sentence that a mark at the front of a segment cites: the one before, unless that is a title
 * or heading, which cites nothing; then the one that follows. */
static uint32_t cited_before(const splitting *it, uint32_t first)
{
    bool is_prose = first && it->text->sentences[first - 1].kind == DGM_SENTENCE_BODY;
    return is_prose ? first - 1 : first;
}

/* Marks stand with the token before them. `first` is the segment's first sentence. */
static void place_marks(splitting *it, uint32_t first)
{
    const dgm_lexer *lexer = &it->lexer;
    uint32_t sentence = first;
    for (uint32_t i = 0; i < lexer->mark_count; i++) {
        const dgm_mark *mark = &lexer->marks[i];
        if (!mark->before) {
            push_citation(it, mark->inner, cited_before(it, first));
            continue;
        }
        while (sentence + 1 < it->text->count &&
               it->text->sentences[sentence + 1].span.off < mark->inner.off)
            sentence++;
        push_citation(it, mark->inner, sentence);
    }
}

static bool ends_with_stop(const splitting *it)
{
    const dgm_lexer *lexer = &it->lexer;
    for (uint32_t i = lexer->count; i-- > 0 && i + 4 > lexer->count;) {
        dgm_str s = dgm_span_of(lexer->text, lexer->pieces[i].span);
        if (strchr(".!?:;,", s.ptr[0]) || dgm_str_is(s, "\xE2\x80\xA6") || lexer->pieces[i].abbr)
            return true;
        if (!strchr("\"')]}\xE2", s.ptr[0]))
            return false;
    }
    return false;
}

/* "- an open border": an item of a list is prose. */
static bool begins_item(const splitting *it)
{
    static const char *const bullets[] = {"-", "*", "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x80\xA2"};
    dgm_str first = dgm_span_of(it->lexer.text, it->lexer.pieces[0].span);
    for (size_t i = 0; i < sizeof bullets / sizeof *bullets; i++)
        if (dgm_str_is(first, bullets[i]))
            return it->lexer.count > 1 && !it->lexer.pieces[1].is_glued;
    return false;
}

/* A segment of one sentence that is a title or a line without a stop. Headings that no prose
 * follows become captions in the end. */
static dgm_sentence_kind kind_of(const splitting *it, const dgm_segment *segment,
                                 uint32_t sentences)
{
    const dgm_document *document = it->text->document;
    if (it->text->count == 1 && dgm_document_title_in_text(document) && sentences == 1 &&
        segment->paragraph == 0)
        return DGM_SENTENCE_TITLE;
    if (sentences > 1 || it->lexer.count > HEADING_WORDS || begins_item(it) || ends_with_stop(it))
        return DGM_SENTENCE_BODY;
    return DGM_SENTENCE_HEADING;
}

static uint32_t take_dateline(splitting *it, const dgm_segment *segment)
{
    dgm_str bytes = dgm_span_of(it->text->bytes, segment->span);
    uint32_t length = dgm_dateline_length(bytes, !it->has_body);
    return length < segment->span.len ? length : 0;
}

static void split_segment(splitting *it, const dgm_segment *segment)
{
    uint32_t first = it->text->count, dateline = take_dateline(it, segment);
    dgm_span prose = {segment->span.off + dateline, segment->span.len - dateline};
    dgm_lexer_run(&it->lexer, prose);
    if (it->lexer.count == 0 && dateline) { /* nothing but it: then it is prose */
        dateline = 0;
        dgm_lexer_run(&it->lexer, segment->span);
    }
    for (uint32_t from = 0; from < it->lexer.count;) {
        uint32_t to = dgm_sentence_end(&it->lexer, from);
        dgm_sentence *sentence = push_sentence(it, from, to, segment->paragraph);
        if (from == 0 && dateline) {
            sentence->dateline = (dgm_span){segment->span.off, dateline};
            sentence->span = dgm_span_join(sentence->span, sentence->dateline);
        }
        from = to;
    }
    place_marks(it, first);
    uint32_t count = it->text->count - first;
    if (count) {
        dgm_sentence_kind kind = dateline ? DGM_SENTENCE_BODY : kind_of(it, segment, count);
        it->text->sentences[first].kind = kind;
        it->has_body = it->has_body || kind == DGM_SENTENCE_BODY;
    }
}

/* Headings that no prose follows are captions; where there is no prose at all they are the text. */
static void settle_headings(splitting *it)
{
    dgm_sentence_kind kind = it->has_body ? DGM_SENTENCE_CAPTION : DGM_SENTENCE_BODY;
    for (uint32_t i = it->text->count; i-- > 0;) {
        dgm_sentence *sentence = &it->text->sentences[i];
        if (sentence->kind == DGM_SENTENCE_BODY && it->has_body)
            return;
        if (sentence->kind == DGM_SENTENCE_HEADING)
            sentence->kind = kind;
    }
}

/* Citations are in the order of the text, and so are their sentences. */
static void settle_citations(splitting *it)
{
    dgm_span *spans = DGM_ARRAY(it->arena, dgm_span, it->citation_count);
    for (uint32_t i = 0; i < it->citation_count; i++) {
        if (it->citations[i].sentence >= it->text->count)
            continue; /* a text of nothing but marks */
        dgm_sentence *sentence = &it->text->sentences[it->citations[i].sentence];
        spans[i] = it->citations[i].inner;
        if (!sentence->citation_count)
            sentence->citations = &spans[i];
        sentence->citation_count++;
    }
}

/* Given tokens */

static void take_given(dgm_sentence *sentence, dgm_arena *arena, const dgm_given *given,
                       const dgm_given_sentence *from)
{
    *sentence = (dgm_sentence){.span = from->span,
                               .count = from->count,
                               .paragraph = from->paragraph,
                               .tokens = DGM_ARRAY(arena, dgm_token, from->count)};
    for (uint32_t i = 0; i < from->count; i++) {
        dgm_span span = given->tokens[from->first + i];
        bool is_glued = i && dgm_span_end(given->tokens[from->first + i - 1]) == span.off;
        sentence->tokens[i] = (dgm_token){.span = span, .head = -1, .is_glued = is_glued};
    }
}

static dgm_text *keep_given(dgm_text *text, dgm_arena *arena, const dgm_given *given)
{
    text->count = given->count;
    text->sentences = DGM_ARRAY(arena, dgm_sentence, given->count);
    for (uint32_t i = 0; i < given->count; i++)
        take_given(&text->sentences[i], arena, given, &given->sentences[i]);
    return text;
}

dgm_text *dgm_text_split(const dgm_splitter *splitter, dgm_arena *arena,
                         const dgm_document *document)
{
    dgm_text *text = DGM_NEW(arena, dgm_text);
    text->document = document;
    text->bytes = dgm_document_text(document);
    const dgm_given *given = dgm_document_given(document);
    if (given)
        return keep_given(text, arena, given);
    splitting it = {
        .lexer = {.splitter = splitter, .arena = arena, .text = text->bytes},
        .arena = arena,
        .text = text,
    };
    dgm_segments segments = dgm_segments_find(arena, text->bytes);
    for (uint32_t i = 0; i < segments.count; i++)
        split_segment(&it, &segments.items[i]);
    settle_headings(&it);
    settle_citations(&it);
    return text;
}
