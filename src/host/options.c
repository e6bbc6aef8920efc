#include "host/options.h"

#include <errno.h>
#include <sched.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS_MAX = 1024, HZ_MAX = 10000 };

static bool number(const char *text, uint64_t *value)
{
    char *end;
    errno = 0;
    unsigned long long x = strtoull(text, &end, 10);
    if (errno || *end || *text < '0' || *text > '9')
        return false;
    *value = x;
    return true;
}

static bool is_processor(const char *text, int *cpu)
{
    uint64_t value;
    if (!number(text, &value) || value >= CPU_SETSIZE)
        return false;
    *cpu = (int)value;
    return true;
}

/* What follows "NAME=" in `word`, NULL when it is another option. */
static const char *value_of(const char *word, const char *name)
{
    size_t n = strlen(name);
    return strncmp(word, name, n) == 0 && word[n] == '=' ? word + n + 1 : NULL;
}

static bool parse_one(struct pc_host_options *options, const char *word)
{
    const char *value;
    if (strcmp(word, "--swap") == 0)
        return options->swap = true;
    if (strcmp(word, "--calls") == 0)
        return options->calls = true;
    if (strcmp(word, "--forks") == 0)
        return options->forks = true;
    if (strcmp(word, "--stacks") == 0)
        return options->stacks = true;
    if ((value = value_of(word, "--read"))) {
        if (options->n_reads == PC_HOST_READS)
            return false;
        options->reads[options->n_reads++] = value;
        return true;
    }
    if (strcmp(word, "--wall") == 0)
        return options->wall = true;
    if ((value = value_of(word, "--hz")))
        return number(value, &options->hz) && options->hz > 0 && options->hz <= HZ_MAX;
    if ((value = value_of(word, "--threads")))
        return number(value, &options->threads) && options->threads > 0 &&
               options->threads <= THREADS_MAX;
    if ((value = value_of(word, "--cpu")))
        return is_processor(value, &options->cpu);
    if ((value = value_of(word, "--batch-ns")))
        return number(value, &options->batch_ns) && options->batch_ns > 0;
    if ((value = value_of(word, "--memory")))
        return number(value, &options->memory);
    if ((value = value_of(word, "--cpu-s")))
        return number(value, &options->cpu_s);
    return false;
}

bool pc_host_options_parse(struct pc_host_options *options, char **argv)
{
    while (*argv && strncmp(*argv, "--", 2) == 0)
        if (!parse_one(options, *argv++))
            return false;
    options->operands = argv;
    while (*argv++)
        options->n_operands++;
    return true;
}
