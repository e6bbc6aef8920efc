/*
 * What it costs a thread to be sampled: processor time of the same work with 250 samples a
 * second and with none, in turns of 40 ms within one process, so that the machine's moods meet
 * both alike.  At most 1 %.
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>

#include "sampling/sampler.h"
#include "wire/recording.h"

enum { PAIRS = 150, STEPS = 40000000, STACK = 8192 };

static const double limit = 1; /* percent */

static double processor_time(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &ts);
    return (double)ts.tv_sec * 1e9 + (double)ts.tv_nsec;
}

/* Each step needs the one before; the stack is as deep as that of a small program. */
static __attribute__((noinline)) uint64_t work(void)
{
    volatile char deep[STACK];
    uint64_t x = 1;
    deep[0] = 0;
    for (int k = 0; k < STEPS; k++) {
        __asm__ volatile("" : "+r"(x));
        x = x * 6364136223846793005u + 1442695040888963407u;
    }
    return x + (uint64_t)deep[0];
}

static double time_work(bool sampled, const void *top)
{
    if (sampled && !pc_sampler_enter(top))
        return NAN;
    if (sampled)
        pc_sampler_go();
    double began = processor_time();
    volatile uint64_t kept = work();
    (void)kept;
    double took = processor_time() - began;
    if (sampled) {
        pc_sampler_pause();
        pc_sampler_leave();
    }
    return took;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

int main(void)
{
    struct pc_recording *memory = mmap(NULL, PC_RECORDING_BYTES, PROT_READ | PROT_WRITE,
                                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED ||
        !pc_sampler_open(memory, PC_RECORDING_BYTES, PC_SAMPLER_HZ, false)) {
        fputs("sampled: there is no memory to record into, or no signal\n", stderr);
        return EXIT_FAILURE;
    }
    double costs[PAIRS];
    for (int k = 0; k < PAIRS; k++) {
        double with, without;
        if (k % 2) {
            with = time_work(true, __builtin_frame_address(0));
            without = time_work(false, NULL);
        } else {
            without = time_work(false, NULL);
            with = time_work(true, __builtin_frame_address(0));
        }
        costs[k] = 100 * (with / without - 1);
    }
    qsort(costs, PAIRS, sizeof *costs, by_value);
    /* The interval of a median by ranks: 1.96 sqrt(n) / 2 to both sides. */
    int half = (int)ceil(0.98 * sqrt(PAIRS));
    double low = costs[PAIRS / 2 - half], high = costs[PAIRS / 2 + half];
    printf(
        "250 samples a second cost %+.2f %% of processor time (median of %d pairs; 95 %%: "
        "%+.2f to %+.2f; goal: at most %.0f %%)%s\n",
        costs[PAIRS / 2], PAIRS, low, high, limit,
        low > limit    ? ": missed"
        : high > limit ? ": too noisy to tell"
                       : "");
    bool missed = memory->used == 0 || !(low <= limit);
    pc_sampler_close();
    return missed ? EXIT_FAILURE : EXIT_SUCCESS;
}
