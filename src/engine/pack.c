#include "engine/pack.h"

#include <errno.h>
#include <fts.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/text.h"
#include "engine/jailed.h"

enum { NAME_MAX_BYTES = 100, ENTRIES_MAX = 20000, PATH_BYTES = 4096, SHOWN = 200 };

static bool is_folder(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* Names of files of a pack are as foreign as what is in them. */
static bool refuse(const char *path, const char *why, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *shown = pc_text_harmless(path, strlen(path), SHOWN);
    return pc_fail(err, PC_ENVIRONMENT, "%s: %s", shown, why);
}

/* Nothing of a pack is read through a link that leaves it, by whomever it is read. */
static bool check_link(const char *dir, const char *path, struct pc_err *err)
{
    struct stat st;
    PC_AUTO(pc_auto_free) char *real = realpath(path, NULL);
    return (real && pc_path_is_in(real, dir) && stat(path, &st) == 0 &&
            S_ISREG(st.st_mode)) ||
           refuse(path, "a link in a pack leads to a file of the pack", err);
}

static bool check_entry(const char *dir, const FTSENT *entry, struct pc_err *err)
{
    switch (entry->fts_info) {
    case FTS_D:
    case FTS_DP:
    case FTS_F:
        return true;
    case FTS_SL:
    case FTS_SLNONE:
        return check_link(dir, entry->fts_path, err);
    case FTS_DNR:
    case FTS_ERR:
    case FTS_NS:
        return refuse(entry->fts_path, strerror(entry->fts_errno), err);
    default:
        break;
    }
    return refuse(entry->fts_path, "a pack holds nothing but files and folders", err);
}

static bool check_tree(const char *dir, const char *part, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, part);
    char *const paths[] = {path, NULL};
    if (!pc_file_exists(path))
        return true;
    FTS *walk = fts_open(paths, FTS_PHYSICAL | FTS_NOCHDIR, NULL);
    if (!walk)
        return pc_fail_errno(err, "cannot read %s", path);
    bool ok = true;
    size_t n = 0;
    for (FTSENT *entry; ok && (entry = fts_read(walk));)
        ok = ++n <= ENTRIES_MAX
                 ? check_entry(dir, entry, err)
                 : pc_fail(err, PC_ENVIRONMENT, "%s: more than %d files are no pack", dir,
                           ENTRIES_MAX);
    fts_close(walk);
    return ok;
}

static bool check_name(const char *name, struct pc_err *err)
{
    size_t n = strlen(name);
    PC_AUTO(pc_auto_free) char *harmless = pc_text_harmless(name, n, NAME_MAX_BYTES);
    if (n > 0 && name[0] != '.' && !strchr(name, '\n') && !strchr(name, '\t') &&
        strcmp(harmless, name) == 0)
        return true;
    return pc_fail(err, PC_USAGE,
                   "a pack has the name of its folder, which \"%s\" cannot be: at most %d "
                   "bytes that can be printed, the first of them no dot",
                   harmless, NAME_MAX_BYTES);
}

char *pc_pack_statedir(const char *name, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *state = pc_statedir(err);
    PC_AUTO(pc_auto_free) char *dir = state ? pc_strfmt("%s/packs/%s", state, name) : NULL;
    return dir && pc_mkdirs(dir, err) ? PC_TAKE(dir) : NULL;
}

/* Two packs of the same name would share progress and workspace.  One that was moved, or
 * came anew in another place, is still the same.  Where nothing can be noted down, nothing
 * can be kept either. */
static bool claim_name(const struct pc_pack *pack, struct pc_err *err)
{
    PC_AUTO(pc_auto_free) char *state = pc_pack_statedir(pack->name, NULL);
    if (!state)
        return true;
    PC_AUTO(pc_auto_free) char *note = pc_path_join(state, "folder");
    PC_AUTO(pc_auto_free) char *known = pc_file_read(note, PATH_BYTES, NULL, NULL);
    if (known && strcmp(known, pack->dir) == 0)
        return true;
    PC_AUTO(pc_auto_free) char *lessons = known ? pc_path_join(known, "lessons") : NULL;
    if (lessons && is_folder(lessons))
        return pc_fail(err, PC_USAGE,
                       "there is another pack called %s, in %s: rename one of the two "
                       "folders",
                       pack->name, known);
    pc_file_write_cache(note, pack->dir, strlen(pack->dir), NULL);
    return true;
}

bool pc_pack_has_topics(const struct pc_pack *pack)
{
    PC_AUTO(pc_auto_free) char *lessons = pc_path_join(pack->dir, "lessons");
    char **names = pc_dir_names(lessons, NULL);
    bool any = names && names[0];
    pc_names_free(names);
    return any;
}

static bool find(struct pc_pack *pack, const char *given, bool may_be_empty,
                 struct pc_err *err)
{
    static const char *const parts[] = {"lessons", "exercises", "checks"};
    pack->dir = realpath(given, NULL);
    if (!pack->dir || !is_folder(pack->dir)) {
        if (pack->dir)
            errno = ENOTDIR;
        pc_fail_errno(err, "there is no pack in %s", given);
        err->code = PC_USAGE;
        return false;
    }
    pack->name = pc_strdup(pc_path_base(pack->dir));
    if (!check_name(pack->name, err))
        return false;
    if (!may_be_empty && !pc_pack_has_topics(pack))
        return pc_fail(err, PC_USAGE,
                       "%s is no pack: it has no topic in lessons/; `perfcourse --pack %s "
                       "dev new 01_first_steps` makes one",
                       pack->dir, given);
    for (size_t i = 0; i < PC_COUNT(parts); i++)
        if (!check_tree(pack->dir, parts[i], err))
            return false;
    return claim_name(pack, err);
}

struct pc_pack *pc_pack_open(const char *given, bool may_be_empty, struct pc_err *err)
{
    struct pc_err unused;
    struct pc_pack *pack = pc_alloc(sizeof *pack);
    PC_AUTO(pc_auto_free) char *libexec = NULL;
    if (find(pack, given, may_be_empty, err ? err : &unused) &&
        (libexec = pc_libexecdir(err))) {
        pack->host = pc_path_join(libexec, "perfcourse-lesson");
        pack->evaluator = (struct pc_evaluator){.run = pc_jailed_evaluate, .ctx = pack};
        return pack;
    }
    pc_pack_free(pack);
    return NULL;
}

void pc_pack_free(struct pc_pack *pack)
{
    if (!pack)
        return;
    for (size_t i = 0; i < pack->n; i++)
        free(pack->items[i].path);
    free(pack->items);
    free(pack->dir);
    free(pack->name);
    free(pack->host);
    free(pack);
}
