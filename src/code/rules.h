/* Rules: the tables of data/rules compiled to structs, indexed by the lemma of the trigger.
 *
 * docs/rules.md describes the language. Loaded once, immutable, shared by threads; all strings
 * point into the pack or the loading arena. Words that the tables name are numbered as they are
 * read, so that matching a sentence compares numbers and touches no string. */
#ifndef DGM_CODE_RULES_H
#define DGM_CODE_RULES_H

#include "base/labels.h"
#include "base/map.h"
#include "base/pack.h"
#include <dragoman/record.h>

typedef enum dgm_trigger_pos {
    DGM_TRIGGER_VERB = 1,
    DGM_TRIGGER_NOUN,
    DGM_TRIGGER_ADJ
} dgm_trigger_pos;

/* One step of a place or the key of a constraint. DGM_STEP_PREP carries its preposition. */
typedef enum dgm_step_kind {
    DGM_STEP_SUBJ = 1,
    DGM_STEP_OBJ,
    DGM_STEP_IOBJ,
    DGM_STEP_XCOMP,
    DGM_STEP_CCOMP,
    DGM_STEP_MOD,
    DGM_STEP_ADV,
    DGM_STEP_PRED,
    DGM_STEP_POSS,
    DGM_STEP_ADJ,
    DGM_STEP_ANY,
    DGM_STEP_SOURCE,
    DGM_STEP_MODAL,
    DGM_STEP_ABOVE,
    DGM_STEP_PREP
} dgm_step_kind;

/* A word that the tables name, by number; 0: a word that they don't. */
typedef uint32_t dgm_sym;

typedef struct dgm_step {
    dgm_step_kind kind;
    dgm_sym prep;
} dgm_step;

enum { DGM_PLACE_STEPS = 3 };

typedef struct dgm_path { /* "obj.poss" */
    dgm_step steps[DGM_PLACE_STEPS];
    uint32_t count;
} dgm_path;

typedef struct dgm_paths { /* "poss|adj|by": tried in order */
    dgm_path *items;
    uint32_t count;
    bool is_none; /* "-": the slot stays empty */
} dgm_paths;

typedef struct dgm_words { /* a set of lemmas; sorted */
    dgm_sym *items;
    uint32_t count;
    bool is_any; /* "*" */
} dgm_words;

typedef struct dgm_constraint {
    dgm_step *keys; /* "to|toward|towards=*": any of them */
    uint32_t key_count;
    dgm_words words;
    bool is_negated;
} dgm_constraint;

enum {
    DGM_IF_ACTOR = 1 << 0,
    DGM_IF_RECIPIENT = 1 << 1,
    DGM_IF_ABOUT = 1 << 2,
    DGM_IF_PASSIVE = 1 << 3,
    DGM_IF_ACTIVE = 1 << 4,
    DGM_IF_TWO_SIDED = 1 << 5,
    DGM_IF_CLAUSE = 1 << 6,
    DGM_IF_NO_CLAUSE = 1 << 7,
    DGM_IF_COMMON = 1 << 8, /* the word is not part of a name */
    DGM_IF_RECIPIENT_PLACE = 1 << 9,
    DGM_IF_PAIR = 1 << 10 /* of the two whom the title names */
};

enum { DGM_TRIGGER_WORDS = 4 };

typedef struct dgm_trigger {
    dgm_trigger_pos pos;
    dgm_sym head;                      /* the lemma that is indexed */
    dgm_sym before[DGM_TRIGGER_WORDS]; /* nouns: the words in front of it, nearest last */
    dgm_sym particle;                  /* verbs; 0: none */
    uint32_t before_count, constraint_count;
    dgm_constraint *constraints;
} dgm_trigger;

typedef struct dgm_rule {
    dgm_trigger trigger; /* what is looked at of most entries stands together */
    uint32_t next;       /* the next rule on the same lemma, or NONE */
    uint32_t weight;     /* constraints and words: the heavier wins */
    const char *id;      /* "accuse/condemn" */
    dgm_type type;
    dgm_mode mode;
    dgm_paths actor, recipient, about;
    uint32_t conditions;                       /* DGM_IF_ bits */
    uint32_t actor_sectors, recipient_sectors; /* bit sets: one of them; bit 0 is a state itself,
                                                  0: no condition */
    uint32_t actor_not;                        /* bit set: none of them */
    dgm_str example, expect;
    const char *cameo; /* the code it names; NULL: by table */
    const char *file;
    uint64_t line;
} dgm_rule;

typedef struct dgm_operator {
    dgm_trigger trigger;
    uint32_t next, weight;
    const char *id; /* "operators/refuse" */
    dgm_str effect;
    dgm_paths inner, actor, recipient;
    dgm_str example, expect;
    const char *file;
    uint64_t line;
} dgm_operator;

typedef struct dgm_composition { /* one row of composition.tsv */
    dgm_str effect;
    uint64_t inner;       /* bit set of types; 0: any */
    uint64_t inner_modes; /* bit set of modes; 0: any */
    dgm_type type;        /* DGM_TYPE_NONE: what the inner act has ("=") */
    dgm_mode mode;
    bool keeps_mode, drops; /* drops: the act gives no record ("-") */
    dgm_modality modality;  /* DGM_MODALITY_NONE: left to the scope */
} dgm_composition;

typedef struct dgm_phrase { /* lemmas that follow each other: "human_right" */
    const dgm_sym *words;
    uint32_t count;
} dgm_phrase;

typedef struct dgm_context_word {
    dgm_context context;
    dgm_phrase phrase;
    uint32_t next; /* of the same first lemma */
} dgm_context_word;

/* What a whole document may be of (matters.tsv, story.h). The first is politics: its types and
 * sectors are those that are of politics whatever the document; those of the others are dropped
 * even between two sides. */
typedef struct dgm_matter {
    dgm_str name;
    const char *reason; /* "the document is of sport" */
    bool drops_all;     /* else what is between two sides stays */
    bool is_talk;       /* an election: drops nothing, but its fights are fought in words; the
                           sectors are who fights them so */
    uint64_t types;     /* bit set */
    uint32_t sectors;   /* bit set */
} dgm_matter;

enum { DGM_MATTER_LIMIT = 16 };

typedef struct dgm_matter_word {
    uint32_t matter, weight;
    dgm_phrase phrase;
    uint32_t next; /* of the same first lemma */
} dgm_matter_word;

/* What can be seen of an entry before it is looked at: of twenty that are tried on a sentence,
 * three in four fail here. The gates of a word stand side by side, in the order in which they are
 * tried.
 */
typedef struct dgm_gate {
    const dgm_sym *needs; /* one of these words must be in the sentence; none: any sentence */
    uint32_t need_count;
    dgm_sym before; /* the word in front; 0: any */
    uint32_t rule;
    bool is_last; /* of the word */
} dgm_gate;

/* What stands under a word: entries by trigger pos, of which the first, heaviest first; or NONE. */
typedef struct dgm_entries {
    uint32_t rules[4], operators[4];
    uint32_t gates[4];          /* of the rules */
    uint32_t contexts, matters; /* phrases that begin with it */
    uint64_t classes;           /* bit set of dgm_word_class */
} dgm_entries;

/* The classes of grammar.tsv, classes.tsv and figurative.tsv that the engine itself asks for. */
typedef enum dgm_word_class {
    DGM_CLASS_ACCIDENT,
    DGM_CLASS_ACT_NOUN,
    DGM_CLASS_ADDRESSING_PREPOSITION,
    DGM_CLASS_ADDRESSING_WORD,
    DGM_CLASS_AIM_VERB,
    DGM_CLASS_AMID_PREPOSITION,
    DGM_CLASS_ANSWERING_VERB,
    DGM_CLASS_AWAITING_MARK,
    DGM_CLASS_BLAMING_WORD,
    DGM_CLASS_BINDING_VERB,
    DGM_CLASS_MEETING_PREPOSITION,
    DGM_CLASS_ADOPTING_VERB,
    DGM_CLASS_DOCUMENT_NOUN,
    DGM_CLASS_FIRING_WORD,
    DGM_CLASS_BYSTANDER,
    DGM_CLASS_CARRYING_PREPOSITION,
    DGM_CLASS_DEFINITE,
    DGM_CLASS_DETAIL,
    DGM_CLASS_DOER,
    DGM_CLASS_FAR_PREPOSITION,
    DGM_CLASS_FICTION,
    DGM_CLASS_FIGURATIVE,
    DGM_CLASS_FIRST_PERSON,
    DGM_CLASS_FOE_PREPOSITION,
    DGM_CLASS_FORCE_NOUN,
    DGM_CLASS_FOREIGN_WORD,
    DGM_CLASS_FUTURE_AUXILIARY,
    DGM_CLASS_GROUP_NOUN,
    DGM_CLASS_HAPPENING,
    DGM_CLASS_LIGHT_VERB,
    DGM_CLASS_LINKING_VERB,
    DGM_CLASS_MISHAP,
    DGM_CLASS_MUTUAL_NOUN,
    DGM_CLASS_NATURE,
    DGM_CLASS_NEGATION,
    DGM_CLASS_OBJECT_CONTROL,
    DGM_CLASS_OPPOSING_WORD,
    DGM_CLASS_PART_NOUN,
    DGM_CLASS_PASSING_WORD,
    DGM_CLASS_PLACE_PREPOSITION,
    DGM_CLASS_SENDING_PARTICIPLE,
    DGM_CLASS_SEQUEL_PREPOSITION,
    DGM_CLASS_SPORT,
    DGM_CLASS_SUMMING_NOUN,
    DGM_CLASS_TELLING,
    DGM_CLASS_VEHICLE,
    DGM_CLASS_WAR_OF_WORDS,
    DGM_CLASS_VICTIM_NOUN,
    DGM_CLASS_COUNT
} dgm_word_class;

/* Told of a row that cannot be read: its error has file and line. */
typedef struct dgm_rules_report {
    void (*tell)(const dgm_error *err, void *payload); /* NULL: such a row is the caller's error */
    void *payload;
} dgm_rules_report;

typedef struct dgm_rules {
    const dgm_rules_report *report;
    dgm_arena *arena;
    const dgm_ontology *ontology; /* of a user's pack; NULL: the built-in one */
    const char *folder; /* of the user's pack, while it is read; NULL: the built-in tables */
    dgm_map known;      /* ids of the user's entries, which go before built-in ones */
    dgm_rule *rules;
    uint32_t rule_count, rule_capacity;
    uint32_t own_count, own_operator_count; /* of the user's pack: the first ones */
    dgm_operator *operators;
    uint32_t operator_count, operator_capacity;
    dgm_map syms;         /* word -> dgm_sym */
    dgm_entries *entries; /* by dgm_sym */
    dgm_gate *gates;      /* as many as rules */
    char *text;           /* bytes for words, still to be given out: side by side they are near */
    size_t text_left;
    dgm_composition *compositions;
    uint32_t composition_count, composition_capacity;
    dgm_context_word *contexts;
    uint32_t context_count, context_capacity;
    dgm_matter matters[DGM_MATTER_LIMIT];
    uint32_t matter_count;
    dgm_matter_word *matter_words;
    uint32_t matter_word_count, matter_word_capacity;
    dgm_paths defaults[DGM_TYPE_LIMIT][4][3]; /* type, pos, slot */
    dgm_map class_index;
    dgm_words named[DGM_CLASS_COUNT];   /* empty: no table has it */
    dgm_words reaching[DGM_TYPE_LIMIT]; /* "reach-TYPE": prepositions that tell whom it reaches */
    dgm_map irregular;                  /* forms of strong verbs -> irregular_lemmas */
    dgm_str *irregular_lemmas;
    uint32_t irregular_count, irregular_capacity;
    dgm_words *classes;
    uint32_t class_count, class_capacity;
    dgm_map paths_index; /* cells of places -> paths; few cells differ */
    dgm_paths *paths;
    uint32_t paths_count, paths_capacity;
    dgm_map constraint_index; /* constraints as written; one in six differs */
    dgm_constraint *constraints;
    uint32_t constraint_count, constraint_capacity;
    dgm_type nearest[DGM_TYPE_LIMIT]; /* of stances and ties: an event type, or NONE */
    char version[20];                 /* hash of all tables */
} dgm_rules;

/* Read all rules of a pack; those of a user's pack (may be NULL) are put on top: entries of the
 * same id, classes of the same name and default places of the same type take the place of built-in
 * ones, the rest is added before them. Errors name file and line; with a report (may be NULL) rows
 * that cannot be read are told and passed over. */
DGM_MUST_CHECK dgm_status dgm_rules_load(dgm_rules **out, dgm_arena *arena, const dgm_pack *pack,
                                         const dgm_pack *user, const dgm_rules_report *report,
                                         dgm_error *err);

/* The type itself when it is an event's, else the nearest of those (nearest.tsv) or NONE. */
dgm_type dgm_rules_nearest(const dgm_rules *rules, dgm_type type);

/* The number of a word in lower case. */
dgm_sym dgm_rules_sym(const dgm_rules *rules, dgm_str word);

/* What stands under the word; nothing under number 0. */
static inline const dgm_entries *dgm_rules_entries(const dgm_rules *rules, dgm_sym sym)
{
    return &rules->entries[sym];
}

/* True when the set has the word. */
bool dgm_words_has(const dgm_words *words, dgm_sym sym);

static inline bool dgm_rules_is(const dgm_rules *rules, dgm_word_class class, dgm_sym sym)
{
    return rules->entries[sym].classes >> class & 1;
}

/* What composition makes of an effect on an inner type; NULL when no row applies. */
const dgm_composition *dgm_rules_compose(const dgm_rules *rules, dgm_str effect, dgm_type inner,
                                         dgm_mode inner_mode);

/* True when the lemmas from `at` on are those of the phrase. */
bool dgm_phrase_matches(const dgm_phrase *phrase, const dgm_sym *lemmas, uint32_t at,
                        uint32_t count);

/* Contexts of data/rules/contexts.tsv that the lemmas of a sentence set: bit set as
 * dgm_record.contexts. */
uint64_t dgm_rules_contexts(const dgm_rules *rules, const dgm_sym *lemmas, uint32_t count);

#endif
