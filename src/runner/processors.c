#include "runner/processors.h"

#include <sched.h>
#include <stdlib.h>

enum { PROCESSORS_MAX = 1 << 14 };

unsigned pc_processors_allowed(void)
{
    unsigned n = 0;
    size_t size = CPU_ALLOC_SIZE(PROCESSORS_MAX);
    cpu_set_t *set = CPU_ALLOC(PROCESSORS_MAX);
    if (set && sched_getaffinity(0, size, set) == 0)
        n = (unsigned)CPU_COUNT_S(size, set);
    CPU_FREE(set);
    return n > 0 ? n : 1;
}
