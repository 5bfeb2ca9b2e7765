/* Rows: an answer for programs - JSON Lines and CSV, off the question's columns.
 *
 * A question with a JSON column (the record itself) gives that column alone as JSON Lines, and all
 * others as CSV. */
#include "show/line.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

bool dgm_format_from(dgm_format *format, const char *name)
{
    static const char *const names[] = {"text", "table", "jsonl", "csv"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(names[i], name) == 0) {
            *format = (dgm_format)i;
            return true;
        }
    }
    return false;
}

static void put_csv_cell(dgm_buf *out, dgm_str cell)
{
    bool is_quoted = false;
    for (size_t i = 0; i < cell.len; i++)
        is_quoted |= strchr(",\"\r\n", cell.ptr[i]) != NULL;
    if (!is_quoted) {
        dgm_buf_add(out, cell);
        return;
    }
    dgm_buf_char(out, '"');
    for (size_t i = 0; i < cell.len; i++) {
        if (cell.ptr[i] == '"')
            dgm_buf_char(out, '"');
        dgm_buf_char(out, cell.ptr[i]);
    }
    dgm_buf_char(out, '"');
}

static void put_csv_head(dgm_buf *out, const dgm_query *query)
{
    for (uint32_t i = 0, written = 0; i < query->column_count; i++)
        if (query->columns[i].type != DGM_COLUMN_JSON)
            dgm_buf_printf(out, "%s%s", written++ ? "," : "", query->columns[i].name);
    dgm_buf_char(out, '\n');
}

static void put_csv_row(dgm_buf *out, dgm_answer *answer)
{
    const dgm_query *query = dgm_answer_query(answer);
    for (uint32_t i = 0, written = 0; i < query->column_count; i++) {
        if (query->columns[i].type == DGM_COLUMN_JSON)
            continue;
        if (written++)
            dgm_buf_char(out, ',');
        put_csv_cell(out, dgm_answer_text(answer, (int)i));
    }
    dgm_buf_char(out, '\n');
}

static json_t *cell_json(dgm_answer *answer, int column, dgm_column_type type)
{
    if (dgm_answer_is_null(answer, column))
        return json_null();
    if (type == DGM_COLUMN_INTEGER)
        return json_integer(dgm_answer_integer(answer, column));
    if (type == DGM_COLUMN_REAL)
        return json_real(dgm_answer_real(answer, column));
    const dgm_str text = dgm_answer_text(answer, column);
    return json_stringn(text.ptr, text.len);
}

static void put_json_row(dgm_buf *out, dgm_answer *answer)
{
    const dgm_query *query = dgm_answer_query(answer);
    json_t *object = json_object();
    bool is_failed = false;
    for (uint32_t i = 0; i < query->column_count; i++) {
        const dgm_column *column = &query->columns[i];
        if (column->type == DGM_COLUMN_JSON) {
            json_decref(object);
            dgm_buf_add(out, dgm_answer_text(answer, (int)i));
            dgm_buf_char(out, '\n');
            return;
        }
        json_t *value = cell_json(answer, (int)i, column->type);
        is_failed |= json_object_set_new(object, column->name, value) != 0;
    }
    char *text = json_dumps(object, JSON_COMPACT | JSON_REAL_PRECISION(8));
    json_decref(object);
    out->is_failed |= is_failed || !text;
    dgm_buf_text(out, text);
    dgm_buf_char(out, '\n');
    free(text);
}

static dgm_status show_rows(dgm_answer *answer, const dgm_show_options *options, dgm_buf *out,
                            dgm_error *err)
{
    const bool is_csv = options->format == DGM_FORMAT_CSV;
    if (is_csv && !options->omit_head)
        put_csv_head(out, dgm_answer_query(answer));
    for (;;) {
        bool has_row;
        DGM_TRY(dgm_answer_next(&has_row, answer, err));
        if (!has_row)
            return dgm_paper_write(options, out, err);
        if (is_csv)
            put_csv_row(out, answer);
        else
            put_json_row(out, answer);
        DGM_TRY(dgm_paper_write(options, out, err));
        dgm_buf_clear(out);
    }
}

dgm_status dgm_show_answer(dgm_answer *answer, const dgm_show_options *options, dgm_error *err)
{
    if (options->format == DGM_FORMAT_TABLE || options->format == DGM_FORMAT_TEXT)
        return dgm_show_table(answer, options, err);
    dgm_buf out = {0};
    const dgm_status status = show_rows(answer, options, &out, err);
    dgm_buf_free(&out);
    return status;
}
