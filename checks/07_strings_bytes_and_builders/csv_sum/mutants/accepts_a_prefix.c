/* "12 EUR" counts as 12, and "1.5" as 1. */
#include "csv_sum.h"

#include <stdbool.h>
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
            break;
        v = v * 10 + digit;
    }
    *value = negative ? -v : v;
    return true;
}

static const char *find(const char *p, const char *end, char c)
{
    const char *at = memchr(p, c, (size_t)(end - p));
    return at ? at : end;
}

size_t csv_sum(const char *csv, size_t len, unsigned col, int64_t *sum)
{
    const char *end = csv + len;
    int64_t total = 0, value;
    size_t found = 0;

    for (const char *line = csv; line < end;) {
        const char *stop = find(line, end, '\n');
        const char *field = line, *field_end = find(line, stop, ',');
        unsigned i = 0;
        for (; i < col && field_end < stop; i++) {
            field = field_end + 1;
            field_end = find(field, stop, ',');
        }
        if (i == col && parse_number(field, field_end, &value)) {
            total += value;
            found++;
        }
        line = stop < end ? stop + 1 : end;
    }
    *sum = total;
    return found;
}
