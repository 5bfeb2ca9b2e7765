/* Words: loads data/lexicon/times.tsv and temponyms.tsv, and cuts the tokens of a sentence into
 * atoms with their readings. Words are compared in lower case, without full stops; phrases without
 * hyphens and dashes, so that "Iran-Iraq War" and "Iran–Iraq War" are one. */
#include "base/table.h"
#include "ground/times_priv.h"

enum { WORD_BYTES = 32 };

static const char *const kind_names[DGM_WORD_COUNT] = {"",
#define X(name, label) label,
                                                       DGM_WORD_LIST(X)
#undef X
};

static dgm_word_kind kind_from(dgm_str name)
{
    for (int i = 1; i < DGM_WORD_COUNT; i++)
        if (dgm_str_is(name, kind_names[i]))
            return (dgm_word_kind)i;
    return DGM_WORD_NONE;
}

static bool flag_from(dgm_str name, uint8_t *flags)
{
    static const char *const names[] = {"capital", "weak", "dot", "told", "noun", "both", "many"};
    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (!dgm_str_is(name, names[i]))
            continue;
        *flags = (uint8_t)(*flags | 1u << i);
        return true;
    }
    return name.len == 0;
}

static bool is_digit(unsigned char c)
{
    return c >= '0' && c <= '9';
}

static bool is_letter(unsigned char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
}

/* Bytes of a dash (U+2010 to U+2015, U+2212) or curly apostrophe (U+2018, U+2019) at the front, as
 * the ASCII mark that it stands for; 0 for anything else. */
static char wide_mark(dgm_str s)
{
    if (s.len < 3 || (unsigned char)s.ptr[0] != 0xE2)
        return 0;
    unsigned char second = (unsigned char)s.ptr[1], third = (unsigned char)s.ptr[2];
    if ((second == 0x80 && third >= 0x90 && third <= 0x95) || (second == 0x88 && third == 0x92))
        return '-';
    return second == 0x80 && (third == 0x98 || third == 0x99) ? '\'' : 0;
}

/* Lower-case ASCII without full stops into `out`; 0 when it does not fit. */
static size_t fold_word(char out[WORD_BYTES], dgm_str word)
{
    size_t len = 0;
    for (size_t i = 0; i < word.len; i++) {
        char c = word.ptr[i];
        if (c == '.')
            continue;
        if (len == WORD_BYTES)
            return 0;
        out[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 'a' - 'A') : c;
    }
    return len;
}

static uint32_t find_word(const dgm_calendar *calendar, dgm_str word)
{
    char folded[WORD_BYTES];
    size_t len = word.len > 2 * WORD_BYTES ? 0 : fold_word(folded, word);
    return len ? dgm_map_get(&calendar->map, (dgm_str){folded, len}) : DGM_MAP_NONE;
}

/* Length of the piece at the front of a token: a run of letters (with full stops inside), of digits
 * (grouped by commas) or one mark. */
static size_t piece_length(dgm_str s)
{
    size_t at = 0;
    if (wide_mark(s))
        return 3;
    if (is_digit((unsigned char)s.ptr[0])) {
        while (at < s.len &&
               (is_digit((unsigned char)s.ptr[at]) ||
                (s.ptr[at] == ',' && at + 1 < s.len && is_digit((unsigned char)s.ptr[at + 1]))))
            at++;
        return at;
    }
    while (at < s.len && (is_letter((unsigned char)s.ptr[at]) || (at && s.ptr[at] == '.')) &&
           !wide_mark(dgm_str_sub(s, at, s.len - at)))
        at++;
    return at ? at : 1;
}

static bool is_capital(dgm_str word)
{
    return word.ptr[0] >= 'A' && word.ptr[0] <= 'Z';
}

/* Grows the calendar's words. */
static uint32_t put_word(dgm_calendar *calendar, dgm_arena *arena, dgm_str word)
{
    char folded[WORD_BYTES];
    size_t len = fold_word(folded, word);
    uint32_t found = dgm_map_get(&calendar->map, (dgm_str){folded, len});
    if (found != DGM_MAP_NONE)
        return found;
    dgm_word fresh = {.phrases = DGM_MAP_NONE};
    DGM_PUSH(arena, calendar->words, calendar->word_count, calendar->word_capacity, fresh);
    dgm_map_put(&calendar->map, dgm_arena_str(arena, folded, len), calendar->word_count - 1);
    return calendar->word_count - 1;
}

/* Marks that phrases are compared without. */
static bool is_link(char mark)
{
    return mark == '-' || mark == '/' || mark == '\'';
}

/* Read the next word of a phrase; dashes are passed over. A clitic ("'s") is one word. */
static bool next_word(dgm_str *rest, dgm_str *word)
{
    while (rest->len) {
        char mark = wide_mark(*rest);
        size_t len = piece_length(*rest);
        dgm_str piece = dgm_str_sub(*rest, 0, len);
        dgm_str tail = dgm_str_sub(*rest, len, rest->len - len);
        if ((mark == '\'' || piece.ptr[0] == '\'') && tail.len &&
            is_letter((unsigned char)tail.ptr[0])) {
            size_t more = piece_length(tail);
            *word = dgm_str_sub(*rest, 0, len + more);
            *rest = dgm_str_sub(*rest, len + more, rest->len - len - more);
            return true;
        }
        *rest = tail;
        if (!mark && !is_link(piece.ptr[0]) && piece.ptr[0] != ' ') {
            *word = piece;
            return true;
        }
    }
    return false;
}

/* Words of a phrase as numbers, put into the calendar; 0 when there are none or too many. */
static uint32_t put_phrase_words(dgm_calendar *calendar, dgm_arena *arena, dgm_str text,
                                 uint32_t words[DGM_PHRASE_ATOMS], uint32_t *capitals)
{
    uint32_t count = 0;
    *capitals = 0;
    dgm_str word;
    while (next_word(&text, &word)) {
        if (count == DGM_PHRASE_ATOMS || word.len > WORD_BYTES)
            return 0;
        *capitals |= (uint32_t)is_capital(word) << count;
        words[count++] = put_word(calendar, arena, word);
    }
    return count;
}

static void put_phrase(dgm_calendar *calendar, dgm_arena *arena, const uint32_t *words,
                       uint32_t count, uint32_t capitals, dgm_reading reading, uint32_t period)
{
    dgm_phrase phrase = {.count = count,
                         .capitals = capitals,
                         .reading = reading,
                         .period = period,
                         .next = calendar->words[words[0]].phrases};
    memcpy(phrase.words, words, count * sizeof *words);
    DGM_PUSH(arena, calendar->phrases, calendar->phrase_count, calendar->phrase_capacity, phrase);
    calendar->words[words[0]].phrases = calendar->phrase_count - 1;
}

static bool put_reading(dgm_calendar *calendar, dgm_arena *arena, dgm_str text, dgm_reading reading)
{
    uint32_t words[DGM_PHRASE_ATOMS], capitals;
    uint32_t count = put_phrase_words(calendar, arena, text, words, &capitals);
    if (!count)
        return false;
    dgm_word *word = &calendar->words[words[0]];
    if (count > 1)
        put_phrase(calendar, arena, words, count, 0, reading, 0);
    else if (word->reading_count < DGM_READINGS)
        word->readings[word->reading_count++] = reading;
    else
        return false;
    return true;
}

static dgm_status load_words(dgm_calendar *calendar, dgm_arena *arena, const dgm_pack *pack,
                             dgm_error *err)
{
    dgm_table table;
    dgm_table_init(&table, "lexicon/times.tsv", dgm_pack_find(pack, "lexicon/times.tsv"));
    while (dgm_table_next(&table)) {
        dgm_word_kind kind = kind_from(table.cells[1]);
        dgm_str words = table.cells[2], flags = table.cells[4], piece;
        dgm_reading reading = {.kind = (uint8_t)kind};
        int64_t value = 0;
        if (!kind)
            return dgm_table_fail(&table, err, "unknown kind of word", table.cells[1]);
        if (table.cells[3].len && (!dgm_str_int(table.cells[3], &value) || value != (int16_t)value))
            return dgm_table_fail(&table, err, "not a small number", table.cells[3]);
        reading.value = (int16_t)value;
        while (dgm_str_cut(&flags, ',', &piece))
            if (!flag_from(piece, &reading.flags))
                return dgm_table_fail(&table, err, "unknown flag", piece);
        while (dgm_str_cut(&words, '|', &piece))
            if (!put_reading(calendar, arena, piece, reading))
                return dgm_table_fail(&table, err, "no word, or too many of one", piece);
    }
    return DGM_OK;
}

static dgm_point point_of(dgm_day day)
{
    return dgm_point_day(dgm_number_of_day(day));
}

static dgm_status load_periods(dgm_calendar *calendar, dgm_arena *arena, const dgm_pack *pack,
                               dgm_error *err)
{
    dgm_table table;
    dgm_table_init(&table, "lexicon/temponyms.tsv", dgm_pack_find(pack, "lexicon/temponyms.tsv"));
    while (dgm_table_next(&table)) {
        dgm_str names = table.cells[1], edtf = table.cells[2], piece;
        dgm_period period = {.edtf = dgm_arena_str(arena, edtf.ptr, edtf.len).ptr};
        uint32_t words[DGM_PHRASE_ATOMS], capitals;
        if (!dgm_time_from_edtf(edtf, &period.earliest, &period.latest))
            return dgm_table_fail(&table, err, "not an EDTF date or interval", edtf);
        dgm_day first = period.earliest.is_open ? period.latest : period.earliest;
        dgm_day last = period.latest.is_open ? period.earliest : period.latest;
        period.when = dgm_when_range(point_of(first), point_of(last), DGM_GRAIN_DAY);
        period.when.is_open_from = period.earliest.is_open;
        period.when.is_open_to = period.latest.is_open;
        DGM_PUSH(arena, calendar->periods, calendar->period_count, calendar->period_capacity,
                 period);
        while (dgm_str_cut(&names, '|', &piece)) {
            uint32_t count = put_phrase_words(calendar, arena, piece, words, &capitals);
            if (!count)
                return dgm_table_fail(&table, err, "no name, or a name too long", piece);
            put_phrase(calendar, arena, words, count, capitals, (dgm_reading){0},
                       calendar->period_count - 1);
        }
    }
    return DGM_OK;
}

dgm_status dgm_calendar_load(dgm_calendar **out, dgm_arena *arena, const dgm_pack *pack,
                             dgm_error *err)
{
    dgm_calendar *calendar = DGM_NEW(arena, dgm_calendar);
    dgm_map_init(&calendar->map, arena);
    DGM_TRY(load_words(calendar, arena, pack, err));
    DGM_TRY(load_periods(calendar, arena, pack, err));
    *out = calendar;
    return DGM_OK;
}

/* Atoms. */
static void set_number(dgm_atom *atom, dgm_str piece)
{
    atom->kind = DGM_ATOM_NUMBER;
    for (size_t i = 0; i < piece.len; i++) {
        if (piece.ptr[i] == ',') {
            atom->is_grouped = true;
            continue;
        }
        if (atom->digits == 9) {
            atom->kind = DGM_ATOM_OTHER;
            return;
        }
        atom->digits++;
        atom->number = atom->number * 10 + (piece.ptr[i] - '0');
    }
}

/* Keep the readings that the word's look allows. */
static void set_readings(dgm_atom *atom, const dgm_word *word)
{
    for (unsigned i = 0; i < word->reading_count; i++) {
        dgm_reading reading = word->readings[i];
        if ((reading.flags & DGM_WORD_CAPITAL && !atom->is_capital) ||
            (reading.flags & DGM_WORD_DOT && !atom->has_dot))
            continue;
        atom->readings[atom->reading_count++] = reading;
        atom->kinds |= UINT64_C(1) << reading.kind;
    }
    if (atom->reading_count)
        atom->kind = DGM_ATOM_WORD;
}

static void set_word(dgm_atom *atom, const dgm_calendar *calendar, dgm_str piece)
{
    atom->is_capital = is_capital(piece);
    atom->has_dot = memchr(piece.ptr, '.', piece.len) != NULL;
    atom->word = find_word(calendar, piece);
    if (atom->word != DGM_MAP_NONE)
        set_readings(atom, &calendar->words[atom->word]);
}

/* Digits with letters behind: "7th" and "1990s" are one atom; of others ("747s" too, which the
 * grammar refuses) nothing is a time. */
static bool join_suffix(dgm_atom *number, const dgm_atom *suffix)
{
    if (number->kind != DGM_ATOM_NUMBER || number->is_grouped)
        return false;
    if (dgm_atom_as(suffix, DGM_WORD_ORDINAL_MARK))
        number->kind = DGM_ATOM_ORDINAL;
    else if (dgm_atom_as(suffix, DGM_WORD_DECADE_MARK))
        number->kind = DGM_ATOM_DECADE;
    else
        number->kind = DGM_ATOM_OTHER;
    return true;
}

static void cut_token(dgm_atoms *atoms, const dgm_calendar *calendar, dgm_arena *arena,
                      dgm_str form, int32_t token, bool is_glued)
{
    for (size_t at = 0, len; at < form.len; at += len) {
        dgm_str rest = dgm_str_sub(form, at, form.len - at);
        unsigned char first = (unsigned char)rest.ptr[0];
        char wide = wide_mark(rest);
        len = piece_length(rest);
        dgm_str piece = dgm_str_sub(rest, 0, len);
        dgm_atom atom = {
            .first = token, .last = token, .is_glued = at ? true : is_glued, .word = DGM_MAP_NONE};
        /* a clitic is a word, but '79 is a mark and a number */
        bool is_clitic = (wide == '\'' || first == '\'') && rest.len > len &&
                         is_letter((unsigned char)rest.ptr[len]);
        if (is_clitic)
            len = rest.len, piece = rest;
        if (is_digit(first)) {
            set_number(&atom, piece);
            atom.word = find_word(calendar, piece);
        } else if (is_clitic || (is_letter(first) && !wide))
            set_word(&atom, calendar, piece);
        else
            atom.kind = DGM_ATOM_MARK, atom.mark = wide ? wide : piece.ptr[0];
        if (at && is_letter(first) && !wide && atoms->count &&
            join_suffix(&atoms->items[atoms->count - 1], &atom))
            continue;
        DGM_PUSH(arena, atoms->items, atoms->count, atoms->capacity, atom);
    }
}

/* How many atoms the phrase takes up from `at`, dashes passed over; 0: it does not match. */
static int32_t match_phrase(const dgm_phrase *phrase, const dgm_atoms *atoms, int32_t at)
{
    int32_t i = at;
    for (uint32_t k = 0; k < phrase->count; k++, i++) {
        while (k && i < atoms->count && atoms->items[i].kind == DGM_ATOM_MARK &&
               is_link(atoms->items[i].mark))
            i++;
        if (i >= atoms->count || atoms->items[i].word != phrase->words[k] ||
            (phrase->capitals >> k & 1 && !atoms->items[i].is_capital))
            return 0;
    }
    return i - at;
}

/* The longest phrase at `at`, of the named periods or of the others. */
static const dgm_phrase *longest_phrase(const dgm_calendar *calendar, const dgm_atoms *atoms,
                                        int32_t at, bool is_period, int32_t *length)
{
    const dgm_phrase *best = NULL;
    uint32_t word = atoms->items[at].word;
    *length = 0;
    if (word == DGM_MAP_NONE)
        return NULL;
    for (uint32_t i = calendar->words[word].phrases; i != DGM_MAP_NONE;
         i = calendar->phrases[i].next) {
        const dgm_phrase *phrase = &calendar->phrases[i];
        if ((phrase->reading.kind == DGM_WORD_NONE) != is_period)
            continue;
        int32_t matched = match_phrase(phrase, atoms, at);
        if (matched > *length) {
            *length = matched;
            best = phrase;
        }
    }
    return best;
}

/* Phrases of the word table become one atom each. */
static void join_phrases(dgm_atoms *atoms, const dgm_calendar *calendar)
{
    int32_t out = 0;
    for (int32_t at = 0, length; at < atoms->count; at += length) {
        const dgm_phrase *phrase = longest_phrase(calendar, atoms, at, false, &length);
        dgm_atom atom = atoms->items[at];
        if (phrase && (!(phrase->reading.flags & DGM_WORD_CAPITAL) || atom.is_capital)) {
            atom.last = atoms->items[at + length - 1].last;
            atom.kind = DGM_ATOM_WORD;
            atom.readings[0] = phrase->reading;
            atom.kinds = UINT64_C(1) << phrase->reading.kind;
            atom.reading_count = 1;
            atom.word = DGM_MAP_NONE;
        } else {
            length = 1;
        }
        atoms->items[out++] = atom;
    }
    atoms->count = out;
}

void dgm_atoms_cut(dgm_atoms *atoms, const dgm_calendar *calendar, dgm_arena *arena, dgm_str bytes,
                   const dgm_token *tokens, int32_t count)
{
    for (int32_t i = 0; i < count; i++)
        cut_token(atoms, calendar, arena, dgm_span_of(bytes, tokens[i].span), i,
                  tokens[i].is_glued);
    join_phrases(atoms, calendar);
}

const dgm_period *dgm_period_at(const dgm_calendar *calendar, const dgm_atoms *atoms, int32_t at,
                                int32_t *end)
{
    int32_t length;
    const dgm_phrase *phrase = longest_phrase(calendar, atoms, at, true, &length);
    if (!phrase)
        return NULL;
    *end = at + length;
    return &calendar->periods[phrase->period];
}

/* True for the number of an article. */
static bool is_article(const dgm_calendar *calendar, uint32_t word)
{
    return word != DGM_MAP_NONE && calendar->words[word].reading_count &&
           calendar->words[word].readings[0].kind == DGM_WORD_THE;
}

bool dgm_calendar_period(const dgm_calendar *calendar, dgm_str phrase, dgm_time *out)
{
    uint32_t words[DGM_PHRASE_ATOMS], count = 0;
    dgm_str word;
    while (next_word(&phrase, &word)) {
        uint32_t number = find_word(calendar, word);
        if (count == 0 && is_article(calendar, number))
            continue;
        if (number == DGM_MAP_NONE || count == DGM_PHRASE_ATOMS)
            return false;
        words[count++] = number;
    }
    if (!count)
        return false;
    for (uint32_t i = calendar->words[words[0]].phrases; i != DGM_MAP_NONE;
         i = calendar->phrases[i].next) {
        const dgm_phrase *known = &calendar->phrases[i];
        if (known->reading.kind || known->count != count ||
            memcmp(known->words, words, count * sizeof *words))
            continue;
        const dgm_period *period = &calendar->periods[known->period];
        *out = (dgm_time){.edtf = period->edtf,
                          .earliest = period->earliest,
                          .latest = period->latest,
                          .basis = DGM_BASIS_TEXT};
        return true;
    }
    return false;
}
