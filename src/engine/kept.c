#include "engine/kept.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "engine/internal.h"
#include "profile/pprof.h"

enum { FILE_MAX = 4 << 20, FILES_MAX = 32, NAME_LONGEST = 100 };

static char *folder_of(const struct pc_engine *engine, const struct pc_exercise *exercise,
                       struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *state = pc_engine_statedir(engine, err);
    return state ? pc_strfmt("%s/profiles/%s", state, exercise->name) : NULL;
}

/* The kernel had this name in its hands, and it becomes part of a path. */
static bool is_a_name(const char *bench)
{
    size_t n = strspn(bench, "abcdefghijklmnopqrstuvwxyz"
                             "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    return n > 0 && n <= NAME_LONGEST && bench[n] == '\0';
}

/* Of which of the two; the caller owns it. */
static char *path_of(const char *folder, const struct pc_profiled *found, const char *which)
{
    return pc_strfmt("%s/%s-%zu-%s%s.pb.gz", folder, found->bench, found->size,
                     pc_profile_kind_name(found->profile->kind), which);
}

static const char latest[] = "", before_it[] = "-before";

static bool read_kept(const char *path, struct pc_profile *profile)
{
    size_t n;
    PC_AUTO(pc_auto_free) char *bytes = pc_file_read(path, FILE_MAX, &n, NULL);
    return bytes && pc_pprof_decode(bytes, n, profile, NULL);
}

static bool is_of_text(const struct pc_profile *profile, const char *text)
{
    return profile->source && text && strcmp(profile->source, text) == 0;
}

/* Whoever tries many sizes leaves the oldest behind. */
static void drop_oldest(const char *folder)
{
    char **names = pc_dir_names(folder, NULL);
    PC_AUTO(pc_auto_free) char *oldest = NULL;
    struct timespec age = {0};
    size_t n = 0;
    for (char **name = names; name && *name; name++, n++) {
        struct stat st;
        PC_AUTO(pc_auto_free) char *path = pc_path_join(folder, *name);
        if (stat(path, &st) != 0)
            continue;
        bool is_older =
            !oldest || st.st_mtim.tv_sec < age.tv_sec ||
            (st.st_mtim.tv_sec == age.tv_sec && st.st_mtim.tv_nsec < age.tv_nsec);
        if (is_older) {
            age = st.st_mtim;
            free(oldest);
            oldest = PC_TAKE(path);
        }
    }
    if (oldest && n >= FILES_MAX)
        unlink(oldest);
    pc_names_free(names);
}

/* What was the latest becomes the one before, if it is of another text. */
static bool move_latest(const char *path, const char *to, const struct pc_profile *profile,
                        struct pc_err *err)
{
    struct pc_profile old;
    if (!read_kept(path, &old))
        return true;
    bool same = is_of_text(&old, profile->source);
    pc_profile_fini(&old);
    return same || rename(path, to) == 0 || errno == ENOENT ||
           pc_fail_errno(err, "cannot rename %s", path);
}

static bool write_kept(const char *folder, const struct pc_profiled *found,
                       struct pc_err *err)
{
    struct pc_str bytes = {0};
    PC_AUTO(pc_auto_free) char *path = path_of(folder, found, latest);
    PC_AUTO(pc_auto_free) char *before = path_of(folder, found, before_it);
    pc_pprof_encode(found->profile, &bytes);
    drop_oldest(folder);
    bool fine = bytes.len <= FILE_MAX
                    ? move_latest(path, before, found->profile, err) &&
                          pc_file_write(path, bytes.s, bytes.len, err)
                    : pc_fail(err, PC_ENVIRONMENT, "it takes %zu bytes, more than %d",
                              bytes.len, FILE_MAX);
    pc_str_fini(&bytes);
    return fine;
}

/* One that did not come back is no version of the kernel; of what is counted nothing may be
 * what one wants. */
static bool is_worth_it(const struct pc_profiled *found)
{
    const struct pc_profile *profile = found->profile;
    bool is_counted = profile->kind == PC_PROFILE_ALLOC || profile->kind == PC_PROFILE_LOCK;
    return found->crash.ending == PC_ENDING_NONE && is_a_name(found->bench) &&
           (profile->samples.n > 0 || is_counted);
}

void pc_kept_add(struct pc_engine *engine, const struct pc_exercise *exercise,
                 const struct pc_profiled *found)
{
    struct pc_err err;
    if (!is_worth_it(found))
        return;
    PC_AUTO(pc_auto_free) char *folder = folder_of(engine, exercise, &err);
    if (!folder || !pc_mkdirs(folder, &err) || !write_kept(folder, found, &err))
        pc_progress_missed(engine, "the profile", &err);
}

bool pc_kept_before(const struct pc_engine *engine, const struct pc_exercise *exercise,
                    const struct pc_profiled *found, struct pc_profile *before)
{
    const char *const which[] = {latest, before_it};
    PC_AUTO(pc_auto_free) char *folder = folder_of(engine, exercise, NULL);
    for (size_t i = 0; folder && is_a_name(found->bench) && i < PC_COUNT(which); i++) {
        PC_AUTO(pc_auto_free) char *path = path_of(folder, found, which[i]);
        if (!read_kept(path, before))
            continue;
        /* A file that somebody put there may be of anything. */
        if (before->kind == found->profile->kind && before->source &&
            !is_of_text(before, found->profile->source))
            return true;
        pc_profile_fini(before);
    }
    return false;
}
