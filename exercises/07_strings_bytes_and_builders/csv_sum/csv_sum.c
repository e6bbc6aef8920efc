#define _GNU_SOURCE

#include "csv_sum.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static void free_fields(char **fields, size_t n)
{
    for (size_t i = 0; i < n; i++)
        free(fields[i]);
    free(fields);
}

/* Split the text from `line` to `end` into `*n` strings; NULL when memory runs out. */
static char **split_line(const char *line, const char *end, size_t *n)
{
    size_t count = 1;
    for (const char *p = line; p < end; p++)
        count += *p == ',';

    char **fields = malloc(count * sizeof *fields);
    for (*n = 0; fields && *n < count; ++*n) {
        const char *comma = memchr(line, ',', (size_t)(end - line));
        const char *stop = comma ? comma : end;
        fields[*n] = strndup(line, (size_t)(stop - line));
        if (!fields[*n]) {
            free_fields(fields, *n);
            return NULL;
        }
        line = comma ? comma + 1 : end;
    }
    return fields;
}

/* Is `field` a number? */
static bool parse_number(const char *field, int64_t *value)
{
    const char *digits = *field == '-' ? field + 1 : field;
    size_t n = strspn(digits, "0123456789");
    if (n < 1 || n > 18 || digits[n] != '\0')
        return false;
    *value = strtoll(field, NULL, 10);
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
        size_t n;
        char **fields = split_line(line, stop, &n);
        if (!fields)
            return SIZE_MAX;
        if (col < n && parse_number(fields[col], &value)) {
            total += value;
            found++;
        }
        free_fields(fields, n);
        line = newline ? newline + 1 : end;
    }
    *sum = total;
    return found;
}
