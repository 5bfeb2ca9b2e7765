/* Engine: loads all that is constant - pack, model, gazetteer, rules - and gives each thread its
 * coder. */
#include "engine/engine.h"

#include <stdlib.h>

typedef struct loading {
    dgm_engine *engine;
    const dgm_engine_options *options;
    dgm_error *err;
} loading;

static dgm_status load_pack(dgm_engine *engine, const char *path, dgm_error *err)
{
    if (!path)
        return dgm_pack_open(&engine->pack, "built-in knowledge", dgm_pack_builtin(), err);
    DGM_TRY(dgm_file_open(&engine->pack_file, path, err));
    return dgm_pack_open(&engine->pack, path, engine->pack_file.bytes, err);
}

static dgm_status load_user_pack(dgm_engine *engine, const char *path, dgm_error *err)
{
    if (!path)
        return DGM_OK;
    const char *own = dgm_arena_str(engine->arena, path, strlen(path)).ptr;
    DGM_TRY(dgm_pack_of_folder(&engine->user, engine->arena, own, err));
    engine->pack.user = &engine->user;
    return DGM_OK;
}

static dgm_status load_model(dgm_engine *engine, const char *path, dgm_error *err)
{
    if (!path) {
        dgm_str bytes = dgm_pack_find(&engine->pack, "model/english.bin");
        return dgm_model_open(&engine->model, "built-in model", bytes, err);
    }
    DGM_TRY(dgm_file_open(&engine->model_file, path, err));
    return dgm_model_open(&engine->model, path, engine->model_file.bytes, err);
}

static void tell_row(const dgm_error *err, void *payload)
{
    const dgm_engine_options *options = payload;
    const dgm_rule_problem problem = {"", err->file, err->pos, err->text, {"", 0}};
    options->on_problem(&problem, options->payload);
}

static dgm_status load_all(void *payload)
{
    loading *it = payload;
    const dgm_rules_report report = {tell_row, (void *)(uintptr_t)it->options};
    dgm_engine *engine = it->engine;
    DGM_TRY(load_pack(engine, it->options->pack_path, it->err));
    DGM_TRY(load_user_pack(engine, it->options->rules_path, it->err));
    DGM_TRY(load_model(engine, it->options->model_path, it->err));
    DGM_TRY(dgm_splitter_load(&engine->splitter, engine->arena, &engine->pack, it->err));
    DGM_TRY(dgm_grounder_load(&engine->grounder, engine->arena, &engine->pack, it->err));
    engine->book.scale = it->options->scale ? it->options->scale : DGM_SCALE_GDELT;
    DGM_TRY(dgm_codebook_load(&engine->book, engine->arena, &engine->pack,
                              engine->user.count ? &engine->user : NULL,
                              it->options->on_problem ? &report : NULL, it->err));
    if (it->options->gives_doubtful)
        memset(engine->book.sureness.least, 0, sizeof engine->book.sureness.least);
    return DGM_OK;
}

static dgm_status out_of_memory(dgm_error *err)
{
    return dgm_fail(err, DGM_ERROR_MEMORY, NULL, 0, "out of memory");
}

dgm_status dgm_engine_open(dgm_engine **out, const dgm_engine_options *options, dgm_error *err)
{
    const dgm_engine_options defaults = DGM_ENGINE_OPTIONS_INIT;
    *out = NULL;
    dgm_engine *engine = calloc(1, sizeof *engine);
    if (!engine || !(engine->arena = dgm_arena_new())) {
        free(engine);
        return out_of_memory(err);
    }
    dgm_engine_options whole = defaults; /* those of an older caller are shorter */
    if (options)
        memcpy(&whole, options, options->size < sizeof whole ? options->size : sizeof whole);
    loading it = {engine, &whole, err};
    if (err)
        *err = (dgm_error){0};
    dgm_status status = dgm_arena_run(engine->arena, load_all, &it);
    if (status != DGM_OK) {
        if (status == DGM_ERROR_MEMORY)
            out_of_memory(err);
        dgm_engine_close(engine);
        return status;
    }
    *out = engine;
    return DGM_OK;
}

void dgm_engine_close(dgm_engine *engine)
{
    if (!engine)
        return;
    dgm_model_close(engine->model);
    dgm_file_close(&engine->model_file);
    dgm_file_close(&engine->pack_file);
    dgm_arena_free(engine->arena);
    free(engine);
}

const char *dgm_engine_rules_version(const dgm_engine *engine)
{
    return engine->book.rules->version;
}

const char *dgm_engine_model_version(const dgm_engine *engine)
{
    return dgm_model_version(engine->model);
}

const char *dgm_engine_ontology_version(const dgm_engine *engine)
{
    const dgm_ontology *ontology = engine->book.rules->ontology;
    return ontology ? ontology->version : dgm_ontology_version();
}

const char *dgm_engine_actor_code(const dgm_engine *engine, dgm_str name)
{
    const dgm_entity *entity =
        dgm_gazetteer_by_name(dgm_grounder_gazetteer(engine->grounder), name);
    return entity ? entity->code : NULL;
}

const char *dgm_engine_actor_name(const dgm_engine *engine, const char *code)
{
    return dgm_gazetteer_name_of(dgm_grounder_gazetteer(engine->grounder), code);
}

dgm_status dgm_coder_new(dgm_coder **out, const dgm_engine *engine, dgm_error *err)
{
    *out = NULL;
    dgm_coder *coder = calloc(1, sizeof *coder);
    if (!coder)
        return out_of_memory(err);
    coder->engine = engine;
    coder->arena = dgm_arena_new();
    coder->parser = dgm_parser_new(engine->model);
    if (!coder->arena || !coder->parser) {
        dgm_coder_free(coder);
        return out_of_memory(err);
    }
    *out = coder;
    return DGM_OK;
}

void dgm_coder_free(dgm_coder *coder)
{
    if (!coder)
        return;
    dgm_parser_free(coder->parser);
    dgm_arena_free(coder->arena);
    dgm_buf_free(&coder->out);
    free(coder);
}

dgm_grounded *dgm_coder_ground(dgm_coder *coder, const dgm_document *document)
{
    dgm_text *text = dgm_text_split(coder->engine->splitter, coder->arena, document);
    for (uint32_t i = 0; i < text->count; i++)
        dgm_parser_run(coder->parser, coder->arena, text, &text->sentences[i]);
    return dgm_ground_document(coder->engine->grounder, coder->arena, text);
}

dgm_status dgm_coder_run(dgm_coder_call *call, dgm_arena_body body, dgm_error *err)
{
    dgm_arena_reset(call->coder->arena);
    dgm_buf_clear(&call->coder->out);
    dgm_status status = dgm_arena_run(call->coder->arena, body, call);
    if (status == DGM_OK && call->coder->out.is_failed)
        status = DGM_ERROR_MEMORY;
    return status == DGM_ERROR_MEMORY ? out_of_memory(err) : status;
}

typedef struct coding {
    dgm_coder_call call;
    dgm_records *records;
} coding;

static dgm_status code_body(void *payload)
{
    coding *it = payload;
    dgm_coder *coder = it->call.coder;
    dgm_grounded *grounded = dgm_coder_ground(coder, it->call.document);
    *it->records = dgm_code_document(&coder->engine->book, coder->arena, grounded, NULL);
    return DGM_OK;
}

dgm_status dgm_coder_code(dgm_records *records, dgm_coder *coder, const dgm_document *document,
                          dgm_error *err)
{
    coding it = {{coder, document}, records};
    *records = (dgm_records){NULL, 0};
    return dgm_coder_run(&it.call, code_body, err);
}
