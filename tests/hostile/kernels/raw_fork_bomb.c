/* tests: 0 limits are met */
/* Past every symbol that could be refused: only the filter of system calls is left. */
#include "hostile.h"

MISDEED
{
    enum { CHILD = 17 };
    for (int i = 0; i < 100; i++) {
        long pid = RAW2(SYS_clone, CHILD, 0);
        if (pid == 0)
            for (;;)
                RAW1(SYS_sched_yield, 0);
        escaped |= pid > 0;
    }
}
