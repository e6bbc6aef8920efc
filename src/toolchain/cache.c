#include "toolchain/cache.h"

#include <dirent.h>
#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"

enum { TEXT_MAX = 1 << 20 };

static const char scratch_prefix[] = "tmp.";

const struct pc_cache_bounds pc_cache_usual = {
    .bytes = 200ull << 20,
    .unused_s = 30 * 86400,
    .safe_s = 3600,
};

char *pc_cache_path(const char *dir, const char *key, const char *suffix)
{
    return pc_strfmt("%s/%s%s", dir, key, suffix);
}

/* Assemblers and linkers write the section headers last, so a file that ends before them
 * was cut. */
static bool is_whole_elf(int fd, const struct stat *st)
{
    Elf64_Ehdr h;
    if (pread(fd, &h, sizeof h, 0) != (ssize_t)sizeof h ||
        memcmp(h.e_ident, ELFMAG, SELFMAG) != 0)
        return false;
    uint64_t table = (uint64_t)h.e_shnum * h.e_shentsize, size = (uint64_t)st->st_size;
    return table > 0 && h.e_shoff <= size && table <= size - h.e_shoff;
}

bool pc_cache_holds(const char *path)
{
    PC_AUTO(pc_auto_close) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || !is_whole_elf(fd, &st))
        return false;
    /* The time of last use is kept as that of modification: many systems mount noatime. */
    futimens(fd, NULL);
    return true;
}

char *pc_cache_text(const char *path, size_t *n)
{
    char *text = pc_file_read(path, TEXT_MAX, n, NULL);
    if (text)
        utimensat(AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW);
    return text;
}

bool pc_cache_keep(const char *made, const char *path, struct pc_err *err)
{
    if (!pc_cache_holds(made))
        return pc_fail(err, PC_ENVIRONMENT,
                       "the compiler said that all is well, and what it made is missing or "
                       "incomplete: it is broken, or somebody removes its files (choose "
                       "another with --cc)");
    /* Another check may have made the same meanwhile, and its jail lets a host read that very
     * file (Landlock knows files, not names), so only a damaged one is replaced. */
    if (renameat2(AT_FDCWD, made, AT_FDCWD, path, RENAME_NOREPLACE) == 0 ||
        (errno == EEXIST && pc_cache_holds(path)) || rename(made, path) == 0)
        return true;
    return pc_fail_errno(err, "cannot write to the cache %s", path);
}

char *pc_cache_scratch(const char *dir, struct pc_err *err)
{
    if (!pc_mkdirs(dir, err))
        return NULL;
    PC_AUTO(pc_auto_free) char *path = pc_strfmt("%s/%sXXXXXX", dir, scratch_prefix);
    if (!mkdtemp(path)) {
        pc_fail_errno(err,
                      "cannot write to the cache %s (set XDG_CACHE_HOME to a folder "
                      "that is yours)",
                      dir);
        return NULL;
    }
    return PC_TAKE(path);
}

void pc_cache_discard(const char *scratch)
{
    enum { TRIES = 100 };
    /* A file that appears behind the walk makes the removal of its folder fail. */
    for (int i = 0; scratch && i < TRIES && !pc_file_remove_tree(scratch, NULL); i++)
        sched_yield();
}

struct entry {
    char *path;
    int64_t used;
    uint64_t size;
};

struct entries {
    struct entry *items;
    size_t n, cap;
    uint64_t bytes;
};

static int by_use(const void *a, const void *b)
{
    int64_t x = ((const struct entry *)a)->used, y = ((const struct entry *)b)->used;
    return (x > y) - (x < y);
}

/* List the files of `dir`, and remove scratch folders that nobody can use any more. */
static bool list(const char *dir, int64_t now, const struct pc_cache_bounds *bounds,
                 struct entries *entries)
{
    DIR *d = opendir(dir);
    if (!d)
        return false;
    for (struct dirent *e; (e = readdir(d));) {
        struct stat st;
        if (e->d_name[0] == '.' ||
            fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) != 0)
            continue;
        PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, e->d_name);
        if (S_ISREG(st.st_mode)) {
            struct entry *entry = PC_PUSH(entries);
            *entry = (struct entry){.path = PC_TAKE(path),
                                    .used = st.st_mtime,
                                    .size = (uint64_t)st.st_blocks * 512};
            entries->bytes += entry->size;
        } else if (S_ISDIR(st.st_mode) && now - st.st_mtime > bounds->safe_s &&
                   strncmp(e->d_name, scratch_prefix, strlen(scratch_prefix)) == 0) {
            pc_file_remove_tree(path, NULL);
        }
    }
    closedir(d);
    return true;
}

void pc_cache_prune(const char *dir, const struct pc_cache_bounds *bounds)
{
    struct entries entries = {0};
    int64_t now = time(NULL);
    pc_file_sweep(dir);
    if (!list(dir, now, bounds, &entries))
        return;
    if (entries.n > 0)
        qsort(entries.items, entries.n, sizeof *entries.items, by_use);
    for (size_t i = 0; i < entries.n; i++) {
        struct entry *entry = &entries.items[i];
        int64_t unused = now - entry->used;
        /* The list begins with the longest unused file, so the first that may stay ends the
         * surplus by size. */
        bool surplus = entries.bytes > bounds->bytes || unused > bounds->unused_s;
        if (surplus && unused >= bounds->safe_s && unlink(entry->path) == 0)
            entries.bytes -= entry->size;
        free(entry->path);
    }
    free(entries.items);
}
