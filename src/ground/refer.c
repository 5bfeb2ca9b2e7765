/* Refer: reads a noun phrase. A name for the phrase itself comes first; then a role placed by the
 * names around it; then chains of mention; then a thing that belongs to someone. Nothing is
 * guessed: what no name, chain or home places has code NULL. */
#include "ground/ground_priv.h"

#include <math.h>

enum { ASK_DEPTH = 24 };

/* Whose a phrase is. */
typedef struct placed {
    dgm_actor items[DGM_PLACED];
    uint32_t count;
    dgm_mention_basis basis;
} placed;

/* ---- small things ---- */

bool dgm_same_code(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

bool dgm_same_actor(const dgm_actor *a, const dgm_actor *b)
{
    return dgm_same_code(a->code, b->code) &&
           memcmp(a->sectors, b->sectors, sizeof a->sectors) == 0;
}

void dgm_add_actor(dgm_actor *items, uint32_t *count, uint32_t capacity, const dgm_actor *actor)
{
    for (uint32_t i = 0; i < *count; i++)
        if (dgm_same_actor(&items[i], actor))
            return;
    if (*count < capacity)
        items[(*count)++] = *actor;
}

void dgm_add_sector(uint8_t *sectors, uint8_t sector)
{
    for (int i = 0; i < DGM_ACTOR_SECTORS && sector; i++) {
        if (sectors[i] == sector)
            return;
        if (!sectors[i]) {
            sectors[i] = sector;
            return;
        }
    }
}

static void add_sectors(uint8_t *sectors, const uint8_t *more)
{
    for (int i = 0; i < DGM_ACTOR_SECTORS; i++)
        dgm_add_sector(sectors, more[i]);
}

bool dgm_code_is_state(const char *code)
{
    return code && strlen(code) == 3 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' &&
           code[1] <= 'Z' && code[2] >= 'A' && code[2] <= 'Z';
}

static dgm_actors give_actors(dgm_scene *scene, const dgm_actor *items, uint32_t count)
{
    dgm_actor *copy = DGM_ARRAY(scene->arena, dgm_actor, count ? count : 1);
    memcpy(copy, items, count * sizeof *items);
    return (dgm_actors){copy, count};
}

static bool has_code(const dgm_mention *mention)
{
    return mention && mention->actors.count && mention->actors.items[0].code;
}

/* ---- names ---- */

static bool title_has(const dgm_scene *scene, const char *code)
{
    const dgm_actors *title = &scene->discourse->out->title_actors;
    for (uint32_t i = 0; i < title->count; i++)
        if (dgm_same_code(title->items[i].code, code))
            return true;
    return false;
}

/* The reading of a name: the one that the title speaks of, else the likeliest. */
static const dgm_entity *read_name(const dgm_scene *scene, const dgm_name_match *name)
{
    if (!name->entity || name->kind == DGM_NAME_SEAT || title_has(scene, name->entity->code))
        return name->entity;
    for (int i = 0; i < 3 && name->others[i]; i++)
        if (name->others[i]->kind == name->entity->kind && title_has(scene, name->others[i]->code))
            return name->others[i];
    return name->entity;
}

static int32_t name_end(const dgm_name_match *name)
{
    return (int32_t)(name->first + name->count) - 1;
}

static bool is_unlisted(const dgm_scene *scene, int32_t token)
{
    return token >= 0 && token < scene->tree->count &&
           scene->tree->tokens[token].upos == DGM_PROPN && scene->name_at[token] < 0 &&
           scene->role_at[token] < 0;
}

static bool is_title(const dgm_scene *scene, int32_t token)
{
    dgm_str word = scene->lower[token];
    if (word.len > 1 && word.ptr[word.len - 1] == '.')
        word.len--;
    return dgm_lexicon_placing(&scene->grounder->lexicon, word) & DGM_PLACING_TITLE;
}

/* "Laura Bush", "Moussa Faki": the last name of an office-holder inside another's name. */
static bool is_other_person(const dgm_scene *scene, const dgm_name_match *name)
{
    int32_t before = (int32_t)name->first - 1, after = name_end(name) + 1;
    if (name->entity->kind != DGM_ENTITY_PERSON || name->count != 1)
        return false;
    return is_unlisted(scene, after) || (is_unlisted(scene, before) && !is_title(scene, before));
}

/* "Paris Hilton", "Michael Jordan": the name of a place inside that of a person. */
static bool is_in_person(const dgm_scene *scene, const dgm_name_match *name)
{
    const dgm_token *tokens = scene->tree->tokens;
    int32_t first = (int32_t)name->first, last = name_end(name);
    if (!name->entity || name->kind == DGM_NAME_ADJECTIVE || name->kind == DGM_NAME_PEOPLE)
        return false;
    if (is_other_person(scene, name))
        return true;
    if (name->entity->kind != DGM_ENTITY_STATE && name->entity->kind != DGM_ENTITY_CITY &&
        name->entity->kind != DGM_ENTITY_REGION)
        return false;
    if (is_unlisted(scene, first - 1) && tokens[first].name == DGM_NAME_I_PER)
        return true;
    if (is_unlisted(scene, last + 1) && tokens[first].name == DGM_NAME_B_PER)
        return true;
    if (is_unlisted(scene, last + 1) && tokens[last + 1].rel == DGM_REL_FLAT)
        return tokens[last + 1].head >= first && tokens[last + 1].head <= last;
    return is_unlisted(scene, first - 1) && tokens[first].rel == DGM_REL_FLAT &&
           tokens[first].head == first - 1;
}

static bool is_usable(const dgm_scene *scene, uint32_t i)
{
    return scene->names[i].entity && !dgm_phrase_is_shadowed(scene, i) &&
           !is_in_person(scene, &scene->names[i]);
}

/* A word of a name that no table has. */
static bool is_plain_name(const dgm_scene *scene, int32_t token)
{
    if (is_unlisted(scene, token))
        return true;
    return token >= 0 && token < scene->tree->count && scene->name_at[token] >= 0 &&
           is_in_person(scene, &scene->names[scene->name_at[token]]);
}

static dgm_actor actor_of(const dgm_entity *entity, dgm_span span)
{
    dgm_actor actor = {.code = entity->code, .span = span};
    memcpy(actor.sectors, entity->sectors, sizeof actor.sectors);
    return actor;
}

static dgm_span name_span(const dgm_scene *scene, const dgm_name_match *name)
{
    return dgm_tree_span(scene->tree, (int32_t)name->first, name_end(name));
}

/* ---- whose it is ---- */

static bool is_joined(const dgm_scene *scene, const dgm_name_match *a, const dgm_name_match *b)
{
    for (int32_t t = name_end(a) + 1; t < (int32_t)b->first; t++) {
        uint8_t upos = scene->tree->tokens[t].upos;
        if (upos != DGM_PUNCT && upos != DGM_CCONJ && upos != DGM_SYM && upos != DGM_DET)
            return false;
    }
    return true;
}

/* The names of the core that stand before the head (or are part of `only_left` false: anywhere). */
static uint32_t core_names(const dgm_scene *scene, const dgm_phrase *phrase, uint32_t *out,
                           uint32_t capacity)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < phrase->core_count; i++) {
        int32_t token = phrase->core[i], name = scene->name_at[token];
        if (name < 0)
            continue;
        for (uint32_t n = (uint32_t)name;
             n < scene->name_count && (int32_t)scene->names[n].first <= token; n++) {
            bool is_old = count && out[count - 1] >= n;
            if (!is_old && count < capacity && is_usable(scene, n))
                out[count++] = n;
        }
    }
    return count;
}

/* "Iran-North Korea relations": the name glued on by a dash, whatever the tree says; -1 for none.
 */
static int32_t name_before_dash(const dgm_scene *scene, uint32_t i)
{
    int32_t dash = (int32_t)scene->names[i].first - 1;
    const dgm_token *tokens = scene->tree->tokens;
    if (i == 0 || dash < 1 || name_end(&scene->names[i - 1]) != dash - 1)
        return -1;
    bool is_dash = tokens[dash].upos == DGM_PUNCT || tokens[dash].upos == DGM_SYM;
    return is_dash && tokens[dash].is_glued && tokens[dash + 1].is_glued ? (int32_t)i - 1 : -1;
}

static void place_by_core(const dgm_scene *scene, const dgm_phrase *phrase, placed *out)
{
    uint32_t names[DGM_PLACED];
    uint32_t count = core_names(scene, phrase, names, DGM_PLACED);
    while (count && (int32_t)scene->names[names[count - 1]].first > phrase->head)
        count--; /* "Fan Expo Canada": names after the head do not tell whose it is */
    if (!count)
        return;
    bool all_joined = true;
    for (uint32_t i = 1; i < count; i++)
        all_joined &= is_joined(scene, &scene->names[names[i - 1]], &scene->names[names[i]]);
    const dgm_name_match *last = &scene->names[names[count - 1]];
    bool takes_last = last->entity->kind == DGM_ENTITY_GROUP ||
                      last->entity->kind == DGM_ENTITY_BODY ||
                      last->entity->kind == DGM_ENTITY_PERSON;
    bool is_list = all_joined && count > 1 && !takes_last;
    uint32_t from = is_list || !takes_last ? 0 : count - 1;
    uint32_t to = is_list ? count : from + 1;
    int32_t hyphened = from == 0 ? name_before_dash(scene, names[0]) : -1;
    if (hyphened >= 0 && is_usable(scene, (uint32_t)hyphened)) {
        const dgm_name_match *name = &scene->names[hyphened];
        dgm_actor actor = actor_of(read_name(scene, name), name_span(scene, name));
        dgm_add_actor(out->items, &out->count, DGM_PLACED, &actor);
    }
    for (uint32_t i = from; i < to; i++) {
        const dgm_name_match *name = &scene->names[names[i]];
        dgm_actor actor = actor_of(read_name(scene, name), name_span(scene, name));
        dgm_add_actor(out->items, &out->count, DGM_PLACED, &actor);
    }
    out->basis = DGM_MENTION_ROLE;
}

/* The codes of another phrase; a seat or an office-holder lends its state, not its sectors. */
static void borrow(placed *out, const dgm_mention *mention, bool with_sectors)
{
    if (!has_code(mention))
        return;
    for (uint32_t i = 0; i < mention->actors.count; i++) {
        dgm_actor actor = mention->actors.items[i];
        if (!actor.code)
            continue;
        if (!with_sectors && dgm_code_is_state(actor.code))
            memset(actor.sectors, 0, sizeof actor.sectors);
        dgm_add_actor(out->items, &out->count, DGM_PLACED, &actor);
    }
    out->basis = mention->basis == DGM_MENTION_CHAIN ? DGM_MENTION_CHAIN : DGM_MENTION_ROLE;
}

static void borrow_all(dgm_scene *scene, placed *out, int32_t token, bool with_sectors)
{
    borrow(out, dgm_scene_mention(scene, token), with_sectors);
    DGM_EACH_CHILD(scene->tree, child, token)
    if (scene->tree->tokens[child].rel == DGM_REL_CONJ && dgm_scene_is_nominal(scene, child))
        borrow(out, dgm_scene_mention(scene, child), with_sectors);
}

static const dgm_role *role_of(const dgm_scene *scene, int32_t token)
{
    int32_t i = scene->role_at[token];
    return i < 0 ? NULL : scene->roles[i].role;
}

static bool is_pronoun(const dgm_scene *scene, int32_t token)
{
    return scene->tree->tokens[token].upos == DGM_PRON;
}

/* Names in the phrase: a named possessor, then adjectives and the like, then "his". */
static void place_close(dgm_scene *scene, const dgm_phrase *phrase, bool is_kin, placed *out)
{
    int32_t possessor = phrase->possessor;
    bool is_thing =
        !role_of(scene, phrase->head); /* "his Iranian deputy", but "its one-China policy" */
    if (possessor >= 0 && (is_thing || !is_pronoun(scene, possessor)) && !is_kin)
        borrow_all(scene, out, possessor, false);
    if (!out->count)
        place_by_core(scene, phrase, out);
    if (!out->count && possessor >= 0 && is_pronoun(scene, possessor) && !is_kin)
        borrow_all(scene, out, possessor, false);
}

static bool stands_abroad(const dgm_scene *scene, int32_t head)
{
    return dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[head]) & DGM_PLACING_ABROAD;
}

/* What the phrases after the head say: "of Chad", "from Chad", "in Cairo"; and, once removed, "the
 * Ministry of Health of Ethiopia", "workers at a mine in Peru". */
static void place_by_owners(dgm_scene *scene, const dgm_phrase *phrase, bool is_deep, placed *out)
{
    for (uint32_t i = 0; i < phrase->owner_count && !out->count; i++) {
        borrow_all(scene, out, phrase->owners[i], false);
        if (out->count || !is_deep)
            continue;
        dgm_phrase inner;
        dgm_phrase_read(&inner, scene, phrase->owners[i]);
        place_by_owners(scene, &inner, false, out);
    }
}

static void place_by_insides(dgm_scene *scene, const dgm_phrase *phrase, bool is_deep, placed *out)
{
    for (uint32_t i = 0; i < phrase->inside_count && !out->count; i++) {
        int32_t inside = phrase->insides[i];
        const dgm_mention *mention = dgm_scene_mention(scene, inside);
        bool is_owned = mention && mention->kind == DGM_MENTION_THING &&
                        dgm_tree_child(scene->tree, inside, DGM_REL_NMOD_POSS) >= 0;
        if (mention && (mention->place || mention->kind == DGM_MENTION_PLACE || is_owned))
            borrow_all(scene, out, inside, false);
        if (out->count || !is_deep)
            continue;
        dgm_phrase inner;
        dgm_phrase_read(&inner, scene, inside);
        place_by_insides(scene, &inner, false, out);
    }
}

static void place_far(dgm_scene *scene, const dgm_phrase *phrase, placed *out)
{
    place_by_owners(scene, phrase, true, out);
    if (!stands_abroad(scene, phrase->head))
        place_by_insides(scene, phrase, true, out);
}

/* "Iranian officials and diplomats": the second is as Iranian as the first. */
static void place_by_first_conjunct(dgm_scene *scene, const dgm_phrase *phrase, placed *out)
{
    const dgm_token *token = &scene->tree->tokens[phrase->head];
    if (token->rel != DGM_REL_CONJ || token->head > phrase->head ||
        dgm_tree_child(scene->tree, phrase->head, DGM_REL_DET) >= 0)
        return;
    dgm_phrase first;
    dgm_phrase_read(&first, scene, token->head);
    if (role_of(scene, token->head) && scene->name_at[token->head] < 0)
        place_close(scene, &first, false, out);
}

static bool is_definite(const dgm_scene *scene, const dgm_phrase *phrase)
{
    int32_t det = dgm_tree_child(scene->tree, phrase->head, DGM_REL_DET);
    return det >= 0 && dgm_str_is(scene->lower[det], "the");
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
        if (t < phrase->head && is_plain_name(scene, t) && role_of(scene, phrase->head))
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
    return is_definite(scene, phrase) || head->upos == DGM_PROPN ||
           (head->feats & DGM_FEAT_PLURAL) || role->sectors[0] == DGM_SECTOR_COP;
}

/* The one state that the sentence says its events are in: "In Cairo, police"; NULL for none. */
static const char *locale(const dgm_scene *scene)
{
    const dgm_lexicon *lexicon = &scene->grounder->lexicon;
    const char *found = NULL;
    for (uint32_t i = 0; i < scene->name_count; i++) {
        const dgm_name_match *name = &scene->names[i];
        if (!name->entity || !dgm_code_is_state(name->entity->code) ||
            name->kind == DGM_NAME_ADJECTIVE || name->kind == DGM_NAME_PEOPLE)
            continue;
        int32_t in = dgm_tree_child(scene->tree, name_end(name), DGM_REL_CASE);
        if (in < 0 || !(dgm_lexicon_placing(lexicon, scene->lower[in]) & DGM_PLACING_INSIDE))
            continue;
        if (found && !dgm_same_code(found, name->entity->code))
            return NULL;
        found = name->entity->code;
    }
    return found;
}

static void place_at_home(dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role,
                          placed *out)
{
    const char *home = scene->discourse->home ? scene->discourse->home : locale(scene);
    if (!home || role->is_kin || role->is_pair || role->kind == DGM_MENTION_THING ||
        stands_abroad(scene, phrase->head) || !is_home_phrase(scene, phrase) ||
        !is_domestic(scene, phrase->head, role) || !is_told_as_known(scene, phrase, role))
        return;
    out->items[out->count++] = (dgm_actor){.code = home};
    out->basis = DGM_MENTION_CHAIN;
}

/* ---- sectors ---- */

static bool brings_own_sectors(const dgm_actor *actor, const dgm_role *role)
{
    if (!actor->sectors[0] || role->sectors[0] == DGM_SECTOR_MIL)
        return true;
    bool is_body = dgm_code_is_state(actor->code); /* "the Interfax agency" */
    return !is_body && (role->kind == DGM_MENTION_STATE || role->kind == DGM_MENTION_ORGANISATION);
}

/* Sectors of the roles before the head ("army chief", "opposition leader"), then the head's. */
static void role_sectors(const dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role,
                         uint8_t *sectors)
{
    const dgm_role *seen = NULL;
    bool has_modifier = false;
    for (uint32_t i = 0; i < phrase->core_count; i++) {
        const dgm_role *other = role_of(scene, phrase->core[i]);
        if (!other || other == role || other == seen || phrase->core[i] > phrase->head)
            continue;
        if (other->kind == DGM_MENTION_PERSON && role->kind == DGM_MENTION_PERSON)
            continue;
        seen = other;
        has_modifier |= other->sectors[0] != 0;
        add_sectors(sectors, other->sectors);
    }
    if (!has_modifier || (!role->is_generic && role->kind != DGM_MENTION_PERSON))
        add_sectors(sectors, role->sectors);
}

static void dress(const dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role,
                  placed *out)
{
    for (uint32_t i = 0; i < out->count; i++) {
        dgm_actor *actor = &out->items[i];
        if (role && brings_own_sectors(actor, role))
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

/* ---- mentions ---- */

static dgm_mention *give_mention(dgm_scene *scene, const dgm_phrase *phrase, const dgm_actor *items,
                                 uint32_t count, dgm_mention_kind kind, dgm_mention_basis basis)
{
    dgm_mention *mention = DGM_NEW(scene->arena, dgm_mention);
    *mention = (dgm_mention){.actors = give_actors(scene, items, count),
                             .span = phrase->span,
                             .basis = basis,
                             .kind = kind};
    return mention;
}

static const dgm_entity *city_of(const dgm_name_match *name)
{
    for (int i = 0; i < 3 && name->others[i]; i++)
        if (name->others[i]->kind == DGM_ENTITY_CITY)
            return name->others[i];
    return NULL;
}

static const dgm_place *place_of(dgm_scene *scene, const dgm_name_match *name,
                                 const dgm_entity *entity)
{
    const dgm_entity *at = entity;
    if (name->kind == DGM_NAME_SEAT)
        at = city_of(name);
    else if (entity->kind != DGM_ENTITY_STATE && entity->kind != DGM_ENTITY_REGION &&
             entity->kind != DGM_ENTITY_CITY)
        return NULL;
    if (name->kind == DGM_NAME_ADJECTIVE || name->kind == DGM_NAME_PEOPLE)
        return NULL;
    dgm_place *place = DGM_NEW(scene->arena, dgm_place);
    const char *code = at ? at->code : entity->code;
    *place = (dgm_place){.name = at ? at->name : NULL,
                         .country = dgm_code_is_state(code) ? code : NULL,
                         .lat = at ? at->lat : (double)NAN,
                         .lon = at ? at->lon : (double)NAN,
                         .geonames = at ? at->geonames : 0,
                         .span = name_span(scene, name)};
    if (!place->name) {
        dgm_str words = dgm_span_of(scene->tree->text->bytes, place->span);
        place->name = dgm_arena_str(scene->arena, words.ptr, words.len).ptr;
    }
    return place;
}

static dgm_mention_kind kind_of(const dgm_name_match *name, const dgm_entity *entity)
{
    if (name->kind == DGM_NAME_SEAT)
        return DGM_MENTION_PLACE;
    switch (entity->kind) {
    case DGM_ENTITY_STATE:
        return name->kind == DGM_NAME_PROPER ? DGM_MENTION_STATE : DGM_MENTION_PEOPLE;
    case DGM_ENTITY_PERSON:
        return DGM_MENTION_PERSON;
    case DGM_ENTITY_REGION:
        return name->kind == DGM_NAME_PROPER ? DGM_MENTION_PLACE : DGM_MENTION_PEOPLE;
    case DGM_ENTITY_CITY:
        return DGM_MENTION_PLACE;
    default:
        return DGM_MENTION_ORGANISATION;
    }
}

/* Index of the name that the phrase itself bears, or -1: one that covers the head, or one after it
 * ("the group Hamas", "Minister Zarif"). */
static int32_t own_name(const dgm_scene *scene, const dgm_phrase *phrase)
{
    int32_t at = scene->name_at[phrase->head];
    if (at >= 0 && is_usable(scene, (uint32_t)at))
        return at;
    if (at >= 0)
        return -1;
    uint32_t names[DGM_PLACED];
    uint32_t count = core_names(scene, phrase, names, DGM_PLACED);
    if (!count || scene->role_at[phrase->head] < 0)
        return -1;
    const dgm_name_match *last = &scene->names[names[count - 1]];
    if ((int32_t)last->first <= phrase->head || last->kind == DGM_NAME_ADJECTIVE)
        return -1;
    bool is_place = last->kind == DGM_NAME_SEAT || last->entity->kind == DGM_ENTITY_CITY;
    return is_place ? -1 : (int32_t)names[count - 1];
}

static dgm_mention *name_mention(dgm_scene *scene, const dgm_phrase *phrase, uint32_t own)
{
    placed out = {.basis = DGM_MENTION_NAMED};
    const dgm_name_match *name = &scene->names[own];
    const dgm_entity *entity = read_name(scene, name);
    /* "Iran-Iraq" as one token bears two names */
    for (uint32_t n = own; n < scene->name_count && n < own + DGM_PLACED &&
                           scene->names[n].first <= (uint32_t)phrase->head;
         n++) {
        if (n != own && !is_usable(scene, n))
            continue;
        dgm_actor actor = actor_of(read_name(scene, &scene->names[n]), phrase->span);
        if (scene->names[n].kind == DGM_NAME_SEAT)
            dgm_add_sector(actor.sectors, DGM_SECTOR_GOV);
        dgm_add_actor(out.items, &out.count, DGM_PLACED, &actor);
    }
    if (!out.count) { /* the name stands after the head */
        dgm_actor actor = actor_of(entity, phrase->span);
        out.items[out.count++] = actor;
    }
    dgm_mention *mention =
        give_mention(scene, phrase, out.items, out.count, kind_of(name, entity), DGM_MENTION_NAMED);
    mention->place = place_of(scene, name, entity);
    scene->kinds[phrase->head] = (uint8_t)entity->kind;
    return mention;
}

/* ---- roles ---- */

/* Last word of the name that goes with a title: "Zarif" in "Foreign Minister Javad Zarif". */
static int32_t bearer(const dgm_scene *scene, const dgm_phrase *phrase)
{
    for (uint32_t i = phrase->core_count; i-- > 0;)
        if (is_plain_name(scene, phrase->core[i]))
            return phrase->core[i];
    return DGM_NO_TOKEN;
}

/* What a name is remembered by: a person by the last word, anything else by the last two, since
 * every committee ends in "Committee". */
static dgm_str name_key(const dgm_scene *scene, int32_t token, dgm_mention_kind kind)
{
    if (kind == DGM_MENTION_PERSON || !is_plain_name(scene, token - 1))
        return dgm_tree_form(scene->tree, token);
    return dgm_span_of(scene->tree->text->bytes, dgm_tree_span(scene->tree, token - 1, token));
}

static void know_bearer(dgm_scene *scene, const dgm_phrase *phrase, const dgm_mention *mention)
{
    int32_t token = bearer(scene, phrase);
    if (token < 0 || !mention)
        return;
    dgm_chain_know(scene->discourse, name_key(scene, token, mention->kind), mention);
    /* family names stand first in the east: "Shen Guofang" is "Shen" */
    while (is_plain_name(scene, token - 1))
        token--;
    dgm_str first = dgm_tree_form(scene->tree, token);
    if (mention->kind == DGM_MENTION_PERSON && !dgm_chain_known(scene->discourse, first))
        dgm_chain_know(scene->discourse, first, mention);
}

static bool is_person_role(const dgm_role *role)
{
    return role && role->kind == DGM_MENTION_PERSON;
}

/* "Javad Zarif, the Iranian foreign minister": what either side lacks, the other gives. */
static void place_by_apposition(dgm_scene *scene, const dgm_phrase *phrase, placed *out)
{
    if (phrase->apposition < 0)
        return;
    const dgm_mention *mention = dgm_scene_mention(scene, phrase->apposition);
    if (mention && mention->kind != DGM_MENTION_PLACE && mention->kind != DGM_MENTION_THING &&
        mention->basis != DGM_MENTION_BARE)
        borrow_all(scene, out, phrase->apposition, true);
}

static void share_with_apposition(dgm_scene *scene, const dgm_phrase *phrase,
                                  const dgm_mention *mention)
{
    if (phrase->apposition < 0 || !has_code(mention) || mention->kind != DGM_MENTION_PERSON)
        return;
    dgm_mention *other = dgm_scene_mention(scene, phrase->apposition);
    if (!other || has_code(other) || other->kind != DGM_MENTION_PERSON)
        return;
    dgm_span span = other->span;
    *other = *mention;
    other->span = span;
    dgm_phrase inner;
    dgm_phrase_read(&inner, scene, phrase->apposition);
    know_bearer(scene, &inner, other);
}

/* "a hospital in Kabul", "parts of Kashmir": a place of the state that it stands in. */
static dgm_mention *site_mention(dgm_scene *scene, const dgm_phrase *phrase)
{
    placed out = {.basis = DGM_MENTION_ROLE};
    const dgm_place *place = NULL;
    for (uint32_t i = 0; i < phrase->inside_count + phrase->owner_count && !out.count; i++) {
        int32_t arm = i < phrase->inside_count ? phrase->insides[i]
                                               : phrase->owners[i - phrase->inside_count];
        const dgm_mention *mention = dgm_scene_mention(scene, arm);
        if (!mention || (!mention->place && mention->kind != DGM_MENTION_PLACE &&
                         mention->kind != DGM_MENTION_STATE))
            continue;
        borrow_all(scene, &out, arm, false);
        place = mention->place;
    }
    if (!out.count)
        return NULL;
    dress(scene, phrase, NULL, &out);
    dgm_mention *mention =
        give_mention(scene, phrase, out.items, out.count, DGM_MENTION_PLACE, out.basis);
    mention->place = place;
    return mention;
}

/* "in general", "as president": a bare singular after a preposition is nobody. */
static bool is_set_phrase(const dgm_scene *scene, const dgm_phrase *phrase)
{
    const dgm_token *head = &scene->tree->tokens[phrase->head];
    return !(head->feats & DGM_FEAT_PLURAL) && head->upos != DGM_PROPN && phrase->core_count == 1 &&
           phrase->possessor < 0 && dgm_tree_child(scene->tree, phrase->head, DGM_REL_CASE) >= 0 &&
           role_of(scene, phrase->head) && role_of(scene, phrase->head)->kind == DGM_MENTION_PERSON;
}

static dgm_mention *role_mention(dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role)
{
    placed out = {.basis = DGM_MENTION_BARE};
    place_close(scene, phrase, role->is_kin, &out);
    if (!out.count && !role->is_kin)
        place_far(scene, phrase, &out);
    if (!out.count)
        place_by_first_conjunct(scene, phrase, &out);
    if (role->kind == DGM_MENTION_THING) {
        uint32_t bits = dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[phrase->head]);
        if (!out.count && (bits & DGM_PLACING_SITE))
            return site_mention(scene, phrase);
        dress(scene, phrase, NULL, &out);
        return out.count ? give_mention(scene, phrase, out.items, out.count, role->kind, out.basis)
                         : NULL;
    }
    dgm_mention chain = {.span = phrase->span};
    if (!out.count) {
        place_by_apposition(scene, phrase, &out);
        if (out.count)
            return give_mention(scene, phrase, out.items, out.count, role->kind, out.basis);
    }
    if (!out.count && role->kind != DGM_MENTION_STATE && is_definite(scene, phrase) &&
        phrase->owner_count == 0 && bearer(scene, phrase) < 0 &&
        dgm_chain_role(scene, phrase, scene->lemma[phrase->head], &chain))
        return give_mention(scene, phrase, chain.actors.items, chain.actors.count, chain.kind,
                            DGM_MENTION_CHAIN);
    if (!out.count)
        place_at_home(scene, phrase, role, &out);
    if (!out.count && is_set_phrase(scene, phrase))
        return NULL;
    if (!out.count) {
        out.items[out.count++] = (dgm_actor){.code = NULL, .span = phrase->span};
        out.basis = DGM_MENTION_BARE;
    }
    dress(scene, phrase, role, &out);
    return give_mention(scene, phrase, out.items, out.count, role->kind, out.basis);
}

/* ---- names that the gazetteer does not have ---- */

static dgm_mention_kind guess_kind(const dgm_scene *scene, const dgm_phrase *phrase)
{
    int32_t token = bearer(scene, phrase);
    const dgm_token *head = &scene->tree->tokens[token >= 0 ? token : phrase->head];
    switch (head->name) {
    case DGM_NAME_B_PER:
    case DGM_NAME_I_PER:
        return DGM_MENTION_PERSON;
    case DGM_NAME_B_LOC:
    case DGM_NAME_I_LOC:
        return DGM_MENTION_PLACE;
    case DGM_NAME_B_ORG:
    case DGM_NAME_I_ORG:
        return DGM_MENTION_ORGANISATION;
    default:
        break;
    }
    if (head->xpos == DGM_XPOS_NNPS)
        return DGM_MENTION_PEOPLE;
    if (dgm_tree_child(scene->tree, phrase->head, DGM_REL_DET) >= 0)
        return DGM_MENTION_ORGANISATION;
    return DGM_MENTION_PERSON;
}

/* "President", "activist": a role of one person before a name. */
static bool may_be_title(const dgm_scene *scene, int32_t token)
{
    const dgm_role *role = role_of(scene, token);
    return role && (role->kind == DGM_MENTION_PERSON || role->kind == DGM_MENTION_PEOPLE) &&
           !(scene->tree->tokens[token].feats & DGM_FEAT_PLURAL);
}

static const dgm_role *title_of(const dgm_scene *scene, const dgm_phrase *phrase)
{
    for (uint32_t i = phrase->core_count; i-- > 0;)
        if (phrase->core[i] < phrase->head && may_be_title(scene, phrase->core[i]))
            return role_of(scene, phrase->core[i]);
    return NULL;
}

static dgm_mention *known_mention(dgm_scene *scene, const dgm_phrase *phrase)
{
    int32_t token = bearer(scene, phrase);
    if (token < 0)
        return NULL;
    dgm_str last = dgm_tree_form(scene->tree, token);
    dgm_str key = name_key(scene, token, DGM_MENTION_ORGANISATION);
    const dgm_known *known = dgm_chain_known(scene->discourse, key);
    if (!known) {
        known = dgm_chain_known(scene->discourse, last);
        if (known && known->kind != DGM_MENTION_PERSON && key.len != last.len)
            return NULL;
    }
    if (!known)
        return NULL;
    dgm_mention *mention =
        give_mention(scene, phrase, known->actors, known->count, known->kind,
                     known->actors[0].code ? DGM_MENTION_CHAIN : DGM_MENTION_BARE);
    for (uint32_t i = 0; i < known->count; i++)
        ((dgm_actor *)mention->actors.items)[i].span = phrase->span;
    return mention;
}

static dgm_mention *unknown_mention(dgm_scene *scene, const dgm_phrase *phrase)
{
    const dgm_role *title = title_of(scene, phrase);
    if (title) {
        dgm_mention *mention = role_mention(scene, phrase, title);
        dgm_mention *known =
            mention && mention->basis == DGM_MENTION_ROLE ? NULL : known_mention(scene, phrase);
        if (known && has_code(known))
            return known;
        if (mention && mention->kind == DGM_MENTION_PEOPLE)
            mention->kind = DGM_MENTION_PERSON;
        know_bearer(scene, phrase, mention);
        return mention;
    }
    dgm_mention_kind kind = guess_kind(scene, phrase);
    placed out = {.basis = DGM_MENTION_BARE};
    place_close(scene, phrase, false, &out);
    if (kind == DGM_MENTION_PLACE) { /* "Venafro, Italy" */
        const dgm_mention *wider =
            phrase->apposition < 0 ? NULL : dgm_scene_mention(scene, phrase->apposition);
        if (!out.count && wider && wider->place)
            borrow(&out, wider, false);
        dress(scene, phrase, NULL, &out);
        return give_mention(scene, phrase, out.items, out.count, kind,
                            out.count ? out.basis : DGM_MENTION_BARE);
    }
    if (!out.count) {
        dgm_mention *known = known_mention(scene, phrase);
        if (known)
            return known;
        place_by_apposition(scene, phrase, &out);
    }
    if (!out.count)
        out.items[out.count++] = (dgm_actor){.code = NULL};
    dress(scene, phrase, NULL, &out);
    dgm_mention *mention = give_mention(scene, phrase, out.items, out.count, kind,
                                        out.items[0].code ? out.basis : DGM_MENTION_BARE);
    if (has_code(mention))
        know_bearer(scene, phrase, mention);
    return mention;
}

/* ---- heads that only count or part ---- */

static dgm_mention *through_owner(dgm_scene *scene, const dgm_phrase *phrase)
{
    uint32_t bits = dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[phrase->head]);
    if (scene->tree->tokens[phrase->head].upos == DGM_NUM)
        bits |= DGM_PLACING_QUANTITY;
    if (!phrase->owner_count || !(bits & (DGM_PLACING_QUANTITY | DGM_PLACING_PART)) ||
        scene->name_at[phrase->head] >= 0)
        return NULL;
    const dgm_mention *inner = dgm_scene_mention(scene, phrase->owners[0]);
    uint8_t kind = scene->kinds[phrase->owners[0]];
    bool is_group = kind == DGM_ENTITY_GROUP || kind == DGM_ENTITY_ORG;
    if (!inner || (!(bits & DGM_PLACING_QUANTITY) && !is_group))
        return NULL;
    if (is_group && !(bits & DGM_PLACING_PART))
        return NULL;
    if (inner->kind == DGM_MENTION_STATE || inner->kind == DGM_MENTION_PLACE)
        return NULL; /* "the rest of Iran" */
    placed out = {0};
    placed names = {0};
    borrow_all(scene, &names, phrase->owners[0], true);
    if (!names.count)
        return NULL;
    out = names;
    dress(scene, phrase, NULL, &out);
    scene->kinds[phrase->head] = kind;
    return give_mention(scene, phrase, out.items, out.count,
                        is_group ? DGM_MENTION_ORGANISATION : inner->kind, inner->basis);
}

static dgm_mention *thing_mention(dgm_scene *scene, const dgm_phrase *phrase)
{
    placed out = {.basis = DGM_MENTION_NAMED};
    place_close(scene, phrase, false, &out);
    if (!out.count && phrase->maker >= 0) {
        const dgm_mention *maker = dgm_scene_mention(scene, phrase->maker);
        if (maker && maker->kind != DGM_MENTION_THING)
            borrow_all(scene, &out, phrase->maker, true);
    }
    uint32_t bits = dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[phrase->head]);
    if (!out.count && (bits & DGM_PLACING_SITE))
        return site_mention(scene, phrase);
    if (!out.count)
        return NULL;
    dress(scene, phrase, NULL, &out);
    return give_mention(scene, phrase, out.items, out.count, DGM_MENTION_THING,
                        out.basis == DGM_MENTION_CHAIN ? DGM_MENTION_CHAIN : DGM_MENTION_NAMED);
}

/* ---- all together ---- */

static dgm_mention *chain_mention(dgm_scene *scene, const dgm_phrase *phrase, bool *is_chain)
{
    dgm_mention found = {.span = phrase->span};
    if (!dgm_chain_resolve(scene, phrase, &found, is_chain) || !found.actors.count)
        return NULL;
    placed out = {.basis = DGM_MENTION_CHAIN};
    for (uint32_t i = 0; i < found.actors.count; i++)
        dgm_add_actor(out.items, &out.count, DGM_PLACED, &found.actors.items[i]);
    const dgm_role *role = role_of(scene, phrase->head);
    if (role && role->sectors[0]) {
        for (uint32_t i = 0; i < out.count; i++)
            if (dgm_code_is_state(out.items[i].code))
                memset(out.items[i].sectors, 0, sizeof out.items[i].sectors);
        dress(scene, phrase, role, &out);
    }
    for (uint32_t i = 0; i < out.count; i++)
        out.items[i].span = phrase->span;
    dgm_mention *mention =
        give_mention(scene, phrase, out.items, out.count, found.kind, DGM_MENTION_CHAIN);
    if (role && role->kind != DGM_MENTION_STATE)
        mention->kind = role->kind;
    mention->place = found.place;
    return mention;
}

/* "Tuesday": a name by its tag, but of no one. */
static bool is_no_one(const dgm_scene *scene, int32_t token)
{
    return dgm_lexicon_placing(&scene->grounder->lexicon, scene->lower[token]) & DGM_PLACING_NEVER;
}

static dgm_mention *read_phrase(dgm_scene *scene, int32_t token)
{
    dgm_phrase phrase;
    bool is_chain = false;
    dgm_phrase_read(&phrase, scene, token);
    dgm_mention *mention = through_owner(scene, &phrase);
    if (mention)
        return mention;
    int32_t own = own_name(scene, &phrase);
    if (own >= 0) {
        mention = name_mention(scene, &phrase, (uint32_t)own);
        share_with_apposition(scene, &phrase, mention);
        return mention;
    }
    const dgm_role *role = role_of(scene, token);
    mention = chain_mention(scene, &phrase, &is_chain);
    if (mention || (is_chain && !role))
        return mention;
    if (is_pronoun(scene, token))
        return NULL;
    bool is_unknown = scene->tree->tokens[token].upos == DGM_PROPN && !role &&
                      is_plain_name(scene, token) && !is_no_one(scene, token);
    if (role && (!is_chain || role->kind != DGM_MENTION_STATE)) {
        mention = role_mention(scene, &phrase, role);
        if (mention && is_person_role(role)) {
            dgm_mention *known =
                mention->basis == DGM_MENTION_ROLE ? NULL : known_mention(scene, &phrase);
            if (known && has_code(known))
                mention = known;
            else
                know_bearer(scene, &phrase, mention);
        }
    } else if (is_unknown) {
        mention = unknown_mention(scene, &phrase);
    } else {
        mention = thing_mention(scene, &phrase);
    }
    if (mention)
        share_with_apposition(scene, &phrase, mention);
    return mention;
}

dgm_mention *dgm_scene_mention(dgm_scene *scene, int32_t token)
{
    if (scene->states[token] || scene->depth >= ASK_DEPTH || !dgm_scene_is_nominal(scene, token))
        return scene->mentions[token];
    scene->states[token] = 1;
    scene->depth++;
    scene->mentions[token] = read_phrase(scene, token);
    scene->depth--;
    scene->states[token] = 2;
    return scene->mentions[token];
}

dgm_mention *dgm_scene_modifier(dgm_scene *scene, int32_t token)
{
    if (scene->states[token] || scene->mentions[token])
        return scene->mentions[token];
    scene->states[token] = 2;
    int32_t at = scene->name_at[token];
    dgm_rel rel = dgm_rel_main((dgm_rel)scene->tree->tokens[token].rel);
    bool is_before = rel == DGM_REL_COMPOUND || rel == DGM_REL_AMOD || rel == DGM_REL_NMOD ||
                     rel == DGM_REL_CONJ || rel == DGM_REL_FLAT;
    if (!is_before || (at < 0 && scene->role_at[token] < 0))
        return NULL;
    dgm_phrase phrase;
    dgm_phrase_read(&phrase, scene, token);
    const dgm_role *role = role_of(scene, token);
    dgm_mention *mention = NULL;
    if (at >= 0 && is_usable(scene, (uint32_t)at) && name_end(&scene->names[at]) == token)
        mention = name_mention(scene, &phrase, (uint32_t)at);
    else if (at < 0 && role && scene->roles[scene->role_at[token]].last == token)
        mention = role_mention(scene, &phrase, role);
    if (mention && !has_code(mention))
        mention = NULL;
    if (mention)
        mention->place = NULL;
    return scene->mentions[token] = mention;
}
