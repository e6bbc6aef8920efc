/* tests: 0 limits are met */
/* timed: 0\|6 . */
#include "hostile.h"

MISDEED
{
    uint64_t all = UINT64_MAX;
    int priority = 1;
    escaped = RAW3(SYS_sched_setaffinity, 0, sizeof all, &all) >= 0 ||
              RAW3(SYS_sched_setscheduler, 0, 1, &priority) >= 0 ||
              RAW3(SYS_setpriority, 0, 0, -20) >= 0;
}
