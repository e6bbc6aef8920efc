/*
 * perfbench: benchmarks and tests for C programs, in the manner of Go's testing package.
 *
 *     BENCH_SIZES(join, 100, 1000)
 *     {
 *         struct input in[16];
 *         bench_pool(b, 16, make_input, in);
 *         while (bench_loop(b)) {
 *             char *text = join(&in[bench_i(b) % 16]);
 *             bench_digest(b, text, strlen(text));
 *             free(text);
 *         }
 *     }
 *
 * Linked with libperfbench.a, which brings main(), this is a program: --bench=. runs the
 * benchmarks and prints Go's benchmark format, --run=. the tests.  Compiled as a shared
 * object it can be loaded by a host that measures in its own way: everything but libc is
 * reached through `b`, so the object needs nothing else.
 *
 * A function takes its input from a pool by bench_i(b): iteration k must use the same input
 * in every process that has the same seed and size, because hosts compare the results of
 * two implementations.  bench_pool() makes the inputs anew for each batch.
 *
 * All times are nanoseconds, all sizes bytes.  Nothing here is thread-safe except where it
 * says so.
 */
#ifndef PERFBENCH_H
#define PERFBENCH_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

enum { BENCH_ABI = 3 };

struct bench;
struct bench_thread;

struct bench_place {
    const char *file;
    int line;
};

/* What a host provides.  Functions are added at the end only; `abi` tells which exist. */
struct bench_host {
    uint32_t abi;
    bool (*next)(struct bench *b);
    void (*stop_timer)(struct bench *b);
    void (*start_timer)(struct bench *b);
    void (*reset_timer)(struct bench *b);
    void (*report_metric)(struct bench *b, const char *unit, double value);
    void (*set_bytes)(struct bench *b, uint64_t bytes);
    uint64_t (*random)(struct bench *b);
    void (*digest)(struct bench *b, const void *p, size_t n);
    void (*latency)(struct bench *b, uint64_t ns);
    void *(*guarded)(struct bench *b, size_t n);
    void (*seal)(struct bench *b, void *guarded);
    bool (*run)(struct bench *b, const char *name, void (*fn)(struct bench *b, void *arg),
                void *arg);
    void (*run_parallel)(struct bench *b, void (*body)(struct bench_thread *t, void *arg),
                         void *arg);
    double (*allocs_per_run)(struct bench *b, void (*fn)(void *arg), void *arg);
    void (*vfail)(struct bench *b, const char *file, int line, const char *fmt, va_list ap);
    bool (*thread_next)(struct bench_thread *t);
    void (*unseal)(struct bench *b, void *guarded);
    void (*pool)(struct bench *b, size_t n,
                 void (*make)(struct bench *b, void *arg, size_t k), void *arg);
    bool (*expect_mem)(struct bench *b, const struct bench_place *at, const char *input,
                       const void *want, size_t n_want, const void *got, size_t n_got);
    void (*pace)(struct bench *b, double per_second);
};

/* The state of one running benchmark or test.  Only `host` functions and the inline ones
 * below touch the members. */
struct bench {
    uint64_t i, end; /* iterations [i, end) of this batch are still to be run */
    bool digesting;  /* this batch is untimed, its results are compared */
    size_t size;
    const struct bench_host *host;
    void *state; /* the host's */
};

/* One thread of bench_run_parallel. */
struct bench_thread {
    uint64_t i, end;
    struct bench *b;
    unsigned index; /* 0 .. threads-1 */
    void *state;
};

enum bench_kind { BENCH_KIND_BENCH = 1, BENCH_KIND_TEST = 2 };

struct bench_entry {
    uint32_t abi;
    uint32_t kind; /* enum bench_kind */
    const char *name;
    void (*run)(struct bench *b);
    const size_t *sizes; /* NULL: one run with size 0 */
    size_t n_sizes;
    const char *file;
    int line;
};

#define BENCH_ENTRY_(kind_, name_, sizes_, n_sizes_) \
    static void bench_body_##name_(struct bench *b); \
    static const struct bench_entry bench_entry_##name_ = {BENCH_ABI, kind_, \
                                                           #name_,    bench_body_##name_, \
                                                           sizes_,    n_sizes_, \
                                                           __FILE__,  __LINE__}; \
    static const struct bench_entry *const bench_entry_at_##name_ \
        __attribute__((used, section("bench_entries"))) = &bench_entry_##name_; \
    static void bench_body_##name_(struct bench *b)

/* Define a benchmark; the body sees `struct bench *b`. */
#define BENCH(name) BENCH_ENTRY_(BENCH_KIND_BENCH, name, NULL, 0)

/* Define a benchmark that runs once for each size; bench_size(b) tells which. */
#define BENCH_SIZES(name, ...) \
    static const size_t bench_sizes_##name[] = {__VA_ARGS__}; \
    BENCH_ENTRY_(BENCH_KIND_BENCH, name, bench_sizes_##name, \
                 sizeof bench_sizes_##name / sizeof bench_sizes_##name[0])

/* Define a test; the body sees `struct bench *b`.  It passes when nothing failed. */
#define TEST(name) BENCH_ENTRY_(BENCH_KIND_TEST, name, NULL, 0)

extern const struct bench_entry *const __start_bench_entries[]
    __attribute__((weak, visibility("hidden")));
extern const struct bench_entry *const __stop_bench_entries[]
    __attribute__((weak, visibility("hidden")));

/* All entries of this program or shared object, `*n` of them; every file that includes this
 * header defines it, the linker keeps one. */
const struct bench_entry *const *bench_registry(size_t *n)
    __attribute__((weak, visibility("default")));
const struct bench_entry *const *bench_registry(size_t *n)
{
    *n = (size_t)(__stop_bench_entries - __start_bench_entries);
    return __start_bench_entries;
}

/* The compiler of the program's own files, for the heading of results. */
const char *bench_compiler(void) __attribute__((weak, visibility("hidden")));
const char *bench_compiler(void)
{
    return __VERSION__;
}

/* One more iteration?  The host times what lies between two answers; set-up before the
 * first call and teardown after the last are not timed. */
static inline bool bench_loop(struct bench *b)
{
    if (__builtin_expect(b->i < b->end, 1)) {
        b->i++;
        return true;
    }
    return b->host->next(b);
}

/* The number of the running iteration, from 0; only inside the loop. */
static inline uint64_t bench_i(const struct bench *b)
{
    return b->i - 1;
}

/* The size of this run, 0 when the benchmark has no sizes. */
static inline size_t bench_size(const struct bench *b)
{
    return b->size;
}

/* Make the compiler believe that `x` is used and that memory may have changed. */
#define bench_keep(x) \
    __extension__({ \
        __typeof__((x)) bench_kept_ = (x); \
        __asm__ volatile("" : : "r,m"(bench_kept_) : "memory"); \
    })

/* Tell the host `n` bytes of a result.  Costs one predicted branch while timing, and the
 * arguments are not evaluated then. */
#define bench_digest(b, p, n) \
    (__builtin_expect((b)->digesting, 0) ? (b)->host->digest((b), (p), (n)) : (void)0)

/* Leave a part of an iteration out of the time (costs two clock readings, 50 ns). */
static inline void bench_stop_timer(struct bench *b)
{
    b->host->stop_timer(b);
}

static inline void bench_start_timer(struct bench *b)
{
    b->host->start_timer(b);
}

/* Forget the time and allocations of this batch so far. */
static inline void bench_reset_timer(struct bench *b)
{
    b->host->reset_timer(b);
}

/* Report a metric of one's own, per operation, named as in Go's benchmark format:
 * "conns/op", "peak-B", "p99-ns".  The last value counts.  `unit` must outlive the run. */
static inline void bench_report_metric(struct bench *b, const char *unit, double value)
{
    b->host->report_metric(b, unit, value);
}

/* One operation handles this many bytes: the output gets MB/s. */
static inline void bench_set_bytes(struct bench *b, uint64_t bytes)
{
    b->host->set_bytes(b, bytes);
}

/* 64 random bits; the sequence depends on the seed alone. */
static inline uint64_t bench_random(struct bench *b)
{
    return b->host->random(b);
}

/* Uniform in [0, n), n >= 1. */
static inline uint64_t bench_random_below(struct bench *b, uint64_t n)
{
    return (uint64_t)(((unsigned __int128)b->host->random(b) * n) >> 64);
}

/* Time every operation by itself: the output gets p50-ns, p90-ns, p99-ns, p99.9-ns and
 * max-ns.  Before the loop.  With a rate, operations are due at fixed times, and what one of
 * them waits because another took long is part of its latency; waiting for the next one's
 * time is not part of ns/op.  0: each begins when the one before has ended. */
static inline void bench_pace(struct bench *b, double per_second)
{
    b->host->pace(b, per_second);
}

/* Record a latency that the benchmark has measured itself. */
static inline void bench_latency(struct bench *b, uint64_t ns)
{
    b->host->latency(b, ns);
}

/* `n` zeroed bytes that end right before a page nobody may touch: reading past them
 * crashes.  The host frees them after the run.  For items of more than a byte `n` is a
 * multiple of their alignment.  NULL, and the run has failed, when memory is used up. */
static inline void *bench_guarded(struct bench *b, size_t n)
{
    return b->host->guarded(b, n);
}

/* Make a guarded block read-only, and writable again. */
static inline void bench_seal(struct bench *b, void *guarded)
{
    b->host->seal(b, guarded);
}

static inline void bench_unseal(struct bench *b, void *guarded)
{
    b->host->unseal(b, guarded);
}

/* A pool of `n` inputs: make(b, arg, k) fills place k, now and anew before each batch that
 * uses it, outside of the time, by bench_random(b) alone.  Iteration i uses place i % n. */
static inline void bench_pool(struct bench *b, size_t n,
                              void (*make)(struct bench *b, void *arg, size_t k), void *arg)
{
    b->host->pool(b, n, make, arg);
}

/* A read-only, guarded copy of `n` bytes: what a kernel gets as input. */
static inline const void *bench_input(struct bench *b, const void *p, size_t n)
{
    void *copy = b->host->guarded(b, n);
    if (!copy)
        return NULL;
    if (n > 0)
        memcpy(copy, p, n);
    b->host->seal(b, copy);
    return copy;
}

/* Run `fn` as a benchmark of its own, named "parent/name".  False when it was filtered out
 * or failed. */
static inline bool bench_run(struct bench *b, const char *name,
                             void (*fn)(struct bench *b, void *arg), void *arg)
{
    return b->host->run(b, name, fn, arg);
}

/* Share the iterations among as many threads as --cpu says; `body` loops with
 * bench_thread_loop(t).  Instead of bench_loop(), not inside it. */
static inline void bench_run_parallel(struct bench *b,
                                      void (*body)(struct bench_thread *t, void *arg),
                                      void *arg)
{
    b->host->run_parallel(b, body, arg);
}

static inline bool bench_thread_loop(struct bench_thread *t)
{
    if (__builtin_expect(t->i < t->end, 1)) {
        t->i++;
        return true;
    }
    return t->b->host->thread_next(t);
}

/* Allocations of one call of fn(arg), the mean of several after one that is not counted;
 * negative when this host does not count. */
static inline double bench_allocs_per_run(struct bench *b, void (*fn)(void *arg), void *arg)
{
    return b->host->allocs_per_run(b, fn, arg);
}

/* Tests.  Each gives back whether the expectation held, so that a test can stop:
 *     if (!bench_expect_int(b, "sum of 1, 2", 3, sum))
 *         return;
 * `input` says in words what was given.  A test that failed once has failed. */
__attribute__((format(printf, 5, 6))) static inline bool
bench_expect_at(struct bench *b, const char *file, int line, bool held, const char *fmt,
                ...)
{
    if (held)
        return true;
    va_list ap;
    va_start(ap, fmt);
    b->host->vfail(b, file, line, fmt, ap);
    va_end(ap);
    return false;
}

#define bench_expect(b, held, ...) \
    bench_expect_at((b), __FILE__, __LINE__, (held), __VA_ARGS__)

#define bench_expect_int(b, input, want, got) \
    __extension__({ \
        long long bench_want_ = (long long)(want), bench_got_ = (long long)(got); \
        bench_expect((b), bench_want_ == bench_got_, \
                     "input:    %s\nexpected: %lld\ngot:      %lld", (input), bench_want_, \
                     bench_got_); \
    })

/* Equal strings; NULL equals nothing but NULL. */
#define bench_expect_str(b, input, want, got) \
    bench_expect_mem((b), (input), (want), BENCH_STRING, (got), BENCH_STRING)
#define BENCH_STRING SIZE_MAX /* as a length: up to the NUL */

/* `n_want` equal bytes; shows the first difference. */
#define bench_expect_mem(b, input, want, n_want, got, n_got) \
    bench_expect_mem_at((b), __FILE__, __LINE__, (input), (want), (n_want), (got), (n_got))

/* At most 60 bytes around offset `at`, quoted as in C, for messages. */
static inline const char *bench_quote(char buf[260], const void *p, size_t n, size_t at)
{
    const unsigned char *s = (const unsigned char *)p;
    size_t from = at > 20 ? at - 20 : 0, to = n - from > 60 ? from + 60 : n;
    static const char hex[] = "0123456789abcdef";
    char *o = buf;
    if (!p)
        return "NULL";
    if (from > 0)
        o = (char *)memcpy(o, "...", 3) + 3;
    *o++ = '"';
    for (size_t k = from; k < to; k++) {
        unsigned char c = s[k];
        if (c == '"' || c == '\\' || c == '\n' || c == '\t' || c < 0x20 || c >= 0x7f)
            *o++ = '\\';
        if (c == '\n' || c == '\t' || (c >= 0x20 && c < 0x7f)) {
            *o++ = c == '\n' ? 'n' : c == '\t' ? 't' : (char)c;
        } else {
            *o++ = 'x';
            *o++ = hex[c >> 4];
            *o++ = hex[c & 15];
        }
    }
    *o++ = '"';
    if (to < n)
        o = (char *)memcpy(o, "...", 3) + 3;
    *o = '\0';
    return buf;
}

static inline bool bench_expect_mem_at(struct bench *b, const char *file, int line,
                                       const char *input, const void *want, size_t n_want,
                                       const void *got, size_t n_got)
{
    const struct bench_place at = {file, line};
    return b->host->expect_mem(b, &at, input, want, n_want, got, n_got);
}

#ifdef __cplusplus
}
#endif

#endif
