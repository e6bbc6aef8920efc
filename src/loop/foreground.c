#include "loop/foreground.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"
#include "loop/inner.h"

enum { LAST_STREAM = 2 };

/* What the keyboard sends to the whole group is for the other program now; a stop stops us
 * too, whoever handles it usually. */
static const struct {
    int signal;
    void (*handler)(int);
} lent[] = {{SIGINT, SIG_IGN}, {SIGQUIT, SIG_IGN}, {SIGTSTP, SIG_DFL}};
_Static_assert(PC_COUNT(lent) == PC_LENT_SIGNALS, "one place for each saved action");

static _Noreturn void become(const char *const *argv, int fd, int report,
                             const sigset_t *mask)
{
    for (int i = 1; i < NSIG; i++)
        signal(i, SIG_DFL);
    sigprocmask(SIG_SETMASK, mask, NULL);
    if (dup2(fd, 0) == 0 && dup2(fd, 1) == 1 && dup2(fd, 2) == 2)
        execvp(argv[0], (char *const *)argv);
    int error = errno;
    ssize_t n = write(report, &error, sizeof error);
    (void)n;
    _exit(127);
}

static pid_t start(const char *const *argv, int fd, int report)
{
    sigset_t all, old;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, &old);
    pid_t pid = fork();
    if (pid == 0)
        become(argv, fd, report, &old);
    int error = errno;
    sigprocmask(SIG_SETMASK, &old, NULL);
    errno = error;
    return pid;
}

/* The report is empty when exec has closed its pipe. */
static bool has_started(int report, pid_t pid)
{
    int error;
    ssize_t n;
    do
        n = read(report, &error, sizeof error);
    while (n < 0 && errno == EINTR);
    if (n != (ssize_t)sizeof error)
        return true;
    waitpid(pid, NULL, 0);
    errno = error;
    return false;
}

static void lend_signals(struct pc_foreground *front)
{
    for (size_t i = 0; i < PC_COUNT(lent); i++) {
        struct sigaction action = {.sa_handler = lent[i].handler};
        sigaction(lent[i].signal, &action, &front->saved[i]);
    }
}

static void take_signals(const struct pc_foreground *front)
{
    for (size_t i = 0; i < PC_COUNT(lent); i++)
        sigaction(lent[i].signal, &front->saved[i], NULL);
}

/* The process, or -1 with errno. */
static pid_t launch(const char *const *argv, int fd)
{
    int report[2];
    /* The streams are replaced one by one: none of them may be the source. */
    PC_AUTO(pc_auto_close) int source = fcntl(fd, F_DUPFD_CLOEXEC, LAST_STREAM + 1);
    if (source < 0 || pipe2(report, O_CLOEXEC) != 0)
        return -1;
    pid_t pid = start(argv, source, report[1]);
    close(report[1]);
    if (pid > 0 && !has_started(report[0], pid))
        pid = -1;
    int error = errno;
    close(report[0]);
    errno = error;
    return pid;
}

bool pc_foreground_start(struct pc_loop *loop, const char *const *argv, int fd,
                         void (*ended)(void *ctx, int status), void *ctx,
                         struct pc_err *err)
{
    struct pc_foreground *front = &loop->foreground;
    if (front->pid > 0)
        return pc_fail(err, PC_ENVIRONMENT, "another program has the terminal");
    *front = (struct pc_foreground){.ended = ended, .ctx = ctx};
    lend_signals(front);
    pid_t pid = launch(argv, fd);
    if (pid < 0) {
        pc_fail_errno(err, "cannot start %s", argv[0]);
        take_signals(front);
        return false;
    }
    front->pid = pid;
    uv_ref((uv_handle_t *)&loop->sigchld);
    return true;
}

static void tell(void *ctx)
{
    struct pc_loop *loop = ctx;
    struct pc_foreground front = loop->foreground;
    loop->foreground.pid = 0;
    if (!loop->children)
        uv_unref((uv_handle_t *)&loop->sigchld);
    front.ended(front.ctx, front.status);
}

/* Its daemons have come to us; they are not for us to end. */
static void spare_the_rest(struct pc_loop *loop)
{
    struct pc_pids pids = {0};
    pc_family_children(getpid(), &pids);
    for (size_t i = 0; i < pids.n; i++) {
        int pid = pids.items[i], session = getsid(pid);
        const struct pc_child *child = loop->children;
        while (child && child->pid != pid && child->pid != session)
            child = child->next;
        if (!child && !pc_pids_has(&loop->foreign, pid))
            *PC_PUSH(&loop->foreign) = pid;
    }
    pc_pids_fini(&pids);
}

void pc_foreground_look(struct pc_loop *loop)
{
    siginfo_t info = {0};
    pid_t pid = loop->foreground.pid;
    if (pid <= 0 || waitid(P_PID, (id_t)pid, &info, WSTOPPED | WNOHANG) != 0 ||
        info.si_pid == 0)
        return;
    raise(SIGTSTP);
    kill(pid, SIGCONT);
}

void pc_foreground_ended(struct pc_loop *loop, int status)
{
    struct pc_foreground *front = &loop->foreground;
    front->status = status;
    take_signals(front);
    spare_the_rest(loop);
    pc_loop_later(loop, tell, loop);
}
