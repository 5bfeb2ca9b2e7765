/* Lint's inside, for the files of this folder. */
#ifndef DGM_ENGINE_LINT_H
#define DGM_ENGINE_LINT_H

#include "engine/engine.h"

typedef struct dgm_linting {
    const dgm_engine *engine;
    bool pack_only; /* only what the user's pack brought */
    dgm_rule_problem_callback callback;
    void *payload;
} dgm_linting;

void dgm_lint_report(const dgm_linting *it, const char *id, const char *file, uint64_t line,
                     const char *text);

/* Entries and operators that another, tried before them, always wins over. */
void dgm_lint_shadows(const dgm_linting *it);
/* Years and sectors of the actor tables. */
void dgm_lint_actors(const dgm_linting *it);

#endif
