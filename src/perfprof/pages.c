#include "perfprof/pages.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/text.h"
#include "perfprof/endpoints.h"

void pc_pages_index(struct pc_str *out)
{
    size_t n;
    const struct pc_endpoint *endpoints = pc_endpoints(&n);
    pc_str_adds(out, "/debug/pprof/\n\n");
    for (size_t i = 0; i < n; i++) {
        char name[32];
        if (endpoints[i].seconds > 0)
            snprintf(name, sizeof name, "%s?seconds=%ld", endpoints[i].name,
                     endpoints[i].seconds);
        else
            snprintf(name, sizeof name, "%s", endpoints[i].name);
        pc_str_addf(out, "%-20s  %s\n", name, endpoints[i].about);
    }
    pc_str_adds(out, "threads               the threads of this process, as text\n");
}

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
static void add_thread(struct pc_str *out, const char *tid)
{
    char stat[512], name[64];
    unsigned long user, system;
    char state;
    if (!read_small(tid, "stat", stat, sizeof stat) ||
        !read_small(tid, "comm", name, sizeof name))
        return;
    const char *rest = strrchr(stat, ')');
    if (!rest || sscanf(rest + 1, " %c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu",
                        &state, &user, &system) != 3)
        return;
    name[strcspn(name, "\n")] = '\0';
    PC_AUTO(pc_auto_free) char *harmless =
        pc_text_harmless(name, strlen(name), sizeof name);
    double seconds = (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
    pc_str_addf(out, "%7s  %c  %10.2f s  %s\n", tid, state, seconds, harmless);
}

void pc_pages_threads(struct pc_str *out)
{
    pc_str_adds(out, " thread  state   CPU time  name\n");
    DIR *dir = opendir("/proc/self/task");
    if (!dir)
        return;
    for (const struct dirent *entry; (entry = readdir(dir));)
        if (entry->d_name[0] != '.')
            add_thread(out, entry->d_name);
    closedir(dir);
}

const char *pc_pages_missing(const char *path)
{
    static const struct {
        const char *path, *why;
    } rows[] = {
        {"/debug/pprof/mutex", "waiting for locks is not recorded in this process"},
        {"/debug/pprof/block", "waiting is in /debug/pprof/wall"},
        {"/debug/pprof/goroutine", "a C program has threads: /debug/pprof/threads"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (strcmp(path, rows[i].path) == 0)
            return rows[i].why;
    return "there is nothing here: see /debug/pprof/";
}
