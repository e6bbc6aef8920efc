#include "host/crash.h"

#include <execinfo.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <ucontext.h>
#include <unistd.h>

#include "base/mem.h"

enum { HANDLER_STACK = 256 * 1024 };

static const int fatal_signals[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS};

/* A signal handler gets no argument of ours, so these are global to this file. */
static struct pc_box_crash *crash_record;
static const struct pc_object *crash_object;

/* Where the first thread's stack is. */
static uintptr_t crash_stack;

/* The stack grows until its limit, and a gap of up to 1 MiB before it; for long behind it
 * Linux maps nothing else. */
static bool is_behind_stack(uintptr_t address)
{
    const uintptr_t gap = 2 << 20, reach = 96 << 20;
    struct rlimit limit;
    if (getrlimit(RLIMIT_STACK, &limit) != 0 || limit.rlim_cur > crash_stack - reach)
        return false;
    uintptr_t end = crash_stack - limit.rlim_cur;
    return address < end + gap && address > end - reach;
}

/* Of an address that no page could have the system tells only that there was one. */
static void record_address(struct pc_box_crash *record, const siginfo_t *info)
{
    record->has_address = info->si_code != SI_KERNEL;
    if (info->si_code > 0 && record->has_address)
        record->address = (uintptr_t)info->si_addr;
    record->overflow = info->si_signo == SIGSEGV && is_behind_stack(record->address);
}

static uintptr_t interrupted_at(const ucontext_t *context)
{
#if defined(__x86_64__)
    return (uintptr_t)context->uc_mcontext.gregs[REG_RIP];
#elif defined(__aarch64__)
    return context->uc_mcontext.pc;
#else
    (void)context;
    return 0;
#endif
}

/* After a call of a wild pointer there is nothing to unwind from, but the call has left its
 * return address. */
static uintptr_t called_from(const ucontext_t *context)
{
#if defined(__x86_64__)
    return *(const uintptr_t *)context->uc_mcontext.gregs[REG_RSP];
#elif defined(__aarch64__)
    return context->uc_mcontext.regs[30];
#else
    (void)context;
    return 0;
#endif
}

uint32_t pc_crash_offsets(const struct pc_object *object, void *const *stack, int n,
                          uintptr_t exact, uint64_t *offsets, uint32_t max)
{
    uint32_t found = 0;
    for (int i = 0; i < n && found < max; i++) {
        uintptr_t address = (uintptr_t)stack[i];
        if (pc_object_has(object, address))
            offsets[found++] = address - object->base - (address == exact ? 0 : 1);
    }
    return found;
}

static void record_crash(int signal, siginfo_t *info, void *context)
{
    struct pc_box_crash *record = crash_record;
    if (record->signal == 0) {
        record_address(record, info);
        record->signal = signal;
        void *stack[PC_BOX_FRAMES];
        int n = backtrace(stack, PC_BOX_FRAMES);
        uint32_t found = pc_crash_offsets(crash_object, stack, n, interrupted_at(context),
                                          record->frames, PC_BOX_FRAMES);
        if (found == 0) {
            stack[0] = (void *)called_from(context);
            found = pc_crash_offsets(crash_object, stack, 1, 0, record->frames, 1);
        }
        record->n_frames = found;
    }
    /* The handler is reset; the signal comes again as soon as this one returns. */
    raise(signal);
}

void pc_crash_watch(struct pc_box_crash *record, const struct pc_object *object)
{
    crash_record = record;
    crash_stack = (uintptr_t)__builtin_frame_address(0);
    crash_object = object;

    /* The first backtrace loads libgcc, which a signal handler had better not do. */
    void *warm[2];
    backtrace(warm, PC_COUNT(warm));

    stack_t stack = {.ss_size = HANDLER_STACK};
    stack.ss_sp = mmap(NULL, HANDLER_STACK, PROT_READ | PROT_WRITE,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (stack.ss_sp != MAP_FAILED)
        sigaltstack(&stack, NULL);

    struct sigaction action = {.sa_sigaction = record_crash,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESETHAND};
    sigemptyset(&action.sa_mask);
    for (size_t i = 0; i < PC_COUNT(fatal_signals); i++)
        sigaction(fatal_signals[i], &action, NULL);
}
