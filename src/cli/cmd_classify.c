/* dragoman classify: JSON lines with marked sides -> what the first does to the second. */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct job {
    cli *it;
    dgm_coder *coder;
    dgm_classify_options options;
    const char *file; /* being read; for messages */
    FILE *in;
    char *line;
    size_t capacity;
    dgm_error err;
} job;

enum { SHOWN = 20 }; /* broken lines of one file that are told one by one */

static void note(job *work, unsigned long long number)
{
    work->it->skipped++;
    if (work->it->noted_here++ < SHOWN)
        cli_say(work->it, "%s:%llu: %s", work->file, number, work->err.text);
}

static dgm_status answer(job *work, dgm_str line, unsigned long long number)
{
    dgm_str out;
    dgm_status status =
        dgm_coder_classify_json(&out, work->coder, line, &work->options, &work->err);
    if (status == DGM_ERROR_ARGUMENT) {
        note(work, number);
        work->err = (dgm_error){0};
        return DGM_OK;
    }
    if (status != DGM_OK)
        return status;
    if (cli_write(out.ptr, out.len, work->it) != 0 || cli_write("\n", 1, work->it) != 0)
        return DGM_ERROR_STOPPED;
    return DGM_OK;
}

static bool is_blank(const char *line, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (line[i] != ' ' && line[i] != '\t' && line[i] != '\r' && line[i] != '\n')
            return false;
    return true;
}

static void failed_file(job *work, const char *path)
{
    cli_say(work->it, "%s: %s", path, strerror(errno));
    work->it->skipped++;
}

static dgm_status each_line(job *work, const char *path)
{
    dgm_status status = DGM_OK;
    unsigned long long number = 0;
    ssize_t len;
    errno = 0;
    while (status == DGM_OK && (len = getline(&work->line, &work->capacity, work->in)) >= 0) {
        number++;
        if (!is_blank(work->line, (size_t)len))
            status = answer(work, (dgm_str){work->line, (size_t)len}, number);
        errno = 0;
    }
    if (status == DGM_OK && errno)
        failed_file(work, path);
    if (work->it->noted_here > SHOWN)
        cli_say(work->it, "%s: and %llu more of the kind", work->file,
                (unsigned long long)(work->it->noted_here - SHOWN));
    return status;
}

static dgm_status read_file(job *work, const char *path)
{
    bool is_standard = strcmp(path, "-") == 0;
    work->in = is_standard ? stdin : fopen(path, "rb");
    work->file = is_standard ? "standard input" : path;
    work->it->noted_here = 0;
    if (!work->in) {
        failed_file(work, path);
        return DGM_OK;
    }
    dgm_status status = each_line(work, path);
    if (!is_standard)
        fclose(work->in);
    return status;
}

static int classify(cli *it, const dgm_engine *engine)
{
    job work = {.it = it, .options = DGM_CLASSIFY_OPTIONS_INIT};
    work.options.force = cli_value(it, "force") != NULL;
    work.options.rules_only = cli_value(it, "rules-only") != NULL;
    dgm_status status = dgm_coder_new(&work.coder, engine, &work.err);
    if (status == DGM_OK && !it->operand_count)
        status = read_file(&work, "-");
    for (int i = 0; i < it->operand_count && status == DGM_OK; i++)
        status = read_file(&work, it->operands[i]);
    dgm_coder_free(work.coder);
    free(work.line);
    if (work.err.code != DGM_OK)
        cli_say_error(it, &work.err);
    return cli_finish(it, status == DGM_OK ? cli_tell_skipped(it) : CLI_FAILED);
}

static int run(cli *it)
{
    return cli_with_engine(it, classify);
}

const cli_command cli_classify = {
    .name = "classify",
    .operands = "[FILE...]",
    .summary = "name what one marked side of a sentence does to the other",
    .text = "Reads JSON lines {id, text, source, target}: source and target are lists of\n"
            "[begin, end] in code points of the text: the side that acts and the one that it\n"
            "reaches. Prints a line {id, type, mode, quad, modality, confidence, rule} each.\n"
            "Where the engine is not sure, type is null. Without source and target it finds\n"
            "the sides itself.",
    .options = {{0, "force", NULL, NULL, "always name a type, however unsure"},
                {0, "rules-only", NULL, NULL, "go by the rules alone, without learned weights"},
                CLI_OPTION_MODEL,
                CLI_OPTION_HELP},
    .run = run,
};
