/*
 * A processor for each thread of a worker.
 *
 * Batches are shorter than what the scheduler takes to move a thread, and threads that wake
 * one another are put on one processor: two threads then take turns, and nothing is
 * parallel (measured: 2.3 or 6.2 times the starter's speed, by chance).  So the host, which
 * is not shut in, gives each of them one; the worker cannot.
 */
#ifndef PC_HOST_SPREAD_H
#define PC_HOST_SPREAD_H

#include "host/member.h"

/* Put the threads of a worker, but the first, on the allowed processors in turn.  Where that
 * is not possible they stay where the system puts them. */
void pc_spread_threads(const struct pc_member *member);

#endif
