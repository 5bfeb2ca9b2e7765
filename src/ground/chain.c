/* Chain: pronouns and definite phrases, resolved by what was said before. Subjects before others,
 * near before far (Hobbs 1978; Lappin and Leass 1994, reduced); plain nouns compete, so that "it"
 * after "the plan" is nobody. */
#include "ground/ground_priv.h"

enum { LOOK_BACK = 96, CLIMB = 16, KEY_BYTES = 96 };

/* ---- where a phrase stands ---- */

static bool is_subject_rel(dgm_rel rel)
{
    return dgm_rel_main(rel) == DGM_REL_NSUBJ;
}

/* The argument that holds the token: itself or the nominal above it that a predicate governs. */
static int32_t argument_of(const dgm_tree *tree, int32_t token)
{
    for (int steps = 0; steps < CLIMB; steps++) {
        switch (dgm_rel_main((dgm_rel)tree->tokens[token].rel)) {
        case DGM_REL_NMOD:
        case DGM_REL_COMPOUND:
        case DGM_REL_FLAT:
        case DGM_REL_AMOD:
        case DGM_REL_APPOS:
        case DGM_REL_DET:
        case DGM_REL_NUMMOD:
            token = tree->tokens[token].head;
            break;
        case DGM_REL_CONJ:
            if (tree->tokens[token].upos == DGM_VERB)
                return token;
            token = tree->tokens[token].head;
            break;
        default:
            return token;
        }
    }
    return token;
}

int32_t dgm_clause_of(const dgm_tree *tree, int32_t token)
{
    int32_t argument = argument_of(tree, token);
    return tree->tokens[argument].head < 0 ? argument : tree->tokens[argument].head;
}

static bool is_subject(const dgm_tree *tree, int32_t token)
{
    for (int steps = 0; steps < CLIMB && tree->tokens[token].rel == DGM_REL_CONJ; steps++)
        token = tree->tokens[token].head;
    return is_subject_rel((dgm_rel)tree->tokens[token].rel);
}

static int32_t subject_of(const dgm_tree *tree, int32_t predicate)
{
    DGM_EACH_CHILD (tree, child, predicate)
        if (is_subject_rel((dgm_rel)tree->tokens[child].rel))
            return child;
    return DGM_NO_TOKEN;
}

static bool is_possessive(const dgm_tree *tree, int32_t token)
{
    return tree->tokens[token].rel == DGM_REL_NMOD_POSS;
}

static bool is_plural_noun(const dgm_token *token)
{
    return token->xpos == DGM_XPOS_NNS || token->xpos == DGM_XPOS_NNPS ||
           (token->feats & DGM_FEAT_PLURAL);
}

/* ---- what was seen ---- */

static uint32_t look_from(const dgm_discourse *discourse)
{
    return discourse->seen_count > LOOK_BACK ? discourse->seen_count - LOOK_BACK : 0;
}

static bool is_in_reach(const dgm_scene *scene, const dgm_seen *seen, uint32_t distance)
{
    return scene->index - seen->sentence <= distance;
}

static bool is_actor(const dgm_seen *seen)
{
    return seen->mention && seen->mention->kind != DGM_MENTION_THING;
}

static bool is_plural_actor(const dgm_seen *seen)
{
    const dgm_mention *m = seen->mention;
    return seen->is_list || seen->is_plural || m->actors.count > 1 || m->kind == DGM_MENTION_PEOPLE;
}

/* May the phrase be what the pronoun means? Plain nouns may too, and then it is no actor. */
static bool fits(const dgm_seen *seen, dgm_seeks seeks)
{
    bool is_named = is_actor(seen);
    switch (seeks) {
    case DGM_SEEKS_PERSON:
        return is_named && !seen->is_plural && !seen->is_list &&
               (seen->mention->kind == DGM_MENTION_PERSON ||
                (seen->mention->kind == DGM_MENTION_PEOPLE && seen->role.len && !seen->is_proper));
    case DGM_SEEKS_THING:
        if (!is_named)
            return !seen->is_plural && !seen->is_list && seen->is_subject;
        return !seen->is_list && !seen->is_plural && seen->mention->actors.count == 1 &&
               (seen->mention->kind == DGM_MENTION_STATE ||
                seen->mention->kind == DGM_MENTION_ORGANISATION ||
                (seen->mention->kind == DGM_MENTION_PLACE && seen->is_subject));
    case DGM_SEEKS_PLURAL:
        if (!is_named)
            return seen->is_plural || seen->is_list;
        return is_plural_actor(seen) || (seen->is_group && seen->is_subject);
    default:
        return false;
    }
}

/* "criticised Chad for its raids", "froze talks with Chad over its raids": whom the act reached. */
static bool is_blamed(const dgm_scene *scene, const dgm_seen *seen, int32_t token)
{
    const dgm_tree *tree = scene->tree;
    const int32_t owned = tree->tokens[token].head;
    if (!is_possessive(tree, token) || owned < 0 || seen->is_subject || seen->token > token ||
        seen->clause != dgm_clause_of(tree, token))
        return false;
    const int32_t word = dgm_tree_child(tree, owned, DGM_REL_CASE);
    return word >= 0 &&
           dgm_lexicon_placing(&scene->grounder->lexicon, scene->lower[word]) & DGM_PLACING_BLAME;
}

static int score(const dgm_scene *scene, const dgm_seen *seen, dgm_seeks seeks, int32_t token)
{
    int32_t back = (int32_t)(scene->index - seen->sentence);
    int points = 2 - 2 * back;
    bool is_object = !is_possessive(scene->tree, token) && !is_subject(scene->tree, token);
    if (is_object) /* objects mean objects as soon as subjects */
        points += 2;
    else if (seen->is_subject)
        points += 3;
    if (seeks == DGM_SEEKS_PERSON && seen->mention->kind != DGM_MENTION_PERSON)
        points -= 3; /* "the public" is seldom "he" */
    if (seeks == DGM_SEEKS_PLURAL && seen->is_plural)
        points += 1;
    if (is_actor(seen))
        points += 1;
    if (back == 0 && is_blamed(scene, seen, token))
        points += 6;
    if (back == 0 && is_possessive(scene->tree, token) && seen->is_subject &&
        seen->clause == dgm_clause_of(scene->tree, token))
        points += 2;
    return points;
}

/* Below it, but not in a conjunct or relative clause of it: "Smith and his men", "Smith, whose
 * men". */
static bool is_part_of(const dgm_tree *tree, int32_t token, int32_t above)
{
    bool is_other = false;
    for (; token >= 0; token = tree->tokens[token].head) {
        if (token == above && !is_other)
            return true;
        dgm_rel rel = (dgm_rel)tree->tokens[token].rel;
        is_other = rel == DGM_REL_CONJ || rel == DGM_REL_ACL_RELCL;
    }
    return false;
}

/* "Smith, who congratulated him": he is not Smith. */
static bool is_its_relative_subject(const dgm_tree *tree, const dgm_seen *seen, int32_t token)
{
    int32_t predicate = dgm_clause_of(tree, token);
    const bool has_subject = subject_of(tree, predicate) >= 0;
    for (int steps = 0;
         steps < CLIMB && tree->tokens[predicate].rel == DGM_REL_CONJ && !has_subject; steps++)
        predicate = tree->tokens[predicate].head;
    const int32_t subject = subject_of(tree, predicate);
    return tree->tokens[predicate].rel == DGM_REL_ACL_RELCL &&
           tree->tokens[predicate].head == seen->token && subject >= 0 && subject != token &&
           tree->tokens[subject].xpos == DGM_XPOS_WP;
}

/* A pronoun that is no possessor means no one of its own clause, and nothing that it is part of. */
static bool is_barred(const dgm_scene *scene, const dgm_seen *seen, int32_t token)
{
    if (seen->sentence != scene->index)
        return false;
    if (is_part_of(scene->tree, token, seen->token))
        return true;
    if (!is_possessive(scene->tree, token) && is_its_relative_subject(scene->tree, seen, token))
        return true;
    return !is_possessive(scene->tree, token) &&
           seen->clause == dgm_clause_of(scene->tree, token) &&
           argument_of(scene->tree, token) == token;
}

/* What a sentence told beside its subject is no good guess for "it" in the next. */
static int least_score(dgm_seeks seeks)
{
    return seeks == DGM_SEEKS_THING ? 3 : seeks == DGM_SEEKS_PLURAL ? 2 : 1;
}

static const dgm_seen *best_seen(const dgm_scene *scene, int32_t token, const dgm_chain *chain)
{
    const dgm_discourse *discourse = scene->discourse;
    const dgm_seen *best = NULL;
    int best_score = 0;
    bool is_object_it = chain->seeks == DGM_SEEKS_THING && !is_subject(scene->tree, token) &&
                        !is_possessive(scene->tree, token);
    for (uint32_t i = discourse->seen_count; i-- > look_from(discourse);) {
        const dgm_seen *seen = &discourse->seen[i];
        if (!is_in_reach(scene, seen, chain->distance))
            break;
        bool is_rival = is_object_it && !is_actor(seen) && !seen->is_plural && !seen->is_list;
        if ((!fits(seen, chain->seeks) && !is_rival) || is_barred(scene, seen, token))
            continue;
        int points = score(scene, seen, chain->seeks, token);
        if (!best || points > best_score) {
            best = seen;
            best_score = points;
        }
    }
    return best && is_actor(best) && best_score >= least_score(chain->seeks) ? best : NULL;
}

static bool take(dgm_mention *mention, const dgm_mention *other)
{
    if (!other || !other->actors.count)
        return false;
    mention->actors = other->actors;
    mention->kind = other->kind;
    mention->place = NULL;
    return true;
}

/* "It is clear that", "it was agreed to": the words after say what it is. */
static bool is_empty_it(const dgm_scene *scene, int32_t token)
{
    const dgm_tree *tree = scene->tree;
    int32_t predicate = tree->tokens[token].head;
    if (!is_subject_rel((dgm_rel)tree->tokens[token].rel) || predicate < 0)
        return false;
    bool is_verb = tree->tokens[predicate].upos == DGM_VERB;
    if (is_verb && !dgm_tree_is_passive(tree, predicate))
        return false;
    DGM_EACH_CHILD (tree, child, predicate) {
        dgm_rel rel = dgm_rel_main((dgm_rel)tree->tokens[child].rel);
        if (child > predicate &&
            (rel == DGM_REL_CCOMP || rel == DGM_REL_CSUBJ || rel == DGM_REL_XCOMP ||
             rel == DGM_REL_ADVCL || rel == DGM_REL_ACL))
            return true;
    }
    return false;
}

/* "Smith and his men", "the war and its aftermath": the owner stands beside; -1 for none. */
static int32_t owner_beside(const dgm_tree *tree, int32_t token)
{
    int32_t owned = tree->tokens[token].head;
    if (!is_possessive(tree, token) || owned < 0 || tree->tokens[owned].rel != DGM_REL_CONJ)
        return DGM_NO_TOKEN;
    int32_t first = tree->tokens[owned].head;
    return first < token && tree->tokens[first].upos != DGM_VERB ? first : DGM_NO_TOKEN;
}

static bool find_pronoun(const dgm_scene *scene, int32_t token, const dgm_chain *chain,
                         dgm_mention *mention)
{
    int32_t beside = owner_beside(scene->tree, token);
    if (beside >= 0) {
        dgm_seen seen = {.mention = scene->mentions[beside], .is_subject = true};
        seen.is_plural = is_plural_noun(&scene->tree->tokens[beside]);
        if (fits(&seen, chain->seeks))
            return is_actor(&seen) && take(mention, seen.mention);
    }
    if (chain->seeks == DGM_SEEKS_THING && is_empty_it(scene, token))
        return false;
    const dgm_seen *seen = best_seen(scene, token, chain);
    return seen && take(mention, seen->mention);
}

/* ---- inside the sentence ---- */

/* The phrase and its conjuncts as one mention. */
static bool take_list(dgm_scene *scene, int32_t head, dgm_mention *mention)
{
    dgm_actor items[DGM_PLACED];
    uint32_t count = 0;
    const dgm_mention *first = dgm_scene_mention(scene, head);
    for (uint32_t i = 0; first && i < first->actors.count; i++)
        dgm_add_actor(items, &count, DGM_PLACED, &first->actors.items[i]);
    DGM_EACH_CHILD (scene->tree, child, head) {
        if (scene->tree->tokens[child].rel != DGM_REL_CONJ)
            continue;
        const dgm_mention *other = dgm_scene_mention(scene, child);
        for (uint32_t i = 0; other && i < other->actors.count; i++)
            dgm_add_actor(items, &count, DGM_PLACED, &other->actors.items[i]);
        first = first ? first : other;
    }
    if (!first || !count)
        return false;
    dgm_actor *copy = DGM_ARRAY(scene->arena, dgm_actor, count);
    memcpy(copy, items, count * sizeof *items);
    *mention = (dgm_mention){.actors = {copy, count},
                             .span = mention->span,
                             .basis = DGM_MENTION_CHAIN,
                             .kind = first->kind};
    return true;
}

static bool find_subject(dgm_scene *scene, int32_t token, bool is_several, dgm_mention *mention)
{
    const dgm_tree *tree = scene->tree;
    int32_t predicate = dgm_clause_of(tree, token);
    for (int steps = 0; steps < CLIMB && predicate >= 0; steps++) {
        const dgm_token *p = &tree->tokens[predicate];
        int32_t subject = subject_of(tree, predicate);
        if (subject < 0 && p->rel == DGM_REL_ACL && p->xpos != DGM_XPOS_VB && p->head >= 0)
            subject = p->head; /* "troops defending themselves" */
        if (subject >= 0 && subject != token && !dgm_tree_below(tree, token, subject))
            return take_list(scene, subject, mention) &&
                   (!is_several || mention->actors.count > 1 ||
                    mention->kind == DGM_MENTION_PEOPLE);
        predicate = p->head;
    }
    return false;
}

static bool find_antecedent(dgm_scene *scene, int32_t token, dgm_mention *mention)
{
    const dgm_tree *tree = scene->tree;
    if (tree->tokens[token].xpos == DGM_XPOS_DT || tree->tokens[token].xpos == DGM_XPOS_IN)
        return false;
    int32_t at = token;
    for (int steps = 0; steps < CLIMB && at >= 0; steps++, at = tree->tokens[at].head)
        if (tree->tokens[at].rel == DGM_REL_ACL_RELCL)
            break;
    if (at < 0 || tree->tokens[at].rel != DGM_REL_ACL_RELCL || tree->tokens[at].head < 0)
        return false;
    int32_t antecedent = tree->tokens[at].head;
    DGM_EACH_CHILD (tree, child, antecedent)
        if (tree->tokens[child].rel == DGM_REL_CONJ && child < token)
            return take_list(scene, antecedent, mention);
    return take(mention, dgm_scene_mention(scene, antecedent));
}

/* ---- definite phrases ---- */

static void add_states(const dgm_scene *scene, dgm_actor *items, uint32_t *count, uint32_t capacity,
                       const dgm_mention *m)
{
    for (uint32_t i = 0; i < m->actors.count; i++) {
        dgm_actor actor = {.code = m->actors.items[i].code};
        if (dgm_is_state(scene->grounder, actor.code))
            dgm_add_actor(items, count, capacity, &actor);
    }
}

static bool give(dgm_scene *scene, dgm_mention *mention, const dgm_actor *items, uint32_t count,
                 dgm_mention_kind kind)
{
    if (!count)
        return false;
    dgm_actor *copy = DGM_ARRAY(scene->arena, dgm_actor, count);
    memcpy(copy, items, count * sizeof *items);
    mention->actors = (dgm_actors){copy, count};
    mention->kind = kind;
    return true;
}

/* The last list of two, not further back than `distance`. */
static const dgm_seen *last_list(const dgm_scene *scene, uint32_t count, uint32_t distance)
{
    const dgm_discourse *discourse = scene->discourse;
    for (uint32_t i = discourse->seen_count; i-- > look_from(discourse);) {
        const dgm_seen *seen = &discourse->seen[i];
        if (!is_in_reach(scene, seen, distance))
            break;
        if (seen->mention && (seen->is_list || (distance > 0 && seen->mention->actors.count > 1)) &&
            seen->mention->actors.count == count && seen->mention->actors.items[0].code &&
            seen->mention->actors.items[count - 1].code)
            return seen;
    }
    return NULL;
}

static uint32_t states_back(const dgm_scene *scene, uint32_t distance, dgm_actor *items,
                            uint32_t capacity)
{
    const dgm_discourse *discourse = scene->discourse;
    uint32_t count = 0;
    for (uint32_t i = discourse->seen_count; i-- > look_from(discourse);) {
        const dgm_seen *seen = &discourse->seen[i];
        if (!is_in_reach(scene, seen, distance))
            break;
        if (seen->mention)
            add_states(scene, items, &count, capacity, seen->mention);
    }
    return count;
}

/* The two states that the document names most, when they stand out. */
static uint32_t most_told(const dgm_discourse *discourse, dgm_actor *items)
{
    uint32_t first = 0, second = 0, third = 0;
    for (uint32_t i = 0; i < discourse->tally_count; i++) {
        uint32_t n = discourse->tally[i].count;
        if (n > first) {
            third = second;
            second = first;
            items[1] = items[0];
            first = n;
            items[0] = (dgm_actor){.code = discourse->tally[i].code};
        } else if (n > second) {
            third = second;
            second = n;
            items[1] = (dgm_actor){.code = discourse->tally[i].code};
        } else if (n > third) {
            third = n;
        }
    }
    return second >= 2 && second > third ? 2 : 0;
}

/* "Both signed": of whatever kind, the last list of two that was just told. */
static bool find_both(dgm_scene *scene, const dgm_chain *chain, dgm_mention *mention)
{
    const dgm_discourse *discourse = scene->discourse;
    for (uint32_t i = discourse->seen_count; i-- > look_from(discourse);) {
        const dgm_seen *seen = &discourse->seen[i];
        if (!is_in_reach(scene, seen, chain->distance))
            break;
        if (!seen->is_list)
            continue;
        return seen->mention && seen->mention->actors.count == 2 &&
               seen->mention->kind != DGM_MENTION_THING && take(mention, seen->mention);
    }
    return false;
}

static bool find_pair(dgm_scene *scene, const dgm_chain *chain, dgm_mention *mention)
{
    const dgm_discourse *discourse = scene->discourse;
    dgm_actor items[DGM_PLACED];
    const dgm_seen *list = last_list(scene, 2, 0);
    if (list)
        return give(scene, mention, list->mention->actors.items, 2, DGM_MENTION_STATE);
    if (discourse->pair[0]) {
        items[0] = (dgm_actor){.code = discourse->pair[0]};
        items[1] = (dgm_actor){.code = discourse->pair[1]};
        return give(scene, mention, items, 2, DGM_MENTION_STATE);
    }
    if (chain->seeks == DGM_SEEKS_SIDES) { /* of a quarrel, often no states */
        list = last_list(scene, 2, chain->distance);
        return list && give(scene, mention, list->mention->actors.items, 2, list->mention->kind);
    }
    for (uint32_t back = 0; back <= 1 && back <= chain->distance; back++)
        if (states_back(scene, back, items, DGM_PLACED) == 2)
            return give(scene, mention, items, 2, DGM_MENTION_STATE);
    list = last_list(scene, 2, chain->distance);
    if (list)
        return give(scene, mention, list->mention->actors.items, 2, DGM_MENTION_STATE);
    return give(scene, mention, items, most_told(discourse, items), DGM_MENTION_STATE);
}

static bool find_states(dgm_scene *scene, const dgm_chain *chain, dgm_mention *mention)
{
    dgm_actor items[DGM_PLACED];
    const dgm_seen *list = last_list(scene, chain->number, chain->distance);
    if (list)
        return give(scene, mention, list->mention->actors.items, chain->number, DGM_MENTION_STATE);
    for (uint32_t back = 0; back <= chain->distance; back++)
        if (states_back(scene, back, items, DGM_PLACED) == chain->number)
            return give(scene, mention, items, chain->number, DGM_MENTION_STATE);
    return false;
}

static bool find_listed(dgm_scene *scene, const dgm_chain *chain, dgm_mention *mention)
{
    for (uint32_t count = 2; count <= DGM_PLACED; count++) {
        const dgm_seen *list = last_list(scene, count, chain->distance);
        if (list && dgm_is_state(scene->grounder, list->mention->actors.items[0].code))
            return give(scene, mention, list->mention->actors.items, count, DGM_MENTION_STATE);
    }
    return false;
}

/* "the country": the last one told - in this sentence if the document has a home, else its home. */
static bool find_state(dgm_scene *scene, const dgm_chain *chain, dgm_mention *mention)
{
    const dgm_discourse *discourse = scene->discourse;
    const char *last = NULL;
    for (uint32_t i = discourse->seen_count; i-- > look_from(discourse);) {
        const dgm_seen *seen = &discourse->seen[i];
        if (last || !is_in_reach(scene, seen, discourse->home ? 0 : chain->distance))
            break;
        const dgm_mention *m = seen->mention;
        if (!m || m->actors.count != 1 || !dgm_is_state(scene->grounder, m->actors.items[0].code) ||
            (m->kind != DGM_MENTION_STATE && m->kind != DGM_MENTION_PLACE))
            continue;
        last = m->actors.items[0].code;
    }
    dgm_actor actor = {.code = last ? last : discourse->home};
    return actor.code && give(scene, mention, &actor, 1, DGM_MENTION_STATE);
}

static bool find_government(dgm_scene *scene, dgm_mention *mention)
{
    dgm_actor items[DGM_PLACED];
    if (scene->discourse->home)
        items[0] = (dgm_actor){.code = scene->discourse->home};
    else if (states_back(scene, 1, items, DGM_PLACED) != 1)
        return false;
    return give(scene, mention, items, 1, DGM_MENTION_STATE);
}

/* The title names one organisation and nothing else: it is "the organisation" all through. */
static bool find_titled_group(const dgm_scene *scene, dgm_mention *mention)
{
    const dgm_discourse *discourse = scene->discourse;
    const dgm_actors title = discourse->out->title_actors;
    if (title.count != 1 || dgm_is_state(scene->grounder, title.items[0].code))
        return false;
    for (uint32_t i = 0; i < discourse->seen_count; i++) {
        const dgm_seen *seen = &discourse->seen[i];
        if (seen->is_group && !seen->is_list && seen->mention->actors.count == 1 &&
            dgm_same_code(seen->mention->actors.items[0].code, title.items[0].code))
            return take(mention, seen->mention);
    }
    return false;
}

static bool find_group(const dgm_scene *scene, const dgm_chain *chain, dgm_mention *mention)
{
    const dgm_discourse *discourse = scene->discourse;
    for (uint32_t i = discourse->seen_count; i-- > look_from(discourse);) {
        const dgm_seen *seen = &discourse->seen[i];
        if (!is_in_reach(scene, seen, chain->distance))
            break;
        if (seen->is_group && !seen->is_list && seen->mention->actors.count == 1)
            return (!dgm_mention_has_code(seen->mention) && find_titled_group(scene, mention)) ||
                   take(mention, seen->mention);
    }
    return find_titled_group(scene, mention);
}

static bool find_groups(dgm_scene *scene, const dgm_chain *chain, dgm_mention *mention)
{
    const dgm_discourse *discourse = scene->discourse;
    dgm_actor items[DGM_PLACED];
    uint32_t count = 0, sentence = UINT32_MAX;
    for (uint32_t i = discourse->seen_count; i-- > look_from(discourse);) {
        const dgm_seen *seen = &discourse->seen[i];
        if (!is_in_reach(scene, seen, chain->distance) ||
            (sentence != UINT32_MAX && seen->sentence != sentence))
            break;
        if (!seen->is_group)
            continue;
        if (seen->mention->actors.count > 1)
            return take(mention, seen->mention);
        sentence = seen->sentence;
        dgm_add_actor(items, &count, DGM_PLACED, &seen->mention->actors.items[0]);
    }
    for (uint32_t i = 0; i < count / 2; i++) { /* back into the order of the words */
        dgm_actor last = items[count - 1 - i];
        items[count - 1 - i] = items[i];
        items[i] = last;
    }
    return give(scene, mention, items, count, DGM_MENTION_ORGANISATION);
}

static bool find_of_two(dgm_scene *scene, const dgm_chain *chain, uint32_t which,
                        dgm_mention *mention)
{
    const dgm_seen *list = last_list(scene, 2, chain->distance);
    return list &&
           give(scene, mention, &list->mention->actors.items[which], 1,
                list->mention->kind == DGM_MENTION_THING ? DGM_MENTION_STATE : list->mention->kind);
}

/* ---- "the African country" ---- */

const char *dgm_chain_region(const dgm_scene *scene, const dgm_phrase *phrase)
{
    const char *region = NULL;
    if (phrase->possessor >= 0)
        return NULL;
    for (uint32_t i = 0; i < phrase->core_count && phrase->core[i] < phrase->head; i++) {
        const int32_t at = scene->name_at[phrase->core[i]];
        const dgm_entity *entity = at < 0 ? NULL : scene->names[at].entity;
        if (!entity)
            continue;
        if (entity->kind != DGM_ENTITY_REGION || dgm_is_state(scene->grounder, entity->code))
            return NULL;
        region = entity->code;
    }
    return region;
}

static void add_in_region(const dgm_scene *scene, const char *region, dgm_actors actors,
                          dgm_actor *items, uint32_t *count)
{
    for (uint32_t i = 0; i < actors.count; i++) {
        const dgm_actor actor = {.code = actors.items[i].code};
        if (dgm_is_state(scene->grounder, actor.code) &&
            dgm_gazetteer_lies_in(scene->grounder->gazetteer, actor.code, region))
            dgm_add_actor(items, count, DGM_PLACED, &actor);
    }
}

/* The `number` states of the region that were told last; else those of the title, or the home. */
static bool find_in_region(dgm_scene *scene, const char *region, const dgm_phrase *phrase,
                           const dgm_chain *chain, dgm_mention *mention)
{
    const uint32_t number = chain->seeks == DGM_SEEKS_STATE ? 1 : chain->number;
    const dgm_discourse *discourse = scene->discourse;
    const dgm_actor home = {.code = discourse->home};
    dgm_actor items[DGM_PLACED];
    uint32_t count = 0;
    for (uint32_t i = 0; i < phrase->owner_count; i++) /* "the Arab country of Tunisia" */
        if (dgm_mention_has_code(dgm_scene_mention(scene, phrase->owners[i])))
            return false;
    for (uint32_t i = discourse->seen_count; count < number && i-- > look_from(discourse);)
        if (discourse->seen[i].mention && discourse->seen[i].mention->actors.count == 1)
            add_in_region(scene, region, discourse->seen[i].mention->actors, items, &count);
    if (count < number) {
        count = 0;
        add_in_region(scene, region, discourse->out->title_actors, items, &count);
    }
    if (count < number && number == 1)
        add_in_region(scene, region, (dgm_actors){&home, 1}, items, &count);
    return count == number && give(scene, mention, items, count, DGM_MENTION_STATE);
}

/* ---- which row of the table ---- */

typedef enum key_sort {
    KEY_WHOLE,
    KEY_BARE,    /* without adjectives: "the two communist countries" */
    KEY_REGIONAL /* the head and its determiners: "the west African island country" */
} key_sort;

static bool is_passed_over(const dgm_scene *scene, int32_t token, key_sort sort)
{
    const uint8_t upos = scene->tree->tokens[token].upos;
    const int32_t name = scene->name_at[token];
    if (sort == KEY_REGIONAL)
        return upos != DGM_DET && upos != DGM_NUM;
    return sort == KEY_BARE &&
           (name < 0 ? upos == DGM_ADJ : !dgm_name_is_usable(scene, (uint32_t)name));
}

/* The words of the core up to the head; false when there are names, but those of a region. */
static bool key_of(const dgm_scene *scene, const dgm_phrase *phrase, key_sort sort, char *key,
                   size_t *len)
{
    *len = 0;
    bool has_possessor = phrase->possessor >= 0;
    if (has_possessor && scene->tree->tokens[phrase->possessor].upos != DGM_PRON)
        return false;
    for (uint32_t i = 0; i <= phrase->core_count; i++) {
        if (i == 0 && !has_possessor)
            continue;
        int32_t t = i == 0 ? phrase->possessor : phrase->core[i - 1];
        if (t > phrase->head)
            break;
        if (t != phrase->head && is_passed_over(scene, t, sort))
            continue;
        if (scene->name_at[t] >= 0)
            return false;
        dgm_str word = scene->lower[t];
        if (*len + word.len + 1 >= KEY_BYTES)
            return false;
        if (*len)
            key[(*len)++] = ' ';
        memcpy(key + *len, word.ptr, word.len);
        *len += word.len;
    }
    return true;
}

static const dgm_chain *row_of(const dgm_scene *scene, const dgm_phrase *phrase, const char *region)
{
    char key[KEY_BYTES];
    size_t len;
    if (scene->tree->tokens[phrase->head].upos == DGM_PROPN)
        return NULL;
    const dgm_lexicon *lexicon = &scene->grounder->lexicon;
    const bool is_plain = key_of(scene, phrase, region ? KEY_REGIONAL : KEY_WHOLE, key, &len);
    const dgm_chain *chain = is_plain ? dgm_lexicon_chain(lexicon, (dgm_str){key, len}) : NULL;
    if (chain || region || !key_of(scene, phrase, KEY_BARE, key, &len))
        return chain;
    chain = dgm_lexicon_chain(lexicon, (dgm_str){key, len});
    const bool takes_adjectives =
        chain && chain->number == 2 &&
        (chain->seeks == DGM_SEEKS_PAIR || chain->seeks == DGM_SEEKS_SIDES ||
         chain->seeks == DGM_SEEKS_GROUP); /* "the pro-Iranian group" */
    return takes_adjectives ? chain : NULL;
}

/* "the countries covered by the ban": others than those told before. */
static bool is_told_apart(const dgm_scene *scene, int32_t head)
{
    DGM_EACH_CHILD (scene->tree, child, head)
        if (dgm_rel_main((dgm_rel)scene->tree->tokens[child].rel) == DGM_REL_ACL)
            return scene->tree->tokens[head].feats & DGM_FEAT_PLURAL;
    return false;
}

bool dgm_chain_resolve(dgm_scene *scene, const dgm_phrase *phrase, dgm_mention *mention,
                       bool *is_chain)
{
    const char *region = dgm_chain_region(scene, phrase);
    const dgm_chain *chain = row_of(scene, phrase, region);
    *is_chain = chain != NULL;
    if (!chain)
        return false;
    if (region) {
        *is_chain = chain->seeks == DGM_SEEKS_STATE || chain->seeks == DGM_SEEKS_STATES ||
                    (chain->seeks == DGM_SEEKS_PAIR && chain->number == 2);
        return *is_chain && find_in_region(scene, region, phrase, chain, mention);
    }
    bool has_owner = phrase->owner_count > 0 || is_told_apart(scene, phrase->head);
    switch (chain->seeks) {
    case DGM_SEEKS_PERSON:
    case DGM_SEEKS_THING:
    case DGM_SEEKS_PLURAL:
        return find_pronoun(scene, phrase->head, chain, mention);
    case DGM_SEEKS_REFLEXIVE:
        return find_subject(scene, phrase->head, false, mention);
    case DGM_SEEKS_RECIPROCAL:
        return find_subject(scene, phrase->head, true, mention);
    case DGM_SEEKS_RELATIVE:
        return find_antecedent(scene, phrase->head, mention);
    case DGM_SEEKS_PAIR:
    case DGM_SEEKS_SIDES:
        return !has_owner && find_pair(scene, chain, mention);
    case DGM_SEEKS_BOTH:
        return !has_owner && find_both(scene, chain, mention);
    case DGM_SEEKS_STATES:
        return !has_owner && find_states(scene, chain, mention);
    case DGM_SEEKS_LISTED:
        return !has_owner && find_listed(scene, chain, mention);
    case DGM_SEEKS_STATE:
        return !has_owner && find_state(scene, chain, mention);
    case DGM_SEEKS_GOVERNMENT:
        return !has_owner && find_government(scene, mention);
    case DGM_SEEKS_GROUP:
        return !has_owner && find_group(scene, chain, mention);
    case DGM_SEEKS_GROUPS:
        return !has_owner && find_groups(scene, chain, mention);
    case DGM_SEEKS_LATTER:
        return find_of_two(scene, chain, 1, mention);
    case DGM_SEEKS_FORMER:
        return find_of_two(scene, chain, 0, mention);
    default:
        return false;
    }
}

bool dgm_chain_role(dgm_scene *scene, const dgm_phrase *phrase, dgm_str lemma, dgm_mention *mention)
{
    enum { DISTANCE = 4 };
    const dgm_discourse *discourse = scene->discourse;
    const dgm_seen *found = NULL;
    bool is_several = is_plural_noun(&scene->tree->tokens[phrase->head]);
    for (uint32_t i = discourse->seen_count; i-- > look_from(discourse);) {
        const dgm_seen *seen = &discourse->seen[i];
        if (!is_in_reach(scene, seen, DISTANCE))
            break;
        if (!seen->mention || seen->is_list || !seen->mention->actors.count ||
            !seen->mention->actors.items[0].code || !dgm_str_eq(seen->role, lemma) ||
            seen->is_plural != is_several)
            continue;
        if (found && is_several &&
            !dgm_same_code(found->mention->actors.items[0].code,
                           seen->mention->actors.items[0].code))
            return false; /* troops of two states: which? */
        found = found ? found : seen;
    }
    return found && take(mention, found->mention);
}

/* ---- telling ---- */

static void count_states(dgm_discourse *discourse, const dgm_mention *mention)
{
    for (uint32_t i = 0; i < mention->actors.count; i++) {
        const char *code = mention->actors.items[i].code;
        if (!dgm_is_state(discourse->grounder, code))
            continue;
        uint32_t at = 0;
        while (at < discourse->tally_count && !dgm_same_code(discourse->tally[at].code, code))
            at++;
        if (at == DGM_TALLY_CODES)
            continue;
        if (at == discourse->tally_count)
            discourse->tally[discourse->tally_count++] = (dgm_tally){code, 0};
        discourse->tally[at].count++;
    }
}

/* The lemma of the role in the phrase: "minister" of "Foreign Minister Javad Zarif". */
static dgm_str role_lemma(const dgm_scene *scene, int32_t token)
{
    dgm_phrase phrase;
    dgm_phrase_read(&phrase, scene, token);
    for (uint32_t i = phrase.core_count; i-- > 0;) {
        int32_t at = scene->role_at[phrase.core[i]];
        if (at >= 0 && scene->roles[at].role->kind != DGM_MENTION_THING)
            return scene->lemma[scene->roles[at].last];
    }
    return (dgm_str){"", 0};
}

static int32_t last_conjunct(const dgm_tree *tree, int32_t head)
{
    int32_t last = DGM_NO_TOKEN;
    DGM_EACH_CHILD (tree, child, head)
        if (tree->tokens[child].rel == DGM_REL_CONJ && tree->tokens[child].upos != DGM_VERB)
            last = child;
    return last;
}

static void push_seen(dgm_discourse *discourse, dgm_seen seen)
{
    DGM_PUSH(discourse->arena, discourse->seen, discourse->seen_count, discourse->seen_capacity,
             seen);
}

static void tell_list(dgm_scene *scene, int32_t head)
{
    dgm_mention list = {0};
    bool is_told = take_list(scene, head, &list); /* else a list of things: "she and her husband" */
    dgm_mention *mention = DGM_NEW(scene->arena, dgm_mention);
    *mention = list;
    push_seen(scene->discourse,
              (dgm_seen){.sentence = scene->index,
                         .token = head,
                         .clause = dgm_clause_of(scene->tree, head),
                         .mention = is_told ? mention : NULL,
                         .is_plural = true,
                         .is_subject = is_subject(scene->tree, head),
                         .is_list = true,
                         .is_group = is_told && (scene->kinds[head] == DGM_ENTITY_GROUP ||
                                                 scene->kinds[head] == DGM_ENTITY_ORG)});
}

/* The verb whose subject the phrase keeps company, "met Bob", "held talks with Bob"; -1 for none.
 */
static int32_t verb_of_company(const dgm_scene *scene, int32_t token)
{
    const dgm_tree *tree = scene->tree;
    const dgm_lexicon *lexicon = &scene->grounder->lexicon;
    const int32_t word = dgm_tree_child(tree, token, DGM_REL_CASE);
    int32_t verb = tree->tokens[token].head;
    if (word < 0)
        return verb >= 0 && tree->tokens[token].rel == DGM_REL_OBJ &&
                       dgm_lexicon_placing(lexicon, scene->lemma[verb]) & DGM_PLACING_ENCOUNTER
                   ? verb
                   : DGM_NO_TOKEN;
    if (!dgm_str_is(scene->lower[word], "with") || verb < 0)
        return DGM_NO_TOKEN;
    if (tree->tokens[verb].rel == DGM_REL_OBJ) /* "talks" of "held talks" */
        verb = tree->tokens[verb].head;
    return tree->tokens[verb].upos == DGM_VERB &&
                   dgm_lexicon_placing(lexicon, scene->lemma[verb]) & DGM_PLACING_COMPANY
               ? verb
               : DGM_NO_TOKEN;
}

/* Two who met are "they" and "the two" afterwards. */
static void tell_company(dgm_scene *scene, int32_t token)
{
    const dgm_mention *other = scene->mentions[token];
    const int32_t verb = other && dgm_mention_has_code(other) ? verb_of_company(scene, token) : -1;
    const int32_t subject = verb < 0 ? -1 : subject_of(scene->tree, verb);
    const dgm_mention *first = subject < 0 ? NULL : scene->mentions[subject];
    if (!first || first->actors.count != 1 || other->actors.count != 1 ||
        !dgm_mention_has_code(first) || first->kind != other->kind ||
        dgm_same_code(first->actors.items[0].code, other->actors.items[0].code) ||
        last_conjunct(scene->tree, subject) >= 0 || last_conjunct(scene->tree, token) >= 0)
        return;
    dgm_actor *items = DGM_ARRAY(scene->arena, dgm_actor, 2);
    items[0] = first->actors.items[0];
    items[1] = other->actors.items[0];
    dgm_mention *both = DGM_NEW(scene->arena, dgm_mention);
    *both = (dgm_mention){
        .actors = {items, 2}, .span = first->span, .basis = DGM_MENTION_CHAIN, .kind = first->kind};
    push_seen(scene->discourse, (dgm_seen){.sentence = scene->index,
                                           .token = subject,
                                           .clause = verb,
                                           .mention = both,
                                           .is_plural = true,
                                           .is_subject = true,
                                           .is_list = true});
}

/* "The United States" is one, however it is spelt. */
static bool is_plural(const dgm_token *token, const dgm_mention *mention, uint8_t kind)
{
    if (mention && mention->actors.count > 1)
        return true;
    bool is_one_name = mention && kind != DGM_ENTITY_NONE && mention->kind != DGM_MENTION_PEOPLE &&
                       token->upos == DGM_PROPN;
    return !is_one_name && is_plural_noun(token);
}

void dgm_chain_tell(dgm_scene *scene, int32_t token)
{
    const dgm_tree *tree = scene->tree;
    const dgm_token *t = &tree->tokens[token];
    const dgm_mention *mention = scene->mentions[token];
    uint8_t kind = scene->kinds[token];
    if (t->upos == DGM_PRON && !mention)
        return;
    bool is_group_chain =
        mention && mention->basis == DGM_MENTION_CHAIN && mention->kind == DGM_MENTION_ORGANISATION;
    dgm_seen seen = {.sentence = scene->index,
                     .token = token,
                     .clause = dgm_clause_of(tree, token),
                     .mention = mention,
                     .is_plural = is_plural(t, mention, kind),
                     .is_subject = is_subject(tree, token),
                     .is_proper = t->upos == DGM_PROPN,
                     .is_group = mention && (kind == DGM_ENTITY_GROUP || kind == DGM_ENTITY_ORG ||
                                             is_group_chain)};
    if (mention && mention->actors.count && mention->kind != DGM_MENTION_THING)
        seen.role = role_lemma(scene, token);
    push_seen(scene->discourse, seen);
    if (mention && mention->basis != DGM_MENTION_CHAIN)
        count_states(scene->discourse, mention);
    tell_company(scene, token);
    if (t->rel == DGM_REL_CONJ && last_conjunct(tree, t->head) == token &&
        dgm_scene_is_nominal(scene, t->head))
        tell_list(scene, t->head);
}

/* ---- names learned from the document ---- */

void dgm_chain_know(dgm_discourse *discourse, dgm_str name, const dgm_mention *mention)
{
    if (!mention || !mention->actors.count || name.len < 2)
        return;
    uint32_t old = dgm_map_get(&discourse->known_by_name, name);
    if (old != DGM_MAP_NONE && discourse->known[old].actors[0].code &&
        !mention->actors.items[0].code)
        return;
    dgm_known known = {mention->actors.items, mention->actors.count, mention->kind};
    DGM_PUSH(discourse->arena, discourse->known, discourse->known_count, discourse->known_capacity,
             known);
    dgm_map_put(&discourse->known_by_name, name, discourse->known_count - 1);
}

const dgm_known *dgm_chain_known(const dgm_discourse *discourse, dgm_str name)
{
    uint32_t i = dgm_map_get(&discourse->known_by_name, name);
    return i == DGM_MAP_NONE ? NULL : &discourse->known[i];
}
