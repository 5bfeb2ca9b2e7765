/* Ground, inside: the lexicons, the scene of one sentence, what the document said before.
 *
 * A scene is resolved token by token: dgm_scene_mention() gives what the phrase headed by a token
 * refers to, asking for the phrases inside it first. phrase.c says which words belong to a phrase,
 * names.c which names count, place.c whose it is; refer.c puts them together; chain.c leans on the
 * discourse, home.c on title and dateline. */
#ifndef DGM_GROUND_PRIV_H
#define DGM_GROUND_PRIV_H

#include "base/map.h"
#include "ground/ground.h"
#include "ground/times.h"

/* ---- lexicon.c ---- */

enum {
    DGM_ROLE_WORDS = 6,
    DGM_ROLE_REALMS = 12,
    DGM_PHRASE_CORE = 40,
    DGM_PHRASE_ARMS = 6,
    DGM_PLACED = 6
};

/* A role noun of data/lexicon/roles.tsv. */
typedef struct dgm_role {
    dgm_str words[DGM_ROLE_WORDS];
    uint32_t word_count, next; /* next role that begins with the same word; 0 ends */
    dgm_mention_kind kind;
    uint8_t sectors[DGM_ACTOR_SECTORS];
    bool is_generic, is_kin, is_pair;
    const char *realms[DGM_ROLE_REALMS]; /* states whose office it is: "tsar" of RUS */
    uint32_t realm_count;
    bool is_other; /* of two the other one: "its neighbour" */
} dgm_role;

typedef struct dgm_role_match {
    int32_t first, last;
    const dgm_role *role;
} dgm_role_match;

/* Kinds of data/lexicon/placing.tsv, as bits. */
enum {
    DGM_PLACING_QUANTITY = 1 << 0,
    DGM_PLACING_PART = 1 << 1,
    DGM_PLACING_ABROAD = 1 << 2,
    DGM_PLACING_OWNER = 1 << 3,
    DGM_PLACING_INSIDE = 1 << 4,
    DGM_PLACING_LED = 1 << 5,
    DGM_PLACING_FOREIGN = 1 << 6,
    DGM_PLACING_AGAINST = 1 << 7,
    DGM_PLACING_BEHALF = 1 << 8,
    DGM_PLACING_SPEAKER = 1 << 9,
    DGM_PLACING_NEVER = 1 << 10,
    DGM_PLACING_CAPITAL = 1 << 11,
    DGM_PLACING_HOME = 1 << 12,
    DGM_PLACING_MAKER = 1 << 13,
    DGM_PLACING_LOYAL = 1 << 14,
    DGM_PLACING_SITE = 1 << 15,
    DGM_PLACING_TITLE = 1 << 16, /* from gazetteer/titles.tsv */
    DGM_PLACING_CHIEF = 1 << 17,
    DGM_PLACING_BLAME = 1 << 18,
    DGM_PLACING_COMPANY = 1 << 19,
    DGM_PLACING_ENCOUNTER = 1 << 20,
    DGM_PLACING_CHARGE = 1 << 21,
    DGM_PLACING_LEAVING = 1 << 22
};

typedef enum dgm_seeks {
    DGM_SEEKS_NONE = 0,
    DGM_SEEKS_PAIR,
    DGM_SEEKS_STATES,
    DGM_SEEKS_LISTED,
    DGM_SEEKS_STATE,
    DGM_SEEKS_GOVERNMENT,
    DGM_SEEKS_GROUP,
    DGM_SEEKS_GROUPS,
    DGM_SEEKS_LATTER,
    DGM_SEEKS_FORMER,
    DGM_SEEKS_PERSON,
    DGM_SEEKS_THING,
    DGM_SEEKS_PLURAL,
    DGM_SEEKS_REFLEXIVE,
    DGM_SEEKS_RECIPROCAL,
    DGM_SEEKS_RELATIVE,
    DGM_SEEKS_BOTH,
    DGM_SEEKS_SIDES,
    DGM_SEEKS_COUNT
} dgm_seeks;

/* A row of data/lexicon/chains.tsv. */
typedef struct dgm_chain {
    dgm_seeks seeks;
    uint32_t number, distance;
} dgm_chain;

typedef struct dgm_lexicon {
    dgm_role *roles; /* from 1 */
    uint32_t role_count, role_capacity;
    dgm_map role_by_word; /* first word -> newest role */
    dgm_chain *chains;
    uint32_t chain_count, chain_capacity;
    dgm_map chain_by_words;
    dgm_map placing; /* lemma -> bits */
} dgm_lexicon;

struct dgm_grounder {
    dgm_gazetteer *gazetteer;
    dgm_calendar *calendar;
    dgm_lexicon lexicon;
};

dgm_status dgm_lexicon_load(dgm_lexicon *lexicon, dgm_arena *arena, const dgm_pack *pack,
                            dgm_error *err);
/* The DGM_PLACING_ bits of a word. */
uint32_t dgm_lexicon_placing(const dgm_lexicon *lexicon, dgm_str word);
/* NULL when the words are no chain phrase. */
const dgm_chain *dgm_lexicon_chain(const dgm_lexicon *lexicon, dgm_str words);

/* ---- discourse ---- */

/* A noun phrase of the document, in the order of the words. */
typedef struct dgm_seen {
    uint32_t sentence;
    int32_t token, clause;      /* clause: the predicate that governs it */
    const dgm_mention *mention; /* NULL: no actor, but what a pronoun may mean */
    dgm_str role;               /* lemma of its role noun; empty when it has none */
    bool is_plural, is_subject, is_proper;
    bool is_list;  /* "Iran and Syria": stands for the whole coordination */
    bool is_group; /* an organisation or armed group by name */
} dgm_seen;

typedef struct dgm_known {
    const dgm_actor *actors;
    uint32_t count;
    dgm_mention_kind kind;
} dgm_known;

typedef struct dgm_tally {
    const char *code;
    uint32_t count;
} dgm_tally;

enum { DGM_TALLY_CODES = 64 };

typedef struct dgm_discourse {
    const dgm_grounder *grounder;
    dgm_arena *arena;
    dgm_grounded *out;
    int32_t year;        /* that names are understood in; 0: unknown */
    bool is_home_sure;   /* of the dateline, or of nearly every name */
    const char *home;    /* state that bare role nouns belong to; NULL: none */
    const char *pair[2]; /* the title's two states; NULL: not two */
    dgm_seen *seen;
    uint32_t seen_count, seen_capacity;
    dgm_map known_by_name; /* last names of persons and organisations without entry */
    dgm_known *known;
    uint32_t known_count, known_capacity;
    dgm_tally tally[DGM_TALLY_CODES]; /* how often a state was named */
    uint32_t tally_count;
} dgm_discourse;

/* ---- the scene of one sentence ---- */

enum { DGM_SCENE_TIME = 3 };

typedef struct dgm_scene {
    dgm_discourse *discourse;
    const dgm_grounder *grounder;
    dgm_arena *arena;
    dgm_tree *tree;
    uint32_t index;
    dgm_name_match *names;
    uint32_t name_count;
    int32_t *name_at; /* first name that covers a token; -1 for none */
    dgm_role_match *roles;
    uint32_t role_count;
    int32_t *role_at;
    dgm_str *lower, *lemma; /* lower-cased */
    dgm_mention **mentions;
    uint8_t *kinds;  /* dgm_entity_kind of the entity that a head names itself */
    uint8_t *states; /* 0 not asked, 1 being resolved, 2 resolved, DGM_SCENE_TIME: a time's word */
    int depth;
} dgm_scene;

dgm_scene *dgm_scene_new(dgm_discourse *discourse, dgm_tree *tree, uint32_t index);

/* Longest role phrases of the sentence (lexicon.c). */
void dgm_scene_find_roles(dgm_scene *scene);

/* What the phrase headed by `token` refers to, or NULL (refer.c). */
dgm_mention *dgm_scene_mention(dgm_scene *scene, int32_t token);

/* What a name or placed role before a noun refers to ("US" in "US troops"), or NULL; asked when all
 * heads are resolved. */
dgm_mention *dgm_scene_modifier(dgm_scene *scene, int32_t token);

/* True when the token may head a noun phrase (phrase.c). */
bool dgm_scene_is_nominal(const dgm_scene *scene, int32_t token);

/* ---- phrase.c ---- */

/* The words of a noun phrase that say whose it is. */
typedef struct dgm_phrase {
    int32_t head;
    int32_t core[DGM_PHRASE_CORE]; /* head and what stands close, in order of the words */
    uint32_t core_count;
    int32_t possessor;               /* "Iran" in "Iran's"; -1 */
    int32_t owners[DGM_PHRASE_ARMS]; /* heads of "of" and "from" phrases */
    uint32_t owner_count;
    int32_t insides[DGM_PHRASE_ARMS]; /* heads of "in" phrases */
    uint32_t inside_count;
    int32_t maker;      /* head of a "by" or "from" phrase; -1 */
    int32_t apposition; /* -1 */
    dgm_span span;
} dgm_phrase;

void dgm_phrase_read(dgm_phrase *phrase, const dgm_scene *scene, int32_t head);

/* True when name `i` belongs to no one here: "anti-Iranian", "Iran-backed". */
bool dgm_phrase_is_shadowed(const dgm_scene *scene, uint32_t i);

bool dgm_phrase_is_definite(const dgm_scene *scene, const dgm_phrase *phrase); /* "the" */
bool dgm_scene_is_pronoun(const dgm_scene *scene, int32_t token);
/* The role noun that a token is part of, or NULL. */
const dgm_role *dgm_role_of(const dgm_scene *scene, int32_t token);

/* ---- names.c ---- */

/* The entity that a name means in this document. */
const dgm_entity *dgm_name_read(const dgm_scene *scene, const dgm_name_match *name);
int32_t dgm_name_end(const dgm_name_match *name); /* its last token */
dgm_span dgm_name_span(const dgm_scene *scene, const dgm_name_match *name);
/* False for discards, shadowed names and those that are part of another's name. */
bool dgm_name_is_usable(const dgm_scene *scene, uint32_t i);
/* True for a word of a name that no table has. */
bool dgm_name_is_plain(const dgm_scene *scene, int32_t token);
dgm_actor dgm_name_actor(const dgm_entity *entity, dgm_span span);
/* Indices of the usable names in the phrase's core, in order. */
uint32_t dgm_name_core(const dgm_scene *scene, const dgm_phrase *phrase, uint32_t *out,
                       uint32_t capacity);
/* The name that a dash glues on before name `i`; -1 for none. */
int32_t dgm_name_before_dash(const dgm_scene *scene, uint32_t i);
/* The name that the phrase itself bears; -1 for none. */
int32_t dgm_name_own(const dgm_scene *scene, const dgm_phrase *phrase);
/* NULL when the name is no place. */
const dgm_place *dgm_name_place(dgm_scene *scene, const dgm_name_match *name,
                                const dgm_entity *entity);
dgm_mention_kind dgm_name_mention_kind(const dgm_name_match *name, const dgm_entity *entity);

/* ---- place.c ---- */

/* Whose a phrase is. */
typedef struct dgm_placed {
    dgm_actor items[DGM_PLACED];
    uint32_t count;
    dgm_mention_basis basis;
} dgm_placed;

/* The actors of the phrase headed by `token` and its conjuncts; a state lends its code without
 * sectors unless with_sectors. */
void dgm_place_borrow(dgm_scene *scene, dgm_placed *out, int32_t token, bool with_sectors);
/* By possessor, names before the head, "his". */
void dgm_place_close(dgm_scene *scene, const dgm_phrase *phrase, bool is_kin, dgm_placed *out);
/* Whose office the role's word is: the one state, or the one of several that was told most. */
void dgm_place_in_realm(const dgm_scene *scene, const dgm_role *role, dgm_placed *out);
/* By "of", "from" and "in" phrases. */
void dgm_place_far(dgm_scene *scene, const dgm_phrase *phrase, dgm_placed *out);
void dgm_place_by_conjunct(dgm_scene *scene, const dgm_phrase *phrase, dgm_placed *out);
void dgm_place_by_pair(dgm_scene *scene, const dgm_phrase *phrase, dgm_placed *out);
void dgm_place_by_apposition(dgm_scene *scene, const dgm_phrase *phrase, dgm_placed *out);
void dgm_place_at_home(dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role,
                       dgm_placed *out);
/* Sectors of the roles in the phrase (role NULL: none), spans, no actor twice. */
void dgm_place_dress(const dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role,
                     dgm_placed *out);

/* ---- chain.c ---- */

/* Actors of a pronoun or definite phrase into *mention; false when it refers to no one told. Sets
 * *is_chain when the phrase is one of the table, resolved or not. */
bool dgm_chain_resolve(dgm_scene *scene, const dgm_phrase *phrase, dgm_mention *mention,
                       bool *is_chain);

/* The region before the head of a phrase that names nothing else: "the west African country"; NULL
 * for none. */
const char *dgm_chain_region(const dgm_scene *scene, const dgm_phrase *phrase);

/* The predicate that governs the phrase which holds `token`. */
int32_t dgm_clause_of(const dgm_tree *tree, int32_t token);

/* Earlier mention of a definite role: "the minister". */
bool dgm_chain_role(dgm_scene *scene, const dgm_phrase *phrase, dgm_str lemma,
                    dgm_mention *mention);

/* Tell the discourse of the phrase headed by `token`, its mention being resolved. */
void dgm_chain_tell(dgm_scene *scene, int32_t token);

/* Persons and organisations that the gazetteer does not know, by last name. */
void dgm_chain_know(dgm_discourse *discourse, dgm_str name, const dgm_mention *mention);
const dgm_known *dgm_chain_known(const dgm_discourse *discourse, dgm_str name);

/* ---- home.c ---- */

/* Title actors, title pair, home, year and document time, before the first sentence. The trees of
 * all sentences stand. */
void dgm_home_find(dgm_discourse *discourse);

/* ---- actor.c ---- */

bool dgm_mention_has_code(const dgm_mention *mention); /* of its first actor; NULL has none */

/* True for ISO 3166-1 alpha-3 and the codes of past states, not for slugs as short ("IMF"). */
bool dgm_is_state(const dgm_grounder *grounder, const char *code);
bool dgm_same_code(const char *a, const char *b);
bool dgm_same_actor(const dgm_actor *a, const dgm_actor *b);
/* Add unless an equal one is there or `capacity` is reached. */
void dgm_add_actor(dgm_actor *items, uint32_t *count, uint32_t capacity, const dgm_actor *actor);
void dgm_add_sector(uint8_t *sectors, uint8_t sector);

#endif
