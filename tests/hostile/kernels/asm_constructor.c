/* tests: 3 init_array */
#include "hostile.h"

__asm__(".section .init_array,\"aw\"\n.quad early\n.text");
__attribute__((used)) static void early(void)
{
    setenv("EARLY", "1", 1);
}

MISDEED
{

}
