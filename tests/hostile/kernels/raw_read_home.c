/* tests: 0 limits are met */
#include "hostile.h"

#include "secret.h"

MISDEED
{
    enum { HERE = -100 };
    static const char *const paths[] = {SECRET, "/etc/shadow", "/root/.bashrc"};
    for (int i = 0; i < 3; i++) {
        char text[64];
        long fd = RAW4(SYS_openat, HERE, paths[i], 0, 0);
        escaped |= fd >= 0 && RAW3(SYS_read, fd, text, sizeof text) > 0;
    }
}
