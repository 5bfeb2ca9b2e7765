/* Lemmas: the longest key that the model has for a form under its tag gives the rule: the form as
 * written, lower-cased, then ever shorter ends of it. */
#include "parse/parser_priv.h"
#include "base/hash.h"
#include "base/utf8.h"

uint64_t dgm_lemma_hash(dgm_lemma_key kind, uint32_t tag, dgm_str bytes)
{
    const unsigned char start[2] = {(unsigned char)kind, (unsigned char)tag};
    uint64_t hash = dgm_hash_more(DGM_HASH_START, start, sizeof start);
    return dgm_hash_end(dgm_hash_more(hash, bytes.ptr, bytes.len));
}

static uint32_t find(const dgm_model *m, dgm_lemma_key kind, uint32_t tag, dgm_str bytes)
{
    return dgm_model_slot_find(m->lemma_slots, m->header->lemma_slots,
                               dgm_lemma_hash(kind, tag, bytes));
}

static bool is_inside_character(dgm_str s, size_t at)
{
    return at < s.len && ((unsigned char)s.ptr[at] & 0xC0) == 0x80;
}

/* False where the rule takes more than the form has, or would part a character. */
static bool apply(const dgm_model *m, dgm_arena *arena, const dgm_lemma_rule *rule, dgm_str form,
                  dgm_str lower, dgm_str *lemma)
{
    dgm_str base = rule->keeps_case ? form : lower;
    if (rule->strip > base.len || is_inside_character(base, base.len - rule->strip))
        return false;
    size_t kept = base.len - rule->strip;
    if (!rule->text_len) {
        *lemma = dgm_str_sub(base, 0, kept);
        return kept > 0;
    }
    char *out = dgm_arena_array(arena, kept + rule->text_len + 1, 1);
    memcpy(out, base.ptr, kept);
    memcpy(out + kept, m->lemma_text + rule->text, rule->text_len);
    *lemma = (dgm_str){out, kept + rule->text_len};
    return true;
}

static bool is_lower_ascii(dgm_str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80 || (s.ptr[i] >= 'A' && s.ptr[i] <= 'Z'))
            return false;
    return true;
}

dgm_str dgm_lemma(const dgm_model *m, dgm_arena *arena, dgm_str form, uint32_t tag)
{
    enum { LONGEST_WORD = 64 };
    if (form.len > LONGEST_WORD)
        return form; /* no word: an address, a run of signs */
    dgm_str lower = is_lower_ascii(form) ? form : dgm_utf8_lower(arena, form), lemma;
    uint32_t rule = find(m, DGM_LEMMA_FORM, tag, form);
    if (rule && apply(m, arena, &m->lemma_rules[rule - 1], form, lower, &lemma))
        return lemma;
    rule = find(m, DGM_LEMMA_LOWER, tag, lower);
    if (rule && apply(m, arena, &m->lemma_rules[rule - 1], form, lower, &lemma))
        return lemma;
    size_t end = lower.len < DGM_LEMMA_ENDS - 1 ? lower.len : DGM_LEMMA_ENDS - 1;
    for (size_t len = end + 1; len-- > 0;) {
        rule = find(m, DGM_LEMMA_END, tag, dgm_str_sub(lower, lower.len - len, len));
        if (rule && apply(m, arena, &m->lemma_rules[rule - 1], form, lower, &lemma))
            return lemma;
    }
    return lower;
}
