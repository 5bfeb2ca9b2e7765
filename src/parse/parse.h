/* Parse: lemma, tags, dependency tree and names for the tokens of a sentence. */
#ifndef DGM_PARSE_PARSE_H
#define DGM_PARSE_PARSE_H

#include "base/error.h"
#include "text/text.h"

/* Weights, mapped and immutable: one for all threads. */
typedef struct dgm_model dgm_model;
/* Run state of one thread. */
typedef struct dgm_parser dgm_parser;

/* `bytes` must outlive the model; every size in it is checked here, so that no later call can run
 * past its end. `name` is for messages. A file of another version is DGM_ERROR_FORMAT. */
DGM_MUST_CHECK dgm_status dgm_model_open(dgm_model **out, const char *name, dgm_str bytes,
                                         dgm_error *err);
void dgm_model_close(dgm_model *model);
const char *dgm_model_version(const dgm_model *model);

/* NULL when memory is out. */
dgm_parser *dgm_parser_new(const dgm_model *model);
void dgm_parser_free(dgm_parser *parser);

/* Fill lemma, head, feats, upos, xpos, rel and name of every token of the sentence. Lemmas live in
 * `arena` or in the model. Sentences of any length are parsed (very long ones in pieces). */
void dgm_parser_run(dgm_parser *parser, dgm_arena *arena, const dgm_text *text,
                    dgm_sentence *sentence);

#endif
