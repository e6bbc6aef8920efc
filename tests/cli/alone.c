/*
 * alone COMMAND [ARG...]: run a command and fail with 99 when it leaves a process behind.
 *
 * As a subreaper it becomes the parent of whatever the command abandons, wherever that
 * went.
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LEFT = 99, CANNOT = 98 };

static int exit_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* Whether a child still runs; zombies that the command did not reap are no processes. */
static int kill_what_is_left(void)
{
    int left = 0;
    for (;;) {
        siginfo_t info = {0};
        if (waitid(P_ALL, 0, &info, WEXITED | WNOHANG) != 0)
            return left;
        if (info.si_pid != 0)
            continue;
        char path[64], line[32];
        snprintf(path, sizeof path, "/proc/self/task/%d/children", getpid());
        FILE *children = fopen(path, "r");
        while (children && fscanf(children, "%31s", line) == 1) {
            fprintf(stderr, "alone: process %s was left behind\n", line);
            kill((pid_t)atoi(line), SIGKILL);
            left = 1;
        }
        if (children)
            fclose(children);
        waitid(P_ALL, 0, &info, WEXITED);
    }
}

int main(int argc, char **argv)
{
    if (argc < 2 || prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        return CANNOT;
    pid_t pid = fork();
    if (pid == 0) {
        execvp(argv[1], argv + 1);
        fprintf(stderr, "alone: %s: %s\n", argv[1], strerror(errno));
        _exit(CANNOT);
    }
    /* Ctrl-C is for the command. */
    signal(SIGINT, SIG_IGN);
    int status;
    if (pid < 0 || waitpid(pid, &status, 0) != pid)
        return CANNOT;
    return kill_what_is_left() ? LEFT : exit_code(status);
}
