/*
 * Progress for a person and for programs.
 */
#ifndef PC_REPORT_PROGRESS_H
#define PC_REPORT_PROGRESS_H

#include <stddef.h>

#include "base/str.h"
#include "model/attempt.h"
#include "model/course.h"

/* "open", "tried 2.10x", "passed 14.9x", "silver 20.1x", "gold 37.2x": words, so that nothing is told by colour alone. */
enum { PC_STANDING_MAX = 32 };
const char *pc_format_standing(const struct pc_status *status, char buf[PC_STANDING_MAX]);

struct pc_progress_row {
    const struct pc_exercise *exercise;
    struct pc_status status;
    struct pc_card_status cards; /* of the exercise's topic */
};

/* Append the rows, which are in the order of the course, with a heading for each topic, the
 * cards of the topics that are there as a whole, and a total. */
void pc_progress_text(const struct pc_progress_row *rows, size_t n, struct pc_str *out);

/* Append one line for each attempt, in their order. */
void pc_history_text(const struct pc_attempts *attempts, struct pc_str *out);

/* One JSON document (docs/json.md), ended by a newline; the caller owns it. */
char *pc_progress_json(const struct pc_progress_row *rows, size_t n);

#endif
