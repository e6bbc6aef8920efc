/*
 * The live blocks by address, with their sizes and where they come from: a hash table that
 * grows, outside of the heap that it watches.
 */
#ifndef PC_SAMPLING_BLOCKS_H
#define PC_SAMPLING_BLOCKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pc_block {
    const void *address; /* NULL: free */
    size_t n;
    uint64_t origin; /* what the watcher of sampling/heap.h makes of it */
};

struct pc_blocks {
    struct pc_block *slots;
    size_t n, cap; /* cap is a power of two */
};

/* False without memory. */
bool pc_blocks_init(struct pc_blocks *blocks);
void pc_blocks_fini(struct pc_blocks *blocks);

/* Whether one more fits, growing when that seems wise. */
bool pc_blocks_reserve(struct pc_blocks *blocks);

/* Remember a block; after a reserve, or right after another was taken out. */
void pc_blocks_put(struct pc_blocks *blocks, struct pc_block block);

/* Take a block out; false when it is not there. */
bool pc_blocks_take(struct pc_blocks *blocks, const void *address, struct pc_block *taken);

#endif
