/*
 * The calls that led to some place, as a list of return addresses that is short, and can be
 * told from others by one number.
 */
#ifndef PC_SAMPLING_CHAIN_H
#define PC_SAMPLING_CHAIN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sampling/codespan.h"
#include "wire/sites.h"

/* A call as the function that is called sees it. */
struct pc_call {
    const void *caller;     /* its return address */
    const uintptr_t *frame; /* its frame: that of its caller, and the return address */
};
#define PC_CALL_HERE \
    ((struct pc_call){.caller = __builtin_return_address(0), \
                      .frame = __builtin_frame_address(0)})

/* Of recursion that goes deeper than PC_SITES_DEPTH each call of a line is there once. */
struct pc_chain {
    uint64_t hash; /* never 0 */
    uint32_t n;
    bool is_folded;                     /* no address is there twice */
    bool is_cut;                        /* outer calls are missing */
    uint64_t addresses[PC_SITES_DEPTH]; /* of returns, innermost first */
};

/* An empty one, to which addresses are added from the innermost one outwards.  False when there
 * is no room, not even without repetitions.  The hash is there after pc_chain_finish(). */
void pc_chain_begin(struct pc_chain *chain);
bool pc_chain_add(struct pc_chain *chain, uintptr_t address);
void pc_chain_finish(struct pc_chain *chain);

/* Leave out of recursion what is there twice. */
void pc_chain_fold(struct pc_chain *chain);

/* Leave out all outside of the innermost call in `code`. */
void pc_chain_shorten(struct pc_chain *chain, const struct pc_codespan *code);

#endif
