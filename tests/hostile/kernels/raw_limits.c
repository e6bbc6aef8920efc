/* tests: 0 limits are met */
/* counts: 0 limits are met */
#include "hostile.h"

MISDEED
{
    enum { CPU = 0, AS = 9, NOFILE = 7 };
    static const int which[] = {CPU, AS, NOFILE};
    uint64_t infinite[2] = {UINT64_MAX, UINT64_MAX}, none[2] = {0, 0};
    for (int i = 0; i < 3; i++)
        escaped |= RAW4(SYS_prlimit64, 0, which[i], infinite, NULL) == 0 ||
                   RAW4(SYS_prlimit64, 0, which[i], none, NULL) == 0;
}
