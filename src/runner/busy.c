#include "runner/busy.h"

#include <stdio.h>
#include <unistd.h>

#include "base/clock.h"

struct pc_busy pc_busy_now(void)
{
    struct pc_busy busy = {.wall_ns = pc_now()};
    FILE *file = fopen("/proc/stat", "re");
    if (!file)
        return busy;
    /* user nice system idle iowait irq softirq steal, in ticks */
    unsigned long long t[8] = {0};
    int n = fscanf(file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &t[0], &t[1], &t[2],
                   &t[3], &t[4], &t[5], &t[6], &t[7]);
    fclose(file);
    unsigned long long ticks = t[0] + t[1] + t[2] + t[5] + t[6] + t[7];
    busy.known = n >= 4;
    busy.cpu_ns = (int64_t)(ticks * (1000000000ULL / (unsigned long)sysconf(_SC_CLK_TCK)));
    return busy;
}

double pc_busy_since(const struct pc_busy *before, int64_t own_ns)
{
    struct pc_busy now = pc_busy_now();
    int64_t wall = now.wall_ns - before->wall_ns;
    int64_t others = now.cpu_ns - before->cpu_ns - own_ns;
    bool known = before->known && now.known && wall > 0 && others > 0;
    return known ? (double)others / (double)wall : 0;
}
