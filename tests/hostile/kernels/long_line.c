/* tests: 5 printed more than is allowed */
#include "hostile.h"

MISDEED
{
    for (int i = 0; i < 10 << 20; i++)
        putchar('x');
}
