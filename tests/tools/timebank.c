/* timebank: scores the finder of times against TimeML files (TIMEX3 of type DATE).
 *
 * usage: timebank [-v] FILE.tml...        document date: its DCT. -v prints what differs
 *        timebank -t DATE|- TEXT...       expressions of a text; DATE - is narrative without date
 *
 * Not part of the suites: TimeBank's text is not ours to ship. Spans count as found when they
 * overlap (relaxed) or are the same without their operators and articles (strict); values are the
 * first and last day of the expression itself, as TIMEX3 gives them. */
#include "base/error.h"
#include "base/file.h"
#include "base/pack.h"
#include "ground/times_priv.h"
#include "parse/parse.h"

#include <stdio.h>
#include <stdlib.h>

enum { MOST_TIMEXES = 400 };

typedef struct timex {
    uint32_t begin, end; /* bytes of the text */
    char value[48], type[16];
    bool is_found;
} timex;

typedef struct story {
    char *text;
    size_t len;
    char dct[16];
    timex items[MOST_TIMEXES];
    uint32_t count;
} story;

typedef struct tally {
    uint32_t gold, found, overlap, strict, value;
} tally;

typedef struct work {
    dgm_arena *arena;
    dgm_calendar *calendar;
    dgm_splitter *splitter;
    dgm_parser *parser;
    dgm_pack pack;
    dgm_error err;
    tally sum;
    bool is_verbose;
    int argc;
    char **argv;
} work;

/* The value of an attribute in a tag. */
static void attribute(char *out, size_t size, const char *tag, const char *end, const char *name)
{
    size_t n = strlen(name);
    *out = 0;
    for (const char *p = tag; p + n + 2 < end; p++) {
        if (p[0] != ' ' || strncmp(p + 1, name, n) || strncmp(p + 1 + n, "=\"", 2))
            continue;
        p += n + 3;
        size_t i = 0;
        while (p < end && *p != '"' && i + 1 < size)
            out[i++] = *p++;
        out[i] = 0;
        return;
    }
}

static size_t entity(const char *p, char *c)
{
    static const struct {
        const char *name;
        char c;
    } list[] = {{"&amp;", '&'}, {"&lt;", '<'}, {"&gt;", '>'}, {"&quot;", '"'}, {"&apos;", '\''}};
    for (size_t i = 0; i < 5; i++) {
        if (strncmp(p, list[i].name, strlen(list[i].name)))
            continue;
        *c = list[i].c;
        return strlen(list[i].name);
    }
    *c = *p;
    return 1;
}

/* Text and TIMEX3 elements of <TEXT>, date of <DCT>. */
static bool read_story(story *s, const char *bytes)
{
    const char *dct = strstr(bytes, "<DCT>"), *p = strstr(bytes, "<TEXT>"), *end;
    if (!dct || !p || !(end = strstr(p, "</TEXT>")))
        return false;
    attribute(s->dct, 11, dct, strchr(dct + 5, '>'), "value");
    s->text = malloc(strlen(p) + 1);
    timex *open = NULL;
    for (p += 6; p < end;) {
        const char *close = *p == '<' ? strchr(p, '>') : NULL;
        if (!close) {
            p += entity(p, &s->text[s->len]);
            s->len++;
            continue;
        }
        if (!strncmp(p, "<TIMEX3", 7) && s->count < MOST_TIMEXES) {
            open = &s->items[s->count++];
            attribute(open->value, sizeof open->value, p, close, "value");
            attribute(open->type, sizeof open->type, p, close, "type");
            open->begin = (uint32_t)s->len;
        } else if (!strncmp(p, "</TIMEX3", 8) && open) {
            open->end = (uint32_t)s->len;
        }
        p = close + 1;
    }
    return true;
}

/* First and last day of a TIMEX3 value; false for PRESENT_REF and what has no place on the line. */
static bool value_days(const char *value, int64_t *first, int64_t *last)
{
    int year, n;
    char kind[3] = "";
    dgm_day from, to;
    dgm_when when;
    char date[16];
    snprintf(date, sizeof date, "%.10s", value);
    if (sscanf(value, "%4d-W%2d-%2[WE]", &year, &n, kind) >= 2) {
        int64_t fourth = dgm_day_number(year, 1, 4);
        int64_t monday = fourth - dgm_weekday_of(fourth) + 1 + 7 * (n - 1);
        *first = monday + (kind[0] ? 5 : 0);
        *last = monday + 6;
        return true;
    }
    if (sscanf(value, "%4d-Q%1d", &year, &n) == 2 || sscanf(value, "%4d-H%1d", &year, &n) == 2) {
        when = dgm_when_piece(dgm_when_year(year), n - 1, value[5] == 'Q' ? 4 : 2);
    } else if (sscanf(value, "%4d-%2[A-Z]", &year, kind) == 2) {
        static const char *const names[] = {"SP", "SU", "FA", "WI"};
        for (n = 0; n < 4 && strcmp(kind, names[n]); n++)
            continue;
        if (n == 4)
            return false;
        when = dgm_when_season(year, 21 + n);
    } else if (strlen(value) == 3 && sscanf(value, "%3d", &year) == 1) {
        when = dgm_when_years(year * 10, year * 10 + 9, DGM_GRAIN_DECADE);
    } else if (strlen(value) == 2 && sscanf(value, "%2d", &year) == 1) {
        when = dgm_when_years(year * 100, year * 100 + 99, DGM_GRAIN_CENTURY);
    } else if (dgm_time_from_edtf(dgm_str_of(date), &from, &to) && !from.is_open) {
        *first = dgm_number_of_day(from);
        *last = dgm_number_of_day(to);
        return true;
    } else {
        return false;
    }
    *first = dgm_point_first(when.from);
    *last = dgm_point_last(when.to);
    return true;
}

/* In scope: dates on the line of time. */
static bool in_scope(const timex *item)
{
    int64_t first, last;
    return !strcmp(item->type, "DATE") && value_days(item->value, &first, &last);
}

/* The n-th TIMEX3 that the span overlaps. */
static timex *overlapping(story *s, dgm_span span, int n)
{
    for (uint32_t i = 0; i < s->count; i++)
        if (s->items[i].begin < dgm_span_end(span) && span.off < s->items[i].end && n-- == 0)
            return &s->items[i];
    return NULL;
}

static void compare_value(work *it, story *s, const dgm_tree *tree, timex *match, dgm_when when,
                          dgm_span span)
{
    int64_t first, last;
    char buffer[96];
    if (!in_scope(match) || match->is_found)
        return; /* a duration, a time of day, PRESENT_REF: neither right nor wrong here */
    match->is_found = true;
    it->sum.found++;
    it->sum.overlap++;
    it->sum.strict += dgm_span_end(span) == match->end;
    value_days(match->value, &first, &last);
    bool is_same = first == dgm_point_first(when.from) && last == dgm_point_last(when.to);
    it->sum.value += is_same;
    dgm_when_write(buffer, sizeof buffer, &when);
    if (!is_same && it->is_verbose)
        printf("VALUE  %.*s  gold %s  ours %s  dct %s | %.*s\n", (int)(match->end - match->begin),
               s->text + match->begin, match->value, buffer, s->dct,
               DGM_FMT(dgm_span_of(tree->text->bytes, tree->sentence->span)));
}

static void compare(work *it, story *s, const dgm_tree *tree, const dgm_found *found, dgm_span span)
{
    timex *match = overlapping(s, span, 0), *second = overlapping(s, span, 1);
    if (!match) {
        it->sum.found++;
        if (it->is_verbose)
            printf("EXTRA  %.*s\n", DGM_FMT(dgm_span_of(tree->text->bytes, span)));
        return;
    }
    compare_value(it, s, tree, match, found->core, span);
    if (second)
        compare_value(it, s, tree, second, found->core_to.grain ? found->core_to : found->core,
                      span);
}

static void walk_sentence(work *it, story *s, const dgm_tree *tree, dgm_time_anchor *anchor)
{
    dgm_scan scan = {.calendar = it->calendar, .tree = tree, .anchor = anchor};
    dgm_atoms_cut(&scan.atoms, it->calendar, it->arena, tree->text->bytes, tree->tokens,
                  tree->count);
    for (int32_t at = 0; at < scan.atoms.count; at++) {
        dgm_found found;
        if (!dgm_found_at(&scan, at, &found))
            continue;
        dgm_span span = dgm_tree_span(tree, scan.atoms.items[found.begin].first,
                                      scan.atoms.items[found.end - 1].last);
        if (!found.is_period && s)
            compare(it, s, tree, &found, span);
        dgm_time time = dgm_when_time(&found.when, it->arena);
        if (!s)
            printf("%.*s\t%s\n", DGM_FMT(dgm_span_of(tree->text->bytes, span)), time.edtf);
        at = found.end - 1;
        if (!found.is_period)
            anchor->told = time;
    }
}

static void walk(work *it, story *s, dgm_str bytes, dgm_time_anchor *anchor)
{
    dgm_document *document = NULL;
    dgm_str none = DGM_STR("");
    if (dgm_document_new(&document, none, none, none, bytes, NULL))
        exit(3);
    dgm_text *text = dgm_text_split(it->splitter, it->arena, document);
    for (uint32_t i = 0; i < text->count; i++) {
        dgm_sentence *sentence = &text->sentences[i];
        if (it->parser)
            dgm_parser_run(it->parser, it->arena, text, sentence);
        walk_sentence(it, s, dgm_tree_build(it->arena, text, sentence), anchor);
    }
    if (s) {
        for (uint32_t i = 0; i < s->count; i++) {
            if (!in_scope(&s->items[i]))
                continue;
            it->sum.gold++;
            if (!s->items[i].is_found && it->is_verbose)
                printf("MISSED %s  %.*s | %.*s\n", s->items[i].value,
                       (int)(s->items[i].end - s->items[i].begin), s->text + s->items[i].begin, 60,
                       s->text + (s->items[i].begin > 20 ? s->items[i].begin - 20 : 0));
        }
    }
    dgm_document_free(document);
}

static void walk_file(work *it, const char *path)
{
    FILE *file = fopen(path, "rb");
    static char bytes[1 << 20];
    static story s;
    size_t len = file ? fread(bytes, 1, sizeof bytes - 1, file) : 0;
    bytes[len] = 0;
    s = (story){0};
    if (file)
        fclose(file);
    if (!read_story(&s, bytes))
        return;
    dgm_time time;
    dgm_time_anchor anchor = {.is_news = true, .document = {.is_open = true}};
    if (dgm_time_from_iso(dgm_str_of(s.dct), it->arena, &time))
        anchor.document = time.earliest;
    walk(it, &s, (dgm_str){s.text, s.len}, &anchor);
    free(s.text);
}

static dgm_status body(void *payload)
{
    work *it = payload;
    DGM_TRY(dgm_calendar_load(&it->calendar, it->arena, &it->pack, &it->err));
    DGM_TRY(dgm_splitter_load(&it->splitter, it->arena, &it->pack, &it->err));
    if (it->argc > 3 && !strcmp(it->argv[1], "-t")) {
        for (int i = 3; i < it->argc; i++) {
            dgm_time time;
            dgm_time_anchor anchor = {.document = {.is_open = true}};
            if (dgm_time_from_iso(dgm_str_of(it->argv[2]), it->arena, &time)) {
                anchor.document = time.earliest;
                anchor.is_news = true;
            }
            walk(it, NULL, dgm_str_of(it->argv[i]), &anchor);
        }
        return DGM_OK;
    }
    it->is_verbose = it->argc > 1 && !strcmp(it->argv[1], "-v");
    for (int i = 1 + it->is_verbose; i < it->argc; i++)
        walk_file(it, it->argv[i]);
    tally t = it->sum;
    double p = (double)t.overlap / (t.found ? t.found : 1);
    double r = (double)t.overlap / (t.gold ? t.gold : 1);
    double v = t.overlap ? (double)t.value / t.overlap : 0, f = p + r > 0 ? 2 * p * r / (p + r) : 0;
    printf("gold %u found %u\nrelaxed P %.3f R %.3f F1 %.3f\nsame end %.3f\n"
           "value accuracy %.3f, value F1 %.3f\n",
           t.gold, t.found, p, r, f, t.overlap ? (double)t.strict / t.overlap : 0, v, f * v);
    return DGM_OK;
}

int main(int argc, char **argv)
{
    work it = {.argc = argc, .argv = argv, .arena = dgm_arena_new()};
    if (dgm_pack_open(&it.pack, "builtin", dgm_pack_builtin(), &it.err))
        return 3;
    dgm_model *model = NULL;
    const char *path = getenv("DGM_MODEL");
    dgm_str bytes = {0};
    if (path) {
        static char buffer[64 << 20];
        FILE *file = fopen(path, "rb");
        bytes = (dgm_str){buffer, file ? fread(buffer, 1, sizeof buffer, file) : 0};
        if (dgm_model_open(&model, path, bytes, &it.err) == DGM_OK)
            it.parser = dgm_parser_new(model);
        else
            fprintf(stderr, "%s\n", it.err.text);
    }
    dgm_status status = dgm_arena_run(it.arena, body, &it);
    if (status)
        fprintf(stderr, "%s:%lu: %s\n", it.err.file, (unsigned long)it.err.pos, it.err.text);
    return status ? 3 : 0;
}
