/* tests: 5 heap-use-after-free: WRITE of size 1 at join_names.c: */
#include "hostile.h"

MISDEED
{
    volatile char *volatile p = malloc(40);
    free((void *)p);
    p[0] = 1;
}
