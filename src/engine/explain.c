/* Explain: for people who ask why a sentence was coded so: its tree, who and when the words mean,
 * the entries that were tried, the records that came out. */
#include "engine/engine.h"

typedef struct writer {
    dgm_buf *out;
    bool colour;
    const dgm_tree *tree;
} writer;

static void paint(const writer *to, const char *code, dgm_str s)
{
    if (to->colour)
        dgm_buf_printf(to->out, "\033[%sm", code);
    dgm_buf_add(to->out, s);
    if (to->colour)
        dgm_buf_text(to->out, "\033[0m");
}

static void heading(const writer *to, const char *text)
{
    paint(to, "1", dgm_str_of(text));
    dgm_buf_char(to->out, '\n');
}

enum { MAX_INDENT = 24 };

static uint32_t depth_of(const dgm_tree *tree, int32_t token)
{
    uint32_t depth = 0;
    for (token = tree->tokens[token].head; token >= 0; token = tree->tokens[token].head)
        depth++;
    return depth;
}

static void write_tree(const writer *to)
{
    heading(to, "tree");
    for (int32_t i = 0; i < to->tree->count; i++) {
        const dgm_token *token = &to->tree->tokens[i];
        uint32_t depth = depth_of(to->tree, i);
        dgm_buf_printf(to->out, "%4d  ", i + 1);
        dgm_buf_fill(to->out, ' ', 2 * (depth < MAX_INDENT ? depth : MAX_INDENT));
        paint(to, "36", dgm_tree_form(to->tree, i));
        dgm_buf_printf(to->out, "  %s %s", dgm_upos_name(token->upos), dgm_rel_name(token->rel));
        if (token->head >= 0)
            dgm_buf_printf(to->out, " of %d", token->head + 1);
        if (!dgm_str_eq(token->lemma, dgm_tree_form(to->tree, i)))
            dgm_buf_printf(to->out, "  (%.*s)", DGM_FMT(token->lemma));
        dgm_buf_char(to->out, '\n');
    }
}

static void write_actors(const writer *to, dgm_actors actors)
{
    if (!actors.count)
        dgm_buf_char(to->out, '-');
    for (uint32_t i = 0; i < actors.count; i++) {
        const dgm_actor *actor = &actors.items[i];
        if (i)
            dgm_buf_text(to->out, " + ");
        paint(to, "33", dgm_str_of(actor->code ? actor->code : "?"));
        for (unsigned s = 0; s < DGM_ACTOR_SECTORS && actor->sectors[s]; s++)
            dgm_buf_printf(to->out, ".%s", dgm_sector_name(actor->sectors[s]));
    }
}

static void write_mentions(const writer *to, const dgm_grounded_sentence *sentence)
{
    static const char *const bases[] = {"", "by name", "by role", "by chain", "not placed"};
    heading(to, "mentions");
    for (int32_t i = 0; i < to->tree->count; i++) {
        const dgm_mention *mention = sentence->mentions[i];
        if (!mention)
            continue;
        dgm_buf_printf(to->out, "%4d  ", i + 1);
        write_actors(to, mention->actors);
        dgm_buf_printf(to->out, "  %s: %.*s\n", bases[mention->basis],
                       DGM_FMT(dgm_span_of(to->tree->text->bytes, mention->span)));
    }
    for (uint32_t i = 0; i < sentence->time_count; i++) {
        const dgm_time_mention *time = &sentence->times[i];
        dgm_buf_printf(to->out, "%4d  ", time->head + 1);
        paint(to, "32", dgm_str_of(time->time.edtf ? time->time.edtf : "no date"));
        dgm_buf_printf(to->out, "  time: %.*s\n",
                       DGM_FMT(dgm_span_of(to->tree->text->bytes, time->time.span)));
    }
}

static void write_tried(void *payload, int32_t token, const char *id, const char *reason)
{
    const writer *to = payload;
    dgm_buf_printf(to->out, "%4d  ", token + 1);
    paint(to, "36", dgm_tree_form(to->tree, token));
    dgm_buf_printf(to->out, "  %s", id);
    if (reason)
        dgm_buf_printf(to->out, "  no: %s\n", reason);
    else
        paint(to, "32", DGM_STR("  yes\n"));
}

static void write_record(const writer *to, const dgm_record *record)
{
    dgm_str text = to->tree->text->bytes;
    dgm_buf_text(to->out, "      ");
    write_actors(to, record->actors);
    dgm_buf_text(to->out, " > ");
    write_actors(to, record->recipients);
    dgm_buf_printf(to->out, "  %s%s%s  %s", dgm_record_type_name(record), record->mode ? "." : "",
                   dgm_record_mode_name(record), dgm_modality_name(record->modality));
    if (record->about.count) {
        dgm_buf_text(to->out, "  about ");
        write_actors(to, record->about);
    }
    if (record->when.edtf)
        dgm_buf_printf(to->out, "  %s", record->when.edtf);
    if (record->attribution.span.len)
        dgm_buf_printf(to->out, "  according to \"%.*s\"",
                       DGM_FMT(dgm_span_of(text, record->attribution.span)));
    dgm_buf_printf(to->out, "\n      \"%.*s\"  %s  %.2f (type %.2f, sides %.2f, modality %.2f)\n",
                   DGM_FMT(dgm_span_of(text, record->trigger)), record->rule, record->confidence,
                   record->sure[DGM_QUESTION_TYPE], record->sure[DGM_QUESTION_SIDES],
                   record->sure[DGM_QUESTION_MODALITY]);
}

typedef struct weighing { /* while a sentence is coded */
    writer *to;
    const dgm_sureness *sureness;
    const dgm_grounded *grounded;
    dgm_record held[8];
    uint32_t held_count;
} weighing;

static void trace_tried(void *payload, int32_t token, const char *id, const char *reason)
{
    const weighing *it = payload;
    write_tried(it->to, token, id, reason);
}

static void keep_held(void *payload, const dgm_record *record, const struct dgm_signs *signs)
{
    weighing *it = payload;
    (void)signs;
    if (dgm_sureness_holds_back(it->sureness, it->grounded, record) &&
        it->held_count < sizeof it->held / sizeof *it->held)
        it->held[it->held_count++] = *record;
}

static dgm_records explain_sentence(dgm_coder *coder, dgm_story *story, uint32_t index,
                                    const dgm_records *before, bool colour)
{
    const dgm_grounded *grounded = story->grounded;
    const dgm_grounded_sentence *sentence = &grounded->sentences[index];
    writer to = {&coder->out, colour, sentence->tree};
    paint(&to, "1;4", dgm_span_of(grounded->text->bytes, grounded->text->sentences[index].span));
    dgm_buf_text(to.out, "\n\n");
    write_tree(&to);
    write_mentions(&to, sentence);
    heading(&to, "rules tried");
    weighing weighed = {&to, &coder->engine->book.sureness, grounded, .held_count = 0};
    const dgm_trace trace = {trace_tried, keep_held, &weighed};
    dgm_records records = dgm_code_sentence(&coder->engine->book, story, index, before, &trace);
    heading(&to, "records");
    for (uint32_t i = 0; i < records.count; i++)
        write_record(&to, &records.items[i]);
    if (!records.count)
        dgm_buf_text(to.out, "      none\n");
    if (weighed.held_count)
        heading(&to, "held back: too doubtful");
    for (uint32_t i = 0; i < weighed.held_count; i++)
        write_record(&to, &weighed.held[i]);
    dgm_buf_char(to.out, '\n');
    return records;
}

typedef struct explaining {
    dgm_coder_call call;
    bool colour;
} explaining;

static dgm_status explain_body(void *payload)
{
    explaining *it = payload;
    dgm_grounded *grounded = dgm_coder_ground(it->call.coder, it->call.document);
    dgm_record *items = NULL;
    uint32_t count = 0, capacity = 0;
    dgm_story story;
    dgm_story_init(&story, it->call.coder->engine->book.rules, it->call.coder->arena, grounded);
    for (uint32_t i = 0; i < grounded->text->count; i++) {
        dgm_records before = {items, count};
        dgm_records found = explain_sentence(it->call.coder, &story, i, &before, it->colour);
        for (uint32_t k = 0; k < found.count; k++)
            DGM_PUSH(it->call.coder->arena, items, count, capacity, found.items[k]);
    }
    return DGM_OK;
}

dgm_status dgm_coder_explain(dgm_str *out, dgm_coder *coder, const dgm_document *document,
                             bool colour, dgm_error *err)
{
    explaining it = {{coder, document}, colour};
    DGM_TRY(dgm_coder_run(&it.call, explain_body, err));
    *out = dgm_buf_str(&coder->out);
    return DGM_OK;
}
