/*
 * How hosts end: from signals, statuses and the last answer to a result that names the
 * cause.
 */
#ifndef PC_RUNNER_ENDS_H
#define PC_RUNNER_ENDS_H

#include <stdbool.h>
#include <stdint.h>

#include "loop/child.h"
#include "model/verdict.h"
#include "wire/line.h"

/* A crash, and what only a pair can tell. */
struct pc_ends {
    struct pc_crash crash;
    bool in_base; /* it was the baseline's */
    bool failed;  /* the bench said so, or the two results differ */
};

/* Whether `line` is one of the ends of the protocol; `ends` is filled then. */
bool pc_ends_answer(const struct pc_line *line, struct pc_ends *ends);

/* A process that was over before its work was done. */
void pc_ends_process(const struct pc_child_end *end, struct pc_crash *crash);

/* Whether it was asked for a last word: what it said then is no crash of its own. */
bool pc_ends_late(const struct pc_child_end *end);

/* A signal; `address` is where it could not read or write, NULL when that is unknown. */
void pc_ends_signal(int signal, const uint64_t *address, struct pc_crash *crash);

/* Set the ending with its words, of which control characters are removed. */
void pc_ends_set(struct pc_crash *crash, enum pc_ending ending, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));

#endif
