/* Tables: our readable sources in data/. UTF-8, a row a line, columns parted by TAB, '#' begins a
 * comment line, empty lines are passed over. Errors carry the file and the line number. */
#ifndef DGM_BASE_TABLE_H
#define DGM_BASE_TABLE_H

#include "base/error.h"
#include "base/str.h"

enum { DGM_TABLE_COLUMNS = 16 };

typedef struct dgm_table {
    const char *name; /* for messages */
    dgm_str rest;
    uint64_t line;                    /* of the current row, from 1 */
    dgm_str cells[DGM_TABLE_COLUMNS]; /* trimmed; those a row does not have are empty */
    uint32_t count;
} dgm_table;

void dgm_table_init(dgm_table *table, const char *name, dgm_str bytes);

/* The next row into table->cells; false at the end. Cells beyond the last column are dropped. */
bool dgm_table_next(dgm_table *table);

/* DGM_ERROR_FORMAT with file and line of the current row. */
dgm_status dgm_table_fail(const dgm_table *table, dgm_error *err, const char *what, dgm_str cell);

#endif
