#include "base/units.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Three significant digits without an exponent for values below 1000. */
static void three_digits(double v, const char *unit, char buf[PC_UNITS_MAX])
{
    double a = fabs(v);
    int decimals = a >= 99.95 ? 0 : a >= 9.995 ? 1 : 2;
    snprintf(buf, PC_UNITS_MAX, "%.*f %s", decimals, v, unit);
}

const char *pc_format_ratio(double ratio, char buf[PC_UNITS_MAX])
{
    int decimals = ratio >= 99.95 ? 0 : ratio >= 9.995 ? 1 : 2;
    snprintf(buf, PC_UNITS_MAX, "%.*fx", decimals, ratio);
    return buf;
}

static const char *scaled(double v, double step, const char *const *units, size_t n,
                          char *buf)
{
    size_t i = 0;
    while (i + 1 < n && fabs(v) >= step * 0.9995) {
        v /= step;
        i++;
    }
    three_digits(v, units[i], buf);
    return buf;
}

const char *pc_format_ns(double ns, char buf[PC_UNITS_MAX])
{
    static const char *const units[] = {"ns", "us", "ms", "s"};
    return scaled(ns, 1000, units, 4, buf);
}

const char *pc_format_bytes(double bytes, char buf[PC_UNITS_MAX])
{
    static const char *const units[] = {"B", "KiB", "MiB", "GiB", "TiB"};
    if (fabs(bytes) < 1024) {
        char count[PC_UNITS_MAX];
        snprintf(buf, PC_UNITS_MAX, "%.28s B", pc_format_count(bytes, count));
        return buf;
    }
    return scaled(bytes, 1024, units, 5, buf);
}

const char *pc_format_count(double value, char buf[PC_UNITS_MAX])
{
    if (value == floor(value) && fabs(value) < 1e15) {
        snprintf(buf, PC_UNITS_MAX, "%.0f", value);
        return buf;
    }
    snprintf(buf, PC_UNITS_MAX, fabs(value) < 1e6 ? "%.3f" : "%.6g", value);
    if (strchr(buf, '.') && !strchr(buf, 'e')) {
        char *end = buf + strlen(buf);
        while (end[-1] == '0')
            *--end = '\0';
        if (end[-1] == '.')
            end[-1] = '\0';
    }
    return buf;
}

const char *pc_format_grouped(double value, char buf[PC_UNITS_MAX])
{
    char digits[PC_UNITS_MAX], *to = buf;
    if (value != floor(value) || fabs(value) >= 1e15) {
        snprintf(buf, PC_UNITS_MAX, "%.4g", value);
        return buf;
    }
    int n = snprintf(digits, sizeof digits, "%.0f", fabs(value));
    if (value < 0)
        *to++ = '-';
    for (int i = 0; i < n; i++) {
        if (i > 0 && (n - i) % 3 == 0)
            *to++ = ' ';
        *to++ = digits[i];
    }
    *to = '\0';
    return buf;
}

const char *pc_format_exponent(double k, char buf[PC_UNITS_MAX])
{
    snprintf(buf, PC_UNITS_MAX, "n^%.2f", k);
    return buf;
}

static int ends_with(const char *s, const char *tail)
{
    size_t n = strlen(s), k = strlen(tail);
    return n >= k && strcmp(s + n - k, tail) == 0;
}

const char *pc_format_metric(double value, const char *metric, char buf[PC_UNITS_MAX])
{
    if (strncmp(metric, "ns/", 3) == 0 || ends_with(metric, "-ns"))
        return pc_format_ns(value, buf);
    if (strncmp(metric, "B/", 2) == 0 || ends_with(metric, "-B") ||
        strncmp(metric, "sizeof.", 7) == 0 || strncmp(metric, "padding.", 8) == 0 ||
        strncmp(metric, "stack-B.", 8) == 0)
        return pc_format_bytes(value, buf);
    if (strcmp(metric, "growth") == 0)
        return pc_format_exponent(value, buf);
    if (strcmp(metric, "speedup") == 0)
        return pc_format_ratio(value, buf);
    if (strcmp(metric, "hotspot") == 0 && isnan(value))
        return strcpy(buf, "none");
    if (strcmp(metric, "hotspot") == 0)
        snprintf(buf, PC_UNITS_MAX, "%.*f %%", value < 9.95 ? 1 : 0, value);
    else
        pc_format_count(value, buf);
    return buf;
}
