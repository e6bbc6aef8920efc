#include "heap_bed.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "perfprof/perfprof.h"
#include "perfprof_bed.h"
#include "profile/pprof.h"

static void *kept[64];
static size_t n_kept;

/* What an optimizer knows nothing of is not left out. */
void *heap_seen(void *p)
{
    __asm__ volatile("" : "+r"(p) : : "memory");
    return p;
}

void heap_keep(void *p)
{
    kept[n_kept++] = heap_seen(p);
}

void heap_drop(void)
{
    while (n_kept > 0)
        free(kept[--n_kept]);
}

void heap_begin(void)
{
    if (!bench_heap_profile_start(bed_file()))
        fail_msg("%s", bench_profile_error());
}

void heap_end(struct pc_profile *profile)
{
    struct pc_err err;
    if (!bench_heap_profile_stop())
        fail_msg("%s", bench_profile_error());
    if (!pc_pprof_read(bed_file(), profile, &err))
        fail_msg("%s", err.msg);
    assert_int_equal(profile->kind, PC_PROFILE_ALLOC);
    assert_int_equal(profile->n_types, 4);
    assert_string_equal(profile->types[profile->main].name, "inuse_space");
}

/* The sum of a value, by its name, over the stacks that go through a function. */
int64_t heap_sum(const struct pc_profile *profile, int value, const char *function)
{
    static const char *const names[] = {"alloc_objects", "alloc_space", "inuse_objects",
                                        "inuse_space"};
    size_t type = 0;
    while (strcmp(profile->types[type].name, names[value]) != 0)
        type++;
    int64_t total = 0;
    for (size_t i = 0; i < profile->samples.n; i++)
        if (bed_passes(profile, &profile->samples.items[i], function))
            total += profile->samples.items[i].values[type];
    return total;
}

__attribute__((noinline)) void heap_come_and_go(void)
{
    for (int i = 0; i < 1000; i++)
        free(heap_seen(malloc(100)));
}

__attribute__((noinline)) void heap_leak(void)
{
    for (int i = 0; i < 10; i++) {
        void *p = heap_seen(calloc(8, 8));
        if (i % 4 == 0)
            heap_keep(p);
        else
            free(p);
    }
}

__attribute__((noinline)) void heap_grow(void)
{
    void *p = NULL;
    for (size_t n = 16; n <= 2048; n *= 2)
        p = heap_seen(realloc(p, n));
    heap_keep(p);
}

int heap_refusal(void)
{
    if (bench_heap_profile_start(NULL) ||
        !strstr(bench_profile_error(), "a sanitizer watches the allocations"))
        return 1;
    puts("not tried: a sanitizer has this program's malloc");
    return 77;
}
