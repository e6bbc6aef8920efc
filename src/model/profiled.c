#include "model/profiled.h"

#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"

struct pc_kept_profile *pc_kept_profile_create(const struct pc_profiled *found)
{
    struct pc_kept_profile *kept = pc_alloc(sizeof *kept);
    pc_profile_copy(&kept->profile, found->profile);
    kept->bench = pc_strdup(found->bench ? found->bench : "");
    kept->found = *found;
    kept->found.profile = &kept->profile;
    kept->found.bench = kept->bench;
    return kept;
}

void pc_kept_profile_free(struct pc_kept_profile *kept)
{
    if (!kept)
        return;
    pc_profile_fini(&kept->profile);
    free(kept->bench);
    free(kept);
}
