/* The engine: documents in, records out.
 *
 * An engine holds what is constant (model, gazetteer, rules); any number of threads may share it.
 * A coder holds one thread's memory. */
#ifndef DRAGOMAN_ENGINE_H
#define DRAGOMAN_ENGINE_H

#include <dragoman/record.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dgm_engine dgm_engine;
typedef struct dgm_coder dgm_coder;

/* What the check of the rules found wrong with an entry. */
typedef struct dgm_rule_problem {
    const char *id, *file;
    uint64_t line;
    const char *text; /* what is wrong; lives until the callback returns */
    dgm_str example;
} dgm_rule_problem;

typedef void (*dgm_rule_problem_callback)(const dgm_rule_problem *problem, void *payload);

typedef struct dgm_engine_options {
    size_t size;            /* sizeof(dgm_engine_options) */
    const char *pack_path;  /* knowledge pack; NULL: the one that is compiled in */
    const char *model_path; /* language model; NULL: the pack's */
    dgm_scale scale;        /* of the records' Goldstein values; NONE: GDELT's */
    const char
        *rules_path; /* folder of a rule pack (docs/rules.md), put on the rules; NULL: none */
    /* Called for each row of the rules that cannot be read, which then is passed over; NULL: the
     * first one ends the opening. */
    dgm_rule_problem_callback on_problem;
    void *payload;
    bool gives_doubtful; /* also records that are more likely wrong than is worth having */
} dgm_engine_options;

#define DGM_ENGINE_OPTIONS_INIT                                                                    \
    {                                                                                              \
        sizeof(dgm_engine_options), NULL, NULL, DGM_SCALE_NONE, NULL, NULL, NULL, false            \
    }

/* On success *out is the caller's: dgm_engine_close(), after its coders. */
DGM_API DGM_MUST_CHECK dgm_status dgm_engine_open(dgm_engine **out,
                                                  const dgm_engine_options *options,
                                                  dgm_error *err);
DGM_API void dgm_engine_close(dgm_engine *engine);

/* Versions of what the engine loaded; alive as long as the engine. */
DGM_API const char *dgm_engine_rules_version(const dgm_engine *engine);
DGM_API const char *dgm_engine_model_version(const dgm_engine *engine);
DGM_API const char *dgm_engine_ontology_version(const dgm_engine *engine);

/* The code of a state or other actor by code or name ("IRN", "Iran", "north korea"); NULL when
 * unknown. Alive as long as the engine. */
DGM_API const char *dgm_engine_actor_code(const dgm_engine *engine, dgm_str name);
/* The name of a code for people to read ("IRN": "Iran"); NULL when unknown. */
DGM_API const char *dgm_engine_actor_name(const dgm_engine *engine, const char *code);

DGM_API DGM_MUST_CHECK dgm_status dgm_coder_new(dgm_coder **out, const dgm_engine *engine,
                                                dgm_error *err);
DGM_API void dgm_coder_free(dgm_coder *coder);

/* Code a document. *records and all they point to live until the coder's next call. */
DGM_API DGM_MUST_CHECK dgm_status dgm_coder_code(dgm_records *records, dgm_coder *coder,
                                                 const dgm_document *document, dgm_error *err);

/* The document's sentences with what the engine sees in them, as CoNLL-U or as one line of JSON
 * with its line break; *out is NUL-terminated and lives until the coder's next call. */
DGM_API DGM_MUST_CHECK dgm_status dgm_coder_conllu(dgm_str *out, dgm_coder *coder,
                                                   const dgm_document *document, dgm_error *err);
DGM_API DGM_MUST_CHECK dgm_status dgm_coder_annotate(dgm_str *out, dgm_coder *coder,
                                                     const dgm_document *document, dgm_error *err);
/* Text for people: tree, mentions, rules tried, records. With `colour`, ANSI colours. */
DGM_API DGM_MUST_CHECK dgm_status dgm_coder_explain(dgm_str *out, dgm_coder *coder,
                                                    const dgm_document *document, bool colour,
                                                    dgm_error *err);

/* Code the example of every entry and operator and compare with what it expects (an engine that
 * does not give doubtful records misses those); *checked (may be
 * NULL) counts them. Entries without example and ids that stand twice are problems. */
DGM_API DGM_MUST_CHECK dgm_status dgm_engine_check_rules(const dgm_engine *engine,
                                                         dgm_rule_problem_callback callback,
                                                         void *payload, uint64_t *checked,
                                                         dgm_error *err);

/* The same, and what the tables say by themselves: entries that no example fires or that are never
 * chosen, rows of the actor tables with impossible years. With `pack_only`, of the pack at
 * rules_path. */
DGM_API DGM_MUST_CHECK dgm_status dgm_engine_lint(const dgm_engine *engine, bool pack_only,
                                                  dgm_rule_problem_callback callback, void *payload,
                                                  uint64_t *checked, dgm_error *err);

/* Entries by type and part of speech, modes and contexts without an entry: lines for people. The
 * caller frees *out with dgm_free(). */
DGM_API DGM_MUST_CHECK dgm_status dgm_engine_coverage(char **out, const dgm_engine *engine,
                                                      dgm_error *err);

/* Called once a document, in the order of the input, on the caller's thread. Non-zero stops. */
typedef int (*dgm_coded_callback)(const dgm_document *document, const dgm_records *records,
                                  void *payload);

/* Code all documents of a reader with `threads` threads (0: as many as there are processors). The
 * callback sees the same documents in the same order for any number of threads. */
DGM_API DGM_MUST_CHECK dgm_status dgm_engine_run(const dgm_engine *engine, dgm_reader *reader,
                                                 unsigned threads, dgm_coded_callback callback,
                                                 void *payload, dgm_error *err);

#ifdef __cplusplus
}
#endif
#endif
