/* dragoman-rank: makes the ranker of `classify` and measures it.
 *
 *   dragoman-rank folds [options]      five-fold cross-validation: scores of the held-out parts
 *   dragoman-rank strict [options]     learns from four parts, tested once on the first
 *   dragoman-rank train --out FILE [options]
 *   dragoman-rank speed [options]      sentences a second, parsed before
 *   dragoman-rank sure --documents FILE --read FILE... [--out FILE]   how sure records of `code`
 * are
 */
#include "rank.h"

#include <stdio.h>
#include <stdlib.h>

static const char usage[] =
    "usage: dragoman-rank folds|dev|strict|rules|train|sure|speed [options]\n"
    "         --plv FILE      sentences with marked sides and types, JSON lines\n"
    "         --penta FILE    sentences with a class 0-4, TAB-separated\n"
    "         --gold FILE     type TAB sentence with [[source]] and {{target}}; may be repeated\n"
    "         --hints FILE    sentences that a teacher labelled\n"
    "         --out FILE      the ranker; --version TEXT of it\n"
    "         --documents FILE --read FILE   for sure: texts, judgements of their records; "
    "repeated\n"
    "         --hold-back N   records of less confidence, in hundredths, are held back;\n"
    "         --hold-back-undated N   those of documents without a date\n"
    "         --epochs N --rate X --decay X --drop X --least N --seed N --seeds N --rows N\n"
    "         --heat X        of the probabilities; by default fitted on folds 1 to 4\n"
    "         --weight ORIGIN=X (plv, penta, gold, rule, hint)   --scale GROUP=X\n"
    "         --fold N        only this one; --wrong prints what is wrong in it (never fold 0)\n"
    "         --rules         learn from the examples of the rules too\n";

enum { MOST_FILES = 32, USAGE_ERROR = 2, WORLD_ERROR = 3 };

typedef struct arguments {
    const char *verb, *plv, *penta, *hints, *out, *version;
    const char *gold[MOST_FILES];
    int gold_count;
    sure_files sure;
    long rows, only_fold;
    bool with_rules, wrong;
    float heat; /* 0: fitted on held-out folds */
    settings with;
} arguments;

static const char *const group_names[] = {
#define X(name) #name,
    DGM_EVIDENCE_LIST(X)
#undef X
};
static const char *const origin_names[ORIGINS] = {"plv", "penta", "gold", "rule", "hint"};

static bool set_named(const char *value, const char *const *names, int count, float *out)
{
    const char *equals = strchr(value, '=');
    for (int i = 0; equals && i < count; i++)
        if (strlen(names[i]) == (size_t)(equals - value) &&
            strncmp(names[i], value, (size_t)(equals - value)) == 0) {
            out[i] = strtof(equals + 1, NULL);
            return true;
        }
    return false;
}

static bool read_option(arguments *a, const char *name, const char *value)
{
    const struct {
        const char *name, **text;
        long *number;
        float *real;
    } options[] = {
        {"--plv", &a->plv, NULL, NULL},
        {"--penta", &a->penta, NULL, NULL},
        {"--hints", &a->hints, NULL, NULL},
        {"--out", &a->out, NULL, NULL},
        {"--version", &a->version, NULL, NULL},
        {"--rows", NULL, &a->rows, NULL},
        {"--fold", NULL, &a->only_fold, NULL},
        {"--epochs", NULL, &a->with.epochs, NULL},
        {"--least", NULL, &a->with.least, NULL},
        {"--seed", NULL, &a->with.seed, NULL},
        {"--seeds", NULL, &a->with.seeds, NULL},
        {"--rate", NULL, NULL, &a->with.rate},
        {"--decay", NULL, NULL, &a->with.decay},
        {"--drop", NULL, NULL, &a->with.drop},
        {"--heat", NULL, NULL, &a->heat},
        {"--hold-back", NULL, &a->sure.least[0], NULL},
        {"--hold-back-undated", NULL, &a->sure.least[1], NULL},
    };
    if (strcmp(name, "--gold") == 0 && a->gold_count < MOST_FILES) {
        a->gold[a->gold_count++] = value;
        return true;
    }
    if (strcmp(name, "--read") == 0 && a->sure.read_count < DGM_SURE_FILES) {
        a->sure.read[a->sure.read_count++] = value;
        return true;
    }
    if (strcmp(name, "--documents") == 0 && a->sure.document_count < DGM_SURE_FILES) {
        a->sure.documents[a->sure.document_count++] = value;
        return true;
    }
    if (strcmp(name, "--weight") == 0)
        return set_named(value, origin_names, ORIGINS, a->with.origin_weight);
    if (strcmp(name, "--scale") == 0)
        return set_named(value, group_names, DGM_EVIDENCE_GROUPS, a->with.scale);
    for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
        if (strcmp(name, options[i].name) != 0)
            continue;
        if (options[i].text)
            *options[i].text = value;
        else if (options[i].number)
            *options[i].number = strtol(value, NULL, 10);
        else
            *options[i].real = strtof(value, NULL);
        return true;
    }
    return false;
}

static bool read_arguments(arguments *a, int argc, char **argv)
{
    *a = (arguments){.rows = 40000, .only_fold = ALL_FOLDS, .version = "unnamed"};
    a->with = (settings){.epochs = 20,
                         .least = 2,
                         .seed = 1,
                         .seeds = 3,
                         .rate = 0.04f,
                         .decay = 1e-4f,
                         .drop = 0.6f};
    for (int g = 0; g < DGM_RANK_GROUPS; g++)
        a->with.scale[g] = 1;
    for (int o = 0; o < ORIGINS; o++)
        a->with.origin_weight[o] = 1;
    a->with.origin_weight[FROM_PLV] = 2;
    a->with.origin_weight[FROM_PENTA] = 0.5f;
    a->with.origin_weight[FROM_GOLD] = 0.3f;
    if (argc < 2)
        return false;
    a->verb = argv[1];
    for (int i = 2; i < argc; i++) {
        if (strcmp(argv[i], "--rules") == 0) {
            a->with_rules = true;
        } else if (strcmp(argv[i], "--wrong") == 0) {
            a->wrong = true;
        } else {
            if (i + 1 >= argc || !read_option(a, argv[i], argv[i + 1]))
                return false;
            i++;
        }
    }
    return true;
}

typedef struct work {
    const arguments *a;
    rank_reader reader;
    samples samples;
} work;

static dgm_status read_all(void *payload)
{
    work *it = payload;
    const arguments *a = it->a;
    rank_reader *reader = &it->reader;
    if (strcmp(a->verb, "sure") == 0) {
        sure_files files = a->sure;
        files.out = a->out;
        return learn_sureness(reader, &files);
    }
    if (a->plv)
        DGM_TRY(read_plv(reader, a->plv));
    if (a->penta)
        DGM_TRY(read_penta(reader, a->penta));
    for (int i = 0; i < a->gold_count; i++)
        DGM_TRY(read_gold(reader, a->gold[i]));
    if (a->with_rules)
        DGM_TRY(read_rules(reader));
    if (a->hints)
        DGM_TRY(read_hints(reader, a->hints));
    number_features(&it->samples);
    return DGM_OK;
}

static void judge_fold(const work *it, const weights *w, int fold, judged *out, uint32_t *count)
{
    for (uint32_t i = 0; i < it->samples.count; i++) {
        const sample *here = &it->samples.items[i];
        if (here->fold != fold || here->origin == FROM_HINT)
            continue;
        judged *j = &out[(*count)++];
        j->sample = here;
        class_parts(w, &it->a->with, here, j->part);
        j->root = best_root(j->part, &j->sure);
    }
}

static void print_wrong(const judged *items, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        const sample *of = items[i].sample;
        if (of->origin != FROM_PLV || of->fold == 0 || of->allowed >> items[i].root & 1)
            continue;
        int gold = 1;
        while (!(of->allowed >> gold & 1))
            gold++;
        printf("WRONG gold %s said %s %.2f rules %s | %.*s\n", dgm_type_name((dgm_type)gold),
               dgm_type_name(items[i].root), items[i].sure, dgm_type_name(of->by_rules),
               DGM_FMT(of->bytes));
    }
}

static void cool(judged *items, uint32_t count, double heat)
{
    for (uint32_t i = 0; i < count; i++) {
        double total = 0;
        for (int c = 0; c < DGM_RANK_CLASSES; c++)
            total += items[i].part[c] = __builtin_pow(items[i].part[c] + 1e-12, heat);
        for (int c = 0; c < DGM_RANK_CLASSES; c++)
            items[i].part[c] /= total;
        items[i].root = best_root(items[i].part, &items[i].sure);
    }
}

/* Sentences of folds first..last, each judged by weights that did not see its fold. */
static uint32_t judge_folds(const work *it, int first, int last, judged *all)
{
    uint32_t count = 0;
    for (int fold = first; fold <= last; fold++) {
        weights w = learn_weights(&it->samples, &it->a->with, fold);
        if (w.w)
            judge_fold(it, &w, fold, all, &count);
        weights_free(&w);
    }
    return count;
}

static void run_folds(const work *it, int first, int last)
{
    judged *all = calloc(it->samples.count + 1, sizeof *all);
    uint32_t count = all ? judge_folds(it, first, last, all) : 0;
    double heat = fit_heat(all, count);
    cool(all, count, heat);
    printf("heat %.2f\n", heat);
    print_scores(all, count);
    if (it->a->wrong)
        print_wrong(all, count);
    free(all);
}

/* The file's bytes from all samples but a fold's; heat from the folds 1 to 4, which are learnt
 * without each other (and, where fold 0 is held out, it counts for nothing). */
static dgm_str make_ranker(work *it, int without, judged *all)
{
    double heat = it->a->heat;
    if (heat <= 0)
        heat = fit_heat(all, judge_folds(it, 1, FOLDS - 1, all));
    weights w = learn_weights(&it->samples, &it->a->with, without);
    dgm_str bytes = pack_ranker(it->samples.arena, &it->samples, &it->a->with, &w, heat,
                                it->a->version, it->a->rows);
    weights_free(&w);
    return bytes;
}

static void judge_packed(const dgm_ranker *ranker, const sample *of, judged *out)
{
    dgm_evidence evidence = {of->items, of->count, of->count};
    dgm_ranking ranking = dgm_ranker_judge(ranker, &evidence);
    out->sample = of;
    for (int c = 0; c < DGM_RANK_CLASSES; c++)
        out->part[c] = ranking.part[c] / 65536.0;
    out->root = root_of(ranking.type);
    out->sure = ranking.sure / 10000.0;
}

/* Learns without fold 0, packs, judges fold 0 once with what ships. */
static dgm_status run_strict(work *it, judged *all)
{
    dgm_ranker ranker;
    dgm_str bytes = make_ranker(it, 0, all);
    DGM_TRY(dgm_ranker_open(&ranker, "strict", bytes, &it->reader.err));
    uint32_t count = 0;
    for (uint32_t i = 0; i < it->samples.count; i++)
        if (it->samples.items[i].fold == 0 && it->samples.items[i].origin != FROM_HINT)
            judge_packed(&ranker, &it->samples.items[i], &all[count++]);
    printf("%zu bytes\n", bytes.len);
    print_scores(all, count);
    return DGM_OK;
}

static dgm_status run_packed(void *payload)
{
    work *it = payload;
    judged *all = DGM_ARRAY(it->samples.arena, judged, (size_t)it->samples.count + 1);
    if (strcmp(it->a->verb, "strict") == 0)
        return run_strict(it, all);
    if (!it->a->out)
        return dgm_fail(&it->reader.err, DGM_ERROR_ARGUMENT, NULL, 0, "train needs --out FILE");
    return write_bytes(it->a->out, make_ranker(it, ALL_FOLDS, all), &it->reader.err);
}

/* The rules alone: nothing is learnt. */
static void run_rules(const work *it)
{
    judged *all = calloc(it->samples.count + 1, sizeof *all);
    uint32_t count = 0;
    for (uint32_t i = 0; all && i < it->samples.count; i++) {
        dgm_type said = root_of(it->samples.items[i].by_rules);
        all[count].sample = &it->samples.items[i];
        all[count].root = said ? said : DGM_TYPE_ACCUSE;
        all[count].part[all[count].root] = 1;
        count++;
    }
    print_scores(all, count);
    if (it->a->wrong)
        print_wrong(all, count);
    free(all);
}

static dgm_status run(work *it)
{
    const arguments *a = it->a;
    uint32_t by_origin[ORIGINS] = {0};
    for (uint32_t i = 0; i < it->samples.count; i++)
        by_origin[it->samples.items[i].origin]++;
    for (int o = 0; o < ORIGINS; o++)
        fprintf(stderr, "%s %u  ", origin_names[o], by_origin[o]);
    fprintf(stderr, "\n");
    if (it->reader.is_timed)
        printf("%u sentences, %.0f a second\n", it->reader.timed,
               it->reader.timed / (it->reader.seconds + 1e-9));
    if (it->reader.is_timed)
        return DGM_OK;
    if (strcmp(a->verb, "sure") == 0)
        return DGM_OK;
    if (strcmp(a->verb, "strict") == 0 || strcmp(a->verb, "train") == 0)
        return dgm_arena_run(it->samples.arena, run_packed, it);
    if (strcmp(a->verb, "rules") == 0)
        run_rules(it);
    else if (a->only_fold >= 0)
        run_folds(it, (int)a->only_fold, (int)a->only_fold);
    else
        run_folds(it, strcmp(a->verb, "dev") == 0 ? 1 : 0, FOLDS - 1);
    return DGM_OK;
}

int main(int argc, char **argv)
{
    arguments a;
    if (!read_arguments(&a, argc, argv)) {
        fputs(usage, stderr);
        return USAGE_ERROR;
    }
    work it = {.a = &a};
    it.samples.arena = dgm_arena_new();
    it.reader.into = &it.samples;
    it.reader.is_timed = strcmp(a.verb, "speed") == 0;
    dgm_status status = dgm_engine_open(&it.reader.engine, NULL, &it.reader.err);
    if (status == DGM_OK)
        status = dgm_coder_new(&it.reader.coder, it.reader.engine, &it.reader.err);
    if (status == DGM_OK)
        status = dgm_arena_run(it.samples.arena, read_all, &it);
    if (status == DGM_OK)
        status = run(&it);
    if (status != DGM_OK)
        fprintf(stderr, "dragoman-rank: %s %s\n", it.reader.err.file, it.reader.err.text);
    dgm_coder_free(it.reader.coder);
    dgm_engine_close(it.reader.engine);
    dgm_arena_free(it.samples.arena);
    return status == DGM_OK ? 0 : WORLD_ERROR;
}
