/* Names: which of the gazetteer's finds mean what they say in this sentence, which reading they
 * have, and which of them the phrase bears itself. */
#include "ground/ground_priv.h"

#include <math.h>

static bool title_has(const dgm_scene *scene, const char *code)
{
    const dgm_actors *title = &scene->discourse->out->title_actors;
    for (uint32_t i = 0; i < title->count; i++)
        if (dgm_same_code(title->items[i].code, code))
            return true;
    return false;
}

/* The reading of a name: the one that the title speaks of, else the likeliest. */
const dgm_entity *dgm_name_read(const dgm_scene *scene, const dgm_name_match *name)
{
    if (!name->entity || name->kind == DGM_NAME_SEAT || title_has(scene, name->entity->code))
        return name->entity;
    for (int i = 0; i < 3 && name->others[i]; i++)
        if (name->others[i]->kind == name->entity->kind && title_has(scene, name->others[i]->code))
            return name->others[i];
    return name->entity;
}

int32_t dgm_name_end(const dgm_name_match *name)
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
    int32_t before = (int32_t)name->first - 1, after = dgm_name_end(name) + 1;
    if (name->entity->kind != DGM_ENTITY_PERSON || name->count != 1)
        return false;
    if (dgm_chain_known(scene->discourse, dgm_tree_form(scene->tree, (int32_t)name->first)))
        return true; /* the document has told of another */
    return is_unlisted(scene, after) || (is_unlisted(scene, before) && !is_title(scene, before));
}

/* "Paris Hilton", "Michael Jordan": the name of a place inside that of a person. */
static bool is_in_person(const dgm_scene *scene, const dgm_name_match *name)
{
    const dgm_token *tokens = scene->tree->tokens;
    int32_t first = (int32_t)name->first, last = dgm_name_end(name);
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

/* "Congress" of a story that is not about America. */
static bool is_body_abroad(const dgm_scene *scene, const dgm_name_match *name)
{
    const char *home = scene->discourse->home;
    return name->entity->kind == DGM_ENTITY_BODY && name->count == 1 &&
           scene->role_at[name->first] >= 0 && home && !dgm_same_code(home, name->entity->code);
}

bool dgm_name_is_usable(const dgm_scene *scene, uint32_t i)
{
    return scene->names[i].entity && !dgm_phrase_is_shadowed(scene, i) &&
           !is_in_person(scene, &scene->names[i]) && !is_body_abroad(scene, &scene->names[i]);
}

/* A word of a name that no table has. */
bool dgm_name_is_plain(const dgm_scene *scene, int32_t token)
{
    if (is_unlisted(scene, token))
        return true;
    return token >= 0 && token < scene->tree->count && scene->name_at[token] >= 0 &&
           is_in_person(scene, &scene->names[scene->name_at[token]]);
}

dgm_actor dgm_name_actor(const dgm_entity *entity, dgm_span span)
{
    dgm_actor actor = {.code = entity->code, .span = span};
    memcpy(actor.sectors, entity->sectors, sizeof actor.sectors);
    return actor;
}

dgm_span dgm_name_span(const dgm_scene *scene, const dgm_name_match *name)
{
    return dgm_tree_span(scene->tree, (int32_t)name->first, dgm_name_end(name));
}

/* The names of the core that stand before the head (or are part of `only_left` false: anywhere). */
uint32_t dgm_name_core(const dgm_scene *scene, const dgm_phrase *phrase, uint32_t *out,
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
            if (!is_old && count < capacity && dgm_name_is_usable(scene, n))
                out[count++] = n;
        }
    }
    return count;
}

/* "Iran-North Korea relations": the name glued on by a dash, whatever the tree says; -1 for none.
 */
int32_t dgm_name_before_dash(const dgm_scene *scene, uint32_t i)
{
    int32_t dash = (int32_t)scene->names[i].first - 1;
    const dgm_token *tokens = scene->tree->tokens;
    if (i == 0 || dash < 1 || dgm_name_end(&scene->names[i - 1]) != dash - 1)
        return -1;
    bool is_dash = tokens[dash].upos == DGM_PUNCT || tokens[dash].upos == DGM_SYM;
    return is_dash && tokens[dash].is_glued && tokens[dash + 1].is_glued ? (int32_t)i - 1 : -1;
}

/* Index of the name that the phrase itself bears, or -1: one that covers the head, or one after it
 * ("the group Hamas", "Minister Zarif"). */
int32_t dgm_name_own(const dgm_scene *scene, const dgm_phrase *phrase)
{
    int32_t at = scene->name_at[phrase->head];
    if (at >= 0 && dgm_name_is_usable(scene, (uint32_t)at))
        return at;
    if (at >= 0)
        return -1;
    uint32_t names[DGM_PLACED];
    uint32_t count = dgm_name_core(scene, phrase, names, DGM_PLACED);
    if (!count || scene->role_at[phrase->head] < 0)
        return -1;
    const dgm_name_match *last = &scene->names[names[count - 1]];
    if ((int32_t)last->first <= phrase->head || last->kind == DGM_NAME_ADJECTIVE)
        return -1;
    bool is_place = last->kind == DGM_NAME_SEAT || last->entity->kind == DGM_ENTITY_CITY;
    return is_place ? -1 : (int32_t)names[count - 1];
}

static const dgm_entity *city_of(const dgm_name_match *name)
{
    for (int i = 0; i < 3 && name->others[i]; i++)
        if (name->others[i]->kind == DGM_ENTITY_CITY)
            return name->others[i];
    return NULL;
}

const dgm_place *dgm_name_place(dgm_scene *scene, const dgm_name_match *name,
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
                         .country = dgm_is_state(scene->grounder, code) ? code : NULL,
                         .lat = at ? at->lat : (double)NAN,
                         .lon = at ? at->lon : (double)NAN,
                         .geonames = at ? at->geonames : 0,
                         .span = dgm_name_span(scene, name)};
    if (!place->name) {
        dgm_str words = dgm_span_of(scene->tree->text->bytes, place->span);
        place->name = dgm_arena_str(scene->arena, words.ptr, words.len).ptr;
    }
    return place;
}

dgm_mention_kind dgm_name_mention_kind(const dgm_name_match *name, const dgm_entity *entity)
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
