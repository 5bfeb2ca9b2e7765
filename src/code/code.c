/* Code: the acts of each sentence become records - who is named on both sides, how sure, according
 * to whom, when, where, about what. */
#include "code/code.h"
#include "base/hash.h"
#include "code/context.h"
#include "code/recall.h"
#include "code/settle.h"
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

/* Does a clause with a subject of its own stand between the word and the act above it? */
static bool is_in_own_clause(const dgm_tree *tree, int32_t token, int32_t above)
{
    for (; token >= 0 && token != above; token = tree->tokens[token].head)
        if (dgm_rel_main((dgm_rel)tree->tokens[token].rel) == DGM_REL_ADVCL &&
            dgm_tree_child_main(tree, token, DGM_REL_NSUBJ) >= 0)
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
        const bool inside_other = dgm_act_is_of_other(clause, acts, act, i);
        for (uint32_t k = 0; k < mention->actors.count && !inside_other; k++) {
            const dgm_actor *actor = &mention->actors.items[k];
            if (actor->code && !dgm_actors_have(record->actors, actor->code) &&
                !dgm_actors_have(record->recipients, actor->code) &&
                !dgm_actors_have(found, actor->code)) {
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
        if (dgm_actors_have_actor(record->actors, &attribution.actors.items[0]) &&
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
    if (!dgm_settle_sides(book->rules, clause->arena, act, record))
        return false;
    act->modality = act->modality ? act->modality : scope->modality;
    if (dgm_act_reduce(book->rules, clause, scope, act) &&
        !dgm_settle_sides(book->rules, clause->arena, act, record))
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
    act->actors = dgm_actors_merged(clause->arena, speakers, keeps ? act->actors : none, none);
    act->is_recalled = true;
}

static void weigh(const dgm_codebook *book, const dgm_clause *clause, const dgm_grounded *grounded,
                  const dgm_act *act, const dgm_trace *trace, dgm_record *record)
{
    const dgm_sign_view view = {clause, grounded, act, record};
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
    if (!is_own && !dgm_settle_sides(book->rules, clause->arena, act, record))
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

/* The same claim twice in one sentence is one record. Other means, another claim. */
static bool says_the_same(const dgm_record *a, const dgm_record *b)
{
    if (a->mode && b->mode && a->mode != b->mode)
        return false;
    if (a->type != b->type || a->modality != b->modality || a->actors.count != b->actors.count ||
        a->recipients.count != b->recipients.count)
        return false;
    for (uint32_t i = 0; i < a->actors.count; i++)
        if (!dgm_actors_have(b->actors, a->actors.items[i].code) && a->actors.items[i].code)
            return false;
    for (uint32_t i = 0; i < a->recipients.count; i++)
        if (!dgm_actors_have(b->recipients, a->recipients.items[i].code) &&
            a->recipients.items[i].code)
            return false;
    return true;
}

enum { CLEARLY_SURER = 20 }; /* hundredths */

/* Keep the record, or of two that say the same the first, unless the other is clearly surer. */
static void keep_record(dgm_arena *arena, dgm_record **items, uint32_t *count, uint32_t *capacity,
                        const dgm_record *record)
{
    for (uint32_t i = 0; i < *count; i++) {
        dgm_record *other = &(*items)[i];
        if (!says_the_same(other, record))
            continue;
        if (lround(100 * (record->confidence - other->confidence)) >= CLEARLY_SURER)
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
    dgm_clause_init(&clause, arena, book->rules, sentence, dgm_story_lemmas(story, index));
    clause.is_of_pair = dgm_sentence_is_of_pair(book->rules, &clause, grounded);
    clause.is_of_joined = clause.is_of_pair && grounded->is_title_joined;
    dgm_acts acts = dgm_acts_find(book->rules, &clause, trace);
    const dgm_recall from = {&clause, grounded, &acts, before};
    for (uint32_t i = 0; i < acts.count; i++) {
        dgm_record record;
        dgm_recall_sides(book->rules, &from, &acts.items[i]);
        dgm_story_bend(story, &clause, &acts.items[i]);
        if (acts.items[i].is_absorbed ||
            !make_record(book, &clause, story, index, &acts, &acts.items[i], &record) ||
            !belongs(story, index, &acts.items[i], &record, trace))
            continue;
        weigh(book, &clause, grounded, &acts.items[i], trace, &record);
        if (!dgm_sureness_holds_back(&book->sureness, grounded, &record))
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
