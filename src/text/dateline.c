/* Datelines of news agencies: PLACE, DATE (AGENCY) DASH, such as "LONDON, Dec 2 (AFP) -" or
 * "BEIJING/SHANGHAI, Jan. 1 (Xinhua) --". Places are in capitals, or an agency stands in brackets.
 */
#include "text/text_priv.h"

enum {
    DATELINE_BYTES = 120,
    PLACE_BYTES = 5 /* capitals that a place needs where no date or agency stands by it */
};

static bool is_dash_at(dgm_str s, size_t i, size_t *len)
{
    if (i + 3 <= s.len && (!memcmp(s.ptr + i, "\xE2\x80\x93", 3) || /* en and em dash */
                           !memcmp(s.ptr + i, "\xE2\x80\x94", 3))) {
        *len = 3;
        return true;
    }
    *len = 0;
    while (i + *len < s.len && s.ptr[i + *len] == '-' && *len < 3)
        ++*len;
    return *len > 0;
}

static bool is_space_at(dgm_str s, size_t i)
{
    return i < s.len && dgm_is_space(s.ptr[i]);
}

/* What the words before the dash hold. */
typedef struct head {
    size_t capitals; /* letters of the run in capitals that it begins with */
    bool has_agency, has_date, is_odd;
} head;

/* The capitals at the front: letters, spaces and what stands in names of places. */
static size_t capital_run(dgm_str s, size_t *letters)
{
    size_t i = 0;
    *letters = 0;
    for (; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c >= 'A' && c <= 'Z')
            ++*letters;
        else if (c >= 0x80)
            continue;
        else if (!strchr(" .'/-", c) || c == 0)
            break;
    }
    /* "LONDON Dec": the last word went on in small letters and does not count. */
    if (i < s.len && s.ptr[i] >= 'a' && s.ptr[i] <= 'z')
        while (i && s.ptr[i - 1] != ' ')
            *letters -= s.ptr[i - 1] >= 'A' && s.ptr[i - 1] <= 'Z', i--;
    return i;
}

static bool is_letter_byte(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static head look_at(dgm_str s)
{
    head h = {0};
    size_t run = capital_run(s, &h.capitals);
    dgm_str rest = dgm_str_trim(dgm_str_sub(s, run, s.len - run));
    bool is_open = false;
    for (size_t i = 0; i < rest.len; i++) {
        char c = rest.ptr[i];
        if (c == '(' || c == ')')
            is_open = c == '(';
        else if (c >= '0' && c <= '9' && !is_open)
            h.has_date = true;
        else if (c > 0 && !strchr(" ,./'-", c) && !is_letter_byte(c) && !(c >= '0' && c <= '9'))
            h.is_odd = true;
        else if (c == '.' && is_space_at(rest, i + 1) && i > 12) /* prose: "Dec. 2" stands before */
            h.is_odd = true;
    }
    h.has_agency = rest.len && rest.ptr[rest.len - 1] == ')' && memchr(rest.ptr, '(', rest.len);
    return h;
}

/* True when the words before the dash make a dateline. */
static bool is_head(dgm_str s, bool is_first)
{
    head h = look_at(s);
    bool is_name = (s.ptr[0] >= 'A' && s.ptr[0] <= 'Z') || (unsigned char)s.ptr[0] >= 0x80;
    if (h.is_odd || !is_name)
        return false;
    if (h.capitals >= 3 && (h.has_agency || h.has_date))
        return true;
    if (h.has_agency)
        return is_first;
    return is_first && h.capitals >= PLACE_BYTES && capital_run(s, &h.capitals) == s.len;
}

uint32_t dgm_dateline_length(dgm_str bytes, bool is_first)
{
    dgm_str s = {bytes.ptr, bytes.len < DATELINE_BYTES ? bytes.len : DATELINE_BYTES};
    for (size_t i = 2; i < s.len; i++) {
        size_t len;
        bool is_parted = is_space_at(s, i - 1) || s.ptr[i - 1] == ')';
        if (!is_parted || !is_dash_at(s, i, &len))
            continue;
        if (!is_space_at(s, i + len) && len < 2)
            continue;
        dgm_str before = dgm_str_trim(dgm_str_sub(s, 0, i));
        return before.len && is_head(before, is_first) ? (uint32_t)(i + len) : 0;
    }
    return 0;
}
