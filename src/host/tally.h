/*
 * Exact counts of what a process allocates.
 *
 * What counts as an allocation is said in sampling/heap.h.  Beside these:
 * - Page faults (minor ones: memory that is touched for the first time) and switches to
 *   another process are the system's own counts for the process.  The first depend on what
 *   the allocator has at hand, the others on what else the machine does.
 * - What libc allocates to start a thread is left out, because it depends on whether an
 *   old stack can be used again; threads are counted by themselves.
 *
 * The counts are kept where only this process has them; what the host shares gets a copy at
 * the end of each stretch.
 */
#ifndef PC_HOST_TALLY_H
#define PC_HOST_TALLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "host/object.h"
#include "wire/sites.h"

enum { PC_SITES_MAX = 1024, PC_WALKS_MAX = 10000, PC_LEAKS_MAX = 8 };

struct pc_counts {
    uint64_t allocs, bytes, frees, threads;
    uint64_t faults, waits, preemptions; /* of the process, at the stretch's end */
    int64_t blocks, live;                /* alive, and their bytes */
    int64_t peak;                        /* most bytes alive */
};

/* A place in the kernel that allocates. */
struct pc_alloc_site {
    uint64_t address; /* offset in the kernel's file, 0: free or unknown */
    uint64_t allocs, bytes;
};

struct pc_tally {
    bool recording;  /* a stretch is open */
    bool calls_only; /* a tracer counts system calls: make none here, and count nothing */
    struct pc_counts sum;  /* of the stretches that are closed, since pc_tally_clear() */
    struct pc_counts left; /* what was alive at pc_tally_find_leaks() */
    uint32_t walks;        /* stacks that may still be walked; the host sets it */
    struct pc_alloc_site sites[PC_SITES_MAX];
    struct pc_alloc_site leaks[PC_LEAKS_MAX]; /* of pc_tally_find_leaks(), largest first */
};

/* Count into `tally`, which is shared memory, from now on; blocks that live already are not
 * known and stay so.  `object` is the kernel.  With `sites` the places are kept there, with
 * the calls that led to them, instead of in `tally`; NULL: no calls.  False without memory for
 * the table of blocks. */
bool pc_tally_start(struct pc_tally *tally, const struct pc_object *object,
                    struct pc_recorded_sites *sites);

/* Sum up what happens between open and close.  `clear` begins a new sum, for the next
 * operation; `reset` takes back what this operation has counted so far. */
void pc_tally_clear(void);
void pc_tally_reset(void);
void pc_tally_open(void);
void pc_tally_close(void);

/* Note in the shared memory where the blocks that live now were allocated. */
void pc_tally_find_leaks(void);

/* A thread has begun; for the functions that begin one. */
void pc_tally_thread(void);

#endif
