#include "tui/profile_columns.h"

#include <stdlib.h>

#include "report/values.h"

void pc_profile_columns_make(struct pc_profile_columns *columns,
                             const struct pc_profile *profile, const struct pc_look *look)
{
    size_t types[PC_PROFILE_VALUES];
    pc_profile_columns_fini(columns);
    size_t n = pc_value_types(profile, types);
    for (size_t i = 0; i < n; i++) {
        struct pc_profile_column *column = &columns->items[columns->n++];
        struct pc_stacks stacks;
        struct pc_look at = *look;
        at.type = column->type = types[i];
        pc_stacks_init(&stacks, profile, &at);
        column->functions = pc_sums_make(&stacks, NULL, profile->functions.n);
        pc_lines_make(&column->lines, &stacks,
                      profile->source_name ? profile->source_name : "");
        pc_stacks_fini(&stacks);
    }
}

void pc_profile_columns_fini(struct pc_profile_columns *columns)
{
    for (size_t i = 0; i < columns->n; i++) {
        free(columns->items[i].functions);
        pc_lines_fini(&columns->items[i].lines);
    }
    *columns = (struct pc_profile_columns){0};
}

size_t pc_profile_columns_next(const struct pc_profile_columns *columns, size_t type)
{
    for (size_t i = 0; i < columns->n; i++)
        if (columns->items[i].type == type)
            return columns->items[(i + 1) % columns->n].type;
    return type;
}
