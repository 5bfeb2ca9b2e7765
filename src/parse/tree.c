/* Tree: children lists and subtree ranges out of the heads. */
#include "parse/tree.h"
#include "base/utf8.h"

static int32_t find_root(const dgm_sentence *sentence)
{
    for (uint32_t i = 0; i < sentence->count; i++)
        if (sentence->tokens[i].head < 0)
            return (int32_t)i;
    return 0;
}

/* Hang every token that does not reach the root on it; `mark` counts the walk that saw a token. */
static void mend_heads(dgm_arena *arena, dgm_sentence *sentence, int32_t root)
{
    int32_t count = (int32_t)sentence->count;
    uint32_t *seen = DGM_ARRAY(arena, uint32_t, sentence->count);
    for (int32_t i = 0; i < count; i++) {
        dgm_token *token = &sentence->tokens[i];
        if (i != root && (token->head < 0 || token->head >= count || token->head == i))
            token->head = root;
    }
    sentence->tokens[root].head = -1;
    for (int32_t i = 0; i < count; i++) {
        uint32_t walk = (uint32_t)i + 1;
        int32_t at = i;
        while (at >= 0 && !seen[at]) {
            seen[at] = walk;
            at = sentence->tokens[at].head;
        }
        if (at >= 0 && seen[at] == walk)
            sentence->tokens[at].head = root; /* a loop closed on its own walk */
    }
}

static void link_children(dgm_tree *tree)
{
    for (int32_t i = 0; i < tree->count; i++)
        tree->first_child[i] = tree->next_child[i] = DGM_NO_TOKEN;
    for (int32_t i = tree->count - 1; i >= 0; i--) {
        int32_t head = tree->tokens[i].head;
        if (head < 0)
            continue;
        tree->next_child[i] = tree->first_child[head];
        tree->first_child[head] = i;
    }
}

/* Widen the ranges upwards from each token; stops where nothing widens. */
static void measure_subtrees(dgm_tree *tree)
{
    for (int32_t i = 0; i < tree->count; i++)
        tree->left[i] = tree->right[i] = i;
    for (int32_t i = 0; i < tree->count; i++) {
        for (int32_t at = tree->tokens[i].head; at >= 0; at = tree->tokens[at].head) {
            if (tree->left[at] <= i && tree->right[at] >= i)
                break;
            if (i < tree->left[at])
                tree->left[at] = i;
            if (i > tree->right[at])
                tree->right[at] = i;
        }
    }
}

dgm_tree *dgm_tree_build(dgm_arena *arena, const dgm_text *text, dgm_sentence *sentence)
{
    dgm_tree *tree = DGM_NEW(arena, dgm_tree);
    size_t count = sentence->count ? sentence->count : 1;
    *tree = (dgm_tree){
        .text = text,
        .sentence = sentence,
        .tokens = sentence->tokens,
        .count = (int32_t)sentence->count,
        .first_child = DGM_ARRAY(arena, int32_t, count),
        .next_child = DGM_ARRAY(arena, int32_t, count),
        .left = DGM_ARRAY(arena, int32_t, count),
        .right = DGM_ARRAY(arena, int32_t, count),
        .root = find_root(sentence),
    };
    if (!sentence->count)
        return tree;
    mend_heads(arena, sentence, tree->root);
    link_children(tree);
    measure_subtrees(tree);
    return tree;
}

int32_t dgm_tree_child(const dgm_tree *tree, int32_t head, dgm_rel rel)
{
    DGM_EACH_CHILD (tree, child, head)
        if (tree->tokens[child].rel == rel)
            return child;
    return DGM_NO_TOKEN;
}

int32_t dgm_tree_child_main(const dgm_tree *tree, int32_t head, dgm_rel main_rel)
{
    DGM_EACH_CHILD (tree, child, head)
        if (dgm_rel_main((dgm_rel)tree->tokens[child].rel) == main_rel)
            return child;
    return DGM_NO_TOKEN;
}

bool dgm_tree_below(const dgm_tree *tree, int32_t token, int32_t above)
{
    while (token >= 0 && token != above)
        token = tree->tokens[token].head;
    return token == above;
}

/* The word at `token` with its fixed parts: "because of", "according to". */
static dgm_str joined_fixed(const dgm_tree *tree, dgm_arena *arena, int32_t token)
{
    dgm_str first = dgm_utf8_lower_view(arena, dgm_tree_form(tree, token));
    size_t len = first.len;
    DGM_EACH_CHILD (tree, child, token)
        if (tree->tokens[child].rel == DGM_REL_FIXED)
            len += 1 + dgm_tree_form(tree, child).len;
    if (len == first.len)
        return first;
    char *out = dgm_arena_array(arena, len + 1, 1);
    memcpy(out, first.ptr, first.len);
    size_t at = first.len;
    DGM_EACH_CHILD (tree, child, token)
        if (tree->tokens[child].rel == DGM_REL_FIXED) {
            dgm_str part = dgm_tree_form(tree, child);
            out[at++] = ' ';
            memcpy(out + at, part.ptr, part.len);
            at += part.len;
        }
    return (dgm_str){out, at};
}

/* Of several prepositions the last one: "out of the talks" is "of", "out" belongs to the verb. */
dgm_str dgm_tree_case(const dgm_tree *tree, dgm_arena *arena, int32_t token)
{
    int32_t word = DGM_NO_TOKEN;
    DGM_EACH_CHILD (tree, child, token) {
        dgm_rel rel = tree->tokens[child].rel;
        if (rel == DGM_REL_MARK && word < 0)
            return joined_fixed(tree, arena, child);
        if (rel == DGM_REL_CASE && tree->tokens[child].xpos != DGM_XPOS_POS &&
            (word < 0 || child < token))
            word = child;
    }
    return word >= 0 ? joined_fixed(tree, arena, word) : DGM_STR("");
}

/* "were attacked and killed": a bare participle beside a passive shares its auxiliary. */
static bool shares_passive(const dgm_tree *tree, int32_t token)
{
    const dgm_token *verb = &tree->tokens[token];
    if (verb->rel != DGM_REL_CONJ || verb->xpos != DGM_XPOS_VBN || verb->head > token)
        return false;
    DGM_EACH_CHILD (tree, child, token) {
        dgm_rel rel = dgm_rel_main((dgm_rel)tree->tokens[child].rel);
        if (rel == DGM_REL_AUX || rel == DGM_REL_COP || rel == DGM_REL_NSUBJ || rel == DGM_REL_OBJ)
            return false;
    }
    return dgm_tree_child(tree, verb->head, DGM_REL_AUX_PASS) >= 0;
}

bool dgm_tree_is_passive(const dgm_tree *tree, int32_t token)
{
    const dgm_token *verb = &tree->tokens[token];
    if (verb->xpos != DGM_XPOS_VBN && verb->xpos != DGM_XPOS_VBD)
        return false;
    bool has_aux = false, has_subject = false, has_object = false, has_patient = false;
    DGM_EACH_CHILD (tree, child, token) {
        dgm_rel rel = tree->tokens[child].rel;
        if (rel == DGM_REL_AUX_PASS || rel == DGM_REL_OBL_AGENT)
            return true;
        has_aux |= rel == DGM_REL_AUX || rel == DGM_REL_COP;
        has_subject |= rel == DGM_REL_NSUBJ;
        has_patient |= rel == DGM_REL_NSUBJ_PASS;
        has_object |= rel == DGM_REL_OBJ;
    }
    if (has_patient) /* "Portugal recognised Angola": with an object of its own it's a slip */
        return !has_object;
    /* a bare participle: "troops sent to Mali", "the deal, signed in 1990" */
    if (shares_passive(tree, token))
        return true;
    /* "the farmers killed on Monday": a participle by its place, whatever its tag */
    if (verb->rel == DGM_REL_ACL && verb->xpos == DGM_XPOS_VBD)
        return !has_aux && !has_subject && !has_object;
    return verb->xpos == DGM_XPOS_VBN && !has_aux && !has_subject &&
           (dgm_rel_main(verb->rel) == DGM_REL_ACL || verb->rel == DGM_REL_ADVCL ||
            verb->rel == DGM_REL_AMOD || verb->rel == DGM_REL_XCOMP);
}

dgm_span dgm_tree_span(const dgm_tree *tree, int32_t first, int32_t last)
{
    return dgm_span_join(tree->tokens[first].span, tree->tokens[last].span);
}
