/*
 * Each iteration once, nobody keeps many for itself, whatever the threads do.  Most of it is
 * tried by one thread that speaks for several, so that it happens in the same order each
 * time; what threads do to each other is for the last two tests.
 */
#include <perfbench.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "parallel_loop.h"

enum { MOST = 8 };

struct crew {
    struct pb *pb;
    uint64_t n, taken;
    unsigned threads;
    uint8_t *seen; /* of each iteration: how often */
    struct pb_own own[MOST];
    bool done[MOST];
};

static bool begin(struct bench *b, struct crew *c, uint64_t n, unsigned threads)
{
    *c = (struct crew){.pb = pb_create(n, threads), .n = n, .threads = threads};
    c->seen = calloc(n + 1, 1);
    return bench_expect(b, c->pb, "pb_create(%llu, %u) gave NULL", (unsigned long long)n,
                        threads);
}

static void end(struct crew *c)
{
    pb_free(c->pb);
    free(c->seen);
}

/* Thread k asks once.  False when it was given what it should not have been given. */
static bool ask(struct bench *b, struct crew *c, unsigned k)
{
    uint64_t i = UINT64_MAX;
    bool more = pb_next(c->pb, &c->own[k], &i);
    char input[80];
    snprintf(input, sizeof input, "%llu iterations, %u threads", (unsigned long long)c->n,
             c->threads);
    if (!more) {
        c->done[k] = true;
        return true;
    }
    if (!bench_expect(b, !c->done[k], "%s: thread %u was told false, and then true", input,
                      k) ||
        !bench_expect(b, i < c->n, "%s: thread %u was given number %llu", input, k,
                      (unsigned long long)i) ||
        !bench_expect(b, c->seen[i]++ == 0, "%s: number %llu was given twice", input,
                      (unsigned long long)i))
        return false;
    c->taken++;
    return true;
}

/* Thread k asks until it is told no. */
static bool drain(struct bench *b, struct crew *c, unsigned k)
{
    while (!c->done[k])
        if (!ask(b, c, k))
            return false;
    return true;
}

static bool all_taken(struct bench *b, const struct crew *c)
{
    return bench_expect(
        b, c->taken == c->n, "%llu iterations, %u threads: %llu were given to nobody",
        (unsigned long long)c->n, c->threads, (unsigned long long)(c->n - c->taken));
}

static const uint64_t counts[] = {0, 1, 2, 3, 10, 31, 32, 33, 100, 999, 1024, 20000};

TEST(each_iteration_is_given_once)
{
    for (size_t r = 0; r < sizeof counts / sizeof counts[0]; r++) {
        for (unsigned threads = 1; threads <= MOST; threads++) {
            struct crew c;
            bool fine = begin(b, &c, counts[r], threads);
            for (unsigned left = threads; fine && left > 0;) {
                unsigned k = (unsigned)bench_random_below(b, threads);
                bool before = c.done[k];
                fine = ask(b, &c, k);
                left -= !before && c.done[k];
            }
            fine = fine && all_taken(b, &c);
            end(&c);
            if (!fine)
                return;
        }
    }
}

TEST(no_stays_no)
{
    for (size_t r = 0; r < sizeof counts / sizeof counts[0]; r++) {
        struct crew c;
        bool fine = begin(b, &c, counts[r], 2) && drain(b, &c, 0) && drain(b, &c, 1);
        for (unsigned k = 0; fine && k < 10000; k++)
            fine = ask(b, &c, k % 2);
        fine = fine && all_taken(b, &c);
        end(&c);
        if (!fine)
            return;
    }
}

TEST(a_thread_that_stops_holds_back_a_sixteenth_at_most)
{
    for (size_t r = 0; r < sizeof counts / sizeof counts[0]; r++) {
        for (unsigned asked = 1; asked < 4; asked++) {
            struct crew c;
            bool fine = begin(b, &c, counts[r], 2);
            for (unsigned k = 0; fine && k < asked; k++)
                fine = ask(b, &c, 0);
            fine = fine && drain(b, &c, 1);
            uint64_t held = c.n - c.taken;
            fine = fine &&
                   bench_expect(b, held <= c.n / 16,
                                "%llu iterations, 2 threads: one of them stops "
                                "after %u\nexpected: at most %llu are missing to "
                                "the other one\ngot:      %llu",
                                (unsigned long long)c.n, asked,
                                (unsigned long long)(c.n / 16), (unsigned long long)held);
            fine = fine && drain(b, &c, 0) && all_taken(b, &c);
            end(&c);
            if (!fine)
                return;
        }
    }
}

TEST(two_loops_know_nothing_of_each_other)
{
    struct crew one, other;
    bool fine = begin(b, &one, 100, 2) && begin(b, &other, 300, 2);
    for (unsigned k = 0; fine && k < 40; k++)
        fine = ask(b, &one, k % 2) && ask(b, &other, k % 2);
    for (unsigned k = 0; fine && k < 2; k++)
        fine = drain(b, &one, k) && drain(b, &other, k);
    if (fine && all_taken(b, &one))
        all_taken(b, &other);
    end(&one);
    end(&other);
}

TEST(there_may_be_as_many_as_can_be_counted)
{
    struct pb *pb = pb_create(UINT64_MAX, 64);
    struct pb_own own = {0};
    uint64_t i = 0, sum = 0;
    for (int k = 0; k < 5000; k++) {
        if (!bench_expect(b, pb_next(pb, &own, &i), "2^64 - 1 iterations ended after %d",
                          k))
            break;
        sum += i;
    }
    bench_expect_int(b, "the sum of the first 5000 numbers, one thread", 5000 * 4999 / 2,
                     sum);
    pb_free(pb);
}

struct worker {
    struct pb *pb;
    uint64_t n, times, sum; /* times: at most one too often */
    pthread_t id;
};

static void *work(void *arg)
{
    struct worker *w = arg;
    struct pb_own own = {0};
    for (uint64_t i; w->times <= w->n && pb_next(w->pb, &own, &i); w->times++)
        w->sum += i;
    return NULL;
}

static void share_among_threads(struct bench *b, uint64_t n)
{
    enum { THREADS = 4 };
    struct worker workers[THREADS];
    struct pb *pb = pb_create(n, THREADS);
    uint64_t times = 0, sum = 0;
    for (int k = 0; k < THREADS; k++) {
        workers[k] = (struct worker){.pb = pb, .n = n};
        if (!bench_expect(b, pthread_create(&workers[k].id, NULL, work, &workers[k]) == 0,
                          "a thread could not be started"))
            return;
    }
    for (int k = 0; k < THREADS; k++) {
        pthread_join(workers[k].id, NULL);
        times += workers[k].times;
        sum += workers[k].sum;
    }
    bench_expect_int(b, "iterations of 4 threads", n, times);
    bench_expect_int(b, "the sum of their numbers", n * (n - 1) / 2, sum);
    pb_free(pb);
}

TEST(threads_share_without_losing_any)
{
    share_among_threads(b, 40000);
}

TEST(threads_share_a_few)
{
    for (uint64_t n = 1; n < 40; n += 3)
        share_among_threads(b, n);
}
