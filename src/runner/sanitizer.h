/*
 * What the reports of AddressSanitizer, UndefinedBehaviorSanitizer and ThreadSanitizer say,
 * as gcc and clang print them with symbolize=0.
 */
#ifndef PC_RUNNER_SANITIZER_H
#define PC_RUNNER_SANITIZER_H

#include <stdbool.h>

#include "base/str.h"
#include "model/verdict.h"

/* Find the last report in `text`, the error output of `program`, and put its kind, its
 * frames in `program` and its place into `crash`.  False when there is none: `crash` is
 * then untouched. */
bool pc_sanitizer_read(const char *text, const char *program, struct pc_crash *crash);

/* Append `text` without the notes of a sanitizer that is content, such as the one about a
 * malloc that gave NULL: they are not the kernel's. */
void pc_sanitizer_skip_notes(const char *text, struct pc_str *out);

#endif
