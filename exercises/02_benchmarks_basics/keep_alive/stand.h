/*
 * A stand for benchmarks: it takes the place of perfbench, hands out iterations, stops the
 * time, and so knows what the benchmark on it would report.
 */
#ifndef STAND_H
#define STAND_H

#include <perfbench.h>
#include <time.h>

struct stand {
    struct bench b;          /* what the benchmark gets; comes first */
    struct bench_host table; /* perfbench's own, but for what is below */
    uint64_t n, stretch;     /* iterations, handed out so many at a time */
    uint64_t given;
    uint64_t ns, since; /* that the clock has run, and from when it runs */
    bool began, over, runs;
    void (*before)(void *arg); /* each stretch, and after the last one; or NULL */
    void *arg;
};

static inline struct stand *stand_of(struct bench *b)
{
    return (struct stand *)b;
}

/* Processor time of this thread: nobody else's work is in it. */
static inline uint64_t stand_now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (uint64_t)t.tv_sec * 1000000000 + (uint64_t)t.tv_nsec;
}

static inline void stand_stop(struct bench *b)
{
    struct stand *s = stand_of(b);
    if (s->runs)
        s->ns += stand_now() - s->since;
    s->runs = false;
}

static inline void stand_start(struct bench *b)
{
    struct stand *s = stand_of(b);
    if (s->runs)
        return;
    s->runs = true;
    s->since = stand_now();
}

static inline void stand_reset(struct bench *b)
{
    stand_of(b)->ns = 0;
    stand_of(b)->since = stand_now();
}

/* bench_loop() wants more than it has. */
static inline bool stand_next(struct bench *b)
{
    struct stand *s = stand_of(b);
    if (s->before && !s->over)
        s->before(s->arg);
    if (s->given == s->n) {
        if (s->began)
            stand_stop(b);
        s->over = true;
        return false;
    }
    uint64_t left = s->n - s->given, stretch = left < s->stretch ? left : s->stretch;
    b->i = s->given + 1; /* the first one runs at once */
    b->end = s->given + stretch;
    s->given += stretch;
    if (!s->began)
        stand_start(b);
    s->began = true;
    return true;
}

/* What the benchmark says is its own affair. */
static inline void stand_ignore(struct bench *b, const char *unit, double value)
{
    (void)b, (void)unit, (void)value;
}

/* `n` iterations, of which the benchmark hears `stretch` at a time.  All else that it asks
 * of perfbench is answered by `outer`. */
static inline void stand_init(struct stand *s, struct bench *outer, uint64_t n,
                              uint64_t stretch)
{
    *s = (struct stand){.table = *outer->host, .n = n, .stretch = stretch};
    s->b = (struct bench){.host = &s->table, .state = outer->state};
    s->table.next = stand_next;
    s->table.stop_timer = stand_stop;
    s->table.start_timer = stand_start;
    s->table.reset_timer = stand_reset;
    s->table.report_metric = stand_ignore;
}

#endif
