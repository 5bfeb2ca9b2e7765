/* Settle: who stands on each side of a record.
 *
 * In: an act with all that its places and the text around gave (match.c, recall.c). Out: the lists
 * of actors and recipients, or the verdict that the text does not name enough for a record. */
#include "code/settle.h"

static bool same_actor(const dgm_actor *a, const dgm_actor *b)
{
    if ((a->code == NULL) != (b->code == NULL) || (a->code && strcmp(a->code, b->code) != 0))
        return false;
    return memcmp(a->sectors, b->sectors, sizeof a->sectors) == 0;
}

bool dgm_actors_have_actor(dgm_actors list, const dgm_actor *actor)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (same_actor(&list.items[i], actor))
            return true;
    return false;
}

bool dgm_actors_have(dgm_actors list, const char *code)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (list.items[i].code && code && strcmp(list.items[i].code, code) == 0)
            return true;
    return false;
}

/* `a` and then `b`, each actor once; those in `without` left out. */
dgm_actors dgm_actors_merged(dgm_arena *arena, dgm_actors a, dgm_actors b, dgm_actors without)
{
    dgm_actor *items = DGM_ARRAY(arena, dgm_actor, (size_t)a.count + b.count + 1);
    dgm_actors out = {items, 0};
    for (uint32_t i = 0; i < a.count + b.count; i++) {
        const dgm_actor *actor = i < a.count ? &a.items[i] : &b.items[i - a.count];
        if (!dgm_actors_have_actor(out, actor) && !dgm_actors_have_actor(without, actor))
            items[out.count++] = *actor;
    }
    return out;
}

/* Two-sided acts need two sides that can be told apart; a code once is enough. */
static dgm_actors both_sides(dgm_arena *arena, dgm_actors a, dgm_actors b)
{
    const dgm_actors none = {NULL, 0};
    dgm_actors all = dgm_actors_merged(arena, a, b, none);
    dgm_actor *items = DGM_ARRAY(arena, dgm_actor, (size_t)all.count + 1);
    dgm_actors out = {items, 0};
    for (uint32_t i = 0; i < all.count; i++)
        if (!all.items[i].code || !dgm_actors_have(out, all.items[i].code))
            items[out.count++] = all.items[i];
    return out;
}

static uint32_t codes_in(dgm_actors list)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < list.count; i++)
        count += list.items[i].code != NULL;
    return count;
}

/* Without those that could not be placed, where others could. */
static dgm_actors placed(dgm_arena *arena, dgm_actors list)
{
    uint32_t coded = codes_in(list);
    if (!coded || coded == list.count)
        return list;
    dgm_actor *items = DGM_ARRAY(arena, dgm_actor, coded);
    dgm_actors out = {items, 0};
    for (uint32_t i = 0; i < list.count; i++)
        if (list.items[i].code)
            items[out.count++] = list.items[i];
    return out;
}

/* Types that say nothing without the other side: whom it supports, where the mission is. */
static bool needs_recipient(const dgm_ontology *ontology, const dgm_act *act)
{
    const uint32_t flags = dgm_label_flags(ontology, act->type);
    if (act->type >= DGM_TYPE_COUNT)
        return flags & DGM_TYPE_NEEDS_RECIPIENT ||
               (act->rule->trigger.pos == DGM_TRIGGER_NOUN && !(flags & DGM_TYPE_NOUN_ALONE));
    switch (act->type) {
    case DGM_TYPE_SUPPORT:
    case DGM_TYPE_AID:
    case DGM_TYPE_POSITIVE:
    case DGM_TYPE_NEGATIVE:
    case DGM_TYPE_SILENCE:
    case DGM_TYPE_MISSION:
    case DGM_TYPE_MEMBERSHIP:
    case DGM_TYPE_CLAIM:
    case DGM_TYPE_PRESENCE:
        return true;
    default: /* a noun alone is too little: "talks"; not so with "the riots", "missile tests" */
        return act->rule->trigger.pos == DGM_TRIGGER_NOUN && act->type != DGM_TYPE_PROTEST &&
               act->type != DGM_TYPE_ASSAULT && act->type != DGM_TYPE_COERCE &&
               act->type != DGM_TYPE_MOBILIZE && act->type != DGM_TYPE_RETREAT;
    }
}

static bool is_armed(dgm_sector sector)
{
    return sector == DGM_SECTOR_REB || sector == DGM_SECTOR_UAF;
}

static bool is_organ(dgm_sector sector)
{
    return sector == DGM_SECTOR_GOV || sector == DGM_SECTOR_MIL || sector == DGM_SECTOR_COP ||
           sector == DGM_SECTOR_JUD;
}

/* "French police held a French editor": inside one state both sides say what they are there; that
 * it helps its people is policy. The state itself is the other side only to its organs and to armed
 * men who use force on what is its: "declared a state of siege in Quito". */
static bool may_face_own(dgm_type type, const dgm_actor *actor, const dgm_actor *own)
{
    const dgm_sector sector = (dgm_sector)actor->sectors[0];
    bool is_policy = own->sectors[0] == DGM_SECTOR_CVL &&
                     (type == DGM_TYPE_AID || type == DGM_TYPE_AGREE || type == DGM_TYPE_SUPPORT);
    if (own->sectors[0] && sector)
        return own->sectors[0] != sector && !is_policy;
    return (type == DGM_TYPE_COERCE && (is_armed(sector) || is_organ(sector))) ||
           (type == DGM_TYPE_ASSAULT && (is_armed(sector) || sector == DGM_SECTOR_MIL));
}

/* Recipients without those that are the actors' own in name only: "Iran insisted that its
 * programme". */
static dgm_actors without_own(dgm_arena *arena, dgm_type type, dgm_actors actors,
                              dgm_actors recipients)
{
    dgm_actor *items = DGM_ARRAY(arena, dgm_actor, (size_t)recipients.count + 1);
    dgm_actors out = {items, 0};
    for (uint32_t i = 0; i < recipients.count; i++) {
        const dgm_actor *own = &recipients.items[i];
        bool stays = true;
        for (uint32_t k = 0; k < actors.count && stays; k++)
            if (own->code && actors.items[k].code && strcmp(own->code, actors.items[k].code) == 0)
                stays = may_face_own(type, &actors.items[k], own);
        if (stays)
            items[out.count++] = *own;
    }
    return out;
}

bool dgm_actors_share(dgm_actors a, dgm_actors b)
{
    for (uint32_t i = 0; i < b.count; i++)
        if (dgm_actors_have(a, b.items[i].code))
            return true;
    return false;
}

/* Does the sector oppose those who rule? People do in the street alone. */
static bool is_opposed(dgm_type type, dgm_sector sector)
{
    return is_armed(sector) || sector == DGM_SECTOR_OPP || sector == DGM_SECTOR_PTY ||
           (sector == DGM_SECTOR_CVL && type == DGM_TYPE_ASSAULT);
}

/* "The Nepalese government met Maoist rebels": two within one state, one of which opposes it. */
static bool are_within_one(dgm_arena *arena, const dgm_act *act, dgm_record *record)
{
    const dgm_actors none = {NULL, 0};
    const dgm_actors all =
        dgm_actors_merged(arena, placed(arena, act->actors), placed(arena, act->recipients), none);
    uint32_t others = 0;
    for (uint32_t i = 0; i < all.count; i++) {
        const dgm_sector sector = (dgm_sector)all.items[i].sectors[0];
        if (!sector || !all.items[i].code)
            return false;
        others += is_opposed(act->type, sector);
    }
    if (all.count != 2 || !others)
        return false;
    record->actors = all;
    return true;
}

/* "Ecuador signed the protocol", "the government agreed to open its ports": of a bargain one side
 * may be told alone, when it is one that can bind itself. */
static bool stands_alone(const dgm_rules *rules, const dgm_act *act, const dgm_record *record)
{
    if (act->type != act->rule->type || act->rule->trigger.pos != DGM_TRIGGER_VERB ||
        act->recipients.count || act->actor_at < 0 || codes_in(record->actors) != 1 ||
        !dgm_rules_is(rules, DGM_CLASS_BINDING_VERB, act->rule->trigger.head))
        return false;
    const dgm_sector sector = (dgm_sector)record->actors.items[0].sectors[0];
    return (act->type == DGM_TYPE_AGREE || act->type == DGM_TYPE_SUPPORT) &&
           (!sector || is_armed(sector) || is_organ(sector) || sector == DGM_SECTOR_IGO);
}

/* "Rights groups criticised Peru": whose they are nobody tells, but they speak for themselves.
 * Where a government is not placed something was missed. */
bool dgm_speak_for_themselves(dgm_type type, dgm_actors list)
{
    static const uint8_t own_voices[] = {DGM_SECTOR_NGO, DGM_SECTOR_CVL, DGM_SECTOR_OPP,
                                         DGM_SECTOR_PTY, DGM_SECTOR_REB, DGM_SECTOR_REL,
                                         DGM_SECTOR_IGO, DGM_SECTOR_LAB};
    if (dgm_type_quad(type) != DGM_QUAD_VERBAL_CONFLICT || list.count != 1)
        return false;
    for (unsigned i = 0; i < sizeof own_voices; i++)
        if (list.items[0].sectors[0] == own_voices[i])
            return true;
    return false;
}

/* Settle who is on each side; false when the text does not name enough for a record: two sides
 * that can be placed, or one where the act is meaningful by itself. */
bool dgm_settle_sides(const dgm_rules *rules, dgm_arena *arena, const dgm_act *act,
                      dgm_record *record)
{
    const dgm_ontology *ontology = rules->ontology;
    const dgm_actors none = {NULL, 0};
    if (act->is_two_sided) {
        record->actors =
            both_sides(arena, placed(arena, act->actors), placed(arena, act->recipients));
        record->recipients = none;
        return codes_in(record->actors) >= 2 ||
               (dgm_label_kind(ontology, act->type) == DGM_KIND_EVENT &&
                are_within_one(arena, act, record)) ||
               stands_alone(rules, act, record);
    }
    record->actors = placed(arena, dgm_actors_merged(arena, act->actors, none, none));
    record->recipients =
        placed(arena, dgm_actors_merged(arena, act->recipients, none, record->actors));
    /* "fears for its schools": no stance or tie between states */
    if (dgm_label_kind(ontology, act->type) != DGM_KIND_EVENT &&
        dgm_actors_share(record->actors, record->recipients))
        return false;
    record->recipients = without_own(arena, act->type, record->actors, record->recipients);
    if (!dgm_actors_placed(record->actors))
        return (record->actors.count || act->is_agentless) &&
               dgm_actors_placed(record->recipients) &&
               (act->is_agentless || dgm_speak_for_themselves(act->type, record->actors) ||
                dgm_type_quad(act->type) == DGM_QUAD_MATERIAL_CONFLICT ||
                dgm_label_flags(ontology, act->type) & DGM_TYPE_UNNAMED_ACTOR);
    /* people whom nobody places may be helped: "gave asylum to the writer" */
    if (!dgm_actors_placed(record->recipients) && !act->is_answer && needs_recipient(ontology, act))
        return act->type == DGM_TYPE_AID && record->recipients.count > 0;
    return record->recipients.count || !act->recipients.count || act->is_answer;
}
