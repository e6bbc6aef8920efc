#include "tui/term_restore.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "base/mem.h"

static const int fatal[] = {SIGSEGV, SIGBUS,  SIGILL,  SIGFPE, SIGABRT, SIGTRAP,
                            SIGSYS,  SIGQUIT, SIGTERM, SIGHUP, SIGINT};

enum { STACK_BYTES = 65536, FATAL = PC_COUNT(fatal) };

static struct {
    volatile sig_atomic_t armed;
    int fd;
    size_t n;
    char text[PC_RESTORE_MAX];
    struct termios modes;
    struct sigaction old[FATAL];
    stack_t old_stack;
    char *stack; /* a stack overflow leaves no other */
} state;

/* After the terminal is restored the signal does what it did before: the process ends by
 * it, or a sanitizer reports it. */
static void on_fatal(int number)
{
    if (state.armed) {
        state.armed = 0;
        /* A background process may not set modes, and must not stop here for it. */
        signal(SIGTTOU, SIG_IGN);
        ssize_t n = write(state.fd, state.text, state.n);
        (void)n;
        tcsetattr(state.fd, TCSANOW, &state.modes);
    }
    for (size_t i = 0; i < FATAL; i++)
        if (fatal[i] == number)
            sigaction(number, &state.old[i], NULL);
    raise(number);
}

void pc_restore_begin(int fd)
{
    state.fd = fd;
    state.n = 0;
    state.armed = 0;
    tcgetattr(fd, &state.modes);
    state.stack = pc_alloc(STACK_BYTES);
    sigaltstack(&(stack_t){.ss_sp = state.stack, .ss_size = STACK_BYTES}, &state.old_stack);
    struct sigaction action = {.sa_handler = on_fatal, .sa_flags = SA_ONSTACK};
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < FATAL; i++) {
        sigaction(fatal[i], NULL, &state.old[i]);
        /* What nohup ignores stays ignored. */
        if (state.old[i].sa_handler != SIG_IGN)
            sigaction(fatal[i], &action, NULL);
    }
}

void pc_restore_text(const char *text, size_t n)
{
    state.n = n < PC_RESTORE_MAX ? n : PC_RESTORE_MAX;
    memcpy(state.text, text, state.n);
}

void pc_restore_arm(bool armed)
{
    state.armed = armed;
}

void pc_restore_end(void)
{
    state.armed = 0;
    for (size_t i = 0; i < FATAL; i++) {
        struct sigaction now;
        sigaction(fatal[i], NULL, &now);
        if (now.sa_handler == on_fatal)
            sigaction(fatal[i], &state.old[i], NULL);
    }
    sigaltstack(&state.old_stack, NULL);
    free(state.stack);
    state.stack = NULL;
}
