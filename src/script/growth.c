#include "script/growth.h"

#include <math.h>
#include <stdio.h>

#include "base/mem.h"

/* A span of less says little about the exponent: at 4 an error of 7 % in a time is one of
 * 0.05 in the exponent. */
enum { SPAN_MIN = 4, SPAN_USUAL = 16, SIZES_MIN = 3 };

static const struct pc_rule rules[] = {
    {.key = "max", .type = PC_SHAPE_POSITIVE, .required = true},
    {.key = "gold", .type = PC_SHAPE_POSITIVE},
    {.key = "at",
     .type = PC_SHAPE_LIST,
     .item = PC_SHAPE_COUNT,
     .least = SIZES_MIN,
     .most = PC_GROWTH_SIZES},
    {.key = "from", .type = PC_SHAPE_COUNT},
    {.key = "to", .type = PC_SHAPE_COUNT},
    {.key = "bench", .type = PC_SHAPE_NAME},
};
static const struct pc_shape shape = {rules, PC_COUNT(rules), NULL};

static bool read_list(const struct pc_document *doc, const struct pc_value *list,
                      struct pc_growth_limit *growth)
{
    for (size_t i = 0; i < list->n; i++) {
        size_t size = (size_t)list->items[i].value.number;
        if (i > 0 && size <= growth->sizes[i - 1])
            return pc_document_fail(doc, list->items[i].value.line,
                                    "growth.at[%zu] must be above the size before, %zu, "
                                    "got %zu",
                                    i + 1, growth->sizes[i - 1], size);
        growth->sizes[growth->n++] = size;
    }
    return true;
}

static bool read_sizes(const struct pc_document *doc, const struct pc_value *v,
                       const struct pc_speed_limit *speed, struct pc_growth_limit *growth)
{
    const struct pc_value *list = pc_value_find(v, "at");
    size_t from = (size_t)pc_value_number(v, "from", 0);
    size_t to = (size_t)pc_value_number(v, "to", 0);
    if (list && (from || to))
        return pc_document_fail(doc, list->line,
                                "growth has either at, or from and to, not both");
    if (list && !read_list(doc, list, growth))
        return false;
    if (!list && !from && !to) {
        to = speed->at;
        from = to / SPAN_USUAL;
    }
    if (!list && (from == 0 || to == 0))
        return pc_document_fail(doc, v->line,
                                "growth needs sizes: from and to, or a list at");
    if (list) {
        from = growth->sizes[0];
        to = growth->sizes[growth->n - 1];
    }
    if (to / SPAN_MIN < from)
        return pc_document_fail(doc, v->line,
                                "growth needs sizes that span a factor of %d, got %zu to "
                                "%zu",
                                SPAN_MIN, from, to);
    if (!list)
        pc_growth_spread(from, to, growth);
    return growth->n >= SIZES_MIN ||
           pc_document_fail(doc, v->line, "growth needs %d different sizes", SIZES_MIN);
}

bool pc_growth_read(const struct pc_document *doc, const struct pc_value *v,
                    const struct pc_speed_limit *speed, struct pc_growth_limit *growth)
{
    if (!v)
        return true;
    if (!pc_shape_check(doc, "growth", v, &shape))
        return false;
    *growth = (struct pc_growth_limit){
        .set = true,
        .max = pc_value_number(v, "max", NAN),
        .gold = pc_value_number(v, "gold", NAN),
    };
    const struct pc_value *bench = pc_value_find(v, "bench");
    snprintf(growth->bench, sizeof growth->bench, "%s", bench ? bench->text : speed->bench);
    if (growth->gold > growth->max)
        return pc_document_fail(doc, pc_value_line(v, "gold"),
                                "growth.gold must be at most max, %g, got %g", growth->max,
                                growth->gold);
    return read_sizes(doc, v, speed, growth);
}
