/* PolNeAR: see polnear.h. */
#include "polnear.h"

#include "base/file.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

enum { PATH_BYTES = 4096 };

static const char *const role_names[POLNEAR_ROLES] = {"source", "cue", "content"};

static int role_of(dgm_str name)
{
    for (int r = 0; r < POLNEAR_ROLES; r++)
        if (strncasecmp(name.ptr, role_names[r], name.len) == 0 &&
            strlen(role_names[r]) == name.len)
            return r;
    return -1;
}

static void read_parts(polnear_item *item, dgm_str cell)
{
    dgm_str part, begin;
    while (item->count < POLNEAR_PARTS && dgm_str_cut(&cell, ';', &part)) {
        int64_t b, e;
        if (!dgm_str_cut(&part, ' ', &begin) || !dgm_str_int(begin, &b) ||
            !dgm_str_int(dgm_str_trim(part), &e))
            continue;
        item->parts[item->count++] = (polnear_range){(uint32_t)b, (uint32_t)e};
    }
}

static void read_event(dgm_arena *arena, polnear_gold *out, dgm_str cell)
{
    polnear_event event = {{-1, -1, -1}};
    dgm_str role, name;
    while (dgm_str_cut(&cell, ' ', &role)) {
        int64_t number;
        if (!dgm_str_cut(&role, ':', &name) || role.len < 2 ||
            !dgm_str_int(dgm_str_sub(role, 1, role.len - 1), &number))
            continue;
        int r = role_of(name);
        if (r >= 0)
            event.items[r] = (int32_t)number;
    }
    DGM_PUSH(arena, out->events, out->event_count, out->event_capacity, event);
}

static polnear_gold read_gold(dgm_arena *arena, dgm_str bytes)
{
    polnear_gold out = {0};
    dgm_str line;
    while (dgm_str_cut(&bytes, '\n', &line)) {
        dgm_str id, middle, label;
        int64_t number;
        if (line.len < 2 || !dgm_str_cut(&line, '\t', &id) || !dgm_str_cut(&line, '\t', &middle) ||
            !dgm_str_int(dgm_str_sub(id, 1, id.len - 1), &number))
            continue;
        if (id.ptr[0] == 'E') {
            read_event(arena, &out, middle);
        } else if (id.ptr[0] == 'T' && dgm_str_cut(&middle, ' ', &label)) {
            polnear_item item = {.number = (int32_t)number, .role = role_of(label)};
            read_parts(&item, middle);
            DGM_PUSH(arena, out.items, out.count, out.capacity, item);
        }
    }
    return out;
}

const polnear_item *polnear_item_of(const polnear_gold *gold, int32_t number)
{
    for (uint32_t i = 0; i < gold->count; i++)
        if (gold->items[i].number == number)
            return &gold->items[i];
    return NULL;
}

polnear_range polnear_points(const polnear *it, dgm_span span)
{
    return (polnear_range){dgm_document_point(it->document, span.off),
                           dgm_document_point(it->document, dgm_span_end(span))};
}

static dgm_status load(void *payload)
{
    polnear *it = payload;
    DGM_TRY(dgm_pack_open(&it->pack, "builtin", dgm_pack_builtin(), &it->err));
    DGM_TRY(dgm_scopes_load(&it->scopes, it->arena, &it->pack, &it->err));
    DGM_TRY(dgm_splitter_load(&it->splitter, it->arena, &it->pack, &it->err));
    DGM_TRY(dgm_grounder_load(&it->grounder, it->arena, &it->pack, &it->err));
    DGM_TRY(dgm_model_open(&it->model, "built-in model",
                           dgm_pack_find(&it->pack, "model/english.bin"), &it->err));
    it->parser = dgm_parser_new(it->model);
    return it->parser ? DGM_OK : DGM_ERROR_MEMORY;
}

dgm_status polnear_open(polnear *it)
{
    it->arena = dgm_arena_new();
    it->work = dgm_arena_new();
    if (!it->arena || !it->work)
        return DGM_ERROR_MEMORY;
    return dgm_arena_run(it->arena, load, it);
}

void polnear_close(polnear *it)
{
    dgm_parser_free(it->parser);
    dgm_model_close(it->model);
    dgm_arena_free(it->work);
    dgm_arena_free(it->arena);
}

static dgm_status run_document(void *payload)
{
    polnear *it = payload;
    dgm_text *text = dgm_text_split(it->splitter, it->work, it->document);
    for (uint32_t i = 0; i < text->count; i++)
        dgm_parser_run(it->parser, it->work, text, &text->sentences[i]);
    const dgm_grounded *grounded = dgm_ground_document(it->grounder, it->work, text);
    polnear_gold gold = read_gold(it->work, it->annotation);
    it->take(it->payload, grounded, &gold);
    return DGM_OK;
}

static dgm_status run_texts(polnear *it, dgm_str text, dgm_str annotation)
{
    dgm_str none = DGM_STR("");
    DGM_TRY(dgm_document_new(&it->document, DGM_STR("x"), none, none, text, &it->err));
    it->annotation = annotation;
    dgm_arena_reset(it->work);
    dgm_status status = dgm_arena_run(it->work, run_document, it);
    dgm_document_free(it->document);
    return status;
}

/* SPLIT-attributions/NAME_xxxx.ann belongs to SPLIT-text/NAME.txt. */
static dgm_status run_file(polnear *it, const char *dir, const char *split, const char *name)
{
    char path[PATH_BYTES];
    dgm_file annotation, text;
    const char *cut = strrchr(name, '_');
    snprintf(path, sizeof path, "%s/%s-attributions/%s", dir, split, name);
    DGM_TRY(dgm_file_open(&annotation, path, &it->err));
    snprintf(path, sizeof path, "%s/%s-text/%.*s.txt", dir, split, cut ? (int)(cut - name) : 0,
             name);
    dgm_status status = dgm_file_open(&text, path, &it->err);
    if (status == DGM_OK) {
        status = run_texts(it, text.bytes, annotation.bytes);
        dgm_file_close(&text);
    }
    dgm_file_close(&annotation);
    return status;
}

static int is_annotation(const struct dirent *entry)
{
    return strstr(entry->d_name, ".ann") != NULL;
}

static bool is_wanted(uint32_t i, uint32_t count, polnear_share share, uint32_t most)
{
    bool is_tenth = i % 10 == 9;
    if (share != POLNEAR_ALL && is_tenth != (share == POLNEAR_TENTH))
        return false;
    return !most || (uint64_t)i * most / count != (uint64_t)(i + 1) * most / count;
}

dgm_status polnear_each(polnear *it, const char *dir, const char *split, polnear_share share,
                        uint32_t most)
{
    char path[PATH_BYTES];
    struct dirent **names;
    snprintf(path, sizeof path, "%s/%s-attributions", dir, split);
    int count = scandir(path, &names, is_annotation, alphasort);
    if (count < 0)
        return dgm_fail_errno(&it->err, path, "cannot list");
    dgm_status status = DGM_OK;
    for (int i = 0; i < count; i++) {
        if (status == DGM_OK && is_wanted((uint32_t)i, (uint32_t)count, share, most))
            status = run_file(it, dir, split, names[i]->d_name);
        free(names[i]);
    }
    free(names);
    return status;
}
