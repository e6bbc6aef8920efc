#include "store/members.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"

/* A time beyond the year 4000 is no time but a mistake. */
static const json_int_t when_max = 64060588800000;

const char *pc_member_string(const json_t *line, const char *key, size_t max,
                             struct pc_err *err)
{
    const json_t *v = json_object_get(line, key);
    if (json_is_string(v) && json_string_length(v) < max)
        return json_string_value(v);
    pc_fail(err, PC_USAGE, "\"%s\" must be a text of at most %zu bytes", key, max - 1);
    return NULL;
}

bool pc_member_copy(const json_t *line, const char *key, char to[PC_NAME_MAX],
                    struct pc_err *err)
{
    const char *s = pc_member_string(line, key, PC_NAME_MAX, err);
    if (s)
        strcpy(to, s);
    return s != NULL;
}

bool pc_member_name(const json_t *line, const char *key, char to[PC_NAME_MAX],
                    struct pc_err *err)
{
    if (!pc_member_copy(line, key, to, err))
        return false;
    bool good = to[0] && !isdigit((unsigned char)to[0]);
    for (const char *p = to; *p; p++)
        good = good && (isalnum((unsigned char)*p) || *p == '_');
    return good || pc_fail(err, PC_USAGE, "\"%s\" must be the name of an exercise", key);
}

bool pc_member_content(const json_t *line, const char *key, char to[PC_CONTENT_HEX],
                       struct pc_err *err)
{
    const char *s = pc_member_string(line, key, PC_CONTENT_HEX, err);
    if (!s)
        return false;
    if (strspn(s, "0123456789abcdef") != PC_CONTENT_HEX - 1)
        return pc_fail(err, PC_USAGE, "\"%s\" must be 32 hexadecimal digits", key);
    strcpy(to, s);
    return true;
}

bool pc_member_integer(const json_t *line, const char *key, json_int_t low, json_int_t high,
                       int64_t *to, struct pc_err *err)
{
    const json_t *v = json_object_get(line, key);
    if (!json_is_integer(v) || json_integer_value(v) < low || json_integer_value(v) > high)
        return pc_fail(err, PC_USAGE, "\"%s\" must be a whole number from %lld to %lld",
                       key, (long long)low, (long long)high);
    *to = json_integer_value(v);
    return true;
}

bool pc_member_optional(const json_t *line, const char *key, json_int_t low,
                        json_int_t high, int64_t *to, struct pc_err *err)
{
    *to = 0;
    return json_is_null(json_object_get(line, key)) ||
           pc_member_integer(line, key, low, high, to, err);
}

bool pc_member_time(const json_t *line, const char *key, int64_t *to, struct pc_err *err)
{
    return pc_member_integer(line, key, 1, when_max, to, err);
}

bool pc_member_flag(const json_t *line, const char *key, bool *to, struct pc_err *err)
{
    const json_t *v = json_object_get(line, key);
    if (!json_is_boolean(v))
        return pc_fail(err, PC_USAGE, "\"%s\" must be true or false", key);
    *to = json_is_true(v);
    return true;
}

/* Null is NAN. */
bool pc_member_ratio(const json_t *line, const char *key, double *to, struct pc_err *err)
{
    const json_t *v = json_object_get(line, key);
    *to = json_is_null(v) ? (double)NAN : json_number_value(v);
    return json_is_null(v) || (json_is_number(v) && *to >= 0) ||
           pc_fail(err, PC_USAGE, "\"%s\" must be a number from 0, or null", key);
}

bool pc_member_metrics(const json_t *line, struct pc_metrics *metrics, struct pc_err *err)
{
    json_t *all = json_object_get(line, "metrics"), *v;
    const char *name;
    if (!json_is_object(all) || json_object_size(all) > PC_METRICS_MAX)
        return pc_fail(err, PC_USAGE, "\"metrics\" must be an object of at most %d members",
                       PC_METRICS_MAX);
    json_object_foreach(all, name, v)
    {
        struct pc_metric *m = &metrics->items[metrics->n++];
        if (strlen(name) >= sizeof m->name || json_array_size(v) != 3 ||
            !json_is_number(json_array_get(v, 0)) ||
            !json_is_number(json_array_get(v, 1)) || !json_is_number(json_array_get(v, 2)))
            return pc_fail(err, PC_USAGE, "each of \"metrics\" must be [min, max, mean]");
        strcpy(m->name, name);
        m->min = json_number_value(json_array_get(v, 0));
        m->max = json_number_value(json_array_get(v, 1));
        m->mean = json_number_value(json_array_get(v, 2));
    }
    return true;
}

static int digit(char c)
{
    static const char digits[] = "0123456789abcdef";
    const char *p = c ? strchr(digits, c) : NULL;
    return p ? (int)(p - digits) : -1;
}

bool pc_unhex(const char *hex, char **text, size_t *n, struct pc_err *err)
{
    *n = strlen(hex) / 2;
    *text = pc_alloc(*n + 1);
    for (size_t i = 0; i < *n; i++) {
        int high = digit(hex[2 * i]), low = digit(hex[2 * i + 1]);
        if (high < 0 || low < 0)
            return pc_fail(err, PC_USAGE, "\"hex\" must be hexadecimal digits");
        (*text)[i] = (char)(high * 16 + low);
    }
    return true;
}
