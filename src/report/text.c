#include "report/text.h"

#include <stdarg.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"
#include "base/wrap.h"
#include "report/excerpt.h"
#include "report/links.h"

enum { SHOWN_DIAGNOSTICS = 3, SHOWN_FAILURES = 3, SHOWN_OUTPUT = 5, SHOWN_BYTES = 4000 };

enum { INDENT = 4 };

enum tone { TONE_PLAIN, TONE_GOOD, TONE_BAD, TONE_DOUBT, TONE_FAINT };

/* A text in its colour, broken to the width, behind what takes `column` columns.  Names and
 * messages in it may come from the kernel: nothing in it acts on the terminal. */
static void add_toned(const struct pc_text_report *r, struct pc_str *out, enum tone tone,
                      const char *text, size_t column)
{
    static const char *const sgr[] = {"", "\033[32m", "\033[31m", "\033[33m", "\033[2m"};
    bool color = r->style.color && tone != TONE_PLAIN;
    PC_AUTO(pc_auto_free) char *harmless =
        pc_text_harmless(text, strlen(text), SHOWN_BYTES);
    struct pc_wrap wrap = {.width = r->style.width, .column = column, .indent = INDENT};
    pc_str_adds(out, color ? sgr[tone] : "");
    pc_wrap_add(out, harmless, &wrap);
    pc_str_adds(out, color ? "\033[0m" : "");
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
    struct pc_str line = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&line, fmt, ap);
    va_end(ap);
    /* A line that reaches the edge of the screen cannot be taken back, also when the
     * terminal shows a ^C behind it. */
    enum { ROOM = 3 };
    size_t width = r->style.width > ROOM ? r->style.width - ROOM : line.len;
    pc_str_add(out, line.s, pc_text_fit(line.s, line.len, width));
    pc_str_fini(&line);
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
    add_toned(r, out, tone, pc_str_get(&text), strlen(label) + 2);
    pc_str_adds(out, "\n");
    pc_str_fini(&text);
}

/* Text from outside, of several lines, each indented. */
static void add_indented(const struct pc_text_report *r, struct pc_str *out,
                         const char *text)
{
    PC_AUTO(pc_auto_free) char *harmless =
        pc_text_harmless(text, strlen(text), SHOWN_BYTES);
    struct pc_wrap wrap = {.width = r->style.width, .column = INDENT, .indent = INDENT + 2};
    char *rest = NULL;
    for (char *line = strtok_r(harmless, "\n", &rest); line;
         line = strtok_r(NULL, "\n", &rest)) {
        pc_str_addf(out, "%*s", INDENT, "");
        pc_wrap_add(out, line, &wrap);
        pc_str_adds(out, "\n");
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
        pc_excerpt_add(out, &b->items[i], r->style.width);
        shown++;
    }
    if (shown < (b->built ? b->n : errors))
        pc_str_addf(out, "    and %zu more\n", (b->built ? b->n : errors) - shown);
    if (b->trouble)
        add_indented(r, out, b->trouble);
}

static void add_failures(const struct pc_text_report *r, const struct pc_tests *t,
                         struct pc_str *out)
{
    for (size_t i = 0; i < t->n_items && i < SHOWN_FAILURES; i++) {
        const struct pc_failure *f = &t->items[i];
        struct pc_str name = {0};
        pc_str_adds(&name, f->test);
        if (f->place.line > 0)
            pc_str_addf(&name, " (%s:%d)", f->place.file, f->place.line);
        add_indented(r, out, pc_str_get(&name));
        pc_str_fini(&name);
        add_indented(r, out, f->text);
    }
    if (t->n_items > SHOWN_FAILURES)
        pc_str_addf(out, "    and %zu more\n", t->n_items - SHOWN_FAILURES);
}

/* The first lines of what the kernel printed: it may explain what went wrong. */
static void add_output(const struct pc_text_report *r, const char *output,
                       struct pc_str *out)
{
    size_t n = 0;
    for (int lines = 0; output[n] && lines < SHOWN_OUTPUT; n++)
        lines += output[n] == '\n';
    PC_AUTO(pc_auto_free) char *text = pc_strndup(output, n);
    pc_str_adds(out, "printed by the kernel:\n");
    add_indented(r, out, text);
    if (output[n])
        pc_str_adds(out, "    ...\n");
}

/* How the tests went; when they were stopped, the verdict says by what. */
static void add_tests(struct pc_text_report *r, const struct pc_event *e,
                      struct pc_str *out)
{
    const struct pc_tests *t = e->tests;
    bool stopped = t->crash.ending != PC_ENDING_NONE;
    const char *where = t->crash.during[0] ? t->crash.during : "their beginning";
    if (stopped && t->n_items > 0)
        add_line(r, out, "tests", TONE_BAD, "stopped in %s, after %zu failed", where,
                 t->n_items);
    else if (stopped)
        add_line(r, out, "tests", TONE_BAD, "stopped in %s", where);
    else if (t->failed)
        add_line(r, out, "tests", TONE_BAD, "%zu of %zu passed", t->n - t->failed, t->n);
    else
        add_line(r, out, "tests", TONE_GOOD,
                 "%zu of %zu passed, no memory error (ASan, UBSan)", t->n, t->n);
    add_failures(r, t, out);
    if (t->failed == 0 && !stopped)
        return;
    if (t->output && t->output[0])
        add_output(r, t->output, out);
    add_line(r, out, "seed", TONE_PLAIN, "for the same inputs again, add --seed %llu",
             (unsigned long long)t->seed);
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
        add_toned(r, out, tones[v->goals[i].kind], v->goals[i].sentence, 0);
        pc_str_adds(out, "\n");
    }
}

/* The judge does not know the exercise, so it cannot say where its hints are. */
static void add_next(struct pc_text_report *r, const struct pc_event *e, struct pc_str *out)
{
    const struct pc_verdict *v = e->verdict;
    char id[16];
    if (v->code == PC_MISSED && e->exercise->n_hints > 0)
        add_line(r, out, "next", TONE_PLAIN, "%s%swhen stuck, `perfcourse hint %s`",
                 v->next ? v->next : "", v->next ? "; " : "",
                 pc_exercise_id(e->exercise, id));
    else if (v->next)
        add_line(r, out, "next", TONE_PLAIN, "%s", v->next);
}

/* What is worth a word: a first pass, and a best that is no luck. */
static void add_record(struct pc_text_report *r, const struct pc_event *e,
                       struct pc_str *out)
{
    char now[PC_UNITS_MAX], before[PC_UNITS_MAX];
    if (!e->record)
        return;
    if (e->record->first_pass)
        add_line(r, out, "progress", TONE_GOOD, "passed for the first time");
    if (e->record->best)
        add_line(r, out, "progress", TONE_GOOD, "your best, %s after %s",
                 pc_format_ratio(e->speed->ratio, now),
                 pc_format_ratio(e->record->before, before));
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
    add_record(r, e, out);
    add_next(r, e, out);
    if (v->code == PC_PASSED && !v->speed_skipped && e->exercise->afterword) {
        pc_str_adds(out, "\n");
        pc_wrap_prose(out, e->exercise->afterword, r->style.width);
        pc_str_adds(out, "\n");
    }
    r->announced = NULL;
}

static void add_event(struct pc_text_report *report, const struct pc_event *e,
                      struct pc_str *out)
{
    announce(report, e, out);
    switch (e->kind) {
    case PC_EVENT_PROVING:
        add_line(report, out, "first", TONE_FAINT,
                 "proving this compiler's verdicts with planted faults, once");
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
    case PC_EVENT_GROWING:
        show_status(report, out, "growth ... n^%.2f after %u round%s", e->growth->exponent,
                    e->growth->rounds, e->growth->rounds == 1 ? "" : "s");
        break;
    case PC_EVENT_TAILS:
        show_status(report, out, "latencies ... after %u restart%s", e->tails->restarts,
                    e->tails->restarts == 1 ? "" : "s");
        break;
    case PC_EVENT_VERDICT:
        add_verdict(report, e, out);
        break;
    }
}

void pc_text_event(struct pc_text_report *report, const struct pc_event *e,
                   struct pc_str *out)
{
    size_t from = out->len;
    add_event(report, e, out);
    /* The kernel goes by the exercise's name, whichever file it was read from. */
    PC_AUTO(pc_auto_free) char *name = pc_strfmt("%s.c", e->exercise->name);
    if (report->style.links)
        pc_links_add(out, from, name, e->kernel);
}

void pc_text_then(struct pc_text_report *report, const struct pc_exercise *next,
                  struct pc_str *out)
{
    char id[16];
    pc_str_adds(out, "\n");
    add_line(report, out, "then", TONE_PLAIN, "%s, `perfcourse show %s`", next->title,
             pc_exercise_id(next, id));
}

void pc_text_total(struct pc_text_report *report, int passed, int total, struct pc_str *out)
{
    pc_text_clear(report, out);
    pc_str_adds(out, "\n");
    add_line(report, out, "total", passed == total ? TONE_GOOD : TONE_PLAIN,
             "%d of %d exercises passed", passed, total);
}
