/* lint: checks rules and actor tables, the built-in ones or a pack's. */
#include "cli.h"

#include <string.h>

typedef struct job {
    cli *it;
    uint64_t problems;
} job;

static void on_problem(const dgm_rule_problem *problem, void *payload)
{
    job *work = payload;
    work->problems++;
    printf("%s:%llu: %s%s%s\n", problem->file, (unsigned long long)problem->line, problem->id,
           problem->id[0] ? ": " : "", problem->text);
}

static int print_coverage(cli *it, const dgm_engine *engine)
{
    char *text;
    dgm_error err = {0};
    if (dgm_engine_coverage(&text, engine, &err) != DGM_OK) {
        cli_say_error(it, &err);
        return cli_finish(it, CLI_FAILED);
    }
    (void)cli_write(text, strlen(text), it);
    dgm_free(text);
    return cli_finish(it, CLI_DONE);
}

static int check(job *work, const dgm_engine *engine)
{
    cli *it = work->it;
    dgm_error err = {0};
    uint64_t checked = 0;
    const bool pack_only = cli_value(it, "rules") != NULL && !cli_value(it, "all");
    if (dgm_engine_lint(engine, pack_only, on_problem, work, &checked, &err) != DGM_OK) {
        cli_say_error(it, &err);
        return cli_finish(it, CLI_FAILED);
    }
    const int code = cli_finish(it, work->problems ? CLI_SKIPPED : CLI_DONE);
    if (work->problems)
        cli_say(it, "%llu entries, %llu problem%s", (unsigned long long)checked,
                (unsigned long long)work->problems, work->problems == 1 ? "" : "s");
    else if (it->is_terminal)
        cli_say(it, "%llu entries, all is well", (unsigned long long)checked);
    return code;
}

/* A table that cannot be read at all is a problem as well: of its first line that is wrong. */
static int refuse(cli *it, const dgm_error *err)
{
    if (err->code != DGM_ERROR_FORMAT || !err->pos) {
        cli_say_error(it, err);
        return cli_finish(it, CLI_FAILED);
    }
    printf("%s:%llu: %s\n", err->file, (unsigned long long)err->pos, err->text);
    return cli_finish(it, CLI_SKIPPED);
}

static int run(cli *it)
{
    job work = {.it = it};
    dgm_error err = {0};
    dgm_engine *engine;
    dgm_engine_options options = DGM_ENGINE_OPTIONS_INIT;
    if (it->operand_count)
        return cli_usage(it, "lint takes no files: --rules names the pack's folder");
    options.rules_path = cli_value(it, "rules");
    options.model_path = cli_value(it, "model");
    options.gives_doubtful = true;
    options.on_problem = on_problem;
    options.payload = &work;
    if (dgm_engine_open(&engine, &options, &err) != DGM_OK)
        return refuse(it, &err);
    const int code = cli_value(it, "coverage") ? print_coverage(it, engine) : check(&work, engine);
    dgm_engine_close(engine);
    return code;
}

const cli_command cli_lint = {
    .name = "lint",
    .operands = "",
    .summary = "check rules and actor tables",
    .text = "Checks the rules: every entry has an example, the example gives the record that\n"
            "it must give, every entry codes in some example, none stands twice or is never\n"
            "chosen, classes, types, modes and places exist; and the years and sectors of\n"
            "actor tables. Problems are printed as FILE:LINE: ID: WHAT. With --rules only\n"
            "the pack's own entries are checked, among the built-in ones.\n\n"
            "The exit code is 1 when there is a problem.",
    .options = {CLI_OPTION_RULES,
                {0, "all", NULL, NULL, "with --rules: check the built-in entries as well"},
                {0, "coverage", NULL, NULL,
                 "print how many entries each type has, and modes and contexts without any"},
                CLI_OPTION_MODEL,
                CLI_OPTION_HELP},
    .run = run,
};
