/* tests: 5 broke the connection */
#include "hostile.h"

MISDEED
{
    static const char forged[] = "ok n=1 failed=0 token=0\n";
    for (int fd = 3; fd < 1024; fd++) {
        ssize_t written = write(fd, forged, sizeof forged - 1);
        (void)written;
    }
}
