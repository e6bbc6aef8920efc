#include "host/spread.h"

#include <dirent.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

/* The allowed processor number `index`, counted round and round. */
static int nth_processor(const cpu_set_t *allowed, unsigned index)
{
    unsigned left = index % (unsigned)CPU_COUNT(allowed);
    int cpu = 0;
    while (!CPU_ISSET(cpu, allowed) || left-- > 0)
        cpu++;
    return cpu;
}

void pc_spread_threads(const struct pc_member *member)
{
    cpu_set_t allowed, one;
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/task", (int)member->pid);
    DIR *dir = opendir(path);
    if (dir && sched_getaffinity(0, sizeof allowed, &allowed) == 0 &&
        CPU_COUNT(&allowed) > 0) {
        unsigned index = 0;
        for (const struct dirent *entry; (entry = readdir(dir));) {
            pid_t id = (pid_t)strtol(entry->d_name, NULL, 10);
            if (id <= 0 || id == member->pid)
                continue;
            CPU_ZERO(&one);
            CPU_SET((unsigned)nth_processor(&allowed, index++), &one);
            sched_setaffinity(id, sizeof one, &one);
        }
    }
    if (dir)
        closedir(dir);
}
