#include "sampling/sampler.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <time.h>
#include <ucontext.h>
#include <unistd.h>

#include "sampling/modules.h"
#include "sampling/stack.h"
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
static uint32_t turn; /* of a process that records itself again and again; 0: it does not */
static uint32_t busy; /* handlers that run */
static bool once;     /* this turn takes one sample of each thread */

/* Initial-exec: the handler must not be the first to ask for them. */
static _Thread_local struct {
    uint32_t id; /* 0: not watched */
    pid_t tid;
    uint32_t turn;
    uint32_t label;
    uintptr_t top; /* 0: not known */
    int timer;     /* as the kernel numbers it: libc's functions are not for handlers */
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

/* Bytes from the stack pointer to the end of the stack; 0 when it points elsewhere. */
static uint64_t in_use(uintptr_t sp)
{
    return sp % 8 == 0 && sp < self.top && self.top - sp <= STACK_SPAN ? self.top - sp : 0;
}

static void record(const ucontext_t *context)
{
    uint64_t registers[PC_RECORDING_REGISTERS];
    read_registers(context, registers);
    uintptr_t sp = registers[PC_RECORDING_SP];
    uint64_t whole = in_use(sp);
    /* A program may have stacks that it made itself. */
    bool is_strange = turn != 0 && whole == 0 && sp % 8 == 0;
    uint64_t stack = is_strange || whole > PC_RECORDING_STACK ? PC_RECORDING_STACK : whole;
    stack &= ~UINT64_C(7);
    size_t bytes = sizeof(struct pc_recorded_sample) + stack;
    struct pc_recorded_sample *sample = reserve(bytes);
    if (!sample)
        return;
    if (turn == 0)
        pc_stack_copy_own(sample + 1, sp, stack);
    else
        stack = pc_stack_copy_any(sample + 1, sp, stack);
    sample->stack = (uint32_t)stack;
    sample->whole = is_strange ? stack : whole;
    sample->thread = self.id;
    sample->label = self.label;
    sample->tid = (uint32_t)self.tid;
    sample->cpu_ns =
        recording->cpu_ns + read_clock(CLOCK_PROCESS_CPUTIME_ID) - recording->cpu_began;
    sample->wall_ns =
        recording->wall_ns + read_clock(CLOCK_MONOTONIC) - recording->wall_began;
    memcpy(sample->registers, registers, sizeof registers);
    __atomic_store_n(&sample->size, (uint32_t)bytes, __ATOMIC_RELEASE);
}

/* The handler must have a stack also when the thread has used up its own. */
static void give_handler_stack(void)
{
    stack_t old;
    if (self.stack || sigaltstack(NULL, &old) != 0 || !(old.ss_flags & SS_DISABLE))
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

static void take_handler_stack(void)
{
    if (!self.stack)
        return;
    const stack_t none = {.ss_flags = SS_DISABLE};
    sigaltstack(&none, NULL);
    munmap(self.stack, HANDLER_STACK);
    self.stack = NULL;
}

/* In a process that records itself timers come from elsewhere (pc_sampler_arm): the first
 * one of a turn makes the thread one that is watched, and any other one goes. */
static bool is_mine(const siginfo_t *info)
{
    if (turn == 0)
        return self.id != 0;
    if (info->si_code != SI_TIMER)
        return false;
    if ((uint32_t)info->si_value.sival_int != turn || !recording->is_on) {
        pc_sampler_disarm(info->si_timerid);
        return false;
    }
    if (self.turn != turn) {
        self.turn = turn;
        self.id = __atomic_add_fetch(&recording->threads, 1, __ATOMIC_RELAXED);
        self.tid = gettid();
        self.timer = info->si_timerid;
        self.has_timer = true;
        if (!self.top)
            self.top = pc_stack_end();
        give_handler_stack();
    }
    if (self.id != 0 && self.timer == info->si_timerid)
        return true;
    pc_sampler_disarm(info->si_timerid);
    return false;
}

static void on_signal(int signal, siginfo_t *info, void *context)
{
    (void)signal;
    int saved = errno;
    __atomic_add_fetch(&busy, 1, __ATOMIC_SEQ_CST);
    if (recording && is_mine(info) && __atomic_load_n(&recording->is_on, __ATOMIC_SEQ_CST))
        record(context);
    __atomic_sub_fetch(&busy, 1, __ATOMIC_RELEASE);
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

/* The clock of a thread of this process, as the kernel makes it of the thread's number. */
static clockid_t clock_of(pid_t tid)
{
    enum { OF_A_THREAD = 4, ITS_TIME = 2 };
    return (clockid_t)(~(unsigned)tid << 3 | OF_A_THREAD | ITS_TIME);
}

bool pc_sampler_arm(pid_t tid, int *timer)
{
    struct sigevent event = {.sigev_notify = SIGEV_THREAD_ID,
                             .sigev_signo = SIGPROF,
                             .sigev_value.sival_int = (int)turn};
    event.sigev_notify_thread_id = tid;
    clockid_t clock = recording->is_wall ? CLOCK_MONOTONIC : clock_of(tid);
    if (syscall(SYS_timer_create, clock, &event, timer) != 0)
        return false;
    long gap = 1000000000L / recording->hz;
    struct itimerspec spec = {.it_interval = {0}};
    if (!once)
        spec.it_interval =
            (struct timespec){.tv_sec = gap / 1000000000, .tv_nsec = gap % 1000000000};
    /* By the first tick that finds the thread running, however short it lives; by the clock
     * at any moment of the first gap. */
    spec.it_value.tv_nsec = 1;
    if (recording->is_wall)
        spec.it_value.tv_nsec += read_clock(CLOCK_MONOTONIC) % gap;
    if (syscall(SYS_timer_settime, *timer, 0, &spec, NULL) == 0)
        return true;
    pc_sampler_disarm(*timer);
    return false;
}

void pc_sampler_disarm(int timer)
{
    syscall(SYS_timer_delete, timer);
}

bool pc_sampler_enter(const void *top)
{
    self.top = (uintptr_t)top;
    if (!recording || (turn == 0 ? self.id != 0 : !recording->is_on || self.turn == turn))
        return true;
    self.turn = turn;
    self.id = __atomic_add_fetch(&recording->threads, 1, __ATOMIC_RELAXED);
    self.tid = gettid();
    give_handler_stack();
    self.has_timer = pc_sampler_arm(self.tid, &self.timer);
    if (!self.has_timer)
        __atomic_fetch_add(&recording->unarmed, 1, __ATOMIC_RELAXED);
    return self.has_timer;
}

/* Whether the timer of this thread is still there and runs. */
static bool has_running_timer(void)
{
    struct itimerspec left;
    return syscall(SYS_timer_gettime, self.timer, &left) == 0 &&
           (left.it_interval.tv_sec != 0 || left.it_interval.tv_nsec != 0);
}

/* Why no samples of this thread can come. */
static void note_deaf(void)
{
    sigset_t blocked;
    struct sigaction action;
    if (recording->deaf)
        return;
    if (pthread_sigmask(SIG_BLOCK, NULL, &blocked) == 0 &&
        sigismember(&blocked, SIGPROF) == 1)
        recording->deaf = PC_RECORDING_BLOCKED;
    else if (sigaction(SIGPROF, NULL, &action) == 0 &&
             (action.sa_sigaction != on_signal || !(action.sa_flags & SA_SIGINFO)))
        recording->deaf = PC_RECORDING_HANDLED;
    else if (self.has_timer && !has_running_timer())
        recording->deaf = PC_RECORDING_STOPPED;
}

void pc_sampler_leave(void)
{
    if (recording && self.id) {
        note_deaf();
        if (self.has_timer)
            pc_sampler_disarm(self.timer);
        /* A signal that is on its way finds nobody. */
        self.id = 0;
        self.has_timer = false;
    }
    self.turn = turn;
    take_handler_stack();
}

void pc_sampler_go(void)
{
    if (!recording || recording->is_on)
        return;
    if (self.id)
        note_deaf();
    recording->cpu_began = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    recording->wall_began = read_clock(CLOCK_MONOTONIC);
    __atomic_store_n(&recording->is_on, 1, __ATOMIC_RELEASE);
}

void pc_sampler_pause(void)
{
    if (!recording || !recording->is_on)
        return;
    __atomic_store_n(&recording->is_on, 0, __ATOMIC_SEQ_CST);
    recording->cpu_ns += read_clock(CLOCK_PROCESS_CPUTIME_ID) - recording->cpu_began;
    recording->wall_ns += read_clock(CLOCK_MONOTONIC) - recording->wall_began;
}

void pc_sampler_begin(enum pc_sampler_mode mode)
{
    recording->is_wall = mode != PC_SAMPLER_CPU;
    once = mode == PC_SAMPLER_ONCE;
    recording->used = recording->lost = 0;
    recording->threads = recording->unarmed = recording->deaf = 0;
    recording->cpu_ns = recording->wall_ns = 0;
    recording->n_modules = 0;
    turn += turn == UINT32_MAX ? 2 : 1;
    pc_sampler_note_modules();
    pc_sampler_go();
}

bool pc_sampler_end(void)
{
    enum { STEP_US = 100, STEPS = 10000 };
    pc_sampler_pause();
    for (int i = 0; i < STEPS && __atomic_load_n(&busy, __ATOMIC_SEQ_CST); i++)
        usleep(STEP_US);
    pc_sampler_note_modules();
    return !__atomic_load_n(&busy, __ATOMIC_SEQ_CST);
}

void pc_sampler_forked(void)
{
    if (!recording)
        return;
    recording->is_on = 0;
    busy = 0;
    turn++;
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

bool pc_sampler_label(const char *key, const char *value)
{
    if (!recording)
        return false;
    self.label = 0;
    if (!value)
        return true;
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
    return self.label != 0;
}

void pc_sampler_note_modules(void)
{
    if (!recording)
        return;
    lock();
    pc_modules_note(recording->modules, &recording->n_modules);
    unlock();
}
