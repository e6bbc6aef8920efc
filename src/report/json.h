/*
 * Checks as one JSON document, for programs.  The format is told in docs/json.md.
 */
#ifndef PC_REPORT_JSON_H
#define PC_REPORT_JSON_H

#include "base/err.h"
#include "model/event.h"

struct pc_json_report;

struct pc_json_report *pc_json_create(void);

/* Add the result of a check: an event of kind PC_EVENT_VERDICT.  Others are ignored. */
void pc_json_event(struct pc_json_report *report, const struct pc_event *event);

/* A check that could not begin. */
void pc_json_trouble(struct pc_json_report *report, const struct pc_exercise *exercise,
                     const struct pc_err *err);

/* The document, with the exit code of the program, ended by a newline; the caller owns it.
 * Frees the report. */
char *pc_json_finish(struct pc_json_report *report, enum pc_code code);

/* What was measured without a verdict as a document that the caller owns; parts may be NULL.
 */
char *pc_json_measured(const struct pc_exercise *exercise, const struct pc_growth *growth,
                       const struct pc_counts *counts, size_t count_at);

#endif
