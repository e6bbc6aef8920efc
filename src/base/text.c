#include "base/text.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "base/mem.h"
#include "base/str.h"

size_t pc_text_decode(const char *text, size_t n, uint32_t *c)
{
    const unsigned char *s = (const unsigned char *)text;
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (s[0] < 0x80) {
        *c = s[0];
        return 1;
    }
    size_t len = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4 || len > n)
        return 0;
    uint32_t v = s[0] & (0xffu >> (len + 1));
    for (size_t i = 1; i < len; i++) {
        if ((s[i] & 0xc0) != 0x80)
            return 0;
        v = v << 6 | (s[i] & 0x3fu);
    }
    if (v < least[len] || v > 0x10ffff || (v >= 0xd800 && v <= 0xdfff))
        return 0;
    *c = v;
    return len;
}

/* The width of the first character; its bytes are added to `*at`. */
static size_t step(const char *s, size_t n, size_t *at)
{
    uint32_t c;
    size_t len = pc_text_decode(s + *at, n - *at, &c);
    int w = len ? wcwidth((wchar_t)c) : 1;
    *at += len ? len : 1;
    return w > 0 ? (size_t)w : w < 0 && c >= 0x80 ? 1 : 0;
}

size_t pc_text_width(const char *s, size_t n)
{
    size_t width = 0;
    for (size_t i = 0; i < n;)
        width += step(s, n, &i);
    return width;
}

size_t pc_text_fit(const char *s, size_t n, size_t width)
{
    size_t used = 0, fits = 0;
    for (size_t i = 0; i < n; fits = i) {
        used += step(s, n, &i);
        if (used > width)
            break;
    }
    return fits;
}

bool pc_text_is_utf8(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = pc_text_decode(s + i, n - i, &c);
        if (len == 0)
            return false;
        i += len;
    }
    return true;
}

static bool acts_on_terminal(uint32_t c)
{
    bool control = c < 0x20 ? c != '\n' && c != '\t' : c >= 0x7f && c < 0xa0;
    /* Characters that turn the direction of a line can make it say something else. */
    bool turns = (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    return control || turns;
}

bool pc_text_is_harmless(const char *s, size_t n)
{
    for (size_t i = 0; i < n;) {
        uint32_t c;
        size_t len = pc_text_decode(s + i, n - i, &c);
        if (len == 0 || acts_on_terminal(c))
            return false;
        i += len;
    }
    return true;
}

char *pc_text_harmless(const char *s, size_t n, size_t max)
{
    struct pc_str out = {0};
    size_t i = 0;
    while (i < n) {
        uint32_t c = 0;
        size_t len = pc_text_decode(s + i, n - i, &c);
        if (out.len + (len ? len : 1) > max)
            break;
        if (len == 0 || acts_on_terminal(c))
            pc_str_add(&out, "?", 1);
        else
            pc_str_add(&out, s + i, len);
        i += len ? len : 1;
    }
    if (i < n)
        pc_str_adds(&out, "...");
    return pc_str_take(&out);
}

void pc_text_copy_line(char *to, size_t size, const char *s, size_t n)
{
    size_t used = 0;
    for (size_t i = 0; i < n;) {
        uint32_t c = 0;
        size_t len = pc_text_decode(s + i, n - i, &c);
        bool white = c == '\n' || c == '\t';
        bool harmless = len > 0 && !white && !acts_on_terminal(c);
        if (used + (harmless ? len : 1) >= size)
            break;
        if (harmless)
            memcpy(to + used, s + i, len);
        else
            to[used] = white ? ' ' : '?';
        used += harmless ? len : 1;
        i += len ? len : 1;
    }
    to[used] = '\0';
}

static size_t min3(size_t a, size_t b, size_t c)
{
    size_t m = a < b ? a : b;
    return m < c ? m : c;
}

enum { WORD_MAX = 63 };

/* Optimal string alignment: insert, delete, replace, or swap two neighbours. */
static size_t distance(const char *a, const char *b)
{
    size_t na = strnlen(a, WORD_MAX), nb = strnlen(b, WORD_MAX);
    size_t rows[3][WORD_MAX + 1];
    for (size_t j = 0; j <= nb; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *now = rows[i % 3], *above = rows[(i + 2) % 3], *two = rows[(i + 1) % 3];
        now[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t wrong = a[i - 1] != b[j - 1];
            now[j] = min3(above[j] + 1, now[j - 1] + 1, above[j - 1] + wrong);
            bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (swapped && two[j - 2] + 1 < now[j])
                now[j] = two[j - 2] + 1;
        }
    }
    return rows[na % 3][nb];
}

char *pc_text_nearest(const char *word, const char *const *names, size_t n)
{
    enum { SHOWN = 3 };
    const char *best[SHOWN + 1];
    size_t cost[SHOWN + 1], found = 0;
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(names[i]), typed = strlen(word);
        size_t d = distance(word, names[i]);
        if (d > (len > typed ? len : typed) / 3 + 1 || d >= len)
            continue;
        size_t at = found;
        for (; at > 0 && cost[at - 1] > d; at--) {
            best[at] = best[at - 1];
            cost[at] = cost[at - 1];
        }
        best[at] = names[i];
        cost[at] = d;
        if (found < SHOWN)
            found++;
    }
    if (found == 0)
        return NULL;
    struct pc_str out = {0};
    for (size_t i = 0; i < found; i++)
        pc_str_addf(&out, "%s%s", i == 0 ? "" : i + 1 == found ? " or " : ", ", best[i]);
    return pc_str_take(&out);
}
