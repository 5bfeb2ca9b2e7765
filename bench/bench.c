/* Bench: words and stories a second of each stage, on the files given.
 *
 * usage: bench FILE...
 * Each stage runs over all documents several times; the best round counts, on one thread, in
 * process time. Nothing here is asserted: machines differ. */
#include "engine/engine.h"
#include "read/read.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS = 3, STAGES = 4 };

typedef struct tally {
    double seconds[STAGES];
    uint64_t stories, sentences, words, records, bytes;
} tally;

static const char *const stage_names[STAGES] = {"split", "parse", "ground", "code"};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

typedef struct timing {
    dgm_coder_call call;
    tally *sums;
} timing;

static dgm_status time_stages(void *payload)
{
    timing *it = payload;
    dgm_coder *coder = it->call.coder;
    double marks[STAGES + 1];
    marks[0] = now();
    dgm_text *text = dgm_text_split(coder->engine->splitter, coder->arena, it->call.document);
    marks[1] = now();
    for (uint32_t i = 0; i < text->count; i++)
        dgm_parser_run(coder->parser, coder->arena, text, &text->sentences[i]);
    marks[2] = now();
    dgm_grounded *grounded = dgm_ground_document(coder->engine->grounder, coder->arena, text);
    marks[3] = now();
    dgm_records records = dgm_code_document(&coder->engine->book, coder->arena, grounded, NULL);
    marks[4] = now();
    for (int s = 0; s < STAGES; s++)
        it->sums->seconds[s] += marks[s + 1] - marks[s];
    it->sums->stories++;
    it->sums->sentences += text->count;
    it->sums->records += records.count;
    it->sums->bytes += text->bytes.len;
    for (uint32_t i = 0; i < text->count; i++)
        it->sums->words += text->sentences[i].count;
    return DGM_OK;
}

static dgm_status read_file(dgm_coder *coder, const char *path, tally *sums, double *reading,
                            dgm_error *err)
{
    dgm_reader *reader;
    dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    dgm_document *document = NULL;
    if (dgm_reader_open(&reader, path, &options, err) != DGM_OK)
        return err->code;
    dgm_status status;
    for (;;) {
        double start = now();
        status = dgm_reader_next(&document, reader, err);
        *reading += now() - start;
        if (status != DGM_OK || !document)
            break;
        timing it = {{coder, document}, sums};
        status = dgm_coder_run(&it.call, time_stages, err);
        dgm_document_free(document);
        if (status != DGM_OK)
            break;
    }
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
    tally best = {0};
    double best_read = 0;
    for (int round = 0; round < ROUNDS; round++) {
        tally sums = {0};
        double reading = 0;
        for (int i = 1; i < count; i++)
            if (read_file(coder, paths[i], &sums, &reading, &err) != DGM_OK)
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
        print_row(stage_names[s], best.seconds[s], &best);
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
    dgm_coder_free(coder);
    dgm_engine_close(engine);
    return 0;
}
