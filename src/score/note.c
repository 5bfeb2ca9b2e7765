/* Notes: gold that keeps its alternatives in words has the plain cases put into its fields.
 *
 * Read are, between semicolons: "KOR is accepted for PRK", "TYPE (or TYPE) is accepted", "IRN to
 * PRK is accepted", "counts as found when the row above is coded TYPE", "left null", "may be null".
 */
#include "score/score_priv.h"

static bool is_upper(char c)
{
    return c >= 'A' && c <= 'Z';
}

static bool is_word_at(dgm_str s, size_t i)
{
    if (i >= s.len)
        return false;
    const unsigned char c = (unsigned char)s.ptr[i];
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' ||
           c >= 0x80;
}

static bool starts_word(dgm_str s, size_t i)
{
    return is_word_at(s, i) && (i == 0 || !is_word_at(s, i - 1));
}

static bool has_code_at(dgm_str s, size_t i)
{
    return i + 3 <= s.len && is_upper(s.ptr[i]) && is_upper(s.ptr[i + 1]) && is_upper(s.ptr[i + 2]);
}

/* Two codes of three letters with `between` and then `after`: their places, or false. */
static bool find_codes(dgm_str s, dgm_str between, dgm_str after, dgm_str *first, dgm_str *second)
{
    for (size_t i = 0; i < s.len; i++) {
        const size_t at = i + 3 + between.len;
        if (!starts_word(s, i) || !has_code_at(s, i) || at > s.len ||
            !dgm_str_starts(dgm_str_sub(s, i + 3, s.len - i - 3), between) || !has_code_at(s, at) ||
            !dgm_str_starts(dgm_str_sub(s, at + 3, s.len - at - 3), after))
            continue;
        if (!after.len && is_word_at(s, at + 3))
            continue;
        *first = dgm_str_sub(s, i, 3);
        *second = dgm_str_sub(s, at, 3);
        return true;
    }
    return false;
}

/* The array of that name, made where there is none. */
static json_t *array_of(json_t *gold, const char *key)
{
    json_t *array = json_object_get(gold, key);
    if (json_is_array(array))
        return array;
    array = json_array();
    return json_object_set_new(gold, key, array) == 0 ? array : NULL;
}

static json_t *string_of(dgm_str s)
{
    return json_stringn(s.ptr, s.len);
}

static bool add_list(json_t *gold, const char *key, dgm_str code)
{
    json_t *one = json_array();
    return json_array_append_new(one, string_of(code)) == 0 &&
           json_array_append_new(array_of(gold, key), one) == 0;
}

/* The actors of a side with one code in place of another. */
static bool add_replaced(json_t *gold, const char *field, const char *key, dgm_str old,
                         dgm_str new_code)
{
    const json_t *list = json_object_get(gold, field);
    json_t *codes = json_array();
    bool has_old = false, is_whole = codes != NULL;
    for (size_t i = 0; i < json_array_size(list); i++) {
        json_t *code = json_object_get(json_array_get(list, i), "code");
        const bool is_old = json_is_string(code) && dgm_str_eq(dgm_json_text(code), old);
        has_old |= is_old;
        if (is_old)
            is_whole &= json_array_append_new(codes, string_of(new_code)) == 0;
        else if (code)
            is_whole &= json_array_append(codes, code) == 0;
    }
    if (has_old)
        return is_whole && json_array_append_new(array_of(gold, key), codes) == 0;
    json_decref(codes);
    return is_whole;
}

/* Words in capitals that are types other than the record's own. */
static bool add_types(json_t *gold, dgm_str s)
{
    const dgm_str own = dgm_json_text(json_object_get(gold, "type"));
    for (size_t i = 0; i < s.len; i++) {
        size_t end = i;
        if (!starts_word(s, i))
            continue;
        while (end < s.len && is_upper(s.ptr[end]))
            end++;
        const dgm_str word = dgm_str_sub(s, i, end - i);
        if (word.len < 3 || is_word_at(s, end) || !dgm_type_from(word) || dgm_str_eq(word, own))
            continue;
        if (json_array_append_new(array_of(gold, "accept_types"), string_of(word)) != 0)
            return false;
    }
    return true;
}

static bool has(dgm_str s, const char *words)
{
    return dgm_str_find(s, dgm_str_of(words)) != SIZE_MAX;
}

static bool read_accepted(json_t *gold, dgm_str s)
{
    dgm_str actor, recipient;
    if (!has(s, "accepted"))
        return true;
    if (!add_types(gold, s))
        return false;
    if (!find_codes(s, DGM_STR(" to "), DGM_STR(" is accepted"), &actor, &recipient))
        return true;
    return add_list(gold, "accept_actors", actor) && add_list(gold, "accept_recipients", recipient);
}

static bool read_found_with(json_t *gold, dgm_str s)
{
    const dgm_str words = DGM_STR("counts as found when the row above is coded ");
    const size_t at = dgm_str_find(s, words);
    if (at == SIZE_MAX)
        return true;
    size_t end = at + words.len;
    while (end < s.len && is_upper(s.ptr[end]))
        end++;
    const dgm_str type = dgm_str_sub(s, at + words.len, end - at - words.len);
    return !type.len || json_object_set_new(gold, "found_with_previous", string_of(type)) == 0;
}

static bool read_part(json_t *gold, dgm_str s)
{
    dgm_str new_code, old;
    if (find_codes(s, DGM_STR(" is accepted for "), DGM_STR(""), &new_code, &old))
        return add_replaced(gold, "actors", "accept_actors", old, new_code) &&
               add_replaced(gold, "recipients", "accept_recipients", old, new_code);
    if (!read_accepted(gold, s) || !read_found_with(gold, s))
        return false;
    return !(has(s, "left null") || has(s, "may be null")) ||
           json_object_set_new(gold, "accept_when_null", json_true()) == 0;
}

bool dgm_score_read_note(json_t *gold)
{
    dgm_str rest = dgm_json_text(json_object_get(gold, "note")), part;
    while (rest.ptr && dgm_str_cut(&rest, ';', &part))
        if (!read_part(gold, part))
            return false;
    return true;
}
