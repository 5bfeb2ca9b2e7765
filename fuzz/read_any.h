/* Reads all documents of the bytes and touches what a document has; shared by the readers' targets.
 */
#ifndef DGM_FUZZ_READ_ANY_H
#define DGM_FUZZ_READ_ANY_H

#include "read/read.h"

#include <stdlib.h>

static void note_nothing(const dgm_diagnostic *diagnostic, void *payload)
{
    *(uint64_t *)payload += diagnostic->byte + diagnostic->line;
}

/* Every place of the text has one in the file. */
static void touch(const dgm_document *document, uint64_t size)
{
    dgm_str text = dgm_document_text(document);
    uint64_t begin, end, last = 0;
    uint32_t step = (uint32_t)(text.len / 64 + 1);
    for (uint32_t i = 0; i < text.len; i += step) {
        dgm_document_locate(document, (dgm_span){i, 1}, &begin, &end);
        if (begin > end || end > size || dgm_document_point(document, i) < last)
            abort();
        last = dgm_document_point(document, i);
    }
}

static int read_any(const char *name, dgm_input input, const uint8_t *data, size_t size)
{
    uint64_t sum = 0;
    dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    dgm_reader *reader = NULL;
    dgm_document *document = NULL;
    options.input = input;
    options.on_diagnostic = note_nothing;
    options.payload = &sum;
    dgm_str bytes = {(const char *)data, size};
    if (dgm_reader_open_memory(&reader, name, bytes, &options, NULL) != DGM_OK)
        return 0;
    while (dgm_reader_next(&document, reader, NULL) == DGM_OK && document) {
        touch(document, size);
        dgm_document_free(document);
    }
    dgm_reader_close(reader);
    return 0;
}

#endif
