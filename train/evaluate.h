/* Scores and speed of a model file, run as the engine runs it. */
#ifndef TRAIN_EVALUATE_H
#define TRAIN_EVALUATE_H

#include "corpus.h"
#include "parse/parse.h"

DGM_MUST_CHECK dgm_status evaluate_model(const dgm_model *model, dgm_arena *arena,
                                         const treebank *gold, bool shows_feats, dgm_error *err);
DGM_MUST_CHECK dgm_status bench_model(const dgm_model *model, dgm_arena *arena,
                                      const treebank *bank, dgm_error *err);

#endif
