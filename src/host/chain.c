#include "host/chain.h"

#include <execinfo.h>
#include <pthread.h>

#include "base/mem.h"

/* Frames that are looked at: of recursion all calls of one line are one address in the end. */
enum { WALKED = 256 };

/* The host itself, by the names that the linker gives to its ends. */
extern const char __executable_start[], etext[];

/* The end of this thread's stack, and a frame in a library behind which nobody of the kernel
 * is: where a thread begins.  Both are the thread's own. */
static _Thread_local uintptr_t stack_top;
static _Thread_local struct {
    uintptr_t frame, address;
} outermost;

/*
 * Where calls that allocate came from lately, as most come again.  The way is the same when
 * each frame, and each return address in it, is what it was.  To find that out is cheaper than
 * to follow the list anew, where each frame has to be read before the next one can be.
 */
enum { TRAILS = 4 }; /* a power of two; a thread has them in its stack */

static _Thread_local struct trail {
    uint32_t n; /* frames of the kernel; 0: nothing here */
    uint64_t hash;
    /* The innermost first; the last one is outside of the kernel. */
    const uintptr_t *frames[PC_SITES_DEPTH + 1];
    uintptr_t returns[PC_SITES_DEPTH + 1];
} trails[TRAILS];

static bool is_host(uintptr_t address)
{
    return address >= (uintptr_t)__executable_start && address < (uintptr_t)etext;
}

void pc_chain_enter(const void *top)
{
    stack_top = (uintptr_t)top;
}

static uintptr_t find_top(void)
{
    pthread_attr_t attr;
    void *low;
    size_t size;
    if (stack_top == 0 && pthread_getattr_np(pthread_self(), &attr) == 0) {
        if (pthread_attr_getstack(&attr, &low, &size) == 0)
            stack_top = (uintptr_t)low + size;
        pthread_attr_destroy(&attr);
    }
    return stack_top;
}

static struct trail *trail_of(struct pc_call call)
{
    uintptr_t key = (uintptr_t)call.caller ^ (uintptr_t)call.frame >> 4;
    return &trails[(key ^ key >> 4) % TRAILS];
}

/* Nothing is read from a frame before the one inside of it has been found to lead there. */
static bool is_same(const struct trail *trail, struct pc_call call)
{
    if (trail->n == 0 || trail->frames[0] != call.frame ||
        trail->returns[0] != (uintptr_t)call.caller)
        return false;
    for (uint32_t i = 0; i < trail->n; i++) {
        const uintptr_t *outer = trail->frames[i + 1];
        if (trail->frames[i][0] != (uintptr_t)outer || outer[1] != trail->returns[i + 1])
            return false;
    }
    return true;
}

static void repeat(const struct trail *trail, struct pc_chain *chain)
{
    pc_chain_begin(chain);
    chain->n = trail->n;
    chain->hash = trail->hash;
    for (uint32_t i = 0; i < trail->n; i++)
        chain->addresses[i] = trail->returns[i];
}

/* Chains that are folded or cut are not their way. */
static void keep(struct trail *trail, const struct pc_chain *chain)
{
    if (chain->is_folded || chain->is_cut)
        return;
    trail->n = chain->n;
    trail->hash = chain->hash;
}

/* By the tables.  The host is left out, inside of the first other frame and from where it is
 * reached again; so is what is outside of the kernel, which began a thread. */
static void unwind(struct pc_chain *chain, const struct pc_object *object)
{
    void *stack[WALKED];
    int n = backtrace(stack, WALKED), i = 0, end, own;
    pc_chain_begin(chain);
    while (i < n && is_host((uintptr_t)stack[i]))
        i++;
    for (end = i; end < n && !is_host((uintptr_t)stack[end]);)
        end++;
    chain->is_cut = end == WALKED;
    for (own = end; own > i && !pc_object_has(object, (uintptr_t)stack[own - 1]);)
        own--;
    if (own > i && !chain->is_cut)
        end = own;
    for (; i < end; i++)
        chain->is_cut |= !pc_chain_add(chain, (uintptr_t)stack[i]);
}

/* The frames of the kernel as a list.  False when it ends neither at the host nor where a
 * thread begins: there is a library in between, whose frame is `*library`, or what the list
 * consists of is no stack.  The way is left in `trail`. */
static bool follow(struct pc_chain *chain, struct pc_call call,
                   const struct pc_object *object, struct trail *trail,
                   const uintptr_t **library)
{
    const uintptr_t *frame = call.frame;
    uintptr_t address = (uintptr_t)call.caller, top = find_top();
    for (uint32_t walked = 0;; walked++) {
        if (walked < PC_COUNT(trail->frames)) {
            trail->frames[walked] = frame;
            trail->returns[walked] = address;
        }
        if (!pc_object_has(object, address))
            break;
        chain->is_cut = walked == WALKED || !pc_chain_add(chain, address);
        if (chain->is_cut)
            return true;
        const uintptr_t *outer = (const uintptr_t *)frame[0];
        if (!outer || outer <= frame || (uintptr_t)outer % sizeof *outer != 0 ||
            (uintptr_t)(outer + 2) > top)
            return false;
        frame = outer;
        address = frame[1];
    }
    if (is_host(address))
        return true;
    *library = frame;
    return outermost.frame == (uintptr_t)frame && outermost.address == address;
}

void pc_chain_take(struct pc_chain *chain, struct pc_call call,
                   const struct pc_object *object)
{
    const uintptr_t *library = NULL;
    struct trail *trail = trail_of(call);
    if (is_same(trail, call)) {
        repeat(trail, chain);
        return;
    }
    trail->n = 0;
    pc_chain_begin(chain);
    if (!pc_object_has(object, (uintptr_t)call.caller)) {
        unwind(chain, object);
    } else if (follow(chain, call, object, trail, &library)) {
        pc_chain_finish(chain);
        keep(trail, chain);
        return;
    } else {
        uint32_t followed = chain->n;
        unwind(chain, object);
        if (library && chain->n == followed && !chain->is_cut) {
            outermost.frame = (uintptr_t)library;
            outermost.address = library[1];
        }
    }
    pc_chain_finish(chain);
}
