/* annotate: documents in, what the engine sees in their sentences out. */
#include "cli.h"

#include <string.h>

typedef struct job {
    cli *it;
    dgm_coder *coder;
    bool is_conllu;
    dgm_error err;
} job;

static dgm_status on_document(const dgm_document *document, void *payload)
{
    job *work = payload;
    dgm_str out;
    const dgm_status status = work->is_conllu
                                  ? dgm_coder_conllu(&out, work->coder, document, &work->err)
                                  : dgm_coder_annotate(&out, work->coder, document, &work->err);
    if (status != DGM_OK)
        return status;
    work->it->documents++;
    return cli_write(out.ptr, out.len, work->it) ? DGM_ERROR_STOPPED : DGM_OK;
}

static int annotate(cli *it, const dgm_engine *engine)
{
    const char *format = cli_value(it, "format");
    job work = {.it = it, .is_conllu = !format || strcmp(format, "conllu") == 0};
    dgm_status status = dgm_coder_new(&work.coder, engine, &work.err);
    if (status == DGM_OK)
        status = cli_each_document(it, it->operands, it->operand_count, on_document, &work);
    dgm_coder_free(work.coder);
    if (work.err.code != DGM_OK)
        cli_say_error(it, &work.err);
    return cli_finish(it, status == DGM_OK ? cli_tell_skipped(it) : CLI_FAILED);
}

static int run(cli *it)
{
    return cli_with_engine(it, annotate);
}

const cli_command cli_annotate = {
    .name = "annotate",
    .operands = "[FILE...]",
    .summary = "print sentences, tokens, trees, names, actors, places, times",
    .text = "Reads documents and prints what the engine sees in each sentence: as CoNLL-U,\n"
            "or as JSON lines with the mentions of actors, places and times and their\n"
            "chains. Tokens of CoNLL-U input are kept as given, and so are those of\n"
            "--input tokens: a sentence a line, tokens parted by spaces.",
    .options = {{0, "format", "FORMAT", "conllu|jsonl", "conllu, the default, or jsonl"},
                CLI_OPTION_INPUT,
                CLI_OPTION_MODEL,
                CLI_OPTION_HELP},
    .run = run,
};
