#include "model/profile.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

/* All is added again in its order, so it has the same numbers in the copy. */
static void copy_tables(struct pc_profile *to, const struct pc_profile *from)
{
    for (size_t i = 0; i < from->modules.n; i++)
        pc_profile_module(to, &from->modules.items[i]);
    for (size_t i = 0; i < from->functions.n; i++) {
        const struct pc_function *f = &from->functions.items[i];
        pc_profile_function(to, f->name, f->file, f->line, f->code);
    }
    for (size_t i = 0; i < from->frames.n; i++)
        pc_profile_frame(to, &from->frames.items[i]);
    for (size_t i = 0; i < from->labels.n; i++) {
        const struct pc_label *label = &from->labels.items[i];
        if (label->unit)
            pc_profile_number(to, label->key, strtoll(label->value, NULL, 10), label->unit);
        else
            pc_profile_label(to, label->key, label->value);
    }
}

void pc_profile_copy(struct pc_profile *to, const struct pc_profile *from)
{
    *to = (struct pc_profile){.kind = from->kind,
                              .n_types = from->n_types,
                              .main = from->main,
                              .when = from->when,
                              .wall_ns = from->wall_ns,
                              .cpu_ns = from->cpu_ns,
                              .period = from->period,
                              .taken = from->taken,
                              .lost = from->lost,
                              .broken = from->broken,
                              .ops = from->ops,
                              .hz = from->hz,
                              .threads = from->threads};
    for (size_t i = 0; i < from->n_types; i++) {
        to->types[i].name = pc_strdup(from->types[i].name);
        to->types[i].unit = pc_strdup(from->types[i].unit);
    }
    copy_tables(to, from);
    for (size_t i = 0; i < from->samples.n; i++) {
        const struct pc_profile_sample *sample = &from->samples.items[i];
        pc_profile_add(to, sample->frames, sample->n, sample->labels, sample->n_labels,
                       sample->values);
    }
    to->source = from->source ? pc_strdup(from->source) : NULL;
    to->source_name = from->source_name ? pc_strdup(from->source_name) : NULL;
}
