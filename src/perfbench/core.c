#include "perfbench/core.h"

#include <math.h>
#include <stdio.h>
#include <time.h>

#include "perfbench/guard.h"
#include "perfbench/latency.h"

uint64_t bench_core_now(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (uint64_t)ts.tv_sec * 1000000000 + (uint64_t)ts.tv_nsec;
}

/* The finalizer of splitmix64 (Steele, Lea, Flood 2014, constants by Stafford): a
 * permutation of 64 bits in which every bit of the input reaches every bit of the output.
 */
static uint64_t mix(uint64_t x)
{
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}

/* Golden ratio: splitmix64's step, and a tag that keeps zeros from mixing to zero. */
static const uint64_t step = 0x9e3779b97f4a7c15;

static uint64_t rotate(uint64_t x, int by)
{
    return x << by | x >> (64 - by);
}

/* xoshiro256** (Blackman and Vigna 2018). */
static uint64_t core_random(struct bench *b)
{
    uint64_t *s = bench_core_of(b)->rng;
    uint64_t result = rotate(s[1] * 5, 7) * 9;
    uint64_t t = s[1] << 17;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 45);
    return result;
}

/* Each step permutes the state for a given word and the word for a given state, so nothing
 * said earlier is ever lost.  The length goes in first: "ab", "c" is not "a", "bc". */
static void core_digest(struct bench *b, const void *p, size_t n)
{
    struct bench_core *core = bench_core_of(b);
    const unsigned char *bytes = p;
    uint64_t h = mix(core->digest + step * (n + 1));
    if (!p)
        n = 0;
    while (n > 0) {
        uint64_t word = 0;
        size_t take = n < sizeof word ? n : sizeof word;
        memcpy(&word, bytes, take);
        h = mix((h ^ word) + step);
        bytes += take;
        n -= take;
    }
    core->digest = p ? h : mix(h + 1);
}

__attribute__((format(printf, 4, 0))) static void
core_vfail(struct bench *b, const char *file, int line, const char *fmt, va_list ap)
{
    struct bench_core *core = bench_core_of(b);
    /* Threads of bench_run_parallel may fail together; one of them gets to say why. */
    if (__atomic_fetch_add(&core->failures, 1, __ATOMIC_RELAXED) > 0)
        return;
    int used = snprintf(core->failure, sizeof core->failure, "%s:%d: ", file, line);
    if (used > 0 && (size_t)used < sizeof core->failure)
        vsnprintf(core->failure + used, sizeof core->failure - (size_t)used, fmt, ap);
}

static bool metric_named(const char *unit)
{
    return unit && *unit && !strpbrk(unit, " \t\n\v\f\r");
}

static void core_report_metric(struct bench *b, const char *unit, double value)
{
    struct bench_core *core = bench_core_of(b);
    if (!bench_expect(b, metric_named(unit), "a metric needs a unit without blanks") ||
        !bench_expect(b, isfinite(value), "%s: %g is not a finite number", unit, value))
        return;
    unsigned k = 0;
    while (k < core->n_metrics &&
           strncmp(core->metrics[k].unit, unit, sizeof core->metrics[k].unit - 1) != 0)
        k++;
    if (k == core->n_metrics) {
        if (!bench_expect(b, k < BENCH_METRICS_MAX, "%s: there are %d metrics already",
                          unit, (int)BENCH_METRICS_MAX))
            return;
        core->n_metrics++;
        snprintf(core->metrics[k].unit, sizeof core->metrics[k].unit, "%s", unit);
    }
    core->metrics[k].value = value;
}

static void core_set_bytes(struct bench *b, uint64_t bytes)
{
    bench_core_of(b)->bytes = bytes;
}

bool bench_core_latency_prepare(struct bench_core *core)
{
    if (!core->latencies)
        core->latencies = bench_latencies_create();
    return bench_expect(&core->b, core->latencies, "no memory for latencies");
}

static void core_latency(struct bench *b, uint64_t ns)
{
    struct bench_core *core = bench_core_of(b);
    if (bench_core_latency_prepare(core))
        bench_latencies_add(core->latencies, ns);
}

static void core_pace(struct bench *b, double per_second)
{
    struct bench_core *core = bench_core_of(b);
    if (bench_expect(b, b->end == 0, "bench_pace() comes before bench_loop()") &&
        bench_expect(b, bench_pacer_set(&core->pacer, per_second),
                     "bench_pace(%g): a rate is at most 1e9 a second, and 0 is as fast as "
                     "it can",
                     per_second))
        bench_core_latency_prepare(core);
}

void bench_core_latency_clear(struct bench_core *core)
{
    bench_latencies_clear(core->latencies);
}

void bench_core_latency_metrics(struct bench_core *core)
{
    const struct bench_latencies *l = core->latencies;
    if (bench_latencies_count(l) == 0)
        return;
    core_report_metric(&core->b, "p50-ns", bench_latencies_quantile(l, 0.50));
    core_report_metric(&core->b, "p90-ns", bench_latencies_quantile(l, 0.90));
    core_report_metric(&core->b, "p99-ns", bench_latencies_quantile(l, 0.99));
    core_report_metric(&core->b, "p99.9-ns", bench_latencies_quantile(l, 0.999));
    core_report_metric(&core->b, "max-ns", (double)bench_latencies_max(l));
}

static bool core_expect_mem(struct bench *b, const struct bench_place *at,
                            const char *input, const void *want, size_t n_want,
                            const void *got, size_t n_got)
{
    if (n_want == BENCH_STRING && (!want || !got))
        return bench_expect_at(b, at->file, at->line, want == got,
                               "input:    %s\nexpected: %s\ngot:      %s", input,
                               want ? "a string" : "NULL", got ? "a string" : "NULL");
    if (n_want == BENCH_STRING) {
        n_want = strlen(want);
        n_got = strlen(got);
    }
    const unsigned char *w = want, *g = got;
    size_t n = n_want < n_got ? n_want : n_got, k = 0;
    while (want && got && k < n && w[k] == g[k])
        k++;
    char qw[260], qg[260];
    return bench_expect_at(
        b, at->file, at->line, n_want == n_got && k == n,
        "input:    %s\nexpected: %s (%zu bytes)\ngot:      %s (%zu bytes)\n"
        "first difference at byte %zu",
        input, bench_quote(qw, want, n_want, k), n_want, bench_quote(qg, got, n_got, k),
        n_got, k);
}

static void *core_guarded(struct bench *b, size_t n)
{
    void *p = bench_guard_create(&bench_core_of(b)->guards, n);
    bench_expect(b, p, "no memory for a guarded block of %zu bytes", n);
    return p;
}

static void core_seal(struct bench *b, void *guarded)
{
    bench_expect(b, bench_guard_seal(bench_core_of(b)->guards, guarded),
                 "bench_seal() needs a block of bench_guarded()");
}

static void core_unseal(struct bench *b, void *guarded)
{
    bench_expect(b, bench_guard_unseal(bench_core_of(b)->guards, guarded),
                 "bench_unseal() needs a block of bench_guarded()");
}

static void seed_rng(uint64_t rng[4], uint64_t seed)
{
    for (unsigned k = 0; k < 4; k++)
        rng[k] = mix(seed + (k + 1) * step);
}

/* Each set and place has random numbers of its own, so that a place can be made again
 * without the others; the bench's own sequence does not notice. */
void bench_core_renew(struct bench_core *core, uint64_t set, uint64_t first, uint64_t n)
{
    uint64_t kept[4];
    memcpy(kept, core->rng, sizeof kept);
    for (uint64_t i = 0; i < n && i < core->pool_n; i++) {
        uint64_t k = (first + i) % core->pool_n;
        seed_rng(core->rng, mix(core->seed ^ mix(set * step + 1)) + k * step);
        core->pool_make(&core->b, core->pool_arg, (size_t)k);
    }
    memcpy(core->rng, kept, sizeof kept);
}

static void core_pool(struct bench *b, size_t n,
                      void (*make)(struct bench *b, void *arg, size_t k), void *arg)
{
    struct bench_core *core = bench_core_of(b);
    core->pool_n = n;
    core->pool_make = make;
    core->pool_arg = arg;
    bench_core_renew(core, UINT64_MAX, 0, n);
}

static void core_stop_timer(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    if (core->timing)
        core->elapsed += bench_core_now() - core->started;
    core->timing = false;
}

static void core_start_timer(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    if (core->timing)
        return;
    core->timing = true;
    core->started = bench_core_now();
}

static void core_reset_timer(struct bench *b)
{
    struct bench_core *core = bench_core_of(b);
    core->elapsed = 0;
    core->started = bench_core_now();
}

void bench_core_timer_begin(struct bench_core *core)
{
    core->elapsed = 0;
    core->timing = true;
    core->started = bench_core_now();
}

uint64_t bench_core_timer_end(struct bench_core *core)
{
    core_stop_timer(&core->b);
    return core->elapsed;
}

static bool unsupported(struct bench *b, const char *what)
{
    return bench_expect(b, false, "%s is not supported by this host", what);
}

static bool no_next(struct bench *b)
{
    return unsupported(b, "bench_loop()");
}

static bool no_run(struct bench *b, const char *name,
                   void (*fn)(struct bench *b, void *arg), void *arg)
{
    (void)name, (void)fn, (void)arg;
    return unsupported(b, "bench_run()");
}

static void no_run_parallel(struct bench *b,
                            void (*body)(struct bench_thread *t, void *arg), void *arg)
{
    (void)body, (void)arg;
    unsupported(b, "bench_run_parallel()");
}

static double no_allocs_per_run(struct bench *b, void (*fn)(void *arg), void *arg)
{
    (void)fn, (void)arg;
    unsupported(b, "bench_allocs_per_run()");
    return -1;
}

static bool no_thread_next(struct bench_thread *t)
{
    return unsupported(t->b, "bench_thread_loop()");
}

const struct bench_host bench_core_table = {
    .abi = BENCH_ABI,
    .next = no_next,
    .stop_timer = core_stop_timer,
    .start_timer = core_start_timer,
    .reset_timer = core_reset_timer,
    .report_metric = core_report_metric,
    .set_bytes = core_set_bytes,
    .random = core_random,
    .digest = core_digest,
    .latency = core_latency,
    .guarded = core_guarded,
    .seal = core_seal,
    .run = no_run,
    .run_parallel = no_run_parallel,
    .allocs_per_run = no_allocs_per_run,
    .vfail = core_vfail,
    .thread_next = no_thread_next,
    .unseal = core_unseal,
    .pool = core_pool,
    .expect_mem = core_expect_mem,
    .pace = core_pace,
};

void bench_core_init(struct bench_core *core, const struct bench_host *table, uint64_t seed,
                     size_t size)
{
    *core = (struct bench_core){.b = {.size = size, .host = table, .state = core}};
    core->seed = seed;
    seed_rng(core->rng, seed);
}

void bench_core_fini(struct bench_core *core)
{
    bench_guard_free_all(&core->guards);
    bench_latencies_free(core->latencies);
    core->latencies = NULL;
}
