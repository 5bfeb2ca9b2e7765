/* Morphological features that coding reads, from Penn tags and the tree (Santorini 1990). */
#include "parse/parser_priv.h"

static uint16_t feats_of_tag(dgm_xpos xpos)
{
    switch (xpos) {
    case DGM_XPOS_VBD:
        return DGM_FEAT_PAST | DGM_FEAT_FINITE;
    case DGM_XPOS_VBP:
    case DGM_XPOS_VBZ:
        return DGM_FEAT_PRESENT | DGM_FEAT_FINITE;
    case DGM_XPOS_MD:
        return DGM_FEAT_FINITE;
    case DGM_XPOS_VB:
        return DGM_FEAT_INFINITIVE;
    case DGM_XPOS_VBN:
        return DGM_FEAT_PARTICIPLE | DGM_FEAT_PAST;
    case DGM_XPOS_VBG:
        return DGM_FEAT_GERUND;
    case DGM_XPOS_NN:
    case DGM_XPOS_NNP:
        return DGM_FEAT_SINGULAR;
    case DGM_XPOS_NNS:
    case DGM_XPOS_NNPS:
        return DGM_FEAT_PLURAL;
    case DGM_XPOS_JJR:
    case DGM_XPOS_RBR:
        return DGM_FEAT_COMPARATIVE;
    case DGM_XPOS_JJS:
    case DGM_XPOS_RBS:
        return DGM_FEAT_SUPERLATIVE;
    default:
        return 0;
    }
}

enum { HAS_PASSIVE = 1, HAS_AUX = 2, HAS_SUBJECT = 4, HAS_MARK = 8 };

/* What hangs below each token, as bits. */
static uint8_t bit_of(dgm_rel rel)
{
    switch (rel) {
    case DGM_REL_AUX_PASS:
    case DGM_REL_NSUBJ_PASS:
    case DGM_REL_CSUBJ_PASS:
    case DGM_REL_OBL_AGENT:
        return HAS_PASSIVE;
    case DGM_REL_AUX:
    case DGM_REL_COP:
        return HAS_AUX;
    case DGM_REL_NSUBJ:
    case DGM_REL_CSUBJ:
        return HAS_SUBJECT;
    case DGM_REL_MARK:
        return HAS_MARK;
    default:
        return 0;
    }
}

static bool is_bare_passive(const dgm_token *token, unsigned below)
{
    bool modifies = token->rel == DGM_REL_ACL || token->rel == DGM_REL_ACL_RELCL ||
                    token->rel == DGM_REL_ADVCL || token->rel == DGM_REL_AMOD ||
                    token->rel == DGM_REL_XCOMP;
    return token->xpos == DGM_XPOS_VBN && modifies && !(below & (HAS_AUX | HAS_SUBJECT));
}

static bool is_imperative(const dgm_token *token, unsigned below)
{
    bool is_clause = token->rel == DGM_REL_ROOT || token->rel == DGM_REL_PARATAXIS;
    return token->xpos == DGM_XPOS_VB && is_clause &&
           !(below & (HAS_AUX | HAS_SUBJECT | HAS_MARK | HAS_PASSIVE));
}

static unsigned bits_below(const dgm_sentence *sentence, uint32_t at)
{
    unsigned below = 0;
    for (uint32_t i = at > 64 ? at - 64 : 0; i < sentence->count && i < at + 64; i++)
        if (sentence->tokens[i].head == (int32_t)at)
            below |= bit_of((dgm_rel)sentence->tokens[i].rel);
    return below;
}

void dgm_set_feats(const dgm_text *text, dgm_sentence *sentence)
{
    (void)text;
    for (uint32_t i = 0; i < sentence->count; i++) {
        dgm_token *token = &sentence->tokens[i];
        unsigned feats = feats_of_tag((dgm_xpos)token->xpos);
        bool is_verb = token->xpos == DGM_XPOS_VBN || token->xpos == DGM_XPOS_VBD ||
                       token->xpos == DGM_XPOS_VB;
        unsigned below = is_verb ? bits_below(sentence, i) : 0;
        if (token->xpos != DGM_XPOS_VB && ((below & HAS_PASSIVE) || is_bare_passive(token, below)))
            feats |= DGM_FEAT_PASSIVE;
        if (is_imperative(token, below))
            feats = (feats & ~(unsigned)DGM_FEAT_INFINITIVE) | DGM_FEAT_IMPERATIVE;
        token->feats = (uint16_t)feats;
    }
}
