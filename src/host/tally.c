#include "host/tally.h"

#include <execinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "host/chain.h"
#include "sampling/heap.h"
#include "sampling/mute.h"
#include "sampling/sites.h"

enum { WALK_DEPTH = 32 };

/* malloc has no argument for a context, so the state of counting is global to this file.  What
 * the host shares is only written: a kernel that scribbles on it finds none of the counts. */
static struct pc_tally *tally;
static struct {
    bool recording, calls_only;
    struct pc_counts now;
    struct pc_counts opened; /* as they were when the stretch was opened */
    struct pc_counts sum;    /* of the stretches since pc_tally_clear() */
} state;
static const struct pc_object *tally_object;
static struct pc_recorded_sites *tally_sites; /* NULL: calls are not asked for */

void pc_tally_clear(void)
{
    pc_heap_hold();
    state.sum = (struct pc_counts){0};
    if (tally_sites)
        pc_sites_begin(tally_sites);
    pc_heap_release();
}

void pc_tally_reset(void)
{
    pc_heap_hold();
    state.sum = (struct pc_counts){0};
    const struct pc_blocks *blocks = pc_heap_blocks();
    for (size_t i = 0; tally_sites && i < blocks->cap; i++) {
        struct pc_block *block = &blocks->slots[i];
        if (block->address)
            block->origin = pc_sites_disown(tally_sites, block->origin, block->n);
    }
    if (tally_sites)
        pc_sites_take_back(tally_sites);
    pc_heap_release();
}

static void read_usage(struct pc_counts *now)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    now->faults = (uint64_t)usage.ru_minflt;
    now->waits = (uint64_t)usage.ru_nvcsw;
    now->preemptions = (uint64_t)usage.ru_nivcsw;
}

void pc_tally_open(void)
{
    pc_heap_hold();
    read_usage(&state.now);
    state.now.peak = state.now.live;
    state.opened = state.now;
    tally->recording = state.recording = true;
    pc_heap_release();
}

void pc_tally_close(void)
{
    pc_heap_hold();
    const struct pc_counts *now = &state.now, *then = &state.opened;
    struct pc_counts *sum = &state.sum;
    if (state.recording) {
        tally->recording = state.recording = false;
        read_usage(&state.now);
        sum->faults += now->faults - then->faults;
        sum->waits += now->waits - then->waits;
        sum->preemptions += now->preemptions - then->preemptions;
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
    tally->sum = state.sum;
    pc_heap_release();
}

/* The place in the kernel that a call came from.  Calls by libc on the kernel's behalf need
 * a walk of the stack, at about 1 us; there is a limit to how many, the counts do not
 * depend on them. */
static uint64_t site_of(const void *caller)
{
    if (pc_object_has(tally_object, (uintptr_t)caller))
        return (uintptr_t)caller - tally_object->base - 1;
    if (!state.recording)
        return 0;
    if (__atomic_load_n(&tally->walks, __ATOMIC_RELAXED) == 0)
        return 0;
    __atomic_fetch_sub(&tally->walks, 1, __ATOMIC_RELAXED);
    void *stack[WALK_DEPTH];
    int n = backtrace(stack, WALK_DEPTH);
    for (int i = 0; i < n; i++)
        if (pc_object_has(tally_object, (uintptr_t)stack[i]))
            return (uintptr_t)stack[i] - tally_object->base - 1;
    return 0;
}

static void note_site(uint64_t address, size_t n)
{
    if (!address || !state.recording)
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

static void find_source(struct pc_heap_source *source, struct pc_call call)
{
    if (tally_sites)
        pc_chain_take(&source->chain, call, tally_object);
    else
        source->site = site_of(call.caller);
}

static uint64_t count_alloc(size_t n, struct pc_heap_source *source)
{
    struct pc_counts *now = &state.now;
    now->allocs++;
    now->bytes += n;
    now->blocks++;
    now->live += (int64_t)n;
    if (now->live > now->peak)
        now->peak = now->live;
    if (tally_sites)
        return pc_sites_add(tally_sites, &source->chain, &tally_object->code, n,
                            state.recording);
    note_site(source->site, n);
    return source->site;
}

static void count_free(const struct pc_block *block)
{
    state.now.frees++;
    state.now.blocks--;
    state.now.live -= (int64_t)block->n;
    if (tally_sites)
        pc_sites_free(tally_sites, block->origin, block->n);
}

bool pc_tally_start(struct pc_tally *shared, const struct pc_object *object,
                    struct pc_recorded_sites *sites)
{
    static const struct pc_heap_watcher watcher = {
        .find = find_source, .add = count_alloc, .remove = count_free, .is_strict = true};
    tally_object = object;
    tally_sites = sites;
    tally = shared;
    state.calls_only = shared->calls_only;
    pc_tally_clear();
    return state.calls_only || pc_heap_start(&watcher);
}

void pc_tally_thread(void)
{
    if (!pc_heap_is_on() || pc_is_muted())
        return;
    pc_heap_hold();
    state.now.threads++;
    pc_heap_release();
}

static int by_origin(const void *a, const void *b)
{
    const struct pc_block *x = a, *y = b;
    return (x->origin > y->origin) - (x->origin < y->origin);
}

/* Keep the largest: `leaks` is in falling order and ends with free places. */
static void insert_leak(struct pc_alloc_site *leaks, struct pc_alloc_site leak)
{
    for (int i = 0; i < PC_LEAKS_MAX; i++) {
        if (leaks[i].bytes >= leak.bytes && leaks[i].allocs > 0)
            continue;
        struct pc_alloc_site moved = leaks[i];
        leaks[i] = leak;
        leak = moved;
    }
}

/* Sum up the `n` blocks by their place. */
static void sum_leaks(struct pc_block *blocks, size_t n)
{
    qsort(blocks, n, sizeof *blocks, by_origin);
    memset(tally->leaks, 0, sizeof tally->leaks);
    for (size_t i = 0; i < n;) {
        struct pc_alloc_site leak = {.address = blocks[i].origin};
        for (; i < n && blocks[i].origin == leak.address; i++) {
            leak.allocs++;
            leak.bytes += blocks[i].n;
        }
        insert_leak(tally->leaks, leak);
    }
}

/* The table serves as scratch space: nothing is counted after this. */
void pc_tally_find_leaks(void)
{
    pc_heap_hold();
    tally->left = state.now;
    const struct pc_blocks *blocks = pc_heap_blocks();
    struct pc_block *slots = blocks->slots;
    size_t n = 0;
    for (size_t i = 0; i < blocks->cap; i++)
        if (slots[i].address)
            slots[n++] = slots[i];
    pc_mute();
    for (size_t i = 0; tally_sites && i < n; i++)
        pc_sites_leak(tally_sites, slots[i].origin, slots[i].n);
    if (!tally_sites)
        sum_leaks(slots, n);
    if (slots)
        memset(slots, 0, blocks->cap * sizeof *slots);
    pc_heap_release();
}
