/*
 * Where a process waits for its threads, and who made it wait: tables in memory that it shares
 * with whoever makes the profile.
 *
 * As with recordings (wire/recording.h) the memory outlives the process: of threads that wait
 * for one another for ever it is known who holds what.  The process may write whatever it likes in
 * here, and the reader believes nothing.
 */
#ifndef PC_WIRE_LOCKS_H
#define PC_WIRE_LOCKS_H

#include <stdint.h>

#include "wire/recording.h"

enum {
    PC_LOCKS_VERSION = 1,
    PC_LOCKS_PLACES = 4096,  /* of waits; a power of two */
    PC_LOCKS_DEPTH = 32,     /* return addresses of who waits, innermost first */
    PC_LOCKS_OTHER = 4,      /* the same of whom it waits for */
    PC_LOCKS_THREADS = 1024, /* at a time */
    PC_LOCKS_CALLS = 256,    /* calls of a thread that are told apart; a power of two */
    PC_LOCKS_READS = 8,      /* locks that a thread reads under at a time */
    PC_LOCKS_LOCKS = 65536   /* a power of two */
};

static const uint64_t pc_locks_magic = 0x656d6f73736b636f; /* "ocksome" */

/* What is waited for, and who is the other one of a wait. */
enum pc_lock_kind {
    PC_LOCK_MUTEX,     /* whoever held it */
    PC_LOCK_READ,      /* of a lock for readers and writers: whoever wrote */
    PC_LOCK_WRITE,     /* the same: whoever wrote, or one of those that read */
    PC_LOCK_CONDITION, /* whoever signalled last */
    PC_LOCK_SEMAPHORE, /* whoever posted last */
    PC_LOCK_BARRIER,   /* whoever came last */
    PC_LOCK_KINDS
};

/* All waits of one chain of calls for another one.  What tells one place from another is the hash
 * of both. */
struct pc_recorded_wait {
    uint64_t hash; /* 0: nothing here */
    uint32_t kind;
    uint32_t is_there; /* the chains are; written last */
    uint64_t waits, ns;
    uint64_t is_cut; /* who waits goes on outwards, and that is not kept */
    uint64_t addresses[PC_LOCKS_DEPTH]; /* up to the first 0 */
    uint64_t other[PC_LOCKS_OTHER];     /* the same; none: nobody knows */
};

/* A chain that one thread writes while others may read it: `sequence` is odd meanwhile. */
struct pc_recorded_chain {
    uint32_t sequence;
    uint32_t thread; /* whose it is; of a lock: who holds it, 0: nobody */
    uint64_t addresses[PC_LOCKS_OTHER];
};

/* A lock that somebody has used. */
struct pc_recorded_lock {
    uint64_t address;               /* 0: none; what is destroyed keeps its place */
    uint32_t deeper;                /* how often its holder has taken it once more */
    uint32_t count;                 /* of a barrier: threads */
    struct pc_recorded_chain last;  /* who holds it, or held, signalled or posted it last */
    uint32_t tickets;               /* arrivals at a barrier; signals, posts */
    uint32_t waiting;               /* threads, of what is signalled or posted */
    struct pc_recorded_chain other; /* as `last`, of every other round of a barrier */
} __attribute__((aligned(64)));

/* A thread that uses locks.  Those that end leave their place to others, whose calls are added. */
struct pc_recorded_locker {
    uint32_t number; /* of the thread that has it, from 1; 0: nobody */
    uint32_t waits;  /* it waits now: for what follows */
    uint32_t kind;
    uint64_t lock;
    int64_t since;                      /* by the monotonic clock of the system */
    uint64_t addresses[PC_LOCKS_DEPTH]; /* of who waits, up to the first 0 */
    struct {
        uint64_t lock; /* 0: none */
        struct pc_recorded_chain chain;
    } reads[PC_LOCKS_READS];
    struct {
        uint64_t address; /* 0: none */
        uint64_t calls;
    } calls[PC_LOCKS_CALLS];
    uint64_t more; /* calls from other addresses */
} __attribute__((aligned(64)));

struct pc_recorded_locks {
    uint64_t magic; /* written when the rest of the header is there */
    uint32_t version, n_modules;
    uint32_t is_on;     /* what waits and is called now is counted */
    uint32_t threads;   /* that began */
    uint32_t unwatched; /* of these, those for which there was no place */
    uint32_t n_lockers; /* places of threads that were ever used */
    uint32_t used;      /* places of waits */
    /* The clock of waits begins with 0 and stands still while nothing is counted: it shows the
     * system's monotonic one less `off_ns`, or `stopped`. */
    int64_t off_ns, stopped;
    uint64_t ops;     /* operations that have ended while it was counted */
    uint64_t crowded; /* uses of locks that found no place */
    struct pc_recorded_module modules[PC_RECORDING_MODULES];
    struct pc_recorded_wait rest[PC_LOCK_KINDS]; /* what found no place, without chains */
    struct pc_recorded_wait waits[PC_LOCKS_PLACES];
    struct pc_recorded_locker lockers[PC_LOCKS_THREADS];
    struct pc_recorded_lock locks[PC_LOCKS_LOCKS];
};

#endif
