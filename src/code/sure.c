/* Sureness: see sure.h. */
#include "code/sure.h"
#include "base/table.h"

#include <math.h>

static const char table_name[] = "model/confidence.tsv";

void dgm_sureness_none(dgm_sureness *out)
{
    *out = (dgm_sureness){0};
    for (int i = 0; i <= 2 * DGM_SURE_SUM; i++)
        out->right[i] = 794; /* its third power is one half */
}

typedef struct reading {
    dgm_sureness *out;
    dgm_table table;
    uint32_t count, capacity;
    int64_t last_sum, last_right; /* of the curve */
    bool has_base, has_curve;
} reading;

static dgm_status read_weights(reading *it, unsigned from, dgm_sure_weights *into, dgm_error *err)
{
    for (unsigned q = 0; q < DGM_QUESTIONS; q++) {
        int64_t number;
        const dgm_str cell = it->table.cells[from + q];
        if (!dgm_str_int(cell, &number) || number < -10000 || number > 10000)
            return dgm_table_fail(&it->table, err, "not a weight of -10000 to 10000", cell);
        into->of[q] = (int32_t)number;
    }
    return DGM_OK;
}

static dgm_status read_sign(reading *it, dgm_arena *arena, dgm_error *err)
{
    dgm_sureness *out = it->out;
    const dgm_str name = it->table.cells[1];
    dgm_sure_weights weights;
    if (!name.len || dgm_map_get(&out->signs, name) != DGM_MAP_NONE)
        return dgm_table_fail(&it->table, err, "no sign, or one that stands twice", name);
    DGM_TRY(read_weights(it, 2, &weights, err));
    dgm_map_put(&out->signs, name, it->count);
    DGM_PUSH(arena, out->weights, it->count, it->capacity, weights);
    return DGM_OK;
}

/* Straight lines between the points of the curve. */
static dgm_status read_point(reading *it, dgm_error *err)
{
    int64_t sum, right;
    if (!dgm_str_int(it->table.cells[1], &sum) || sum < -DGM_SURE_SUM || sum > DGM_SURE_SUM ||
        (it->has_curve && sum <= it->last_sum))
        return dgm_table_fail(&it->table, err, "not a rising sum of -600 to 600",
                              it->table.cells[1]);
    if (!dgm_str_int(it->table.cells[2], &right) || right < it->last_right || right > 1000)
        return dgm_table_fail(&it->table, err, "not a rising share of 0 to 1000",
                              it->table.cells[2]);
    const int64_t from = it->has_curve ? it->last_sum : -DGM_SURE_SUM - 1;
    const int64_t low = it->has_curve ? it->last_right : right, width = sum - from;
    for (int64_t at = from + 1; at <= sum; at++)
        it->out->right[at + DGM_SURE_SUM] =
            (uint16_t)(low + ((right - low) * (at - from) + width / 2) / width);
    for (int64_t at = sum + 1; at <= DGM_SURE_SUM; at++)
        it->out->right[at + DGM_SURE_SUM] = (uint16_t)right;
    it->last_sum = sum;
    it->last_right = right;
    it->has_curve = true;
    return DGM_OK;
}

static dgm_status read_least(reading *it, dgm_error *err)
{
    for (unsigned i = 0; i < 2; i++) {
        int64_t least;
        if (!dgm_str_int(it->table.cells[1 + i], &least) || least < 0 || least > 100)
            return dgm_table_fail(&it->table, err, "not a share of 0 to 100",
                                  it->table.cells[1 + i]);
        it->out->least[i] = (uint32_t)least;
    }
    return DGM_OK;
}

static dgm_status read_row(reading *it, dgm_arena *arena, dgm_error *err)
{
    const dgm_str what = it->table.cells[0];
    if (dgm_str_is(what, "sign"))
        return read_sign(it, arena, err);
    if (dgm_str_is(what, "curve"))
        return read_point(it, err);
    if (dgm_str_is(what, "least"))
        return read_least(it, err);
    if (!dgm_str_is(what, "base"))
        return dgm_table_fail(&it->table, err, "not base, sign, curve or least", what);
    it->has_base = true;
    return read_weights(it, 1, &it->out->base, err);
}

dgm_status dgm_sureness_read(dgm_sureness *out, dgm_arena *arena, const char *name, dgm_str bytes,
                             dgm_error *err)
{
    reading it = {.out = out};
    *out = (dgm_sureness){0};
    dgm_map_init(&out->signs, arena);
    dgm_table_init(&it.table, name, bytes);
    while (dgm_table_next(&it.table))
        DGM_TRY(read_row(&it, arena, err));
    if (!it.has_base || !it.has_curve)
        return dgm_table_fail(&it.table, err, "no base or no curve", DGM_STR(""));
    return DGM_OK;
}

dgm_status dgm_sureness_load(dgm_sureness *out, dgm_arena *arena, const dgm_pack *pack,
                             dgm_error *err)
{
    const dgm_str bytes = dgm_pack_find(pack, table_name);
    dgm_sureness_none(out);
    return bytes.ptr ? dgm_sureness_read(out, arena, table_name, bytes, err) : DGM_OK;
}

static uint16_t share_of(const dgm_sureness *sureness, int32_t sum)
{
    const int32_t at = sum < -DGM_SURE_SUM  ? -DGM_SURE_SUM
                       : sum > DGM_SURE_SUM ? DGM_SURE_SUM
                                            : sum;
    return sureness->right[at + DGM_SURE_SUM];
}

void dgm_sureness_set(const dgm_sureness *sureness, const dgm_signs *signs, dgm_record *record)
{
    dgm_sure_weights sum = sureness->base;
    for (uint32_t i = 0; i < signs->count; i++) {
        const uint32_t at =
            dgm_map_get(&sureness->signs, (dgm_str){signs->items[i].text, signs->items[i].len});
        for (unsigned q = 0; at != DGM_MAP_NONE && q < DGM_QUESTIONS; q++)
            sum.of[q] += sureness->weights[at].of[q];
    }
    uint64_t all = 1;
    for (unsigned q = 0; q < DGM_QUESTIONS; q++) {
        const uint16_t share = share_of(sureness, sum.of[q]);
        record->sure[q] = share / 1000.0;
        all *= share;
    }
    record->confidence = (double)((all + 5000000) / 10000000) / 100.0;
}

bool dgm_sureness_holds_back(const dgm_sureness *sureness, const dgm_grounded *grounded,
                             const dgm_record *record)
{
    const bool is_undated = !grounded->document_time.edtf;
    return lround(100 * record->confidence) < (long)sureness->least[is_undated];
}
