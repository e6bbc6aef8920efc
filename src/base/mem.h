/*
 * Memory that is there or the program ends, and cleanup by scope.
 *
 * The program's own data is small; when even that does not fit nothing useful can be done,
 * so these functions write one line to standard error and exit with PC_ENVIRONMENT instead
 * of failing.  Sizes that come from files are bounded before they get here.
 */
#ifndef PC_BASE_MEM_H
#define PC_BASE_MEM_H

#include <stdarg.h>
#include <stddef.h>

/* `n` zeroed bytes, `n` >= 1.  The caller owns them: free(). */
void *pc_alloc(size_t n) __attribute__((malloc, returns_nonnull));

/* `n` items of `size` zeroed bytes; the product is checked. */
void *pc_alloc_array(size_t n, size_t size) __attribute__((malloc, returns_nonnull));

/* As realloc; the new part is not cleared. */
void *pc_realloc(void *p, size_t n) __attribute__((returns_nonnull));

char *pc_strdup(const char *s) __attribute__((malloc, returns_nonnull, nonnull));
char *pc_strndup(const char *s, size_t n) __attribute__((malloc, returns_nonnull, nonnull));

/* Formatted text in memory that the caller owns. */
char *pc_strfmt(const char *fmt, ...)
    __attribute__((format(printf, 1, 2), returns_nonnull));

/* Make room for at least `need` items of `size` bytes in the array at `*items`, whose
 * capacity is `*cap`; grows by half. */
void pc_reserve(void *items, size_t *cap, size_t need, size_t size);

/* Append room for one item to a dynamic array `v` with members items, n and cap; gives a
 * pointer to the new, zeroed item. */
#define PC_PUSH(v) \
    (pc_reserve(&(v)->items, &(v)->cap, (v)->n + 1, sizeof *(v)->items), \
     memset(&(v)->items[(v)->n], 0, sizeof *(v)->items), &(v)->items[(v)->n++])

/* PC_AUTO(pc_auto_free) char *s = ...;  s is freed when the scope ends. */
#define PC_AUTO(fn) __attribute__((cleanup(fn)))
void pc_auto_free(void *pointer_to_pointer);

/* An open descriptor that is closed when the scope ends; -1 is none. */
void pc_auto_close(int *fd);

/* Move a pointer out of its scope: the variable becomes NULL. */
#define PC_TAKE(p) \
    ({ \
        __typeof__(p) taken_ = (p); \
        (p) = NULL; \
        taken_; \
    })

#define PC_COUNT(array) (sizeof(array) / sizeof((array)[0]))

#endif
