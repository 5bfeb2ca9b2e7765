/* Words: messages to standard error, and the nearest word to a mistyped one. */
#include "cli.h"

#include <stdarg.h>
#include <string.h>

static void say(cli *it, const char *format, va_list args)
{
    cli_progress_off(it);
    fflush(stdout);
    fputs("dragoman: ", stderr);
    vfprintf(stderr, format, args);
    putc('\n', stderr);
}

void cli_say(cli *it, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(it, format, args);
    va_end(args);
}

void cli_say_error(cli *it, const dgm_error *err)
{
    if (err->file[0])
        cli_say(it, "%s: %s", err->file, err->text);
    else
        cli_say(it, "%s", err->text);
}

int cli_usage(cli *it, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    say(it, format, args);
    va_end(args);
    if (it->command)
        fprintf(stderr, "Try 'dragoman %s --help'.\n", it->command->name);
    else
        fputs("Try 'dragoman --help'.\n", stderr);
    return CLI_USAGE;
}

enum { WORD_MAX = 32 };

static unsigned least_of(unsigned a, unsigned b, unsigned c)
{
    const unsigned least = a < b ? a : b;
    return least < c ? least : c;
}

/* Damerau's distance with swaps of neighbours (optimal string alignment). */
static unsigned distance(const char *a, const char *b)
{
    const size_t n = strlen(a), m = strlen(b);
    unsigned rows[WORD_MAX + 1][WORD_MAX + 1];
    if (n > WORD_MAX || m > WORD_MAX)
        return WORD_MAX;
    for (size_t i = 0; i <= n; i++)
        rows[i][0] = (unsigned)i;
    for (size_t j = 0; j <= m; j++)
        rows[0][j] = (unsigned)j;
    for (size_t i = 1; i <= n; i++) {
        for (size_t j = 1; j <= m; j++) {
            rows[i][j] = least_of(rows[i - 1][j] + 1, rows[i][j - 1] + 1,
                                  rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                rows[i - 2][j - 2] + 1 < rows[i][j])
                rows[i][j] = rows[i - 2][j - 2] + 1;
        }
    }
    return rows[n][m];
}

const char *cli_nearest(const char *word, const char *const *words)
{
    const char *best = NULL;
    unsigned least = strlen(word) < 4 ? 2 : 3; /* nearer than this */
    for (int i = 0; words[i]; i++) {
        const unsigned found = distance(word, words[i]);
        if (found < least) {
            least = found;
            best = words[i];
        }
    }
    return best;
}
