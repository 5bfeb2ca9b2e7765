/* Gazetteer, finding: the tokens of a sentence are cut into pieces, at each piece the longest name
 * that the case, titles and neighbours allow is taken, and its readings are put in order.
 *
 * Time is linear in the pieces: no name is longer than 16 of them. */
#include "ground/gazetteer_priv.h"

enum { READINGS = 16, CAPS_LETTERS = 6 };

typedef struct finder {
    const dgm_gazetteer *g;
    const dgm_text *text;
    const dgm_sentence *sentence;
    dgm_pieces pieces;
    int32_t year;
    bool is_caseless;
} finder;

/* The readings of one stretch of pieces. */
typedef struct found {
    uint32_t end; /* beyond its last piece */
    uint32_t count;
    const dgm_gaz_name *names[READINGS];
} found;

static void cut_sentence(finder *it)
{
    const dgm_sentence *sentence = it->sentence;
    for (uint32_t i = 0; i < sentence->count; i++) {
        dgm_str form = dgm_token_form(it->text, &sentence->tokens[i]);
        dgm_pieces_cut(&it->pieces, form, sentence->tokens[i].span.off, i);
    }
    uint32_t caps = 0, small = 0;
    for (uint32_t i = 0; i < it->pieces.count; i++) {
        const dgm_piece *piece = &it->pieces.items[i];
        caps += piece->shape == DGM_SHAPE_CAPS ? piece->letters : 0;
        small += piece->shape == DGM_SHAPE_LOWER || piece->shape == DGM_SHAPE_INITIAL ||
                 piece->shape == DGM_SHAPE_MIXED;
    }
    it->is_caseless = small == 0 && caps >= CAPS_LETTERS;
}

/* May a piece of the text, equal but for case, stand for that of the name? */
static bool shape_fits(const dgm_gaz_form *form, const dgm_piece *piece)
{
    bool long_caps = piece->shape == DGM_SHAPE_CAPS && piece->letters >= 4;
    switch (form->shape) {
    case DGM_SHAPE_LOWER:
        return piece->shape == DGM_SHAPE_INITIAL || long_caps ||
               (piece->shape == DGM_SHAPE_CAPS && piece->letters == 1);
    case DGM_SHAPE_CAPS:
        return piece->shape == DGM_SHAPE_INITIAL && piece->letters >= 4;
    case DGM_SHAPE_INITIAL:
    case DGM_SHAPE_MIXED:
        return long_caps;
    default:
        return true;
    }
}

static bool case_fits(const finder *it, const dgm_gaz_name *name, uint32_t at)
{
    if (it->is_caseless)
        return !(name->flags & DGM_FLAG_CASED);
    const dgm_gaz_form *forms = it->g->forms + name->first_form;
    for (uint32_t i = 0; i < name->count; i++)
        if (forms[i].exact != it->pieces.items[at + i].exact &&
            ((name->flags & DGM_FLAG_EXACT) || !shape_fits(&forms[i], &it->pieces.items[at + i])))
            return false;
    return true;
}

/* The first name of one piece that has one of `flags`, and `kind` unless 0. */
static const dgm_gaz_name *word_at(const finder *it, uint32_t at, uint16_t flags, uint8_t kind)
{
    const dgm_gaz_slot *slot =
        dgm_gaz_probe(it->g, dgm_gaz_mix(DGM_GAZ_START, it->pieces.items[at].folded));
    for (uint32_t i = slot->key ? slot->head : 0; i; i = it->g->names[i].next) {
        const dgm_gaz_name *name = &it->g->names[i];
        if ((name->flags & flags) && (!kind || name->kind == kind))
            return name;
    }
    return NULL;
}

static bool is_word(const finder *it, uint32_t at, uint8_t kind)
{
    if (at >= it->pieces.count)
        return false;
    const dgm_piece *piece = &it->pieces.items[at];
    return (piece->shape == DGM_SHAPE_INITIAL || piece->shape == DGM_SHAPE_CAPS) &&
           word_at(it, at, DGM_FLAG_WORD, kind) != NULL;
}

static bool is_joined(const finder *it, uint32_t at)
{
    return at < it->pieces.count && it->pieces.items[at].folded && it->pieces.items[at].is_joined;
}

/* Does the piece alone name something other than a person, or is it a title? */
static bool is_known(const finder *it, uint32_t at)
{
    const dgm_gaz_slot *slot =
        dgm_gaz_probe(it->g, dgm_gaz_mix(DGM_GAZ_START, it->pieces.items[at].folded));
    for (uint32_t i = slot->key ? slot->head : 0; i; i = it->g->names[i].next) {
        const dgm_gaz_name *name = &it->g->names[i];
        if (name->entity ? name->entity->kind != DGM_ENTITY_PERSON
                         : (name->flags & DGM_FLAG_WORD) && name->kind == DGM_WORD_TITLE)
            return true;
    }
    return false;
}

/* "Jordan" in "Michael Jordan" and "Jordan Peterson": a given name beside it makes another person
 * of a single-piece name. */
static bool is_someone_else(const finder *it, const dgm_gaz_name *name, uint32_t at)
{
    if (it->is_caseless || name->count > 1 || is_joined(it, at))
        return false;
    if ((name->flags & DGM_FLAG_SURNAME) || name->kind == DGM_NAME_PROPER)
        if (at > 0 && is_word(it, at - 1, DGM_WORD_GIVEN))
            return true;
    uint32_t next = at + 1;
    return !(name->flags & DGM_FLAG_SURNAME) && name->kind == DGM_NAME_PROPER &&
           next < it->pieces.count && it->pieces.items[next].shape == DGM_SHAPE_INITIAL &&
           !it->pieces.items[next].is_joined && is_word(it, at, DGM_WORD_GIVEN) &&
           !is_known(it, next);
}

static bool names_state(const finder *it, uint32_t at, const char *code);

/* A weak surname needs a title before it, a weak city its country after a comma. */
static bool is_supported(const finder *it, const dgm_gaz_name *name, uint32_t at, uint32_t end)
{
    if (!(name->flags & DGM_FLAG_WEAK))
        return true;
    if (name->entity->kind == DGM_ENTITY_CITY)
        return end + 1 < it->pieces.count && !it->pieces.items[end].folded &&
               names_state(it, end + 1, name->entity->code);
    return at > 0 && is_word(it, at - 1, DGM_WORD_TITLE);
}

static bool is_reading(const finder *it, const dgm_gaz_name *name, uint32_t at, uint32_t end)
{
    if (name->flags & (DGM_FLAG_PREFIX | DGM_FLAG_SUFFIX | DGM_FLAG_WORD))
        return false;
    if (!case_fits(it, name, at))
        return false;
    if (!name->entity)
        return true;
    if ((name->flags & DGM_FLAG_COMBINING) && !is_joined(it, end))
        return false;
    return is_supported(it, name, at, end) && !is_someone_else(it, name, at);
}

static void read_slot(const finder *it, const dgm_gaz_slot *slot, uint32_t at, uint32_t end,
                      found *best)
{
    uint32_t count = 0;
    for (uint32_t i = slot->head; i && count < READINGS; i = it->g->names[i].next)
        if (is_reading(it, &it->g->names[i], at, end)) {
            best->names[count++] = &it->g->names[i];
            best->count = count;
            best->end = end;
        }
}

static bool longest_at(const finder *it, uint32_t at, found *best)
{
    best->count = 0;
    best->end = at;
    uint64_t key = DGM_GAZ_START;
    for (uint32_t end = at; end < it->pieces.count && it->pieces.items[end].folded; end++) {
        key = dgm_gaz_mix(key, it->pieces.items[end].folded);
        if (end == at && !dgm_gaz_may_start(it->g, key))
            break;
        const dgm_gaz_slot *slot = dgm_gaz_probe(it->g, key);
        if (!slot->key)
            break;
        read_slot(it, slot, at, end + 1, best);
    }
    return best->count > 0;
}

/* Does a name of the state begin at `at`? Looks at unmarked names alone, so it ends there. */
static bool names_state(const finder *it, uint32_t at, const char *code)
{
    uint64_t key = DGM_GAZ_START;
    for (uint32_t end = at; end < it->pieces.count && it->pieces.items[end].folded; end++) {
        key = dgm_gaz_mix(key, it->pieces.items[end].folded);
        const dgm_gaz_slot *slot = dgm_gaz_probe(it->g, key);
        if (!slot->key)
            break;
        for (uint32_t i = slot->head; i; i = it->g->names[i].next) {
            const dgm_gaz_name *name = &it->g->names[i];
            if (name->entity && name->kind == DGM_NAME_PROPER && name->entity->code == code &&
                (name->entity->kind == DGM_ENTITY_STATE ||
                 name->entity->kind == DGM_ENTITY_REGION) &&
                case_fits(it, name, at))
                return true;
        }
    }
    return false;
}

enum { BEFORE_OFFICE = 10, AFTER_OFFICE = 20 };

/* 2: it was then; 1: a person who was named then, before or after the office; 0: it was not. */
static int fit_of_year(const dgm_entity *entity, int32_t year)
{
    if (!year)
        return 2;
    int64_t before = (int64_t)entity->from_year - year, after = (int64_t)year - entity->to_year;
    if (before <= 0 && after <= 0)
        return 2;
    return entity->kind == DGM_ENTITY_PERSON && before <= BEFORE_OFFICE && after <= AFTER_OFFICE;
}

/* A seat of government of its time goes before the city, which has no time. */
static int rank(const finder *it, const dgm_gaz_name *name)
{
    enum { DISCARD = 16, COMBINING = 8 };
    if (!name->entity)
        return DISCARD;
    bool is_plain = !(name->flags & DGM_FLAG_OTHER) && name->entity->kind != DGM_ENTITY_CITY;
    return (name->flags & DGM_FLAG_COMBINING ? COMBINING : 0) +
           2 * fit_of_year(name->entity, it->year) + (is_plain ? 1 : 0);
}

/* Best first; those of one rank keep the order of the tables. */
static void sort_readings(const finder *it, found *f)
{
    for (uint32_t i = 1; i < f->count; i++)
        for (uint32_t j = i; j && rank(it, f->names[j]) > rank(it, f->names[j - 1]); j--) {
            const dgm_gaz_name *name = f->names[j];
            f->names[j] = f->names[j - 1];
            f->names[j - 1] = name;
        }
}

static void give_others(const found *f, dgm_name_match *match)
{
    uint32_t count = 0;
    for (uint32_t i = 1; i < f->count && count < 3 && match->entity; i++) {
        const dgm_entity *entity = f->names[i]->entity;
        bool is_new =
            entity && (entity->code != match->entity->code || entity->kind != match->entity->kind);
        for (uint32_t j = 0; j < count; j++)
            is_new = is_new && (entity->code != match->others[j]->code ||
                                entity->kind != match->others[j]->kind);
        if (is_new)
            match->others[count++] = entity;
    }
}

/* The affix joined to pieces [at, end), DGM_AFFIX_NOT included. */
static uint8_t affix_of(const finder *it, uint32_t at, uint32_t end)
{
    const dgm_gaz_name *affix = NULL;
    if (at > 0 && is_joined(it, at) && it->pieces.items[at - 1].folded)
        affix = word_at(it, at - 1, DGM_FLAG_PREFIX, 0);
    if (!affix && is_joined(it, end))
        affix = word_at(it, end, DGM_FLAG_SUFFIX, 0);
    return affix ? affix->kind : DGM_AFFIX_NONE;
}

static dgm_name_match match_of(const finder *it, const found *f, uint32_t at, uint8_t affix)
{
    const dgm_piece *first = &it->pieces.items[at], *last = &it->pieces.items[f->end - 1];
    dgm_name_match match = {.first = first->token,
                            .count = last->token - first->token + 1,
                            .span = dgm_span_join(first->span, last->span),
                            .affix = (dgm_affix)affix,
                            .entity = f->names[0]->entity,
                            .kind = (dgm_name_kind)f->names[0]->kind};
    give_others(f, &match);
    return match;
}

dgm_name_match *dgm_gazetteer_find(const dgm_gazetteer *gazetteer, dgm_arena *arena,
                                   const dgm_text *text, const dgm_sentence *sentence, int32_t year,
                                   uint32_t *count)
{
    finder it = {.g = gazetteer,
                 .text = text,
                 .sentence = sentence,
                 .pieces = {.arena = arena},
                 .year = year};
    cut_sentence(&it);
    dgm_name_match *matches = NULL;
    uint32_t capacity = 0;
    *count = 0;
    for (uint32_t at = 0; at < it.pieces.count;) {
        found best;
        if (!longest_at(&it, at, &best)) {
            at++;
            continue;
        }
        sort_readings(&it, &best);
        uint8_t affix = affix_of(&it, at, best.end);
        if (affix != DGM_AFFIX_NOT)
            DGM_PUSH(arena, matches, *count, capacity, match_of(&it, &best, at, affix));
        at = best.end;
    }
    return matches;
}
