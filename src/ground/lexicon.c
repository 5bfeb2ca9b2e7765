/* Lexicon: reads roles.tsv, chains.tsv and placing.tsv; finds role phrases in a sentence.
 * A chain row with alternatives is written out into every phrase that it means. */
#include "base/table.h"
#include "base/utf8.h"
#include "ground/ground_priv.h"

static const struct {
    const char *name;
    uint32_t bit;
} placing_kinds[] = {
    {"quantity", DGM_PLACING_QUANTITY}, {"part", DGM_PLACING_PART},
    {"abroad", DGM_PLACING_ABROAD},     {"owner", DGM_PLACING_OWNER},
    {"inside", DGM_PLACING_INSIDE},     {"led", DGM_PLACING_LED},
    {"foreign", DGM_PLACING_FOREIGN},   {"against", DGM_PLACING_AGAINST},
    {"behalf", DGM_PLACING_BEHALF},     {"speaker", DGM_PLACING_SPEAKER},
    {"never", DGM_PLACING_NEVER},       {"capital", DGM_PLACING_CAPITAL},
    {"maker", DGM_PLACING_MAKER},       {"loyal", DGM_PLACING_LOYAL},
    {"site", DGM_PLACING_SITE},         {"home", DGM_PLACING_HOME},
    {"chief", DGM_PLACING_CHIEF},       {"blame", DGM_PLACING_BLAME},
    {"company", DGM_PLACING_COMPANY},   {"encounter", DGM_PLACING_ENCOUNTER},
    {"charge", DGM_PLACING_CHARGE},     {"leaving", DGM_PLACING_LEAVING},
};

static const char *const seeks_names[DGM_SEEKS_COUNT] = {
    "none",   "pair",      "states",     "listed",   "state",  "government",
    "group",  "groups",    "latter",     "former",   "person", "thing",
    "plural", "reflexive", "reciprocal", "relative", "both",   "sides"};

static const struct {
    const char *name;
    dgm_mention_kind kind;
} role_kinds[] = {
    {"person", DGM_MENTION_PERSON},
    {"people", DGM_MENTION_PEOPLE},
    {"organisation", DGM_MENTION_ORGANISATION},
    {"state", DGM_MENTION_STATE},
    {"thing", DGM_MENTION_THING},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

/* ---- roles ---- */

static void add_role(dgm_lexicon *lexicon, dgm_arena *arena, dgm_role role)
{
    if (!role.word_count)
        return;
    uint32_t newest = dgm_map_get(&lexicon->role_by_word, role.words[0]);
    role.next = newest == DGM_MAP_NONE ? 0 : newest;
    DGM_PUSH(arena, lexicon->roles, lexicon->role_count, lexicon->role_capacity, role);
    dgm_map_put(&lexicon->role_by_word, role.words[0], lexicon->role_count - 1);
}

/* Words parted by spaces; with `is_split` also at hyphens, which stay words of their own. */
static bool cut_role(dgm_role *role, dgm_str phrase, bool is_split)
{
    dgm_str word;
    while (dgm_str_cut(&phrase, ' ', &word)) {
        for (;;) {
            size_t at = is_split ? dgm_str_find(word, DGM_STR("-")) : SIZE_MAX;
            dgm_str parts[2] = {word, {0}};
            if (at != SIZE_MAX) {
                parts[0] = dgm_str_sub(word, 0, at);
                parts[1] = dgm_str_sub(word, at, 1);
            }
            for (int i = 0; i < 2; i++) {
                if (!parts[i].len)
                    continue;
                if (role->word_count == DGM_ROLE_WORDS)
                    return false;
                role->words[role->word_count++] = parts[i];
            }
            if (at == SIZE_MAX)
                break;
            word = dgm_str_sub(word, at + 1, word.len - at - 1);
        }
    }
    return true;
}

static dgm_status read_role(dgm_lexicon *lexicon, dgm_arena *arena, const dgm_table *table,
                            dgm_error *err)
{
    dgm_role role = {0};
    for (size_t i = 0; i < COUNT(role_kinds); i++)
        if (dgm_str_is(table->cells[2], role_kinds[i].name))
            role.kind = role_kinds[i].kind;
    if (!role.kind)
        return dgm_table_fail(table, err, "unknown kind of role", table->cells[2]);
    dgm_str list = table->cells[3], name;
    while (list.len && dgm_str_cut(&list, '|', &name)) {
        dgm_sector sector = dgm_sector_from(name);
        if (!sector)
            return dgm_table_fail(table, err, "unknown sector", name);
        dgm_add_sector(role.sectors, (uint8_t)sector);
    }
    list = table->cells[4];
    while (list.len && dgm_str_cut(&list, '|', &name)) {
        role.is_generic |= dgm_str_is(name, "generic");
        role.is_kin |= dgm_str_is(name, "kin");
        role.is_other |= dgm_str_is(name, "other");
        role.is_pair |= dgm_str_is(name, "pair");
        if (name.len == 4 && name.ptr[0] == '@' && role.realm_count < DGM_ROLE_REALMS)
            role.realms[role.realm_count++] = dgm_arena_str(arena, name.ptr + 1, 3).ptr;
    }
    bool has_hyphen = dgm_str_find(table->cells[1], DGM_STR("-")) != SIZE_MAX;
    for (int is_split = 0; is_split <= (has_hyphen ? 1 : 0); is_split++) {
        dgm_role form = role;
        if (!cut_role(&form, table->cells[1], is_split))
            return dgm_table_fail(table, err, "too many words in", table->cells[1]);
        add_role(lexicon, arena, form);
    }
    return DGM_OK;
}

static dgm_status load_roles(dgm_lexicon *lexicon, dgm_arena *arena, const dgm_pack *pack,
                             dgm_error *err)
{
    dgm_table table;
    dgm_map_init(&lexicon->role_by_word, arena);
    DGM_PUSH(arena, lexicon->roles, lexicon->role_count, lexicon->role_capacity, (dgm_role){0});
    dgm_table_init(&table, "lexicon/roles.tsv", dgm_pack_find(pack, "lexicon/roles.tsv"));
    while (dgm_table_next(&table))
        DGM_TRY(read_role(lexicon, arena, &table, err));
    return DGM_OK;
}

/* ---- chains ---- */

enum { CHAIN_WORDS = 4, CHAIN_BYTES = 128 };

typedef struct expansion {
    dgm_str slots[CHAIN_WORDS]; /* alternatives, parted by '|' */
    uint32_t slot_count;
    char phrase[CHAIN_BYTES];
} expansion;

/* Every phrase of the slots from `slot` on; at most CHAIN_WORDS deep. */
static bool expand(dgm_lexicon *lexicon, dgm_arena *arena, expansion *it, uint32_t slot, size_t len)
{
    if (slot == it->slot_count) {
        dgm_map_put(&lexicon->chain_by_words, dgm_arena_str(arena, it->phrase, len),
                    lexicon->chain_count - 1);
        return true;
    }
    dgm_str list = it->slots[slot], word;
    while (dgm_str_cut(&list, '|', &word)) {
        size_t at = len;
        if (at + word.len + 1 >= CHAIN_BYTES)
            return false;
        if (at)
            it->phrase[at++] = ' ';
        for (size_t i = 0; i < word.len; i++)
            it->phrase[at++] = word.ptr[i] == '_' ? ' ' : word.ptr[i];
        if (!expand(lexicon, arena, it, slot + 1, at))
            return false;
    }
    return true;
}

static dgm_status read_chain(dgm_lexicon *lexicon, dgm_arena *arena, const dgm_table *table,
                             dgm_error *err)
{
    dgm_chain chain = {.seeks = DGM_SEEKS_COUNT};
    int64_t number, distance;
    for (unsigned i = 0; i < DGM_SEEKS_COUNT; i++)
        if (dgm_str_is(table->cells[2], seeks_names[i]))
            chain.seeks = (dgm_seeks)i;
    if (chain.seeks == DGM_SEEKS_COUNT)
        return dgm_table_fail(table, err, "unknown word for what is sought", table->cells[2]);
    if (!dgm_str_int(table->cells[3], &number) || !dgm_str_int(table->cells[4], &distance) ||
        number < 1 || number > DGM_PLACED || distance < 0 || distance > 100)
        return dgm_table_fail(table, err, "not a number", table->cells[3]);
    chain.number = (uint32_t)number;
    chain.distance = (uint32_t)distance;
    DGM_PUSH(arena, lexicon->chains, lexicon->chain_count, lexicon->chain_capacity, chain);
    expansion it = {0};
    dgm_str rest = table->cells[1], slot;
    while (dgm_str_cut(&rest, ' ', &slot)) {
        if (it.slot_count == CHAIN_WORDS)
            return dgm_table_fail(table, err, "too many words in", table->cells[1]);
        it.slots[it.slot_count++] = slot;
    }
    if (!expand(lexicon, arena, &it, 0, 0))
        return dgm_table_fail(table, err, "phrase too long in", table->cells[1]);
    return DGM_OK;
}

static dgm_status load_chains(dgm_lexicon *lexicon, dgm_arena *arena, const dgm_pack *pack,
                              dgm_error *err)
{
    dgm_table table;
    dgm_map_init(&lexicon->chain_by_words, arena);
    dgm_table_init(&table, "lexicon/chains.tsv", dgm_pack_find(pack, "lexicon/chains.tsv"));
    while (dgm_table_next(&table))
        DGM_TRY(read_chain(lexicon, arena, &table, err));
    return DGM_OK;
}

/* ---- placing ---- */

static dgm_status load_placing(dgm_lexicon *lexicon, dgm_arena *arena, const dgm_pack *pack,
                               dgm_error *err)
{
    dgm_table table;
    dgm_map_init(&lexicon->placing, arena);
    dgm_table_init(&table, "lexicon/placing.tsv", dgm_pack_find(pack, "lexicon/placing.tsv"));
    while (dgm_table_next(&table)) {
        uint32_t bit = 0;
        for (size_t i = 0; i < COUNT(placing_kinds); i++)
            if (dgm_str_is(table.cells[1], placing_kinds[i].name))
                bit = placing_kinds[i].bit;
        if (!bit)
            return dgm_table_fail(&table, err, "unknown kind", table.cells[1]);
        dgm_str words = table.cells[2], word;
        while (dgm_str_cut(&words, '|', &word))
            dgm_map_put(&lexicon->placing, word, dgm_lexicon_placing(lexicon, word) | bit);
    }
    return DGM_OK;
}

/* "President", "Mr": words before a name that are no part of it. */
static void load_titles(dgm_lexicon *lexicon, dgm_arena *arena, const dgm_pack *pack)
{
    dgm_table table;
    dgm_table_init(&table, "gazetteer/titles.tsv", dgm_pack_find(pack, "gazetteer/titles.tsv"));
    while (dgm_table_next(&table)) {
        dgm_str word = dgm_utf8_lower(arena, table.cells[0]);
        dgm_map_put(&lexicon->placing, word,
                    dgm_lexicon_placing(lexicon, word) | DGM_PLACING_TITLE);
    }
}

dgm_status dgm_lexicon_load(dgm_lexicon *lexicon, dgm_arena *arena, const dgm_pack *pack,
                            dgm_error *err)
{
    DGM_TRY(load_roles(lexicon, arena, pack, err));
    DGM_TRY(load_chains(lexicon, arena, pack, err));
    DGM_TRY(load_placing(lexicon, arena, pack, err));
    load_titles(lexicon, arena, pack);
    return DGM_OK;
}

uint32_t dgm_lexicon_placing(const dgm_lexicon *lexicon, dgm_str word)
{
    uint32_t bits = dgm_map_get(&lexicon->placing, word);
    return bits == DGM_MAP_NONE ? 0 : bits;
}

const dgm_chain *dgm_lexicon_chain(const dgm_lexicon *lexicon, dgm_str words)
{
    uint32_t i = dgm_map_get(&lexicon->chain_by_words, words);
    return i == DGM_MAP_NONE ? NULL : &lexicon->chains[i];
}

/* ---- roles in a sentence ---- */

/* "reformists" whose lemma the parser left as it is. */
static bool is_plural_of(dgm_str form, dgm_str word)
{
    if (form.len == word.len + 1)
        return form.ptr[word.len] == 's' && dgm_str_starts(form, word);
    return word.len > 2 && form.len == word.len + 2 && word.ptr[word.len - 1] == 'y' &&
           dgm_str_ends(form, DGM_STR("ies")) && memcmp(form.ptr, word.ptr, word.len - 1) == 0;
}

static bool word_matches(const dgm_scene *scene, int32_t token, dgm_str word)
{
    if (is_plural_of(scene->lower[token], word))
        return true;
    return dgm_str_eq(scene->lemma[token], word) || dgm_str_eq(scene->lower[token], word);
}

static const dgm_role *longest_role(const dgm_scene *scene, int32_t token, dgm_str first,
                                    const dgm_role *best)
{
    const dgm_lexicon *lexicon = &scene->grounder->lexicon;
    uint32_t i = dgm_map_get(&lexicon->role_by_word, first);
    for (; i != DGM_MAP_NONE && i != 0; i = lexicon->roles[i].next) {
        const dgm_role *role = &lexicon->roles[i];
        if (token + (int32_t)role->word_count > scene->tree->count ||
            (best && role->word_count <= best->word_count))
            continue;
        uint32_t n = 1;
        while (n < role->word_count && word_matches(scene, token + (int32_t)n, role->words[n]))
            n++;
        if (n == role->word_count)
            best = role;
    }
    return best;
}

/* A single word is a role unless it is a verb, or a word that needs a capital and has none. */
static bool may_be_role(const dgm_scene *scene, int32_t token)
{
    if (scene->tree->tokens[token].upos == DGM_VERB)
        return false;
    bool is_lower = dgm_str_eq(dgm_tree_form(scene->tree, token), scene->lower[token]);
    return !is_lower || !(dgm_lexicon_placing(&scene->grounder->lexicon, scene->lemma[token]) &
                          DGM_PLACING_CAPITAL);
}

void dgm_scene_find_roles(dgm_scene *scene)
{
    uint32_t capacity = 0;
    for (int32_t t = 0; t < scene->tree->count; t++)
        scene->role_at[t] = -1;
    for (int32_t t = 0; t < scene->tree->count;) {
        const dgm_role *role = longest_role(scene, t, scene->lemma[t], NULL);
        if (!dgm_str_eq(scene->lower[t], scene->lemma[t]))
            role = longest_role(scene, t, scene->lower[t], role);
        dgm_str form = scene->lower[t];
        if (!role && form.len > 3 && form.ptr[form.len - 1] == 's')
            role = longest_role(scene, t, dgm_str_sub(form, 0, form.len - 1), NULL);
        if (!role || (role->word_count == 1 && !may_be_role(scene, t))) {
            t++;
            continue;
        }
        dgm_role_match match = {t, t + (int32_t)role->word_count - 1, role};
        for (; t <= match.last; t++)
            scene->role_at[t] = (int32_t)scene->role_count;
        DGM_PUSH(scene->arena, scene->roles, scene->role_count, capacity, match);
    }
}
