/*
 * A part of a whole, and how well it is known.
 */
#ifndef PC_HOTSPOTS_SHARE_H
#define PC_HOTSPOTS_SHARE_H

#include <stdbool.h>
#include <stdint.h>

/* All intervals of this part hold with 95 %. */
#define PC_SHARE_LEVEL 0.95

enum pc_certainty {
    PC_SHARES_SAMPLED,  /* the program was looked at now and then: shares have intervals */
    PC_SHARES_EXACT,    /* everything was counted */
    PC_SHARES_ESTIMATED /* computed from samples of which nobody knows the number */
};

struct pc_whole {
    int64_t total; /* in units of the type */
    double taken;  /* samples in it, when it is sampled */
    enum pc_certainty certainty;
};

struct pc_share {
    int64_t value;
    double part;      /* of the whole, from 0 to 1; 0 when that is nothing */
    double low, high; /* its interval (Wilson, 1927); `part` twice when it is not sampled */
    bool is_estimate; /* it has an interval that nobody knows */
};

struct pc_share pc_share_of(int64_t value, const struct pc_whole *whole);

/* How one share differs from another: `part` is after - before.  The interval is that of
 * Newcombe (1998, method 10) for independent proportions, from the intervals of both.  `sign`
 * is 0 unless it excludes 0; where one of the shares is an estimate it goes from -1 to 1. */
struct pc_difference {
    double part, low, high;
    int sign;
};
struct pc_difference pc_share_difference(const struct pc_share *before,
                                         const struct pc_share *after);

#endif
