/*
 * What the JSON documents have in common.
 */
#ifndef PC_REPORT_PARTS_H
#define PC_REPORT_PARTS_H

#include <jansson.h>

/* Text from outside may hold anything, JSON wants UTF-8; NULL becomes null. */
json_t *pc_json_text(const char *s);

/* What is not known becomes null. */
json_t *pc_json_number(double v);

/* A profile within another document: all of `perfcourse profile --json` that it is itself. */
struct pc_profiled;
json_t *pc_json_profile(const struct pc_profiled *found);

/* The document as text, ended by a newline, which the caller owns; `root` is freed. */
char *pc_json_dump(json_t *root);

#endif
