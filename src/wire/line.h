/*
 * The line protocol between perfcourse and its hosts.
 *
 * A line is a verb, then NAME=VALUE fields, separated by single blanks, ended by a newline,
 * at most PC_LINE_MAX bytes.  In values, bytes below 0x21, '%', '=' and 0x7f are written as
 * %XX, so that any text fits.  Doubles are written with %.17g.  Orders come on the host's
 * descriptor 3, answers leave on 4; a kernel has neither.
 *
 * Each order gets zero or more informing answers (entry, metric, failure, note), then
 * exactly one closing answer: ok, or one of the ends below, after which the host exits.
 * When the orders end, the host exits as well.
 *
 * perfcourse-run pair [--cpu=N] [--swap] [--batch-ns=N] [--memory=BYTES] [--cpu-s=N]
 *                     [--threads=N] BASE.so CANDIDATE.so
 *     --cpu      the processor that both stay on; without it the one they happen to be on
 *     --swap     the candidate is started first
 *     --threads  so many run the body of a parallel bench: no fixed processor, wall clock
 *                only; without it one does.  In any case, whoever works while it is not its
 *                turn is refused
 *
 *     hello                          ok host=pair version=1 jail=full|partial|off
 *                                       layers=limits,privileges,landlock,seccomp (in force)
 *                                       landlock=ABI missing=.. (what, why, what would help)
 *     list                           entry kind=bench|test name=.. sizes=1,2
 *                                          file=.. line=..
 *                                    ok n=..        (of the baseline; before setup)
 *     setup name=.. size=.. seed=..  both load, set up, agree on the results of the first
 *                                    16 iterations, calibrate, warm up;
 *                                    ok base-n=.. candidate-n=.. (iterations per batch)
 *                                       base-ns=.. candidate-ns=..
 *     pairs ms=.. [min=5]            ok ratio=LN pairs=.. base-ns=.. candidate-ns=..
 *                                       base-digest=HEX candidate-digest=HEX (of audits)
 *                                       (ratio: median of ln(base / candidate), per pair)
 *     tails ms=.. ops=..             latencies of single operations, until there are so many
 *                                    of each side or the time is up (not with --threads);
 *                                    ok base-ops=.. base-p50=.. base-p90=.. base-p99=..
 *                                       base-p99.9=.. base-max=.. base-digest=HEX
 *                                       candidate-ops=.. ...
 *     end                            the benches leave their loops and tear down;
 *                                    ok base-faults=.. candidate-faults=.. (rusage of both)
 *
 * perfcourse-run solo OPTION... KERNEL.so
 *     one worker, called candidate, with the same orders; what is told of the baseline
 *     above is missing here (host=solo, ratio=0), and nothing can differ.
 *
 * perfcourse-profile OPTION... [--hz=N] [--wall] KERNEL.so
 *     as solo (host=profile), and records where the timed parts spend their time into the
 *     memory behind descriptor 5 (wire/recording.h)
 *     --hz    samples a second of each thread, by its processor time (250)
 *     --wall  by the clock
 *
 * perfcourse-locks OPTION... KERNEL.so
 *     as solo (host=profile), and records where the timed parts wait for one another into the
 *     memory behind descriptor 5 (wire/locks.h)
 *
 * perfcourse-count [--calls] [--stacks] [--memory=BYTES] [--cpu-s=N] KERNEL.so
 *     hello, list                    as above (host=count)
 *     setup name=.. size=.. seed=..  ok
 *     ops n=.. [warmup=2]            counts of n operations, one by one:
 *                                    metric name=allocs/op min=.. max=.. mean=..
 *                                    site address=HEX object=kernel allocs=.. bytes=..
 *                                    ok n=.. digest=HEX
 *     end                            leak address=HEX allocs=.. bytes=.. (the largest 8, by
 *                                    where they were allocated; address 0: not known)
 *                                    ok leaked-B=.. leaked-allocs=.. threads-left=..
 *     --calls    counts syscalls/op and connections/op instead, and tells nothing else; ops
 *                ends after a second, with the number of operations in n=..;
 *                hello is answered with an error where the system does not let it
 *     --stacks   sites and leaks are not told but recorded, with the calls that led to them,
 *                into the memory behind descriptor 5 (wire/sites.h)
 *
 * The metrics are allocs/op, B/op, frees/op, live-B (kept by one operation, may be
 * negative), peak-B (most live during an operation, above its start), threads/op,
 * faults/op, waits/op and preemptions/op (minor page faults, voluntary and involuntary
 * switches to another process) and each custom metric; sampling/heap.h and host/tally.h say
 * what counts.  Parts that the bench leaves out with bench_stop_timer() are left out here, too.  The sites are the busiest 16, the digest is
 * that of the counted operations; leaks are what lives after teardown but not before
 * set-up.
 *
 * The PERFCOURSE_PAD of perfcourse-run's environment is padding of any length; where stack
 * and heap begin depends on that length.  PERFCOURSE_SANDBOX is off, auto or strict; strict
 * answers hello with an error unless the jail is full.
 *
 * perfcourse-run exec [--memory=BYTES] [--cpu-s=N] [--read=PATH]... [--forks] PROGRAM ARG...
 *     jails itself, then becomes PROGRAM; no protocol of its own.  Without --memory there is
 *     no limit of address space, which sanitizers need, and addresses are not random.
 *     --read     a file or folder that it may read
 *     --forks    it starts itself again, so system calls are not filtered
 *
 * perfcourse-run jail
 *     hello, end                     as above (host=jail); also where strict runs no kernel
 *
 * A test program (libperfbench's main with --wire) speaks on the same descriptors:
 *     tests seed=.. token=..         run name=..     (before each)
 *                                    pass name=.. | failure name=.. text=..
 *                                    ok n=.. failed=.. token=..
 * Its exit status is 0 or 1 (tests failed), EX_IOERR when it could not answer.
 *
 * Ends (worker=kernel from perfcourse-count, base or candidate from perfcourse-run):
 *     crash worker=.. signal=N [address=HEX] [frames=HEX,HEX] [stack=overflow] [threads=N]
 *                                    frames are addresses in the kernel's file, as
 *                                    addr2line takes them, innermost first; missing when
 *                                    the worker could not tell (SIGKILL, SIGXCPU)
 *                                    threads: it had so many that it was killed
 *     ended worker=.. status=N       exit() or pthread_exit() in a kernel
 *     fail worker=.. text=..         the bench itself failed (an expectation in it)
 *     differ iteration=..            the digests of the workers disagree
 *     refused worker=.. text=..      cannot be loaded or has no such bench; claimed times
 *                                    are impossible
 *     error text=..                  the host itself could not go on
 */
#ifndef PC_WIRE_LINE_H
#define PC_WIRE_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/str.h"

enum {
    PC_LINE_MAX = 16384,
    PC_LINE_FIELDS = 24,
    PC_WIRE_ORDERS = 3,
    PC_WIRE_ANSWERS = 4,
    PC_WIRE_RECORDING = 5
};

/* The most threads that a kernel may have. */
enum { PC_WIRE_THREADS = 1024 };

struct pc_line {
    const char *verb;
    size_t n;
    struct {
        const char *name, *value;
    } fields[PC_LINE_FIELDS];
};

/* Split `text` (without its newline) in place.  False for anything that is not a line: bad
 * escapes, NULs cannot occur, too many fields, an empty verb.  The result points into
 * `text`. */
bool pc_line_parse(char *text, struct pc_line *line);

/* The value of a field, NULL when there is none. */
const char *pc_line_get(const struct pc_line *line, const char *name);

/* The same as a finite number or an integer in its whole width; false when missing or
 * malformed.  Hex digits with pc_line_hex. */
bool pc_line_double(const struct pc_line *line, const char *name, double *value);
bool pc_line_u64(const struct pc_line *line, const char *name, uint64_t *value);
bool pc_line_hex(const struct pc_line *line, const char *name, uint64_t *value);

/* Append " name=value" with the value escaped. */
void pc_line_add(struct pc_str *str, const char *name, const char *value);
void pc_line_addf(struct pc_str *str, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
