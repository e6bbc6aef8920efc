/*
 * The preload object that counts allocations.
 *
 * It stands in front of glibc's malloc family, so calls of libc itself (strdup, asprintf,
 * getline) are seen like those of the kernel.
 */
#include "perfbench/counter.h"

#include <errno.h>
#include <malloc.h>
#include <stdbool.h>
#include <stdlib.h>
#include <unistd.h>

/* Where glibc's own allocator is reached without going through the dynamic linker. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void *__libc_memalign(size_t alignment, size_t n);
void __libc_free(void *p);

/* Threads of a program are few and their order does not matter: relaxed atomics are exact
 * and need no thread-locals, which would allocate themselves. */
static struct perfbench_counts totals;

static void *counted(void *p, size_t n)
{
    if (p) {
        __atomic_fetch_add(&totals.allocs, 1, __ATOMIC_RELAXED);
        __atomic_fetch_add(&totals.bytes, n, __ATOMIC_RELAXED);
    }
    return p;
}

static void count_free(void)
{
    __atomic_fetch_add(&totals.frees, 1, __ATOMIC_RELAXED);
}

void perfbench_count_read(struct perfbench_counts *counts)
{
    counts->allocs = __atomic_load_n(&totals.allocs, __ATOMIC_RELAXED);
    counts->bytes = __atomic_load_n(&totals.bytes, __ATOMIC_RELAXED);
    counts->frees = __atomic_load_n(&totals.frees, __ATOMIC_RELAXED);
}

void *malloc(size_t n)
{
    return counted(__libc_malloc(n), n);
}

void *calloc(size_t n, size_t size)
{
    return counted(__libc_calloc(n, size), n * size);
}

void *realloc(void *p, size_t n)
{
    bool had_block = p != NULL;
    void *q = __libc_realloc(p, n);
    /* With n == 0 it only frees. */
    if (had_block && (q || n == 0))
        count_free();
    return counted(q, n);
}

void *reallocarray(void *p, size_t n, size_t size)
{
    size_t total;
    if (__builtin_mul_overflow(n, size, &total)) {
        errno = ENOMEM;
        return NULL;
    }
    return realloc(p, total);
}

void free(void *p)
{
    if (p)
        count_free();
    __libc_free(p);
}

void *memalign(size_t alignment, size_t n)
{
    return counted(__libc_memalign(alignment, n), n);
}

void *aligned_alloc(size_t alignment, size_t n)
{
    return counted(__libc_memalign(alignment, n), n);
}

int posix_memalign(void **p, size_t alignment, size_t n)
{
    if (alignment < sizeof(void *) || (alignment & (alignment - 1)) != 0)
        return EINVAL;
    int saved = errno;
    void *q = counted(__libc_memalign(alignment, n), n);
    errno = saved;
    if (!q)
        return ENOMEM;
    *p = q;
    return 0;
}

void *valloc(size_t n)
{
    return counted(__libc_memalign((size_t)sysconf(_SC_PAGESIZE), n), n);
}

void *pvalloc(size_t n)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (n > SIZE_MAX - page)
        return NULL;
    return counted(__libc_memalign(page, (n + page - 1) / page * page), n);
}
