/* tests: 0 limits are met */
/* timed: 0\|6 . */
/* The starter runs in another process, whose memory can be neither read nor written. */
#include "hostile.h"

MISDEED
{
    enum { HERE = -100, CURRENT = 0, WRITABLE = 2 };
    char path[64];
    for (long pid = RAW1(SYS_getppid, 0); pid < RAW1(SYS_getpid, 0) + 8; pid++) {
        snprintf(path, sizeof path, "/proc/%ld/mem", pid);
        if (pid != RAW1(SYS_getpid, 0))
            escaped |= RAW4(SYS_openat, HERE, path, WRITABLE, 0) >= 0 ||
                       RAW4(SYS_openat, HERE, path, CURRENT, 0) >= 0;
    }
}
