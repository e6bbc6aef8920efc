#include "host/limits.h"

#include <errno.h>
#include <linux/capability.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/mem.h"

/* So many threads may be started, besides all that the system has. */
enum { MORE_THREADS = 1024 };

static bool lower(int resource, rlim_t soft, rlim_t hard)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0)
        return false;
    if (hard < limit.rlim_max)
        limit.rlim_max = hard;
    if (soft < limit.rlim_cur)
        limit.rlim_cur = soft;
    if (limit.rlim_cur > limit.rlim_max)
        limit.rlim_cur = limit.rlim_max;
    return setrlimit(resource, &limit) == 0;
}

/* RLIMIT_NPROC counts all threads of the user, of which nobody knows the number without a
 * walk through /proc; those of the system are told in one line and are no fewer. */
static rlim_t threads_allowed(void)
{
    unsigned long threads = 0;
    FILE *file = fopen("/proc/loadavg", "re");
    if (file && fscanf(file, "%*s %*s %*s %*u/%lu", &threads) != 1)
        threads = 0;
    if (file)
        fclose(file);
    return threads > 0 ? threads + MORE_THREADS : RLIM_INFINITY;
}

int pc_limits_enter(const struct pc_jail *jail)
{
    const rlim_t threads = threads_allowed();
    const rlim_t memory = jail->memory ? jail->memory : RLIM_INFINITY;
    const rlim_t cpu_s = jail->cpu_s ? jail->cpu_s : RLIM_INFINITY;
    const struct {
        int resource;
        rlim_t soft, hard;
    } rows[] = {
        {RLIMIT_AS, memory, memory},
        /* SIGXCPU names the cause; the hard limit is for those who ignore it. */
        {RLIMIT_CPU, cpu_s, jail->cpu_s ? cpu_s + 1 : cpu_s},
        /* A stack without limit turns an endless recursion into a lack of memory. */
        {RLIMIT_STACK, 8 << 20, RLIM_INFINITY},
        {RLIMIT_CORE, 0, 0},
        {RLIMIT_FSIZE, 1 << 20, 1 << 20},
        {RLIMIT_NOFILE, 256, 256},
        {RLIMIT_NPROC, threads, threads},
        {RLIMIT_MEMLOCK, 1 << 20, 1 << 20},
        {RLIMIT_MSGQUEUE, 0, 0},
        {RLIMIT_SIGPENDING, 1024, 1024},
        {RLIMIT_RTPRIO, 0, 0},
        {RLIMIT_NICE, 0, 0},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (!lower(rows[i].resource, rows[i].soft, rows[i].hard))
            return errno;
    return 0;
}

/* Root without capabilities is bound by the limits, too.  It still may read what it could
 * before, as far as Landlock lets it: the cache may belong to somebody else. */
static bool drop_capabilities(void)
{
    struct __user_cap_header_struct head = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[_LINUX_CAPABILITY_U32S_3];
    if (syscall(SYS_capget, &head, sets) != 0)
        return false;
    for (size_t i = 0; i < PC_COUNT(sets); i++) {
        uint32_t kept = i == 0 ? sets[i].permitted & (1u << CAP_DAC_READ_SEARCH) : 0;
        sets[i] = (struct __user_cap_data_struct){.effective = kept, .permitted = kept};
    }
    return syscall(SYS_capset, &head, sets) == 0;
}

int pc_privileges_drop(void)
{
    bool done = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0 && drop_capabilities();
    return done ? 0 : errno;
}
