/* tests: 3 'malloc' is not allowed */
#include "hostile.h"

void *malloc(size_t n)
{
    static char arena[1 << 20];
    static size_t used;
    return arena + (used += n);
}

MISDEED
{
}
