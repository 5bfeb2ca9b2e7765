/* Scoring: how well predicted records agree with gold ones (docs/scoring.md).
 *
 * Both are JSON Lines in the shape of docs/json.md; gold may say what else is accepted. The types,
 * kinds and classes are the ontology's. */
#ifndef DRAGOMAN_SCORE_H
#define DRAGOMAN_SCORE_H

#include <dragoman/base.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dgm_score dgm_score;

typedef struct dgm_score_options {
    size_t size;                /* sizeof(dgm_score_options) */
    bool is_strict;             /* a match with optional gold has to get its fields right too */
    bool omit_notes;            /* do not read alternatives out of gold's notes */
    const char *sentences_path; /* sentences without any record, for the false alarms on them */
    const char *documents_path; /* texts, for the list of dgm_score_to_text() */
} dgm_score_options;

#define DGM_SCORE_OPTIONS_INIT                                                                     \
    {                                                                                              \
        sizeof(dgm_score_options), false, false, NULL, NULL                                        \
    }

/* Read both files ("-": standard input) and compare them. DGM_ERROR_FORMAT, with file and line,
 * where a line is no JSON object or gold has no record or a type that the ontology lacks;
 * DGM_ERROR_IO where a file cannot be read. *out is the caller's: dgm_score_free(). */
DGM_API DGM_MUST_CHECK dgm_status dgm_score_files(dgm_score **out, const char *gold_path,
                                                  const char *predicted_path,
                                                  const dgm_score_options *options, dgm_error *err);
DGM_API void dgm_score_free(dgm_score *score);

/* All figures as one JSON object; or as lines for people, with `verbose` also every miss, false
 * alarm and wrong field. NUL-terminated; the caller frees *out with dgm_free(). */
DGM_API DGM_MUST_CHECK dgm_status dgm_score_to_json(char **out, const dgm_score *score,
                                                    dgm_error *err);
DGM_API DGM_MUST_CHECK dgm_status dgm_score_to_text(char **out, const dgm_score *score,
                                                    bool verbose, dgm_error *err);

#ifdef __cplusplus
}
#endif
#endif
