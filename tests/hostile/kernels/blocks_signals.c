/* tests: 5 time limit */
/* counts: 5 time limit */
/* timed: 5 time limit */
#include "hostile.h"

MISDEED
{
    uint64_t all = UINT64_MAX;
    RAW4(SYS_rt_sigprocmask, 0, &all, NULL, sizeof all);
    for (;;)
        __asm__ volatile("");
}
