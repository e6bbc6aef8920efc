#include "script/parallel.h"

#include "base/mem.h"

/* With more processors the difference between machines, of caches and sockets, is larger
 * than that between kernels. */
enum { CPUS_USUAL = 8, CPUS_MAX = 1024, LEAST_USUAL = 2 };

static const struct pc_rule rules[] = {
    {.key = "cpus", .type = PC_SHAPE_COUNT},
    {.key = "least", .type = PC_SHAPE_COUNT},
};
static const struct pc_shape shape = {rules, PC_COUNT(rules), NULL};

static bool read_counts(const struct pc_document *doc, const struct pc_value *v,
                        struct pc_speed_limit *speed)
{
    double cpus = CPUS_USUAL, least = LEAST_USUAL;
    if (v->kind == PC_TABLE) {
        if (!pc_shape_check(doc, "speedup.parallel", v, &shape))
            return false;
        cpus = pc_value_number(v, "cpus", cpus);
        least = pc_value_number(v, "least", least);
    } else if (!pc_shape_check_value(doc, "speedup.parallel", v, PC_SHAPE_TRUE)) {
        return false;
    }
    if (cpus > CPUS_MAX || cpus < least)
        return pc_document_fail(doc, v->line,
                                "speedup.parallel.cpus is from least, %g, to %d, got %g",
                                least, CPUS_MAX, cpus);
    speed->cpus = (unsigned)cpus;
    speed->least = (unsigned)least;
    return true;
}

bool pc_parallel_read(const struct pc_document *doc, const struct pc_value *v,
                      struct pc_speed_limit *speed)
{
    const struct pc_value *parallel = pc_value_find(v, "parallel");
    const struct pc_value *efficiency = pc_value_find(v, "efficiency");
    if (parallel && !read_counts(doc, parallel, speed))
        return false;
    if (!efficiency)
        return true;
    if (!parallel)
        return pc_document_fail(doc, efficiency->line,
                                "speedup.efficiency is for each processor, so it needs "
                                "parallel = true");
    if (pc_value_find(v, "min"))
        return pc_document_fail(doc, efficiency->line,
                                "speedup has either min or efficiency, not both");
    speed->per_cpu = true;
    speed->min = efficiency->number;
    return true;
}
