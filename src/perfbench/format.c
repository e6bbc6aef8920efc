#include "perfbench/format.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <sys/utsname.h>

void bench_format_name(char *out, size_t size, const char *name, unsigned cpu)
{
    char suffix[16] = "";
    if (cpu != 1)
        snprintf(suffix, sizeof suffix, "-%u", cpu);
    char first = *name >= 'a' && *name <= 'z' ? (char)(*name - 'a' + 'A') : *name;
    snprintf(out, size, "Benchmark%c%s%s", first, *name ? name + 1 : "", suffix);
}

void bench_format_value(FILE *out, double value, const char *unit)
{
    enum { WHOLE = 10, DECIMALS_MAX = 7 };
    int decimals = 0;
    /* The smallest number that rounds to 1000; then to 100.0, 10.00 and so on. */
    double bound = 999.95;
    if (value != 0)
        for (; fabs(value) < bound && decimals < DECIMALS_MAX; bound /= 10)
            decimals++;
    int width = WHOLE + (decimals > 0 ? decimals + 1 : 0);
    fprintf(out, "%*.*f %s", width, decimals, value, unit);
}

void bench_format_count(FILE *out, double value, const char *unit)
{
    char text[64];
    snprintf(text, sizeof text, "%.4f", value);
    if (value != 0 && value < 0.001)
        snprintf(text, sizeof text, "%.3g", value);
    else
        for (size_t n = strlen(text); n > 0 && strchr(text, '.'); n--)
            if (text[n - 1] == '0' || text[n - 1] == '.')
                text[n - 1] = '\0';
            else
                break;
    fprintf(out, "%8s %s", text, unit);
}

/* The processor by name; false when the kernel does not tell. */
static bool read_cpu(char *name, size_t size)
{
    FILE *in = fopen("/proc/cpuinfo", "re");
    if (!in)
        return false;
    char line[512];
    bool found = false;
    while (!found && fgets(line, sizeof line, in)) {
        const char *value = strchr(line, ':');
        found = value && strncmp(line, "model name", strlen("model name")) == 0;
        if (found)
            snprintf(name, size, "%.*s", (int)strcspn(value + 2, "\n"), value + 2);
    }
    fclose(in);
    return found;
}

/* Go's name of an architecture. */
static const char *go_arch(const char *machine)
{
    static const struct {
        const char *uname, *go;
    } names[] = {{"x86_64", "amd64"},    {"aarch64", "arm64"}, {"i686", "386"},
                 {"riscv64", "riscv64"}, {"armv7l", "arm"},    {"ppc64le", "ppc64le"}};
    for (size_t k = 0; k < sizeof names / sizeof names[0]; k++)
        if (strcmp(names[k].uname, machine) == 0)
            return names[k].go;
    return machine;
}

void bench_format_header(FILE *out, const char *program, const char *compiler,
                         const char *flags)
{
    struct utsname system;
    char cpu[256];
    fprintf(out, "goos: linux\n");
    if (uname(&system) == 0)
        fprintf(out, "goarch: %s\n", go_arch(system.machine));
    fprintf(out, "pkg: %s\n", program);
    if (read_cpu(cpu, sizeof cpu))
        fprintf(out, "cpu: %s\n", cpu);
    /* gcc's version is only a number, clang's has the name in it. */
    bool number = *compiler >= '0' && *compiler <= '9';
    fprintf(out, "compiler: %s%s\n", number ? "gcc " : "", compiler);
    if (flags)
        fprintf(out, "flags: %s\n", flags);
}
