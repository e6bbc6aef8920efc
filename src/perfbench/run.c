#include "perfbench/run.h"

#include <stdio.h>

#include "perfbench/format.h"
#include "perfbench/pass.h"

static bool is_bench(const struct bench_run *run)
{
    return run->kind == BENCH_KIND_BENCH;
}

/* A benchmark may be asked for as it is written in C or as it is printed. */
static bool entry_matches(const struct bench_program *program, const struct bench_entry *e)
{
    char printed[BENCH_NAME_MAX];
    if (e->kind == BENCH_KIND_TEST)
        return bench_match_level(&program->run, 0, e->name);
    bench_format_name(printed, sizeof printed, e->name, 1);
    return bench_match_level(&program->bench, 0, e->name) ||
           bench_match_level(&program->bench, 0, printed);
}

bool bench_run_selected(const struct bench_program *program,
                        const struct bench_entry *entry, size_t size)
{
    char name[BENCH_NAME_MAX];
    if (!entry_matches(program, entry))
        return false;
    snprintf(name, sizeof name, "n=%zu", size);
    return entry->n_sizes == 0 || bench_match_level(&program->bench, 1, name);
}

void bench_run_name(char name[BENCH_NAME_MAX], const struct bench_entry *entry, size_t size)
{
    if (entry->n_sizes > 0)
        snprintf(name, BENCH_NAME_MAX, "%s/n=%zu", entry->name, size);
    else
        snprintf(name, BENCH_NAME_MAX, "%s", entry->name);
}

/* What a benchmark did wrong by its shape. */
static void check_shape(struct bench_run *run, const char *file, int line)
{
    if (!is_bench(run) || run->only_subs || run->has_subs || run->finished ||
        run->core.failures > 0)
        return;
    bench_expect_at(&run->core.b, file, line, false, "%s",
                    run->looping
                        ? "left bench_loop() before it ended"
                        : "ran nothing: a benchmark loops while bench_loop(b) is true");
}

/* A run fails with what runs below it. */
static void blame(struct bench_run *parent, const struct bench_run *run)
{
    if (run->core.failures == 0)
        return;
    if (parent->core.failures == 0) {
        parent->blamed = true;
        memcpy(parent->core.failure, run->core.failure, sizeof run->core.failure);
    }
    parent->core.failures++;
}

/* Run, report, clean up. */
static bool complete(struct bench_run *run, const struct bench_entry *entry,
                     void (*fn)(struct bench *b, void *arg), void *arg)
{
    uint64_t began = bench_core_now();
    if (entry)
        entry->run(&run->core.b);
    else
        fn(&run->core.b, arg);
    check_shape(run, entry ? entry->file : run->name, entry ? entry->line : 0);
    if (run->finished)
        bench_core_latency_metrics(&run->core);
    if (!is_bench(run))
        run->elapsed = bench_core_now() - began;
    run->program->report(run);
    bench_core_fini(&run->core);
    return run->core.failures == 0;
}

static void init(struct bench_run *run, struct bench_program *program, enum bench_kind kind,
                 size_t size, uint64_t seed)
{
    *run = (struct bench_run){.program = program, .kind = kind};
    bench_core_init(&run->core, is_bench(run) ? &program->bench_host : &program->test_host,
                    seed, size);
    run->core.owner = run;
    if (is_bench(run) && program->options.latency)
        bench_pace(&run->core.b, 0);
}

static const struct bench_match *filter_of(const struct bench_run *run)
{
    return is_bench(run) ? &run->program->bench : &run->program->run;
}

bool bench_run_entry(struct bench_program *program, size_t index, size_t size,
                     uint64_t seed)
{
    const struct bench_entry *entry = program->entries[index];
    struct bench_run run;
    init(&run, program, (enum bench_kind)entry->kind, size, seed);
    program->entry = index;
    program->size = size;
    program->seed = seed;
    bench_run_name(run.name, entry, size);
    run.level = entry->n_sizes > 0;
    run.only_subs = filter_of(&run)->n > run.level + 1;
    if (program->options.benchmem && is_bench(&run) && !program->tally)
        program->pass = bench_pass_create(program, seed);
    bool passed = complete(&run, entry, NULL, NULL);
    bench_pass_free(program->pass);
    program->pass = NULL;
    return passed;
}

/* Blanks and control characters would break the format of the output. */
static void add_name(struct bench_run *run, const struct bench_run *parent,
                     const char *name)
{
    int n = snprintf(run->name, sizeof run->name, "%s/", parent->name);
    size_t k = (size_t)n < sizeof run->name ? (size_t)n : sizeof run->name - 1;
    for (; *name && k + 1 < sizeof run->name; name++)
        run->name[k++] = (unsigned char)*name <= ' ' || *name == 0x7f ? '_' : *name;
    run->name[k] = '\0';
}

bool bench_run_below(struct bench *b, const char *name,
                     void (*fn)(struct bench *b, void *arg), void *arg)
{
    struct bench_run *parent = bench_run_of(b);
    if (!bench_expect(b, !parent->looping,
                      "bench_run(\"%s\") in a benchmark that loops itself", name))
        return false;
    parent->has_subs = true;
    struct bench_run run;
    init(&run, parent->program, parent->kind, b->size, parent->program->seed);
    run.parent = parent;
    run.level = parent->level + 1;
    add_name(&run, parent, name);
    const struct bench_match *filter = filter_of(&run);
    if (!bench_match_level(filter, run.level, run.name + strlen(parent->name) + 1))
        return false;
    run.only_subs = filter->n > run.level + 1;
    bool passed = complete(&run, NULL, fn, arg);
    blame(parent, &run);
    return passed;
}
