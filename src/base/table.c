/* Tables: see table.h. */
#include "base/table.h"

void dgm_table_init(dgm_table *table, const char *name, dgm_str bytes)
{
    *table = (dgm_table){.name = name, .rest = bytes};
}

static bool next_line(dgm_table *table, dgm_str *line)
{
    if (!table->rest.len)
        return false;
    const char *end = memchr(table->rest.ptr, '\n', table->rest.len);
    size_t len = end ? (size_t)(end - table->rest.ptr) : table->rest.len;
    *line = dgm_str_sub(table->rest, 0, len);
    size_t skip = len + (end != NULL);
    table->rest = dgm_str_sub(table->rest, skip, table->rest.len - skip);
    table->line++;
    return true;
}

bool dgm_table_next(dgm_table *table)
{
    dgm_str line;
    while (next_line(table, &line)) {
        if (!dgm_str_trim(line).len || line.ptr[0] == '#')
            continue;
        for (uint32_t i = 0; i < DGM_TABLE_COLUMNS; i++)
            table->cells[i] = DGM_STR("");
        table->count = 0;
        dgm_str cell;
        while (table->count < DGM_TABLE_COLUMNS && dgm_str_cut(&line, '\t', &cell))
            table->cells[table->count++] = cell;
        return true;
    }
    return false;
}

dgm_status dgm_table_fail(const dgm_table *table, dgm_error *err, const char *what, dgm_str cell)
{
    return dgm_fail(err, DGM_ERROR_FORMAT, table->name, table->line, "line %llu: %s: \"%.*s\"",
                    (unsigned long long)table->line, what, DGM_FMT(cell));
}
