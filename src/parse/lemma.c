/* Lemmas: the longest key that the model has for a form under its tag gives the rule: the form as
 * written, lower-cased, lower-cased under the tags that share its endings, then ever shorter ends
 * of it. Of the rules that ends give, one that leads to a word that the model knows goes first. */
#include "parse/parser_priv.h"
#include "base/hash.h"
#include "base/utf8.h"

enum { LONGEST_WORD = 64 };

/* A form under a tag, on its way to a lemma. */
typedef struct lemma_query {
    const dgm_model *model;
    dgm_arena *arena;
    dgm_str form, lower;
    uint32_t tag;
} lemma_query;

uint64_t dgm_lemma_hash(dgm_lemma_key kind, uint32_t tag, dgm_str bytes)
{
    const unsigned char start[2] = {(unsigned char)kind, (unsigned char)tag};
    uint64_t hash = dgm_hash_more(DGM_HASH_START, start, sizeof start);
    return dgm_hash_end(dgm_hash_more(hash, bytes.ptr, bytes.len));
}

uint32_t dgm_lemma_class(dgm_xpos xpos)
{
    return xpos == DGM_XPOS_VBD ? DGM_XPOS_VBN : xpos == DGM_XPOS_VBP ? DGM_XPOS_VB : xpos;
}

bool dgm_lemma_is_sign(dgm_str lower)
{
    for (size_t i = 0; i < lower.len; i++)
        if ((lower.ptr[i] >= 'a' && lower.ptr[i] <= 'z') ||
            (lower.ptr[i] >= '0' && lower.ptr[i] <= '9'))
            return false;
    return true;
}

static bool is_inside_character(dgm_str s, size_t at)
{
    return at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80;
}

static bool ends_in(dgm_str s, const char *end, size_t len)
{
    return s.len > len + 1 && memcmp(s.ptr + s.len - len, end, len) == 0;
}

/* A consonant before "-ed" or "-ing" goes with it only where it is doubled: "planned" is "plan",
 * but "spurned" is no "spur". */
static bool takes_single_consonant(const dgm_lemma_rule *rule, dgm_str base)
{
    size_t end = rule->strip - 1u;
    bool is_end = !rule->text_len && ((rule->strip == 3 && ends_in(base, "ed", 2)) ||
                                      (rule->strip == 4 && ends_in(base, "ing", 3)));
    return is_end && base.ptr[base.len - end - 1] != base.ptr[base.len - end - 2];
}

/* False where the rule takes more than the form has, or would part a character. */
static bool apply(const lemma_query *q, const dgm_lemma_rule *rule, dgm_str *lemma)
{
    dgm_str base = rule->keeps_case ? q->form : q->lower;
    if (rule->strip > base.len || is_inside_character(base, base.len - rule->strip) ||
        takes_single_consonant(rule, base))
        return false;
    size_t kept = base.len - rule->strip;
    if (!rule->text_len) {
        *lemma = dgm_str_sub(base, 0, kept);
        return kept > 0;
    }
    char *out = dgm_arena_array(q->arena, kept + rule->text_len + 1, 1);
    memcpy(out, base.ptr, kept);
    memcpy(out + kept, q->model->lemma_text + rule->text, rule->text_len);
    *lemma = (dgm_str){out, kept + rule->text_len};
    return true;
}

static bool try_key(const lemma_query *q, dgm_lemma_key kind, uint32_t tag, dgm_str bytes,
                    dgm_str *lemma)
{
    const dgm_model *m = q->model;
    uint32_t rule = dgm_model_slot_find(m->lemma_slots, m->header->lemma_slots,
                                        dgm_lemma_hash(kind, tag, bytes));
    return rule && apply(q, &m->lemma_rules[rule - 1], lemma);
}

/* A word that the model knows; the form itself is no evidence. */
static bool is_known(const lemma_query *q, dgm_str lemma)
{
    const dgm_model *m = q->model;
    dgm_word word;
    dgm_word_read(&word, lemma);
    return !dgm_str_eq(lemma, q->lower) &&
           dgm_model_slot_find(m->word_slots, m->header->word_slots, word.word) != 0;
}

bool dgm_lemma_is_inflected(dgm_xpos xpos)
{
    switch (xpos) {
    case DGM_XPOS_VBD:
    case DGM_XPOS_VBG:
    case DGM_XPOS_VBN:
    case DGM_XPOS_VBZ:
    case DGM_XPOS_NNS:
    case DGM_XPOS_JJR:
    case DGM_XPOS_JJS:
        return true;
    default:
        return false;
    }
}

/* The rules that make most lemmas of the tag: one of them that leads to a known word. */
static bool by_usual_rules(const lemma_query *q, dgm_str *lemma)
{
    for (char n = 0; n < DGM_LEMMA_USUALS; n++)
        if (try_key(q, DGM_LEMMA_USUAL, q->tag, (dgm_str){&n, 1}, lemma) && lemma->len > 2 &&
            is_known(q, *lemma))
            return true;
    return false;
}

/* By the ends of the form, from the longest on; the form lower-cased where none has a rule. */
static dgm_str by_ends(const lemma_query *q)
{
    bool is_choosy = dgm_lemma_is_inflected((dgm_xpos)q->model->xpos[q->tag]);
    dgm_str first = {0}, lemma;
    size_t end = q->lower.len < DGM_LEMMA_ENDS - 1 ? q->lower.len : DGM_LEMMA_ENDS - 1;
    for (size_t len = end + 1; len-- > 0;) {
        if (!try_key(q, DGM_LEMMA_END, q->tag, dgm_str_sub(q->lower, q->lower.len - len, len),
                     &lemma))
            continue;
        if (!is_choosy || is_known(q, lemma))
            return lemma;
        if (!first.ptr)
            first = lemma;
    }
    if (is_choosy && by_usual_rules(q, &lemma))
        return lemma;
    return first.ptr ? first : q->lower;
}

static bool is_lower_ascii(dgm_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80 || (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z'))
            return false;
    return true;
}

/* Lower-cased but for what stands behind a hyphen before a capital, unless all are capitals. */
static dgm_str lower_part(dgm_arena *arena, dgm_str form)
{
    bool has_small = false;
    size_t name = form.len;
    for (size_t i = 0; i < form.len; i++) {
        has_small |= form.ptr[i] >= 'a' && form.ptr[i] <= 'z';
        if (i && form.ptr[i - 1] == '-' && form.ptr[i] >= 'A' && form.ptr[i] <= 'Z' &&
            name == form.len)
            name = i;
    }
    if (!has_small || name == form.len)
        return dgm_utf8_lower(arena, form);
    char *out = dgm_arena_array(arena, form.len, 1);
    memcpy(out, form.ptr, form.len);
    for (size_t i = 0; i < name; i++)
        out[i] = out[i] >= 'A' && out[i] <= 'Z' ? (char)(out[i] | 0x20) : out[i];
    return (dgm_str){out, form.len};
}

dgm_str dgm_lemma_lower(dgm_arena *arena, dgm_str form)
{
    if (is_lower_ascii(form))
        return form;
    dgm_str lower = lower_part(arena, form);
    if (dgm_str_find(lower, DGM_STR("\xE2\x80\x99")) == SIZE_MAX)
        return lower;
    char *out = dgm_arena_array(arena, lower.len, 1);
    size_t len = 0;
    for (size_t i = 0; i < lower.len; i++) {
        bool is_curly = i + 3 <= lower.len && memcmp(lower.ptr + i, "\xE2\x80\x99", 3) == 0;
        out[len++] = is_curly ? '\'' : lower.ptr[i];
        i += is_curly ? 2 : 0;
    }
    return (dgm_str){out, len};
}

/* "name@example.org", "https://example.org/A": kept as they are. */
static bool is_address(dgm_str form)
{
    return memchr(form.ptr, '@', form.len) || dgm_str_find(form, DGM_STR("://")) != SIZE_MAX;
}

/* "55,008" is 55008. */
static bool is_grouped_number(dgm_str form)
{
    bool has_comma = false, has_digit = false;
    for (size_t i = 0; i < form.len; i++) {
        has_comma |= form.ptr[i] == ',';
        has_digit |= form.ptr[i] >= '0' && form.ptr[i] <= '9';
        if (form.ptr[i] != ',' && form.ptr[i] != '.' && (form.ptr[i] < '0' || form.ptr[i] > '9'))
            return false;
    }
    return has_comma && has_digit;
}

static dgm_str without_commas(dgm_arena *arena, dgm_str form)
{
    char *out = dgm_arena_array(arena, form.len, 1);
    size_t len = 0;
    for (size_t i = 0; i < form.len; i++)
        if (form.ptr[i] != ',')
            out[len++] = form.ptr[i];
    return (dgm_str){out, len};
}

dgm_str dgm_lemma(const dgm_model *m, dgm_arena *arena, dgm_str form, uint32_t tag,
                  bool is_name_like)
{
    if (form.len > LONGEST_WORD || is_address(form))
        return form;
    if (is_grouped_number(form))
        return without_commas(arena, form);
    dgm_str lemma;
    lemma_query q = {.model = m,
                     .arena = arena,
                     .form = form,
                     .lower = dgm_lemma_lower(arena, form),
                     .tag = tag};
    if (try_key(&q, DGM_LEMMA_FORM, tag, form, &lemma))
        return lemma;
    if (is_name_like && m->name_tag[tag] != tag) { /* never seen so written but as a name */
        q.tag = m->name_tag[tag];
        if (try_key(&q, DGM_LEMMA_FORM, q.tag, form, &lemma))
            return lemma;
    }
    if (try_key(&q, DGM_LEMMA_LOWER, q.tag, q.lower, &lemma) ||
        try_key(&q, DGM_LEMMA_CLASS, dgm_lemma_class((dgm_xpos)m->xpos[q.tag]), q.lower, &lemma))
        return lemma;
    if (dgm_lemma_is_sign(q.lower) && try_key(&q, DGM_LEMMA_SIGN, 0, q.lower, &lemma))
        return lemma;
    return by_ends(&q);
}
