/*
 * The table of where is allocated (wire/sites.h), as the process that allocates writes it.
 * Its functions are called one at a time.
 */
#ifndef PC_SAMPLING_SITES_H
#define PC_SAMPLING_SITES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "sampling/chain.h"
#include "wire/sites.h"

/* Where a block came from: the place in the table, and the mark of the operation in which it
 * was counted, 0 when it was not. */
static inline uint32_t pc_site_place(uint64_t origin)
{
    return (uint32_t)origin;
}
static inline uint32_t pc_site_mark(uint64_t origin)
{
    return (uint32_t)(origin >> 32);
}

/* The memory behind PC_WIRE_RECORDING, for this process and those that it forks; NULL when
 * there is none, or too little. */
struct pc_recorded_sites *pc_sites_map(void);

/* Places are numbered from 0 to PC_SITES_PLACES, which is that of what found no other. */
struct pc_recorded_site *pc_sites_at(struct pc_recorded_sites *sites, uint32_t place);

/* Everything that was counted is forgotten, and counting begins at the next operation.  For the
 * host, while the worker sleeps. */
void pc_sites_restart(struct pc_recorded_sites *sites);

/* What is freed from now on was alive when the operations ended.  For the host, too. */
void pc_sites_stop(struct pc_recorded_sites *sites);

/* In the worker: files that are loaded now will be known by their names. */
void pc_sites_open(struct pc_recorded_sites *sites);
void pc_sites_note_modules(struct pc_recorded_sites *sites);

/* The next operation begins. */
void pc_sites_begin(struct pc_recorded_sites *sites);

/* Note a block of `n` bytes, and count it if `counts`; gives its origin.  `chain` may be
 * shortened, down to the innermost call of `code`. */
uint64_t pc_sites_add(struct pc_recorded_sites *sites, struct pc_chain *chain,
                      const struct pc_codespan *code, size_t n, bool counts);
void pc_sites_free(struct pc_recorded_sites *sites, uint64_t origin, size_t n);

/* What was counted since the operation began is taken back; of each block that was counted
 * meanwhile and lives still, pc_sites_disown() makes one that was not. */
void pc_sites_take_back(struct pc_recorded_sites *sites);
uint64_t pc_sites_disown(struct pc_recorded_sites *sites, uint64_t origin, size_t n);

/* At the very end: this one is left. */
void pc_sites_leak(struct pc_recorded_sites *sites, uint64_t origin, size_t n);

#endif
