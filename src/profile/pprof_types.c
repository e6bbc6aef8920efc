#include "profile/pprof_types.h"

#include <string.h>

#include "base/mem.h"

static bool is_same(const struct pc_value_type *a, const struct pc_value_type *b)
{
    return strcmp(a->name, b->name) == 0 && strcmp(a->unit, b->unit) == 0;
}

/* Where each type is among those of the profile; false when any is not there. */
static bool place_all(const struct pc_profile *profile, const struct pc_value_type *types,
                      size_t n, size_t *slots)
{
    bool used[PC_PROFILE_VALUES] = {0};
    for (size_t i = 0; i < n; i++) {
        size_t k = 0;
        while (k < profile->n_types && (used[k] || !is_same(&profile->types[k], &types[i])))
            k++;
        if (k == profile->n_types)
            return false;
        used[k] = true;
        slots[i] = k;
    }
    return n == profile->n_types;
}

static enum pc_profile_kind guess_kind(const struct pc_value_type *type)
{
    if (strcmp(type->unit, "bytes") == 0 || strstr(type->name, "objects"))
        return PC_PROFILE_ALLOC;
    if (strcmp(type->name, "contentions") == 0 || strcmp(type->name, "delay") == 0)
        return PC_PROFILE_LOCK;
    return strcmp(type->name, "wall") == 0 ? PC_PROFILE_WALL : PC_PROFILE_CPU;
}

static size_t find_main(const struct pc_value_type *types, size_t n, const char *name)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(types[i].name, name) == 0)
            return i;
    }
    return n - 1;
}

void pc_pprof_begin(struct pc_profile *profile, const struct pc_value_type *types, size_t n,
                    const char *default_name, size_t *slots)
{
    size_t main = find_main(types, n, default_name);
    for (int kind = PC_PROFILE_CPU; kind <= PC_PROFILE_LOCK; kind++) {
        pc_profile_init(profile, (enum pc_profile_kind)kind);
        if (place_all(profile, types, n, slots)) {
            profile->main = slots[main];
            return;
        }
        pc_profile_fini(profile);
    }
    *profile = (struct pc_profile){.kind = guess_kind(&types[main])};
    for (size_t i = 0; i < n; i++) {
        slots[i] = PC_PROFILE_VALUES;
        bool has_room = profile->n_types + (main > i) < PC_PROFILE_VALUES;
        if (i != main && !has_room)
            continue;
        slots[i] = profile->n_types++;
        profile->types[slots[i]] = (struct pc_value_type){.name = pc_strdup(types[i].name),
                                                          .unit = pc_strdup(types[i].unit)};
    }
    profile->main = slots[main];
}
