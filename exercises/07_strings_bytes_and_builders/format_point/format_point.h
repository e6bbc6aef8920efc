/*
 * Write a measurement as a line of text.
 */
#ifndef FORMAT_POINT_H
#define FORMAT_POINT_H

#include <stddef.h>
#include <stdint.h>

/* What one machine reports at one moment. */
struct point {
    uint64_t time; /* milliseconds since 1970 */
    uint32_t node;
    int32_t load, temp;
};

/* No line is longer than this. */
enum { POINT_LONGEST = 76 };

/*
 * Write `p` as one line to `buf`, which has room for `cap` bytes:
 *
 *     node,id=4211 load=-17i,temp=486i 1718000000123\n
 *
 * These are `node`, `load`, `temp` and `time`, in decimal digits without leading zeros, with
 * a minus in front of what is negative; the letter i and everything else stands there as
 * shown.  The line ends with '\n'.  There is no NUL behind it.
 *
 * Gives the length of the line; or 0 when it has more than `cap` bytes.  Nothing outside
 * the `cap` bytes is written.  Those of them that the line does not need may be
 * overwritten, all of them when the line does not fit.  With `cap` 0, `buf` may be NULL.
 */
size_t format_point(char *buf, size_t cap, const struct point *p);

#endif
