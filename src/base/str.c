#include "base/str.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void pc_str_add(struct pc_str *str, const char *text, size_t n)
{
    pc_reserve(&str->s, &str->cap, str->len + n + 1, 1);
    if (n > 0)
        memcpy(str->s + str->len, text, n);
    str->len += n;
    str->s[str->len] = '\0';
}

void pc_str_adds(struct pc_str *str, const char *text)
{
    pc_str_add(str, text, strlen(text));
}

void pc_str_vaddf(struct pc_str *str, const char *fmt, va_list ap)
{
    va_list again;
    va_copy(again, ap);
    int n = vsnprintf(NULL, 0, fmt, ap);
    if (n > 0) {
        pc_reserve(&str->s, &str->cap, str->len + (size_t)n + 1, 1);
        vsnprintf(str->s + str->len, (size_t)n + 1, fmt, again);
        str->len += (size_t)n;
    }
    va_end(again);
}

void pc_str_addf(struct pc_str *str, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(str, fmt, ap);
    va_end(ap);
}

void pc_str_shift(struct pc_str *str, size_t n)
{
    if (n > str->len)
        n = str->len;
    if (n == 0)
        return;
    str->len -= n;
    memmove(str->s, str->s + n, str->len + 1);
}

char *pc_str_take(struct pc_str *str)
{
    char *s = str->s ? str->s : pc_strdup("");
    *str = (struct pc_str){0};
    return s;
}

const char *pc_str_get(const struct pc_str *str)
{
    return str->s ? str->s : "";
}

void pc_str_fini(struct pc_str *str)
{
    free(str->s);
    *str = (struct pc_str){0};
}
