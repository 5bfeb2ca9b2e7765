/* Match: entries against the words of a sentence.
 *
 * For each word the entries on its lemma are tried, heaviest first; the first whose words,
 * constraints and conditions hold makes an act and fills its places. */
#include "code/act.h"
#include "code/earnest.h"
#include "code/settle.h"

static dgm_trigger_pos pos_at(const dgm_clause *clause, int32_t token)
{
    switch (clause->tree->tokens[token].upos) {
    case DGM_VERB:
        return DGM_TRIGGER_VERB;
    case DGM_NOUN:
    case DGM_PROPN:
        return DGM_TRIGGER_NOUN;
    case DGM_ADJ:
        return DGM_TRIGGER_ADJ;
    default:
        return 0;
    }
}

/* "pulled out of the talks": the particle may hang on the phrase that follows. */
static bool is_particle_of_phrase(const dgm_trigger *trigger, const dgm_clause *clause,
                                  int32_t token)
{
    const dgm_tree *tree = clause->tree;
    int32_t next = token + 1;
    return next < (int32_t)tree->count && tree->tokens[next].rel == DGM_REL_CASE &&
           tree->tokens[next].head >= 0 && tree->tokens[tree->tokens[next].head].head == token &&
           clause->words[next] == trigger->particle;
}

static bool particle_matches(const dgm_trigger *trigger, const dgm_clause *clause, int32_t token,
                             int32_t *last)
{
    if (!trigger->particle)
        return true;
    bool found = false;
    DGM_EACH_CHILD (clause->tree, child, token) {
        uint8_t rel = clause->tree->tokens[child].rel;
        bool is_particle = rel == DGM_REL_COMPOUND_PRT;
        if (clause->words[child] == trigger->particle &&
            (is_particle || rel == DGM_REL_ADVMOD || rel == DGM_REL_CASE)) {
            found = true;
            if (child == token + 1)
                *last = child;
        }
    }
    if (!found && is_particle_of_phrase(trigger, clause, token)) {
        found = true;
        *last = token + 1;
    }
    return found;
}

/* The words in front of a noun, side by side: "peace treaty". */
static bool before_matches(const dgm_trigger *trigger, const dgm_clause *clause, int32_t token,
                           int32_t *first)
{
    for (uint32_t i = 0; i < trigger->before_count; i++) {
        int32_t at = token - (int32_t)(trigger->before_count - i);
        if (at < 0 || clause->words[at] != trigger->before[i])
            return false;
    }
    *first -= (int32_t)trigger->before_count;
    return true;
}

/* Is a noun itself part of the light verb's meaning (then its own entries stay silent)? */
static bool takes_noun(const dgm_constraint *constraint, const dgm_step *key)
{
    return !constraint->words.is_any && (key->kind == DGM_STEP_OBJ || key->kind == DGM_STEP_PREP);
}

/* Is the word in the set, by its lemma, or as it stands in front of a noun ("opposing views")? */
static bool is_word_of(const dgm_constraint *constraint, const dgm_step *key,
                       const dgm_clause *clause, int32_t token)
{
    return dgm_words_has(&constraint->words, clause->words[token]) ||
           (key->kind == DGM_STEP_MOD && clause->forms[token] &&
            dgm_words_has(&constraint->words, clause->forms[token]));
}

/* "abandoned most of the enclave", "some of its troops left": what it is a part of. */
static int32_t whole_of(const dgm_clause *clause, const dgm_step *key, int32_t token)
{
    if ((key->kind != DGM_STEP_OBJ && key->kind != DGM_STEP_SUBJ) ||
        !dgm_words_has(clause->part_nouns, clause->words[token]))
        return token;
    const dgm_tree *tree = clause->tree;
    for (int32_t t = token + 1; t < tree->count; t++)
        if (tree->tokens[t].head == token && tree->tokens[t].rel == DGM_REL_NMOD &&
            dgm_str_is(clause->cases[t], "of"))
            return t;
    return token;
}

static bool key_matches(const dgm_constraint *constraint, const dgm_step *key,
                        const dgm_clause *clause, int32_t token, int32_t *first, int32_t *last,
                        bool *taken)
{
    int32_t found[DGM_CLAUSE_FOUND];
    uint32_t count = dgm_clause_step(clause, token, key, found);
    for (uint32_t i = 0; i < count; i++) {
        const int32_t whole = whole_of(clause, key, found[i]);
        if (!is_word_of(constraint, key, clause, found[i]) &&
            (whole == found[i] || !is_word_of(constraint, key, clause, whole)))
            continue;
        if (!constraint->is_negated && takes_noun(constraint, key)) {
            if (taken)
                taken[found[i]] = true;
            if (found[i] > *last && found[i] <= *last + 6)
                *last = found[i];
        }
        if (key->kind == DGM_STEP_MOD && found[i] < *first && !constraint->words.is_any)
            *first = found[i];
        return true;
    }
    return false;
}

static bool constraint_holds(const dgm_constraint *constraint, const dgm_clause *clause,
                             int32_t token, int32_t *first, int32_t *last, bool *taken)
{
    for (uint32_t i = 0; i < constraint->key_count; i++)
        if (key_matches(constraint, &constraint->keys[i], clause, token, first, last, taken))
            return !constraint->is_negated;
    return constraint->is_negated;
}

/* Look before you walk: most entries need a word that is nowhere in the sentence. */
static bool words_are_there(const dgm_trigger *trigger, const dgm_clause *clause)
{
    for (uint32_t i = 0; i < trigger->constraint_count; i++)
        if (!trigger->constraints[i].is_negated &&
            !dgm_clause_has_any(clause, &trigger->constraints[i].words))
            return false;
    return true;
}

bool dgm_trigger_matches(const dgm_trigger *trigger, const dgm_clause *clause, int32_t token,
                         int32_t *first, int32_t *last, bool *taken)
{
    *first = *last = token;
    if (!before_matches(trigger, clause, token, first) || !words_are_there(trigger, clause) ||
        !particle_matches(trigger, clause, token, last))
        return false;
    for (uint32_t i = 0; i < trigger->constraint_count; i++)
        if (!constraint_holds(&trigger->constraints[i], clause, token, first, last, NULL))
            return false;
    if (taken)
        for (uint32_t i = 0; i < trigger->constraint_count; i++)
            constraint_holds(&trigger->constraints[i], clause, token, first, last, taken);
    return true;
}

static bool has_clause(const dgm_clause *clause, int32_t token)
{
    DGM_EACH_CHILD (clause->tree, child, token) {
        uint8_t rel = clause->tree->tokens[child].rel;
        if (rel == DGM_REL_CCOMP || rel == DGM_REL_XCOMP)
            return true;
    }
    return false;
}

/* Is one of them of these sectors, or a state itself (bit 0), not a person or thing of it? */
static bool has_sector(const dgm_clause *clause, dgm_actors actors, int32_t at, uint32_t sectors)
{
    const dgm_mention *mention = at >= 0 ? clause->sentence->mentions[at] : NULL;
    bool may_be_state =
        !mention || (mention->kind != DGM_MENTION_PERSON && mention->kind != DGM_MENTION_THING);
    for (uint32_t i = 0; i < actors.count; i++) {
        const dgm_actor *actor = &actors.items[i];
        if (sectors & 1u && actor->code && !actor->sectors[0] && may_be_state)
            return true;
        for (unsigned s = 0; s < DGM_ACTOR_SECTORS; s++)
            if (sectors >> actor->sectors[s] & 1 && actor->sectors[s])
                return true;
    }
    return false;
}

/* A recipient that can be placed, or people all the same: "released 19 prisoners". */
static bool is_reached(const dgm_clause *clause, const dgm_act *act)
{
    const dgm_mention *mention =
        act->recipient_at >= 0 ? clause->sentence->mentions[act->recipient_at] : NULL;
    /* "called on the international community": asked, though no one in particular */
    const bool is_asked = act->type == DGM_TYPE_REQUEST && mention && act->recipients.count &&
                          mention->kind == DGM_MENTION_ORGANISATION &&
                          act->recipients.items[0].sectors[0];
    return dgm_actors_placed(act->recipients) || is_asked ||
           (mention &&
            (mention->kind == DGM_MENTION_PERSON || mention->kind == DGM_MENTION_PEOPLE));
}

/* A state, or a place that a name or a word for land tells: "Kuwait", "the Polish border". */
static bool is_at_place(const dgm_clause *clause, const dgm_act *act)
{
    const dgm_mention *mention =
        act->recipient_at >= 0 ? clause->sentence->mentions[act->recipient_at] : NULL;
    return mention && (mention->kind == DGM_MENTION_PLACE || mention->kind == DGM_MENTION_STATE);
}

/* "the Shanghai Cooperation Organisation": a word written large inside a sentence. */
static bool is_in_name(const dgm_clause *clause, int32_t token)
{
    char first = dgm_tree_form(clause->tree, token).ptr[0];
    return token > 0 && clause->tree->tokens[token].upos == DGM_PROPN && first >= 'A' &&
           first <= 'Z';
}

/* Force that tells enough where nobody is named who used it. */
static bool befalls(const dgm_rule *rule)
{
    return rule->type == DGM_TYPE_ASSAULT || rule->type == DGM_TYPE_COERCE ||
           rule->type == DGM_TYPE_RETREAT ||
           (rule->type == DGM_TYPE_SANCTION && rule->mode == DGM_MODE_EXPEL);
}

/* "were attacked and killed by troops": the agent stands with a verb further on. */
static bool has_agent_below(const dgm_clause *clause, int32_t token)
{
    for (int32_t i = token; i <= clause->tree->right[token]; i++)
        if (dgm_str_is(clause->cases[i], "by") && clause->sentence->mentions[i])
            return true;
    return false;
}

/* Does the sentence tell of an accident? "Mortar fire" is none. */
static bool tells_of_accident(const dgm_rules *rules, const dgm_clause *clause)
{
    if (!dgm_clause_has_any(clause, &rules->named[DGM_CLASS_ACCIDENT]))
        return false;
    for (int32_t i = 0; i < clause->tree->count; i++) {
        const bool is_shooting =
            i > 0 && dgm_rules_is(rules, DGM_CLASS_FIRING_WORD, clause->words[i - 1]);
        if (!is_shooting && dgm_rules_is(rules, DGM_CLASS_ACCIDENT, clause->words[i]))
            return true;
    }
    return false;
}

/* "Ten Danes were deported", "the arrest of Danes": what befell people who can be placed, though no
 * word tells who did it. Not "the deported Danes", "those killed", who are only described so. */
static bool is_agentless(const dgm_rules *rules, const dgm_rule *rule, const dgm_clause *clause,
                         const dgm_act *act)
{
    if (!befalls(rule) || act->actors.count || !dgm_actors_placed(act->recipients) ||
        act->recipient_at < 0 || has_agent_below(clause, act->token))
        return false;
    const dgm_mention *mention = clause->sentence->mentions[act->recipient_at];
    bool is_people =
        mention && (mention->kind == DGM_MENTION_PERSON || mention->kind == DGM_MENTION_PEOPLE);
    /* "ten were killed in the fire": nobody did it */
    if (!is_people || tells_of_accident(rules, clause))
        return false;
    if (rule->trigger.pos == DGM_TRIGGER_NOUN)
        return dgm_str_is(clause->cases[act->recipient_at], "of");
    const dgm_rel rel = (dgm_rel)clause->tree->tokens[act->token].rel;
    return rel != DGM_REL_AMOD && rel != DGM_REL_ACL &&
           dgm_tree_is_passive(clause->tree, act->token) &&
           dgm_clause_object(clause, act->token) == act->recipient_at;
}

/* "The opposition leader accused the government": whose he is nobody tells, but he speaks for
 * himself. Any other person would need a name. */
static bool is_opponent(const dgm_rule *rule, const dgm_act *act)
{
    return dgm_speak_for_themselves(rule->type, act->actors) &&
           act->actors.items[0].sectors[0] != DGM_SECTOR_CVL && dgm_actors_placed(act->recipients);
}

/* Is a bare noun between the title's two, and no part of a compound ("ceasefire committee")? */
static bool is_of_title(const dgm_clause *clause, int32_t token)
{
    return clause->is_of_joined && clause->tree->tokens[token].rel != DGM_REL_COMPOUND;
}

/* NULL when the conditions hold, else what failed. */
static const char *failed_condition(const dgm_rule *rule, const dgm_clause *clause,
                                    const dgm_act *act)
{
    uint32_t want = rule->conditions;
    if (want & DGM_IF_ACTOR && !dgm_actors_placed(act->actors) && !act->is_agentless &&
        !is_opponent(rule, act))
        return "no actor";
    if (want & DGM_IF_RECIPIENT && !is_reached(clause, act))
        return "no recipient";
    if (want & DGM_IF_ABOUT && !act->about.count)
        return "no third side";
    if (want & DGM_IF_PAIR && !is_of_title(clause, act->token))
        return "no pair in the title";
    if (want & DGM_IF_RECIPIENT_PLACE && !is_at_place(clause, act))
        return "recipient is no place";
    if (want & DGM_IF_COMMON && is_in_name(clause, act->token))
        return "part of a name";
    bool passive = dgm_tree_is_passive(clause->tree, act->token);
    if ((want & DGM_IF_PASSIVE && !passive) || (want & DGM_IF_ACTIVE && passive))
        return "voice";
    bool with_clause = want & (DGM_IF_CLAUSE | DGM_IF_NO_CLAUSE) && has_clause(clause, act->token);
    if ((want & DGM_IF_CLAUSE && !with_clause) || (want & DGM_IF_NO_CLAUSE && with_clause))
        return "complement clause";
    /* "the Japanese surrender": the noun itself is no mention of who does it */
    int32_t actor_at = act->actor_at == act->token ? DGM_NO_TOKEN : act->actor_at;
    if (rule->actor_sectors && !has_sector(clause, act->actors, actor_at, rule->actor_sectors))
        return "actor's sector";
    if (rule->actor_not && has_sector(clause, act->actors, actor_at, rule->actor_not))
        return "actor's sector";
    if (rule->recipient_sectors &&
        !has_sector(clause, act->recipients, act->recipient_at, rule->recipient_sectors))
        return "recipient's sector";
    return NULL;
}

/* "Guards shot two men after an attack on a post": who acts after an act of force did not do it,
 * while "spoke after talks with" tells who held them. */
static bool is_sequel(const dgm_rules *rules, const dgm_rule *rule, const dgm_clause *clause,
                      const dgm_act *act)
{
    const dgm_token *noun = &clause->tree->tokens[act->token];
    return rule->trigger.pos == DGM_TRIGGER_NOUN && act->actor_at >= 0 &&
           dgm_type_quad(rule->type) == DGM_QUAD_MATERIAL_CONFLICT &&
           dgm_rel_main((dgm_rel)noun->rel) == DGM_REL_OBL &&
           dgm_rules_is(rules, DGM_CLASS_SEQUEL_PREPOSITION, clause->case_words[act->token]) &&
           act->actor_at == dgm_clause_subject(clause, act->token);
}

/* "He criticised Peru for its sale of arms": a pronoun that nobody is found for is not the subject.
 */
static bool is_anothers(const dgm_rule *rule, const dgm_clause *clause, const dgm_act *act)
{
    const dgm_tree *tree = clause->tree;
    int32_t owner = dgm_tree_child(tree, act->token, DGM_REL_NMOD_POSS);
    return rule->trigger.pos == DGM_TRIGGER_NOUN && owner >= 0 && act->actor_at >= 0 &&
           act->actor_at != owner && !clause->sentence->mentions[owner] &&
           dgm_rel_main((dgm_rel)tree->tokens[act->token].rel) == DGM_REL_OBL &&
           act->actor_at == dgm_clause_subject(clause, act->token);
}

static void fill_actor(const dgm_rules *rules, const dgm_rule *rule, const dgm_clause *clause,
                       dgm_act *act)
{
    act->actors = dgm_clause_actors(clause, act->token, &rule->actor, &act->actor_at);
    if (is_sequel(rules, rule, clause, act) || is_anothers(rule, clause, act)) {
        act->actors = (dgm_actors){NULL, 0};
        act->actor_at = DGM_NO_TOKEN;
    }
}

static void fill_others(const dgm_rule *rule, const dgm_clause *clause, dgm_act *act)
{
    act->recipients = dgm_clause_actors(clause, act->token, &rule->recipient, &act->recipient_at);
    act->about = dgm_clause_actors(clause, act->token, &rule->about, NULL);
}

/* Most entries that fail do so here, before the other places are filled. */
static bool lacks_actor(const dgm_rule *rule, const dgm_act *act)
{
    return rule->conditions & DGM_IF_ACTOR && !dgm_actors_placed(act->actors) && !befalls(rule) &&
           !dgm_speak_for_themselves(rule->type, act->actors);
}

/* NULL when all places and conditions hold, else what failed. */
static const char *fill_places(const dgm_rules *rules, const dgm_rule *rule,
                               const dgm_clause *clause, dgm_act *act)
{
    fill_actor(rules, rule, clause, act);
    if (lacks_actor(rule, act))
        return "no actor";
    fill_others(rule, clause, act);
    act->is_agentless = is_agentless(rules, rule, clause, act);
    const char *failed = failed_condition(rule, clause, act);
    return failed ? failed : dgm_figurative(rules, clause, act);
}

static void say(const dgm_trace *trace, int32_t token, const char *id, const char *reason)
{
    if (trace && trace->tried)
        trace->tried(trace->payload, token, id, reason);
}

/* What was not said or done is no act: "refrained from criticising". */
static void withhold(const dgm_clause *clause, int32_t token, bool *taken)
{
    DGM_EACH_CHILD (clause->tree, child, token) {
        dgm_rel rel = dgm_rel_main((dgm_rel)clause->tree->tokens[child].rel);
        if (child > token && (rel == DGM_REL_XCOMP || rel == DGM_REL_CCOMP ||
                              rel == DGM_REL_ADVCL || rel == DGM_REL_OBL))
            taken[child] = true;
    }
}

static bool try_rule(const dgm_rules *rules, const dgm_rule *rule, const dgm_clause *clause,
                     int32_t token, bool *taken, dgm_act *act, const dgm_trace *trace)
{
    int32_t first, last;
    if (!dgm_trigger_matches(&rule->trigger, clause, token, &first, &last, NULL)) {
        say(trace, token, rule->id, "words");
        return false;
    }
    *act = (dgm_act){.token = token,
                     .stop = token,
                     .type = rule->type,
                     .mode = rule->mode,
                     .rule = rule,
                     .ids = {rule->id},
                     .id_count = 1};
    const char *failed = fill_places(rules, rule, clause, act);
    say(trace, token, rule->id, failed);
    if (failed)
        return false;
    act->is_two_sided = dgm_label_is_two_sided(rules->ontology, rule->type) ||
                        (rule->conditions & DGM_IF_TWO_SIDED) != 0;
    dgm_trigger_matches(&rule->trigger, clause, token, &act->first, &act->last, taken);
    if (rule->type == DGM_TYPE_SILENCE)
        withhold(clause, token, taken);
    return true;
}

typedef struct reading {
    dgm_trigger_pos pos;
    dgm_sym word;
} reading;

/* How a word may be read: as it's tagged; a participle also as adjective or verb; a misread noun.
 */
static unsigned readings_of(const dgm_clause *clause, int32_t token, reading out[3])
{
    dgm_trigger_pos pos = pos_at(clause, token);
    unsigned count = 0;
    if (!pos)
        return 0;
    out[count++] = (reading){pos, clause->words[token]};
    if (pos == DGM_TRIGGER_ADJ && dgm_clause_is_verb(clause, token))
        out[count++] = (reading){DGM_TRIGGER_VERB, clause->words[token]};
    if (pos != DGM_TRIGGER_VERB)
        return count;
    if (clause->tree->tokens[token].xpos == DGM_XPOS_VBN)
        out[count++] = (reading){DGM_TRIGGER_ADJ, clause->forms[token]};
    if (dgm_clause_looks_nominal(clause->tree, token))
        out[count++] = (reading){DGM_TRIGGER_NOUN, clause->words[token]};
    return count;
}

static bool is_open(const dgm_gate *gate, const dgm_clause *clause, int32_t token)
{
    if (gate->before && (!token || clause->words[token - 1] != gate->before))
        return false;
    const dgm_words needs = {(dgm_sym *)(uintptr_t)gate->needs, gate->need_count, !gate->needs};
    return dgm_clause_has_any(clause, &needs);
}

static bool try_entries(const dgm_rules *rules, const dgm_gate *gate, const dgm_clause *clause,
                        int32_t token, bool *taken, dgm_act *act, const dgm_trace *trace)
{
    for (;; gate++) {
        if (!is_open(gate, clause, token)) {
            if (trace)
                say(trace, token, rules->rules[gate->rule].id, "words");
        } else if (try_rule(rules, &rules->rules[gate->rule], clause, token, taken, act, trace)) {
            return true;
        }
        if (gate->is_last)
            return false;
    }
}

static bool try_word(const dgm_rules *rules, const dgm_clause *clause, int32_t token, bool *taken,
                     dgm_act *act, const dgm_trace *trace)
{
    reading readings[3];
    unsigned count = readings_of(clause, token, readings);
    for (unsigned i = 0; i < count; i++) {
        uint32_t first = dgm_rules_entries(rules, readings[i].word)->gates[readings[i].pos];
        if (first != DGM_MAP_NONE &&
            try_entries(rules, &rules->gates[first], clause, token, taken, act, trace))
            return true;
    }
    return false;
}

/* Verbs before nouns, so that a light verb can take its noun. */
dgm_acts dgm_acts_find(const dgm_rules *rules, const dgm_clause *clause, const dgm_trace *trace)
{
    dgm_acts acts = {0};
    if (dgm_tells_of_games(rules, clause))
        return acts;
    bool *taken = DGM_ARRAY(clause->arena, bool, (size_t)clause->tree->count + 1);
    for (int round = 0; round < 2; round++)
        for (int32_t i = 0; i < clause->tree->count; i++) {
            dgm_act act;
            if (!clause->words[i] && !clause->forms[i])
                continue; /* no table names it */
            bool is_noun = pos_at(clause, i) == DGM_TRIGGER_NOUN;
            if (is_noun == (round == 1) && !taken[i] &&
                try_word(rules, clause, i, taken, &act, trace))
                DGM_PUSH(clause->arena, acts.items, acts.count, acts.capacity, act);
        }
    if (acts.count || trace)
        dgm_acts_compose(rules, clause, &acts, trace);
    return acts;
}
