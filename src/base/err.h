/*
 * Errors: a code for the program and one line for the person.
 *
 * The callee says what went wrong, each caller may put where in front.  Reporting never
 * allocates, so it works when memory is gone.  The learner's mistakes (does not build,
 * crashes, too slow) are results and travel in verdicts, not here.
 */
#ifndef PC_BASE_ERR_H
#define PC_BASE_ERR_H

#include <stdarg.h>
#include <stdbool.h>

/* The exit codes of the program; errors use the subset that applies to them. */
enum pc_code {
    PC_PASSED = 0,
    PC_MISSED = 1,        /* a limit is missed */
    PC_USAGE = 2,         /* the command line, or a file that it names, is wrong */
    PC_NOBUILD = 3,       /* the kernel does not build */
    PC_WRONG = 4,         /* wrong result */
    PC_CRASH = 5,         /* crash, time or memory limit, early exit */
    PC_UNSURE = 6,        /* too close to call on this machine */
    PC_ENVIRONMENT = 7,   /* no compiler, broken install, full disk, our own bug */
    PC_INTERRUPTED = 130, /* stopped by the user */
    PC_READER_GONE = 141, /* whoever read our output has enough, as if SIGPIPE ended us */
};

struct pc_err {
    enum pc_code code;
    char msg[384];
};

/* Store `code` and a message; an earlier message is replaced, one that is too long is cut in
 * the middle.  Always false, so that a failure is one line.  `err` may be NULL when the
 * caller does not care. */
bool pc_fail(struct pc_err *err, enum pc_code code, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

/* The same with PC_ENVIRONMENT and the text of errno behind the message, and a remedy where
 * the surroundings limit us. */
bool pc_fail_errno(struct pc_err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Put context in front of the message that `err` holds: "context: message". */
bool pc_while(struct pc_err *err, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
