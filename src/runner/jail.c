#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "runner/launch.h"
#include "runner/runner.h"
#include "runner/talk.h"

struct pc_jail_job {
    struct pc_talk talk;
    struct pc_jail_found found;
    void (*done)(void *ctx, const struct pc_jail_found *found);
    void *ctx;
};

static void free_job(struct pc_jail_job *job)
{
    pc_talk_fini(&job->talk);
    free(job);
}

/* Whether `word` is one of the words of `list`, between commas. */
static bool has_word(const char *list, const char *word)
{
    size_t n = strlen(word);
    for (const char *s = list; *s; s += strcspn(s, ","), s += *s == ',')
        if (strncmp(s, word, n) == 0 && (s[n] == ',' || !s[n]))
            return true;
    return false;
}

static void ok(void *ctx, const struct pc_line *line, int64_t took)
{
    (void)took;
    struct pc_jail_job *job = ctx;
    struct pc_jail_found *found = &job->found;
    const char *level = pc_line_get(line, "jail"), *layers = pc_line_get(line, "layers");
    const char *missing = pc_line_get(line, "missing");
    uint64_t abi;
    if (!level || !layers || !missing || !pc_line_u64(line, "landlock", &abi)) {
        pc_talk_refuse(&job->talk, "its jail cannot be read");
        return;
    }
    *found = (struct pc_jail_found){.is_known = true,
                                    .is_full = strcmp(level, "full") == 0,
                                    .is_off = strcmp(level, "off") == 0,
                                    .limits = has_word(layers, "limits"),
                                    .privileges = has_word(layers, "privileges"),
                                    .seccomp = has_word(layers, "seccomp"),
                                    .landlock = (int)abi};
    snprintf(found->missing, sizeof found->missing, "%s", missing);
    pc_talk_complete(&job->talk);
}

static void over(void *ctx)
{
    struct pc_jail_job *job = ctx;
    const struct pc_crash *crash = &job->talk.ends.crash;
    if (!job->found.is_known)
        snprintf(job->found.missing, sizeof job->found.missing, "%s", crash->what);
    job->done(job->ctx, &job->found);
    free_job(job);
}

struct pc_jail_job *pc_jail_start(struct pc_loop *loop, const struct pc_host_spec *spec,
                                  void (*done)(void *ctx,
                                               const struct pc_jail_found *found),
                                  void *ctx, struct pc_err *err)
{
    static const struct pc_talk_ops ops = {.ok = ok, .over = over};
    struct pc_host host;
    if (!pc_host_init(&host, spec, err))
        return NULL;
    struct pc_jail_job *job = pc_alloc(sizeof *job);
    job->done = done;
    job->ctx = ctx;
    struct pc_launch launch;
    pc_launch_init(&launch, &host, "perfcourse-run");
    pc_launch_arg(&launch, "jail");
    bool fine = pc_talk_start(&job->talk, loop, pc_launch_spec(&launch), &ops, job, err);
    pc_launch_fini(&launch);
    pc_host_fini(&host);
    if (!fine) {
        free(job);
        return NULL;
    }
    pc_talk_order(&job->talk, "hello");
    return job;
}

void pc_jail_cancel(struct pc_jail_job *job)
{
    if (job)
        free_job(job);
}
