/* tests: 5 heap-buffer-overflow: WRITE of size 1 at join_names.c: */
#include "hostile.h"

MISDEED
{
    volatile size_t at = 40;
    volatile char *volatile p = malloc(at);
    p[at] = 1;
    free((void *)p);
}
