#include "engine/jailed.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "engine/pack.h"
#include "loop/ask.h"
#include "script/remote.h"

/* Lua itself may have 64 MiB (script/library.h); the rest is for what it becomes. */
static const uint64_t memory_limit = UINT64_C(256) << 20;
static const uint64_t answer_limit = PC_MESSAGE_MAX + 4096;
static const int64_t ns_per_s = 1000000000;

/* How long the files of a pack that must be stopped may keep the course from beginning. */
enum { LOADING_S = 10 };

void pc_jailed_init(struct pc_jailed *jailed, const struct pc_pack *pack)
{
    const char *sandbox = getenv("PERFCOURSE_SANDBOX");
    *jailed = (struct pc_jailed){.spec = {.cwd = "/",
                                          .cpu_s = PC_JAILED_CPU_S,
                                          .memory = memory_limit,
                                          .file_size = 1,
                                          .output = answer_limit}};
    pc_words_add(&jailed->argv, pack->host);
    pc_words_addf(&jailed->argv, "--memory=%llu", (unsigned long long)memory_limit);
    pc_words_addf(&jailed->argv, "--cpu-s=%d", PC_JAILED_CPU_S);
    pc_words_add(&jailed->env, "LC_ALL=C");
    if (sandbox)
        pc_words_addf(&jailed->env, "PERFCOURSE_SANDBOX=%s", sandbox);
    jailed->spec.argv = pc_words_argv(&jailed->argv);
    jailed->spec.env = pc_words_argv(&jailed->env);
}

void pc_jailed_fini(struct pc_jailed *jailed)
{
    pc_words_fini(&jailed->argv);
    pc_words_fini(&jailed->env);
}

bool pc_jailed_explain(const char *name, const struct pc_child_end *end, struct pc_err *err)
{
    switch (end->why) {
    case PC_END_CPU:
    case PC_END_WALL:
        return pc_fail(err, PC_ENVIRONMENT,
                       "%s: it was stopped after %d s; is there a loop without end?", name,
                       end->why == PC_END_CPU ? PC_JAILED_CPU_S : PC_JAILED_WALL_MS / 1000);
    case PC_END_OUTPUT:
        return pc_fail(err, PC_ENVIRONMENT, "%s: it was stopped: it sent more than %d MiB",
                       name, PC_MESSAGE_MAX >> 20);
    case PC_END_SIGNAL:
        return pc_fail(err, PC_ENVIRONMENT, "%s: the process that ran it died of signal %d",
                       name, end->status);
    case PC_END_EXITED:
    case PC_END_RESIDENT:
    case PC_END_THREADS:
    case PC_END_CANCELLED:
        break;
    }
    return pc_fail(err, PC_ENVIRONMENT,
                   "%s: the process that ran it ended without an answer", name);
}

/* Two looks at a file that has not changed in between. */
static bool is_same(const struct stat *a, const struct stat *b)
{
    return a->st_ino == b->st_ino && a->st_dev == b->st_dev && a->st_size == b->st_size &&
           a->st_mtim.tv_sec == b->st_mtim.tv_sec &&
           a->st_mtim.tv_nsec == b->st_mtim.tv_nsec;
}

static struct pc_stopped_file *find_stopped(struct pc_pack *pack, const char *path)
{
    for (size_t i = 0; i < pack->n; i++)
        if (strcmp(pack->items[i].path, path) == 0)
            return &pack->items[i];
    return NULL;
}

static void remember(struct pc_pack *pack, const char *path, const struct stat *as,
                     const struct pc_child_end *end, const struct pc_err *err)
{
    struct pc_stopped_file *file = find_stopped(pack, path);
    if (!file) {
        file = PC_PUSH(pack);
        file->path = pc_strdup(path);
    }
    file->as = *as;
    file->err = *err;
    pack->stopped_ns += end->wall_ns;
}

/* Ask a process of its own; `end` says how it ended. */
static bool ask(const struct pc_pack *pack, const char *name,
                const struct pc_script_source *source, struct pc_str *answer,
                struct pc_child_end *end, struct pc_err *err)
{
    struct pc_jailed jailed;
    struct pc_str order = {0};
    pc_jailed_init(&jailed, pack);
    jailed.spec.wall_ms = PC_JAILED_WALL_MS;
    pc_remote_file(name, source, &order);
    bool ok =
        pc_child_ask(&jailed.spec, &order, answer, end, err) || pc_while(err, "%s", name);
    pc_str_fini(&order);
    pc_jailed_fini(&jailed);
    return ok;
}

static bool take_answer(const char *name, struct pc_str *answer,
                        const struct pc_child_end *end, struct pc_value *result,
                        struct pc_err *err)
{
    struct pc_message message;
    switch (end->why == PC_END_OUTPUT ? PC_MESSAGE_PART
                                      : pc_message_take(answer, &message)) {
    case PC_MESSAGE_PART:
        return pc_jailed_explain(name, end, err);
    case PC_MESSAGE_GARBAGE:
        return pc_fail(err, PC_ENVIRONMENT, "%s: the process that ran it sent garbage",
                       name);
    case PC_MESSAGE_WHOLE:
        break;
    }
    bool ok = pc_remote_table(name, &message, result, err);
    pc_message_fini(&message);
    return ok;
}

bool pc_jailed_evaluate(void *ctx, const char *path, const char *name,
                        struct pc_value *result, struct pc_err *err)
{
    struct pc_pack *pack = ctx;
    struct pc_stopped_file *stopped = find_stopped(pack, path);
    struct pc_script_source source;
    struct pc_child_end end;
    struct pc_str answer = {0};
    struct stat as = {0};
    *result = (struct pc_value){0};
    stat(path, &as); /* a missing one is found when it is read */
    if (stopped && is_same(&stopped->as, &as)) {
        *err = stopped->err;
        return false;
    }
    if (pack->loading && pack->stopped_ns > LOADING_S * ns_per_s)
        return pc_fail(err, PC_ENVIRONMENT,
                       "%s: it was not read: other files of the pack were stopped, for "
                       "more than %d s together",
                       name, LOADING_S);
    bool ok = pc_script_source_read(path, name, &source, err) &&
              ask(pack, name, &source, &answer, &end, err);
    if (ok && !(ok = take_answer(name, &answer, &end, result, err)) &&
        end.why != PC_END_EXITED)
        remember(pack, path, &as, &end, err);
    pc_str_fini(&answer);
    pc_script_source_fini(&source);
    return ok;
}
