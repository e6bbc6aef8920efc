#include "report/measured.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "base/wrap.h"

enum { INDENT = 4 };

static void add_sentence(struct pc_str *sentence, size_t width, struct pc_str *out)
{
    pc_wrap_add(out, pc_str_get(sentence),
                &(struct pc_wrap){.width = width, .indent = INDENT});
    pc_str_adds(out, "\n");
    pc_str_fini(sentence);
}

static void add_points(const struct pc_growth *g, struct pc_str *out)
{
    pc_str_addf(out, "%10s %12s %8s %8s\n", "n", "time/op", "ratio", "n^k");
    for (size_t i = 0; i < g->n; i++) {
        char time[PC_UNITS_MAX];
        pc_str_addf(out, "%10zu %12s", g->points[i].size,
                    pc_format_ns(g->points[i].ns, time));
        if (i > 0) {
            double ratio = g->points[i].ns / g->points[i - 1].ns;
            double k =
                log(ratio) / log((double)g->points[i].size / (double)g->points[i - 1].size);
            pc_str_addf(out, " %8.2f %8.2f", ratio, k);
        }
        pc_str_adds(out, "\n");
    }
}

void pc_measured_growth(const struct pc_growth *g, size_t width, struct pc_str *out)
{
    struct pc_str s = {0};
    add_points(g, out);
    pc_str_addf(&s, "growth: n^%.2f (%.2f to %.2f, %u rounds)", g->exponent, g->low,
                g->high, g->rounds);
    if (g->law && g->law[0])
        pc_str_addf(&s, ", nearest to %s", g->law);
    else
        pc_str_adds(&s, ", near to no simple law");
    double factor = pow(10, g->exponent);
    pc_str_addf(&s, ": 10 times the input takes %.*f times as long", factor < 9.95 ? 1 : 0,
                factor);
    add_sentence(&s, width, out);
}

static void add_metric(const struct pc_metric *m, struct pc_str *out)
{
    char mean[PC_UNITS_MAX], low[PC_UNITS_MAX], high[PC_UNITS_MAX];
    pc_str_addf(out, "%-20s %12s", m->name, pc_format_metric(m->mean, m->name, mean));
    if (m->min != m->max)
        pc_str_addf(out, "   (%s to %s)", pc_format_metric(m->min, m->name, low),
                    pc_format_metric(m->max, m->name, high));
    pc_str_adds(out, "\n");
}

static void add_leak(const struct pc_site *leak, size_t width, struct pc_str *out)
{
    char bytes[PC_UNITS_MAX];
    struct pc_str s = {0};
    pc_str_addf(&s, "leak: %s in %.0f block%s", pc_format_bytes(leak->bytes, bytes),
                leak->allocs, leak->allocs == 1 ? "" : "s");
    if (leak->place.line > 0)
        pc_str_addf(&s, ", allocated at %s:%d", leak->place.file, leak->place.line);
    if (leak->place.line > 0 && leak->place.function[0])
        pc_str_addf(&s, " in %s", leak->place.function);
    add_sentence(&s, width, out);
}

void pc_measured_metrics(const struct pc_counts *c, size_t at, size_t width,
                         struct pc_str *out)
{
    struct pc_str s = {0};
    if (at)
        pc_str_addf(out, "counted at n = %zu\n", at);
    for (size_t i = 0; i < c->metrics.n; i++)
        add_metric(&c->metrics.items[i], out);
    if (c->missing[0]) {
        pc_str_adds(&s, c->missing);
        add_sentence(&s, width, out);
    }
    for (size_t i = 0; i < c->n_leaks; i++)
        add_leak(&c->leaks[i], width, out);
}
