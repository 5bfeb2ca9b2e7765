/* code: documents in, records out - as lines on standard output, into a record file, or both. */
#include "cli.h"

#include <string.h>
#include <unistd.h>

/* A record file is written this many documents at a time: what a failure undoes is bounded, and
 * running again goes on where it stopped, since adding a document twice changes nothing. */
enum { BATCH = 512 };

typedef struct job {
    cli *it;
    bool has_output; /* records go to standard output */
    bool with_why;
    dgm_show_options show;
    dgm_store *kept;    /* of -o; NULL without */
    dgm_store *passing; /* one document at a time, for table and CSV; NULL for JSON */
    const char *path;
    dgm_error err; /* of a store or an answer; code DGM_OK: none */
} job;

static dgm_status write_json(job *work, const dgm_document *document, const dgm_records *records)
{
    for (uint32_t i = 0; i < records->count; i++) {
        char *json;
        const dgm_status status =
            dgm_record_to_json(&json, &records->items[i], document, work->with_why, &work->err);
        if (status != DGM_OK)
            return status;
        const int stopped = cli_write(json, strlen(json), work->it) || cli_write("\n", 1, work->it);
        dgm_free(json);
        if (stopped)
            return DGM_ERROR_STOPPED;
    }
    return DGM_OK;
}

static dgm_status show_passing(job *work)
{
    dgm_answer *answer;
    const char *const arguments[] = {NULL};
    dgm_status status =
        dgm_ask(&answer, work->passing, dgm_query_find("records"), arguments, &work->err);
    if (status != DGM_OK)
        return status;
    status = dgm_show_answer(answer, &work->show, &work->err);
    dgm_answer_free(answer);
    return status;
}

/* One way from records to rows: through a store, which holds this document only. */
static dgm_status write_rows(job *work, const dgm_document *document, const dgm_records *records)
{
    if (records->count == 0)
        return DGM_OK;
    dgm_status status = dgm_store_add(work->passing, document, records, &work->err);
    if (status == DGM_OK)
        status = show_passing(work);
    if (status == DGM_OK)
        status = dgm_store_remove(work->passing, dgm_document_id(document), &work->err);
    return status;
}

static dgm_status keep(job *work, const dgm_document *document, const dgm_records *records)
{
    dgm_status status = dgm_store_add(work->kept, document, records, &work->err);
    if (status == DGM_OK && (work->it->documents + 1) % BATCH == 0) {
        status = dgm_store_commit(work->kept, &work->err);
        if (status == DGM_OK)
            status = dgm_store_begin(work->kept, &work->err);
    }
    return status;
}

static int on_coded(const dgm_document *document, const dgm_records *records, void *payload)
{
    job *work = payload;
    dgm_status status = work->kept ? keep(work, document, records) : DGM_OK;
    if (status == DGM_OK && work->has_output)
        status = work->passing ? write_rows(work, document, records)
                               : write_json(work, document, records);
    if (status != DGM_OK)
        return 1;
    work->it->documents++;
    work->it->records += records->count;
    cli_progress(work->it);
    return 0;
}

/* The head of a CSV stands also above no record. */
static dgm_status open_passing(job *work, const dgm_store_options *options)
{
    dgm_status status = dgm_store_open(&work->passing, ":memory:", options, &work->err);
    if (status == DGM_OK)
        status = show_passing(work);
    work->show.omit_head = true;
    return status;
}

static dgm_status open_stores(job *work, const dgm_engine *engine)
{
    dgm_store_options options = cli_store_options(engine);
    const char *path = cli_value(work->it, "output");
    dgm_status status = DGM_OK;
    if (work->has_output && work->show.format != DGM_FORMAT_JSONL)
        status = open_passing(work, &options);
    options.omit_text = cli_value(work->it, "omit-text") != NULL;
    if (status == DGM_OK && path)
        status = dgm_store_open(&work->kept, path, &options, &work->err);
    if (status == DGM_OK && work->kept)
        status = dgm_store_begin(work->kept, &work->err);
    return status;
}

/* -o alone is silent; without --format, people get a table and programs get JSON lines. */
static void choose_output(job *work)
{
    cli *it = work->it;
    const char *format = cli_value(it, "format");
    work->has_output = format || !cli_value(it, "output");
    it->is_printing = work->has_output;
    work->with_why = cli_value(it, "why") != NULL;
    work->show.width = cli_width(it);
    work->show.format = work->show.width ? DGM_FORMAT_TABLE : DGM_FORMAT_JSONL;
    if (format)
        (void)dgm_format_from(&work->show.format, format);
    else if (work->with_why)
        work->show.format = DGM_FORMAT_JSONL;
    work->show.is_coloured = cli_is_coloured(it);
    work->show.write = cli_write;
    work->show.payload = it;
}

static dgm_status code_files(job *work, const dgm_engine *engine, unsigned threads)
{
    dgm_status status = open_stores(work, engine);
    if (status == DGM_OK)
        status = cli_run_files(work->it, engine, work->it->operands, work->it->operand_count,
                               threads, on_coded, work);
    if (status == DGM_OK && work->kept)
        status = dgm_store_commit(work->kept, &work->err);
    return status;
}

static void tell_kept(cli *it)
{
    if (cli_value(it, "output") && it->is_terminal)
        cli_say(it, "%llu documents with %llu records are in %s", (unsigned long long)it->documents,
                (unsigned long long)it->records, cli_value(it, "output"));
}

static int run(cli *it)
{
    job work = {.it = it, .show = DGM_SHOW_OPTIONS_INIT};
    unsigned threads;
    if (!cli_number(&threads, it, "threads", 0, 256, 0))
        return CLI_USAGE;
    choose_output(&work);
    dgm_engine *engine = cli_engine_open(it);
    if (!engine)
        return CLI_FAILED;
    const dgm_status status = code_files(&work, engine, threads);
    dgm_store_close(work.passing);
    dgm_store_close(work.kept);
    dgm_engine_close(engine);
    if (status != DGM_OK) {
        if (work.err.code != DGM_OK && work.err.code != DGM_ERROR_STOPPED)
            cli_say_error(it, &work.err);
        return cli_finish(it, CLI_FAILED);
    }
    tell_kept(it);
    return cli_finish(it, cli_tell_skipped(it));
}

const cli_command cli_code = {
    .name = "code",
    .operands = "[FILE...]",
    .summary = "read documents, print or keep their records",
    .text = "Reads documents and gives the records that are in them: who did what to whom,\n"
            "when, where, according to whom, how sure. On a terminal they come as a table,\n"
            "otherwise as JSON lines. With -o they are kept in a record file, to which brief\n"
            "and timeline answer; adding the same document again changes nothing.\n\n"
            "A file that cannot be read, or a document that is damaged, is reported and\n"
            "passed over; the exit code is then 1.",
    .options = {{0, "format", "FORMAT", "jsonl|table|csv",
                 "how to print the records; with -o nothing is printed unless this is given"},
                {'o', "output", "FILE", NULL, "keep documents and records in this record file"},
                {0, "omit-text", NULL, NULL,
                 "keep offsets and quoted words in the record file, not the sentences"},
                CLI_OPTION_INPUT,
                CLI_OPTION_THREADS,
                {0, "why", NULL, NULL, "add rules and evidence spans to the JSON"},
                CLI_OPTION_DOUBTFUL,
                CLI_OPTION_GOLDSTEIN,
                CLI_OPTION_RULES,
                CLI_OPTION_MODEL,
                CLI_OPTION_COLOR,
                CLI_OPTION_HELP},
    .run = run,
};
