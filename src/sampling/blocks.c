#include "sampling/blocks.h"

#include <sys/mman.h>

enum { FIRST_CAP = 1 << 14 };

/* With its pages, as faults are counted, too. */
static struct pc_block *map_slots(size_t cap)
{
    void *p = mmap(NULL, cap * sizeof(struct pc_block), PROT_READ | PROT_WRITE,
                   MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    return p == MAP_FAILED ? NULL : p;
}

/* Blocks lie 16 bytes apart or more; Fibonacci hashing (Knuth, volume 3, 6.4) spreads the
 * rest.  Linear probing from there. */
static size_t home(const struct pc_blocks *blocks, const void *address)
{
    uint64_t h = ((uintptr_t)address >> 4) * 0x9e3779b97f4a7c15;
    return (size_t)(h >> 32) & (blocks->cap - 1);
}

bool pc_blocks_init(struct pc_blocks *blocks)
{
    *blocks = (struct pc_blocks){.slots = map_slots(FIRST_CAP), .cap = FIRST_CAP};
    return blocks->slots;
}

void pc_blocks_put(struct pc_blocks *blocks, struct pc_block block)
{
    size_t mask = blocks->cap - 1, i = home(blocks, block.address);
    while (blocks->slots[i].address && blocks->slots[i].address != block.address)
        i = (i + 1) & mask;
    if (!blocks->slots[i].address)
        blocks->n++;
    blocks->slots[i] = block;
}

static bool grow(struct pc_blocks *blocks)
{
    struct pc_blocks larger = {.slots = map_slots(blocks->cap * 2), .cap = blocks->cap * 2};
    if (!larger.slots)
        return false;
    for (size_t i = 0; i < blocks->cap; i++)
        if (blocks->slots[i].address)
            pc_blocks_put(&larger, blocks->slots[i]);
    munmap(blocks->slots, blocks->cap * sizeof *blocks->slots);
    *blocks = larger;
    return true;
}

bool pc_blocks_reserve(struct pc_blocks *blocks)
{
    if (blocks->n < blocks->cap / 2)
        return true;
    /* A fuller table is slower but right; some room stays for blocks that were taken out
     * and come back. */
    return grow(blocks) || blocks->n < blocks->cap - blocks->cap / 8;
}

/* Close the gap at `i`: blocks behind it that would no longer be found move up. */
static void close_gap(struct pc_blocks *blocks, size_t i)
{
    size_t mask = blocks->cap - 1;
    for (size_t k = (i + 1) & mask; blocks->slots[k].address; k = (k + 1) & mask) {
        size_t h = home(blocks, blocks->slots[k].address);
        if (((k - h) & mask) >= ((k - i) & mask)) {
            blocks->slots[i] = blocks->slots[k];
            i = k;
        }
    }
    blocks->slots[i].address = NULL;
}

bool pc_blocks_take(struct pc_blocks *blocks, const void *address, struct pc_block *taken)
{
    size_t mask = blocks->cap - 1, i = home(blocks, address);
    while (blocks->slots[i].address != address) {
        if (!blocks->slots[i].address)
            return false;
        i = (i + 1) & mask;
    }
    *taken = blocks->slots[i];
    blocks->n--;
    close_gap(blocks, i);
    return true;
}

void pc_blocks_fini(struct pc_blocks *blocks)
{
    if (blocks->slots)
        munmap(blocks->slots, blocks->cap * sizeof *blocks->slots);
    *blocks = (struct pc_blocks){.slots = NULL};
}
