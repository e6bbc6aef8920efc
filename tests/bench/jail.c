/*
 * What the jail of the hosts costs: to enter it, all layers and each by itself; at each
 * system call; and, which should be nothing, in code without any.  A process in the jail and
 * one outside of it take turns on one processor; told are medians of the differences.
 */
#include <inttypes.h>
#include <math.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/rng.h"
#include "host/filter.h"
#include "host/jail.h"
#include "host/landlock.h"
#include "host/limits.h"

enum { STARTS = 301, RESTARTS = 40, PAIRS = 15, CALLS = 4000, WORK = 4096 };

static const double start_limit_ms = 2, call_limit_ns = 50, pure_limit = 0.003;

static const struct pc_jail jail = {.memory = 1 << 30, .cpu_s = 600};

static void enter_nothing(void)
{
}

static void enter_limits(void)
{
    pc_limits_enter(&jail);
    pc_privileges_drop();
}

static void enter_landlock(void)
{
    int abi;
    pc_privileges_drop();
    pc_landlock_enter(&jail, &abi);
}

static void enter_filter(void)
{
    pc_privileges_drop();
    pc_filter_enter(NULL);
}

static void enter_all(void)
{
    pc_jail_enter(&jail);
}

/* What is repeated in turns, in a jail and outside. */
static void call_unlooked(void)
{
    for (int k = 0; k < CALLS; k++)
        syscall(SYS_getppid);
}

/* The filter looks at an argument of this one. */
static void call_looked(void)
{
    for (int k = 0; k < CALLS; k++)
        syscall(SYS_fcntl, 0, 1 /* F_GETFD */, 0);
}

/* An insertion sort and a walk in random order: branches, memory, arithmetic. */
static void compute(void)
{
    static uint32_t values[WORK];
    struct pc_rng rng;
    pc_rng_init(&rng, 7);
    for (size_t k = 0; k < WORK; k++)
        values[k] = (uint32_t)pc_rng_next(&rng);
    for (size_t k = 1; k < WORK / 2; k++) {
        uint32_t value = values[k];
        size_t at = k;
        for (; at > 0 && values[at - 1] > value; at--)
            values[at] = values[at - 1];
        values[at] = value;
    }
    uint32_t place = 0;
    for (size_t k = 0; k < WORK * 8; k++)
        place = values[place % WORK] + place * 31;
    __asm__ volatile("" : : "r"(place)); /* so that it is needed */
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double quantile(double *values, size_t n, double p)
{
    qsort(values, n, sizeof *values, by_value);
    return values[(size_t)(p * (double)(n - 1) + 0.5)];
}

/* Processor time from fork to exit, with `enter` in between, ns: nothing of it waits, and on a
 * busy machine the wall clock tells of others. */
static double start(void (*enter)(void))
{
    struct rusage usage;
    pid_t pid = fork();
    if (pid == 0) {
        enter();
        _exit(0);
    }
    wait4(pid, NULL, 0, &usage);
    return (double)(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e9 +
           (double)(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) * 1e3;
}

static double start_cost_ms(void (*enter)(void))
{
    double differences[STARTS];
    for (int k = 0; k < STARTS; k++) {
        double without = k % 2 ? 0 : start(enter_nothing);
        double with = start(enter);
        if (k % 2)
            without = start(enter_nothing);
        differences[k] = with - without;
    }
    return quantile(differences, STARTS, 0.5) / 1e6;
}

struct turns {
    int order, answer; /* pipes of a child that works when it is told to */
    pid_t pid;
};

static struct turns begin(void (*enter)(void), void (*work)(void))
{
    int order[2], answer[2];
    if (pipe(order) != 0 || pipe(answer) != 0)
        exit(77);
    struct turns turns = {.order = order[1], .answer = answer[0], .pid = fork()};
    if (turns.pid == 0) {
        char byte;
        close(order[1]);
        close(answer[0]);
        enter();
        while (read(order[0], &byte, 1) == 1) {
            work(); /* gets used to the processor again */
            int64_t began = pc_now();
            work();
            double ns = (double)(pc_now() - began);
            if (write(answer[1], &ns, sizeof ns) != sizeof ns)
                break;
        }
        _exit(0);
    }
    close(order[0]);
    close(answer[1]);
    return turns;
}

static double take(const struct turns *turns)
{
    double ns = NAN;
    if (write(turns->order, "x", 1) != 1 ||
        read(turns->answer, &ns, sizeof ns) != sizeof ns)
        exit(77);
    return ns;
}

static void end(const struct turns *turns)
{
    close(turns->order);
    close(turns->answer);
    waitpid(turns->pid, NULL, 0);
}

/* One median of each pair of processes: of the differences per unit, ns, or of the logarithms
 * of the ratios. */
static void compare(void (*work)(void), bool as_ratio, double units, double *medians)
{
    for (int restart = 0; restart < RESTARTS; restart++) {
        double pairs[PAIRS];
        struct turns outside = begin(enter_nothing, work), inside = begin(enter_all, work);
        for (int k = 0; k < PAIRS; k++) {
            double without = k % 2 ? 0 : take(&outside);
            double with = take(&inside);
            if (k % 2)
                without = take(&outside);
            pairs[k] = as_ratio ? log(with / without) : (with - without) / units;
        }
        end(&inside); /* it holds the other's pipe, too */
        end(&outside);
        medians[restart] = quantile(pairs, PAIRS, 0.5);
    }
}

static bool tell_starts(void)
{
    static const struct {
        const char *name;
        void (*enter)(void);
    } rows[] = {{"limits and privileges", enter_limits},
                {"Landlock", enter_landlock},
                {"seccomp", enter_filter},
                {"all layers", enter_all}};
    double ms = NAN;
    for (size_t i = 0; i < PC_COUNT(rows); i++) {
        ms = start_cost_ms(rows[i].enter);
        printf("jail: %s take %.2f ms to start (limit of all: %.0f)\n", rows[i].name, ms,
               start_limit_ms);
    }
    return ms <= start_limit_ms;
}

static bool tell_calls(void)
{
    double unlooked[RESTARTS], looked[RESTARTS];
    compare(call_unlooked, false, CALLS, unlooked);
    compare(call_looked, false, CALLS, looked);
    double ns = quantile(unlooked, RESTARTS, 0.5);
    printf("jail: %.1f ns more at a system call (limit %.0f), %.1f ns where its arguments "
           "are looked at\n",
           ns, call_limit_ns, quantile(looked, RESTARTS, 0.5));
    return ns <= call_limit_ns;
}

/* The 14th of 40 and the 27th are the interval of 96 % of a median. */
static bool tell_pure(void)
{
    double logs[RESTARTS];
    compare(compute, true, 1, logs);
    double middle = expm1(quantile(logs, RESTARTS, 0.5));
    double low = expm1(logs[13]), high = expm1(logs[26]);
    printf("jail: %+.2f %% on a pure kernel, between %+.2f and %+.2f %% (limit: 0 between "
           "them, or %.1f %%)\n",
           middle * 100, low * 100, high * 100, pure_limit * 100);
    return (low <= 0 && high >= 0) || fabs(middle) < pure_limit;
}

int main(void)
{
    cpu_set_t set;
    CPU_ZERO(&set);
    CPU_SET((unsigned)sched_getcpu(), &set);
    sched_setaffinity(0, sizeof set, &set);
    setvbuf(stdout, NULL, _IOLBF, 0);
    bool fine = tell_starts();
    fine &= tell_calls();
    fine &= tell_pure();
    return fine ? 0 : 1;
}
