/*
 * What `perfcourse doctor` found, for a person and for programs.
 */
#ifndef PC_REPORT_HEALTH_H
#define PC_REPORT_HEALTH_H

#include "base/err.h"
#include "base/str.h"
#include "model/health.h"

/* What the screen and the course are like; the front end knows. */
struct pc_surroundings {
    const char *course, *cache; /* folders; `cache` may be NULL */
    size_t topics, exercises;
    const char *locale, *term;
    bool utf8, is_terminal, colors;
    size_t columns, rows; /* 0 when they are not known */
};

/* Lines "name:   text"; texts begin in column PC_HEALTH_INDENT. */
enum { PC_HEALTH_INDENT = 12 };
void pc_surroundings_text(const struct pc_surroundings *around, struct pc_str *out);
void pc_health_text(const struct pc_health *health, struct pc_str *out);

/* "reliable", "slow", "unreliable". */
const char *pc_trust_name(enum pc_trust trust);

/* One JSON document (docs/json.md), ended by a newline; the caller owns it. */
char *pc_health_json(const struct pc_health *health, const struct pc_surroundings *around,
                     enum pc_code code);

#endif
