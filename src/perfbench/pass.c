#include "perfbench/pass.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "perfbench/tally.h"

struct bench_pass {
    char *text; /* lines of the protocol in tally.h */
    char *mean; /* the next "run" line is looked for from here */
};

static const char *counter_path(void)
{
    const char *path = getenv("PERFBENCH_COUNT");
    return path && *path ? path : BENCH_COUNTER_PATH;
}

static void warn(struct bench_program *program, const char *why)
{
    if (!program->warned_of_counting)
        fprintf(stderr, "perfbench: allocations are not counted: %s\n", why);
    program->warned_of_counting = true;
}

/* Everything that comes out of `fd`, NUL at the end; NULL when memory is used up. */
static char *read_all(int fd)
{
    size_t length = 0, size = 4096;
    char *text = malloc(size);
    while (text) {
        ssize_t n = read(fd, text + length, size - length - 1);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            break;
        length += (size_t)n;
        if (length + 1 < size)
            continue;
        char *more = realloc(text, size *= 2);
        if (!more)
            free(text);
        text = more;
    }
    if (text)
        text[length] = '\0';
    return text;
}

static bool is_set(const char *entry, const char *name)
{
    size_t n = strlen(name);
    return strncmp(entry, name, n) == 0 && entry[n] == '=';
}

/* The environment of the pass: ours with the counter in front of what is preloaded. */
static char **make_environment(char *preload, char *order)
{
    size_t n = 0;
    while (environ[n])
        n++;
    char **made = malloc((n + 3) * sizeof *made);
    if (!made)
        return NULL;
    size_t used = 0;
    for (size_t k = 0; k < n; k++)
        if (!is_set(environ[k], "LD_PRELOAD") && !is_set(environ[k], BENCH_TALLY_ENV))
            made[used++] = environ[k];
    made[used++] = preload;
    made[used++] = order;
    made[used] = NULL;
    return made;
}

/* What the kernel prints while it is counted was, or will be, printed by the timed pass. */
static bool set_up_files(posix_spawn_file_actions_t *files, int answers)
{
    return posix_spawn_file_actions_addopen(files, 0, "/dev/null", O_RDONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(files, 1, "/dev/null", O_WRONLY, 0) == 0 &&
           posix_spawn_file_actions_addopen(files, 2, "/dev/null", O_WRONLY, 0) == 0 &&
           posix_spawn_file_actions_adddup2(files, answers, 3) == 0;
}

static bool spawn(pid_t *pid, char **argv, int answers, const char *order)
{
    char preload[4096], named_order[128];
    const char *already = getenv("LD_PRELOAD");
    snprintf(preload, sizeof preload, "LD_PRELOAD=%s%s%s", counter_path(),
             already ? ":" : "", already ? already : "");
    snprintf(named_order, sizeof named_order, BENCH_TALLY_ENV "=3 %s", order);
    char **environment = make_environment(preload, named_order);
    posix_spawn_file_actions_t files;
    if (!environment || posix_spawn_file_actions_init(&files) != 0) {
        free(environment);
        return false;
    }
    int status = ENOMEM;
    if (set_up_files(&files, answers))
        status = posix_spawn(pid, "/proc/self/exe", &files, NULL, argv, environment);
    posix_spawn_file_actions_destroy(&files);
    free(environment);
    errno = status;
    return status == 0;
}

/* Whether a pass ended as it should, otherwise the reason. */
static bool ended_well(int status, const char *text, char *why, size_t size)
{
    size_t n = text ? strlen(text) : 0;
    if (WIFSIGNALED(status))
        snprintf(why, size, "the counting pass ended with signal %d (%s)", WTERMSIG(status),
                 strsignal(WTERMSIG(status)));
    else if (WEXITSTATUS(status) == BENCH_TALLY_NO_COUNTER)
        snprintf(why, size,
                 "%s does not load into this program (it must be linked dynamically)",
                 counter_path());
    else if (n < 5 || strcmp(text + n - 5, "done\n") != 0)
        snprintf(why, size, "the counting pass ended early, with status %d",
                 WEXITSTATUS(status));
    else
        return true;
    return false;
}

static char *run_pass(struct bench_program *program, uint64_t seed, char *why, size_t size)
{
    char order[96];
    snprintf(order, sizeof order, "%zu %zu %u %" PRIu64, program->entry, program->size,
             program->cpu, seed);
    int ends[2];
    pid_t pid;
    if (pipe2(ends, O_CLOEXEC) != 0 || !spawn(&pid, program->argv, ends[1], order)) {
        snprintf(why, size, "cannot start the counting pass: %s", strerror(errno));
        return NULL;
    }
    close(ends[1]);
    char *text = read_all(ends[0]);
    close(ends[0]);
    int status;
    while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
        continue;
    if (ended_well(status, text, why, size))
        return text;
    free(text);
    return NULL;
}

struct bench_pass *bench_pass_create(struct bench_program *program, uint64_t seed)
{
    char why[512];
    if (access(counter_path(), R_OK) != 0) {
        snprintf(why, sizeof why, "%s: %s", counter_path(), strerror(errno));
        warn(program, why);
        return NULL;
    }
    struct bench_pass *pass = malloc(sizeof *pass);
    if (!pass)
        return NULL;
    pass->text = pass->mean = run_pass(program, seed, why, sizeof why);
    if (pass->text)
        return pass;
    free(pass);
    warn(program, why);
    return NULL;
}

void bench_pass_free(struct bench_pass *pass)
{
    if (!pass)
        return;
    free(pass->text);
    free(pass);
}

bool bench_pass_find(const struct bench_pass *pass, const char *name, double *allocs,
                     double *bytes)
{
    size_t length = strlen(name);
    const char *line = pass->text;
    for (; *line; line = strchr(line, '\n') + 1) {
        uint64_t ops, n_allocs, n_bytes;
        if (strncmp(line, "bench ", 6) != 0 || strncmp(line + 6, name, length) != 0 ||
            sscanf(line + 6 + length, " %" SCNu64 " %" SCNu64 " %" SCNu64, &ops, &n_allocs,
                   &n_bytes) != 3)
            continue;
        *allocs = (double)n_allocs / (double)ops;
        *bytes = (double)n_bytes / (double)ops;
        return true;
    }
    return false;
}

/* The answer to the next bench_allocs_per_run() of this entry. */
static bool next_mean(struct bench_pass *pass, double *mean)
{
    while (*pass->mean) {
        char *line = pass->mean;
        pass->mean = strchr(line, '\n') + 1;
        if (sscanf(line, "run %lf", mean) == 1)
            return true;
    }
    return false;
}

/* fn runs equally often on both sides, so that both see the same state and the same random
 * numbers afterwards. */
double bench_pass_allocs_per_run(struct bench *b, void (*fn)(void *arg), void *arg)
{
    enum { RUNS = 60 };
    struct bench_program *program = bench_run_of(b)->program;
    const struct bench_tally *tally = program->tally;
    struct perfbench_counts before = {0}, after = {0};
    fn(arg);
    if (tally)
        tally->read(&before);
    for (int k = 0; k < RUNS; k++)
        fn(arg);
    if (tally) {
        tally->read(&after);
        double mean = (double)(after.allocs - before.allocs) / RUNS;
        bench_tally_send_mean(tally, mean);
        return mean;
    }
    if (!program->pass && !program->options.wire)
        program->pass = bench_pass_create(program, program->seed);
    double mean = -1;
    if (program->pass)
        bench_expect(b, next_mean(program->pass, &mean),
                     "bench_allocs_per_run(): the counting pass did not come here");
    return mean;
}
