#include "loop/family.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

struct process {
    int pid, parent, group;
    struct pc_footprint uses;
};

/* Read /proc/PID/stat.  The program's name in it may hold anything, blanks and parentheses
 * included; the last ')' ends it. */
static bool read_stat(const char *pid, struct process *process)
{
    char path[64], text[1024];
    snprintf(path, sizeof path, "/proc/%.16s/stat", pid);
    PC_AUTO(pc_auto_close) int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? -1 : read(fd, text, sizeof text - 1);
    if (n <= 0)
        return false;
    text[n] = '\0';
    const char *rest = strrchr(text, ')');
    unsigned long long pages = 0;
    unsigned threads = 0;
    process->pid = (int)strtol(text, NULL, 10);
    if (!rest || sscanf(rest,
                        ") %*c %d %d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d %*d %*d"
                        " %*d %u %*d %*u %*u %llu",
                        &process->parent, &process->group, &threads, &pages) != 4)
        return false;
    process->uses.resident = pages * (uint64_t)sysconf(_SC_PAGESIZE);
    process->uses.threads = threads;
    return true;
}

/* The next process of an open /proc; false at its end. */
static bool next_process(DIR *proc, struct process *process)
{
    for (struct dirent *entry; (entry = readdir(proc));)
        if (entry->d_name[0] >= '1' && entry->d_name[0] <= '9' &&
            read_stat(entry->d_name, process))
            return true;
    return false;
}

/* The kernel tells in one call what a walk over all processes of the machine would. */
static bool has_no_children(int pid)
{
    siginfo_t info;
    enum { LOOK = WEXITED | WNOHANG | WNOWAIT | __WALL };
    return pid == getpid() && waitid(P_ALL, 0, &info, LOOK) < 0 && errno == ECHILD;
}

void pc_family_children(int pid, struct pc_pids *pids)
{
    if (has_no_children(pid))
        return;
    DIR *proc = opendir("/proc");
    if (!proc)
        return;
    for (struct process process; next_process(proc, &process);)
        if (process.parent == pid)
            *PC_PUSH(pids) = process.pid;
    closedir(proc);
}

struct pc_footprint pc_family_footprint(int pid)
{
    char name[16];
    snprintf(name, sizeof name, "%d", pid);
    struct process process = {0};
    return read_stat(name, &process) ? process.uses : (struct pc_footprint){0};
}

struct pc_footprint pc_family_group_footprint(int group)
{
    struct pc_footprint sum = {0};
    DIR *proc = opendir("/proc");
    if (!proc)
        return sum;
    for (struct process process; next_process(proc, &process);) {
        if (process.group != group)
            continue;
        sum.resident += process.uses.resident;
        sum.threads += process.uses.threads;
    }
    closedir(proc);
    return sum;
}

static size_t find(const struct pc_pids *pids, int pid)
{
    size_t i = 0;
    while (i < pids->n && pids->items[i] != pid)
        i++;
    return i;
}

bool pc_pids_has(const struct pc_pids *pids, int pid)
{
    return find(pids, pid) < pids->n;
}

void pc_pids_drop(struct pc_pids *pids, int pid)
{
    size_t i = find(pids, pid);
    if (i < pids->n)
        pids->items[i] = pids->items[--pids->n];
}

void pc_pids_fini(struct pc_pids *pids)
{
    free(pids->items);
    *pids = (struct pc_pids){0};
}
