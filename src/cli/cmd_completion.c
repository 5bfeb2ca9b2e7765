/* completion: scripts for the shells, written off the option table. */
#include "cli.h"

#include <string.h>

/* Text inside single quotes of a shell, with a backslash before each of `special`. */
static void put_quoted(const char *text, const char *special)
{
    for (; *text; text++) {
        if (*text == '\'')
            fputs("'\\''", stdout);
        else if (strchr(special, *text))
            printf("\\%c", *text);
        else
            putchar(*text);
    }
}

/* "a|b|c" parted by spaces. */
static void put_choices(const char *choices)
{
    for (; *choices; choices++)
        putchar(*choices == '|' ? ' ' : *choices);
}

static void bash_command(const cli_command *command)
{
    printf("    %s)\n        case $prev in\n", command->name);
    for (const cli_option *option = command->options; option->name; option++) {
        if (!option->choices)
            continue;
        printf("        --%s) COMPREPLY=($(compgen -W '", option->name);
        put_choices(option->choices);
        fputs("' -- \"$cur\")); return ;;\n", stdout);
    }
    fputs("        esac\n        options='", stdout);
    for (const cli_option *option = command->options; option->name; option++)
        printf("%s--%s", option == command->options ? "" : " ", option->name);
    fputs("'\n        ;;\n", stdout);
}

static void bash(void)
{
    fputs("# bash completion for dragoman; written by 'dragoman completion bash'\n"
          "_dragoman() {\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} options=\n"
          "    COMPREPLY=()\n"
          "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n"
          "        COMPREPLY=($(compgen -W '",
          stdout);
    for (int i = 0; cli_commands[i]; i++)
        printf("%s ", cli_commands[i]->name);
    fputs("--help --version' -- \"$cur\"))\n        return\n    fi\n"
          "    case ${COMP_WORDS[1]} in\n",
          stdout);
    for (int i = 0; cli_commands[i]; i++)
        bash_command(cli_commands[i]);
    fputs("    esac\n"
          "    case $cur in\n"
          "    -*) COMPREPLY=($(compgen -W \"$options\" -- \"$cur\")) ;;\n"
          "    esac\n"
          "}\n"
          "complete -o bashdefault -o default -F _dragoman dragoman\n",
          stdout);
}

static void zsh_option(const cli_option *option)
{
    fputs("            '", stdout);
    printf("--%s%s[", option->name, option->argument ? "=" : "");
    put_quoted(option->help, "[]:\\");
    putchar(']');
    if (option->argument)
        printf(":%s:", option->argument);
    if (option->choices) {
        putchar('(');
        put_choices(option->choices);
        putchar(')');
    } else if (option->argument && strcmp(option->argument, "FILE") == 0) {
        fputs("_files", stdout);
    }
    fputs("' \\\n", stdout);
}

static void zsh(void)
{
    fputs("#compdef dragoman\n"
          "# zsh completion for dragoman; written by 'dragoman completion zsh'\n"
          "_dragoman() {\n"
          "    if (( CURRENT == 2 )); then\n"
          "        local -a commands=(\n",
          stdout);
    for (int i = 0; cli_commands[i]; i++) {
        printf("            '%s:", cli_commands[i]->name);
        put_quoted(cli_commands[i]->summary, ":\\");
        fputs("'\n", stdout);
    }
    fputs("        )\n        _describe command commands\n        return\n    fi\n"
          "    local command=$words[2]\n"
          "    shift words; (( CURRENT-- ))\n"
          "    case $command in\n",
          stdout);
    for (int i = 0; cli_commands[i]; i++) {
        printf("    %s)\n        _arguments \\\n", cli_commands[i]->name);
        for (const cli_option *option = cli_commands[i]->options; option->name; option++)
            zsh_option(option);
        fputs("            '*:file:_files' ;;\n", stdout);
    }
    fputs("    esac\n}\n_dragoman \"$@\"\n", stdout);
}

static void fish_option(const cli_command *command, const cli_option *option)
{
    printf("complete -c dragoman -n '__fish_seen_subcommand_from %s' -l %s", command->name,
           option->name);
    if (option->letter)
        printf(" -s %c", option->letter);
    if (option->choices) {
        fputs(" -x -a '", stdout);
        put_choices(option->choices);
        putchar('\'');
    } else if (option->argument) {
        fputs(" -r", stdout);
    }
    fputs(" -d '", stdout);
    put_quoted(option->help, "\\");
    fputs("'\n", stdout);
}

static void fish(void)
{
    fputs("# fish completion for dragoman; written by 'dragoman completion fish'\n", stdout);
    for (int i = 0; cli_commands[i]; i++) {
        printf("complete -c dragoman -n __fish_use_subcommand -f -a %s -d '",
               cli_commands[i]->name);
        put_quoted(cli_commands[i]->summary, "\\");
        fputs("'\n", stdout);
        for (const cli_option *option = cli_commands[i]->options; option->name; option++)
            fish_option(cli_commands[i], option);
    }
}

static int run(cli *it)
{
    static const struct {
        const char *name;
        void (*write)(void);
    } shells[] = {{"bash", bash}, {"zsh", zsh}, {"fish", fish}};
    for (size_t i = 0; it->operand_count == 1 && i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(shells[i].name, it->operands[0]) == 0) {
            shells[i].write();
            return cli_finish(it, CLI_DONE);
        }
    }
    return cli_usage(it, "completion needs a shell: bash, zsh or fish");
}

const cli_command cli_completion = {
    .name = "completion",
    .operands = "bash|zsh|fish",
    .summary = "print a completion script for a shell",
    .text = "Prints a script that completes commands, options and their values:\n\n"
            "  eval \"$(dragoman completion bash)\"\n"
            "  dragoman completion zsh > ~/.zfunc/_dragoman\n"
            "  dragoman completion fish > ~/.config/fish/completions/dragoman.fish",
    .options = {CLI_OPTION_HELP},
    .run = run,
};
