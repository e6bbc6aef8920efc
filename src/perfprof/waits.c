#include "perfprof/waits.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/clock.h"
#include "base/mem.h"
#include "profile/locks.h"
#include "sampling/callers.h"
#include "sampling/lock_table.h"
#include "sampling/locks.h"
#include "sampling/mute.h"
#include "wire/locks.h"

/* A process has one set of locks. */
static struct {
    pthread_mutex_t lock;
    bool watches_forks;
    struct pc_recorded_locks *table; /* NULL: not needed so far; stays until the end */
    bool are_ours;
    struct wait_view {
        struct pc_recorded_locks *before; /* the table when it began; NULL: it is not on */
        int64_t when, began;
        char *target;
    } views[PC_WAITS_USERS];
} locks = {.lock = PTHREAD_MUTEX_INITIALIZER};

static size_t chain_of(struct pc_lock_call call, uint64_t *addresses, size_t max)
{
    struct pc_chain chain;
    pc_callers_take(&chain, (struct pc_call){.caller = call.caller});
    size_t n = chain.n < max ? chain.n : max;
    memcpy(addresses, chain.addresses, n * sizeof *addresses);
    return n;
}

/* Of address space: only what is used takes memory. */
static struct pc_recorded_locks *map(void)
{
    void *memory = mmap(NULL, sizeof(struct pc_recorded_locks), PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static void unmap(struct pc_recorded_locks *memory)
{
    munmap(memory, sizeof *memory);
}

static void close_view(struct wait_view *view)
{
    if (view->before)
        unmap(view->before);
    free(view->target);
    *view = (struct wait_view){.before = NULL};
}

static void before_fork(void)
{
    pthread_mutex_lock(&locks.lock);
}

static void after_fork(void)
{
    pthread_mutex_unlock(&locks.lock);
}

/* The counts are the parent's. */
static void in_child(void)
{
    pc_locks_pause();
    for (size_t i = 0; i < PC_COUNT(locks.views); i++)
        close_view(&locks.views[i]);
    after_fork();
}

static bool watch_forks(struct pc_err *err)
{
    if (locks.watches_forks)
        return true;
    errno = pthread_atfork(before_fork, after_fork, in_child);
    locks.watches_forks = errno == 0;
    return locks.watches_forks || pc_fail_errno(err, "there is no memory to count in");
}

bool pc_waits_prepare(struct pc_err *err)
{
    pthread_mutex_lock(&locks.lock);
    bool fine = watch_forks(err);
    pthread_mutex_unlock(&locks.lock);
    return fine;
}

void __tsan_init(void) __attribute__((weak));

/* Whether what the program calls is ours: tried before anything is counted, and looked for.  That
 * they are called from here also brings them into a program whose sanitizer has some of them. */
static bool are_ours(void)
{
    pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
    unsigned depth = pc_mute_depth;
    pc_mute_depth = 0;
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    pthread_mutex_lock(&mutex);
    bool is_noted = pc_lock_look_up(&mutex);
    pthread_mutex_unlock(&mutex);
    pthread_mutex_destroy(&mutex);
    __atomic_signal_fence(__ATOMIC_SEQ_CST);
    pc_mute_depth = depth;
    return is_noted;
}

/* From the first profile on it is noted who takes which lock. */
static bool open_table(struct pc_err *err)
{
    static const struct pc_locks_spec spec = {.chain = chain_of};
    if (__tsan_init)
        return pc_fail(err, PC_ENVIRONMENT,
                       "a sanitizer watches the locks of this program: build it without "
                       "-fsanitize to have them profiled");
    if (locks.table)
        return true;
    if (!watch_forks(err))
        return false;
    struct pc_recorded_locks *table = map();
    if (!table)
        return pc_fail_errno(err, "there is no memory to count in");
    pc_callers_prepare();
    if (!pc_locks_open(table, sizeof *table, &spec)) {
        unmap(table);
        return pc_fail_errno(err, "this system gives no memory of threads' own");
    }
    locks.table = table;
    locks.are_ours = are_ours();
    return true;
}

static bool start(struct pc_err *err)
{
    return open_table(err) &&
           (locks.are_ours ||
            pc_fail(
                err, PC_ENVIRONMENT,
                "the locks of this program are its own, or a sanitizer's, so waiting for "
                "them is not seen"));
}

/* All but the locks themselves, of which a profile needs to know nothing. */
static struct pc_recorded_locks *copy_table(struct pc_err *err)
{
    struct pc_recorded_locks *copy = map();
    if (!copy) {
        pc_fail_errno(err, "there is no memory to tell the counts");
        return NULL;
    }
    memcpy(copy, locks.table, offsetof(struct pc_recorded_locks, lockers));
    memcpy(copy->lockers, locks.table->lockers,
           locks.table->n_lockers * sizeof *copy->lockers);
    return copy;
}

static bool begin(struct wait_view *view, const char *target, struct pc_err *err)
{
    if (view->before)
        return pc_fail(err, PC_USAGE, "waiting for locks is being recorded already");
    if (!start(err))
        return false;
    view->before = copy_table(err);
    if (!view->before)
        return false;
    view->target = target ? pc_strdup(target) : NULL;
    view->when = pc_wall_clock_ms();
    view->began = pc_now();
    pc_locks_go();
    return true;
}

bool pc_waits_begin(enum pc_waits_user user, const char *target, struct pc_err *err)
{
    pc_mute();
    pthread_mutex_lock(&locks.lock);
    bool fine = begin(&locks.views[user], target, err);
    pthread_mutex_unlock(&locks.lock);
    pc_unmute();
    return fine;
}

/* Places stay what they are, so what was counted before is at the same one. */
static void subtract(struct pc_recorded_locks *now, const struct pc_recorded_locks *before)
{
    for (size_t k = 0; k < PC_LOCKS_PLACES; k++) {
        now->waits[k].waits -= before->waits[k].waits;
        now->waits[k].ns -= before->waits[k].ns;
    }
    for (size_t k = 0; k < PC_LOCK_KINDS; k++) {
        now->rest[k].waits -= before->rest[k].waits;
        now->rest[k].ns -= before->rest[k].ns;
    }
    for (size_t k = 0; k < before->n_lockers; k++) {
        now->lockers[k].more -= before->lockers[k].more;
        for (size_t i = 0; i < PC_LOCKS_CALLS; i++)
            now->lockers[k].calls[i].calls -= before->lockers[k].calls[i].calls;
    }
}

static bool take(const struct wait_view *view, struct pc_profile *profile,
                 struct pc_err *err)
{
    struct pc_stuck stuck;
    if (!view->before)
        return pc_fail(err, PC_USAGE, "waiting for locks is not recorded in this process");
    pc_locks_note_modules();
    struct pc_recorded_locks *copy = copy_table(err);
    if (!copy)
        return false;
    subtract(copy, view->before);
    pc_profile_fini(profile);
    bool fine = pc_locks_read(copy, sizeof *copy, &(struct pc_codemap_spec){0}, 0, profile,
                              &stuck, err);
    profile->when = view->when;
    profile->wall_ns = pc_now() - view->began;
    unmap(copy);
    return fine;
}

bool pc_waits_read(enum pc_waits_user user, struct pc_profile *profile, struct pc_err *err)
{
    pc_mute();
    pc_profile_init(profile, PC_PROFILE_LOCK);
    pthread_mutex_lock(&locks.lock);
    bool fine = take(&locks.views[user], profile, err);
    pthread_mutex_unlock(&locks.lock);
    pc_unmute();
    return fine;
}

static bool end(struct wait_view *view, char **target, struct pc_err *err)
{
    if (!view->before)
        return pc_fail(err, PC_USAGE, "waiting for locks is not recorded in this process");
    if (target)
        *target = PC_TAKE(view->target);
    close_view(view);
    for (size_t i = 0; i < PC_COUNT(locks.views); i++)
        if (locks.views[i].before)
            return true;
    pc_locks_pause();
    return true;
}

bool pc_waits_end(enum pc_waits_user user, char **target, struct pc_err *err)
{
    pc_mute();
    pthread_mutex_lock(&locks.lock);
    bool fine = end(&locks.views[user], target, err);
    pthread_mutex_unlock(&locks.lock);
    pc_unmute();
    return fine;
}
