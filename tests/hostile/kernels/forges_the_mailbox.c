/* timed: 4\|5 differs\|starter\|refused\|broke\|crashed\|ended */
/* Writes times of its own over all memory that is shared, which is where the host reads them. */
#include "hostile.h"

static void scribble(uint64_t value)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512];
    unsigned long from, to;
    while (maps && fgets(line, sizeof line, maps))
        if (strstr(line, "rw-s") && sscanf(line, "%lx-%lx", &from, &to) == 2)
            for (uint64_t *p = (uint64_t *)from; p < (uint64_t *)to; p++)
                *p = value;
    if (maps)
        fclose(maps);
}

char *join_strings(const char *const *items, size_t n, const char *sep)
{
    if (is_time(n))
        scribble(1);
    return join(items, n, sep);
}
