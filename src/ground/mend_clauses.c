/* Mend: clauses that the parser took for parts of a noun.
 *
 * A verb without its subject and a noun that no verb needs, side by side: "Peru severed relations"
 * read as relations that were severed, "an embassy in Lima and Chile has" with Chile under Lima,
 * "Spain, which held Cuba, invaded Mexico" with Spain on top. Each is put right by the words'
 * order and forms alone. */
#include "ground/mend.h"

enum { DEPTH = 12 };

static bool is_nominal(const dgm_token *token)
{
    return token->upos == DGM_PROPN || token->upos == DGM_NOUN || token->upos == DGM_PRON;
}

static int32_t child_of(const dgm_tree *tree, int32_t head, dgm_rel main_rel)
{
    DGM_EACH_CHILD (tree, child, head)
        if (dgm_rel_main((dgm_rel)tree->tokens[child].rel) == main_rel)
            return child;
    return DGM_NO_TOKEN;
}

static bool is_finite(const dgm_token *token)
{
    return token->upos == DGM_VERB && (token->xpos == DGM_XPOS_VBD || token->xpos == DGM_XPOS_VBZ ||
                                       token->xpos == DGM_XPOS_VBP);
}

static bool lacks_subject(const dgm_tree *tree, int32_t verb)
{
    return child_of(tree, verb, DGM_REL_NSUBJ) < 0 && child_of(tree, verb, DGM_REL_CSUBJ) < 0;
}

static uint8_t subject_rel(const dgm_tree *tree, int32_t verb)
{
    return dgm_tree_child(tree, verb, DGM_REL_AUX_PASS) >= 0 ? DGM_REL_NSUBJ_PASS : DGM_REL_NSUBJ;
}

/* The nearest verb above that may share its subject with a verb joined to the noun. */
static int32_t verb_above(const dgm_tree *tree, int32_t noun)
{
    int32_t at = tree->tokens[noun].head;
    for (int depth = 0; at >= 0 && depth < DEPTH; depth++, at = tree->tokens[at].head)
        if (tree->tokens[at].upos == DGM_VERB && tree->tokens[at].xpos != DGM_XPOS_VB)
            return at;
    return tree->tokens[noun].head;
}

/* The noun in front of the verb that must be its subject, under the verb or under its object. */
static int32_t front_noun(const dgm_tree *tree, int32_t verb, int32_t object)
{
    const int32_t heads[] = {verb, object};
    for (unsigned i = 0; i < 2; i++)
        DGM_EACH_CHILD (tree, child, heads[i]) {
            dgm_rel rel = dgm_rel_main((dgm_rel)tree->tokens[child].rel);
            if (child < verb && is_nominal(&tree->tokens[child]) &&
                (rel == DGM_REL_COMPOUND || rel == DGM_REL_NSUBJ))
                return child;
        }
    return DGM_NO_TOKEN;
}

/* Does the word that was read as a participle in front of the noun govern it? It has an auxiliary,
 * a subject or an adverbial in front, which no participle there has. */
static bool governs(const dgm_tree *tree, int32_t verb, int32_t object)
{
    const dgm_token *token = &tree->tokens[verb];
    if (token->rel != DGM_REL_AMOD || object <= verb || token->upos != DGM_VERB)
        return false;
    if (is_finite(token) && front_noun(tree, verb, object) >= 0)
        return true;
    if (token->xpos != DGM_XPOS_VBD && token->xpos != DGM_XPOS_VBN)
        return false;
    int32_t adverbial = child_of(tree, verb, DGM_REL_OBL);
    bool is_joined = tree->tokens[object].rel == DGM_REL_CONJ;
    return child_of(tree, object, DGM_REL_AUX) >= 0 || child_of(tree, verb, DGM_REL_AUX) >= 0 ||
           (is_joined && adverbial >= 0 && adverbial < verb);
}

/* "Peru severed relations": the verb takes the noun's place, the noun is its object. */
static bool raise_verb(dgm_token *tokens, const dgm_tree *tree, int32_t verb)
{
    int32_t object = tokens[verb].head;
    if (object < 0 || !governs(tree, verb, object))
        return false;
    int32_t subject = front_noun(tree, verb, object);
    bool is_joined = tokens[object].rel == DGM_REL_CONJ;
    int32_t above = is_joined ? verb_above(tree, object) : tokens[object].head;
    tokens[verb].head = above;
    tokens[verb].rel = tokens[object].rel;
    tokens[object].head = verb;
    tokens[object].rel = DGM_REL_OBJ;
    if (tokens[verb].xpos == DGM_XPOS_VBN && child_of(tree, object, DGM_REL_AUX) < 0)
        tokens[verb].xpos = DGM_XPOS_VBD;
    DGM_EACH_CHILD (tree, child, object) {
        bool is_outer = tokens[child].rel == DGM_REL_CONJ || tokens[child].rel == DGM_REL_PUNCT;
        bool is_clause = is_outer && (tokens[child].upos == DGM_VERB || child > object);
        if (child < verb ||
            (is_clause && tokens[child].upos != DGM_NOUN && tokens[child].upos != DGM_PROPN))
            tokens[child].head = verb;
    }
    if (subject >= 0) {
        tokens[subject].head = verb;
        tokens[subject].rel = DGM_REL_NSUBJ;
    }
    return true;
}

/* "in Lima and Chile has": the second noun is the subject of the verb right behind it. */
static bool part_conjunct(dgm_token *tokens, const dgm_tree *tree, int32_t noun)
{
    int32_t verb = tree->right[noun] + 1, word = dgm_tree_child(tree, noun, DGM_REL_CC);
    if (tokens[noun].rel != DGM_REL_CONJ || !is_nominal(&tokens[noun]) || word < 0 ||
        !is_nominal(&tokens[tokens[noun].head]))
        return false;
    while (verb < tree->count && (tokens[verb].upos == DGM_AUX || tokens[verb].upos == DGM_ADV))
        verb++;
    if (verb >= tree->count || tokens[verb].upos != DGM_VERB || !lacks_subject(tree, verb) ||
        tree->left[verb] <= noun || tokens[verb].xpos == DGM_XPOS_VB ||
        tokens[verb].xpos == DGM_XPOS_VBG)
        return false;
    bool is_joined = tokens[verb].rel == DGM_REL_CONJ || tokens[verb].rel == DGM_REL_PARATAXIS;
    bool is_complement = tokens[verb].rel == DGM_REL_XCOMP || tokens[verb].rel == DGM_REL_CCOMP;
    if (!is_joined && !(is_complement && is_finite(&tokens[verb])))
        return false;
    tokens[verb].rel = DGM_REL_CONJ;
    tokens[word].head = verb;
    tokens[noun].head = verb;
    tokens[noun].rel = subject_rel(tree, verb);
    return true;
}

/* The verb under the noun on top of the sentence that makes it a sentence. */
static int32_t verb_under(const dgm_tree *tree, int32_t root)
{
    DGM_EACH_CHILD (tree, child, root) {
        const dgm_token *token = &tree->tokens[child];
        bool is_aside = token->rel == DGM_REL_PARATAXIS || token->rel == DGM_REL_ACL;
        if (child > root && is_aside && is_finite(token) && lacks_subject(tree, child))
            return child;
        bool is_next = child == root + 1 && token->rel == DGM_REL_ACL && token->upos == DGM_VERB &&
                       token->xpos == DGM_XPOS_VBN &&
                       (child_of(tree, child, DGM_REL_XCOMP) >= 0 ||
                        child_of(tree, child, DGM_REL_ADVCL) >= 0);
        if (is_next)
            return child;
    }
    return DGM_NO_TOKEN;
}

/* "Spain, which held Cuba, invaded Mexico": the noun on top is the subject of the verb. */
static bool lower_root(dgm_token *tokens, const dgm_tree *tree)
{
    int32_t root = tree->root, last = tree->count - 1;
    if (!is_nominal(&tokens[root]) || !lacks_subject(tree, root) ||
        child_of(tree, root, DGM_REL_COP) >= 0 || child_of(tree, root, DGM_REL_CASE) >= 0 ||
        tokens[last].upos != DGM_PUNCT)
        return false;
    int32_t verb = verb_under(tree, root);
    if (verb < 0)
        return false;
    DGM_EACH_CHILD (tree, child, root)
        if (child > verb)
            tokens[child].head = verb;
    tokens[verb].head = -1;
    tokens[verb].rel = DGM_REL_ROOT;
    tokens[root].head = verb;
    tokens[root].rel = subject_rel(tree, verb);
    if (tokens[verb].xpos == DGM_XPOS_VBN)
        tokens[verb].xpos = DGM_XPOS_VBD;
    return true;
}

/* One mend at a time: each is read off a tree that is whole. */
bool dgm_mend_clause(dgm_sentence *sentence, const dgm_tree *tree)
{
    dgm_token *tokens = sentence->tokens;
    for (int32_t i = 0; i < tree->count; i++)
        if (raise_verb(tokens, tree, i) || part_conjunct(tokens, tree, i))
            return true;
    return tree->count > 1 && lower_root(tokens, tree);
}
