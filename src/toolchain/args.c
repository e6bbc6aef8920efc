#include "toolchain/args.h"

#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"
#include "base/str.h"

static void take(struct pc_args *args, char *word)
{
    pc_reserve(&args->items, &args->cap, args->n + 2, sizeof *args->items);
    args->items[args->n++] = word;
    args->items[args->n] = NULL;
}

void pc_args_add(struct pc_args *args, const char *word)
{
    take(args, pc_strdup(word));
}

void pc_args_addf(struct pc_args *args, const char *fmt, ...)
{
    struct pc_str word = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&word, fmt, ap);
    va_end(ap);
    take(args, pc_str_take(&word));
}

void pc_args_add_list(struct pc_args *args, const struct pc_args *more)
{
    for (size_t i = 0; i < more->n; i++)
        pc_args_add(args, more->items[i]);
}

void pc_args_add_split(struct pc_args *args, const char *text)
{
    static const char blanks[] = " \t\r\n";
    for (const char *p = text + strspn(text, blanks); *p; p += strspn(p, blanks)) {
        size_t n = strcspn(p, blanks);
        take(args, pc_strndup(p, n));
        p += n;
    }
}

void pc_args_hash(const struct pc_args *args, struct pc_hash *hash)
{
    pc_hash_add(hash, &args->n, sizeof args->n);
    for (size_t i = 0; i < args->n; i++)
        pc_hash_adds(hash, args->items[i]);
}

void pc_args_fini(struct pc_args *args)
{
    for (size_t i = 0; i < args->n; i++)
        free(args->items[i]);
    free(args->items);
    *args = (struct pc_args){0};
}

const char *const *pc_args_argv(const struct pc_args *args)
{
    return (const char *const *)args->items;
}

/* Whether `variable`, "NAME=VALUE", is called `name`; a name that ends in '*' stands for
 * all that begin so. */
static bool is_called(const char *variable, const char *name)
{
    size_t n = strlen(name);
    if (n > 0 && name[n - 1] == '*')
        return strncmp(variable, name, n - 1) == 0;
    return strncmp(variable, name, n) == 0 && variable[n] == '=';
}

/* A compiler needs most of the environment (PATH, HOME, what ccache reads), so it is ours
 * but for the following.  Messages come in the C locale, the only one we can read. */
void pc_args_environment(struct pc_args *args, const char *tmp)
{
    static const char *const dropped[] = {
        "CPATH",
        "C_INCLUDE_PATH",
        "LIBRARY_PATH",
        "LD_RUN_PATH",
        "DEPENDENCIES_OUTPUT",
        "SUNPRO_DEPENDENCIES",
        "GCC_COLORS",
        "GCC_EXTRA_DIAGNOSTIC_OUTPUT",
        "CCC_OVERRIDE_OPTIONS",
        "LANG",
        "LANGUAGE",
        "LC_*",
        "TMPDIR",
    };
    for (char **p = environ; p && *p; p++) {
        bool drop = false;
        for (size_t i = 0; i < PC_COUNT(dropped) && !drop; i++)
            drop = is_called(*p, dropped[i]);
        if (!drop)
            pc_args_add(args, *p);
    }
    pc_args_add(args, "LC_ALL=C");
    pc_args_addf(args, "TMPDIR=%s", tmp);
}
