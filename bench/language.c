/* Bench of the language engine: words a second of each of its stages and of all, on one core, with
 * every kernel that the machine can run; and how long it takes to open the model and parse a first
 * sentence, and to open the whole engine.
 *
 * usage: language [--model FILE] [--words N] FILE...
 * The first N words (100,000) of the files are taken, for the plain kernel a tenth of them. A
 * document runs several times and its best time counts, stage by stage, so that other load on the
 * machine weighs little. "all" is a run of its own, without marks between the stages. Nothing here
 * is asserted: machines differ. */
#include "engine/engine.h"
#include "parse/parser_priv.h"
#include "read/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 7, ROUNDS_PLAIN = 2, PLAIN_PART = 10, WORDS = 100000 };

typedef enum stage {
    TOKENS,
    FEATURES,
    ENCODER,
    TAGS,
    NAMES,
    TREE,
    LABELS,
    LEMMAS,
    VERBS,
    ALL,
    STAGES
} stage;

static const char *const stage_names[STAGES] = {"tokens and sentences",
                                                "features",
                                                "encoder",
                                                "tags",
                                                "names",
                                                "tree",
                                                "labels",
                                                "lemmas",
                                                "verbs",
                                                "all of them"};

typedef struct bench {
    const char *model_path, *const *paths;
    int path_count;
    uint64_t most_words;
    dgm_engine *engine;
    dgm_file model_file;
    const dgm_model *model;
    dgm_model *own_model; /* of --model */
    dgm_arena *arena;
    dgm_document **documents;
    size_t count, capacity;
    uint64_t words, sentences;
} bench;

/* One document's way, with its times. */
typedef struct pass {
    bench *bench;
    dgm_parser *parser;
    const dgm_document *document;
    double times[STAGES];
    uint64_t words, sentences;
} pass;

static double now(void) /* process time: other programs run too */
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void mark(pass *p, stage behind, double *last)
{
    double time = now();
    p->times[behind] += time - *last;
    *last = time;
}

/* As the parser's run over a piece, with a mark behind each step. */
static void time_piece(pass *p, const dgm_text *text, dgm_token *tokens, int count)
{
    dgm_parser *parser = p->parser;
    double last = now();
    for (int i = 0; i < count; i++)
        dgm_word_read(&parser->words[i], dgm_token_form(text, &tokens[i]));
    mark(p, FEATURES, &last);
    dgm_encode(parser, count);
    mark(p, ENCODER, &last);
    dgm_tag_words(parser, count);
    mark(p, TAGS, &last);
    dgm_name_words(parser, count);
    mark(p, NAMES, &last);
    dgm_parse_words(parser, count);
    mark(p, TREE, &last);
    dgm_label_arcs(parser, count);
    mark(p, LABELS, &last);
    for (int i = 0; i < count; i++)
        tokens[i].lemma = dgm_lemma(parser->model, p->bench->arena,
                                    dgm_token_form(text, &tokens[i]), parser->tags[i], false);
    mark(p, LEMMAS, &last);
}

static void time_sentence(pass *p, const dgm_text *text, dgm_sentence *sentence)
{
    for (uint32_t from = 0; from < sentence->count; from += DGM_PIECE_TOKENS) {
        uint32_t left = sentence->count - from;
        time_piece(p, text, sentence->tokens + from,
                   (int)(left < DGM_PIECE_TOKENS ? left : DGM_PIECE_TOKENS));
    }
}

static dgm_status time_stages(void *payload)
{
    pass *p = payload;
    const dgm_splitter *splitter = p->bench->engine->splitter;
    double last = now();
    dgm_text *text = dgm_text_split(splitter, p->bench->arena, p->document);
    mark(p, TOKENS, &last);
    for (uint32_t i = 0; i < text->count; i++)
        time_sentence(p, text, &text->sentences[i]);
    last = now();
    text = dgm_text_split(splitter, p->bench->arena, p->document);
    for (uint32_t i = 0; i < text->count; i++)
        dgm_parser_run(p->parser, p->bench->arena, text, &text->sentences[i]);
    mark(p, ALL, &last);
    for (uint32_t i = 0; i < text->count; i++)
        dgm_set_feats(text, &text->sentences[i]);
    mark(p, VERBS, &last);
    p->sentences = text->count;
    for (uint32_t i = 0; i < text->count; i++)
        p->words += text->sentences[i].count;
    return DGM_OK;
}

/* The best times of a document, added to sums. */
static dgm_status time_document(bench *b, dgm_parser *parser, size_t which, int rounds,
                                double sums[STAGES])
{
    double best[STAGES];
    for (int round = 0; round < rounds; round++) {
        pass p = {.bench = b, .parser = parser, .document = b->documents[which]};
        dgm_arena_reset(b->arena);
        DGM_TRY(dgm_arena_run(b->arena, time_stages, &p));
        for (int s = 0; s < STAGES; s++)
            best[s] = round && best[s] < p.times[s] ? best[s] : p.times[s];
        if (!round) {
            b->words += p.words;
            b->sentences += p.sentences;
        }
    }
    for (int s = 0; s < STAGES; s++)
        sums[s] += best[s];
    return DGM_OK;
}

static void print_kernel(const bench *b, const dgm_kernel *kernel, const double sums[STAGES])
{
    printf("\nkernel %s: %llu words in %llu sentences\n", kernel->name,
           (unsigned long long)b->words, (unsigned long long)b->sentences);
    for (int s = 0; s < STAGES; s++)
        printf("%-21s %6.3f us a word %12.0f words/s\n", stage_names[s],
               1e6 * sums[s] / (double)b->words, (double)b->words / sums[s]);
    fflush(stdout);
}

static dgm_status time_kernel(bench *b, const dgm_kernel *kernel)
{
    double sums[STAGES] = {0};
    bool is_plain = kernel == &dgm_kernel_plain;
    uint64_t most = is_plain ? b->most_words / PLAIN_PART : b->most_words;
    dgm_parser *parser = dgm_parser_new_with(b->model, kernel);
    dgm_status status = parser ? DGM_OK : DGM_ERROR_MEMORY;
    b->words = b->sentences = 0;
    for (size_t i = 0; i < b->count && b->words < most && status == DGM_OK; i++)
        status = time_document(b, parser, i, is_plain ? ROUNDS_PLAIN : ROUNDS, sums);
    dgm_parser_free(parser);
    if (status == DGM_OK && b->words)
        print_kernel(b, kernel, sums);
    return status;
}

static dgm_status keep_document(bench *b, dgm_document *document)
{
    if (b->count == b->capacity) {
        size_t capacity = b->capacity ? 2 * b->capacity : 64;
        dgm_document **more = realloc(b->documents, capacity * sizeof *more);
        if (!more) {
            dgm_document_free(document);
            return DGM_ERROR_MEMORY;
        }
        b->documents = more;
        b->capacity = capacity;
    }
    b->documents[b->count++] = document;
    return DGM_OK;
}

/* Documents until their bytes are enough for the words that are asked for. */
static dgm_status read_file(bench *b, const char *path, uint64_t *bytes, dgm_error *err)
{
    enum { BYTES_A_WORD = 10 };
    dgm_reader *reader;
    dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    dgm_document *document = NULL;
    DGM_TRY(dgm_reader_open(&reader, path, &options, err));
    dgm_status status = DGM_OK;
    while (status == DGM_OK && *bytes < b->most_words * BYTES_A_WORD) {
        status = dgm_reader_next(&document, reader, err);
        if (status != DGM_OK || !document)
            break;
        *bytes += dgm_document_text(document).len;
        status = keep_document(b, document);
    }
    dgm_reader_close(reader);
    return status;
}

static dgm_status parse_first(void *payload)
{
    dgm_coder *coder = payload;
    const dgm_text text = {.bytes = DGM_STR("The two ministers met in Vienna .")};
    static const uint8_t cuts[][2] = {{0, 3}, {4, 3}, {8, 9}, {18, 3}, {22, 2}, {25, 6}, {32, 1}};
    enum { COUNT = sizeof cuts / sizeof *cuts };
    dgm_token tokens[COUNT] = {0};
    for (int i = 0; i < COUNT; i++)
        tokens[i].span = (dgm_span){cuts[i][0], cuts[i][1]};
    dgm_sentence sentence = {.tokens = tokens, .count = COUNT};
    dgm_parser_run(coder->parser, coder->arena, &text, &sentence);
    return DGM_OK;
}

static dgm_status open_model(bench *b, dgm_model **model, dgm_error *err)
{
    dgm_pack pack;
    if (b->model_path) {
        DGM_TRY(dgm_file_open(&b->model_file, b->model_path, err));
        return dgm_model_open(model, b->model_path, b->model_file.bytes, err);
    }
    DGM_TRY(dgm_pack_open(&pack, "built-in knowledge", dgm_pack_builtin(), err));
    return dgm_model_open(model, "built-in model", dgm_pack_find(&pack, "model/english.bin"), err);
}

/* From nothing to a parsed sentence; comes first, while nothing is in the caches. */
static dgm_status time_start(bench *b, dgm_error *err)
{
    double start = now();
    DGM_TRY(open_model(b, &b->own_model, err));
    dgm_coder coder = {.arena = b->arena, .parser = dgm_parser_new(b->own_model)};
    if (!coder.parser)
        return DGM_ERROR_MEMORY;
    dgm_status status = dgm_arena_run(b->arena, parse_first, &coder);
    dgm_parser_free(coder.parser);
    b->model = b->own_model;
    printf("model opened and a first sentence parsed in %.1f ms\n", 1e3 * (now() - start));
    start = now();
    if (status == DGM_OK)
        status = dgm_engine_open(&b->engine, NULL, err);
    printf("engine opened in %.1f ms\n", 1e3 * (now() - start));
    return status;
}

static dgm_status run(bench *b, dgm_error *err)
{
    const dgm_kernel *list[DGM_KERNELS];
    uint64_t bytes = 0;
    b->arena = dgm_arena_new();
    if (!b->arena)
        return DGM_ERROR_MEMORY;
    DGM_TRY(time_start(b, err));
    for (int i = 0; i < b->path_count; i++)
        DGM_TRY(read_file(b, b->paths[i], &bytes, err));
    for (size_t kernels = dgm_kernel_list(list), k = 0; k < kernels; k++)
        DGM_TRY(time_kernel(b, list[k]));
    return DGM_OK;
}

static void dispose(bench *b)
{
    for (size_t i = 0; i < b->count; i++)
        dgm_document_free(b->documents[i]);
    free(b->documents);
    dgm_model_close(b->own_model);
    dgm_file_close(&b->model_file);
    dgm_engine_close(b->engine);
    dgm_arena_free(b->arena);
}

int main(int count, char **arguments)
{
    bench b = {.most_words = WORDS};
    int at = 1;
    for (; at + 1 < count && strncmp(arguments[at], "--", 2) == 0; at += 2) {
        if (strcmp(arguments[at], "--model") == 0)
            b.model_path = arguments[at + 1];
        else if (strcmp(arguments[at], "--words") == 0)
            b.most_words = strtoull(arguments[at + 1], NULL, 10);
        else
            break;
    }
    if (at >= count || arguments[at][0] == '-') {
        fputs("usage: language [--model FILE] [--words N] FILE...\n", stderr);
        return 2;
    }
    b.paths = (const char *const *)arguments + at;
    b.path_count = count - at;
    dgm_error err = {0};
    dgm_status status = run(&b, &err);
    dispose(&b);
    if (status == DGM_OK)
        return 0;
    fprintf(stderr, "language: %s: %s\n", err.file, *err.text ? err.text : "out of memory");
    return 1;
}
