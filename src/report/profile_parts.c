#include "report/profile_parts.h"

#include <inttypes.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"
#include "base/wrap.h"
#include "hotspots/tree.h"
#include "report/alloc_counts.h"
#include "report/alloc_text.h"
#include "report/lock_text.h"
#include "report/lock_waits.h"

enum {
    INDENT = 4,
    AROUND = 2,   /* lines of source around those of a function */
    SHORT_MIN = 8 /* columns that a name gets at least */
};

/* Branches of the tree that are smaller are left out. */
static const double least_branch = 0.01;

void pc_profile_sentence(const char *text, size_t width, struct pc_str *out)
{
    pc_wrap_add(out, text, &(struct pc_wrap){.width = width, .indent = INDENT});
    pc_str_adds(out, "\n");
}

double pc_profile_precision(const struct pc_stacks *stacks)
{
    const struct pc_whole *whole = &stacks->whole;
    if (whole->certainty != PC_SHARES_SAMPLED)
        return 0;
    struct pc_share half = pc_share_of(whole->total / 2, whole);
    return 50 * (half.high - half.low);
}

void pc_profile_add_bench(const struct pc_profiled *found, struct pc_str *out)
{
    pc_str_adds(out, found->bench && found->bench[0] ? found->bench : "profile");
    if (found->size)
        pc_str_addf(out, " at n = %zu", found->size);
}

static void add_origin(const struct pc_profiled *found, const struct pc_stacks *stacks,
                       size_t width, struct pc_str *out)
{
    const struct pc_profile *p = found->profile;
    char used[PC_UNITS_MAX], wall[PC_UNITS_MAX];
    struct pc_str s = {0};
    if (p->hz == 0 && p->taken == 0 && p->kind <= PC_PROFILE_WALL) {
        pc_str_adds(&s, found->bench && found->bench[0] ? found->bench : "profile");
        pc_str_adds(&s, ": of a file that does not say how it was taken");
        pc_profile_sentence(s.s, width, out);
        pc_str_fini(&s);
        return;
    }
    pc_profile_add_bench(found, &s);
    pc_str_addf(&s, ": %" PRIu64 " sample%s at %u Hz", p->taken, p->taken == 1 ? "" : "s",
                p->hz);
    if (p->kind == PC_PROFILE_CPU)
        pc_str_addf(&s, ", %s of CPU in %s", pc_format_ns((double)p->cpu_ns, used),
                    pc_format_ns((double)p->wall_ns, wall));
    else
        pc_str_addf(&s, " of the clock in %s", pc_format_ns((double)p->wall_ns, wall));
    pc_str_addf(&s, ", %u thread%s", p->threads, p->threads == 1 ? "" : "s");
    double points = pc_profile_precision(stacks);
    if (points > 0 && pc_stacks_suffice(stacks))
        pc_str_addf(&s, "; shares are good to ±%.1f points (95 %%)", points);
    pc_profile_sentence(pc_str_get(&s), width, out);
    pc_str_fini(&s);
}

void pc_profile_add_crash(const struct pc_crash *crash, size_t width, struct pc_str *out)
{
    struct pc_str s = {0};
    if (crash->ending == PC_ENDING_NONE)
        return;
    if (crash->ending == PC_ENDING_TIME)
        pc_str_adds(&s, crash->asleep ? "It did not come back, waited without working"
                                      : "It did not come back");
    else
        pc_str_addf(&s, "It did not come to its end: %s", crash->what);
    if (crash->place.line > 0)
        pc_str_addf(
            &s, crash->ending == PC_ENDING_TIME ? "; it was seen at %s:%d" : ", at %s:%d",
            crash->place.file, crash->place.line);
    pc_str_adds(&s, ". What follows is from before it was ended.");
    pc_profile_sentence(pc_str_get(&s), width, out);
    pc_str_fini(&s);
}

static const char *reason_of(enum pc_deafness deaf)
{
    switch (deaf) {
    case PC_BLOCKS_SIGNAL:
        return "It blocks the signal SIGPROF, which profiling needs: take the call of "
               "sigprocmask() or pthread_sigmask() out.";
    case PC_HANDLES_SIGNAL:
        return "It handles or ignores the signal SIGPROF, which profiling needs: take the "
               "call of sigaction() or signal() out.";
    case PC_STOPS_TIMER:
        return "It has deleted or stopped the timer that profiling needs: it must leave "
               "alone timers that it has not made.";
    case PC_HEARS_SIGNAL:
        break;
    }
    return NULL;
}

/* Samples that never came, though there was enough to be seen.  Systems look at timers of
 * processor time 100 times a second or more often. */
static bool is_deaf(const struct pc_profile *profile)
{
    enum { TICKS = 100, ENOUGH = 20, FEW = 4 };
    double hz = profile->hz < TICKS ? profile->hz : TICKS;
    double expected = (double)profile->cpu_ns / 1e9 * hz;
    return profile->kind == PC_PROFILE_CPU && expected >= ENOUGH &&
           (double)(profile->taken + profile->lost) < expected / FEW;
}

/* A program that waits most of the time is not better known when it is watched longer. */
static bool is_mostly_waiting(const struct pc_profile *profile)
{
    return profile->kind == PC_PROFILE_CPU && profile->cpu_ns < profile->wall_ns / 10;
}

/* What to do about too few samples. */
static void add_advice(const struct pc_stacks *stacks, struct pc_str *s)
{
    const struct pc_profile *p = stacks->profile;
    int64_t need = pc_stacks_need_ns(stacks);
    if (is_deaf(p)) {
        pc_str_addf(s, ": the signal SIGPROF did not come as often as it should; does the "
                       "kernel block or handle it for a time?");
        return;
    }
    if (is_mostly_waiting(p))
        pc_str_adds(s, ": it used hardly any processor time; --wall shows where it waits");
    else if (need > 0)
        pc_str_addf(s, ": try --seconds %.0f", (double)(need / 1000000000 + 1));
    pc_str_adds(s, ".");
}

/* The file is all that is known of functions without a name. */
static void add_nameless(const struct pc_profile *profile, size_t width, struct pc_str *out)
{
    for (size_t i = 0; i < profile->functions.n; i++) {
        const struct pc_function *f = &profile->functions.items[i];
        if (f->code != PC_CODE_KERNEL || f->name[0] != '[')
            continue;
        PC_AUTO(pc_auto_free) char *text =
            pc_strfmt("%s stands for its functions whose names are not known: compile it "
                      "with -g, and do not strip it.",
                      f->name);
        pc_profile_sentence(text, width, out);
        return;
    }
}

static void add_doubts(const struct pc_profiled *found, const struct pc_stacks *stacks,
                       size_t width, struct pc_str *out)
{
    const struct pc_profile *p = found->profile;
    struct pc_str s = {0};
    if (found->deaf)
        pc_profile_sentence(reason_of(found->deaf), width, out);
    if (found->unarmed > 0) {
        pc_str_addf(&s,
                    "%u of its threads could get no timer and were not watched: allow "
                    "more pending signals (ulimit -i).",
                    found->unarmed);
        pc_profile_sentence(pc_str_get(&s), width, out);
    }
    pc_str_fini(&s);
    add_nameless(p, width, out);
    if (p->lost > 0) {
        pc_str_addf(&s,
                    "%" PRIu64 " samples found no room and are missing: profile for a "
                    "shorter time (--seconds).",
                    p->lost);
        pc_profile_sentence(pc_str_get(&s), width, out);
    }
    pc_str_fini(&s);
    if (p->broken * 100 > p->taken) {
        pc_str_addf(&s,
                    "%" PRIu64 " of the stacks are cut: they were deeper than what is "
                    "kept, so callers far out are missing.",
                    p->broken);
        pc_profile_sentence(pc_str_get(&s), width, out);
    }
    pc_str_fini(&s);
    if (stacks->whole.certainty != PC_SHARES_SAMPLED || pc_stacks_suffice(stacks) ||
        found->deaf)
        return;
    pc_str_adds(&s, "These are too few samples to say which function is the first");
    add_advice(stacks, &s);
    pc_profile_sentence(pc_str_get(&s), width, out);
    pc_str_fini(&s);
}

void pc_profile_heading(const struct pc_profiled *found, const struct pc_stacks *stacks,
                        size_t width, struct pc_str *out)
{
    if (pc_alloc_is_counted(found->profile)) {
        pc_alloc_heading(found, width, out);
        return;
    }
    if (pc_lock_is_counted(found->profile)) {
        pc_lock_heading(found, width, out);
        return;
    }
    add_origin(found, stacks, width, out);
    pc_profile_add_crash(&found->crash, width, out);
    add_doubts(found, stacks, width, out);
}

char *pc_profile_function_text(const struct pc_function *f)
{
    bool has_place = f->code != PC_CODE_LIBRARY && f->code != PC_CODE_HOST;
    if (f->file[0] && f->line > 0 && has_place)
        return pc_strfmt("%s  %s:%d", f->name, f->file, f->line);
    return pc_strdup(f->name);
}

const char *pc_profile_source_line(const struct pc_profile *profile, int line, size_t *n)
{
    const char *s = profile->source;
    *n = 0;
    for (int k = 1; s && k < line; k++) {
        s = strchr(s, '\n');
        s = s ? s + 1 : NULL;
    }
    if (s && *s)
        *n = strcspn(s, "\n");
    return s && *s ? s : NULL;
}

bool pc_profile_has_function(const struct pc_profile *profile, const char *name,
                             struct pc_err *err)
{
    PC_AUTO(pc_auto_free) const char **names =
        pc_alloc_array(profile->functions.n + 1, sizeof *names);
    struct pc_str list = {0};
    size_t n = 0;
    for (size_t i = 0; i < profile->functions.n; i++) {
        const struct pc_function *f = &profile->functions.items[i];
        if (f->code != PC_CODE_KERNEL)
            continue;
        if (strcmp(f->name, name) == 0) {
            pc_str_fini(&list);
            return true;
        }
        pc_str_addf(&list, "%s%s", n > 0 ? ", " : "", f->name);
        names[n++] = f->name;
    }
    PC_AUTO(pc_auto_free) char *near = pc_text_nearest(name, names, n);
    if (near)
        pc_fail(err, PC_USAGE, "no function %s was seen; did you mean %s?", name, near);
    else
        pc_fail(err, PC_USAGE, "no function %s was seen; these were: %s", name,
                n > 0 ? list.s : "none");
    pc_str_fini(&list);
    return false;
}

void pc_profile_add_source(const struct pc_profile *profile, int number, size_t width,
                           struct pc_str *out)
{
    size_t n;
    const char *text = pc_profile_source_line(profile, number, &n);
    PC_AUTO(pc_auto_free) char *line = pc_text_harmless(text ? text : "", n, n + 1);
    for (char *p = line; *p; p++)
        if (*p == '\t')
            *p = ' ';
    pc_profile_cut(out, line, width);
}

bool pc_profile_range(const struct pc_profile *profile, const char *name, int *first,
                      int *last)
{
    *first = *last = 0;
    for (size_t i = 0; i < profile->frames.n; i++) {
        const struct pc_frame *frame = &profile->frames.items[i];
        const struct pc_function *f = &profile->functions.items[frame->function];
        if (frame->line == 0 || strcmp(f->name, name) != 0 || f->code != PC_CODE_KERNEL)
            continue;
        int begin = f->line && f->line < frame->line ? f->line : frame->line;
        *first = *first == 0 || begin < *first ? begin : *first;
        *last = frame->line > *last ? frame->line : *last;
    }
    if (*first == 0)
        return false;
    *first = *first > AROUND ? *first - AROUND : 1;
    size_t n;
    for (int k = 0; k < AROUND && pc_profile_source_line(profile, *last + 1, &n); k++)
        ++*last;
    return true;
}

void pc_profile_percent(struct pc_str *out, double part)
{
    pc_str_addf(out, "%5.1f %%", 100 * part);
}

size_t pc_profile_room(const struct pc_profile_view *view, size_t used)
{
    if (view->width == 0)
        return SIZE_MAX;
    return view->width > used ? view->width - used : 0;
}

void pc_profile_cut(struct pc_str *out, const char *text, size_t width)
{
    size_t n = strlen(text);
    if (width < SHORT_MIN)
        width = SHORT_MIN;
    if (pc_text_width(text, n) <= width)
        pc_str_adds(out, text);
    else
        pc_str_addf(out, "%.*s...", (int)pc_text_fit(text, n, width - 3), text);
}

void pc_profile_tree(const struct pc_profile_view *view, const struct pc_stacks *stacks,
                     struct pc_str *out)
{
    struct pc_tree tree;
    pc_tree_make(&tree, stacks, true);
    pc_str_adds(out, "\n  total  who calls whom\n");
    for (uint32_t i = 0; i < tree.n; i++) {
        const struct pc_tree_node *node = &tree.items[i];
        if (node->width < least_branch)
            continue;
        pc_profile_percent(out, node->width);
        pc_str_addf(out, "  %*s", (int)(node->depth < 40 ? node->depth : 40), "");
        struct pc_str name = {0};
        pc_tree_name(&tree, i, &name);
        pc_profile_cut(out, pc_str_get(&name), pc_profile_room(view, 9 + node->depth));
        pc_str_fini(&name);
        pc_str_adds(out, "\n");
    }
    pc_tree_fini(&tree);
}
