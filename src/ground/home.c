/* Home: what the title, the dateline and the first sentences say of the whole document - the
 * actors of the title, the pair that "the two countries" means, the state that bare "police" and
 * "the government" belong to. */
#include "ground/ground_priv.h"

enum { HOME_SENTENCES = 3, TITLE_TOKENS = 64 };

/* ---- names in words that are no sentence ---- */

static bool is_gap(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_mark(char c)
{
    return c == ',' || c == '(' || c == ')' || c == ':' || c == ';' || c == '"' || c == '?' ||
           c == '!' || c == '/';
}

/* Words at white space, marks alone, "'s" alone: enough for the gazetteer, which cuts further. */
static uint32_t cut_words(dgm_str bytes, dgm_span span, dgm_token *tokens)
{
    uint32_t count = 0, at = span.off, end = dgm_span_end(span);
    while (at < end && count < TITLE_TOKENS) {
        if (is_gap(bytes.ptr[at])) {
            at++;
            continue;
        }
        uint32_t from = at++;
        while (!is_mark(bytes.ptr[from]) && at < end && !is_gap(bytes.ptr[at]) &&
               !is_mark(bytes.ptr[at]) &&
               !(bytes.ptr[at] == '\'' && at + 1 < end && bytes.ptr[at + 1] == 's'))
            at++;
        tokens[count++] = (dgm_token){.span = {from, at - from}, .head = -1};
    }
    return count;
}

static dgm_name_match *names_in(const dgm_discourse *discourse, dgm_str bytes, dgm_span span,
                                uint32_t *count)
{
    dgm_arena *arena = discourse->arena;
    dgm_text *text = DGM_NEW(arena, dgm_text);
    dgm_sentence *sentence = DGM_NEW(arena, dgm_sentence);
    dgm_token *tokens = DGM_ARRAY(arena, dgm_token, TITLE_TOKENS);
    *sentence = (dgm_sentence){.span = span, .tokens = tokens};
    sentence->count = cut_words(bytes, span, tokens);
    *text = (dgm_text){.document = discourse->out->text->document,
                       .bytes = bytes,
                       .sentences = sentence,
                       .count = 1};
    return dgm_gazetteer_find(discourse->grounder->gazetteer, arena, text, sentence,
                              discourse->year, count);
}

/* ---- title ---- */

static bool is_person_or_city(const dgm_name_match *name)
{
    return name->entity->kind == DGM_ENTITY_PERSON || name->entity->kind == DGM_ENTITY_CITY;
}

/* Do the two stand side by side: "Chad–Libya relations", "Chad, Libya hold", "Chad and Libya"? */
static bool are_joined(dgm_str bytes, const dgm_name_match *first, const dgm_name_match *next)
{
    const uint32_t from = dgm_span_end(first->span);
    if (from >= next->span.off)
        return true; /* "Sino-Indian" */
    dgm_str gap = dgm_str_sub(bytes, from, next->span.off - from);
    uint32_t letters = 0;
    for (size_t i = 0; i < gap.len; i++)
        letters += (gap.ptr[i] | 0x20) >= 'a' && (gap.ptr[i] | 0x20) <= 'z';
    return !letters || dgm_str_is(gap, " and ");
}

static void read_title(dgm_discourse *discourse)
{
    dgm_text *text = discourse->out->text;
    dgm_str bytes = {0};
    dgm_span span = {0};
    if (text->count && text->sentences[0].kind == DGM_SENTENCE_TITLE) {
        bytes = text->bytes;
        span = text->sentences[0].span;
    } else if (text->document) {
        bytes = dgm_document_title(text->document);
        span.len = (uint32_t)bytes.len;
    }
    uint32_t count = 0, found = 0, states = 0;
    dgm_name_match *names = span.len ? names_in(discourse, bytes, span, &count) : NULL;
    dgm_actor *actors = DGM_ARRAY(discourse->arena, dgm_actor, count ? count : 1);
    const dgm_name_match *last = NULL;
    for (uint32_t i = 0; i < count; i++) {
        if (!names[i].entity)
            continue;
        dgm_actor actor = {.code = names[i].entity->code};
        uint32_t before = found;
        if (is_person_or_city(&names[i]) && !dgm_is_state(discourse->grounder, actor.code))
            continue;
        dgm_add_actor(actors, &found, count, &actor);
        if (found > before && dgm_is_state(discourse->grounder, actor.code)) {
            if (states < 2)
                discourse->pair[states] = actor.code;
            discourse->out->is_title_joined |= last && are_joined(bytes, last, &names[i]);
            last = &names[i];
            states++;
        }
    }
    if (states != 2)
        discourse->pair[0] = discourse->pair[1] = NULL;
    discourse->out->is_title_pair = states == 2 && found == 2;
    discourse->out->is_title_joined &= discourse->out->is_title_pair;
    discourse->out->title_actors = (dgm_actors){actors, found};
}

/* ---- home ---- */

static void count_names(const dgm_discourse *discourse, dgm_tally *tally, uint32_t *size,
                        const dgm_name_match *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (!names[i].entity || !dgm_is_state(discourse->grounder, names[i].entity->code))
            continue;
        uint32_t at = 0;
        while (at < *size && !dgm_same_code(tally[at].code, names[i].entity->code))
            at++;
        if (at == DGM_TALLY_CODES)
            continue;
        if (at == *size)
            tally[(*size)++] = (dgm_tally){names[i].entity->code, 0};
        tally[at].count++;
    }
}

static const char *dateline_state(const dgm_discourse *discourse)
{
    const dgm_text *text = discourse->out->text;
    for (uint32_t i = 0; i < text->count && i < HOME_SENTENCES; i++) {
        if (!text->sentences[i].dateline.len)
            continue;
        uint32_t count;
        dgm_name_match *names =
            names_in(discourse, text->bytes, text->sentences[i].dateline, &count);
        for (uint32_t n = 0; n < count; n++)
            if (names[n].entity && dgm_is_state(discourse->grounder, names[n].entity->code) &&
                names[n].entity->kind != DGM_ENTITY_BODY)
                return names[n].entity->code;
        return NULL;
    }
    return NULL;
}

static uint32_t count_of(const dgm_tally *tally, uint32_t size, const char *code)
{
    for (uint32_t i = 0; i < size; i++)
        if (dgm_same_code(tally[i].code, code))
            return tally[i].count;
    return 0;
}

/* The dateline's state when no other is named more often; without a dateline the state that is
 * named at least twice and twice as often as any other. */
static const char *choose_home(const dgm_tally *tally, uint32_t size, const char *dateline,
                               bool *is_sure)
{
    uint32_t first = 0, second = 0;
    const char *top = NULL;
    for (uint32_t i = 0; i < size; i++) {
        if (tally[i].count > first) {
            second = first;
            first = tally[i].count;
            top = tally[i].code;
        } else if (tally[i].count > second) {
            second = tally[i].count;
        }
    }
    *is_sure = dateline != NULL || first >= 3 * (second + 1);
    if (dateline && (size == 0 || (count_of(tally, size, dateline) == first && second < first)))
        return dateline;
    if (dateline && !dgm_same_code(dateline, top))
        return NULL;
    return first >= 2 && first >= 2 * second ? top : NULL;
}

void dgm_home_find(dgm_discourse *discourse)
{
    dgm_text *text = discourse->out->text;
    dgm_tally tally[DGM_TALLY_CODES];
    uint32_t size = 0, told = 0;
    read_title(discourse);
    const char *dateline = dateline_state(discourse);
    if (discourse->pair[0] && !dateline)
        return;
    for (uint32_t i = 0; i < text->count && told < HOME_SENTENCES; i++) {
        if (text->sentences[i].kind == DGM_SENTENCE_HEADING)
            continue;
        uint32_t count;
        dgm_name_match *names =
            dgm_gazetteer_find(discourse->grounder->gazetteer, discourse->arena, text,
                               &text->sentences[i], discourse->year, &count);
        count_names(discourse, tally, &size, names, count);
        told++;
    }
    if (text->document && !dgm_document_title_in_text(text->document) &&
        dgm_document_title(text->document).len) {
        uint32_t count;
        dgm_str title = dgm_document_title(text->document);
        dgm_name_match *names =
            names_in(discourse, title, (dgm_span){0, (uint32_t)title.len}, &count);
        count_names(discourse, tally, &size, names, count);
    }
    discourse->home = choose_home(tally, size, dateline, &discourse->is_home_sure);
    discourse->out->home = discourse->home;
}
