/* tests: 5 time limit at join_names.c:.* in late, in the tests (exit()) */
#include "hostile.h"

static void late(void)
{
    for (;;)
        __asm__ volatile("");
}

MISDEED
{
    static bool once;
    if (!once)
        atexit(late);
    once = true;
}
