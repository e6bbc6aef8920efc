#include "sampling/heap.h"

#include <sched.h>
#include <sys/types.h>
#include <unistd.h>

#include "sampling/mute.h"

/* malloc has no argument for a context, so what is known is global to this file. */
static struct {
    uint32_t lock;
    const struct pc_heap_watcher *watcher;
    struct pc_blocks blocks;
    pid_t pid; /* whose threads have the lock */
} state;
uint32_t pc_heap_switch;
static _Thread_local bool holds; /* this thread has the lock for longer */

/* What another thread has left half done in the parent is left alone, as memory that is lost. */
void pc_heap_forked(void)
{
    if (state.lock == 0)
        pc_blocks_fini(&state.blocks);
    state.blocks = (struct pc_blocks){.slots = NULL};
    state.pid = getpid();
    pc_heap_switch = 0;
    state.lock = 0;
}

/* Held for a few loads and stores.  Threads share a processor as often as not, so waiting
 * means letting the holder run.  A holder that did not come along into the child of a fork() never
 * will, and a handler of that fork() may be the first to notice. */
static void lock(void)
{
    while (!holds && __atomic_exchange_n(&state.lock, 1, __ATOMIC_ACQUIRE)) {
        sched_yield();
        if (state.pid != getpid())
            pc_heap_forked();
    }
}

static void unlock(void)
{
    if (!holds)
        __atomic_store_n(&state.lock, 0, __ATOMIC_RELEASE);
}

bool pc_heap_start(const struct pc_heap_watcher *watcher)
{
    pc_heap_hold();
    bool fine = pc_blocks_init(&state.blocks);
    state.watcher = watcher;
    state.pid = getpid();
    __atomic_store_n(&pc_heap_switch, fine, __ATOMIC_RELEASE);
    pc_heap_release();
    return fine;
}

void pc_heap_stop(void)
{
    pc_heap_hold();
    __atomic_store_n(&pc_heap_switch, 0, __ATOMIC_RELEASE);
    pc_blocks_fini(&state.blocks);
    pc_heap_release();
}

void pc_heap_hold(void)
{
    lock();
    holds = true;
}

void pc_heap_release(void)
{
    holds = false;
    unlock();
}

struct pc_blocks *pc_heap_blocks(void)
{
    return &state.blocks;
}

static void find(struct pc_heap_source *source, struct pc_call call)
{
    pc_mute();
    state.watcher->find(source, call);
    pc_unmute();
}

/* With the lock, which others had before: it may be over. */
static bool remember(const void *block, size_t n, struct pc_heap_source *source)
{
    if (!pc_heap_is_on())
        return true;
    bool fits = pc_blocks_reserve(&state.blocks);
    if (!fits && state.watcher->is_strict)
        return false;
    struct pc_block fresh = {.address = block, .n = n};
    fresh.origin = state.watcher->add(n, source);
    if (fits) {
        pc_blocks_put(&state.blocks, fresh);
    } else {
        state.watcher->remove(&fresh);
    }
    return true;
}

bool pc_heap_alloc(const void *block, size_t n, struct pc_call call)
{
    if (pc_is_muted())
        return true;
    struct pc_heap_source source;
    find(&source, call);
    lock();
    bool fits = remember(block, n, &source);
    unlock();
    return fits;
}

/* A block that is not in the table was allocated by a muted thread, or before. */
void pc_heap_free(const void *block)
{
    struct pc_block taken;
    lock();
    if (pc_heap_is_on() && pc_blocks_take(&state.blocks, block, &taken))
        state.watcher->remove(&taken);
    unlock();
}

struct pc_heap_old pc_heap_take(const void *block)
{
    struct pc_heap_old old = {.known = false};
    lock();
    old.known = pc_heap_is_on() && pc_blocks_take(&state.blocks, block, &old.block);
    unlock();
    return old;
}

void pc_heap_put_back(const void *block, struct pc_heap_old old)
{
    if (!old.known)
        return;
    lock();
    old.block.address = block;
    if (pc_heap_is_on())
        pc_blocks_put(&state.blocks, old.block);
    unlock();
}

void pc_heap_put(const void *block, size_t n, struct pc_heap_old old, struct pc_call call)
{
    if (!old.known && (!state.watcher->takes_strangers || pc_is_muted()))
        return;
    struct pc_heap_source source;
    find(&source, call);
    lock();
    if (old.known && pc_heap_is_on())
        state.watcher->remove(&old.block);
    remember(block, n, &source);
    unlock();
}
