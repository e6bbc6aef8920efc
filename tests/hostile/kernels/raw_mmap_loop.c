/* tests: 5 more memory than is allowed\|time limit */
/* counts: 5  */
/* timed: 5  */
#include "hostile.h"

MISDEED
{
    for (;;) {
        long p = raw(SYS_mmap, 0, 1 << 20, 3, 0x22, -1, 0);
        memset((void *)p, 1, 1 << 20);
    }
}
