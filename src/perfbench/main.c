/*
 * main() of a bench program.  Alone in its object, so that a program with a main of its own
 * does not get this one.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/random.h>
#include <unistd.h>

#include "perfbench/format.h"
#include "perfbench/profiles.h"
#include "perfbench/report.h"
#include "perfbench/tally.h"

/* Compilers lay out variables as they like, so the order of entries within a file is that
 * of their lines; files stay in the order in which they were linked. */
static bool read_entries(struct bench_program *program)
{
    size_t n;
    const struct bench_entry *const *found = bench_registry(&n);
    const struct bench_entry **sorted = calloc(n + 1, sizeof *sorted);
    if (!sorted)
        return false;
    for (size_t k = 0; k < n; k++) {
        size_t at = k;
        while (at > 0 && strcmp(sorted[at - 1]->file, found[k]->file) == 0 &&
               sorted[at - 1]->line > found[k]->line) {
            sorted[at] = sorted[at - 1];
            at--;
        }
        sorted[at] = found[k];
    }
    program->entries = sorted;
    program->n_entries = n;
    return true;
}

/* Objects and library may come from different installations. */
static bool check_abi(const struct bench_program *program)
{
    for (size_t k = 0; k < program->n_entries; k++)
        if (program->entries[k]->abi != BENCH_ABI) {
            fprintf(stderr, "%s: built for another version of perfbench\n",
                    program->entries[k]->file);
            return false;
        }
    return true;
}

static size_t n_sizes(const struct bench_entry *entry)
{
    return entry->n_sizes > 0 ? entry->n_sizes : 1;
}

static size_t nth_size(const struct bench_entry *entry, size_t n)
{
    return entry->n_sizes > 0 ? entry->sizes[n] : 0;
}

static void list(const struct bench_program *program, const struct bench_match *match)
{
    for (size_t k = 0; k < program->n_entries; k++) {
        const struct bench_entry *entry = program->entries[k];
        char printed[BENCH_NAME_MAX];
        bench_format_name(printed, sizeof printed, entry->name, 1);
        const char *name = entry->kind == BENCH_KIND_TEST ? entry->name : printed;
        if (bench_match_level(match, 0, entry->name) || bench_match_level(match, 0, name))
            puts(name);
    }
}

/* A test starts at a seed that nobody has tried yet, a benchmark always at the same one:
 * results are to be compared. */
static uint64_t pick_seed(const struct bench_program *program, enum bench_kind kind)
{
    uint64_t seed = 1;
    if (program->options.has_seed)
        return program->options.seed;
    if (kind == BENCH_KIND_TEST && getrandom(&seed, sizeof seed, 0) != sizeof seed)
        seed = bench_core_now();
    return seed;
}

/* Every size of an entry that is selected, --count times for each of --cpu. */
static bool run_sizes(struct bench_program *program, size_t index, unsigned *ran)
{
    const struct bench_options *o = &program->options;
    const struct bench_entry *entry = program->entries[index];
    bool passed = true;
    for (size_t s = 0; s < n_sizes(entry); s++) {
        size_t size = nth_size(entry, s);
        if (!bench_run_selected(program, entry, size))
            continue;
        for (unsigned k = 0; k < o->n_cpus * o->count; k++) {
            program->cpu = o->cpus[k / o->count];
            uint64_t seed = pick_seed(program, (enum bench_kind)entry->kind);
            passed &= bench_run_entry(program, index, size, seed);
            ++*ran;
        }
    }
    return passed;
}

static bool run_kind(struct bench_program *program, enum bench_kind kind, unsigned *ran)
{
    bool passed = true;
    for (size_t k = 0; k < program->n_entries; k++)
        if (program->entries[k]->kind == (uint32_t)kind)
            passed &= run_sizes(program, k, ran);
    return passed;
}

/* The longest name of a benchmark with any of --cpu behind it. */
static size_t width_of_name(const struct bench_program *program,
                            const struct bench_entry *entry, size_t size)
{
    char name[BENCH_NAME_MAX], printed[BENCH_NAME_MAX + 32];
    size_t width = 0;
    bench_run_name(name, entry, size);
    for (unsigned c = 0; c < program->options.n_cpus; c++) {
        bench_format_name(printed, sizeof printed, name, program->options.cpus[c]);
        width = strlen(printed) > width ? strlen(printed) : width;
    }
    return width;
}

static unsigned width_of_names(const struct bench_program *program)
{
    size_t width = 0;
    for (size_t k = 0; k < program->n_entries; k++) {
        const struct bench_entry *entry = program->entries[k];
        for (size_t s = 0; entry->kind == BENCH_KIND_BENCH && s < n_sizes(entry); s++)
            if (bench_run_selected(program, entry, nth_size(entry, s))) {
                size_t w = width_of_name(program, entry, nth_size(entry, s));
                width = w > width ? w : width;
            }
    }
    return (unsigned)width;
}

/* A kernel that calls exit(0) is no success, unless in a child that a test made; also frees
 * the program after its end. */
static void at_exit(int status, void *arg)
{
    struct bench_program *program = arg;
    if (program->finished) {
        free(program->entries);
        free(program);
    } else if (!program->options.wire && !program->tally && program->pid == getpid()) {
        fflush(stdout);
        dprintf(STDOUT_FILENO, "--- FAIL: %s\n    exit(%d) was called in it\nFAIL\n",
                program->entries[program->entry]->name, status);
        _exit(1);
    }
}

/* Results that did not reach their reader, on a full disk say, are none. */
static bool printed_all(void)
{
    if (fflush(stdout) == 0 && !ferror(stdout))
        return true;
    fprintf(stderr, "%s: cannot write: %s\n", program_invocation_short_name,
            strerror(errno));
    return false;
}

static int run_text(struct bench_program *program)
{
    const struct bench_options *o = &program->options;
    unsigned tests = 0, benches = 0;
    program->report = bench_report_text;
    program->width = width_of_names(program);
    if (!bench_profiles_start(o))
        return 1;
    bool passed = run_kind(program, BENCH_KIND_TEST, &tests);
    if (tests == 0 && !o->bench)
        fprintf(stderr, "perfbench: warning: no tests to run\n");
    if (passed && o->bench) {
        passed = run_kind(program, BENCH_KIND_BENCH, &benches);
        if (benches == 0)
            fprintf(stderr, "perfbench: warning: no benchmarks to run\n");
    }
    puts(passed ? "PASS" : "FAIL");
    passed &= bench_profiles_stop(o);
    return passed && printed_all() ? 0 : 1;
}

static int usage(const struct bench_options *o, const char *what, const char *why)
{
    fprintf(stderr, "%s: %s%s\nRun with --help for the flags.\n",
            o->pkg ? o->pkg : program_invocation_short_name, what, why);
    return 2;
}

/* One of the things a program can do, with its patterns compiled. */
static int act(struct bench_program *program, const struct bench_match *to_list)
{
    if (program->tally)
        return bench_tally_run(program);
    if (program->options.wire)
        return bench_report_wire(program);
    if (!program->options.list)
        return run_text(program);
    list(program, to_list);
    return printed_all() ? 0 : 1;
}

static int run_program(struct bench_program *program)
{
    const struct bench_options *o = &program->options;
    struct bench_match to_list = {0};
    char why[512];
    int status;
    const char *missing = bench_profiles_missing(o);
    if (missing)
        status = usage(o, missing,
                       " needs libperfprof: "
                       "link with `pkg-config --libs perfbench perfprof`");
    else if (!bench_match_init(&program->run, o->run, why, sizeof why))
        status = usage(o, "--run: ", why);
    else if (!bench_match_init(&program->bench, o->bench, why, sizeof why))
        status = usage(o, "--bench: ", why);
    else if (!bench_match_init(&to_list, o->list, why, sizeof why))
        status = usage(o, "--list: ", why);
    else
        status = act(program, &to_list);
    bench_match_fini(&program->run);
    bench_match_fini(&program->bench);
    bench_match_fini(&to_list);
    return status;
}

/* On the heap: a kernel may end the main thread, and with it the stack frame of main, while
 * the exit handler still looks at it. */
static struct bench_program *create_program(void)
{
    struct bench_program *program = calloc(1, sizeof *program);
    if (program && read_entries(program)) {
        if (check_abi(program))
            return program;
        free(program->entries);
    } else {
        fprintf(stderr, "out of memory\n");
    }
    free(program);
    return NULL;
}

int main(int argc, char **argv)
{
    (void)argc;
    struct bench_program *program = create_program();
    struct bench_tally tally;
    char why[512];
    int status = 0;
    if (!program)
        return 1;
    program->argv = argv;
    program->pid = getpid();
    program->tally = bench_tally_init(&tally) ? &tally : NULL;
    bench_hosts_init(program);
    on_exit(at_exit, program);
    if (!bench_options_parse(&program->options, (const char *const *)argv, why, sizeof why))
        status = usage(&program->options, "", why);
    else if (program->options.help)
        fputs(bench_options_help, stdout);
    else
        status = run_program(program);
    program->finished = true;
    return status;
}
