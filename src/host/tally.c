#include "host/tally.h"

#include <execinfo.h>
#include <sched.h>

#include "host/blocks.h"

enum { WALK_DEPTH = 32 };

/* malloc has no argument for a context, so the state of counting is global to this file. */
static struct pc_tally *tally;
static const struct pc_object *tally_object;
static struct pc_blocks tally_blocks;
static _Thread_local unsigned muted;

/* Held for a few loads and stores.  Threads share a processor as often as not, so waiting
 * means letting the holder run. */
static void lock(void)
{
    while (__atomic_exchange_n(&tally->lock, 1, __ATOMIC_ACQUIRE))
        sched_yield();
}

static void unlock(void)
{
    __atomic_store_n(&tally->lock, 0, __ATOMIC_RELEASE);
}

static bool counts(void)
{
    return tally && muted == 0;
}

bool pc_tally_start(struct pc_tally *shared, const struct pc_object *object)
{
    if (!pc_blocks_init(&tally_blocks))
        return false;
    tally_object = object;
    tally = shared;
    pc_tally_clear();
    return true;
}

void pc_tally_mute(void)
{
    muted++;
}

void pc_tally_unmute(void)
{
    muted--;
}

void pc_tally_clear(void)
{
    tally->sum = (struct pc_counts){0};
}

void pc_tally_open(void)
{
    lock();
    tally->now.peak = tally->now.live;
    tally->opened = tally->now;
    tally->recording = true;
    unlock();
}

void pc_tally_close(void)
{
    lock();
    const struct pc_counts *now = &tally->now, *then = &tally->opened;
    struct pc_counts *sum = &tally->sum;
    if (tally->recording) {
        sum->allocs += now->allocs - then->allocs;
        sum->bytes += now->bytes - then->bytes;
        sum->frees += now->frees - then->frees;
        sum->threads += now->threads - then->threads;
        int64_t peak = sum->live + now->peak - then->live;
        if (peak > sum->peak)
            sum->peak = peak;
        sum->live += now->live - then->live;
        sum->blocks += now->blocks - then->blocks;
    }
    tally->recording = false;
    unlock();
}

/* The place in the kernel that a call came from.  Calls by libc on the kernel's behalf need
 * a walk of the stack, at about 1 us; there is a limit to how many, the counts do not
 * depend on them. */
static uint64_t site_of(const void *caller)
{
    if (!tally->recording)
        return 0;
    if (pc_object_has(tally_object, (uintptr_t)caller))
        return (uintptr_t)caller - tally_object->base - 1;
    if (__atomic_load_n(&tally->walks, __ATOMIC_RELAXED) == 0)
        return 0;
    __atomic_fetch_sub(&tally->walks, 1, __ATOMIC_RELAXED);
    void *stack[WALK_DEPTH];
    muted++;
    int n = backtrace(stack, WALK_DEPTH);
    muted--;
    for (int i = 0; i < n; i++)
        if (pc_object_has(tally_object, (uintptr_t)stack[i]))
            return (uintptr_t)stack[i] - tally_object->base - 1;
    return 0;
}

static void note_site(uint64_t address, size_t n)
{
    if (!address)
        return;
    size_t i = (size_t)((address * 0x9e3779b97f4a7c15) >> 32) % PC_SITES_MAX;
    for (int probe = 0; probe < PC_SITES_MAX; probe++, i = (i + 1) % PC_SITES_MAX) {
        struct pc_alloc_site *site = &tally->sites[i];
        if (site->address != 0 && site->address != address)
            continue;
        site->address = address;
        site->allocs++;
        site->bytes += n;
        return;
    }
}

/* With the lock. */
static void count_alloc(size_t n, uint64_t site)
{
    struct pc_counts *now = &tally->now;
    now->allocs++;
    now->bytes += n;
    now->blocks++;
    now->live += (int64_t)n;
    if (now->live > now->peak)
        now->peak = now->live;
    note_site(site, n);
}

static void count_free(size_t n)
{
    tally->now.frees++;
    tally->now.blocks--;
    tally->now.live -= (int64_t)n;
}

bool pc_tally_alloc(const void *block, size_t n, const void *caller)
{
    if (!counts())
        return true;
    uint64_t site = site_of(caller);
    lock();
    bool fits = pc_blocks_reserve(&tally_blocks);
    if (fits) {
        pc_blocks_put(&tally_blocks, block, n);
        count_alloc(n, site);
    }
    unlock();
    return fits;
}

/* A block that is not in the table was allocated for the host or before counting began. */
void pc_tally_free(const void *block)
{
    size_t n;
    if (!counts())
        return;
    lock();
    if (pc_blocks_take(&tally_blocks, block, &n))
        count_free(n);
    unlock();
}

void pc_tally_thread(void)
{
    if (!counts())
        return;
    lock();
    tally->now.threads++;
    unlock();
}

struct pc_tally_old pc_tally_take(const void *block)
{
    struct pc_tally_old old = {.known = false};
    if (!counts() || !block)
        return old;
    lock();
    old.known = pc_blocks_take(&tally_blocks, block, &old.n);
    unlock();
    return old;
}

void pc_tally_put_back(const void *block, struct pc_tally_old old)
{
    if (!counts() || !old.known)
        return;
    lock();
    pc_blocks_put(&tally_blocks, block, old.n);
    unlock();
}

void pc_tally_put(const void *block, size_t n, struct pc_tally_old old, const void *caller)
{
    if (!counts() || !old.known)
        return;
    uint64_t site = site_of(caller);
    lock();
    pc_blocks_put(&tally_blocks, block, n);
    count_free(old.n);
    count_alloc(n, site);
    unlock();
}
