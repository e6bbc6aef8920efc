/* tests: 5 answered with garbage */
#include "hostile.h"

MISDEED
{
    static const char garbage[] = "\0\033[31m\377 = % %zz pass name\n\n";
    for (int fd = 3; fd < 1024; fd++) {
        ssize_t written = write(fd, garbage, sizeof garbage - 1);
        (void)written;
    }
}
