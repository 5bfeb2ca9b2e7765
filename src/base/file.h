/* Read-only files: mapped where the system can, otherwise read. */
#ifndef DGM_BASE_FILE_H
#define DGM_BASE_FILE_H

#include "base/error.h"

typedef struct dgm_file {
    dgm_str bytes;
    bool is_mapped;
} dgm_file;

/* Map or read the whole of `path`. A directory is DGM_ERROR_IO. Dispose with dgm_file_close(). */
DGM_MUST_CHECK dgm_status dgm_file_open(dgm_file *file, const char *path, dgm_error *err);
void dgm_file_close(dgm_file *file);

#endif
