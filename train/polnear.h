/* PolNeAR (Newell et al. 2018): reads texts with their annotated attributions, parsed and grounded
 * by the engine. In: DIR/SPLIT-text/NAME.txt and DIR/SPLIT-attributions/NAME_xxxx.ann (brat
 * standoff). Out: each document with its gold, one after the other. */
#ifndef DGM_TRAIN_POLNEAR_H
#define DGM_TRAIN_POLNEAR_H

#include "base/pack.h"
#include "code/scope.h"
#include "parse/parse.h"
#include <dragoman/document.h>

enum { POLNEAR_PARTS = 32 };
enum { POLNEAR_SOURCE, POLNEAR_CUE, POLNEAR_CONTENT, POLNEAR_ROLES };

typedef struct polnear_range {
    uint32_t begin, end; /* code points */
} polnear_range;

typedef struct polnear_item { /* a text-bound annotation: T1 Source 0 4;6 9 */
    int32_t number;
    int role; /* -1 for others */
    polnear_range parts[POLNEAR_PARTS];
    uint32_t count;
} polnear_item;

typedef struct polnear_event { /* numbers of its items by role; -1: none */
    int32_t items[POLNEAR_ROLES];
} polnear_event;

typedef struct polnear_gold {
    polnear_item *items;
    uint32_t count, capacity;
    polnear_event *events;
    uint32_t event_count, event_capacity;
} polnear_gold;

const polnear_item *polnear_item_of(const polnear_gold *gold, int32_t number);

/* The engine's parts and what is read at the moment. */
typedef struct polnear {
    dgm_arena *arena, *work; /* for good; for one document */
    dgm_pack pack;
    dgm_scopes *scopes;
    dgm_splitter *splitter;
    dgm_grounder *grounder;
    dgm_model *model;
    dgm_parser *parser;
    dgm_document *document;
    dgm_str annotation;
    dgm_error err;
    void (*take)(void *payload, const dgm_grounded *grounded, const polnear_gold *gold);
    void *payload;
} polnear;

/* Which annotations of a split are read: all, every tenth, or all but those. */
typedef enum polnear_share { POLNEAR_ALL, POLNEAR_TENTH, POLNEAR_NINE_TENTHS } polnear_share;

dgm_status polnear_open(polnear *it);
void polnear_close(polnear *it);

/* At most `most` documents, spread evenly (0: all of the share). */
dgm_status polnear_each(polnear *it, const char *dir, const char *split, polnear_share share,
                        uint32_t most);

polnear_range polnear_points(const polnear *it, dgm_span span);

#endif
