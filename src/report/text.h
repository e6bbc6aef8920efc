/*
 * Events as lines of text for a person.
 *
 * Plain lines suit a pipe and a screen reader: no escape, no carriage return, one line a
 * result.  On a terminal long lines are broken at words, and a status line shows what is
 * running and is replaced by results.
 */
#ifndef PC_REPORT_TEXT_H
#define PC_REPORT_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"
#include "model/event.h"

struct pc_text_style {
    bool live;    /* a status line that is rewritten */
    bool color;   /* SGR colours */
    bool links;   /* places in the kernel are links to it (OSC 8) */
    size_t width; /* columns of the screen; 0: lines are never broken */
};

/* The state of one report; zeroed at first.  The width may change between two events. */
struct pc_text_report {
    struct pc_text_style style;
    const struct pc_exercise *announced;
    bool status; /* a status line is on the screen */
    bool built, tested;
};

/* Append what `event` adds to the report to `out`; often nothing. */
void pc_text_event(struct pc_text_report *report, const struct pc_event *event,
                   struct pc_str *out);

/* Remove the status line, so that something else can be printed. */
void pc_text_clear(struct pc_text_report *report, struct pc_str *out);

/* Where to go on after a pass: the exercise that follows. */
void pc_text_then(struct pc_text_report *report, const struct pc_exercise *next,
                  struct pc_str *out);

/* A line for several exercises: "2 of 3 passed". */
void pc_text_total(struct pc_text_report *report, int passed, int total,
                   struct pc_str *out);

#endif
