/* tests: 0 limits are met */
#include "hostile.h"

MISDEED
{
    enum { ATTACH = 16, SEIZE = 0x4206 };
    long parent = RAW1(SYS_getppid, 0);
    char byte;
    void *io[] = {&byte, (void *)1};
    escaped = RAW4(SYS_ptrace, ATTACH, parent, 0, 0) >= 0 ||
              RAW4(SYS_ptrace, SEIZE, parent, 0, 0) >= 0 ||
              raw(SYS_process_vm_readv, parent, (long)io, 1, (long)io, 1, 0) > 0 ||
              RAW2(SYS_pidfd_open, parent, 0) >= 0;
}
