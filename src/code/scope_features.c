/* What the learned attributions look at. In: a grounded sentence; a token that may be a cue, or a
 * place of its surroundings. Out: hashes of what is seen there: words, tags, the way through the
 * tree, edges of phrases, quotations, and what the rules propose. */
#include "code/scope_model.h"

#include "base/hash.h"

enum { REACH_TOKENS = 150, REACH_SENTENCES = 6, MOST_STEPS = 64, NO_HASH = 0 };

static uint32_t mix(uint32_t a, uint32_t b)
{
    uint64_t h = (a ^ 0x9E3779B97F4A7C15ULL) * 0xff51afd7ed558ccdULL + b;
    h ^= h >> 32;
    h *= 0xc4ceb9fe1a85ec53ULL;
    return (uint32_t)(h >> 32);
}

/* A feature: the number of its kind with up to three values. */
static void put(dgm_features *out, uint32_t kind, uint32_t a, uint32_t b, uint32_t c)
{
    if (out->count == DGM_MOST_FEATURES)
        return;
    uint32_t hash = mix(mix(mix(kind * 2654435761U, a), b), c);
    out->items[out->count++] = hash ? hash : 1;
}

static uint32_t hash_lower(dgm_str s)
{
    uint64_t hash = DGM_HASH_START;
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        c = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c >= '0' && c <= '9' ? '0' : c);
        hash = dgm_hash_more(hash, &c, 1);
    }
    return (uint32_t)dgm_hash_end(hash);
}

static const dgm_token *token_at(const dgm_reading *r, int32_t token)
{
    return dgm_view_token(&r->view, token);
}

static bool is_within(const dgm_reading *r, int32_t token)
{
    return token >= 0 && token < r->view.tree->count;
}

static uint32_t lemma_at(const dgm_reading *r, int32_t token)
{
    return is_within(r, token) ? r->lemma[token] : NO_HASH;
}

static uint32_t xpos_at(const dgm_reading *r, int32_t token)
{
    return is_within(r, token) ? token_at(r, token)->xpos : 99;
}

static void mark_quotes(dgm_reading *r)
{
    for (int32_t i = 0; i < r->view.tree->count; i++) {
        dgm_span span = token_at(r, i)->span;
        for (uint32_t q = 0; q < r->quotes.count; q++) {
            dgm_span quote = r->quotes.items[q];
            if (span.off == quote.off)
                r->quote[i] = 2;
            else if (span.off > quote.off && dgm_span_end(span) == dgm_span_end(quote))
                r->quote[i] = 3;
            else if (span.off > quote.off && dgm_span_end(span) < dgm_span_end(quote))
                r->quote[i] = 1;
        }
    }
}

dgm_reading *dgm_reading_new(const dgm_scopes *scopes, dgm_arena *arena,
                             const dgm_grounded *grounded, uint32_t index)
{
    dgm_reading *r = DGM_NEW(arena, dgm_reading);
    dgm_view_init(&r->view, scopes, arena, grounded, index);
    uint32_t count = (uint32_t)r->view.tree->count;
    r->lemma = DGM_ARRAY(arena, uint32_t, count + 1);
    r->quote = DGM_ARRAY(arena, uint8_t, count + 1);
    for (uint32_t i = 0; i < count; i++) {
        dgm_str lemma = dgm_tree_lemma(r->view.tree, (int32_t)i);
        r->lemma[i] = hash_lower(lemma.len ? lemma : dgm_tree_form(r->view.tree, (int32_t)i));
    }
    r->quotes = dgm_quotes_of(&r->view);
    mark_quotes(r);
    return r;
}

bool dgm_may_be_cue(const dgm_reading *r, int32_t token)
{
    const dgm_token *at = token_at(r, token);
    switch (at->upos) {
    case DGM_VERB:
    case DGM_NOUN:
    case DGM_ADJ:
    case DGM_AUX:
    case DGM_ADV:
        return true;
    case DGM_ADP:
    case DGM_SCONJ:
        return dgm_rel_main((dgm_rel)at->rel) != DGM_REL_FIXED;
    case DGM_PUNCT:
        return at->xpos == DGM_XPOS_COLON;
    default:
        return at->xpos == DGM_XPOS_VBG;
    }
}

static uint32_t paragraph_of(const dgm_reading *r)
{
    return r->view.grounded->text->sentences[r->view.index].paragraph;
}

/* Kind of the phrase's mention: a person, a state; its name otherwise. */
static uint32_t kind_of(const dgm_reading *r, int32_t token)
{
    dgm_mention *const *mentions = r->view.sentence->mentions;
    uint32_t kind = mentions && mentions[token] ? (uint32_t)mentions[token]->kind : 0;
    return kind * 8 + token_at(r, token)->name;
}

/* What hangs below the word, by relation, and by relation and word in front. */
static void put_children(const dgm_reading *r, int32_t token, dgm_features *out)
{
    const dgm_tree *tree = r->view.tree;
    uint32_t lemma = r->lemma[token];
    uint32_t seen = 0;
    DGM_EACH_CHILD (tree, child, token) {
        uint32_t rel = token_at(r, child)->rel, side = child > token;
        if (dgm_rel_main((dgm_rel)rel) == DGM_REL_PUNCT || out->count > DGM_MOST_FEATURES - 24)
            continue;
        put(out, 1, rel, side, lemma);
        put(out, 2, rel, side, token_at(r, token)->upos);
        bool has_mark = tree->left[child] < child;
        put(out, 3, rel, has_mark ? r->lemma[tree->left[child]] : NO_HASH, lemma);
        seen |= 1U << (dgm_rel_main((dgm_rel)rel) % 31);
        if (dgm_rel_main((dgm_rel)rel) == DGM_REL_NSUBJ) {
            put(out, 4, kind_of(r, child), token_at(r, child)->xpos, 0);
            put(out, 5, r->lemma[child], 0, 0);
            put(out, 6, r->lemma[child], lemma, 0);
        } else if (dgm_rel_main((dgm_rel)rel) == DGM_REL_OBJ) {
            put(out, 7, r->lemma[child], lemma, 0);
        }
    }
    put(out, 8, seen, lemma, 0);
    put(out, 9, seen, token_at(r, token)->xpos, 0);
}

typedef struct frames {
    const dgm_reading *reading;
    dgm_features *out;
    uint32_t lemma, upos;
} frames;

static void put_frame(void *payload, dgm_str frame, dgm_attribution_span span)
{
    frames *it = payload;
    uint32_t hash = hash_lower(frame);
    put(it->out, 10, hash, it->lemma, span.source.len > 0);
    put(it->out, 11, hash, it->upos, span.source.len > 0);
}

/* Where a quotation stands beside the word: before it, behind it, around it. */
static uint32_t quotes_near(const dgm_reading *r, int32_t token)
{
    enum { NEAR = 8 };
    uint32_t seen = r->quote[token] ? 1U : 0U;
    for (int32_t i = token - 1; i >= 0 && i >= token - NEAR; i--)
        seen |= r->quote[i] == 3 ? 2U : 0U;
    for (int32_t i = token + 1; i < r->view.tree->count && i <= token + NEAR; i++)
        seen |= r->quote[i] == 2 ? 4U : 0U;
    return seen;
}

/* The row of attribution.tsv or modality.tsv that knows the word: "say-reiterate" counts as "say".
 */
static uint32_t class_of(const dgm_reading *r, int32_t token)
{
    uint8_t upos = token_at(r, token)->upos;
    dgm_cue_class class = upos == DGM_VERB   ? DGM_CUE_VERB
                          : upos == DGM_NOUN ? DGM_CUE_NOUN
                                             : DGM_CUE_ADJ;
    const dgm_cue *cue = dgm_cue_first(r->view.scopes, class, dgm_tree_lemma(r->view.tree, token));
    if (!cue)
        return NO_HASH;
    dgm_str id = dgm_str_of(cue->id);
    for (size_t i = id.len; i > 0; i--)
        if (id.ptr[i - 1] == '-')
            return hash_lower((dgm_str){id.ptr, i - 1}) + cue->has_source;
    return hash_lower(id) + cue->has_source;
}

void dgm_cue_features(const dgm_reading *r, int32_t token, dgm_features *out)
{
    const dgm_token *at = token_at(r, token);
    const dgm_tree *tree = r->view.tree;
    uint32_t lemma = r->lemma[token], near = quotes_near(r, token);
    int32_t head = at->head;
    uint32_t head_lemma = lemma_at(r, head), class = class_of(r, token);
    out->count = 0;
    put(out, 20, 0, 0, 0);
    put(out, 21, lemma, 0, 0);
    put(out, 22, lemma, at->xpos, 0);
    put(out, 23, lemma, at->rel, 0);
    put(out, 24, hash_lower(dgm_tree_form(tree, token)), 0, 0);
    put(out, 25, at->xpos, at->rel, 0);
    put(out, 26, lemma, near, 0);
    put(out, 27, at->upos, near, at->rel);
    put(out, 28, head_lemma, at->rel, 0);
    put(out, 29, head_lemma, at->rel, lemma);
    put(out, 30, lemma, lemma_at(r, token + 1), 0);
    put(out, 31, lemma, lemma_at(r, token - 1), 0);
    put(out, 32, lemma, xpos_at(r, token + 1), 0);
    put(out, 33, lemma, xpos_at(r, token - 1), 0);
    put(out, 34, xpos_at(r, token - 1), at->xpos, xpos_at(r, token + 1));
    put(out, 35, at->upos, lemma_at(r, token + 1), lemma_at(r, token + 2));
    put(out, 36, at->upos, lemma_at(r, token - 1), 0);
    put(out, 37, at->upos, lemma_at(r, token + 1), 0);
    put(out, 38, class, at->upos, 0);
    put(out, 39, class, at->rel, near);
    put(out, 40, class, lemma_at(r, token + 1), 0);
    put(out, 41, at->upos, r->view.grounded->text->sentences[r->view.index].kind, token == 0);
    put(out, 42, lemma, token < 6 ? (uint32_t)token : 6, 0);
    put(out, 43, lemma, lemma_at(r, token - 2), lemma_at(r, token - 1));
    put(out, 44, lemma, lemma_at(r, token + 1), lemma_at(r, token + 2));
    put_children(r, token, out);
    frames payload = {r, out, lemma, at->upos};
    dgm_attributions_each(&r->view, &r->quotes, token, put_frame, &payload);
}

/* Whether a sentence beside the cue's is told in the same breath: it touches a quotation, or a
 * speaker's name and a colon opened the paragraph. */
static bool belongs(const dgm_reading *of, const dgm_reading *other, bool is_turn)
{
    return paragraph_of(of) == paragraph_of(other) && (is_turn || other->quotes.count > 0);
}

static void take_places(dgm_window *w, const dgm_reading *r)
{
    for (int32_t i = 0; i < r->view.tree->count; i++) {
        bool is_near =
            r != w->reading || (i >= w->cue - REACH_TOKENS && i <= w->cue + REACH_TOKENS);
        if (r == w->reading && i == w->cue)
            w->at = w->count;
        if (is_near)
            w->places[w->count++] = (dgm_span_place){r, i};
    }
}

/* Sentences from first to last that go together with the cue's, bounded in words as well. */
static void gather(dgm_window *w)
{
    const dgm_reading *r = w->reading;
    const dgm_view *view = &r->view;
    const dgm_reading *found[2 * REACH_SENTENCES + 1];
    bool is_turn = token_at(r, w->cue)->xpos == DGM_XPOS_COLON && w->cue < 8;
    int32_t words = view->tree->count;
    int first = REACH_SENTENCES, last = REACH_SENTENCES;
    found[REACH_SENTENCES] = r;
    for (int step = -1; step <= 1; step += 2)
        for (int i = 1; i <= REACH_SENTENCES; i++) {
            int64_t index = (int64_t)view->index + step * i;
            if (index < 0 || index >= view->grounded->text->count)
                break;
            dgm_reading *other =
                dgm_reading_new(view->scopes, view->arena, view->grounded, (uint32_t)index);
            words += other->view.tree->count;
            if (!belongs(r, other, is_turn && step > 0) || words > 2 * REACH_TOKENS)
                break;
            first = step < 0 ? REACH_SENTENCES - i : first;
            last = step > 0 ? REACH_SENTENCES + i : last;
            found[REACH_SENTENCES + step * i] = other;
        }
    w->places = DGM_ARRAY(view->arena, dgm_span_place, 4 * REACH_TOKENS + 2);
    for (int i = first; i <= last; i++)
        take_places(w, found[i]);
}

typedef struct proposal {
    dgm_attribution_span *best;
    uint32_t *frame;
} proposal;

static void keep_proposal(void *payload, dgm_str frame, dgm_attribution_span span)
{
    proposal *it = payload;
    if (it->best->content_count && span.rate <= it->best->rate)
        return;
    *it->best = span;
    *it->frame = hash_lower(frame);
}

dgm_window *dgm_window_new(const dgm_reading *reading, int32_t cue)
{
    const dgm_view *view = &reading->view;
    dgm_window *w = DGM_NEW(view->arena, dgm_window);
    *w = (dgm_window){.reading = reading, .cue = cue};
    gather(w);
    w->height = DGM_ARRAY(view->arena, int32_t, (uint32_t)view->tree->count);
    for (int32_t i = 0; i < view->tree->count; i++)
        w->height[i] = -1;
    int32_t at = cue;
    for (int32_t h = 0; at >= 0 && h < MOST_STEPS; h++) {
        w->height[at] = h;
        at = token_at(reading, at)->head;
    }
    proposal payload = {&w->rule, &w->frame};
    dgm_attributions_each(view, &reading->quotes, cue, keep_proposal, &payload);
    return w;
}

/* 1 first, 2 inside, 3 last, 4 all of the span; 0 outside. */
static uint32_t place_in(dgm_span token, dgm_span span)
{
    if (!span.len || token.off < span.off || dgm_span_end(token) > dgm_span_end(span))
        return 0;
    bool is_first = token.off == span.off, is_last = dgm_span_end(token) == dgm_span_end(span);
    return is_first && is_last ? 4 : is_first ? 1 : is_last ? 3 : 2;
}

static uint32_t proposed_at(const dgm_window *w, dgm_span token)
{
    uint32_t content = 0;
    for (uint32_t i = 0; i < w->rule.content_count && !content; i++)
        content = place_in(token, w->rule.content[i]);
    return place_in(token, w->rule.source) + 5 * place_in(token, w->rule.cue) + 25 * content;
}

/* The way from the cue to a token: up to a common word, then down. */
typedef struct way {
    uint32_t height, depth; /* steps up, steps down (bounded) */
    int32_t branch, twig;   /* the two words under the common one, or -1 */
    int32_t top, up;        /* the common word; the word under it towards the cue, or -1 */
} way;

static way way_to(const dgm_window *w, int32_t token)
{
    way out = {.branch = -1, .twig = -1, .up = -1, .top = token};
    for (; out.top >= 0 && w->height[out.top] < 0 && out.depth < MOST_STEPS; out.depth++) {
        out.twig = out.branch;
        out.branch = out.top;
        out.top = token_at(w->reading, out.top)->head;
    }
    if (out.top < 0 || w->height[out.top] < 0) {
        out.top = -1;
        out.height = MOST_STEPS;
        return out;
    }
    out.height = (uint32_t)w->height[out.top];
    for (int32_t at = w->cue; out.height > 0 && at != out.top; at = token_at(w->reading, at)->head)
        out.up = at;
    return out;
}

static uint32_t rel_at(const dgm_reading *r, int32_t token)
{
    return token < 0 ? 0 : token_at(r, token)->rel;
}

/* 1 the token begins the phrase of `head`, 2 ends it, 3 both. */
static uint32_t edge_of(const dgm_reading *r, int32_t token, int32_t head)
{
    if (head < 0)
        return 4;
    return (r->view.tree->left[head] == token) + 2U * (r->view.tree->right[head] == token);
}

/* The widest phrase that begins (or ends) at the token. */
static int32_t widest(const dgm_reading *r, int32_t token, bool at_end)
{
    const int32_t *edge = at_end ? r->view.tree->right : r->view.tree->left;
    int32_t top = token;
    for (int step = 0; step < MOST_STEPS; step++) {
        int32_t head = token_at(r, top)->head;
        if (head < 0 || edge[head] != token)
            break;
        top = head;
    }
    return top;
}

static uint32_t near_distance(int32_t distance)
{
    int32_t d = distance < 0 ? -distance : distance;
    uint32_t bucket = d < 6 ? (uint32_t)d : d < 10 ? 6 : d < 20 ? 7 : 8;
    return bucket * 2 + (distance < 0);
}

static uint32_t less(uint32_t value, uint32_t most)
{
    return value < most ? value : most;
}

static void put_way(const dgm_window *w, int32_t token, dgm_features *out)
{
    const dgm_reading *r = w->reading;
    const dgm_tree *tree = r->view.tree;
    way to = way_to(w, token);
    uint32_t cue = r->lemma[w->cue], xpos = token_at(r, token)->xpos;
    uint32_t branch = rel_at(r, to.branch), twig = rel_at(r, to.twig);
    uint32_t height = less(to.height, 4), side = token > w->cue;
    uint32_t up = rel_at(r, to.up), edge = edge_of(r, token, to.branch);
    uint32_t path = mix(mix(height, branch), mix(up, side));
    uint32_t mark = to.branch < 0 ? NO_HASH : r->lemma[tree->left[to.branch]];
    uint32_t cue_xpos = token_at(r, w->cue)->xpos;
    put(out, 60, path, 0, 0);
    put(out, 61, path, edge, 0);
    put(out, 62, path, edge, xpos);
    put(out, 63, path, twig, edge_of(r, token, to.twig));
    put(out, 64, path, mark, edge);
    put(out, 65, path, cue, edge);
    put(out, 66, mix(height, branch), mark, cue);
    put(out, 67, path, less(to.depth, 3), xpos);
    put(out, 68, path, cue_xpos, edge);
    put(out, 69, path, r->lemma[token], 0);
    put(out, 70, mix(path, twig), xpos, edge);
    int32_t starts = widest(r, token, false), ends = widest(r, token, true);
    put(out, 71, rel_at(r, starts),
        w->height[token_at(r, starts)->head < 0 ? starts : token_at(r, starts)->head] >= 0, path);
    put(out, 72, rel_at(r, ends),
        w->height[token_at(r, ends)->head < 0 ? ends : token_at(r, ends)->head] >= 0, path);
    if (token + 1 < tree->count) {
        int32_t next = widest(r, token + 1, false);
        way after = way_to(w, token + 1);
        uint32_t after_path =
            mix(mix(less(after.height, 4), rel_at(r, after.branch)), after.branch == to.branch);
        put(out, 73, rel_at(r, next), path, xpos_at(r, token + 1));
        put(out, 74, path, after_path, edge_of(r, token + 1, after.branch));
    }
    if (token > 0) {
        way before = way_to(w, token - 1);
        put(out, 75, path,
            mix(mix(less(before.height, 4), rel_at(r, before.branch)), before.branch == to.branch),
            edge);
    }
}

static void put_word(const dgm_reading *r, int32_t token, uint32_t where, dgm_features *out)
{
    uint32_t xpos = token_at(r, token)->xpos;
    uint32_t before = xpos_at(r, token - 1), after = xpos_at(r, token + 1);
    put(out, 80, r->lemma[token], where, 0);
    put(out, 81, lemma_at(r, token + 1), where, 0);
    put(out, 82, lemma_at(r, token - 1), where, 0);
    put(out, 83, xpos, after, where);
    put(out, 84, xpos, before, where);
    put(out, 85, mix(xpos, before), after, where);
    put(out, 86, xpos, after, mix(xpos_at(r, token + 2), where));
    put(out, 87, r->lemma[token], lemma_at(r, token + 1), where);
    put(out, 88, r->lemma[token], lemma_at(r, token - 1), where);
    put(out, 89, kind_of(r, token), where, after);
}

static uint32_t quote_at(const dgm_window *w, int32_t place)
{
    if (place < 0 || place >= w->count)
        return 5;
    return w->places[place].reading->quote[w->places[place].token];
}

void dgm_place_features(const dgm_window *w, int32_t place, dgm_features *out)
{
    const dgm_reading *r = w->places[place].reading;
    int32_t token = w->places[place].token;
    bool is_own = r == w->reading;
    dgm_span span = token_at(r, token)->span;
    uint32_t where = is_own                                   ? (token < w->cue    ? 0
                                                                 : token == w->cue ? 1
                                                                                   : 2)
                     : r->view.index < w->reading->view.index ? 3
                                                              : 4;
    uint32_t quote = quote_at(w, place), cue_quote = w->reading->quote[w->cue] > 0;
    uint32_t quotes = quote + 6 * quote_at(w, place - 1) + 36 * quote_at(w, place + 1);
    uint32_t rule = proposed_at(w, span), cue = w->reading->lemma[w->cue];
    uint32_t before =
        place > 0 ? proposed_at(
                        w, token_at(w->places[place - 1].reading, w->places[place - 1].token)->span)
                  : 199;
    uint32_t after =
        place + 1 < w->count
            ? proposed_at(w,
                          token_at(w->places[place + 1].reading, w->places[place + 1].token)->span)
            : 199;
    uint32_t ends = (token == 0) + 2U * (token + 1 == r->view.tree->count) +
                    4U * (token + 2 == r->view.tree->count);
    uint32_t xpos = token_at(r, token)->xpos;
    out->count = 0;
    put(out, 50, where, 0, 0);
    put(out, 51, quotes, where, cue_quote);
    put(out, 52, quotes, xpos, where);
    put(out, 53, rule, w->frame, w->rule.rate / 25);
    put(out, 54, rule, mix(before, after), w->frame);
    put(out, 55, rule, xpos, quote);
    put(out, 56, rule, before, after);
    put(out, 57, rule, w->rule.rate / 10, cue_quote);
    put(out, 58, ends, where, xpos);
    put(out, 59, ends, quote, where);
    put(out, 48, rule, cue, after);
    put(out, 49, rule, before, xpos);
    put(out, 47, rule, after, xpos_at(r, token + 1));
    put_word(r, token, where, out);
    if (!is_own)
        return;
    uint32_t distance = near_distance(token - w->cue);
    put(out, 90, distance, 0, 0);
    put(out, 91, distance, xpos, 0);
    put(out, 92, distance, cue, 0);
    put(out, 93, less(distance, 9), cue, r->lemma[token]);
    put(out, 94, cue, where, r->lemma[token]);
    put(out, 95, cue, where, xpos);
    put(out, 96, distance, token_at(r, w->cue)->xpos, xpos);
    put_way(w, token, out);
}

bool dgm_place_allows(const dgm_window *w, int32_t place, int label)
{
    int role = label ? (label - 1) / DGM_PLACE_COUNT : -1;
    int at = label ? (label - 1) % DGM_PLACE_COUNT : 0;
    bool is_cue = role == DGM_ROLE_CUE, is_own = w->places[place].reading == w->reading;
    int32_t distance = place - w->at;
    if (!distance || !is_cue)
        return is_cue == !distance;
    if (!is_own || distance < -12 || distance > 16)
        return false;
    return distance < 0 ? at <= DGM_PLACE_INSIDE : at == DGM_PLACE_INSIDE || at == DGM_PLACE_LAST;
}
