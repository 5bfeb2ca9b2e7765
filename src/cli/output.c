/* Output: standard output with its failures, colours and width of the terminal, the progress line.
 */
#include "cli.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

bool cli_is_coloured(const cli *it)
{
    const char *when = cli_value(it, "color");
    if (when && strcmp(when, "auto") != 0)
        return strcmp(when, "always") == 0;
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no_color && no_color[0]) &&
           !(term && strcmp(term, "dumb") == 0);
}

unsigned cli_width(const cli *it)
{
    (void)it;
    struct winsize size;
    if (!isatty(STDOUT_FILENO))
        return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return 80;
}

int cli_write(const char *bytes, size_t len, void *payload)
{
    cli *it = payload;
    if (it->output_error)
        return 1;
    if (fwrite(bytes, 1, len, stdout) == len)
        return 0;
    it->output_error = errno ? errno : EIO;
    return 1;
}

int cli_finish(cli *it, int code)
{
    cli_progress_off(it);
    if (!it->output_error && (fflush(stdout) != 0 || ferror(stdout)))
        it->output_error = errno ? errno : EIO;
    if (!it->output_error)
        return code;
    if (it->output_error != EPIPE)
        cli_say(it, "cannot write the output: %s", strerror(it->output_error));
    return CLI_FAILED;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* Shown after a second of work, ten times a second, where it disturbs no output. */
void cli_progress(cli *it)
{
    if (!it->is_progress_on) {
        if (it->progress_start > 0)
            return;
        it->progress_start = now();
        it->is_progress_on = it->is_terminal && !(it->is_printing && isatty(STDOUT_FILENO));
        return;
    }
    const double time = now();
    if (time - it->progress_start < 1 || time - it->progress_last < 0.1)
        return;
    it->progress_last = time;
    it->is_progress_shown = true;
    fprintf(stderr, "\r%llu documents, %llu records, %.0f s\x1b[K",
            (unsigned long long)it->documents, (unsigned long long)it->records,
            time - it->progress_start);
    fflush(stderr);
}

void cli_progress_off(cli *it)
{
    if (!it->is_progress_shown)
        return;
    it->is_progress_shown = false;
    fputs("\r\x1b[K", stderr);
    fflush(stderr);
}
