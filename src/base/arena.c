/* Arena: chained blocks, a bump pointer, and one way out when memory ends.
 *
 * Under AddressSanitizer each item is a block of its own, so that an overrun is seen. */
#include "base/arena.h"

#include <assert.h>
#include <setjmp.h>
#include <stdlib.h>

#if defined(__SANITIZE_ADDRESS__)
#define DGM_ARENA_BLOCK 0
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define DGM_ARENA_BLOCK 0
#endif
#endif
#ifndef DGM_ARENA_BLOCK
#define DGM_ARENA_BLOCK ((size_t)256 * 1024)
#endif

enum { DGM_ALIGN = 16, SMALL = 64 };

typedef struct block {
    struct block *next;
    size_t used, size;
    _Alignas(DGM_ALIGN) char bytes[];
} block;

struct dgm_arena {
    block *head; /* newest first */
    size_t held;
    size_t fail_after;
    jmp_buf *guard;
};

dgm_arena *dgm_arena_new(void)
{
    return calloc(1, sizeof(dgm_arena));
}

static void free_blocks(block *from)
{
    while (from) {
        block *next = from->next;
        free(from);
        from = next;
    }
}

void dgm_arena_free(dgm_arena *arena)
{
    if (!arena)
        return;
    free_blocks(arena->head);
    free(arena);
}

void dgm_arena_reset(dgm_arena *arena)
{
    if (!arena->head)
        return;
    if (arena->head->size > DGM_ARENA_BLOCK) { /* an oversized block is not worth keeping */
        free_blocks(arena->head);
        arena->head = NULL;
        arena->held = 0;
        return;
    }
    free_blocks(arena->head->next);
    arena->head->next = NULL;
    arena->head->used = 0;
    arena->held = arena->head->size;
}

dgm_status dgm_arena_run(dgm_arena *arena, dgm_arena_body body, void *payload)
{
    jmp_buf here;
    jmp_buf *outer = arena->guard;
    dgm_status status = DGM_ERROR_MEMORY;
    if (setjmp(here) == 0) {
        arena->guard = &here;
        status = body(payload);
        arena->guard = outer;
        return status;
    }
    arena->guard = outer;
    return DGM_ERROR_MEMORY;
}

static void out_of_memory(dgm_arena *arena)
{
    assert(arena->guard && "arena memory is only taken inside dgm_arena_run()");
    longjmp(*arena->guard, 1);
}

static size_t checked_round(dgm_arena *arena, size_t size)
{
    if (size > SIZE_MAX / 2)
        out_of_memory(arena);
    return (size + DGM_ALIGN - 1) & ~(size_t)(DGM_ALIGN - 1);
}

/* A large item's block comes zeroed from the system, which need not touch its pages for that. */
static void add_block(dgm_arena *arena, size_t need)
{
    bool is_large = need > DGM_ARENA_BLOCK;
    size_t size = is_large ? need : DGM_ARENA_BLOCK;
    block *fresh = is_large ? calloc(1, sizeof(block) + size) : malloc(sizeof(block) + size);
    if (!fresh)
        out_of_memory(arena);
    fresh->next = arena->head;
    fresh->used = 0;
    fresh->size = size;
    arena->head = fresh;
    arena->held += size;
}

void *dgm_arena_alloc(dgm_arena *arena, size_t size)
{
    if (arena->fail_after && --arena->fail_after == 0)
        out_of_memory(arena);
    size_t need = DGM_ARENA_BLOCK ? checked_round(arena, size ? size : 1) : (size ? size : 1);
    bool is_fresh = !arena->head || arena->head->size - arena->head->used < need;
    if (is_fresh)
        add_block(arena, need);
    char *at = arena->head->bytes + arena->head->used;
    arena->head->used += need;
    if (is_fresh && need > DGM_ARENA_BLOCK)
        return at;
    if (need > SMALL || need % DGM_ALIGN)
        return memset(at, 0, need);
    for (size_t i = 0; i < need; i += DGM_ALIGN) /* most items: no call is worth it */
        memset(at + i, 0, DGM_ALIGN);
    return at;
}

void *dgm_arena_array(dgm_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / size)
        out_of_memory(arena);
    return dgm_arena_alloc(arena, count * size);
}

void *dgm_arena_grow(dgm_arena *arena, void *old, size_t old_size, size_t new_size)
{
    assert(new_size >= old_size);
    block *head = arena->head;
    if (DGM_ARENA_BLOCK && old && head) {
        size_t had = checked_round(arena, old_size), want = checked_round(arena, new_size);
        if ((char *)old + had == head->bytes + head->used &&
            head->size - (head->used - had) >= want) {
            memset(head->bytes + head->used, 0, want - had);
            head->used += want - had;
            return old;
        }
    }
    void *grown = dgm_arena_alloc(arena, new_size);
    if (old_size)
        memcpy(grown, old, old_size);
    return grown;
}

dgm_str dgm_arena_str(dgm_arena *arena, const char *bytes, size_t len)
{
    char *copy = dgm_arena_array(arena, len + 1, 1);
    if (len)
        memcpy(copy, bytes, len);
    return (dgm_str){copy, len};
}

size_t dgm_arena_size(const dgm_arena *arena)
{
    return arena->held;
}

void dgm_arena_fail_after(dgm_arena *arena, size_t n)
{
    arena->fail_after = n;
}
