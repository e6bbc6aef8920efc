/* tests: 3 'sched_setaffinity' is not allowed */
#define _GNU_SOURCE
#include "hostile.h"

#include <sched.h>

MISDEED
{
    cpu_set_t set;
    CPU_ZERO(&set);
    sched_setaffinity(0, sizeof set, &set);
}
