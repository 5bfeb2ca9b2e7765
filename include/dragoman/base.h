/* What every other header uses: visibility, status and error, borrowed strings, spans.
 *
 * The library never prints, never exits and has no mutable globals. Functions that can fail return
 * a dgm_status; their dgm_error argument may be NULL. */
#ifndef DRAGOMAN_BASE_H
#define DRAGOMAN_BASE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define DGM_API        __attribute__((visibility("default")))
#define DGM_MUST_CHECK __attribute__((warn_unused_result))
#else
#define DGM_API
#define DGM_MUST_CHECK
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* 0 is success, negatives are failures. A code exists only where a caller would act on it. */
typedef enum dgm_status {
    DGM_OK = 0,
    DGM_ERROR_MEMORY = -1,   /* an allocation failed */
    DGM_ERROR_IO = -2,       /* the operating system refused: the text has its reason */
    DGM_ERROR_FORMAT = -3,   /* a model, pack, rule or record file is not what it should be */
    DGM_ERROR_ARGUMENT = -4, /* an option or a name that the call does not know */
    DGM_ERROR_STOPPED = -5   /* a callback asked to stop */
} dgm_status;

/* Filled by a failing call. `pos` is a byte offset or, for line-based sources, a line number, as
 * `text` says; `file` may be empty. The caller owns it; it needs no release. */
typedef struct dgm_error {
    dgm_status code;
    uint64_t pos;
    char file[256];
    char text[512];
} dgm_error;

/* Borrowed bytes: not NUL-terminated, never freed through this struct. */
typedef struct dgm_str {
    const char *ptr;
    size_t len;
} dgm_str;

/* Half-open byte range of a document's text: [off, off + len). */
typedef struct dgm_span {
    uint32_t off, len;
} dgm_span;

/* The library's version, such as "0.1.0". Static storage. */
DGM_API const char *dgm_version(void);

/* Versions of the knowledge that is compiled in; static storage. */
DGM_API const char *dgm_ontology_version(void);

#ifdef __cplusplus
}
#endif
#endif
