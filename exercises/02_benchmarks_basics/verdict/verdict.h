/*
 * Is the new program faster than the old one?
 */
#ifndef VERDICT_H
#define VERDICT_H

enum { SLOWER = -1, CANNOT_TELL = 0, FASTER = 1 };

/*
 * Compare `n_old` timings of the old program with `n_new` timings of the new one, in ns, up
 * to 50 of each: FASTER when the new program takes less time, SLOWER when it takes more,
 * CANNOT_TELL when the difference may be chance.
 *
 * Timings have no order, and they are what timings are: around some value, and now and then
 * one that is much too long, because something else was running.  A clock with coarse steps
 * makes many of them equal.  How much they scatter is not known beforehand.
 *
 *   - Two columns of the same program: CANNOT_TELL in at least 92 of 100 cases.
 *   - With ten timings of each, a change of three times what timings usually scatter by is
 *     seen in at least 80 of 100 cases.
 *   - Old and new exchanged give the opposite answer.
 *   - With fewer than four timings on one side it is always CANNOT_TELL.
 *
 * The columns are not changed.
 */
int verdict(const double *old_ns, int n_old, const double *new_ns, int n_new);

#endif
