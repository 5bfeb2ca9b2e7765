/* polnear: scores dgm_attributions_find() on PolNeAR (Newell et al. 2018), or counts how often each
 * word with each construction attributes there, for data/lexicon/cues.tsv. Not part of the suite.
 *
 * usage: polnear score DIR SPLIT     exact-match precision, recall, F1 of source, cue, content
 *        polnear errors DIR SPLIT    the same with what was missed (-) and false (+)
 *        polnear count DIR SPLIT     rows of cues.tsv: word, class, frame, uses, attributions
 * DIR has SPLIT-text/NAME.txt and SPLIT-attributions/NAME_xxxx.ann (brat standoff). Spans are
 * compared by code points; parts of a broken span count each for itself. */
#include "base/file.h"
#include "code/scope_priv.h"
#include "parse/parse.h"
#include <dragoman/document.h>

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { ROLES = 3, MAX_PARTS = 32 };
enum { SOURCE, CUE, CONTENT };
static const char *const role_names[ROLES] = {"source", "cue", "content"};

typedef struct range {
    uint32_t begin, end;
} range;

typedef struct ranges {
    range *items;
    uint32_t count, capacity;
} ranges;

typedef struct gold_item { /* a text-bound annotation: T1 Source 0 4;6 9 */
    int32_t number;
    int role; /* -1 for others */
    range parts[MAX_PARTS];
    uint32_t count;
} gold_item;

typedef struct event { /* numbers of cue and content; -1: none */
    int32_t cue, content;
} event;

typedef struct use { /* how often a word with a construction attributes */
    dgm_str key;
    uint32_t uses, hits;
} use;

typedef struct gold {
    gold_item *items;
    uint32_t count, capacity;
    event *events;
    uint32_t event_count, event_capacity;
} gold;

typedef struct tool {
    dgm_arena *arena, *work;
    dgm_pack pack;
    dgm_scopes *scopes;
    dgm_splitter *splitter;
    dgm_grounder *grounder;
    dgm_model *model;
    dgm_parser *parser;
    dgm_error err;
    const char *mode, *dir, *split;
    dgm_document *document;
    dgm_str annotation;
    long right[ROLES], found[ROLES], wanted[ROLES];
    dgm_map counts; /* "class\tword\tframe" to a row of `uses` */
    use *uses;
    uint32_t use_count, use_capacity;
} tool;

static dgm_status load(void *payload)
{
    tool *it = payload;
    DGM_TRY(dgm_pack_open(&it->pack, "builtin", dgm_pack_builtin(), &it->err));
    DGM_TRY(dgm_scopes_load(&it->scopes, it->arena, &it->pack, &it->err));
    DGM_TRY(dgm_splitter_load(&it->splitter, it->arena, &it->pack, &it->err));
    DGM_TRY(dgm_grounder_load(&it->grounder, it->arena, &it->pack, &it->err));
    DGM_TRY(dgm_model_open(&it->model, "built-in model",
                           dgm_pack_find(&it->pack, "model/english.bin"), &it->err));
    it->parser = dgm_parser_new(it->model);
    dgm_map_init(&it->counts, it->arena);
    return DGM_OK;
}

static int role_of(dgm_str name)
{
    for (int r = 0; r < ROLES; r++)
        if (strncasecmp(name.ptr, role_names[r], name.len) == 0 &&
            strlen(role_names[r]) == name.len)
            return r;
    return -1;
}

static void read_parts(gold_item *item, dgm_str cell)
{
    dgm_str part, begin;
    while (item->count < MAX_PARTS && dgm_str_cut(&cell, ';', &part)) {
        int64_t b, e;
        if (!dgm_str_cut(&part, ' ', &begin) || !dgm_str_int(begin, &b) ||
            !dgm_str_int(dgm_str_trim(part), &e))
            continue;
        item->parts[item->count++] = (range){(uint32_t)b, (uint32_t)e};
    }
}

static void read_event(dgm_arena *arena, gold *out, dgm_str cell)
{
    event pair = {-1, -1};
    dgm_str role, name;
    while (dgm_str_cut(&cell, ' ', &role)) {
        int64_t number;
        if (!dgm_str_cut(&role, ':', &name) || role.len < 2 ||
            !dgm_str_int(dgm_str_sub(role, 1, role.len - 1), &number))
            continue;
        if (dgm_str_is(name, "Cue"))
            pair.cue = (int32_t)number;
        else if (dgm_str_is(name, "Content"))
            pair.content = (int32_t)number;
    }
    DGM_PUSH(arena, out->events, out->event_count, out->event_capacity, pair);
}

static gold read_gold(dgm_arena *arena, dgm_str bytes)
{
    gold out = {0};
    dgm_str line;
    while (dgm_str_cut(&bytes, '\n', &line)) {
        dgm_str id, middle, label;
        int64_t number;
        if (line.len < 2 || !dgm_str_cut(&line, '\t', &id) || !dgm_str_cut(&line, '\t', &middle) ||
            !dgm_str_int(dgm_str_sub(id, 1, id.len - 1), &number))
            continue;
        if (id.ptr[0] == 'E') {
            read_event(arena, &out, middle);
        } else if (id.ptr[0] == 'T' && dgm_str_cut(&middle, ' ', &label)) {
            gold_item item = {.number = (int32_t)number, .role = role_of(label)};
            read_parts(&item, middle);
            DGM_PUSH(arena, out.items, out.count, out.capacity, item);
        }
    }
    return out;
}

static const gold_item *item_by_number(const gold *of, int32_t number)
{
    for (uint32_t i = 0; i < of->count; i++)
        if (of->items[i].number == number)
            return &of->items[i];
    return NULL;
}

static void add_range(dgm_arena *arena, ranges *to, range r)
{
    for (uint32_t i = 0; i < to->count; i++)
        if (to->items[i].begin == r.begin && to->items[i].end == r.end)
            return;
    DGM_PUSH(arena, to->items, to->count, to->capacity, r);
}

static bool has_range(const ranges *in, range r)
{
    for (uint32_t i = 0; i < in->count; i++)
        if (in->items[i].begin == r.begin && in->items[i].end == r.end)
            return true;
    return false;
}

static range points_of(const tool *it, dgm_span span)
{
    return (range){dgm_document_point(it->document, span.off),
                   dgm_document_point(it->document, dgm_span_end(span))};
}

static void print_range(const tool *it, const char *sign, int role, range r)
{
    dgm_str text = dgm_document_text(it->document);
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
            bool is_right = has_range(&wanted[r], found[r].items[i]);
            it->right[r] += is_right;
            if (shows)
                print_range(it, is_right ? "=" : "+", r, found[r].items[i]);
        }
        for (uint32_t i = 0; i < wanted[r].count; i++)
            if (shows && !has_range(&found[r], wanted[r].items[i]))
                print_range(it, "-", r, wanted[r].items[i]);
    }
}

static void collect(tool *it, const dgm_grounded *grounded, ranges found[ROLES])
{
    for (uint32_t s = 0; s < grounded->text->count; s++) {
        uint32_t count;
        dgm_attribution_span *spans =
            dgm_attributions_find(it->scopes, it->work, grounded, s, &count);
        for (uint32_t i = 0; i < count; i++) {
            if (spans[i].source.len)
                add_range(it->work, &found[SOURCE], points_of(it, spans[i].source));
            add_range(it->work, &found[CUE], points_of(it, spans[i].cue));
            for (uint32_t k = 0; k < spans[i].content_count; k++)
                add_range(it->work, &found[CONTENT], points_of(it, spans[i].content[k]));
        }
    }
}

static void score_document(tool *it, const dgm_grounded *grounded, const gold *of)
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
    const gold *of;
    const dgm_view *view;
    int32_t token;
} counting;

static bool overlaps(const gold_item *item, range r)
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
        if (overlaps(item_by_number(it->of, it->of->events[i].cue), cue) &&
            overlaps(item_by_number(it->of, it->of->events[i].content), content))
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
    dgm_str name = dgm_arena_str(to->arena, key, (size_t)len);
    uint32_t row = dgm_map_get(&to->counts, name);
    if (row == DGM_MAP_NONE) {
        row = to->use_count;
        DGM_PUSH(to->arena, to->uses, to->use_count, to->use_capacity, (use){name, 0, 0});
        dgm_map_put(&to->counts, name, row);
    }
    to->uses[row].uses++;
    to->uses[row].hits += is_attributed(it, span);
}

static void count_document(tool *it, const dgm_grounded *grounded, const gold *of)
{
    for (uint32_t s = 0; s < grounded->text->count; s++) {
        dgm_view view;
        dgm_view_init(&view, it->scopes, it->work, grounded, s);
        dgm_quotes quotes = dgm_quotes_of(&view);
        for (int32_t i = 0; i < view.tree->count; i++) {
            counting payload = {it, of, &view, i};
            dgm_attributions_each(&view, &quotes, i, count_candidate, &payload);
        }
    }
}

static dgm_status run_document(void *payload)
{
    tool *it = payload;
    dgm_text *text = dgm_text_split(it->splitter, it->work, it->document);
    for (uint32_t i = 0; i < text->count; i++)
        dgm_parser_run(it->parser, it->work, text, &text->sentences[i]);
    const dgm_grounded *grounded = dgm_ground_document(it->grounder, it->work, text);
    gold of = read_gold(it->work, it->annotation);
    if (strcmp(it->mode, "count") == 0)
        count_document(it, grounded, &of);
    else
        score_document(it, grounded, &of);
    return DGM_OK;
}

/* SPLIT-attributions/NAME_xxxx.ann belongs to SPLIT-text/NAME.txt. */
static void run_file(tool *it, const char *name)
{
    char path[4096];
    dgm_file annotation, text;
    snprintf(path, sizeof path, "%s/%s-attributions/%s", it->dir, it->split, name);
    if (dgm_file_open(&annotation, path, &it->err) != DGM_OK)
        return;
    const char *cut = strrchr(name, '_');
    snprintf(path, sizeof path, "%s/%s-text/%.*s.txt", it->dir, it->split,
             cut ? (int)(cut - name) : 0, name);
    if (dgm_file_open(&text, path, &it->err) == DGM_OK) {
        dgm_str none = DGM_STR("");
        if (dgm_document_new(&it->document, DGM_STR("x"), none, none, text.bytes, &it->err) ==
            DGM_OK) {
            it->annotation = annotation.bytes;
            dgm_arena_reset(it->work);
            if (dgm_arena_run(it->work, run_document, it) != DGM_OK)
                fprintf(stderr, "%s: out of memory\n", name);
            dgm_document_free(it->document);
        }
        dgm_file_close(&text);
    }
    dgm_file_close(&annotation);
}

static void print_scores(const tool *it)
{
    for (int r = 0; r < ROLES; r++) {
        double p = it->found[r] ? 100.0 * (double)it->right[r] / (double)it->found[r] : 0;
        double recall = it->wanted[r] ? 100.0 * (double)it->right[r] / (double)it->wanted[r] : 0;
        printf("%-8s precision %.1f recall %.1f F1 %.1f (%ld right of %ld, %ld wanted)\n",
               role_names[r], p, recall, p + recall > 0 ? 2 * p * recall / (p + recall) : 0,
               it->right[r], it->found[r], it->wanted[r]);
    }
}

static dgm_status run_split(void *payload)
{
    tool *it = payload;
    char path[4096];
    struct dirent **names;
    DGM_TRY(load(it));
    snprintf(path, sizeof path, "%s/%s-attributions", it->dir, it->split);
    int count = scandir(path, &names, NULL, alphasort);
    if (count < 0)
        return dgm_fail_errno(&it->err, path, "cannot list");
    for (int i = 0; i < count; i++) {
        if (strstr(names[i]->d_name, ".ann"))
            run_file(it, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    return DGM_OK;
}

int main(int argc, char **argv)
{
    if (argc != 4) {
        fprintf(stderr, "usage: polnear score|errors|count DIR SPLIT\n");
        return 2;
    }
    tool it = {.arena = dgm_arena_new(),
               .work = dgm_arena_new(),
               .mode = argv[1],
               .dir = argv[2],
               .split = argv[3]};
    dgm_status status = dgm_arena_run(it.arena, run_split, &it);
    if (status != DGM_OK)
        fprintf(stderr, "%s: %s\n", it.err.file, it.err.text);
    else if (strcmp(it.mode, "count") != 0)
        print_scores(&it);
    for (uint32_t i = 0; i < it.use_count; i++)
        printf("%.*s\t%u\t%u\n", DGM_FMT(it.uses[i].key), it.uses[i].uses, it.uses[i].hits);
    dgm_parser_free(it.parser);
    dgm_model_close(it.model);
    dgm_arena_free(it.work);
    dgm_arena_free(it.arena);
    return status == DGM_OK ? 0 : 3;
}
