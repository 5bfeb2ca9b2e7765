/* dragoman-train: makes the model of the language engine and measures it.
 *
 *   dragoman-train train --out MODEL [options] FILE.conllu...
 *   dragoman-train relemma --out MODEL [--nine-tenths FILE] MODEL FILE.conllu...
 *   dragoman-train evaluate [--tenth] [--feats] [--names FILE.iob2] MODEL FILE.conllu
 *   dragoman-train bench MODEL FILE.conllu
 */
#include "evaluate.h"
#include "learn.h"
#include "quantise.h"
#include "base/file.h"
#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "usage: dragoman-train train --out MODEL [options] FILE.conllu...\n"
    "         --seed N            of the random numbers (1)\n"
    "         --epochs N          (30)\n"
    "         --width N --hidden N --layers DILATIONS   of the network (96, 128, 1112)\n"
    "         --vectors FILE      pretrained vectors, as text; --vector-words N of them (60000)\n"
    "         --nine-tenths FILE  train on this file too, without every tenth document\n"
    "         --silver FILE       sentences that a teacher annotated; --gold-times N: how often "
    "an\n"
    "                             epoch sees the others (2)\n"
    "         --silver-names FILE names of sentences that have none, as IOB2\n"
    "         --nameless-silver   the teacher's sentences count as without names\n"
    "         --start FILE        go on from a network that --floats kept\n"
    "         --rate N            first learning rate in millionths (2000)\n"
    "         --watch FILE        score the float network on it now and then\n"
    "         --floats FILE       keep the float network there; when it exists, don't train again\n"
    "         --version TEXT      of the model\n"
    "       dragoman-train relemma --out MODEL [--nine-tenths FILE] MODEL FILE.conllu...\n"
    "         learn the lemmas of a model anew and keep its network\n"
    "       dragoman-train evaluate [--tenth] [--feats] [--names FILE.iob2] MODEL FILE.conllu\n"
    "       dragoman-train bench MODEL FILE.conllu\n";

enum { MOST_FILES = 16, USAGE_ERROR = 2, WORLD_ERROR = 3 };

typedef struct arguments {
    const char *verb, *out, *vectors, *nine_tenths, *watch, *floats, *version, *names, *layers,
        *silver, *silver_names, *start;
    long seed, epochs, width, hidden, vector_words, gold_times, label_hidden, rate;
    bool is_tenth, shows_feats, has_nameless_silver;
    const char *files[MOST_FILES];
    int file_count;
    dgm_arena *arena;
    dgm_error err;
} arguments;

static bool read_option(arguments *a, const char *name, const char *value)
{
    const struct {
        const char *name, **text;
        long *number;
    } options[] = {
        {"--out", &a->out, NULL},
        {"--vectors", &a->vectors, NULL},
        {"--watch", &a->watch, NULL},
        {"--nine-tenths", &a->nine_tenths, NULL},
        {"--floats", &a->floats, NULL},
        {"--silver", &a->silver, NULL},
        {"--start", &a->start, NULL},
        {"--rate", NULL, &a->rate},
        {"--silver-names", &a->silver_names, NULL},
        {"--version", &a->version, NULL},
        {"--names", &a->names, NULL},
        {"--layers", &a->layers, NULL},
        {"--seed", NULL, &a->seed},
        {"--epochs", NULL, &a->epochs},
        {"--width", NULL, &a->width},
        {"--hidden", NULL, &a->hidden},
        {"--label-hidden", NULL, &a->label_hidden},
        {"--gold-times", NULL, &a->gold_times},
        {"--vector-words", NULL, &a->vector_words},
    };
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (strcmp(name, options[i].name) != 0)
            continue;
        if (options[i].text)
            *options[i].text = value;
        else
            *options[i].number = strtol(value, NULL, 10);
        return true;
    }
    return false;
}

static bool read_arguments(arguments *a, int argc, char **argv)
{
    *a = (arguments){.layers = "1112",
                     .version = "unnamed",
                     .seed = 1,
                     .epochs = 30,
                     .width = 96,
                     .hidden = 128,
                     .label_hidden = 64,
                     .gold_times = 2,
                     .rate = 2000,
                     .vector_words = 60000,
                     .arena = a->arena};
    if (argc < 2)
        return false;
    a->verb = argv[1];
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--tenth") == 0) {
            a->is_tenth = true;
        } else if (strcmp(argv[i], "--nameless-silver") == 0) {
            a->has_nameless_silver = true;
        } else if (strcmp(argv[i], "--feats") == 0) {
            a->shows_feats = true;
        } else if (strncmp(argv[i], "--", 2) == 0) {
            if (i + 1 >= argc || !read_option(a, argv[i], argv[i + 1]))
                return false;
            i++;
        } else if (a->file_count < MOST_FILES) {
            a->files[a->file_count++] = argv[i];
        }
    }
    return true;
}

static net_shape shape_of(const arguments *a, const treebank *bank)
{
    net_shape s = {
        .width = (int)a->width, .hidden = (int)a->hidden, .label_hidden = (int)a->label_hidden};
    s.tags = (int)bank->tags.count;
    s.labels = (int)bank->labels.count;
    s.tag_cols = (s.tags + 31) & ~31;
    s.label_cols = (s.labels + 31) & ~31;
    for (; s.layers < MAX_LAYERS && a->layers[s.layers]; s.layers++)
        s.dilation[s.layers] = a->layers[s.layers] - '0';
    return s;
}

static bool is_sound_shape(const net_shape *s)
{
    bool is_sound = s->layers > 0 && s->width > 0 && s->width % 32 == 0 &&
                    s->width <= DGM_MODEL_WIDTH && s->hidden > 0 && s->hidden % 32 == 0 &&
                    s->hidden <= DGM_MODEL_HIDDEN && s->tag_cols <= DGM_MODEL_COLS;
    for (int l = 0; l < s->layers; l++)
        is_sound &= s->dilation[l] >= 1 && s->dilation[l] <= PAD;
    return is_sound;
}

/* The float network to or from a file. False where there is none of that size. */
static bool keep_floats(net *n, const char *path, const char *mode)
{
    FILE *file = path ? fopen(path, mode) : NULL;
    if (!file)
        return false;
    bool writes = mode[0] == 'w', is_whole;
    size_t done = writes ? fwrite(n->values, sizeof(float), n->parameter_count, file)
                         : fread(n->values, sizeof(float), n->parameter_count, file);
    is_whole = done == n->parameter_count;
    for (int t = 0; t < TABLE_COUNT && is_whole; t++) {
        net_table *table = &n->tables[t];
        size_t count = (size_t)table->rows * (size_t)n->shape.width;
        done = writes ? fwrite(table->value, sizeof(float), count, file)
                      : fread(table->value, sizeof(float), count, file);
        is_whole = done == count;
    }
    return fclose(file) == 0 && is_whole;
}

static dgm_status write_file(arguments *a, dgm_str bytes)
{
    FILE *file = fopen(a->out, "wb");
    if (!file)
        return dgm_fail_errno(&a->err, a->out, "can't write");
    bool is_whole = fwrite(bytes.ptr, 1, bytes.len, file) == bytes.len;
    if (fclose(file) != 0 || !is_whole)
        return dgm_fail_errno(&a->err, a->out, "can't write");
    return DGM_OK;
}

static dgm_status read_treebanks(arguments *a, treebank *bank, treebank *watched)
{
    treebank_init(bank, a->arena);
    for (int i = 0; i < a->file_count; i++)
        DGM_TRY(treebank_read(bank, a->files[i], TREEBANK_ALL, &a->err));
    if (a->nine_tenths)
        DGM_TRY(treebank_read(bank, a->nine_tenths, TREEBANK_NINE_TENTHS, &a->err));
    if (a->silver_names)
        DGM_TRY(treebank_read_names(bank, a->silver_names, &a->err));
    if (a->silver)
        DGM_TRY(treebank_read_silver(bank, a->silver, &a->err));
    for (uint32_t i = bank->starts[bank->gold_sentences]; a->has_nameless_silver && i < bank->count;
         i++)
        bank->words[i].name = DGM_NAME_O;
    if (!bank->sentences)
        return dgm_fail(&a->err, DGM_ERROR_FORMAT, NULL, 0, "no sentence to train on");
    treebank_init(watched, a->arena);
    for (uint32_t i = 0; i < bank->tags.count; i++)
        labels_add(&watched->tags, bank->tags.names[i]);
    for (uint32_t i = 0; i < bank->labels.count; i++)
        labels_add(&watched->labels, bank->labels.names[i]);
    return a->watch ? treebank_read(watched, a->watch, TREEBANK_ALL, &a->err) : DGM_OK;
}

static dgm_status train(arguments *a)
{
    treebank bank, watched;
    DGM_TRY(read_treebanks(a, &bank, &watched));
    vocabulary voc;
    vocabulary_build(&voc, a->arena, &bank);
    if (a->vectors)
        DGM_TRY(vocabulary_read_vectors(&voc, a->vectors, (uint32_t)a->vector_words, &a->err));
    net_shape shape = shape_of(a, &bank);
    if (!is_sound_shape(&shape))
        return dgm_fail(&a->err, DGM_ERROR_ARGUMENT, NULL, 0, "layer sizes out of range");
    random_state random;
    random_seed(&random, (uint64_t)a->seed);
    net n;
    net_init(&n, a->arena, &shape, &voc, &random);
    for (uint32_t i = 0; i < bank.count; i++)
        n.has_names |= bank.words[i].name > 0;
    fprintf(stderr, "%u sentences, %u words, %u known words, %u vectors\n", bank.sentences,
            bank.count, voc.rows, voc.vector_count);
    if (a->start && !keep_floats(&n, a->start, "rb"))
        return dgm_fail(&a->err, DGM_ERROR_FORMAT, a->start, 0, "not a network of this shape");
    if (a->start || !keep_floats(&n, a->floats, "rb")) {
        learn_options options = {.seed = (uint64_t)a->seed,
                                 .epochs = (int)a->epochs,
                                 .gold_times = a->silver ? (int)a->gold_times : 1,
                                 .rate = (float)((double)a->rate * 1e-6),
                                 .goes_on = a->start != NULL,
                                 .watched = a->watch ? &watched : NULL};
        learn(&n, a->arena, &bank, &options);
        keep_floats(&n, a->floats, "wb");
    }
    lemma_tables lemmas;
    lemmas_learn(&lemmas, a->arena, &bank);
    fprintf(stderr, "%u lemma keys, %u rules\n", lemmas.count, lemmas.rule_count);
    return write_file(a, quantise(a->arena, &n, &bank, &lemmas, a->version));
}

/* The treebanks with the model's own numbers for tags; others come behind these. */
static dgm_status read_with_tags(arguments *a, treebank *bank, const dgm_model *model)
{
    dgm_str rest = {model->tag_names, model->header->tag_name_bytes}, tag;
    treebank_init(bank, a->arena);
    while (dgm_str_cut(&rest, '\n', &tag))
        if (tag.len)
            labels_add(&bank->tags, dgm_arena_str(a->arena, tag.ptr, tag.len));
    for (int i = 1; i < a->file_count; i++)
        DGM_TRY(treebank_read(bank, a->files[i], TREEBANK_ALL, &a->err));
    if (a->nine_tenths)
        DGM_TRY(treebank_read(bank, a->nine_tenths, TREEBANK_NINE_TENTHS, &a->err));
    return DGM_OK;
}

static dgm_status relemma(arguments *a)
{
    dgm_file file;
    dgm_model *model;
    treebank bank;
    lemma_tables lemmas;
    DGM_TRY(dgm_file_open(&file, a->files[0], &a->err));
    dgm_status status = dgm_model_open(&model, a->files[0], file.bytes, &a->err);
    if (status == DGM_OK)
        status = read_with_tags(a, &bank, model);
    if (status == DGM_OK) {
        lemmas_learn(&lemmas, a->arena, &bank);
        fprintf(stderr, "%u lemma keys, %u rules\n", lemmas.count, lemmas.rule_count);
        status = write_file(a, replace_lemmas(a->arena, model, &lemmas));
    }
    dgm_model_close(model);
    dgm_file_close(&file);
    return status;
}

static dgm_status measure_model(arguments *a)
{
    dgm_file file;
    dgm_model *model;
    treebank gold;
    treebank_init(&gold, a->arena);
    DGM_TRY(
        treebank_read(&gold, a->files[1], a->is_tenth ? TREEBANK_TENTH : TREEBANK_ALL, &a->err));
    if (a->names)
        DGM_TRY(treebank_read_names(&gold, a->names, &a->err));
    DGM_TRY(dgm_file_open(&file, a->files[0], &a->err));
    dgm_status status = dgm_model_open(&model, a->files[0], file.bytes, &a->err);
    if (status == DGM_OK)
        status = strcmp(a->verb, "bench") == 0
                     ? bench_model(model, a->arena, &gold, &a->err)
                     : evaluate_model(model, a->arena, &gold, a->shows_feats, &a->err);
    dgm_model_close(model);
    dgm_file_close(&file);
    return status;
}

static dgm_status run(void *payload)
{
    arguments *a = payload;
    if (strcmp(a->verb, "train") == 0)
        return train(a);
    return strcmp(a->verb, "relemma") == 0 ? relemma(a) : measure_model(a);
}

static bool is_usable(const arguments *a)
{
    if (strcmp(a->verb, "train") == 0)
        return a->out && (a->file_count || a->nine_tenths);
    if (strcmp(a->verb, "relemma") == 0)
        return a->out && a->file_count && (a->file_count > 1 || a->nine_tenths);
    return (strcmp(a->verb, "evaluate") == 0 || strcmp(a->verb, "bench") == 0) &&
           a->file_count == 2;
}

int main(int argc, char **argv)
{
    arguments a = {0};
    if (!read_arguments(&a, argc, argv) || !is_usable(&a)) {
        fputs(usage, stderr);
        return USAGE_ERROR;
    }
    a.arena = dgm_arena_new();
    dgm_status status = a.arena ? dgm_arena_run(a.arena, run, &a) : DGM_ERROR_MEMORY;
    dgm_arena_free(a.arena);
    if (status == DGM_OK)
        return 0;
    fprintf(stderr, "dragoman-train: %s: %s\n", a.err.file, a.err.text);
    return WORLD_ERROR;
}
