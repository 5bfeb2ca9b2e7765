/* Scope: loads the cues and walks from an act up to the root of its sentence, gathering modality
 * and attribution on the way. Conventions and tables: docs/scope.md. */
#include "code/scope_model.h"

enum { KEY_BYTES = 96, MAX_STEPS = 256 };

static const char *const class_names[DGM_CUE_CLASS_COUNT] = {
    [DGM_CUE_VERB] = "verb", [DGM_CUE_NOUN] = "noun",         [DGM_CUE_ADJ] = "adj",
    [DGM_CUE_AUX] = "aux",   [DGM_CUE_ADV] = "adv",           [DGM_CUE_DET] = "det",
    [DGM_CUE_AMOD] = "amod", [DGM_CUE_ARG] = "arg",           [DGM_CUE_MARK] = "mark",
    [DGM_CUE_CASE] = "case", [DGM_CUE_HOST] = "host",         [DGM_CUE_EXEMPT] = "exempt",
    [DGM_CUE_PREP] = "prep", [DGM_CUE_CIRCLE] = "circle",     [DGM_CUE_SELF] = "self",
    [DGM_CUE_DEED] = "deed", [DGM_CUE_OCCASION] = "occasion", [DGM_CUE_GIVEN] = "given",
};

/* "class:word" in lower case; length 0 when it does not fit, as no row is that long. */
static size_t write_key(char key[KEY_BYTES], dgm_cue_class class, dgm_str a, dgm_str b)
{
    if (a.len + b.len + 3 > KEY_BYTES)
        return 0;
    size_t at = 0;
    key[at++] = (char)('A' + class);
    for (size_t i = 0; i < a.len; i++)
        key[at++] = a.ptr[i];
    if (b.len)
        key[at++] = ' ';
    for (size_t i = 0; i < b.len; i++)
        key[at++] = b.ptr[i];
    for (size_t i = 1; i < at; i++)
        if (key[i] >= 'A' && key[i] <= 'Z')
            key[i] = (char)(key[i] + 32);
    return at;
}

static const dgm_cue *row_at(const dgm_scopes *scopes, uint32_t row)
{
    return row == DGM_MAP_NONE ? NULL : &scopes->cues[row];
}

const dgm_cue *dgm_cue_pair(const dgm_scopes *scopes, dgm_cue_class class, dgm_str a, dgm_str b)
{
    char key[KEY_BYTES];
    size_t len = write_key(key, class, a, b);
    return len ? row_at(scopes, dgm_map_get(&scopes->index, (dgm_str){key, len})) : NULL;
}

const dgm_cue *dgm_cue_first(const dgm_scopes *scopes, dgm_cue_class class, dgm_str word)
{
    return dgm_cue_pair(scopes, class, word, DGM_STR(""));
}

const dgm_cue *dgm_cue_next(const dgm_scopes *scopes, const dgm_cue *cue)
{
    return row_at(scopes, cue->next);
}

/* Rows of one word keep the order of the tables. */
static void index_row(dgm_scopes *scopes, dgm_arena *arena, dgm_str word, uint32_t row)
{
    char key[KEY_BYTES];
    size_t len = write_key(key, (dgm_cue_class)scopes->cues[row].class, word, DGM_STR(""));
    dgm_str copy = dgm_arena_str(arena, key, len);
    uint32_t at = dgm_map_get(&scopes->index, copy);
    if (at == DGM_MAP_NONE) {
        dgm_map_put(&scopes->index, copy, row);
        return;
    }
    while (scopes->cues[at].next != DGM_MAP_NONE)
        at = scopes->cues[at].next;
    scopes->cues[at].next = row;
}

static dgm_status read_class(const dgm_table *table, dgm_str name, uint8_t *class, dgm_error *err)
{
    for (uint8_t i = 1; i < DGM_CUE_CLASS_COUNT; i++)
        if (dgm_str_is(name, class_names[i])) {
            *class = i;
            return DGM_OK;
        }
    return dgm_table_fail(table, err, "no such class of cue", name);
}

static dgm_status read_effect(const dgm_table *table, dgm_str name, uint8_t *effect, dgm_error *err)
{
    *effect = (uint8_t)(dgm_str_is(name, "factive") ? DGM_EFFECT_FACTIVE : dgm_modality_from(name));
    if (*effect || !name.len || dgm_str_is(name, "-"))
        return DGM_OK;
    return dgm_table_fail(table, err, "no such effect", name);
}

static void add_words(dgm_scopes *scopes, dgm_arena *arena, dgm_str words, dgm_cue cue)
{
    dgm_str word;
    cue.next = DGM_MAP_NONE;
    while (dgm_str_cut(&words, '|', &word)) {
        DGM_PUSH(arena, scopes->cues, scopes->count, scopes->capacity, cue);
        index_row(scopes, arena, word, scopes->count - 1);
    }
}

typedef dgm_status (*row_reader)(dgm_cue *cue, const dgm_table *table, dgm_error *err);

static dgm_str cell_of(const dgm_table *table, uint32_t column)
{
    dgm_str cell = table->cells[column];
    return dgm_str_is(cell, "-") ? DGM_STR("") : cell;
}

/* id, words, class, frames, when, effect, negated, example ... */
static dgm_status read_modality_row(dgm_cue *cue, const dgm_table *table, dgm_error *err)
{
    cue->when = cell_of(table, 4);
    DGM_TRY(read_effect(table, cell_of(table, 5), &cue->effect, err));
    return read_effect(table, cell_of(table, 6), &cue->negated, err);
}

/* id, words, class, frames, effect, unsourced, negated, example ... */
static dgm_status read_attribution_row(dgm_cue *cue, const dgm_table *table, dgm_error *err)
{
    cue->has_source = true;
    DGM_TRY(read_effect(table, cell_of(table, 4), &cue->effect, err));
    DGM_TRY(read_effect(table, cell_of(table, 5), &cue->unsourced, err));
    return read_effect(table, cell_of(table, 6), &cue->negated, err);
}

static dgm_status read_table(dgm_scopes *scopes, dgm_arena *arena, const dgm_pack *pack,
                             const char *name, row_reader read, dgm_error *err)
{
    dgm_table table;
    dgm_table_init(&table, name, dgm_pack_find(pack, name));
    while (dgm_table_next(&table)) {
        dgm_str id = table.cells[0];
        dgm_cue cue = {.id = dgm_arena_str(arena, id.ptr, id.len).ptr,
                       .frames = cell_of(&table, 3)};
        DGM_TRY(read_class(&table, table.cells[2], &cue.class, err));
        DGM_TRY(read(&cue, &table, err));
        if (!table.cells[1].len)
            return dgm_table_fail(&table, err, "no words in row", id);
        add_words(scopes, arena, table.cells[1], cue);
    }
    return DGM_OK;
}

/* word, class, frame, uses, attributions; the word "*" stands for all that are not listed. */
static dgm_status read_rates(dgm_scopes *scopes, dgm_arena *arena, const dgm_pack *pack,
                             const char *name, dgm_error *err)
{
    dgm_table table;
    dgm_table_init(&table, name, dgm_pack_find(pack, name));
    while (dgm_table_next(&table)) {
        uint8_t class = 0;
        int64_t uses, hits;
        DGM_TRY(read_class(&table, table.cells[1], &class, err));
        if (!dgm_str_int(table.cells[3], &uses) || !dgm_str_int(table.cells[4], &hits) ||
            hits < 0 || uses < 1 || hits > uses)
            return dgm_table_fail(&table, err, "no counts of uses and attributions in row",
                                  table.cells[0]);
        char key[KEY_BYTES];
        size_t len = write_key(key, (dgm_cue_class) class, table.cells[0], table.cells[2]);
        dgm_map_put(&scopes->rates, dgm_arena_str(arena, key, len),
                    (uint32_t)((100 * hits + uses / 2) / uses));
    }
    return DGM_OK;
}

uint8_t dgm_cue_rate(const dgm_scopes *scopes, dgm_cue_class class, dgm_str word, dgm_str frame)
{
    char key[KEY_BYTES];
    uint32_t rate = dgm_map_get(&scopes->rates, (dgm_str){key, write_key(key, class, word, frame)});
    if (rate == DGM_MAP_NONE)
        rate =
            dgm_map_get(&scopes->rates, (dgm_str){key, write_key(key, class, DGM_STR("*"), frame)});
    return rate == DGM_MAP_NONE ? 0 : (uint8_t)rate;
}

static const char spans_name[] = "model/attribution.bin";

dgm_status dgm_scopes_load(dgm_scopes **out, dgm_arena *arena, const dgm_pack *pack, dgm_error *err)
{
    dgm_scopes *scopes = DGM_NEW(arena, dgm_scopes);
    dgm_map_init(&scopes->index, arena);
    dgm_map_init(&scopes->rates, arena);
    DGM_TRY(read_table(scopes, arena, pack, "rules/attribution.tsv", read_attribution_row, err));
    DGM_TRY(read_table(scopes, arena, pack, "rules/modality.tsv", read_modality_row, err));
    DGM_TRY(read_rates(scopes, arena, pack, "lexicon/cues.tsv", err));
    *out = scopes;
    return dgm_scopes_learn(scopes, arena, spans_name, dgm_pack_find(pack, spans_name), err);
}

dgm_status dgm_scopes_learn(dgm_scopes *scopes, dgm_arena *arena, const char *name, dgm_str weights,
                            dgm_error *err)
{
    scopes->spans = NULL;
    if (!weights.ptr)
        return DGM_OK;
    dgm_spans_model *model = DGM_NEW(arena, dgm_spans_model);
    DGM_TRY(dgm_spans_open(model, name, weights, err));
    scopes->spans = model;
    return DGM_OK;
}

void dgm_view_init(dgm_view *view, const dgm_scopes *scopes, dgm_arena *arena,
                   const dgm_grounded *grounded, uint32_t index)
{
    const dgm_grounded_sentence *sentence = &grounded->sentences[index];
    *view = (dgm_view){.scopes = scopes,
                       .arena = arena,
                       .grounded = grounded,
                       .index = index,
                       .sentence = sentence,
                       .tree = sentence->tree,
                       .is_asking = DGM_NEW(arena, bool)};
}

/* The walk: what is known of the claim so far, seen from `at`. */
typedef struct walk {
    const dgm_view *view;
    int32_t at, below; /* where it stands, and where it came from */
    dgm_modality modality;
    bool is_settled; /* words further up do not bear on whether it took place ... */
    bool is_factive; /* ... nor does anyone's belief */
    int32_t modal_cue, source, cue;
} walk;

static void apply(walk *it, dgm_modality outer, int32_t cue)
{
    if (it->is_settled || outer == DGM_MODALITY_ASSERTED)
        return;
    dgm_modality combined = dgm_modality_combine(outer, it->modality);
    if (combined != it->modality)
        it->modal_cue = cue;
    it->modality = combined;
}

static void apply_local(walk *it, const dgm_local *local, bool with_negation)
{
    apply(it, local->modality, local->cue);
    if (with_negation && local->is_negated)
        apply(it, DGM_MODALITY_NEGATED, local->negation);
}

static void apply_effect(walk *it, uint8_t effect, int32_t cue)
{
    if (effect == DGM_EFFECT_FACTIVE)
        it->is_settled = it->is_factive = true;
    else if (effect)
        apply(it, (dgm_modality)effect, cue);
}

/* What a source believes holds of all that is told in its words, relative clauses and the like
 * included: "it is presumed that the silk, which Persia sold, ...". */
static void apply_belief(walk *it, uint8_t effect, int32_t cue)
{
    bool was_settled = it->is_settled;
    it->is_settled = was_settled && (it->is_factive || effect != DGM_MODALITY_PRESUMED);
    apply_effect(it, effect, cue);
    it->is_settled |= was_settled;
}

/* "I", "we": better known by who is quoted. */
static bool is_first_person(const dgm_view *view, int32_t token)
{
    return dgm_cue_first(view->scopes, DGM_CUE_SELF, dgm_tree_lemma(view->tree, token)) != NULL;
}

static void note_source(walk *it, int32_t source, int32_t cue)
{
    if (source >= 0 && (it->source < 0 || is_first_person(it->view, it->source))) {
        it->source = source;
        it->cue = cue;
    }
}

/* "according to X", ", X said," and the like beside the node. */
static void look_beside(walk *it)
{
    uint8_t effect = 0;
    int32_t cue = DGM_NO_TOKEN;
    int32_t source = dgm_source_beside(it->view, it->at, it->below, &cue, &effect);
    if (cue >= 0)
        apply_effect(it, effect, cue);
    note_source(it, source, cue);
}

/* The row of a conjunction or preposition, alone or with its fixed parts: "in case"; or with the
 * adverb in front of it, "ahead of". */
static const dgm_cue *mark_row(const dgm_view *view, dgm_cue_class class, int32_t mark, int32_t at)
{
    dgm_str word = dgm_tree_form(view->tree, mark);
    int32_t fixed = dgm_tree_child(view->tree, mark, DGM_REL_FIXED);
    const dgm_cue *cue = NULL;
    if (fixed >= 0)
        cue = dgm_cue_pair(view->scopes, class, word, dgm_tree_form(view->tree, fixed));
    else if (mark > 0 && dgm_view_token(view, mark - 1)->upos == DGM_ADV)
        cue = dgm_cue_pair(view->scopes, class, dgm_tree_form(view->tree, mark - 1), word);
    if (!cue && fixed < 0)
        cue = dgm_cue_first(view->scopes, class, word);
    while (cue && !dgm_form_holds(view, at, cue->when))
        cue = dgm_cue_next(view->scopes, cue);
    return cue;
}

/* Conjunctions and prepositions of the clause or phrase itself: "if", "without". */
static void look_at_marks(walk *it)
{
    DGM_EACH_CHILD (it->view->tree, child, it->at) {
        dgm_rel rel = dgm_view_rel(it->view, child);
        if (rel != DGM_REL_MARK && rel != DGM_REL_CASE && rel != DGM_REL_ADVMOD)
            continue;
        bool is_case = rel == DGM_REL_CASE;
        const dgm_cue *cue =
            mark_row(it->view, is_case ? DGM_CUE_CASE : DGM_CUE_MARK, child, it->at);
        if (!cue)
            cue = mark_row(it->view, is_case ? DGM_CUE_MARK : DGM_CUE_CASE, child, it->at);
        if (cue)
            apply_effect(it, cue->effect, child);
    }
}

static bool has_own(const dgm_view *view, int32_t token, dgm_rel rel)
{
    DGM_EACH_CHILD (view->tree, child, token)
        if (dgm_view_rel(view, child) == rel)
            return true;
    return false;
}

/* A colon or quotation mark in front of the clause: it is what the verb before it says. */
static bool is_introduced(const dgm_view *view, int32_t token)
{
    int32_t before = view->tree->left[token] - 1;
    if (before < view->tree->tokens[token].head)
        return false;
    uint8_t marks[2] = {dgm_view_token(view, before)->xpos, dgm_view_token(view, before + 1)->xpos};
    for (unsigned i = 0; i < 2; i++)
        if (marks[i] == DGM_XPOS_COLON || marks[i] == DGM_XPOS_OPEN || marks[i] == DGM_XPOS_CLOSE)
            return true;
    return false;
}

/* A loose clause behind a verb that has no complement of its own: "Nath said the India and ...
 * had". */
static bool is_only_complement(const dgm_view *view, int32_t token)
{
    int32_t head = view->tree->tokens[token].head;
    if (token < head || has_own(view, head, DGM_REL_CCOMP) || has_own(view, head, DGM_REL_OBJ))
        return false;
    int32_t before = view->tree->left[token] - 1;
    return before >= head && dgm_view_token(view, before)->upos != DGM_PUNCT;
}

static bool is_spoken(const dgm_view *view, int32_t token)
{
    return is_introduced(view, token) || is_only_complement(view, token);
}

/* "the idea of attacking" tells of no attack, "the idea of the attack" does: "of-ger" for the one.
 */
static const dgm_cue *governing_gerund(const dgm_view *view, int32_t token, int32_t head,
                                       dgm_str frame)
{
    static const dgm_str suffix = {"-ger", 4};
    if (!dgm_form_holds(view, token, DGM_STR("gerund")) ||
        dgm_view_rel(view, token) == DGM_REL_OBL || dgm_view_rel(view, token) == DGM_REL_NMOD ||
        !frame.len)
        return NULL;
    char *name = dgm_arena_array(view->arena, frame.len + suffix.len, 1);
    memcpy(name, frame.ptr, frame.len);
    memcpy(name + frame.len, suffix.ptr, suffix.len);
    return dgm_cue_governing(view, head, (dgm_str){name, frame.len + suffix.len});
}

static bool is_governed(walk *it, int32_t head)
{
    dgm_str frame = dgm_frame_of(it->view, it->at);
    const dgm_cue *cue = dgm_cue_governing(it->view, head, frame);
    if (!cue)
        cue = governing_gerund(it->view, it->at, head, frame);
    if (!cue && dgm_str_is(frame, "speech") && is_spoken(it->view, it->at)) {
        cue = dgm_cue_governing(it->view, head, DGM_STR("clause"));
        if (cue && !cue->has_source)
            cue = NULL;
    }
    if (!cue)
        return false;
    dgm_local local = dgm_modality_local(it->view, head, it->at);
    uint8_t effect = dgm_cue_effect(it->view, cue, head, local.is_negated);
    if (dgm_str_is(frame, "clause") && !local.is_negated)
        apply_belief(it, effect, head);
    else
        apply_effect(it, effect, head);
    apply_local(it, &local, false);
    if (cue->has_source)
        note_source(it, dgm_source_of(it->view, head), head);
    return true;
}

/* "would have barred and slapped": past and participle look the same. */
static bool same_form(const dgm_view *view, int32_t a, int32_t b)
{
    uint8_t one = dgm_view_token(view, a)->xpos, other = dgm_view_token(view, b)->xpos;
    return one == other || (one == DGM_XPOS_VBD && other == DGM_XPOS_VBN &&
                            dgm_form_holds(view, b, DGM_STR("perfect")));
}

/* A conjunct shares what stands before the first one when it has the same form and none of its
 * own: "did not attack or invade", "planned talks and visits". */
static void share(walk *it, int32_t head)
{
    const dgm_view *view = it->view;
    bool is_noun = dgm_view_token(view, it->at)->upos != DGM_VERB;
    if (is_noun && dgm_view_token(view, head)->upos == DGM_VERB) {
        it->is_settled = true; /* a noun hung on a verb by mistake */
        return;
    }
    if (!same_form(view, it->at, head) || has_own(view, it->at, DGM_REL_NSUBJ) ||
        has_own(view, it->at, DGM_REL_AUX) || has_own(view, it->at, DGM_REL_DET))
        return;
    dgm_local local = dgm_modality_local(view, head, it->at);
    /* "has no weapons and has an aim": what the first one lacks is its own */
    dgm_rel below = local.is_negated ? dgm_view_rel(view, local.negation) : DGM_REL_ADVMOD;
    apply_local(it, &local, below != DGM_REL_OBJ && below != DGM_REL_OBL);
}

/* "after an attack", "an earlier attack": it did happen. */
static bool is_given(const dgm_view *view, int32_t noun)
{
    if (dgm_view_rel(view, noun) == DGM_REL_OBL &&
        dgm_cue_first(view->scopes, DGM_CUE_GIVEN, dgm_frame_of(view, noun)))
        return true;
    DGM_EACH_CHILD (view->tree, child, noun)
        if (dgm_view_rel(view, child) == DGM_REL_AMOD &&
            dgm_cue_first(view->scopes, DGM_CUE_GIVEN, dgm_tree_form(view->tree, child)))
            return true;
    return false;
}

static bool is_indefinite(const dgm_view *view, int32_t noun)
{
    if (is_given(view, noun))
        return false;
    DGM_EACH_CHILD (view->tree, child, noun) {
        dgm_str lemma = dgm_tree_lemma(view->tree, child);
        if (dgm_view_rel(view, child) == DGM_REL_DET &&
            (dgm_str_is(lemma, "a") || dgm_str_is(lemma, "an")))
            return true;
    }
    return false;
}

/* The row of a verb that lends a noun its modality: "held no talks"; behind a preposition only
 * where the row names it, "will visit Japan for talks". */
static const dgm_cue *host_of(const dgm_view *view, int32_t noun, int32_t head)
{
    bool is_oblique = dgm_view_rel(view, noun) == DGM_REL_OBL;
    const dgm_cue *host =
        dgm_cue_first(view->scopes, DGM_CUE_HOST, dgm_tree_lemma(view->tree, head));
    for (; host; host = dgm_cue_next(view->scopes, host)) {
        bool fits = is_oblique ? dgm_frames_have(host->frames, dgm_frame_of(view, noun))
                               : !host->frames.len;
        if (fits && dgm_form_holds(view, head, host->when))
            break;
    }
    return host;
}

/* "will speak after his visit to Germany", "his visit will help": the time of the one is told by
 * the other. */
static bool is_occasion(const dgm_view *view, int32_t noun)
{
    const dgm_cue *cue =
        dgm_cue_first(view->scopes, DGM_CUE_OCCASION, dgm_tree_lemma(view->tree, noun));
    return cue && dgm_frames_have(cue->frames, dgm_frame_of(view, noun));
}

/* "will meet", "is expected to meet"; but "pledged to help during his visit" may tell of when he
 * pledged it. */
static bool is_to_come(const dgm_view *view, int32_t verb, int32_t except)
{
    if (dgm_modality_local(view, verb, except).modality == DGM_MODALITY_FUTURE)
        return true;
    int32_t head = dgm_view_token(view, verb)->head;
    const dgm_cue *cue = head < 0 ? NULL : dgm_cue_governing(view, head, dgm_frame_of(view, verb));
    bool is_told_before = head >= 0 && dgm_view_token(view, head)->xpos == DGM_XPOS_VBD;
    return cue && cue->effect == DGM_MODALITY_FUTURE && !is_told_before;
}

/* From a noun to the verb that it is an argument of. */
static void step_from_noun(walk *it, int32_t head)
{
    const dgm_view *view = it->view;
    const dgm_cue *host = host_of(view, it->at, head);
    if (is_occasion(view, it->at)) {
        if (is_to_come(view, head, it->at))
            apply(it, DGM_MODALITY_FUTURE, head);
        it->is_settled = true;
        return;
    }
    bool is_verb =
        dgm_view_token(view, head)->upos == DGM_VERB || dgm_view_token(view, head)->upos == DGM_AUX;
    if (host || (is_verb && is_indefinite(view, it->at))) {
        dgm_local local = dgm_modality_local(view, head, it->at);
        apply_local(it, &local, host != NULL);
    } else {
        it->is_settled = true;
    }
}

static bool is_past_finite(const dgm_view *view, int32_t token)
{
    return dgm_form_holds(view, token, DGM_STR("past"));
}

/* "as he has urged": done, whatever the main clause may say. */
static bool is_present_perfect(const dgm_view *view, int32_t token)
{
    DGM_EACH_CHILD (view->tree, child, token) {
        uint8_t xpos = dgm_view_token(view, child)->xpos;
        if (dgm_view_rel(view, child) == DGM_REL_AUX &&
            (xpos == DGM_XPOS_VBZ || xpos == DGM_XPOS_VBP) &&
            dgm_str_is(dgm_tree_lemma(view->tree, child), "have"))
            return true;
    }
    return false;
}

/* "met to discuss", "marched to protest": what was done is what it was done for. */
static bool is_purpose_reached(const dgm_view *view, int32_t clause, int32_t head)
{
    if (is_past_finite(view, head) && dgm_cue_governing(view, head, DGM_STR("purpose")))
        return true;
    dgm_str mark = dgm_tree_case(view->tree, view->arena, head);
    bool is_beside = dgm_view_rel(view, head) == DGM_REL_ADVCL && /* "marching to demand" */
                     dgm_form_holds(view, head, DGM_STR("gerund")) &&
                     (!mark.len || dgm_str_is(mark, "for")); /* "praised for giving to help" */
    bool is_participle = dgm_form_holds(view, head, DGM_STR("participle")) && /* mistagged */
                         has_own(view, head, DGM_REL_NSUBJ);
    bool is_done = is_beside || is_participle || is_past_finite(view, head) ||
                   dgm_form_holds(view, head, DGM_STR("perfect"));
    return is_done &&
           dgm_cue_first(view->scopes, DGM_CUE_DEED, dgm_tree_lemma(view->tree, clause)) &&
           dgm_modality_local(view, head, clause).modality == DGM_MODALITY_ASSERTED;
}

/* An adverbial clause leans on its main clause for tense, not for polarity. */
static void step_from_adverbial(walk *it, int32_t head)
{
    if (is_past_finite(it->view, it->at) || is_present_perfect(it->view, it->at)) {
        it->is_settled = it->is_factive = true;
        return;
    }
    dgm_local local = dgm_modality_local(it->view, head, it->at);
    bool is_condition = it->modality == DGM_MODALITY_HYPOTHETICAL;
    if (!is_condition)
        apply_local(it, &local, false);
    if (dgm_cue_first(it->view->scopes, DGM_CUE_GIVEN, dgm_frame_of(it->view, it->at))) {
        it->is_settled = true; /* "to cross after being detained" */
        return;
    }
    if (dgm_str_is(dgm_frame_of(it->view, it->at), "inf") &&
        !is_purpose_reached(it->view, it->at, head))
        apply(it, DGM_MODALITY_FUTURE, it->at);
}

/* "Iran to attack base": a headline has no finite verb. */
static bool is_headline(const dgm_view *view)
{
    for (int32_t i = 0; i < view->tree->count; i++) {
        uint8_t xpos = dgm_view_token(view, i)->xpos;
        if (xpos == DGM_XPOS_VBD || xpos == DGM_XPOS_VBZ || xpos == DGM_XPOS_VBP ||
            xpos == DGM_XPOS_MD)
            return false;
    }
    return true;
}

static void step_from_attribute(walk *it, int32_t head)
{
    const dgm_view *view = it->view;
    if (view->tree->tokens[head].head < 0 && is_headline(view) &&
        dgm_str_is(dgm_frame_of(view, it->at), "inf"))
        apply(it, DGM_MODALITY_FUTURE, it->at);
    it->is_settled = true;
}

/* "To withdraw is in the interest of both", "withdrawing would help": what is only thought of. */
static void step_from_subject(walk *it, const dgm_local *local, int32_t head)
{
    bool is_thought = local->is_negated || local->modality == DGM_MODALITY_FUTURE ||
                      dgm_form_holds(it->view, it->at, DGM_STR("infinitive"));
    apply(it, is_thought ? DGM_MODALITY_HYPOTHETICAL : local->modality, head);
}

static void step(walk *it, int32_t head)
{
    const dgm_view *view = it->view;
    dgm_rel rel = dgm_view_rel(view, it->at);
    if (rel == DGM_REL_CONJ) {
        share(it, head);
        return;
    }
    if (is_governed(it, head))
        return;
    dgm_local local = dgm_modality_local(view, head, it->at);
    switch (rel) {
    case DGM_REL_XCOMP:
        apply_local(it, &local, true);
        break;
    case DGM_REL_CSUBJ:
        step_from_subject(it, &local, head);
        break;
    case DGM_REL_CCOMP:
        apply(it, local.is_negated ? DGM_MODALITY_HYPOTHETICAL : local.modality, head);
        break;
    case DGM_REL_ADVCL:
        step_from_adverbial(it, head);
        break;
    case DGM_REL_ACL:
        step_from_attribute(it, head);
        break;
    case DGM_REL_OBJ:
    case DGM_REL_NSUBJ:
    case DGM_REL_OBL:
        step_from_noun(it, head);
        break;
    default:
        it->is_settled = true;
    }
}

/* A yes-no question asserts nothing; "why", "when" and "who" take the act for granted. */
static bool is_open_question(const dgm_view *view)
{
    const dgm_tree *tree = view->tree;
    int32_t last = tree->count - 1;
    while (last > 0 && dgm_view_token(view, last)->upos == DGM_PUNCT &&
           !dgm_str_is(dgm_tree_form(tree, last), "?"))
        last--;
    if (last < 0 || !dgm_str_is(dgm_tree_form(tree, last), "?"))
        return false;
    for (int32_t i = 0; i < tree->root; i++) { /* "does it help when", but "when does it help" */
        uint8_t xpos = dgm_view_token(view, i)->xpos;
        if (xpos == DGM_XPOS_WRB || xpos == DGM_XPOS_WP || xpos == DGM_XPOS_WDT)
            return false;
    }
    return true;
}

static bool is_imperative(const dgm_view *view, int32_t root)
{
    return dgm_view_token(view, root)->xpos == DGM_XPOS_VB && !has_own(view, root, DGM_REL_NSUBJ) &&
           !has_own(view, root, DGM_REL_AUX) && !has_own(view, root, DGM_REL_MARK);
}

/* The root: questions, orders and headlines ("Iran to send envoy"). */
static void end_walk(walk *it)
{
    const dgm_view *view = it->view;
    if (is_open_question(view) || is_imperative(view, it->at))
        apply(it, DGM_MODALITY_HYPOTHETICAL, it->at);
    else if (dgm_form_holds(view, it->at, DGM_STR("infinitive")))
        apply(it, DGM_MODALITY_FUTURE, it->at);
}

/* The act's own words; "is described as positive by X" has its source in the trigger itself. */
static void look_at_start(walk *it)
{
    dgm_local own = dgm_modality_local(it->view, it->at, DGM_NO_TOKEN);
    apply_local(it, &own, true);
    const dgm_cue *cue = dgm_cue_governing(it->view, it->at, DGM_STR("as"));
    if (cue && cue->has_source && cue->class == DGM_CUE_VERB)
        note_source(it, dgm_source_of(it->view, it->at), it->at);
}

dgm_scope dgm_scope_of(const dgm_scopes *scopes, dgm_arena *arena, const dgm_grounded *grounded,
                       uint32_t index, int32_t token, int32_t stop)
{
    dgm_view view;
    dgm_view_init(&view, scopes, arena, grounded, index);
    if (view.tree->count > DGM_SCOPE_TOKENS)
        return (dgm_scope){
            .modality = DGM_MODALITY_ASSERTED, .cue = DGM_NO_TOKEN, .modal_cue = DGM_NO_TOKEN};
    walk it = {.view = &view,
               .below = DGM_NO_TOKEN,
               .at = stop >= 0 ? stop : token,
               .modality = DGM_MODALITY_ASSERTED,
               .modal_cue = DGM_NO_TOKEN,
               .source = DGM_NO_TOKEN,
               .cue = DGM_NO_TOKEN};
    look_at_start(&it);
    for (uint32_t steps = 0; steps < MAX_STEPS; steps++) {
        look_beside(&it);
        look_at_marks(&it);
        int32_t head = dgm_scope_head(&view, it.at);
        if (head < 0)
            break;
        step(&it, head);
        it.below = it.at;
        it.at = head;
    }
    end_walk(&it);
    dgm_scope scope = {.modality = it.modality, .cue = it.cue, .modal_cue = it.modal_cue};
    if (it.source < 0)
        it.source = dgm_sentence_speaker(&view, token, &it.cue);
    scope.cue = it.cue;
    bool is_named = it.source >= 0 && !is_first_person(&view, it.source);
    if (!is_named && dgm_source_of_quote(&view, token, &scope.attribution))
        return scope;
    if (it.source >= 0)
        scope.attribution = dgm_source_attribution(&view, it.source);
    return scope;
}
