/* Readers: opening, guessing the format, one document after the other, diagnostics. */
#include "read/read.h"
#include "read/read_priv.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

enum { REPORTED = 4 }; /* broken sequences that are reported for one document */

static bool name_ends(const char *path, const char *ending)
{
    return dgm_str_ends(dgm_str_of(path), dgm_str_of(ending));
}

static dgm_input guess_by_name(const char *path)
{
    if (name_ends(path, ".jsonl") || name_ends(path, ".ndjson"))
        return DGM_INPUT_JSONL;
    if (name_ends(path, ".conllu"))
        return DGM_INPUT_CONLLU;
    return strcmp(path, "-") == 0 ? DGM_INPUT_GUESS : DGM_INPUT_PLAIN;
}

static void take_options(dgm_reader *reader, const dgm_reader_options *options)
{
    if (options) {
        size_t size =
            options->size < sizeof reader->options ? options->size : sizeof reader->options;
        memcpy(&reader->options, options, size);
    }
    reader->input = reader->options.input;
    if (reader->input == DGM_INPUT_GUESS)
        reader->input = guess_by_name(reader->path);
}

static dgm_reader *new_reader(const char *path, const dgm_reader_options *options)
{
    dgm_reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return NULL;
    reader->source.fd = -1;
    reader->path = strdup(path);
    reader->arena = dgm_arena_new();
    if (!reader->path || !reader->arena) {
        dgm_reader_close(reader);
        return NULL;
    }
    take_options(reader, options);
    return reader;
}

static dgm_status no_memory(dgm_error *err, const char *path)
{
    return dgm_fail(err, DGM_ERROR_MEMORY, path, 0, "out of memory for a reader");
}

dgm_status dgm_reader_open(dgm_reader **out, const char *path, const dgm_reader_options *options,
                           dgm_error *err)
{
    dgm_reader *reader = new_reader(path, options);
    if (!reader)
        return no_memory(err, path);
    dgm_status status = dgm_source_open(&reader->source, reader->path, err);
    if (status != DGM_OK) {
        reader->source.fd = -1;
        dgm_reader_close(reader);
        return status;
    }
    *out = reader;
    return DGM_OK;
}

dgm_status dgm_reader_open_memory(dgm_reader **out, const char *name, dgm_str bytes,
                                  const dgm_reader_options *options, dgm_error *err)
{
    dgm_reader *reader = new_reader(name, options);
    if (!reader)
        return no_memory(err, name);
    dgm_source_memory(&reader->source, reader->path, bytes);
    *out = reader;
    return DGM_OK;
}

void dgm_reader_close(dgm_reader *reader)
{
    if (!reader)
        return;
    dgm_source_close(&reader->source);
    dgm_arena_free(reader->arena);
    free(reader->path);
    free(reader);
}

static dgm_status guess_by_content(dgm_reader *reader, dgm_error *err)
{
    int byte;
    if (reader->input != DGM_INPUT_GUESS)
        return DGM_OK;
    DGM_TRY(dgm_source_peek(&reader->source, &byte, err));
    reader->input = byte == '{' ? DGM_INPUT_JSONL : DGM_INPUT_PLAIN;
    return DGM_OK;
}

typedef struct next {
    dgm_reading reading;
    dgm_document **out;
} next;

static dgm_status read_next(void *payload)
{
    next *it = payload;
    dgm_reading *reading = &it->reading;
    dgm_reader *reader = reading->reader;
    dgm_draft *draft = &reading->draft;
    switch (reader->input) {
    case DGM_INPUT_JSONL:
        DGM_TRY(dgm_jsonl_read(reading));
        break;
    case DGM_INPUT_CONLLU:
        DGM_TRY(dgm_conllu_read(reading));
        break;
    case DGM_INPUT_TOKENS:
        DGM_TRY(dgm_tokens_read(reading));
        break;
    default:
        DGM_TRY(dgm_plain_read(reading));
    }
    if (!draft->text.len)
        return DGM_OK;
    draft->file = dgm_str_of(reader->path);
    return dgm_draft_finish(it->out, draft, reading->err);
}

dgm_status dgm_reader_next(dgm_document **out, dgm_reader *reader, dgm_error *err)
{
    *out = NULL;
    DGM_TRY(guess_by_content(reader, err));
    dgm_arena_reset(reader->arena);
    next it = {
        .reading = {.reader = reader, .err = err, .draft = {.text = {.arena = reader->arena}}},
        .out = out};
    dgm_status status = dgm_arena_run(reader->arena, read_next, &it);
    if (status == DGM_ERROR_MEMORY)
        dgm_fail(err, status, reader->path, 0, "out of memory for a document");
    return status;
}

static void report(dgm_reader *reader, const dgm_diagnostic *diagnostic)
{
    if (reader->options.on_diagnostic)
        reader->options.on_diagnostic(diagnostic, reader->options.payload);
}

void dgm_reader_note(dgm_reader *reader, uint64_t line, uint64_t byte, bool is_skipped,
                     const char *format, ...)
{
    char text[320];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    reader->diagnostics++;
    reader->skipped += is_skipped;
    report(reader, &(dgm_diagnostic){reader->path, line, byte, is_skipped, text});
}

void dgm_damage_note(dgm_damage *damage, uint64_t byte, const char *what)
{
    damage->count++;
    if (!damage->reader)
        return;
    damage->reader->diagnostics++;
    if (damage->count > REPORTED)
        return;
    char text[160];
    snprintf(text, sizeof text, "%s at byte %llu%s", what, (unsigned long long)byte,
             damage->count == 1 ? " (not UTF-8? convert it first)" : "");
    report(damage->reader,
           &(dgm_diagnostic){damage->reader->path, damage->line, byte, false, text});
}

void dgm_damage_end(const dgm_damage *damage)
{
    if (!damage->reader || damage->count <= REPORTED)
        return;
    char text[160];
    snprintf(text, sizeof text, "%llu more broken sequences in this document",
             (unsigned long long)(damage->count - REPORTED));
    report(damage->reader, &(dgm_diagnostic){damage->reader->path, damage->line, 0, false, text});
}

uint64_t dgm_reader_skipped(const dgm_reader *reader)
{
    return reader->skipped;
}

uint64_t dgm_reader_diagnostics(const dgm_reader *reader)
{
    return reader->diagnostics;
}
