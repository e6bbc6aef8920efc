/*
 * The malloc family and the ways to start a thread, counted and forwarded.
 *
 * Defined in the executable they come before libc's for every object of the process, for
 * libc itself as well.  Only perfcourse-count has them: even idle they would slow malloc by
 * a fifth.
 */
#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <threads.h>
#include <unistd.h>

#include "host/tally.h"

/* glibc's own functions under the names that it keeps for this purpose. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void __libc_free(void *p);
void *__libc_memalign(size_t alignment, size_t n);
void *__libc_valloc(size_t n);
void *__libc_pvalloc(size_t n);

static void *counted(void *p, size_t n, struct pc_call call)
{
    if (!p || pc_tally_alloc(p, n, call))
        return p;
    __libc_free(p);
    errno = ENOMEM;
    return NULL;
}

static void *resize(void *p, size_t n, struct pc_call call)
{
    if (!p)
        return counted(__libc_malloc(n), n, call);
    if (n == 0) {
        pc_tally_free(p);
        return __libc_realloc(p, 0);
    }
    struct pc_tally_old old = pc_tally_take(p);
    void *moved = __libc_realloc(p, n);
    if (!moved)
        pc_tally_put_back(p, old);
    else
        pc_tally_put(moved, n, old, call);
    return moved;
}

void *malloc(size_t n)
{
    return counted(__libc_malloc(n), n, PC_CALL_HERE);
}

void *calloc(size_t n, size_t size)
{
    return counted(__libc_calloc(n, size), n * size, PC_CALL_HERE);
}

void *realloc(void *p, size_t n)
{
    return resize(p, n, PC_CALL_HERE);
}

void *reallocarray(void *p, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return resize(p, bytes, PC_CALL_HERE);
}

/* The block leaves the table first: after the free another thread may get its address. */
void free(void *p)
{
    if (!p)
        return;
    pc_tally_free(p);
    __libc_free(p);
}

void *memalign(size_t alignment, size_t n)
{
    return counted(__libc_memalign(alignment, n), n, PC_CALL_HERE);
}

void *aligned_alloc(size_t alignment, size_t n)
{
    return counted(__libc_memalign(alignment, n), n, PC_CALL_HERE);
}

int posix_memalign(void **out, size_t alignment, size_t n)
{
    if (alignment % sizeof(void *) != 0 || alignment == 0 ||
        (alignment & (alignment - 1)) != 0)
        return EINVAL;
    int saved = errno;
    void *p = counted(__libc_memalign(alignment, n), n, PC_CALL_HERE);
    errno = saved;
    if (!p)
        return ENOMEM;
    *out = p;
    return 0;
}

void *valloc(size_t n)
{
    return counted(__libc_valloc(n), n, PC_CALL_HERE);
}

void *pvalloc(size_t n)
{
    return counted(__libc_pvalloc(n), n, PC_CALL_HERE);
}

int pthread_create(pthread_t *thread, const pthread_attr_t *attr, void *(*start)(void *),
                   void *arg)
{
    int (*real)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    pc_tally_mute();
    void *symbol = dlsym(RTLD_NEXT, "pthread_create");
    memcpy(&real, &symbol, sizeof real);
    int rc = real(thread, attr, start, arg);
    pc_tally_unmute();
    if (rc == 0)
        pc_tally_thread();
    return rc;
}

int thrd_create(thrd_t *thread, thrd_start_t start, void *arg)
{
    int (*real)(thrd_t *, thrd_start_t, void *);
    pc_tally_mute();
    void *symbol = dlsym(RTLD_NEXT, "thrd_create");
    memcpy(&real, &symbol, sizeof real);
    int rc = real(thread, start, arg);
    pc_tally_unmute();
    if (rc == thrd_success)
        pc_tally_thread();
    return rc;
}
