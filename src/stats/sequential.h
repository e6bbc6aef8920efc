/*
 * Is a speed-up beyond a limit?  A sequential test that may stop at any time.
 *
 * The unit is the restart: one median log ratio d from a fresh pair of processes.  For a
 * limit T, tau = ln T, each side keeps two e-processes: products whose expectation is at
 * most 1 as long as the side's null hypothesis is true, so that they reach 1/alpha with a
 * probability of at most alpha, however often one looks (Ville, 1939; Grunwald, de Heide
 * and Koolen, 2019; Ramdas, Grunwald, Vovk and Shafer, 2023).
 *
 *   sign:   E1 = mean over p in {.6, .75, .9, .97} of prod(d > tau ? 2p : 2(1 - p)).
 *           Its null: the median over restarts is at most tau.
 *   margin: E2 = prod(d > tau + 0.10 ? p1/p0 : (1 - p1)/(1 - p0)), p0 = 0.2, p1 = 0.97.
 *           Its null: at most 20 % of the restarts are more than 0.10 above tau.
 *
 * The side is ABOVE when (E1 + E2) / 2 >= 1/alpha and BELOW when its mirror image is.  So a
 * wrong ABOVE has a probability of at most alpha while both nulls are true, and so has a
 * wrong BELOW.  The second null is an assumption about the machine, and what it buys is a
 * decision after 5 restarts instead of 14 where the distance is large.
 *
 * A tie, d equal to tau, speaks for neither side and is therefore bet against by both.
 * Leaving ties out instead would break the first null: with half of the restarts above tau
 * and half on it the median is tau, yet the product would grow.
 */
#ifndef PC_STATS_SEQUENTIAL_H
#define PC_STATS_SEQUENTIAL_H

#include <stddef.h>

enum { PC_SIGN_BETS = 4 };

enum pc_side { PC_SIDE_UNKNOWN, PC_SIDE_ABOVE, PC_SIDE_BELOW };

struct pc_sequential {
    double tau, threshold; /* ln T and ln(1/alpha) */
    struct pc_evidence {   /* logs of the products, which overflow otherwise */
        double sign[PC_SIGN_BETS], margin;
    } above, below;
    size_t n; /* restarts counted */
    enum pc_side side;
};

/* T > 0 and finite, 0 < alpha < 1 (0.001 in checks). */
void pc_sequential_init(struct pc_sequential *test, double limit, double alpha);

/* The same with the sign bets alone, for values of which nothing but the median is known:
 * the other half of the stake is not played.  14 restarts decide at the earliest. */
void pc_sequential_init_signs(struct pc_sequential *test, double limit, double alpha);

/* Add one restart; gives the side once it is known.  It stays known: later restarts do not
 * take it back.  NaN and infinities are not counted. */
enum pc_side pc_sequential_add(struct pc_sequential *test, double log_ratio);

/* ln((E1 + E2) / 2) of one side: what was won by betting on it. */
double pc_sequential_evidence(const struct pc_evidence *evidence);

#endif
