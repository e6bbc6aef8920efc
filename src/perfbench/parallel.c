/*
 * bench_run_parallel: the iterations of a batch shared among threads.
 *
 * Threads are started for each batch.  The clock runs from when the last of them asks for
 * its first iteration until the last has run its last one, so neither starting threads nor
 * what they set up themselves is part of the result.
 */
#include <pthread.h>
#include <stdlib.h>

#include "perfbench/latency.h"
#include "perfbench/run.h"

struct crew {
    struct bench_run *run;
    void (*body)(struct bench_thread *t, void *arg);
    void *arg;
    uint64_t next, end; /* iterations not given out yet; `next` is atomic */
    uint64_t share;     /* iterations given out at once */
    pthread_mutex_t lock;
    pthread_cond_t changed;
    unsigned threads, arrived, left;
    /* When operations are timed one by one, and `gap` is not 0 at a rate: number k of a batch is
     * due at began + k * gap, whichever thread takes it. */
    uint64_t gap, began;
};

struct member {
    struct bench_thread t;
    struct crew *crew;
    pthread_t id;
    bool arrived, left, deserted;
    uint64_t due;                      /* of the running operation, 0: there is none */
    struct bench_latencies *latencies; /* of this thread and batch; NULL: not paced */
};

/* Both under the lock: the batch begins when all have arrived, ends when all have left. */
static void begin_if_complete(struct crew *crew)
{
    if (crew->arrived == crew->threads) {
        bench_batch_begin(crew->run);
        crew->began = bench_core_now();
        pthread_cond_broadcast(&crew->changed);
    }
}

static void end_if_complete(struct crew *crew)
{
    if (crew->left == crew->threads) {
        bench_batch_end(crew->run, crew->end - crew->run->from);
        pthread_cond_broadcast(&crew->changed);
    }
}

static void arrive(struct member *member)
{
    struct crew *crew = member->crew;
    pthread_mutex_lock(&crew->lock);
    member->arrived = true;
    crew->arrived++;
    begin_if_complete(crew);
    while (crew->arrived < crew->threads)
        pthread_cond_wait(&crew->changed, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

/* A thread that is done waits for the others: what it does after its loop, freeing say,
 * must not disturb them and is not counted. */
static void leave(struct member *member)
{
    struct crew *crew = member->crew;
    pthread_mutex_lock(&crew->lock);
    member->left = true;
    crew->left++;
    if (member->latencies)
        bench_latencies_merge(crew->run->core.latencies, member->latencies);
    end_if_complete(crew);
    while (crew->left < crew->threads)
        pthread_cond_wait(&crew->changed, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
}

/* Around an operation that is timed by itself. */
static void record(struct member *member)
{
    uint64_t now = bench_core_now();
    if (member->due)
        bench_latencies_add(member->latencies, now > member->due ? now - member->due : 0);
    member->due = 0;
}

static void await_due(struct member *member, uint64_t number)
{
    const struct crew *crew = member->crew;
    if (crew->gap > 0) {
        member->due = crew->began + (number - crew->run->from) * crew->gap;
        bench_pacer_wait(member->due);
    } else {
        member->due = bench_core_now();
    }
}

bool bench_parallel_next(struct bench_thread *t)
{
    struct member *member = t->state;
    struct crew *crew = member->crew;
    if (member->latencies)
        record(member);
    if (!member->arrived)
        arrive(member);
    uint64_t next = crew->end;
    if (!member->left)
        next = __atomic_fetch_add(&crew->next, crew->share, __ATOMIC_RELAXED);
    if (next >= crew->end) {
        if (!member->left)
            leave(member);
        return false;
    }
    if (member->latencies)
        await_due(member, next);
    t->i = next + 1;
    t->end = next + crew->share < crew->end ? next + crew->share : crew->end;
    return true;
}

static void *work(void *arg)
{
    struct member *member = arg;
    member->crew->body(&member->t, member->crew->arg);
    /* The others must not wait for a body that returned without looping to the end.  Its
     * counter does not tell: it may have stopped where a share ends. */
    member->deserted = !member->left;
    if (!member->arrived)
        arrive(member);
    if (!member->left)
        leave(member);
    return NULL;
}

/* About 100 us at once: threads seldom meet at the counter, and all end together. */
static uint64_t share_of(const struct bench_run *run)
{
    const uint64_t most = 10000;
    if (run->core.pacer.on || run->ops == 0 || run->elapsed == 0)
        return 1;
    uint64_t share = 100000 * run->ops / run->elapsed;
    return share < 1 ? 1 : share > most ? most : share;
}

static bool run_batch(struct crew *crew, struct member *members, unsigned threads)
{
    struct bench *b = &crew->run->core.b;
    crew->threads = threads;
    crew->arrived = crew->left = 0;
    unsigned started = 0;
    for (; started < threads; started++) {
        struct member *member = &members[started];
        struct bench_latencies *latencies = member->latencies;
        bench_latencies_clear(latencies);
        *member = (struct member){.t = {.b = b, .index = started, .state = member},
                                  .crew = crew,
                                  .latencies = latencies};
        if (pthread_create(&member->id, NULL, work, member) != 0)
            break;
    }
    if (started < threads) {
        pthread_mutex_lock(&crew->lock);
        crew->threads = started;
        if (started > 0) {
            begin_if_complete(crew);
            end_if_complete(crew);
        }
        pthread_mutex_unlock(&crew->lock);
    }
    bool whole = true;
    for (unsigned k = 0; k < started; k++) {
        pthread_join(members[k].id, NULL);
        whole &= !members[k].deserted;
    }
    return bench_expect(b, started == threads, "only %u of %u threads could be started",
                        started, threads) &&
           bench_expect(b, whole && crew->next >= crew->end,
                        "a thread left bench_thread_loop() before it ended");
}

void bench_parallel_run(struct bench *b, void (*body)(struct bench_thread *t, void *arg),
                        void *arg)
{
    struct bench_run *run = bench_run_of(b);
    unsigned threads = run->program->cpu;
    if (!bench_expect(b, !run->looping, "bench_run_parallel() within bench_loop()"))
        return;
    struct member *members = calloc(threads, sizeof *members);
    if (!members) {
        (void)bench_expect(b, false, "no memory for %u threads", threads);
        return;
    }
    const struct bench_pacer *pacer = &run->core.pacer;
    bool paced = pacer->on && !run->program->tally;
    for (unsigned k = 0; paced && k < threads; k++)
        members[k].latencies = bench_latencies_create();
    struct crew crew = {.run = run,
                        .gap = pacer->gap,
                        .body = body,
                        .arg = arg,
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .changed = PTHREAD_COND_INITIALIZER};
    run->looping = true;
    for (uint64_t ops; (ops = bench_batch_plan(run)) > 0;) {
        run->from = crew.next = crew.end;
        crew.end += ops;
        crew.share = share_of(run);
        if (!run_batch(&crew, members, threads))
            break;
    }
    run->finished = true;
    for (unsigned k = 0; k < threads; k++)
        bench_latencies_free(members[k].latencies);
    free(members);
}
