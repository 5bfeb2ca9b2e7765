/* Recall: sides that the act's own places do not give - told by an earlier record, by the title's
 * pair, by another act of the sentence or deeper in the phrase. */
#include "code/recall.h"
#include "code/settle.h"

bool dgm_act_is_of_other(const dgm_clause *clause, const dgm_acts *acts, const dgm_act *act,
                         int32_t token)
{
    for (uint32_t k = 0; k < acts->count; k++)
        if (acts->items[k].token != act->token &&
            dgm_tree_below(clause->tree, acts->items[k].token, act->token) &&
            acts->items[k].token != act->stop && !acts->items[k].is_absorbed &&
            dgm_clause_is_verb(clause, acts->items[k].token) &&
            dgm_tree_below(clause->tree, token, acts->items[k].token))
            return true;
    return false;
}

/* True when the noun may stand for that earlier act: "the invasion" for an assault, "the decision"
 * for any. */
static bool may_stand_for(const dgm_rules *rules, dgm_sym noun, const dgm_record *earlier)
{
    if (earlier->kind != DGM_KIND_EVENT)
        return false;
    if (dgm_rules_is(rules, DGM_CLASS_ACT_NOUN, noun))
        return true;
    uint32_t at = dgm_rules_entries(rules, noun)->rules[DGM_TRIGGER_NOUN];
    for (; at != DGM_MAP_NONE; at = rules->rules[at].next)
        if (rules->rules[at].type == earlier->type)
            return true;
    return false;
}

/* "Condemned the killing of the minister": he is not the one blamed; who killed him is. */
static void leave_victim(const dgm_rules *rules, const dgm_clause *clause, dgm_act *act)
{
    const dgm_tree *tree = clause->tree;
    const int32_t victim = act->recipient_at;
    if (act->type != DGM_TYPE_ACCUSE || victim < 0 || !dgm_str_is(clause->cases[victim], "of") ||
        tree->tokens[victim].head < 0 ||
        !dgm_tree_below(tree, tree->tokens[victim].head, act->token) ||
        !dgm_rules_is(rules, DGM_CLASS_VICTIM_NOUN, clause->words[tree->tokens[victim].head]))
        return;
    act->recipients = (dgm_actors){NULL, 0};
    act->recipient_at = DGM_NO_TOKEN;
    DGM_EACH_CHILD (tree, child, tree->tokens[victim].head)
        if (dgm_str_is(clause->cases[child], "by") && act->recipient_at < 0) {
            act->recipients = dgm_ground_actors(clause->sentence, clause->arena, child, true);
            act->recipient_at = child;
        }
}

static bool is_definite(const dgm_rules *rules, const dgm_clause *clause, int32_t noun)
{
    int32_t det = dgm_tree_child(clause->tree, noun, DGM_REL_DET);
    return det >= 0 && dgm_rules_is(rules, DGM_CLASS_DEFINITE, clause->words[det]);
}

enum { EARLIER_ACTS = 6 };

/* "condemned the invasion": whose it was is told by a record before. Only what answers to an act.
 */
static void recall_recipient(const dgm_rules *rules, const dgm_clause *clause,
                             const dgm_records *before, dgm_act *act)
{
    bool answers = act->type == DGM_TYPE_ACCUSE || act->type == DGM_TYPE_SUPPORT;
    int32_t noun = dgm_clause_object(clause, act->token);
    if (!answers || act->is_two_sided || dgm_actors_placed(act->recipients) || noun < 0 ||
        !is_definite(rules, clause, noun))
        return;
    for (uint32_t i = 0; i < before->count && i < EARLIER_ACTS; i++) {
        const dgm_record *earlier = &before->items[before->count - 1 - i];
        if (!earlier->actors.count || !may_stand_for(rules, clause->words[noun], earlier))
            continue;
        for (uint32_t k = 0; k < earlier->actors.count; k++)
            if (dgm_actors_have(act->actors, earlier->actors.items[k].code))
                return;
        act->recipients = earlier->actors;
        act->is_recalled = true;
        return;
    }
}

/* Does the noun stand behind its clause like an afterthought? */
static bool is_appended(const dgm_tree *tree, int32_t noun)
{
    return tree->tokens[noun].rel == DGM_REL_APPOS || tree->tokens[noun].rel == DGM_REL_PARATAXIS;
}

/* "Kenya closed the border, a step that Chad denounced": what the noun sums up is the doing of the
 * subject of the clause before. */
static void recall_summed_up(const dgm_rules *rules, const dgm_clause *clause, dgm_act *act)
{
    const dgm_tree *tree = clause->tree;
    const bool answers = act->type == DGM_TYPE_ACCUSE || act->type == DGM_TYPE_SUPPORT ||
                         act->type == DGM_TYPE_REJECT;
    int32_t noun = dgm_clause_object(clause, act->token);
    if (!answers || act->is_two_sided || dgm_actors_placed(act->recipients) || noun < 0 ||
        noun > act->token || !is_appended(tree, noun) ||
        !dgm_rules_is(rules, DGM_CLASS_SUMMING_NOUN, clause->words[noun]))
        return;
    int32_t verb = tree->tokens[noun].head;
    while (verb >= 0 && !dgm_clause_is_verb(clause, verb))
        verb = tree->tokens[verb].head;
    const int32_t doer = verb >= 0 ? dgm_clause_subject(clause, verb) : DGM_NO_TOKEN;
    if (doer < 0)
        return;
    const dgm_actors doers = dgm_ground_actors(clause->sentence, clause->arena, doer, true);
    if (!dgm_actors_placed(doers) || dgm_actors_share(doers, act->actors))
        return;
    act->recipients = doers;
    act->is_recalled = true;
}

/* Does the word speak of someone who could be a side: no place, thing or word before a noun? */
static bool is_party(const dgm_rules *rules, const dgm_clause *clause, int32_t token)
{
    const dgm_mention *mention = clause->sentence->mentions[token];
    return mention && mention->kind != DGM_MENTION_PLACE && mention->kind != DGM_MENTION_THING &&
           clause->tree->tokens[token].upos != DGM_ADJ &&
           !dgm_rules_is(rules, DGM_CLASS_PLACE_PREPOSITION, clause->case_words[token]);
}

bool dgm_sentence_is_of_pair(const dgm_rules *rules, const dgm_clause *clause,
                             const dgm_grounded *grounded)
{
    if (!grounded->is_title_pair)
        return false;
    for (int32_t i = 0; i < clause->tree->count; i++) {
        const dgm_mention *mention = clause->sentence->mentions[i];
        for (uint32_t k = 0; is_party(rules, clause, i) && k < mention->actors.count; k++)
            if (mention->actors.items[k].code &&
                !dgm_actors_have(grounded->title_actors, mention->actors.items[k].code))
                return false;
    }
    return true;
}

/* "Talks were held", "the committee met", but not "we never negotiate", "to work closely". */
static bool may_be_mutual(const dgm_clause *clause, const dgm_act *act)
{
    if (act->rule->trigger.pos != DGM_TRIGGER_VERB ||
        dgm_tree_is_passive(clause->tree, act->token) || dgm_clause_object(clause, act->token) >= 0)
        return true;
    int32_t subject = dgm_clause_subject(clause, act->token);
    return subject >= 0 && clause->tree->tokens[subject].upos != DGM_PRON;
}

/* "talks between the foreign ministries": bearers of one role on both sides, not "between the
 * unions and the employers". */
static bool is_between_likes(const dgm_clause *clause, int32_t noun)
{
    DGM_EACH_CHILD (clause->tree, child, noun)
        if (dgm_str_is(clause->cases[child], "between"))
            return clause->tree->tokens[child].xpos == DGM_XPOS_NNS &&
                   dgm_tree_child(clause->tree, child, DGM_REL_CONJ) < 0;
    return false;
}

/* Does the act alone tell that something passed between two? Of nouns stances do, what an entry
 * gives to the title's two, and talks between likes. */
static bool tells_of_two(const dgm_clause *clause, const dgm_act *act)
{
    if (act->rule->trigger.pos == DGM_TRIGGER_VERB || act->rule->conditions & DGM_IF_PAIR)
        return true;
    const dgm_kind kind = dgm_type_kind(act->type);
    return kind == DGM_KIND_STANCE ||
           (kind == DGM_KIND_EVENT && is_between_likes(clause, act->token));
}

/* "Relations were restored", "an agreement was signed" where nobody is named: between the two of
 * the document's title. */
static void recall_pair(const dgm_clause *clause, const dgm_grounded *grounded, dgm_act *act)
{
    if (!act->is_two_sided || !clause->is_of_pair || act->actors.count || act->recipients.count ||
        !tells_of_two(clause, act) || !may_be_mutual(clause, act))
        return;
    act->actors = grounded->title_actors;
    act->is_recalled = true;
}

/* "Venezuela broke off relations", "closed the border", with whom is not said: with the other of
 * the title's two, when it is one of them who did it. */
static void recall_other(const dgm_rules *rules, const dgm_clause *clause,
                         const dgm_grounded *grounded, dgm_act *act)
{
    int32_t noun = dgm_clause_object(clause, act->token);
    if (act->recipients.count || act->actors.count != 1 || !act->actors.items[0].code || noun < 0 ||
        act->rule->trigger.pos != DGM_TRIGGER_VERB || !clause->is_of_pair ||
        !dgm_rules_is(rules, DGM_CLASS_MUTUAL_NOUN, clause->words[noun]))
        return;
    for (uint32_t i = 0; i < 2; i++)
        if (strcmp(grounded->title_actors.items[i].code, act->actors.items[0].code) == 0) {
            act->recipients = (dgm_actors){&grounded->title_actors.items[1 - i], 1};
            act->is_recalled = true;
            return;
        }
}

/* Does a government or what belongs to it act, and at home? */
static bool acts_at_home(const dgm_grounded *grounded, const dgm_act *act)
{
    const dgm_actor *actor = act->actors.items;
    if (!grounded->home || act->actors.count != 1 || !actor->code ||
        strcmp(actor->code, grounded->home) != 0)
        return false;
    const uint8_t sector = actor->sectors[0];
    return !sector || sector == DGM_SECTOR_GOV || sector == DGM_SECTOR_COP ||
           sector == DGM_SECTOR_JUD || sector == DGM_SECTOR_LEG;
}

/* "foreign airlines", "the international community", "refugees": of another state. */
static bool is_from_abroad(const dgm_rules *rules, const dgm_clause *clause, int32_t noun)
{
    if (dgm_rules_is(rules, DGM_CLASS_FOREIGN_WORD, clause->words[noun]))
        return true;
    DGM_EACH_CHILD (clause->tree, child, noun)
        if (child < noun && dgm_rules_is(rules, DGM_CLASS_FOREIGN_WORD, clause->words[child]))
            return true;
    return false;
}

/* "The premier urged these companies", "police arrested protesters": whom a government deals with
 * at home are its own people, when nothing else tells whose they are. */
static void recall_subjects(const dgm_rules *rules, const dgm_clause *clause,
                            const dgm_grounded *grounded, dgm_act *act)
{
    const dgm_mention *mention =
        act->recipient_at >= 0 ? clause->sentence->mentions[act->recipient_at] : NULL;
    if (act->is_two_sided || act->type == DGM_TYPE_ASSAULT || act->recipients.count != 1 ||
        act->recipients.items[0].code || !act->recipients.items[0].sectors[0] || !mention ||
        mention->basis != DGM_MENTION_BARE || !acts_at_home(grounded, act) ||
        is_from_abroad(rules, clause, act->recipient_at))
        return;
    dgm_actor *own = DGM_NEW(clause->arena, dgm_actor);
    *own = act->recipients.items[0];
    own->code = grounded->home;
    act->recipients = (dgm_actors){own, 1};
}

/* "Chad refused to withdraw from its towns", "agreed to open its border": an answer is told, though
 * what it is about is the speaker's own. */
static bool is_answer(const dgm_rules *rules, const dgm_clause *clause, const dgm_act *act)
{
    return act->stop != act->token && dgm_clause_is_verb(clause, act->stop) &&
           (act->type == DGM_TYPE_REJECT || act->type == DGM_TYPE_AGREE) &&
           dgm_rules_is(rules, DGM_CLASS_ANSWERING_VERB, clause->words[act->stop]);
}

enum { EARLIER_REQUESTS = 3 };

/* Does what was said call for an answer of one of `asked`? */
static bool calls_on(dgm_type type, dgm_actors askers, dgm_actors recipients, dgm_actors asked)
{
    return (type == DGM_TYPE_REQUEST || type == DGM_TYPE_THREATEN) && dgm_actors_placed(askers) &&
           dgm_actors_share(asked, recipients) && !dgm_actors_share(asked, askers);
}

/* "Libya asked for a truce, but Chad refused": of one sentence, where nobody else is asked. */
static bool calls_on_next(const dgm_act *request, const dgm_act *reply)
{
    return request->type == DGM_TYPE_REQUEST && dgm_actors_placed(request->actors) &&
           !dgm_actors_placed(request->recipients) && reply->stop == reply->token &&
           !dgm_actors_share(request->actors, reply->actors);
}

/* "Libya asked Chad to withdraw, but Chad refused": whom a refusal reaches is who asked, in this
 * sentence or just before. */
static void recall_asker(const dgm_acts *acts, const dgm_records *before, dgm_act *act)
{
    if (act->type != DGM_TYPE_REJECT || act->is_two_sided || act->recipients.count ||
        !dgm_actors_placed(act->actors))
        return;
    const dgm_actors *askers = NULL;
    for (uint32_t i = 0; i < acts->count && !askers; i++) {
        const dgm_act *other = &acts->items[i];
        if (!other->is_absorbed && other->stop < act->stop &&
            (calls_on(other->type, other->actors, other->recipients, act->actors) ||
             calls_on_next(other, act)))
            askers = &other->actors;
    }
    for (uint32_t i = 0; i < before->count && i < EARLIER_REQUESTS && !askers; i++) {
        const dgm_record *earlier = &before->items[before->count - 1 - i];
        if (calls_on(earlier->type, earlier->actors, earlier->recipients, act->actors))
            askers = &earlier->actors;
    }
    if (!askers)
        return;
    act->recipients = *askers;
    act->is_recalled = true;
}

/* "Two Danes were expelled from Chad": who sends people out of a land is the land's. */
static void recall_expeller(const dgm_clause *clause, dgm_act *act)
{
    if (!act->is_agentless || (act->mode != DGM_MODE_EXPEL && act->mode != DGM_MODE_DEPORT))
        return;
    DGM_EACH_CHILD (clause->tree, child, act->token) {
        const dgm_mention *mention = clause->sentence->mentions[child];
        if (!mention || !dgm_str_is(clause->cases[child], "from") || mention->actors.count != 1 ||
            !mention->actors.items[0].code || dgm_actors_share(mention->actors, act->recipients))
            continue;
        act->actors = mention->actors;
        act->actor_at = child;
        act->is_recalled = true;
        return;
    }
}

/* Who fought in "clashes with rebels", "a Danish raid", "their attack"; where it was is not who. */
static dgm_actors fighters(const dgm_rules *rules, const dgm_clause *clause, int32_t noun)
{
    const dgm_actors none = {NULL, 0};
    if (!dgm_rules_is(rules, DGM_CLASS_FORCE_NOUN, clause->words[noun]))
        return none;
    DGM_EACH_CHILD (clause->tree, child, noun) {
        const bool is_foe = child > noun && dgm_rules_is(rules, DGM_CLASS_FOE_PREPOSITION,
                                                         clause->case_words[child]);
        if (!is_foe && clause->tree->tokens[child].rel != DGM_REL_NMOD_POSS)
            continue;
        const dgm_mention *mention = clause->sentence->mentions[child];
        if (mention && mention->kind != DGM_MENTION_PLACE && mention->kind != DGM_MENTION_THING)
            return dgm_ground_actors(clause->sentence, clause->arena, child, true);
    }
    return dgm_clause_in_front(clause, noun);
}

/* "Ten were killed in a Danish raid", "the raid in which ten were killed": who raided killed them.
 */
static void recall_killer(const dgm_rules *rules, const dgm_clause *clause, dgm_act *act)
{
    const dgm_tree *tree = clause->tree;
    if (!act->is_agentless || act->type != DGM_TYPE_ASSAULT || act->actors.count ||
        act->rule->trigger.pos != DGM_TRIGGER_VERB)
        return;
    int32_t verb = act->token, fight = DGM_NO_TOKEN;
    dgm_actors found = {NULL, 0};
    if (tree->tokens[verb].rel == DGM_REL_CONJ && tree->tokens[verb].head >= 0)
        verb = tree->tokens[verb].head; /* "were killed and dozens wounded" */
    if (tree->tokens[verb].rel == DGM_REL_ACL_RELCL && tree->tokens[verb].head >= 0) {
        fight = tree->tokens[verb].head;
        found = fighters(rules, clause, fight);
    }
    for (int32_t i = verb + 1; i <= tree->right[verb] && !dgm_actors_placed(found); i++) {
        const int32_t head = tree->tokens[i].head; /* the verb or one beside it */
        if (!dgm_rules_is(rules, DGM_CLASS_AMID_PREPOSITION, clause->case_words[i]) ||
            (head != verb && (head < 0 || tree->tokens[head].head != verb ||
                              tree->tokens[head].rel != DGM_REL_CONJ)))
            continue;
        fight = i;
        found = fighters(rules, clause, i);
    }
    if (!dgm_actors_placed(found) || dgm_actors_share(found, act->recipients))
        return;
    act->actors = found;
    act->actor_at = fight;
    act->is_recalled = true;
}

/* "An offensive to topple the king": whom an attack that names nobody is to bring down. */
static bool recall_aim_below(const dgm_rules *rules, const dgm_clause *clause, int32_t above,
                             dgm_act *act)
{
    DGM_EACH_CHILD (clause->tree, child, above) {
        if (child <= act->token || !dgm_str_is(clause->cases[child], "to") ||
            !dgm_rules_is(rules, DGM_CLASS_AIM_VERB, clause->words[child]))
            continue;
        const int32_t object = dgm_clause_object(clause, child);
        const dgm_mention *mention = object >= 0 ? clause->sentence->mentions[object] : NULL;
        if (!mention || mention->kind == DGM_MENTION_PLACE || mention->kind == DGM_MENTION_THING ||
            !dgm_actors_placed(mention->actors))
            continue;
        act->recipients = dgm_ground_actors(clause->sentence, clause->arena, object, true);
        act->recipient_at = object;
        act->is_recalled = true;
        return true;
    }
    return false;
}

static void recall_aim(const dgm_rules *rules, const dgm_clause *clause, dgm_act *act)
{
    if (act->type != DGM_TYPE_ASSAULT || act->recipients.count || !dgm_actors_placed(act->actors))
        return;
    const dgm_token *token = &clause->tree->tokens[act->token];
    if (!recall_aim_below(rules, clause, act->token, act) && token->head >= 0 &&
        dgm_rel_main((dgm_rel)token->rel) == DGM_REL_OBJ)
        (void)recall_aim_below(rules, clause, token->head, act);
}

/* The act of force whose outcome the participle tells, "ambushed a patrol, killing two"; NULL. */
static const dgm_act *act_above(const dgm_clause *clause, const dgm_acts *acts, const dgm_act *act)
{
    const dgm_tree *tree = clause->tree;
    int32_t verb = act->token;
    while (tree->tokens[verb].rel == DGM_REL_CONJ && tree->tokens[verb].head >= 0 &&
           tree->tokens[verb].head < verb)
        verb = tree->tokens[verb].head;
    if (tree->tokens[verb].rel != DGM_REL_ADVCL || tree->tokens[verb].xpos != DGM_XPOS_VBG ||
        tree->tokens[act->token].xpos != DGM_XPOS_VBG)
        return NULL;
    for (uint32_t i = 0; i < acts->count; i++)
        if (acts->items[i].token == tree->tokens[verb].head &&
            acts->items[i].type == DGM_TYPE_ASSAULT)
            return &acts->items[i];
    return NULL;
}

/* "Ambushed a Kenyan patrol, killing two soldiers": they are Kenya's, whoever "five others" are. */
static void recall_victims(const dgm_clause *clause, const dgm_acts *acts, dgm_act *act)
{
    if (act->type != DGM_TYPE_ASSAULT || dgm_actors_placed(act->recipients))
        return;
    const dgm_act *above = act_above(clause, acts, act);
    if (!above || above->recipients.count != 1 || !above->recipients.items[0].code)
        return;
    dgm_actor *items = DGM_ARRAY(clause->arena, dgm_actor, (size_t)act->recipients.count + 1);
    for (uint32_t i = 0; i < act->recipients.count; i++) {
        items[i] = act->recipients.items[i];
        items[i].code = above->recipients.items[0].code;
    }
    act->recipients =
        act->recipients.count ? (dgm_actors){items, act->recipients.count} : above->recipients;
    act->is_recalled = true;
}

/* How many different sides can be placed on either side of the act; two are as good as more. */
static unsigned sides_placed(const dgm_act *act)
{
    const char *first = NULL;
    for (uint32_t i = 0; i < act->actors.count + act->recipients.count; i++) {
        const dgm_actor *actor = i < act->actors.count
                                     ? &act->actors.items[i]
                                     : &act->recipients.items[i - act->actors.count];
        if (actor->code && first && strcmp(actor->code, first) != 0)
            return 2;
        first = first ? first : actor->code;
    }
    return first != NULL;
}

/* The verb whose subject held a meeting with somebody: "made the remarks in a meeting with", "said
 * that negotiations with Peru were under way". */
static int32_t host_verb(const dgm_rules *rules, const dgm_clause *clause, int32_t noun)
{
    enum { HOST_STEPS = 3 };
    const dgm_tree *tree = clause->tree;
    for (int step = 0; step < HOST_STEPS && tree->tokens[noun].head >= 0; step++) {
        const dgm_rel rel = dgm_rel_main((dgm_rel)tree->tokens[noun].rel);
        const int32_t head = tree->tokens[noun].head;
        const bool is_carried =
            dgm_rules_is(rules, DGM_CLASS_MEETING_PREPOSITION, clause->case_words[noun]);
        if (dgm_clause_is_verb(clause, head))
            return (rel == DGM_REL_OBL && is_carried) || (rel == DGM_REL_OBJ && step)
                       ? head
                       : DGM_NO_TOKEN;
        if (rel == DGM_REL_NSUBJ && !step && tree->tokens[head].rel == DGM_REL_CCOMP)
            return tree->tokens[head].head;
        if (rel != DGM_REL_NMOD || !is_carried)
            return DGM_NO_TOKEN;
        noun = head;
    }
    return DGM_NO_TOKEN;
}

/* "Lima made the remarks in a meeting with the premier": of a meeting that names one side the other
 * is who acts in the clause around it. */
static void recall_host(const dgm_rules *rules, const dgm_clause *clause, dgm_act *act)
{
    if (act->type != DGM_TYPE_CONSULT || act->rule->trigger.pos != DGM_TRIGGER_NOUN ||
        act->actors.count || act->stop != act->token || sides_placed(act) != 1)
        return;
    const int32_t verb = host_verb(rules, clause, act->token);
    const int32_t subject = verb >= 0 ? dgm_clause_subject(clause, verb) : DGM_NO_TOKEN;
    if (subject < 0 || dgm_tree_below(clause->tree, act->token, subject))
        return;
    const dgm_actors hosts = dgm_ground_actors(clause->sentence, clause->arena, subject, true);
    if (!dgm_actors_placed(hosts) || dgm_actors_share(act->recipients, hosts))
        return;
    act->actors = hosts;
    act->actor_at = subject;
    act->is_recalled = true;
}

/* Does a verb of its own stand between the two? "met after declaring an end to talks with". */
static bool is_parted(const dgm_clause *clause, int32_t token, int32_t above)
{
    for (token = clause->tree->tokens[token].head; token >= 0 && token != above;
         token = clause->tree->tokens[token].head)
        if (dgm_clause_is_verb(clause, token))
            return true;
    return false;
}

/* "Shelled targets in Chad", "agreed to a plan for talks with Chad", "discussed a range of issues
 * with Chad": whom the act reaches may be told deeper than the entry's places look. */
static void recall_reached(const dgm_rules *rules, const dgm_clause *clause, const dgm_acts *acts,
                           dgm_act *act)
{
    const dgm_words *words = &rules->reaching[act->type];
    if (!words->count || act->recipients.count || !dgm_actors_placed(act->actors) ||
        (act->is_two_sided && sides_placed(act) != 1))
        return;
    for (int32_t i = act->token + 1; i <= clause->tree->right[act->token]; i++) {
        const dgm_mention *mention = clause->sentence->mentions[i];
        if (!mention || !clause->cases[i].len || !dgm_words_has(words, clause->case_words[i]) ||
            !dgm_actors_placed(mention->actors) || dgm_actors_share(act->actors, mention->actors) ||
            dgm_act_is_of_other(clause, acts, act, i) ||
            (act->is_two_sided &&
             (!dgm_str_is(clause->cases[i], "with") || is_parted(clause, i, act->token))))
            continue;
        act->recipients = dgm_ground_actors(clause->sentence, clause->arena, i, true);
        act->recipient_at = i;
        act->is_recalled = true;
        return;
    }
}

/* Is the noun one of force: "clashes", "an ambush"? */
static bool is_force(const dgm_rules *rules, dgm_sym noun)
{
    uint32_t at = dgm_rules_entries(rules, noun)->rules[DGM_TRIGGER_NOUN];
    for (; at != DGM_MAP_NONE; at = rules->rules[at].next)
        if (rules->rules[at].type == DGM_TYPE_ASSAULT)
            return true;
    return false;
}

/* "Soldiers were killed in clashes with rebels", "in a raid by rebels": who they fought did it. */
static void recall_enemy(const dgm_rules *rules, const dgm_clause *clause, dgm_act *act)
{
    const dgm_tree *tree = clause->tree;
    if (!act->is_agentless || act->type != DGM_TYPE_ASSAULT)
        return;
    DGM_EACH_CHILD (tree, fight, act->token) {
        if (dgm_rel_main((dgm_rel)tree->tokens[fight].rel) != DGM_REL_OBL ||
            !is_force(rules, clause->words[fight]))
            continue;
        DGM_EACH_CHILD (tree, child, fight) {
            const dgm_mention *mention = clause->sentence->mentions[child];
            if (!mention || act->actors.count || !dgm_actors_placed(mention->actors) ||
                dgm_actors_share(mention->actors, act->recipients) ||
                !(dgm_str_is(clause->cases[child], "with") ||
                  dgm_str_is(clause->cases[child], "by")))
                continue;
            act->actors = dgm_ground_actors(clause->sentence, clause->arena, child, true);
            act->actor_at = child;
            act->is_recalled = true;
        }
    }
}

/* "The opposition accused the government": the opposition is of the same state. */
static void recall_opposition(const dgm_clause *clause, dgm_act *act)
{
    const dgm_mention *mention =
        act->actor_at >= 0 ? clause->sentence->mentions[act->actor_at] : NULL;
    if (act->is_two_sided || act->actors.count != 1 || act->actors.items[0].code || !mention ||
        mention->basis != DGM_MENTION_BARE || act->actors.items[0].sectors[0] != DGM_SECTOR_OPP ||
        act->recipients.count != 1 || !act->recipients.items[0].code ||
        act->recipients.items[0].sectors[0] != DGM_SECTOR_GOV)
        return;
    dgm_actor *own = DGM_NEW(clause->arena, dgm_actor);
    *own = act->actors.items[0];
    own->code = act->recipients.items[0].code;
    act->actors = (dgm_actors){own, 1};
    act->is_recalled = true;
}

void dgm_recall_sides(const dgm_rules *rules, const dgm_recall *from, dgm_act *act)
{
    const dgm_clause *clause = from->clause;
    leave_victim(rules, clause, act);
    recall_recipient(rules, clause, from->before, act);
    recall_summed_up(rules, clause, act);
    recall_pair(clause, from->grounded, act);
    recall_other(rules, clause, from->grounded, act);
    recall_victims(clause, from->acts, act);
    recall_subjects(rules, clause, from->grounded, act);
    act->is_answer = is_answer(rules, clause, act);
    recall_asker(from->acts, from->before, act);
    recall_expeller(clause, act);
    recall_opposition(clause, act);
    recall_killer(rules, clause, act);
    recall_enemy(rules, clause, act);
    recall_aim(rules, clause, act);
    recall_host(rules, clause, act);
    recall_reached(rules, clause, from->acts, act);
}
