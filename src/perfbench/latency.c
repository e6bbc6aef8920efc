#include "perfbench/latency.h"

#include <stdbool.h>
#include <string.h>
#include <sys/mman.h>

enum {
    SUB_BITS = BENCH_LATENCY_BITS,
    SUB = BENCH_LATENCY_SUB,
    BUCKETS = BENCH_LATENCY_BUCKETS
};

struct bench_latencies *bench_latencies_create(void)
{
    /* Populated now, so that recording takes no page faults. */
    struct bench_latencies *l = mmap(NULL, sizeof *l, PROT_READ | PROT_WRITE,
                                     MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    return l == MAP_FAILED ? NULL : l;
}

void bench_latencies_free(struct bench_latencies *l)
{
    if (l)
        munmap(l, sizeof *l);
}

void bench_latencies_clear(struct bench_latencies *l)
{
    if (l)
        memset(l, 0, sizeof *l);
}

static unsigned bucket_of(uint64_t ns)
{
    if (ns < 2 * SUB)
        return (unsigned)ns;
    unsigned shift = 63 - (unsigned)__builtin_clzll(ns) - SUB_BITS;
    return shift * SUB + (unsigned)(ns >> shift);
}

/* The middle of a bucket, where its error is least. */
static double middle_of(unsigned bucket)
{
    if (bucket < 2 * SUB)
        return bucket;
    unsigned shift = bucket / SUB - 1;
    uint64_t low = (uint64_t)(bucket - shift * SUB) << shift;
    return (double)low + (double)((1ULL << shift) - 1) / 2;
}

void bench_latencies_add(struct bench_latencies *l, uint64_t ns)
{
    l->min = l->count == 0 || ns < l->min ? ns : l->min;
    l->max = ns > l->max ? ns : l->max;
    l->count++;
    l->buckets[bucket_of(ns)]++;
}

void bench_latencies_merge(struct bench_latencies *into, const struct bench_latencies *from)
{
    if (from->count == 0)
        return;
    into->min = into->count == 0 || from->min < into->min ? from->min : into->min;
    into->max = from->max > into->max ? from->max : into->max;
    into->count += from->count;
    for (unsigned k = 0; k < BUCKETS; k++)
        into->buckets[k] += from->buckets[k];
}

uint64_t bench_latencies_count(const struct bench_latencies *l)
{
    return l ? l->count : 0;
}

uint64_t bench_latencies_max(const struct bench_latencies *l)
{
    return l->max;
}

double bench_latencies_quantile(const struct bench_latencies *l, double q)
{
    if (l->count == 0)
        return 0;
    double rank = q * (double)l->count;
    uint64_t seen = 0;
    unsigned bucket = 0;
    for (; bucket < BUCKETS - 1; bucket++) {
        seen += l->buckets[bucket];
        if (seen > 0 && (double)seen >= rank)
            break;
    }
    double value = middle_of(bucket);
    /* The outermost buckets are wider than what was seen. */
    if (value < (double)l->min)
        value = (double)l->min;
    return value > (double)l->max ? (double)l->max : value;
}

double bench_latencies_total(const struct bench_latencies *l)
{
    double total = 0;
    for (unsigned k = 0; k < BUCKETS; k++)
        total += (double)l->buckets[k] * middle_of(k);
    return total;
}
