/*
 * What a process gives up before it runs code that may do anything.
 *
 * Layers, from the oldest to the newest: resource limits; no privileges and no way to new
 * ones; a file system of which little can be read and nothing written (Landlock); a list of
 * the system calls that may be made (seccomp).  All of them bind root as well.  The claim is
 * "accident-proof and hard to fool", not "secure against a determined native attacker";
 * docs/sandbox.md says it to users.
 */
#ifndef PC_HOST_JAIL_H
#define PC_HOST_JAIL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct pc_jail {
    uint64_t memory;          /* limit of address space in bytes; 0: none (sanitizers) */
    uint64_t cpu_s;           /* limit of processor time; 0: none */
    const char *program;      /* execve() of this very pointer stays possible; NULL: none */
    const char *const *reads; /* files and folders that may be read besides the system's,
                                 NULL ends them; NULL itself: none */
    bool forks; /* `program` starts itself again, which no filter can tell from a bomb: so
                   there is no filter */
};

enum pc_jail_layer {
    PC_LAYER_LIMITS,
    PC_LAYER_PRIVILEGES,
    PC_LAYER_LANDLOCK,
    PC_LAYER_SECCOMP,
    PC_LAYERS
};

/* What came of it.  A layer is in force when its error is 0; ECANCELED: it was not wanted,
 * else the errno that tells why not. */
struct pc_jail_state {
    int32_t errors[PC_LAYERS];
    int32_t abi; /* of Landlock, 0 without it */
};

/* What PERFCOURSE_SANDBOX says. */
enum pc_jail_mode {
    PC_JAIL_AUTO,   /* not set, empty or "auto": every layer that the system has */
    PC_JAIL_OFF,    /* "off": limits and privileges only */
    PC_JAIL_STRICT, /* "strict": no kernel runs where a layer is missing */
    PC_JAIL_UNKNOWN,
};
enum pc_jail_mode pc_jail_mode(void);

/* Shut the calling process in, for good.  It must have one thread. */
struct pc_jail_state pc_jail_enter(const struct pc_jail *jail);

/* What is in force of both. */
struct pc_jail_state pc_jail_both(const struct pc_jail_state *a,
                                  const struct pc_jail_state *b);

/* Whether the mode lets a kernel run in this state. */
bool pc_jail_suffices(const struct pc_jail_state *state);

/* "full", "partial" (a layer is missing on this system) or "off". */
const char *pc_jail_name(const struct pc_jail_state *state);

/* The layers in force, "limits,privileges,landlock,seccomp" at most. */
void pc_jail_layers(const struct pc_jail_state *state, char *text, size_t size);

/* Which layers this system lacks, why, and what would help; "" when none. */
void pc_jail_missing(const struct pc_jail_state *state, char *text, size_t size);

#endif
