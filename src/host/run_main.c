/*
 * perfcourse-run: times two kernels against each other or one alone, runs one program shut
 * in, or tells how it is shut in here.
 * Orders, answers and the command line are described in wire/line.h.
 */
#include <errno.h>
#include <malloc.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/personality.h>
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
    struct pc_pair pair = {.name = options->n_operands == 1 ? "solo" : "pair",
                           .sides = options->n_operands,
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
    pc_member_await_last_call();
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
    struct pc_jail jail = {.memory = options.memory,
                           .cpu_s = options.cpu_s,
                           .program = program,
                           .reads = options.reads,
                           .forks = options.forks};
    closefrom(PC_WIRE_ANSWERS + 1);
    /* Sanitizers, which cannot have a limit of address space, lay it out themselves, and some
     * of them start again when it is random.  Where this is refused they try. */
    if (options.memory == 0)
        personality(ADDR_NO_RANDOMIZE);
    struct pc_jail_state state = pc_jail_enter(&jail);
    if (!pc_jail_suffices(&state)) {
        char missing[1024];
        pc_jail_missing(&state, missing, sizeof missing);
        fprintf(stderr, "PERFCOURSE_SANDBOX is strict, and this is missing: %s\n",
                options.forks ? "seccomp (a program that starts itself for counting cannot "
                                "have it: leave --benchmem out)"
                              : missing);
        return PC_ENVIRONMENT;
    }
    execv(program, options.operands);
    fprintf(stderr, "cannot start %s: %s\n", program, strerror(errno));
    return PC_ENVIRONMENT;
}

static bool serve_jail(void *host, const struct pc_line *order)
{
    (void)order;
    return pc_answer_jail("jail", host);
}

static bool serve_end(void *host, const struct pc_line *order)
{
    (void)host, (void)order;
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    return pc_answer_send(&line);
}

/* No kernel comes after it, so that it also tells where "strict" would let none run. */
static int jail_main(void)
{
    static const struct pc_order_row orders[] = {
        {"hello", serve_jail}, {"end", serve_end}, {NULL, NULL}};
    const struct pc_jail jail = {.memory = 1 << 30, .cpu_s = 60};
    struct pc_jail_state state = pc_jail_enter(&jail);
    pc_orders_serve(orders, &state);
    return PC_PASSED;
}

int main(int argc, char **argv)
{
    if (pc_jail_mode() == PC_JAIL_UNKNOWN)
        return PC_USAGE;
    if (argc == 2 && strcmp(argv[1], "jail") == 0)
        return jail_main();
    if (argc >= 2 && strcmp(argv[1], "pair") == 0)
        return pair_main(argv + 2, PC_SIDES);
    if (argc >= 2 && strcmp(argv[1], "solo") == 0)
        return pair_main(argv + 2, 1);
    if (argc >= 2 && strcmp(argv[1], "exec") == 0)
        return exec_main(argv + 2);
    return PC_USAGE;
}
