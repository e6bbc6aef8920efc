/*
 * What is to be read beside the plot of an experiment, as styled lines: the question that
 * waits, slopes, predictions and how they came out, notes; and the points as a table.
 */
#ifndef PC_TUI_EXPERIMENT_LINES_H
#define PC_TUI_EXPERIMENT_LINES_H

#include "tui/experiment_state.h"
#include "tui/pager.h"

struct pc_experiment_lines {
    struct pc_experiment_line {
        char *text;
        struct pc_pager_span span;
    } * items;
    size_t n, cap;
};

struct pc_experiment_text {
    const struct pc_experiment *experiment;
    const struct pc_experiment_state *state;
    size_t width;       /* of prose, in columns */
    size_t table_width; /* of the points; 0: without them */
    bool ascii;
};

/* Append everything that was told so far, what is most urgent first. */
void pc_experiment_lines_add(struct pc_experiment_lines *lines,
                             const struct pc_experiment_text *text);

/* Append `n` bytes as one line. */
void pc_experiment_lines_put(struct pc_experiment_lines *lines, enum pc_style style,
                             const char *text, size_t n);

/* Append the points: a column for each series where the width allows it, else one after
 * the other. */
void pc_experiment_lines_add_table(struct pc_experiment_lines *lines,
                                   const struct pc_experiment_text *text);

/* The same lines for a pager; the caller frees the array, the texts stay here. */
struct pc_pager_line *pc_experiment_lines_paged(const struct pc_experiment_lines *lines);

void pc_experiment_lines_fini(struct pc_experiment_lines *lines);

#endif
