/* score: gold and predicted records in, precision, recall and F1 out. */
#include "cli.h"

#include <string.h>

static int print(cli *it, const dgm_score *score)
{
    char *text;
    dgm_error err = {0};
    const dgm_status status =
        cli_value(it, "json")
            ? dgm_score_to_json(&text, score, &err)
            : dgm_score_to_text(&text, score, cli_value(it, "verbose") != NULL, &err);
    if (status != DGM_OK) {
        cli_say_error(it, &err);
        return CLI_FAILED;
    }
    (void)cli_write(text, strlen(text), it);
    if (cli_value(it, "json"))
        (void)cli_write("\n", 1, it);
    dgm_free(text);
    return CLI_DONE;
}

static int run(cli *it)
{
    if (it->operand_count != 2)
        return cli_usage(it, "score needs two files: the gold records and the predicted ones");
    dgm_score *score;
    dgm_error err = {0};
    dgm_score_options options = DGM_SCORE_OPTIONS_INIT;
    options.is_strict = cli_value(it, "strict-optional") != NULL;
    options.omit_notes = cli_value(it, "no-notes") != NULL;
    options.sentences_path = cli_value(it, "sentences");
    options.documents_path = cli_value(it, "docs");
    const dgm_status status =
        dgm_score_files(&score, it->operands[0], it->operands[1], &options, &err);
    if (status != DGM_OK) {
        cli_say_error(it, &err);
        return status == DGM_ERROR_FORMAT ? CLI_USAGE : CLI_FAILED;
    }
    const int code = print(it, score);
    dgm_score_free(score);
    return cli_finish(it, code);
}

const cli_command cli_score = {
    .name = "score",
    .operands = "GOLD PREDICTED",
    .summary = "compare predicted records with gold ones",
    .text = "Reads two files of JSON lines, gold and predicted records, pairs them and\n"
            "prints precision, recall and F1: at four levels (detection, + actors, + when,\n"
            "+ modality), by quad class, by type and by modality. '-' is standard input.\n\n"
            "A line that is no JSON object, and gold without a record or with a type that\n"
            "the ontology lacks, ends the comparison; the exit code is then 2.",
    .options = {{0, "json", NULL, NULL, "print all figures as one JSON object"},
                {'v', "verbose", NULL, NULL, "list misses, false alarms and wrong fields"},
                {0, "docs", "FILE", NULL,
                 "documents as JSON lines, to show the sentences in the list of --verbose"},
                {0, "sentences", "FILE", NULL,
                 "sentences as JSON lines {document, begin, end, records}: counts false alarms "
                 "on those without a record"},
                {0, "strict-optional", NULL, NULL,
                 "a prediction that finds optional gold must get its fields right as well"},
                {0, "no-notes", NULL, NULL, "do not read alternatives out of the notes of gold"},
                CLI_OPTION_HELP},
    .run = run,
};
