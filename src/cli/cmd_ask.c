/* brief and timeline: a record file or texts in, what passed between two (or around one) out. */
#include "cli.h"

#include <string.h>
#include <sys/stat.h>

typedef struct job {
    cli *it;
    bool is_brief;
    dgm_engine *engine; /* opened when it is needed */
    dgm_store *store;
    char codes[2][128]; /* of those asked for; the second may be empty */
    const char *names[2];
    char **files;
    int file_count;
    dgm_show_options show;
    dgm_error err;
    int code; /* exit code after a failure that was said */
} job;

static bool need_engine(job *work)
{
    if (!work->engine)
        work->engine = cli_engine_open(work->it);
    return work->engine != NULL;
}

/* Taken from the record file first: its names answer without the engine. */
static bool find_code(job *work, int which)
{
    const dgm_str name = {work->names[which], strlen(work->names[which])};
    const char *code = NULL;
    if (dgm_store_actor_code(&code, work->store, name, &work->err) != DGM_OK)
        return false;
    if (!code && !need_engine(work))
        return false;
    if (!code)
        code = dgm_engine_actor_code(work->engine, name);
    if (!code) {
        work->code = cli_usage(work->it,
                               "unknown actor '%s': give a name or a code, such as "
                               "Iran or IRN",
                               work->names[which]);
        return false;
    }
    snprintf(work->codes[which], sizeof work->codes[which], "%s", code);
    return true;
}

static int on_coded(const dgm_document *document, const dgm_records *records, void *payload)
{
    job *work = payload;
    if (dgm_store_add(work->store, document, records, &work->err) != DGM_OK)
        return 1;
    work->it->documents++;
    work->it->records += records->count;
    cli_progress(work->it);
    return 0;
}

static bool code_texts(job *work, unsigned threads)
{
    if (!need_engine(work))
        return false;
    const dgm_store_options options = cli_store_options(work->engine);
    return dgm_store_open(&work->store, ":memory:", &options, &work->err) == DGM_OK &&
           dgm_store_begin(work->store, &work->err) == DGM_OK &&
           cli_run_files(work->it, work->engine, work->files, work->file_count, threads, on_coded,
                         work) == DGM_OK &&
           dgm_store_commit(work->store, &work->err) == DGM_OK;
}

/* A record file stands alone; everything else is text. */
static bool open_source(job *work)
{
    unsigned threads;
    if (!cli_number(&threads, work->it, "threads", 0, 256, 0)) {
        work->code = CLI_USAGE;
        return false;
    }
    int stores = 0;
    for (int i = 0; i < work->file_count; i++)
        stores += dgm_store_is_file(work->files[i]);
    if (stores == 0)
        return code_texts(work, threads);
    if (work->file_count > 1) {
        work->code = cli_usage(work->it, "a record file is asked alone, without other files");
        return false;
    }
    dgm_store_options options = DGM_STORE_OPTIONS_INIT;
    options.is_read_only = true;
    return dgm_store_open(&work->store, work->files[0], &options, &work->err) == DGM_OK;
}

static bool show(job *work)
{
    const char *b = work->codes[1][0] ? work->codes[1] : NULL;
    const dgm_status status =
        work->is_brief ? dgm_show_brief(work->store, work->codes[0], b, &work->show, &work->err)
                       : dgm_show_timeline(work->store, work->codes[0], b, &work->show, &work->err);
    return status == DGM_OK;
}

static bool answer(job *work)
{
    if (!open_source(work))
        return false;
    for (int i = 0; i < 2; i++)
        if (work->names[i] && !find_code(work, i))
            return false;
    cli_progress_off(work->it);
    return show(work);
}

static bool set_show(job *work)
{
    cli *it = work->it;
    unsigned width;
    const char *format = cli_value(it, "format");
    if (!cli_number(&width, it, "width", 30, 1000, cli_width(it)))
        return false;
    if (format)
        (void)dgm_format_from(&work->show.format, format);
    work->show.width = width;
    work->show.is_coloured = cli_is_coloured(it);
    work->show.write = cli_write;
    work->show.payload = it;
    return true;
}

static int run_job(job *work)
{
    const bool is_answered = answer(work);
    dgm_store_close(work->store);
    dgm_engine_close(work->engine);
    if (is_answered)
        return cli_finish(work->it, cli_tell_skipped(work->it));
    if (work->err.code != DGM_OK && work->err.code != DGM_ERROR_STOPPED)
        cli_say_error(work->it, &work->err);
    return cli_finish(work->it, work->code);
}

static int run_brief(cli *it)
{
    job work = {.it = it, .is_brief = true, .show = DGM_SHOW_OPTIONS_INIT, .code = CLI_FAILED};
    if (it->operand_count < 2)
        return cli_usage(it, "brief needs two actors, such as: dragoman brief Iran Iraq FILE");
    work.names[0] = it->operands[0];
    work.names[1] = it->operands[1];
    work.files = it->operands + 2;
    work.file_count = it->operand_count - 2;
    return set_show(&work) ? run_job(&work) : CLI_USAGE;
}

/* The second operand is an actor unless a file of that name is there. */
static bool is_file(const char *operand)
{
    struct stat info;
    return strcmp(operand, "-") == 0 || stat(operand, &info) == 0;
}

static int run_timeline(cli *it)
{
    job work = {.it = it, .show = DGM_SHOW_OPTIONS_INIT, .code = CLI_FAILED};
    if (it->operand_count < 1)
        return cli_usage(it, "timeline needs an actor, such as: dragoman timeline Iran FILE");
    const int actors = it->operand_count > 1 && !is_file(it->operands[1]) ? 2 : 1;
    for (int i = 0; i < actors; i++)
        work.names[i] = it->operands[i];
    work.files = it->operands + actors;
    work.file_count = it->operand_count - actors;
    return set_show(&work) ? run_job(&work) : CLI_USAGE;
}

#define ASK_OPTIONS                                                                                \
    {                                                                                              \
        {0, "format", "FORMAT", "text|table|jsonl|csv",                                            \
         "text, the default, is for people; the others are for programs"},                         \
            CLI_OPTION_WIDTH, CLI_OPTION_COLOR, CLI_OPTION_INPUT, CLI_OPTION_THREADS,              \
            CLI_OPTION_MODEL, CLI_OPTION_HELP                                                      \
    }

const cli_command cli_brief = {
    .name = "brief",
    .operands = "A B [FILE...]",
    .summary = "what passed between two, with the words that say so",
    .text = "Answers what passed between two actors, named or by code (Iran, IRN), in time\n"
            "order: when, who to whom, what, how sure and according to whom; below it the\n"
            "quoted words with document and place; at the end a summary. FILE is a record\n"
            "file made with 'dragoman code -o', or any texts, which are coded first.",
    .options = ASK_OPTIONS,
    .run = run_brief,
};

const cli_command cli_timeline = {
    .name = "timeline",
    .operands = "A [B] [FILE...]",
    .summary = "what one did and met with, or two between them, year by year",
    .text = "Answers what one actor did and met with, or with a second one what passed\n"
            "between the two, a line a record, year by year, and sums up. The second word is\n"
            "an actor unless a file of that name is there. FILE is a record file made with\n"
            "'dragoman code -o', or any texts, which are coded first.",
    .options = ASK_OPTIONS,
    .run = run_timeline,
};
