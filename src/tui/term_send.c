#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/str.h"
#include "tui/term_inner.h"

void pc_term_send(const struct pc_term *term, const char *text)
{
    for (size_t n = strlen(text); n > 0;) {
        ssize_t written = write(term->out, text, n);
        if (written < 0 && errno != EINTR)
            return;
        if (written > 0) {
            text += written;
            n -= (size_t)written;
        }
    }
}

static void encode(struct pc_str *out, const unsigned char *s, size_t n)
{
    static const char digits[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < n; i += 3) {
        size_t left = n - i;
        unsigned bits = (unsigned)s[i] << 16 | (left > 1 ? (unsigned)s[i + 1] << 8 : 0) |
                        (left > 2 ? s[i + 2] : 0);
        const char four[] = {digits[bits >> 18], digits[bits >> 12 & 63],
                             left > 1 ? digits[bits >> 6 & 63] : '=',
                             left > 2 ? digits[bits & 63] : '='};
        pc_str_add(out, four, sizeof four);
    }
}

bool pc_term_copy(struct pc_term *term, const char *text, size_t n)
{
    if (n > PC_COPY_MAX)
        return false;
    struct pc_str out = {0};
    pc_str_adds(&out, "\033]52;c;");
    encode(&out, (const unsigned char *)text, n);
    pc_str_adds(&out, "\a");
    pc_term_send(term, out.s);
    pc_str_fini(&out);
    return true;
}
