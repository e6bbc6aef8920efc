#include "report/health.h"

#include <math.h>

#include "report/parts.h"

static json_t *text_or_null(const char *s)
{
    return s && *s ? pc_json_text(s) : json_null();
}

static json_t *machine_of(const struct pc_machine *m)
{
    return json_pack(
        "{s:i,s:o,s:b,s:o,s:o,s:o,s:o,s:i,s:o,s:b}", "processors", m->processors, "model",
        text_or_null(m->model), "virtual", m->is_virtual, "governor",
        text_or_null(m->governor), "mhz-low", pc_json_number(m->mhz_low), "mhz-high",
        pc_json_number(m->mhz_high), "clock-ns", pc_json_number(m->clock_ns),
        "clock-step-ns", (int)m->clock_step_ns, "perf-event-paranoid",
        m->paranoid < 0 ? json_null() : json_integer(m->paranoid), "counters", m->counters);
}

static json_t *jail_of(const struct pc_jail_found *j)
{
    if (!j->is_known)
        return json_null();
    return json_pack("{s:s,s:b,s:b,s:i,s:b,s:o}", "level",
                     j->is_full  ? "full"
                     : j->is_off ? "off"
                                 : "partial",
                     "limits", j->limits, "seccomp", j->seccomp, "landlock", j->landlock,
                     "no-new-privileges", j->privileges, "missing",
                     text_or_null(j->missing));
}

static json_t *noise_of(const struct pc_health *h)
{
    if (h->restarts == 0)
        return json_null();
    return json_pack("{s:i,s:o,s:o,s:o,s:o,s:o}", "restarts", h->restarts, "median",
                     pc_json_number(h->noise_median), "p90", pc_json_number(h->noise_p90),
                     "layout", pc_json_number(h->layout), "others-busy",
                     pc_json_number(h->busy), "steal", pc_json_number(h->steal));
}

static json_t *surroundings_of(const struct pc_surroundings *a)
{
    return json_pack("{s:o,s:o,s:I,s:I,s:o,s:o,s:b,s:b,s:b,s:I,s:I}", "course",
                     pc_json_text(a->course), "cache", pc_json_text(a->cache), "topics",
                     (json_int_t)a->topics, "exercises", (json_int_t)a->exercises, "locale",
                     text_or_null(a->locale), "term", text_or_null(a->term), "utf-8",
                     a->utf8, "terminal", a->is_terminal, "colors", a->colors, "columns",
                     (json_int_t)a->columns, "rows", (json_int_t)a->rows);
}

char *pc_health_json(const struct pc_health *h, const struct pc_surroundings *around,
                     enum pc_code code)
{
    json_t *others = json_array();
    for (size_t i = 0; i < h->others.n; i++)
        json_array_append_new(others, pc_json_text(h->others.items[i]));
    return pc_json_dump(json_pack(
        "{s:s,s:i,s:s,s:o,s:o,s:o,s:o,s:o,s:o,s:b,s:b,s:o,s:o,s:o,s:o,s:o}", "perfcourse",
        PACKAGE_VERSION, "code", (int)code, "speed-verdicts", pc_trust_name(h->trust),
        "reason", pc_json_text(h->reason), "remedy", pc_json_text(h->remedy), "trouble",
        pc_json_text(h->trouble), "compiler", pc_json_text(h->compiler), "version",
        pc_json_text(h->version), "other-compilers", others, "sanitizers", h->sanitizers,
        "self-proof", h->proven, "machine", machine_of(&h->machine), "jail",
        jail_of(&h->jail), "noise", noise_of(h), "loop-ns", pc_json_number(h->loop_ns),
        "surroundings", surroundings_of(around)));
}
