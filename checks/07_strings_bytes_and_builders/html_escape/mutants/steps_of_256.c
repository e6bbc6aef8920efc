/* Copies runs, into a block that grows by 256 bytes. */
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

static char *put(char *html, size_t *len, size_t *cap, const char *piece, size_t n)
{
    if (n + 1 > *cap - *len) {
        *cap = (*len + n + 256) / 256 * 256;
        char *longer = realloc(html, *cap);
        if (!longer)
            free(html);
        html = longer;
    }
    if (html)
        memcpy(html + *len, piece, n);
    *len += n;
    return html;
}

char *html_escape(const char *s, size_t *outlen)
{
    size_t len = 0, cap = 0;
    char *html = NULL;
    for (;;) {
        size_t run = strcspn(s, specials);
        html = put(html, &len, &cap, s, run);
        s += run;
        if (!html || *s == '\0')
            break;
        const char *piece = replacement(*s++);
        html = put(html, &len, &cap, piece, strlen(piece));
        if (!html)
            break;
    }
    if (html)
        html[len] = '\0';
    *outlen = len;
    return html;
}
