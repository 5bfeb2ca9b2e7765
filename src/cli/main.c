/* dragoman: the command. Finds the verb, parses its options, runs it. */
#include "cli.h"

#include <signal.h>
#include <string.h>
#include <unistd.h>

const cli_command *const cli_commands[] = {
    &cli_code,  &cli_annotate, &cli_classify, &cli_explain,    &cli_lint,
    &cli_score, &cli_brief,    &cli_timeline, &cli_completion, NULL};

const cli_command *cli_find(const char *name)
{
    for (int i = 0; cli_commands[i]; i++)
        if (strcmp(cli_commands[i]->name, name) == 0)
            return cli_commands[i];
    return NULL;
}

static int refuse_command(cli *it, const char *name)
{
    const char *names[32] = {0};
    for (int i = 0; cli_commands[i]; i++)
        names[i] = cli_commands[i]->name;
    const char *near = cli_nearest(name, names);
    if (near)
        return cli_usage(it, "unknown command '%s'; did you mean '%s'?", name, near);
    return cli_usage(it, "unknown command '%s'", name);
}

static int show_help(cli *it, const char *name)
{
    const cli_command *command = name ? cli_find(name) : NULL;
    if (name && !command)
        return refuse_command(it, name);
    if (command)
        cli_help(command, stdout);
    else
        cli_help_all(stdout);
    return cli_finish(it, CLI_DONE);
}

static int show_version(cli *it)
{
    printf("dragoman %s (ontology %s)\n", dgm_version(), dgm_ontology_version());
    return cli_finish(it, CLI_DONE);
}

int main(int argc, char **argv)
{
    cli it = {.is_terminal = isatty(STDERR_FILENO)};
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error to report, not to die of */
    const char *verb = argc > 1 ? argv[1] : NULL;
    if (!verb) {
        cli_help_all(stderr);
        return CLI_USAGE;
    }
    if (strcmp(verb, "--help") == 0 || strcmp(verb, "-h") == 0 || strcmp(verb, "help") == 0)
        return show_help(&it, argc > 2 ? argv[2] : NULL);
    if (strcmp(verb, "--version") == 0 || strcmp(verb, "-V") == 0)
        return show_version(&it);
    const cli_command *command = cli_find(verb);
    if (!command)
        return refuse_command(&it, verb);
    it.command = command;
    if (!cli_parse(&it, argc - 2, argv + 2))
        return CLI_USAGE;
    if (cli_value(&it, "help"))
        return show_help(&it, verb);
    return command->run(&it);
}
