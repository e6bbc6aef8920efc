/*
 * The kernel with which perfcourse proves, once for each compiler, that its checks can
 * fail.  A check that never fails says nothing; so before a verdict is trusted, four
 * versions of this kernel go through the ordinary pipeline:
 *
 *   selfproof.c  the baseline: one allocation for each call, every test passes
 *   overflow.c   writes one byte behind its block.  Results, counts and plain runs look
 *                perfect; the tests under AddressSanitizer must report it.
 *   miscount.c   allocates three times for each call: exactly 3 allocs/op must be counted
 *   slow.c       does all of the work twice: a speed-up below 1 must be decided
 *
 * All of them give the same answers as the baseline.
 */
#ifndef SELFPROOF_H
#define SELFPROOF_H

#include <stddef.h>
#include <stdint.h>

/*
 * Running check sums: word i of the answer depends on the bytes 0..i.  Gives `n` words
 * (n >= 1), which the caller frees, or NULL when there is no memory.
 */
uint32_t *selfproof_sums(const unsigned char *bytes, size_t n);

#endif
