/*
 * Is a speed-up beyond a limit?  A sequential test that may stop at any time.
 *
 * The unit is the restart: one median log ratio d from a fresh pair of processes.  For a
 * limit T, tau = ln T, two e-processes are kept for each side (Ville, 1939; Grunwald, de
 * Heide and Koolen, 2019; Ramdas et al., 2023):
 *   sign:   E1 = mean over p in {.6, .75, .9, .97} of prod(d > tau ? 2p : 2(1-p)); its null
 *           is that the median over restarts is at most tau;
 *   margin: E2 = prod(d > tau + 0.10 ? p1/p0 : (1-p1)/(1-p0)), p0 = 0.2, p1 = 0.97; its
 * null is that at most 20 % of restarts are more than 10 % too favourable. Pass when (E1 +
 * E2) / 2 >= 1/alpha, fail when its mirror image does: each false verdict has probability
 * at most alpha, however often one looks.
 */
#ifndef PC_STATS_SEQUENTIAL_H
#define PC_STATS_SEQUENTIAL_H

#include <stddef.h>

enum pc_side { PC_SIDE_UNKNOWN, PC_SIDE_ABOVE, PC_SIDE_BELOW };

struct pc_sequential {
    double tau, threshold; /* ln T and ln(1/alpha) */
    double sign_above[4], sign_below[4], margin_above,
        margin_below; /* logs of the products */
    size_t n;
    enum pc_side side;
};

/* T > 0, 0 < alpha < 1 (0.001 in checks). */
void pc_sequential_init(struct pc_sequential *test, double limit, double alpha);

/* Add one restart; gives the side once it is known.  It stays known: later restarts do not
 * take it back.  NaN and infinities are not counted. */
enum pc_side pc_sequential_add(struct pc_sequential *test, double log_ratio);

#endif
