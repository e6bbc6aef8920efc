/* An allocator of a program's own, which has one pool and takes nothing back. */
#include <stddef.h>
#include <string.h>

static char pool[1 << 26] __attribute__((aligned(16)));
static size_t used;

void *malloc(size_t n)
{
    enum { HEAD = 16 };
    size_t at =
        __atomic_fetch_add(&used, (n + 2 * HEAD - 1) / HEAD * HEAD, __ATOMIC_RELAXED);
    if (n > sizeof pool / 2 || at > sizeof pool / 2)
        return NULL;
    memcpy(pool + at, &n, sizeof n);
    return pool + at + HEAD;
}

void free(void *p)
{
    (void)p;
}

void *calloc(size_t n, size_t size)
{
    return malloc(n * size);
}

void *realloc(void *p, size_t n)
{
    size_t old = 0;
    void *fresh = malloc(n);
    if (p)
        memcpy(&old, (char *)p - 16, sizeof old);
    if (fresh && p)
        memcpy(fresh, p, old < n ? old : n);
    return fresh;
}
