/* Code: the acts of each sentence become records - who is named on both sides, how sure, according
 * to whom, when, where, about what. */
#include "code/code.h"
#include "base/hash.h"
#include "code/context.h"
#include "code/when.h"

#include <math.h>
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
    DGM_TRY(dgm_sureness_load(&book->sureness, pack, err));
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

static bool shares_code(dgm_actors a, dgm_actors b)
{
    for (uint32_t i = 0; i < b.count; i++)
        if (has_code(a, b.items[i].code))
            return true;
    return false;
}

/* Settle who is on each side; false when the text does not name enough for a record: two sides
 * that can be placed, or one where the act is meaningful by itself. */
static bool settle_sides(const dgm_ontology *ontology, dgm_arena *arena, const dgm_act *act,
                         dgm_record *record)
{
    const dgm_actors none = {NULL, 0};
    if (act->is_two_sided) {
        record->actors =
            both_sides(arena, placed(arena, act->actors), placed(arena, act->recipients));
        record->recipients = none;
        return codes_in(record->actors) >= 2;
    }
    record->actors = placed(arena, merged(arena, act->actors, none, none));
    record->recipients = placed(arena, merged(arena, act->recipients, none, record->actors));
    /* "fears for its schools": no stance or tie between states */
    if (record->kind != DGM_KIND_EVENT && shares_code(record->actors, record->recipients))
        return false;
    if (!dgm_actors_placed(record->actors))
        return record->actors.count && dgm_actors_placed(record->recipients) &&
               (dgm_type_quad(act->type) == DGM_QUAD_MATERIAL_CONFLICT ||
                dgm_label_flags(ontology, act->type) & DGM_TYPE_UNNAMED_ACTOR);
    /* people whom nobody places may be helped: "gave asylum to the writer" */
    if (!dgm_actors_placed(record->recipients) && needs_recipient(ontology, act))
        return act->type == DGM_TYPE_AID && record->recipients.count > 0;
    return record->recipients.count || !act->recipients.count;
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
        if (!mention || is_source || i == act->actor_at || i == act->recipient_at)
            continue;
        bool inside_other = false;
        for (uint32_t k = 0; k < acts->count && !inside_other; k++)
            inside_other = acts->items[k].token != act->token &&
                           dgm_tree_below(clause->tree, acts->items[k].token, act->token) &&
                           acts->items[k].token != act->stop && !acts->items[k].is_absorbed &&
                           dgm_clause_is_verb(clause, acts->items[k].token) &&
                           dgm_tree_below(clause->tree, i, acts->items[k].token);
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

/* An estimate by hand: what it is worth is measured (sure.h). */
static double estimate(const dgm_clause *clause, const dgm_act *act, const dgm_record *record)
{
    double sure = 0.7;
    sure += 0.04 * (act->rule->weight < 3 ? act->rule->weight : 3);
    sure -= act->rule->trigger.pos == DGM_TRIGGER_VERB ? 0 : 0.05;
    const int32_t places[] = {act->actor_at, act->recipient_at};
    for (unsigned i = 0; i < 2; i++) {
        const dgm_mention *mention = places[i] >= 0 ? clause->sentence->mentions[places[i]] : NULL;
        if (mention && mention->basis == DGM_MENTION_NAMED)
            sure += 0.03;
        else if (mention && mention->basis == DGM_MENTION_CHAIN)
            sure -= 0.12;
        else if (mention && mention->basis == DGM_MENTION_BARE)
            sure -= 0.1;
    }
    if (!act->is_two_sided && !record->recipients.count)
        sure -= 0.1;
    sure -= 0.05 * (act->id_count - 1) + (act->is_recalled ? 0.15 : 0);
    return sure < 0.1 ? 0.1 : sure > 0.95 ? 0.95 : sure;
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
    if (!settle_sides(ontology, clause->arena, act, record))
        return false;
    act->modality = act->modality ? act->modality : scope->modality;
    if (dgm_act_reduce(book->rules, clause, scope, act) &&
        !settle_sides(ontology, clause->arena, act, record))
        return false;
    record->kind = dgm_label_kind(ontology, act->type);
    record->type = act->type;
    record->mode = act->mode;
    record->modality = act->modality;
    return true;
}

/* "We will work with France", the spokesman said: who speaks of himself is who is quoted. In "we
 * urge Iran to withdraw" whoever was to do the inner act is the one addressed. */
static void recall_speaker(const dgm_codebook *book, const dgm_clause *clause,
                           const dgm_scope *scope, dgm_act *act)
{
    const dgm_actors none = {NULL, 0}, speakers = scope->attribution.actors;
    bool is_inner = act->stop != act->token;
    if (!dgm_clause_is_verb(clause, act->stop) || !dgm_actors_placed(speakers) ||
        (act->actors.count && !act->is_two_sided && !is_inner))
        return;
    int32_t subject = dgm_clause_subject(clause, act->stop);
    if (subject < 0 || !dgm_words_has(dgm_rules_class(book->rules, DGM_STR("first-person")),
                                      clause->lemmas[subject]))
        return;
    bool is_addressed = is_inner && !act->is_two_sided && !act->recipients.count;
    if (is_addressed)
        act->recipients = act->actors;
    bool keeps = act->is_two_sided && !is_addressed;
    act->actors = merged(clause->arena, speakers, keeps ? act->actors : none, none);
    act->is_recalled = true;
}

static bool make_record(const dgm_codebook *book, const dgm_clause *clause, dgm_story *story,
                        uint32_t index, const dgm_acts *acts, dgm_act *act, dgm_record *record)
{
    const dgm_grounded *grounded = story->grounded;
    const dgm_sentence *sentence = clause->tree->sentence;
    const dgm_ontology *ontology = book->rules->ontology;
    *record = (dgm_record){.ontology = ontology};
    dgm_scope scope =
        dgm_scope_of(book->scopes, clause->arena, grounded, index, act->token, act->stop);
    recall_speaker(book, clause, &scope, act);
    if (!settle(book, clause, &scope, act, record))
        return false;
    record->attribution = outside_source(&scope, record);
    record->about = act->about.count ? act->about : third_sides(clause, acts, act, record);
    record->contexts = dgm_contexts_of(story, index, clause, act);
    record->when = dgm_act_when(clause, grounded, acts, act, record->modality);
    record->where = dgm_act_where(clause, act, &record->where_count);
    record->score =
        record->kind == DGM_KIND_EVENT ? dgm_label_score(ontology, act->type, act->mode) : NAN;
    record->confidence = dgm_sureness_of(&book->sureness, estimate(clause, act, record));
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
static bool may_stand_for(const dgm_rules *rules, dgm_str noun, const dgm_record *earlier)
{
    if (earlier->kind != DGM_KIND_EVENT)
        return false;
    if (dgm_words_has(dgm_rules_class(rules, DGM_STR("act-noun")), noun))
        return true;
    uint32_t at = dgm_map_get(&rules->rule_index[DGM_TRIGGER_NOUN], noun);
    for (; at != DGM_MAP_NONE; at = rules->rules[at].next)
        if (rules->rules[at].type == earlier->type)
            return true;
    return false;
}

static bool is_definite(const dgm_rules *rules, const dgm_clause *clause, int32_t noun)
{
    int32_t det = dgm_tree_child(clause->tree, noun, DGM_REL_DET);
    return det >= 0 &&
           dgm_words_has(dgm_rules_class(rules, DGM_STR("definite")), clause->lemmas[det]);
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
        if (!may_stand_for(book->rules, clause->lemmas[noun], earlier))
            continue;
        for (uint32_t k = 0; k < earlier->actors.count; k++)
            if (has_code(act->actors, earlier->actors.items[k].code))
                return;
        act->recipients = earlier->actors;
        act->is_recalled = true;
        return;
    }
}

static bool has_pair(const dgm_grounded *grounded)
{
    return grounded->title_actors.count == 2 && codes_in(grounded->title_actors) == 2;
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
static void recall_pair(const dgm_clause *clause, const dgm_grounded *grounded, dgm_act *act)
{
    bool is_said =
        act->rule->trigger.pos == DGM_TRIGGER_VERB || dgm_type_kind(act->type) == DGM_KIND_STANCE;
    if (!act->is_two_sided || !is_said || act->actors.count || act->recipients.count ||
        !has_pair(grounded) || !may_be_mutual(clause, act))
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
        act->rule->trigger.pos != DGM_TRIGGER_VERB || !has_pair(grounded) ||
        !dgm_words_has(dgm_rules_class(book->rules, DGM_STR("mutual-noun")), clause->lemmas[noun]))
        return;
    for (uint32_t i = 0; i < 2; i++)
        if (strcmp(grounded->title_actors.items[i].code, act->actors.items[0].code) == 0) {
            act->recipients = (dgm_actors){&grounded->title_actors.items[1 - i], 1};
            act->is_recalled = true;
            return;
        }
}

/* The same claim twice in one sentence is one record: the first. Other means, another claim. */
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
        (!trace && !has_pair(grounded) && !names_anyone(sentence)))
        return (dgm_records){NULL, 0};
    dgm_clause clause;
    dgm_clause_init(&clause, arena, book->rules, sentence);
    dgm_acts acts = dgm_acts_find(book->rules, &clause, trace);
    for (uint32_t i = 0; i < acts.count; i++) {
        dgm_record record;
        recall_recipient(book, &clause, before, &acts.items[i]);
        recall_pair(&clause, grounded, &acts.items[i]);
        recall_other(book, &clause, grounded, &acts.items[i]);
        dgm_story_bend(story, &clause, &acts.items[i]);
        bool is_new = !acts.items[i].is_absorbed &&
                      make_record(book, &clause, story, index, &acts, &acts.items[i], &record) &&
                      belongs(story, index, &acts.items[i], &record, trace);
        for (uint32_t k = 0; k < count && is_new; k++)
            is_new = !says_the_same(&items[k], &record);
        if (is_new)
            DGM_PUSH(arena, items, count, capacity, record);
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
