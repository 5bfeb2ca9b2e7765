/* Brief and timeline: what passed between two, or around one, for people.
 *
 * In: a store and codes. Out: a brief's line with the quoted words and their place below it, or a
 * timeline's line under its year; then the summary. */
#include "base/utf8.h"
#include "show/line.h"

#include <stdio.h>
#include <stdlib.h>

/* The byte at which code point `count` of the text begins. */
static size_t byte_of_point(dgm_str text, int64_t count)
{
    size_t at = 0;
    for (; at < text.len && count > 0; count--) {
        int32_t point;
        at += dgm_utf8_decode((dgm_str){text.ptr + at, text.len - at}, &point);
    }
    return at;
}

static void add_quote(const dgm_line *line, dgm_paper *paper)
{
    const dgm_str sentence = dgm_line_text(line, line->sentence);
    const int64_t begin = dgm_answer_integer(line->answer, line->sentence_begin);
    if (sentence.len == 0) { /* a file without text has the trigger only */
        dgm_paper_text(paper, DGM_INK_PLAIN, "\"... ");
        dgm_paper_add(paper, DGM_INK_TRIGGER, dgm_line_text(line, line->trigger));
        dgm_paper_text(paper, DGM_INK_PLAIN, " ...\"");
        return;
    }
    const size_t from =
        byte_of_point(sentence, dgm_answer_integer(line->answer, line->trigger_begin) - begin);
    size_t to =
        byte_of_point(sentence, dgm_answer_integer(line->answer, line->trigger_end) - begin);
    to = to < from ? from : to;
    dgm_paper_text(paper, DGM_INK_PLAIN, "\"");
    dgm_paper_add(paper, DGM_INK_PLAIN, dgm_str_sub(sentence, 0, from));
    dgm_paper_add(paper, DGM_INK_TRIGGER, dgm_str_sub(sentence, from, to - from));
    dgm_paper_add(paper, DGM_INK_PLAIN, dgm_str_sub(sentence, to, sentence.len - to));
    dgm_paper_text(paper, DGM_INK_PLAIN, "\"");
}

/* "finland.txt, line 3, characters 15-90, reference [3]" */
static void add_place(const dgm_line *line, dgm_paper *paper)
{
    const dgm_str source = dgm_line_text(line, line->source);
    const dgm_str citations = dgm_line_text(line, line->citations);
    dgm_paper_add(paper, DGM_INK_FAINT, dgm_line_text(line, line->document));
    if (source.len > 0) {
        dgm_paper_text(paper, DGM_INK_FAINT, " (");
        dgm_paper_add(paper, DGM_INK_FAINT, source);
        dgm_paper_text(paper, DGM_INK_FAINT, ")");
    }
    dgm_paper_printf(paper, DGM_INK_FAINT, ", line %lld, characters %lld-%lld",
                     (long long)dgm_answer_integer(line->answer, line->line),
                     (long long)dgm_answer_integer(line->answer, line->sentence_begin),
                     (long long)dgm_answer_integer(line->answer, line->sentence_end));
    if (citations.len > 0)
        dgm_paper_printf(paper, DGM_INK_FAINT, ", reference [%.*s]", DGM_FMT(citations));
}

static dgm_status brief_row(const dgm_line *line, dgm_paper *paper, dgm_error *err)
{
    dgm_line_when(line, paper);
    dgm_paper_tab(paper, 18);
    dgm_line_sides(line, paper);
    dgm_paper_text(paper, DGM_INK_PLAIN, ": ");
    dgm_line_act(line, paper);
    dgm_line_about(line, paper);
    dgm_line_doubts(line, paper);
    dgm_line_attribution(line, paper);
    DGM_TRY(dgm_paper_flush(paper, 18, err));
    dgm_buf_fill(&paper->line, ' ', 4);
    add_quote(line, paper);
    DGM_TRY(dgm_paper_flush(paper, 4, err));
    dgm_buf_fill(&paper->line, ' ', 4);
    add_place(line, paper);
    DGM_TRY(dgm_paper_flush(paper, 4, err));
    return dgm_paper_flush(paper, 0, err);
}

/* The year of a day written "1980-10-01" or "-0043-03-15"; false for an open end. */
static bool year_of(dgm_str day, int64_t *year)
{
    return day.len > 6 && dgm_str_int(dgm_str_sub(day, 0, day.len - 6), year);
}

static void add_year(dgm_paper *paper, dgm_ink ink, int64_t year)
{
    if (year > 0)
        dgm_paper_printf(paper, ink, "%lld", (long long)year);
    else
        dgm_paper_printf(paper, ink, "%lld BC", 1 - (long long)year);
}

/* The heading of a record's year, when it is not that of the line before. */
static dgm_status year_heading(const dgm_line *line, dgm_paper *paper, int64_t *last,
                               dgm_error *err)
{
    int64_t year = INT64_MAX;
    if (!year_of(dgm_line_text(line, line->earliest), &year))
        (void)year_of(dgm_line_text(line, line->latest), &year);
    if (year == *last)
        return DGM_OK;
    *last = year;
    if (year == INT64_MAX)
        dgm_paper_text(paper, DGM_INK_WHEN, "undated");
    else
        add_year(paper, DGM_INK_WHEN, year);
    return dgm_paper_flush(paper, 0, err);
}

static dgm_status timeline_row(const dgm_line *line, dgm_paper *paper, int64_t *last_year,
                               dgm_error *err)
{
    DGM_TRY(year_heading(line, paper, last_year, err));
    dgm_buf_fill(&paper->line, ' ', 2);
    if (*last_year != INT64_MAX) {
        dgm_line_when(line, paper);
        dgm_paper_tab(paper, 20);
    }
    dgm_line_sides(line, paper);
    dgm_paper_text(paper, DGM_INK_PLAIN, ": ");
    dgm_line_act(line, paper);
    dgm_line_about(line, paper);
    dgm_line_doubts(line, paper);
    dgm_line_attribution(line, paper);
    dgm_paper_text(paper, DGM_INK_FAINT, " (");
    dgm_paper_add(paper, DGM_INK_FAINT, dgm_line_text(line, line->document));
    dgm_paper_printf(paper, DGM_INK_FAINT, ":%lld)",
                     (long long)dgm_answer_integer(line->answer, line->line));
    return dgm_paper_flush(paper, 20, err);
}

/* What a summary tells: filled from the rows of that question. */
typedef struct tally {
    int64_t total, first_year, last_year;
    bool has_year;
} tally;

static void count_row(tally *it, dgm_answer *answer)
{
    it->total += dgm_answer_integer(answer, 1);
    if (dgm_answer_is_null(answer, 2))
        return;
    const int64_t first = dgm_answer_integer(answer, 2), last = dgm_answer_integer(answer, 3);
    it->first_year = !it->has_year || first < it->first_year ? first : it->first_year;
    it->last_year = !it->has_year || last > it->last_year ? last : it->last_year;
    it->has_year = true;
}

static void add_span(const tally *it, dgm_paper *paper)
{
    dgm_paper_printf(paper, DGM_INK_WHEN, "%lld record%s", (long long)it->total,
                     it->total == 1 ? "" : "s");
    if (!it->has_year)
        return;
    dgm_paper_text(paper, DGM_INK_PLAIN, it->first_year == it->last_year ? " of " : " from ");
    add_year(paper, DGM_INK_PLAIN, it->first_year);
    if (it->first_year == it->last_year)
        return;
    dgm_paper_text(paper, DGM_INK_PLAIN, " to ");
    add_year(paper, DGM_INK_PLAIN, it->last_year);
}

/* "2 verbal conflict, 1 stance, 3 ties" */
static void add_class(dgm_paper *paper, dgm_answer *answer, bool is_first)
{
    const dgm_str name = dgm_answer_text(answer, 0);
    const int64_t count = dgm_answer_integer(answer, 1);
    const dgm_ink ink = dgm_line_ink(name);
    dgm_paper_text(paper, DGM_INK_PLAIN, is_first ? ": " : ", ");
    dgm_paper_printf(paper, ink, "%lld %.*s%s", (long long)count, DGM_FMT(name),
                     ink == DGM_INK_STANDING && count != 1 ? "s" : "");
}

static dgm_status walk_summary(dgm_store *store, const char *const *codes, tally *it,
                               dgm_paper *paper, dgm_error *err)
{
    dgm_answer *answer;
    DGM_TRY(dgm_ask(&answer, store, dgm_query_find("summary"), codes, err));
    bool has_row = true, is_first = true;
    dgm_status status = DGM_OK;
    while ((status = dgm_answer_next(&has_row, answer, err)) == DGM_OK && has_row) {
        if (it)
            count_row(it, answer);
        else
            add_class(paper, answer, is_first);
        is_first = false;
    }
    dgm_answer_free(answer);
    return status;
}

static dgm_status add_name(dgm_store *store, const char *code, dgm_paper *paper, dgm_error *err)
{
    const char *name;
    DGM_TRY(dgm_store_actor_name(&name, store, code, err));
    dgm_paper_text(paper, DGM_INK_WHO, name);
    return DGM_OK;
}

static dgm_status show_nothing(dgm_store *store, const char *const *codes, dgm_paper *paper,
                               dgm_error *err)
{
    dgm_paper_text(paper, DGM_INK_PLAIN, codes[1] ? "no record between " : "no record of ");
    DGM_TRY(add_name(store, codes[0], paper, err));
    if (codes[1]) {
        dgm_paper_text(paper, DGM_INK_PLAIN, " and ");
        DGM_TRY(add_name(store, codes[1], paper, err));
    }
    return dgm_paper_flush(paper, 2, err);
}

static dgm_status show_summary(dgm_store *store, const char *const *codes, dgm_paper *paper,
                               dgm_error *err)
{
    tally it = {0};
    DGM_TRY(walk_summary(store, codes, &it, paper, err));
    if (it.total == 0)
        return show_nothing(store, codes, paper, err);
    add_span(&it, paper);
    DGM_TRY(walk_summary(store, codes, NULL, paper, err));
    return dgm_paper_flush(paper, 2, err);
}

static dgm_status show_text_rows(dgm_answer *answer, bool is_brief, dgm_paper *paper,
                                 dgm_error *err)
{
    dgm_line line;
    int64_t last_year = INT64_MIN;
    (void)dgm_line_init(&line, answer);
    for (;;) {
        bool has_row;
        DGM_TRY(dgm_answer_next(&has_row, answer, err));
        if (!has_row)
            return is_brief || last_year == INT64_MIN ? DGM_OK : dgm_paper_flush(paper, 0, err);
        DGM_TRY(is_brief ? brief_row(&line, paper, err)
                         : timeline_row(&line, paper, &last_year, err));
    }
}

static dgm_status show_text(dgm_store *store, const dgm_query *query, const char *const *codes,
                            bool is_brief, dgm_paper *paper, dgm_error *err)
{
    dgm_answer *answer;
    DGM_TRY(dgm_ask(&answer, store, query, codes, err));
    const dgm_status status = show_text_rows(answer, is_brief, paper, err);
    dgm_answer_free(answer);
    if (status != DGM_OK)
        return status;
    return show_summary(store, codes, paper, err);
}

static dgm_status show_query(dgm_store *store, const char *name, const char *const *codes,
                             const dgm_show_options *options, dgm_error *err)
{
    const dgm_query *query = dgm_query_find(name);
    if (options->format == DGM_FORMAT_TEXT) {
        dgm_paper paper;
        dgm_paper_init(&paper, options);
        const dgm_status status =
            show_text(store, query, codes, strcmp(name, "brief") == 0, &paper, err);
        dgm_paper_dispose(&paper);
        return status;
    }
    dgm_answer *answer;
    DGM_TRY(dgm_ask(&answer, store, query, codes, err));
    const dgm_status status = dgm_show_answer(answer, options, err);
    dgm_answer_free(answer);
    return status;
}

dgm_status dgm_show_brief(dgm_store *store, const char *a, const char *b,
                          const dgm_show_options *options, dgm_error *err)
{
    const char *const codes[] = {a, b};
    return show_query(store, "brief", codes, options, err);
}

dgm_status dgm_show_timeline(dgm_store *store, const char *a, const char *b,
                             const dgm_show_options *options, dgm_error *err)
{
    const char *const codes[] = {a, b};
    return show_query(store, "timeline", codes, options, err);
}
