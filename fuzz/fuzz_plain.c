/* Fuzz target: the reader of Plain text. */
#include "read_any.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_any("fuzz", DGM_INPUT_PLAIN, data, size);
}
