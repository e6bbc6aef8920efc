/*
 * What a machine is like as a place to measure on.
 */
#ifndef PC_MODEL_HEALTH_H
#define PC_MODEL_HEALTH_H

#include <stdbool.h>

#include "base/words.h"

/* What can be read without running anything for long.  What is not told is "", NAN or -1. */
struct pc_machine {
    int processors; /* that we may use */
    char model[128];
    bool is_virtual;
    char governor[32];
    double mhz_low, mhz_high; /* between which the frequency may change */
    double clock_ns;          /* one reading of the clock */
    long clock_step_ns;       /* what the clock says of itself */
    int paranoid;             /* perf_event_paranoid */
    bool counters;            /* hardware counters can be read */
};

/* The layers that kernels are shut in by, as a host that was started told of itself. */
struct pc_jail_found {
    bool is_known; /* false: it could not be started, `missing` says why */
    bool is_full;  /* no layer is missing */
    bool is_off;   /* what can be switched off is: PERFCOURSE_SANDBOX=off */
    bool limits, privileges, seccomp;
    int landlock;       /* its ABI; 0: it is not in force */
    char missing[1024]; /* layers that this system lacks, with reasons and remedies */
};

/* Whether verdicts on speed-ups come here, and soon. */
enum pc_trust { PC_TRUST_RELIABLE, PC_TRUST_SLOW, PC_TRUST_UNRELIABLE };

/* The rest takes some seconds. */
struct pc_health {
    struct pc_machine machine;
    struct pc_jail_found jail;
    const char *compiler; /* "/usr/bin/gcc", NULL when there is none */
    const char *version;
    struct pc_words others; /* "clang 14.0.6": usual compilers besides that one */
    const char *trouble;    /* why something is missing, or NULL */
    bool sanitizers;
    bool proven;         /* the planted faults were caught */
    int restarts;        /* of the A/A measurement; 0 when it was not possible */
    double noise_median; /* |ratio - 1| of two identical kernels */
    double noise_p90;
    double
        layout; /* how far one kernel's time lies apart in 8 of 10 restarts, of its median */
    double busy;  /* processors busy with other work meanwhile */
    double steal; /* share of the processors' time that the host took meanwhile */
    enum pc_trust trust;
    char *reason;       /* of the trust, half a sentence */
    const char *remedy; /* what to do, NULL when nothing is needed */
    double loop_ns; /* an empty iteration of bench_loop(); NAN when it was not measured */
};

#endif
