/*
 * Operations timed one by one, if asked for at a fixed rate.
 *
 * A loop that starts an operation when the one before has ended leaves out what a user
 * would have waited for: during a stall of 10 ms it begins one operation, where users would
 * have begun a hundred (coordinated omission; Gil Tene, "How NOT to Measure Latency",
 * 2013).  At a rate operation k is due k intervals after the first, whatever those before
 * it do, and its latency counts from when it was due.
 */
#ifndef PERFBENCH_PACER_H
#define PERFBENCH_PACER_H

#include <stdbool.h>
#include <stdint.h>

struct bench_core;

struct bench_pacer {
    bool on;         /* operations are timed one by one */
    uint64_t gap;    /* ns from one due time to the next; 0: each is due when the one
                        before has ended */
    bool running;    /* inside a stretch; `due` is that of the running operation */
    bool recording;  /* the latency that is being told is the pacer's, not the bench's */
    uint64_t due;    /* bench_core_now() */
    uint64_t left;   /* operations of the stretch that have not begun */
    uint64_t waited; /* ns in this stretch, for due times */
};

/* The rate that bench_pace() asks for; false when it is none. */
bool bench_pacer_set(struct bench_pacer *pacer, double per_second);

/* The `ops` iterations from the running one on are timed by themselves: bench_loop() asks
 * the host after each. */
void bench_pacer_begin(struct bench_core *core, uint64_t ops);

/* The running operation has ended: tell its latency, wait for the next one's time.  False
 * when the stretch is over, or none has begun. */
bool bench_pacer_next(struct bench_core *core);

/* Wait until bench_core_now() is `due`; the time at the end. */
uint64_t bench_pacer_wait(uint64_t due);

#endif
