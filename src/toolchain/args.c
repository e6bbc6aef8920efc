#include "toolchain/args.h"

#include <stdbool.h>
#include <string.h>
#include <unistd.h>

#include "base/mem.h"

void pc_args_add_split(struct pc_words *args, const char *text)
{
    static const char blanks[] = " \t\r\n";
    for (const char *p = text + strspn(text, blanks); *p; p += strspn(p, blanks)) {
        size_t n = strcspn(p, blanks);
        pc_words_addf(args, "%.*s", (int)n, p);
        p += n;
    }
}

void pc_args_hash(const struct pc_words *args, struct pc_hash *hash)
{
    pc_hash_add(hash, &args->n, sizeof args->n);
    for (size_t i = 0; i < args->n; i++)
        pc_hash_adds(hash, args->items[i]);
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
void pc_args_environment(struct pc_words *args, const char *tmp)
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
            pc_words_add(args, *p);
    }
    pc_words_add(args, "LC_ALL=C");
    pc_words_addf(args, "TMPDIR=%s", tmp);
}
