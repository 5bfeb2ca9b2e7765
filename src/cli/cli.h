/* Cli: what the commands share - the option table, output, messages, documents.
 *
 * The command is a face: it uses the public headers only. Data goes to standard output, words to
 * standard error. */
#ifndef DGM_CLI_CLI_H
#define DGM_CLI_CLI_H

#include <dragoman/dragoman.h>

#include <stdio.h>

/* Exit codes; the man page names them. */
enum {
    CLI_DONE = 0,
    CLI_SKIPPED = 1, /* done, but some input was skipped */
    CLI_USAGE = 2,   /* wrong usage */
    CLI_FAILED = 3   /* the world failed: disk, memory, record file */
};

/* One row gives parsing, --help and completion; man pages are tested against it. */
typedef struct cli_option {
    char letter;          /* 0: none */
    const char *name;     /* without dashes */
    const char *argument; /* what it takes, such as "FILE"; NULL: nothing */
    const char *choices;  /* "a|b|c" where it takes one of a few words; else NULL */
    const char *help;
} cli_option;

enum { CLI_OPTIONS = 16 };

typedef struct cli cli;

typedef struct cli_command {
    const char *name;
    const char *operands;            /* for the usage line */
    const char *summary;             /* one line */
    const char *text;                /* paragraphs for --help */
    cli_option options[CLI_OPTIONS]; /* ends with a row without name */
    int (*run)(cli *it);
} cli_command;

extern const cli_command cli_code, cli_annotate, cli_classify, cli_explain, cli_lint, cli_score,
    cli_brief, cli_timeline, cli_completion;

/* NULL-terminated, in the order of the help. */
extern const cli_command *const cli_commands[];
const cli_command *cli_find(const char *name);

/* One run of a command. */
struct cli {
    const cli_command *command;
    const char *values[CLI_OPTIONS]; /* by option; "" for a given flag; NULL: not given */
    char **operands;
    int operand_count;

    uint64_t documents, records; /* coded so far */
    uint64_t skipped;            /* inputs and documents that were lost */
    uint64_t noted, noted_here;  /* diagnostics: of all inputs, of this one */
    int output_error;            /* errno of the write that failed; 0: none */
    bool is_terminal;            /* standard error is one */
    bool is_printing;            /* records go to standard output while documents are coded */
    bool is_progress_on, is_progress_shown;
    double progress_start, progress_last;
};

/* Options (options.c). */

/* Parse the words after the command's name. False after a message: exit with CLI_USAGE. */
bool cli_parse(cli *it, int argc, char **argv);
/* The value of an option, NULL when it was not given. The name must be in the table. */
const char *cli_value(const cli *it, const char *name);
/* A whole number within bounds, `absent` when not given; false after a message. */
bool cli_number(unsigned *number, const cli *it, const char *name, unsigned least, unsigned most,
                unsigned absent);
void cli_help(const cli_command *command, FILE *out);
void cli_help_all(FILE *out);

/* Words (words.c). */

/* "dragoman: ..." to standard error, after taking the progress line away. */
void cli_say(cli *it, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* An error of the library, with its file. */
void cli_say_error(cli *it, const dgm_error *err);
/* Wrong usage: the message and where to find help; gives CLI_USAGE. */
int cli_usage(cli *it, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The nearest of the words to a mistyped one, parted by `rest` calls; NULL when none is near. */
const char *cli_nearest(const char *word, const char *const *words);

/* Output (output.c). */

bool cli_is_coloured(const cli *it);
/* Columns of the terminal; 0 when standard output is none. */
unsigned cli_width(const cli *it);
/* A dgm_write_callback whose payload is the cli. */
int cli_write(const char *bytes, size_t len, void *payload);
/* Flush standard output; a failed write becomes a message and CLI_FAILED, a reader that went away
 * CLI_FAILED without a message. Otherwise gives `code`. */
int cli_finish(cli *it, int code);
void cli_progress(cli *it);
void cli_progress_off(cli *it);

/* Documents (documents.c). */

/* The kind of input that --input names, by default guessed. */
dgm_input cli_input(const cli *it);

/* Open the engine; NULL after a message. */
dgm_engine *cli_engine_open(cli *it);

/* Open the engine, do the work, close it; the exit code. */
int cli_with_engine(cli *it, int (*work)(cli *it, const dgm_engine *engine));

/* Code all documents of the files ("-" or none: standard input). Unreadable files are said, counted
 * and passed over. DGM_ERROR_STOPPED when the callback stopped; other errors have been said. */
dgm_status cli_run_files(cli *it, const dgm_engine *engine, char **files, int count,
                         unsigned threads, dgm_coded_callback callback, void *payload);

/* The same without coding: each document in turn. */
typedef dgm_status (*cli_document_callback)(const dgm_document *document, void *payload);
dgm_status cli_each_document(cli *it, char **files, int count, cli_document_callback callback,
                             void *payload);

/* CLI_SKIPPED when something was lost, with the count said; else CLI_DONE. */
int cli_tell_skipped(cli *it);

/* Options of the store: versions and names from the engine. */
dgm_store_options cli_store_options(const dgm_engine *engine);

/* Rows that several commands share. */
#define CLI_OPTION_HELP                                                                            \
    {                                                                                              \
        'h', "help", NULL, NULL, "show this help"                                                  \
    }
#define CLI_OPTION_COLOR                                                                           \
    {                                                                                              \
        0, "color", "WHEN", "auto|always|never",                                                   \
            "colours; auto: on a terminal, unless NO_COLOR is set"                                 \
    }
#define CLI_OPTION_MODEL                                                                           \
    {                                                                                              \
        0, "model", "FILE", NULL, "language model, in place of the one compiled in"                \
    }
#define CLI_OPTION_GOLDSTEIN                                                                       \
    {                                                                                              \
        0, "goldstein", "SCALE", "gdelt|icews|phoenix",                                            \
            "whose Goldstein values the records carry; by default gdelt"                           \
    }
#define CLI_OPTION_DOUBTFUL                                                                        \
    {                                                                                              \
        0, "doubtful", NULL, NULL, "give also the records that are held back as too doubtful"      \
    }
#define CLI_OPTION_RULES                                                                           \
    {                                                                                              \
        0, "rules", "DIR", NULL, "a rule pack of your own, on top of or in place of the built-in"  \
    }
#define CLI_OPTION_INPUT                                                                           \
    {                                                                                              \
        0, "input", "KIND", "plain|jsonl|conllu|tokens",                                           \
            "what the files hold, in place of going by their names"                                \
    }
#define CLI_OPTION_THREADS                                                                         \
    {                                                                                              \
        'j', "threads", "N", NULL, "threads; 0, the default, for as many as there are processors"  \
    }
#define CLI_OPTION_WIDTH                                                                           \
    {                                                                                              \
        0, "width", "N", NULL, "columns to fit into; by default the terminal's, else 100"          \
    }

#endif
