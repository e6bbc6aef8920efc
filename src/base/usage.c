#include "base/usage.h"

static int64_t ns(struct timeval time)
{
    return (int64_t)time.tv_sec * 1000000000 + (int64_t)time.tv_usec * 1000;
}

int64_t pc_usage_cpu_ns(const struct rusage *usage)
{
    return ns(usage->ru_utime) + ns(usage->ru_stime);
}
