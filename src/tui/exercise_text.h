/*
 * An exercise and its latest check as Markdown, for the reader.
 */
#ifndef PC_TUI_EXERCISE_TEXT_H
#define PC_TUI_EXERCISE_TEXT_H

#include "base/str.h"
#include "model/course.h"
#include "model/event.h"
#include "model/metric.h"

/* Title, story and goals. */
void pc_exercise_text_head(struct pc_str *out, const struct pc_exercise *exercise,
                           const struct pc_limits *limits, const char *kernel);

/* What an event adds to the section "Check"; nothing for events that only tell progress. */
void pc_exercise_text_event(struct pc_str *out, const struct pc_event *event);

/* The hints up to `level`. */
void pc_exercise_text_hints(struct pc_str *out, const struct pc_exercise *exercise,
                            int level);

#endif
