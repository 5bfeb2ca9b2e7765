/* Bench: words and stories a second of each stage, on the files given.
 *
 * usage: bench FILE...
 * Stories go through the stages in batches, so that a stage finds its own tables in the caches as
 * it does where what it works on is given. All files are read several times; the best round of each
 * stage counts, on one thread, in process time. Nothing here is asserted: machines differ. */
#include "engine/engine.h"
#include "read/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 3, STAGES = 4, BATCH = 64 };

typedef struct tally {
    double seconds[STAGES];
    uint64_t stories, sentences, words, records, bytes;
} tally;

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

typedef struct story {
    dgm_coder *coder; /* shared by all */
    dgm_arena *arena;
    dgm_document *document;
    dgm_text *text;
    dgm_grounded *grounded;
    dgm_records records;
} story;

static dgm_status split_story(void *payload)
{
    story *it = payload;
    it->text = dgm_text_split(it->coder->engine->splitter, it->arena, it->document);
    return DGM_OK;
}

static dgm_status parse_story(void *payload)
{
    story *it = payload;
    for (uint32_t i = 0; i < it->text->count; i++)
        dgm_parser_run(it->coder->parser, it->arena, it->text, &it->text->sentences[i]);
    return DGM_OK;
}

static dgm_status ground_story(void *payload)
{
    story *it = payload;
    it->grounded = dgm_ground_document(it->coder->engine->grounder, it->arena, it->text);
    return DGM_OK;
}

static dgm_status code_story(void *payload)
{
    story *it = payload;
    it->records = dgm_code_document(&it->coder->engine->book, it->arena, it->grounded, NULL);
    return DGM_OK;
}

static const struct {
    const char *name;
    dgm_arena_body run;
} stages[STAGES] = {
    {"split", split_story}, {"parse", parse_story}, {"ground", ground_story}, {"code", code_story}};

static void count_story(tally *sums, const story *it)
{
    sums->stories++;
    sums->sentences += it->text->count;
    sums->records += it->records.count;
    sums->bytes += it->text->bytes.len;
    for (uint32_t i = 0; i < it->text->count; i++)
        sums->words += it->text->sentences[i].count;
}

static dgm_status run_batch(story *stories, uint32_t count, tally *sums)
{
    for (int s = 0; s < STAGES; s++) {
        const double start = now();
        for (uint32_t i = 0; i < count; i++)
            DGM_TRY(dgm_arena_run(stories[i].arena, stages[s].run, &stories[i]));
        sums->seconds[s] += now() - start;
    }
    for (uint32_t i = 0; i < count; i++) {
        count_story(sums, &stories[i]);
        dgm_document_free(stories[i].document);
        stories[i].document = NULL;
        dgm_arena_reset(stories[i].arena);
    }
    return DGM_OK;
}

/* The next stories; fewer than BATCH at the end. */
static dgm_status read_batch(dgm_reader *reader, story *stories, uint32_t *count, dgm_error *err)
{
    for (*count = 0; *count < BATCH; ++*count) {
        DGM_TRY(dgm_reader_next(&stories[*count].document, reader, err));
        if (!stories[*count].document)
            break;
    }
    return DGM_OK;
}

static dgm_status read_file(story *stories, const char *path, tally *sums, double *reading,
                            dgm_error *err)
{
    dgm_reader *reader;
    dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    DGM_TRY(dgm_reader_open(&reader, path, &options, err));
    dgm_status status;
    uint32_t count;
    do {
        const double start = now();
        status = read_batch(reader, stories, &count, err);
        *reading += now() - start;
        if (status == DGM_OK)
            status = run_batch(stories, count, sums);
    } while (status == DGM_OK && count == BATCH);
    dgm_reader_close(reader);
    return status;
}

static void print_row(const char *name, double seconds, const tally *sums)
{
    printf("%-8s %9.3f s %12.0f words/s %10.0f stories/s\n", name, seconds,
           (double)sums->words / seconds, (double)sums->stories / seconds);
}

static int fail(const dgm_error *err)
{
    fprintf(stderr, "bench: %s: %s\n", err->file, err->text);
    return 1;
}

int main(int count, char **paths)
{
    dgm_error err = {0};
    dgm_engine *engine;
    dgm_coder *coder;
    double start = now();
    if (dgm_engine_open(&engine, NULL, &err) != DGM_OK ||
        dgm_coder_new(&coder, engine, &err) != DGM_OK)
        return fail(&err);
    printf("engine opened in %.1f ms\n", 1e3 * (now() - start));
    story stories[BATCH] = {{0}};
    for (int i = 0; i < BATCH; i++)
        stories[i] = (story){.coder = coder, .arena = dgm_arena_new()};
    tally best = {0};
    double best_read = 0;
    for (int round = 0; round < ROUNDS; round++) {
        tally sums = {0};
        double reading = 0;
        for (int i = 1; i < count; i++)
            if (read_file(stories, paths[i], &sums, &reading, &err) != DGM_OK)
                return fail(&err);
        for (int s = 0; s < STAGES; s++)
            sums.seconds[s] =
                round && best.seconds[s] < sums.seconds[s] ? best.seconds[s] : sums.seconds[s];
        best_read = round && best_read < reading ? best_read : reading;
        best = sums;
    }
    double all = best_read;
    print_row("read", best_read, &best);
    for (int s = 0; s < STAGES; s++) {
        print_row(stages[s].name, best.seconds[s], &best);
        all += best.seconds[s];
    }
    print_row("all", all, &best);
    printf(
        "%llu stories, %llu sentences, %llu words, %llu records, %.1f MB; code: %.0f sentences/s\n",
        (unsigned long long)best.stories, (unsigned long long)best.sentences,
        (unsigned long long)best.words, (unsigned long long)best.records, (double)best.bytes / 1e6,
        (double)best.sentences / best.seconds[3]);
    printf("PETRARCH2 with its parser, published: 2,500 stories an hour; here %.0f times that\n",
           (double)best.stories / all * 3600 / 2500);
    for (int i = 0; i < BATCH; i++)
        dgm_arena_free(stories[i].arena);
    dgm_coder_free(coder);
    dgm_engine_close(engine);
    return 0;
}
