#include "host/crew.h"

#include <pthread.h>
#include <sched.h>
#include <stdlib.h>

/* Small, because with many threads the stacks share the limit of address space. */
enum { STACK_BYTES = 1 << 20 };

/* Looking so often before giving the processor away: threads wake within microseconds, but
 * there may be fewer processors than threads. */
enum { LOOKS = 200 };

struct crew {
    struct pc_worker *worker;
    void (*body)(struct bench_thread *t, void *arg);
    void *arg;
    unsigned threads;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    uint32_t round; /* the stretch that may be run; under the lock */
    bool over;      /* no stretch follows */
    unsigned left;  /* threads that have done their part of the stretch; under the lock */
    /* Of the stretch. */
    bool alone, timed, last;
    uint64_t next, end, share; /* `next` is atomic */
    unsigned arrived;          /* atomic */
    uint32_t going;            /* the round that all have arrived for; atomic */
};

struct member {
    struct bench_thread t;
    struct crew *crew; /* NULL: there are no threads */
    pthread_t id;
    uint32_t round; /* that it takes part in */
    bool inside;    /* of a stretch */
};

static bool await_round(struct member *member)
{
    struct crew *crew = member->crew;
    pthread_mutex_lock(&crew->lock);
    while (crew->round == member->round && !crew->over)
        pthread_cond_wait(&crew->changed, &crew->lock);
    bool goes_on = !crew->over;
    member->round = crew->round;
    pthread_mutex_unlock(&crew->lock);
    return goes_on;
}

/* The last to arrive starts the clock. */
static void arrive(struct member *member)
{
    struct crew *crew = member->crew;
    if (__atomic_add_fetch(&crew->arrived, 1, __ATOMIC_ACQ_REL) == crew->threads) {
        if (crew->timed)
            crew->worker->meter->begin(crew->worker);
        __atomic_store_n(&crew->going, member->round, __ATOMIC_RELEASE);
    }
    for (unsigned k = 0; __atomic_load_n(&crew->going, __ATOMIC_ACQUIRE) != member->round;
         k++)
        if (k >= LOOKS)
            sched_yield();
    member->inside = true;
}

/* The last to leave stops it. */
static void leave(struct member *member)
{
    struct crew *crew = member->crew;
    member->inside = false;
    pthread_mutex_lock(&crew->lock);
    if (++crew->left == crew->threads) {
        if (crew->last)
            crew->worker->meter->end(crew->worker);
        pthread_cond_broadcast(&crew->changed);
    }
    pthread_mutex_unlock(&crew->lock);
}

static bool take_share(struct member *member)
{
    struct crew *crew = member->crew;
    struct bench_thread *t = &member->t;
    uint64_t next = crew->end;
    if (!crew->alone || t->index == 0)
        next = __atomic_fetch_add(&crew->next, crew->share, __ATOMIC_RELAXED);
    if (next >= crew->end)
        return false;
    t->i = next + 1; /* the first one runs at once */
    t->end = next + crew->share < crew->end ? next + crew->share : crew->end;
    return true;
}

/* Without threads the iterations are those of the bench itself. */
static bool next_alone(struct bench_thread *t)
{
    struct bench *b = t->b;
    b->i = t->i;
    bool goes_on = b->host->next(b);
    t->i = b->i;
    t->end = b->end;
    return goes_on;
}

bool pc_crew_next(struct bench_thread *t)
{
    struct member *member = t->state;
    if (!member->crew)
        return next_alone(t);
    for (;;) {
        if (member->inside) {
            if (take_share(member))
                return true;
            leave(member);
        }
        if (!await_round(member))
            return false;
        arrive(member);
    }
}

static void *work(void *arg)
{
    struct member *member = arg;
    struct crew *crew = member->crew;
    crew->body(&member->t, crew->arg);
    /* The others would wait for ever for a body that has returned too early. */
    while (!crew->over) {
        bench_expect(member->t.b, false,
                     "a thread left bench_thread_loop() before it ended");
        pc_crew_next(&member->t);
    }
    return NULL;
}

/* Eight times as many shares as threads: they seldom meet at the counter, and end
 * together. */
static uint64_t share_of(const struct crew *crew, uint64_t n)
{
    enum { SHARES = 8, SHARE_MAX = 10000 };
    uint64_t share = n / (SHARES * crew->threads);
    return share < 1 ? 1 : share > SHARE_MAX ? SHARE_MAX : share;
}

/* One stretch of iterations, as the worker has set it. */
static void run_stretch(struct crew *crew, struct bench *b)
{
    const struct pc_worker *worker = crew->worker;
    pthread_mutex_lock(&crew->lock);
    bool timed = worker->phase == PC_PHASE_TIMED;
    crew->next = b->i - 1;
    crew->end = b->end;
    crew->alone = b->digesting;
    crew->share = crew->alone ? b->end : share_of(crew, crew->end - crew->next);
    crew->timed = timed && worker->stretch_begin == 0;
    crew->last = timed && worker->stretch_end == worker->box->order.batch.timed;
    crew->arrived = crew->left = 0;
    crew->round++;
    pthread_cond_broadcast(&crew->changed);
    while (crew->left < crew->threads)
        pthread_cond_wait(&crew->changed, &crew->lock);
    pthread_mutex_unlock(&crew->lock);
    b->i = b->end;
}

static unsigned start_members(struct crew *crew, struct member *members, unsigned threads)
{
    pthread_attr_t attr;
    pthread_attr_init(&attr);
    pthread_attr_setstacksize(&attr, STACK_BYTES);
    unsigned started = 0;
    for (; started < threads; started++) {
        struct member *member = &members[started];
        *member = (struct member){
            .t = {.b = &crew->worker->core.b, .index = started, .state = member},
            .crew = crew};
        if (pthread_create(&member->id, &attr, work, member) != 0)
            break;
    }
    pthread_attr_destroy(&attr);
    return started;
}

static void run_threads(struct crew *crew, struct member *members, unsigned threads)
{
    struct bench *b = &crew->worker->core.b;
    unsigned started = start_members(crew, members, threads);
    crew->threads = started;
    bench_expect(b, started == threads, "only %u of %u threads could be started", started,
                 threads);
    while (started > 0 && b->host->next(b))
        run_stretch(crew, b);
    pthread_mutex_lock(&crew->lock);
    crew->over = true;
    pthread_cond_broadcast(&crew->changed);
    pthread_mutex_unlock(&crew->lock);
    for (unsigned k = 0; k < started; k++)
        pthread_join(members[k].id, NULL);
}

void pc_crew_run(struct bench *b, void (*body)(struct bench_thread *t, void *arg),
                 void *arg)
{
    struct pc_worker *worker = pc_worker_of(b);
    if (worker->threads == 0) {
        struct member only = {.t = {.b = b}};
        only.t.state = &only;
        body(&only.t, arg);
        return;
    }
    struct member *members = calloc(worker->threads, sizeof *members);
    struct crew crew = {.worker = worker,
                        .body = body,
                        .arg = arg,
                        .lock = PTHREAD_MUTEX_INITIALIZER,
                        .changed = PTHREAD_COND_INITIALIZER};
    worker->has_crew = true;
    if (bench_expect(b, members, "no memory for %u threads", worker->threads))
        run_threads(&crew, members, worker->threads);
    free(members);
}
