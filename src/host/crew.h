/*
 * The threads of a parallel bench inside a worker: bench_run_parallel() for hosts.
 *
 * They are started once and wait between batches, asleep, so that they use nothing while it
 * is the other side's turn.  The clock runs from when all of them are awake until the last
 * one has run its last iteration.  Iterations whose results are told are run by the first
 * thread alone, in order: that is what can be compared.
 */
#ifndef PC_HOST_CREW_H
#define PC_HOST_CREW_H

#include "host/worker.h"

/* The functions of the table behind bench_run_parallel() and bench_thread_loop().  A host
 * that does not want threads (worker->threads is 0) runs the body once, in the thread that
 * called. */
void pc_crew_run(struct bench *b, void (*body)(struct bench_thread *t, void *arg),
                 void *arg);
bool pc_crew_next(struct bench_thread *t);

#endif
