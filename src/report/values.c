#include "report/values.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"

/* By the names that Go's profiles have; what is not here goes by its own. */
static const struct {
    const char *name, *title;
    bool is_minor; /* said by another column nearly as well */
} values[] = {
    {"alloc_objects", "allocs", false}, {"alloc_space", "B", false},
    {"inuse_objects", "live", true},    {"inuse_space", "live-B", false},
    {"calls", "calls", true},           {"contentions", "waits", false},
    {"delay", "waited", false},
};

static size_t find(const struct pc_profile *profile, size_t type)
{
    size_t i = 0;
    while (i < PC_COUNT(values) && strcmp(values[i].name, profile->types[type].name) != 0)
        i++;
    return i;
}

const char *pc_value_title(const struct pc_profile *profile, size_t type,
                           char buf[PC_UNITS_MAX])
{
    size_t i = find(profile, type);
    snprintf(buf, PC_UNITS_MAX, "%.16s%s",
             i < PC_COUNT(values) ? values[i].title : profile->types[type].name,
             profile->ops > 0 ? "/op" : "");
    return buf;
}

size_t pc_value_types(const struct pc_profile *profile, size_t types[PC_PROFILE_VALUES])
{
    size_t n = 0;
    for (size_t type = 0; type < profile->n_types; type++) {
        size_t i = find(profile, type);
        bool is_minor = i < PC_COUNT(values) && values[i].is_minor;
        if (!is_minor && pc_profile_total(profile, type) > 0)
            types[n++] = type;
    }
    return n;
}

const char *pc_value_format(const struct pc_profile *profile, size_t type, double value,
                            char buf[PC_UNITS_MAX])
{
    double each = profile->ops > 0 ? value / (double)profile->ops : value;
    if (strcmp(profile->types[type].unit, "nanoseconds") == 0 && each != 0)
        return pc_format_ns(each, buf);
    /* Beyond a thousand a tenth is as exact as anybody needs. */
    if (fabs(each) < 1000 || each == floor(each))
        return pc_format_count(each, buf);
    snprintf(buf, PC_UNITS_MAX, "%.1f", each);
    return buf;
}
