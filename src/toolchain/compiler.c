#include "toolchain/compiler.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "toolchain/toolchain.h"

static const char first_line[] = "perfcourse compiler 1";
static const char last_line[] = "end";

static bool is_program(const char *path, struct stat *st)
{
    return stat(path, st) == 0 && S_ISREG(st->st_mode) && access(path, X_OK) == 0;
}

/* The absolute path of a command, NULL when there is none.  Symbolic links stay: some
 * compilers go by the name that they are called by. */
static char *which(const char *name, struct stat *st)
{
    if (strchr(name, '/')) {
        /* Compilers run in scratch folders, where a relative path leads nowhere. */
        char *path = pc_path_absolute(name, NULL);
        if (path && is_program(path, st))
            return path;
        free(path);
        return NULL;
    }
    const char *env = getenv("PATH");
    PC_AUTO(pc_auto_free) char *dirs =
        pc_strdup(env ? env : "/usr/local/bin:/usr/bin:/bin");
    char *rest = NULL;
    for (char *dir = strtok_r(dirs, ":", &rest); dir; dir = strtok_r(NULL, ":", &rest)) {
        PC_AUTO(pc_auto_free) char *path = pc_path_join(dir, name);
        if (dir[0] == '/' && is_program(path, st))
            return PC_TAKE(path);
    }
    return NULL;
}

/* Add what a file is known by without reading it. */
static void hash_file(struct pc_hash *hash, const char *path, const struct stat *st)
{
    pc_hash_adds(hash, path);
    pc_hash_add(hash, &st->st_ino, sizeof st->st_ino);
    pc_hash_add(hash, &st->st_size, sizeof st->st_size);
    pc_hash_add(hash, &st->st_mtim, sizeof st->st_mtim);
}

/* Make `command`, which is taken, that of `tc`, when its first word is a program. */
static bool use_words(struct pc_toolchain *tc, struct pc_words command)
{
    struct stat st;
    tc->path = command.n > 0 ? which(command.items[0], &st) : NULL;
    if (!tc->path) {
        pc_words_fini(&command);
        return false;
    }
    struct pc_hash *hash = pc_hash_create();
    pc_args_hash(&command, hash);
    hash_file(hash, tc->path, &st);
    /* "ccache gcc": the compiler that does the work counts too. */
    for (size_t i = 1; i < command.n; i++) {
        PC_AUTO(pc_auto_free) char *path =
            command.items[i][0] == '-' ? NULL : which(command.items[i], &st);
        if (path)
            hash_file(hash, path, &st);
    }
    pc_hash_finish(hash, tc->key);
    free(command.items[0]);
    command.items[0] = pc_strdup(tc->path);
    tc->command = command;
    return true;
}

/* A program and its arguments, as make and others read CC. */
static bool use(struct pc_toolchain *tc, const char *words)
{
    struct pc_words command = {0};
    pc_args_add_split(&command, words);
    return use_words(tc, command);
}

/* One program, with blanks in its path. */
static bool use_whole(struct pc_toolchain *tc, const char *path)
{
    struct pc_words command = {0};
    pc_words_add(&command, path);
    return use_words(tc, command);
}

/* Why something that was asked for is no program. */
static const char *why_none(const char *asked)
{
    struct stat st;
    if (!strchr(asked, '/') || stat(asked, &st) != 0)
        return "there is no such program";
    return S_ISREG(st.st_mode) ? "it may not be executed (`chmod +x` allows that)"
                               : "it is no program but a folder or a device";
}

struct pc_toolchain *pc_compiler_locate(const char *cc, struct pc_err *err)
{
    static const char *const usual[] = {"gcc", "clang", "cc"};
    struct pc_toolchain *tc = pc_alloc(sizeof *tc);
    const char *env = getenv("CC");
    const char *asked = cc ? cc : env && *env ? env : NULL;
    /* A compiler that was asked for by name is not replaced by another in silence. */
    bool found = asked && (use(tc, asked) || use_whole(tc, asked));
    for (size_t i = 0; !asked && !found && i < PC_COUNT(usual); i++)
        found = use(tc, usual[i]);
    if (found)
        return tc;
    if (asked)
        pc_fail(err, PC_ENVIRONMENT, "no compiler '%s' (from %s): %s", asked,
                cc ? "--cc" : "CC", why_none(asked));
    else
        pc_fail(err, PC_ENVIRONMENT,
                "no C compiler found (tried gcc, clang, cc): install "
                "one with `apt install gcc`");
    pc_toolchain_free(tc);
    return NULL;
}

bool pc_toolchain_exists(const char *cc)
{
    struct pc_toolchain *tc = pc_compiler_locate(cc, NULL);
    pc_toolchain_free(tc);
    return tc != NULL;
}

bool pc_compiler_recall(struct pc_toolchain *tc, const char *path)
{
    PC_AUTO(pc_auto_free) char *text = pc_file_read(path, 1 << 16, NULL, NULL);
    char *rest = NULL, *line = text ? strtok_r(text, "\n", &rest) : NULL;
    if (!line || strcmp(line, first_line) != 0)
        return false;
    struct pc_toolchain seen = {0};
    bool whole = false;
    while (!whole && (line = strtok_r(NULL, "\n", &rest))) {
        char *value = strchr(line, ' ');
        if (value)
            *value++ = '\0';
        if (!value)
            whole = strcmp(line, last_line) == 0;
        else if (strcmp(line, "flag") == 0)
            pc_words_add(&seen.flags, value);
        else if (strcmp(line, "version") == 0 && !seen.version)
            seen.version = pc_strdup(value);
        else if (strcmp(line, "json") == 0)
            seen.json = strcmp(value, "yes") == 0;
    }
    whole = whole && seen.version && seen.flags.n > 0;
    if (!whole) {
        pc_words_fini(&seen.flags);
        free(seen.version);
        return false;
    }
    tc->flags = seen.flags;
    tc->version = seen.version;
    tc->json = seen.json;
    tc->sanitizes = true;
    return true;
}

bool pc_compiler_remember(const struct pc_toolchain *tc, const char *path,
                          struct pc_err *err)
{
    struct pc_str text = {0};
    pc_str_addf(&text, "%s\nversion %s\njson %s\n", first_line, tc->version,
                tc->json ? "yes" : "no");
    for (size_t i = 0; i < tc->flags.n; i++)
        pc_str_addf(&text, "flag %s\n", tc->flags.items[i]);
    pc_str_addf(&text, "%s\n", last_line);
    bool ok = pc_file_write_cache(path, text.s, text.len, err);
    pc_str_fini(&text);
    return ok;
}

void pc_toolchain_free(struct pc_toolchain *tc)
{
    if (!tc)
        return;
    pc_words_fini(&tc->command);
    pc_words_fini(&tc->flags);
    free(tc->path);
    free(tc->version);
    free(tc->cache);
    free(tc->include_dir);
    free(tc->library);
    free(tc);
}

const char *pc_toolchain_path(const struct pc_toolchain *tc)
{
    return tc->path;
}

/* What only makes the compiler say more or less. */
static bool shapes_messages(const char *flag)
{
    static const char *const beginnings[] = {"-W", "-fmax-errors", "-fdiagnostics",
                                             "-fno-caret", "-fno-diagnostics"};
    for (size_t i = 0; i < PC_COUNT(beginnings); i++)
        if (strncmp(flag, beginnings[i], strlen(beginnings[i])) == 0)
            return true;
    return false;
}

char *pc_toolchain_flags(const struct pc_toolchain *tc)
{
    struct pc_str text = {0};
    for (size_t i = 0; i < tc->flags.n; i++)
        if (!shapes_messages(tc->flags.items[i]))
            pc_str_addf(&text, "%s%s", text.len ? " " : "", tc->flags.items[i]);
    return pc_str_take(&text);
}

const char *pc_toolchain_version(const struct pc_toolchain *tc)
{
    return tc->version;
}

const char *pc_toolchain_key(const struct pc_toolchain *tc)
{
    return tc->key;
}

bool pc_toolchain_sanitizes(const struct pc_toolchain *tc)
{
    return tc->sanitizes;
}
