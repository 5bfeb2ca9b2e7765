/* Documents: the files of a command line, one after the other, with what is wrong in them. */
#include "cli.h"

#include <string.h>

/* Of one file no more diagnostics are shown: junk has one a byte. */
enum { SHOWN_DIAGNOSTICS = 20 };

dgm_input cli_input(const cli *it)
{
    static const char *const names[] = {
        [DGM_INPUT_PLAIN] = "plain",
        [DGM_INPUT_JSONL] = "jsonl",
        [DGM_INPUT_CONLLU] = "conllu",
        [DGM_INPUT_TOKENS] = "tokens",
    };
    const char *value = cli_value(it, "input");
    for (int i = DGM_INPUT_PLAIN; value && i <= DGM_INPUT_TOKENS; i++)
        if (strcmp(names[i], value) == 0)
            return (dgm_input)i;
    return DGM_INPUT_GUESS;
}

dgm_engine *cli_engine_open(cli *it)
{
    dgm_engine_options options = DGM_ENGINE_OPTIONS_INIT;
    dgm_engine *engine;
    dgm_error err = {0};
    const char *scale = cli_value(it, "goldstein");
    options.model_path = cli_value(it, "model");
    options.rules_path = cli_value(it, "rules");
    options.gives_doubtful = cli_value(it, "doubtful") != NULL;
    options.scale = scale ? dgm_scale_from((dgm_str){scale, strlen(scale)}) : DGM_SCALE_NONE;
    if (dgm_engine_open(&engine, &options, &err) == DGM_OK)
        return engine;
    cli_say_error(it, &err);
    return NULL;
}

int cli_with_engine(cli *it, int (*work)(cli *it, const dgm_engine *engine))
{
    dgm_engine *engine = cli_engine_open(it);
    if (!engine)
        return CLI_FAILED;
    const int code = work(it, engine);
    dgm_engine_close(engine);
    return code;
}

static void note(const dgm_diagnostic *diagnostic, void *payload)
{
    cli *it = payload;
    const char *file = strcmp(diagnostic->file, "-") == 0 ? "standard input" : diagnostic->file;
    it->noted++;
    if (it->noted_here++ >= SHOWN_DIAGNOSTICS)
        return;
    if (diagnostic->line > 0)
        cli_say(it, "%s:%llu: %s", file, (unsigned long long)diagnostic->line, diagnostic->text);
    else
        cli_say(it, "%s: byte %llu: %s", file, (unsigned long long)diagnostic->byte,
                diagnostic->text);
}

static dgm_reader *open_reader(cli *it, const char *path)
{
    dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    dgm_reader *reader;
    dgm_error err = {0};
    options.input = cli_input(it);
    options.on_diagnostic = note;
    options.payload = it;
    it->noted_here = 0;
    if (dgm_reader_open(&reader, path, &options, &err) == DGM_OK)
        return reader;
    cli_say_error(it, &err);
    it->skipped++;
    return NULL;
}

static void close_reader(cli *it, dgm_reader *reader, const char *path)
{
    if (it->noted_here > SHOWN_DIAGNOSTICS)
        cli_say(it, "%s: and %llu more of the kind", strcmp(path, "-") ? path : "standard input",
                (unsigned long long)(it->noted_here - SHOWN_DIAGNOSTICS));
    it->skipped += dgm_reader_skipped(reader);
    dgm_reader_close(reader);
}

/* After a failure in one file: what a caller stopped or memory that is out ends the run, a file
 * that cannot be read is said, counted and left. */
static dgm_status after_file(cli *it, dgm_status status, const dgm_error *err)
{
    if (status == DGM_OK || status == DGM_ERROR_STOPPED)
        return status;
    cli_say_error(it, err);
    if (status != DGM_ERROR_IO)
        return status;
    it->skipped++;
    return DGM_OK;
}

static char *const standard_input[] = {(char[]){"-"}};

dgm_status cli_run_files(cli *it, const dgm_engine *engine, char **files, int count,
                         unsigned threads, dgm_coded_callback callback, void *payload)
{
    dgm_status status = DGM_OK;
    char *const *paths = count > 0 ? files : standard_input;
    for (int i = 0; status == DGM_OK && i < (count > 0 ? count : 1); i++) {
        dgm_error err = {0};
        dgm_reader *reader = open_reader(it, paths[i]);
        if (!reader)
            continue;
        status = dgm_engine_run(engine, reader, threads, callback, payload, &err);
        close_reader(it, reader, paths[i]);
        status = after_file(it, status, &err);
    }
    return status;
}

static dgm_status each_of_reader(dgm_reader *reader, cli_document_callback callback, void *payload,
                                 dgm_error *err)
{
    for (;;) {
        dgm_document *document;
        const dgm_status read = dgm_reader_next(&document, reader, err);
        if (read != DGM_OK || !document)
            return read;
        const dgm_status status = callback(document, payload);
        dgm_document_free(document);
        if (status != DGM_OK)
            return DGM_ERROR_STOPPED;
    }
}

dgm_status cli_each_document(cli *it, char **files, int count, cli_document_callback callback,
                             void *payload)
{
    dgm_status status = DGM_OK;
    char *const *paths = count > 0 ? files : standard_input;
    for (int i = 0; status == DGM_OK && i < (count > 0 ? count : 1); i++) {
        dgm_error err = {0};
        dgm_reader *reader = open_reader(it, paths[i]);
        if (!reader)
            continue;
        status = each_of_reader(reader, callback, payload, &err);
        close_reader(it, reader, paths[i]);
        status = after_file(it, status, &err);
    }
    return status;
}

int cli_tell_skipped(cli *it)
{
    if (it->skipped == 0)
        return CLI_DONE;
    cli_say(it, "%llu input%s skipped", (unsigned long long)it->skipped,
            it->skipped == 1 ? " was" : "s were");
    return CLI_SKIPPED;
}

static const char *name_of(const char *code, void *payload)
{
    return dgm_engine_actor_name(payload, code);
}

dgm_store_options cli_store_options(const dgm_engine *engine)
{
    dgm_store_options options = DGM_STORE_OPTIONS_INIT;
    options.engine_version = dgm_version();
    options.rules_version = dgm_engine_rules_version(engine);
    options.model_version = dgm_engine_model_version(engine);
    options.ontology_version = dgm_engine_ontology_version(engine);
    options.actor_name = name_of;
    options.payload = (void *)(uintptr_t)engine;
    return options;
}
