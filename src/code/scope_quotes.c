/* Quotes: the quotations that touch a sentence, paired within its paragraph.
 * In: a view of a sentence. Out: spans from mark to mark, both included; a quotation that its
 * paragraph does not close ends with the paragraph, as is the custom for long ones. */
#include "code/scope_priv.h"

enum { REACH = 64 }; /* sentences of the paragraph that are looked at on either side */

/* 1 opens, -1 closes, 2 either (straight marks), 0 is no quotation mark. */
static int quote_kind(dgm_str form)
{
    static const struct {
        const char *form;
        int kind;
    } marks[] = {{"\"", 2},
                 {"``", 1},
                 {"''", 2},
                 {"\xE2\x80\x9C", 1},
                 {"\xE2\x80\x9D", -1},
                 {"\xC2\xAB", 1},
                 {"\xC2\xBB", -1},
                 {"\xE2\x80\x9E", 1}};
    static const char first_bytes[] = {'"', '`', '\'', '\xE2', '\xC2'};
    if (!form.len || form.len > 3 || !memchr(first_bytes, form.ptr[0], sizeof first_bytes))
        return 0; /* most words */
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (dgm_str_is(form, marks[i].form))
            return marks[i].kind;
    return 0;
}

typedef struct pairing {
    dgm_arena *arena;
    dgm_span sentence; /* quotations that touch it are kept */
    dgm_span open;     /* the opening mark; len 0: none is open */
    dgm_quotes out;
    uint32_t capacity;
} pairing;

static void keep(pairing *it, dgm_span quote)
{
    if (dgm_span_end(quote) > it->sentence.off && quote.off < dgm_span_end(it->sentence))
        DGM_PUSH(it->arena, it->out.items, it->out.count, it->capacity, quote);
}

static void read_mark(pairing *it, int kind, dgm_span mark)
{
    if (it->open.len && kind != 1) {
        keep(it, dgm_span_join(it->open, mark));
        it->open.len = 0;
    } else if (kind > 0) {
        it->open = mark;
    }
}

dgm_quotes dgm_quotes_of(const dgm_view *view)
{
    const dgm_text *text = view->grounded->text;
    const dgm_sentence *all = text->sentences;
    uint32_t paragraph = all[view->index].paragraph, first = view->index;
    pairing it = {.arena = view->arena, .sentence = all[view->index].span};
    while (first > 0 && all[first - 1].paragraph == paragraph && view->index - first < REACH)
        first--;
    dgm_span last = all[first].span;
    for (uint32_t s = first; s < text->count && all[s].paragraph == paragraph; s++) {
        if (s > view->index && (!it.open.len || s - view->index > REACH))
            break;
        for (uint32_t i = 0; i < all[s].count; i++) {
            int kind = quote_kind(dgm_token_form(text, &all[s].tokens[i]));
            if (kind)
                read_mark(&it, kind, all[s].tokens[i].span);
        }
        last = all[s].span;
    }
    if (it.open.len)
        keep(&it, dgm_span_join(it.open, last));
    return it.out;
}

const dgm_span *dgm_quote_around(const dgm_quotes *quotes, dgm_span span)
{
    for (uint32_t i = 0; i < quotes->count; i++)
        if (quotes->items[i].off <= span.off &&
            dgm_span_end(quotes->items[i]) >= dgm_span_end(span))
            return &quotes->items[i];
    return NULL;
}
