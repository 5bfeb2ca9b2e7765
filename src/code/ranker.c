/* Ranker: see ranker.h. CONCEDE and RETREAT are two ways of yielding: they are weighed together
 * against the other types, then against each other. */
#include "code/ranker.h"

static bool has_free_row(const dgm_rank_row *rows, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (!rows[i].hash)
            return true;
    return false;
}

dgm_status dgm_ranker_open(dgm_ranker *ranker, const char *name, dgm_str bytes, dgm_error *err)
{
    const dgm_ranker_header *h = (const void *)bytes.ptr;
    *ranker = (dgm_ranker){0};
    if (bytes.len < sizeof *h || (uintptr_t)bytes.ptr % 8 != 0 ||
        memcmp(h->magic, DGM_RANKER_MAGIC, sizeof h->magic) != 0 || h->header_bytes != sizeof *h)
        return dgm_fail(err, DGM_ERROR_FORMAT, name, 0, "no ranker of this version");
    uint64_t size = sizeof *h + (uint64_t)h->rows * sizeof(dgm_rank_row);
    if (h->rows > DGM_RANK_SLOTS || h->file_bytes != bytes.len || h->heat > 1 << 20 ||
        !memchr(h->version, 0, sizeof h->version) || h->unused || size != bytes.len)
        return dgm_fail(err, DGM_ERROR_FORMAT, name, 0, "a damaged ranker");
    ranker->header = h;
    ranker->rows = (const void *)(bytes.ptr + sizeof *h);
    if (!has_free_row(ranker->rows, h->rows))
        return dgm_fail(err, DGM_ERROR_FORMAT, name, 0, "a damaged ranker");
    return DGM_OK;
}

static const dgm_rank_row *row_of(const dgm_ranker *ranker, uint32_t hash)
{
    uint32_t rows = ranker->header->rows;
    uint32_t at = (uint32_t)((uint64_t)hash * rows >> 32);
    for (; ranker->rows[at].hash; at = at + 1 < rows ? at + 1 : 0)
        if (ranker->rows[at].hash == hash)
            return &ranker->rows[at];
    return NULL;
}

static void add_up(const dgm_ranker *ranker, const dgm_evidence *evidence,
                   int32_t sums[DGM_RANK_COLS])
{
    for (int c = 0; c < DGM_RANK_COLS; c++)
        sums[c] = ranker->header->bias[c];
    for (uint32_t i = 0; i < evidence->count; i++) {
        const dgm_feature *feature = &evidence->items[i];
        int32_t scale = ranker->header->scale[feature->group];
        const dgm_rank_row *row = scale ? row_of(ranker, feature->hash) : NULL;
        for (int c = 0; row && c < DGM_RANK_COLS; c++)
            sums[c] += scale * row->weight[c];
    }
}

/* Fixed-point softmax. */
static void share_out(const dgm_ranker *ranker, const int32_t sums[DGM_RANK_COLS],
                      uint32_t part[DGM_RANK_CLASSES])
{
    int32_t most = sums[0];
    uint64_t total = 0, share[DGM_RANK_CLASSES];
    for (int c = 1; c < DGM_RANK_CLASSES; c++)
        most = sums[c] > most ? sums[c] : most;
    for (int c = 0; c < DGM_RANK_CLASSES; c++) {
        uint64_t step = (uint64_t)((int64_t)most - sums[c]) * ranker->header->heat >> 16;
        share[c] = step < DGM_RANK_EXP ? ranker->header->exp[step] : 0;
        total += share[c];
    }
    for (int c = 0; c < DGM_RANK_CLASSES; c++)
        part[c] = total ? (uint32_t)(share[c] * 65536 / total) : 0;
}

static dgm_type best_type(const uint32_t part[DGM_RANK_CLASSES], uint32_t *share)
{
    uint32_t yield = part[DGM_TYPE_CONCEDE] + part[DGM_TYPE_RETREAT];
    dgm_type best = DGM_TYPE_NONE;
    *share = 0;
    for (int c = 1; c < DGM_RANK_CLASSES; c++) {
        bool is_yield = c == DGM_TYPE_CONCEDE || c == DGM_TYPE_RETREAT;
        uint32_t here = is_yield ? yield : part[c];
        if (here > *share || !best) {
            best = (dgm_type)c;
            *share = here;
        }
    }
    if (best == DGM_TYPE_CONCEDE && part[DGM_TYPE_RETREAT] > part[DGM_TYPE_CONCEDE])
        best = DGM_TYPE_RETREAT;
    return best;
}

dgm_ranking dgm_ranker_judge(const dgm_ranker *ranker, const dgm_evidence *evidence)
{
    int32_t sums[DGM_RANK_COLS];
    dgm_ranking out = {0};
    add_up(ranker, evidence, sums);
    share_out(ranker, sums, out.part);
    uint32_t share;
    out.type = best_type(out.part, &share);
    uint32_t known = 65536 - out.part[0];
    uint32_t at = share >= known ? 256 : (uint32_t)((uint64_t)share * 256 / (known ? known : 1));
    out.sure = ranker->header->sure[at];
    return out;
}
