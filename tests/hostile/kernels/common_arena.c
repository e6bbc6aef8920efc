/* tests: 3 bytes of static variables */
#include "hostile.h"

/* Lies in no section of the object file. */
__attribute__((common)) char arena[64 << 20];

MISDEED
{
    arena[7] = 1;
}
