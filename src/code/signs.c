/* Signs: see signs.h. In: an act with the record made of it. Out: the list of its signs. Chosen by
 * what helped on records that were read (docs/ranker.md). */
#include "code/signs.h"
#include "code/settle.h"

static void add(dgm_sign *sign, dgm_str part)
{
    const size_t room = DGM_SIGN_SIZE - 1 - sign->len, len = part.len < room ? part.len : room;
    memcpy(sign->text + sign->len, part.ptr, len);
    sign->len += (uint32_t)len;
}

/* `side` and `name` put together: "actor.basis=named"; either and the value may be empty. */
static void put_of(dgm_signs *out, dgm_str side, dgm_str name, dgm_str value)
{
    if (out->count == DGM_SIGNS)
        return;
    dgm_sign *sign = &out->items[out->count++];
    sign->len = 0;
    add(sign, side);
    add(sign, name);
    if (value.len) {
        add(sign, DGM_STR("="));
        add(sign, value);
    }
    sign->text[sign->len] = '\0';
}

static void put(dgm_signs *out, dgm_str name, const char *value)
{
    put_of(out, DGM_STR(""), name, dgm_str_of(value));
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
    put(out, DGM_STR("type"), dgm_record_type_name(record));
    if (record->mode)
        put(out, DGM_STR("mode"), dgm_record_mode_name(record));
    put(out, DGM_STR("modality"), dgm_modality_name(record->modality));
    put(out, DGM_STR("trigger"), parts[act->rule->trigger.pos]);
    put(out, DGM_STR("weight"), steps_of(act->rule->weight));
    put(out, DGM_STR("operators"), steps_of(act->id_count - 1));
    for (uint32_t i = 0; i < act->id_count; i++)
        put(out, DGM_STR("rule"), act->ids[i]);
    if (act->is_two_sided)
        put(out, DGM_STR("two-sided"), "");
    if (act->is_recalled)
        put(out, DGM_STR("recalled"), "");
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
    put(out, DGM_STR("trigger.rel"), dgm_rel_name(token->rel));
    put(out, DGM_STR("trigger.tag"), dgm_xpos_name(token->xpos));
    put(out, DGM_STR("trigger.words"), steps_of(act->last - act->first + 1));
    put(out, DGM_STR("stop.rel"), dgm_rel_name(tree->tokens[act->stop].rel));
    put(out, DGM_STR("verbs.above"), steps_of(verbs));
    if (dgm_tree_is_passive(tree, act->token))
        put(out, DGM_STR("passive"), "");
}

static int32_t verbs_between(const dgm_tree *tree, int32_t a, int32_t b)
{
    int32_t verbs = 0;
    for (int32_t i = (a < b ? a : b) + 1; i < (a < b ? b : a); i++)
        verbs += tree->tokens[i].upos == DGM_VERB;
    return verbs;
}

/* How the words that fill a place refer to who is on that side. */
static void put_mention(dgm_signs *out, const dgm_sign_view *of, dgm_str side, int32_t at)
{
    static const char *const bases[] = {"none", "named", "role", "chain", "bare"};
    static const char *const kinds[] = {"none",   "state", "organisation", "person",
                                        "people", "place", "thing"};
    const dgm_mention *mention = of->clause->sentence->mentions[at];
    const dgm_tree *tree = of->clause->tree;
    const dgm_token *token = &tree->tokens[at];
    put_of(out, side, DGM_STR(".basis"), dgm_str_of(bases[mention ? mention->basis : 0]));
    put_of(out, side, DGM_STR(".kind"), dgm_str_of(kinds[mention ? mention->kind : 0]));
    put_of(out, side, DGM_STR(".rel"), dgm_str_of(dgm_rel_name(token->rel)));
    put_of(out, side, DGM_STR(".word"), dgm_str_of(dgm_upos_name(token->upos)));
    if (token->upos == DGM_PRON)
        put_of(out, side, DGM_STR(".pronoun"), of->clause->lemmas[at]);
    if (of->clause->cases[at].len)
        put_of(out, side, DGM_STR(".case"), of->clause->cases[at]);
    put_of(out, side, DGM_STR(".verbs-between"),
           dgm_str_of(steps_of(verbs_between(tree, at, of->act->token))));
}

static void put_side(dgm_signs *out, const dgm_sign_view *of, dgm_str side, dgm_actors actors,
                     int32_t at)
{
    uint32_t placed = 0;
    for (uint32_t i = 0; i < actors.count; i++)
        placed += actors.items[i].code != NULL;
    put_of(out, side, DGM_STR(".count"), dgm_str_of(steps_of(actors.count)));
    if (!actors.count)
        return;
    const uint8_t sector = actors.items[0].sectors[0];
    put_of(out, side, DGM_STR(".sector"),
           dgm_str_of(sector ? dgm_sector_name((dgm_sector)sector) : "state"));
    put_of(out, side, DGM_STR(".placed"),
           dgm_str_of(placed == 0              ? "none"
                      : placed == actors.count ? "all"
                                               : "some"));
    if (at >= 0)
        put_mention(out, of, side, at);
    else
        put_of(out, side, DGM_STR(".nowhere"), DGM_STR(""));
}

static void put_sides(dgm_signs *out, const dgm_sign_view *of)
{
    const dgm_record *record = of->record;
    const dgm_attribution *source = &record->attribution;
    put_side(out, of, DGM_STR("actor"), record->actors, of->act->actor_at);
    put_side(out, of, DGM_STR("recipient"), record->recipients, of->act->recipient_at);
    if (dgm_actors_share(record->actors, record->recipients))
        put(out, DGM_STR("domestic"), "");
    put(out, DGM_STR("source"),
        !source->span.len      ? "none"
        : source->actors.count ? "placed"
                               : "unplaced");
    if (record->about.count)
        put(out, DGM_STR("about"), "");
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
            put(out, DGM_STR("untold.rel"), dgm_rel_name(tree->tokens[i].rel));
            put_of(out, DGM_STR(""), DGM_STR("untold.case"), of->clause->cases[i]);
        }
    }
    put(out, DGM_STR("untold.before"), steps_of(before));
    put(out, DGM_STR("untold.after"), steps_of(after));
}

static void put_contexts(dgm_signs *out, const dgm_record *record)
{
    for (unsigned context = 1; context <= 64; context++)
        if (record->contexts >> (context - 1) & 1)
            put(out, DGM_STR("context"), dgm_label_context_name(record->ontology, context));
    if (!record->contexts)
        put(out, DGM_STR("context"), "none");
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
        put(out, DGM_STR("undated"), "");
}
