#include "perfbench/guard.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

/* Lives in the first page of the mapping, away from the data, so that sealing the data
 * leaves the list writable. */
struct bench_guard {
    struct bench_guard *next;
    size_t mapped;
    char *data; /* first page of the block */
    size_t data_size;
    char *start; /* what the bench got */
};

void *bench_guard_create(struct bench_guard **list, size_t n)
{
    size_t page = (size_t)sysconf(_SC_PAGESIZE);
    if (n > SIZE_MAX / 2)
        return NULL;
    size_t data_size = (n + page - 1) / page * page;
    size_t mapped = page + data_size + page;
    char *map =
        mmap(NULL, mapped, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (map == MAP_FAILED)
        return NULL;
    char *end = map + page + data_size;
    if (mprotect(end, page, PROT_NONE) != 0) {
        munmap(map, mapped);
        return NULL;
    }
    struct bench_guard *guard = (struct bench_guard *)map;
    *guard = (struct bench_guard){.next = *list,
                                  .mapped = mapped,
                                  .data = map + page,
                                  .data_size = data_size,
                                  .start = end - n};
    *list = guard;
    return guard->start;
}

static bool protect(struct bench_guard *list, const void *p, int protection)
{
    for (struct bench_guard *guard = list; guard; guard = guard->next)
        if (guard->start == p)
            return guard->data_size == 0 ||
                   mprotect(guard->data, guard->data_size, protection) == 0;
    return false;
}

bool bench_guard_seal(struct bench_guard *list, const void *p)
{
    return protect(list, p, PROT_READ);
}

bool bench_guard_unseal(struct bench_guard *list, const void *p)
{
    return protect(list, p, PROT_READ | PROT_WRITE);
}

void bench_guard_free_all(struct bench_guard **list)
{
    while (*list) {
        struct bench_guard *guard = *list;
        *list = guard->next;
        munmap(guard, guard->mapped);
    }
}
