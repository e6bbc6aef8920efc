#ifndef REPEAT_H
#define REPEAT_H

#include <stddef.h>

/* `text`, `times` times in a row, on the heap. */
char *repeat(const char *text, size_t times);

#endif
