#include "host/chain.h"

#include <execinfo.h>
#include <pthread.h>

/* What lies between the walk and the allocation: the unwinder, this file, the interposed
 * function and what libc does on the way. */
enum { UNWOUND = PC_SITES_DEPTH + 16 };

/* The host itself, by the names that the linker gives to its ends. */
extern const char __executable_start[], etext[];

/* The end of this thread's stack, and a frame in a library behind which nobody of the kernel
 * is: where a thread begins.  Both are the thread's own. */
static _Thread_local uintptr_t stack_top;
static _Thread_local struct {
    uintptr_t frame, address;
} outermost;

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

static bool add(struct pc_chain *chain, uintptr_t address)
{
    if (chain->n == PC_SITES_DEPTH)
        return false;
    chain->addresses[chain->n++] = address;
    return true;
}

static void number(struct pc_chain *chain)
{
    uint64_t hash = chain->n;
    for (uint32_t i = 0; i < chain->n; i++) {
        hash = (hash ^ chain->addresses[i]) * 0x9e3779b97f4a7c15;
        hash ^= hash >> 29;
    }
    chain->hash = hash ? hash : 1;
}

/* By the tables.  The host is left out, inside of the first other frame and from where it is
 * reached again; so is what is outside of the kernel, which began a thread. */
static void unwind(struct pc_chain *chain, const struct pc_object *object)
{
    void *stack[UNWOUND];
    int n = backtrace(stack, UNWOUND), i = 0;
    uint32_t outermost_own = 0;
    bool fits = n < UNWOUND;
    chain->n = chain->own = 0;
    while (i < n && is_host((uintptr_t)stack[i]))
        i++;
    for (; i < n && !is_host((uintptr_t)stack[i]) && fits; i++) {
        fits = add(chain, (uintptr_t)stack[i]);
        if (!fits || !pc_object_has(object, (uintptr_t)stack[i]))
            continue;
        outermost_own = chain->n;
        if (!chain->own)
            chain->own = chain->n;
    }
    chain->is_cut = !fits;
    if (fits && outermost_own > 0)
        chain->n = outermost_own;
}

/* The frames of the kernel as a list.  False when it ends neither at the host nor where a
 * thread begins: there is a library in between, whose frame is `*library`, or what the list
 * consists of is no stack. */
static bool follow(struct pc_chain *chain, struct pc_call call,
                   const struct pc_object *object, const uintptr_t **library)
{
    const uintptr_t *frame = call.frame;
    uintptr_t address = (uintptr_t)call.caller, top = find_top();
    while (pc_object_has(object, address)) {
        chain->is_cut = !add(chain, address);
        if (chain->is_cut)
            return true;
        const uintptr_t *outer = (const uintptr_t *)frame[0];
        if (outer <= frame || (uintptr_t)outer % sizeof *outer != 0 ||
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
    chain->n = 0;
    chain->own = 1;
    chain->is_cut = false;
    if (!pc_object_has(object, (uintptr_t)call.caller)) {
        unwind(chain, object);
    } else if (!follow(chain, call, object, &library)) {
        uint32_t followed = chain->n;
        unwind(chain, object);
        if (library && chain->n == followed && !chain->is_cut) {
            outermost.frame = (uintptr_t)library;
            outermost.address = library[1];
        }
    }
    number(chain);
}

void pc_chain_shorten(struct pc_chain *chain)
{
    uint32_t n = chain->own ? chain->own : chain->n > 0;
    chain->is_cut |= n < chain->n;
    chain->n = n;
    number(chain);
}
