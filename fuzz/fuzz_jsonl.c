/* Fuzz target: the reader of JSON lines. */
#include "read_any.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    return read_any("fuzz", DGM_INPUT_JSONL, data, size);
}
