/* polnear: scores dgm_attributions_find() on PolNeAR (Newell et al. 2018), or counts how often each
 * word with each construction attributes there, for data/lexicon/cues.tsv. Not part of the suite.
 *
 * usage: polnear [OPTION...] score DIR SPLIT    precision, recall, F1 of source, cue, content:
 *                                               exact, begin right, overlap
 *        polnear errors DIR SPLIT     the same with what was missed (-) and false (+)
 *        polnear count DIR SPLIT      rows of cues.tsv: word, class, frame, uses, attributions
 * options: --weights FILE    learned weights in the place of the built-in ones; "none": rules alone
 *          --tenth           every tenth document (the part that training with --nine-tenths
 * leaves) DIR has SPLIT-text/NAME.txt and SPLIT-attributions/NAME_xxxx.ann (brat standoff). Spans
 * are compared by code points; parts of a broken span count each for itself. */
#include "../../train/polnear.h"

#include "base/file.h"
#include "code/scope_priv.h"

#include <stdio.h>
#include <stdlib.h>

enum {
    ROLES = POLNEAR_ROLES,
    SOURCE = POLNEAR_SOURCE,
    CUE = POLNEAR_CUE,
    CONTENT = POLNEAR_CONTENT
};
static const char *const role_names[ROLES] = {"source", "cue", "content"};

typedef polnear_range range;

typedef struct ranges {
    range *items;
    uint32_t count, capacity;
} ranges;

/* How two spans may agree. */
typedef enum match { EXACT, BEGIN, OVERLAP, MATCHES } match;
static const char *const match_names[MATCHES] = {"exact", "begin", "overlap"};

typedef struct use { /* how often a word with a construction attributes */
    dgm_str key;
    uint32_t uses, hits;
} use;

typedef struct tool {
    polnear corpus;
    dgm_arena *work;
    const char *mode, *dir, *split, *weights;
    polnear_share share;
    long right[MATCHES][ROLES], recalled[MATCHES][ROLES], found[ROLES], wanted[ROLES];
    dgm_map counts; /* "class\tword\tframe" to a row of `uses` */
    use *uses;
    uint32_t use_count, use_capacity;
} tool;

static void add_range(dgm_arena *arena, ranges *to, range r)
{
    for (uint32_t i = 0; i < to->count; i++)
        if (to->items[i].begin == r.begin && to->items[i].end == r.end)
            return;
    DGM_PUSH(arena, to->items, to->count, to->capacity, r);
}

static bool agree(range a, range b, match how)
{
    switch (how) {
    case EXACT:
        return a.begin == b.begin && a.end == b.end;
    case BEGIN:
        return a.begin == b.begin;
    default:
        return a.begin < b.end && b.begin < a.end;
    }
}

static bool has_range(const ranges *in, range r, match how)
{
    for (uint32_t i = 0; i < in->count; i++)
        if (agree(in->items[i], r, how))
            return true;
    return false;
}

static range points_of(const tool *it, dgm_span span)
{
    return polnear_points(&it->corpus, span);
}

static void print_range(const tool *it, const char *sign, int role, range r)
{
    dgm_str text = dgm_document_text(it->corpus.document);
    size_t begin = 0;
    for (uint32_t point = 0; point < r.begin && begin < text.len; begin++)
        point += (begin + 1 == text.len || ((unsigned char)text.ptr[begin + 1] & 0xC0) != 0x80);
    printf("%s%s %u:%u ", sign, role_names[role], r.begin, r.end);
    uint32_t point = r.begin;
    for (size_t i = begin; i < text.len && point < r.end; i++) {
        putchar(text.ptr[i] == '\n' ? ' ' : text.ptr[i]);
        point += i + 1 < text.len && ((unsigned char)text.ptr[i + 1] & 0xC0) != 0x80;
    }
    putchar('\n');
}

static void compare(tool *it, const ranges found[ROLES], const ranges wanted[ROLES])
{
    bool shows = strcmp(it->mode, "errors") == 0;
    for (int r = 0; r < ROLES; r++) {
        it->found[r] += found[r].count;
        it->wanted[r] += wanted[r].count;
        for (uint32_t i = 0; i < found[r].count; i++) {
            bool is_right = has_range(&wanted[r], found[r].items[i], EXACT);
            for (int how = EXACT; how < MATCHES; how++)
                it->right[how][r] += has_range(&wanted[r], found[r].items[i], (match)how);
            if (shows)
                print_range(it, is_right ? "=" : "+", r, found[r].items[i]);
        }
        for (uint32_t i = 0; i < wanted[r].count; i++)
            for (int how = EXACT; how < MATCHES; how++)
                it->recalled[how][r] += has_range(&found[r], wanted[r].items[i], (match)how);
        for (uint32_t i = 0; i < wanted[r].count; i++)
            if (shows && !has_range(&found[r], wanted[r].items[i], EXACT))
                print_range(it, "-", r, wanted[r].items[i]);
    }
}

static void collect(tool *it, const dgm_grounded *grounded, ranges found[ROLES])
{
    for (uint32_t s = 0; s < grounded->text->count; s++) {
        uint32_t count;
        dgm_attribution_span *spans =
            dgm_attributions_find(it->corpus.scopes, it->work, grounded, s, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (spans[i].source.len)
                add_range(it->work, &found[SOURCE], points_of(it, spans[i].source));
            add_range(it->work, &found[CUE], points_of(it, spans[i].cue));
            for (uint32_t k = 0; k < spans[i].content_count; k++)
                add_range(it->work, &found[CONTENT], points_of(it, spans[i].content[k]));
        }
    }
}

static void score_document(tool *it, const dgm_grounded *grounded, const polnear_gold *of)
{
    ranges found[ROLES] = {{0}}, wanted[ROLES] = {{0}};
    collect(it, grounded, found);
    for (uint32_t i = 0; i < of->count; i++)
        for (uint32_t k = 0; of->items[i].role >= 0 && k < of->items[i].count; k++)
            add_range(it->work, &wanted[of->items[i].role], of->items[i].parts[k]);
    compare(it, found, wanted);
}

/* What a candidate is checked against while counting. */
typedef struct counting {
    tool *it;
    const polnear_gold *of;
    const dgm_view *view;
    int32_t token;
} counting;

static bool overlaps(const polnear_item *item, range r)
{
    for (uint32_t i = 0; item && i < item->count; i++)
        if (item->parts[i].begin < r.end && r.begin < item->parts[i].end)
            return true;
    return false;
}

static bool is_attributed(const counting *it, dgm_attribution_span span)
{
    range cue = points_of(it->it, it->view->tree->tokens[it->token].span);
    range content = points_of(it->it, span.content[0]);
    for (uint32_t i = 0; i < it->of->event_count; i++)
        if (overlaps(polnear_item_of(it->of, it->of->events[i].items[CUE]), cue) &&
            overlaps(polnear_item_of(it->of, it->of->events[i].items[CONTENT]), content))
            return true;
    return false;
}

static void count_candidate(void *payload, dgm_str frame, dgm_attribution_span span)
{
    counting *it = payload;
    tool *to = it->it;
    const dgm_token *token = &it->view->tree->tokens[span.cue_token];
    char key[200];
    int len = snprintf(key, sizeof key, "%.*s\t%s\t%.*s", DGM_FMT(token->lemma),
                       token->upos == DGM_VERB ? "verb" : "noun", DGM_FMT(frame));
    if (len < 0 || len >= (int)sizeof key)
        return;
    dgm_str name = dgm_arena_str(to->corpus.arena, key, (size_t)len);
    uint32_t row = dgm_map_get(&to->counts, name);
    if (row == DGM_MAP_NONE) {
        row = to->use_count;
        DGM_PUSH(to->corpus.arena, to->uses, to->use_count, to->use_capacity, (use){name, 0, 0});
        dgm_map_put(&to->counts, name, row);
    }
    to->uses[row].uses++;
    to->uses[row].hits += is_attributed(it, span);
}

static void count_document(tool *it, const dgm_grounded *grounded, const polnear_gold *of)
{
    for (uint32_t s = 0; s < grounded->text->count; s++) {
        dgm_view view;
        dgm_view_init(&view, it->corpus.scopes, it->work, grounded, s);
        dgm_quotes quotes = dgm_quotes_of(&view);
        for (int32_t i = 0; i < view.tree->count; i++) {
            counting payload = {it, of, &view, i};
            dgm_attributions_each(&view, &quotes, i, count_candidate, &payload);
        }
    }
}

static void take_document(void *payload, const dgm_grounded *grounded, const polnear_gold *of)
{
    tool *it = payload;
    it->work = it->corpus.work;
    if (strcmp(it->mode, "count") == 0)
        count_document(it, grounded, of);
    else
        score_document(it, grounded, of);
}

static double percent(long part, long whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 0;
}

static void print_scores(const tool *it)
{
    for (int how = EXACT; how < MATCHES; how++)
        for (int r = 0; r < ROLES; r++) {
            double p = percent(it->right[how][r], it->found[r]);
            double recall = percent(it->recalled[how][r], it->wanted[r]);
            printf("%-8s%-8s precision %.1f recall %.1f F1 %.1f (%ld right of %ld, %ld wanted)\n",
                   match_names[how], role_names[r], p, recall,
                   p + recall > 0 ? 2 * p * recall / (p + recall) : 0, it->right[how][r],
                   it->found[r], it->wanted[r]);
        }
}

static dgm_status run_split(void *payload)
{
    tool *it = payload;
    polnear *corpus = &it->corpus;
    dgm_file weights = {0};
    dgm_map_init(&it->counts, corpus->arena);
    if (it->weights && strcmp(it->weights, "none") != 0)
        DGM_TRY(dgm_file_open(&weights, it->weights, &corpus->err));
    dgm_status status = DGM_OK;
    if (it->weights)
        status = dgm_scopes_learn(corpus->scopes, corpus->arena, it->weights, weights.bytes,
                                  &corpus->err);
    if (status == DGM_OK)
        status = polnear_each(corpus, it->dir, it->split, it->share, 0);
    if (weights.bytes.ptr)
        dgm_file_close(&weights);
    return status;
}

static bool read_arguments(tool *it, int argc, char **argv)
{
    int i = 1;
    for (; i < argc && argv[i][0] == '-'; i++) {
        if (strcmp(argv[i], "--tenth") == 0)
            it->share = POLNEAR_TENTH;
        else if (strcmp(argv[i], "--weights") == 0 && i + 1 < argc)
            it->weights = argv[++i];
        else
            return false;
    }
    if (i + 3 != argc)
        return false;
    it->mode = argv[i];
    it->dir = argv[i + 1];
    it->split = argv[i + 2];
    return true;
}

int main(int argc, char **argv)
{
    tool it = {.corpus.take = take_document};
    if (!read_arguments(&it, argc, argv)) {
        fprintf(stderr, "usage: polnear [--weights FILE|none] [--tenth] score|errors|count DIR "
                        "SPLIT\n");
        return 2;
    }
    it.corpus.payload = &it;
    dgm_status status = polnear_open(&it.corpus);
    if (status == DGM_OK)
        status = dgm_arena_run(it.corpus.arena, run_split, &it);
    if (status != DGM_OK)
        fprintf(stderr, "%s: %s\n", it.corpus.err.file, it.corpus.err.text);
    else if (strcmp(it.mode, "count") != 0)
        print_scores(&it);
    for (uint32_t i = 0; i < it.use_count; i++)
        printf("%.*s\t%u\t%u\n", DGM_FMT(it.uses[i].key), it.uses[i].uses, it.uses[i].hits);
    polnear_close(&it.corpus);
    return status == DGM_OK ? 0 : 3;
}
