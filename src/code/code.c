/* Code: the acts of each sentence become records - who is named on both sides, how sure, according
 * to whom, when, where, about what. */
#include "code/code.h"
#include "base/hash.h"
#include "code/context.h"
#include "code/signs.h"
#include "code/when.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static dgm_status check_cameo(const dgm_codebook *book, dgm_error *err)
{
    for (uint32_t i = 0; i < book->rules->rule_count; i++) {
        const dgm_rule *rule = &book->rules->rules[i];
        if (rule->cameo && !dgm_cameo_find(book->cameos, dgm_str_of(rule->cameo)))
            return dgm_fail(err, DGM_ERROR_FORMAT, rule->file, rule->line,
                            "line %llu: unknown CAMEO code: \"%s\"", (unsigned long long)rule->line,
                            rule->cameo);
    }
    return DGM_OK;
}

dgm_status dgm_codebook_load(dgm_codebook *book, dgm_arena *arena, const dgm_pack *pack,
                             const dgm_pack *user, const dgm_rules_report *report, dgm_error *err)
{
    DGM_TRY(dgm_rules_load(&book->rules, arena, pack, user, report, err));
    DGM_TRY(dgm_cameos_load(&book->cameos, arena, pack, err));
    DGM_TRY(check_cameo(book, err));
    DGM_TRY(dgm_scopes_load(&book->scopes, arena, pack, err));
    DGM_TRY(dgm_sureness_load(&book->sureness, arena, pack, err));
    const dgm_str ranker = dgm_pack_find(pack, "model/ranker.bin");
    return ranker.ptr ? dgm_ranker_open(&book->ranker, "model/ranker.bin", ranker, err) : DGM_OK;
}

static bool same_actor(const dgm_actor *a, const dgm_actor *b)
{
    if ((a->code == NULL) != (b->code == NULL) || (a->code && strcmp(a->code, b->code) != 0))
        return false;
    return memcmp(a->sectors, b->sectors, sizeof a->sectors) == 0;
}

static bool has_actor(dgm_actors list, const dgm_actor *actor)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (same_actor(&list.items[i], actor))
            return true;
    return false;
}

static bool has_code(dgm_actors list, const char *code)
{
    for (uint32_t i = 0; i < list.count; i++)
        if (list.items[i].code && code && strcmp(list.items[i].code, code) == 0)
            return true;
    return false;
}

/* `a` and then `b`, each actor once; those in `without` left out. */
static dgm_actors merged(dgm_arena *arena, dgm_actors a, dgm_actors b, dgm_actors without)
{
    dgm_actor *items = DGM_ARRAY(arena, dgm_actor, (size_t)a.count + b.count + 1);
    dgm_actors out = {items, 0};
    for (uint32_t i = 0; i < a.count + b.count; i++) {
        const dgm_actor *actor = i < a.count ? &a.items[i] : &b.items[i - a.count];
        if (!has_actor(out, actor) && !has_actor(without, actor))
            items[out.count++] = *actor;
    }
    return out;
}

/* Two-sided acts need two sides that can be told apart; a code once is enough. */
static dgm_actors both_sides(dgm_arena *arena, dgm_actors a, dgm_actors b)
{
    const dgm_actors none = {NULL, 0};
    dgm_actors all = merged(arena, a, b, none);
    dgm_actor *items = DGM_ARRAY(arena, dgm_actor, (size_t)all.count + 1);
    dgm_actors out = {items, 0};
    for (uint32_t i = 0; i < all.count; i++)
        if (!all.items[i].code || !has_code(out, all.items[i].code))
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
           (type == DGM_TYPE_ASSAULT && sector == DGM_SECTOR_MIL);
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

static bool shares_code(dgm_actors a, dgm_actors b)
{
    for (uint32_t i = 0; i < b.count; i++)
        if (has_code(a, b.items[i].code))
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
        merged(arena, placed(arena, act->actors), placed(arena, act->recipients), none);
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
static bool speak_for_themselves(const dgm_act *act, dgm_actors list)
{
    static const uint8_t own_voices[] = {DGM_SECTOR_NGO, DGM_SECTOR_CVL, DGM_SECTOR_OPP,
                                         DGM_SECTOR_PTY, DGM_SECTOR_REB, DGM_SECTOR_REL,
                                         DGM_SECTOR_IGO, DGM_SECTOR_LAB};
    if (dgm_type_quad(act->type) != DGM_QUAD_VERBAL_CONFLICT || list.count != 1)
        return false;
    for (unsigned i = 0; i < sizeof own_voices; i++)
        if (list.items[0].sectors[0] == own_voices[i])
            return true;
    return false;
}

/* Settle who is on each side; false when the text does not name enough for a record: two sides
 * that can be placed, or one where the act is meaningful by itself. */
static bool settle_sides(const dgm_rules *rules, dgm_arena *arena, const dgm_act *act,
                         dgm_record *record)
{
    const dgm_ontology *ontology = rules->ontology;
    const dgm_actors none = {NULL, 0};
    if (act->is_two_sided) {
        record->actors =
            both_sides(arena, placed(arena, act->actors), placed(arena, act->recipients));
        record->recipients = none;
        return codes_in(record->actors) >= 2 || stands_alone(rules, act, record) ||
               (dgm_label_kind(ontology, act->type) == DGM_KIND_EVENT &&
                are_within_one(arena, act, record));
    }
    record->actors = placed(arena, merged(arena, act->actors, none, none));
    record->recipients = placed(arena, merged(arena, act->recipients, none, record->actors));
    /* "fears for its schools": no stance or tie between states */
    if (dgm_label_kind(ontology, act->type) != DGM_KIND_EVENT &&
        shares_code(record->actors, record->recipients))
        return false;
    record->recipients = without_own(arena, act->type, record->actors, record->recipients);
    if (!dgm_actors_placed(record->actors))
        return (record->actors.count || act->is_agentless) &&
               dgm_actors_placed(record->recipients) &&
               (act->is_agentless || speak_for_themselves(act, record->actors) ||
                dgm_type_quad(act->type) == DGM_QUAD_MATERIAL_CONFLICT ||
                dgm_label_flags(ontology, act->type) & DGM_TYPE_UNNAMED_ACTOR);
    /* people whom nobody places may be helped: "gave asylum to the writer" */
    if (!dgm_actors_placed(record->recipients) && needs_recipient(ontology, act))
        return act->type == DGM_TYPE_AID && record->recipients.count > 0;
    return record->recipients.count || !act->recipients.count || act->is_answer;
}

/* Does a clause with a subject of its own stand between the word and the act above it? */
static bool is_in_own_clause(const dgm_tree *tree, int32_t token, int32_t above)
{
    for (; token >= 0 && token != above; token = tree->tokens[token].head)
        if (dgm_rel_main((dgm_rel)tree->tokens[token].rel) == DGM_REL_ADVCL &&
            dgm_tree_child_main(tree, token, DGM_REL_NSUBJ) >= 0)
            return true;
    return false;
}

/* Does the token belong to another verb's act below this one? */
static bool is_of_other_act(const dgm_clause *clause, const dgm_acts *acts, const dgm_act *act,
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

/* Actors under the act that fill none of its places. */
static dgm_actors third_sides(const dgm_clause *clause, const dgm_acts *acts, const dgm_act *act,
                              const dgm_record *record)
{
    dgm_actor *items = NULL;
    dgm_actors found = {NULL, 0};
    uint32_t capacity = 0;
    for (int32_t i = clause->tree->left[act->token]; i <= clause->tree->right[act->token]; i++) {
        const dgm_mention *mention = clause->sentence->mentions[i];
        dgm_span source = record->attribution.span;
        bool is_source = mention && source.len && mention->span.off >= source.off &&
                         dgm_span_end(mention->span) <= dgm_span_end(source);
        if (!mention || is_source || i == act->actor_at || i == act->recipient_at ||
            is_in_own_clause(clause->tree, i, act->token))
            continue;
        const bool inside_other = is_of_other_act(clause, acts, act, i);
        for (uint32_t k = 0; k < mention->actors.count && !inside_other; k++) {
            const dgm_actor *actor = &mention->actors.items[k];
            if (actor->code && !has_code(record->actors, actor->code) &&
                !has_code(record->recipients, actor->code) && !has_code(found, actor->code)) {
                DGM_PUSH(clause->arena, items, found.count, capacity, *actor);
                found.items = items;
            }
        }
    }
    return found;
}

/* The claim's source is worth naming only when it is not the one who acts. */
static dgm_attribution outside_source(const dgm_scope *scope, const dgm_record *record)
{
    dgm_attribution attribution = scope->attribution;
    if (!attribution.span.len)
        return (dgm_attribution){0};
    for (uint32_t i = 0; i < record->actors.count; i++)
        if (dgm_span_end(attribution.span) > record->actors.items[i].span.off &&
            dgm_span_end(record->actors.items[i].span) > attribution.span.off)
            return (dgm_attribution){0};
    if (attribution.actors.count && record->actors.count == 1)
        if (has_actor(record->actors, &attribution.actors.items[0]) &&
            attribution.actors.count == 1)
            return (dgm_attribution){0};
    return attribution;
}

const char *dgm_act_ids(dgm_arena *arena, const dgm_act *act)
{
    size_t size = 1;
    for (uint32_t i = 0; i < act->id_count; i++)
        size += strlen(act->ids[i]) + 1;
    char *out = dgm_arena_array(arena, size, 1), *to = out;
    for (uint32_t i = 0; i < act->id_count; i++) {
        if (i)
            *to++ = '+';
        size_t len = strlen(act->ids[i]);
        memcpy(to, act->ids[i], len);
        to += len;
    }
    return out;
}

/* The words of the entry and of each operator around it. */
static const dgm_span *rule_spans(const dgm_clause *clause, const dgm_act *act)
{
    dgm_span *spans = DGM_ARRAY(clause->arena, dgm_span, act->id_count);
    spans[0] = dgm_tree_span(clause->tree, act->first, act->last);
    for (uint32_t i = 1; i < act->id_count; i++)
        spans[i] = dgm_tree_span(clause->tree, act->operators[i], act->operators[i]);
    return spans;
}

static uint64_t hash_actors(uint64_t hash, dgm_actors list)
{
    for (uint32_t i = 0; i < list.count; i++) {
        const char *code = list.items[i].code ? list.items[i].code : "?";
        hash = dgm_hash_more(hash, code, strlen(code) + 1);
        hash = dgm_hash_more(hash, list.items[i].sectors, sizeof list.items[i].sectors);
    }
    return dgm_hash_more(hash, "|", 1);
}

static uint64_t record_id(const dgm_grounded *grounded, const dgm_record *record)
{
    uint64_t numbers[] = {dgm_document_hash(grounded->text->document), record->trigger.off,
                          record->trigger.len};
    uint64_t hash = DGM_HASH_START;
    for (unsigned i = 0; i < 3; i++)
        for (unsigned byte = 0; byte < 8; byte++) {
            char one = (char)(numbers[i] >> (8 * byte));
            hash = dgm_hash_more(hash, &one, 1);
        }
    const char *labels[] = {dgm_record_type_name(record), dgm_record_mode_name(record)};
    for (unsigned i = 0; i < 2; i++)
        hash = dgm_hash_more(hash, labels[i], strlen(labels[i]) + 1);
    hash = hash_actors(hash, record->actors);
    return dgm_hash_end(hash_actors(hash, record->recipients));
}

/* What the entry names, as long as no operator made something else of it; else by table. */
static dgm_cameo cameo_of(const dgm_codebook *book, const dgm_act *act, const dgm_record *record)
{
    const dgm_cameo_key key = {.type = record->type,
                               .inner = act->inner,
                               .mode = record->mode,
                               .contexts = record->contexts,
                               .ids = act->ids,
                               .id_count = act->id_count};
    const bool is_plain = act->type == act->rule->type && act->mode == act->rule->mode;
    const char *code =
        is_plain && act->rule->cameo ? act->rule->cameo : dgm_cameo_nearest_of(book->cameos, &key);
    return dgm_cameo_of(book->cameos, code, book->scale);
}

/* Sides, type and mode as PLOVER reduces what is to come (reduce.c); false: not enough is named. */
static bool settle(const dgm_codebook *book, const dgm_clause *clause, const dgm_scope *scope,
                   dgm_act *act, dgm_record *record)
{
    const dgm_ontology *ontology = book->rules->ontology;
    if (!settle_sides(book->rules, clause->arena, act, record))
        return false;
    act->modality = act->modality ? act->modality : scope->modality;
    if (dgm_act_reduce(book->rules, clause, scope, act) &&
        !settle_sides(book->rules, clause->arena, act, record))
        return false;
    record->kind = dgm_label_kind(ontology, act->type);
    record->type = act->type;
    record->mode = act->mode;
    record->modality = act->modality;
    return true;
}

/* "We will work with France": who acts is who speaks. */
static bool speaks_of_self(const dgm_codebook *book, const dgm_clause *clause, const dgm_act *act)
{
    bool is_inner = act->stop != act->token;
    const bool is_verb = dgm_clause_is_verb(clause, act->stop); /* else "our talks with Syria" */
    if ((!is_verb && !act->is_two_sided) || (act->actors.count && !act->is_two_sided && !is_inner))
        return false;
    const int32_t subject = is_verb ? dgm_clause_subject(clause, act->stop)
                                    : dgm_tree_child(clause->tree, act->stop, DGM_REL_NMOD_POSS);
    return subject >= 0 &&
           dgm_rules_is(book->rules, DGM_CLASS_FIRST_PERSON, clause->words[subject]);
}

/* "We will work with France", the spokesman said: who speaks of himself is who is quoted. In "we
 * urge Iran to withdraw" whoever was to do the inner act is the one addressed. */
static void recall_speaker(const dgm_clause *clause, const dgm_scope *scope, dgm_act *act)
{
    const dgm_actors none = {NULL, 0}, speakers = scope->attribution.actors;
    if (!dgm_actors_placed(speakers))
        return;
    bool is_inner = act->stop != act->token;
    bool is_addressed = is_inner && !act->is_two_sided && !act->recipients.count;
    if (is_addressed)
        act->recipients = act->actors;
    bool keeps = act->is_two_sided && !is_addressed;
    act->actors = merged(clause->arena, speakers, keeps ? act->actors : none, none);
    act->is_recalled = true;
}

static void weigh(const dgm_codebook *book, const dgm_clause *clause, const dgm_act *act,
                  const dgm_trace *trace, dgm_record *record)
{
    const dgm_sign_view view = {clause, act, record};
    dgm_signs signs;
    dgm_signs_of(&signs, &view);
    dgm_sureness_set(&book->sureness, &signs, record);
    if (trace && trace->weighed)
        trace->weighed(trace->payload, record, &signs);
}

static bool make_record(const dgm_codebook *book, const dgm_clause *clause, dgm_story *story,
                        uint32_t index, const dgm_acts *acts, dgm_act *act, dgm_record *record)
{
    const dgm_grounded *grounded = story->grounded;
    const dgm_sentence *sentence = clause->tree->sentence;
    const dgm_ontology *ontology = book->rules->ontology;
    *record = (dgm_record){.ontology = ontology};
    /* the scope can tell another side only of one who speaks of himself; most acts end here */
    const bool is_own = speaks_of_self(book, clause, act);
    if (!is_own && !settle_sides(book->rules, clause->arena, act, record))
        return false;
    dgm_scope scope =
        dgm_scope_of(book->scopes, clause->arena, grounded, index, act->token, act->stop);
    if (is_own)
        recall_speaker(clause, &scope, act);
    if (!settle(book, clause, &scope, act, record))
        return false;
    record->attribution = outside_source(&scope, record);
    record->about = act->about.count ? act->about : third_sides(clause, acts, act, record);
    record->contexts = dgm_contexts_of(story, index, clause, act);
    record->when = dgm_act_when(clause, grounded, acts, act, record->modality);
    record->where = dgm_act_where(clause, act, &record->where_count);
    record->score =
        record->kind == DGM_KIND_EVENT ? dgm_label_score(ontology, act->type, act->mode) : NAN;
    record->trigger = dgm_tree_span(clause->tree, act->first, act->last);
    record->sentence = sentence->span;
    record->citations = sentence->citations;
    record->citation_count = sentence->citation_count;
    record->rule = dgm_act_ids(clause->arena, act);
    record->rule_spans = rule_spans(clause, act);
    record->rule_span_count = act->id_count;
    record->cameo = cameo_of(book, act, record);
    record->id = record_id(grounded, record);
    return true;
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
static void leave_victim(const dgm_codebook *book, const dgm_clause *clause, dgm_act *act)
{
    const dgm_tree *tree = clause->tree;
    const int32_t victim = act->recipient_at;
    if (act->type != DGM_TYPE_ACCUSE || victim < 0 || !dgm_str_is(clause->cases[victim], "of") ||
        tree->tokens[victim].head < 0 ||
        !dgm_tree_below(tree, tree->tokens[victim].head, act->token) ||
        !dgm_rules_is(book->rules, DGM_CLASS_VICTIM_NOUN, clause->words[tree->tokens[victim].head]))
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
static void recall_recipient(const dgm_codebook *book, const dgm_clause *clause,
                             const dgm_records *before, dgm_act *act)
{
    bool answers = act->type == DGM_TYPE_ACCUSE || act->type == DGM_TYPE_SUPPORT;
    int32_t noun = dgm_clause_object(clause, act->token);
    if (!answers || act->is_two_sided || dgm_actors_placed(act->recipients) || noun < 0 ||
        !is_definite(book->rules, clause, noun))
        return;
    for (uint32_t i = 0; i < before->count && i < EARLIER_ACTS; i++) {
        const dgm_record *earlier = &before->items[before->count - 1 - i];
        if (!earlier->actors.count || !may_stand_for(book->rules, clause->words[noun], earlier))
            continue;
        for (uint32_t k = 0; k < earlier->actors.count; k++)
            if (has_code(act->actors, earlier->actors.items[k].code))
                return;
        act->recipients = earlier->actors;
        act->is_recalled = true;
        return;
    }
}

/* Does the word speak of someone who could be a side: no place, thing or word before a noun? */
static bool is_party(const dgm_rules *rules, const dgm_clause *clause, int32_t token)
{
    const dgm_mention *mention = clause->sentence->mentions[token];
    return mention && mention->kind != DGM_MENTION_PLACE && mention->kind != DGM_MENTION_THING &&
           clause->tree->tokens[token].upos != DGM_ADJ &&
           !dgm_rules_is(rules, DGM_CLASS_PLACE_PREPOSITION, clause->case_words[token]);
}

/* The title's two answer for an act that names no one where they are states and the sentence speaks
 * of no third: "the four-way talks, with China" are not theirs. */
static bool has_pair(const dgm_rules *rules, const dgm_clause *clause, const dgm_grounded *grounded)
{
    if (!grounded->is_title_pair)
        return false;
    for (int32_t i = 0; i < clause->tree->count; i++) {
        const dgm_mention *mention = clause->sentence->mentions[i];
        for (uint32_t k = 0; is_party(rules, clause, i) && k < mention->actors.count; k++)
            if (mention->actors.items[k].code &&
                !has_code(grounded->title_actors, mention->actors.items[k].code))
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

/* "Relations were restored", "an agreement was signed" where nobody is named: between the two of
 * the document's title. */
static void recall_pair(const dgm_codebook *book, const dgm_clause *clause,
                        const dgm_grounded *grounded, dgm_act *act)
{
    bool is_said =
        act->rule->trigger.pos == DGM_TRIGGER_VERB || dgm_type_kind(act->type) == DGM_KIND_STANCE;
    if (!act->is_two_sided || !is_said || act->actors.count || act->recipients.count ||
        !has_pair(book->rules, clause, grounded) || !may_be_mutual(clause, act))
        return;
    act->actors = grounded->title_actors;
    act->is_recalled = true;
}

/* "Venezuela broke off relations", "closed the border", with whom is not said: with the other of
 * the title's two, when it is one of them who did it. */
static void recall_other(const dgm_codebook *book, const dgm_clause *clause,
                         const dgm_grounded *grounded, dgm_act *act)
{
    int32_t noun = dgm_clause_object(clause, act->token);
    if (act->recipients.count || act->actors.count != 1 || !act->actors.items[0].code || noun < 0 ||
        act->rule->trigger.pos != DGM_TRIGGER_VERB || !has_pair(book->rules, clause, grounded) ||
        !dgm_rules_is(book->rules, DGM_CLASS_MUTUAL_NOUN, clause->words[noun]))
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
static bool is_from_abroad(const dgm_codebook *book, const dgm_clause *clause, int32_t noun)
{
    if (dgm_rules_is(book->rules, DGM_CLASS_FOREIGN_WORD, clause->words[noun]))
        return true;
    DGM_EACH_CHILD (clause->tree, child, noun)
        if (child < noun && dgm_rules_is(book->rules, DGM_CLASS_FOREIGN_WORD, clause->words[child]))
            return true;
    return false;
}

/* "The premier urged these companies", "police arrested protesters": whom a government deals with
 * at home are its own people, when nothing else tells whose they are. */
static void recall_subjects(const dgm_codebook *book, const dgm_clause *clause,
                            const dgm_grounded *grounded, dgm_act *act)
{
    const dgm_mention *mention =
        act->recipient_at >= 0 ? clause->sentence->mentions[act->recipient_at] : NULL;
    if (act->is_two_sided || act->type == DGM_TYPE_ASSAULT || act->recipients.count != 1 ||
        act->recipients.items[0].code || !act->recipients.items[0].sectors[0] || !mention ||
        mention->basis != DGM_MENTION_BARE || !acts_at_home(grounded, act) ||
        is_from_abroad(book, clause, act->recipient_at))
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
           shares_code(asked, recipients) && !shares_code(asked, askers);
}

/* "Libya asked for a truce, but Chad refused": of one sentence, where nobody else is asked. */
static bool calls_on_next(const dgm_act *request, const dgm_act *reply)
{
    return request->type == DGM_TYPE_REQUEST && dgm_actors_placed(request->actors) &&
           !dgm_actors_placed(request->recipients) && reply->stop == reply->token &&
           !shares_code(request->actors, reply->actors);
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
            !mention->actors.items[0].code || shares_code(mention->actors, act->recipients))
            continue;
        act->actors = mention->actors;
        act->actor_at = child;
        act->is_recalled = true;
        return;
    }
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

/* "Shelled targets in Chad", "agreed to a plan for talks with Chad": whom the act reaches may be
 * told deeper than the entry's places look. */
static void recall_reached(const dgm_codebook *book, const dgm_clause *clause, const dgm_acts *acts,
                           dgm_act *act)
{
    const dgm_words *words = &book->rules->reaching[act->type];
    if (!words->count || act->is_two_sided || act->recipients.count ||
        !dgm_actors_placed(act->actors))
        return;
    for (int32_t i = act->token + 1; i <= clause->tree->right[act->token]; i++) {
        const dgm_mention *mention = clause->sentence->mentions[i];
        if (!mention || !clause->cases[i].len || !dgm_words_has(words, clause->case_words[i]) ||
            !dgm_actors_placed(mention->actors) || shares_code(act->actors, mention->actors) ||
            is_of_other_act(clause, acts, act, i))
            continue;
        act->recipients = dgm_ground_actors(clause->sentence, clause->arena, i, true);
        act->recipient_at = i;
        act->is_recalled = true;
        return;
    }
}

/* The same claim twice in one sentence is one record, the surer. Other means, another claim. */
static bool says_the_same(const dgm_record *a, const dgm_record *b)
{
    if (a->mode && b->mode && a->mode != b->mode)
        return false;
    if (a->type != b->type || a->modality != b->modality || a->actors.count != b->actors.count ||
        a->recipients.count != b->recipients.count)
        return false;
    for (uint32_t i = 0; i < a->actors.count; i++)
        if (!has_code(b->actors, a->actors.items[i].code) && a->actors.items[i].code)
            return false;
    for (uint32_t i = 0; i < a->recipients.count; i++)
        if (!has_code(b->recipients, a->recipients.items[i].code) && a->recipients.items[i].code)
            return false;
    return true;
}

/* Keep the record, or of two that say the same the surer. */
static void keep_record(dgm_arena *arena, dgm_record **items, uint32_t *count, uint32_t *capacity,
                        const dgm_record *record)
{
    for (uint32_t i = 0; i < *count; i++) {
        dgm_record *other = &(*items)[i];
        if (!says_the_same(other, record))
            continue;
        if (record->confidence > other->confidence)
            *other = *record;
        return;
    }
    DGM_PUSH(arena, *items, *count, *capacity, *record);
}

static int by_trigger(const void *a, const void *b)
{
    const dgm_record *x = a, *y = b;
    if (x->trigger.off != y->trigger.off)
        return x->trigger.off < y->trigger.off ? -1 : 1;
    return x->type != y->type ? (x->type < y->type ? -1 : 1) : 0;
}

enum { LONGEST_SENTENCE = 2000 }; /* words; what is longer is a table or a list, not a claim */

/* Look before you code: without anyone who could be placed there is no record. */
static bool names_anyone(const dgm_grounded_sentence *sentence)
{
    for (int32_t i = 0; i < sentence->tree->count; i++)
        if (sentence->mentions[i] && dgm_actors_placed(sentence->mentions[i]->actors))
            return true;
    return sentence->name_count > 0;
}

/* Does the record stand in its document? Where not, the trace is told why. */
static bool belongs(dgm_story *story, uint32_t index, const dgm_act *act, const dgm_record *record,
                    const dgm_trace *trace)
{
    const char *reason = dgm_story_drops(story, index, record);
    if (reason && trace && trace->tried)
        trace->tried(trace->payload, act->token, act->rule->id, reason);
    return !reason;
}

dgm_records dgm_code_sentence(const dgm_codebook *book, dgm_story *story, uint32_t index,
                              const dgm_records *before, const dgm_trace *trace)
{
    const dgm_grounded *grounded = story->grounded;
    dgm_arena *arena = story->arena;
    dgm_record *items = NULL;
    uint32_t count = 0, capacity = 0;
    const dgm_grounded_sentence *sentence = &grounded->sentences[index];
    if (!sentence->tree->count || sentence->tree->count > LONGEST_SENTENCE ||
        sentence->tree->sentence->kind == DGM_SENTENCE_TITLE ||
        (!trace && !grounded->is_title_pair && !names_anyone(sentence)))
        return (dgm_records){NULL, 0};
    dgm_clause clause;
    dgm_clause_init(&clause, arena, book->rules, sentence);
    dgm_acts acts = dgm_acts_find(book->rules, &clause, trace);
    for (uint32_t i = 0; i < acts.count; i++) {
        dgm_record record;
        leave_victim(book, &clause, &acts.items[i]);
        recall_recipient(book, &clause, before, &acts.items[i]);
        recall_pair(book, &clause, grounded, &acts.items[i]);
        recall_other(book, &clause, grounded, &acts.items[i]);
        recall_victims(&clause, &acts, &acts.items[i]);
        recall_subjects(book, &clause, grounded, &acts.items[i]);
        acts.items[i].is_answer = is_answer(book->rules, &clause, &acts.items[i]);
        recall_asker(&acts, before, &acts.items[i]);
        recall_expeller(&clause, &acts.items[i]);
        recall_reached(book, &clause, &acts, &acts.items[i]);
        dgm_story_bend(story, &clause, &acts.items[i]);
        if (acts.items[i].is_absorbed ||
            !make_record(book, &clause, story, index, &acts, &acts.items[i], &record) ||
            !belongs(story, index, &acts.items[i], &record, trace))
            continue;
        weigh(book, &clause, &acts.items[i], trace, &record);
        if (!dgm_sureness_holds_back(&book->sureness, &record))
            keep_record(arena, &items, &count, &capacity, &record);
    }
    if (count > 1)
        qsort(items, count, sizeof *items, by_trigger);
    return (dgm_records){items, count};
}

dgm_records dgm_code_document(const dgm_codebook *book, dgm_arena *arena,
                              const dgm_grounded *grounded, const dgm_trace *trace)
{
    dgm_record *items = NULL;
    uint32_t count = 0, capacity = 0;
    dgm_story story;
    dgm_story_init(&story, book->rules, arena, grounded);
    for (uint32_t s = 0; s < grounded->text->count; s++) {
        dgm_records before = {items, count};
        dgm_records found = dgm_code_sentence(book, &story, s, &before, trace);
        for (uint32_t i = 0; i < found.count; i++)
            DGM_PUSH(arena, items, count, capacity, found.items[i]);
    }
    return (dgm_records){items, count};
}
