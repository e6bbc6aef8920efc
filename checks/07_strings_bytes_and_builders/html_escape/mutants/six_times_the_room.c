/* One allocation of the worst case: six times the text, and all of it is kept. */
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

char *html_escape(const char *s, size_t *outlen)
{
    char *html = malloc(strlen(s) * 6 + 1), *end = html;
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
    *outlen = (size_t)(end - html);
    return html;
}
