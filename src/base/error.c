/* Errors are written once, by the function that notices, into the caller's struct. */
#include "base/error.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

dgm_status dgm_fail(dgm_error *err, dgm_status code, const char *file, uint64_t pos,
                    const char *format, ...)
{
    if (err) {
        err->code = code;
        err->pos = pos;
        snprintf(err->file, sizeof err->file, "%s", file ? file : "");
        va_list args;
        va_start(args, format);
        vsnprintf(err->text, sizeof err->text, format, args);
        va_end(args);
    }
    return code;
}

dgm_status dgm_fail_errno(dgm_error *err, const char *file, const char *what)
{
    int number = errno;
    dgm_status code = number == ENOMEM ? DGM_ERROR_MEMORY : DGM_ERROR_IO;
    return dgm_fail(err, code, file, 0, "%s: %s", what, strerror(number));
}
