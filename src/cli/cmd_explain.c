/* explain: a sentence in, the way to its records out - tree, mentions, rules tried. */
#include "cli.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct job {
    cli *it;
    dgm_coder *coder;
    bool is_coloured;
    dgm_error err;
} job;

static dgm_status on_document(const dgm_document *document, void *payload)
{
    job *work = payload;
    dgm_str out;
    const dgm_status status =
        dgm_coder_explain(&out, work->coder, document, work->is_coloured, &work->err);
    if (status != DGM_OK)
        return status;
    return cli_write(out.ptr, out.len, work->it) ? DGM_ERROR_STOPPED : DGM_OK;
}

/* The operands as one text, parted by spaces; NULL when memory is out. */
static char *join(char **words, int count)
{
    size_t size = 1;
    for (int i = 0; i < count; i++)
        size += strlen(words[i]) + 1;
    char *text = malloc(size), *at = text;
    for (int i = 0; text && i < count; i++)
        at += sprintf(at, "%s%s", i ? " " : "", words[i]);
    if (text && count == 0)
        *text = '\0';
    return text;
}

static dgm_str str_of(const char *text)
{
    return (dgm_str){text ? text : "", text ? strlen(text) : 0};
}

static dgm_status explain_words(job *work)
{
    cli *it = work->it;
    dgm_document *document;
    char *text = join(it->operands, it->operand_count);
    if (!text)
        return DGM_ERROR_MEMORY;
    dgm_status status =
        dgm_document_new(&document, str_of("sentence"), str_of(cli_value(it, "title")),
                         str_of(cli_value(it, "date")), str_of(text), &work->err);
    free(text);
    if (status != DGM_OK)
        return status;
    status = on_document(document, work);
    dgm_document_free(document);
    return status;
}

/* One operand that names a file is read; everything else is the sentence itself. */
static bool names_files(const cli *it)
{
    struct stat info;
    if (it->operand_count == 0)
        return true;
    return it->operand_count == 1 &&
           (strcmp(it->operands[0], "-") == 0 || stat(it->operands[0], &info) == 0);
}

static int explain(cli *it, const dgm_engine *engine)
{
    job work = {.it = it, .is_coloured = cli_is_coloured(it)};
    dgm_status status = dgm_coder_new(&work.coder, engine, &work.err);
    if (status == DGM_OK && names_files(it))
        status = cli_each_document(it, it->operands, it->operand_count, on_document, &work);
    else if (status == DGM_OK)
        status = explain_words(&work);
    dgm_coder_free(work.coder);
    if (work.err.code != DGM_OK)
        cli_say_error(it, &work.err);
    return cli_finish(it, status == DGM_OK ? cli_tell_skipped(it) : CLI_FAILED);
}

static int run(cli *it)
{
    return cli_with_engine(it, explain);
}

const cli_command cli_explain = {
    .name = "explain",
    .operands = "[SENTENCE...|FILE]",
    .summary = "show how a sentence is read: tree, mentions, rules tried",
    .text = "Shows how a text is read: the tree of each sentence, what its phrases refer to,\n"
            "the rules that were tried and the one that coded. The words may stand on the\n"
            "command line; a single word that names a file is read from there, and without\n"
            "words standard input is read.",
    .options = {{0, "date", "DATE", NULL,
                 "date of the document, YYYY-MM-DD, on which words such as 'Tuesday' lean"},
                {0, "title", "TITLE", NULL,
                 "title of the document, which names those whom 'both' may mean"},
                CLI_OPTION_INPUT,
                CLI_OPTION_RULES,
                CLI_OPTION_MODEL,
                CLI_OPTION_COLOR,
                CLI_OPTION_HELP},
    .run = run,
};
