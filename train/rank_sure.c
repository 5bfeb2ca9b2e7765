/* How sure the records of `code` are: records that were read with their sentences, each judged by
 * type, sides and modality, and for each question what the signs of a record weigh.
 *
 * Logistic regression with a quadratic penalty, by Newton's step in one coordinate after the other
 * (Fan et al. 2008, LIBLINEAR): few samples, the same on every run. */
#include "base/buf.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/table.h"
#include "code/signs.h"
#include "rank.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { SWEEPS = 60, BINS = 10, LEAST_SEEN = 4, CURVE_STEP = 25 };
static const double penalty = 10, base_penalty = 0.01;

typedef struct reading { /* one record that somebody read */
    dgm_str document, id, modality;
    uint8_t right[DGM_QUESTIONS];
    uint32_t *signs; /* numbers; NULL: the record is no longer made */
    uint32_t sign_count;
    int fold;
} reading;

typedef struct readings {
    dgm_arena *arena;
    rank_reader *reader;
    reading *items;
    uint32_t count, capacity;
    dgm_map by_id, documents, sign_numbers;
    dgm_str *sign_names;
    uint32_t sign_count, sign_capacity;
} readings;

typedef struct sureness { /* weights of one question: signs, then the base */
    double *of[DGM_QUESTIONS];
} sureness;

/* --- reading the judgements ------------------------------------------------------------- */

static dgm_status take_row(readings *all, dgm_table *table, dgm_error *err)
{
    reading one = {0};
    int64_t bit;
    one.document = dgm_arena_str(all->arena, table->cells[0].ptr, table->cells[0].len);
    one.id = dgm_arena_str(all->arena, table->cells[1].ptr, table->cells[1].len);
    one.modality = dgm_arena_str(all->arena, table->cells[2].ptr, table->cells[2].len);
    for (unsigned q = 0; q < DGM_QUESTIONS; q++) {
        if (!dgm_str_int(table->cells[3 + q], &bit) || bit < 0 || bit > 1)
            return dgm_table_fail(table, err, "not 0 or 1", table->cells[3 + q]);
        one.right[q] = (uint8_t)bit;
    }
    one.fold = (int)(dgm_hash(one.document) % FOLDS);
    dgm_map_put(&all->by_id, one.id, all->count);
    dgm_map_put(&all->documents, one.document, 1);
    DGM_PUSH(all->arena, all->items, all->count, all->capacity, one);
    return DGM_OK;
}

static dgm_status read_judgements(readings *all, const char *path, dgm_error *err)
{
    dgm_file file;
    dgm_table table;
    DGM_TRY(dgm_file_open(&file, path, err));
    dgm_table_init(&table, path, file.bytes);
    dgm_status status = DGM_OK;
    while (status == DGM_OK && dgm_table_next(&table))
        status = take_row(all, &table, err);
    dgm_file_close(&file);
    return status;
}

/* --- the signs of the records that were read -------------------------------------------- */

static uint32_t number_of(readings *all, const char *sign)
{
    uint32_t number = dgm_map_get(&all->sign_numbers, dgm_str_of(sign));
    if (number != DGM_MAP_NONE)
        return number;
    const dgm_str name = dgm_arena_str(all->arena, sign, strlen(sign));
    dgm_map_put(&all->sign_numbers, name, number = all->sign_count);
    DGM_PUSH(all->arena, all->sign_names, all->sign_count, all->sign_capacity, name);
    return number;
}

static void keep_signs(void *payload, const dgm_record *record, const struct dgm_signs *signs)
{
    readings *all = payload;
    char id[20];
    const int len = snprintf(id, sizeof id, "%016llx", (unsigned long long)record->id);
    const uint32_t at = dgm_map_get(&all->by_id, (dgm_str){id, (size_t)len});
    if (at == DGM_MAP_NONE || all->items[at].signs)
        return;
    reading *one = &all->items[at];
    if (!dgm_str_is(one->modality, dgm_modality_name(record->modality)))
        return;
    one->signs = DGM_ARRAY(all->arena, uint32_t, signs->count + 1);
    for (uint32_t i = 0; i < signs->count; i++)
        one->signs[one->sign_count++] = number_of(all, signs->items[i].text);
}

typedef struct coding {
    dgm_coder_call call;
    readings *all;
} coding;

static dgm_status code_one(void *payload)
{
    coding *it = payload;
    dgm_coder *coder = it->call.coder;
    const dgm_trace trace = {.weighed = keep_signs, .payload = it->all};
    dgm_grounded *grounded = dgm_coder_ground(coder, it->call.document);
    (void)dgm_code_document(&coder->engine->book, coder->arena, grounded, &trace);
    return DGM_OK;
}

static dgm_status code_documents(readings *all, const char *path, dgm_error *err)
{
    const dgm_reader_options options = DGM_READER_OPTIONS_INIT;
    dgm_reader *reader;
    dgm_document *document;
    DGM_TRY(dgm_reader_open(&reader, path, &options, err));
    dgm_status status;
    while ((status = dgm_reader_next(&document, reader, err)) == DGM_OK && document) {
        coding it = {{all->reader->coder, document}, all};
        if (dgm_map_get(&all->documents, dgm_document_id(document)) != DGM_MAP_NONE)
            status = dgm_coder_run(&it.call, code_one, err);
        dgm_document_free(document);
        if (status != DGM_OK)
            break;
    }
    dgm_reader_close(reader);
    return status;
}

/* --- learning --------------------------------------------------------------------------- */

typedef struct column { /* the readings that have a sign */
    uint32_t *at, count, capacity;
} column;

typedef struct problem {
    const readings *all;
    column *columns; /* by sign */
    double *sum;     /* by reading */
    int without;     /* fold */
} problem;

static bool is_used(const problem *it, uint32_t i)
{
    const reading *one = &it->all->items[i];
    return one->signs && one->fold != it->without;
}

static double right_at(double sum)
{
    return 1 / (1 + exp(-sum));
}

/* One Newton step in one weight, cut to a logit. */
static void step(const problem *it, unsigned q, const uint32_t *at, uint32_t count, double lambda,
                 double *weight)
{
    enum { CUT = 1 };
    double slope = lambda * *weight, bend = lambda;
    for (uint32_t i = 0; i < count; i++) {
        const double p = right_at(it->sum[at[i]]);
        slope += p - it->all->items[at[i]].right[q];
        bend += p * (1 - p);
    }
    double move = -slope / bend;
    move = move > CUT ? CUT : move < -CUT ? -CUT : move;
    *weight += move;
    for (uint32_t i = 0; i < count; i++)
        it->sum[at[i]] += move;
}

static double *learn_question(const problem *it, unsigned q)
{
    const readings *all = it->all;
    double *learnt = DGM_ARRAY(all->arena, double, all->sign_count + 1);
    uint32_t *used = DGM_ARRAY(all->arena, uint32_t, all->count + 1), count = 0;
    for (uint32_t i = 0; i < all->count; i++)
        if (is_used(it, i))
            used[count++] = i;
    memset(it->sum, 0, all->count * sizeof *it->sum);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        step(it, q, used, count, base_penalty, &learnt[all->sign_count]);
        for (uint32_t s = 0; s < all->sign_count; s++)
            if (it->columns[s].count >= LEAST_SEEN)
                step(it, q, it->columns[s].at, it->columns[s].count, penalty, &learnt[s]);
    }
    return learnt;
}

static sureness learn_without(const readings *all, int fold)
{
    problem it = {.all = all, .without = fold};
    sureness out;
    it.columns = DGM_ARRAY(all->arena, column, all->sign_count + 1);
    it.sum = DGM_ARRAY(all->arena, double, all->count + 1);
    for (uint32_t i = 0; i < all->count; i++)
        for (uint32_t k = 0; is_used(&it, i) && k < all->items[i].sign_count; k++) {
            column *of = &it.columns[all->items[i].signs[k]];
            DGM_PUSH(all->arena, of->at, of->count, of->capacity, i);
        }
    for (unsigned q = 0; q < DGM_QUESTIONS; q++)
        out.of[q] = learn_question(&it, q);
    return out;
}

/* --- measuring -------------------------------------------------------------------------- */

typedef struct guess {
    double sure;
    const reading *of;
} guess;

static bool is_right(const reading *one)
{
    return one->right[0] && one->right[1] && one->right[2];
}

static double judge_one(const readings *all, const sureness *by, const reading *one)
{
    double sure = 1;
    for (unsigned q = 0; q < DGM_QUESTIONS; q++) {
        double sum = by->of[q][all->sign_count];
        for (uint32_t k = 0; k < one->sign_count; k++)
            sum += by->of[q][one->signs[k]];
        sure *= right_at(sum);
    }
    return sure;
}

static int by_sureness(const void *a, const void *b)
{
    const guess *x = a, *y = b;
    return x->sure > y->sure ? -1 : x->sure < y->sure ? 1 : x->of < y->of ? -1 : 1;
}

static uint32_t guess_folds(const readings *all, guess *out)
{
    uint32_t count = 0;
    for (int fold = 0; fold < FOLDS; fold++) {
        const sureness by = learn_without(all, fold);
        for (uint32_t i = 0; i < all->count; i++)
            if (all->items[i].signs && all->items[i].fold == fold)
                out[count++] = (guess){judge_one(all, &by, &all->items[i]), &all->items[i]};
    }
    return count;
}

static double calibration_error(const guess *items, uint32_t count)
{
    double off[BINS] = {0}, error = 0;
    for (uint32_t i = 0; i < count; i++) {
        const int bin = (int)(items[i].sure * BINS);
        off[bin < BINS ? bin : BINS - 1] += items[i].sure - is_right(items[i].of);
    }
    for (int b = 0; b < BINS; b++)
        error += fabs(off[b]);
    return count ? error / count : 0;
}

/* What is kept at a threshold: how much, and how much of it is right. */
static void print_kept(const guess *items, uint32_t count, double threshold)
{
    double kept = 0, type = 0, right = 0, all_right = 0;
    for (uint32_t i = 0; i < count; i++) {
        all_right += is_right(items[i].of);
        if (items[i].sure < threshold)
            continue;
        kept++;
        type += items[i].of->right[DGM_QUESTION_TYPE];
        right += is_right(items[i].of);
    }
    printf("  %.2f  kept %.3f  type right %.3f  all right %.3f  of all that is right %.3f\n",
           threshold, kept / count, type / kept, right / kept, right / all_right);
}

/* The chance that a right record is surer than a wrong one. */
static double area(guess *items, uint32_t count)
{
    double right = 0, pairs = 0;
    qsort(items, count, sizeof *items, by_sureness);
    for (uint32_t i = 0; i < count; i++) {
        if (is_right(items[i].of))
            right++;
        else
            pairs += right;
    }
    return right > 0 && right < count ? pairs / (right * (count - right)) : 0;
}

static void print_measures(const readings *all, guess *items)
{
    const uint32_t count = guess_folds(all, items);
    const double surer = area(items, count);
    printf("%u records read, %u still made; right before wrong %.3f, calibration error %.3f\n",
           all->count, count, surer, calibration_error(items, count));
    for (int percent = 0; percent <= 60 && count; percent += 5)
        print_kept(items, count, percent / 100.0);
}

/* --- the table -------------------------------------------------------------------------- */

static void write_table(dgm_buf *out, const readings *all, const sureness *by, const long least[2])
{
    dgm_buf_text(out,
                 "# How sure a record is, from its signs (docs/ranker.md). Made by dragoman-rank "
                 "sure.\n# base and sign: hundredths of a logit for type, sides, modality; "
                 "curve: sum, right of a thousand.\n");
    dgm_buf_printf(out, "least\t%ld\t%ld\n", least[0], least[1]);
    for (int sum = -DGM_SURE_SUM; sum <= DGM_SURE_SUM; sum += CURVE_STEP)
        dgm_buf_printf(out, "curve\t%d\t%.0f\n", sum, 1000 * right_at(sum / 100.0));
    for (uint32_t s = 0; s <= all->sign_count; s++) {
        const bool is_base = s == all->sign_count;
        long rounded[DGM_QUESTIONS], any = is_base;
        for (unsigned q = 0; q < DGM_QUESTIONS; q++)
            any |= rounded[q] = lround(100 * by->of[q][s]);
        if (any)
            dgm_buf_printf(out, "%s\t%.*s%s%ld\t%ld\t%ld\n", is_base ? "base" : "sign",
                           is_base ? 0 : (int)all->sign_names[s].len,
                           is_base ? "" : all->sign_names[s].ptr, is_base ? "" : "\t", rounded[0],
                           rounded[1], rounded[2]);
    }
}

dgm_status learn_sureness(rank_reader *reader, const sure_files *files)
{
    readings all = {.arena = reader->into->arena, .reader = reader};
    dgm_map_init(&all.by_id, all.arena);
    dgm_map_init(&all.documents, all.arena);
    dgm_map_init(&all.sign_numbers, all.arena);
    for (int i = 0; i < files->read_count; i++)
        DGM_TRY(read_judgements(&all, files->read[i], &reader->err));
    for (int i = 0; i < files->document_count; i++)
        DGM_TRY(code_documents(&all, files->documents[i], &reader->err));
    print_measures(&all, DGM_ARRAY(all.arena, guess, all.count + 1));
    if (!files->out)
        return DGM_OK;
    const sureness by = learn_without(&all, ALL_FOLDS);
    dgm_buf out = {0};
    write_table(&out, &all, &by, files->least);
    dgm_status status = write_bytes(files->out, (dgm_str){out.ptr, out.len}, &reader->err);
    dgm_buf_free(&out);
    return status;
}
