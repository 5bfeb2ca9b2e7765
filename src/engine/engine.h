/* The engine's inside, for the files of this folder: what is constant, and one thread's coder. */
#ifndef DGM_ENGINE_ENGINE_H
#define DGM_ENGINE_ENGINE_H

#include "base/buf.h"
#include "base/file.h"
#include "base/pack.h"
#include "code/code.h"
#include "ground/ground.h"
#include "parse/parse.h"
#include <dragoman/classify.h>

struct dgm_engine {
    dgm_arena *arena; /* of everything that is loaded */
    dgm_file pack_file, model_file;
    dgm_pack pack;
    dgm_pack user; /* rule pack of the caller; count 0: none */
    dgm_model *model;
    dgm_splitter *splitter;
    dgm_grounder *grounder;
    dgm_codebook book;
};

struct dgm_coder {
    const dgm_engine *engine;
    dgm_arena *arena; /* of one document's way through */
    dgm_parser *parser;
    dgm_buf out; /* text forms */
};

/* Split, parse and ground a document into the coder's arena (inside dgm_arena_run). */
dgm_grounded *dgm_coder_ground(dgm_coder *coder, const dgm_document *document);

/* Reset the coder and call `body` with memory guarded; payloads begin with a dgm_coder_call. */
typedef struct dgm_coder_call {
    dgm_coder *coder;
    const dgm_document *document;
} dgm_coder_call;

DGM_MUST_CHECK dgm_status dgm_coder_run(dgm_coder_call *call, dgm_arena_body body, dgm_error *err);

#endif
