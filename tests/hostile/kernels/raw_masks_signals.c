/* tests: 0 limits are met */
/* counts: 0 limits are met */
#include "hostile.h"

MISDEED
{
    uint64_t all = UINT64_MAX;
    RAW4(SYS_rt_sigprocmask, 0, &all, NULL, sizeof all);
}
