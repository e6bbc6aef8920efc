/* tests: 5 stack overflow */
/* counts: 5 stack overflow at join_names.c: */
/* timed: 5 stack overflow at join_names.c: */
#include "hostile.h"

MISDEED
{
    volatile size_t n = 20 << 20;
    volatile char room[n];
    for (size_t i = 0; i < n; i += 4096)
        room[i] = (char)(room[i] + 1);
}
