/* Errors: fill the caller's dgm_error and hand the status on. */
#ifndef DGM_BASE_ERROR_H
#define DGM_BASE_ERROR_H

#include <dragoman/base.h>

#define DGM_TRY(expression)                                                                        \
    do {                                                                                           \
        dgm_status dgm_try_status_ = (expression);                                                 \
        if (dgm_try_status_ != DGM_OK)                                                             \
            return dgm_try_status_;                                                                \
    } while (0)

/* Fill *err (may be NULL) and return `code`. `file` may be NULL; `pos` is 0 where none is known. */
dgm_status dgm_fail(dgm_error *err, dgm_status code, const char *file, uint64_t pos,
                    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* DGM_ERROR_IO with strerror(errno) after `what`; DGM_ERROR_MEMORY when errno is ENOMEM. */
dgm_status dgm_fail_errno(dgm_error *err, const char *file, const char *what);

#endif
