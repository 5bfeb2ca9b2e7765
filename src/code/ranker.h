/* Ranker: a linear model over evidence, in integers - which type, and how sure.
 *
 * Reads model/ranker.bin (docs/ranker.md), which dragoman-rank makes. Immutable, shared by threads.
 * All numbers little-endian; sections follow each other in the order of the header's fields. */
#ifndef DGM_CODE_RANKER_H
#define DGM_CODE_RANKER_H

#include "base/error.h"
#include "base/str.h"
#include "code/evidence.h"

#define DGM_RANKER_MAGIC "DGMRANK1"

enum {
    DGM_RANK_CLASSES = DGM_TYPE_ASSAULT + 1, /* event types; 0: none of them */
    DGM_RANK_COLS = 20,                      /* columns of a row: classes, padded */
    DGM_RANK_GROUPS = 24,                    /* of them DGM_EVIDENCE_GROUPS are used */
    DGM_RANK_EXP = 2048,                     /* entries of exp(-i / 128), 65536 being 1 */
    DGM_RANK_SURE = 257,                     /* entries of the calibration: p * 256 -> p * 10000 */
    DGM_RANK_SLOTS = 1 << 18                 /* most rows */
};

typedef struct dgm_rank_row { /* of an open table; hash 0: free */
    uint32_t hash;            /* of the feature; its place is hash * slots >> 32 */
    int8_t weight[DGM_RANK_COLS];
} dgm_rank_row;

typedef struct dgm_ranker_header {
    char magic[8];
    uint32_t header_bytes, rows, unused, threshold; /* of confidence, * 10000 */
    uint64_t file_bytes;
    char version[48];
    uint32_t heat; /* differences of sums * heat >> 16: steps of exp */
    uint32_t zero;
    int16_t scale[DGM_RANK_GROUPS]; /* of the groups */
    int32_t bias[DGM_RANK_COLS];
    uint32_t exp[DGM_RANK_EXP];
    uint16_t sure[DGM_RANK_SURE + 3]; /* padded */
} dgm_ranker_header;                  /* then rows of dgm_rank_row */

typedef struct dgm_ranker {
    const dgm_ranker_header *header;
    const dgm_rank_row *rows;
} dgm_ranker;

/* `bytes` must outlive the ranker and be aligned to 8; all sizes are checked. */
DGM_MUST_CHECK dgm_status dgm_ranker_open(dgm_ranker *ranker, const char *name, dgm_str bytes,
                                          dgm_error *err);

typedef struct dgm_ranking {
    dgm_type type;                   /* the best one */
    uint32_t sure;                   /* calibrated, * 10000 */
    uint32_t part[DGM_RANK_CLASSES]; /* probabilities of all classes, * 65536 */
} dgm_ranking;

dgm_ranking dgm_ranker_judge(const dgm_ranker *ranker, const dgm_evidence *evidence);

#endif
