/* Spans: the attributions of a sentence as source, cue and content, for readers of text and for
 * measuring against PARC and PolNeAR. In: a grounded sentence. Out: what each cue word with its
 * construction attributes, where the counts of data/lexicon/cues.tsv say that it mostly does. */
#include "code/scope_model.h"

enum { MIN_RATE = 50 };

static const dgm_token *token_at(const dgm_view *view, int32_t token)
{
    return dgm_view_token(view, token);
}

static bool is_punct(const dgm_view *view, int32_t token)
{
    return token_at(view, token)->upos == DGM_PUNCT;
}

static bool is_quote(const dgm_view *view, int32_t token)
{
    uint8_t xpos = token_at(view, token)->xpos;
    return xpos == DGM_XPOS_OPEN || xpos == DGM_XPOS_CLOSE;
}

/* A run of tokens, ends included. */
typedef struct run {
    int32_t first, last;
} run;

/* Without commas, colons and full stops at the ends; quotation marks stay, and what stands inside
 * them. */
static run trimmed(const dgm_view *view, run r)
{
    while (r.first < r.last && is_punct(view, r.first) && !is_quote(view, r.first) &&
           token_at(view, r.first)->xpos != DGM_XPOS_LRB)
        r.first++;
    while (r.last > r.first && is_punct(view, r.last) && !is_quote(view, r.last) &&
           token_at(view, r.last)->xpos != DGM_XPOS_RRB)
        r.last--;
    return r;
}

static dgm_span span_of(const dgm_view *view, run r)
{
    return dgm_tree_span(view->tree, r.first, r.last);
}

static run subtree(const dgm_view *view, int32_t head)
{
    return (run){view->tree->left[head], view->tree->right[head]};
}

/* Auxiliaries, negations and adverbs in front of the verb, particles behind it. */
static run cue_run(const dgm_view *view, int32_t verb)
{
    run r = {verb, verb};
    while (r.first > 0) {
        const dgm_token *before = token_at(view, r.first - 1);
        dgm_rel rel = dgm_rel_main((dgm_rel)before->rel);
        bool is_part = rel == DGM_REL_AUX || rel == DGM_REL_ADVMOD || rel == DGM_REL_COP;
        if (!is_part || (before->head != verb && before->head != r.first))
            break;
        r.first--;
    }
    while (r.last + 1 < view->tree->count &&
           token_at(view, r.last + 1)->rel == DGM_REL_COMPOUND_PRT &&
           token_at(view, r.last + 1)->head == verb)
        r.last++;
    if (r.last + 1 < view->tree->count && token_at(view, r.last + 1)->xpos == DGM_XPOS_COLON &&
        dgm_str_is(dgm_tree_form(view->tree, r.last + 1), ":"))
        r.last++;
    return r;
}

/* As annotated, the source of a relative clause is its pronoun: "the ministry, which said". */
static int32_t nearest_source(const dgm_view *view, int32_t cue)
{
    int32_t source = dgm_source_of(view, cue);
    bool is_outside = source >= 0 && dgm_tree_below(view->tree, cue, source);
    DGM_EACH_CHILD (view->tree, child, cue)
        if (is_outside && dgm_view_rel(view, child) == DGM_REL_NSUBJ)
            return child;
    return source;
}

/* The source's phrase: all of it but the clause of the cue, with the comma that closes an
 * apposition or relative clause. */
static run source_run(const dgm_view *view, int32_t source, int32_t cue)
{
    run r = subtree(view, source);
    DGM_EACH_CHILD (view->tree, child, source) {
        dgm_rel rel = dgm_view_rel(view, child);
        run below = subtree(view, child);
        if (rel != DGM_REL_CASE && below.first <= cue && cue <= below.last) {
            r.last = child > source ? below.first - 1 : r.last;
            break;
        }
        if (rel == DGM_REL_CASE && child < source)
            r.first = view->tree->right[child] + 1;
        else if (rel == DGM_REL_CASE && child == r.last)
            r.last = child - 1;
    }
    bool has_comma = false;
    for (int32_t i = r.first; i < r.last; i++)
        has_comma |= token_at(view, i)->xpos == DGM_XPOS_COMMA;
    bool closes = token_at(view, r.last)->xpos == DGM_XPOS_COMMA;
    if (closes && has_comma)
        return r;
    return trimmed(view, r);
}

/* A possible attribution before its rate is looked up. */
typedef struct candidate {
    int32_t cue, source;
    dgm_str frame;
    run cue_words;
    run named; /* the source where no phrase of the tree is it */
    dgm_span content[DGM_CONTENT_PARTS];
    uint32_t content_count;
} candidate;

static void put_span(candidate *c, dgm_span span)
{
    if (c->content_count < DGM_CONTENT_PARTS)
        c->content[c->content_count++] = span;
}

static void put_content(const dgm_view *view, candidate *c, run r)
{
    if (r.first > r.last)
        return;
    r = trimmed(view, r);
    if (r.first != r.last || !is_punct(view, r.first))
        put_span(c, span_of(view, r));
}

/* A part that holds one mark of a quotation is widened to its other mark. */
static dgm_span closed(const dgm_quotes *quotes, dgm_span part)
{
    for (uint32_t i = 0; i < quotes->count; i++) {
        dgm_span quote = quotes->items[i];
        bool has_begin = quote.off >= part.off && quote.off < dgm_span_end(part);
        bool has_end = dgm_span_end(quote) > part.off && dgm_span_end(quote) <= dgm_span_end(part);
        if (has_begin != has_end)
            part = dgm_span_join(part, quote);
    }
    return part;
}

/* From the complement to the last of those that follow it: "accused Iran of attacking". */
static run complement_run(const dgm_view *view, int32_t verb, int32_t child)
{
    run r = subtree(view, child);
    for (int32_t next = view->tree->next_child[child]; next >= 0;
         next = view->tree->next_child[next]) {
        dgm_rel rel = dgm_view_rel(view, next);
        if (rel != DGM_REL_OBL && rel != DGM_REL_XCOMP && rel != DGM_REL_ADVCL &&
            rel != DGM_REL_NMOD && rel != DGM_REL_CCOMP)
            break;
        if (view->tree->left[next] != r.last + 1)
            break;
        r.last = view->tree->right[next];
    }
    (void)verb;
    return r;
}

/* The clause that the cue's own clause interrupts or follows. */
static void content_around(const dgm_view *view, candidate *c, int32_t head, int32_t inserted)
{
    run whole = subtree(view, head), cut = subtree(view, inserted);
    put_content(view, c, (run){whole.first, cut.first - 1});
    put_content(view, c, (run){cut.last + 1, whole.last});
}

/* The preposition in front of `child` as part of the cue: "talked about". */
static void take_preposition(const dgm_view *view, candidate *c, int32_t child, run *content)
{
    DGM_EACH_CHILD (view->tree, below, child) {
        dgm_rel rel = dgm_view_rel(view, below);
        if ((rel != DGM_REL_CASE && rel != DGM_REL_MARK) || below > child)
            continue;
        int32_t last = view->tree->right[below];
        if (view->tree->left[below] <= c->cue_words.last + 1)
            c->cue_words.last = last;
        if (content->first <= last)
            content->first = last + 1;
        return;
    }
}

static bool candidate_of_child(const dgm_view *view, int32_t verb, int32_t child, candidate *c)
{
    dgm_rel rel = dgm_view_rel(view, child);
    *c = (candidate){.cue = verb, .cue_words = cue_run(view, verb)};
    c->frame = dgm_frame_of(view, child);
    run content = complement_run(view, verb, child);
    switch (rel) {
    case DGM_REL_CCOMP:
    case DGM_REL_XCOMP:
        content = subtree(view, child);
        break;
    case DGM_REL_OBJ:
        break;
    case DGM_REL_NSUBJ:
        if (token_at(view, child)->rel != DGM_REL_NSUBJ_PASS)
            return false;
        c->frame = DGM_STR("passive");
        content = subtree(view, child);
        break;
    case DGM_REL_OBL:
    case DGM_REL_NMOD:
        if (!c->frame.len || token_at(view, child)->rel == DGM_REL_OBL_AGENT ||
            token_at(view, child)->rel == DGM_REL_NMOD_POSS)
            return false;
        take_preposition(view, c, child, &content);
        break;
    case DGM_REL_ACL:
        if (token_at(view, child)->rel == DGM_REL_ACL_RELCL)
            return false;
        break;
    default:
        return false;
    }
    put_content(view, c, content);
    c->source = nearest_source(view, verb);
    return c->content_count > 0;
}

/* "according to X": the source is the phrase, the content the clause around it. */
static bool candidate_of_phrase(const dgm_view *view, int32_t noun, candidate *c)
{
    dgm_rel rel = dgm_view_rel(view, noun);
    int32_t head = token_at(view, noun)->head;
    if (head < 0 || (rel != DGM_REL_OBL && rel != DGM_REL_NMOD))
        return false;
    DGM_EACH_CHILD (view->tree, mark, noun) {
        dgm_str frame = dgm_tree_case(view->tree, view->arena, noun);
        if (dgm_view_rel(view, mark) != DGM_REL_CASE ||
            !dgm_cue_first(view->scopes, DGM_CUE_PREP, frame))
            continue;
        *c = (candidate){.cue = mark, .source = noun, .frame = DGM_STR("phrase")};
        c->cue_words = subtree(view, mark);
        content_around(view, c, head, noun);
        return true;
    }
    return false;
}

/* ", Zarif said": a clause inside or behind what it reports. */
static bool candidate_inserted(const dgm_view *view, int32_t verb, candidate *c)
{
    int32_t first = dgm_final_clause(view, verb);
    if (first < 0 && !dgm_is_reporting_clause(view, verb))
        return false;
    *c = (candidate){.cue = verb, .frame = DGM_STR("speech"), .cue_words = cue_run(view, verb)};
    c->source = first > 0 ? dgm_final_source(view, verb) : nearest_source(view, verb);
    if (first > 0)
        put_content(view, c, (run){0, first - 1});
    else
        content_around(view, c, token_at(view, verb)->head, verb);
    return c->content_count > 0;
}

/* Past commas, colons and up to a few words that belong to the cue ("told reporters on Monday, "),
 * the token that opens a quotation; -1 when there is none. */
static int32_t quote_after(const dgm_view *view, const dgm_quotes *quotes, int32_t token)
{
    enum { WORDS = 8 };
    for (int32_t i = token + 1; i < view->tree->count && i <= token + WORDS; i++) {
        for (uint32_t q = 0; q < quotes->count; q++)
            if (quotes->items[q].off == token_at(view, i)->span.off)
                return i > token + 1 && !is_punct(view, i - 1) ? DGM_NO_TOKEN : (int32_t)q;
        dgm_upos upos = (dgm_upos)token_at(view, i)->upos;
        if (upos == DGM_VERB || upos == DGM_SCONJ || upos == DGM_CCONJ)
            break;
    }
    return DGM_NO_TOKEN;
}

static int32_t quote_before(const dgm_view *view, const dgm_quotes *quotes, int32_t token)
{
    int32_t i = token - 1;
    while (i > 0 && is_punct(view, i) && !is_quote(view, i))
        i--;
    for (uint32_t q = 0; i >= 0 && q < quotes->count; q++)
        if (dgm_span_end(quotes->items[q]) == dgm_span_end(token_at(view, i)->span))
            return (int32_t)q;
    return DGM_NO_TOKEN;
}

/* '"...", Zarif said', 'Zarif said: "..."': what is quoted beside the clause of the cue. */
static bool candidate_quoted(const dgm_view *view, const dgm_quotes *quotes, int32_t verb,
                             candidate *c)
{
    *c = (candidate){.cue = verb, .frame = DGM_STR("quote"), .cue_words = cue_run(view, verb)};
    c->source = quotes->count ? nearest_source(view, verb) : DGM_NO_TOKEN;
    if (c->source < 0)
        return false;
    run source = source_run(view, c->source, c->cue), clause = c->cue_words;
    if (source.last + 1 == clause.first)
        clause.first = source.first;
    else if (source.first == clause.last + 1)
        clause.last = source.last;
    int32_t before = quote_before(view, quotes, clause.first);
    int32_t after = quote_after(view, quotes, clause.last);
    if (before >= 0)
        put_span(c, quotes->items[before]);
    if (after >= 0)
        put_span(c, quotes->items[after]);
    return c->content_count > 0;
}

/* "WALLACE: ..." and "Poll: ..." at the head of a paragraph: names and a colon, then all of it. */
static bool candidate_of_colon(const dgm_view *view, int32_t colon, candidate *c)
{
    enum { WORDS = 6 };
    const dgm_text *text = view->grounded->text;
    const dgm_sentence *sentence = &text->sentences[view->index];
    uint32_t last = view->index;
    bool is_first = !last || text->sentences[last - 1].paragraph != sentence->paragraph;
    if (!is_first || colon < 1 || colon > WORDS || colon + 1 >= view->tree->count ||
        !dgm_str_is(dgm_tree_form(view->tree, colon), ":"))
        return false;
    for (int32_t i = 0; i < colon; i++)
        if (token_at(view, i)->upos != DGM_PROPN && token_at(view, i)->upos != DGM_NOUN)
            return false;
    while (last + 1 < text->count && text->sentences[last + 1].paragraph == sentence->paragraph)
        last++;
    *c = (candidate){.cue = colon, .source = DGM_NO_TOKEN, .frame = DGM_STR("colon")};
    c->cue_words = (run){colon, colon};
    c->named = (run){0, colon - 1};
    uint32_t from = token_at(view, colon + 1)->span.off;
    put_span(c, (dgm_span){from, dgm_span_end(text->sentences[last].span) - from});
    return true;
}

static uint8_t rate_of(const dgm_view *view, const candidate *c)
{
    const dgm_token *cue = token_at(view, c->cue);
    if (dgm_str_is(c->frame, "phrase"))
        return 95;
    return dgm_cue_rate(view->scopes, cue->upos == DGM_VERB ? DGM_CUE_VERB : DGM_CUE_NOUN,
                        cue->lemma, c->frame);
}

static dgm_attribution_span finish(const dgm_view *view, const dgm_quotes *quotes,
                                   const candidate *c, uint8_t rate)
{
    dgm_attribution_span out = {.cue_token = c->cue,
                                .cue = span_of(view, c->cue_words),
                                .content_count = c->content_count,
                                .rate = rate};
    if (c->source >= 0)
        out.source = span_of(view, source_run(view, c->source, c->cue));
    else if (dgm_str_is(c->frame, "colon"))
        out.source = span_of(view, c->named);
    for (uint32_t i = 0; i < c->content_count; i++)
        out.content[i] = closed(quotes, c->content[i]);
    return out;
}

void dgm_attributions_each(const dgm_view *view, const dgm_quotes *quotes, int32_t token,
                           dgm_attribution_taker take, void *payload)
{
    candidate c;
    const dgm_token *at = token_at(view, token);
    if (candidate_of_phrase(view, token, &c))
        take(payload, c.frame, finish(view, quotes, &c, rate_of(view, &c)));
    if (candidate_of_colon(view, token, &c))
        take(payload, c.frame, finish(view, quotes, &c, rate_of(view, &c)));
    if (at->upos != DGM_VERB && at->upos != DGM_NOUN)
        return;
    if (at->upos == DGM_VERB && candidate_quoted(view, quotes, token, &c))
        take(payload, c.frame, finish(view, quotes, &c, rate_of(view, &c)));
    if (at->upos == DGM_VERB && candidate_inserted(view, token, &c))
        take(payload, c.frame, finish(view, quotes, &c, rate_of(view, &c)));
    DGM_EACH_CHILD (view->tree, child, token)
        if (candidate_of_child(view, token, child, &c))
            take(payload, c.frame, finish(view, quotes, &c, rate_of(view, &c)));
}

static void keep_best(void *payload, dgm_str frame, dgm_attribution_span span)
{
    dgm_attribution_span *best = payload;
    (void)frame;
    if (span.rate > best->rate)
        *best = span;
}

/* By the rules and their rates alone. */
static dgm_attribution_span by_rules(const dgm_reading *reading, int32_t token)
{
    dgm_attribution_span best = {0};
    dgm_attributions_each(&reading->view, &reading->quotes, token, keep_best, &best);
    return best.rate >= MIN_RATE ? best : (dgm_attribution_span){0};
}

dgm_attribution_span *dgm_attributions_find(const dgm_scopes *scopes, dgm_arena *arena,
                                            const dgm_grounded *grounded, uint32_t index,
                                            uint32_t *count)
{
    dgm_attribution_span *items = NULL;
    uint32_t capacity = 0;
    *count = 0;
    if (grounded->sentences[index].tree->count > DGM_SCOPE_TOKENS)
        return items;
    const dgm_reading *reading = dgm_reading_new(scopes, arena, grounded, index);
    for (int32_t i = 0; i < reading->view.tree->count; i++) {
        dgm_attribution_span found = {0};
        if (!scopes->spans)
            found = by_rules(reading, i);
        else if (dgm_spans_is_cue(scopes->spans, reading, i))
            found = dgm_spans_read(scopes->spans, reading, i);
        if (found.content_count)
            DGM_PUSH(arena, items, *count, capacity, found);
    }
    return items;
}
