/* Classify: what the first marked side does to the second - rules find acts, the ranker weighs. */
#include "engine/classify.h"

static bool is_touched(const dgm_sentence *sentence, const dgm_span *spans, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++)
        if (spans[i].off < dgm_span_end(sentence->span) &&
            dgm_span_end(spans[i]) > sentence->span.off)
            return true;
    return false;
}

/* First and last sentence with marked words; false when there is none. */
static bool touched_sentences(const dgm_text *text, const dgm_marks *marks, uint32_t *first,
                              uint32_t *last)
{
    bool found = false;
    for (uint32_t i = 0; i < text->count; i++) {
        /* of a side that is in parts the first counts */
        if (!is_touched(&text->sentences[i], marks->source, marks->source_count ? 1 : 0) &&
            !is_touched(&text->sentences[i], marks->target, marks->target_count ? 1 : 0))
            continue;
        if (!found)
            *first = i;
        *last = i;
        found = true;
    }
    return found;
}

/* The sentences first..last of the text as one. */
static void join_sentences(dgm_arena *arena, dgm_text *text, uint32_t first, uint32_t last)
{
    size_t count = 0;
    for (uint32_t i = first; i <= last; i++)
        count += text->sentences[i].count;
    dgm_token *tokens = DGM_ARRAY(arena, dgm_token, count + 1), *to = tokens;
    for (uint32_t i = first; i <= last; i++) {
        memcpy(to, text->sentences[i].tokens, text->sentences[i].count * sizeof *to);
        to += text->sentences[i].count;
    }
    dgm_sentence *joined = &text->sentences[first];
    joined->span = dgm_span_join(joined->span, text->sentences[last].span);
    joined->tokens = tokens;
    joined->count = (uint32_t)count;
    memmove(&text->sentences[first + 1], &text->sentences[last + 1],
            (text->count - last - 1) * sizeof *text->sentences);
    text->count -= last - first;
}

/* The best act, and what its modality makes of it. */
static void judge_by_acts(dgm_marked *marked, const dgm_codebook *book, dgm_arena *arena)
{
    if (!marked->clause.tree->count)
        return;
    marked->verdict = dgm_sides_judge(book->rules, &marked->clause, &marked->acts, &marked->sides);
    const dgm_act *act = marked->verdict.act;
    dgm_modality modality = act ? act->modality : DGM_MODALITY_NONE;
    int32_t top = dgm_sides_top(marked->clause.tree, &marked->sides);
    if (!modality)
        modality = dgm_scope_of(book->scopes, arena, marked->grounded, marked->index,
                                act ? act->token : top, act ? act->stop : top)
                       .modality;
    dgm_sides_bend(book->rules, &marked->verdict, modality);
}

void dgm_mark_sentence(dgm_marked *out, const dgm_codebook *book, dgm_arena *arena,
                       dgm_grounded *grounded, uint32_t index, const dgm_marks *marks)
{
    const dgm_grounded_sentence *sentence = &grounded->sentences[index];
    *out = (dgm_marked){.grounded = grounded, .index = index};
    out->sides.at[DGM_SIDE_SOURCE] =
        dgm_side_find(sentence->tree, marks->source, marks->source_count);
    out->sides.at[DGM_SIDE_TARGET] =
        dgm_side_find(sentence->tree, marks->target, marks->target_count);
    out->sides.is_marked = marks->source_count || marks->target_count;
    if (!out->sides.is_marked) {
        dgm_clause_init(&out->clause, arena, book->rules, sentence,
                        dgm_lemmas_of(arena, book->rules, sentence->tree));
        out->acts = dgm_acts_find(book->rules, &out->clause, NULL);
        out->sides = dgm_sides_guess(&out->clause, &out->acts);
    }
    sentence = dgm_sides_mark(arena, sentence, &out->sides);
    dgm_clause_init(&out->clause, arena, book->rules, sentence,
                    dgm_lemmas_of(arena, book->rules, sentence->tree));
    out->acts = dgm_acts_find(book->rules, &out->clause, NULL);
    judge_by_acts(out, book, arena);
}

bool dgm_mark_document(dgm_marked *out, dgm_coder *coder, const dgm_document *document,
                       const dgm_marks *marks)
{
    dgm_text *text = dgm_text_split(coder->engine->splitter, coder->arena, document);
    if (!text->count)
        return false;
    uint32_t first = 0, last = text->count - 1;
    touched_sentences(text, marks, &first, &last);
    if (last > first)
        join_sentences(coder->arena, text, first, last);
    for (uint32_t i = 0; i < text->count; i++)
        dgm_parser_run(coder->parser, coder->arena, text, &text->sentences[i]);
    dgm_grounded *grounded = dgm_ground_document(coder->engine->grounder, coder->arena, text);
    dgm_mark_sentence(out, &coder->engine->book, coder->arena, grounded, first, marks);
    return true;
}

typedef struct classifying {
    dgm_coder_call call;
    const dgm_marks *marks;
    const dgm_classify_options *options;
    dgm_class *out;
} classifying;

static void name_rule(dgm_class *out, dgm_arena *arena, const dgm_verdict *verdict)
{
    if (verdict->act)
        out->rule = dgm_act_ids(arena, verdict->act);
}

/* By rules alone: the act that fits, else what stands nearest. Sureness is a guess by the fit. */
static void judge_by_rules(const dgm_marked *marked, const dgm_rules *rules, dgm_class *out)
{
    const dgm_verdict *verdict = &marked->verdict;
    out->type = dgm_sides_force(rules, &marked->clause, &marked->sides, verdict);
    out->confidence = verdict->act ? 0.4 + 0.05 * verdict->fit : 0.3;
    if (!out->type) {
        out->type = DGM_TYPE_ACCUSE; /* the commonest of what news say of two sides */
        out->confidence = 0.1;
    }
}

static void judge(const dgm_marked *marked, dgm_coder *coder, const dgm_classify_options *options,
                  dgm_class *out)
{
    const dgm_codebook *book = &coder->engine->book;
    const dgm_ranker *ranker = book->ranker.header && !options->rules_only ? &book->ranker : NULL;
    const dgm_verdict *verdict = &marked->verdict;
    double threshold = 0.5;
    if (ranker) {
        dgm_evidence evidence =
            dgm_evidence_find(book->rules, &marked->clause, &marked->acts, &marked->sides, verdict);
        dgm_ranking ranking = dgm_ranker_judge(ranker, &evidence);
        out->type = ranking.type;
        out->confidence = ranking.sure / 10000.0;
        threshold = ranker->header->threshold / 10000.0;
    } else {
        judge_by_rules(marked, book->rules, out);
    }
    if (verdict->act && verdict->type == out->type) {
        name_rule(out, coder->arena, verdict);
        if (verdict->act->type == out->type)
            out->mode = verdict->act->mode;
    }
    out->modality = verdict->modality;
    if (!options->force && out->confidence < threshold)
        *out = (dgm_class){.confidence = out->confidence};
    out->quad = dgm_type_quad(out->type);
}

static dgm_status classify_body(void *payload)
{
    classifying *it = payload;
    dgm_marked marked;
    if (dgm_mark_document(&marked, it->call.coder, it->call.document, it->marks))
        judge(&marked, it->call.coder, it->options, it->out);
    return DGM_OK;
}

dgm_status dgm_coder_classify(dgm_class *out, dgm_coder *coder, const dgm_document *document,
                              const dgm_marks *marks, const dgm_classify_options *options,
                              dgm_error *err)
{
    const dgm_classify_options defaults = DGM_CLASSIFY_OPTIONS_INIT;
    classifying it = {{coder, document}, marks, options ? options : &defaults, out};
    *out = (dgm_class){0};
    return dgm_coder_run(&it.call, classify_body, err);
}
