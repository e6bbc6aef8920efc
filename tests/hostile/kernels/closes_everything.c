/* tests: 5 broke the connection */
#include "hostile.h"

MISDEED
{
    for (int fd = 0; fd < 1024; fd++)
        close(fd);
}
