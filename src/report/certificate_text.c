#include "report/certificate.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"

enum { FACTOR_MAX = 16, REASON_MAX = 400 };

static const char *format_margin(const struct pc_margin *m, char buf[FACTOR_MAX])
{
    const double most = 1000;
    if (isinf(m->factor) && m->passed)
        snprintf(buf, FACTOR_MAX, "exact");
    else if (m->factor > most)
        snprintf(buf, FACTOR_MAX, "> %g", most);
    else
        snprintf(buf, FACTOR_MAX, "%.2f", m->factor);
    return buf;
}

static const char *relation(bool at_most)
{
    return at_most ? "<=" : ">=";
}

static void add_margin(const struct pc_tried *tried, const struct pc_margin *m,
                       struct pc_str *out)
{
    char id[16], value[PC_UNITS_MAX], bound[PC_UNITS_MAX], factor[FACTOR_MAX];
    pc_str_addf(out, "%-6s %-26s %-8s %-17s %10s %s %-10s %8s%s\n",
                pc_exercise_id(tried->exercise, id), tried->kernel, tried->compiler,
                m->metric, pc_format_metric(m->value, m->metric, value),
                relation(m->at_most), pc_format_metric(m->bound, m->metric, bound),
                format_margin(m, factor), tried->again ? "  measured twice" : "");
}

static void add_table(const struct pc_certificate *c, struct pc_str *out)
{
    bool headed = false;
    for (size_t i = 0; i < c->tried.n; i++) {
        const struct pc_tried *tried = &c->tried.items[i];
        for (size_t k = 0; k < tried->n_margins; k++) {
            const struct pc_margin *m = &tried->margins[k];
            if (tried->role != PC_ROLE_REFERENCE && m->passed)
                continue;
            if (!headed)
                pc_str_addf(out, "%-6s %-26s %-8s %-17s %10s    %-10s %8s\n", "", "kernel",
                            "compiler", "metric", "value", "limit", "margin");
            headed = true;
            add_margin(tried, m, out);
        }
    }
}

static void add_proposal(const struct pc_proposal *p, struct pc_str *out)
{
    char id[16], bound[PC_UNITS_MAX], now[PC_UNITS_MAX], a[PC_UNITS_MAX], b[PC_UNITS_MAX];
    pc_str_addf(out, "propose %s %s %s %s", pc_exercise_id(p->exercise, id), p->metric,
                relation(p->at_most), pc_format_metric(p->bound, p->metric, bound));
    if (isfinite(p->silver))
        pc_str_addf(out, ", silver %s", pc_format_metric(p->silver, p->metric, a));
    if (isfinite(p->gold))
        pc_str_addf(out, ", gold %s", pc_format_metric(p->gold, p->metric, a));
    pc_str_addf(out, " (now %s; reference %s", pc_format_metric(p->now, p->metric, now),
                pc_format_metric(p->reference, p->metric, a));
    if (isnan(p->nearest)) {
        pc_str_adds(out, ")\n");
        return;
    }
    bool refuses = p->at_most ? p->nearest > p->bound : p->nearest < p->bound;
    pc_str_addf(out, "; %s %s%s)\n", p->nearest_one,
                pc_format_metric(p->nearest, p->metric, b),
                refuses ? "" : ": it would pass, so the two are too near to each other");
}

static void add_summary(const struct pc_certificate *c, struct pc_str *out)
{
    pc_str_addf(out, "%zu exercise%s, %zu kernels", c->exercises,
                c->exercises == 1 ? "" : "s", c->tried.n);
    for (size_t i = 0; i < c->versions.n; i++)
        pc_str_addf(out, "%s%s", i ? " and " : " with ", c->versions.items[i]);
    pc_str_addf(out, ", %.0f s: ", (double)c->wall_ns / 1e9);
    if (c->defects.n == 0)
        pc_str_adds(out, "certified\n");
    else
        pc_str_addf(out, "not certified, %zu defect%s\n", c->defects.n,
                    c->defects.n == 1 ? "" : "s");
}

void pc_certificate_text(const struct pc_certificate *c, struct pc_str *out)
{
    add_table(c, out);
    for (size_t i = 0; i < c->proposals.n; i++)
        add_proposal(&c->proposals.items[i], out);
    for (size_t i = 0; i < c->defects.n; i++) {
        const struct pc_defect *d = &c->defects.items[i];
        PC_AUTO(pc_auto_free) char *what =
            pc_text_harmless(d->what, strlen(d->what), REASON_MAX);
        pc_str_addf(out, "defect: %s: %s\n", d->where, what);
    }
    add_summary(c, out);
}
