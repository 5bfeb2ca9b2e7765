/* The labels of Universal Dependencies for English: parts of speech, Penn tags, relations,
 * morphological features. Sources: universaldependencies.org (v2), Santorini 1990 for the tags. */
#ifndef DGM_TEXT_UD_H
#define DGM_TEXT_UD_H

#include "base/str.h"

/* clang-format off */
#define DGM_UPOS_LIST(X)                                                                           \
    X(ADJ) X(ADP) X(ADV) X(AUX) X(CCONJ) X(DET) X(INTJ) X(NOUN) X(NUM) X(PART) X(PRON) X(PROPN)    \
    X(PUNCT) X(SCONJ) X(SYM) X(VERB) X(X)
/* clang-format on */

typedef enum dgm_upos {
    DGM_UPOS_NONE = 0,
#define X(name) DGM_##name,
    DGM_UPOS_LIST(X)
#undef X
        DGM_UPOS_COUNT
} dgm_upos;

/* Penn tags: enum name, label. */
/* clang-format off */
#define DGM_XPOS_LIST(X)                                                                           \
    X(ADD, "ADD") X(AFX, "AFX") X(CC, "CC") X(CD, "CD") X(DT, "DT") X(EX, "EX") X(FW, "FW")        \
    X(GW, "GW") X(HYPH, "HYPH") X(IN, "IN") X(JJ, "JJ") X(JJR, "JJR") X(JJS, "JJS") X(LS, "LS")    \
    X(MD, "MD") X(NFP, "NFP") X(NN, "NN") X(NNP, "NNP") X(NNPS, "NNPS") X(NNS, "NNS")              \
    X(PDT, "PDT") X(POS, "POS") X(PRP, "PRP") X(PRPS, "PRP$") X(RB, "RB") X(RBR, "RBR")            \
    X(RBS, "RBS") X(RP, "RP") X(SYM, "SYM") X(TO, "TO") X(UH, "UH") X(VB, "VB") X(VBD, "VBD")      \
    X(VBG, "VBG") X(VBN, "VBN") X(VBP, "VBP") X(VBZ, "VBZ") X(WDT, "WDT") X(WP, "WP")              \
    X(WPS, "WP$") X(WRB, "WRB") X(XX, "XX") X(LRB, "-LRB-") X(RRB, "-RRB-") X(LSB, "-LSB-")        \
    X(RSB, "-RSB-") X(DOLLAR, "$") X(COMMA, ",") X(STOP, ".") X(COLON, ":") X(OPEN, "``")          \
    X(CLOSE, "''") X(HASH, "#")
/* clang-format on */

typedef enum dgm_xpos {
    DGM_XPOS_NONE = 0,
#define X(name, label) DGM_XPOS_##name,
    DGM_XPOS_LIST(X)
#undef X
        DGM_XPOS_COUNT
} dgm_xpos;

/* Relations with the subtypes of English: enum name, label. */
/* clang-format off */
#define DGM_REL_LIST(X)                                                                            \
    X(ACL, "acl") X(ACL_RELCL, "acl:relcl") X(ADVCL, "advcl") X(ADVCL_RELCL, "advcl:relcl")        \
    X(ADVMOD, "advmod") X(AMOD, "amod") X(APPOS, "appos") X(AUX, "aux") X(AUX_PASS, "aux:pass")    \
    X(CASE, "case") X(CC, "cc") X(CC_PRECONJ, "cc:preconj") X(CCOMP, "ccomp")                      \
    X(COMPOUND, "compound") X(COMPOUND_PRT, "compound:prt") X(CONJ, "conj") X(COP, "cop")          \
    X(CSUBJ, "csubj") X(CSUBJ_OUTER, "csubj:outer") X(CSUBJ_PASS, "csubj:pass") X(DEP, "dep")      \
    X(DET, "det") X(DET_PREDET, "det:predet") X(DISCOURSE, "discourse")                            \
    X(DISLOCATED, "dislocated") X(EXPL, "expl") X(FIXED, "fixed") X(FLAT, "flat")                  \
    X(GOESWITH, "goeswith") X(IOBJ, "iobj") X(LIST, "list") X(MARK, "mark") X(NMOD, "nmod")        \
    X(NMOD_DESC, "nmod:desc") X(NMOD_POSS, "nmod:poss") X(NMOD_UNMARKED, "nmod:unmarked")          \
    X(NSUBJ, "nsubj") X(NSUBJ_OUTER, "nsubj:outer") X(NSUBJ_PASS, "nsubj:pass")                    \
    X(NUMMOD, "nummod") X(OBJ, "obj") X(OBL, "obl") X(OBL_AGENT, "obl:agent")                      \
    X(OBL_UNMARKED, "obl:unmarked") X(ORPHAN, "orphan") X(PARATAXIS, "parataxis")                  \
    X(PUNCT, "punct") X(REPARANDUM, "reparandum") X(ROOT, "root") X(VOCATIVE, "vocative")          \
    X(XCOMP, "xcomp")
/* clang-format on */

typedef enum dgm_rel {
    DGM_REL_NONE = 0,
#define X(name, label) DGM_REL_##name,
    DGM_REL_LIST(X)
#undef X
        DGM_REL_COUNT
} dgm_rel;

/* Morphological features, as bits of dgm_token.feats, in the order of their labels. Voice=Pass is a
 * participle used passively: aux:pass below it or a bare VBN. */
/* clang-format off */
#define DGM_FEAT_LIST(X)                                                                           \
    X(COMPARATIVE, "Degree=Cmp") X(POSITIVE, "Degree=Pos") X(SUPERLATIVE, "Degree=Sup")            \
    X(IMPERATIVE, "Mood=Imp") X(INDICATIVE, "Mood=Ind") X(SUBJUNCTIVE, "Mood=Sub")                 \
    X(PLURAL, "Number=Plur") X(SINGULAR, "Number=Sing") X(FIRST, "Person=1")                       \
    X(SECOND, "Person=2") X(THIRD, "Person=3") X(NEGATIVE, "Polarity=Neg") X(PAST, "Tense=Past")   \
    X(PRESENT, "Tense=Pres") X(FINITE, "VerbForm=Fin") X(GERUND, "VerbForm=Ger")                   \
    X(INFINITIVE, "VerbForm=Inf") X(PARTICIPLE, "VerbForm=Part") X(PASSIVE, "Voice=Pass")
/* clang-format on */

enum {
#define X(name, label) DGM_FEAT_AT_##name,
    DGM_FEAT_LIST(X)
#undef X
        DGM_FEAT_COUNT
};

enum {
#define X(name, label) DGM_FEAT_##name = 1 << DGM_FEAT_AT_##name,
    DGM_FEAT_LIST(X)
#undef X
};

/* "Tense=Past" for DGM_FEAT_AT_PAST. */
const char *dgm_feat_name(unsigned at);
/* The bits of "Mood=Ind|Tense=Past"; features that we have no bit for are passed over. */
uint32_t dgm_feats_from(dgm_str cell);

/* Labels; "_" for 0 and numbers out of range. Static storage. */
const char *dgm_upos_name(unsigned upos);
const char *dgm_xpos_name(unsigned xpos);
const char *dgm_rel_name(unsigned rel);

/* Numbers by label; 0 for unknown ones. An unknown subtype falls back to its main relation. */
dgm_upos dgm_upos_from(dgm_str name);
dgm_xpos dgm_xpos_from(dgm_str name);
dgm_rel dgm_rel_from(dgm_str name);

#endif
