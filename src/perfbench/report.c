#include "perfbench/report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#include "perfbench/format.h"
#include "perfbench/pass.h"

/* "file:line: text" in one line; if there are more, the place has one of its own, so that
 * what was expected stands above what came. */
static void print_text(const char *text)
{
    const char *line = strstr(text, ": ");
    if (!line || !strchr(text, '\n')) {
        printf("    %s\n", text);
        return;
    }
    printf("    %.*s:\n", (int)(line - text), text);
    for (line += 2; *line;) {
        int n = (int)strcspn(line, "\n");
        printf("        %.*s\n", n, line);
        line += n + (line[n] == '\n');
    }
}

static void print_failure(const struct bench_run *run, const char *name)
{
    if (run->kind == BENCH_KIND_TEST)
        printf("--- FAIL: %s (%.2fs)\n", name, (double)run->elapsed / 1e9);
    else
        printf("--- FAIL: %s\n", name);
    if (run->blamed)
        return;
    print_text(run->core.failure);
    if (run->core.failures > 1)
        printf("    and %u more failures\n", run->core.failures - 1);
    if (run->kind == BENCH_KIND_TEST)
        printf("    repeat with --run='^%.*s$' --seed=%" PRIu64 "\n",
               (int)strcspn(run->name, "/"), run->name, run->program->seed);
}

static int by_unit(const void *a, const void *b)
{
    return strcmp(((const struct bench_metric *)a)->unit,
                  ((const struct bench_metric *)b)->unit);
}

static bool is_standard(const char *unit)
{
    return strcmp(unit, "ns/op") == 0 || strcmp(unit, "B/op") == 0 ||
           strcmp(unit, "allocs/op") == 0 || strcmp(unit, "MB/s") == 0;
}

/* A metric that the benchmark reported itself takes the place of a standard one. */
static double own_or(const struct bench_run *run, const char *unit, double standard)
{
    for (unsigned k = 0; k < run->core.n_metrics; k++)
        if (strcmp(run->core.metrics[k].unit, unit) == 0)
            return run->core.metrics[k].value;
    return standard;
}

static void print_result(struct bench_run *run, const char *name)
{
    struct bench_program *program = run->program;
    struct bench_core *core = &run->core;
    printf("%-*s\t%8" PRIu64, (int)program->width, name, run->ops);
    double ns = own_or(run, "ns/op", (double)run->elapsed / (double)run->ops);
    if (ns != 0) {
        putchar('\t');
        bench_format_value(stdout, ns, "ns/op");
    }
    double mb = 0;
    if (run->elapsed > 0)
        mb = (double)core->bytes * (double)run->ops / 1e6 / ((double)run->elapsed / 1e9);
    mb = own_or(run, "MB/s", mb);
    if (mb != 0)
        printf("\t%7.2f MB/s", mb);
    qsort(core->metrics, core->n_metrics, sizeof core->metrics[0], by_unit);
    for (unsigned k = 0; k < core->n_metrics; k++)
        if (!is_standard(core->metrics[k].unit)) {
            putchar('\t');
            bench_format_value(stdout, core->metrics[k].value, core->metrics[k].unit);
        }
    double allocs = 0, bytes = 0;
    if (program->pass && bench_pass_find(program->pass, run->name, &allocs, &bytes)) {
        putchar('\t');
        bench_format_count(stdout, own_or(run, "B/op", bytes), "B/op");
        putchar('\t');
        bench_format_count(stdout, own_or(run, "allocs/op", allocs), "allocs/op");
    }
    putchar('\n');
}

static void print_header(const struct bench_program *program)
{
    const char *pkg = program->options.pkg;
    bench_format_header(stdout, pkg ? pkg : program_invocation_short_name, bench_compiler(),
                        program->options.flags);
}

void bench_report_text(struct bench_run *run)
{
    char name[BENCH_NAME_MAX + 32];
    bench_format_name(name, sizeof name, run->name, run->program->cpu);
    if (run->core.failures > 0) {
        print_failure(run, run->kind == BENCH_KIND_TEST ? run->name : name);
    } else if (run->kind == BENCH_KIND_BENCH && !run->has_subs && run->ops > 0) {
        if (!run->program->printed_header)
            print_header(run->program);
        run->program->printed_header = true;
        print_result(run, name);
    }
    /* A kernel that crashes later takes nothing with it. */
    fflush(stdout);
}
