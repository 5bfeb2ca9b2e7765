/* Readers inside the library: reading from memory, for tests and fuzzing. */
#ifndef DGM_READ_READ_H
#define DGM_READ_READ_H

#include "base/str.h"
#include <dragoman/document.h>

/* As dgm_reader_open(), but the file's bytes are `bytes`, which must outlive the reader; `name`
 * takes the place of the path. */
DGM_MUST_CHECK dgm_status dgm_reader_open_memory(dgm_reader **out, const char *name, dgm_str bytes,
                                                 const dgm_reader_options *options, dgm_error *err);

#endif
