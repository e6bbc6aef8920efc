#include "runner/launch.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"

enum { DEFAULT_WALL_MS = 10000 };

/* A host has nothing to write to files, and little to say outside of the protocol. */
static const uint64_t default_memory = UINT64_C(1) << 30;
static const uint64_t file_limit = UINT64_C(16) << 20;
static const uint64_t output_limit = UINT64_C(1) << 20;

bool pc_host_init(struct pc_host *host, const struct pc_host_spec *spec, struct pc_err *err)
{
    *host = (struct pc_host){
        .libexec = pc_path_absolute(spec->libexec, err),
        .memory = spec->memory ? spec->memory : default_memory,
        .wall_ms = spec->wall_ms ? spec->wall_ms : DEFAULT_WALL_MS,
    };
    if (host->libexec)
        host->work_dir = pc_path_absolute(spec->work_dir, err);
    if (host->work_dir)
        return true;
    pc_host_fini(host);
    return false;
}

void pc_host_fini(struct pc_host *host)
{
    free(host->libexec);
    free(host->work_dir);
    *host = (struct pc_host){0};
}

static void add_word(struct pc_words *words, const char *fmt, va_list ap)
    __attribute__((format(printf, 2, 0)));

static void add_word(struct pc_words *words, const char *fmt, va_list ap)
{
    struct pc_str word = {0};
    pc_str_vaddf(&word, fmt, ap);
    *PC_PUSH(words) = pc_str_take(&word);
}

static void fini_words(struct pc_words *words)
{
    for (size_t i = 0; i < words->n; i++)
        free(words->items[i]);
    free(words->items);
    *words = (struct pc_words){0};
}

void pc_launch_arg(struct pc_launch *launch, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add_word(&launch->argv, fmt, ap);
    va_end(ap);
}

void pc_launch_env(struct pc_launch *launch, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    add_word(&launch->env, fmt, ap);
    va_end(ap);
}

void pc_launch_init(struct pc_launch *launch, const struct pc_host *host, const char *name)
{
    *launch = (struct pc_launch){0};
    launch->spec = (struct pc_child_spec){
        .cwd = host->work_dir,
        .wall_ms = host->wall_ms,
        .file_size = file_limit,
        .output = output_limit,
    };
    pc_launch_arg(launch, "%s/%s", host->libexec, name);
    pc_launch_env(launch, "PATH=/usr/bin:/bin");
    pc_launch_env(launch, "LC_ALL=C");
    /* A kernel built with initial-exec thread-locals takes them from this reserve. */
    pc_launch_env(launch, "GLIBC_TUNABLES=glibc.rtld.optional_static_tls=65536");
    const char *sandbox = getenv("PERFCOURSE_SANDBOX");
    if (sandbox)
        pc_launch_env(launch, "PERFCOURSE_SANDBOX=%s", sandbox);
}

void pc_launch_fini(struct pc_launch *launch)
{
    fini_words(&launch->argv);
    fini_words(&launch->env);
}

/* The array stays the same, with a NULL behind its last word. */
static const char *const *terminated(struct pc_words *words)
{
    pc_reserve(&words->items, &words->cap, words->n + 1, sizeof *words->items);
    words->items[words->n] = NULL;
    return (const char *const *)words->items;
}

const struct pc_child_spec *pc_launch_spec(struct pc_launch *launch)
{
    launch->spec.argv = terminated(&launch->argv);
    launch->spec.env = terminated(&launch->env);
    return &launch->spec;
}
