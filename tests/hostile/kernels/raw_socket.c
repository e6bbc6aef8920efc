/* tests: 0 limits are met */
#include "hostile.h"

MISDEED
{
    enum { UNIX = 1, INET = 2, NETLINK = 16, STREAM = 1, RAW_SOCKET = 3 };
    int pair[2];
    escaped = RAW3(SYS_socket, INET, STREAM, 0) >= 0 ||
              RAW3(SYS_socket, UNIX, STREAM, 0) >= 0 ||
              RAW3(SYS_socket, NETLINK, RAW_SOCKET, 0) >= 0 ||
              RAW4(SYS_socketpair, UNIX, STREAM, 0, pair) >= 0;
}
