/* Ground: takes the parsed sentences in order - tree, times, names, roles, then the mention of each
 * noun phrase from left to right, told to the discourse that later ones lean on. */
#include "base/utf8.h"
#include "ground/ground_priv.h"
#include "ground/mend.h"

enum { OLDEST_NAMES = 1800, CONJUNCT_STEPS = 256, FLAT_STEPS = 4 };

dgm_status dgm_grounder_load(dgm_grounder **out, dgm_arena *arena, const dgm_pack *pack,
                             dgm_error *err)
{
    dgm_grounder *grounder = DGM_NEW(arena, dgm_grounder);
    DGM_TRY(dgm_gazetteer_load(&grounder->gazetteer, arena, pack, err));
    DGM_TRY(dgm_calendar_load(&grounder->calendar, arena, pack, err));
    DGM_TRY(dgm_lexicon_load(&grounder->lexicon, arena, pack, err));
    *out = grounder;
    return DGM_OK;
}

const dgm_gazetteer *dgm_grounder_gazetteer(const dgm_grounder *grounder)
{
    return grounder->gazetteer;
}

/* ---- the scene ---- */

static void index_names(dgm_scene *scene)
{
    for (int32_t t = 0; t < scene->tree->count; t++)
        scene->name_at[t] = -1;
    for (uint32_t i = scene->name_count; i-- > 0;)
        for (uint32_t t = 0; t < scene->names[i].count; t++)
            scene->name_at[scene->names[i].first + t] = (int32_t)i;
}

/* "Rice", "Major": a word of a role, but the document has told of a person of that name. */
static void leave_surnames(dgm_scene *scene)
{
    for (int32_t t = 0; t < scene->tree->count; t++) {
        const dgm_token *token = &scene->tree->tokens[t];
        const bool is_person = token->name == DGM_NAME_B_PER || token->name == DGM_NAME_I_PER;
        if (scene->role_at[t] < 0 || token->upos != DGM_PROPN || !is_person ||
            scene->roles[scene->role_at[t]].role->word_count != 1 ||
            dgm_tree_child(scene->tree, t, DGM_REL_DET) >= 0)
            continue;
        const dgm_known *known = dgm_chain_known(scene->discourse, dgm_tree_form(scene->tree, t));
        if (known && known->kind == DGM_MENTION_PERSON)
            scene->role_at[t] = -1;
    }
}

dgm_scene *dgm_scene_new(dgm_discourse *discourse, dgm_tree *tree, uint32_t index)
{
    dgm_arena *arena = discourse->arena;
    size_t count = tree->count ? (size_t)tree->count : 1;
    dgm_scene *scene = DGM_NEW(arena, dgm_scene);
    *scene = (dgm_scene){
        .discourse = discourse,
        .grounder = discourse->grounder,
        .arena = arena,
        .tree = tree,
        .index = index,
        .name_at = DGM_ARRAY(arena, int32_t, count),
        .role_at = DGM_ARRAY(arena, int32_t, count),
        .lower = DGM_ARRAY(arena, dgm_str, count),
        .lemma = DGM_ARRAY(arena, dgm_str, count),
        .mentions = DGM_ARRAY(arena, dgm_mention *, count),
        .kinds = DGM_ARRAY(arena, uint8_t, count),
        .states = DGM_ARRAY(arena, uint8_t, count),
    };
    for (int32_t t = 0; t < tree->count; t++) {
        scene->lower[t] = dgm_utf8_lower_view(arena, dgm_tree_form(tree, t));
        scene->lemma[t] = dgm_utf8_lower_view(arena, dgm_tree_lemma(tree, t));
    }
    scene->names = dgm_gazetteer_find(discourse->grounder->gazetteer, arena, tree->text,
                                      tree->sentence, discourse->year, &scene->name_count);
    index_names(scene);
    dgm_scene_find_roles(scene);
    leave_surnames(scene);
    return scene;
}

/* "Tuesday", "last year": told by the times, no mentions. */
static void leave_times(dgm_scene *scene, const dgm_grounded_sentence *sentence)
{
    for (uint32_t i = 0; i < sentence->time_count; i++)
        for (int32_t t = sentence->times[i].first; t <= sentence->times[i].last; t++)
            if (t >= 0 && t < scene->tree->count && scene->name_at[t] < 0 &&
                !sentence->times[i].is_named_period)
                scene->states[t] = DGM_SCENE_TIME;
}

/* ---- times ---- */

/* The document's own date, else that of its dateline. */
static bool is_dated(const dgm_discourse *discourse, dgm_time *time)
{
    const dgm_text *text = discourse->out->text;
    if (text->document &&
        dgm_time_from_iso(dgm_document_date(text->document), discourse->arena, time))
        return true;
    for (uint32_t i = 0; i < text->count; i++)
        if (text->sentences[i].dateline.len)
            return dgm_time_of_dateline(discourse->grounder->calendar, discourse->arena,
                                        text->bytes, text->sentences[i].dateline, time);
    return false;
}

static dgm_time_anchor anchor_of(dgm_discourse *discourse)
{
    dgm_time_anchor anchor = {.document = {.is_open = true}};
    dgm_time time;
    if (is_dated(discourse, &time)) {
        time.basis = DGM_BASIS_DOCUMENT;
        anchor.document = time.earliest;
        anchor.is_news = true;
        discourse->out->document_time = time;
        discourse->year = time.earliest.year;
    }
    return anchor;
}

static void find_times(dgm_discourse *discourse, dgm_time_anchor *anchor, uint32_t index,
                       dgm_grounded_sentence *sentence)
{
    const dgm_text *text = discourse->out->text;
    bool is_same =
        index > 0 && text->sentences[index].paragraph == text->sentences[index - 1].paragraph;
    if (is_same && anchor->told.edtf) {
        sentence->carried = anchor->told;
        sentence->carried.basis = DGM_BASIS_CONTEXT;
        sentence->carried.span = (dgm_span){0};
    }
    sentence->times = dgm_times_find(discourse->grounder->calendar, discourse->arena,
                                     sentence->tree, anchor, &sentence->time_count);
    if (anchor->is_news)
        return;
    const dgm_day *day = &anchor->told.earliest;
    if (anchor->told.edtf && !day->is_open && day->year >= OLDEST_NAMES)
        discourse->year = day->year;
}

/* ---- a document ---- */

enum { MOST_MENDS = 8 };

static dgm_tree *mended_tree(dgm_discourse *discourse, uint32_t index)
{
    const dgm_text *text = discourse->out->text;
    dgm_sentence *words = &discourse->out->text->sentences[index];
    dgm_tree *tree = dgm_tree_build(discourse->arena, text, words);
    for (int i = 0; i < MOST_MENDS && words->count && dgm_mend_clause(words, tree); i++)
        tree = dgm_tree_build(discourse->arena, text, words);
    return tree;
}

static void ground_sentence(dgm_discourse *discourse, dgm_time_anchor *anchor, uint32_t index)
{
    dgm_grounded *out = discourse->out;
    dgm_grounded_sentence *sentence = &out->sentences[index];
    sentence->tree = mended_tree(discourse, index);
    find_times(discourse, anchor, index, sentence);
    dgm_sentence *words = &out->text->sentences[index];
    if (dgm_mend_dated_subjects(words, sentence->tree, sentence->times, sentence->time_count))
        sentence->tree = dgm_tree_build(discourse->arena, out->text, words);
    dgm_scene *scene = dgm_scene_new(discourse, sentence->tree, index);
    sentence->mentions = scene->mentions;
    sentence->names = scene->names;
    sentence->name_count = scene->name_count;
    leave_times(scene, sentence);
    for (int32_t t = 0; t < scene->tree->count; t++) {
        (void)dgm_scene_mention(scene, t);
        if (scene->states[t] != DGM_SCENE_TIME && dgm_scene_is_nominal(scene, t))
            dgm_chain_tell(scene, t);
    }
    for (int32_t t = 0; t < scene->tree->count; t++)
        (void)dgm_scene_modifier(scene, t);
}

dgm_grounded *dgm_ground_document(const dgm_grounder *grounder, dgm_arena *arena, dgm_text *text)
{
    dgm_grounded *out = DGM_NEW(arena, dgm_grounded);
    dgm_discourse *discourse = DGM_NEW(arena, dgm_discourse);
    out->text = text;
    out->sentences = DGM_ARRAY(arena, dgm_grounded_sentence, text->count ? text->count : 1);
    *discourse = (dgm_discourse){.grounder = grounder, .arena = arena, .out = out};
    dgm_map_init(&discourse->known_by_name, arena);
    dgm_time_anchor anchor = anchor_of(discourse);
    dgm_home_find(discourse);
    for (uint32_t i = 0; i < text->count; i++)
        ground_sentence(discourse, &anchor, i);
    return out;
}

/* ---- asking ---- */

static const dgm_mention *mention_at(const dgm_grounded_sentence *sentence, int32_t token)
{
    for (int steps = 0; steps < FLAT_STEPS && token >= 0; steps++) {
        if (sentence->mentions[token])
            return sentence->mentions[token];
        dgm_rel rel = (dgm_rel)sentence->tree->tokens[token].rel;
        if (rel != DGM_REL_FLAT && rel != DGM_REL_FIXED && rel != DGM_REL_GOESWITH)
            return NULL;
        token = sentence->tree->tokens[token].head;
    }
    return NULL;
}

typedef struct gathering {
    dgm_arena *arena;
    dgm_actor *items;
    uint32_t count, capacity;
} gathering;

static void gather(gathering *all, const dgm_mention *mention)
{
    for (uint32_t i = 0; mention && i < mention->actors.count; i++) {
        const dgm_actor *actor = &mention->actors.items[i];
        uint32_t at = 0;
        while (at < all->count && !dgm_same_actor(&all->items[at], actor))
            at++;
        if (at == all->count)
            DGM_PUSH(all->arena, all->items, all->count, all->capacity, *actor);
    }
}

/* "the rebels, Boko Haram, Chad and Niger": a name between commas, with a conjunct of the same head
 * behind it. */
static bool is_within_list(const dgm_grounded_sentence *sentence, int32_t child, int32_t head)
{
    DGM_EACH_CHILD (sentence->tree, later, head)
        if (later > child && sentence->tree->tokens[later].rel == DGM_REL_CONJ)
            return true;
    return false;
}

/* A conjunct; or another actor by name that the parser took for an apposition: "the Taliban, Boko
 * Haram and ISIL". */
static bool is_beside(const dgm_grounded_sentence *sentence, int32_t child, int32_t head)
{
    dgm_rel rel = (dgm_rel)sentence->tree->tokens[child].rel;
    const dgm_mention *a = sentence->mentions[head], *b = sentence->mentions[child];
    if (rel != DGM_REL_APPOS)
        return rel == DGM_REL_CONJ;
    if (!a || !b || b->basis != DGM_MENTION_NAMED || a->kind == DGM_MENTION_PLACE ||
        a->kind == DGM_MENTION_THING)
        return false;
    return (a->kind == b->kind && a->basis == DGM_MENTION_NAMED && a->kind != DGM_MENTION_PERSON) ||
           (b->kind == DGM_MENTION_STATE && is_within_list(sentence, child, head));
}

/* Conjuncts hang on the first, or each on the one before it. */
static void gather_conjuncts(gathering *all, const dgm_grounded_sentence *sentence, int32_t head,
                             int steps)
{
    DGM_EACH_CHILD (sentence->tree, child, head)
        if (steps > 0 && child > head && is_beside(sentence, child, head)) {
            gather(all, mention_at(sentence, child));
            gather_conjuncts(all, sentence, child, steps - 1);
        }
}

dgm_actors dgm_ground_actors(const dgm_grounded_sentence *sentence, dgm_arena *arena, int32_t token,
                             bool with_conjuncts)
{
    const dgm_tree *tree = sentence->tree;
    gathering all = {.arena = arena};
    if (token < 0 || token >= tree->count)
        return (dgm_actors){0};
    gather(&all, mention_at(sentence, token));
    if (with_conjuncts)
        gather_conjuncts(&all, sentence, token, CONJUNCT_STEPS);
    return (dgm_actors){all.items, all.count};
}
