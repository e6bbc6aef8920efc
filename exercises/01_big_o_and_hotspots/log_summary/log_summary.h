/*
 * Which pages of a web site are asked for most.
 */
#ifndef LOG_SUMMARY_H
#define LOG_SUMMARY_H

#include <stddef.h>
#include <stdint.h>

enum { PAGE_MAX = 64 };

struct top {
    char page[PAGE_MAX]; /* with its NUL */
    uint64_t hits, bytes;
};

/*
 * Find the `k` pages with the most hits in the `len` bytes at `log`.
 *
 * A line ends with '\n', the last one may also end with the text.  It has five fields with one
 * blank between them, who, method, path, status and bytes:
 *
 *     10.0.3.17 GET /Museum/Room-7/?from=mail 200 5120
 *
 * The line is a hit when it has these five fields, the path begins with '/', the status is of
 * three digits of which the first is 2, and the bytes are 1 to 15 digits.  Other lines are passed
 * over.  Who and method may be anything, also empty.
 *
 * The page is the path up to the first '?', with the letters A to Z in lower case, and without a
 * '/' at its end, unless that is all there is: "/museum/room-7" above.  A line whose page has
 * PAGE_MAX characters or more is passed over.
 *
 * `log` is a view.  There is no NUL in it and none behind it; nothing may be read beyond its
 * `len` bytes, and none of them may be changed.  The caller promises that sums fit.
 *
 * Writes the pages with the most hits to `out`, the most first, of equal hits the page first that
 * strcmp() puts first, with their hits and the sum of the bytes.  Gives how many these are: k, or
 * fewer when the log has fewer pages.  k is at least 0.  An implementation that needs memory and
 * cannot have it gives -1, with errno ENOMEM, and leaves nothing allocated.
 */
int summarize(const char *log, size_t len, struct top *out, int k);

/*
 * The second part of your answer: the name of the function that takes most of the time of the
 * kernel as you got it, in itself and in what it calls of libc.  The check compares it with a
 * profile, which it takes for the purpose.
 */
extern const char log_summary_hotspot[];

#endif
