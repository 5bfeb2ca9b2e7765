/* Clause: see clause.h. Every walk upwards is bounded by DEPTH, so that damaged trees end. */
#include "code/clause.h"

enum { DEPTH = 12, NAME_STEPS = 5 };

static const dgm_token *at(const dgm_clause *clause, int32_t token)
{
    return &clause->tree->tokens[token];
}

static dgm_rel rel_of(const dgm_clause *clause, int32_t token)
{
    return dgm_rel_main((dgm_rel)at(clause, token)->rel);
}

bool dgm_clause_is_verb(const dgm_clause *clause, int32_t token)
{
    const dgm_token *word = at(clause, token);
    return (word->upos == DGM_VERB && !dgm_clause_looks_nominal(clause->tree, token)) ||
           (word->upos == DGM_ADJ && (word->xpos == DGM_XPOS_VBN || word->xpos == DGM_XPOS_VBG));
}

bool dgm_clause_is_nominal(const dgm_clause *clause, int32_t token)
{
    uint8_t upos = at(clause, token)->upos;
    return upos == DGM_NOUN || upos == DGM_PROPN || upos == DGM_PRON ||
           (upos == DGM_VERB && dgm_clause_looks_nominal(clause->tree, token));
}

static bool is_relative(const dgm_clause *clause, int32_t token)
{
    uint8_t xpos = at(clause, token)->xpos;
    return xpos == DGM_XPOS_WDT || xpos == DGM_XPOS_WP || xpos == DGM_XPOS_WPS;
}

/* The noun that the relative clause around `token` hangs on, or -1. */
static int32_t relative_head(const dgm_clause *clause, int32_t token)
{
    for (int depth = 0; token >= 0 && depth < DEPTH; depth++) {
        if (at(clause, token)->rel == DGM_REL_ACL_RELCL)
            return at(clause, token)->head;
        token = at(clause, token)->head;
    }
    return DGM_NO_TOKEN;
}

/* "Turkey was one of the first countries to": who is said to be one of them, else the noun. */
static int32_t one_of(const dgm_clause *clause, int32_t noun)
{
    int32_t token = noun;
    if (!dgm_words_has(clause->group_nouns, clause->words[noun]))
        return noun;
    for (int depth = 0; token >= 0 && depth < 3; depth++) {
        int32_t subject = dgm_tree_child_main(clause->tree, token, DGM_REL_NSUBJ);
        if (subject >= 0 && dgm_tree_child_main(clause->tree, token, DGM_REL_COP) >= 0)
            return subject;
        if (rel_of(clause, token) != DGM_REL_NMOD)
            return noun;
        token = at(clause, token)->head;
    }
    return noun;
}

int32_t dgm_clause_antecedent(const dgm_clause *clause, int32_t token)
{
    if (token < 0 || !is_relative(clause, token))
        return token;
    int32_t head = relative_head(clause, token);
    return head >= 0 ? one_of(clause, head) : token;
}

static int32_t by_child(const dgm_clause *clause, int32_t head, dgm_rel main_rel)
{
    DGM_EACH_CHILD (clause->tree, child, head)
        if (rel_of(clause, child) == main_rel && dgm_str_is(clause->cases[child], "by"))
            return child;
    return DGM_NO_TOKEN;
}

static int32_t agent_of(const dgm_clause *clause, int32_t verb)
{
    int32_t agent = dgm_tree_child(clause->tree, verb, DGM_REL_OBL_AGENT);
    if (agent < 0)
        agent = by_child(clause, verb, DGM_REL_OBL);
    if (agent >= 0 || dgm_tree_child(clause->tree, verb, DGM_REL_AUX_PASS) < 0)
        return agent;
    DGM_EACH_CHILD (clause->tree, child, verb) { /* "were supplied [with arms by China]" */
        if (agent < 0 && child > verb && rel_of(clause, child) == DGM_REL_OBL)
            agent = by_child(clause, child, DGM_REL_NMOD);
    }
    return agent;
}

/* The verb of which the noun is the object: "made" of "made efforts"; -1 when there is none. */
static int32_t carrier_of(const dgm_clause *clause, int32_t noun)
{
    int32_t head = at(clause, noun)->head;
    bool is_carried = head >= 0 && rel_of(clause, noun) == DGM_REL_OBJ;
    return is_carried && at(clause, head)->upos == DGM_VERB ? head : DGM_NO_TOKEN;
}

/* "efforts to help", "issued a statement condemning": the noun's author does what the clause says;
 * not so who "vetoed a resolution condemning". */
static bool tells_of_its_carrier(const dgm_clause *clause, int32_t verb, int32_t noun)
{
    int32_t carrier = carrier_of(clause, noun);
    bool is_opposed = carrier >= 0 && dgm_words_has(clause->opposing_words, clause->words[carrier]);
    if (dgm_str_is(clause->cases[verb], "to"))
        return !is_opposed;
    return at(clause, verb)->xpos == DGM_XPOS_VBG && carrier >= 0 &&
           (clause->cases[verb].len || !is_opposed);
}

/* "call on Peru to withdraw", "the demand for Peru to": whom a demand addresses. */
static int32_t addressed_by(const dgm_clause *clause, int32_t word, int32_t infinitive)
{
    int32_t last = DGM_NO_TOKEN;
    bool is_passive = dgm_tree_is_passive(clause->tree, infinitive);
    DGM_EACH_CHILD (clause->tree, child, word) {
        dgm_rel rel = rel_of(clause, child);
        if (child > word && child < infinitive && (rel == DGM_REL_OBL || rel == DGM_REL_NMOD) &&
            dgm_words_has(clause->addressing_prepositions, clause->case_words[child]) &&
            (is_passive ||
             dgm_ground_actors(clause->sentence, clause->arena, child, true).count > 0))
            last = child;
    }
    return dgm_clause_antecedent(clause, last);
}

static bool addresses(const dgm_clause *clause, int32_t word, int32_t infinitive)
{
    return dgm_str_is(clause->cases[infinitive], "to") &&
           dgm_words_has(clause->addressing_words, clause->words[word]);
}

/* "call for guarantees to help": a purpose, since guarantees are not addressed. */
static bool is_purpose_of_demand(const dgm_clause *clause, int32_t word, int32_t infinitive)
{
    if (!addresses(clause, word, infinitive) || addressed_by(clause, word, infinitive) >= 0)
        return false;
    DGM_EACH_CHILD (clause->tree, child, word)
        if (child > word && child < infinitive && dgm_str_is(clause->cases[child], "for"))
            return true;
    return false;
}

/* "Smith was in Geneva to lobby": who is said to be at the place. */
static int32_t who_is_there(const dgm_clause *clause, int32_t noun)
{
    return clause->cases[noun].len && dgm_tree_child_main(clause->tree, noun, DGM_REL_COP) >= 0
               ? dgm_tree_child_main(clause->tree, noun, DGM_REL_NSUBJ)
               : DGM_NO_TOKEN;
}

/* The verb that carried the document whose relative clause this is: "adopted a resolution which
 * bans" is a ban by who adopted it; -1 for any other subject. */
static int32_t carrier_of_document(const dgm_clause *clause, int32_t subject)
{
    const int32_t noun = dgm_clause_antecedent(clause, subject);
    if (noun == subject || clause->sentence->mentions[noun] ||
        !dgm_words_has(clause->document_words, clause->words[noun]))
        return DGM_NO_TOKEN;
    const int32_t carrier = carrier_of(clause, noun);
    return carrier >= 0 && dgm_words_has(clause->adopting_verbs, clause->words[carrier])
               ? carrier
               : DGM_NO_TOKEN;
}

/* The subject that stands with the verb or is shared with it: no regard to voice. */
static int32_t surface_subject(const dgm_clause *clause, int32_t verb)
{
    for (int depth = 0; verb >= 0 && depth < DEPTH; depth++) {
        int32_t subject = dgm_tree_child_main(clause->tree, verb, DGM_REL_NSUBJ);
        int32_t carrier = subject >= 0 ? carrier_of_document(clause, subject) : DGM_NO_TOKEN;
        if (carrier >= 0 && !dgm_tree_is_passive(clause->tree, carrier)) {
            verb = carrier;
            continue;
        }
        if (subject >= 0)
            return dgm_clause_antecedent(clause, subject);
        int32_t head = at(clause, verb)->head;
        if (head < 0)
            return DGM_NO_TOKEN;
        int32_t object = DGM_NO_TOKEN;
        if (rel_of(clause, verb) != DGM_REL_CONJ && addresses(clause, head, verb)) {
            int32_t addressed = addressed_by(clause, head, verb);
            if (addressed >= 0)
                return addressed;
            /* "ignored demands to": who ignored them */
            if (dgm_clause_is_nominal(clause, head) && carrier_of(clause, head) >= 0) {
                verb = carrier_of(clause, head);
                continue;
            }
        }
        switch (at(clause, verb)->rel) {
        case DGM_REL_XCOMP: /* "urged Iraq to withdraw": the object of the verb above, if any */
            object = dgm_tree_child_main(clause->tree, head, DGM_REL_OBJ);
            if (object < 0)
                object = dgm_tree_child_main(clause->tree, head, DGM_REL_IOBJ);
            if (object >= 0 && dgm_clause_is_verb(clause, head))
                return dgm_clause_antecedent(clause, object);
            verb = head;
            break;
        case DGM_REL_ACL: /* "planes flying to", "troops sent"; "efforts to help": whose efforts */
            object = dgm_str_is(clause->cases[verb], "to") ? who_is_there(clause, head) : -1;
            if (object >= 0)
                return dgm_clause_antecedent(clause, object);
            if (clause->sentence->mentions[head] || !tells_of_its_carrier(clause, verb, head))
                return one_of(clause, head);
            verb = carrier_of(clause, head);
            break;
        case DGM_REL_AMOD:
            return head;
        case DGM_REL_ACL_RELCL:
            return DGM_NO_TOKEN;
        case DGM_REL_ADVCL: /* "accused Iraq of arming": what the verb above reaches */
            object = dgm_tree_child_main(clause->tree, head, DGM_REL_OBJ);
            if (object >= 0 && at(clause, verb)->xpos == DGM_XPOS_VBG &&
                dgm_words_has(clause->object_control, clause->case_words[verb]))
                return dgm_clause_antecedent(clause, object);
            verb = head;
            break;
        case DGM_REL_CONJ:
        case DGM_REL_CCOMP:
        case DGM_REL_PARATAXIS:
            verb = head;
            break;
        default:
            return DGM_NO_TOKEN;
        }
    }
    return DGM_NO_TOKEN;
}

/* Does the verb carry the noun ("held talks", "arrived for talks"), so that its subject is the
 * noun's? "criticised the attack" and "voiced regret over the attack" do not. */
static bool carries(const dgm_clause *clause, int32_t verb, int32_t noun)
{
    if (rel_of(clause, noun) == DGM_REL_OBL)
        return dgm_words_has(clause->carrying_words, clause->case_words[noun]);
    return dgm_words_has(clause->light_verbs, clause->words[verb]);
}

/* The subject of the verb that carries an event noun: "carried out an attack", "talks were held".
 */
static int32_t noun_subject(const dgm_clause *clause, int32_t noun)
{
    for (int depth = 0; depth < DEPTH && rel_of(clause, noun) == DGM_REL_CONJ; depth++)
        noun = at(clause, noun)->head;
    int32_t head = at(clause, noun)->head;
    if (head >= 0 && rel_of(clause, noun) == DGM_REL_XCOMP &&
        dgm_words_has(clause->linking_verbs, clause->words[head]))
        return dgm_clause_antecedent(/* "became the largest partner of" */
                                     clause,
                                     dgm_tree_child_main(clause->tree, head, DGM_REL_NSUBJ));
    if (head < 0 || !dgm_clause_is_verb(clause, head) || !carries(clause, head, noun))
        return DGM_NO_TOKEN;
    dgm_rel rel = rel_of(clause, noun);
    bool is_passive = dgm_tree_is_passive(clause->tree, head);
    if (rel == DGM_REL_OBL && dgm_words_has(clause->blaming_words, clause->words[head]) &&
        dgm_words_has(clause->object_control, clause->case_words[noun]))
        return dgm_clause_object(clause, head); /* "blamed Peru for the attack" */
    if (rel == DGM_REL_OBJ || rel == DGM_REL_OBL)
        return is_passive ? agent_of(clause, head) : surface_subject(clause, head);
    return rel == DGM_REL_NSUBJ && is_passive ? agent_of(clause, head) : DGM_NO_TOKEN;
}

/* "Peru is one of the main partners of": who is said to be one of them. */
static int32_t subject_of_one(const dgm_clause *clause, int32_t noun)
{
    int32_t head = at(clause, noun)->head;
    if (head < 0 || rel_of(clause, noun) != DGM_REL_NMOD ||
        !dgm_str_is(clause->cases[noun], "of") || !dgm_str_is(clause->lemmas[head], "one") ||
        dgm_tree_child_main(clause->tree, head, DGM_REL_COP) < 0)
        return DGM_NO_TOKEN;
    return surface_subject(clause, head);
}

int32_t dgm_clause_subject(const dgm_clause *clause, int32_t verb)
{
    if (!dgm_clause_is_verb(clause, verb)) {
        if (dgm_tree_child_main(clause->tree, verb, DGM_REL_COP) >= 0 ||
            dgm_tree_child_main(clause->tree, verb, DGM_REL_NSUBJ) >= 0)
            return surface_subject(clause, verb);
        if (dgm_clause_is_nominal(clause, verb)) {
            int32_t one = subject_of_one(clause, verb);
            return one >= 0 ? one : noun_subject(clause, verb);
        }
        return surface_subject(clause, verb);
    }
    if (dgm_tree_is_passive(clause->tree, verb))
        return agent_of(clause, verb);
    return surface_subject(clause, verb);
}

static int32_t passive_object(const dgm_clause *clause, int32_t verb)
{
    int32_t object = dgm_tree_child(clause->tree, verb, DGM_REL_NSUBJ_PASS);
    if (object < 0)
        object = surface_subject(clause, verb);
    return dgm_clause_antecedent(clause, object);
}

/* "condemned and rejected the plan": the object stands with a later conjunct. */
static int32_t shared_object(const dgm_clause *clause, int32_t verb)
{
    DGM_EACH_CHILD (clause->tree, child, verb)
        if (at(clause, child)->rel == DGM_REL_CONJ && dgm_clause_is_verb(clause, child) &&
            !dgm_tree_is_passive(clause->tree, child) &&
            dgm_tree_child_main(clause->tree, child, DGM_REL_NSUBJ) < 0)
            return dgm_tree_child_main(clause->tree, child, DGM_REL_OBJ);
    return DGM_NO_TOKEN;
}

/* "warned Serbia": a bare name that the parser took for a predicate. */
static int32_t name_as_predicate(const dgm_clause *clause, int32_t verb)
{
    int32_t child = dgm_tree_child_main(clause->tree, verb, DGM_REL_XCOMP);
    bool is_bare_name = child > verb && at(clause, child)->upos == DGM_PROPN &&
                        !clause->cases[child].len &&
                        dgm_tree_child_main(clause->tree, child, DGM_REL_COP) < 0;
    return is_bare_name ? child : DGM_NO_TOKEN;
}

int32_t dgm_clause_object(const dgm_clause *clause, int32_t verb)
{
    if (!dgm_clause_is_verb(clause, verb))
        return DGM_NO_TOKEN;
    if (dgm_tree_is_passive(clause->tree, verb))
        return passive_object(clause, verb);
    int32_t object = dgm_tree_child_main(clause->tree, verb, DGM_REL_OBJ);
    if (object >= 0)
        return dgm_clause_antecedent(clause, object);
    /* "the sanctions Iran imposed": a relative clause without its pronoun */
    if (at(clause, verb)->rel == DGM_REL_ACL_RELCL &&
        dgm_tree_child_main(clause->tree, verb, DGM_REL_NSUBJ) >= 0 &&
        !is_relative(clause, dgm_tree_child_main(clause->tree, verb, DGM_REL_NSUBJ)))
        return at(clause, verb)->head;
    object = dgm_tree_child_main(clause->tree, verb, DGM_REL_IOBJ); /* alone: "warned Serbia" */
    if (object < 0)
        object = name_as_predicate(clause, verb);
    return object >= 0 ? object : shared_object(clause, verb);
}

/* "Bali bombings": a region of a state is where it was, not who did it. */
static bool is_part_of_state(const dgm_name_match *name)
{
    enum { STATE_LETTERS = 3 };
    return name->entity->kind == DGM_ENTITY_REGION && name->kind == DGM_NAME_PROPER &&
           strlen(name->entity->code) == STATE_LETTERS;
}

/* Does the name hang in front of the noun, as nationality or part of a compound? */
static bool is_in_front(const dgm_clause *clause, const dgm_name_match *name, int32_t noun)
{
    int32_t token = (int32_t)(name->first + name->count) - 1;
    /* "the anti-Russian alliance", "the pro-Russian group" are not Russia's */
    if (name->affix == DGM_AFFIX_ANTI || name->affix == DGM_AFFIX_PRO ||
        name->affix == DGM_AFFIX_AT)
        return false;
    if (token >= noun || !name->entity || name->entity->kind == DGM_ENTITY_CITY ||
        name->entity->is_place_only || is_part_of_state(name))
        return false;
    for (int steps = 0; steps < NAME_STEPS && token >= 0; steps++) {
        if (token == noun)
            return true;
        dgm_rel rel = rel_of(clause, token);
        bool stands_free = clause->cases[token].len || at(clause, token)->rel == DGM_REL_NMOD_POSS;
        if (stands_free || (rel != DGM_REL_AMOD && rel != DGM_REL_COMPOUND && rel != DGM_REL_NMOD &&
                            rel != DGM_REL_FLAT && rel != DGM_REL_CONJ && rel != DGM_REL_DEP &&
                            rel != DGM_REL_REPARANDUM && rel != DGM_REL_APPOS))
            return false;
        token = at(clause, token)->head;
    }
    return false;
}

/* "Iranian seizure", "US-Soviet talks", "Iran-Iraq relations": the names in front of a noun. */
dgm_actors dgm_clause_in_front(const dgm_clause *clause, int32_t noun)
{
    const dgm_grounded_sentence *sentence = clause->sentence;
    dgm_actor *items = NULL;
    uint32_t count = 0, capacity = 0;
    for (uint32_t i = 0; i < sentence->name_count; i++) {
        const dgm_name_match *name = &sentence->names[i];
        if (!is_in_front(clause, name, noun))
            continue;
        dgm_actor actor = {.code = name->entity->code};
        actor.span = dgm_tree_span(clause->tree, (int32_t)name->first,
                                   (int32_t)(name->first + name->count) - 1);
        memcpy(actor.sectors, name->entity->sectors, sizeof actor.sectors);
        DGM_PUSH(clause->arena, items, count, capacity, actor);
    }
    return (dgm_actors){items, count};
}

static void add(int32_t *found, uint32_t *count, int32_t token)
{
    for (uint32_t i = 0; i < *count; i++)
        if (found[i] == token)
            return;
    if (token >= 0 && *count < DGM_CLAUSE_FOUND)
        found[(*count)++] = token;
}

/* Phrases with the preposition on `token`. */
static void add_preps(const dgm_clause *clause, int32_t token, dgm_sym prep, int32_t *found,
                      uint32_t *count)
{
    DGM_EACH_CHILD (clause->tree, child, token) {
        dgm_rel rel = rel_of(clause, child);
        if ((rel == DGM_REL_OBL || rel == DGM_REL_NMOD || rel == DGM_REL_ADVCL ||
             rel == DGM_REL_ACL) &&
            clause->case_words[child] == prep)
            add(found, count, dgm_clause_antecedent(clause, child));
    }
}

/* "gave a sum of money to Peru", "the sale of arms to Peru": the parser hangs the last phrase on
 * the noun before it, the verb or the first noun owns it. */
static uint32_t far_preps(const dgm_clause *clause, int32_t noun, dgm_sym prep, int32_t *found)
{
    enum { DEEPEST = 2 };
    uint32_t count = 0;
    if (!dgm_words_has(clause->far_words, prep))
        return 0;
    for (int depth = 0; depth < DEEPEST && noun >= 0 && !count; depth++) {
        int32_t last = DGM_NO_TOKEN;
        DGM_EACH_CHILD (clause->tree, child, noun)
            if (child > noun && rel_of(clause, child) == DGM_REL_NMOD &&
                at(clause, child)->upos != DGM_NUM) /* "in 1970" */
                last = child;
        noun = last;
        if (noun >= 0)
            add_preps(clause, noun, prep, found, &count);
    }
    return count;
}

static uint32_t prep_step(const dgm_clause *clause, int32_t token, dgm_sym prep, int32_t *found)
{
    uint32_t count = 0;
    add_preps(clause, token, prep, found, &count);
    if (count)
        return count;
    if (dgm_clause_is_verb(clause, token)) {
        int32_t object = dgm_tree_child_main(clause->tree, token, DGM_REL_OBJ);
        if (object >= 0)
            add_preps(clause, object, prep, found, &count);
        return count || object < 0 ? count : far_preps(clause, object, prep, found);
    }
    /* "held talks with Iraq": the phrase may hang on the verb that carries the noun */
    int32_t head = at(clause, token)->head;
    dgm_rel rel = rel_of(clause, token);
    if (head >= 0 && dgm_clause_is_verb(clause, head) &&
        (rel == DGM_REL_OBJ || rel == DGM_REL_NSUBJ || rel == DGM_REL_OBL))
        add_preps(clause, head, prep, found, &count);
    /* who does what the verb says is not who did the noun: "its raid was condemned by Iran" */
    if (count == 1 && found[0] == agent_of(clause, head))
        return 0;
    return count ? count : far_preps(clause, token, prep, found);
}

static bool is_verb_or_adjective(const dgm_clause *clause, int32_t token)
{
    return dgm_clause_is_verb(clause, token) || at(clause, token)->upos == DGM_ADJ;
}

/* "efforts to suppress", "neglected to help", "anxious to help": an infinitive that the parser took
 * for a purpose. */
static bool is_infinitive_beside(const dgm_clause *clause, int32_t token, int32_t child)
{
    dgm_rel rel = rel_of(clause, child);
    if (!dgm_str_is(clause->cases[child], "to"))
        return false;
    return rel == DGM_REL_ACL || (rel == DGM_REL_ADVCL && is_verb_or_adjective(clause, token) &&
                                  dgm_tree_child_main(clause->tree, token, DGM_REL_OBJ) < 0);
}

/* "the demand that Peru withdraw": the clause tells what the noun is about. */
static bool is_content_beside(const dgm_clause *clause, int32_t child)
{
    return at(clause, child)->rel == DGM_REL_ACL && dgm_str_is(clause->cases[child], "that");
}

static uint32_t children_step(const dgm_clause *clause, int32_t token, dgm_step_kind kind,
                              int32_t *found)
{
    uint32_t count = 0;
    if (kind == DGM_STEP_MOD && dgm_clause_is_verb(clause, token)) { /* of the light verb's noun */
        int32_t object = dgm_clause_object(clause, token);
        token = object >= 0 ? object : token;
    }
    DGM_EACH_CHILD (clause->tree, child, token) {
        dgm_rel rel = rel_of(clause, child);
        bool wanted = false;
        switch (kind) {
        case DGM_STEP_IOBJ:
            wanted = rel == DGM_REL_IOBJ;
            break;
        case DGM_STEP_XCOMP: /* also "efforts to suppress" */
            wanted = (rel == DGM_REL_XCOMP || is_infinitive_beside(clause, token, child)) &&
                     !is_purpose_of_demand(clause, token, child);
            break;
        case DGM_STEP_CCOMP:
            wanted = rel == DGM_REL_CCOMP || is_content_beside(clause, child);
            break;
        case DGM_STEP_MOD:
            wanted = rel == DGM_REL_AMOD || rel == DGM_REL_COMPOUND;
            break;
        case DGM_STEP_ADV:
            wanted = rel == DGM_REL_ADVMOD;
            break;
        case DGM_STEP_POSS:
            wanted = at(clause, child)->rel == DGM_REL_NMOD_POSS;
            break;
        case DGM_STEP_ANY:
            wanted = rel != DGM_REL_ACL && rel != DGM_REL_ADVCL && rel != DGM_REL_CONJ;
            break;
        default:
            break;
        }
        if (wanted)
            add(found, &count, child);
    }
    return count;
}

/* "made efforts to help": the infinitive may hang on the verb that carries the noun. */
static void add_carried_infinitives(const dgm_clause *clause, int32_t noun, int32_t *found,
                                    uint32_t *count)
{
    int32_t head = at(clause, noun)->head;
    if (head < 0 || !dgm_clause_is_nominal(clause, noun) || rel_of(clause, noun) != DGM_REL_OBJ)
        return;
    DGM_EACH_CHILD (clause->tree, child, head)
        if (child > noun &&
            (rel_of(clause, child) == DGM_REL_ADVCL || rel_of(clause, child) == DGM_REL_XCOMP) &&
            dgm_str_is(clause->cases[child], "to"))
            add(found, count, child);
}

/* "relations are good": the predicate of which the noun is the subject. */
static uint32_t pred_step(const dgm_clause *clause, int32_t token, int32_t *found)
{
    int32_t head = at(clause, token)->head;
    if (head < 0 || rel_of(clause, token) != DGM_REL_NSUBJ)
        return 0;
    found[0] = head;
    return 1;
}

/* "said that Iraq must withdraw": the auxiliaries of the clause below; the verb's own without one.
 */
static uint32_t modal_step(const dgm_clause *clause, int32_t token, int32_t *found)
{
    uint32_t count = 0;
    int32_t below = dgm_tree_child_main(clause->tree, token, DGM_REL_CCOMP);
    DGM_EACH_CHILD (clause->tree, child, below >= 0 ? below : token) {
        if (rel_of(clause, child) == DGM_REL_AUX)
            add(found, &count, child);
    }
    return count;
}

/* Who says so: the subject of the verb that governs the clause. */
static int32_t source_of(const dgm_clause *clause, int32_t token)
{
    for (int depth = 0; token >= 0 && depth < DEPTH; depth++) {
        dgm_rel rel = rel_of(clause, token);
        int32_t head = at(clause, token)->head;
        if (rel == DGM_REL_CCOMP && head >= 0)
            return surface_subject(clause, head);
        if (rel != DGM_REL_CONJ && rel != DGM_REL_XCOMP && rel != DGM_REL_OBJ)
            return DGM_NO_TOKEN;
        token = head;
    }
    return DGM_NO_TOKEN;
}

/* "Under pressure from Peru, Chile withdrew", "was withdrawn at the request of": the subject of the
 * clause in which the noun with its preposition tells the circumstances. */
static int32_t subject_above(const dgm_clause *clause, int32_t noun)
{
    int32_t head = at(clause, noun)->head;
    if (head < 0 || !dgm_clause_is_nominal(clause, noun) || !clause->cases[noun].len)
        return DGM_NO_TOKEN;
    if (rel_of(clause, noun) == DGM_REL_NMOD && carrier_of(clause, head) >= 0)
        head = carrier_of(clause, head); /* "released the men at the request of": of the verb */
    else if (rel_of(clause, noun) != DGM_REL_OBL)
        return DGM_NO_TOKEN;
    return dgm_clause_is_verb(clause, head) ? surface_subject(clause, head) : DGM_NO_TOKEN;
}

uint32_t dgm_clause_step(const dgm_clause *clause, int32_t token, const dgm_step *step,
                         int32_t found[DGM_CLAUSE_FOUND])
{
    int32_t one;
    switch (step->kind) {
    case DGM_STEP_SUBJ:
        one = dgm_clause_subject(clause, token);
        break;
    case DGM_STEP_OBJ:
        one = dgm_clause_object(clause, token);
        break;
    case DGM_STEP_ABOVE:
        one = subject_above(clause, token);
        break;
    case DGM_STEP_SOURCE:
        one = source_of(clause, token);
        break;
    case DGM_STEP_PREP:
        return prep_step(clause, token, step->prep, found);
    case DGM_STEP_MODAL:
        return modal_step(clause, token, found);
    case DGM_STEP_PRED:
        return pred_step(clause, token, found);
    default: {
        uint32_t count = children_step(clause, token, step->kind, found);
        if (!count && step->kind == DGM_STEP_XCOMP)
            add_carried_infinitives(clause, token, found, &count);
        return count;
    }
    }
    if (one < 0 || one == token)
        return 0;
    found[0] = one;
    return 1;
}

static dgm_actors join(const dgm_clause *clause, dgm_actors a, dgm_actors b)
{
    if (!a.count)
        return b;
    if (!b.count)
        return a;
    dgm_actor *items = DGM_ARRAY(clause->arena, dgm_actor, a.count + b.count);
    memcpy(items, a.items, a.count * sizeof *items);
    memcpy(items + a.count, b.items, b.count * sizeof *items);
    return (dgm_actors){items, a.count + b.count};
}

bool dgm_actors_placed(dgm_actors actors)
{
    for (uint32_t i = 0; i < actors.count; i++)
        if (actors.items[i].code)
            return true;
    return false;
}

static bool is_people(const dgm_mention *mention)
{
    return mention && (mention->kind == DGM_MENTION_PEOPLE || mention->kind == DGM_MENTION_PERSON ||
                       mention->kind == DGM_MENTION_ORGANISATION);
}

/* The actors of a phrase; for a thing those in front of it, when there are more of them. */
static dgm_actors phrase_actors(const dgm_clause *clause, int32_t token)
{
    const dgm_mention *mention = clause->sentence->mentions[token];
    dgm_actors actors = dgm_ground_actors(clause->sentence, clause->arena, token, true);
    if (!dgm_actors_placed(
            actors)) { /* "troops sent by Cuba": whose they are is told behind them */
        int32_t doer = DGM_NO_TOKEN;
        DGM_EACH_CHILD (clause->tree, child, token) {
            if (at(clause, child)->rel == DGM_REL_ACL && at(clause, child)->xpos == DGM_XPOS_VBN &&
                (!is_people(mention) || dgm_words_has(clause->sending_words, clause->words[child])))
                doer = agent_of(clause, child);
        }
        if (doer >= 0)
            actors = dgm_ground_actors(clause->sentence, clause->arena, doer, true);
    }
    if (!mention || mention->kind == DGM_MENTION_THING) {
        dgm_actors front = dgm_clause_in_front(clause, token);
        if (front.count > actors.count || !dgm_actors_placed(actors))
            return front.count ? front : actors;
    }
    return actors;
}

static dgm_actors path_actors(const dgm_clause *clause, int32_t token, const dgm_path *path,
                              uint32_t depth, int32_t *last)
{
    int32_t found[DGM_CLAUSE_FOUND];
    dgm_actors all = {NULL, 0};
    if (path->steps[depth].kind == DGM_STEP_ADJ) {
        *last = token;
        return dgm_clause_in_front(clause, token);
    }
    uint32_t count = dgm_clause_step(clause, token, &path->steps[depth], found);
    for (uint32_t i = 0; i < count; i++) {
        bool is_end = depth + 1 == path->count;
        dgm_actors here = is_end ? phrase_actors(clause, found[i])
                                 : path_actors(clause, found[i], path, depth + 1, last);
        if (is_end && here.count)
            *last = found[i];
        all = join(clause, all, here);
    }
    return all;
}

dgm_actors dgm_clause_actors(const dgm_clause *clause, int32_t token, const dgm_paths *paths,
                             int32_t *at_token)
{
    dgm_actors best = {NULL, 0};
    int32_t best_at = DGM_NO_TOKEN;
    for (uint32_t i = 0; i < paths->count && !dgm_actors_placed(best); i++) {
        int32_t last = DGM_NO_TOKEN;
        dgm_actors here = path_actors(clause, token, &paths->items[i], 0, &last);
        if (here.count && (!best.count || dgm_actors_placed(here))) {
            best = here;
            best_at = last;
        }
    }
    if (at_token)
        *at_token = best_at;
    return best;
}
