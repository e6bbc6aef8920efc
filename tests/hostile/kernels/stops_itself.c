/* tests: 5 asleep or deadlocked */
/* counts: 5 Stopped */
/* timed: 5 Stopped */
#include "hostile.h"

MISDEED
{
    enum { STOP = 19 };
    RAW3(SYS_tgkill, RAW1(SYS_getpid, 0), RAW1(SYS_gettid, 0), STOP);
}
