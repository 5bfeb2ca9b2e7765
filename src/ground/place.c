/* Place: whose a phrase is - by the names in it, its possessor, "of" and "in" phrases, the phrase
 * beside it, the sentence's place, the document's home - and the sectors that its role brings.
 * Nothing is guessed: a wrong owner is worse than none. */
#include "ground/ground_priv.h"

static bool is_joined(const dgm_scene *scene, const dgm_name_match *a, const dgm_name_match *b)
{
    if (dgm_name_end(a) + 1 == (int32_t)b->first)
        return false; /* "Lebanese Hezbollah": side by side, one says whose the other is */
    for (int32_t t = dgm_name_end(a) + 1; t < (int32_t)b->first; t++) {
        uint8_t upos = scene->tree->tokens[t].upos;
        if (upos != DGM_PUNCT && upos != DGM_CCONJ && upos != DGM_SYM && upos != DGM_DET)
            return false;
    }
    return true;
}

/* "The Asian Age", "the African Development Forum": a region in the name of someone else. */
static bool names_region_of_other(const dgm_scene *scene, const dgm_phrase *phrase, uint32_t name)
{
    const dgm_entity *entity = scene->names[name].entity;
    return entity->kind == DGM_ENTITY_REGION && !dgm_is_state(scene->grounder, entity->code) &&
           scene->tree->tokens[phrase->head].upos == DGM_PROPN;
}

static void dgm_place_by_core(const dgm_scene *scene, const dgm_phrase *phrase, dgm_placed *out)
{
    uint32_t names[DGM_PLACED];
    uint32_t count = dgm_name_core(scene, phrase, names, DGM_PLACED);
    while (count && (int32_t)scene->names[names[count - 1]].first > phrase->head)
        count--; /* "Fan Expo Canada": names after the head do not tell whose it is */
    if (!count || names_region_of_other(scene, phrase, names[0]))
        return;
    bool all_joined = true;
    for (uint32_t i = 1; i < count; i++)
        all_joined &= is_joined(scene, &scene->names[names[i - 1]], &scene->names[names[i]]);
    const dgm_name_match *last = &scene->names[names[count - 1]];
    const dgm_role *role = dgm_role_of(scene, phrase->head);
    bool is_thing = !role || role->kind == DGM_MENTION_THING; /* "Iranian Boeing 747s" are Iran's */
    bool takes_last = last->entity->kind == DGM_ENTITY_GROUP ||
                      (!is_thing && (last->entity->kind == DGM_ENTITY_BODY ||
                                     last->entity->kind == DGM_ENTITY_PERSON));
    bool is_list = all_joined && count > 1;
    uint32_t from = is_list || !takes_last ? 0 : count - 1;
    uint32_t to = is_list ? count : from + 1;
    int32_t hyphened = from == 0 ? dgm_name_before_dash(scene, names[0]) : -1;
    if (hyphened >= 0 && dgm_name_is_usable(scene, (uint32_t)hyphened)) {
        const dgm_name_match *name = &scene->names[hyphened];
        dgm_actor actor = dgm_name_actor(dgm_name_read(scene, name), dgm_name_span(scene, name));
        dgm_add_actor(out->items, &out->count, DGM_PLACED, &actor);
    }
    for (uint32_t i = from; i < to; i++) {
        const dgm_name_match *name = &scene->names[names[i]];
        dgm_actor actor = dgm_name_actor(dgm_name_read(scene, name), dgm_name_span(scene, name));
        dgm_add_actor(out->items, &out->count, DGM_PLACED, &actor);
    }
    out->basis = DGM_MENTION_ROLE;
}

/* The codes of another phrase; a seat or an office-holder lends its state, not its sectors. */
static void borrow(const dgm_scene *scene, dgm_placed *out, const dgm_mention *mention,
                   bool with_sectors)
{
    if (!dgm_mention_has_code(mention))
        return;
    for (uint32_t i = 0; i < mention->actors.count; i++) {
        dgm_actor actor = mention->actors.items[i];
        if (!actor.code)
            continue;
        if (!with_sectors && dgm_is_state(scene->grounder, actor.code))
            memset(actor.sectors, 0, sizeof actor.sectors);
        dgm_add_actor(out->items, &out->count, DGM_PLACED, &actor);
    }
    out->basis = mention->basis == DGM_MENTION_CHAIN ? DGM_MENTION_CHAIN : DGM_MENTION_ROLE;
}

void dgm_place_borrow(dgm_scene *scene, dgm_placed *out, int32_t token, bool with_sectors)
{
    borrow(scene, out, dgm_scene_mention(scene, token), with_sectors);
    DGM_EACH_CHILD (scene->tree, child, token)
        if (scene->tree->tokens[child].rel == DGM_REL_CONJ && dgm_scene_is_nominal(scene, child))
            borrow(scene, out, dgm_scene_mention(scene, child), with_sectors);
}

/* Names in the phrase: a named possessor, then adjectives and the like, then "his". */
void dgm_place_close(dgm_scene *scene, const dgm_phrase *phrase, bool is_kin, dgm_placed *out)
{
    int32_t possessor = phrase->possessor;
    bool is_thing =
        !dgm_role_of(scene, phrase->head); /* "his Iranian deputy", but "its one-China policy" */
    if (possessor >= 0 && (is_thing || !dgm_scene_is_pronoun(scene, possessor)) && !is_kin)
        dgm_place_borrow(scene, out, possessor, false);
    if (!out->count)
        dgm_place_by_core(scene, phrase, out);
    if (!out->count && possessor >= 0 && dgm_scene_is_pronoun(scene, possessor) && !is_kin)
        dgm_place_borrow(scene, out, possessor, false);
}

/* "its neighbour", where the title names two: the other than whose neighbour it is. */
void dgm_place_by_pair(dgm_scene *scene, const dgm_phrase *phrase, dgm_placed *out)
{
    const char *const *pair = scene->discourse->pair;
    const int32_t possessor = phrase->possessor;
    const dgm_mention *owner = possessor >= 0 ? dgm_scene_mention(scene, possessor) : NULL;
    if (!pair[0] || !owner || owner->actors.count != 1 ||
        scene->tree->tokens[phrase->head].feats & DGM_FEAT_PLURAL)
        return;
    for (int i = 0; i < 2; i++)
        if (dgm_same_code(owner->actors.items[0].code, pair[i])) {
            out->items[out->count++] = (dgm_actor){.code = pair[1 - i]};
            out->basis = DGM_MENTION_CHAIN;
        }
}

static bool stands_abroad(const dgm_scene *scene, int32_t head)
{
    return dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[head]) & DGM_PLACING_ABROAD;
}

/* What the phrases after the head say: "of Chad", "from Chad", "in Cairo"; and, once removed, "the
 * Ministry of Health of Ethiopia", "workers at a mine in Peru". */
static void place_by_owners(dgm_scene *scene, const dgm_phrase *phrase, bool is_deep,
                            dgm_placed *out)
{
    for (uint32_t i = 0; i < phrase->owner_count && !out->count; i++) {
        dgm_place_borrow(scene, out, phrase->owners[i], false);
        if (out->count || !is_deep)
            continue;
        dgm_phrase inner;
        dgm_phrase_read(&inner, scene, phrase->owners[i]);
        place_by_owners(scene, &inner, false, out);
    }
}

static void place_by_insides(dgm_scene *scene, const dgm_phrase *phrase, bool is_deep,
                             dgm_placed *out)
{
    for (uint32_t i = 0; i < phrase->inside_count && !out->count; i++) {
        int32_t inside = phrase->insides[i];
        const dgm_mention *mention = dgm_scene_mention(scene, inside);
        bool is_owned = mention && mention->kind == DGM_MENTION_THING &&
                        dgm_tree_child(scene->tree, inside, DGM_REL_NMOD_POSS) >= 0;
        if (mention && (mention->place || mention->kind == DGM_MENTION_PLACE || is_owned))
            dgm_place_borrow(scene, out, inside, false);
        if (out->count || !is_deep)
            continue;
        dgm_phrase inner;
        dgm_phrase_read(&inner, scene, inside);
        place_by_insides(scene, &inner, false, out);
    }
}

void dgm_place_far(dgm_scene *scene, const dgm_phrase *phrase, dgm_placed *out)
{
    place_by_owners(scene, phrase, true, out);
    if (!stands_abroad(scene, phrase->head))
        place_by_insides(scene, phrase, true, out);
}

/* "Iranian officials and diplomats": the second is as Iranian as the first. */
void dgm_place_by_conjunct(dgm_scene *scene, const dgm_phrase *phrase, dgm_placed *out)
{
    const dgm_token *token = &scene->tree->tokens[phrase->head];
    for (uint32_t i = 0; i < phrase->core_count; i++) /* "the government and foreign troops" */
        if (phrase->core[i] < phrase->head &&
            dgm_lexicon_placing(&scene->grounder->lexicon, scene->lower[phrase->core[i]]) &
                DGM_PLACING_FOREIGN)
            return;
    if (token->rel != DGM_REL_CONJ || token->head > phrase->head ||
        dgm_tree_child(scene->tree, phrase->head, DGM_REL_DET) >= 0)
        return;
    dgm_phrase first;
    dgm_phrase_read(&first, scene, token->head);
    if (dgm_role_of(scene, token->head) && scene->name_at[token->head] < 0)
        dgm_place_close(scene, &first, false, out);
}

/* "Javad Zarif, the Iranian foreign minister": what either side lacks, the other gives. */
void dgm_place_by_apposition(dgm_scene *scene, const dgm_phrase *phrase, dgm_placed *out)
{
    if (phrase->apposition < 0)
        return;
    const dgm_mention *mention = dgm_scene_mention(scene, phrase->apposition);
    if (mention && mention->kind != DGM_MENTION_PLACE && mention->kind != DGM_MENTION_THING &&
        mention->basis != DGM_MENTION_BARE)
        dgm_place_borrow(scene, out, phrase->apposition, true);
}

static bool is_home_phrase(const dgm_scene *scene, const dgm_phrase *phrase)
{
    for (int32_t t = scene->tree->left[phrase->head]; t < phrase->head; t++)
        if (dgm_lexicon_placing(&scene->grounder->lexicon, scene->lower[t]) & DGM_PLACING_FOREIGN)
            return false;
    for (uint32_t i = 0; i < phrase->core_count; i++) {
        int32_t t = phrase->core[i];
        const dgm_token *token = &scene->tree->tokens[t];
        if (token->upos == DGM_DET && !dgm_str_is(scene->lower[t], "the"))
            return false;
        bool is_capital = t > 0 && dgm_tree_form(scene->tree, t).ptr[0] >= 'A' &&
                          dgm_tree_form(scene->tree, t).ptr[0] <= 'Z';
        if (token->upos == DGM_ADJ && is_capital && scene->role_at[t] < 0)
            return false; /* "Kurdish rebels": someone's, but not known whose */
        if (token->upos == DGM_NUM)
            return false;
        if (t < phrase->head && dgm_name_is_plain(scene, t) && dgm_role_of(scene, phrase->head))
            return false; /* "ARVN officers" */
    }
    return phrase->possessor < 0 && phrase->owner_count == 0;
}

/* Roles of a state's own life: its police, courts, protesters. */
static bool is_domestic(const dgm_scene *scene, int32_t head, const dgm_role *role)
{
    const dgm_lexicon *lexicon = &scene->grounder->lexicon;
    char name[8] = {0};
    if (dgm_lexicon_placing(lexicon, scene->lemma[head]) & DGM_PLACING_HOME)
        return true;
    dgm_str sector = dgm_str_of(dgm_sector_name((dgm_sector)role->sectors[0]));
    for (size_t i = 0; i < sector.len && i < sizeof name; i++)
        name[i] = (char)(sector.ptr[i] | 0x20);
    return sector.len && sector.len <= sizeof name &&
           (dgm_lexicon_placing(lexicon, (dgm_str){name, sector.len}) & DGM_PLACING_HOME);
}

/* "the army", "rebels", "Defence Minister Smith"; but not "resistance" or "spokesman", bare. */
static bool is_told_as_known(const dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role)
{
    const dgm_token *head = &scene->tree->tokens[phrase->head];
    if (head->upos == DGM_PROPN && role->kind == DGM_MENTION_PERSON)
        return scene->discourse->is_home_sure;
    return dgm_phrase_is_definite(scene, phrase) || head->upos == DGM_PROPN ||
           (head->feats & DGM_FEAT_PLURAL) || role->sectors[0] == DGM_SECTOR_COP;
}

/* The one state that the clause says its events are in: "In Cairo, police"; NULL for none. */
static const char *locale(const dgm_scene *scene, int32_t head)
{
    const dgm_lexicon *lexicon = &scene->grounder->lexicon;
    const char *found = NULL;
    for (uint32_t i = 0; i < scene->name_count; i++) {
        const dgm_name_match *name = &scene->names[i];
        if (!name->entity || !dgm_is_state(scene->grounder, name->entity->code) ||
            name->kind == DGM_NAME_ADJECTIVE || name->kind == DGM_NAME_PEOPLE)
            continue;
        int32_t in = dgm_tree_child(scene->tree, dgm_name_end(name), DGM_REL_CASE);
        if (in < 0 || !(dgm_lexicon_placing(lexicon, scene->lower[in]) & DGM_PLACING_INSIDE))
            continue;
        if (dgm_clause_of(scene->tree, dgm_name_end(name)) != dgm_clause_of(scene->tree, head))
            continue;
        if (found && !dgm_same_code(found, name->entity->code))
            return NULL;
        found = name->entity->code;
    }
    return found;
}

void dgm_place_at_home(dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role,
                       dgm_placed *out)
{
    const char *home =
        scene->discourse->home ? scene->discourse->home : locale(scene, phrase->head);
    if (!home || role->is_kin || role->is_pair || role->kind == DGM_MENTION_THING ||
        stands_abroad(scene, phrase->head) || !is_home_phrase(scene, phrase) ||
        !is_domestic(scene, phrase->head, role) || !is_told_as_known(scene, phrase, role))
        return;
    out->items[out->count++] = (dgm_actor){.code = home};
    out->basis = DGM_MENTION_CHAIN;
}

/* How often the document has told of the state, its title once. */
static uint32_t times_told(const dgm_discourse *discourse, const char *code)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < discourse->tally_count; i++)
        if (dgm_same_code(discourse->tally[i].code, code))
            count += discourse->tally[i].count;
    for (uint32_t i = 0; i < discourse->out->title_actors.count; i++)
        count += dgm_same_code(discourse->out->title_actors.items[i].code, code);
    return count;
}

void dgm_place_in_realm(const dgm_scene *scene, const dgm_role *role, dgm_placed *out)
{
    const char *found = role->realm_count == 1 ? role->realms[0] : NULL;
    uint32_t most = 0;
    for (uint32_t i = 0; i < role->realm_count; i++) {
        const uint32_t count = times_told(scene->discourse, role->realms[i]);
        if (count > most) {
            most = count;
            found = role->realms[i];
        } else if (count == most && count) {
            found = NULL; /* two sultans: which? */
        }
    }
    if (!found)
        return;
    out->items[out->count++] = (dgm_actor){.code = found};
    out->basis = DGM_MENTION_CHAIN;
}

static void add_sectors(uint8_t *sectors, const uint8_t *more)
{
    for (int i = 0; i < DGM_ACTOR_SECTORS; i++)
        dgm_add_sector(sectors, more[i]);
}

static bool brings_own_sectors(const dgm_scene *scene, const dgm_actor *actor, const dgm_role *role)
{
    if (!actor->sectors[0] || role->sectors[0] == DGM_SECTOR_MIL)
        return true;
    bool is_body = dgm_is_state(scene->grounder, actor->code); /* "the Interfax agency" */
    return !is_body && (role->kind == DGM_MENTION_STATE || role->kind == DGM_MENTION_ORGANISATION);
}

/* Sectors of the roles before the head ("army chief", "opposition leader"), then the head's. */
static void role_sectors(const dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role,
                         uint8_t *sectors)
{
    const dgm_role *seen = NULL;
    bool has_modifier = false;
    for (uint32_t i = 0; i < phrase->core_count; i++) {
        const dgm_role *other = dgm_role_of(scene, phrase->core[i]);
        if (!other || other == role || other == seen || phrase->core[i] > phrase->head)
            continue;
        const bool is_adjective = scene->tree->tokens[phrase->core[i]].upos == DGM_ADJ;
        if (other->kind == DGM_MENTION_PERSON &&
            (is_adjective || role->kind == DGM_MENTION_PERSON)) /* "private companies" */
            continue;
        seen = other;
        has_modifier |= other->sectors[0] != 0;
        add_sectors(sectors, other->sectors);
    }
    if (!has_modifier || (!role->is_generic && role->kind != DGM_MENTION_PERSON))
        add_sectors(sectors, role->sectors);
}

void dgm_place_dress(const dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role,
                     dgm_placed *out)
{
    for (uint32_t i = 0; i < out->count; i++) {
        dgm_actor *actor = &out->items[i];
        if (role && brings_own_sectors(scene, actor, role))
            role_sectors(scene, phrase, role, actor->sectors);
        if (out->count == 1)
            actor->span = phrase->span;
    }
    uint32_t count = 0;
    for (uint32_t i = 0; i < out->count; i++)
        dgm_add_actor(out->items, &count, DGM_PLACED,
                      &(dgm_actor){out->items[i].code,
                                   {out->items[i].sectors[0], out->items[i].sectors[1],
                                    out->items[i].sectors[2], out->items[i].sectors[3]},
                                   out->items[i].span});
    out->count = count;
}
