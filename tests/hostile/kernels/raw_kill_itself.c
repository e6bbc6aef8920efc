/* tests: 5 Killed */
/* counts: 5 Killed */
/* timed: 5 Killed */
#include "hostile.h"

MISDEED
{
    RAW3(SYS_tgkill, RAW1(SYS_getpid, 0), RAW1(SYS_gettid, 0), 9);
}
