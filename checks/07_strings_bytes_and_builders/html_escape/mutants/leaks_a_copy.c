/* Works on a copy of the text and forgets it. */
#include "html_escape.h"

#define _GNU_SOURCE

#include <stdlib.h>
#include <string.h>

static const char specials[] = "&<>\"'";

static const char *replacement(char c)
{
    switch (c) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "&#39;";
    }
}

static size_t escaped_length(const char *s)
{
    size_t len = 0;
    for (;;) {
        size_t run = strcspn(s, specials);
        len += run;
        s += run;
        if (*s == '\0')
            return len;
        len += strlen(replacement(*s++));
    }
}

char *html_escape(const char *s, size_t *outlen)
{
    *outlen = escaped_length(s);
    s = strdup(s);
    if (!s)
        return NULL;
    char *html = malloc(*outlen + 1), *end = html;
    if (!html)
        return NULL;
    for (;;) {
        size_t run = strcspn(s, specials);
        end = mempcpy(end, s, run);
        s += run;
        if (*s == '\0')
            break;
        end = stpcpy(end, replacement(*s++));
    }
    *end = '\0';
    return html;
}
