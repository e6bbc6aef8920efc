/*
 * alone [--hosts] COMMAND [ARG...]: run a command and fail with 99 when it leaves a process
 * behind.
 *
 * As a subreaper it becomes the parent of whatever the command abandons, wherever that
 * went.  With --hosts it also looks after the hosts that perfcourse starts: 97 when one of
 * them lives longer than its limit of wall time, or when perfcourse does not end soon after
 * the last of them; "soon" is SPARE_MS in both.
 */
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "runner/runner.h"

enum { LEFT = 99, CANNOT = 98, LATE = 97 };
enum { LOOK_US = 2000, SPARE_MS = 500, CHILDREN_MAX = 64 };

/* The children of the command. */
struct watch {
    struct child {
        pid_t pid;
        bool is_host, here;
        int64_t began, seen; /* ms: the first and the last time it was there */
    } children[CHILDREN_MAX];
    size_t n;
    int64_t last_host; /* when the last host was seen, 0: never */
    bool late;
};

static int64_t now_ms(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int exit_code(int status)
{
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

/* A host before and after it has become the program of the tests. */
static bool is_host(pid_t pid)
{
    char path[64], words[8192] = "";
    snprintf(path, sizeof path, "/proc/%d/cmdline", (int)pid);
    FILE *file = fopen(path, "r");
    size_t n = file ? fread(words, 1, sizeof words - 1, file) : 0;
    if (file)
        fclose(file);
    for (size_t i = 0; i < n; i++)
        if (words[i] == '\0')
            words[i] = ' ';
    return strstr(words, "/perfcourse-run ") || strstr(words, "/perfcourse-count ") ||
           strstr(words, " --wire ");
}

static struct child *child_of(struct watch *watch, pid_t pid, int64_t now)
{
    for (size_t i = 0; i < watch->n; i++)
        if (watch->children[i].pid == pid)
            return &watch->children[i];
    if (watch->n == CHILDREN_MAX)
        return NULL;
    struct child *fresh = &watch->children[watch->n++];
    *fresh = (struct child){.pid = pid, .began = now};
    return fresh;
}

/* One that has gone makes room, after a look at how long it has lived. */
static void drop_gone(struct watch *watch)
{
    for (size_t i = 0; i < watch->n;) {
        struct child *child = &watch->children[i];
        int64_t lived = child->seen - child->began;
        if (child->here) {
            i++;
            continue;
        }
        if (child->is_host && lived > PC_HOST_WALL_MS + SPARE_MS) {
            fprintf(stderr, "alone: a host lived %lld ms, its limit is %d\n",
                    (long long)lived, PC_HOST_WALL_MS);
            watch->late = true;
        }
        *child = watch->children[--watch->n];
    }
}

static void forget_all(struct watch *watch)
{
    for (size_t i = 0; i < watch->n; i++)
        watch->children[i].here = false;
}

static void look(struct watch *watch, pid_t command)
{
    char path[64];
    int pid;
    int64_t now = now_ms();
    forget_all(watch);
    snprintf(path, sizeof path, "/proc/%d/task/%d/children", (int)command, (int)command);
    FILE *list = fopen(path, "r");
    while (list && fscanf(list, "%d", &pid) == 1) {
        struct child *child = child_of(watch, pid, now);
        if (!child)
            continue;
        child->here = true;
        child->seen = now;
        child->is_host = child->is_host || is_host(pid);
        if (child->is_host)
            watch->last_host = now;
    }
    if (list)
        fclose(list);
    drop_gone(watch);
}

/* Wait for the command to end, and watch what it starts. */
static bool await(pid_t command, bool hosts, int *status, bool *late)
{
    struct watch watch = {.n = 0};
    pid_t ended;
    while ((ended = waitpid(command, status, hosts ? WNOHANG : 0)) == 0) {
        look(&watch, command);
        usleep(LOOK_US);
    }
    forget_all(&watch);
    drop_gone(&watch);
    int64_t after = now_ms() - watch.last_host;
    if (watch.last_host && after > SPARE_MS) {
        fprintf(stderr, "alone: the command ended %lld ms after its last host\n",
                (long long)after);
        watch.late = true;
    }
    *late = watch.late;
    return ended == command;
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
    bool hosts = argc > 1 && strcmp(argv[1], "--hosts") == 0, late;
    char **command = argv + 1 + hosts;
    if (!command[0] || prctl(PR_SET_CHILD_SUBREAPER, 1) != 0)
        return CANNOT;
    pid_t pid = fork();
    if (pid == 0) {
        execvp(command[0], command);
        fprintf(stderr, "alone: %s: %s\n", command[0], strerror(errno));
        _exit(CANNOT);
    }
    /* Ctrl-C is for the command. */
    signal(SIGINT, SIG_IGN);
    int status;
    if (pid < 0 || !await(pid, hosts, &status, &late))
        return CANNOT;
    return kill_what_is_left() ? LEFT : late ? LATE : exit_code(status);
}
