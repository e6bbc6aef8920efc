#include "sampling/lock_mutex.h"

#include <errno.h>

#include "sampling/lock_libc.h"

/* As libc writes it into a mutex. */
enum { ROBUST = 16 };

static bool is_recursive(const pthread_mutex_t *mutex)
{
    return (mutex->__data.__kind & 3) == PTHREAD_MUTEX_RECURSIVE_NP;
}

/* The owner of a robust one may have died with it. */
static bool has_it(int rc)
{
    return rc == 0 || rc == EOWNERDEAD;
}

static int ask_libc(pthread_mutex_t *mutex, const struct pc_lock_until *until)
{
    const struct pc_lock_libc *real = pc_lock_real();
    return !until->until      ? real->mutex_lock(mutex)
           : until->has_clock ? real->mutex_clocklock(mutex, until->clock, until->until)
                              : real->mutex_timedlock(mutex, until->until);
}

/* Whatever the reason is for which it could not be had at once, libc knows it. */
static __attribute__((noinline)) int wait_for(pthread_mutex_t *mutex,
                                              const struct pc_lock_until *until,
                                              struct pc_lock_call call)
{
    struct pc_lock_wait wait;
    pc_lock_wait_begin(&wait, PC_LOCK_MUTEX, mutex, call);
    const struct pc_recorded_lock *place = pc_lock_look_up(mutex);
    if (place)
        pc_lock_read(&place->last, wait.other);
    pc_lock_wait_prepare(&wait);
    int rc = ask_libc(mutex, until);
    pc_lock_wait_end(&wait, has_it(rc) || rc == ETIMEDOUT);
    return rc;
}

/* Of a robust mutex that is lost for good libc's trylock keeps hold, and whoever asks next hangs; so
 * these are looked at instead: somebody may come in between, but the answer is libc's. */
static int lock_at_once(pthread_mutex_t *mutex, const struct pc_lock_until *until)
{
    if (__builtin_expect((mutex->__data.__kind & ROBUST) == 0, 1))
        return pc_lock_real()->mutex_trylock(mutex);
    enum { OWNER = 0x3fffffff };
    bool is_free = (__atomic_load_n(&mutex->__data.__lock, __ATOMIC_RELAXED) & OWNER) == 0;
    return is_free ? ask_libc(mutex, until) : EBUSY;
}

int pc_mutex_init(pthread_mutex_t *mutex, const pthread_mutexattr_t *attr)
{
    pc_lock_forget(mutex);
    return pc_lock_real()->mutex_init(mutex, attr);
}

int pc_mutex_destroy(pthread_mutex_t *mutex)
{
    int rc = pc_lock_real()->mutex_destroy(mutex);
    if (rc == 0)
        pc_lock_forget(mutex);
    return rc;
}

int pc_mutex_lock(pthread_mutex_t *mutex, const struct pc_lock_until *until,
                  struct pc_lock_call call)
{
    if (!pc_lock_is_watched(call) || !pc_lock_has_clock(until))
        return ask_libc(mutex, until);
    pc_lock_count(call);
    int rc = lock_at_once(mutex, until);
    if (!has_it(rc))
        rc = wait_for(mutex, until, call);
    if (has_it(rc))
        pc_lock_taken(mutex, is_recursive(mutex), call);
    return rc;
}

int pc_mutex_trylock(pthread_mutex_t *mutex, struct pc_lock_call call)
{
    int rc = pc_lock_real()->mutex_trylock(mutex);
    if (has_it(rc) && pc_lock_is_watched(call))
        pc_lock_taken(mutex, is_recursive(mutex), call);
    return rc;
}

int pc_mutex_unlock(pthread_mutex_t *mutex)
{
    if (pc_lock_watch.table && !pc_lock_self.busy)
        pc_lock_left(mutex);
    return pc_lock_real()->mutex_unlock(mutex);
}

void pc_lock_wakes(const void *lock, struct pc_lock_call call)
{
    struct pc_recorded_lock *place =
        pc_lock_watch.table && !pc_lock_self.busy ? pc_lock_look_up(lock) : NULL;
    if (!place || __atomic_load_n(&place->waiting, __ATOMIC_SEQ_CST) == 0)
        return;
    pc_lock_write_shared(&place->last, call);
    __atomic_add_fetch(&place->tickets, 1, __ATOMIC_RELEASE);
}

void pc_lock_sleep_begin(struct pc_lock_sleep *sleep, enum pc_lock_kind kind,
                         const void *lock, struct pc_lock_call call)
{
    pc_lock_wait_begin(&sleep->wait, kind, lock, call);
    sleep->place = pc_lock_place(lock);
    if (!sleep->place)
        return;
    sleep->tickets = __atomic_load_n(&sleep->place->tickets, __ATOMIC_ACQUIRE);
    __atomic_add_fetch(&sleep->place->waiting, 1, __ATOMIC_SEQ_CST);
}

/* If nobody has woken it meanwhile, nobody has. */
void pc_lock_sleep_end(struct pc_lock_sleep *sleep, bool counts)
{
    struct pc_recorded_lock *place = sleep->place;
    if (place) {
        __atomic_sub_fetch(&place->waiting, 1, __ATOMIC_SEQ_CST);
        if (__atomic_load_n(&place->tickets, __ATOMIC_ACQUIRE) != sleep->tickets)
            pc_lock_read(&place->last, sleep->wait.other);
    }
    pc_lock_wait_end(&sleep->wait, counts);
}

/* A wait for a condition, which gives the mutex back and takes it again. */
struct conditional {
    struct pc_lock_sleep sleep;
    pthread_mutex_t *mutex;
    struct pc_lock_call call;
    struct pc_recorded_lock *held; /* NULL: nobody knows of it */
    uint32_t deeper;
};

/* Whoever waits for the mutex now waits for somebody else. */
static void let_go(struct conditional *waits)
{
    struct pc_recorded_lock *place = pc_lock_look_up(waits->mutex);
    if (!place || place->last.thread != pc_lock_self.number)
        return;
    waits->held = place;
    waits->deeper = place->deeper;
    place->deeper = 0;
    __atomic_store_n(&place->last.thread, 0, __ATOMIC_RELAXED);
}

static void woken(struct conditional *waits, bool counts)
{
    pc_lock_sleep_end(&waits->sleep, counts);
    if (!waits->held)
        return;
    pc_lock_write(&waits->held->last, waits->call);
    waits->held->deeper = waits->deeper;
}

/* The thread is cancelled, and has the mutex again. */
static void cancelled(void *arg)
{
    woken(arg, true);
}

static int ask_libc_to_sleep(pthread_cond_t *cond, pthread_mutex_t *mutex,
                             const struct pc_lock_until *until)
{
    const struct pc_lock_libc *real = pc_lock_real();
    return !until->until ? real->cond_wait(cond, mutex)
           : until->has_clock
               ? real->cond_clockwait(cond, mutex, until->clock, until->until)
               : real->cond_timedwait(cond, mutex, until->until);
}

int pc_cond_wait(pthread_cond_t *cond, pthread_mutex_t *mutex,
                 const struct pc_lock_until *until, struct pc_lock_call call)
{
    int rc;
    if (!pc_lock_is_watched(call))
        return ask_libc_to_sleep(cond, mutex, until);
    pc_lock_count(call);
    struct conditional waits = {.mutex = mutex, .call = call};
    pc_lock_sleep_begin(&waits.sleep, PC_LOCK_CONDITION, cond, call);
    let_go(&waits);
    pthread_cleanup_push(cancelled, &waits);
    rc = ask_libc_to_sleep(cond, mutex, until);
    pthread_cleanup_pop(0);
    woken(&waits, has_it(rc) || rc == ETIMEDOUT);
    return rc;
}
