/* tests: 0 limits are met */
/* A daemon, that would outlive whoever waits for its parent. */
#include "hostile.h"

MISDEED
{
    long pid = RAW2(SYS_clone, 17, 0);
    if (pid == 0) {
        RAW1(SYS_setsid, 0);
        if (RAW2(SYS_clone, 17, 0) != 0)
            RAW1(SYS_exit_group, 0);
        for (;;)
            RAW1(SYS_sched_yield, 0);
    }
    escaped = pid > 0 || RAW1(SYS_setsid, 0) >= 0 || RAW2(SYS_setpgid, 0, 0) >= 0;
}
