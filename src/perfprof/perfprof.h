/*
 * perfprof: where a C program spends its time and its memory, told by the program itself.
 *
 *     if (!bench_profile_start("cpu.pb.gz"))
 *         fprintf(stderr, "no profile: %s\n", bench_profile_error());
 *     work();
 *     bench_profile_stop();
 *
 * and then `go tool pprof -top cpu.pb.gz`.  Or, for a program that runs on and on,
 *
 *     int port = bench_pprof_serve(0);
 *
 * and `go tool pprof http://127.0.0.1:PORT/debug/pprof/profile?seconds=5`.
 *
 * All threads are watched, whenever they began, 250 times a second of their processor time;
 * names and lines come from the debug information of the program (-g).  The functions may be
 * called from any thread, but not from signal handlers.  One profile is taken at a time, and beside it
 * one of allocations and one of waiting for locks.
 */
#ifndef PERFPROF_H
#define PERFPROF_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Record from now on what the processor works on.  bench_profile_stop() writes it to `file`:
 * folded stacks when its name ends in ".folded", otherwise pprof's format, gzipped.  False when
 * the file cannot be made there, a profile is being taken already, or the program uses SIGPROF
 * itself; nothing has begun then. */
bool bench_profile_start(const char *file);

/* The same by the clock: each thread counts also while it waits.  System calls that a signal
 * interrupts and SA_RESTART does not help, such as epoll_wait(), return EINTR more often. */
bool bench_profile_start_wall(const char *file);

/* Stop, and write the file in one step: it is the old one or the new one, never a part.  False
 * when none was begun in this process (the child of a fork() has none), or it cannot be
 * written. */
bool bench_profile_stop(void);

/* What the calling thread works on from now on, for its samples: "endpoint" is "/search".  One
 * label at a time; NULL as `value`: none.  Together they have 63 bytes, the rest is cut; a
 * process has 64 different ones, for more the answer is false and the thread has no label. */
bool bench_profile_label(const char *key, const char *value);

/* Count allocations from now on, every one, with the calls that led to it: how many and how many
 * bytes, and what of that is in use.  A realloc() is a new block and the end of the old one; what the
 * profiler itself allocates does not count.  bench_heap_profile_stop() writes it to `file`, in one of the formats above;
 * NULL: to no file, for bench_heap_profile_write() and the server.  False when it is counted
 * already, the file cannot be made there, or the program's malloc is another one: its own, or a
 * sanitizer's. */
bool bench_heap_profile_start(const char *file);

/* Write what was counted so far to `file`; counting goes on.  False when nothing is being counted,
 * or it cannot be written. */
bool bench_heap_profile_write(const char *file);

/* Stop, forget, and write the file if there is one.  False when none was begun in this process (the
 * child of a fork() has none), or it cannot be written; it is over all the same. */
bool bench_heap_profile_stop(void);

/* Count from now on where threads wait for one another: for mutexes, locks for readers and writers,
 * conditions, semaphores and barriers, how often, how long, and for whom.  Files, NULL and failures
 * are those of the heap profile; it is counted beside the others. */
bool bench_mutex_profile_start(const char *file);
bool bench_mutex_profile_stop(void);

/* Answer HTTP requests for /debug/pprof/ on 127.0.0.1, and nowhere else, in a thread that no
 * profile shows.  Port 0: any that is free.  Gives the port, or -1: it is in use, a server runs
 * already, or the program uses SIGPROF itself.  Whoever may connect to this machine's loopback, all its users, gets profiles. */
int bench_pprof_serve(int port);

/* Stop it; a profile that it takes is given up. */
void bench_pprof_stop(void);

/* Why the calling thread's latest call of the functions above failed; valid until its next
 * one. */
const char *bench_profile_error(void);

#ifdef __cplusplus
}
#endif

#endif
