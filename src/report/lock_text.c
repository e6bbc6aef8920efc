#include "report/lock_text.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "hotspots/stacks.h"
#include "report/lock_waits.h"
#include "report/profile_diff.h"
#include "report/profile_parts.h"

enum {
    NARROW = 60, /* below, there is no room for names beside the numbers */
    WIDTH = 10,
    LINES_SHOWN = 8,
    OTHERS_SHOWN = 4
};

struct table {
    const struct pc_profile_view *view;
    const struct pc_profile *profile;
    struct pc_lock_waits waits;
    enum pc_lock_value by;
    struct pc_str *out;
};

static bool is_narrow(const struct table *t)
{
    return t->view->width > 0 && t->view->width < NARROW;
}

static void add_sentence(const struct table *t, struct pc_str *s)
{
    pc_profile_sentence(pc_str_get(s), t->view->width, t->out);
    pc_str_fini(s);
}

static void add_heading(const struct pc_profiled *found, const struct table *t)
{
    const struct pc_lock_waits *w = &t->waits;
    const struct pc_profile *p = t->profile;
    char wall[PC_UNITS_MAX], waited[PC_UNITS_MAX];
    struct pc_str s = {0};
    pc_profile_add_bench(found, &s);
    pc_str_adds(&s, ": ");
    if (p->ops)
        pc_str_addf(&s, "%" PRIu64 " operation%s in %s, ", p->ops, p->ops == 1 ? "" : "s",
                    pc_format_ns((double)p->wall_ns, wall));
    if (w->calls == 0 && w->waits == 0) {
        pc_str_adds(&s, "it takes no lock and waits for none of its threads");
        add_sentence(t, &s);
        return;
    }
    pc_str_addf(&s, "%u thread%s; ", p->threads, p->threads == 1 ? "" : "s");
    if (w->waits == 0)
        pc_str_addf(&s, "nothing ever waited, in %" PRId64 " call%s that might have",
                    w->calls, w->calls == 1 ? "" : "s");
    else
        pc_str_addf(&s, "of %" PRId64 " call%s that may wait %" PRId64 " did, %s in all",
                    w->calls, w->calls == 1 ? "" : "s", w->waits,
                    pc_format_ns((double)w->ns, waited));
    add_sentence(t, &s);
    if (w->waits == 0)
        return;
    pc_str_adds(&s,
                "Waiting includes the time in which whoever was waited for was not running "
                "itself, because the processors were busy.");
    add_sentence(t, &s);
}

/* "add pool.c:31" */
static char *place_of(const struct pc_profile *profile, uint32_t frame)
{
    if (frame == PC_NO_FRAME)
        return pc_strdup("somewhere");
    const struct pc_frame *f = &profile->frames.items[frame];
    const struct pc_function *function = &profile->functions.items[f->function];
    if (!function->file[0] || f->line == 0)
        return pc_strdup(function->name);
    return pc_strfmt("%s %s:%d", function->name, function->file, f->line);
}

static void add_stuck_thread(const struct table *t, const struct pc_stuck_thread *thread)
{
    struct pc_str s = {0};
    PC_AUTO(pc_auto_free) char *place = place_of(t->profile, thread->frame);
    pc_str_addf(&s, "  thread %u waits at %s for a %s", thread->thread, place,
                thread->what);
    if (thread->holder_thread) {
        PC_AUTO(pc_auto_free) char *holder = place_of(t->profile, thread->holder);
        if (thread->holder_thread == thread->thread)
            pc_str_addf(&s, " that it took itself at %s", holder);
        else
            pc_str_addf(&s, " that thread %u%s took at %s", thread->holder_thread,
                        thread->holder_ended ? ", which has ended," : "", holder);
    }
    add_sentence(t, &s);
}

/* What a process that was stopped was waiting for; what one that was not has forgotten. */
static void add_stuck(const struct pc_stuck *stuck, const struct table *t)
{
    struct pc_str s = {0};
    if (stuck->n > 0) {
        pc_str_adds(&s, !stuck->has_circle ? "When it was stopped it waited:"
                        : stuck->n == 1    ? "A deadlock: it waits for itself."
                                        : "A deadlock: its threads wait for one another.");
        add_sentence(t, &s);
    }
    for (size_t i = 0; i < stuck->n; i++)
        add_stuck_thread(t, &stuck->items[i]);
    if (stuck->threads > stuck->n) {
        pc_str_addf(&s, "  and %zu more threads", stuck->threads - stuck->n);
        add_sentence(t, &s);
    }
    if (stuck->held > 0) {
        PC_AUTO(pc_auto_free) char *place = place_of(t->profile, stuck->held_at);
        pc_str_addf(&s, "%zu lock%s still held at the end%s %s.", stuck->held,
                    stuck->held == 1 ? " was" : "s were",
                    stuck->held == 1 ? ", taken at" : ", one of them taken at", place);
        add_sentence(t, &s);
    }
}

/* A share that is small, but not nothing, is not printed as nothing. */
static void add_share(const struct table *t, int64_t waits, int64_t calls)
{
    double percent = 100 * (double)waits / (double)calls;
    if (percent < 0.05)
        pc_str_adds(t->out, "   <0.1 %");
    else
        pc_str_addf(t->out, "  %5.1f %%", percent);
}

static void add_doubts(const struct pc_profiled *found, const struct table *t)
{
    struct pc_str s = {0};
    if (t->profile->lost > 0) {
        pc_str_addf(&s,
                    "Of %" PRIu64
                    " waits nothing is known but how long they were: they come "
                    "from too many places.",
                    t->profile->lost);
        add_sentence(t, &s);
    }
    if (t->profile->broken > 0) {
        pc_str_addf(&s,
                    "Of %" PRIu64 " waits only the inner calls are known: who called these "
                    "is missing.",
                    t->profile->broken);
        add_sentence(t, &s);
    }
    if (found->unarmed > 0) {
        pc_str_addf(&s,
                    "%u of its threads found no room: their calls are not counted, their "
                    "waits are.",
                    found->unarmed);
        add_sentence(t, &s);
    }
}

static void add_numbers(const struct table *t, int64_t ns, int64_t waits, int64_t calls)
{
    char time[PC_UNITS_MAX], number[PC_UNITS_MAX];
    double each = (double)waits / t->waits.per;
    pc_str_addf(t->out, "%*s %*s", WIDTH, pc_format_ns((double)ns / t->waits.per, time),
                WIDTH, each > 0 && each < 0.001 ? "<0.001" : pc_format_count(each, number));
    if (calls > 0)
        add_share(t, waits, calls);
    else
        pc_str_addf(t->out, "%9s", "");
}

static void add_text(const struct table *t, const char *text, size_t used)
{
    size_t width = t->view->width;
    pc_profile_cut(t->out, text, width == 0 ? SIZE_MAX : width > used ? width - used : 0);
    pc_str_adds(t->out, "\n");
}

/* For whom a line waited, as words; the caller owns them. */
static char *other_text(const struct pc_lock_row *row, const struct pc_lock_other *other)
{
    bool gathers = strcmp(row->what, "barrier") == 0;
    bool sleeps =
        strcmp(row->what, "condition") == 0 || strcmp(row->what, "semaphore") == 0;
    if (!other->place)
        return pc_strdup(sleeps ? "woken by nobody" : "nobody knows for whom");
    const char *verb = gathers ? "last came" : other->wakes ? "woken by" : "held by";
    return pc_strfmt("%s %s", verb, other->place);
}

static void add_other(const struct table *t, const struct pc_lock_other *other,
                      const struct pc_lock_row *row)
{
    PC_AUTO(pc_auto_free) char *text = other_text(row, other);
    if (is_narrow(t)) {
        char time[PC_UNITS_MAX];
        PC_AUTO(pc_auto_free) char *line =
            pc_strfmt("%s, %s", text, pc_format_ns((double)other->ns / t->waits.per, time));
        pc_str_adds(t->out, "    ");
        add_text(t, row->others.n > 1 ? line : text, 4);
        return;
    }
    if (row->others.n > 1)
        add_numbers(t, other->ns, other->waits, 0);
    else
        pc_str_addf(t->out, "%*s", 2 * WIDTH + 10, "");
    pc_str_adds(t->out, "    ");
    add_text(t, text, 2 * WIDTH + 14);
}

static void add_row(const struct table *t, const struct pc_lock_row *row)
{
    PC_AUTO(pc_auto_free) char *place = place_of(t->profile, row->frame);
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("%s%s%s", place, row->what[0] ? ", " : "", row->what);
    add_numbers(t, row->ns, row->waits, row->calls);
    pc_str_adds(t->out, is_narrow(t) ? "\n  " : "  ");
    add_text(t, text, is_narrow(t) ? 2 : 2 * WIDTH + 12);
    for (size_t i = 0; i < row->others.n && i < OTHERS_SHOWN; i++)
        add_other(t, &row->others.items[i], row);
    if (row->others.n > OTHERS_SHOWN)
        pc_str_addf(t->out, "%*s and %zu more\n", is_narrow(t) ? 3 : 2 * WIDTH + 13, "",
                    row->others.n - OTHERS_SHOWN);
}

static void add_top(const struct table *t)
{
    const char *per = t->profile->ops ? "/op" : "";
    PC_AUTO(pc_auto_free) char *waited = pc_strfmt("waited%s", per);
    PC_AUTO(pc_auto_free) char *waits = pc_strfmt("waits%s", per);
    pc_str_addf(t->out, "\n%*s %*s  of calls", WIDTH, waited, WIDTH, waits);
    pc_str_adds(t->out, is_narrow(t) ? "\n" : "  who waits, and for whom\n");
    for (size_t i = 0; i < t->waits.n && i < t->view->top; i++)
        add_row(t, &t->waits.items[i]);
    if (t->waits.n <= t->view->top)
        return;
    pc_str_addf(t->out, "%zu more", t->waits.n - t->view->top);
    if (!t->view->brief)
        pc_str_addf(t->out, ": --top %zu", t->waits.n);
    pc_str_adds(t->out, "\n");
}

static void add_line(const struct table *t, int line, const struct pc_lock_line *sum)
{
    char number[PC_UNITS_MAX];
    double per = t->waits.per;
    const int64_t values[] = {sum->ns, sum->caused};
    for (size_t i = 0; i < PC_COUNT(values); i++)
        pc_str_addf(t->out, "%*s ", WIDTH,
                    values[i] ? pc_format_ns((double)values[i] / per, number) : "");
    pc_str_addf(t->out, "%6d  ", line);
    size_t used = 2 * WIDTH + 10, width = t->view->width;
    pc_profile_add_source(t->profile, line,
                          width == 0     ? SIZE_MAX
                          : width > used ? width - used
                                         : 0,
                          t->out);
    pc_str_adds(t->out, "\n");
}

static int count_lines(const struct pc_profile *profile)
{
    int n = 0;
    for (const char *s = profile->source; *s; s++)
        n += *s == '\n';
    return n + 1;
}

/* Lines that wait, and lines for which others wait. */
static void add_lines(const struct table *t)
{
    int first = 1, last = count_lines(t->profile);
    size_t shown = 0, most = t->view->brief ? t->view->lines : LINES_SHOWN;
    bool all = t->view->function != NULL;
    if (all && !pc_profile_range(t->profile, t->view->function, &first, &last))
        return;
    const char *per = t->profile->ops ? "/op" : "";
    PC_AUTO(pc_auto_free) char *waited = pc_strfmt("waited%s", per);
    PC_AUTO(pc_auto_free) char *caused = pc_strfmt("caused%s", per);
    pc_str_addf(t->out, "\n%*s %*s   line of %s\n", WIDTH, waited, WIDTH, caused,
                t->profile->source_name);
    for (int line = first; line <= last && (all || shown < most); line++) {
        struct pc_lock_line sum = pc_lock_line_of(&t->waits, line);
        bool matters = sum.ns > 0 || sum.caused > 0;
        if (all || matters)
            add_line(t, line, &sum);
        shown += matters;
    }
}

static void add_tree(const struct table *t)
{
    struct pc_stacks stacks;
    const struct pc_look look = {.type = t->by,
                                 .hides_host = !t->view->everything,
                                 .folds_libraries = !t->view->everything};
    pc_stacks_init(&stacks, t->profile, &look);
    pc_profile_tree(t->view, &stacks, t->out);
    pc_stacks_fini(&stacks);
}

static void add_all_heads(const struct pc_profiled *found, const struct table *t)
{
    add_heading(found, t);
    pc_profile_add_crash(&found->crash, t->view->width, t->out);
    add_stuck(&found->stuck, t);
    add_doubts(found, t);
}

void pc_lock_heading(const struct pc_profiled *found, size_t width, struct pc_str *out)
{
    const struct pc_profile_view view = {.width = width};
    struct table t = {.view = &view, .profile = found->profile, .out = out};
    pc_lock_waits_init(&t.waits, found->profile, PC_LOCK_NS);
    add_all_heads(found, &t);
    pc_lock_waits_fini(&t.waits);
}

bool pc_lock_text(const struct pc_profiled *found, const struct pc_profile_view *view,
                  struct pc_str *out, struct pc_err *err)
{
    const struct pc_profile *profile = found->profile;
    if (view->function && !pc_profile_has_function(profile, view->function, err))
        return false;
    struct table t = {.view = view,
                      .profile = profile,
                      .by = view->by == PC_LOCK_WAITS ? PC_LOCK_WAITS : PC_LOCK_NS,
                      .out = out};
    pc_lock_waits_init(&t.waits, profile, t.by);
    add_all_heads(found, &t);
    if (t.waits.waits > 0) {
        add_top(&t);
        if (profile->source && (!view->brief || view->lines > 0))
            add_lines(&t);
        if (view->tree)
            add_tree(&t);
    }
    pc_lock_waits_fini(&t.waits);
    return !view->before || pc_profile_diff_text(view->before, profile, view, out, err);
}
