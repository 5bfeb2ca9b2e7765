/* Signs: see signs.h. In: an act with the record made of it. Out: the list of its signs. Chosen by
 * what helped on records that were read (docs/ranker.md). */
#include "code/signs.h"
#include "code/settle.h"

/* `side` and `name` put together: "actor.basis=named"; either and the value may be empty. */
static void put_of(dgm_signs *out, const char *side, const char *name, dgm_str value)
{
    if (out->count == DGM_SIGNS)
        return;
    const dgm_str parts[] = {dgm_str_of(side), dgm_str_of(name), DGM_STR("="), value};
    char *to = out->items[out->count++].text, *const end = to + DGM_SIGN_SIZE - 1;
    for (unsigned i = 0; i < (value.len ? 4 : 2); i++)
        for (size_t k = 0; k < parts[i].len && to < end; k++)
            *to++ = parts[i].ptr[k];
    *to = '\0';
}

static void put(dgm_signs *out, const char *name, const char *value)
{
    put_of(out, "", name, dgm_str_of(value));
}

/* How many, in steps that widen. */
static const char *steps_of(int64_t count)
{
    static const struct {
        int64_t most;
        const char *label;
    } steps[] = {{0, "0"}, {1, "1"}, {2, "2"}, {3, "3"}, {5, "4-5"}, {8, "6-8"}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (count <= steps[i].most)
            return steps[i].label;
    return "more";
}

static void put_act(dgm_signs *out, const dgm_sign_view *of)
{
    static const char *const parts[] = {"", "verb", "noun", "adjective"};
    const dgm_act *act = of->act;
    const dgm_record *record = of->record;
    put(out, "type", dgm_record_type_name(record));
    if (record->mode)
        put(out, "mode", dgm_record_mode_name(record));
    put(out, "modality", dgm_modality_name(record->modality));
    put(out, "trigger", parts[act->rule->trigger.pos]);
    put(out, "weight", steps_of(act->rule->weight));
    put(out, "operators", steps_of(act->id_count - 1));
    for (uint32_t i = 0; i < act->id_count; i++)
        put(out, "rule", act->ids[i]);
    if (act->is_two_sided)
        put(out, "two-sided", "");
    if (act->is_recalled)
        put(out, "recalled", "");
}

static void put_trigger(dgm_signs *out, const dgm_sign_view *of)
{
    enum { MOST_ABOVE = 4 };
    const dgm_tree *tree = of->clause->tree;
    const dgm_act *act = of->act;
    const dgm_token *token = &tree->tokens[act->token];
    int32_t verbs = 0;
    for (int32_t at = token->head; at >= 0 && verbs < MOST_ABOVE; at = tree->tokens[at].head)
        verbs += dgm_clause_is_verb(of->clause, at);
    put(out, "trigger.rel", dgm_rel_name(token->rel));
    put(out, "trigger.tag", dgm_xpos_name(token->xpos));
    put(out, "trigger.words", steps_of(act->last - act->first + 1));
    put(out, "stop.rel", dgm_rel_name(tree->tokens[act->stop].rel));
    put(out, "verbs.above", steps_of(verbs));
    if (dgm_tree_is_passive(tree, act->token))
        put(out, "passive", "");
}

static int32_t verbs_between(const dgm_tree *tree, int32_t a, int32_t b)
{
    int32_t verbs = 0;
    for (int32_t i = (a < b ? a : b) + 1; i < (a < b ? b : a); i++)
        verbs += tree->tokens[i].upos == DGM_VERB;
    return verbs;
}

/* How the words that fill a place refer to who is on that side. */
static void put_mention(dgm_signs *out, const dgm_sign_view *of, const char *side, int32_t at)
{
    static const char *const bases[] = {"none", "named", "role", "chain", "bare"};
    static const char *const kinds[] = {"none",   "state", "organisation", "person",
                                        "people", "place", "thing"};
    const dgm_mention *mention = of->clause->sentence->mentions[at];
    const dgm_tree *tree = of->clause->tree;
    const dgm_token *token = &tree->tokens[at];
    put_of(out, side, ".basis", dgm_str_of(bases[mention ? mention->basis : 0]));
    put_of(out, side, ".kind", dgm_str_of(kinds[mention ? mention->kind : 0]));
    put_of(out, side, ".rel", dgm_str_of(dgm_rel_name(token->rel)));
    put_of(out, side, ".word", dgm_str_of(dgm_upos_name(token->upos)));
    if (token->upos == DGM_PRON)
        put_of(out, side, ".pronoun", of->clause->lemmas[at]);
    if (of->clause->cases[at].len)
        put_of(out, side, ".case", of->clause->cases[at]);
    put_of(out, side, ".verbs-between",
           dgm_str_of(steps_of(verbs_between(tree, at, of->act->token))));
}

static void put_side(dgm_signs *out, const dgm_sign_view *of, const char *side, dgm_actors actors,
                     int32_t at)
{
    uint32_t placed = 0;
    for (uint32_t i = 0; i < actors.count; i++)
        placed += actors.items[i].code != NULL;
    put_of(out, side, ".count", dgm_str_of(steps_of(actors.count)));
    if (!actors.count)
        return;
    const uint8_t sector = actors.items[0].sectors[0];
    put_of(out, side, ".sector",
           dgm_str_of(sector ? dgm_sector_name((dgm_sector)sector) : "state"));
    put_of(out, side, ".placed",
           dgm_str_of(placed == 0              ? "none"
                      : placed == actors.count ? "all"
                                               : "some"));
    if (at >= 0)
        put_mention(out, of, side, at);
    else
        put_of(out, side, ".nowhere", DGM_STR(""));
}

static void put_sides(dgm_signs *out, const dgm_sign_view *of)
{
    const dgm_record *record = of->record;
    const dgm_attribution *source = &record->attribution;
    put_side(out, of, "actor", record->actors, of->act->actor_at);
    put_side(out, of, "recipient", record->recipients, of->act->recipient_at);
    if (dgm_actors_share(record->actors, record->recipients))
        put(out, "domestic", "");
    put(out, "source", !source->span.len ? "none" : source->actors.count ? "placed" : "unplaced");
    if (record->about.count)
        put(out, "about", "");
}

static bool is_told(const dgm_record *record, const dgm_mention *mention)
{
    for (uint32_t i = 0; i < mention->actors.count; i++) {
        const char *code = mention->actors.items[i].code;
        if (code && !dgm_actors_have(record->actors, code) &&
            !dgm_actors_have(record->recipients, code) &&
            !dgm_actors_have(record->attribution.actors, code))
            return false;
    }
    return true;
}

/* Those whom the sentence names and the record does not: one of them may belong to it. */
static void put_untold(dgm_signs *out, const dgm_sign_view *of)
{
    const dgm_tree *tree = of->clause->tree;
    int32_t before = 0, after = 0;
    for (int32_t i = 0; i < tree->count; i++) {
        const dgm_mention *mention = of->clause->sentence->mentions[i];
        if (!mention || is_told(of->record, mention))
            continue;
        before += i < of->act->token;
        after += i > of->act->token;
        if (tree->tokens[i].head == of->act->token) {
            put(out, "untold.rel", dgm_rel_name(tree->tokens[i].rel));
            put_of(out, "", "untold.case", of->clause->cases[i]);
        }
    }
    put(out, "untold.before", steps_of(before));
    put(out, "untold.after", steps_of(after));
}

static void put_contexts(dgm_signs *out, const dgm_record *record)
{
    for (unsigned context = 1; context <= 64; context++)
        if (record->contexts >> (context - 1) & 1)
            put(out, "context", dgm_label_context_name(record->ontology, context));
    if (!record->contexts)
        put(out, "context", "none");
}

void dgm_signs_of(dgm_signs *out, const dgm_sign_view *view)
{
    out->count = 0;
    put_act(out, view);
    put_trigger(out, view);
    put_sides(out, view);
    put_untold(out, view);
    put_contexts(out, view->record);
    if (!view->grounded->document_time.edtf) /* histories and encyclopedias, not news */
        put(out, "undated", "");
}
