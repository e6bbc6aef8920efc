/*
 * Profiles as files: those of other tools, and the source as it was profiled beside them.
 */
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "engine/profile.h"
#include "profile/folded.h"
#include "profile/pprof.h"

bool pc_profile_read(const char *path, struct pc_profile *profile, struct pc_err *err)
{
    bool fine = pc_pprof_read(path, profile, err);
    /* Whoever named a file that is not there made a mistake; the machine did not. */
    if (!fine && err)
        err->code = PC_USAGE;
    return fine;
}

bool pc_profile_write(const char *folder, const struct pc_profile *profile,
                      struct pc_words *files, struct pc_err *err)
{
    /* As everybody's tools call them. */
    const char *kind = profile->kind == PC_PROFILE_ALLOC ? "heap"
                       : profile->kind == PC_PROFILE_LOCK
                           ? "mutex"
                           : pc_profile_kind_name(profile->kind);
    PC_AUTO(pc_auto_free) char *pprof = pc_strfmt("%s/%s.pb.gz", folder, kind);
    PC_AUTO(pc_auto_free) char *folded = pc_strfmt("%s/%s.folded", folder, kind);
    if (!pc_mkdirs(folder, err) || !pc_pprof_write(pprof, profile, err))
        return false;
    pc_words_add(files, pprof);
    if (!pc_folded_write(folded, profile, profile->main, err))
        return false;
    pc_words_add(files, folded);
    if (!profile->source)
        return true;
    PC_AUTO(pc_auto_free) char *source = pc_path_join(folder, profile->source_name);
    if (!pc_file_write(source, profile->source, strlen(profile->source), err))
        return false;
    pc_words_add(files, source);
    return true;
}
