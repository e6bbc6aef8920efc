/* tests: 5 printed more than is allowed */
/* counts: 5 printed more than is allowed */
/* timed: 5 printed more than is allowed */
#include "hostile.h"

MISDEED
{
    for (;;)
        puts("flood flood flood flood flood flood flood flood flood flood flood");
}
