/*
 * Growing text.
 *
 * `s` is never NULL after the first add and always NUL-terminated; `len` does not count
 * the NUL.  A zeroed struct is an empty text.  The struct owns its memory until
 * pc_str_take() moves it out.
 */
#ifndef PC_BASE_STR_H
#define PC_BASE_STR_H

#include <stdarg.h>
#include <stddef.h>

struct pc_str {
    char *s;
    size_t len, cap;
};

/* `text` may be NULL when `n` is 0. */
void pc_str_add(struct pc_str *str, const char *text, size_t n);
void pc_str_adds(struct pc_str *str, const char *text);
void pc_str_addf(struct pc_str *str, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));
void pc_str_vaddf(struct pc_str *str, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

/* Drop the first `n` bytes (at most all). */
void pc_str_shift(struct pc_str *str, size_t n);

/* The text as a string that the caller owns; an empty one is "".  The struct is empty
 * afterwards. */
char *pc_str_take(struct pc_str *str);

/* The text, "" when nothing was added; valid until the next call. */
const char *pc_str_get(const struct pc_str *str);

void pc_str_fini(struct pc_str *str);

#endif
