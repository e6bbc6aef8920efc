/*
 * The command lines of the hosts.
 */
#ifndef PC_HOST_OPTIONS_H
#define PC_HOST_OPTIONS_H

#include <stdbool.h>
#include <stdint.h>

enum { PC_HOST_READS = 4 };

struct pc_host_options {
    int cpu; /* processor to stay on; -1: the one it happens to be on */
    bool swap, calls, forks, stacks, wall;
    uint64_t hz;      /* samples a second */
    uint64_t threads; /* of a parallel bench; 0: kernels use none */
    uint64_t batch_ns;
    uint64_t memory, cpu_s; /* as in struct pc_jail, also `forks` and: */
    const char *reads[PC_HOST_READS + 1];
    unsigned n_reads;
    char **operands; /* what follows the options, NULL-terminated */
    int n_operands;
};

/* Read the options of `argv` from its first element on, up to the first operand.  `options`
 * holds the defaults.  False when something is not an option. */
bool pc_host_options_parse(struct pc_host_options *options, char **argv);

#endif
