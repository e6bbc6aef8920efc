#include "cli/program.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"

/* Signals that are taken from a queue while the program runs instead of being acted on. */
static void fill_set(sigset_t *set)
{
    static const int signals[] = {SIGCHLD, SIGINT, SIGQUIT, SIGTERM, SIGHUP};
    sigemptyset(set);
    for (size_t i = 0; i < PC_COUNT(signals); i++)
        sigaddset(set, signals[i]);
}

/* It begins with the signals as they were before, and without those that only we ignore. */
static int start(const char *const *argv, const sigset_t *mask, pid_t *pid)
{
    posix_spawnattr_t attr;
    sigset_t defaults;
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGXFSZ);
    posix_spawnattr_init(&attr);
    posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    posix_spawnattr_setsigmask(&attr, mask);
    posix_spawnattr_setsigdefault(&attr, &defaults);
    int code = posix_spawnp(pid, argv[0], NULL, &attr, (char *const *)argv, environ);
    posix_spawnattr_destroy(&attr);
    return code;
}

/* What stops only itself would keep the terminal from everybody: we stop too, so that the shell
 * has it and `fg` goes on with both.  Where nobody could do that, we are not stopped either. */
static void stop_with(pid_t pid)
{
    raise(SIGTSTP);
    kill(pid, SIGCONT);
}

/* Wait for it; gives the signal that asked us to end meanwhile, or 0. */
static int wait_for(pid_t pid, const sigset_t *set, int *status)
{
    int asked = 0;
    pid_t ended;
    while ((ended = waitpid(pid, status, WNOHANG | WUNTRACED)) == 0 ||
           (ended > 0 && WIFSTOPPED(*status))) {
        if (ended > 0) {
            stop_with(pid);
            continue;
        }
        int signal = sigwaitinfo(set, NULL);
        if (signal != SIGTERM && signal != SIGHUP)
            continue;
        asked = signal;
        kill(pid, SIGTERM);
    }
    if (ended < 0)
        *status = 0;
    return asked;
}

/* The modes of the terminal, which the program may leave as it likes. */
struct modes {
    int fd; /* -1: there is no terminal */
    struct termios saved;
};

static struct modes look_at_modes(void)
{
    struct modes modes = {.fd = STDERR_FILENO};
    while (modes.fd >= 0 && tcgetattr(modes.fd, &modes.saved) != 0)
        modes.fd--;
    return modes;
}

/* Not from the background, where that would stop us. */
static void bring_back(const struct modes *modes)
{
    if (modes->fd >= 0 && tcgetpgrp(modes->fd) == getpgrp())
        tcsetattr(modes->fd, TCSADRAIN, &modes->saved);
}

/* Ctrl-C was for the program. */
static void forget_pending(const sigset_t *set)
{
    static const struct timespec now = {0};
    while (sigtimedwait(set, NULL, &now) > 0)
        ;
}

bool pc_program_run(const char *const *argv, int *status, struct pc_err *err)
{
    sigset_t set, before;
    pid_t pid;
    fill_set(&set);
    fflush(NULL);
    struct modes modes = look_at_modes();
    /* Whoever started us may ignore it; then its end would never be told. */
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_BLOCK, &set, &before);
    sigset_t given = before;
    sigdelset(&given, SIGINT);
    int code = start(argv, &given, &pid), asked = 0;
    if (code == 0) {
        asked = wait_for(pid, &set, status);
        forget_pending(&set);
        bring_back(&modes);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (asked)
        raise(asked);
    errno = code;
    return code == 0 || pc_fail_errno(err, "cannot start %s", argv[0]);
}
