/*
 * A comparison of benchmark results for a person, for a screen reader, for a spreadsheet
 * and for programs.
 */
#ifndef PC_REPORT_COMPARE_H
#define PC_REPORT_COMPARE_H

#include <stddef.h>

#include "base/str.h"
#include "benchfmt/compare.h"

enum { PC_CELL_MAX = 48 };

/* Append tables at most `width` columns wide, as far as the names of benchmarks allow. */
void pc_compare_text(const struct pc_comparison *comparison, size_t width,
                     struct pc_str *out);

/* Append the same in sentences, one for each benchmark. */
void pc_compare_sentences(const struct pc_comparison *comparison, struct pc_str *out);

/* Append one line for each benchmark and unit, in the form of RFC 4180, below a line of
 * headings. */
void pc_compare_csv(const struct pc_comparison *comparison, struct pc_str *out);

/* One JSON document (docs/json.md), ended by a newline; the caller owns it. */
char *pc_compare_json(const struct pc_comparison *comparison);

/* What text and sentences have in common. */

/* A value of a metric with four digits, scaled as `like` would be, which keeps two values
 * of a row comparable: "2.210 us", "0.981 us". */
const char *pc_compare_value(double value, double like, const char *unit,
                             char cell[PC_CELL_MAX]);

/* How far the interval reaches from the centre: "2%", "?" when it cannot be told. */
const char *pc_compare_spread(const struct pc_compare_side *side, char cell[PC_CELL_MAX]);

/* "-4.20%", "~" when no difference was shown, "?" when there is no ratio. */
const char *pc_compare_change(const struct pc_compare_row *row, char cell[PC_CELL_MAX]);

/* "0.016", "<0.001", "exact". */
const char *pc_compare_p(const struct pc_compare_row *row, char cell[PC_CELL_MAX]);

/* "10", or "10+9" of two files. */
const char *pc_compare_runs(const struct pc_compare_row *row, char cell[PC_CELL_MAX]);

/* The value by which both sides of a row are scaled. */
double pc_compare_scale(const struct pc_compare_row *row);

/* Append what a note means, without its end. */
void pc_compare_note(const struct pc_comparison *c, const struct pc_compare_table *table,
                     unsigned note, struct pc_str *out);

/* Append the files, their settings, and in what they differ; and at the end what was found
 * in all. */
void pc_compare_heading(const struct pc_comparison *c, struct pc_str *out);
void pc_compare_ending(const struct pc_comparison *c, struct pc_str *out);

/* Append a text from a file, made harmless. */
void pc_compare_add_name(struct pc_str *out, const char *text);

/* "better", "worse", "other", "same", "unpaired". */
const char *pc_compare_verdict_name(enum pc_compare_verdict verdict);

#endif
