/* Tree: walking a parsed sentence. Built once a sentence, read by ground and code. */
#ifndef DGM_PARSE_TREE_H
#define DGM_PARSE_TREE_H

#include "text/text.h"

enum { DGM_NO_TOKEN = -1 };

typedef struct dgm_tree {
    const dgm_text *text;
    const dgm_sentence *sentence;
    const dgm_token *tokens; /* sentence->tokens */
    int32_t count;
    int32_t *first_child, *next_child; /* children in order of the words; -1 ends */
    int32_t *left, *right;             /* first and last token of the subtree */
    int32_t root;
} dgm_tree;

/* A tree whose heads are damaged (a loop, a number out of range) is mended: such tokens hang on the
 * root. */
dgm_tree *dgm_tree_build(dgm_arena *arena, const dgm_text *text, dgm_sentence *sentence);

#define DGM_EACH_CHILD(tree, child, head)                                                          \
    for (int32_t child = (tree)->first_child[head]; child >= 0; child = (tree)->next_child[child])

/* The relation without its subtype: DGM_REL_NSUBJ for nsubj:pass and so on. */
static inline dgm_rel dgm_rel_main(dgm_rel rel)
{
    switch (rel) {
    case DGM_REL_ACL_RELCL:
        return DGM_REL_ACL;
    case DGM_REL_ADVCL_RELCL:
        return DGM_REL_ADVCL;
    case DGM_REL_AUX_PASS:
        return DGM_REL_AUX;
    case DGM_REL_CC_PRECONJ:
        return DGM_REL_CC;
    case DGM_REL_COMPOUND_PRT:
        return DGM_REL_COMPOUND;
    case DGM_REL_CSUBJ_OUTER:
    case DGM_REL_CSUBJ_PASS:
        return DGM_REL_CSUBJ;
    case DGM_REL_DET_PREDET:
        return DGM_REL_DET;
    case DGM_REL_NMOD_DESC:
    case DGM_REL_NMOD_POSS:
    case DGM_REL_NMOD_UNMARKED:
        return DGM_REL_NMOD;
    case DGM_REL_NSUBJ_OUTER:
    case DGM_REL_NSUBJ_PASS:
        return DGM_REL_NSUBJ;
    case DGM_REL_OBL_AGENT:
    case DGM_REL_OBL_UNMARKED:
        return DGM_REL_OBL;
    default:
        return rel;
    }
}

/* First child with that exact relation, or -1. */
int32_t dgm_tree_child(const dgm_tree *tree, int32_t head, dgm_rel rel);

/* The same without regard to subtypes: DGM_REL_NSUBJ finds nsubj:pass. */
int32_t dgm_tree_child_main(const dgm_tree *tree, int32_t head, dgm_rel main_rel);

/* True when `token` is `above` or hangs below it. */
bool dgm_tree_below(const dgm_tree *tree, int32_t token, int32_t above);

/* Lemma of the (first) case or mark child, lower-cased, with its fixed parts joined by spaces
 * ("because of"); empty when there is none. Lives in the arena. */
dgm_str dgm_tree_case(const dgm_tree *tree, dgm_arena *arena, int32_t token);

/* True when the verb (or participle) at `token` is passive. */
bool dgm_tree_is_passive(const dgm_tree *tree, int32_t token);

/* Span of the tokens first..last, ends included. */
dgm_span dgm_tree_span(const dgm_tree *tree, int32_t first, int32_t last);

static inline dgm_str dgm_tree_form(const dgm_tree *tree, int32_t token)
{
    return dgm_span_of(tree->text->bytes, tree->tokens[token].span);
}

static inline dgm_str dgm_tree_lemma(const dgm_tree *tree, int32_t token)
{
    return tree->tokens[token].lemma;
}

#endif
