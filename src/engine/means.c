#include <errno.h>
#include <sys/resource.h>
#include <unistd.h>

#include "base/mem.h"
#include "engine/internal.h"

/* What the limits of a process must leave to its children.  The program sets them limits of
 * its own, which verdicts are about; with less than that a verdict would be about ours, and
 * the kernel would be blamed. */
static const struct {
    int resource;
    rlim_t least, unit;
    const char *what, *remedy;
} means[] = {
    /* The shadow memory of AddressSanitizer is terabytes of addresses. */
    {RLIMIT_AS, RLIM_INFINITY, 1024, "KiB of addresses", "-v unlimited"},
    {RLIMIT_DATA, RLIM_INFINITY, 1024, "KiB of data", "-d unlimited"},
    {RLIMIT_STACK, 8 << 20, 1024, "KiB of stack", "-s 8192"},
    {RLIMIT_FSIZE, 64 << 20, 1024, "KiB for a file", "-f unlimited"},
    {RLIMIT_CPU, 60, 1, "s of processor time", "-t unlimited"},
    /* As many as the hosts leave a kernel: their own have numbers from 200 on. */
    {RLIMIT_NOFILE, 256, 1, "open files", "-n 1024"},
};

/* Raise the limit as far as we may, when it is too low. */
static rlim_t raise_to(int resource, rlim_t least)
{
    struct rlimit limit;
    if (getrlimit(resource, &limit) != 0 || limit.rlim_cur >= least)
        return RLIM_INFINITY;
    limit.rlim_cur = limit.rlim_max < least ? limit.rlim_max : least;
    return setrlimit(resource, &limit) == 0 && limit.rlim_cur >= least ? RLIM_INFINITY
                                                                       : limit.rlim_max;
}

bool pc_engine_has_means(struct pc_err *err)
{
    for (size_t i = 0; i < PC_COUNT(means); i++) {
        rlim_t most = raise_to(means[i].resource, means[i].least);
        if (most == RLIM_INFINITY)
            continue;
        return pc_fail(
            err, PC_ENVIRONMENT,
            "nothing can be judged with %llu %s: allow more with `ulimit %s`, or "
            "in a new shell",
            (unsigned long long)(most / means[i].unit), means[i].what, means[i].remedy);
    }
    if (access("/proc/self/stat", R_OK) != 0)
        return pc_fail_errno(err,
                             "nothing can be judged without /proc, where it is seen what "
                             "a kernel uses and leaves behind (`mount -t proc proc "
                             "/proc`)");
    return true;
}
