#include "runner/launch.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"

/* To walk a stack, also on a machine that is busy. */
enum { LAST_WORD_MS = 250 };

/* A host has nothing to write to files, and little to say outside of the protocol. */
static const uint64_t default_memory = UINT64_C(1) << 30;
static const uint64_t file_limit = UINT64_C(16) << 20;
static const uint64_t output_limit = UINT64_C(1) << 20;

bool pc_host_init(struct pc_host *host, const struct pc_host_spec *spec, struct pc_err *err)
{
    *host = (struct pc_host){
        .libexec = pc_path_absolute(spec->libexec, err),
        .memory = spec->memory ? spec->memory : default_memory,
        .wall_ms = spec->wall_ms ? spec->wall_ms : PC_HOST_WALL_MS,
    };
    if (spec->counter)
        host->counter = pc_strdup(spec->counter);
    if (spec->reads)
        host->reads = pc_path_absolute(spec->reads, NULL);
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
    free(host->counter);
    free(host->reads);
    *host = (struct pc_host){0};
}

void pc_launch_arg(struct pc_launch *launch, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    pc_words_vaddf(&launch->argv, fmt, ap);
    va_end(ap);
}

void pc_launch_env(struct pc_launch *launch, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    pc_words_vaddf(&launch->env, fmt, ap);
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
        .last_word_ms = LAST_WORD_MS,
    };
    pc_launch_arg(launch, "%s/%s", host->libexec, name);
    pc_launch_env(launch, "PATH=/usr/bin:/bin");
    pc_launch_env(launch, "LC_ALL=C");
    /* A kernel built with initial-exec thread-locals takes them from this reserve. */
    pc_launch_env(launch, "GLIBC_TUNABLES=glibc.rtld.optional_static_tls=65536");
    const char *sandbox = getenv("PERFCOURSE_SANDBOX");
    if (sandbox)
        pc_launch_env(launch, "PERFCOURSE_SANDBOX=%s", sandbox);
    if (host->counter)
        pc_launch_env(launch, "PERFBENCH_COUNT=%s", host->counter);
}

void pc_launch_fini(struct pc_launch *launch)
{
    pc_words_fini(&launch->argv);
    pc_words_fini(&launch->env);
}

const struct pc_child_spec *pc_launch_spec(struct pc_launch *launch)
{
    launch->spec.argv = pc_words_argv(&launch->argv);
    launch->spec.env = pc_words_argv(&launch->env);
    return &launch->spec;
}
