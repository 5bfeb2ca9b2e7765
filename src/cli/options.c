/* Options: one table parses the command line and writes the help. */
#include "cli.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const cli_option *row_of(const cli *it, int index)
{
    return &it->command->options[index];
}

static int find_long(const cli *it, const char *name, size_t len)
{
    for (int i = 0; row_of(it, i)->name; i++)
        if (strlen(row_of(it, i)->name) == len && strncmp(row_of(it, i)->name, name, len) == 0)
            return i;
    return -1;
}

static int find_letter(const cli *it, char letter)
{
    for (int i = 0; row_of(it, i)->name; i++)
        if (row_of(it, i)->letter == letter)
            return i;
    return -1;
}

static bool is_choice(const char *choices, const char *value)
{
    const size_t len = strlen(value);
    for (const char *at = choices; at && len > 0;) {
        const char *bar = strchr(at, '|');
        const size_t size = bar ? (size_t)(bar - at) : strlen(at);
        if (size == len && strncmp(at, value, len) == 0)
            return true;
        at = bar ? bar + 1 : NULL;
    }
    return false;
}

static bool set_value(cli *it, int index, const char *value)
{
    const cli_option *option = row_of(it, index);
    if (option->choices && !is_choice(option->choices, value)) {
        cli_usage(it, "--%s takes one of %s, not '%s'", option->name, option->choices, value);
        return false;
    }
    it->values[index] = value;
    return true;
}

static bool refuse_long(cli *it, const char *name, size_t len)
{
    const char *words[CLI_OPTIONS + 1] = {0};
    char typed[64];
    snprintf(typed, sizeof typed, "%.*s", (int)len, name);
    for (int i = 0; row_of(it, i)->name; i++)
        words[i] = row_of(it, i)->name;
    const char *near = cli_nearest(typed, words);
    if (near)
        cli_usage(it, "unknown option '--%s'; did you mean '--%s'?", typed, near);
    else
        cli_usage(it, "unknown option '--%s'", typed);
    return false;
}

/* "--name", "--name=value", "--name value"; *i moves over what was used. */
static bool parse_long(cli *it, int argc, char **argv, int *i)
{
    const char *name = argv[*i] + 2;
    const char *equals = strchr(name, '=');
    const size_t len = equals ? (size_t)(equals - name) : strlen(name);
    const int index = find_long(it, name, len);
    if (index < 0)
        return refuse_long(it, name, len);
    const cli_option *option = row_of(it, index);
    if (!option->argument && equals) {
        cli_usage(it, "--%s takes no value", option->name);
        return false;
    }
    if (!option->argument)
        return set_value(it, index, "");
    if (equals)
        return set_value(it, index, equals + 1);
    if (*i + 1 < argc)
        return set_value(it, index, argv[++*i]);
    cli_usage(it, "--%s needs %s", option->name, option->argument);
    return false;
}

/* "-o FILE", "-oFILE", "-ab" */
static bool parse_letters(cli *it, int argc, char **argv, int *i)
{
    for (const char *at = argv[*i] + 1; *at; at++) {
        const int index = find_letter(it, *at);
        if (index < 0) {
            cli_usage(it, "unknown option '-%c'", *at);
            return false;
        }
        if (!row_of(it, index)->argument) {
            if (!set_value(it, index, ""))
                return false;
            continue;
        }
        if (at[1])
            return set_value(it, index, at + 1);
        if (*i + 1 < argc)
            return set_value(it, index, argv[++*i]);
        cli_usage(it, "-%c needs %s", *at, row_of(it, index)->argument);
        return false;
    }
    return true;
}

bool cli_parse(cli *it, int argc, char **argv)
{
    bool is_rest = false;
    it->operands = argv;
    for (int i = 0; i < argc; i++) {
        const bool is_option = !is_rest && argv[i][0] == '-' && argv[i][1] != '\0';
        if (!is_option)
            it->operands[it->operand_count++] = argv[i];
        else if (strcmp(argv[i], "--") == 0)
            is_rest = true;
        else if (argv[i][1] == '-' ? !parse_long(it, argc, argv, &i)
                                   : !parse_letters(it, argc, argv, &i))
            return false;
    }
    return true;
}

const char *cli_value(const cli *it, const char *name)
{
    const int index = find_long(it, name, strlen(name));
    return index < 0 ? NULL : it->values[index];
}

bool cli_number(unsigned *number, const cli *it, const char *name, unsigned least, unsigned most,
                unsigned absent)
{
    const char *value = cli_value(it, name);
    *number = absent;
    if (!value)
        return true;
    char *end;
    errno = 0;
    const unsigned long found = isdigit((unsigned char)value[0]) ? strtoul(value, &end, 10) : 0;
    if (isdigit((unsigned char)value[0]) && !*end && !errno && found >= least && found <= most) {
        *number = (unsigned)found;
        return true;
    }
    cli_usage((cli *)(uintptr_t)it, "--%s takes a number from %u to %u, not '%s'", name, least,
              most, value);
    return false;
}

enum { HELP_WIDTH = 79, HELP_INDENT = 26 };

/* Words from the help's column on, broken before its width; ends the line. */
static void put_wrapped(FILE *out, const char *text)
{
    int column = HELP_INDENT;
    for (bool is_first = true; *text; is_first = false) {
        const int len = (int)strcspn(text, " ");
        if (!is_first && column + 1 + len > HELP_WIDTH) {
            fprintf(out, "\n%*s", HELP_INDENT, "");
            column = HELP_INDENT;
        } else if (!is_first) {
            column += fprintf(out, " ");
        }
        column += fprintf(out, "%.*s", len, text);
        text += len + (text[len] == ' ');
    }
    putc('\n', out);
}

static void help_option(FILE *out, const cli_option *option)
{
    char head[96];
    const char *value = option->choices ? option->choices : option->argument;
    char letter[8] = "    ";
    if (option->letter)
        snprintf(letter, sizeof letter, "-%c, ", option->letter);
    const int len = snprintf(head, sizeof head, "  %s--%s%s%s", letter, option->name,
                             value ? " " : "", value ? value : "");
    if (len >= HELP_INDENT)
        fprintf(out, "%s\n%*s", head, HELP_INDENT, "");
    else
        fprintf(out, "%-*s", HELP_INDENT, head);
    put_wrapped(out, option->help);
}

void cli_help(const cli_command *command, FILE *out)
{
    fprintf(out, "usage: dragoman %s [OPTION...]%s%s\n\n%s\n\noptions:\n", command->name,
            command->operands[0] ? " " : "", command->operands, command->text);
    for (const cli_option *option = command->options; option->name; option++)
        help_option(out, option);
}

void cli_help_all(FILE *out)
{
    fputs("usage: dragoman COMMAND [OPTION...] [FILE...]\n\n"
          "Reads text and keeps the record of international relations that is in it: who\n"
          "did what to whom, when, where, according to whom, how sure.\n\ncommands:\n",
          out);
    for (int i = 0; cli_commands[i]; i++)
        fprintf(out, "  %-12s %s\n", cli_commands[i]->name, cli_commands[i]->summary);
    fputs("\noptions:\n"
          "  --help       show this help; after a command, that command's\n"
          "  --version    show the version\n\n"
          "FILE is plain text (one document), JSON lines (.jsonl: a document a line) or\n"
          "CoNLL-U (.conllu); '-' or no file is standard input.\n\n"
          "exit codes: 0 done; 1 done, but some input was skipped; 2 wrong usage;\n"
          "3 the world failed (disk, memory, record file).\n",
          out);
}
