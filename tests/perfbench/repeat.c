#include "repeat.h"

#include <stdlib.h>
#include <string.h>

char *repeat(const char *text, size_t times)
{
    size_t length = strlen(text);
    char *all = malloc(length * times + 1);
    if (!all)
        return NULL;
    for (size_t k = 0; k < times; k++)
        memcpy(all + k * length, text, length);
    all[length * times] = '\0';
    return all;
}
