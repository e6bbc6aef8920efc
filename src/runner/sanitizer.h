/*
 * What the reports of AddressSanitizer, UndefinedBehaviorSanitizer and ThreadSanitizer say,
 * as gcc and clang print them with symbolize=0.
 */
#ifndef PC_RUNNER_SANITIZER_H
#define PC_RUNNER_SANITIZER_H

#include <stdbool.h>

#include "model/verdict.h"

/* Find the last report in `text`, the error output of `program`, and put its kind, its
 * frames in `program` and its place into `crash`.  False when there is none: `crash` is
 * then untouched. */
bool pc_sanitizer_read(const char *text, const char *program, struct pc_crash *crash);

#endif
