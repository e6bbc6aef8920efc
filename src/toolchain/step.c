#include "toolchain/step.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "toolchain/args.h"

enum { WALL_S = 20, OUTPUT_KIB = 256, FILE_MIB = 256, MEMORY_GIB = 2 };

static const char out_of_time[] = "the compiler ran out of time (an endless macro or "
                                  "include?)";
static const char out_of_memory[] =
    "the compiler ran out of its 2 GiB of memory (an endless macro, or a huge array?)";
static const char out_of_file[] =
    "the compiler wrote a file of more than 256 MiB (a huge initialised array?)";
static const char crashed[] =
    "the compiler crashed on this source (very deep nesting, or a bug of its own)";

struct pc_step {
    struct pc_child *child;
    struct pc_str output;
    char *program;
    int64_t wall_ms;
    void (*done)(void *ctx, const struct pc_step_end *end);
    void *ctx;
};

static void step_free(struct pc_step *step)
{
    pc_str_fini(&step->output);
    free(step->program);
    free(step);
}

static void on_data(void *ctx, enum pc_stream stream, const char *data, size_t n)
{
    struct pc_step *step = ctx;
    (void)stream; /* gcc writes messages to one, ld and pkg-config to the other */
    pc_str_add(&step->output, data, n);
}

/* A sentence on why it did not end by itself, in memory of the caller; NULL if it did. */
static char *why_ended(const struct pc_step *step, const struct pc_child_end *end)
{
    switch (end->why) {
    case PC_END_WALL:
        return pc_strfmt("%s ran out of its %g s (%s)", step->program,
                         (double)step->wall_ms / 1000,
                         end->cpu_ns < end->wall_ns / 20
                             ? "it waited, for something else than the processor"
                             : "an endless macro or include?");
    case PC_END_CPU:
        return pc_strdup(out_of_time);
    case PC_END_RESIDENT:
    case PC_END_THREADS:
        return pc_strdup(out_of_memory);
    case PC_END_OUTPUT:
        return pc_strfmt("%s printed more than %d KiB of messages", step->program,
                         OUTPUT_KIB);
    case PC_END_SIGNAL:
        if (end->status == SIGXFSZ)
            return pc_strdup(out_of_file);
        return pc_strfmt("%s died: %s", step->program, strsignal(end->status));
    case PC_END_CANCELLED:
        return pc_strfmt("%s was stopped", step->program);
    case PC_END_EXITED:
        break;
    }
    return NULL;
}

static void on_done(void *ctx, const struct pc_child_end *child)
{
    struct pc_step *step = ctx;
    PC_AUTO(pc_auto_free) char *trouble = why_ended(step, child);
    struct pc_step_end end = {
        .ok = child->why == PC_END_EXITED && child->status == 0,
        .output = pc_str_get(&step->output),
        .n = step->output.len,
        .child = child,
        .trouble = trouble,
    };
    step->done(step->ctx, &end);
    step_free(step);
}

struct pc_step *pc_step_start(struct pc_loop *loop, const struct pc_step_spec *spec,
                              void (*done)(void *ctx, const struct pc_step_end *end),
                              void *ctx, struct pc_err *err)
{
    static const struct pc_child_ops ops = {.data = on_data, .done = on_done};
    struct pc_step *step = pc_alloc(sizeof *step);
    step->program = pc_strdup(spec->program);
    step->done = done;
    step->ctx = ctx;
    step->wall_ms = spec->wall_ms ? spec->wall_ms : WALL_S * 1000;
    /* `spec` is copied by the child, so the environment need not outlive this call. */
    struct pc_words env = {0};
    pc_args_environment(&env, spec->tmp);
    struct pc_child_spec child = {
        .argv = pc_words_argv(spec->argv),
        .env = pc_words_argv(&env),
        .cwd = spec->cwd,
        .wall_ms = step->wall_ms,
        .cpu_s = WALL_S,
        .memory = spec->any_addresses ? 0 : (uint64_t)MEMORY_GIB << 30,
        .file_size = (uint64_t)FILE_MIB << 20,
        .output = OUTPUT_KIB << 10,
    };
    step->child = pc_child_start(loop, &child, &ops, step, err);
    pc_words_fini(&env);
    if (step->child)
        return step;
    step_free(step);
    return NULL;
}

void pc_step_abandon(struct pc_step *step)
{
    if (!step)
        return;
    pc_child_abandon(step->child);
    step_free(step);
}

bool pc_step_lacked_means(const char *output, struct pc_err *err)
{
    static const char disk[] =
        "free some space, or set XDG_CACHE_HOME to a folder with room";
    static const struct {
        const char *words, *remedy;
    } rows[] = {
        {"No space left on device", disk},
        {"Disk quota exceeded", disk},
        {"Read-only file system", disk},
        {"Too many open files", "`ulimit -n` allows more"},
        /* fork() says so, and nothing else that a compiler does. */
        {"Resource temporarily unavailable",
         "too many processes: end some, or allow more with `ulimit -u`"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (strstr(output, rows[i].words))
            return !pc_fail(err, PC_ENVIRONMENT,
                            "the compiler could not do its work: %s (%s)", rows[i].words,
                            rows[i].remedy);
    return false;
}

const char *pc_step_hidden_limit(const char *output)
{
    /* cc only starts cc1, as and ld; when one of them hits a limit cc itself exits in peace
     * and just its words tell. */
    static const struct {
        const char *words, *sentence;
    } rows[] = {
        {"CPU time limit exceeded", out_of_time},
        {"File size limit exceeded", out_of_file},
        {"out of memory", out_of_memory},
        {"virtual memory exhausted", out_of_memory},
        {"Cannot allocate memory", out_of_memory},
        {"bad_alloc", out_of_memory},
        {"Killed signal terminated", out_of_memory},
        {"internal compiler error", crashed},
        {"PLEASE submit a bug report", crashed},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (strstr(output, rows[i].words))
            return rows[i].sentence;
    return NULL;
}
