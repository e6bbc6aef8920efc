#include "report/text.h"

#include <stdarg.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"

enum { SHOWN_DIAGNOSTICS = 3, SHOWN_FAILURES = 3, SHOWN_OUTPUT = 5 };

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_DOUBT, TONE_FAINT };

static void add_toned(const struct pc_text_report *r, struct pc_str *out, enum tone tone,
                      const char *text)
{
    static const char *const sgr[] = {"", "\033[32m", "\033[31m", "\033[33m", "\033[2m"};
    bool color = r->style.color && tone != TONE_PLAIN;
    pc_str_addf(out, "%s%s%s", color ? sgr[tone] : "", text, color ? "\033[0m" : "");
}

void pc_text_clear(struct pc_text_report *report, struct pc_str *out)
{
    if (report->status)
        pc_str_adds(out, "\r\033[K");
    report->status = false;
}

static void show_status(struct pc_text_report *r, struct pc_str *out, const char *fmt, ...)
    __attribute__((format(printf, 3, 4)));
static void show_status(struct pc_text_report *r, struct pc_str *out, const char *fmt, ...)
{
    if (!r->style.live)
        return;
    pc_text_clear(r, out);
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(out, fmt, ap);
    va_end(ap);
    r->status = true;
}

/* One result: "label: text". */
static void add_line(struct pc_text_report *r, struct pc_str *out, const char *label,
                     enum tone tone, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));
static void add_line(struct pc_text_report *r, struct pc_str *out, const char *label,
                     enum tone tone, const char *fmt, ...)
{
    struct pc_str text = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    pc_text_clear(r, out);
    pc_str_addf(out, "%s: ", label);
    add_toned(r, out, tone, pc_str_get(&text));
    pc_str_adds(out, "\n");
    pc_str_fini(&text);
}

/* Text of several lines, each indented. */
static void add_indented(struct pc_str *out, const char *text)
{
    for (const char *line = text; *line;) {
        size_t n = strcspn(line, "\n");
        pc_str_adds(out, "    ");
        pc_str_add(out, line, n);
        pc_str_adds(out, "\n");
        line += n + (line[n] == '\n');
    }
}

static void announce(struct pc_text_report *r, const struct pc_event *e, struct pc_str *out)
{
    if (r->announced == e->exercise)
        return;
    r->announced = e->exercise;
    r->built = r->tested = false;
    char id[16];
    pc_text_clear(r, out);
    pc_str_addf(out, "check %s %s\n", pc_exercise_id(e->exercise, id), e->exercise->name);
}

static void add_diagnostic(struct pc_str *out, const struct pc_diagnostic *d)
{
    pc_str_addf(out, "    %s:%d:%d: %s: %s\n", d->place.file, d->place.line,
                d->place.column, d->error ? "error" : "warning", d->text);
    if (!d->source)
        return;
    pc_str_addf(out, "    %5d | %s\n", d->place.line, d->source);
    if (d->place.column < 1 || (size_t)d->place.column > strlen(d->source) + 1)
        return;
    pc_str_adds(out, "          | ");
    for (int i = 0; i + 1 < d->place.column; i++)
        pc_str_adds(out, d->source[i] == '\t' ? "\t" : " ");
    pc_str_adds(out, "^\n");
}

static size_t count_errors(const struct pc_build *build)
{
    size_t errors = 0;
    for (size_t i = 0; i < build->n; i++)
        errors += build->items[i].error;
    return errors;
}

static void add_build(struct pc_text_report *r, const struct pc_event *e,
                      struct pc_str *out)
{
    const struct pc_build *b = e->build;
    size_t errors = count_errors(b), warnings = b->n - errors, shown = 0;
    double s = (double)b->wall_ns / 1e9;
    if (!b->built && errors > 0)
        add_line(r, out, "build", TONE_BAD, "failed, %zu error%s", errors,
                 errors == 1 ? "" : "s");
    else if (!b->built)
        add_line(r, out, "build", TONE_BAD, "failed");
    else if (warnings > 0)
        add_line(r, out, "build", TONE_DOUBT, "ok, %.2f s, %zu warning%s", s, warnings,
                 warnings == 1 ? "" : "s");
    else
        add_line(r, out, "build", TONE_GOOD, "ok, %.2f s", s);
    for (size_t i = 0; i < b->n && shown < SHOWN_DIAGNOSTICS; i++) {
        if (!b->built && !b->items[i].error)
            continue;
        add_diagnostic(out, &b->items[i]);
        shown++;
    }
    if (shown < (b->built ? b->n : errors))
        pc_str_addf(out, "    and %zu more\n", (b->built ? b->n : errors) - shown);
    if (b->trouble)
        add_indented(out, b->trouble);
}

static void add_failures(const struct pc_tests *t, struct pc_str *out)
{
    for (size_t i = 0; i < t->n_items && i < SHOWN_FAILURES; i++) {
        const struct pc_failure *f = &t->items[i];
        pc_str_addf(out, "    %s", f->test);
        if (f->place.line > 0)
            pc_str_addf(out, " (%s:%d)", f->place.file, f->place.line);
        pc_str_adds(out, "\n");
        PC_AUTO(pc_auto_free) char *text = pc_text_harmless(f->text, strlen(f->text), 2000);
        add_indented(out, text);
    }
    if (t->n_items > SHOWN_FAILURES)
        pc_str_addf(out, "    and %zu more\n", t->n_items - SHOWN_FAILURES);
}

/* The first lines of what the kernel printed: it may explain what went wrong. */
static void add_output(const char *output, struct pc_str *out)
{
    size_t n = 0;
    for (int lines = 0; output[n] && lines < SHOWN_OUTPUT; n++)
        lines += output[n] == '\n';
    PC_AUTO(pc_auto_free) char *text = pc_text_harmless(output, n, n);
    pc_str_adds(out, "printed by the kernel:\n");
    add_indented(out, text);
    if (output[n])
        pc_str_adds(out, "    ...\n");
}

/* How the tests went; when they were stopped, the verdict says by what. */
static void add_tests(struct pc_text_report *r, const struct pc_event *e,
                      struct pc_str *out)
{
    const struct pc_tests *t = e->tests;
    bool stopped = t->crash.ending != PC_ENDING_NONE;
    if (stopped)
        add_line(r, out, "tests", TONE_BAD, "stopped in %s",
                 t->crash.during[0] ? t->crash.during : "their beginning");
    else
        add_line(r, out, "tests", t->failed ? TONE_BAD : TONE_GOOD, "%zu of %zu passed%s",
                 t->n - t->failed, t->n, t->failed ? "" : ", memory clean (ASan, UBSan)");
    add_failures(t, out);
    if (t->failed == 0 && !stopped)
        return;
    if (t->output && t->output[0])
        add_output(t->output, out);
    pc_str_addf(out, "the same inputs again: --seed %llu\n", (unsigned long long)t->seed);
}

/* Events of stages that run side by side come in any order; the lines do not. */
static void add_stages(struct pc_text_report *r, const struct pc_event *e,
                       struct pc_str *out)
{
    if (!r->built && e->build) {
        r->built = true;
        add_build(r, e, out);
    }
    if (r->built && !r->tested && e->tests) {
        r->tested = true;
        add_tests(r, e, out);
    }
}

/* A goal's sentence says by itself which metric it is about and how it went. */
static void add_goals(struct pc_text_report *r, const struct pc_verdict *v,
                      struct pc_str *out)
{
    static const enum tone tones[] = {[PC_VERDICT_PASS] = TONE_GOOD,
                                      [PC_VERDICT_FAIL] = TONE_BAD,
                                      [PC_VERDICT_UNSURE] = TONE_DOUBT};
    pc_text_clear(r, out);
    for (size_t i = 0; i < v->n_goals; i++) {
        add_toned(r, out, tones[v->goals[i].kind], v->goals[i].sentence);
        pc_str_adds(out, "\n");
    }
}

static void add_verdict(struct pc_text_report *r, const struct pc_event *e,
                        struct pc_str *out)
{
    const struct pc_verdict *v = e->verdict;
    add_stages(r, e, out);
    /* Goals mean something only when the result is right. */
    if (v->code != PC_WRONG && v->code != PC_CRASH && v->code != PC_NOBUILD)
        add_goals(r, v, out);
    enum tone tone = v->code == PC_PASSED   ? TONE_GOOD
                     : v->code == PC_UNSURE ? TONE_DOUBT
                                            : TONE_BAD;
    add_line(r, out, "verdict", tone, "%s", v->reason ? v->reason : "none");
    if (v->next)
        add_line(r, out, "next", TONE_PLAIN, "%s", v->next);
    if (v->code == PC_PASSED && !v->speed_skipped && e->exercise->afterword) {
        pc_str_adds(out, "\n");
        pc_str_adds(out, e->exercise->afterword);
        pc_str_adds(out, "\n");
    }
    r->announced = NULL;
}

void pc_text_event(struct pc_text_report *report, const struct pc_event *e,
                   struct pc_str *out)
{
    announce(report, e, out);
    switch (e->kind) {
    case PC_EVENT_PROVING:
        add_line(report, out, "first", TONE_FAINT,
                 "trying planted faults, once for this compiler");
        show_status(report, out, "proving ...");
        break;
    case PC_EVENT_BUILDING:
        show_status(report, out, "building ...");
        break;
    case PC_EVENT_BUILT:
    case PC_EVENT_TESTED:
    case PC_EVENT_COUNTED:
        add_stages(report, e, out);
        show_status(report, out, "%s ...",
                    !e->tests    ? "testing"
                    : !e->counts ? "counting"
                                 : "timing");
        break;
    case PC_EVENT_TIMING:
        show_status(report, out, "timing ... %.2fx after %u restart%s", e->speed->ratio,
                    e->speed->restarts, e->speed->restarts == 1 ? "" : "s");
        break;
    case PC_EVENT_TIMED:
        break;
    case PC_EVENT_VERDICT:
        add_verdict(report, e, out);
        break;
    }
}

void pc_text_total(struct pc_text_report *report, int passed, int total, struct pc_str *out)
{
    pc_text_clear(report, out);
    pc_str_adds(out, "\n");
    add_line(report, out, "total", passed == total ? TONE_GOOD : TONE_PLAIN,
             "%d of %d exercises passed", passed, total);
}
