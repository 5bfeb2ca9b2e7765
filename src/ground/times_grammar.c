/* Grammar: reads one expression of time from the atoms of a sentence and resolves it.
 *
 * A "simple" expression (a date, a year, "two years ago", "late last week") is read from left to
 * right by the first reader that matches; then the range that may follow it ("to May 1991", "-72")
 * and the operators that may stand before it (since, until, circa, from) are looked for. */
#include "ground/times_read.h"

/* Kinds of words that an expression begins with: most words end here. */
#define BIT(kind) (UINT64_C(1) << DGM_WORD_##kind)
static const uint64_t first_kinds = BIT(MONTH) | BIT(WEEKDAY) | BIT(UNIT) | BIT(SEASON) |
                                    BIT(NUMBER) | BIT(TENS) | BIT(ORDINAL) | BIT(VAGUE) |
                                    BIT(DECADE) | BIT(PART) | BIT(ERA) | BIT(WHICH) | BIT(RECENT) |
                                    BIT(DEICTIC) | BIT(HOLIDAY) | BIT(A);
#undef BIT
#undef BIT

static bool may_begin(const dgm_atom *atom)
{
    switch (atom->kind) {
    case DGM_ATOM_OTHER:
        return false;
    case DGM_ATOM_MARK:
        return atom->mark == '\'';
    case DGM_ATOM_WORD:
        return atom->kinds & first_kinds;
    default:
        return true;
    }
}

/* The readers in the order in which they are tried, and the least depth at which they are: those
 * that read another expression inside theirs stop one level deeper. */
static const struct {
    dgm_reader_of_time read;
    dgm_depth depth;
} readers[] = {
    {dgm_read_part, DGM_DEPTH_PARTS},          {dgm_read_iso, DGM_DEPTH_PLAIN},
    {dgm_read_fraction, DGM_DEPTH_NESTED},     {dgm_read_century, DGM_DEPTH_PLAIN},
    {dgm_read_day_month, DGM_DEPTH_PLAIN},     {dgm_read_month_day, DGM_DEPTH_PLAIN},
    {dgm_read_decade, DGM_DEPTH_PLAIN},        {dgm_read_year_range, DGM_DEPTH_PLAIN},
    {dgm_read_season, DGM_DEPTH_PLAIN},        {dgm_read_bare_month, DGM_DEPTH_PLAIN},
    {dgm_read_weekday, DGM_DEPTH_PLAIN},       {dgm_read_holiday, DGM_DEPTH_PLAIN},
    {dgm_read_vague_stretch, DGM_DEPTH_PLAIN}, {dgm_read_which, DGM_DEPTH_PLAIN},
    {dgm_read_deictic, DGM_DEPTH_PLAIN},       {dgm_read_shift, DGM_DEPTH_NESTED},
    {dgm_read_ahead, DGM_DEPTH_PLAIN},         {dgm_read_unit_shift, DGM_DEPTH_NESTED},
    {dgm_read_year_end, DGM_DEPTH_PLAIN},      {dgm_read_bare_year, DGM_DEPTH_PLAIN},
    {dgm_read_weekend, DGM_DEPTH_PLAIN},
};

int32_t dgm_read_simple(const dgm_scan *scan, int32_t at, dgm_depth depth, dgm_simple *out)
{
    if (!may_begin(atom_at(scan, at)))
        return 0;
    for (unsigned i = 0; i < sizeof readers / sizeof *readers; i++) {
        if (readers[i].depth > depth)
            continue;
        *out = (dgm_simple){0};
        int32_t end = readers[i].read(scan, at, out);
        if (end)
            return end;
    }
    return 0;
}

/* "during the Korean War", "the end of World War II": only where it is used as a time. */
static int32_t read_period(const dgm_scan *scan, int32_t at, dgm_simple *out)
{
    int32_t end;
    const dgm_period *period = dgm_period_at(scan->calendar, &scan->atoms, at, &end);
    if (!period)
        return 0;
    out->when = period->when;
    out->is_period = out->has_year = true;
    return end;
}

/* Give the year of `to` to `from`, or the other way round. */
static void share_year(dgm_simple *from, dgm_simple *to)
{
    dgm_point *lender = to->has_year && !from->has_year   ? &to->when.from
                        : from->has_year && !to->has_year ? &from->when.from
                                                          : NULL;
    dgm_when *borrower = to->has_year ? &from->when : &to->when;
    if (!lender || borrower->is_range || lender->grain == DGM_GRAIN_DECADE ||
        borrower->from.grain > DGM_GRAIN_SEASON)
        return;
    borrower->from.year = borrower->to.year = lender->year;
    bool is_late = dgm_point_first(from->when.from) > dgm_point_last(to->when.to);
    int32_t move = is_late ? (to->has_year && !from->has_year ? -1 : 1) : 0;
    borrower->from.year = borrower->to.year = lender->year + move;
    if (borrower->from.grain == DGM_GRAIN_DAY) {
        int32_t days = dgm_days_in_month(borrower->from.year, borrower->from.month);
        if (borrower->from.day > days)
            borrower->from.day = borrower->to.day = (uint8_t)days;
    }
    from->has_year = to->has_year = true;
    from->is_yearless = to->is_yearless = false;
}

static bool may_join(const dgm_simple *from, const dgm_simple *to, bool is_strong)
{
    if (from->when.is_open_from || from->when.is_open_to || to->when.is_open_from ||
        to->when.is_open_to)
        return false;
    return is_strong || (from->when.grain == to->when.grain && !from->is_relative);
}

/* "from Monday to Friday" across the anchor: what has been goes back a week, what comes goes on. */
static void move_weekday(const dgm_scan *scan, dgm_simple *left, dgm_simple *right)
{
    if (!right->is_relative || right->when.grain != DGM_GRAIN_DAY ||
        left->when.grain != DGM_GRAIN_DAY || left->when.is_range)
        return;
    const dgm_atom *atom = atom_at(scan, left->begin);
    bool is_future = dgm_tense_at(scan, atom->first, atom->last) == DGM_TENSE_FUTURE;
    dgm_simple *moved = is_future || !left->is_relative ? right : left;
    int64_t day = dgm_point_first(moved->when.from) + (moved == left ? -7 : 7);
    moved->when = dgm_when_point(dgm_point_day(day));
}

/* The right side of a range; the joined value goes to *left. */
static int32_t read_range(const dgm_scan *scan, dgm_simple *left, bool is_from, bool is_between)
{
    int32_t at = left->end;
    bool is_word = as(scan, at, DGM_WORD_TO) || as(scan, at, DGM_WORD_UNTIL);
    bool is_and = as(scan, at, DGM_WORD_AND) != NULL;
    bool is_long = left->when.grain == DGM_GRAIN_DECADE || left->when.grain == DGM_GRAIN_CENTURY;
    if (!is_word && !is_dash(scan, at) && !(is_and && (is_between || is_long)))
        return 0;
    int32_t next = skip(scan, at + 1, DGM_WORD_IN);
    bool is_about = as(scan, next, DGM_WORD_CIRCA) != NULL;
    next = skip(scan, skip(scan, next, DGM_WORD_CIRCA), DGM_WORD_LEAST);
    next = skip(scan, next, DGM_WORD_THE);
    if (as(scan, next, DGM_WORD_PRESENT) && (is_from || is_between || is_dash(scan, at))) {
        left->when = dgm_when_since(left->when);
        return next + 1;
    }
    dgm_simple right;
    int32_t end = dgm_read_simple(scan, next, DGM_DEPTH_PARTS, &right);
    if (!end || !may_join(left, &right, is_from || is_between))
        return 0;
    share_year(left, &right);
    if (left->is_yearless || right.is_yearless)
        return 0;
    if (dgm_point_first(right.when.from) < dgm_point_first(left->when.from))
        move_weekday(scan, left, &right);
    if (dgm_point_last(right.when.to) < dgm_point_first(left->when.from))
        return 0;
    if (is_about)
        right.when = dgm_when_approximate(right.when);
    left->whole = right.whole.grain ? right.whole : right.when;
    left->when = dgm_when_range(left->when.from, right.when.to, left->when.grain);
    left->is_weak = false;
    return end;
}

/* The operator before atom `at`: its kind and where it begins; NONE when there is none. */
typedef struct time_operator {
    dgm_word_kind kind;
    int32_t begin;
    bool is_about, has_article;
} time_operator;

static time_operator find_operator(const dgm_scan *scan, int32_t at)
{
    static const dgm_word_kind kinds[] = {DGM_WORD_SINCE,  DGM_WORD_UNTIL, DGM_WORD_BEFORE,
                                          DGM_WORD_AFTER,  DGM_WORD_BY,    DGM_WORD_FROM,
                                          DGM_WORD_BETWEEN};
    time_operator found = {.begin = at};
    int32_t k = at - 1;
    for (int32_t steps = 0; steps < 4 && k >= 0; steps++, k--) {
        if (as(scan, k, DGM_WORD_THE) && steps == 0)
            found.has_article = true;
        else if (as(scan, k, DGM_WORD_CIRCA) || (is_mark(scan, k, '~') && k + 1 == at))
            found.is_about = true, found.begin = k;
        else if (!as(scan, k, DGM_WORD_LEAST) && !as(scan, k, DGM_WORD_YEAR_NAME) &&
                 !(is_dash(scan, k) && atom_at(scan, k)->is_glued))
            break;
    }
    for (unsigned i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (!as(scan, k, kinds[i]))
            continue;
        found.kind = kinds[i];
        found.begin = k;
        return found;
    }
    return found;
}

/* The date stands inside a noun phrase ("the 1979 revolution", "last week's summit"): the operator
 * is about the noun, whose day in the period is not told. */
static bool is_inside_phrase(const dgm_scan *scan, const time_operator *op, int32_t end)
{
    const dgm_atom *next = atom_at(scan, end);
    if (as(scan, end, DGM_WORD_POSSESSIVE) || (is_mark(scan, end, '\'') && next->is_glued))
        return true;
    return op->has_article && next->kind == DGM_ATOM_OTHER && next->first >= 0 &&
           scan->tree->tokens[next->first].upos != DGM_VERB &&
           scan->tree->tokens[next->first].upos != DGM_AUX &&
           scan->tree->tokens[next->first].upos != DGM_PRON;
}

static dgm_when apply(const time_operator *op, dgm_when when, bool is_inside, bool is_onward)
{
    switch (op->kind) {
    case DGM_WORD_SINCE:
        return dgm_when_since(when);
    case DGM_WORD_UNTIL:
    case DGM_WORD_BY:
        return dgm_when_until(when);
    case DGM_WORD_BEFORE:
        return is_inside ? dgm_when_until(when) : dgm_when_before(when);
    case DGM_WORD_AFTER:
        return is_inside ? dgm_when_since(when) : dgm_when_after(when);
    case DGM_WORD_FROM:
        return is_onward ? dgm_when_since(when) : when;
    default:
        return when;
    }
}

/* A named period with its operator. `before X` ends where X begins. */
static bool found_period(const dgm_scan *scan, int32_t at, dgm_simple *period, dgm_found *found)
{
    int32_t k = at - 1, edge = -1;
    while (k >= 0 && (as(scan, k, DGM_WORD_THE) || as(scan, k, DGM_WORD_OF)))
        k--;
    const dgm_reading *word = as(scan, k, DGM_WORD_EDGE);
    if (!word)
        word = as(scan, k, DGM_WORD_PART);
    bool is_part = word && word->kind == DGM_WORD_PART && word->value == 1;
    if (word && !is_part) {
        edge = word->value;
        for (k--; k >= 0 && as(scan, k, DGM_WORD_THE); k--)
            continue;
    }
    time_operator op = find_operator(scan, k + 1);
    dgm_when when = period->when;
    bool is_used = as(scan, k, DGM_WORD_DURING) || as(scan, k, DGM_WORD_IN) ||
                   as(scan, k, DGM_WORD_PREP) || op.kind;
    if (!is_used || op.kind == DGM_WORD_BY || op.kind == DGM_WORD_FROM ||
        op.kind == DGM_WORD_BETWEEN || (as(scan, k, DGM_WORD_OF) && !op.kind))
        return false;
    dgm_point point = edge == 0                   ? when.from
                      : edge == 2                 ? when.to
                      : op.kind == DGM_WORD_AFTER ? when.to
                                                  : when.from;
    if (op.kind == DGM_WORD_AFTER || op.kind == DGM_WORD_SINCE)
        when = dgm_when_since(dgm_when_point(point));
    else if (op.kind == DGM_WORD_BEFORE)
        when = dgm_when_until(dgm_when_point(point));
    else if (op.kind == DGM_WORD_UNTIL)
        when = dgm_when_until(dgm_when_point(edge == 0 ? when.from : when.to));
    else if (edge >= 0)
        when = dgm_when_point(point);
    found->begin = op.kind ? op.begin : k + 1;
    found->end = period->end;
    found->core = period->when;
    found->when = when;
    found->is_period = true;
    return true;
}

bool dgm_found_at(const dgm_scan *scan, int32_t at, dgm_found *found)
{
    dgm_simple it = {0};
    *found = (dgm_found){0};
    if ((it.end = read_period(scan, at, &it)))
        return found_period(scan, at, &it, found);
    int32_t end = dgm_read_simple(scan, at, DGM_DEPTH_PARTS, &it);
    if (!end)
        return false;
    it.end = end;
    it.begin = at;
    time_operator op = find_operator(scan, at);
    found->core = it.whole.grain ? it.whole : it.when;
    bool is_from = op.kind == DGM_WORD_FROM, is_between = op.kind == DGM_WORD_BETWEEN;
    int32_t right = read_range(scan, &it, is_from, is_between);
    bool is_preposed = dgm_time_is_introduced(scan, at) || op.kind ||
                       as(scan, at - 1, DGM_WORD_PART) ||
                       ((as(scan, at - 1, DGM_WORD_THE) || as(scan, at - 1, DGM_WORD_A) ||
                         as(scan, at - 1, DGM_WORD_POSSESSIVE)) &&
                        !is_end(scan, end));
    if (it.is_yearless || (it.is_weak && !right && !is_preposed))
        return false;
    if (right) {
        found->core_to = it.whole;
        it.end = right;
    }
    bool is_onward = is_from && as(scan, it.end, DGM_WORD_ONWARD) != NULL;
    bool is_range_word = right && (is_from || is_between);
    dgm_when when = it.when;
    if (op.is_about)
        when = dgm_when_approximate(when);
    if (!it.when.is_open_to && !it.when.is_open_from)
        when = apply(&op, when, is_inside_phrase(scan, &op, it.end), is_onward);
    bool has_operator = is_range_word || op.is_about ||
                        (op.kind && op.kind != DGM_WORD_FROM && op.kind != DGM_WORD_BETWEEN);
    found->begin = has_operator || is_onward ? op.begin : at;
    found->end = it.end + is_onward;
    found->when = when;
    found->has_year = it.has_year;
    return true;
}
