/* tests: 3 'asm' is not allowed */
#include "hostile.h"

__asm__(".section .init_array,\"aw\"\n.quad early\n.text");
__attribute__((used)) static void early(void)
{
    setenv("EARLY", "1", 1);
}

MISDEED
{
}
