/* Fuzz target: sentences and tokens of any text. Spans must be sorted and inside their sentence. */
#include "base/pack.h"
#include "text/text.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct job {
    dgm_arena *arena;
    const dgm_splitter *splitter;
    const dgm_document *document;
} job;

static dgm_status load(void *payload)
{
    static dgm_pack pack;
    job *it = payload;
    dgm_splitter *splitter = NULL;
    DGM_TRY(dgm_pack_open(&pack, "builtin", dgm_pack_builtin(), NULL));
    DGM_TRY(dgm_splitter_load(&splitter, it->arena, &pack, NULL));
    it->splitter = splitter;
    return DGM_OK;
}

/* Loaded once: a target may keep what is constant. */
static const dgm_splitter *splitter(void)
{
    static job loaded;
    if (!loaded.arena) {
        loaded.arena = dgm_arena_new();
        if (!loaded.arena || dgm_arena_run(loaded.arena, load, &loaded) != DGM_OK)
            abort();
    }
    return loaded.splitter;
}

static void check(const dgm_text *text)
{
    uint32_t last = 0;
    for (uint32_t s = 0; s < text->count; s++) {
        const dgm_sentence *sentence = &text->sentences[s];
        if (!sentence->count || sentence->span.off < last)
            abort();
        for (uint32_t i = 0; i < sentence->count; i++) {
            dgm_span span = sentence->tokens[i].span;
            if (!span.len || span.off < last || span.off < sentence->span.off)
                abort();
            last = dgm_span_end(span);
        }
        if (last > dgm_span_end(sentence->span))
            abort();
        last = dgm_span_end(sentence->span);
        for (uint32_t i = 0; i < sentence->citation_count; i++)
            if (dgm_span_end(sentence->citations[i]) > text->bytes.len)
                abort();
    }
    if (last > text->bytes.len)
        abort();
}

static dgm_status split(void *payload)
{
    job *it = payload;
    check(dgm_text_split(it->splitter, it->arena, it->document));
    return DGM_OK;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dgm_document *document = NULL;
    dgm_str none = {"", 0}, text = {(const char *)data, size};
    if (dgm_document_new(&document, none, none, none, text, NULL) != DGM_OK)
        return 0;
    job it = {.arena = dgm_arena_new(), .splitter = splitter(), .document = document};
    if (it.arena && dgm_arena_run(it.arena, split, &it) != DGM_OK)
        abort();
    dgm_arena_free(it.arena);
    dgm_document_free(document);
    return 0;
}
