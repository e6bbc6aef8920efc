#include "cli/program.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>

#include "base/mem.h"

extern char **environ;

/* Signals that are taken from a queue while the program runs instead of being acted on. */
static void fill_set(sigset_t *set)
{
    static const int signals[] = {SIGCHLD, SIGINT, SIGQUIT, SIGTERM, SIGHUP};
    sigemptyset(set);
    for (size_t i = 0; i < PC_COUNT(signals); i++)
        sigaddset(set, signals[i]);
}

/* It begins with the signals as they were before, and without those
 * that only we ignore. */
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

/* Wait for it; gives the signal that asked us to end meanwhile, or 0. */
static int wait_for(pid_t pid, const sigset_t *set, int *status)
{
    int asked = 0;
    pid_t ended;
    while ((ended = waitpid(pid, status, WNOHANG)) == 0) {
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
    /* Whoever started us may ignore it; then its end would never be told. */
    signal(SIGCHLD, SIG_DFL);
    sigprocmask(SIG_BLOCK, &set, &before);
    sigset_t given = before;
    sigdelset(&given, SIGINT);
    int code = start(argv, &given, &pid), asked = 0;
    if (code == 0) {
        asked = wait_for(pid, &set, status);
        forget_pending(&set);
    }
    sigprocmask(SIG_SETMASK, &before, NULL);
    if (asked)
        raise(asked);
    errno = code;
    return code == 0 || pc_fail_errno(err, "cannot start %s", argv[0]);
}
