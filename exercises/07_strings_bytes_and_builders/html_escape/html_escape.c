#include "html_escape.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct text {
    char *data;
    size_t len, cap;
};

/* Append `piece` and its NUL; false without memory. */
static bool append(struct text *t, const char *piece)
{
    size_t n = strlen(piece);
    if (t->len + n + 1 > t->cap) {
        size_t cap = t->cap * 2 + 16;
        char *data = realloc(t->data, cap);
        if (!data)
            return false;
        t->data = data;
        t->cap = cap;
    }
    memcpy(t->data + t->len, piece, n + 1);
    t->len += n;
    return true;
}

char *html_escape(const char *s, size_t *outlen)
{
    struct text t = {0};
    bool ok = append(&t, "");
    for (; ok && *s; s++) {
        char one[] = {*s, '\0'};
        const char *piece = one;
        switch (*s) {
        case '&':
            piece = "&amp;";
            break;
        case '<':
            piece = "&lt;";
            break;
        case '>':
            piece = "&gt;";
            break;
        case '"':
            piece = "&quot;";
            break;
        case '\'':
            piece = "&#39;";
            break;
        }
        ok = append(&t, piece);
    }
    if (!ok) {
        free(t.data);
        return NULL;
    }
    *outlen = t.len;
    return t.data;
}
