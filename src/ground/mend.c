/* Mend: subjects that the parser lost to a date in front of them.
 *
 * "In July 1881 Peru and Chile signed": without a comma the subject may come out as a part of the
 * date ("July 1881 Peru") or the date as a part of the subject ("1990 Iraq"). Dates are known here,
 * so the tree is put right before anyone reads it. */
#include "ground/mend.h"

bool dgm_mend_is_nominal(const dgm_token *token)
{
    return token->upos == DGM_PROPN || token->upos == DGM_NOUN || token->upos == DGM_PRON;
}

static bool lacks_subject(const dgm_tree *tree, int32_t verb)
{
    const dgm_token *token = &tree->tokens[verb];
    return token->upos == DGM_VERB && token->xpos != DGM_XPOS_VBG && token->xpos != DGM_XPOS_VB &&
           dgm_tree_child_main(tree, verb, DGM_REL_NSUBJ) < 0 &&
           dgm_tree_child_main(tree, verb, DGM_REL_CSUBJ) < 0 &&
           dgm_rel_main((dgm_rel)token->rel) != DGM_REL_ACL && token->rel != DGM_REL_AMOD;
}

uint8_t dgm_mend_subject_rel(const dgm_tree *tree, int32_t verb)
{
    return dgm_tree_child(tree, verb, DGM_REL_AUX_PASS) >= 0 ? DGM_REL_NSUBJ_PASS : DGM_REL_NSUBJ;
}

/* "July 1881 [Peru and Chile]": the words behind the date under its head. */
static bool part_behind(dgm_token *tokens, const dgm_tree *tree, const dgm_time_mention *time)
{
    int32_t verb = tokens[time->head].head, subject = DGM_NO_TOKEN;
    if (verb <= time->last || !lacks_subject(tree, verb))
        return false;
    DGM_EACH_CHILD (tree, child, time->head) {
        if (child <= time->last || child >= verb)
            continue;
        if (subject >= 0)
            tokens[child].head = subject;
        else if (dgm_mend_is_nominal(&tokens[child]) &&
                 dgm_tree_child_main(tree, child, DGM_REL_CASE) < 0)
            subject = child;
    }
    if (subject < 0)
        return false;
    tokens[subject].head = verb;
    tokens[subject].rel = dgm_mend_subject_rel(tree, verb);
    return true;
}

/* "In 1990 Iraq": the date under the noun that follows it, the preposition under the noun. */
static bool part_before(dgm_token *tokens, const dgm_tree *tree, const dgm_time_mention *time)
{
    int32_t noun = tokens[time->head].head;
    if (noun <= time->last || !dgm_mend_is_nominal(&tokens[noun]))
        return false;
    int32_t verb = tokens[noun].head, word = DGM_NO_TOKEN;
    DGM_EACH_CHILD (tree, child, noun)
        if (tokens[child].rel == DGM_REL_CASE && child < time->head)
            word = child;
    if (word < 0 || verb <= noun || !lacks_subject(tree, verb))
        return false;
    tokens[word].head = time->head;
    tokens[time->head].head = verb;
    tokens[time->head].rel = DGM_REL_OBL;
    tokens[noun].rel = dgm_mend_subject_rel(tree, verb);
    return true;
}

static bool is_finite(const dgm_token *token)
{
    return token->xpos == DGM_XPOS_VBD || token->xpos == DGM_XPOS_VBZ ||
           token->xpos == DGM_XPOS_VBP || token->xpos == DGM_XPOS_VBN;
}

/* A verb that hangs on the noun as if it described it, without a pronoun of its own. */
static int32_t clause_of(const dgm_tree *tree, int32_t noun)
{
    DGM_EACH_CHILD (tree, child, noun)
        if (child > noun && tree->tokens[child].rel == DGM_REL_ACL &&
            is_finite(&tree->tokens[child]) && dgm_tree_child_main(tree, child, DGM_REL_NSUBJ) < 0)
            return child;
    return DGM_NO_TOKEN;
}

/* "In 1826 the two governments signed a treaty" with the year on top of it all. */
static bool date_on_top(dgm_token *tokens, const dgm_tree *tree, const dgm_time_mention *time)
{
    DGM_EACH_CHILD (tree, noun, time->head) {
        int32_t verb =
            noun > time->last && dgm_mend_is_nominal(&tokens[noun]) ? clause_of(tree, noun) : -1;
        if (verb < 0)
            continue;
        DGM_EACH_CHILD (tree, child, time->head)
            if (child > time->last)
                tokens[child].head = verb;
        tokens[noun].rel = dgm_mend_subject_rel(tree, verb);
        tokens[time->head].head = verb;
        tokens[time->head].rel = DGM_REL_OBL;
        tokens[verb].head = -1;
        tokens[verb].rel = DGM_REL_ROOT;
        return true;
    }
    return false;
}

bool dgm_mend_dated_subjects(dgm_sentence *sentence, const dgm_tree *tree,
                             const dgm_time_mention *times, uint32_t count)
{
    bool is_mended = false;
    for (uint32_t i = 0; i < count; i++) {
        const dgm_time_mention *time = &times[i];
        if (time->head < 0)
            continue;
        dgm_token *tokens = sentence->tokens;
        if (tokens[time->head].head < 0
                ? date_on_top(tokens, tree, time)
                : part_behind(tokens, tree, time) || part_before(tokens, tree, time))
            is_mended = true;
    }
    return is_mended;
}
