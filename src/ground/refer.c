/* Refer: reads a noun phrase. A name for the phrase itself comes first; then chains of mention;
 * then a role placed by the names around it; then names that no table has; then a thing that
 * belongs to someone. What no name, chain or home places has code NULL. */
#include "ground/ground_priv.h"

enum { ASK_DEPTH = 24 };

static dgm_actors give_actors(dgm_scene *scene, const dgm_actor *items, uint32_t count)
{
    dgm_actor *copy = DGM_ARRAY(scene->arena, dgm_actor, count ? count : 1);
    memcpy(copy, items, count * sizeof *items);
    return (dgm_actors){copy, count};
}

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

/* "Shen" of "Shen Guofang", "Lula" of "Luiz Inacio Lula da Silva". */
static void know_part(dgm_scene *scene, int32_t token, const dgm_mention *mention)
{
    dgm_str part = dgm_tree_form(scene->tree, token);
    if (part.len > 1 && part.ptr[part.len - 1] != '.' && !dgm_chain_known(scene->discourse, part))
        dgm_chain_know(scene->discourse, part, mention);
}

/* "in Beijing" is the city; "Beijing said" its government. */
static bool stands_inside(const dgm_scene *scene, int32_t head)
{
    int32_t in = dgm_tree_child(scene->tree, head, DGM_REL_CASE);
    return in >= 0 && in < head &&
           dgm_lexicon_placing(&scene->grounder->lexicon, scene->lower[in]) & DGM_PLACING_INSIDE;
}

/* "The League" stands for the League of Nations once that was told. */
static void know_short(dgm_scene *scene, const dgm_phrase *phrase, const dgm_name_match *name,
                       const dgm_entity *entity, const dgm_mention *mention)
{
    if (entity->kind == DGM_ENTITY_ORG && name->count > 1 && phrase->head >= (int32_t)name->first &&
        phrase->head <= dgm_name_end(name) && scene->tree->tokens[phrase->head].upos == DGM_PROPN)
        dgm_chain_know(scene->discourse, dgm_tree_form(scene->tree, phrase->head), mention);
}

/* "World Bank president Paul Wolfowitz": the organisation that the title before a person's name
 * speaks for; NULL for none. */
static const dgm_entity *headed_by(const dgm_scene *scene, const dgm_phrase *phrase, uint32_t own)
{
    const int32_t title = (int32_t)scene->names[own].first - 1;
    if (scene->names[own].entity->kind != DGM_ENTITY_PERSON || title < 1 ||
        !dgm_is_state(scene->grounder, scene->names[own].entity->code) ||
        !(dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[title]) & DGM_PLACING_CHIEF))
        return NULL;
    uint32_t names[DGM_PLACED];
    const uint32_t count = dgm_name_core(scene, phrase, names, DGM_PLACED);
    for (uint32_t i = count; i-- > 0;) {
        const dgm_entity *entity = scene->names[names[i]].entity;
        if (names[i] < own && (int32_t)scene->names[names[i]].first < title &&
            entity->kind == DGM_ENTITY_ORG)
            return entity;
    }
    return NULL;
}

static dgm_mention *name_mention(dgm_scene *scene, const dgm_phrase *phrase, uint32_t own)
{
    dgm_placed out = {.basis = DGM_MENTION_NAMED};
    const dgm_name_match *name = &scene->names[own];
    const dgm_entity *entity = dgm_name_read(scene, name);
    /* "Iran-Iraq" as one token bears two names */
    for (uint32_t n = own; n < scene->name_count && n < own + DGM_PLACED &&
                           scene->names[n].first <= (uint32_t)phrase->head;
         n++) {
        if (n != own && !dgm_name_is_usable(scene, n))
            continue;
        const dgm_entity *body = headed_by(scene, phrase, n);
        dgm_actor actor =
            dgm_name_actor(body ? body : dgm_name_read(scene, &scene->names[n]), phrase->span);
        if (scene->names[n].kind == DGM_NAME_SEAT && !stands_inside(scene, phrase->head))
            dgm_add_sector(actor.sectors, DGM_SECTOR_GOV);
        dgm_add_actor(out.items, &out.count, DGM_PLACED, &actor);
    }
    if (!out.count) { /* the name stands after the head */
        const dgm_entity *body = headed_by(scene, phrase, own);
        dgm_actor actor = dgm_name_actor(body ? body : entity, phrase->span);
        out.items[out.count++] = actor;
    }
    dgm_mention *mention = give_mention(scene, phrase, out.items, out.count,
                                        dgm_name_mention_kind(name, entity), DGM_MENTION_NAMED);
    mention->place = dgm_name_place(scene, name, entity);
    scene->kinds[phrase->head] = (uint8_t)entity->kind;
    know_short(scene, phrase, name, entity, mention);
    for (int32_t t = (int32_t)name->first;
         entity->kind == DGM_ENTITY_PERSON && name->count > 1 && t <= dgm_name_end(name); t++)
        know_part(scene, t, mention);
    return mention;
}

/* Last word of the name that goes with a title: "Zarif" in "Foreign Minister Javad Zarif". */
static int32_t bearer(const dgm_scene *scene, const dgm_phrase *phrase)
{
    for (uint32_t i = phrase->core_count; i-- > 0;)
        if (dgm_name_is_plain(scene, phrase->core[i]))
            return phrase->core[i];
    return DGM_NO_TOKEN;
}

/* What a name is remembered by: a person by the last word, anything else by the last two, since
 * every committee ends in "Committee". */
static dgm_str name_key(const dgm_scene *scene, int32_t token, dgm_mention_kind kind)
{
    if (kind == DGM_MENTION_PERSON || !dgm_name_is_plain(scene, token - 1))
        return dgm_tree_form(scene->tree, token);
    return dgm_span_of(scene->tree->text->bytes, dgm_tree_span(scene->tree, token - 1, token));
}

static void know_bearer(dgm_scene *scene, const dgm_phrase *phrase, const dgm_mention *mention)
{
    int32_t token = bearer(scene, phrase);
    if (token < 0 || !mention)
        return;
    dgm_chain_know(scene->discourse, name_key(scene, token, mention->kind), mention);
    if (mention->kind == DGM_MENTION_PERSON)
        while (dgm_name_is_plain(scene, token - 1))
            know_part(scene, --token, mention);
}

static bool is_person_role(const dgm_role *role)
{
    return role && role->kind == DGM_MENTION_PERSON;
}

static void share_with_apposition(dgm_scene *scene, const dgm_phrase *phrase,
                                  const dgm_mention *mention)
{
    if (phrase->apposition < 0 || !dgm_mention_has_code(mention) ||
        mention->kind != DGM_MENTION_PERSON)
        return;
    dgm_mention *other = dgm_scene_mention(scene, phrase->apposition);
    if (!other || dgm_mention_has_code(other) || other->kind != DGM_MENTION_PERSON)
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
    dgm_placed out = {.basis = DGM_MENTION_ROLE};
    const dgm_place *place = NULL;
    for (uint32_t i = 0; i < phrase->inside_count + phrase->owner_count && !out.count; i++) {
        int32_t arm = i < phrase->inside_count ? phrase->insides[i]
                                               : phrase->owners[i - phrase->inside_count];
        const dgm_mention *mention = dgm_scene_mention(scene, arm);
        if (!mention || (!mention->place && mention->kind != DGM_MENTION_PLACE &&
                         mention->kind != DGM_MENTION_STATE))
            continue;
        dgm_place_borrow(scene, &out, arm, false);
        place = mention->place;
    }
    if (!out.count)
        return NULL;
    dgm_place_dress(scene, phrase, NULL, &out);
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
           dgm_role_of(scene, phrase->head) &&
           dgm_role_of(scene, phrase->head)->kind == DGM_MENTION_PERSON;
}

/* "the withdrawal of foreign troops from Chad": they are not Chad's. */
static bool is_foreign_force(const dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role)
{
    bool is_foreign = false;
    for (uint32_t i = 0; i < phrase->core_count && phrase->core[i] < phrase->head; i++)
        is_foreign |=
            (dgm_lexicon_placing(&scene->grounder->lexicon, scene->lower[phrase->core[i]]) &
             DGM_PLACING_FOREIGN) != 0;
    return is_foreign && role->sectors[0] == DGM_SECTOR_MIL;
}

/* "The Company", "the shah": one of whom the document has told, or whose state the word itself
 * says. */
static bool is_told(dgm_scene *scene, const dgm_phrase *phrase)
{
    const dgm_upos upos = scene->tree->tokens[phrase->head].upos;
    return dgm_phrase_is_definite(scene, phrase) && phrase->owner_count == 0 &&
           (upos == DGM_NOUN || (upos == DGM_PROPN && phrase->core_count == 1));
}

static dgm_mention *role_mention(dgm_scene *scene, const dgm_phrase *phrase, const dgm_role *role)
{
    dgm_placed out = {.basis = DGM_MENTION_BARE};
    dgm_place_close(scene, phrase, role->is_kin, &out);
    if (!out.count && !role->is_kin && !is_foreign_force(scene, phrase, role))
        dgm_place_far(scene, phrase, &out);
    if (!out.count)
        dgm_place_by_conjunct(scene, phrase, &out);
    if (!out.count && role->is_other)
        dgm_place_by_pair(scene, phrase, &out);
    if (role->kind == DGM_MENTION_THING) {
        uint32_t bits = dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[phrase->head]);
        if (!out.count && (bits & DGM_PLACING_SITE))
            return site_mention(scene, phrase);
        dgm_place_dress(scene, phrase, NULL, &out);
        return out.count ? give_mention(scene, phrase, out.items, out.count, role->kind, out.basis)
                         : NULL;
    }
    dgm_mention chain = {.span = phrase->span};
    if (!out.count) {
        dgm_place_by_apposition(scene, phrase, &out);
        if (out.count)
            return give_mention(scene, phrase, out.items, out.count, role->kind, out.basis);
    }
    if (!out.count && role->kind != DGM_MENTION_STATE && is_told(scene, phrase) &&
        dgm_chain_role(scene, phrase, scene->lemma[phrase->head], &chain))
        return give_mention(scene, phrase, chain.actors.items, chain.actors.count, chain.kind,
                            DGM_MENTION_CHAIN);
    if (!out.count && is_told(scene, phrase))
        dgm_place_in_realm(scene, role, &out);
    if (!out.count)
        dgm_place_at_home(scene, phrase, role, &out);
    if (!out.count && is_set_phrase(scene, phrase))
        return NULL;
    if (!out.count) {
        out.items[out.count++] = (dgm_actor){.code = NULL, .span = phrase->span};
        out.basis = DGM_MENTION_BARE;
    }
    dgm_place_dress(scene, phrase, role, &out);
    return give_mention(scene, phrase, out.items, out.count, role->kind, out.basis);
}

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
    const dgm_role *role = dgm_role_of(scene, token);
    return role && (role->kind == DGM_MENTION_PERSON || role->kind == DGM_MENTION_PEOPLE) &&
           !(scene->tree->tokens[token].feats & DGM_FEAT_PLURAL);
}

static const dgm_role *title_of(const dgm_scene *scene, const dgm_phrase *phrase)
{
    for (uint32_t i = phrase->core_count; i-- > 0;)
        if (phrase->core[i] < phrase->head && may_be_title(scene, phrase->core[i]))
            return dgm_role_of(scene, phrase->core[i]);
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
        if (known && dgm_mention_has_code(known))
            return known;
        if (mention && mention->kind == DGM_MENTION_PEOPLE)
            mention->kind = DGM_MENTION_PERSON;
        know_bearer(scene, phrase, mention);
        return mention;
    }
    dgm_mention_kind kind = guess_kind(scene, phrase);
    dgm_placed out = {.basis = DGM_MENTION_BARE};
    dgm_place_close(scene, phrase, false, &out);
    dgm_mention *person =
        kind == DGM_MENTION_PLACE && !out.count && !stands_inside(scene, phrase->head)
            ? known_mention(scene, phrase)
            : NULL;
    if (person && person->kind == DGM_MENTION_PERSON)
        return person;
    if (kind == DGM_MENTION_PLACE) { /* "Venafro, Italy" */
        const dgm_mention *wider =
            phrase->apposition < 0 ? NULL : dgm_scene_mention(scene, phrase->apposition);
        if (!out.count && wider && wider->place)
            dgm_place_borrow(scene, &out, phrase->apposition, false);
        dgm_place_dress(scene, phrase, NULL, &out);
        return give_mention(scene, phrase, out.items, out.count, kind,
                            out.count ? out.basis : DGM_MENTION_BARE);
    }
    if (!out.count) {
        dgm_mention *known = known_mention(scene, phrase);
        if (known)
            return known;
        dgm_place_by_apposition(scene, phrase, &out);
    }
    if (!out.count)
        out.items[out.count++] = (dgm_actor){.code = NULL};
    dgm_place_dress(scene, phrase, NULL, &out);
    dgm_mention *mention = give_mention(scene, phrase, out.items, out.count, kind,
                                        out.items[0].code ? out.basis : DGM_MENTION_BARE);
    if (dgm_mention_has_code(mention) || dgm_name_is_plain(scene, bearer(scene, phrase) - 1))
        know_bearer(scene, phrase, mention);
    return mention;
}

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
    dgm_placed out = {0};
    dgm_placed names = {0};
    dgm_place_borrow(scene, &names, phrase->owners[0], true);
    if (!names.count)
        return NULL;
    out = names;
    dgm_place_dress(scene, phrase, NULL, &out);
    scene->kinds[phrase->head] = kind;
    return give_mention(scene, phrase, out.items, out.count,
                        is_group ? DGM_MENTION_ORGANISATION : inner->kind, inner->basis);
}

static dgm_mention *thing_mention(dgm_scene *scene, const dgm_phrase *phrase)
{
    dgm_placed out = {.basis = DGM_MENTION_NAMED};
    dgm_place_close(scene, phrase, false, &out);
    if (!out.count && phrase->maker >= 0) {
        const dgm_mention *maker = dgm_scene_mention(scene, phrase->maker);
        if (maker && maker->kind != DGM_MENTION_THING)
            dgm_place_borrow(scene, &out, phrase->maker, true);
    }
    uint32_t bits = dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[phrase->head]);
    if (!out.count && (bits & DGM_PLACING_SITE))
        return site_mention(scene, phrase);
    if (!out.count)
        return NULL;
    dgm_place_dress(scene, phrase, NULL, &out);
    if (bearer(scene, phrase) > phrase->head) { /* "mercenary boss Tim Spicer" */
        dgm_mention *person =
            give_mention(scene, phrase, out.items, out.count, DGM_MENTION_PERSON, DGM_MENTION_ROLE);
        know_bearer(scene, phrase, person);
        return person;
    }
    return give_mention(scene, phrase, out.items, out.count, DGM_MENTION_THING,
                        out.basis == DGM_MENTION_CHAIN ? DGM_MENTION_CHAIN : DGM_MENTION_NAMED);
}

static dgm_mention *chain_mention(dgm_scene *scene, const dgm_phrase *phrase, bool *is_chain)
{
    dgm_mention found = {.span = phrase->span};
    if (!dgm_chain_resolve(scene, phrase, &found, is_chain) || !found.actors.count)
        return NULL;
    dgm_placed out = {.basis = DGM_MENTION_CHAIN};
    for (uint32_t i = 0; i < found.actors.count; i++)
        dgm_add_actor(out.items, &out.count, DGM_PLACED, &found.actors.items[i]);
    const dgm_role *role = dgm_role_of(scene, phrase->head);
    if (role && role->sectors[0]) {
        for (uint32_t i = 0; i < out.count; i++)
            if (dgm_is_state(scene->grounder, out.items[i].code))
                memset(out.items[i].sectors, 0, sizeof out.items[i].sectors);
        dgm_place_dress(scene, phrase, role, &out);
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

/* "an African country", "the Asian state" that no one told of: not the region. */
static bool is_someone_of_region(const dgm_scene *scene, const dgm_phrase *phrase,
                                 const dgm_role *role)
{
    return role && role->kind == DGM_MENTION_STATE && role->is_generic && !role->sectors[0] &&
           !(scene->tree->tokens[phrase->head].feats & DGM_FEAT_PLURAL) &&
           dgm_chain_region(scene, phrase);
}

/* "the Arab country of Tunisia" is told by its owner, any other by no one. */
static dgm_mention *regional_mention(dgm_scene *scene, const dgm_phrase *phrase)
{
    dgm_placed out = {.basis = DGM_MENTION_BARE};
    dgm_place_far(scene, phrase, &out);
    if (!out.count)
        out.items[out.count++] = (dgm_actor){.span = phrase->span};
    dgm_place_dress(scene, phrase, NULL, &out);
    return give_mention(scene, phrase, out.items, out.count, DGM_MENTION_STATE, out.basis);
}

static dgm_mention *read_phrase(dgm_scene *scene, int32_t token)
{
    dgm_phrase phrase;
    bool is_chain = false;
    dgm_phrase_read(&phrase, scene, token);
    dgm_mention *mention = through_owner(scene, &phrase);
    if (mention)
        return mention;
    int32_t own = dgm_name_own(scene, &phrase);
    if (own >= 0) {
        mention = name_mention(scene, &phrase, (uint32_t)own);
        share_with_apposition(scene, &phrase, mention);
        return mention;
    }
    const dgm_role *role = dgm_role_of(scene, token);
    mention = chain_mention(scene, &phrase, &is_chain);
    if (mention || (is_chain && !role))
        return mention;
    if (is_someone_of_region(scene, &phrase, role))
        return regional_mention(scene, &phrase);
    if (dgm_scene_is_pronoun(scene, token))
        return NULL;
    bool is_unknown = scene->tree->tokens[token].upos == DGM_PROPN && !role &&
                      dgm_name_is_plain(scene, token) && !is_no_one(scene, token);
    if (role && (!is_chain || role->kind != DGM_MENTION_STATE)) {
        mention = role_mention(scene, &phrase, role);
        if (mention && is_person_role(role)) {
            dgm_mention *known =
                mention->basis == DGM_MENTION_ROLE ? NULL : known_mention(scene, &phrase);
            if (known && dgm_mention_has_code(known))
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

/* The token heads the name's words, and none of them heads a mention yet. */
static bool is_unheaded(const dgm_scene *scene, uint32_t name, int32_t token)
{
    int32_t head = scene->tree->tokens[token].head;
    if (head >= (int32_t)scene->names[name].first && head <= dgm_name_end(&scene->names[name]))
        return false;
    for (uint32_t t = 0; t < scene->names[name].count; t++)
        if (scene->mentions[scene->names[name].first + t])
            return false;
    return true;
}

/* The region in "the African country" is no one beside the country. */
static bool describes_country(const dgm_scene *scene, int32_t token)
{
    const int32_t head = scene->tree->tokens[token].head, at = scene->name_at[token];
    const dgm_role *role = head < 0 ? NULL : dgm_role_of(scene, head);
    const dgm_entity *entity = at < 0 ? NULL : scene->names[at].entity;
    return role && role->kind == DGM_MENTION_STATE && entity && entity->kind == DGM_ENTITY_REGION &&
           !dgm_is_state(scene->grounder, entity->code);
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
    if (!is_before || (at < 0 && scene->role_at[token] < 0) || describes_country(scene, token))
        return NULL;
    dgm_phrase phrase;
    dgm_phrase_read(&phrase, scene, token);
    const dgm_role *role = dgm_role_of(scene, token);
    dgm_mention *mention = NULL;
    if (at >= 0 && dgm_name_is_usable(scene, (uint32_t)at) &&
        is_unheaded(scene, (uint32_t)at, token))
        mention = name_mention(scene, &phrase, (uint32_t)at);
    else if (at < 0 && role && scene->roles[scene->role_at[token]].last == token)
        mention = role_mention(scene, &phrase, role);
    if (mention && !dgm_mention_has_code(mention))
        mention = NULL;
    if (mention)
        mention->place = NULL;
    return scene->mentions[token] = mention;
}
