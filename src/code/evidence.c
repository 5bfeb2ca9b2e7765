/* Evidence: see evidence.h. A feature is the hash of a group, a kind and up to four words; every
 * feature counts one, groups are weighed by the model. */
#include "code/evidence.h"
#include "base/hash.h"

enum { PATH = 8, NEAR_WORDS = 60, LONG_SENTENCE = 120 };

typedef struct view {
    const dgm_rules *rules;
    const dgm_clause *clause;
    const dgm_tree *tree;
    const dgm_sides *sides;
    int32_t top;
    dgm_str *words; /* lemma, or a stand-in for names and numbers */
    dgm_evidence *out;
} view;

static void put(view *v, dgm_evidence_group group, const char *kind, dgm_str a, dgm_str b,
                dgm_str c)
{
    uint64_t hash = DGM_HASH_START;
    unsigned char head = (unsigned char)group;
    hash = dgm_hash_more(hash, &head, 1);
    hash = dgm_hash_more(hash, kind, strlen(kind) + 1);
    hash = dgm_hash_more(hash, a.ptr, a.len);
    hash = dgm_hash_more(hash, "\t", 1);
    hash = dgm_hash_more(hash, b.ptr, b.len);
    hash = dgm_hash_more(hash, "\t", 1);
    hash = dgm_hash_more(hash, c.ptr, c.len);
    uint32_t print = (uint32_t)dgm_hash_end(hash);
    dgm_feature feature = {print ? print : 1, (uint8_t)group};
    DGM_PUSH(v->clause->arena, v->out->items, v->out->count, v->out->capacity, feature);
}

static const dgm_str none = {"", 0};

static dgm_str rel_name(const view *v, int32_t token)
{
    return dgm_str_of(dgm_rel_name(v->tree->tokens[token].rel));
}

static dgm_str number_name(uint32_t n)
{
    static const char *const names[] = {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9+"};
    return dgm_str_of(names[n < 9 ? n : 9]);
}

static dgm_str type_name(dgm_type type)
{
    return dgm_str_of(dgm_type_name(type));
}

static bool is_side(const view *v, int32_t token)
{
    return dgm_side_has(&v->sides->at[DGM_SIDE_SOURCE], token) ||
           dgm_side_has(&v->sides->at[DGM_SIDE_TARGET], token);
}

static bool is_content(const view *v, int32_t token)
{
    switch (v->tree->tokens[token].upos) {
    case DGM_VERB:
    case DGM_NOUN:
    case DGM_ADJ:
    case DGM_ADV:
        return true;
    default:
        return false;
    }
}

/* Names and numbers say little of the act by themselves. */
static dgm_str word_at(const view *v, int32_t token)
{
    const dgm_token *at = &v->tree->tokens[token];
    dgm_str lemma = v->clause->lemmas[token];
    if (dgm_side_has(&v->sides->at[DGM_SIDE_SOURCE], token))
        return DGM_STR("<source>");
    if (dgm_side_has(&v->sides->at[DGM_SIDE_TARGET], token))
        return DGM_STR("<target>");
    if (at->upos == DGM_PROPN)
        return DGM_STR("<name>");
    if (at->upos == DGM_NUM || (lemma.len && lemma.ptr[0] >= '0' && lemma.ptr[0] <= '9'))
        return DGM_STR("<number>");
    return lemma;
}

static uint32_t bucket(uint32_t n)
{
    return n < 4 ? n : n < 6 ? 4 : n < 10 ? 5 : n < 16 ? 6 : n < 25 ? 7 : 8;
}

static void put_shape(view *v)
{
    const dgm_side *source = &v->sides->at[DGM_SIDE_SOURCE],
                   *target = &v->sides->at[DGM_SIDE_TARGET];
    put(v, DGM_EVIDENCE_SHAPE, v->sides->is_marked ? "marked" : "guessed", none, none, none);
    if (source->head < 0 || target->head < 0) {
        put(v, DGM_EVIDENCE_SHAPE, source->head < 0 ? "no source" : "no target", none, none, none);
        return;
    }
    bool forward = source->head < target->head;
    uint32_t gap = (uint32_t)(forward ? target->head - source->head : source->head - target->head);
    put(v, DGM_EVIDENCE_SHAPE, forward ? "forward" : "backward", number_name(bucket(gap)), none,
        none);
    dgm_str s = rel_name(v, source->head), t = rel_name(v, target->head);
    dgm_str cases = v->clause->cases[target->head];
    put(v, DGM_EVIDENCE_SHAPE, "source", s, none, none);
    put(v, DGM_EVIDENCE_SHAPE, "target", t, cases, none);
    put(v, DGM_EVIDENCE_SHAPE, "both", s, t, cases);
}

/* A word that the sides depend on: itself, what it takes, what negates it. */
static void put_frame(view *v, const char *role, int32_t token)
{
    dgm_str word = v->words[token];
    DGM_EACH_CHILD (v->tree, child, token) {
        dgm_rel rel = v->tree->tokens[child].rel;
        dgm_rel main_rel = dgm_rel_main(rel);
        if (rel == DGM_REL_PUNCT || rel == DGM_REL_DET || rel == DGM_REL_CC)
            continue;
        dgm_str name = rel_name(v, child), below = v->words[child];
        put(v, DGM_EVIDENCE_FRAME, role, name, below, none);
        bool is_argument = main_rel == DGM_REL_OBJ || main_rel == DGM_REL_XCOMP ||
                           main_rel == DGM_REL_CCOMP || rel == DGM_REL_COMPOUND_PRT ||
                           main_rel == DGM_REL_OBL || main_rel == DGM_REL_NMOD;
        if (is_argument)
            put(v, DGM_EVIDENCE_FRAME, "with", word, v->clause->cases[child], below);
        if (v->clause->cases[child].len)
            put(v, DGM_EVIDENCE_FRAME, "case", word, v->clause->cases[child], none);
    }
}

static void put_word_types(view *v, dgm_evidence_group group, const char *kind, int32_t token)
{
    uint64_t seen = 0;
    const dgm_entries *entries = dgm_rules_entries(v->rules, v->clause->words[token]);
    for (unsigned pos = DGM_TRIGGER_VERB; pos <= DGM_TRIGGER_ADJ; pos++) {
        uint32_t at = entries->rules[pos];
        for (; at != DGM_MAP_NONE; at = v->rules->rules[at].next)
            seen |= (uint64_t)1 << v->rules->rules[at].type;
        at = entries->operators[pos];
        if (at != DGM_MAP_NONE)
            put(v, group, kind, DGM_STR("op"), v->rules->operators[at].effect, none);
    }
    for (unsigned type = 1; type < DGM_TYPE_COUNT; type++)
        if (seen >> type & 1)
            put(v, group, kind, type_name((dgm_type)type), none, none);
}

static void put_path(view *v)
{
    static const char *const roles[] = {"source", "target"};
    char shape[160];
    size_t len = 0;
    for (unsigned s = 0; s < DGM_SIDE_COUNT; s++) {
        int32_t way[PATH], head = v->sides->at[s].head;
        uint32_t count = dgm_sides_path(v->tree, head, v->top, way, PATH);
        int32_t below = head;
        for (uint32_t i = 0; i < count; i++) {
            dgm_str word = v->words[way[i]], rel = rel_name(v, below);
            if (way[i] != v->top) {
                put(v, DGM_EVIDENCE_PATH, "any", word, none, none);
                put(v, DGM_EVIDENCE_PATH, roles[s], word, rel, none);
                put(v, DGM_EVIDENCE_PATH, "case", word, v->clause->cases[below], rel);
                put_word_types(v, DGM_EVIDENCE_WORD_PATH, roles[s], way[i]);
                put_frame(v, roles[s], way[i]);
            } else {
                put(v, DGM_EVIDENCE_TOP, roles[s], word, rel, v->clause->cases[below]);
                put(v, DGM_EVIDENCE_TOP, "kind", rel, v->clause->cases[below],
                    dgm_str_of(roles[s]));
            }
            if (below != head)
                put(v, DGM_EVIDENCE_PATH, "pair", v->words[below], word, none);
            if (len + rel.len + 2 < sizeof shape) {
                memcpy(shape + len, rel.ptr, rel.len);
                len += rel.len;
                shape[len++] = s ? '<' : '>';
            }
            below = way[i];
        }
    }
    put(v, DGM_EVIDENCE_PATH_SHAPE, "shape", (dgm_str){shape, len}, none, none);
    put(v, DGM_EVIDENCE_PATH_SHAPE, "shape", (dgm_str){shape, len}, v->words[v->top], none);
}

static void put_top(view *v)
{
    int32_t top = v->top;
    dgm_str word = v->words[top];
    bool is_passive = dgm_tree_is_passive(v->tree, top);
    put(v, DGM_EVIDENCE_TOP, "top", word, none, none);
    put(v, DGM_EVIDENCE_TOP, is_passive ? "passive" : "active", word, none, none);
    put(v, DGM_EVIDENCE_TOP, "tag", dgm_str_of(dgm_xpos_name(v->tree->tokens[top].xpos)), none,
        none);
    put_word_types(v, DGM_EVIDENCE_WORD_PATH, is_passive ? "passive" : "top", top);
    put_frame(v, "top", top);
    int32_t above = v->tree->tokens[top].head;
    if (above >= 0) {
        put(v, DGM_EVIDENCE_TOP, "above", v->words[above], rel_name(v, top), none);
        put_word_types(v, DGM_EVIDENCE_WORD_PATH, "above", above);
    }
}

/* What governs a side beyond the top, and what hangs on the top's complements. */
static void put_chain(view *v)
{
    int32_t token = v->top;
    for (int step = 0; step < 3 && token >= 0; step++) {
        token = v->tree->tokens[token].head;
        if (token >= 0)
            put(v, DGM_EVIDENCE_CHAIN, "above", v->words[token], none, none);
    }
    DGM_EACH_CHILD (v->tree, child, v->top) {
        dgm_rel rel = dgm_rel_main(v->tree->tokens[child].rel);
        if (rel != DGM_REL_XCOMP && rel != DGM_REL_CCOMP && rel != DGM_REL_OBJ &&
            rel != DGM_REL_OBL && rel != DGM_REL_ADVCL)
            continue;
        put_word_types(v, DGM_EVIDENCE_WORD_PATH, "below", child);
        DGM_EACH_CHILD (v->tree, grand, child) {
            if (is_content(v, grand) || is_side(v, grand))
                put(v, DGM_EVIDENCE_CHAIN, "below", v->words[child], v->words[grand],
                    rel_name(v, grand));
        }
    }
}

static void put_words(view *v)
{
    const dgm_side *source = &v->sides->at[DGM_SIDE_SOURCE],
                   *target = &v->sides->at[DGM_SIDE_TARGET];
    int32_t from = source->last < target->last ? source->last : target->last;
    int32_t to = source->first > target->first ? source->first : target->first;
    bool has_both = source->head >= 0 && target->head >= 0;
    for (int32_t i = 0; i < v->tree->count; i++) {
        dgm_str word = v->words[i];
        if (dgm_side_has(source, i) || dgm_side_has(target, i)) {
            bool is_source = dgm_side_has(source, i);
            if (is_content(v, i) || i == source->head || i == target->head) {
                put(v, is_source ? DGM_EVIDENCE_SOURCE : DGM_EVIDENCE_TARGET,
                    i == source->head || i == target->head ? "head" : "in", v->clause->lemmas[i],
                    none, none);
                if (!is_source && is_content(v, i))
                    put_word_types(v, DGM_EVIDENCE_TARGET, "types", i);
            }
            continue;
        }
        if (v->tree->tokens[i].upos == DGM_PUNCT)
            continue;
        bool is_between = has_both && i > from && i < to;
        if (is_between)
            put(v, DGM_EVIDENCE_BETWEEN, "word", word, none, none);
        if (is_content(v, i)) {
            put(v, DGM_EVIDENCE_AROUND, "word", word, none, none);
            put_word_types(v, DGM_EVIDENCE_WORD_ALL, is_between ? "between" : "around", i);
            if (!v->sides->is_marked) {
                put(v, DGM_EVIDENCE_WHOLE, "word", word, none, none);
                put_word_types(v, DGM_EVIDENCE_WHOLE, "types", i);
            }
        }
        if (i + 1 < v->tree->count)
            put(v, DGM_EVIDENCE_PAIR, is_between ? "between" : "around", word, v->words[i + 1],
                none);
    }
}

static void put_acts(view *v, const dgm_acts *acts)
{
    for (uint32_t i = 0; i < acts->count; i++) {
        const dgm_act *act = &acts->items[i];
        if (act->is_absorbed)
            continue;
        char fit[] = "--|--|-";
        fit[0] = dgm_side_is_in(act->actors, DGM_SIDE_SOURCE) ? 's' : '-';
        fit[1] = dgm_side_is_in(act->actors, DGM_SIDE_TARGET) ? 't' : '-';
        fit[3] = dgm_side_is_in(act->recipients, DGM_SIDE_SOURCE) ? 's' : '-';
        fit[4] = dgm_side_is_in(act->recipients, DGM_SIDE_TARGET) ? 't' : '-';
        fit[6] = act->token == v->top || act->stop == v->top ? '^' : '-';
        dgm_str type = type_name(act->type), place = {fit, 7};
        put(v, DGM_EVIDENCE_ACT, "type", type, none, none);
        put(v, DGM_EVIDENCE_ACT, "fit", type, place, none);
        put(v, DGM_EVIDENCE_ACT, "mode", type, dgm_str_of(dgm_mode_name(act->mode)), none);
        put(v, DGM_EVIDENCE_ACT, "entry", dgm_str_of(act->ids[0]), none, none);
        for (uint32_t k = 1; k < act->id_count; k++)
            put(v, DGM_EVIDENCE_ACT, "operator", type, dgm_str_of(act->ids[k]), none);
    }
}

static void put_verdict(view *v, const dgm_verdict *verdict)
{
    dgm_str modality = dgm_str_of(dgm_modality_name(verdict->modality));
    dgm_str fit = number_name(verdict->fit);
    put(v, DGM_EVIDENCE_VERDICT, "type", type_name(verdict->type), none, none);
    put(v, DGM_EVIDENCE_VERDICT, "fit", type_name(verdict->type), fit, none);
    put(v, DGM_EVIDENCE_VERDICT, "modality", modality, none, none);
    if (verdict->act)
        put(v, DGM_EVIDENCE_VERDICT, "act", type_name(verdict->act->type), modality, none);
    if (!verdict->type)
        put(v, DGM_EVIDENCE_VERDICT, "nearest",
            type_name(dgm_sides_nearest(v->rules, v->clause, v->sides)), none, none);
}

dgm_evidence dgm_evidence_find(const dgm_rules *rules, const dgm_clause *clause,
                               const dgm_acts *acts, const dgm_sides *sides,
                               const dgm_verdict *verdict)
{
    dgm_evidence out = {0};
    view v = {rules, clause, clause->tree, sides, 0, NULL, &out};
    if (!v.tree->count)
        return out;
    v.top = dgm_sides_top(v.tree, sides);
    v.words = DGM_ARRAY(clause->arena, dgm_str, (size_t)v.tree->count);
    for (int32_t i = 0; i < v.tree->count; i++)
        v.words[i] = word_at(&v, i);
    put_shape(&v);
    put_path(&v);
    put_top(&v);
    put_chain(&v);
    put_words(&v);
    put_acts(&v, acts);
    put_verdict(&v, verdict);
    return out;
}
