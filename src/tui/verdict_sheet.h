/*
 * The verdict of a check, written on a sheet.
 */
#ifndef PC_TUI_VERDICT_SHEET_H
#define PC_TUI_VERDICT_SHEET_H

#include "model/attempt.h"
#include "model/result.h"
#include "tui/sheet.h"

/* What a verdict is compared with; each may be NULL. */
struct pc_verdict_context {
    const struct pc_attempt *best;     /* the best pass, when it is not this one */
    const struct pc_attempt *before;   /* the attempt before this one */
    const struct pc_result *reference; /* the course's solution, measured in this session */
    const struct pc_exercise *next;    /* what comes after a pass */
};

void pc_verdict_write(struct pc_sheet *sheet, const struct pc_result *result,
                      const struct pc_verdict_context *context);

/* The verdict in a word or two: "passed", "not yet", "does not build". */
const char *pc_verdict_words(const struct pc_verdict *verdict);

/* The same for an attempt that was kept. */
const char *pc_attempt_words(const struct pc_attempt *attempt);

#endif
