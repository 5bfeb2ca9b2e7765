/* A run over one sentence: pieces of at most DGM_PIECE_TOKENS words are encoded, tagged, parsed and
 * labelled; the trees of further pieces hang on the first one's root. */
#include "parse/parser_priv.h"
#include <stdlib.h>

enum { ALIGN = 64 };

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t widest(const dgm_model_header *h)
{
    size_t hidden = larger(h->hidden, h->label_hidden);
    return larger(larger(h->width, hidden), DGM_MODEL_COLS);
}

/* Room for `count` values; is_short keeps the sum of failures. */
static void *take(size_t count, size_t size, bool *is_short)
{
    size_t bytes = (count * size + ALIGN - 1) / ALIGN * ALIGN;
    void *room = aligned_alloc(ALIGN, bytes);
    *is_short |= !room;
    return room;
}

dgm_parser *dgm_parser_new_with(const dgm_model *model, const dgm_kernel *kernel)
{
    const dgm_model_header *h = model->header;
    dgm_parser *p = calloc(1, sizeof *p);
    if (!p)
        return NULL;
    bool is_short = false;
    size_t rows = DGM_ROWS, width = h->width;
    p->model = model;
    p->kernel = kernel;
    p->words = take(DGM_PIECE_TOKENS, sizeof *p->words, &is_short);
    p->x = take(rows * width, sizeof *p->x, &is_short);
    p->a = take(rows * width, sizeof *p->a, &is_short);
    p->windows = take(rows * 3 * width, sizeof *p->windows, &is_short);
    p->sums = take(rows * widest(h), sizeof *p->sums, &is_short);
    p->states = take(rows * DGM_PLACES * h->hidden, sizeof *p->states, &is_short);
    p->arcs = take(rows * DGM_LABEL_PLACES * h->label_hidden, sizeof *p->arcs, &is_short);
    if (!is_short) {
        memset(p->a, 0, DGM_PAD_ROWS * width); /* what stands before the first word */
        return p;
    }
    dgm_parser_free(p);
    return NULL;
}

dgm_parser *dgm_parser_new(const dgm_model *model)
{
    return dgm_parser_new_with(model, dgm_kernel_best());
}

void dgm_parser_free(dgm_parser *p)
{
    if (!p)
        return;
    void *const rooms[] = {p->words, p->x, p->a, p->windows, p->sums, p->states, p->arcs};
    for (size_t i = 0; i < sizeof rooms / sizeof *rooms; i++)
        free(rooms[i]);
    free(p);
}

static void run_piece(dgm_parser *p, const dgm_text *text, const dgm_token *tokens, int count)
{
    for (int i = 0; i < count; i++)
        dgm_word_read(&p->words[i], dgm_token_form(text, &tokens[i]));
    dgm_encode(p, count);
    dgm_tag_words(p, count);
    dgm_name_words(p, count);
    dgm_parse_words(p, count);
    dgm_label_arcs(p, count);
}

static bool begins_upper(dgm_str form)
{
    return form.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z';
}

/* "Union", not "UNION". */
static bool is_capitalised(dgm_str form)
{
    return form.len > 1 && begins_upper(form) && form.ptr[1] >= 'a' && form.ptr[1] <= 'z';
}

/* Sentences in which most words have a capital are titles: there a capital tells nothing. */
static bool is_title(const dgm_text *text, const dgm_token *tokens, int count)
{
    int upper = 0, lower = 0;
    for (int i = 0; i < count; i++) {
        dgm_str form = dgm_token_form(text, &tokens[i]);
        upper += begins_upper(form);
        lower += form.len && form.ptr[0] >= 'a' && form.ptr[0] <= 'z';
    }
    return upper >= lower;
}

/* Does the capital of word i (tags are known) tell more than that a sentence begins? */
static bool is_inner(const dgm_token *tokens, int i)
{
    if (!i)
        return false;
    switch ((dgm_xpos)tokens[i - 1].xpos) {
    case DGM_XPOS_STOP:
    case DGM_XPOS_COLON:
    case DGM_XPOS_OPEN:
    case DGM_XPOS_CLOSE:
    case DGM_XPOS_LRB:
    case DGM_XPOS_LSB:
    case DGM_XPOS_NFP:
    case DGM_XPOS_LS:
        return false;
    default:
        return true;
    }
}

static void keep_piece(const dgm_parser *p, dgm_arena *arena, const dgm_text *text,
                       dgm_token *tokens, int count, int32_t first)
{
    const dgm_model *m = p->model;
    bool is_prose = !is_title(text, tokens, count);
    for (int i = 0; i < count; i++) {
        dgm_token *token = &tokens[i];
        dgm_str form = dgm_token_form(text, token);
        int head = p->state.head[i + 1];
        token->head = head ? first + head - 1 : -1;
        token->upos = m->upos[p->tags[i]];
        token->xpos = m->xpos[p->tags[i]];
        token->rel = m->rel[p->labels[i]];
        token->name = p->names[i];
        bool is_name_like = is_prose && is_capitalised(form) && is_inner(tokens, i);
        token->lemma = dgm_lemma(m, arena, form, p->tags[i], is_name_like);
    }
}

/* The first root stays; those of later pieces hang on it. */
static void join_pieces(dgm_sentence *sentence)
{
    int32_t root = -1;
    for (uint32_t i = 0; i < sentence->count; i++) {
        dgm_token *token = &sentence->tokens[i];
        if (token->head >= 0)
            continue;
        if (root < 0) {
            root = (int32_t)i;
        } else {
            token->head = root;
            token->rel = DGM_REL_PARATAXIS;
        }
    }
}

void dgm_parser_run(dgm_parser *p, dgm_arena *arena, const dgm_text *text, dgm_sentence *sentence)
{
    for (uint32_t first = 0; first < sentence->count; first += DGM_PIECE_TOKENS) {
        uint32_t left = sentence->count - first;
        int count = (int)(left < DGM_PIECE_TOKENS ? left : DGM_PIECE_TOKENS);
        run_piece(p, text, sentence->tokens + first, count);
        keep_piece(p, arena, text, sentence->tokens + first, count, (int32_t)first);
    }
    if (sentence->count > DGM_PIECE_TOKENS)
        join_pieces(sentence);
    dgm_set_feats(text, sentence);
}
