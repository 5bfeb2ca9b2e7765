/* Attribution: the source, cue and content of what is said, thought or reported.
 * In: a cue word of a parsed and grounded sentence. Out: the source's phrase with its actors, or
 * all attributions of a sentence as spans (the annotation of Pareti 2012). */
#include "code/scope_priv.h"

static int32_t subject_of(const dgm_view *view, int32_t token)
{
    DGM_EACH_CHILD (view->tree, child, token)
        if (dgm_view_rel(view, child) == DGM_REL_NSUBJ)
            return child;
    return DGM_NO_TOKEN;
}

static bool is_relative(const dgm_view *view, int32_t token)
{
    uint8_t xpos = dgm_view_token(view, token)->xpos;
    return xpos == DGM_XPOS_WDT || xpos == DGM_XPOS_WP;
}

/* The noun that the relative pronoun at `token`, below `verb`, stands for. */
static int32_t antecedent(const dgm_view *view, int32_t verb, int32_t token)
{
    if (!is_relative(view, token))
        return token;
    for (uint32_t steps = 0; verb >= 0 && steps < 8; steps++) {
        const dgm_token *at = dgm_view_token(view, verb);
        if (at->rel == DGM_REL_ACL_RELCL)
            return at->head;
        if (dgm_rel_main((dgm_rel)at->rel) != DGM_REL_CONJ)
            break;
        verb = at->head;
    }
    return DGM_NO_TOKEN;
}

/* "described as positive by X": parsers may hang the agent on what stands before it. */
static int32_t agent_below(const dgm_view *view, int32_t verb)
{
    DGM_EACH_CHILD (view->tree, child, verb) {
        uint8_t upos = dgm_view_token(view, child)->upos;
        if (child < verb || (upos != DGM_ADJ && upos != DGM_NOUN && upos != DGM_PROPN))
            continue;
        DGM_EACH_CHILD (view->tree, below, child)
            if ((dgm_view_rel(view, below) == DGM_REL_OBL ||
                 dgm_view_rel(view, below) == DGM_REL_NMOD) &&
                dgm_str_is(dgm_tree_case(view->tree, view->arena, below), "by"))
                return below;
    }
    return DGM_NO_TOKEN;
}

/* "by X" of a passive; else the circles where it is held: "in academic circles". */
static int32_t agent_of(const dgm_view *view, int32_t verb)
{
    int32_t circle = DGM_NO_TOKEN;
    DGM_EACH_CHILD (view->tree, child, verb) {
        if (dgm_view_rel(view, child) != DGM_REL_OBL)
            continue;
        dgm_str preposition = dgm_tree_case(view->tree, view->arena, child);
        if (dgm_view_token(view, child)->rel == DGM_REL_OBL_AGENT || dgm_str_is(preposition, "by"))
            return child;
        const dgm_cue *cue =
            dgm_cue_first(view->scopes, DGM_CUE_CIRCLE, dgm_tree_lemma(view->tree, child));
        for (; cue; cue = dgm_cue_next(view->scopes, cue))
            if (dgm_str_eq(cue->frames, preposition))
                circle = child;
    }
    return circle >= 0 ? circle : agent_below(view, verb);
}

/* The object of "quoted"; some trees have it as the indirect one. */
static int32_t who_is_quoted(const dgm_view *view, int32_t verb)
{
    int32_t object = dgm_tree_child(view->tree, verb, DGM_REL_OBJ);
    return object >= 0 ? object : dgm_tree_child(view->tree, verb, DGM_REL_IOBJ);
}

/* Who controls a verb without a subject: of what it hangs on. */
static int32_t controller(const dgm_view *view, int32_t verb)
{
    for (uint32_t steps = 0; verb >= 0 && steps < 16; steps++) {
        const dgm_token *at = dgm_view_token(view, verb);
        int32_t head = at->head;
        if (head < 0)
            return DGM_NO_TOKEN;
        dgm_rel rel = dgm_rel_main((dgm_rel)at->rel);
        if (rel == DGM_REL_ACL)
            return head;
        bool is_finite =
            at->xpos == DGM_XPOS_VBD || at->xpos == DGM_XPOS_VBZ || at->xpos == DGM_XPOS_VBP;
        bool is_controlled = rel == DGM_REL_XCOMP || rel == DGM_REL_ADVCL || rel == DGM_REL_CCOMP ||
                             rel == DGM_REL_PARATAXIS;
        if (rel != DGM_REL_CONJ && (!is_controlled || is_finite))
            return DGM_NO_TOKEN;
        int32_t object = who_is_quoted(view, head);
        if (object >= 0 && dgm_str_is(dgm_tree_case(view->tree, view->arena, verb), "as"))
            return object; /* "quoted Zarif as saying" */
        int32_t subject = subject_of(view, head);
        if (subject >= 0)
            return antecedent(view, head, subject);
        verb = head;
    }
    return DGM_NO_TOKEN;
}

/* "quoted Zarif as saying": Zarif. */
static int32_t quoted_speaker(const dgm_view *view, int32_t verb)
{
    int32_t object = who_is_quoted(view, verb);
    DGM_EACH_CHILD (view->tree, child, verb)
        if (object >= 0 && dgm_view_rel(view, child) == DGM_REL_ADVCL &&
            dgm_view_token(view, child)->xpos == DGM_XPOS_VBG &&
            dgm_str_is(dgm_tree_case(view->tree, view->arena, child), "as"))
            return object;
    return DGM_NO_TOKEN;
}

/* A clause before the verb that hangs on it as what is said. */
static bool has_content_before(const dgm_view *view, int32_t verb)
{
    int32_t content = dgm_tree_child(view->tree, verb, DGM_REL_CCOMP);
    return content >= 0 && content < verb;
}

/* ", reported the agency": behind an inserted verb the subject passes for an object, or for a
 * clause of its own. */
static int32_t subject_behind(const dgm_view *view, int32_t verb)
{
    const dgm_token *at = dgm_view_token(view, verb);
    dgm_rel rel = dgm_rel_main((dgm_rel)at->rel);
    bool is_finite = at->xpos == DGM_XPOS_VBD || at->xpos == DGM_XPOS_VBZ;
    bool is_beside = rel == DGM_REL_PARATAXIS || rel == DGM_REL_CCOMP;
    if (!is_finite || (!is_beside && !has_content_before(view, verb)))
        return DGM_NO_TOKEN;
    DGM_EACH_CHILD (view->tree, child, verb) {
        uint8_t upos = dgm_view_token(view, child)->upos;
        bool is_noun = upos == DGM_NOUN || upos == DGM_PROPN;
        rel = dgm_view_rel(view, child);
        if (is_noun && view->tree->left[child] == verb + 1 &&
            (rel == DGM_REL_OBJ || rel == DGM_REL_CCOMP))
            return child;
    }
    return DGM_NO_TOKEN;
}

static int32_t source_of_verb(const dgm_view *view, int32_t verb)
{
    if (dgm_tree_is_passive(view->tree, verb))
        return agent_of(view, verb);
    int32_t speaker = quoted_speaker(view, verb);
    if (speaker >= 0)
        return speaker;
    int32_t subject = subject_of(view, verb);
    if (subject >= 0)
        return antecedent(view, verb, subject);
    if (dgm_tree_child(view->tree, verb, DGM_REL_EXPL) >= 0)
        return agent_of(view, verb);
    int32_t behind = subject_behind(view, verb);
    return behind >= 0 ? behind : controller(view, verb);
}

/* "Iranian", "Iran" in front of a noun: capitals tell, except those of the first word, where the
 * grounded mention has to. */
static bool is_name(const dgm_view *view, int32_t token)
{
    const dgm_token *at = dgm_view_token(view, token);
    dgm_str form = dgm_tree_form(view->tree, token);
    bool is_capital = form.len && form.ptr[0] >= 'A' && form.ptr[0] <= 'Z';
    dgm_mention *const *mentions = view->sentence->mentions;
    bool is_grounded = mentions && (mentions[token] || (at->head >= 0 && mentions[at->head]));
    return at->upos == DGM_PROPN || (is_capital && (token > 0 || is_grounded));
}

/* "Iran's claim", "a claim by Iran", "the Iranian claim"; else who makes or issues it. */
static int32_t source_of_noun(const dgm_view *view, int32_t noun)
{
    int32_t adjective = DGM_NO_TOKEN;
    DGM_EACH_CHILD (view->tree, child, noun) {
        const dgm_token *token = dgm_view_token(view, child);
        if (token->rel == DGM_REL_NMOD_POSS)
            return child;
        dgm_rel rel = dgm_view_rel(view, child);
        if (rel == DGM_REL_NMOD) {
            dgm_str preposition = dgm_tree_case(view->tree, view->arena, child);
            if (dgm_str_is(preposition, "by") || dgm_str_is(preposition, "from"))
                return child;
        }
        if ((rel == DGM_REL_AMOD || rel == DGM_REL_COMPOUND) && is_name(view, child))
            adjective = child;
    }
    if (adjective >= 0)
        return adjective;
    const dgm_token *token = dgm_view_token(view, noun);
    int32_t head = token->head;
    if (head < 0 || dgm_rel_main((dgm_rel)token->rel) != DGM_REL_OBJ ||
        dgm_view_token(view, head)->upos != DGM_VERB)
        return DGM_NO_TOKEN;
    return source_of_verb(view, head);
}

int32_t dgm_source_of(const dgm_view *view, int32_t cue)
{
    const dgm_token *token = dgm_view_token(view, cue);
    bool is_verb = token->upos == DGM_VERB || token->upos == DGM_AUX;
    const dgm_cue *held = /* "is convinced that": who is convinced */
        dgm_cue_first(view->scopes, DGM_CUE_ADJ, dgm_tree_form(view->tree, cue));
    if (is_verb && !(held && held->has_source))
        return source_of_verb(view, cue);
    if (is_verb || token->upos == DGM_ADJ || dgm_tree_child(view->tree, cue, DGM_REL_COP) >= 0) {
        int32_t subject = subject_of(view, cue);
        return subject >= 0 ? antecedent(view, cue, subject) : DGM_NO_TOKEN;
    }
    return source_of_noun(view, cue);
}

/* "according to X", "in the view of X": an oblique that names the source. */
static const dgm_cue *prepositional(const dgm_view *view, int32_t child)
{
    dgm_str preposition = dgm_tree_case(view->tree, view->arena, child);
    return preposition.len ? dgm_cue_first(view->scopes, DGM_CUE_PREP, preposition) : NULL;
}

static bool has_complement(const dgm_view *view, int32_t verb)
{
    DGM_EACH_CHILD (view->tree, child, verb) {
        dgm_rel rel = dgm_view_rel(view, child);
        if (rel == DGM_REL_CCOMP || rel == DGM_REL_XCOMP)
            return true;
    }
    return false;
}

/* A clause with its own subject, set off by a comma: parsers hang ", Zarif said" anyhow. */
static bool is_inserted(const dgm_view *view, int32_t child)
{
    int32_t left = view->tree->left[child];
    bool is_set_off = dgm_view_token(view, left)->upos == DGM_PUNCT ||
                      (left > 0 && dgm_view_token(view, left - 1)->upos == DGM_PUNCT);
    return is_set_off && subject_of(view, child) >= 0 &&
           !dgm_tree_case(view->tree, view->arena, child).len;
}

/* A clause beside what it reports: ", Zarif said", "as Zarif said". */
static const dgm_cue *reporting(const dgm_view *view, int32_t child)
{
    dgm_rel rel = dgm_view_rel(view, child);
    if (dgm_view_token(view, child)->upos != DGM_VERB ||
        (rel == DGM_REL_CONJ && dgm_tree_child(view->tree, child, DGM_REL_CC) >= 0))
        return NULL;
    bool is_as =
        rel == DGM_REL_ADVCL && dgm_str_is(dgm_tree_case(view->tree, view->arena, child), "as");
    if ((rel != DGM_REL_PARATAXIS && !is_as && !is_inserted(view, child)) ||
        has_complement(view, child))
        return NULL;
    const dgm_cue *cue = dgm_cue_governing(view, child, DGM_STR("clause"));
    if (cue && is_as && cue->effect == DGM_MODALITY_HYPOTHETICAL) /* "as requested by Peru" */
        return NULL;
    return cue && cue->has_source ? cue : NULL;
}

bool dgm_is_reporting_clause(const dgm_view *view, int32_t verb)
{
    return dgm_view_token(view, verb)->head >= 0 && reporting(view, verb) != NULL;
}

/* The row by which `child` names a source for its head beside it, or NULL. */
static const dgm_cue *row_beside(const dgm_view *view, int32_t child)
{
    switch (dgm_view_rel(view, child)) {
    case DGM_REL_OBL:
    case DGM_REL_NMOD:
        return prepositional(view, child);
    case DGM_REL_PARATAXIS:
    case DGM_REL_ADVCL:
    case DGM_REL_CCOMP:
    case DGM_REL_DEP:
    case DGM_REL_CONJ:
        return reporting(view, child);
    default:
        return NULL;
    }
}

bool dgm_has_source_beside(const dgm_view *view, int32_t token)
{
    DGM_EACH_CHILD (view->tree, child, token)
        if (row_beside(view, child))
            return true;
    return false;
}

int32_t dgm_source_beside(const dgm_view *view, int32_t token, int32_t except, int32_t *cue,
                          uint8_t *effect)
{
    DGM_EACH_CHILD (view->tree, child, token) {
        const dgm_cue *row = child == except ? NULL : row_beside(view, child);
        if (!row)
            continue;
        *cue = child;
        *effect = row->effect;
        if (row->class == DGM_CUE_PREP)
            return child;
        dgm_local local = dgm_modality_local(view, child, DGM_NO_TOKEN);
        *effect = dgm_cue_effect(view, row, child, local.is_negated);
        return dgm_source_of(view, child);
    }
    return DGM_NO_TOKEN;
}

static bool is_finite_verb(const dgm_view *view, int32_t token)
{
    uint8_t xpos = dgm_view_token(view, token)->xpos;
    return xpos == DGM_XPOS_VBD || xpos == DGM_XPOS_VBZ || xpos == DGM_XPOS_VBP;
}

/* ", diplomats have said": a perfect that leaves its object to what stands before it. */
static bool is_bare_perfect(const dgm_view *view, int32_t token)
{
    int32_t aux = dgm_tree_child(view->tree, token, DGM_REL_AUX);
    return dgm_view_token(view, token)->xpos == DGM_XPOS_VBN && aux >= 0 &&
           is_finite_verb(view, aux) && dgm_tree_child(view->tree, token, DGM_REL_OBJ) < 0;
}

static bool is_comma(const dgm_view *view, int32_t token)
{
    return token >= 0 && dgm_view_token(view, token)->xpos == DGM_XPOS_COMMA;
}

/* Nothing but phrases from `token` to the end: no other clause, no comma. */
static bool ends_sentence(const dgm_view *view, int32_t token)
{
    for (; token < view->tree->count; token++)
        if (is_finite_verb(view, token) || is_comma(view, token))
            return false;
    return true;
}

/* The noun between the last comma and a verb that the parser left without its subject. */
static int32_t subject_before(const dgm_view *view, int32_t verb)
{
    enum { WORDS = 12 };
    int32_t first = verb - 1, found = DGM_NO_TOKEN;
    while (first >= 0 && verb - first <= WORDS && !is_comma(view, first)) {
        uint8_t upos = dgm_view_token(view, first)->upos;
        int32_t head = dgm_view_token(view, first)->head;
        bool is_own = upos == DGM_AUX && head == verb;
        if (!is_own && (upos == DGM_VERB || upos == DGM_AUX || upos == DGM_SCONJ))
            return DGM_NO_TOKEN;
        bool is_top = upos == DGM_NOUN || upos == DGM_PROPN;
        if (is_top && (head < first || head >= verb || found < 0))
            found = first;
        first--;
    }
    return is_comma(view, first) ? found : DGM_NO_TOKEN;
}

int32_t dgm_final_source(const dgm_view *view, int32_t verb)
{
    int32_t source = source_of_verb(view, verb);
    bool is_own = source >= 0 && dgm_tree_below(view->tree, source, verb);
    if (is_own && (source > verb || is_comma(view, view->tree->left[source] - 1)))
        return source;
    int32_t before = subject_before(view, verb);
    return before >= 0 || !is_own ? before : source;
}

int32_t dgm_final_clause(const dgm_view *view, int32_t verb)
{
    bool is_saying = is_finite_verb(view, verb) || is_bare_perfect(view, verb);
    const dgm_cue *cue = is_saying && !has_complement(view, verb)
                             ? dgm_cue_governing(view, verb, DGM_STR("clause"))
                             : NULL;
    if (!cue || !cue->has_source || !ends_sentence(view, verb + 1))
        return DGM_NO_TOKEN;
    int32_t source = dgm_final_source(view, verb);
    if (source < 0)
        return DGM_NO_TOKEN;
    int32_t first = verb;
    while (source < verb && first > 0 && !is_comma(view, first - 1))
        first--;
    int32_t before = first - 1;
    while (first < verb && dgm_view_token(view, first)->upos == DGM_PUNCT)
        first++;
    if (before >= 0 && dgm_view_token(view, before)->xpos == DGM_XPOS_CLOSE)
        before--;
    return is_comma(view, before) ? first : DGM_NO_TOKEN;
}

/* "according to X" at either end of the sentence. */
static bool is_phrase_at_edge(const dgm_view *view, int32_t noun)
{
    int32_t first = view->tree->left[noun];
    bool is_last = is_comma(view, first) || is_comma(view, first - 1);
    return prepositional(view, noun) && (first == 0 || (is_last && ends_sentence(view, noun + 1)));
}

/* "Nath said the states had agreed", the clause hung loosely on the verb that opens the sentence.
 */
static bool is_loose_content(const dgm_view *view, int32_t root, int32_t token)
{
    int32_t top = token;
    while (top >= 0 && dgm_view_token(view, top)->head != root)
        top = dgm_view_token(view, top)->head;
    if (top <= root)
        return false;
    dgm_rel rel = dgm_view_rel(view, top);
    int32_t before = view->tree->left[top] - 1;
    bool is_parted = before > root && dgm_view_token(view, before)->upos == DGM_PUNCT;
    bool is_loose = rel == DGM_REL_CONJ || rel == DGM_REL_PARATAXIS || rel == DGM_REL_DEP;
    return is_loose && !is_parted && subject_of(view, top) >= 0 &&
           dgm_tree_child(view->tree, top, DGM_REL_CC) < 0;
}

static int32_t opening_speaker(const dgm_view *view, int32_t token)
{
    int32_t root = view->tree->root;
    const dgm_cue *cue = root < token && is_finite_verb(view, root)
                             ? dgm_cue_governing(view, root, DGM_STR("clause"))
                             : NULL;
    bool is_content = cue && cue->has_source && is_loose_content(view, root, token);
    return is_content ? source_of_verb(view, root) : DGM_NO_TOKEN;
}

int32_t dgm_sentence_speaker(const dgm_view *view, int32_t token, int32_t *cue)
{
    for (int32_t i = view->tree->count - 1; i >= 0; i--) {
        uint8_t upos = dgm_view_token(view, i)->upos;
        bool is_noun = upos == DGM_NOUN || upos == DGM_PROPN || upos == DGM_PRON;
        *cue = i;
        if (is_noun && is_phrase_at_edge(view, i) && !dgm_tree_below(view->tree, token, i))
            return i;
        int32_t first = upos == DGM_VERB ? dgm_final_clause(view, i) : DGM_NO_TOKEN;
        if (first > token)
            return dgm_final_source(view, i);
    }
    int32_t speaker = opening_speaker(view, token);
    *cue = speaker >= 0 ? view->tree->root : DGM_NO_TOKEN;
    return speaker;
}

/* "a statement by X said": the speaker rather than the statement. */
static int32_t speaker_behind(const dgm_view *view, int32_t source)
{
    if (dgm_view_token(view, source)->upos != DGM_NOUN)
        return source;
    const dgm_cue *cue =
        dgm_cue_first(view->scopes, DGM_CUE_NOUN, dgm_tree_lemma(view->tree, source));
    int32_t speaker = cue && cue->has_source ? source_of_noun(view, source) : DGM_NO_TOKEN;
    return speaker >= 0 ? speaker : source;
}

/* "Gujral on Sunday said": the time is not his. */
static bool is_time(const dgm_view *view, int32_t token)
{
    for (uint32_t i = 0; i < view->sentence->time_count; i++)
        if (view->sentence->times[i].first <= token && token <= view->sentence->times[i].last)
            return true;
    return false;
}

static bool leaves_phrase(const dgm_view *view, int32_t child)
{
    dgm_rel rel = dgm_view_rel(view, child);
    if (is_time(view, child) && child > dgm_view_token(view, child)->head)
        return true;
    return rel == DGM_REL_ACL || rel == DGM_REL_CCOMP || rel == DGM_REL_CONJ ||
           rel == DGM_REL_CASE || rel == DGM_REL_PUNCT || rel == DGM_REL_CC ||
           rel == DGM_REL_APPOS || rel == DGM_REL_PARATAXIS || rel == DGM_REL_COP ||
           rel == DGM_REL_ADVCL;
}

/* The phrase without relative clauses, conjuncts and its own preposition. */
static dgm_span phrase_span(const dgm_view *view, int32_t head)
{
    int32_t first = head, last = head;
    DGM_EACH_CHILD (view->tree, child, head) {
        if (leaves_phrase(view, child))
            continue;
        if (view->tree->left[child] < first)
            first = view->tree->left[child];
        if (view->tree->right[child] > last)
            last = view->tree->right[child];
    }
    return dgm_tree_span(view->tree, first, last);
}

/* Of "Iranian" in "Iranian fears" the grounded mention may be the noun's. */
static dgm_actors source_actors(const dgm_view *view, int32_t source)
{
    dgm_actors actors = dgm_ground_actors(view->sentence, view->arena, source, true);
    int32_t head = dgm_view_token(view, source)->head;
    if (!actors.count && head >= 0 && dgm_view_rel(view, source) == DGM_REL_AMOD)
        actors = dgm_ground_actors(view->sentence, view->arena, head, false);
    return actors;
}

dgm_attribution dgm_source_attribution(const dgm_view *view, int32_t source)
{
    source = speaker_behind(view, source);
    return (dgm_attribution){.span = phrase_span(view, source),
                             .actors = source_actors(view, source)};
}

/* The speaker of a sentence: source of its outermost verb of saying. */
static bool speaker_of(const dgm_view *view, dgm_attribution *attribution)
{
    const dgm_tree *tree = view->tree;
    if (!tree || !tree->count)
        return false;
    int32_t root = tree->root, cue;
    uint8_t effect;
    int32_t source = dgm_source_beside(view, root, DGM_NO_TOKEN, &cue, &effect);
    const dgm_cue *row = dgm_cue_governing(view, root, DGM_STR("clause"));
    if (source < 0 && row && row->has_source)
        source = dgm_source_of(view, root);
    if (source < 0)
        return false;
    *attribution = dgm_source_attribution(view, source);
    return true;
}

static bool speaker_at(const dgm_view *view, uint32_t index, dgm_attribution *attribution)
{
    dgm_view other;
    dgm_view_init(&other, view->scopes, view->arena, view->grounded, index);
    return speaker_of(&other, attribution);
}

enum { QUOTE_REACH = 6 };

/* Backwards to the speaker, over sentences that are quoted like this one. */
static bool speaker_before(const dgm_view *view, dgm_attribution *attribution)
{
    const dgm_text *text = view->grounded->text;
    uint32_t paragraph = text->sentences[view->index].paragraph;
    for (uint32_t back = 1; back <= QUOTE_REACH && back <= view->index; back++) {
        uint32_t at = view->index - back;
        if (text->sentences[at].paragraph + 1 < paragraph)
            return false;
        if (speaker_at(view, at, attribution))
            return true;
    }
    return false;
}

/* Forwards: the sentence in which the quotation ends names the speaker. */
static bool speaker_after(const dgm_view *view, dgm_attribution *attribution)
{
    const dgm_text *text = view->grounded->text;
    uint32_t paragraph = text->sentences[view->index].paragraph;
    for (uint32_t at = view->index + 1; at < text->count && at <= view->index + QUOTE_REACH; at++) {
        if (text->sentences[at].paragraph != paragraph)
            return false;
        if (speaker_at(view, at, attribution))
            return true;
    }
    return false;
}

/* Whether all words of the sentence stand in the quotation. */
static bool is_all_quoted(const dgm_view *view, dgm_span quote)
{
    for (int32_t i = 0; i < view->tree->count; i++) {
        dgm_span span = dgm_view_token(view, i)->span;
        bool is_inside = span.off >= quote.off && dgm_span_end(span) <= dgm_span_end(quote);
        if (!is_inside && dgm_view_token(view, i)->upos != DGM_PUNCT)
            return false;
    }
    return true;
}

bool dgm_source_of_quote(const dgm_view *view, int32_t token, dgm_attribution *attribution)
{
    const dgm_sentence *sentence = &view->grounded->text->sentences[view->index];
    if (sentence->kind != DGM_SENTENCE_BODY)
        return false;
    dgm_quotes quotes = dgm_quotes_of(view);
    const dgm_span *quote = dgm_quote_around(&quotes, dgm_view_token(view, token)->span);
    if (!quote || (quote->off >= sentence->span.off && !is_all_quoted(view, *quote)))
        return false;
    if (dgm_span_end(*quote) > dgm_span_end(sentence->span) && speaker_after(view, attribution))
        return true;
    return speaker_before(view, attribution);
}
