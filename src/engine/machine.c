#include "engine/machine.h"

#include <ctype.h>
#include <linux/perf_event.h>
#include <math.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/mem.h"
#include "base/path.h"

static const char frequency_dir[] = "/sys/devices/system/cpu/cpu0/cpufreq";

/* The first line of a file, "" when there is none. */
static void read_line(const char *path, char *to, size_t n)
{
    FILE *file = fopen(path, "re");
    *to = '\0';
    if (file && fgets(to, (int)n, file))
        to[strcspn(to, "\n")] = '\0';
    if (file)
        fclose(file);
}

static double read_mhz(const char *name)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(frequency_dir, name);
    char line[32], *end;
    read_line(path, line, sizeof line);
    double khz = strtod(line, &end);
    return end != line && khz > 0 ? khz / 1000 : (double)NAN;
}

/* The value of a line "name : value", in place; NULL when the line has another name. */
static char *value_of(char *line, const char *name)
{
    char *colon = strchr(line, ':');
    if (!colon || strncmp(line, name, strlen(name)) != 0)
        return NULL;
    for (colon++; isspace((unsigned char)*colon); colon++)
        ;
    colon[strcspn(colon, "\n")] = '\0';
    return colon;
}

/* A guest of a hypervisor has a flag of that name. */
static void read_cpuinfo(struct pc_machine *m)
{
    FILE *file = fopen("/proc/cpuinfo", "re");
    char *line = NULL;
    size_t cap = 0;
    while (file && getline(&line, &cap, file) > 0 && line[0] != '\n') {
        char *model = value_of(line, "model name"), *flags = value_of(line, "flags");
        if (model)
            snprintf(m->model, sizeof m->model, "%s", model);
        if (flags && strstr(flags, " hypervisor"))
            m->is_virtual = true;
    }
    free(line);
    if (file)
        fclose(file);
}

/* Asking is the only way to know: there may be a right without counters, in a guest. */
static bool can_count(void)
{
    struct perf_event_attr attr = {.type = PERF_TYPE_HARDWARE,
                                   .size = sizeof attr,
                                   .config = PERF_COUNT_HW_INSTRUCTIONS,
                                   .exclude_kernel = 1,
                                   .exclude_hv = 1};
    long fd = syscall(SYS_perf_event_open, &attr, 0, -1, -1, PERF_FLAG_FD_CLOEXEC);
    uint64_t count = 0;
    bool counts = fd >= 0 && read((int)fd, &count, sizeof count) == sizeof count && count;
    if (fd >= 0)
        close((int)fd);
    return counts;
}

static void read_clock(struct pc_machine *m)
{
    enum { READINGS = 20000 };
    struct timespec step;
    int64_t began = pc_now();
    for (int i = 0; i < READINGS; i++)
        pc_now();
    m->clock_ns = (double)(pc_now() - began) / READINGS;
    clock_getres(CLOCK_MONOTONIC, &step);
    m->clock_step_ns = step.tv_nsec;
}

void pc_machine_look(struct pc_machine *m)
{
    char line[256], *end;
    cpu_set_t set;
    *m = (struct pc_machine){.paranoid = -1};
    if (sched_getaffinity(0, sizeof set, &set) == 0)
        m->processors = CPU_COUNT(&set);
    read_cpuinfo(m);
    PC_AUTO(pc_auto_free) char *governor = pc_path_join(frequency_dir, "scaling_governor");
    read_line(governor, m->governor, sizeof m->governor);
    m->mhz_low = read_mhz("cpuinfo_min_freq");
    m->mhz_high = read_mhz("cpuinfo_max_freq");
    read_line("/proc/sys/kernel/perf_event_paranoid", line, sizeof line);
    long paranoid = strtol(line, &end, 10);
    if (end != line)
        m->paranoid = (int)paranoid;
    m->counters = can_count();
    read_clock(m);
}

struct pc_stolen pc_stolen_now(void)
{
    /* user nice system idle iowait irq softirq steal */
    unsigned long long t[8] = {0};
    struct pc_stolen stolen = {0};
    FILE *file = fopen("/proc/stat", "re");
    int n = file ? fscanf(file, "cpu %llu %llu %llu %llu %llu %llu %llu %llu", &t[0], &t[1],
                          &t[2], &t[3], &t[4], &t[5], &t[6], &t[7])
                 : 0;
    if (file)
        fclose(file);
    for (int i = 0; i < n; i++)
        stolen.all += t[i];
    stolen.steal = t[7];
    return stolen;
}

double pc_stolen_since(const struct pc_stolen *before)
{
    struct pc_stolen now = pc_stolen_now();
    bool known = now.all > before->all && now.steal >= before->steal;
    return known ? (double)(now.steal - before->steal) / (double)(now.all - before->all)
                 : 0;
}
