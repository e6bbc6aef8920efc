#include "report/alloc_counts.h"

#include <stdlib.h>
#include <string.h>

bool pc_alloc_is_counted(const struct pc_profile *profile)
{
    static const char *const names[] = {[PC_ALLOC_OBJECTS] = "alloc_objects",
                                        [PC_ALLOC_BYTES] = "alloc_space",
                                        [PC_ALLOC_LIVE_OBJECTS] = "inuse_objects",
                                        [PC_ALLOC_LIVE_BYTES] = "inuse_space"};
    bool counted = profile->kind == PC_PROFILE_ALLOC && profile->period <= 1 &&
                   profile->n_types == PC_ALLOC_VALUES;
    for (size_t type = 0; counted && type < PC_ALLOC_VALUES; type++)
        counted = strcmp(profile->types[type].name, names[type]) == 0;
    return counted;
}

void pc_alloc_counts_init(struct pc_alloc_counts *counts, const struct pc_profile *profile,
                          const struct pc_look *look)
{
    *counts = (struct pc_alloc_counts){.profile = profile,
                                       .per = profile->ops > 0 ? (double)profile->ops : 1};
    for (size_t type = 0; type < PC_ALLOC_VALUES; type++) {
        struct pc_alloc_column *column = &counts->columns[type];
        struct pc_look at = *look;
        at.type = type;
        pc_stacks_init(&column->stacks, profile, &at);
        column->functions = pc_sums_make(&column->stacks, NULL, profile->functions.n);
        pc_lines_make(&column->lines, &column->stacks,
                      profile->source_name ? profile->source_name : "");
    }
}

void pc_alloc_counts_fini(struct pc_alloc_counts *counts)
{
    for (size_t type = 0; type < PC_ALLOC_VALUES; type++) {
        struct pc_alloc_column *column = &counts->columns[type];
        pc_lines_fini(&column->lines);
        free(column->functions);
        pc_stacks_fini(&column->stacks);
    }
}
