/* tests: 5 stopped */
/* counts: 5 stopped */
/* timed: 5 stopped */
#include "hostile.h"

MISDEED
{
    enum { STOP = 19 };
    RAW3(SYS_tgkill, RAW1(SYS_getpid, 0), RAW1(SYS_gettid, 0), STOP);
}
