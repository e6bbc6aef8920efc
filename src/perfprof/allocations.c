#include "perfprof/allocations.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/clock.h"
#include "base/mem.h"
#include "profile/allocs.h"
#include "sampling/callers.h"
#include "sampling/heap.h"
#include "sampling/interpose.h"
#include "sampling/mute.h"
#include "sampling/sites.h"
#include "wire/sites.h"

struct counted {
    uint64_t objects, bytes;
};

/* A process has one heap. */
static struct {
    pthread_mutex_t lock;
    bool watches_forks;
    struct pc_recorded_sites *sites; /* NULL: nothing is counted */
    struct view {
        bool is_on;
        uint32_t mark; /* of its blocks, and of later ones */
        int64_t when, began;
        struct counted *before; /* each place when it began */
        char *target;
    } views[PC_ALLOCATIONS_USERS];
} heap = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The program, for what is left of a chain when there is no room for more. */
extern const char __executable_start[], etext[];

static void find(struct pc_heap_source *source, struct pc_call call)
{
    pc_callers_take(&source->chain, call);
}

static uint64_t add(size_t n, struct pc_heap_source *source)
{
    const struct pc_codespan program = {(uintptr_t)__executable_start, (uintptr_t)etext};
    return pc_sites_add(heap.sites, &source->chain, &program, n, true);
}

static void remove_block(const struct pc_block *block)
{
    pc_sites_free(heap.sites, block->origin, block->n);
}

static void *map(size_t n)
{
    void *memory = mmap(NULL, n, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    return memory == MAP_FAILED ? NULL : memory;
}

static void close_view(struct view *view)
{
    free(view->before);
    free(view->target);
    *view = (struct view){.is_on = false};
}

static void before_fork(void)
{
    pthread_mutex_lock(&heap.lock);
}

static void after_fork(void)
{
    pthread_mutex_unlock(&heap.lock);
}

/* The counts are the parent's. */
static void in_child(void)
{
    pc_heap_forked();
    for (size_t i = 0; i < PC_COUNT(heap.views); i++)
        close_view(&heap.views[i]);
    if (heap.sites)
        munmap(heap.sites, sizeof *heap.sites);
    heap.sites = NULL;
    after_fork();
}

static bool watch_forks(struct pc_err *err)
{
    if (heap.watches_forks)
        return true;
    errno = pthread_atfork(before_fork, after_fork, in_child);
    heap.watches_forks = errno == 0;
    return heap.watches_forks || pc_fail_errno(err, "there is no memory to count in");
}

bool pc_allocations_prepare(struct pc_err *err)
{
    pthread_mutex_lock(&heap.lock);
    bool fine = watch_forks(err);
    pthread_mutex_unlock(&heap.lock);
    return fine;
}

/* Sanitizers keep books of their own, which an allocation that goes another way would upset. */
void __asan_init(void) __attribute__((weak));
void __lsan_do_leak_check(void) __attribute__((weak));
void __msan_init(void) __attribute__((weak));
void __tsan_init(void) __attribute__((weak));

static bool is_malloc_ours(struct pc_err *err)
{
    if (__asan_init || __lsan_do_leak_check || __msan_init || __tsan_init)
        return pc_fail(
            err, PC_ENVIRONMENT,
            "a sanitizer watches the allocations of this program: build it without "
            "-fsanitize to have them profiled");
    return pc_interpose_is_reached() ||
           pc_fail(err, PC_ENVIRONMENT,
                   "this program has a malloc of its own, so its allocations are not seen");
}

/* Count for the first user. */
static bool start(struct pc_err *err)
{
    static const struct pc_heap_watcher watcher = {
        .find = find, .add = add, .remove = remove_block, .takes_strangers = true};
    if (!is_malloc_ours(err) || !watch_forks(err))
        return false;
    heap.sites = map(sizeof *heap.sites);
    if (!heap.sites)
        return pc_fail_errno(err, "there is no memory to count in");
    pc_callers_prepare();
    pc_sites_open(heap.sites);
    if (pc_heap_start(&watcher))
        return true;
    pc_fail_errno(err, "there is no memory to count in");
    munmap(heap.sites, sizeof *heap.sites);
    heap.sites = NULL;
    return false;
}

static void keep_counts(struct counted *before)
{
    for (uint32_t k = 0; k <= PC_SITES_PLACES; k++) {
        const struct pc_recorded_site *site = pc_sites_at(heap.sites, k);
        before[k] = (struct counted){site->objects, site->bytes};
    }
}

static bool begin(struct view *view, const char *target, struct pc_err *err)
{
    if (view->is_on)
        return pc_fail(err, PC_USAGE, "allocations are being recorded already");
    if (!heap.sites && !start(err))
        return false;
    view->before = pc_alloc_array(PC_SITES_PLACES + 1, sizeof *view->before);
    view->target = target ? pc_strdup(target) : NULL;
    view->when = pc_wall_clock_ms();
    view->began = pc_now();
    view->is_on = true;
    pc_heap_hold();
    pc_sites_begin(heap.sites);
    view->mark = heap.sites->mark;
    keep_counts(view->before);
    pc_heap_release();
    return true;
}

bool pc_allocations_begin(enum pc_allocations_user user, const char *target,
                          struct pc_err *err)
{
    pc_mute();
    pthread_mutex_lock(&heap.lock);
    bool fine = begin(&heap.views[user], target, err);
    pthread_mutex_unlock(&heap.lock);
    pc_unmute();
    return fine;
}

/* What is counted now into `copy`, and what lives of the blocks since `mark`.  Nobody can allocate
 * meanwhile. */
static void take_counts(struct pc_recorded_sites *copy, uint32_t mark)
{
    pc_heap_hold();
    memcpy(copy, heap.sites, sizeof *copy);
    for (uint32_t k = 0; k <= PC_SITES_PLACES; k++) {
        struct pc_recorded_site *site = pc_sites_at(copy, k);
        site->live_objects = site->live_bytes = 0;
    }
    const struct pc_blocks *blocks = pc_heap_blocks();
    for (size_t i = 0; i < blocks->cap; i++) {
        const struct pc_block *block = &blocks->slots[i];
        if (!block->address || pc_site_mark(block->origin) < mark)
            continue;
        struct pc_recorded_site *site = pc_sites_at(copy, pc_site_place(block->origin));
        site->live_objects++;
        site->live_bytes += (int64_t)block->n;
    }
    pc_heap_release();
}

static bool take(const struct view *view, struct pc_profile *profile, struct pc_err *err)
{
    struct pc_leaks leaks;
    if (!view->is_on)
        return pc_fail(err, PC_USAGE, "allocations are not recorded in this process");
    struct pc_recorded_sites *copy = map(sizeof *copy);
    if (!copy)
        return pc_fail_errno(err, "there is no memory to tell the counts");
    pc_sites_note_modules(heap.sites);
    take_counts(copy, view->mark);
    for (uint32_t k = 0; k <= PC_SITES_PLACES; k++) {
        struct pc_recorded_site *site = pc_sites_at(copy, k);
        site->objects -= view->before[k].objects;
        site->bytes -= view->before[k].bytes;
    }
    pc_profile_fini(profile);
    bool fine = pc_allocs_read(copy, sizeof *copy, &(struct pc_codemap_spec){0}, profile,
                               &leaks, err);
    profile->when = view->when;
    profile->wall_ns = pc_now() - view->began;
    munmap(copy, sizeof *copy);
    return fine;
}

bool pc_allocations_read(enum pc_allocations_user user, bool live,
                         struct pc_profile *profile, struct pc_err *err)
{
    enum { ALL_BYTES = 1, LIVE_BYTES = 3 };
    pc_mute();
    pc_profile_init(profile, PC_PROFILE_ALLOC);
    pthread_mutex_lock(&heap.lock);
    bool fine = take(&heap.views[user], profile, err);
    pthread_mutex_unlock(&heap.lock);
    profile->main = live ? LIVE_BYTES : ALL_BYTES;
    pc_unmute();
    return fine;
}

static bool end(struct view *view, char **target, struct pc_err *err)
{
    if (!view->is_on)
        return pc_fail(err, PC_USAGE, "allocations are not recorded in this process");
    if (target)
        *target = PC_TAKE(view->target);
    close_view(view);
    for (size_t i = 0; i < PC_COUNT(heap.views); i++)
        if (heap.views[i].is_on)
            return true;
    pc_heap_stop();
    munmap(heap.sites, sizeof *heap.sites);
    heap.sites = NULL;
    return true;
}

bool pc_allocations_end(enum pc_allocations_user user, char **target, struct pc_err *err)
{
    pc_mute();
    pthread_mutex_lock(&heap.lock);
    bool fine = end(&heap.views[user], target, err);
    pthread_mutex_unlock(&heap.lock);
    pc_unmute();
    return fine;
}
