/* tests: 5 . */
/* counts: 5 . */
/* timed: 5 . */
#include "hostile.h"

#include <setjmp.h>

MISDEED
{
    jmp_buf nowhere;
    memset(nowhere, 0x5a, sizeof nowhere);
    longjmp(nowhere, 1);
}
