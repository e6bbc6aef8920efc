/*
 * What a process gives up before it runs code that may do anything.
 *
 * Resource limits, no new privileges, and a filter of system calls that also binds root.
 * The claim is "accident-proof and hard to fool", not "secure against a determined native
 * attacker": the filter forbids what has effects outside of the process, and lets the rest
 * through.
 */
#ifndef PC_HOST_JAIL_H
#define PC_HOST_JAIL_H

#include <stdbool.h>
#include <stdint.h>

struct pc_jail {
    uint64_t memory;     /* limit of address space in bytes; 0: none (sanitizers) */
    uint64_t cpu_s;      /* limit of processor time; 0: none */
    const char *program; /* execve() of this very pointer stays possible; NULL: none */
};

enum pc_jail_level {
    PC_JAIL_OFF,     /* PERFCOURSE_SANDBOX=off: limits only */
    PC_JAIL_PARTIAL, /* something is missing on this system */
    PC_JAIL_FULL,
};

/* Shut the calling process in, for good.  Processes can be started no more, so this comes
 * after the last fork. */
enum pc_jail_level pc_jail_enter(const struct pc_jail *jail);

/* Whether `level` satisfies PERFCOURSE_SANDBOX: only "strict" asks for anything. */
bool pc_jail_suffices(enum pc_jail_level level);

/* "off", "partial" or "full". */
const char *pc_jail_name(enum pc_jail_level level);

#endif
