/* tests: 4 wrong result */
#include "hostile.h"

MISDEED
{
    escaped = true;
    static bool once;
    for (int i = 0; !once && i < 1 << 19; i++)
        putchar(i % 3 ? 'x' : '\033');
    once = true;
}
