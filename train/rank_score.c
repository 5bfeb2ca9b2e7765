/* Scores of held-out sentences: F1 by class of 15, by quad class, binary; how right sureness is. */
#include "rank.h"

#include <math.h>
#include <stdio.h>

enum { BINS = 10 };

dgm_type root_of(dgm_type type)
{
    return type == DGM_TYPE_RETREAT ? DGM_TYPE_CONCEDE : type;
}

/* The classes of PLV and of CAMEO-penta: yielding is material; protest is what the ontology says.
 */
int penta_of_root(dgm_type root)
{
    if (root == DGM_TYPE_CONCEDE)
        return 2;
    return root ? (int)dgm_type_quad(root) : 0;
}

dgm_type best_root(const double part[DGM_RANK_CLASSES], double *sure)
{
    dgm_type best = DGM_TYPE_NONE;
    *sure = -1;
    for (int c = 1; c < DGM_RANK_CLASSES; c++) {
        double here = part[c];
        if (c == DGM_TYPE_RETREAT)
            continue;
        if (c == DGM_TYPE_CONCEDE)
            here += part[DGM_TYPE_RETREAT];
        if (here > *sure) {
            *sure = here;
            best = (dgm_type)c;
        }
    }
    *sure /= 1 - part[0] + 1e-12;
    return best;
}

static dgm_type gold_root(const sample *of)
{
    for (int c = 1; c < DGM_RANK_CLASSES; c++)
        if (of->allowed >> c & 1)
            return root_of((dgm_type)c);
    return DGM_TYPE_NONE;
}

typedef struct counts {
    double right[DGM_RANK_CLASSES], said[DGM_RANK_CLASSES], wanted[DGM_RANK_CLASSES];
} counts;

static void count_one(counts *c, int gold, int said)
{
    c->right[gold] += gold == said;
    c->said[said]++;
    c->wanted[gold]++;
}

static double f1(const counts *c, int k)
{
    double sum = c->said[k] + c->wanted[k];
    return sum > 0 ? 2 * c->right[k] / sum : 0;
}

static double macro(const counts *c)
{
    double sum = 0, classes = 0;
    for (int k = 0; k < DGM_RANK_CLASSES; k++)
        if (c->wanted[k] > 0) {
            sum += f1(c, k);
            classes++;
        }
    return classes > 0 ? sum / classes : 0;
}

static int side_of(int penta)
{
    return penta <= 2 ? 1 : 2;
}

static double calibration_error(const judged *items, uint32_t count)
{
    double sure[BINS] = {0}, right[BINS] = {0}, n[BINS] = {0}, total = 0, error = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].sample->origin != FROM_PLV)
            continue;
        int bin = (int)(items[i].sure * BINS);
        bin = bin < BINS ? bin : BINS - 1;
        sure[bin] += items[i].sure;
        right[bin] += items[i].root == gold_root(items[i].sample);
        n[bin]++;
        total++;
    }
    for (int b = 0; b < BINS; b++)
        error += fabs(sure[b] - right[b]);
    return total > 0 ? error / total : 0;
}

/* Class of a sentence without marks: the class whose types weigh most together. */
static int best_penta(const double part[DGM_RANK_CLASSES])
{
    double sum[5] = {0};
    int best = 1;
    for (int c = 1; c < DGM_RANK_CLASSES; c++)
        sum[penta_of_root(root_of((dgm_type)c))] += part[c];
    for (int q = 2; q < 5; q++)
        if (sum[q] > sum[best])
            best = q;
    return best;
}

void print_scores(const judged *items, uint32_t count)
{
    counts root = {0}, quad = {0}, binary = {0}, rules = {0}, rules_quad = {0}, penta = {0};
    double n = 0, right = 0;
    for (uint32_t i = 0; i < count; i++) {
        const judged *j = &items[i];
        if (j->sample->origin == FROM_PENTA && j->sample->penta > 0)
            count_one(&penta, j->sample->penta, best_penta(j->part));
        if (j->sample->origin != FROM_PLV)
            continue;
        dgm_type gold = gold_root(j->sample), by_rules = root_of(j->sample->by_rules);
        if (!by_rules)
            by_rules = DGM_TYPE_ACCUSE;
        count_one(&root, (int)gold, (int)j->root);
        count_one(&quad, penta_of_root(gold), penta_of_root(j->root));
        count_one(&binary, side_of(penta_of_root(gold)), side_of(penta_of_root(j->root)));
        count_one(&rules, (int)gold, (int)by_rules);
        count_one(&rules_quad, penta_of_root(gold), penta_of_root(by_rules));
        n++;
        right += gold == j->root;
    }
    printf("%.0f sentences: root %.3f quad %.3f binary %.3f accuracy %.3f ece %.3f | rules root "
           "%.3f quad %.3f | penta %.3f\n",
           n, macro(&root), macro(&quad), macro(&binary), right / (n > 0 ? n : 1),
           calibration_error(items, count), macro(&rules), macro(&rules_quad), macro(&penta));
    for (int c = 1; c < DGM_RANK_CLASSES; c++)
        if (root.wanted[c] > 0)
            printf("  %-10s %4.0f  %.3f  rules %.3f\n",
                   c == DGM_TYPE_CONCEDE ? "YIELD" : dgm_type_name((dgm_type)c), root.wanted[c],
                   f1(&root, c), f1(&rules, c));
}

static double loss_at(const judged *items, uint32_t count, double heat)
{
    double loss = 0;
    for (uint32_t i = 0; i < count; i++) {
        if (items[i].sample->origin != FROM_PLV)
            continue;
        double total = 0, open = 0;
        for (int c = 1; c < DGM_RANK_CLASSES; c++) {
            double p = pow(items[i].part[c] + 1e-12, heat);
            total += p;
            open += items[i].sample->allowed >> c & 1 ? p : 0;
        }
        loss -= log(open / total);
    }
    return loss;
}

double fit_heat(const judged *items, uint32_t count)
{
    double best = 1, least = INFINITY;
    for (int step = 10; step <= 300; step += 2) {
        double loss = loss_at(items, count, step / 100.0);
        if (loss < least) {
            least = loss;
            best = step / 100.0;
        }
    }
    return best;
}
