/* A table indexed by char: bytes above 127 are below its beginning. */
#include "html_escape.h"

#include <stdlib.h>
#include <string.h>

static const char *const replacements[256] = {
    ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
};

char *html_escape(const char *s, size_t *outlen)
{
    size_t len = 0;
    for (const char *p = s; *p; p++)
        len += replacements[(int)*p] ? strlen(replacements[(int)*p]) : 1;
    char *html = malloc(len + 1), *end = html;
    if (!html)
        return NULL;
    while (*s) {
        const char *clean = s;
        while (*s && !replacements[(int)*s])
            s++;
        memcpy(end, clean, (size_t)(s - clean));
        end += s - clean;
        if (*s) {
            const char *piece = replacements[(int)*s++];
            size_t n = strlen(piece);
            memcpy(end, piece, n);
            end += n;
        }
    }
    *end = '\0';
    *outlen = len;
    return html;
}
