/* Folder: the tables of a user's folder as a pack, laid out as tools/pack.py does, so that all
 * loaders read them the same way. In the order of their names: the same everywhere. */
#include "base/file.h"
#include "base/pack.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

enum { NAME = 112, ENTRY = 128, HEAD = 16, ALIGN = 64, PATH_SIZE = 4096 };

typedef struct member {
    char name[NAME];
    dgm_str bytes;
} member;

typedef struct gathering {
    dgm_arena *arena;
    const char *root;
    member *items;
    uint32_t count, capacity;
    uint64_t size;
    dgm_error *err;
} gathering;

static dgm_status add_file(gathering *it, const char *path, const char *name)
{
    member one = {{0}, {NULL, 0}};
    dgm_file file;
    if (strlen(name) >= NAME)
        return dgm_fail(it->err, DGM_ERROR_ARGUMENT, path, 0, "the name of the table is too long");
    DGM_TRY(dgm_file_open(&file, path, it->err));
    snprintf(one.name, sizeof one.name, "%s", name);
    one.bytes = dgm_arena_str(it->arena, file.bytes.ptr, file.bytes.len);
    dgm_file_close(&file);
    it->size += (one.bytes.len + ALIGN - 1) / ALIGN * ALIGN;
    DGM_PUSH(it->arena, it->items, it->count, it->capacity, one);
    return DGM_OK;
}

static dgm_status gather(gathering *it, const char *below, int depth);

static dgm_status add_entry(gathering *it, const char *below, const char *name, int depth)
{
    char path[PATH_SIZE], inner[PATH_SIZE];
    struct stat info;
    snprintf(inner, sizeof inner, "%s%s%s", below, below[0] ? "/" : "", name);
    if (snprintf(path, sizeof path, "%s/%s", it->root, inner) >= (int)sizeof path)
        return dgm_fail(it->err, DGM_ERROR_ARGUMENT, it->root, 0, "the path is too long");
    if (stat(path, &info) != 0)
        return dgm_fail_errno(it->err, path, "cannot read");
    if (S_ISDIR(info.st_mode))
        return depth ? gather(it, inner, depth - 1) : DGM_OK;
    return dgm_str_ends(dgm_str_of(name), DGM_STR(".tsv")) ? add_file(it, path, inner) : DGM_OK;
}

static dgm_status gather(gathering *it, const char *below, int depth)
{
    char path[PATH_SIZE];
    if (snprintf(path, sizeof path, "%s%s%s", it->root, below[0] ? "/" : "", below) >=
        (int)sizeof path)
        return dgm_fail(it->err, DGM_ERROR_ARGUMENT, it->root, 0, "the path is too long");
    DIR *folder = opendir(path);
    if (!folder)
        return dgm_fail_errno(it->err, path, "cannot read the rule pack");
    dgm_status status = DGM_OK;
    for (struct dirent *entry; status == DGM_OK && (entry = readdir(folder));)
        if (entry->d_name[0] != '.')
            status = add_entry(it, below, entry->d_name, depth);
    closedir(folder);
    return status;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(((const member *)a)->name, ((const member *)b)->name);
}

static void put_u64(char *at, uint64_t value)
{
    for (int i = 0; i < 8; i++)
        at[i] = (char)(value >> (8 * i));
}

dgm_status dgm_pack_of_folder(dgm_pack *pack, dgm_arena *arena, const char *folder, dgm_error *err)
{
    gathering it = {.arena = arena, .root = folder, .err = err};
    DGM_TRY(gather(&it, "", 1));
    if (!it.count)
        return dgm_fail(err, DGM_ERROR_FORMAT, folder, 0, "the rule pack holds no table (*.tsv)");
    qsort(it.items, it.count, sizeof *it.items, by_name);
    uint64_t at = (HEAD + (uint64_t)ENTRY * it.count + ALIGN - 1) / ALIGN * ALIGN;
    char *bytes = dgm_arena_array(arena, at + it.size, 1);
    memcpy(bytes, "DGMPACK1", 8);
    put_u64(bytes + 8, it.count);
    for (uint32_t i = 0; i < it.count; i++) {
        char *entry = bytes + HEAD + (size_t)ENTRY * i;
        const dgm_str body = it.items[i].bytes;
        put_u64(entry, at);
        put_u64(entry + 8, body.len);
        memcpy(entry + 16, it.items[i].name, NAME);
        memcpy(bytes + at, body.ptr, body.len);
        at += (body.len + ALIGN - 1) / ALIGN * ALIGN;
    }
    return dgm_pack_open(pack, folder, (dgm_str){bytes, at}, err);
}
