#include "loop/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdint.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop/child.h"

/* Descriptors of the child: the streams in their places, what is shared, then the pipe that
 * tells the parent why it could not start. */
enum { ORDERS = 3, SHARED = 5, REPORT, DESCRIPTORS };

enum step { STEP_DESCRIPTORS, STEP_LIMITS, STEP_FOLDER, STEP_EXEC };

struct report {
    enum step step;
    int error;
};

static bool limit(int resource, uint64_t soft, uint64_t hard)
{
    struct rlimit old;
    if (getrlimit(resource, &old) != 0)
        return false;
    if (hard > old.rlim_max)
        hard = old.rlim_max;
    if (soft > hard)
        soft = hard;
    return setrlimit(resource, &(struct rlimit){.rlim_cur = soft, .rlim_max = hard}) == 0;
}

static bool limit_all(const struct pc_child_spec *spec)
{
    uint64_t cpu = (uint64_t)spec->cpu_s;
    /* SIGXCPU at the limit says why; SIGKILL a second later if that is ignored. */
    return limit(RLIMIT_CORE, 0, 0) && (!cpu || limit(RLIMIT_CPU, cpu, cpu + 1)) &&
           (!spec->memory || limit(RLIMIT_AS, spec->memory, spec->memory)) &&
           (!spec->file_size || limit(RLIMIT_FSIZE, spec->file_size, spec->file_size));
}

static void close_from(int first)
{
    if (close_range((unsigned)first, ~0U, 0) == 0)
        return;
    long end = sysconf(_SC_OPEN_MAX);
    for (int fd = first; fd < end; fd++)
        close(fd);
}

/* Put fds[i] at descriptor i.  They are moved out of the way first, since any of them may
 * have a number that another one needs. */
static bool place(int fds[DESCRIPTORS])
{
    for (int i = 0; i < DESCRIPTORS; i++) {
        if (fds[i] < 0)
            continue;
        fds[i] = fcntl(fds[i], F_DUPFD_CLOEXEC, DESCRIPTORS);
        if (fds[i] < 0)
            return false;
    }
    for (int i = 0; i < DESCRIPTORS; i++) {
        if (fds[i] < 0)
            close(i);
        else if (dup2(fds[i], i) < 0)
            return false;
    }
    close_from(DESCRIPTORS);
    return fcntl(REPORT, F_SETFD, FD_CLOEXEC) == 0;
}

static void reset_signals(void)
{
    struct sigaction action = {.sa_handler = SIG_DFL};
    for (int i = 1; i < NSIG; i++)
        sigaction(i, &action, NULL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static _Noreturn void give_up(int fd, enum step step)
{
    struct report report = {.step = step, .error = errno};
    ssize_t n = write(fd, &report, sizeof report);
    (void)n;
    _exit(127);
}

/* The child's side.  All signals are blocked until reset_signals(), so that none of them
 * runs a handler of the parent. */
static _Noreturn void become(const struct pc_child_spec *spec, int fds[DESCRIPTORS],
                             pid_t parent)
{
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(127);
    int report = fds[REPORT];
    if (!place(fds))
        give_up(report, STEP_DESCRIPTORS);
    if (spec->cwd && chdir(spec->cwd) != 0)
        give_up(REPORT, STEP_FOLDER);
    if (!limit_all(spec))
        give_up(REPORT, STEP_LIMITS);
    reset_signals();
    execvpe(spec->argv[0], (char *const *)spec->argv,
            spec->env ? (char *const *)spec->env : environ);
    give_up(REPORT, STEP_EXEC);
}

static pid_t fork_quietly(const struct pc_child_spec *spec, int fds[DESCRIPTORS])
{
    sigset_t all, old;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old);
    pid_t parent = getpid();
    pid_t pid = fork();
    if (pid == 0)
        become(spec, fds, parent);
    int saved = errno;
    sigprocmask(SIG_SETMASK, &old, NULL);
    errno = saved;
    return pid;
}

/* Wait until exec closes the pipe or the child says what went wrong. */
static bool started(pid_t pid, int fd, const struct pc_child_spec *spec, struct pc_err *err)
{
    struct report report;
    ssize_t n;
    do
        n = read(fd, &report, sizeof report);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof report)
        return true;
    waitpid(pid, NULL, 0);
    errno = report.error;
    switch (report.step) {
    case STEP_FOLDER:
        return pc_fail_errno(err, "cannot start %s in %s", spec->argv[0], spec->cwd);
    case STEP_LIMITS:
        return pc_fail_errno(err, "cannot start %s: setting its limits", spec->argv[0]);
    case STEP_DESCRIPTORS:
    case STEP_EXEC:
        break;
    }
    return pc_fail_errno(err, "cannot start %s", spec->argv[0]);
}

/* A pipe; `ours` is the end that stays here. */
static bool open_pipe(bool we_write, int *ours, int *theirs)
{
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0)
        return false;
    *ours = fds[we_write];
    *theirs = fds[!we_write];
    return fcntl(*ours, F_SETFL, O_NONBLOCK) == 0;
}

static bool open_all(const struct pc_child_spec *spec, struct pc_spawned *spawned,
                     int theirs[DESCRIPTORS])
{
    theirs[0] = open("/dev/null", O_RDONLY | O_CLOEXEC);
    if (spec->share)
        theirs[SHARED] = fcntl(spec->share, F_DUPFD_CLOEXEC, 0);
    return theirs[0] >= 0 && (!spec->share || theirs[SHARED] >= 0) &&
           open_pipe(false, &spawned->out, &theirs[PC_OUT]) &&
           open_pipe(false, &spawned->err, &theirs[PC_ERR]) &&
           (!spec->orders || (open_pipe(true, &spawned->orders, &theirs[ORDERS]) &&
                              open_pipe(false, &spawned->answers, &theirs[PC_ANSWERS])));
}

static void close_all(const int *fds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (fds[i] >= 0)
            close(fds[i]);
}

bool pc_spawn(const struct pc_child_spec *spec, struct pc_spawned *spawned,
              struct pc_err *err)
{
    *spawned = (struct pc_spawned){-1, -1, -1, -1, -1};
    int theirs[DESCRIPTORS] = {-1, -1, -1, -1, -1, -1, -1};
    int report[2] = {-1, -1};
    bool fine = open_all(spec, spawned, theirs) && pipe2(report, O_CLOEXEC) == 0;
    if (fine) {
        theirs[REPORT] = report[1];
        spawned->pid = fork_quietly(spec, theirs);
        fine = spawned->pid > 0;
    }
    if (!fine)
        pc_fail_errno(err, "cannot start %s", spec->argv[0]);
    theirs[REPORT] = -1;
    close_all(theirs, DESCRIPTORS);
    close_all(&report[1], 1);
    if (fine)
        fine = started(spawned->pid, report[0], spec, err);
    close_all(&report[0], 1);
    if (!fine) {
        const int ours[] = {spawned->out, spawned->err, spawned->answers, spawned->orders};
        close_all(ours, PC_COUNT(ours));
    }
    return fine;
}

ssize_t pc_spawned_write(int fd, const char *data, size_t n)
{
    sigset_t sigpipe, old;
    sigemptyset(&sigpipe);
    sigaddset(&sigpipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &sigpipe, &old);
    ssize_t written = write(fd, data, n);
    int saved = errno;
    if (written < 0 && saved == EPIPE)
        sigtimedwait(&sigpipe, NULL, &(struct timespec){0});
    pthread_sigmask(SIG_SETMASK, &old, NULL);
    errno = saved;
    return written;
}
