/* Tables: see table.h. */
#include "base/table.h"

void dgm_table_init(dgm_table *table, const char *name, dgm_str bytes)
{
    *table = (dgm_table){.name = name, .rest = bytes};
}

static dgm_str trimmed(const char *from, const char *to)
{
    const dgm_str cell = {from, (size_t)(to - from)};
    /* no other white space is as small as a space or smaller */
    return cell.len && (*from <= ' ' || to[-1] <= ' ') ? dgm_str_trim(cell) : cell;
}

/* Cut the line at the front of the rest into cells; false when it is empty. */
static bool cut_line(dgm_table *table)
{
    const char *at = table->rest.ptr, *const end = at + table->rest.len;
    const char *const newline = memchr(at, '\n', table->rest.len);
    const char *const line_end = newline ? newline : end;
    const char *tab = at;
    uint32_t count = 0;
    bool is_filled = false;
    for (; tab && count < DGM_TABLE_COLUMNS; count++) {
        tab = memchr(at, '\t', (size_t)(line_end - at));
        table->cells[count] = trimmed(at, tab ? tab : line_end);
        is_filled |= table->cells[count].len > 0;
        at = tab ? tab + 1 : line_end;
    }
    table->count = count;
    for (; count < DGM_TABLE_COLUMNS; count++)
        table->cells[count] = DGM_STR("");
    at = newline ? newline + 1 : end;
    table->rest = (dgm_str){at, (size_t)(end - at)};
    table->line++;
    return is_filled;
}

bool dgm_table_next(dgm_table *table)
{
    while (table->rest.len) {
        const bool is_comment = table->rest.ptr[0] == '#';
        if (cut_line(table) && !is_comment)
            return true;
    }
    return false;
}

dgm_status dgm_table_fail(const dgm_table *table, dgm_error *err, const char *what, dgm_str cell)
{
    return dgm_fail(err, DGM_ERROR_FORMAT, table->name, table->line, "line %llu: %s: \"%.*s\"",
                    (unsigned long long)table->line, what, DGM_FMT(cell));
}
