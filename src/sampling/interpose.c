/*
 * The malloc family, told of (sampling/heap.h) and forwarded.
 *
 * Defined in the executable these functions come before those of all libraries, for libc itself
 * as well.  They forward to the next ones in line, which are libc's as a rule, and otherwise those
 * of an allocator or a sanitizer in a library.  They are weak: a program that defines its own keeps
 * them.  While nobody watches they cost a load and a jump.
 */
#include "sampling/interpose.h"

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "sampling/heap.h"

/* glibc's own functions under the names that it keeps for this purpose. */
void *__libc_malloc(size_t n);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *p, size_t n);
void __libc_free(void *p);
void *__libc_memalign(size_t alignment, size_t n);
void *__libc_valloc(size_t n);
void *__libc_pvalloc(size_t n);

struct family {
    void *(*malloc)(size_t n);
    void *(*calloc)(size_t n, size_t size);
    void *(*realloc)(void *p, size_t n);
    void (*free)(void *p);
    void *(*memalign)(size_t alignment, size_t n);
    void *(*aligned_alloc)(size_t alignment, size_t n);
    void *(*valloc)(size_t n);
    void *(*pvalloc)(size_t n);
};

static const struct family libc = {
    .malloc = __libc_malloc,
    .calloc = __libc_calloc,
    .realloc = __libc_realloc,
    .free = __libc_free,
    .memalign = __libc_memalign,
    .aligned_alloc = __libc_memalign,
    .valloc = __libc_valloc,
    .pvalloc = __libc_pvalloc,
};

static void *first_malloc(size_t n);
static void *first_calloc(size_t n, size_t size);
static void *first_realloc(void *p, size_t n);
static void first_free(void *p);
static void *first_memalign(size_t alignment, size_t n);
static void *first_aligned_alloc(size_t alignment, size_t n);
static void *first_valloc(size_t n);
static void *first_pvalloc(size_t n);

/* Whoever is the first to call finds out.  That is the dynamic linker, or libc before main(): no
 * thread begins without an allocation. */
static struct family next = {
    .malloc = first_malloc,
    .calloc = first_calloc,
    .realloc = first_realloc,
    .free = first_free,
    .memalign = first_memalign,
    .aligned_alloc = first_aligned_alloc,
    .valloc = first_valloc,
    .pvalloc = first_pvalloc,
};

static void look_up(const char *name, void *function)
{
    void *symbol = dlsym(RTLD_NEXT, name);
    if (symbol)
        memcpy(function, &symbol, sizeof symbol);
}

/* What dlsym() itself allocates comes from libc. */
static void find_next(void)
{
    struct family found = libc;
    next = libc;
    look_up("malloc", &found.malloc);
    look_up("calloc", &found.calloc);
    look_up("realloc", &found.realloc);
    look_up("free", &found.free);
    look_up("memalign", &found.memalign);
    look_up("aligned_alloc", &found.aligned_alloc);
    look_up("valloc", &found.valloc);
    look_up("pvalloc", &found.pvalloc);
    next = found;
}

static void *first_malloc(size_t n)
{
    find_next();
    return next.malloc(n);
}

static void *first_calloc(size_t n, size_t size)
{
    find_next();
    return next.calloc(n, size);
}

static void *first_realloc(void *p, size_t n)
{
    find_next();
    return next.realloc(p, n);
}

static void first_free(void *p)
{
    find_next();
    next.free(p);
}

static void *first_memalign(size_t alignment, size_t n)
{
    find_next();
    return next.memalign(alignment, n);
}

static void *first_aligned_alloc(size_t alignment, size_t n)
{
    find_next();
    return next.aligned_alloc(alignment, n);
}

static void *first_valloc(size_t n)
{
    find_next();
    return next.valloc(n);
}

static void *first_pvalloc(size_t n)
{
    find_next();
    return next.pvalloc(n);
}

/* What is told looks at the frame of the function that was called, which must still be there: these
 * are part of it. */
#define PART static inline __attribute__((always_inline))

PART void *told(void *p, size_t n, struct pc_call call)
{
    if (!p || pc_heap_alloc(p, n, call))
        return p;
    next.free(p);
    errno = ENOMEM;
    return NULL;
}

PART void *resize(void *p, size_t n, struct pc_call call)
{
    if (!p)
        return told(next.malloc(n), n, call);
    if (n == 0) {
        pc_heap_free(p);
        return told(next.realloc(p, 0), 0, call);
    }
    struct pc_heap_old old = pc_heap_take(p);
    void *moved = next.realloc(p, n);
    if (!moved)
        pc_heap_put_back(p, old);
    else
        pc_heap_put(moved, n, old, call);
    return moved;
}

static void *own_malloc(size_t n)
{
    return pc_heap_is_on() ? told(next.malloc(n), n, PC_CALL_HERE) : next.malloc(n);
}

static void *own_calloc(size_t n, size_t size)
{
    return pc_heap_is_on() ? told(next.calloc(n, size), n * size, PC_CALL_HERE)
                           : next.calloc(n, size);
}

static void *own_realloc(void *p, size_t n)
{
    return pc_heap_is_on() ? resize(p, n, PC_CALL_HERE) : next.realloc(p, n);
}

static void *own_reallocarray(void *p, size_t n, size_t size)
{
    size_t bytes;
    if (__builtin_mul_overflow(n, size, &bytes)) {
        errno = ENOMEM;
        return NULL;
    }
    return pc_heap_is_on() ? resize(p, bytes, PC_CALL_HERE) : next.realloc(p, bytes);
}

/* The block leaves the table first: after the free another thread may get its address. */
static void own_free(void *p)
{
    if (pc_heap_is_on() && p)
        pc_heap_free(p);
    next.free(p);
}

static void *own_memalign(size_t alignment, size_t n)
{
    void *p = next.memalign(alignment, n);
    return pc_heap_is_on() ? told(p, n, PC_CALL_HERE) : p;
}

static void *own_aligned_alloc(size_t alignment, size_t n)
{
    void *p = next.aligned_alloc(alignment, n);
    return pc_heap_is_on() ? told(p, n, PC_CALL_HERE) : p;
}

static int own_posix_memalign(void **out, size_t alignment, size_t n)
{
    if (alignment % sizeof(void *) != 0 || alignment == 0 ||
        (alignment & (alignment - 1)) != 0)
        return EINVAL;
    int saved = errno;
    void *p = next.memalign(alignment, n);
    if (pc_heap_is_on())
        p = told(p, n, PC_CALL_HERE);
    errno = saved;
    if (!p)
        return ENOMEM;
    *out = p;
    return 0;
}

static void *own_valloc(size_t n)
{
    void *p = next.valloc(n);
    return pc_heap_is_on() ? told(p, n, PC_CALL_HERE) : p;
}

static void *own_pvalloc(size_t n)
{
    void *p = next.pvalloc(n);
    return pc_heap_is_on() ? told(p, n, PC_CALL_HERE) : p;
}

#define OWN(name) __attribute__((weak, alias("own_" #name)))

void *malloc(size_t n) OWN(malloc);
void *calloc(size_t n, size_t size) OWN(calloc);
void *realloc(void *p, size_t n) OWN(realloc);
void *reallocarray(void *p, size_t n, size_t size) OWN(reallocarray);
void free(void *p) OWN(free);
void *memalign(size_t alignment, size_t n) OWN(memalign);
void *aligned_alloc(size_t alignment, size_t n) OWN(aligned_alloc);
int posix_memalign(void **out, size_t alignment, size_t n) OWN(posix_memalign);
void *valloc(size_t n) OWN(valloc);
void *pvalloc(size_t n) OWN(pvalloc);

bool pc_interpose_is_reached(void)
{
    return (uintptr_t)malloc == (uintptr_t)own_malloc &&
           (uintptr_t)realloc == (uintptr_t)own_realloc &&
           (uintptr_t)free == (uintptr_t)own_free;
}
