/*
 * The escape report as text and as JSON (docs/json.md).
 */
#ifndef PC_REPORT_ESCAPE_H
#define PC_REPORT_ESCAPE_H

#include "base/err.h"
#include "base/str.h"
#include "model/course.h"
#include "model/escape.h"

/* Append it, as tables where they fit into `width` columns (0: always), else as a list. */
void pc_escape_text(const struct pc_escape *escape, size_t width, struct pc_str *out);

/* A document of several of them.  `exercise` may be NULL. */
struct pc_escape_json;
struct pc_escape_json *pc_escape_json_create(void);
void pc_escape_json_add(struct pc_escape_json *json, const struct pc_exercise *exercise,
                        const struct pc_escape *escape);

/* The document, which the caller owns; `json` is freed. */
char *pc_escape_json_finish(struct pc_escape_json *json, enum pc_code code);

#endif
