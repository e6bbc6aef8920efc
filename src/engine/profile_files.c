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

/* Whether the source may be written to `path`: a file that is there must be the same, or the one
 * that belongs to the profile `pprof` of before.  Another one is somebody's work. */
static bool may_write(const char *path, const char *pprof, const struct pc_profile *profile,
                      struct pc_err *err)
{
    struct pc_profile before;
    if (!pc_file_exists(path) ||
        pc_file_holds(path, profile->source, strlen(profile->source)))
        return true;
    bool is_ours = false;
    if (pc_pprof_read(pprof, &before, NULL)) {
        is_ours =
            before.source && pc_file_holds(path, before.source, strlen(before.source));
        pc_profile_fini(&before);
    }
    return is_ours ||
           pc_fail(err, PC_ENVIRONMENT,
                   "%s is there and is another one than what was profiled: choose another "
                   "folder, or remove it",
                   path);
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
    PC_AUTO(pc_auto_free) char *source =
        profile->source ? pc_path_join(folder, profile->source_name) : NULL;
    if (!pc_mkdirs(folder, err) || (source && !may_write(source, pprof, profile, err)) ||
        !pc_pprof_write(pprof, profile, err))
        return false;
    pc_words_add(files, pprof);
    if (!pc_folded_write(folded, profile, profile->main, err))
        return false;
    pc_words_add(files, folded);
    if (!source)
        return true;
    if (!pc_file_write(source, profile->source, strlen(profile->source), err))
        return false;
    pc_words_add(files, source);
    return true;
}
