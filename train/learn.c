/* Learning: shuffles the sentences, varies some of them as headlines and careless writing do (all
 * capitals, no capitals, no full stop), and walks batch by batch forward and back. */
#include "learn.h"
#include <stdio.h>
#include <time.h>

typedef enum variant { AS_IS, ALL_UPPER, ALL_LOWER, TITLE_CASE } variant;

enum { FORM_BYTES = 128 };

static void begin_batch(net_batch *b)
{
    b->sentence_count = 0;
    b->rows = PAD;
}

static char cased(char c, variant how, bool is_first)
{
    bool upper = how == ALL_UPPER || (how == TITLE_CASE && is_first);
    if (upper && c >= 'a' && c <= 'z')
        return (char)(c - 32);
    if (how == ALL_LOWER && c >= 'A' && c <= 'Z')
        return (char)(c + 32);
    return c;
}

static void read_varied(dgm_word *out, dgm_str form, variant how)
{
    char bytes[FORM_BYTES];
    if (how == AS_IS || form.len > FORM_BYTES) {
        dgm_word_read(out, form);
        return;
    }
    for (size_t i = 0; i < form.len; i++)
        bytes[i] = cased(form.ptr[i], how, i == 0);
    dgm_word_read(out, (dgm_str){bytes, form.len});
}

static void add_sentence(net_batch *b, const word_entry *words, int count, variant how)
{
    net_sentence *sentence = &b->sentences[b->sentence_count++];
    *sentence = (net_sentence){.first = b->rows, .count = count, .words = words};
    for (int i = 0; i < count; i++)
        read_varied(&b->words[b->rows + i], words[i].form, how);
    b->rows += count + PAD;
}

static bool is_final_stop(const word_entry *words, int count)
{
    if (count < 3 || !dgm_str_is(words[count - 1].upos, "PUNCT"))
        return false;
    for (int i = 0; i < count; i++)
        if (words[i].head == count)
            return false;
    return true;
}

static void add_varied(net_batch *b, const word_entry *words, int count, random_state *random)
{
    float draw = random_unit(random);
    variant how = draw < 0.02f   ? ALL_UPPER
                  : draw < 0.04f ? ALL_LOWER
                  : draw < 0.06f ? TITLE_CASE
                                 : AS_IS;
    if (random_unit(random) < 0.06f && is_final_stop(words, count))
        count--;
    add_sentence(b, words, count, how);
}

static void learn_batch(net *n, net_batch *b, float rate, bool explores, random_state *random,
                        net_losses *losses)
{
    net_encode(n, b, random);
    net_tags(n, b);
    net_states(n, b);
    memset(b->dx, 0, (size_t)b->rows * (size_t)n->shape.width * sizeof *b->dx);
    net_tags_back(n, b, losses);
    for (int s = 0; s < b->sentence_count; s++)
        net_walk(n, b, &b->sentences[s], explores, random, losses);
    net_labels_back(n, b, losses);
    net_states_back(n, b);
    net_encode_back(n, b);
    net_step(n, rate, BATCH);
}

static void shuffle(uint32_t *order, uint32_t count, random_state *random)
{
    for (uint32_t i = count; i > 1; i--) {
        uint32_t j = random_below(random, i), kept = order[i - 1];
        order[i - 1] = order[j];
        order[j] = kept;
    }
}

static void report(const net *n, net_batch *b, const treebank *watched, int epoch,
                   const net_losses *losses)
{
    double words = (double)losses->words, moves = (double)losses->moves;
    fprintf(stderr,
            "epoch %d: %.0f s, loss tag %.3f move %.4f label %.3f name %.4f, wrong moves %.2f %%\n",
            epoch, (double)clock() / CLOCKS_PER_SEC, losses->tag / words, losses->move / moves,
            losses->label / words, losses->name / words, 100 * (double)losses->move_errors / moves);
    if (!watched)
        return;
    learn_scores scores = learn_evaluate(n, b, watched);
    fprintf(stderr, "  tags %.2f UAS %.2f LAS %.2f\n", scores.tag, scores.unlabelled,
            scores.labelled);
}

/* The sentences of an epoch: gold ones several times, those of a teacher once. */
static uint32_t *epoch_order(dgm_arena *arena, const treebank *bank, int gold_times,
                             uint32_t *count)
{
    uint32_t silver = bank->sentences - bank->gold_sentences, n = 0;
    uint32_t *order =
        DGM_ARRAY(arena, uint32_t, silver + bank->gold_sentences * (uint32_t)gold_times);
    for (int time = 0; time < gold_times; time++)
        for (uint32_t i = 0; i < bank->gold_sentences; i++)
            order[n++] = i;
    for (uint32_t i = bank->gold_sentences; i < bank->sentences; i++)
        order[n++] = i;
    *count = n;
    return order;
}

void learn(net *n, dgm_arena *arena, const treebank *bank, const learn_options *options)
{
    random_state random;
    random_seed(&random, options->seed + 1);
    net_batch batch;
    net_batch_init(&batch, arena, &n->shape);
    uint32_t total, *order = epoch_order(arena, bank, options->gold_times, &total);
    for (int epoch = 0; epoch < options->epochs; epoch++) {
        net_losses losses = {0};
        shuffle(order, total, &random);
        begin_batch(&batch);
        for (uint32_t i = 0; i < total; i++) {
            int count;
            const word_entry *words = treebank_sentence(bank, order[i], &count);
            if (count <= LONGEST)
                add_varied(&batch, words, count, &random);
            if (batch.sentence_count < BATCH)
                continue;
            float done = ((float)epoch + (float)i / (float)total) / (float)options->epochs;
            learn_batch(n, &batch, options->rate * (1 - done) + 2e-5f,
                        epoch > 0 || options->goes_on, &random, &losses);
            begin_batch(&batch);
        }
        bool is_watched = epoch % 4 == 3 || epoch == options->epochs - 1;
        report(n, &batch, is_watched ? options->watched : NULL, epoch, &losses);
    }
}

int learn_fill(net_batch *b, const treebank *bank, uint32_t first)
{
    begin_batch(b);
    int taken = 0;
    for (; taken < BATCH && first + (uint32_t)taken < bank->sentences; taken++) {
        int count;
        const word_entry *words = treebank_sentence(bank, first + (uint32_t)taken, &count);
        add_sentence(b, words, count < DGM_PIECE_TOKENS ? count : DGM_PIECE_TOKENS, AS_IS);
    }
    return taken;
}

static uint32_t best_of(const float *scores, int count)
{
    int best = 0;
    for (int k = 1; k < count; k++)
        best = scores[k] > scores[best] ? k : best;
    return (uint32_t)best;
}

static void score_sentence(const net *n, net_batch *b, const net_sentence *sentence,
                           learn_scores *sums)
{
    dgm_state state;
    net_parse(n, b, sentence, &state);
    net_labels(n, b, sentence, &state);
    for (int i = 0; i < sentence->count; i++) {
        size_t row = (size_t)(sentence->first + i);
        const word_entry *gold = &sentence->words[i];
        bool is_right = state.head[i + 1] == gold->head;
        uint32_t label = best_of(b->label + row * (size_t)n->shape.label_cols, n->shape.labels);
        sums->tag += best_of(b->tag + row * (size_t)n->shape.tag_cols, n->shape.tags) == gold->tag;
        sums->unlabelled += is_right;
        sums->labelled += is_right && (!gold->head || label == gold->label);
    }
}

learn_scores learn_evaluate(const net *n, net_batch *b, const treebank *bank)
{
    learn_scores sums = {0};
    for (uint32_t first = 0; first < bank->sentences;) {
        first += (uint32_t)learn_fill(b, bank, first);
        net_encode(n, b, NULL);
        net_tags(n, b);
        net_states(n, b);
        for (int s = 0; s < b->sentence_count; s++)
            score_sentence(n, b, &b->sentences[s], &sums);
    }
    double scale = 100.0 / bank->count;
    return (learn_scores){sums.tag * scale, sums.unlabelled * scale, sums.labelled * scale};
}
