/* Clause: from a trigger to the words that fill its places, through the constructions of English:
 * passives, control, relative clauses, participles, coordination, light verbs. */
#ifndef DGM_CODE_CLAUSE_H
#define DGM_CODE_CLAUSE_H

#include "code/rules.h"
#include "ground/ground.h"

/* A parsed sentence with what the matcher looks up again and again. */
typedef struct dgm_clause {
    dgm_arena *arena;
    const dgm_grounded_sentence *sentence;
    const dgm_tree *tree;
    dgm_str *lemmas;      /* lower case, by token */
    dgm_str *cases;       /* preposition or marker of each token; empty where it has none */
    dgm_sym *words;       /* lemmas by number */
    dgm_sym *case_words;  /* cases by number */
    dgm_sym *forms;       /* verbs as they stand, in lower case, by number; 0 for other words */
    bool is_of_pair;      /* the title names two states, and the sentence no third */
    bool is_of_joined;    /* and the title joins the two: "Chad–Libya relations" */
    const uint64_t *seen; /* bit set of all numbers in words and forms */
    const dgm_words *object_control; /* classes of data/rules/grammar.tsv */
    const dgm_words *far_words;      /* prepositions that may hang too deep */
    const dgm_words *place_words, *light_verbs, *linking_verbs, *carrying_words, *group_nouns;
    const dgm_words *part_nouns;    /* "most of the enclave" */
    const dgm_words *sending_words; /* participles whose agent owns people: "troops sent by" */
    const dgm_words *document_words, *adopting_verbs; /* "adopted a resolution which bans" */
    const dgm_words *addressing_words, *addressing_prepositions, *opposing_words, *blaming_words;
} dgm_clause;

/* The lemmas of a sentence as the parser has them, by token. */
typedef struct dgm_lemmas {
    dgm_str *texts; /* lower case; a gerund that is tagged as a noun keeps its form */
    dgm_sym *words; /* the same by number */
} dgm_lemmas;

dgm_lemmas dgm_lemmas_of(dgm_arena *arena, const dgm_rules *rules, const dgm_tree *tree);

/* Lemmas that no rule knows are mended where another cut of the form is one that a rule does. */
void dgm_clause_init(dgm_clause *clause, dgm_arena *arena, const dgm_rules *rules,
                     const dgm_grounded_sentence *sentence, dgm_lemmas lemmas);

/* A noun that was tagged as a verb: it stands as an object or with an adjective. */
bool dgm_clause_looks_nominal(const dgm_tree *tree, int32_t token);

/* Does a word of the set stand in the sentence? */
bool dgm_clause_has_any(const dgm_clause *clause, const dgm_words *words);

bool dgm_clause_is_verb(const dgm_clause *clause, int32_t token);
bool dgm_clause_is_nominal(const dgm_clause *clause, int32_t token);

/* Who does it; -1 when the sentence does not say. For a noun: possessor or the subject of the
 * verb that carries it. */
int32_t dgm_clause_subject(const dgm_clause *clause, int32_t verb);
/* What it is done to: object of the active, subject of the passive. */
int32_t dgm_clause_object(const dgm_clause *clause, int32_t verb);
/* The noun that a relative pronoun stands for; the token itself otherwise. */
int32_t dgm_clause_antecedent(const dgm_clause *clause, int32_t token);

/* "Iranian seizure", "US-Soviet talks": the names in front of a noun. */
dgm_actors dgm_clause_in_front(const dgm_clause *clause, int32_t noun);

/* True when one of them at least has a code. */
bool dgm_actors_placed(dgm_actors actors);

enum { DGM_CLAUSE_FOUND = 16 };

/* Tokens at the end of one step from `token`: at most DGM_CLAUSE_FOUND; gives their number. */
uint32_t dgm_clause_step(const dgm_clause *clause, int32_t token, const dgm_step *step,
                         int32_t found[DGM_CLAUSE_FOUND]);

/* The actors at the first path that gives one with a code, else any; conjuncts included, in order.
 * `*at` (may be NULL) is the token that gave them, or -1. */
dgm_actors dgm_clause_actors(const dgm_clause *clause, int32_t token, const dgm_paths *paths,
                             int32_t *at);

#endif
