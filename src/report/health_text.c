#include "report/health.h"

#include <math.h>
#include <stdio.h>

#include "base/mem.h"

/* One line; an empty name goes on with the line before. */
static void add(struct pc_str *out, const char *name, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static void add(struct pc_str *out, const char *name, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    pc_str_addf(out, "%-*s", PC_HEALTH_INDENT, name);
    pc_str_vaddf(out, fmt, ap);
    pc_str_adds(out, "\n");
    va_end(ap);
}

void pc_surroundings_text(const struct pc_surroundings *a, struct pc_str *out)
{
    add(out, "course:", "%s, %zu topic%s, %zu exercises", a->course, a->topics,
        a->topics == 1 ? "" : "s", a->exercises);
    add(out, "cache:", "%s", a->cache ? a->cache : "none");
    if (a->is_terminal)
        add(out, "terminal:", "%s, %zu columns, %zu rows, %s; locale %s, %s",
            *a->term ? a->term : "without TERM", a->columns, a->rows,
            a->colors ? "colours" : "no colours", a->locale,
            a->utf8 ? "UTF-8" : "ASCII only");
    else
        add(out, "terminal:", "none, the output goes elsewhere; locale %s, %s", a->locale,
            a->utf8 ? "UTF-8" : "ASCII only");
}

static void add_machine(const struct pc_machine *m, struct pc_str *out)
{
    add(out, "machine:", "%s%s, %d processor%s allowed",
        *m->model ? m->model : "unknown processor", m->is_virtual ? ", virtual" : "",
        m->processors, m->processors == 1 ? "" : "s");
    if (*m->governor || isfinite(m->mhz_high))
        add(out, "frequency:", "governor %s, %.0f to %.0f MHz",
            *m->governor ? m->governor : "unknown", m->mhz_low, m->mhz_high);
    else
        add(out, "frequency:", "the system does not tell");
    if (m->counters)
        add(out, "counters:", "hardware counters work");
    else if (m->paranoid >= 0)
        add(out, "counters:",
            "no hardware counters (perf_event_paranoid is %d); verdicts "
            "do without",
            m->paranoid);
    else
        add(out, "counters:", "no hardware counters; verdicts do without");
}

static void add_compilers(const struct pc_health *h, struct pc_str *out)
{
    if (!h->compiler) {
        add(out, "compiler:", "none");
        return;
    }
    struct pc_str others = {0};
    for (size_t i = 0; i < h->others.n; i++)
        pc_str_addf(&others, "; also %s", h->others.items[i]);
    add(out, "compiler:", "%s (%s)%s", h->version, h->compiler, pc_str_get(&others));
    pc_str_fini(&others);
    add(out, "sanitizers:", "%s",
        h->sanitizers ? "ASan and UBSan work" : "none, so no check can pass");
}

static void add_noise(const struct pc_health *h, struct pc_str *out)
{
    add(out, "noise:",
        "two identical kernels differ by %.2f %% (median) and %.2f %% (9 of 10) in %d "
        "starts",
        h->noise_median * 100, h->noise_p90 * 100, h->restarts);
    add(out, "layout:", "the time of one kernel lies %.2f %% apart in 8 of 10 starts",
        h->layout * 100);
    add(out, "others:", "kept %.1f processors busy; the host took %.1f %% of the time",
        h->busy, h->steal * 100);
}

/* "limits, seccomp (allow list), Landlock ABI 7, no new privileges". */
static void add_jail(const struct pc_jail_found *jail, struct pc_str *out)
{
    if (!jail->is_known) {
        add(out, "jail:", "not known, no host tells (%s)", jail->missing);
        return;
    }
    char landlock[32];
    snprintf(landlock, sizeof landlock, "Landlock ABI %d", jail->landlock);
    const char *const layers[] = {
        jail->limits ? "limits" : NULL, jail->seccomp ? "seccomp (allow list)" : NULL,
        jail->landlock ? landlock : NULL, jail->privileges ? "no new privileges" : NULL};
    struct pc_str line = {0};
    for (size_t i = 0; i < PC_COUNT(layers); i++)
        if (layers[i])
            pc_str_addf(&line, "%s%s", line.len ? ", " : "", layers[i]);
    if (jail->is_off)
        pc_str_adds(&line, "; the rest is switched off by PERFCOURSE_SANDBOX=off");
    if (*jail->missing)
        pc_str_addf(&line, "; missing: %s", jail->missing);
    add(out, "jail:", "%s", pc_str_get(&line));
    pc_str_fini(&line);
}

/* What to install before any check can pass. */
static const char *missing(const struct pc_health *h)
{
    if (!h->compiler)
        return "a C compiler (install the package gcc)";
    if (!h->sanitizers)
        return "the compiler's sanitizers (packages libasan8 and libubsan1 for gcc 12, "
               "libclang-rt-14-dev for clang 14)";
    return "nothing";
}

const char *pc_trust_name(enum pc_trust trust)
{
    static const char *const names[] = {[PC_TRUST_RELIABLE] = "reliable",
                                        [PC_TRUST_SLOW] = "slow",
                                        [PC_TRUST_UNRELIABLE] = "unreliable"};
    return names[trust];
}

void pc_health_text(const struct pc_health *h, struct pc_str *out)
{
    add_machine(&h->machine, out);
    struct pc_str timer = {0};
    pc_str_addf(&timer, "one reading costs %.1f ns, the clock steps by %ld ns",
                h->machine.clock_ns, h->machine.clock_step_ns);
    if (isfinite(h->loop_ns))
        pc_str_addf(&timer, "; an empty iteration of a bench costs %.2f ns", h->loop_ns);
    add(out, "timer:", "%s", pc_str_get(&timer));
    pc_str_fini(&timer);
    add_compilers(h, out);
    add(out, "self-proof:", "%s", h->proven ? "planted faults are caught" : "not done");
    add_jail(&h->jail, out);
    if (h->restarts > 0)
        add_noise(h, out);
    add(out, "missing:", "%s", missing(h));
    if (h->trouble)
        add(out, "trouble:", "%s", h->trouble);
    pc_str_addf(out, "speed verdicts here: %s (%s)%s%s\n", pc_trust_name(h->trust),
                h->reason, h->remedy ? "; " : "", h->remedy ? h->remedy : "");
}
