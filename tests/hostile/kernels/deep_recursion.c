/* tests: 5 stack overflow at join_names.c: */
/* counts: 5 stack overflow at join_names.c: */
/* timed: 5 stack overflow at join_names.c: */
#include "hostile.h"

APART static size_t deeper(volatile char *p, size_t n)
{
    volatile char room[256];
    room[0] = p ? p[0] : 0;
    return n == 0 ? 0 : deeper(room, n + 1) + (size_t)room[0];
}

MISDEED
{
    deeper(NULL, 1);
}
