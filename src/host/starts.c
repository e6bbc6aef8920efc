/*
 * The ways to start a thread, counted and forwarded; as with malloc, those of the executable come
 * before libc's.  Only perfcourse-count has them.
 */
#include <dlfcn.h>
#include <pthread.h>
#include <string.h>
#include <threads.h>

#include "host/tally.h"
#include "sampling/mute.h"

int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                   void *arg)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    pc_mute();
    void *symbol = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&real, &symbol, sizeof real);
    int rc = real(thread, attr, start, arg);
    pc_unmute();
    if (rc == 0)
        pc_tally_thread();
    return rc;
}

int thrd_create(thrd_t *thread, thrd_start_t start, void *arg)
{
    int (*real)(thrd_t *, thrd_start_t, void *);
    pc_mute();
    void *symbol = dlsym(RTLD_NEXT, "thrd_create");
    memcpy(&real, &symbol, sizeof real);
    int rc = real(thread, start, arg);
    pc_unmute();
    if (rc == thrd_success)
        pc_tally_thread();
    return rc;
}
