/* tests: 0 limits are met */
#include "hostile.h"

MISDEED
{
    long parent = RAW1(SYS_getppid, 0);
    escaped = RAW2(SYS_kill, parent, 9) >= 0 || RAW2(SYS_kill, -1, 9) >= 0 ||
              RAW2(SYS_kill, 0, 9) >= 0 || RAW2(SYS_tkill, parent, 9) >= 0;
}
