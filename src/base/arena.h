/* Arena: all memory of one document's way through the engine, released in one go.
 *
 * Allocation never returns NULL: when memory runs out the arena jumps back to dgm_arena_run(),
 * which returns DGM_ERROR_MEMORY. Code between there and here owns nothing but arena memory, so
 * nothing leaks and no call below has to check (the way of Lua's luaD_rawrunprotected).
 * Every allocation therefore happens inside dgm_arena_run(). One thread uses an arena at a time. */
#ifndef DGM_BASE_ARENA_H
#define DGM_BASE_ARENA_H

#include <dragoman/base.h>
#include <string.h>

typedef struct dgm_arena dgm_arena;

typedef dgm_status (*dgm_arena_body)(void *payload);

/* NULL when memory is out. The caller frees it. */
dgm_arena *dgm_arena_new(void);
void dgm_arena_free(dgm_arena *arena);

/* Forget everything allocated; keeps one block for the next document. */
void dgm_arena_reset(dgm_arena *arena);

/* Call body(payload); DGM_ERROR_MEMORY when an allocation in it failed. May be nested. */
DGM_MUST_CHECK dgm_status dgm_arena_run(dgm_arena *arena, dgm_arena_body body, void *payload);

/* Zeroed memory, aligned for any type. Sizes are checked for overflow. */
void *dgm_arena_alloc(dgm_arena *arena, size_t size);
void *dgm_arena_array(dgm_arena *arena, size_t count, size_t size);

/* A larger copy of `old` (NULL when old_size is 0); the added tail is zeroed. Extends in place when
 * `old` is the newest allocation. */
void *dgm_arena_grow(dgm_arena *arena, void *old, size_t old_size, size_t new_size);

/* A copy of the bytes, NUL-terminated beyond its length. */
dgm_str dgm_arena_str(dgm_arena *arena, const char *bytes, size_t len);

/* Bytes that the arena holds from the system. */
size_t dgm_arena_size(const dgm_arena *arena);

/* For failure tests: the n-th allocation from now fails (0: never). */
void dgm_arena_fail_after(dgm_arena *arena, size_t n);

#define DGM_NEW(arena, type)          ((type *)dgm_arena_alloc((arena), sizeof(type)))
#define DGM_ARRAY(arena, type, count) ((type *)dgm_arena_array((arena), (count), sizeof(type)))

/* Append to an arena array kept as pointer, count and capacity (any unsigned types). */
#define DGM_PUSH(arena, items, count, capacity, ...)                                               \
    do {                                                                                           \
        if ((count) == (capacity)) {                                                               \
            size_t dgm_cap_ = (capacity) ? 2 * (size_t)(capacity) : 8;                             \
            (items) = dgm_arena_grow((arena), (items), (capacity) * sizeof *(items),               \
                                     dgm_cap_ * sizeof *(items));                                  \
            (capacity) = (__typeof__(capacity))dgm_cap_;                                           \
        }                                                                                          \
        (items)[(count)++] = __VA_ARGS__;                                                          \
    } while (0)

#endif
