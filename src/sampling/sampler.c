#include "sampling/sampler.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "sampling/modules.h"
#include "wire/recording.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

enum {
    HANDLER_STACK = 64 << 10,
    /* Further away than this, the stack pointer is not in the stack that it should be in:
     * coroutines, or nonsense.  The limit of a main thread's stack is usually the same. */
    STACK_SPAN = 8 << 20
};

/* A signal handler gets no argument of ours, so the recording is global to this file. */
static struct pc_recording *recording;

/* Initial-exec: the handler must not be the first to ask for them. */
static _Thread_local struct {
    uint32_t id; /* 0: not watched */
    uint32_t label;
    uintptr_t top;
    timer_t timer;
    bool has_timer;
    void *stack; /* of the handler, when it is ours */
} self __attribute__((tls_model("initial-exec")));

static int64_t read_clock(clockid_t clock)
{
    struct timespec ts;
    clock_gettime(clock, &ts);
    return (int64_t)ts.tv_sec * 1000000000 + ts.tv_nsec;
}

static void read_registers(const ucontext_t *context,
                           uint64_t registers[PC_RECORDING_REGISTERS])
{
#if defined(__x86_64__)
    static const int order[PC_RECORDING_REGISTERS] = {
        REG_RAX, REG_RDX, REG_RCX, REG_RBX, REG_RSI, REG_RDI, REG_RBP, REG_RSP, REG_R8,
        REG_R9,  REG_R10, REG_R11, REG_R12, REG_R13, REG_R14, REG_R15, REG_RIP};
    for (int i = 0; i < PC_RECORDING_REGISTERS; i++)
        registers[i] = (uint64_t)context->uc_mcontext.gregs[order[i]];
#else
    memcpy(registers, context->uc_mcontext.regs, sizeof context->uc_mcontext.regs);
    registers[PC_RECORDING_SP] = context->uc_mcontext.sp;
    registers[PC_RECORDING_PC] = context->uc_mcontext.pc;
#endif
}

/* Word by word: a stack holds whole words, and a sanitizer would look at what a memcpy()
 * reads. */
__attribute__((no_sanitize("address"))) static void copy_stack(uint64_t *to, uintptr_t from,
                                                               size_t bytes)
{
    const volatile uint64_t *words = (const volatile uint64_t *)from;
    for (size_t i = 0; i < bytes / sizeof *to; i++)
        to[i] = words[i];
}

/* A place for a sample with so many bytes of stack; NULL when there is none. */
static struct pc_recorded_sample *reserve(size_t bytes)
{
    uint64_t room = recording->size - sizeof *recording;
    uint64_t at = __atomic_fetch_add(&recording->used, bytes, __ATOMIC_RELAXED);
    if (at > room || bytes > room - at) {
        __atomic_fetch_add(&recording->lost, 1, __ATOMIC_RELAXED);
        return NULL;
    }
    return (struct pc_recorded_sample *)((char *)(recording + 1) + at);
}

static void record(const ucontext_t *context)
{
    uint64_t registers[PC_RECORDING_REGISTERS];
    read_registers(context, registers);
    uintptr_t sp = registers[PC_RECORDING_SP];
    uint64_t whole =
        sp % 8 == 0 && sp < self.top && self.top - sp <= STACK_SPAN ? self.top - sp : 0;
    uint64_t stack =
        (whole < PC_RECORDING_STACK ? whole : PC_RECORDING_STACK) & ~UINT64_C(7);
    size_t bytes = sizeof(struct pc_recorded_sample) + stack;
    struct pc_recorded_sample *sample = reserve(bytes);
    if (!sample)
        return;
    sample->stack = (uint32_t)stack;
    sample->whole = whole;
    sample->thread = self.id;
    sample->label = self.label;
    sample->cpu_ns =
        recording->cpu_ns + read_clock(CLOCK_PROCESS_CPUTIME_ID) - recording->cpu_began;
    sample->wall_ns =
        recording->wall_ns + read_clock(CLOCK_MONOTONIC) - recording->wall_began;
    memcpy(sample->registers, registers, sizeof registers);
    copy_stack((uint64_t *)(sample + 1), sp, stack);
    __atomic_store_n(&sample->size, (uint32_t)bytes, __ATOMIC_RELEASE);
}

static void on_signal(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    (void)info;
    int saved = errno;
    if (recording && self.id && __atomic_load_n(&recording->is_on, __ATOMIC_ACQUIRE))
        record(context);
    errno = saved;
}

bool pc_sampler_open(void *memory, size_t size, unsigned hz, bool wall)
{
    struct pc_recording *fresh = memory;
    struct sigaction action = {.sa_sigaction = on_signal,
                               .sa_flags = SA_SIGINFO | SA_ONSTACK | SA_RESTART};
    sigemptyset(&action.sa_mask);
    if (size < sizeof *fresh || hz == 0 || sigaction(SIGPROF, &action, NULL) != 0)
        return false;
    fresh->version = PC_RECORDING_VERSION;
    fresh->hz = hz;
    fresh->size = size;
    fresh->is_wall = wall;
    recording = fresh;
    pc_sampler_note_modules();
    __atomic_store_n(&fresh->magic, pc_recording_magic, __ATOMIC_RELEASE);
    return true;
}

void pc_sampler_close(void)
{
    if (!recording)
        return;
    pc_sampler_leave();
    pc_sampler_pause();
    signal(SIGPROF, SIG_IGN);
    recording = NULL;
}

/* The handler must have a stack also when the thread has used up its own. */
static void give_handler_stack(void)
{
    stack_t old;
    if (sigaltstack(NULL, &old) != 0 || !(old.ss_flags & SS_DISABLE))
        return;
    void *memory = mmap(NULL, HANDLER_STACK, PROT_READ | PROT_WRITE,
                        MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED)
        return;
    const stack_t stack = {.ss_sp = memory, .ss_size = HANDLER_STACK};
    if (sigaltstack(&stack, NULL) == 0)
        self.stack = memory;
    else
        munmap(memory, HANDLER_STACK);
}

static bool start_timer(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF};
    event.sigev_notify_thread_id = gettid();
    clockid_t clock = recording->is_wall ? CLOCK_MONOTONIC : CLOCK_THREAD_CPUTIME_ID;
    if (timer_create(clock, &event, &self.timer) != 0)
        return false;
    long gap = 1000000000L / recording->hz;
    struct itimerspec spec = {
        .it_interval = {.tv_sec = gap / 1000000000, .tv_nsec = gap % 1000000000}};
    /* By the first tick that finds the thread running, however short it lives; by the clock
     * at any moment of the first gap. */
    spec.it_value.tv_nsec = 1;
    if (recording->is_wall)
        spec.it_value.tv_nsec += read_clock(CLOCK_MONOTONIC) % gap;
    self.has_timer = timer_settime(self.timer, 0, &spec, NULL) == 0;
    if (!self.has_timer)
        timer_delete(self.timer);
    return self.has_timer;
}

bool pc_sampler_enter(const void *top)
{
    if (!recording || self.id)
        return true;
    self.top = (uintptr_t)top;
    self.id = __atomic_add_fetch(&recording->threads, 1, __ATOMIC_RELAXED);
    give_handler_stack();
    if (start_timer())
        return true;
    __atomic_fetch_add(&recording->unarmed, 1, __ATOMIC_RELAXED);
    return false;
}

static void note_blocked(void)
{
    sigset_t blocked;
    if (pthread_sigmask(SIG_BLOCK, NULL, &blocked) == 0 &&
        sigismember(&blocked, SIGPROF) == 1)
        recording->blocked = 1;
}

void pc_sampler_leave(void)
{
    if (!recording || !self.id)
        return;
    note_blocked();
    if (self.has_timer)
        timer_delete(self.timer);
    /* A signal that is on its way finds nobody. */
    self.id = 0;
    self.has_timer = false;
    if (!self.stack)
        return;
    const stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    munmap(self.stack, HANDLER_STACK);
    self.stack = NULL;
}

void pc_sampler_go(void)
{
    if (!recording || recording->is_on)
        return;
    if (self.id)
        note_blocked();
    recording->cpu_began = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    recording->wall_began = read_clock(CLOCK_MONOTONIC);
    __atomic_store_n(&recording->is_on, 1, __ATOMIC_RELEASE);
}

void pc_sampler_pause(void)
{
    if (!recording || !recording->is_on)
        return;
    __atomic_store_n(&recording->is_on, 0, __ATOMIC_RELEASE);
    recording->cpu_ns += read_clock(CLOCK_PROCESS_CPUTIME_ID) - recording->cpu_began;
    recording->wall_ns += read_clock(CLOCK_MONOTONIC) - recording->wall_began;
}

static void lock(void)
{
    while (__atomic_exchange_n(&recording->writing, 1, __ATOMIC_ACQUIRE))
        usleep(10);
}

static void unlock(void)
{
    __atomic_store_n(&recording->writing, 0, __ATOMIC_RELEASE);
}

void pc_sampler_label(const char *key, const char *value)
{
    if (!recording)
        return;
    self.label = 0;
    if (!value)
        return;
    char text[PC_RECORDING_LABEL] = {0};
    snprintf(text, sizeof text, "%s=%s", key, value);
    lock();
    uint32_t k = 0;
    while (k < recording->n_labels && strcmp(recording->labels[k], text) != 0)
        k++;
    if (k == recording->n_labels && k < PC_RECORDING_LABELS) {
        memcpy(recording->labels[k], text, sizeof text);
        recording->n_labels++;
    }
    unlock();
    self.label = k < PC_RECORDING_LABELS ? k + 1 : 0;
}

void pc_sampler_note_modules(void)
{
    if (!recording)
        return;
    lock();
    pc_modules_note(recording->modules, &recording->n_modules);
    unlock();
}
