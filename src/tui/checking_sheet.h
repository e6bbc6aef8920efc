/*
 * A check that runs, written on a sheet.
 */
#ifndef PC_TUI_CHECKING_SHEET_H
#define PC_TUI_CHECKING_SHEET_H

#include <stdbool.h>

#include "model/result.h"
#include "tui/sheet.h"

/* A check that has come as far as `current` and may measure for `budget_ms`; `output`: what
 * the compiler and the kernel said, too. */
void pc_checking_write(struct pc_sheet *sheet, const struct pc_result *current,
                       int64_t budget_ms, bool output);

/* The step that runs: "building", "testing", "counting", "timing". */
const char *pc_checking_words(const struct pc_result *current);

#endif
