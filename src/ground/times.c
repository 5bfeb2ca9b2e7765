/* Times: walks the atoms of a sentence, keeps the expressions that are found, and moves the anchor
 * on. The tense of the clause, which decides between last and next Tuesday, comes from the tree
 * where there are tags, else from cue words near by. */
#include "ground/times_priv.h"

enum { CLIMB_STEPS = 24, CUE_ATOMS = 14 };

/* Tense from the tree. */
/* The first atom that ends at or behind the token. */
static int32_t first_atom(const dgm_scan *scan, int32_t token)
{
    int32_t low = 0, high = scan->atoms.count;
    while (low < high) {
        int32_t middle = low + (high - low) / 2;
        if (scan->atoms.items[middle].last < token)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool token_is(const dgm_scan *scan, int32_t token, dgm_word_kind kind)
{
    int32_t at = first_atom(scan, token);
    return at < scan->atoms.count && scan->atoms.items[at].first <= token &&
           dgm_atom_as(&scan->atoms.items[at], kind) != NULL;
}

static bool has_future_aux(const dgm_scan *scan, int32_t head)
{
    DGM_EACH_CHILD (scan->tree, child, head)
        if (dgm_rel_main(scan->tree->tokens[child].rel) == DGM_REL_AUX &&
            token_is(scan, child, DGM_WORD_FUTURE))
            return true;
    return false;
}

static bool is_verb(const dgm_token *token)
{
    return token->xpos >= DGM_XPOS_VB && token->xpos <= DGM_XPOS_VBZ;
}

/* The tense that a verb shows with its auxiliaries. */
static dgm_tense verb_tense(const dgm_scan *scan, int32_t verb)
{
    const dgm_token *token = &scan->tree->tokens[verb];
    dgm_tense tense = DGM_TENSE_NONE;
    if (has_future_aux(scan, verb) || token_is(scan, verb, DGM_WORD_FUTURE))
        return DGM_TENSE_FUTURE; /* will meet; is expected */
    if (token->xpos == DGM_XPOS_VBD)
        return DGM_TENSE_PAST;
    DGM_EACH_CHILD (scan->tree, child, verb) {
        const dgm_token *aux = &scan->tree->tokens[child];
        dgm_rel rel = dgm_rel_main(aux->rel);
        if (rel != DGM_REL_AUX && rel != DGM_REL_COP)
            continue;
        if (aux->xpos == DGM_XPOS_VBD || (aux->xpos != DGM_XPOS_MD && token->xpos == DGM_XPOS_VBN &&
                                          rel == DGM_REL_AUX && aux->rel != DGM_REL_AUX_PASS))
            return DGM_TENSE_PAST;
        tense = aux->xpos == DGM_XPOS_VBZ || aux->xpos == DGM_XPOS_VBP ? DGM_TENSE_PRESENT : tense;
    }
    if (tense)
        return tense;
    return token->xpos == DGM_XPOS_VBZ || token->xpos == DGM_XPOS_VBP ? DGM_TENSE_PRESENT
                                                                      : DGM_TENSE_NONE;
}

/* "agreed to meet": what is yet to come, seen from the verb above. Not so "failed to meet", nor
 * purposes and infinitives under nouns: their time is that of the clause above. */
static bool is_ahead(const dgm_scan *scan, int32_t verb)
{
    const dgm_token *token = &scan->tree->tokens[verb];
    dgm_rel rel = dgm_rel_main(token->rel);
    if (token->xpos != DGM_XPOS_VB || token->head < 0 ||
        (rel != DGM_REL_XCOMP && rel != DGM_REL_CCOMP))
        return false;

    if (token_is(scan, token->head, DGM_WORD_DONE))
        return false;
    DGM_EACH_CHILD (scan->tree, child, verb)
        if (scan->tree->tokens[child].xpos == DGM_XPOS_TO)
            return true;
    return false;
}

static dgm_tense tree_tense(const dgm_scan *scan, int32_t token)
{
    const dgm_token *tokens = scan->tree->tokens;
    for (int32_t steps = 0; token >= 0 && steps < CLIMB_STEPS;
         steps++, token = tokens[token].head) {
        if (!is_verb(&tokens[token])) {
            dgm_tense tense = verb_tense(scan, token); /* a nominal predicate */
            if (tense)
                return tense;
            continue;
        }
        dgm_tense tense = verb_tense(scan, token);
        if (tense)
            return tense;
        if (is_ahead(scan, token))
            return DGM_TENSE_FUTURE;
    }
    return DGM_TENSE_NONE;
}

/* Tense from cue words. */
static dgm_tense atom_tense(const dgm_scan *scan, const dgm_atom *atom)
{
    if (dgm_atom_as(atom, DGM_WORD_FUTURE))
        return DGM_TENSE_FUTURE;
    if (dgm_atom_as(atom, DGM_WORD_PAST))
        return DGM_TENSE_PAST;
    if (atom->kind != DGM_ATOM_OTHER || atom->is_capital || atom->first < 0)
        return DGM_TENSE_NONE;
    dgm_str form = dgm_tree_form(scan->tree, atom->first);
    for (size_t len = 1; len <= 3 && len < form.len; len++) {
        dgm_str end = dgm_str_sub(form, form.len - len, len);
        uint32_t word = dgm_map_get(&scan->calendar->map, end);
        if (word == DGM_MAP_NONE)
            continue;
        const dgm_word *known = &scan->calendar->words[word];
        for (unsigned i = 0; i < known->reading_count; i++)
            if (known->readings[i].kind == DGM_WORD_PAST_END)
                return DGM_TENSE_PAST;
    }
    return DGM_TENSE_NONE;
}

static dgm_tense cue_tense(const dgm_scan *scan, int32_t first, int32_t last)
{
    int32_t before = first_atom(scan, first), after = first_atom(scan, last + 1);
    for (int32_t i = before - 1; i >= 0 && i >= before - CUE_ATOMS; i--) {
        dgm_tense tense = atom_tense(scan, &scan->atoms.items[i]);
        if (tense)
            return tense;
    }
    for (int32_t i = after; i < scan->atoms.count && i < after + CUE_ATOMS; i++) {
        dgm_tense tense = atom_tense(scan, &scan->atoms.items[i]);
        if (tense)
            return tense;
    }
    return DGM_TENSE_NONE;
}

dgm_tense dgm_tense_at(const dgm_scan *scan, int32_t first, int32_t last)
{
    if (scan->tree->tokens[first].xpos == DGM_XPOS_NONE)
        return cue_tense(scan, first, last);
    int32_t head = first;
    for (int32_t i = first; i <= last; i++)
        if (scan->tree->tokens[i].head < first || scan->tree->tokens[i].head > last)
            head = i;
    return tree_tense(scan, head);
}

/* The token of [first, last] whose head lies outside; prepositions and marks only if nothing else
 * does. */
static int32_t find_head(const dgm_tree *tree, int32_t first, int32_t last)
{
    int32_t found = -1;
    for (int32_t i = first; i <= last; i++) {
        const dgm_token *token = &tree->tokens[i];
        if (token->head >= first && token->head <= last)
            continue;
        bool is_minor = token->upos == DGM_ADP || token->upos == DGM_PUNCT ||
                        token->upos == DGM_DET || token->upos == DGM_SCONJ;
        if (!is_minor)
            return i;
        if (found < 0)
            found = i;
    }
    return found < 0 ? first : found;
}

/* "the" belongs to "the 1990s" and "the past three years", not to "the 1979 revolution". */
static int32_t with_article(const dgm_scan *scan, const dgm_found *found)
{
    int32_t at = found->begin;
    bool is_long = found->core.grain > DGM_GRAIN_YEAR || found->core.is_range || !found->has_year ||
                   found->is_period;
    if (at > 0 && is_long && dgm_atom_as(&scan->atoms.items[at - 1], DGM_WORD_THE))
        at--;
    return at;
}

static dgm_time_mention mention_of(const dgm_scan *scan, dgm_arena *arena, const dgm_found *found)
{
    dgm_time_mention mention = {
        .first = scan->atoms.items[with_article(scan, found)].first,
        .last = scan->atoms.items[found->end - 1].last,
        .is_named_period = found->is_period,
        .time = dgm_when_time(&found->when, arena),
    };
    mention.head = find_head(scan->tree, mention.first, mention.last);
    mention.time.span = dgm_tree_span(scan->tree, mention.first, mention.last);
    return mention;
}

/* True when some token could begin an expression: cheap, and most sentences without times end
 * here. */
static bool has_time_word(const dgm_atoms *atoms)
{
    for (int32_t i = 0; i < atoms->count; i++) {
        const dgm_atom *atom = &atoms->items[i];
        if (atom->kind != DGM_ATOM_OTHER && atom->kind != DGM_ATOM_MARK)
            return true;
    }
    return false;
}

dgm_time_mention *dgm_times_find(const dgm_calendar *calendar, dgm_arena *arena,
                                 const dgm_tree *tree, dgm_time_anchor *anchor, uint32_t *count)
{
    dgm_time_mention *mentions = NULL;
    uint32_t capacity = 0;
    int32_t done = 0;
    dgm_scan scan = {.calendar = calendar, .tree = tree, .anchor = anchor};
    *count = 0;
    dgm_atoms_cut(&scan.atoms, calendar, arena, tree->text->bytes, tree->tokens, tree->count);
    if (!has_time_word(&scan.atoms))
        return NULL;
    for (int32_t at = 0; at < scan.atoms.count; at++) {
        dgm_found found;
        if (!dgm_found_at(&scan, at, &found))
            continue;
        if (found.begin < done)
            found.begin = at;
        dgm_time_mention mention = mention_of(&scan, arena, &found);
        DGM_PUSH(arena, mentions, *count, capacity, mention);
        done = found.end;
        at = found.end - 1;
        if (!found.is_period)
            anchor->told = mention.time;
    }
    return mentions;
}
