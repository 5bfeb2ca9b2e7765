/* Contexts: see context.h.
 *
 * A context is the record's when the points of its words reach ENOUGH: one word of the act itself,
 * two of the sentence or of the title, one of each ... So a long story does not give all of its
 * contexts to each of its records. Where none reaches it, the nearest level that has any speaks
 * alone. The first paragraph tells the title again: there one word of the title is enough. */
#include "code/context.h"

enum {
    ENOUGH = 4,
    OWN = 4,
    IN_SENTENCE = 2, /* for a word; at most two count */
    IN_PARAGRAPH = 1,
    IN_TITLE = 2,
    IN_TITLE_OF_LEAD = 4,
    MOST_WORDS = 2,
    NEAR = 3 /* sentences before and after are the paragraph; it may be a whole text */
};

static dgm_context_tally *tally_of(const dgm_story *story, dgm_story_words words)
{
    const dgm_rules *rules = story->rules;
    dgm_context_tally *out = DGM_NEW(story->arena, dgm_context_tally);
    for (uint32_t i = 0; i < words.count; i++) {
        uint32_t at = rules->entries[words.lemmas[i]].contexts;
        for (; at != DGM_MAP_NONE; at = rules->contexts[at].next) {
            uint8_t *count = &out->words[rules->contexts[at].context - 1];
            if (*count < UINT8_MAX &&
                dgm_phrase_matches(&rules->contexts[at].phrase, words.lemmas, i, words.count))
                ++*count;
        }
    }
    return out;
}

static const dgm_context_tally *of_sentence(dgm_story *story, uint32_t index)
{
    if (!story->tallies[index])
        story->tallies[index] = tally_of(story, story->sentences[index]);
    return story->tallies[index];
}

/* Without a title the first sentence stands for it. */
static const dgm_context_tally *of_title(dgm_story *story)
{
    if (!story->title_tally)
        story->title_tally =
            tally_of(story, story->title.count ? story->title : story->sentences[0]);
    return story->title_tally;
}

static uint32_t paragraph_at(const dgm_story *story, uint32_t index)
{
    return story->grounded->text->sentences[index].paragraph;
}

static void add_neighbour(dgm_story *story, uint32_t index, uint32_t of, dgm_context_tally *sum)
{
    if (index >= story->grounded->text->count ||
        paragraph_at(story, index) != paragraph_at(story, of))
        return;
    const dgm_context_tally *one = of_sentence(story, index);
    for (unsigned c = 0; c < DGM_CONTEXT_LIMIT; c++)
        sum->words[c] =
            (uint8_t)(sum->words[c] + (one->words[c] < MOST_WORDS ? one->words[c] : MOST_WORDS));
}

/* The sentences around, without the one itself. */
static dgm_context_tally of_paragraph(dgm_story *story, uint32_t index)
{
    dgm_context_tally sum = {{0}};
    for (uint32_t step = 1; step <= NEAR; step++) {
        add_neighbour(story, index + step, index, &sum);
        if (index >= step)
            add_neighbour(story, index - step, index, &sum);
    }
    return sum;
}

/* The first paragraph behind the title. */
static bool is_lead(const dgm_story *story, uint32_t index)
{
    const dgm_text *text = story->grounded->text;
    const bool has_title = text->sentences[0].kind == DGM_SENTENCE_TITLE;
    const uint32_t first = has_title && text->count > 1 ? 1 : 0;
    return index <= first + NEAR && paragraph_at(story, index) == paragraph_at(story, first);
}

static uint64_t own_contexts(const dgm_story *story, const dgm_clause *clause, const dgm_act *act)
{
    int32_t from = clause->tree->left[act->token], to = clause->tree->right[act->token];
    if (act->first < from)
        from = act->first;
    if (act->last > to)
        to = act->last;
    return dgm_rules_contexts(story->rules, clause->words + from, (uint32_t)(to - from + 1));
}

static unsigned capped(unsigned words)
{
    return words < MOST_WORDS ? words : MOST_WORDS;
}

static uint64_t any_of(const dgm_context_tally *tally)
{
    uint64_t bits = 0;
    for (unsigned c = 0; c < DGM_CONTEXT_LIMIT; c++)
        if (tally->words[c])
            bits |= (uint64_t)1 << c;
    return bits;
}

/* Those that most words speak for, two at least. */
static uint64_t strongest_of(const dgm_context_tally *tally)
{
    unsigned most = MOST_WORDS;
    uint64_t bits = 0;
    for (unsigned c = 0; c < DGM_CONTEXT_LIMIT; c++) {
        if (tally->words[c] > most) {
            most = tally->words[c];
            bits = 0;
        }
        if (tally->words[c] == most)
            bits |= (uint64_t)1 << c;
    }
    return bits;
}

uint64_t dgm_contexts_of(dgm_story *story, uint32_t index, const dgm_clause *clause,
                         const dgm_act *act)
{
    dgm_story_read(story);
    const uint64_t own = own_contexts(story, clause, act);
    const dgm_context_tally *sentence = of_sentence(story, index), *title = of_title(story);
    const dgm_context_tally paragraph = of_paragraph(story, index);
    const unsigned in_title =
        story->title.count && is_lead(story, index) ? IN_TITLE_OF_LEAD : IN_TITLE;
    uint64_t bits = 0;
    for (unsigned c = 0; c < DGM_CONTEXT_LIMIT; c++) {
        unsigned points = (own >> c & 1 ? OWN : 0) + IN_SENTENCE * capped(sentence->words[c]) +
                          IN_PARAGRAPH * capped(paragraph.words[c]) +
                          in_title * capped(title->words[c]);
        if (points >= ENOUGH)
            bits |= (uint64_t)1 << c;
    }
    if (!bits)
        bits = any_of(sentence);
    if (!bits)
        bits = any_of(title);
    return bits ? bits : strongest_of(&paragraph);
}
