/* Morphological features from Penn tags and the tree (Santorini 1990, universaldependencies.org):
 * tense, form and mood of verbs, voice of participles, degree, number and person, the latter of
 * finite verbs by their subject. */
#include "parse/parser_priv.h"
#include "parse/tree.h"

enum { VERB_FEATS = DGM_FEAT_INDICATIVE | DGM_FEAT_FINITE, CLIMB = 6 };

/* What hangs below a token, as bits. */
enum {
    HAS_PASSIVE = 1,
    HAS_AUX = 2,
    HAS_SUBJECT = 4,
    HAS_MARK = 8,
    HAS_TO = 16,
    HAS_MODAL = 32, /* an auxiliary that is finite */
    HAS_CONJ = 64
};

/* The closed classes whose number, person or polarity is no matter of their tag. */
static const struct {
    const char *lemma;
    dgm_xpos xpos;
    uint32_t feats;
} closed[] = {
    {"I", DGM_XPOS_PRP, DGM_FEAT_SINGULAR | DGM_FEAT_FIRST},
    {"you", DGM_XPOS_PRP, DGM_FEAT_SECOND},
    {"he", DGM_XPOS_PRP, DGM_FEAT_SINGULAR | DGM_FEAT_THIRD},
    {"she", DGM_XPOS_PRP, DGM_FEAT_SINGULAR | DGM_FEAT_THIRD},
    {"it", DGM_XPOS_PRP, DGM_FEAT_SINGULAR | DGM_FEAT_THIRD},
    {"we", DGM_XPOS_PRP, DGM_FEAT_PLURAL | DGM_FEAT_FIRST},
    {"they", DGM_XPOS_PRP, DGM_FEAT_PLURAL | DGM_FEAT_THIRD},
    {"my", DGM_XPOS_PRPS, DGM_FEAT_SINGULAR | DGM_FEAT_FIRST},
    {"your", DGM_XPOS_PRPS, DGM_FEAT_SECOND},
    {"his", DGM_XPOS_PRPS, DGM_FEAT_SINGULAR | DGM_FEAT_THIRD},
    {"her", DGM_XPOS_PRPS, DGM_FEAT_SINGULAR | DGM_FEAT_THIRD},
    {"its", DGM_XPOS_PRPS, DGM_FEAT_SINGULAR | DGM_FEAT_THIRD},
    {"our", DGM_XPOS_PRPS, DGM_FEAT_PLURAL | DGM_FEAT_FIRST},
    {"their", DGM_XPOS_PRPS, DGM_FEAT_PLURAL | DGM_FEAT_THIRD},
    {"not", DGM_XPOS_RB, DGM_FEAT_NEGATIVE},
    {"no", DGM_XPOS_UH, DGM_FEAT_NEGATIVE},
};

/* "these" and "those" have the lemmas of "this" and "that": their own e tells them. */
static uint32_t feats_of_demonstrative(const dgm_token *token, dgm_str form)
{
    if (!dgm_str_is(token->lemma, "this") && !dgm_str_is(token->lemma, "that"))
        return 0;
    return dgm_str_ends(form, DGM_STR("e")) || dgm_str_ends(form, DGM_STR("E")) ? DGM_FEAT_PLURAL
                                                                                : DGM_FEAT_SINGULAR;
}

static uint32_t feats_of_lemma(const dgm_token *token)
{
    for (size_t i = 0; i < sizeof closed / sizeof *closed; i++)
        if (token->xpos == closed[i].xpos && dgm_str_is(token->lemma, closed[i].lemma))
            return closed[i].feats;
    return 0;
}

static uint32_t feats_of_tag(const dgm_token *token, dgm_str form)
{
    switch ((dgm_xpos)token->xpos) {
    case DGM_XPOS_VBD:
        return DGM_FEAT_PAST | VERB_FEATS;
    case DGM_XPOS_VBP:
        return DGM_FEAT_PRESENT | VERB_FEATS;
    case DGM_XPOS_VBZ:
        return DGM_FEAT_PRESENT | VERB_FEATS | DGM_FEAT_SINGULAR | DGM_FEAT_THIRD;
    case DGM_XPOS_MD:
        return DGM_FEAT_FINITE;
    case DGM_XPOS_VB:
        return DGM_FEAT_INFINITIVE;
    case DGM_XPOS_VBN:
        return DGM_FEAT_PARTICIPLE | DGM_FEAT_PAST;
    case DGM_XPOS_VBG:
        return DGM_FEAT_PARTICIPLE | DGM_FEAT_PRESENT;
    case DGM_XPOS_NN:
        return DGM_FEAT_SINGULAR;
    case DGM_XPOS_NNP:
        return token->upos == DGM_ADJ ? DGM_FEAT_POSITIVE : DGM_FEAT_SINGULAR;
    case DGM_XPOS_NNS:
    case DGM_XPOS_NNPS:
        return DGM_FEAT_PLURAL;
    case DGM_XPOS_JJ:
        return DGM_FEAT_POSITIVE;
    case DGM_XPOS_JJR:
    case DGM_XPOS_RBR:
        return DGM_FEAT_COMPARATIVE;
    case DGM_XPOS_JJS:
    case DGM_XPOS_RBS:
        return DGM_FEAT_SUPERLATIVE;
    case DGM_XPOS_DT:
        return feats_of_demonstrative(token, form);
    case DGM_XPOS_PRP:
    case DGM_XPOS_PRPS:
    case DGM_XPOS_RB:
    case DGM_XPOS_UH:
        return feats_of_lemma(token);
    default:
        return 0;
    }
}

static unsigned bits_of(const dgm_token *child)
{
    switch ((dgm_rel)child->rel) {
    case DGM_REL_AUX_PASS:
        return HAS_PASSIVE | (child->xpos == DGM_XPOS_VB ? 0 : HAS_MODAL);
    case DGM_REL_OBL_AGENT:
        return HAS_PASSIVE;
    case DGM_REL_NSUBJ_PASS:
    case DGM_REL_CSUBJ_PASS:
        return HAS_PASSIVE | HAS_SUBJECT;
    case DGM_REL_AUX:
    case DGM_REL_COP:
        return HAS_AUX | (child->xpos == DGM_XPOS_VB ? 0 : HAS_MODAL);
    case DGM_REL_NSUBJ:
    case DGM_REL_NSUBJ_OUTER:
    case DGM_REL_CSUBJ:
    case DGM_REL_CSUBJ_OUTER:
    case DGM_REL_EXPL:
        return HAS_SUBJECT;
    case DGM_REL_MARK:
        return HAS_MARK | (child->xpos == DGM_XPOS_TO ? HAS_TO : 0);
    case DGM_REL_CONJ:
        return HAS_CONJ;
    default:
        return 0;
    }
}

enum { NEAR = 64 }; /* children further away are not looked for */

static unsigned bits_below(const dgm_sentence *sentence, int32_t at)
{
    unsigned below = 0;
    int32_t end = at + NEAR < (int32_t)sentence->count ? at + NEAR : (int32_t)sentence->count;
    for (int32_t i = at > NEAR ? at - NEAR : 0; i < end; i++)
        if (sentence->tokens[i].head == at)
            below |= bits_of(&sentence->tokens[i]);
    return below;
}

static bool is_helper(const dgm_token *token)
{
    return token->rel == DGM_REL_AUX || token->rel == DGM_REL_AUX_PASS || token->rel == DGM_REL_COP;
}

/* The word that its clause hangs on: of an auxiliary or copula the head. */
static int32_t clause_of(const dgm_sentence *sentence, int32_t at)
{
    const dgm_token *token = &sentence->tokens[at];
    return is_helper(token) && token->head >= 0 ? token->head : at;
}

/* Voice */

/* A participle without "have", its own or that of the verb it is joined to, is passive. */
static bool is_passive(const dgm_sentence *sentence, int32_t at, unsigned below)
{
    for (int climbed = 0; climbed < CLIMB; climbed++) {
        const dgm_token *token = &sentence->tokens[at];
        if (is_helper(token))
            return false;
        if (below & HAS_PASSIVE)
            return true;
        if (below & HAS_AUX || token->xpos != DGM_XPOS_VBN)
            return false;
        bool is_joined = token->rel == DGM_REL_CONJ && token->head >= 0 && token->head < at &&
                         sentence->tokens[token->head].xpos == DGM_XPOS_VBN;
        if (!is_joined)
            return true;
        at = token->head;
        below = bits_below(sentence, at);
    }
    return false;
}

/* Mood */

/* "Go", "Don't go", "Be careful", "Go and see": no subject, no mark, nothing finite. */
static bool is_imperative(const dgm_sentence *sentence, int32_t at)
{
    int32_t clause = clause_of(sentence, at);
    unsigned below = bits_below(sentence, clause);
    const dgm_token *head = &sentence->tokens[clause];
    if (below & (HAS_SUBJECT | HAS_MARK | HAS_MODAL))
        return false;
    if (head->rel == DGM_REL_ROOT || head->rel == DGM_REL_PARATAXIS)
        return true;
    return head->rel == DGM_REL_CONJ && head->head >= 0 && head->head < at &&
           (sentence->tokens[head->head].feats & DGM_FEAT_IMPERATIVE);
}

/* "They ask that he go": a subject, but nothing finite and no "to". */
static bool is_subjunctive(const dgm_sentence *sentence, int32_t at)
{
    int32_t clause = clause_of(sentence, at);
    unsigned below = bits_below(sentence, clause);
    return sentence->tokens[clause].rel == DGM_REL_CCOMP && (below & HAS_SUBJECT) &&
           !(below & (HAS_TO | HAS_MODAL)) && (clause != at || !(below & HAS_AUX));
}

/* Person and number of finite verbs */

static bool is_subject(const dgm_token *token)
{
    return token->rel == DGM_REL_NSUBJ || token->rel == DGM_REL_NSUBJ_PASS ||
           token->rel == DGM_REL_NSUBJ_OUTER;
}

static int32_t subject_of(const dgm_sentence *sentence, int32_t head)
{
    int32_t end = head + NEAR < (int32_t)sentence->count ? head + NEAR : (int32_t)sentence->count;
    for (int32_t i = head > NEAR ? head - NEAR : 0; i < end; i++)
        if (sentence->tokens[i].head == head && is_subject(&sentence->tokens[i]))
            return i;
    return -1;
}

/* The subject of the verb, also that of the clause it is joined to, and what "which" stands for;
 * -1 for none. */
static int32_t find_subject(const dgm_sentence *sentence, int32_t at)
{
    int32_t clause = clause_of(sentence, at);
    for (int climbed = 0; climbed < CLIMB; climbed++) {
        const dgm_token *head = &sentence->tokens[clause];
        int32_t subject = subject_of(sentence, clause);
        if (subject >= 0) {
            dgm_xpos xpos = (dgm_xpos)sentence->tokens[subject].xpos;
            bool is_relative = xpos == DGM_XPOS_WDT || xpos == DGM_XPOS_WP;
            return is_relative && head->rel == DGM_REL_ACL_RELCL ? head->head : subject;
        }
        if (head->rel != DGM_REL_CONJ || head->head < 0)
            return -1;
        clause = head->head;
    }
    return -1;
}

static uint32_t agreement(const dgm_text *text, const dgm_sentence *sentence, int32_t at)
{
    const uint32_t person = DGM_FEAT_FIRST | DGM_FEAT_SECOND | DGM_FEAT_THIRD;
    bool is_present = sentence->tokens[at].xpos == DGM_XPOS_VBP;
    int32_t subject = find_subject(sentence, at);
    if (subject < 0)
        return DGM_FEAT_THIRD | (is_present ? DGM_FEAT_PLURAL : DGM_FEAT_SINGULAR);
    const dgm_token *token = &sentence->tokens[subject];
    uint32_t feats = feats_of_tag(token, dgm_token_form(text, token));
    if (bits_below(sentence, subject) & HAS_CONJ)
        return DGM_FEAT_PLURAL | (feats & DGM_FEAT_FIRST ? DGM_FEAT_FIRST : DGM_FEAT_THIRD);
    if (feats & (DGM_FEAT_FIRST | DGM_FEAT_SECOND))
        return (feats & person) | (feats & DGM_FEAT_PLURAL ? DGM_FEAT_PLURAL : DGM_FEAT_SINGULAR);
    bool is_plural = is_present || (feats & DGM_FEAT_PLURAL) || token->upos == DGM_NUM;
    return DGM_FEAT_THIRD | (is_plural ? DGM_FEAT_PLURAL : DGM_FEAT_SINGULAR);
}

/* Forms in -ing */

/* A noun's place or a modifier makes it a gerund; what is progressive or an adverbial clause is a
 * participle. */
static bool is_gerund(const dgm_sentence *sentence, int32_t at)
{
    const dgm_token *token = &sentence->tokens[at];
    for (int climbed = 0; climbed < CLIMB; climbed++) {
        if (bits_below(sentence, at) & HAS_AUX)
            return false;
        bool is_joined = token->rel == DGM_REL_CONJ && token->head >= 0 && token->head < at &&
                         sentence->tokens[token->head].xpos == DGM_XPOS_VBG;
        if (!is_joined)
            break;
        at = token->head;
        token = &sentence->tokens[at];
    }
    switch (dgm_rel_main((dgm_rel)token->rel)) {
    case DGM_REL_ACL:
        return token->rel == DGM_REL_ACL;
    case DGM_REL_XCOMP:
    case DGM_REL_CCOMP:
    case DGM_REL_CSUBJ:
    case DGM_REL_NSUBJ:
    case DGM_REL_OBJ:
    case DGM_REL_AMOD:
    case DGM_REL_COMPOUND:
    case DGM_REL_APPOS:
    case DGM_REL_NMOD:
    case DGM_REL_OBL:
        return true;
    default:
        return false;
    }
}

static uint32_t feats_of_base(const dgm_text *text, const dgm_sentence *sentence, int32_t at)
{
    if (is_imperative(sentence, at))
        return DGM_FEAT_IMPERATIVE | DGM_FEAT_FINITE;
    if (is_subjunctive(sentence, at))
        return DGM_FEAT_SUBJUNCTIVE | DGM_FEAT_FINITE | DGM_FEAT_PRESENT |
               agreement(text, sentence, at);
    return DGM_FEAT_INFINITIVE;
}

/* A past tense with the auxiliary of a passive or a perfect is a participle that was mistagged. */
static uint32_t feats_of_past(const dgm_text *text, const dgm_sentence *sentence, int32_t at)
{
    bool is_participle = sentence->tokens[at].xpos == DGM_XPOS_VBN;
    unsigned below = bits_below(sentence, at);
    bool is_helped = (below & HAS_MODAL) && !is_helper(&sentence->tokens[at]);
    if (!is_participle && !is_helped)
        return DGM_FEAT_PAST | VERB_FEATS | agreement(text, sentence, at);
    return DGM_FEAT_PAST | DGM_FEAT_PARTICIPLE |
           (is_passive(sentence, at, below) ? DGM_FEAT_PASSIVE : 0);
}

void dgm_set_feats(const dgm_text *text, dgm_sentence *sentence)
{
    for (int32_t i = 0; i < (int32_t)sentence->count; i++) {
        dgm_token *token = &sentence->tokens[i];
        token->feats = feats_of_tag(token, dgm_token_form(text, token));
        if (token->xpos == DGM_XPOS_VB)
            token->feats = feats_of_base(text, sentence, i);
        else if (token->xpos == DGM_XPOS_VBN || token->xpos == DGM_XPOS_VBD)
            token->feats = feats_of_past(text, sentence, i);
        else if (token->xpos == DGM_XPOS_VBP)
            token->feats |= agreement(text, sentence, i);
        else if (token->xpos == DGM_XPOS_VBG && is_gerund(sentence, i))
            token->feats = DGM_FEAT_GERUND;
    }
}
