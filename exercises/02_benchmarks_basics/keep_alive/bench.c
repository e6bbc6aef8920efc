/*
 * Does your benchmark report the truth?  It is put on a stand (stand.h) that plays perfbench
 * for it, and two questions are asked:
 *
 *   sums/op        in how many of its iterations were all bytes read?  The pages they lie in
 *                  are taken away before each iteration; the system knows which of them came
 *                  back.
 *   report/truth   what it reports, by what a checksum takes here when nothing of it can be
 *                  left out.  Medians of pairs, taken in turns; of 64 and 1024 bytes the one
 *                  that is further off.
 */
#define _GNU_SOURCE
#include <math.h>
#include <perfbench.h>
#include <sys/mman.h>
#include <unistd.h>

#include "keep_alive.h"
#include "stand.h"

enum { SHORT = 64, LONG = 1024, WORK = 100000, PAIRS = 11, PAGES = 4, WATCHED = 16 };

/* A block of pages; `whole` counts how often all of them were read between two looks. */
struct watch {
    uint8_t *pages;
    size_t size;
    bool looked;
    unsigned whole;
};

static void look(void *arg)
{
    struct watch *w = arg;
    unsigned char there[PAGES] = {0};
    unsigned pages = 0;
    mincore(w->pages, w->size, there);
    for (int k = 0; k < PAGES; k++)
        pages += there[k] & 1;
    w->whole += w->looked && pages == PAGES;
    w->looked = true;
    madvise(w->pages, w->size, MADV_DONTNEED);
}

static double sums_per_op(struct bench *b)
{
    struct stand s;
    struct watch w = {.size = PAGES * (size_t)sysconf(_SC_PAGESIZE)};
    w.pages = mmap(NULL, w.size, PROT_READ, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (!bench_expect(b, w.pages != MAP_FAILED, "no memory to watch"))
        return 0;
    stand_init(&s, b, WATCHED, 1);
    s.before = look;
    s.arg = &w;
    measure_ring_sum(&s.b, w.pages, w.size);
    munmap(w.pages, w.size);
    return (double)w.whole / WATCHED;
}

/* A checksum that the compiler cannot look into. */
static __attribute__((noinline)) uint32_t opaque_sum(const uint8_t *p, size_t n)
{
    return ring_sum(p, n);
}

static double truth(const uint8_t *p, size_t n, uint64_t ops)
{
    uint32_t (*volatile sum)(const uint8_t *p, size_t n) = opaque_sum;
    uint64_t began = stand_now();
    for (uint64_t i = 0; i < ops; i++)
        bench_keep(sum(p, n));
    return (double)(stand_now() - began);
}

static double report(struct bench *b, const uint8_t *p, size_t n, uint64_t ops)
{
    struct stand s;
    stand_init(&s, b, ops, ops);
    measure_ring_sum(&s.b, p, n);
    return (double)s.ns;
}

/* Each of a pair comes first every second time. */
static double one_pair(struct bench *b, const uint8_t *p, size_t n, bool turned)
{
    uint64_t ops = WORK / n;
    double early = turned ? truth(p, n, ops) : 0;
    double told = report(b, p, n, ops);
    return told / (turned ? early : truth(p, n, ops));
}

/* The median of the pairs' ratios. */
static double report_by_truth(struct bench *b, const uint8_t *p, size_t n)
{
    double sorted[PAIRS];
    for (int k = 0; k < PAIRS; k++) {
        double ratio = one_pair(b, p, n, k % 2);
        int i = k;
        for (; i > 0 && sorted[i - 1] > ratio; i--)
            sorted[i] = sorted[i - 1];
        sorted[i] = ratio;
    }
    return sorted[PAIRS / 2];
}

/* Half of the truth is as far off as twice. */
static double further_off(double a, double b)
{
    return fabs(log(a)) > fabs(log(b)) ? a : b;
}

BENCH(keep_alive)
{
    uint8_t bytes[LONG];
    for (int i = 0; i < LONG; i++)
        bytes[i] = (uint8_t)bench_random(b);
    const uint8_t *p = bench_input(b, bytes, sizeof bytes);
    while (bench_loop(b)) {
        bench_report_metric(b, "sums/op", sums_per_op(b));
        bench_report_metric(
            b, "report/truth",
            further_off(report_by_truth(b, p, SHORT), report_by_truth(b, p, LONG)));
    }
}
