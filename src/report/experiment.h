/*
 * Experiments as text for a person, line by line, and as one JSON document for programs.
 */
#ifndef PC_REPORT_EXPERIMENT_H
#define PC_REPORT_EXPERIMENT_H

#include <stddef.h>

#include "base/str.h"
#include "model/experiment.h"

/* Append what `event` adds to the report, in lines of at most `width` columns unless it
 * is 0; nothing for PC_EXPERIMENT_WORKING. */
void pc_experiment_text(const struct pc_experiment_event *event, size_t width,
                        struct pc_str *out);

/* Append what is right about a prediction: "about 10 times", or "sort or parse, as far as can be
 * told", each choice between two `quote`s. */
void pc_experiment_truth(const char *const *choices, size_t n, unsigned rights,
                         const char *quote, struct pc_str *out);

struct pc_experiment_json;
struct pc_experiment_json *pc_experiment_json_create(void);

/* Add what an event tells; the last one completes the document. */
void pc_experiment_json_event(struct pc_experiment_json *report,
                              const struct pc_experiment_event *event);

/* The document, ended by a newline; the caller owns it.  Frees the report. */
char *pc_experiment_json_finish(struct pc_experiment_json *report, enum pc_code code);

#endif
