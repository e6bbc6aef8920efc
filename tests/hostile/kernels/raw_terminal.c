/* tests: 0 limits are met */
/* No mode of a terminal that can be opened for reading changes, and nothing is typed. */
#include "hostile.h"

MISDEED
{
    enum { HERE = -100, GET = 0x5401, SET = 0x5402, STEAL = 0x540e, TYPE = 0x5412 };
    char path[] = "/dev/pts/00", modes[64];
    for (int i = 0; i < 100; i++) {
        path[9] = (char)('0' + (i < 10 ? i : i / 10));
        path[10] = (char)(i < 10 ? '\0' : '0' + i % 10);
        long fd = RAW4(SYS_openat, HERE, path, 0400, 0);
        if (fd < 0)
            continue;
        escaped |=
            RAW3(SYS_ioctl, fd, TYPE, "x") == 0 || RAW3(SYS_ioctl, fd, STEAL, 1) == 0;
        if (RAW3(SYS_ioctl, fd, GET, modes) == 0)
            escaped |= RAW3(SYS_ioctl, fd, SET, modes) == 0;
    }
}
