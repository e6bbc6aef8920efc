#include "report/links.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

/* "file://HOST/PATH": the host tells a terminal which of its machines is meant (ssh). */
static void add_url(struct pc_str *out, const char *path)
{
    char host[HOST_NAME_MAX + 1] = "";
    gethostname(host, sizeof host - 1);
    pc_str_addf(out, "file://%s", host);
    for (const char *p = path; *p; p++) {
        bool plain = isalnum((unsigned char)*p) || strchr("/-._~", *p);
        pc_str_addf(out, plain ? "%c" : "%%%02X", (unsigned char)*p);
    }
}

/* Bytes of ":LINE" or ":LINE:COLUMN" at `s`, 0 when there is no line. */
static size_t place_length(const char *s)
{
    static const char digits[] = "0123456789";
    size_t line = *s == ':' ? strspn(s + 1, digits) : 0;
    if (line == 0)
        return 0;
    const char *behind = s + 1 + line;
    size_t column = *behind == ':' ? strspn(behind + 1, digits) : 0;
    return 1 + line + (column > 0 ? 1 + column : 0);
}

/* A longer name that ends like ours is another file. */
static bool begins_word(const char *text, const char *at)
{
    return at == text || !(isalnum((unsigned char)at[-1]) || strchr("_-./", at[-1]));
}

void pc_links_add(struct pc_str *out, size_t from, const char *name, const char *path)
{
    size_t n = strlen(name);
    if (*path != '/' || n == 0 || out->len <= from)
        return;
    PC_AUTO(pc_auto_free) char *text = pc_strndup(out->s + from, out->len - from);
    out->len = from;
    for (const char *rest = text;;) {
        const char *at = strstr(rest, name);
        size_t place = at ? place_length(at + n) : 0;
        if (!at) {
            pc_str_adds(out, rest);
            return;
        }
        pc_str_add(out, rest, (size_t)(at - rest));
        bool links = place > 0 && begins_word(text, at);
        if (links) {
            pc_str_adds(out, "\033]8;;");
            add_url(out, path);
            pc_str_adds(out, "\033\\");
        }
        pc_str_add(out, at, n + place);
        pc_str_adds(out, links ? "\033]8;;\033\\" : "");
        rest = at + n + place;
    }
}
