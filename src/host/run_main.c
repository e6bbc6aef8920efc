/*
 * perfcourse-run: times two kernels against each other or one alone, or runs one program
 * shut in.
 * Orders, answers and the command line are described in wire/line.h.
 */
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/err.h"
#include "base/rng.h"
#include "host/options.h"
#include "host/orders.h"
#include "host/pair.h"
#include "host/stopwatch.h"

enum { PAD_MAX = 4096 };

/* The workers inherit the processor.  When it cannot be had, they run where they may. */
static void stay_on(int cpu)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((unsigned)(cpu < 0 ? sched_getcpu() : cpu), &set);
    sched_setaffinity(0, sizeof set, &set);
}

/* Where heap and stack begin decides over a few percent of a kernel's speed, so each
 * restart draws that anew: the parent by the length of PERFCOURSE_PAD, or we do. */
static size_t draw_pad(void)
{
    const char *pad = getenv("PERFCOURSE_PAD");
    struct pc_rng rng;
    pc_rng_init(&rng, pad ? strlen(pad) : pc_rng_fresh_seed());
    return (size_t)pc_rng_below(&rng, PAD_MAX);
}

static bool start_members(struct pc_pair *pair, const struct pc_host_options *options,
                          struct pc_err *err)
{
    struct pc_worker_spec spec = {.meter = &pc_stopwatch};
    spec.threads = (unsigned)options->threads;
    spec.jail = (struct pc_jail){.memory = options->memory, .cpu_s = options->cpu_s};
    bool alone = pair->sides == 1;
    if (!pc_member_init(&pair->members[PC_BASE], alone ? "candidate" : "base", err) ||
        (!alone && !pc_member_init(&pair->members[PC_CANDIDATE], "candidate", err)))
        return false;
    enum pc_side first = options->swap && !alone ? PC_CANDIDATE : PC_BASE;
    for (int k = 0; k < pair->sides; k++) {
        enum pc_side side = k == 0 ? first : !first;
        spec.object = options->operands[side];
        if (!pc_member_start(&pair->members[side], &spec, err))
            return false;
    }
    return true;
}

/* Fork and serve on top of a stack and a heap that begin at a random place. */
static int run_pair(const struct pc_host_options *options)
{
    size_t pad = draw_pad();
    volatile char *stack_pad = alloca(pad + 1);
    stack_pad[pad] = 0;
    char *heap_pad = malloc(pad + 1);

    struct pc_err err;
    struct pc_pair pair = {.sides = options->n_operands,
                           .batch_ns = options->batch_ns,
                           .threads = (unsigned)options->threads};
    if (start_members(&pair, options, &err))
        pc_pair_serve(&pair);
    else
        pc_answer_error("%s", err.msg);
    for (int side = 0; side < pair.sides; side++) {
        pc_member_end(&pair.members[side]);
        pc_pace_fini(&pair.paces[side]);
    }
    free(heap_pad);
    return PC_PASSED;
}

static int pair_main(char **argv, int sides)
{
    struct pc_host_options options = {
        .cpu = -1, .batch_ns = 200000, .memory = 1 << 30, .cpu_s = 60};
    if (!pc_host_options_parse(&options, argv) || options.n_operands != sides)
        return PC_USAGE;
    if (!options.threads)
        stay_on(options.cpu);
    signal(SIGPIPE, SIG_IGN);
    /* Otherwise glibc adapts these two to what it sees, differently in each worker. */
    mallopt(M_MMAP_THRESHOLD, 32 << 20);
    mallopt(M_TRIM_THRESHOLD, 64 << 20);
    return run_pair(&options);
}

/* The parent has put this process into a group of its own already. */
static int exec_main(char **argv)
{
    struct pc_host_options options = {.cpu = -1};
    if (!pc_host_options_parse(&options, argv) || options.n_operands < 1)
        return PC_USAGE;
    char *program = options.operands[0];
    struct pc_jail jail = {
        .memory = options.memory, .cpu_s = options.cpu_s, .program = program};
    closefrom(PC_WIRE_ANSWERS + 1);
    if (!pc_jail_suffices(pc_jail_enter(&jail)))
        return PC_ENVIRONMENT;
    execv(program, options.operands);
    return PC_ENVIRONMENT;
}

int main(int argc, char **argv)
{
    if (argc >= 2 && strcmp(argv[1], "pair") == 0)
        return pair_main(argv + 2, PC_SIDES);
    if (argc >= 2 && strcmp(argv[1], "solo") == 0)
        return pair_main(argv + 2, 1);
    if (argc >= 2 && strcmp(argv[1], "exec") == 0)
        return exec_main(argv + 2);
    return PC_USAGE;
}
