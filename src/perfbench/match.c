#include "perfbench/match.h"

#include <stdio.h>
#include <string.h>

/* The length of a bracket expression; one that never ends takes all. */
static size_t set_length(const char *s)
{
    size_t k = 1;
    k += s[k] == '^';
    k += s[k] == ']';
    while (s[k] && s[k] != ']')
        k++;
    return k + (s[k] == ']');
}

/* The length of the part of a pattern up to the next slash. */
static size_t part_length(const char *s)
{
    size_t k = 0;
    while (s[k] && s[k] != '/') {
        if (s[k] == '[')
            k += set_length(s + k);
        else
            k += s[k] == '\\' && s[k + 1] ? 2 : 1;
    }
    return k;
}

static bool add_level(struct bench_match *m, const char *s, size_t n, char *why,
                      size_t size)
{
    char part[512];
    if (n >= sizeof part || m->n == BENCH_LEVELS_MAX) {
        snprintf(why, size, "the pattern is too long");
        return false;
    }
    memcpy(part, s, n);
    part[n] = '\0';
    int status = regcomp(&m->levels[m->n], part, REG_EXTENDED | REG_NOSUB);
    if (status != 0) {
        char text[128];
        regerror(status, &m->levels[m->n], text, sizeof text);
        snprintf(why, size, "%s: %s", part, text);
        return false;
    }
    m->n++;
    return true;
}

bool bench_match_init(struct bench_match *m, const char *pattern, char *why, size_t size)
{
    m->n = 0;
    while (pattern) {
        size_t n = part_length(pattern);
        if (!add_level(m, pattern, n, why, size)) {
            bench_match_fini(m);
            return false;
        }
        pattern = pattern[n] ? pattern + n + 1 : NULL;
    }
    return true;
}

void bench_match_fini(struct bench_match *m)
{
    while (m->n > 0)
        regfree(&m->levels[--m->n]);
}

bool bench_match_level(const struct bench_match *m, unsigned level, const char *name)
{
    return level >= m->n || regexec(&m->levels[level], name, 0, NULL, 0) == 0;
}
