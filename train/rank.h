/* The ranker's trainer: samples with their evidence, weights, scores. */
#ifndef DGM_TRAIN_RANK_H
#define DGM_TRAIN_RANK_H

#include "base/map.h"
#include "engine/classify.h"

enum { FOLDS = 5, ALL_FOLDS = -1 };

typedef enum rank_origin {
    FROM_PLV = 0, /* marked sides, type; CONCEDE or RETREAT said as YIELD */
    FROM_PENTA,   /* no sides, class 0 to 4 */
    FROM_GOLD,    /* our own sentences */
    FROM_RULE,    /* examples of the rules */
    FROM_HINT,    /* sentences that a teacher labelled: probabilities */
    ORIGINS
} rank_origin;

typedef struct sample {
    dgm_feature *items;
    uint32_t *ids; /* of the features, among all distinct ones */
    uint32_t count;
    rank_origin origin;
    int fold;
    uint32_t allowed;             /* classes that the label leaves open, as bits */
    float hint[DGM_RANK_CLASSES]; /* FROM_HINT: the teacher's */
    uint64_t text;                /* hash */
    dgm_type by_rules;
    int penta; /* class of FROM_PENTA, else -1 */
    dgm_str bytes;
} sample;

typedef struct samples {
    dgm_arena *arena;
    sample *items;
    uint32_t count, capacity;
    uint32_t *hashes; /* of the distinct features, sorted */
    uint32_t hash_count;
} samples;

/* Number the distinct features of all samples. */
void number_features(samples *all);

/* What the files of sentences give; err holds what went wrong. */
typedef struct rank_reader {
    dgm_engine *engine;
    dgm_coder *coder;
    samples *into;
    bool is_timed;  /* classify, keep the time only */
    double seconds; /* of classifying parsed sentences */
    uint32_t timed;
    dgm_error err;
} rank_reader;

dgm_status read_plv(rank_reader *reader, const char *path);
dgm_status read_penta(rank_reader *reader, const char *path);
dgm_status read_gold(rank_reader *reader, const char *path);
dgm_status read_hints(rank_reader *reader, const char *path);
dgm_status read_rules(rank_reader *reader);

enum { DGM_SURE_FILES = 64 };

typedef struct sure_files {
    const char *documents[DGM_SURE_FILES]; /* texts or JSON lines */
    int document_count;
    const char *read[DGM_SURE_FILES]; /* judgements of their records (train/read/README.md) */
    int read_count;
    const char *out; /* NULL: measure only */
    long least[2];   /* records of less confidence, in hundredths, are to be held back: of dated
                        documents, of undated ones */
} sure_files;

/* Learn data/model/confidence.tsv; each fifth of the documents is judged by the others before. */
dgm_status learn_sureness(rank_reader *reader, const sure_files *files);

typedef struct settings {
    long epochs, seed, seeds;
    long least; /* samples that a feature must be in */
    float rate, decay;
    float drop; /* chance of a feature to be left out of a step */
    float origin_weight[ORIGINS];
    float scale[DGM_RANK_GROUPS];
} settings;

typedef struct weights {
    uint32_t rows;
    bool *is_kept; /* by feature: seen often enough */
    float *w;      /* [rows][DGM_RANK_COLS], by feature */
    float bias[DGM_RANK_COLS];
} weights;

/* Learn from all samples but those of fold `without` (ALL_FOLDS: of none) and those of the same
 * text as one of them. The weights are the caller's: weights_free(). */
weights learn_weights(const samples *from, const settings *with, int without);
void weights_free(weights *w);
void class_parts(const weights *w, const settings *with, const sample *of,
                 double part[DGM_RANK_CLASSES]);

/* The bytes of a ranker: the `most` features of largest weights, in eight bits. In `arena`. */
dgm_str pack_ranker(dgm_arena *arena, const samples *all, const settings *with, const weights *w,
                    double heat, const char *version, long most);
dgm_status write_bytes(const char *path, dgm_str bytes, dgm_error *err);

/* Types counted as one class of 15: CONCEDE stands for both ways of yielding. */
dgm_type root_of(dgm_type type);
dgm_type best_root(const double part[DGM_RANK_CLASSES], double *sure);
int penta_of_root(dgm_type root);

typedef struct judged { /* one sentence held out */
    const sample *sample;
    double part[DGM_RANK_CLASSES];
    dgm_type root;
    double sure;
} judged;

void print_scores(const judged *items, uint32_t count);
/* What divides the sums of logarithms so that sureness is right on the average. */
double fit_heat(const judged *items, uint32_t count);

#endif
