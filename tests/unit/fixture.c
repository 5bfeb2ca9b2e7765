/* Fixture: reads the literal twice - once to lay out the bytes, once to fill the tokens. */
#include "fixture.h"

#include "base/str.h"
#include "parse/parser_priv.h"

typedef struct conllu_row {
    dgm_str form, lemma, upos, xpos, head, rel;
    bool is_glued, glues_next;
} conllu_row;

typedef struct builder {
    dgm_arena *arena;
    char *bytes;
    uint32_t len, capacity;
    dgm_sentence *sentences;
    uint32_t sentence_count, sentence_capacity;
    dgm_token *tokens;
    uint32_t token_count, token_capacity;
    dgm_sentence next; /* what '#' lines said of the coming sentence */
    bool glues_next;
} builder;

static bool cut_word(dgm_str *rest, bool by_tab, dgm_str *word)
{
    if (by_tab)
        return dgm_str_cut(rest, '\t', word);
    *rest = dgm_str_trim(*rest);
    if (!rest->len)
        return false;
    size_t n = 0;
    while (n < rest->len && rest->ptr[n] != ' ' && rest->ptr[n] != '\t')
        n++;
    *word = dgm_str_sub(*rest, 0, n);
    *rest = dgm_str_sub(*rest, n, rest->len - n);
    return true;
}

/* False for lines that are no word (multi-word ranges "3-4", empty nodes "3.1"). */
static bool read_row(dgm_str line, conllu_row *out)
{
    bool is_conllu = dgm_str_find(line, DGM_STR("\t")) != SIZE_MAX;
    dgm_str cells[10] = {{0}};
    for (int i = 0; i < 10; i++)
        if (!cut_word(&line, is_conllu, &cells[i]))
            break;
    int64_t id;
    if (!is_conllu) {
        *out = (conllu_row){
            cells[0], cells[1], cells[2], cells[3], cells[4], cells[5], dgm_str_is(cells[6], "g"),
            false};
        return true;
    }
    *out = (conllu_row){
        cells[1], cells[2], cells[3], cells[4],
        cells[6], cells[7], false,    dgm_str_find(cells[9], DGM_STR("SpaceAfter=No")) != SIZE_MAX};
    return dgm_str_int(cells[0], &id);
}

static dgm_span put_bytes(builder *b, dgm_str s)
{
    dgm_span span = {b->len, (uint32_t)s.len};
    for (size_t i = 0; i < s.len; i++)
        DGM_PUSH(b->arena, b->bytes, b->len, b->capacity, s.ptr[i]);
    return span;
}

static void put_row(builder *b, const conllu_row *row)
{
    if (b->token_count && !row->is_glued && !b->glues_next)
        put_bytes(b, DGM_STR(" "));
    int64_t head = 0;
    (void)dgm_str_int(row->head, &head);
    dgm_token token = {
        .span = put_bytes(b, row->form),
        .lemma = row->lemma,
        .head = (int32_t)head - 1,
        .upos = (uint8_t)dgm_upos_from(row->upos),
        .xpos = (uint8_t)dgm_xpos_from(row->xpos),
        .rel = (uint8_t)dgm_rel_from(row->rel),
        .is_glued = row->is_glued || b->glues_next,
    };
    b->glues_next = row->glues_next;
    DGM_PUSH(b->arena, b->tokens, b->token_count, b->token_capacity, token);
}

static void end_sentence(builder *b)
{
    if (!b->token_count)
        return;
    dgm_sentence sentence = b->next;
    sentence.tokens = b->tokens;
    sentence.count = b->token_count;
    sentence.span = dgm_span_join(b->tokens[0].span, b->tokens[b->token_count - 1].span);
    DGM_PUSH(b->arena, b->sentences, b->sentence_count, b->sentence_capacity, sentence);
    b->tokens = NULL;
    b->token_count = b->token_capacity = 0;
    b->glues_next = false;
    b->next = (dgm_sentence){.paragraph = sentence.paragraph};
    put_bytes(b, DGM_STR("\n"));
}

static void read_comment(builder *b, dgm_str line)
{
    dgm_str key = {0}, value = {0};
    line = dgm_str_sub(line, 1, line.len - 1);
    (void)dgm_str_cut(&line, '=', &key);
    value = dgm_str_trim(line);
    if (dgm_str_is(key, "paragraph")) {
        b->next.paragraph++;
    } else if (dgm_str_is(key, "kind")) {
        b->next.kind = dgm_str_is(value, "title")     ? DGM_SENTENCE_TITLE
                       : dgm_str_is(value, "heading") ? DGM_SENTENCE_HEADING
                       : dgm_str_is(value, "caption") ? DGM_SENTENCE_CAPTION
                                                      : DGM_SENTENCE_BODY;
    } else if (dgm_str_is(key, "dateline")) {
        b->next.dateline = put_bytes(b, value);
        put_bytes(b, DGM_STR(" "));
    }
}

dgm_text *dgm_fixture_text(dgm_arena *arena, const char *conllu)
{
    builder b = {.arena = arena};
    dgm_str rest = dgm_str_of(conllu), line;
    while (dgm_str_cut(&rest, '\n', &line)) {
        conllu_row row;
        if (!line.len)
            end_sentence(&b);
        else if (line.ptr[0] == '#' && !b.token_count && line.len > 1 && line.ptr[1] == ' ')
            read_comment(&b, line);
        else if (read_row(line, &row))
            put_row(&b, &row);
    }
    end_sentence(&b);
    dgm_text *text = DGM_NEW(arena, dgm_text);
    *text = (dgm_text){.bytes = dgm_arena_str(arena, b.bytes ? b.bytes : "", b.len),
                       .sentences = b.sentences,
                       .count = b.sentence_count};
    for (uint32_t i = 0; i < text->count; i++)
        dgm_set_feats(text, &text->sentences[i]);
    return text;
}

int32_t dgm_fixture_token(const dgm_text *text, uint32_t sentence, const char *form, uint32_t n)
{
    const dgm_sentence *s = &text->sentences[sentence];
    for (uint32_t i = 0; i < s->count; i++)
        if (dgm_str_is(dgm_token_form(text, &s->tokens[i]), form) && n-- == 0)
            return (int32_t)i;
    return DGM_NO_TOKEN;
}
