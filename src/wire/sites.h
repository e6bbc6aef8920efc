/*
 * Where a process allocates: a table of call chains with counts, in memory that it shares
 * with whoever makes the profile.
 *
 * As with recordings (wire/recording.h) the memory outlives the process, the process may write
 * whatever it likes in here, and the reader believes nothing.
 */
#ifndef PC_WIRE_SITES_H
#define PC_WIRE_SITES_H

#include <stdint.h>

#include "wire/recording.h"

enum {
    PC_SITES_VERSION = 1,
    PC_SITES_PLACES = 8192, /* a power of two */
    PC_SITES_DEPTH = 32     /* return addresses of a chain, innermost first */
};

static const uint64_t pc_sites_magic = 0x7365746973636f6c; /* "locsites" */

/* Counted are allocations in timed parts, by the rule of sampling/heap.h.  What tells one site
 * from another is the hash of its chain: of n chains two are the same by chance once in
 * 2^65 / n^2 runs. */
struct pc_recorded_site {
    uint64_t hash;   /* 0: nothing here */
    uint32_t depth;  /* of the chain; written last */
    uint32_t is_cut; /* it goes on outwards, and that is not kept */
    uint64_t objects, bytes;
    int64_t live_objects, live_bytes;      /* of these, what was not freed yet */
    uint64_t leaked_objects, leaked_bytes; /* what is left at the very end, timed or not */
    uint64_t addresses[PC_SITES_DEPTH];
};

struct pc_recorded_sites {
    uint64_t magic; /* written when the rest of the header is there */
    uint32_t version, n_modules;
    uint32_t used; /* places of the table */
    /* Each operation has a mark, from 1.  Counted are those from `first` on: the others are to
     * warm up, or over. */
    uint32_t mark, first;
    struct pc_recorded_module modules[PC_RECORDING_MODULES];
    struct pc_recorded_site rest; /* what found no place, without chains */
    struct pc_recorded_site sites[PC_SITES_PLACES];
};

#endif
