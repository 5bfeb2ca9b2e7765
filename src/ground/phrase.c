/* Phrase: which words belong to the noun phrase headed by a token, and which of them may say whose
 * it is. Parsers disagree about what heads a name ("Foreign Minister Javad Zarif"), so the core is
 * gathered through compound, flat and the like alike, in order of the words. */
#include "ground/ground_priv.h"

static bool is_core_rel(dgm_rel rel)
{
    switch (rel) {
    case DGM_REL_COMPOUND:
    case DGM_REL_FLAT:
    case DGM_REL_GOESWITH:
    case DGM_REL_FIXED:
    case DGM_REL_AMOD:
    case DGM_REL_DET:
    case DGM_REL_DET_PREDET:
    case DGM_REL_NUMMOD:
    case DGM_REL_NMOD_DESC:
    case DGM_REL_NMOD_UNMARKED:
        return true;
    default:
        return false;
    }
}

static bool has_case(const dgm_tree *tree, int32_t token)
{
    DGM_EACH_CHILD (tree, child, token)
        if (tree->tokens[child].rel == DGM_REL_CASE)
            return true;
    return false;
}

/* "troops killed in Iraq", "the newly elected": a participle with company tells of another act. */
static bool is_closed_participle(const dgm_scene *scene, int32_t token)
{
    const dgm_token *t = &scene->tree->tokens[token];
    if (t->upos != DGM_VERB || t->rel != DGM_REL_AMOD)
        return false;
    return !(dgm_lexicon_placing(&scene->grounder->lexicon, scene->lower[token]) & DGM_PLACING_LED);
}

static bool is_mark_between(const dgm_scene *scene, int32_t from, int32_t to)
{
    for (int32_t t = from + 1; t < to; t++)
        if (scene->tree->tokens[t].upos == DGM_PUNCT &&
            scene->tree->tokens[t].xpos != DGM_XPOS_HYPH)
            return true;
    return false;
}

static bool stands_close(const dgm_scene *scene, int32_t child, int32_t parent, int32_t head)
{
    const dgm_tree *tree = scene->tree;
    dgm_rel rel = tree->tokens[child].rel;
    if (scene->states[child] == DGM_SCENE_TIME)
        return false; /* "the United States Tuesday" */
    if (is_core_rel(rel))
        return true;
    if (rel == DGM_REL_CONJ) /* "Iranian and Syrian officials" */
        return parent != head && tree->tokens[parent].rel != DGM_REL_FLAT;
    if (rel == DGM_REL_NMOD || rel == DGM_REL_OBL_UNMARKED || rel == DGM_REL_OBL ||
        rel == DGM_REL_DEP || rel == DGM_REL_ADVMOD)
        return child < parent && scene->name_at[child] >= 0 && !has_case(tree, child);
    if (rel == DGM_REL_APPOS) /* "the group Hamas" */
        return !is_mark_between(scene, parent, child);
    return false;
}

static void sort_core(dgm_phrase *phrase)
{
    for (uint32_t i = 1; i < phrase->core_count; i++)
        for (uint32_t j = i; j > 0 && phrase->core[j - 1] > phrase->core[j]; j--) {
            int32_t t = phrase->core[j];
            phrase->core[j] = phrase->core[j - 1];
            phrase->core[j - 1] = t;
        }
}

static void gather_core(dgm_phrase *phrase, const dgm_scene *scene)
{
    phrase->core[0] = phrase->head;
    phrase->core_count = 1;
    for (uint32_t at = 0; at < phrase->core_count; at++) {
        int32_t parent = phrase->core[at];
        DGM_EACH_CHILD (scene->tree, child, parent) {
            if (scene->tree->tokens[child].rel == DGM_REL_NMOD_POSS) {
                if (phrase->possessor < 0)
                    phrase->possessor = child;
                continue;
            }
            if (phrase->core_count < DGM_PHRASE_CORE &&
                stands_close(scene, child, parent, phrase->head) &&
                !is_closed_participle(scene, child))
                phrase->core[phrase->core_count++] = child;
        }
    }
    sort_core(phrase);
}

static uint32_t case_bits(const dgm_scene *scene, int32_t token)
{
    uint32_t bits = 0;
    DGM_EACH_CHILD (scene->tree, child, token)
        if (scene->tree->tokens[child].rel == DGM_REL_CASE &&
            scene->tree->tokens[child].xpos != DGM_XPOS_POS) {
            if (dgm_tree_child(scene->tree, child, DGM_REL_FIXED) >= 0)
                return 0;
            bits = dgm_lexicon_placing(&scene->grounder->lexicon, scene->lower[child]);
            break;
        }
    return bits;
}

/* "forces loyal to Smith": Smith owns them. */
static void gather_loyal(dgm_phrase *phrase, const dgm_scene *scene)
{
    const dgm_tree *tree = scene->tree;
    DGM_EACH_CHILD (tree, child, phrase->head) {
        if (child < phrase->head ||
            !(dgm_lexicon_placing(&scene->grounder->lexicon, scene->lower[child]) &
              DGM_PLACING_LOYAL))
            continue;
        DGM_EACH_CHILD (tree, whom, child)
            if (dgm_rel_main((dgm_rel)tree->tokens[whom].rel) == DGM_REL_OBL && whom > child &&
                phrase->owner_count < DGM_PHRASE_ARMS)
                phrase->owners[phrase->owner_count++] = whom;
    }
}

/* "accused the government of fraud": the parser hangs the charge on whom it is laid to. */
static bool is_charge(const dgm_scene *scene, int32_t head, int32_t child)
{
    const int32_t verb = scene->tree->tokens[head].head;
    const dgm_rel rel = dgm_rel_main((dgm_rel)scene->tree->tokens[head].rel);
    return scene->name_at[child] < 0 && verb >= 0 &&
           (rel == DGM_REL_OBJ || rel == DGM_REL_IOBJ || rel == DGM_REL_NSUBJ) &&
           dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[verb]) & DGM_PLACING_CHARGE;
}

/* "the withdrawal of troops from Chad": the parser hangs the place left on those who leave. */
static bool is_left_place(const dgm_scene *scene, int32_t head, int32_t child)
{
    const int32_t above = scene->tree->tokens[head].head;
    const int32_t word = dgm_tree_child(scene->tree, child, DGM_REL_CASE);
    return above >= 0 && word >= 0 && dgm_str_is(scene->lower[word], "from") &&
           dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[above]) &
               DGM_PLACING_LEAVING;
}

/* Phrases that hang on the core with a preposition: owners and insides. */
static void gather_arms(dgm_phrase *phrase, const dgm_scene *scene)
{
    const dgm_lexicon *lexicon = &scene->grounder->lexicon;
    for (uint32_t i = 0; i < phrase->core_count; i++) {
        DGM_EACH_CHILD (scene->tree, child, phrase->core[i]) {
            if (dgm_rel_main(scene->tree->tokens[child].rel) != DGM_REL_NMOD ||
                scene->tree->tokens[child].rel == DGM_REL_NMOD_POSS ||
                is_charge(scene, phrase->head, child) || is_left_place(scene, phrase->head, child))
                continue;
            uint32_t bits = case_bits(scene, child);
            bool speaks =
                (bits & DGM_PLACING_BEHALF) &&
                (dgm_lexicon_placing(lexicon, scene->lemma[phrase->core[i]]) & DGM_PLACING_SPEAKER);
            if ((bits & DGM_PLACING_MAKER) && phrase->maker < 0)
                phrase->maker = child;
            if (((bits & DGM_PLACING_OWNER) || speaks) && phrase->owner_count < DGM_PHRASE_ARMS)
                phrase->owners[phrase->owner_count++] = child;
            else if ((bits & DGM_PLACING_INSIDE) && phrase->inside_count < DGM_PHRASE_ARMS)
                phrase->insides[phrase->inside_count++] = child;
        }
    }
}

static bool widens_left(dgm_rel rel)
{
    switch (dgm_rel_main(rel)) {
    case DGM_REL_DET:
    case DGM_REL_AMOD:
    case DGM_REL_COMPOUND:
    case DGM_REL_NUMMOD:
    case DGM_REL_NMOD:
    case DGM_REL_FLAT:
    case DGM_REL_GOESWITH:
        return true;
    default:
        return false;
    }
}

static bool widens_right(const dgm_scene *scene, int32_t child, int32_t parent)
{
    if (scene->states[child] == DGM_SCENE_TIME)
        return false;
    switch (dgm_rel_main(scene->tree->tokens[child].rel)) {
    case DGM_REL_COMPOUND:
    case DGM_REL_FLAT:
    case DGM_REL_FIXED:
    case DGM_REL_GOESWITH:
    case DGM_REL_NUMMOD:
    case DGM_REL_NMOD:
    case DGM_REL_AMOD:
        return true;
    case DGM_REL_CASE: /* "Iran's": the clitic is not part of the name, but the words go on */
    case DGM_REL_PUNCT:
        return true;
    case DGM_REL_APPOS:
        return !is_mark_between(scene, parent, child);
    default:
        return false;
    }
}

/* The last word of the phrase, going down its right side while nothing but its own words stand
 * there. */
static int32_t right_end(const dgm_scene *scene, int32_t head)
{
    int32_t at = head, last = head;
    for (int steps = 0; steps < DGM_PHRASE_CORE; steps++) {
        int32_t next = DGM_NO_TOKEN;
        DGM_EACH_CHILD (scene->tree, child, at) {
            if (child < at)
                continue;
            if (!widens_right(scene, child, at) &&
                !(at != head && scene->tree->tokens[child].rel == DGM_REL_CONJ))
                break;
            dgm_rel rel = scene->tree->tokens[child].rel;
            if (rel == DGM_REL_PUNCT || rel == DGM_REL_CASE)
                continue;
            next = child;
            last = scene->tree->right[child] > last ? child : last;
        }
        if (next == DGM_NO_TOKEN)
            break;
        at = next;
        last = next > last ? next : last;
    }
    return last;
}

static void measure(dgm_phrase *phrase, const dgm_scene *scene)
{
    const dgm_tree *tree = scene->tree;
    int32_t first = phrase->head, last = right_end(scene, phrase->head);
    DGM_EACH_CHILD (tree, child, phrase->head)
        if (child < phrase->head && widens_left(tree->tokens[child].rel) &&
            !has_case(tree, child) && tree->left[child] < first)
            first = tree->left[child];
    if (phrase->possessor >= 0 && tree->left[phrase->possessor] < first)
        first = tree->left[phrase->possessor];
    for (uint32_t i = 0; i < phrase->core_count; i++)
        last = phrase->core[i] > last ? phrase->core[i] : last;
    phrase->span = dgm_tree_span(tree, first, last);
}

void dgm_phrase_read(dgm_phrase *phrase, const dgm_scene *scene, int32_t head)
{
    *phrase = (dgm_phrase){
        .head = head, .possessor = DGM_NO_TOKEN, .apposition = DGM_NO_TOKEN, .maker = DGM_NO_TOKEN};
    gather_core(phrase, scene);
    gather_arms(phrase, scene);
    gather_loyal(phrase, scene);
    DGM_EACH_CHILD (scene->tree, child, head)
        if (scene->tree->tokens[child].rel == DGM_REL_APPOS &&
            is_mark_between(scene, head, child) && phrase->apposition < 0)
            phrase->apposition = child;
    measure(phrase, scene);
}

/* "anti-Iranian" and "Iran-backed", as one token or as three. */
bool dgm_phrase_is_shadowed(const dgm_scene *scene, uint32_t i)
{
    const dgm_lexicon *lexicon = &scene->grounder->lexicon;
    const dgm_tree *tree = scene->tree;
    int32_t first = (int32_t)scene->names[i].first;
    int32_t last = first + (int32_t)scene->names[i].count - 1;
    if (first >= 2 && dgm_str_is(scene->lower[first - 1], "-") &&
        (dgm_lexicon_placing(lexicon, scene->lower[first - 2]) & DGM_PLACING_AGAINST))
        return true;
    if (last + 2 < tree->count && dgm_str_is(scene->lower[last + 1], "-") &&
        tree->tokens[last + 1].is_glued && tree->tokens[last + 2].upos != DGM_PROPN &&
        (tree->tokens[last + 2].xpos == DGM_XPOS_VBN ||
         tree->tokens[last + 2].xpos == DGM_XPOS_VBD ||
         tree->tokens[last + 2].xpos == DGM_XPOS_VBG))
        return !(dgm_lexicon_placing(lexicon, scene->lower[last + 2]) & DGM_PLACING_LED);
    dgm_str rest = scene->lower[first], piece, tail = {0};
    bool is_first = true;
    if (first != last || dgm_str_find(rest, DGM_STR("-")) == SIZE_MAX)
        return false;
    while (dgm_str_cut(&rest, '-', &piece)) {
        if (is_first && (dgm_lexicon_placing(lexicon, piece) & DGM_PLACING_AGAINST))
            return true;
        is_first = false;
        tail = piece;
    }
    return tail.len > 2 && tree->tokens[first].upos != DGM_PROPN &&
           dgm_str_ends(tail, DGM_STR("ed")) &&
           !(dgm_lexicon_placing(lexicon, tail) & DGM_PLACING_LED);
}

static bool is_argument(dgm_rel rel)
{
    switch (dgm_rel_main(rel)) {
    case DGM_REL_NSUBJ:
    case DGM_REL_OBJ:
    case DGM_REL_IOBJ:
    case DGM_REL_OBL:
    case DGM_REL_NMOD:
    case DGM_REL_APPOS:
    case DGM_REL_DISLOCATED:
    case DGM_REL_VOCATIVE:
        return true;
    default:
        return false;
    }
}

static bool is_modifier(dgm_rel rel)
{
    switch (dgm_rel_main(rel)) {
    case DGM_REL_COMPOUND:
    case DGM_REL_FLAT:
    case DGM_REL_FIXED:
    case DGM_REL_GOESWITH:
    case DGM_REL_AMOD:
    case DGM_REL_DET:
    case DGM_REL_NUMMOD:
    case DGM_REL_EXPL:
    case DGM_REL_CASE:
    case DGM_REL_CC:
    case DGM_REL_MARK:
        return true;
    default:
        return rel == DGM_REL_NMOD_DESC;
    }
}

/* The relation that a chain of conjuncts has as a whole. */
static dgm_rel outer_rel(const dgm_tree *tree, int32_t token)
{
    for (int steps = 0; steps < 32 && tree->tokens[token].rel == DGM_REL_CONJ; steps++)
        token = tree->tokens[token].head;
    return (dgm_rel)tree->tokens[token].rel;
}

bool dgm_scene_is_nominal(const dgm_scene *scene, int32_t token)
{
    const dgm_tree *tree = scene->tree;
    const dgm_token *t = &tree->tokens[token];
    dgm_rel rel = outer_rel(tree, token);
    switch (t->upos) {
    case DGM_NOUN:
    case DGM_PROPN:
    case DGM_PRON:
        if (!is_modifier(rel))
            return true;
        /* a name that the parser hung on a verb as if it were a modifier */
        return t->upos != DGM_PRON && t->head >= 0 && rel != DGM_REL_MARK && rel != DGM_REL_CASE &&
               (tree->tokens[t->head].upos == DGM_VERB || tree->tokens[t->head].upos == DGM_AUX);
    case DGM_ADJ:
    case DGM_NUM:
    case DGM_DET:
    case DGM_X:
    case DGM_SYM:
        return is_argument(rel);
    case DGM_VERB: /* "Boko Haram", tagged by chance */
        return is_argument(rel) && scene->name_at[token] >= 0 &&
               scene->names[scene->name_at[token]].kind == DGM_NAME_PROPER;
    default:
        return false;
    }
}

bool dgm_scene_is_pronoun(const dgm_scene *scene, int32_t token)
{
    return scene->tree->tokens[token].upos == DGM_PRON;
}

const dgm_role *dgm_role_of(const dgm_scene *scene, int32_t token)
{
    int32_t i = scene->role_at[token];
    return i < 0 ? NULL : scene->roles[i].role;
}

bool dgm_phrase_is_definite(const dgm_scene *scene, const dgm_phrase *phrase)
{
    int32_t det = dgm_tree_child(scene->tree, phrase->head, DGM_REL_DET);
    return det >= 0 && dgm_str_is(scene->lower[det], "the");
}
