/* Modality: what the words below a verb or noun, and the word that governs it, do to its claim.
 * In: a token of a parsed sentence. Out: the local modality with its negation apart, since a
 * governing verb takes its own negation in ("did not say"), and the effect of governors. */
#include "code/scope_priv.h"

static bool is_aux(const dgm_view *view, int32_t token)
{
    dgm_rel rel = dgm_view_rel(view, token);
    return rel == DGM_REL_AUX || rel == DGM_REL_COP;
}

static bool has_aux(const dgm_view *view, int32_t token, const char *lemma)
{
    DGM_EACH_CHILD (view->tree, child, token)
        if (is_aux(view, child) && dgm_str_is(dgm_tree_lemma(view->tree, child), lemma))
            return true;
    return false;
}

static bool has_to(const dgm_view *view, int32_t token)
{
    DGM_EACH_CHILD (view->tree, child, token)
        if (dgm_view_token(view, child)->xpos == DGM_XPOS_TO &&
            dgm_view_rel(view, child) == DGM_REL_MARK)
            return true;
    return false;
}

/* Past tense of the clause: on the verb or on its auxiliary. */
static bool is_past(const dgm_view *view, int32_t token)
{
    if (dgm_view_token(view, token)->xpos == DGM_XPOS_VBD)
        return true;
    DGM_EACH_CHILD (view->tree, child, token)
        if (is_aux(view, child) && dgm_view_token(view, child)->xpos == DGM_XPOS_VBD)
            return true;
    return false;
}

static bool is_infinitive(const dgm_view *view, int32_t token)
{
    return has_to(view, token);
}

static bool is_perfect(const dgm_view *view, int32_t token)
{
    return has_aux(view, token, "have");
}

static bool is_gerund(const dgm_view *view, int32_t token)
{
    return dgm_view_token(view, token)->xpos == DGM_XPOS_VBG;
}

static bool is_passive(const dgm_view *view, int32_t token)
{
    return dgm_tree_is_passive(view->tree, token);
}

/* Inside what someone is told to have said. */
static bool is_reported(const dgm_view *view, int32_t token)
{
    for (uint32_t steps = 0; token >= 0 && steps < 64; steps++) {
        if (dgm_view_rel(view, token) == DGM_REL_CCOMP || dgm_has_source_beside(view, token))
            return true;
        token = dgm_view_token(view, token)->head;
    }
    return false;
}

static bool is_base_form(const dgm_view *view, int32_t token)
{
    return dgm_view_token(view, token)->xpos == DGM_XPOS_VB;
}

/* "as requested": a participle that has no auxiliary. */
static bool is_bare_participle(const dgm_view *view, int32_t token)
{
    return dgm_view_token(view, token)->xpos == DGM_XPOS_VBN &&
           dgm_tree_child(view->tree, token, DGM_REL_AUX) < 0;
}

/* "Mubarak would discuss": a main clause of somebody who acts tells what is planned, "a draft would
 * bar" what would follow from it. */
static bool is_announced(const dgm_view *view, int32_t token)
{
    int32_t subject = dgm_tree_child(view->tree, token, DGM_REL_NSUBJ);
    const dgm_mention *mention = subject < 0 ? NULL : view->sentence->mentions[subject];
    return mention && mention->kind != DGM_MENTION_THING && dgm_view_token(view, token)->head < 0;
}

static bool is_plural(const dgm_view *view, int32_t token)
{
    return dgm_view_token(view, token)->xpos == DGM_XPOS_NNS;
}

/* "after Peru joins": the simple present. */
static bool is_present(const dgm_view *view, int32_t token)
{
    uint8_t xpos = dgm_view_token(view, token)->xpos;
    return xpos == DGM_XPOS_VBZ || xpos == DGM_XPOS_VBP;
}

/* "will open when Peru joins"; but "criticises it when he says" tells of one time. */
static bool is_awaited(const dgm_view *view, int32_t token)
{
    int32_t head = dgm_view_token(view, token)->head;
    return is_present(view, token) && (head < 0 || !is_present(view, head));
}

/* "where troops are fighting", but not "where to fight". */
static bool is_finite(const dgm_view *view, int32_t token)
{
    return !has_to(view, token) && (dgm_tree_child(view->tree, token, DGM_REL_NSUBJ) >= 0 ||
                                    dgm_tree_child(view->tree, token, DGM_REL_NSUBJ_PASS) >= 0);
}

/* "There will be", "there is". */
static bool is_existential(const dgm_view *view, int32_t token)
{
    return dgm_tree_child(view->tree, token, DGM_REL_EXPL) >= 0;
}

bool dgm_form_holds(const dgm_view *view, int32_t token, dgm_str when)
{
    static const struct {
        const char *name;
        bool (*holds)(const dgm_view *view, int32_t token);
    } forms[] = {{"passive", is_passive},
                 {"perfect", is_perfect},
                 {"past", is_past},
                 {"gerund", is_gerund},
                 {"reported", is_reported},
                 {"infinitive", is_infinitive},
                 {"existential", is_existential},
                 {"base", is_base_form},
                 {"participle", is_bare_participle},
                 {"announced", is_announced},
                 {"present", is_present},
                 {"awaited", is_awaited},
                 {"finite", is_finite},
                 {"plural", is_plural}};
    if (!when.len)
        return true;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (dgm_str_is(when, forms[i].name))
            return forms[i].holds(view, token);
    return false;
}

/* First row of the class whose condition holds at `at`. */
static const dgm_cue *matching(const dgm_view *view, const dgm_cue *cue, int32_t at)
{
    while (cue && !dgm_form_holds(view, at, cue->when))
        cue = dgm_cue_next(view->scopes, cue);
    return cue;
}

static const dgm_cue *word_row(const dgm_view *view, dgm_cue_class class, int32_t word, int32_t at)
{
    const dgm_cue *cue = dgm_cue_first(view->scopes, class, dgm_tree_lemma(view->tree, word));
    if (!cue)
        cue = dgm_cue_first(view->scopes, class, dgm_tree_form(view->tree, word));
    return matching(view, cue, at);
}

/* "no longer", "not yet": an adverb with its own modifier in front of it; "rather than". */
static const dgm_cue *adverb_row(const dgm_view *view, int32_t word, int32_t at)
{
    int32_t fixed = dgm_tree_child(view->tree, word, DGM_REL_FIXED);
    if (fixed >= 0)
        return matching(view,
                        dgm_cue_pair(view->scopes, DGM_CUE_ADV, dgm_tree_form(view->tree, word),
                                     dgm_tree_form(view->tree, fixed)),
                        at);
    int32_t first = view->tree->first_child[word];
    if (first >= 0 && first < word) {
        const dgm_cue *pair =
            dgm_cue_pair(view->scopes, DGM_CUE_ADV, dgm_tree_form(view->tree, first),
                         dgm_tree_form(view->tree, word));
        if (pair)
            return matching(view, pair, at);
    }
    return word_row(view, DGM_CUE_ADV, word, at);
}

static const dgm_cue *determiner_row(const dgm_view *view, int32_t noun)
{
    DGM_EACH_CHILD (view->tree, child, noun)
        if (dgm_view_rel(view, child) == DGM_REL_DET) {
            const dgm_cue *cue = word_row(view, DGM_CUE_DET, child, noun);
            if (cue)
                return cue;
        }
    return NULL;
}

/* "nobody attacked", "no troops attacked", "signed no treaty": the argument negates the clause. */
static const dgm_cue *argument_row(const dgm_view *view, int32_t argument, int32_t at)
{
    const dgm_cue *cue = word_row(view, DGM_CUE_ARG, argument, at);
    if (!cue)
        cue = determiner_row(view, argument);
    return cue && cue->effect == DGM_MODALITY_NEGATED ? cue : NULL;
}

/* "were not exchanged until 1954": then they were. */
static bool is_put_off(const dgm_view *view, int32_t token)
{
    if (!is_past(view, token))
        return false;
    DGM_EACH_CHILD (view->tree, child, token) {
        dgm_rel rel = dgm_view_rel(view, child);
        if (rel != DGM_REL_OBL && rel != DGM_REL_ADVCL)
            continue;
        const dgm_cue *cue = dgm_cue_first(view->scopes, DGM_CUE_EXEMPT,
                                           dgm_tree_case(view->tree, view->arena, child));
        if (cue && dgm_str_is(cue->frames, "later"))
            return true;
    }
    return false;
}

/* "not only", "not just": said of what did happen; the negation `word` stands below `token`. */
static bool is_exempt(const dgm_view *view, int32_t word, int32_t token)
{
    if (word + 1 < view->tree->count &&
        dgm_cue_first(view->scopes, DGM_CUE_EXEMPT, dgm_tree_lemma(view->tree, word + 1)))
        return true;
    return is_put_off(view, token);
}

/* "a rally planned by Peru", "talks scheduled for May"; but "the attack claimed by Chile" happened.
 */
static const dgm_cue *planned_row(const dgm_view *view, int32_t child, int32_t token)
{
    if (child != token + 1 || dgm_view_token(view, child)->xpos != DGM_XPOS_VBN)
        return NULL;
    const dgm_cue *cue = word_row(view, DGM_CUE_AMOD, child, token);
    return cue && cue->effect == DGM_MODALITY_FUTURE ? cue : NULL;
}

static const dgm_cue *row_below(const dgm_view *view, int32_t child, int32_t token)
{
    switch (dgm_view_rel(view, child)) {
    case DGM_REL_AUX:
    case DGM_REL_COP:
        return word_row(view, DGM_CUE_AUX, child, token);
    case DGM_REL_ADVMOD:
    case DGM_REL_CC:
    case DGM_REL_DISCOURSE:
        return is_exempt(view, child, token) ? NULL : adverb_row(view, child, token);
    case DGM_REL_DET:
        return word_row(view, DGM_CUE_DET, child, token);
    case DGM_REL_AMOD:
        return word_row(view, DGM_CUE_AMOD, child, token);
    case DGM_REL_ACL:
        return planned_row(view, child, token);
    case DGM_REL_NSUBJ:
    case DGM_REL_OBJ:
    case DGM_REL_OBL:
        return argument_row(view, child, token);
    default:
        return NULL;
    }
}

/* A condition hangs on the clause: "if ...", "unless ...", "should Iran ...". */
static int32_t condition_below(const dgm_view *view, int32_t token)
{
    DGM_EACH_CHILD (view->tree, child, token) {
        if (dgm_view_rel(view, child) != DGM_REL_ADVCL)
            continue;
        DGM_EACH_CHILD (view->tree, mark, child)
            if (dgm_view_rel(view, mark) == DGM_REL_MARK ||
                dgm_view_rel(view, mark) == DGM_REL_ADVMOD) {
                const dgm_cue *cue = word_row(view, DGM_CUE_MARK, mark, child);
                if (cue && cue->effect == DGM_MODALITY_HYPOTHETICAL)
                    return mark;
            }
    }
    return DGM_NO_TOKEN;
}

static int32_t condition_head(const dgm_view *view, int32_t mark)
{
    return dgm_view_token(view, mark)->head;
}

/* "will not visit unless": a refusal, "will visit unless" is not certain. */
static bool is_exception(const dgm_view *view, int32_t mark)
{
    const dgm_cue *cue = word_row(view, DGM_CUE_MARK, mark, condition_head(view, mark));
    return cue && cue->negated == DGM_MODALITY_NEGATED;
}

/* `if_negated` becomes what the cues leave of the modality should a negation stand beside them:
 * "cannot attack" is plainly negated, "should not attack" is still a demand. */
static void add(dgm_local *local, uint8_t *if_negated, const dgm_cue *cue, int32_t at)
{
    if (cue->effect == DGM_MODALITY_NEGATED) {
        local->is_negated = true;
        local->negation = at;
    } else if (cue->effect < DGM_MODALITY_COUNT && cue->effect != DGM_MODALITY_ASSERTED) {
        local->modality = dgm_modality_combine((dgm_modality)cue->effect, local->modality);
        local->cue = at;
        *if_negated = cue->negated;
    }
}

dgm_local dgm_modality_local(const dgm_view *view, int32_t token, int32_t except)
{
    dgm_local local = {DGM_MODALITY_ASSERTED, false, DGM_NO_TOKEN, DGM_NO_TOKEN};
    uint8_t if_negated = 0;
    DGM_EACH_CHILD (view->tree, child, token) {
        const dgm_cue *cue = child == except ? NULL : row_below(view, child, token);
        if (cue)
            add(&local, &if_negated, cue, child);
    }
    if (local.is_negated && if_negated == DGM_MODALITY_NEGATED)
        local.modality = DGM_MODALITY_ASSERTED;
    int32_t condition =
        is_past(view, token) && local.cue < 0 ? DGM_NO_TOKEN : condition_below(view, token);
    if (condition >= 0 && condition_head(view, condition) != except &&
        !(local.is_negated && is_exception(view, condition))) {
        local.modality = DGM_MODALITY_HYPOTHETICAL;
        local.cue = condition;
    }
    return local;
}

dgm_modality dgm_modality_combine(dgm_modality outer, dgm_modality inner)
{
    static const uint8_t strength[DGM_MODALITY_COUNT] = {[DGM_MODALITY_ASSERTED] = 0,
                                                         [DGM_MODALITY_PRESUMED] = 1,
                                                         [DGM_MODALITY_FUTURE] = 2,
                                                         [DGM_MODALITY_NEGATED] = 3,
                                                         [DGM_MODALITY_HYPOTHETICAL] = 4};
    if (outer == DGM_MODALITY_NEGATED) {
        if (inner == DGM_MODALITY_NEGATED)
            return DGM_MODALITY_ASSERTED;
        return inner == DGM_MODALITY_HYPOTHETICAL ? inner : DGM_MODALITY_NEGATED;
    }
    return strength[outer] > strength[inner] ? outer : inner;
}

/* "the claim that ..." may come out as a relative clause; its "that" is no argument then, or one
 * object too many. */
static bool is_content_clause(const dgm_view *view, int32_t child)
{
    bool has_that = false;
    uint32_t objects = 0;
    DGM_EACH_CHILD (view->tree, below, child) {
        dgm_rel rel = dgm_view_rel(view, below);
        bool is_that = dgm_str_is(dgm_tree_lemma(view->tree, below), "that");
        if (is_that && rel == DGM_REL_MARK)
            return true;
        has_that |= is_that && rel == DGM_REL_OBJ;
        objects += rel == DGM_REL_OBJ || rel == DGM_REL_IOBJ;
    }
    return has_that && objects > 1;
}

/* "is to visit": finite in spite of the "to". */
static bool is_finite_by_aux(const dgm_view *view, int32_t token)
{
    DGM_EACH_CHILD (view->tree, child, token) {
        uint8_t xpos = dgm_view_token(view, child)->xpos;
        if (is_aux(view, child) &&
            (xpos == DGM_XPOS_VBZ || xpos == DGM_XPOS_VBP || xpos == DGM_XPOS_VBD))
            return true;
    }
    return false;
}

/* "denied attacking": no comma parts the two. */
static bool follows_directly(const dgm_view *view, int32_t child)
{
    int32_t left = view->tree->left[child];
    return left > 0 && left > dgm_view_token(view, child)->head &&
           dgm_view_token(view, left - 1)->upos != DGM_PUNCT;
}

static dgm_str clause_frame(const dgm_view *view, int32_t child, dgm_rel rel)
{
    if (has_to(view, child))
        return rel == DGM_REL_CCOMP && is_finite_by_aux(view, child) ? DGM_STR("clause")
                                                                     : DGM_STR("inf");
    int32_t head = dgm_view_token(view, child)->head;
    bool is_subject = rel == DGM_REL_CSUBJ &&
                      dgm_view_token(view, child)->rel != DGM_REL_CSUBJ_PASS &&
                      dgm_tree_child(view->tree, head, DGM_REL_NSUBJ) < 0;
    if (is_subject)
        return DGM_STR("subj");
    if (rel == DGM_REL_ACL && is_content_clause(view, child))
        return DGM_STR("clause");
    dgm_str mark = dgm_tree_case(view->tree, view->arena, child);
    bool is_finite = dgm_tree_child(view->tree, child, DGM_REL_NSUBJ) >= 0 ||
                     dgm_tree_child(view->tree, child, DGM_REL_NSUBJ_PASS) >= 0;
    if (rel == DGM_REL_CCOMP || rel == DGM_REL_CSUBJ)
        return DGM_STR("clause");
    if (is_gerund(view, child) || !is_finite) {
        if (mark.len)
            return mark;
        if (rel == DGM_REL_ADVCL && is_gerund(view, child) && follows_directly(view, child))
            return DGM_STR("ger");
        return rel != DGM_REL_XCOMP     ? DGM_STR("adv")
               : is_gerund(view, child) ? DGM_STR("ger")
                                        : DGM_STR("pred");
    }
    return rel == DGM_REL_ADVCL ? DGM_STR("adv") : DGM_STR("clause");
}

/* "accused the troops of attacking": a gerund that was hung on the object that it is said of; the
 * verb that governs it, or -1. */
static int32_t verb_of_gerund(const dgm_view *view, int32_t token, int32_t noun)
{
    int32_t verb = dgm_view_token(view, noun)->head;
    dgm_rel rel = dgm_view_rel(view, noun);
    dgm_str frame = dgm_tree_case(view->tree, view->arena, token);
    if (verb < 0 || !frame.len || !is_gerund(view, token) || token < noun ||
        dgm_view_rel(view, token) != DGM_REL_ACL || (rel != DGM_REL_OBJ && rel != DGM_REL_IOBJ) ||
        !view->sentence->mentions[noun] ||
        view->sentence->mentions[noun]->kind == DGM_MENTION_THING)
        return DGM_NO_TOKEN;
    const dgm_cue *cue = dgm_cue_governing(view, verb, frame);
    return cue && cue->class == DGM_CUE_VERB ? verb : DGM_NO_TOKEN;
}

/* "told reporters that ...": the clause is the verb's even when it was hung on the noun. */
int32_t dgm_scope_head(const dgm_view *view, int32_t token)
{
    int32_t head = dgm_view_token(view, token)->head;
    int32_t governor = head < 0 ? DGM_NO_TOKEN : verb_of_gerund(view, token, head);
    if (governor >= 0)
        return governor;
    if (head < 0 || dgm_view_rel(view, token) != DGM_REL_ACL || !is_content_clause(view, token) ||
        dgm_cue_governing(view, head, DGM_STR("clause")))
        return head;
    enum { STEPS = 3 };
    int32_t verb = dgm_view_token(view, head)->head;
    for (uint32_t i = 0; verb >= 0 && i < STEPS; i++) {
        if (dgm_cue_governing(view, verb, DGM_STR("clause")))
            return verb;
        verb = dgm_view_token(view, verb)->head;
    }
    return head;
}

dgm_str dgm_frame_of(const dgm_view *view, int32_t child)
{
    const dgm_token *token = dgm_view_token(view, child);
    dgm_rel rel = dgm_view_rel(view, child);
    switch (rel) {
    case DGM_REL_CCOMP:
    case DGM_REL_CSUBJ:
    case DGM_REL_XCOMP:
    case DGM_REL_ADVCL:
        return clause_frame(view, child, rel);
    case DGM_REL_ACL:
        return token->rel == DGM_REL_ACL_RELCL && !is_content_clause(view, child)
                   ? DGM_STR("rel")
                   : clause_frame(view, child, rel);
    case DGM_REL_PARATAXIS:
        return DGM_STR("speech");
    case DGM_REL_OBJ:
        return DGM_STR("obj");
    case DGM_REL_NSUBJ:
        return token->rel == DGM_REL_NSUBJ_PASS ? DGM_STR("obj") : DGM_STR("subj");
    case DGM_REL_OBL:
    case DGM_REL_NMOD:
        return token->rel == DGM_REL_NMOD_POSS ? DGM_STR("poss")
                                               : dgm_tree_case(view->tree, view->arena, child);
    case DGM_REL_COMPOUND:
    case DGM_REL_AMOD:
        return DGM_STR("compound");
    default:
        return DGM_STR("");
    }
}

bool dgm_frames_have(dgm_str frames, dgm_str frame)
{
    dgm_str one;
    while (dgm_str_cut(&frames, ',', &one))
        if (dgm_str_eq(one, frame))
            return true;
    return false;
}

static const dgm_cue *framed(const dgm_view *view, const dgm_cue *cue, int32_t head, dgm_str frame)
{
    for (; cue; cue = dgm_cue_next(view->scopes, cue))
        if (dgm_frames_have(cue->frames, frame) && dgm_form_holds(view, head, cue->when))
            return cue;
    return NULL;
}

static dgm_cue_class governing_class(const dgm_token *head)
{
    switch (head->upos) {
    case DGM_VERB:
    case DGM_AUX:
        return DGM_CUE_VERB;
    case DGM_ADJ:
    case DGM_ADV:
        return DGM_CUE_ADJ;
    default:
        return DGM_CUE_NOUN;
    }
}

/* "rule out", "stop short", "take place": the verb with one word below it. */
static const dgm_cue *pair_row(const dgm_view *view, int32_t head, dgm_str frame)
{
    DGM_EACH_CHILD (view->tree, child, head) {
        dgm_rel rel = dgm_view_rel(view, child);
        if (rel != DGM_REL_COMPOUND && rel != DGM_REL_ADVMOD && rel != DGM_REL_OBJ &&
            rel != DGM_REL_XCOMP)
            continue;
        const dgm_cue *cue =
            dgm_cue_pair(view->scopes, DGM_CUE_VERB, dgm_tree_lemma(view->tree, head),
                         dgm_tree_lemma(view->tree, child));
        if ((cue = framed(view, cue, head, frame)))
            return cue;
    }
    return NULL;
}

/* The row of the word as if it were of that class; adjectives are listed by form ("convinced"). */
static const dgm_cue *row_as(const dgm_view *view, dgm_cue_class class, int32_t head, dgm_str frame)
{
    const dgm_cue *cue = framed(
        view, dgm_cue_first(view->scopes, class, dgm_tree_lemma(view->tree, head)), head, frame);
    if (!cue && class == DGM_CUE_ADJ)
        cue = framed(view, dgm_cue_first(view->scopes, class, dgm_tree_form(view->tree, head)),
                     head, frame);
    return cue;
}

const dgm_cue *dgm_cue_governing(const dgm_view *view, int32_t head, dgm_str frame)
{
    if (!frame.len)
        return NULL;
    dgm_cue_class class = governing_class(dgm_view_token(view, head));
    const dgm_cue *cue = class == DGM_CUE_VERB ? pair_row(view, head, frame) : NULL;
    if (!cue)
        cue = row_as(view, class, head, frame);
    /* participles and rare verbs may be tagged otherwise: "is expected to", "rebuffed that" */
    bool is_clausal = dgm_str_is(frame, "clause") || dgm_str_is(frame, "inf");
    if (!cue && class != DGM_CUE_VERB && (class == DGM_CUE_ADJ || is_clausal))
        cue = row_as(view, DGM_CUE_VERB, head, frame);
    if (!cue && class == DGM_CUE_VERB)
        cue = row_as(view, DGM_CUE_ADJ, head, frame);
    return cue;
}

static uint8_t negated_effect(const dgm_cue *cue, uint8_t effect)
{
    if (cue->negated)
        return cue->negated;
    switch (effect) {
    case DGM_EFFECT_FACTIVE:
        return DGM_EFFECT_FACTIVE;
    case DGM_MODALITY_PRESUMED: /* "does not believe that", "is not expected to" */
    case DGM_MODALITY_FUTURE:
        return DGM_MODALITY_NEGATED;
    case DGM_MODALITY_NEGATED: /* "did not deny" */
        return DGM_MODALITY_PRESUMED;
    default:
        return DGM_MODALITY_HYPOTHETICAL;
    }
}

uint8_t dgm_cue_effect(const dgm_view *view, const dgm_cue *cue, int32_t head, bool is_negated)
{
    bool may_hide = cue->class != DGM_CUE_VERB || dgm_tree_is_passive(view->tree, head);
    bool is_hidden = may_hide && cue->unsourced && dgm_source_of(view, head) < 0;
    uint8_t effect = is_hidden ? cue->unsourced : cue->effect;
    return is_negated ? negated_effect(cue, effect) : effect;
}
