#include "perfprof/threads_seen.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"

/* A small file of /proc, as text. */
static bool read_small(const char *tid, const char *name, char *text, size_t size)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/self/task/%.20s/%s", tid, name);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    ssize_t n = read(fd, text, size - 1);
    close(fd);
    text[n > 0 ? n : 0] = '\0';
    return n > 0;
}

/* The name in "stat" may have anything in it, so fields count from its last parenthesis. */
static bool look_at(const char *tid, struct pc_thread_seen *thread)
{
    char stat[512], name[64];
    unsigned long user, system;
    if (!read_small(tid, "stat", stat, sizeof stat) ||
        !read_small(tid, "comm", name, sizeof name))
        return false;
    const char *rest = strrchr(stat, ')');
    if (!rest || sscanf(rest + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                        &thread->state, &user, &system) != 3)
        return false;
    thread->tid = atoi(tid);
    thread->cpu_s = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
    pc_text_copy_line(thread->name, sizeof thread->name, name, strcspn(name, "\n"));
    return true;
}

struct pc_threads_seen pc_threads_look(void)
{
    struct pc_threads_seen threads = {.items = NULL};
    DIR *dir = opendir("/proc/self/task");
    if (!dir)
        return threads;
    for (const struct dirent *entry; (entry = readdir(dir));) {
        struct pc_thread_seen thread;
        if (entry->d_name[0] != '.' && look_at(entry->d_name, &thread))
            *PC_PUSH(&threads) = thread;
    }
    closedir(dir);
    return threads;
}
