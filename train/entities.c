/* GUM brackets its entities in the last column: "Entity=(3-organization-...(4-place-...)" opens 3
 * and opens and closes 4, "3)" closes 3 (universal-dependencies "CorefUD" form of GUM). Of an
 * entity with a proper noun at its head the run of name words around the head is the name; inner
 * entities close first, so that the outermost name wins. */
#include "entities.h"
#include "text/text.h"

enum { DEPTH = 32, KINDS = 3 };

typedef struct open_entity {
    dgm_str id;
    int first, kind; /* kind: -1 for what is no name */
} open_entity;

typedef struct reader {
    word_entry *words;
    int count, depth;
    open_entity open[DEPTH];
} reader;

static int kind_of(dgm_str type)
{
    static const char *const kinds[KINDS] = {"person", "organization", "place"};
    for (int k = 0; k < KINDS; k++)
        if (dgm_str_is(type, kinds[k]))
            return k;
    return -1;
}

static bool is_capital(dgm_str form)
{
    return form.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z';
}

static bool is_name_word(const word_entry *word)
{
    return dgm_str_is(word->upos, "PROPN") || dgm_str_starts(word->xpos, DGM_STR("NNP")) ||
           (dgm_str_is(word->upos, "ADJ") && is_capital(word->form));
}

/* The word of the span whose head is outside it. */
static int head_of(const reader *r, int first, int last)
{
    for (int i = first; i <= last; i++) {
        int head = r->words[i].head - 1;
        if (head < first || head > last)
            return i;
    }
    return last;
}

/* Past the words that may link parts of a name ("Bank of the West", "Trinidad and Tobago"). */
static int past_links(const reader *r, int at, int last)
{
    static const char *const links[] = {"of", "the", "and", "for", "-", "'s", "de", "&"};
    int from = at;
    for (; at <= last && at < from + 2; at++) {
        bool is_link = false;
        for (size_t k = 0; k < sizeof links / sizeof *links; k++)
            is_link |= dgm_str_is(r->words[at].form, links[k]);
        if (!is_link)
            break;
    }
    return at;
}

static void mark_name(reader *r, int first, int last, int kind)
{
    int head = head_of(r, first, last), from = head, to = head;
    if (!dgm_str_is(r->words[head].upos, "PROPN"))
        return;
    while (from > first && is_name_word(&r->words[from - 1]) &&
           !dgm_str_is(r->words[from - 1].rel, "nmod:desc"))
        from--;
    for (int next; to < last; to = next) {
        next = kind == 0 ? to + 1 : past_links(r, to + 1, last);
        if (next > last || !is_name_word(&r->words[next]))
            break;
    }
    for (int i = from; i <= to; i++)
        r->words[i].name = (int8_t)(DGM_NAME_B_PER + 2 * kind + (i > from));
}

static void close_entity(reader *r, dgm_str id, int last)
{
    for (int d = r->depth - 1; d >= 0; d--) {
        if (!dgm_str_eq(r->open[d].id, id))
            continue;
        if (r->open[d].kind >= 0)
            mark_name(r, r->open[d].first, last, r->open[d].kind);
        memmove(&r->open[d], &r->open[d + 1], (size_t)(r->depth - d - 1) * sizeof *r->open);
        r->depth--;
        return;
    }
}

/* "(4-place-..." up to the next bracket; `text` stands after the first bracket. */
static dgm_str open_next(reader *r, dgm_str *text, int at)
{
    size_t end = 0;
    while (end < text->len && text->ptr[end] != '(' && text->ptr[end] != ')')
        end++;
    dgm_str body = dgm_str_sub(*text, 0, end), id, type;
    *text = dgm_str_sub(*text, end, text->len - end);
    if (!dgm_str_cut(&body, '-', &id) || !dgm_str_cut(&body, '-', &type))
        return (dgm_str){0};
    if (r->depth < DEPTH)
        r->open[r->depth++] = (open_entity){id, at, kind_of(type)};
    return id;
}

static void read_brackets(reader *r, dgm_str text, int at)
{
    dgm_str opened = {0};
    while (text.len) {
        size_t end = 0;
        while (end < text.len && text.ptr[end] != '(' && text.ptr[end] != ')')
            end++;
        if (end == text.len)
            return;
        bool opens = text.ptr[end] == '(';
        dgm_str id = dgm_str_sub(text, 0, end);
        text = dgm_str_sub(text, end + 1, text.len - end - 1);
        if (opens)
            opened = open_next(r, &text, at);
        else
            close_entity(r, id.len ? id : opened, at);
    }
}

void entities_read(word_entry *words, const dgm_str *misc, int count)
{
    reader r = {.words = words, .count = count};
    for (int i = 0; i < count; i++)
        words[i].name = DGM_NAME_O;
    for (int i = 0; i < count; i++) {
        dgm_str rest = misc[i], part;
        while (dgm_str_cut(&rest, '|', &part))
            if (dgm_str_starts(part, DGM_STR("Entity=")))
                read_brackets(&r, dgm_str_sub(part, 7, part.len - 7), i);
    }
}
