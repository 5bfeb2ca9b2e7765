/* Line: see line.h. Labels of the data become words here; the phrases of acts are the ontology's.
 */
#include "show/line.h"

/* Below this, a record is marked as unsure. */
#define UNSURE 0.5

bool dgm_line_init(dgm_line *line, dgm_answer *answer)
{
    const dgm_query *query = dgm_answer_query(answer);
    *line = (dgm_line){.answer = answer};
    const struct {
        int *column;
        const char *name;
    } columns[] = {{&line->type, "type"},
                   {&line->mode, "mode"},
                   {&line->class, "class"},
                   {&line->modality, "modality"},
                   {&line->confidence, "confidence"},
                   {&line->edtf, "edtf"},
                   {&line->earliest, "earliest"},
                   {&line->latest, "latest"},
                   {&line->actors, "actor_names"},
                   {&line->recipients, "recipient_names"},
                   {&line->about, "about_names"},
                   {&line->attribution, "attribution"},
                   {&line->trigger, "trigger"},
                   {&line->trigger_begin, "trigger_begin"},
                   {&line->trigger_end, "trigger_end"},
                   {&line->sentence, "sentence"},
                   {&line->sentence_begin, "sentence_begin"},
                   {&line->sentence_end, "sentence_end"},
                   {&line->line, "line"},
                   {&line->citations, "citations"},
                   {&line->document, "document"},
                   {&line->date, "date"},
                   {&line->source, "source"}};
    bool is_whole = true;
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        is_whole &= (*columns[i].column = dgm_query_column(query, columns[i].name)) >= 0;
    return is_whole;
}

void dgm_line_when(const dgm_line *line, dgm_paper *paper)
{
    char words[96];
    const dgm_str edtf = dgm_line_text(line, line->edtf);
    if (edtf.len > 0)
        dgm_time_write(words, sizeof words, edtf.ptr);
    dgm_paper_text(paper, DGM_INK_WHEN, edtf.len > 0 ? words : "undated");
}

/* The next item of a list parted by "; ". */
static bool next_item(dgm_str *rest, dgm_str *item)
{
    if (rest->len == 0)
        return false;
    const size_t at = dgm_str_find(*rest, DGM_STR("; "));
    *item = (dgm_str){rest->ptr, at == SIZE_MAX ? rest->len : at};
    const size_t used = at == SIZE_MAX ? rest->len : at + 2;
    *rest = (dgm_str){rest->ptr + used, rest->len - used};
    return true;
}

/* "A", "A and B", "A, B and C"; with `link` between all when it is given. */
static uint32_t add_list(dgm_paper *paper, dgm_str list, const char *link)
{
    dgm_str item;
    uint32_t count = 0;
    while (next_item(&list, &item)) {
        if (count++ > 0)
            dgm_paper_text(paper, DGM_INK_PLAIN, link ? link : list.len ? ", " : " and ");
        dgm_paper_add(paper, DGM_INK_WHO, item);
    }
    return count;
}

void dgm_line_sides(const dgm_line *line, dgm_paper *paper)
{
    const dgm_str recipients = dgm_line_text(line, line->recipients);
    const dgm_type type = dgm_type_from(dgm_line_text(line, line->type));
    const bool is_mutual = recipients.len == 0 && dgm_type_is_two_sided(type);
    const uint32_t count =
        add_list(paper, dgm_line_text(line, line->actors), is_mutual ? " <-> " : NULL);
    if (count == 0)
        dgm_paper_text(paper, DGM_INK_WHO, "someone");
    if (recipients.len == 0)
        return;
    dgm_paper_text(paper, DGM_INK_PLAIN, " -> ");
    add_list(paper, recipients, NULL);
}

dgm_ink dgm_line_ink(dgm_str class_name)
{
    for (int quad = 1; quad < DGM_QUAD_COUNT; quad++)
        if (dgm_str_is(class_name, dgm_quad_name((dgm_quad)quad)))
            return (dgm_ink)(DGM_INK_VERBAL_COOPERATION + quad - 1);
    return DGM_INK_STANDING;
}

void dgm_line_act(const dgm_line *line, dgm_paper *paper)
{
    const dgm_ink ink = dgm_line_ink(dgm_line_text(line, line->class));
    const dgm_str mode = dgm_line_text(line, line->mode);
    const dgm_str type = dgm_line_text(line, line->type);
    const dgm_type known = dgm_type_from(type);
    if (known)
        dgm_paper_text(paper, ink, dgm_type_phrase(known));
    else /* of an ontology that a rule pack brought */
        dgm_paper_printf(paper, ink, "%.*s", DGM_FMT(type));
    if (mode.len > 0)
        dgm_paper_printf(paper, ink, " (%.*s)", DGM_FMT(mode));
    const dgm_str trigger = dgm_line_text(line, line->trigger);
    if (trigger.len > 0)
        dgm_paper_printf(paper, DGM_INK_PLAIN, ", \"%.*s\"", DGM_FMT(trigger));
}

void dgm_line_doubts(const dgm_line *line, dgm_paper *paper)
{
    const dgm_str modality = dgm_line_text(line, line->modality);
    if (!dgm_str_is(modality, dgm_modality_name(DGM_MODALITY_ASSERTED)))
        dgm_paper_printf(paper, DGM_INK_DOUBT, " [%.*s]", DGM_FMT(modality));
    const double confidence = dgm_answer_real(line->answer, line->confidence);
    if (!dgm_answer_is_null(line->answer, line->confidence) && confidence < UNSURE)
        dgm_paper_printf(paper, DGM_INK_DOUBT, " [unsure: %.2f]", confidence);
}

void dgm_line_attribution(const dgm_line *line, dgm_paper *paper)
{
    const dgm_str attribution = dgm_line_text(line, line->attribution);
    if (attribution.len == 0)
        return;
    dgm_paper_text(paper, DGM_INK_PLAIN, ", according to ");
    dgm_paper_add(paper, DGM_INK_PLAIN, attribution);
}

void dgm_line_about(const dgm_line *line, dgm_paper *paper)
{
    const dgm_str about = dgm_line_text(line, line->about);
    if (about.len == 0)
        return;
    dgm_paper_text(paper, DGM_INK_PLAIN, ", about ");
    add_list(paper, about, NULL);
}

static dgm_status table_row(const dgm_line *line, dgm_paper *paper, dgm_error *err)
{
    const dgm_str type = dgm_line_text(line, line->type), mode = dgm_line_text(line, line->mode);
    const uint32_t share = paper->width > 80 ? (paper->width - 80) / 4 : 0;
    dgm_line_when(line, paper);
    dgm_paper_tab(paper, 18);
    dgm_line_sides(line, paper);
    dgm_paper_tab(paper, 42 + share);
    const dgm_ink ink = dgm_line_ink(dgm_line_text(line, line->class));
    dgm_paper_add(paper, ink, type);
    if (mode.len > 0)
        dgm_paper_printf(paper, ink, " %.*s", DGM_FMT(mode));
    dgm_line_doubts(line, paper);
    dgm_paper_tab(paper, 60 + 2 * share);
    dgm_paper_add(paper, DGM_INK_FAINT, dgm_line_text(line, line->document));
    dgm_paper_printf(paper, DGM_INK_FAINT, ":%lld ",
                     (long long)dgm_answer_integer(line->answer, line->line));
    dgm_paper_add(paper, DGM_INK_PLAIN, dgm_line_text(line, line->trigger));
    return dgm_paper_flush_cut(paper, err);
}

/* Rows that are no records: their cells, parted by two spaces. */
static dgm_status plain_row(dgm_answer *answer, dgm_paper *paper, dgm_error *err)
{
    const dgm_query *query = dgm_answer_query(answer);
    for (uint32_t i = 0; i < query->column_count; i++) {
        if (i > 0)
            dgm_paper_tab(paper, 22 + 10 * (i - 1));
        dgm_paper_add(paper, DGM_INK_PLAIN, dgm_answer_text(answer, (int)i));
    }
    return dgm_paper_flush_cut(paper, err);
}

static dgm_status table_rows(dgm_answer *answer, dgm_paper *paper, dgm_error *err)
{
    dgm_line line;
    const bool is_record = dgm_line_init(&line, answer);
    for (;;) {
        bool has_row;
        DGM_TRY(dgm_answer_next(&has_row, answer, err));
        if (!has_row)
            return DGM_OK;
        DGM_TRY(is_record ? table_row(&line, paper, err) : plain_row(answer, paper, err));
    }
}

dgm_status dgm_show_table(dgm_answer *answer, const dgm_show_options *options, dgm_error *err)
{
    dgm_paper paper;
    dgm_paper_init(&paper, options);
    const dgm_status status = table_rows(answer, &paper, err);
    dgm_paper_dispose(&paper);
    return status;
}
