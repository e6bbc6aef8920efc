/* strtoll() looks for an end that a view does not have. */
#include "csv_sum.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static bool parse_number(const char *p, const char *end, int64_t *value)
{
    const char *digits = p < end && *p == '-' ? p + 1 : p;
    char *stop;
    if (end - digits > 18)
        return false;
    *value = strtoll(p, &stop, 10);
    return stop == end && digits < end && *digits >= '0' && *digits <= '9';
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
