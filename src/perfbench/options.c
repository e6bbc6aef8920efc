#include "perfbench/options.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char bench_options_help[] =
    "Flags (as of `go test`; one or two dashes, --flag=value or --flag value):\n"
    "  --run RE          run the tests that match RE (default: all)\n"
    "  --bench RE        run the benchmarks that match RE (default: none)\n"
    "  --benchmem        count allocations too, in a pass of its own\n"
    "  --benchtime T     run each benchmark for T, like 1s or 200ms, or 100x for\n"
    "                    exactly 100 iterations (default: 1s)\n"
    "  --count N         run everything N times\n"
    "  --cpu 1,2,4       run everything with each number of threads\n"
    "  --latency         time every operation by itself: p50-ns to max-ns\n"
    "  --cpuprofile FILE profile all that runs, for go tool pprof; the program is linked\n"
    "                    with libperfprof too\n"
    "  --memprofile FILE the same of all that is allocated\n"
    "  --mutexprofile FILE  the same of all that threads wait for\n"
    "  --list RE         list what matches RE and stop\n"
    "  --seed N          start random numbers at N; a failing test prints its seed\n"
    "  --pkg NAME        call this program NAME in the output (default: its file)\n"
    "  --flags TEXT      say in the output that it was compiled with the flags TEXT\n"
    "  --wire            speak perfcourse's test protocol on descriptors 3 and 4\n"
    "  --help            print this\n"
    "RE is a POSIX extended regular expression; A/B matches B below A, where sizes are\n"
    "named n=100.\n";

static bool read_u64(const char *text, uint64_t *value)
{
    char *end;
    errno = 0;
    unsigned long long v = strtoull(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || errno)
        return false;
    *value = v;
    return true;
}

/* "100x", or a duration of one or more numbers with units, "1m30s". */
static bool read_benchtime(struct bench_options *o, const char *text)
{
    static const struct {
        const char *name;
        double ns;
    } units[] = {{"ns", 1},  {"us", 1e3}, {"ms", 1e6},
                 {"s", 1e9}, {"m", 60e9}, {"h", 3600e9}};
    size_t length = strlen(text);
    if (length > 1 && text[length - 1] == 'x') {
        char digits[24];
        if (length > sizeof digits)
            return false;
        memcpy(digits, text, length - 1);
        digits[length - 1] = '\0';
        return read_u64(digits, &o->benchtime_ops) && o->benchtime_ops > 0;
    }
    double sum = 0;
    while (*text) {
        size_t number = strspn(text, "0123456789.");
        size_t unit = strcspn(text + number, "0123456789.");
        size_t k = 0, n = sizeof units / sizeof units[0];
        while (k < n && !(strlen(units[k].name) == unit &&
                          memcmp(units[k].name, text + number, unit) == 0))
            k++;
        char *end;
        double value = strtod(text, &end);
        if (number == 0 || k == n || end != text + number)
            return false;
        sum += value * units[k].ns;
        text += number + unit;
    }
    if (!(sum >= 1 && sum < 1e18))
        return false;
    o->benchtime = (uint64_t)sum;
    o->benchtime_ops = 0;
    return true;
}

static bool read_cpus(struct bench_options *o, const char *text)
{
    for (o->n_cpus = 0; o->n_cpus < BENCH_CPUS_MAX;) {
        char *end;
        unsigned long v = strtoul(text, &end, 10);
        if (*text < '0' || *text > '9' || v < 1 || v > 1024)
            return false;
        o->cpus[o->n_cpus++] = (unsigned)v;
        if (!*end)
            return true;
        if (*end != ',')
            return false;
        text = end + 1;
    }
    return false;
}

static bool read_count(struct bench_options *o, const char *text)
{
    uint64_t v;
    if (!read_u64(text, &v) || v < 1 || v > 1000000)
        return false;
    o->count = (unsigned)v;
    return true;
}

static bool read_seed(struct bench_options *o, const char *text)
{
    o->has_seed = true;
    return read_u64(text, &o->seed);
}

static bool read_switch(bool *on, const char *text)
{
    *on = !text || strcmp(text, "true") == 0;
    return *on || strcmp(text, "false") == 0;
}

static bool read_bench(struct bench_options *o, const char *text)
{
    o->bench = text;
    return true;
}

static bool read_run(struct bench_options *o, const char *text)
{
    o->run = text;
    return true;
}

static bool read_list(struct bench_options *o, const char *text)
{
    o->list = text;
    return true;
}

static bool read_pkg(struct bench_options *o, const char *text)
{
    o->pkg = text;
    return *text && !text[strcspn(text, " \t\n")];
}

static bool read_flags(struct bench_options *o, const char *text)
{
    o->flags = text;
    return !text[strcspn(text, "\r\n")];
}

static bool read_cpuprofile(struct bench_options *o, const char *text)
{
    o->cpuprofile = text;
    return *text != '\0';
}

static bool read_memprofile(struct bench_options *o, const char *text)
{
    o->memprofile = text;
    return *text != '\0';
}

static bool read_mutexprofile(struct bench_options *o, const char *text)
{
    o->mutexprofile = text;
    return *text != '\0';
}

static bool read_benchmem(struct bench_options *o, const char *text)
{
    return read_switch(&o->benchmem, text);
}

static bool read_latency(struct bench_options *o, const char *text)
{
    return read_switch(&o->latency, text);
}

static bool read_wire(struct bench_options *o, const char *text)
{
    return read_switch(&o->wire, text);
}

static bool read_help(struct bench_options *o, const char *text)
{
    return read_switch(&o->help, text);
}

static const struct flag {
    const char *name;
    bool is_switch; /* stands without a value */
    bool (*read)(struct bench_options *o, const char *text);
    const char *wants;
} flags[] = {
    {"bench", false, read_bench, "a regular expression"},
    {"run", false, read_run, "a regular expression"},
    {"list", false, read_list, "a regular expression"},
    {"benchmem", true, read_benchmem, "nothing, true or false"},
    {"benchtime", false, read_benchtime, "a time like 1s or 200ms, or a count like 100x"},
    {"count", false, read_count, "a whole number from 1 to 1000000"},
    {"cpu", false, read_cpus, "numbers of threads like 1,2,4"},
    {"cpuprofile", false, read_cpuprofile, "the name of a file"},
    {"memprofile", false, read_memprofile, "the name of a file"},
    {"mutexprofile", false, read_mutexprofile, "the name of a file"},
    {"seed", false, read_seed, "a whole number"},
    {"pkg", false, read_pkg, "a name without blanks"},
    {"flags", false, read_flags, "one line of text"},
    {"latency", true, read_latency, "nothing, true or false"},
    {"wire", true, read_wire, "nothing, true or false"},
    {"help", true, read_help, "nothing, true or false"},
};
enum { FLAGS = sizeof flags / sizeof flags[0] };

/* Insertions, deletions and replacements between a name of a flag and what was typed. */
static unsigned distance(const char *a, const char *typed, size_t n)
{
    unsigned row[33];
    if (n > 32)
        n = 32;
    for (size_t k = 0; k <= n; k++)
        row[k] = (unsigned)k;
    for (; *a; a++) {
        unsigned corner = row[0]++;
        for (size_t k = 1; k <= n; k++) {
            unsigned best = corner + (*a != typed[k - 1]);
            corner = row[k];
            best = best < corner + 1 ? best : corner + 1;
            row[k] = best < row[k - 1] + 1 ? best : row[k - 1] + 1;
        }
    }
    return row[n];
}

static const struct flag *find_flag(const char *name, size_t n, unsigned within)
{
    const struct flag *found = NULL;
    for (size_t k = 0; k < FLAGS; k++) {
        unsigned d = distance(flags[k].name, name, n);
        if (d <= within) {
            found = &flags[k];
            within = d - (d > 0);
        }
    }
    return found;
}

static void set_defaults(struct bench_options *o)
{
    cpu_set_t set;
    int cpus = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : 1;
    *o = (struct bench_options){
        .benchtime = 1000000000, .count = 1, .n_cpus = 1, .cpus = {(unsigned)cpus}};
}

bool bench_options_parse(struct bench_options *o, const char *const *argv, char *why,
                         size_t size)
{
    set_defaults(o);
    for (const char *const *arg = argv + 1; argv[0] && *arg; arg++) {
        const char *name = *arg;
        if (name[0] != '-' || !name[1]) {
            snprintf(why, size, "%s: this program takes flags only", name);
            return false;
        }
        name += name[1] == '-' ? 2 : 1;
        size_t n = strcspn(name, "=");
        const char *value = name[n] ? name + n + 1 : NULL;
        const struct flag *flag = find_flag(name, n, 0);
        if (!flag) {
            flag = find_flag(name, n, n > 6 ? 3 : (unsigned)n / 2);
            snprintf(why, size, "unknown flag %s%s%s%s", *arg,
                     flag ? "; did you mean --" : "", flag ? flag->name : "",
                     flag ? "?" : "");
            return false;
        }
        if (!value && !flag->is_switch)
            value = *++arg;
        if ((!value && !flag->is_switch) || !flag->read(o, value)) {
            snprintf(why, size, "--%s takes %s, not %s", flag->name, flag->wants,
                     value ? value : "nothing");
            return false;
        }
    }
    return true;
}
