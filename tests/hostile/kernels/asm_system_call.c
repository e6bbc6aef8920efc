/* tests: 3 join_names.c:7:.*'asm' is not allowed */
#include "hostile.h"

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    long call = 57; /* fork */
    __asm__ volatile("syscall" : "+a"(call) : : "rcx", "r11", "memory");
    return join(items, call < 0 ? n : 0, sep);
}
