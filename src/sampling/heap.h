/*
 * The blocks of a process that live, and somebody who is told of each that comes and goes.
 *
 * What counts:
 * - An allocation is a successful call of the malloc family, of any size, by the program or
 *   by libc on its behalf (strdup, getline), in any thread.
 * - A successful realloc of a block to a size other than 0 is one allocation of the new
 *   size and one free of the old block, whether it grows or shrinks, moves or stays: moving
 *   is luck, and the next machine's is another.  So allocs - frees = blocks that live.
 *   perfbench-count.so counts by the same rule (perfbench/counter.h).
 * - Sizes are those asked for, as the program's author knows them, not what malloc makes of
 *   them.  So each live block is remembered in a table; the blocks themselves are as they
 *   would be without us.
 * - What a muted thread allocates (sampling/mute.h) is not there.
 *
 * The malloc family itself is in sampling/interpose.c.
 */
#ifndef PC_SAMPLING_HEAP_H
#define PC_SAMPLING_HEAP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sampling/blocks.h"
#include "sampling/chain.h"

/* Where a block comes from, as the watcher wants to know it. */
struct pc_heap_source {
    uint64_t site;
    struct pc_chain chain;
};

struct pc_heap_watcher {
    /* Without the lock, and muted: the calling thread is about to tell of a block. */
    void (*find)(struct pc_heap_source *source, struct pc_call call);
    /* With the lock: a block of `n` bytes is there; gives its origin. */
    uint64_t (*add)(size_t n, struct pc_heap_source *source);
    /* With the lock: it is gone. */
    void (*remove)(const struct pc_block *block);
    /* Without memory to remember a block the allocation fails; otherwise the block is told of as
     * one that went at once. */
    bool is_strict;
    /* A block from before counts when its size is changed. */
    bool takes_strangers;
};

/* Tell `watcher`, which stays, from now on.  False without memory. */
bool pc_heap_start(const struct pc_heap_watcher *watcher);

/* Forget all blocks; nobody is told any more. */
void pc_heap_stop(void);

/* The lock: nobody is told meanwhile.  A thread that holds it may allocate, but not what is told
 * of. */
void pc_heap_hold(void);
void pc_heap_release(void);

/* In the child of fork(): as pc_heap_stop(), whoever had the lock. */
void pc_heap_forked(void);

/* With the lock. */
struct pc_blocks *pc_heap_blocks(void);

/* For the malloc family, and only when it is on: changed by the functions above. */
extern uint32_t pc_heap_switch;
static inline bool pc_heap_is_on(void)
{
    return __builtin_expect(__atomic_load_n(&pc_heap_switch, __ATOMIC_RELAXED) != 0, 0);
}

/* False when the allocation is to fail. */
bool pc_heap_alloc(const void *block, size_t n, struct pc_call call);
void pc_heap_free(const void *block);

/* A realloc takes the old block out before, because another thread may get its address at
 * once, and then tells how it went: `block` is the new one, or the old one again when
 * nothing happened. */
struct pc_heap_old {
    bool known;
    struct pc_block block;
};
struct pc_heap_old pc_heap_take(const void *block);
void pc_heap_put_back(const void *block, struct pc_heap_old old);
void pc_heap_put(const void *block, size_t n, struct pc_heap_old old, struct pc_call call);

#endif
