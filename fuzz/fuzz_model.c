/* Fuzz target: the loader of model files. The input changes the built-in model: two bytes of
 * length to cut off (times 64), then patches of an offset (four bytes, mostly in the header) and
 * four new bytes. What still opens must run. A first byte of 0xFF takes the rest as a whole file.
 */
#include "base/pack.h"
#include "parse/model.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { ALIGN = 64, PATCH = 8, RAW = 0xFF };

typedef struct job {
    dgm_arena *arena;
    dgm_parser *parser;
} job;

static dgm_status run_sentence(void *payload)
{
    job *j = payload;
    const dgm_text text = {.bytes = DGM_STR("The two ministers met in Vienna .")};
    static const uint8_t cuts[][2] = {{0, 3}, {4, 3}, {8, 9}, {18, 3}, {22, 2}, {25, 6}, {32, 1}};
    enum { COUNT = sizeof cuts / sizeof *cuts };
    dgm_token tokens[COUNT];
    memset(tokens, 0, sizeof tokens);
    for (int i = 0; i < COUNT; i++)
        tokens[i].span = (dgm_span){cuts[i][0], cuts[i][1]};
    dgm_sentence sentence = {.tokens = tokens, .count = COUNT};
    dgm_parser_run(j->parser, j->arena, &text, &sentence);
    return DGM_OK;
}

static void try_model(const char *bytes, size_t len)
{
    dgm_model *model;
    dgm_error err;
    if (dgm_model_open(&model, "fuzz", (dgm_str){bytes, len}, &err) != DGM_OK)
        return;
    job j = {.arena = dgm_arena_new(), .parser = dgm_parser_new(model)};
    if (j.arena && j.parser)
        (void)!dgm_arena_run(j.arena, run_sentence, &j);
    dgm_parser_free(j.parser);
    dgm_arena_free(j.arena);
    dgm_model_close(model);
}

static uint32_t number(const uint8_t *at)
{
    return at[0] | (uint32_t)at[1] << 8 | (uint32_t)at[2] << 16 | (uint32_t)at[3] << 24;
}

static void patch(char *bytes, size_t len, const uint8_t *data, size_t size)
{
    for (; size >= PATCH; data += PATCH, size -= PATCH) {
        uint32_t where = number(data);
        size_t at = where & 1 ? where >> 1 : (where >> 1) % sizeof(dgm_model_header);
        if (len >= 4)
            memcpy(bytes + at % (len - 3), data + 4, 4);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    dgm_pack pack;
    if (size < 2 || dgm_pack_open(&pack, "builtin", dgm_pack_builtin(), NULL) != DGM_OK)
        return 0;
    if (data[0] == RAW) {
        try_model((const char *)data + 1, size - 1);
        return 0;
    }
    dgm_str model = dgm_pack_find(&pack, "model/english.bin");
    size_t cut = (data[0] | (size_t)data[1] << 8) * ALIGN;
    size_t len = cut < model.len ? model.len - cut : 0;
    char *bytes = aligned_alloc(ALIGN, (len + ALIGN) / ALIGN * ALIGN);
    if (!bytes)
        return 0;
    if (len)
        memcpy(bytes, model.ptr, len);
    patch(bytes, len, data + 2, size - 2);
    try_model(bytes, len);
    free(bytes);
    return 0;
}
