/* tests: 5 asleep or deadlocked */
/* counts: 5 only waited */
/* timed: 5 only waited */
#include "hostile.h"

MISDEED
{
    pause();
}
