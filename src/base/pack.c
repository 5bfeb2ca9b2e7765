/* Pack: see pack.h. */
#include "base/pack.h"

enum { HEAD = 16, ENTRY = 128, NAME = 112 };

static uint64_t read_u64(const char *at)
{
    uint64_t value = 0;
    for (int i = 7; i >= 0; i--)
        value = value << 8 | (unsigned char)at[i];
    return value;
}

static const char *entry(const dgm_pack *pack, uint32_t i)
{
    return pack->bytes.ptr + HEAD + (size_t)i * ENTRY;
}

dgm_status dgm_pack_open(dgm_pack *pack, const char *name, dgm_str bytes, dgm_error *err)
{
    *pack = (dgm_pack){.bytes = bytes, .name = name};
    if (bytes.len < HEAD || memcmp(bytes.ptr, "DGMPACK1", 8) != 0)
        return dgm_fail(err, DGM_ERROR_FORMAT, name, 0, "not a dragoman knowledge pack");
    uint64_t count = read_u64(bytes.ptr + 8);
    if (count > (bytes.len - HEAD) / ENTRY)
        return dgm_fail(err, DGM_ERROR_FORMAT, name, 8, "knowledge pack is cut off");
    pack->count = (uint32_t)count;
    for (uint32_t i = 0; i < pack->count; i++) {
        const char *at = entry(pack, i);
        uint64_t offset = read_u64(at), length = read_u64(at + 8);
        if (offset > bytes.len || length > bytes.len - offset || offset % 64 ||
            !memchr(at + 16, 0, NAME))
            return dgm_fail(err, DGM_ERROR_FORMAT, name, HEAD + (uint64_t)i * ENTRY,
                            "knowledge pack: member %u is cut off", i);
    }
    return DGM_OK;
}

dgm_str dgm_pack_member(const dgm_pack *pack, uint32_t i, const char **name)
{
    const char *at = entry(pack, i);
    if (name)
        *name = at + 16;
    return dgm_str_sub(pack->bytes, (size_t)read_u64(at), (size_t)read_u64(at + 8));
}

dgm_str dgm_pack_find(const dgm_pack *pack, const char *name)
{
    for (uint32_t i = 0; i < pack->count; i++) {
        const char *found;
        dgm_str bytes = dgm_pack_member(pack, i, &found);
        if (strcmp(found, name) == 0)
            return bytes;
    }
    return (dgm_str){NULL, 0};
}
