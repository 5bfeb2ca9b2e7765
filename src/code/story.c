/* Story: see story.h. A document is of the matter that has most points, when these are more than
 * those of politics by a margin; words, weights and what follows are data/rules/matters.tsv. */
#include "code/story.h"
#include "base/utf8.h"

/* Fewer words tell nothing of the whole: an example, a headline. */
enum { LEAST_WORDS = 30, MARGIN_PER_THOUSAND = 20, TIMES_NUMERATOR = 6, TIMES_DENOMINATOR = 5 };

/* What a sentence needs of its own to be of politics in a document that is not. */
enum { LEAST_POLITICS = 5 };

void dgm_story_init(dgm_story *story, const dgm_rules *rules, dgm_arena *arena,
                    const dgm_grounded *grounded)
{
    *story = (dgm_story){.rules = rules, .arena = arena, .grounded = grounded};
}

/* ---- words ---- */

dgm_lemmas dgm_story_lemmas(dgm_story *story, uint32_t index)
{
    const dgm_grounded *grounded = story->grounded;
    if (!story->lemmas)
        story->lemmas = DGM_ARRAY(story->arena, dgm_lemmas, (size_t)grounded->text->count + 1);
    dgm_lemmas *lemmas = &story->lemmas[index];
    if (!lemmas->texts)
        *lemmas = dgm_lemmas_of(story->arena, story->rules, grounded->sentences[index].tree);
    return *lemmas;
}

static dgm_story_words words_of(dgm_story *story, uint32_t index)
{
    const dgm_tree *tree = story->grounded->sentences[index].tree;
    const dgm_lemmas lemmas = dgm_story_lemmas(story, index);
    dgm_story_words out = {DGM_ARRAY(story->arena, dgm_sym, (size_t)tree->count + 1), 0};
    for (int32_t i = 0; i < tree->count; i++)
        if (tree->tokens[i].upos != DGM_PUNCT)
            out.lemmas[out.count++] = lemmas.words[i];
    return out;
}

/* A title beside the text is not parsed: its plurals are cut by their ending. */
static dgm_str singular(dgm_arena *arena, dgm_str form)
{
    dgm_str lower = dgm_utf8_lower(arena, form);
    const dgm_str tail = dgm_str_sub(lower, lower.len > 2 ? lower.len - 2 : 0, 2);
    const bool is_plural = lower.len > 3 && dgm_str_ends(lower, DGM_STR("s")) &&
                           !dgm_str_is(tail, "ss") && !dgm_str_is(tail, "us") &&
                           !dgm_str_is(tail, "is") && !dgm_str_is(tail, "'s");
    if (is_plural || dgm_str_is(tail, "'s"))
        lower.len -= is_plural ? 1 : 2;
    return lower;
}

static bool is_word_byte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '\'' || c == '.' || (unsigned char)c >= 0x80;
}

static dgm_story_words words_of_title(dgm_arena *arena, const dgm_rules *rules, dgm_str title)
{
    dgm_story_words out = {DGM_ARRAY(arena, dgm_sym, title.len / 2 + 1), 0};
    for (size_t from = 0; from < title.len;) {
        size_t to = from;
        while (to < title.len && is_word_byte(title.ptr[to]))
            to++;
        if (to > from)
            out.lemmas[out.count++] =
                dgm_rules_sym(rules, singular(arena, dgm_str_sub(title, from, to - from)));
        from = to + 1;
    }
    return out;
}

static void read_words(dgm_story *story)
{
    const dgm_text *text = story->grounded->text;
    story->sentences = DGM_ARRAY(story->arena, dgm_story_words, (size_t)text->count + 1);
    story->tallies = DGM_ARRAY(story->arena, dgm_context_tally *, (size_t)text->count + 1);
    for (uint32_t i = 0; i < text->count; i++)
        story->sentences[i] = words_of(story, i);
    if (text->count && text->sentences[0].kind == DGM_SENTENCE_TITLE)
        story->title = story->sentences[0];
    else if (text->document)
        story->title =
            words_of_title(story->arena, story->rules, dgm_document_title(text->document));
}

/* ---- matters ---- */

typedef struct points {
    uint32_t of[DGM_MATTER_LIMIT]; /* by matter; 0 is politics */
    uint32_t words;
} points;

static void add_points(const dgm_rules *rules, dgm_story_words words, points *out)
{
    for (uint32_t i = 0; i < words.count; i++) {
        uint32_t at = rules->entries[words.lemmas[i]].matters;
        for (; at != DGM_MAP_NONE; at = rules->matter_words[at].next)
            if (dgm_phrase_matches(&rules->matter_words[at].phrase, words.lemmas, i, words.count))
                out->of[rules->matter_words[at].matter] += rules->matter_words[at].weight;
    }
    out->words += words.count;
}

/* The matter with most points, politics and elections aside; 0 when there is none. */
static uint32_t strongest(const dgm_rules *rules, const points *of)
{
    uint32_t best = 0;
    for (uint32_t i = 1; i < rules->matter_count; i++)
        if (!rules->matters[i].is_talk && (!best || of->of[i] > of->of[best]))
            best = i;
    return best;
}

static const dgm_matter *election_in(const dgm_rules *rules, const points *of)
{
    for (uint32_t i = 1; i < rules->matter_count; i++)
        if (rules->matters[i].is_talk &&
            (uint64_t)of->of[i] * 1000 >= (uint64_t)MARGIN_PER_THOUSAND * of->words)
            return &rules->matters[i];
    return NULL;
}

/* Of the whole, where title and lead count twice: they say what it is about. */
static void judge(dgm_story *story)
{
    const dgm_rules *rules = story->rules;
    points sum = {{0}, 0};
    for (uint32_t i = 0; i < story->grounded->text->count; i++)
        add_points(rules, story->sentences[i], &sum);
    if (sum.words < LEAST_WORDS)
        return;
    add_points(rules, story->title, &sum);
    if (story->grounded->text->count && story->title.lemmas != story->sentences[0].lemmas)
        add_points(rules, story->sentences[0], &sum);
    const uint32_t best = strongest(rules, &sum);
    story->talk = election_in(rules, &sum);
    const uint64_t mine = (uint64_t)sum.of[best] * 1000 * TIMES_DENOMINATOR;
    const uint64_t politics =
        (uint64_t)sum.of[0] * 1000 + (uint64_t)MARGIN_PER_THOUSAND * sum.words;
    story->matter = best && mine >= politics * TIMES_NUMERATOR ? &rules->matters[best] : NULL;
}

void dgm_story_read(dgm_story *story)
{
    if (story->is_read)
        return;
    story->is_read = true;
    read_words(story);
    judge(story);
}

/* ---- fights in words ---- */

/* True when each of them has one of the sectors and no other. */
static bool are_all_of(dgm_actors list, uint32_t sectors)
{
    for (uint32_t i = 0; i < list.count; i++) {
        if (!list.items[i].sectors[0])
            return false;
        for (unsigned s = 0; s < DGM_ACTOR_SECTORS && list.items[i].sectors[s]; s++)
            if (!(sectors >> list.items[i].sectors[s] & 1))
                return false;
    }
    return true;
}

/* Another state, or an army, is fought with arms even before an election. */
static bool may_be_scolded(dgm_actors list, dgm_actors by)
{
    for (uint32_t i = 0; i < list.count; i++) {
        const dgm_actor *actor = &list.items[i];
        bool is_own = !actor->code;
        for (uint32_t k = 0; k < by.count && !is_own; k++)
            is_own = by.items[k].code && strcmp(by.items[k].code, actor->code) == 0;
        if (!is_own && !actor->sectors[0])
            return false;
        for (unsigned s = 0; s < DGM_ACTOR_SECTORS; s++)
            if (actor->sectors[s] == DGM_SECTOR_MIL || actor->sectors[s] == DGM_SECTOR_REB ||
                actor->sectors[s] == DGM_SECTOR_COP)
                return false;
    }
    return true;
}

void dgm_story_bend(dgm_story *story, const dgm_clause *clause, dgm_act *act)
{
    if (act->type != DGM_TYPE_ASSAULT || act->mode || !act->actors.count ||
        !dgm_rules_is(story->rules, DGM_CLASS_WAR_OF_WORDS, clause->words[act->token]))
        return;
    dgm_story_read(story);
    if (!story->talk || !are_all_of(act->actors, story->talk->sectors) ||
        !may_be_scolded(act->recipients, act->actors))
        return;
    act->type = DGM_TYPE_ACCUSE;
    act->mode = DGM_MODE_DISAPPROVE;
}

/* ---- what a matter drops ---- */

typedef struct sides {
    const char *code; /* the first one placed */
    bool are_two;     /* of different codes */
    uint32_t sectors;
} sides;

static void add_sides(dgm_actors list, sides *out)
{
    for (uint32_t i = 0; i < list.count; i++) {
        const dgm_actor *actor = &list.items[i];
        if (actor->code && out->code && strcmp(actor->code, out->code) != 0)
            out->are_two = true;
        if (!out->code)
            out->code = actor->code;
        for (unsigned s = 0; s < DGM_ACTOR_SECTORS && actor->sectors[s]; s++)
            out->sectors |= 1u << actor->sectors[s];
    }
}

/* "The government banned the team from the games": a sentence that is of politics itself. */
static bool is_of_politics(const dgm_story *story, uint32_t index)
{
    points own = {{0}, 0};
    add_points(story->rules, story->sentences[index], &own);
    return own.of[0] >= LEAST_POLITICS && own.of[0] > own.of[story->matter - story->rules->matters];
}

const char *dgm_story_drops(dgm_story *story, uint32_t index, const dgm_record *record)
{
    dgm_story_read(story);
    const dgm_matter *matter = story->matter;
    if (!matter)
        return NULL;
    sides of = {NULL, false, 0};
    add_sides(record->actors, &of);
    add_sides(record->recipients, &of);
    const uint64_t type = (uint64_t)1 << record->type;
    bool drops = matter->drops_all || (matter->types & type) || (matter->sectors & of.sectors);
    if (!drops && !of.are_two) {
        const dgm_matter *politics = &story->rules->matters[0];
        drops = !(politics->types & type) && !(politics->sectors & of.sectors);
    }
    return drops && !is_of_politics(story, index) ? matter->reason : NULL;
}
