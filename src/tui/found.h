/*
 * What the stages of a check found, as rows of a sheet.
 */
#ifndef PC_TUI_FOUND_H
#define PC_TUI_FOUND_H

#include "model/verdict.h"
#include "tui/sheet.h"

enum pc_mark { PC_MARK_GOOD, PC_MARK_BAD, PC_MARK_DOUBT, PC_MARK_WAITING, PC_MARK_RUNNING };

/* A row "✓ name   value", in which `value` says what was found. */
void pc_found_row(struct pc_sheet *sheet, enum pc_mark mark, const char *name,
                  const char *value);

void pc_found_build(struct pc_sheet *sheet, const struct pc_build *build);
void pc_found_tests(struct pc_sheet *sheet, const struct pc_tests *tests);

/* The compiler's messages, and why there are none; the tests that failed, and what the
 * kernel printed. */
void pc_found_diagnostics(struct pc_sheet *sheet, const struct pc_build *build);
void pc_found_failures(struct pc_sheet *sheet, const struct pc_tests *tests);

#endif
