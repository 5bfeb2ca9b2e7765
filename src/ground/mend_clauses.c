/* Mend: clauses that the parser took for parts of a noun.
 *
 * A verb without its subject and a noun that no verb needs, side by side: "Peru severed relations"
 * read as relations that were severed, "an embassy in Lima and Chile has" with Chile under Lima,
 * "Spain, which held Cuba, invaded Mexico" with Spain on top. Each is put right by the words'
 * order and forms alone. */
#include "ground/mend.h"

enum { DEPTH = 12 };

static bool is_finite(const dgm_token *token)
{
    return token->upos == DGM_VERB && (token->xpos == DGM_XPOS_VBD || token->xpos == DGM_XPOS_VBZ ||
                                       token->xpos == DGM_XPOS_VBP);
}

static bool lacks_subject(const dgm_tree *tree, int32_t verb)
{
    return dgm_tree_child_main(tree, verb, DGM_REL_NSUBJ) < 0 &&
           dgm_tree_child_main(tree, verb, DGM_REL_CSUBJ) < 0;
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
            if (child < verb && dgm_mend_is_nominal(&tree->tokens[child]) &&
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
    int32_t adverbial = dgm_tree_child_main(tree, verb, DGM_REL_OBL);
    bool is_joined = tree->tokens[object].rel == DGM_REL_CONJ;
    return dgm_tree_child_main(tree, object, DGM_REL_AUX) >= 0 ||
           dgm_tree_child_main(tree, verb, DGM_REL_AUX) >= 0 ||
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
    if (tokens[verb].xpos == DGM_XPOS_VBN && dgm_tree_child_main(tree, object, DGM_REL_AUX) < 0)
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
    if (tokens[noun].rel != DGM_REL_CONJ || tokens[noun].head < 0 ||
        !dgm_mend_is_nominal(&tokens[noun]) || word < 0 ||
        !dgm_mend_is_nominal(&tokens[tokens[noun].head]))
        return false;
    while (verb < tree->count && (tokens[verb].upos == DGM_AUX || tokens[verb].upos == DGM_ADV))
        verb++;
    if (verb >= tree->count || tokens[verb].upos != DGM_VERB || !lacks_subject(tree, verb) ||
        tree->left[verb] <= noun || tokens[verb].xpos == DGM_XPOS_VB ||
        tokens[verb].xpos == DGM_XPOS_VBG)
        return false;
    bool is_joined = tokens[verb].rel == DGM_REL_CONJ || tokens[verb].rel == DGM_REL_PARATAXIS;
    bool is_complement = tokens[verb].rel == DGM_REL_XCOMP || tokens[verb].rel == DGM_REL_CCOMP;
    bool is_bare = tokens[verb].rel == DGM_REL_ADVCL &&
                   dgm_tree_child_main(tree, verb, DGM_REL_MARK) < 0 &&
                   tokens[noun].upos == DGM_PROPN;
    if (!is_joined && !is_bare && !(is_complement && is_finite(&tokens[verb])))
        return false;
    if (is_bare && tokens[tree->root].upos == DGM_VERB)
        tokens[verb].head = tree->root;
    if (is_bare)
        tokens[verb].xpos = DGM_XPOS_VBD;
    tokens[verb].rel = DGM_REL_CONJ;
    tokens[word].head = verb;
    tokens[noun].head = verb;
    tokens[noun].rel = dgm_mend_subject_rel(tree, verb);
    return true;
}

/* The common noun that a name swallowed, with its preposition: "under the treaty" of "under the
 * treaty China ceded". */
static int32_t swallowed(const dgm_tree *tree, int32_t name)
{
    int32_t noun = name - 1;
    bool is_inside = noun > 0 && tree->tokens[noun].head == name &&
                     tree->tokens[noun].upos == DGM_NOUN &&
                     dgm_rel_main((dgm_rel)tree->tokens[noun].rel) == DGM_REL_COMPOUND;
    return is_inside && dgm_tree_child_main(tree, name, DGM_REL_DET) >= 0 ? noun : DGM_NO_TOKEN;
}

/* "Under the treaty China ceded", "the Polish government, with others, concluded": the noun in
 * front of a verb that has no other subject, read as an adverbial. */
static bool raise_adverbial(dgm_token *tokens, const dgm_tree *tree, int32_t noun)
{
    int32_t verb = tokens[noun].head;
    if (tokens[noun].rel != DGM_REL_OBL || !dgm_mend_is_nominal(&tokens[noun]) || verb <= noun ||
        !is_finite(&tokens[verb]) || !lacks_subject(tree, verb) ||
        (tokens[verb].rel != DGM_REL_ROOT && tokens[verb].rel != DGM_REL_CONJ))
        return false;
    int32_t word = dgm_tree_child_main(tree, noun, DGM_REL_CASE), other = DGM_NO_TOKEN;
    if (word >= 0) {
        other = tree->right[noun] == verb - 1 ? swallowed(tree, noun) : DGM_NO_TOKEN;
        if (other < 0 || tokens[noun].upos != DGM_PROPN)
            return false;
        DGM_EACH_CHILD (tree, child, noun)
            if (child < other)
                tokens[child].head = other;
        tokens[other].head = verb;
        tokens[other].rel = DGM_REL_OBL;
    } else if (dgm_tree_child_main(tree, noun, DGM_REL_DET) < 0 ||
               dgm_tree_child_main(tree, noun, DGM_REL_AMOD) < 0) {
        return false;
    }
    tokens[noun].rel = dgm_mend_subject_rel(tree, verb);
    return true;
}

/* Does the verb behind the noun make a clause with it, though it was hung on it as a description?
 * A described noun is what the verb was done to, so that the verb has no object beside it. */
static bool is_predicate(const dgm_tree *tree, int32_t noun, int32_t verb)
{
    const dgm_token *token = &tree->tokens[verb];
    bool is_past = token->xpos == DGM_XPOS_VBN || token->xpos == DGM_XPOS_VBD;
    if (verb <= noun || token->upos != DGM_VERB || !lacks_subject(tree, verb) ||
        (token->rel != DGM_REL_PARATAXIS && token->rel != DGM_REL_ACL))
        return false;
    if (is_past && token->rel == DGM_REL_ACL && verb == noun + 1 &&
        dgm_tree_child_main(tree, verb, DGM_REL_OBJ) >= 0)
        return true;
    if (noun != tree->root)
        return false;
    bool takes_clause = dgm_tree_child_main(tree, verb, DGM_REL_XCOMP) >= 0 ||
                        dgm_tree_child_main(tree, verb, DGM_REL_ADVCL) >= 0;
    return is_finite(token) ||
           (is_past && token->rel == DGM_REL_ACL && verb == noun + 1 && takes_clause);
}

/* What stands in front of the noun with a preposition, "In 1826 the governments", or behind the
 * verb goes with the verb. */
static void share_children(dgm_token *tokens, const dgm_tree *tree, int32_t noun, int32_t verb)
{
    DGM_EACH_CHILD (tree, child, noun) {
        bool is_adverbial = child < noun && dgm_tree_child_main(tree, child, DGM_REL_CASE) >= 0 &&
                            tokens[child].rel != DGM_REL_NMOD_POSS;
        if (is_adverbial)
            tokens[child].rel = DGM_REL_OBL;
        if (is_adverbial || (child > verb && tokens[child].rel != DGM_REL_ACL_RELCL))
            tokens[child].head = verb;
    }
}

/* The verb that had the noun as its subject comes behind the mended one: "signed, agreed". */
static void join_verbs(dgm_token *tokens, const dgm_tree *tree, int32_t verb, int32_t later)
{
    DGM_EACH_CHILD (tree, child, later)
        if (child < verb)
            tokens[child].head = verb;
    tokens[verb].head = tokens[later].head;
    tokens[verb].rel = tokens[later].rel;
    tokens[later].head = verb;
    tokens[later].rel = DGM_REL_CONJ;
}

/* "Spain, which held Cuba, invaded Mexico", "the governments signed a treaty": the noun that bears
 * the verb is its subject. */
static bool lower_noun(dgm_token *tokens, const dgm_tree *tree, int32_t verb)
{
    int32_t noun = tokens[verb].head;
    if (noun < 0 || !dgm_mend_is_nominal(&tokens[noun]) || !is_predicate(tree, noun, verb) ||
        !lacks_subject(tree, noun) || dgm_tree_child_main(tree, noun, DGM_REL_COP) >= 0 ||
        dgm_tree_child_main(tree, noun, DGM_REL_CASE) >= 0 ||
        tokens[tree->count - 1].upos != DGM_PUNCT)
        return false;
    int32_t above = tokens[noun].head;
    bool is_subject = dgm_rel_main((dgm_rel)tokens[noun].rel) == DGM_REL_NSUBJ && above > verb &&
                      tokens[above].upos == DGM_VERB;
    if (noun != tree->root && !is_subject)
        return false;
    share_children(tokens, tree, noun, verb);
    tokens[noun].head = verb;
    tokens[noun].rel = dgm_mend_subject_rel(tree, verb);
    if (tokens[verb].xpos == DGM_XPOS_VBN)
        tokens[verb].xpos = DGM_XPOS_VBD;
    if (is_subject) {
        join_verbs(tokens, tree, verb, above);
        tokens[noun].head = verb;
    } else {
        tokens[verb].head = -1;
        tokens[verb].rel = DGM_REL_ROOT;
    }
    return true;
}

/* Does nothing but a relative clause stand between the noun and the verb? */
static bool leads_to(const dgm_tree *tree, int32_t noun, int32_t verb)
{
    int32_t next = tree->right[noun] + 1;
    if (next < verb && tree->tokens[next].upos == DGM_PUNCT)
        next++;
    uint8_t xpos = tree->tokens[next].xpos;
    return next == verb || (tree->tokens[verb - 1].upos == DGM_PUNCT &&
                            (xpos == DGM_XPOS_WP || xpos == DGM_XPOS_WDT));
}

/* "After a visit to Lima, the Chilean minister accused Spain" with the minister beside Lima: a noun
 * behind a comma is the subject of the main verb that has none. */
static bool part_apposition(dgm_token *tokens, const dgm_tree *tree, int32_t noun)
{
    int32_t verb = tree->root, before = tree->left[noun], top = noun;
    if (before > 0 && tokens[before].upos != DGM_PUNCT) /* the comma may hang on the noun */
        before--;
    if (tokens[noun].rel != DGM_REL_APPOS || noun >= verb || before < 1 ||
        !dgm_str_is(dgm_tree_form(tree, before), ",") || !dgm_mend_is_nominal(&tokens[noun]) ||
        dgm_tree_child(tree, noun, DGM_REL_DET) < 0 || !is_finite(&tokens[verb]) ||
        !lacks_subject(tree, verb) || !leads_to(tree, noun, verb))
        return false;
    for (int depth = 0; depth < DEPTH && tokens[top].head >= 0 && tokens[top].head != verb; depth++)
        top = tokens[top].head;
    dgm_rel rel = dgm_rel_main((dgm_rel)tokens[top].rel);
    if (tokens[top].head != verb || (rel != DGM_REL_ADVCL && rel != DGM_REL_OBL))
        return false;
    for (int32_t i = noun + 1; i < verb; i++) /* its relative clause may hang further up */
        if (tokens[i].rel == DGM_REL_ACL_RELCL && tokens[i].head < noun)
            tokens[i].head = noun;
    tokens[noun].head = verb;
    tokens[noun].rel = dgm_mend_subject_rel(tree, verb);
    return true;
}

/* "Argentina's navy occupied Lima" with Lima beside the navy: a verb between two nouns. */
static bool part_beside(dgm_token *tokens, const dgm_tree *tree, int32_t verb)
{
    int32_t object = tokens[verb].head, subject = verb - 1;
    if (tokens[verb].rel != DGM_REL_AMOD || tokens[verb].upos != DGM_VERB || object <= verb ||
        tokens[object].rel != DGM_REL_APPOS || tokens[object].head != subject ||
        subject != tree->root || tokens[object].upos != DGM_PROPN)
        return false;
    DGM_EACH_CHILD (tree, child, subject)
        if (child > verb)
            tokens[child].head = verb;
    tokens[verb].head = -1;
    tokens[verb].rel = DGM_REL_ROOT;
    tokens[verb].xpos = DGM_XPOS_VBD;
    tokens[subject].head = verb;
    tokens[subject].rel = DGM_REL_NSUBJ;
    tokens[object].head = verb;
    tokens[object].rel = DGM_REL_OBJ;
    return true;
}

/* The clause in front of the verb that the noun was drawn into; DGM_NO_TOKEN: none. */
static int32_t clause_in_front(const dgm_tree *tree, int32_t noun, int32_t verb)
{
    DGM_EACH_CHILD (tree, child, verb)
        if (child < verb && tree->tokens[child].rel == DGM_REL_ADVCL &&
            tree->tokens[child].upos == DGM_VERB && child < noun &&
            dgm_tree_below(tree, noun, child) && tree->right[child] == tree->right[noun])
            return child;
    return DGM_NO_TOKEN;
}

static bool follows_comma(const dgm_tree *tree, int32_t noun)
{
    int32_t at = tree->left[noun];
    while (at < noun && tree->tokens[at].upos == DGM_PUNCT)
        at++;
    return at > 0 && dgm_str_is(dgm_tree_form(tree, at - 1), ",");
}

/* "While France armed ships, men and horses, the Spanish queen accused": the main clause's subject,
 * read as one more member of what the clause in front of it ends with. */
static bool part_member(dgm_token *tokens, const dgm_tree *tree, int32_t verb)
{
    if (!is_finite(&tokens[verb]) || !lacks_subject(tree, verb) ||
        dgm_tree_child_main(tree, verb, DGM_REL_MARK) >= 0)
        return false;
    int32_t at = verb - 1;
    while (at >= 0 && (tokens[at].upos == DGM_AUX || tokens[at].upos == DGM_ADV ||
                       tokens[at].upos == DGM_PUNCT))
        at--;
    for (int32_t noun = at; noun >= 0; noun = tokens[noun].head) {
        bool is_member = tokens[noun].rel == DGM_REL_CONJ || tokens[noun].rel == DGM_REL_APPOS;
        if (!is_member || !dgm_mend_is_nominal(&tokens[noun]) ||
            dgm_tree_child(tree, noun, DGM_REL_CC) >= 0 || !follows_comma(tree, noun) ||
            clause_in_front(tree, noun, verb) < 0)
            continue;
        tokens[noun].head = verb;
        tokens[noun].rel = dgm_mend_subject_rel(tree, verb);
        return true;
    }
    return false;
}

/* Bare like an infinitive or a gerund that shares its "to" or preposition with one before it. */
static bool is_bare_conjunct(const dgm_tree *tree, int32_t verb)
{
    const dgm_token *token = &tree->tokens[verb];
    return token->rel == DGM_REL_CONJ && token->head >= 0 && token->upos == DGM_VERB &&
           (token->xpos == DGM_XPOS_VB || token->xpos == DGM_XPOS_VBG) &&
           tree->tokens[token->head].upos == DGM_VERB && lacks_subject(tree, verb) &&
           dgm_tree_child_main(tree, verb, DGM_REL_AUX) < 0 &&
           dgm_tree_child_main(tree, verb, DGM_REL_MARK) < 0;
}

/* "refused to renounce violence, recognise Israel": hung on "refused", whose form it has not, while
 * the verb whose form it has stands between. */
static bool lower_conjunct(dgm_token *tokens, const dgm_tree *tree, int32_t verb)
{
    if (!is_bare_conjunct(tree, verb))
        return false;
    int32_t head = tokens[verb].head;
    if (tokens[head].xpos == tokens[verb].xpos)
        return false;
    DGM_EACH_CHILD (tree, child, head) /* "will be visiting and hold": shared with "will" */
        if (tokens[child].xpos == DGM_XPOS_MD)
            return false;
    for (int32_t at = verb - 1; at > head; at--)
        if (tokens[at].upos == DGM_VERB && tokens[at].xpos == tokens[verb].xpos &&
            tokens[at].rel != DGM_REL_AMOD && dgm_tree_below(tree, at, head)) {
            tokens[verb].head = at;
            return true;
        }
    return false;
}

/* "refused to withdraw and launched": hung on "withdraw", whose form it has not, below a verb whose
 * form it has. */
static bool raise_conjunct(dgm_token *tokens, const dgm_tree *tree, int32_t verb)
{
    int32_t head = tokens[verb].head;
    if (tokens[verb].rel != DGM_REL_CONJ || head < 0 || !is_finite(&tokens[verb]) ||
        tokens[head].xpos != DGM_XPOS_VB || dgm_tree_child_main(tree, head, DGM_REL_MARK) < 0 ||
        !lacks_subject(tree, verb) || dgm_tree_child_main(tree, verb, DGM_REL_AUX) >= 0)
        return false;
    int32_t above = tokens[head].head;
    for (int depth = 0; above >= 0 && depth < DEPTH; depth++, above = tokens[above].head)
        if (tokens[above].upos == DGM_VERB && tokens[above].xpos == tokens[verb].xpos) {
            tokens[verb].head = above;
            return true;
        }
    return false;
}

/* "granted Chad a loan", read as two objects: the first is who gets the second. */
static bool part_objects(dgm_token *tokens, const dgm_tree *tree, int32_t verb)
{
    int32_t first = DGM_NO_TOKEN, second = DGM_NO_TOKEN;
    if (tokens[verb].upos != DGM_VERB)
        return false;
    DGM_EACH_CHILD (tree, child, verb) {
        if (tokens[child].rel != DGM_REL_OBJ || child < verb)
            continue;
        second = first < 0 ? second : child;
        first = first < 0 ? child : first;
    }
    if (second < 0 || tokens[second].upos != DGM_NOUN || !dgm_mend_is_nominal(&tokens[first]) ||
        tree->right[first] + 1 != tree->left[second] ||
        tokens[tree->left[second]].upos != DGM_DET || tokens[tree->left[second]].head != second)
        return false; /* not "met European Union diplomats" */
    tokens[first].rel = DGM_REL_IOBJ;
    return true;
}

/* One mend at a time: each is read off a tree that is whole. */
bool dgm_mend_clause(dgm_sentence *sentence, const dgm_tree *tree)
{
    dgm_token *tokens = sentence->tokens;
    for (int32_t i = 0; i < tree->count; i++)
        if (raise_verb(tokens, tree, i) || part_beside(tokens, tree, i) ||
            part_conjunct(tokens, tree, i) || part_apposition(tokens, tree, i) ||
            lower_noun(tokens, tree, i) || raise_adverbial(tokens, tree, i) ||
            part_member(tokens, tree, i) || lower_conjunct(tokens, tree, i) ||
            raise_conjunct(tokens, tree, i) || part_objects(tokens, tree, i))
            return true;
    return false;
}
