/* Sureness: see sure.h. */
#include "code/sure.h"
#include "base/table.h"

#include <math.h>

static const char table_name[] = "model/confidence.tsv";

static void draw_line(dgm_sureness *out, int64_t from, int64_t to, int64_t right_to)
{
    const int64_t right_from = from >= 0 ? out->right[from] : right_to;
    const int64_t width = to - from;
    for (int64_t at = from + 1; at <= to; at++)
        out->right[at] =
            (uint8_t)(right_from + ((right_to - right_from) * (at - from) + width / 2) / width);
}

dgm_status dgm_sureness_read(dgm_sureness *out, const char *name, dgm_str bytes, dgm_error *err)
{
    dgm_table table;
    int64_t last = -1, estimate, right, least = 0;
    dgm_table_init(&table, name, bytes);
    while (dgm_table_next(&table)) {
        if (!dgm_str_int(table.cells[0], &estimate) || estimate <= last || estimate > 100)
            return dgm_table_fail(&table, err, "not a rising estimate of 0 to 100", table.cells[0]);
        if (!dgm_str_int(table.cells[1], &right) || right < least || right > 100)
            return dgm_table_fail(&table, err, "not a rising share of 0 to 100", table.cells[1]);
        draw_line(out, last, estimate, right);
        last = estimate;
        least = right;
    }
    if (last < 0)
        return dgm_table_fail(&table, err, "no rows", DGM_STR(""));
    for (int64_t at = last + 1; at <= 100; at++)
        out->right[at] = (uint8_t)least;
    return DGM_OK;
}

void dgm_sureness_none(dgm_sureness *out)
{
    for (int at = 0; at <= 100; at++)
        out->right[at] = (uint8_t)at;
}

dgm_status dgm_sureness_load(dgm_sureness *out, const dgm_pack *pack, dgm_error *err)
{
    const dgm_str bytes = dgm_pack_find(pack, table_name);
    dgm_sureness_none(out);
    return bytes.ptr ? dgm_sureness_read(out, table_name, bytes, err) : DGM_OK;
}

double dgm_sureness_of(const dgm_sureness *sureness, double estimate)
{
    const long at = lround(100 * estimate);
    return sureness->right[at < 0 ? 0 : at > 100 ? 100 : at] / 100.0;
}
