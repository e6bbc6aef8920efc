/*
 * What ends a check before its limits matter: it does not build, crashes, is wrong, or a
 * stage that every check needs is missing.  Private to the judge.
 */
#ifndef PC_JUDGE_FAULT_H
#define PC_JUDGE_FAULT_H

#include <stdbool.h>

#include "base/str.h"
#include "judge/judge.h"

/* Whether something went wrong; the first stage that did sets code, reason and next. */
bool pc_judge_fault(const struct pc_findings *findings, struct pc_verdict *verdict);

/* A broken course or machine; true.  `reason` becomes the verdict's. */
bool pc_judge_broken(struct pc_verdict *verdict, char *reason);

/* Add " at FILE:LINE in FUNCTION", as much of it as is known. */
void pc_judge_add_place(struct pc_str *text, const struct pc_place *place);

#endif
