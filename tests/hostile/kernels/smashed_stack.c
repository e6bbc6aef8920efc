/* tests: 5 undefined behaviour: .* at join_names.c: */
/* counts: 5  */
/* timed: 5  */
#include "hostile.h"

MISDEED
{
    volatile char room[16];
    volatile size_t n = 4096;
    for (size_t i = 0; i < n; i++)
        room[i] = (char)(room[i] + 1);
}
