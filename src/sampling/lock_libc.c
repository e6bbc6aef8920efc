#include "sampling/lock_libc.h"

#include <dlfcn.h>
#include <stddef.h>
#include <string.h>

struct pc_lock_libc pc_lock_libc;

#define FUNCTION(name, field) \
    { \
        name, offsetof(struct pc_lock_libc, field) \
    }
#define PTHREAD(name) FUNCTION("pthread_" #name, name)

static const struct {
    const char *name;
    size_t at;
} functions[] = {
    PTHREAD(mutex_init),
    PTHREAD(mutex_destroy),
    PTHREAD(mutex_lock),
    PTHREAD(mutex_trylock),
    PTHREAD(mutex_timedlock),
    PTHREAD(mutex_clocklock),
    PTHREAD(mutex_unlock),
    PTHREAD(rwlock_init),
    PTHREAD(rwlock_destroy),
    PTHREAD(rwlock_rdlock),
    PTHREAD(rwlock_tryrdlock),
    PTHREAD(rwlock_timedrdlock),
    PTHREAD(rwlock_clockrdlock),
    PTHREAD(rwlock_wrlock),
    PTHREAD(rwlock_trywrlock),
    PTHREAD(rwlock_timedwrlock),
    PTHREAD(rwlock_clockwrlock),
    PTHREAD(rwlock_unlock),
    PTHREAD(cond_wait),
    PTHREAD(cond_timedwait),
    PTHREAD(cond_clockwait),
    PTHREAD(cond_signal),
    PTHREAD(cond_broadcast),
    FUNCTION("sem_wait", sem_wait),
    FUNCTION("sem_trywait", sem_trywait),
    FUNCTION("sem_timedwait", sem_timedwait),
    FUNCTION("sem_clockwait", sem_clockwait),
    FUNCTION("sem_post", sem_post),
    PTHREAD(barrier_init),
    PTHREAD(barrier_wait),
};

/* Conditions of two kinds have the same names: on x86-64 those of today came with version
 * 2.3.2, and a search without a version may find the others. */
static void *find(const char *name)
{
    static const char conditions[] = "pthread_cond_";
    void *symbol = NULL;
    if (strncmp(name, conditions, sizeof conditions - 1) == 0)
        symbol = dlvsym(RTLD_NEXT, name, "GLIBC_2.3.2");
    return symbol ? symbol : dlsym(RTLD_NEXT, name);
}

void pc_lock_libc_find(void)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++) {
        void *symbol = find(functions[i].name);
        memcpy((char *)&pc_lock_libc + functions[i].at, &symbol, sizeof symbol);
    }
    __atomic_store_n(&pc_lock_libc.is_found, true, __ATOMIC_RELEASE);
}

const struct pc_lock_libc *pc_lock_libc_found(void)
{
    pc_lock_libc_find();
    return &pc_lock_libc;
}
