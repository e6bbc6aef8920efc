/* tests: 3 'code' is not allowed here: it is data */
#include "hostile.h"

/* mov $57, %eax; syscall; ret */
__attribute__((section(".text.code")))
const unsigned char code[] = {0xb8, 57, 0, 0, 0, 0x0f, 0x05, 0xc3};

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    long (*fork_past_everybody)(void);
    const void *at = code;
    memcpy(&fork_past_everybody, &at, sizeof at);
    return join(items, fork_past_everybody() < 0 ? n : 0, sep);
}
