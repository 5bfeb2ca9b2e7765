/* Annotate: what the engine sees in a document, as CoNLL-U and as JSON. */
#include "engine/engine.h"

#include <jansson.h>
#include <stdlib.h>

static const char *const name_tags[] = {"O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"};

/* On one line: white space of the text as single spaces. */
static void add_line(dgm_buf *out, dgm_str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        dgm_buf_char(out, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
    }
}

static void add_features(dgm_buf *out, uint32_t feats)
{
    bool any = false;
    for (unsigned at = 0; at < DGM_FEAT_COUNT; at++)
        if (feats >> at & 1) {
            if (any)
                dgm_buf_char(out, '|');
            dgm_buf_text(out, dgm_feat_name(at));
            any = true;
        }
    if (!any)
        dgm_buf_char(out, '_');
}

static void add_actor_labels(dgm_buf *out, const dgm_mention *mention)
{
    dgm_buf_text(out, "|Actor=");
    for (uint32_t i = 0; i < mention->actors.count; i++) {
        const dgm_actor *actor = &mention->actors.items[i];
        if (i)
            dgm_buf_char(out, '+');
        dgm_buf_text(out, actor->code ? actor->code : "?");
        for (unsigned s = 0; s < DGM_ACTOR_SECTORS && actor->sectors[s]; s++)
            dgm_buf_printf(out, ".%s", dgm_sector_name(actor->sectors[s]));
    }
}

static void add_token(dgm_buf *out, const dgm_grounded_sentence *sentence, int32_t i)
{
    const dgm_tree *tree = sentence->tree;
    const dgm_token *token = &tree->tokens[i];
    dgm_buf_printf(out, "%d\t", i + 1);
    add_line(out, dgm_tree_form(tree, i));
    dgm_buf_char(out, '\t');
    add_line(out, token->lemma.len ? token->lemma : DGM_STR("_"));
    dgm_buf_printf(out, "\t%s\t%s\t", dgm_upos_name(token->upos), dgm_xpos_name(token->xpos));
    add_features(out, token->feats);
    dgm_buf_printf(out, "\t%d\t%s\t_\tName=%s", token->head + 1, dgm_rel_name(token->rel),
                   name_tags[token->name <= DGM_NAME_I_LOC ? token->name : 0]);
    if (i + 1 < tree->count && tree->tokens[i + 1].is_glued)
        dgm_buf_text(out, "|SpaceAfter=No");
    if (sentence->mentions[i] && sentence->mentions[i]->actors.count)
        add_actor_labels(out, sentence->mentions[i]);
    dgm_buf_char(out, '\n');
}

/* The text as the tokens and their gaps give it: marks and glosses are in none of them, and readers
 * of CoNLL-U look for nothing else. */
static void add_text(dgm_buf *out, const dgm_grounded *grounded, const dgm_sentence *sentence)
{
    dgm_buf_text(out, "# text = ");
    for (uint32_t i = 0; i < sentence->count; i++) {
        if (i && !sentence->tokens[i].is_glued)
            dgm_buf_char(out, ' ');
        add_line(out, dgm_token_form(grounded->text, &sentence->tokens[i]));
    }
    dgm_buf_char(out, '\n');
}

static dgm_status conllu_body(void *payload)
{
    dgm_coder_call *call = payload;
    dgm_buf *out = &call->coder->out;
    dgm_grounded *grounded = dgm_coder_ground(call->coder, call->document);
    dgm_buf_text(out, "# newdoc id = ");
    add_line(out, dgm_document_id(call->document));
    dgm_buf_char(out, '\n');
    uint32_t paragraph = UINT32_MAX;
    for (uint32_t s = 0; s < grounded->text->count; s++) {
        const dgm_sentence *sentence = &grounded->text->sentences[s];
        if (!sentence->count)
            continue;
        if (sentence->paragraph != paragraph)
            dgm_buf_text(out, "# newpar\n");
        paragraph = sentence->paragraph;
        dgm_buf_printf(out, "# sent_id = %u\n", s + 1);
        add_text(out, grounded, sentence);
        for (int32_t i = 0; i < (int32_t)sentence->count; i++)
            add_token(out, &grounded->sentences[s], i);
        dgm_buf_char(out, '\n');
    }
    return DGM_OK;
}

dgm_status dgm_coder_conllu(dgm_str *out, dgm_coder *coder, const dgm_document *document,
                            dgm_error *err)
{
    dgm_coder_call call = {coder, document};
    DGM_TRY(dgm_coder_run(&call, conllu_body, err));
    *out = dgm_buf_str(&coder->out);
    return DGM_OK;
}

static json_t *json_str(dgm_str s)
{
    return json_stringn(s.ptr, s.len);
}

static void set_span(json_t *object, const dgm_document *document, dgm_span span)
{
    json_object_set_new(object, "begin", json_integer(dgm_document_point(document, span.off)));
    json_object_set_new(object, "end",
                        json_integer(dgm_document_point(document, dgm_span_end(span))));
}

static json_t *json_token(const dgm_tree *tree, const dgm_document *document, int32_t i)
{
    const dgm_token *token = &tree->tokens[i];
    json_t *object = json_object();
    json_object_set_new(object, "form", json_str(dgm_tree_form(tree, i)));
    json_object_set_new(object, "lemma", json_str(token->lemma));
    json_object_set_new(object, "upos", json_string(dgm_upos_name(token->upos)));
    json_object_set_new(object, "xpos", json_string(dgm_xpos_name(token->xpos)));
    json_object_set_new(object, "head", json_integer(token->head + 1));
    json_object_set_new(object, "deprel", json_string(dgm_rel_name(token->rel)));
    set_span(object, document, token->span);
    return object;
}

static json_t *json_actors(dgm_actors actors)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < actors.count; i++) {
        json_t *object = json_object(), *sectors = json_array();
        const dgm_actor *actor = &actors.items[i];
        json_object_set_new(object, "code", actor->code ? json_string(actor->code) : json_null());
        for (unsigned s = 0; s < DGM_ACTOR_SECTORS && actor->sectors[s]; s++)
            json_array_append_new(sectors, json_string(dgm_sector_name(actor->sectors[s])));
        json_object_set_new(object, "sectors", sectors);
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *json_mention(const dgm_mention *mention, const dgm_document *document, int32_t token)
{
    static const char *const bases[] = {"", "named", "role", "chain", "bare"};
    static const char *const kinds[] = {"",       "state", "organisation", "person",
                                        "people", "place", "thing"};
    json_t *object = json_object();
    json_object_set_new(object, "token", json_integer(token + 1));
    json_object_set_new(object, "kind", json_string(kinds[mention->kind]));
    json_object_set_new(object, "basis", json_string(bases[mention->basis]));
    json_object_set_new(object, "actors", json_actors(mention->actors));
    if (mention->place)
        json_object_set_new(object, "place", json_string(mention->place->name));
    set_span(object, document, mention->span);
    return object;
}

static json_t *json_times(const dgm_grounded_sentence *sentence, const dgm_document *document)
{
    json_t *list = json_array();
    for (uint32_t i = 0; i < sentence->time_count; i++) {
        const dgm_time *time = &sentence->times[i].time;
        json_t *object = json_object();
        json_object_set_new(object, "edtf", time->edtf ? json_string(time->edtf) : json_null());
        set_span(object, document, time->span);
        json_array_append_new(list, object);
    }
    return list;
}

static json_t *json_sentence(const dgm_grounded_sentence *sentence, const dgm_document *document)
{
    const dgm_tree *tree = sentence->tree;
    json_t *object = json_object(), *tokens = json_array(), *mentions = json_array();
    set_span(object, document, tree->sentence->span);
    for (int32_t i = 0; i < tree->count; i++) {
        json_array_append_new(tokens, json_token(tree, document, i));
        if (sentence->mentions[i])
            json_array_append_new(mentions, json_mention(sentence->mentions[i], document, i));
    }
    json_object_set_new(object, "tokens", tokens);
    json_object_set_new(object, "mentions", mentions);
    json_object_set_new(object, "times", json_times(sentence, document));
    return object;
}

static dgm_status annotate_body(void *payload)
{
    dgm_coder_call *call = payload;
    dgm_grounded *grounded = dgm_coder_ground(call->coder, call->document);
    json_t *object = json_object(), *sentences = json_array();
    json_object_set_new(object, "document", json_str(dgm_document_id(call->document)));
    for (uint32_t s = 0; s < grounded->text->count; s++)
        json_array_append_new(sentences, json_sentence(&grounded->sentences[s], call->document));
    json_object_set_new(object, "sentences", sentences);
    char *text = json_dumps(object, JSON_COMPACT);
    json_decref(object);
    if (!text)
        return DGM_ERROR_MEMORY;
    dgm_buf_text(&call->coder->out, text);
    dgm_buf_char(&call->coder->out, '\n');
    free(text);
    return DGM_OK;
}

dgm_status dgm_coder_annotate(dgm_str *out, dgm_coder *coder, const dgm_document *document,
                              dgm_error *err)
{
    dgm_coder_call call = {coder, document};
    DGM_TRY(dgm_coder_run(&call, annotate_body, err));
    *out = dgm_buf_str(&coder->out);
    return DGM_OK;
}
