/* Fuzz target: the whole path of a text, from its bytes to records, trees and the explanation. What
 * a record quotes must stand in the text. */
#include "base/str.h"
#include <dragoman/engine.h>

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Opened once: the engine is constant, and a coder owes nothing to earlier documents. */
static dgm_coder *coder(void)
{
    static dgm_engine *engine;
    static dgm_coder *made;
    if (!made && (dgm_engine_open(&engine, NULL, NULL) != DGM_OK ||
                  dgm_coder_new(&made, engine, NULL) != DGM_OK))
        abort();
    return made;
}

static void check(const dgm_records *records, size_t length)
{
    for (uint32_t i = 0; i < records->count; i++) {
        const dgm_record *record = &records->items[i];
        if (record->trigger.off + (size_t)record->trigger.len > length ||
            record->sentence.off + (size_t)record->sentence.len > length)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dgm_document *document = NULL;
    dgm_str none = {"", 0}, date = DGM_STR("2001-05-17"), text = {(const char *)data, size};
    dgm_records records;
    dgm_str out;
    if (dgm_document_new(&document, none, none, date, text, NULL) != DGM_OK)
        return 0;
    if (dgm_coder_code(&records, coder(), document, NULL) != DGM_OK)
        abort();
    check(&records, dgm_document_text(document).len);
    if (dgm_coder_conllu(&out, coder(), document, NULL) != DGM_OK ||
        dgm_coder_annotate(&out, coder(), document, NULL) != DGM_OK ||
        dgm_coder_explain(&out, coder(), document, false, NULL) != DGM_OK)
        abort();
    dgm_document_free(document);
    return 0;
}
