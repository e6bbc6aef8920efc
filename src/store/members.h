/*
 * Members of a JSON object from outside: each is there, of its kind and within its bounds,
 * or the object is refused (PC_USAGE) with a sentence that names the member.
 */
#ifndef PC_STORE_MEMBERS_H
#define PC_STORE_MEMBERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "base/err.h"
#include "model/attempt.h"

/* A text of less than `max` bytes, which stays the object's; NULL when refused. */
const char *pc_member_string(const json_t *object, const char *key, size_t max,
                             struct pc_err *err);
bool pc_member_copy(const json_t *object, const char *key, char to[PC_NAME_MAX],
                    struct pc_err *err);

/* The name of an exercise: a C identifier. */
bool pc_member_name(const json_t *object, const char *key, char to[PC_NAME_MAX],
                    struct pc_err *err);

/* The hash of a content: 32 hexadecimal digits. */
bool pc_member_content(const json_t *object, const char *key, char to[PC_CONTENT_HEX],
                       struct pc_err *err);
bool pc_member_integer(const json_t *object, const char *key, json_int_t low,
                       json_int_t high, int64_t *to, struct pc_err *err);

/* Null is 0. */
bool pc_member_optional(const json_t *object, const char *key, json_int_t low,
                        json_int_t high, int64_t *to, struct pc_err *err);
bool pc_member_time(const json_t *object, const char *key, int64_t *to, struct pc_err *err);
bool pc_member_flag(const json_t *object, const char *key, bool *to, struct pc_err *err);

/* A number from 0; null is NAN. */
bool pc_member_ratio(const json_t *object, const char *key, double *to, struct pc_err *err);

/* "metrics": {NAME: [min, max, mean]}, added to `metrics`. */
bool pc_member_metrics(const json_t *object, struct pc_metrics *metrics,
                       struct pc_err *err);

/* Bytes from pairs of hexadecimal digits; the caller owns them. */
bool pc_unhex(const char *hex, char **bytes, size_t *n, struct pc_err *err);

#endif
