/* Acts: what the rules see in a sentence, before it becomes records. */
#ifndef DGM_CODE_ACT_H
#define DGM_CODE_ACT_H

#include "code/clause.h"
#include "code/scope.h"

enum { DGM_ACT_RULES = 4 };

typedef struct dgm_act {
    int32_t token;       /* the trigger's head */
    int32_t first, last; /* the trigger's words */
    int32_t stop;        /* the outermost operator's token; `token` when there is none */
    dgm_type type;
    dgm_type inner; /* what it was before an operator took it; NONE: no operator did */
    dgm_mode mode;
    dgm_modality modality;          /* set by composition; NONE: by scope */
    const dgm_rule *rule;           /* the entry that matched */
    const char *ids[DGM_ACT_RULES]; /* the entry and the operators around it */
    uint32_t id_count;
    int32_t operators[DGM_ACT_RULES]; /* beside ids: the operator's token, -1 for the entry */
    dgm_actors actors, recipients, about;
    int32_t actor_at, recipient_at; /* tokens that filled the places, or -1 */
    bool is_two_sided, is_absorbed;
    bool is_answer;    /* "refused to open its border": it needs no other side */
    bool is_agentless; /* "were deported": nobody is named who did it */
    bool is_recalled;  /* the recipient was told by an earlier record */
} dgm_act;

typedef struct dgm_acts {
    dgm_act *items;
    uint32_t count, capacity;
} dgm_acts;

/* Called for each entry tried on a word: `reason` is NULL when it matched. */
typedef void (*dgm_rule_tried)(void *payload, int32_t token, const char *id, const char *reason);

/* Called for each record that could be made, kept or not, with its signs (signs.h). */
struct dgm_signs;
typedef void (*dgm_record_weighed)(void *payload, const dgm_record *record,
                                   const struct dgm_signs *signs);

typedef struct dgm_trace {
    dgm_rule_tried tried;       /* may be NULL */
    dgm_record_weighed weighed; /* may be NULL */
    void *payload;
} dgm_trace;

/* Every act of the sentence: entries matched, operators composed, places filled. */
dgm_acts dgm_acts_find(const dgm_rules *rules, const dgm_clause *clause, const dgm_trace *trace);

/* True when the trigger's words and constraints stand at `token`; widens *first and *last to the
 * words it took and marks nouns that a light verb consumed in `taken` (may be NULL). */
bool dgm_trigger_matches(const dgm_trigger *trigger, const dgm_clause *clause, int32_t token,
                         int32_t *first, int32_t *last, bool *taken);

/* The ids of the rules that made it, joined by '+'. */
const char *dgm_act_ids(dgm_arena *arena, const dgm_act *act);

/* Apply the operators of the sentence to its acts (compose.c). */
void dgm_acts_compose(const dgm_rules *rules, const dgm_clause *clause, dgm_acts *acts,
                      const dgm_trace *trace);

/* PLOVER's reductions of what is only to come (reduce.c): "will send aid" is AGREE, "will not send
 * aid" REJECT. `act->modality` is settled already. True when the act became another. */
bool dgm_act_reduce(const dgm_rules *rules, const dgm_clause *clause, const dgm_scope *scope,
                    dgm_act *act);

#endif
