/*
 * The frame of a hostile kernel: a join_strings() that is right, and a place for what it
 * should not do.
 *
 *     MISDEED
 *     {
 *         abort();
 *     }
 *
 * It is done at each call.  With IN_COUNTS it waits for the operations that are counted, and
 * with IN_TIMING for those that are timed: the tests join 2,000 names once, at 500 names
 * allocations are counted, and the bench joins 2,000 again and again.
 */
#ifndef TESTS_HOSTILE_H
#define TESTS_HOSTILE_H

#include "join_names.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

/* What the compiler must not see through. */
#ifdef __clang__
#define APART __attribute__((noinline))
#else
#define APART __attribute__((noipa))
#endif

/* The right answer, by one allocation. */
static inline char *join(const char *const *items, size_t n, const char *sep)
{
    size_t room = 1, k = strlen(sep);
    for (size_t i = 0; i < n; i++)
        room += strlen(items[i]) + k;
    char *text = malloc(room), *end = text;
    for (size_t i = 0; text && i < n; i++) {
        if (i > 0)
            end = (char *)memcpy(end, sep, k) + k;
        size_t m = strlen(items[i]);
        end = (char *)memcpy(end, items[i], m) + m;
    }
    if (text)
        *end = '\0';
    return text;
}

/* Whether the misdeed's time has come. */
static inline bool is_time(size_t n)
{
#if defined(IN_COUNTS)
    return n == 500;
#elif defined(IN_TIMING)
    static unsigned seen;
    return n == 2000 && ++seen > 1;
#else
    return n <= SIZE_MAX;
#endif
}

/* A system call past every name that could be refused: gives what the kernel gives, which
 * is -EPERM (-1) or -ENOSYS (-38) when the jail stands. */
static inline long raw(long number, long a, long b, long c, long d, long e, long f)
{
#if defined(__x86_64__)
    register long r10 __asm__("r10") = d;
    register long r8 __asm__("r8") = e;
    register long r9 __asm__("r9") = f;
    long result;
    __asm__ volatile("syscall"
                     : "=a"(result)
                     : "a"(number), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                     : "rcx", "r11", "memory");
    return result;
#elif defined(__aarch64__)
    register long x8 __asm__("x8") = number;
    register long x0 __asm__("x0") = a;
    register long x1 __asm__("x1") = b;
    register long x2 __asm__("x2") = c;
    register long x3 __asm__("x3") = d;
    register long x4 __asm__("x4") = e;
    register long x5 __asm__("x5") = f;
    __asm__ volatile("svc 0"
                     : "+r"(x0)
                     : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                     : "memory");
    return x0;
#endif
}

#define RAW1(number, a) raw(number, (long)(a), 0, 0, 0, 0, 0)
#define RAW2(number, a, b) raw(number, (long)(a), (long)(b), 0, 0, 0, 0)
#define RAW3(number, a, b, c) raw(number, (long)(a), (long)(b), (long)(c), 0, 0, 0)
#define RAW4(number, a, b, c, d) \
    raw(number, (long)(a), (long)(b), (long)(c), (long)(d), 0, 0)

/* What the jail should have stopped and has not: seen as a wrong answer. */
__attribute__((unused)) static bool escaped;

#define MISDEED \
    static void misdeed(void); \
    char *join_strings(const char *const *items, size_t n, const char *sep) \
    { \
        if (is_time(n)) \
            misdeed(); \
        return join(items, escaped ? n / 2 : n, sep); \
    } \
    APART static void misdeed(void)

#endif
