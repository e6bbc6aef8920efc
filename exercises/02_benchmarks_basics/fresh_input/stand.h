/*
 * A stand for benchmarks of a sort: it takes the place of perfbench, hands out iterations,
 * stops the time, and sees what the sort is given.
 */
#ifndef STAND_H
#define STAND_H

#include <perfbench.h>
#include <time.h>

#include "fresh_input.h"

enum { STAND_INPUTS = 64, STAND_NUMBERS = 1024 };

struct stand {
    struct bench b;          /* what the benchmark gets; comes first */
    struct bench_host table; /* perfbench's own, but for what is below */
    struct sorting sorting;
    uint64_t n, stretch; /* iterations, handed out so many at a time */
    uint64_t given;
    uint64_t ns, since; /* that the clock has run, and from when it runs */
    bool began, over, runs;
    size_t pool_n;
    void (*pool_make)(struct bench *b, void *arg, size_t k);
    void *pool_arg;
    uint64_t random;
    /* Seen while the clock ran: calls, those with all numbers in random order, and the sums
     * of different inputs. */
    uint64_t sorts, shuffled, inputs[STAND_INPUTS];
    size_t n_inputs;
    uint64_t sorts_in_all;
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

static inline void stand_ignore(struct bench *b, const char *unit, double value)
{
    (void)b, (void)unit, (void)value;
}

static inline void stand_renew(struct stand *s)
{
    for (size_t k = 0; k < s->pool_n; k++)
        s->pool_make(&s->b, s->pool_arg, k);
}

static inline void stand_pool(struct bench *b, size_t n,
                              void (*make)(struct bench *b, void *arg, size_t k), void *arg)
{
    struct stand *s = stand_of(b);
    s->pool_n = n;
    s->pool_make = make;
    s->pool_arg = arg;
    stand_renew(s);
}

/* bench_loop() wants more than it has.  A stretch is a batch: the pool is made anew before
 * it, and the time stands still meanwhile. */
static inline bool stand_next(struct bench *b)
{
    struct stand *s = stand_of(b);
    bool ran = s->runs;
    if (s->began)
        stand_stop(b);
    if (s->given == s->n) {
        s->over = true;
        return false;
    }
    uint64_t left = s->n - s->given, stretch = left < s->stretch ? left : s->stretch;
    b->i = s->given + 1; /* the first one runs at once */
    b->end = s->given + stretch;
    s->given += stretch;
    stand_renew(s);
    if (ran || !s->began)
        stand_start(b);
    s->began = true;
    return true;
}

/* splitmix64 (Steele, Lea, Flood 2014). */
static inline uint64_t stand_random(struct stand *s)
{
    uint64_t x = s->random += 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

/* Slow, as promised: each number is the sum of many. */
static inline void stand_fill(void *self, uint32_t *v, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        uint64_t sum = 0;
        for (int k = 0; k < 32; k++)
            sum += stand_random(self);
        v[i] = (uint32_t)(sum >> 32);
    }
}

static inline void stand_order(uint32_t *x, uint32_t *y)
{
    uint32_t less = *x < *y ? *x : *y, more = *x < *y ? *y : *x;
    *x = less;
    *y = more;
}

/* Merge exchange (Batcher 1968; Knuth, Sorting and Searching, 5.2.2 M).  Which numbers are
 * compared does not depend on the numbers, so no processor can learn these by heart.  Sorted
 * ones are left alone. */
static inline void stand_merge_exchange(uint32_t *v, size_t n)
{
    size_t sorted = 1, top = 1;
    while (sorted < n && v[sorted] >= v[sorted - 1])
        sorted++;
    if (sorted >= n)
        return;
    while (2 * top < n)
        top *= 2;
    for (size_t p = top; p > 0; p /= 2) {
        for (size_t q = top, r = 0, d = p; d > 0; d = q - p, q /= 2, r = p) {
            for (size_t i = 0; i + d < n; i++)
                if ((i & p) == r)
                    stand_order(&v[i], &v[i + d]);
            if (q == p)
                break;
        }
    }
}

/* Note what there is to sort: a sum that tells inputs apart, and in what order it is. */
static inline void stand_look(struct stand *s, const uint32_t *v, size_t n)
{
    uint64_t sum = n;
    size_t falls = 0, k = 0;
    for (size_t i = 0; i < n; i++) {
        sum = (sum ^ v[i]) * 0x9e3779b97f4a7c15;
        falls += i > 0 && v[i] < v[i - 1];
    }
    s->sorts++;
    /* In random order every second number is smaller than the one before it. */
    s->shuffled += n == s->sorting.n && (n < 8 || (falls > n / 4 && falls < n - n / 4));
    while (k < s->n_inputs && s->inputs[k] != sum)
        k++;
    if (k == s->n_inputs && k < STAND_INPUTS)
        s->inputs[s->n_inputs++] = sum;
}

/* The look is not in the time that is reported. */
static inline void stand_sort(void *self, uint32_t *v, size_t n)
{
    struct stand *s = self;
    s->sorts_in_all++;
    if (s->runs) {
        uint64_t began = stand_now();
        stand_look(s, v, n);
        s->since += stand_now() - began;
    }
    stand_merge_exchange(v, n);
}

/* Only sorts: for taking the time. */
static inline void stand_sort_unseen(void *self, uint32_t *v, size_t n)
{
    (void)self;
    stand_merge_exchange(v, n);
}

/* `n` iterations, of which the benchmark hears `stretch` at a time; each is to sort `size`
 * numbers.  All else that it asks of perfbench is answered by `outer`. */
static inline void stand_init(struct stand *s, struct bench *outer, size_t size, uint64_t n,
                              uint64_t stretch)
{
    *s = (struct stand){.table = *outer->host, .n = n, .stretch = stretch};
    s->b = (struct bench){.host = &s->table, .state = outer->state};
    s->random = bench_random(outer);
    s->sorting =
        (struct sorting){.n = size, .fill = stand_fill, .sort = stand_sort, .self = s};
    s->table.next = stand_next;
    s->table.stop_timer = stand_stop;
    s->table.start_timer = stand_start;
    s->table.reset_timer = stand_reset;
    s->table.report_metric = stand_ignore;
    s->table.pool = stand_pool;
}

#endif
