#include "perfprof/session.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "profile/recording.h"
#include "sampling/threads.h"
#include "wire/recording.h"

/* A process has one profiler, as it has one handler for a signal. */
static struct {
    pthread_mutex_t lock, labels; /* taken in this order */
    void *memory;                 /* NULL: not needed so far; stays until the end */
    size_t size;
    bool is_on, is_stuck;
    int64_t when;
    char *target; /* of the running profile, NULL: none */
    struct pc_thread_timers timers;
} session = {.lock = PTHREAD_MUTEX_INITIALIZER, .labels = PTHREAD_MUTEX_INITIALIZER};

/* Of address space: only what is used takes memory. */
static size_t wanted_size(void)
{
    enum { USUAL = 256, MOST = 65536 };
    const char *text = getenv("PERFPROF_MIB");
    long mib = text ? strtol(text, NULL, 10) : USUAL;
    return (size_t)(mib < 1 ? USUAL : mib > MOST ? MOST : mib) << 20;
}

/* Make the samples zeros again, and give their memory back. */
static void forget_samples(void)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    size_t begin = sizeof(struct pc_recording), whole = (begin + page - 1) / page * page;
    char *memory = session.memory;
    memset(memory + begin, 0, whole - begin);
    madvise(memory + whole, session.size - whole, MADV_DONTNEED);
}

static void before_fork(void)
{
    pthread_mutex_lock(&session.lock);
    pthread_mutex_lock(&session.labels);
}

static void after_fork(void)
{
    pthread_mutex_unlock(&session.labels);
    pthread_mutex_unlock(&session.lock);
}

/* The profile is the parent's. */
static void in_child(void)
{
    pc_sampler_forked();
    free(session.timers.items);
    session.timers = (struct pc_thread_timers){0};
    session.is_on = session.is_stuck = false;
    free(session.target);
    session.target = NULL;
    forget_samples();
    after_fork();
}

static bool is_signal_free(struct pc_err *err)
{
    struct sigaction action;
    if (sigaction(SIGPROF, NULL, &action) == 0 &&
        (action.sa_handler == SIG_DFL || action.sa_handler == SIG_IGN))
        return true;
    return pc_fail(err, PC_ENVIRONMENT,
                   "the signal SIGPROF has a handler already: only one profiler can run in "
                   "a process");
}

static bool prepare(struct pc_err *err)
{
    if (session.memory)
        return true;
    if (!is_signal_free(err))
        return false;
    size_t size = wanted_size();
    void *memory = mmap(NULL, size, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED)
        return pc_fail_errno(err, "there are no %zu MiB to record into: set PERFPROF_MIB",
                             size >> 20);
    if (!pc_sampler_open(memory, size, PC_SAMPLER_HZ, false)) {
        munmap(memory, size);
        return pc_fail_errno(err, "the signal SIGPROF cannot be handled");
    }
    session.memory = memory;
    session.size = size;
    pthread_atfork(before_fork, after_fork, in_child);
    return true;
}

bool pc_session_prepare(struct pc_err *err)
{
    pthread_mutex_lock(&session.lock);
    bool fine = prepare(err);
    pthread_mutex_unlock(&session.lock);
    return fine;
}

static bool begin(enum pc_sampler_mode mode, const char *target, struct pc_err *err)
{
    if (session.is_on)
        return pc_fail(err, PC_USAGE, "a profile is being taken already");
    if (session.is_stuck)
        return pc_fail(
            err, PC_ENVIRONMENT,
            "a thread has left the handler of SIGPROF by a jump: no more profiles");
    if (!prepare(err))
        return false;
    pc_sampler_begin(mode);
    if (!pc_threads_arm(&session.timers)) {
        pc_fail_errno(err, "this system gives no timer to sample with");
        pc_sampler_end();
        return false;
    }
    session.when = pc_wall_clock_ms();
    session.target = target ? pc_strdup(target) : NULL;
    session.is_on = true;
    return true;
}

bool pc_session_begin(enum pc_sampler_mode mode, const char *target, struct pc_err *err)
{
    pthread_mutex_lock(&session.lock);
    bool fine = begin(mode, target, err);
    pthread_mutex_unlock(&session.lock);
    return fine;
}

/* What becomes of what was recorded. */
struct reading {
    struct pc_profile *profile; /* NULL: nothing */
    const char *(*name)(void *ctx,
                        uint32_t tid); /* of threads; NULL: they are not told apart */
    void *ctx;
};

static bool read_back(const struct reading *reading, struct pc_err *err)
{
    const struct pc_codemap_spec spec = {0};
    struct pc_recording_state state;
    struct pc_profile *profile = reading->profile;
    pc_profile_fini(profile);
    bool fine =
        reading->name
            ? pc_recording_read_threads(session.memory, session.size, &spec, reading->name,
                                        reading->ctx, profile, err)
            : pc_recording_read(session.memory, session.size, &spec, profile, &state, err);
    profile->when = session.when;
    return fine;
}

static bool end(char **target, const struct reading *reading, struct pc_err *err)
{
    if (!session.is_on || !session.target != !target)
        return pc_fail(err, PC_USAGE,
                       session.is_on ? "the profile that is being taken is another one"
                                     : "no profile is being taken in this process");
    if (target)
        *target = PC_TAKE(session.target);
    session.is_on = false;
    session.is_stuck = !pc_sampler_end();
    pc_threads_disarm(&session.timers);
    bool fine = !reading->profile || read_back(reading, err);
    if (!session.is_stuck)
        forget_samples();
    return fine;
}

static bool end_locked(char **target, const struct reading *reading, struct pc_err *err)
{
    if (reading->profile)
        pc_profile_init(reading->profile, PC_PROFILE_CPU);
    pthread_mutex_lock(&session.lock);
    bool fine = end(target, reading, err);
    pthread_mutex_unlock(&session.lock);
    return fine;
}

bool pc_session_end(char **target, struct pc_profile *profile, struct pc_err *err)
{
    return end_locked(target, &(struct reading){.profile = profile}, err);
}

bool pc_session_end_threads(const char *(*name)(void *ctx, uint32_t tid), void *ctx,
                            struct pc_profile *profile, struct pc_err *err)
{
    return end_locked(NULL, &(struct reading){.profile = profile, .name = name, .ctx = ctx},
                      err);
}

unsigned pc_session_seen(void)
{
    pthread_mutex_lock(&session.lock);
    const struct pc_recording *recording = session.memory;
    unsigned n = session.is_on ? __atomic_load_n(&recording->threads, __ATOMIC_RELAXED) : 0;
    pthread_mutex_unlock(&session.lock);
    return n;
}

bool pc_session_label(const char *key, const char *value, struct pc_err *err)
{
    if (!key || !*key || strchr(key, '='))
        return pc_fail(err, PC_USAGE, "a label needs a key, without '='");
    if (!pc_session_prepare(err))
        return false;
    pthread_mutex_lock(&session.labels);
    bool fine = pc_sampler_label(key, value);
    pthread_mutex_unlock(&session.labels);
    return fine || pc_fail(err, PC_USAGE, "a process has at most %d different labels",
                           PC_RECORDING_LABELS);
}
