#include "sampling/callers.h"

#include <execinfo.h>
#include <stddef.h>

#include "sampling/cfi.h"
#include "sampling/stack.h"

/* Frames that are looked at: of recursion all calls of one line are one address in the end. */
enum { WALKED = 256 };

void pc_callers_prepare(void)
{
    void *stack[2];
    backtrace(stack, 2);
}

/* By libgcc, which can do everything, at 50 to 100 ns for a frame.  Those of the profiler itself are
 * inside of the call. */
static void unwind(struct pc_chain *chain, struct pc_call call)
{
    void *stack[WALKED];
    int n = backtrace(stack, WALKED), i = 0;
    pc_chain_begin(chain);
    while (i < n && stack[i] != call.caller)
        i++;
    if (i == n)
        chain->is_cut = !pc_chain_add(chain, (uintptr_t)call.caller);
    for (; i < n && !chain->is_cut; i++)
        chain->is_cut = !pc_chain_add(chain, (uintptr_t)stack[i]);
    chain->is_cut |= n == WALKED;
}

#if defined(__x86_64__)

/* Rules that were found, by address.  Threads read and write them at any time: an entry is right
 * when its two words belong together (Hyatt and Mann, "A lock-less transposition table
 * implementation", 2002). */
enum { CACHED = 8192 };
static struct {
    uint64_t key; /* the address and the rule, exclusively or */
    uint64_t rule;
} cache[CACHED];
static uint64_t cache_unloads;

static uint64_t pack(struct pc_cfi_rule rule)
{
    enum { MOST = (1 << 28) - 1 };
    if (rule.kind != PC_CFI_STEP || rule.cfa > MOST)
        return rule.kind == PC_CFI_END ? PC_CFI_END : PC_CFI_HARD;
    return (uint64_t)rule.kind | (uint64_t)rule.from_frame << 2 |
           (uint64_t)rule.saves_frame << 3 | (uint64_t)rule.cfa << 4 |
           (uint64_t)(uint16_t)rule.frame << 32 | (uint64_t)(uint16_t)rule.address << 48;
}

static struct pc_cfi_rule unpack(uint64_t packed)
{
    return (struct pc_cfi_rule){.kind = packed & 3,
                                .from_frame = packed >> 2 & 1,
                                .saves_frame = packed >> 3 & 1,
                                .cfa = packed >> 4 & ((1 << 28) - 1),
                                .frame = (int16_t)(uint16_t)(packed >> 32),
                                .address = (int16_t)(uint16_t)(packed >> 48)};
}

/* Where a file was unloaded other code may be now, and its addresses are looked up at the latest
 * when one of them is new. */
static struct pc_cfi_rule find_new(uintptr_t address, size_t k)
{
    uint64_t unloads;
    struct pc_cfi_rule rule = pc_cfi_find(address - 1, &unloads);
    if (unloads != __atomic_exchange_n(&cache_unloads, unloads, __ATOMIC_RELAXED))
        for (size_t i = 0; i < CACHED; i++)
            __atomic_store_n(&cache[i].key, 0, __ATOMIC_RELAXED);
    __atomic_store_n(&cache[k].key, address ^ pack(rule), __ATOMIC_RELAXED);
    __atomic_store_n(&cache[k].rule, pack(rule), __ATOMIC_RELAXED);
    return rule;
}

static struct pc_cfi_rule rule_at(uintptr_t address)
{
    size_t k = (size_t)((address * 0x9e3779b97f4a7c15) >> 40) % CACHED;
    uint64_t rule = __atomic_load_n(&cache[k].rule, __ATOMIC_RELAXED);
    return (__atomic_load_n(&cache[k].key, __ATOMIC_RELAXED) ^ rule) == address
               ? unpack(rule)
               : find_new(address, k);
}

/* Where the stack of the calling thread ends. */
static uintptr_t end_of_stack(void)
{
    static _Thread_local uintptr_t end;
    if (end == 0)
        end = pc_stack_end();
    return end;
}

/* False where it takes more than that: a frame of a signal, or a stack that the program has made.
 * Nothing is read but what lies between here and the end of the stack. */
static bool follow(struct pc_chain *chain, struct pc_call call)
{
    uintptr_t address = (uintptr_t)call.caller, frame = call.frame[0];
    uintptr_t sp = (uintptr_t)(call.frame + 2), end = end_of_stack();
    for (int walked = 0; walked < WALKED && address != 0; walked++) {
        if (!pc_chain_add(chain, address)) {
            chain->is_cut = true;
            return true;
        }
        struct pc_cfi_rule rule = rule_at(address);
        if (rule.kind != PC_CFI_STEP)
            return rule.kind == PC_CFI_END;
        uintptr_t outer = (rule.from_frame ? frame : sp) + (uintptr_t)rule.cfa;
        uintptr_t saved = outer + (uintptr_t)(intptr_t)rule.frame;
        uintptr_t returns = outer + (uintptr_t)(intptr_t)rule.address;
        if (outer <= sp || outer > end || outer % sizeof(uintptr_t) != 0 || returns < sp ||
            returns > outer - sizeof(uintptr_t) ||
            (rule.saves_frame && (saved < sp || saved > outer - sizeof(uintptr_t))))
            return false;
        address = *(const uintptr_t *)returns;
        if (rule.saves_frame)
            frame = *(const uintptr_t *)saved;
        sp = outer;
    }
    chain->is_cut = address != 0;
    return true;
}

#else

/* Return addresses may be signed on 64-bit ARM: libgcc knows how to read them. */
static bool follow(struct pc_chain *chain, struct pc_call call)
{
    (void)chain;
    (void)call;
    return false;
}

#endif

void pc_callers_take(struct pc_chain *chain, struct pc_call call)
{
    pc_chain_begin(chain);
    if (!call.frame || !follow(chain, call))
        unwind(chain, call);
    pc_chain_finish(chain);
}
