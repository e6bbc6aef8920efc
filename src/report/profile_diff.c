#include "report/profile_diff.h"

#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "hotspots/diff.h"
#include "report/profile_parts.h"

enum {
    NARROW = 60, /* below, there is no room for intervals */
    WIDE = 80    /* from here on there is room for times, too */
};

static bool has_times(const struct pc_profile *before, const struct pc_profile *now,
                      const struct pc_diff *diff, size_t width)
{
    return (width == 0 || width >= WIDE) && isfinite(diff->old_per_op) &&
           isfinite(diff->new_per_op) &&
           strcmp(now->types[now->main].unit, "nanoseconds") == 0 &&
           strcmp(before->types[before->main].unit, "nanoseconds") == 0;
}

/* What is counted exactly has no intervals. */
static bool is_wide(const struct pc_profile_view *view, const struct pc_profile *now)
{
    return (view->width == 0 || view->width >= NARROW) && now->kind != PC_PROFILE_LOCK;
}

/* "+": more than before for sure, "-": less; "=": could be either. */
static const char *sign_of(const struct pc_difference *share)
{
    return share->sign > 0 ? "+" : share->sign < 0 ? "-" : "=";
}

static void add_share(struct pc_str *out, const struct pc_share *share, bool is_there)
{
    if (is_there)
        pc_str_addf(out, "%5.1f %%", 100 * share->part);
    else
        pc_str_addf(out, "%7s", "-");
}

static void add_change(const struct pc_change *change, const struct pc_profile *before,
                       const struct pc_profile *now, bool times,
                       const struct pc_profile_view *view, struct pc_str *out)
{
    const struct pc_difference *d = &change->share;
    char old_time[PC_UNITS_MAX], new_time[PC_UNITS_MAX];
    const struct pc_function *f = change->after != PC_NO_FUNCTION
                                      ? &now->functions.items[change->after]
                                      : &before->functions.items[change->before];
    bool wide = is_wide(view, now);
    add_share(out, &change->old, change->before != PC_NO_FUNCTION);
    pc_str_adds(out, "  ");
    add_share(out, &change->new, change->after != PC_NO_FUNCTION);
    pc_str_addf(out, "  %s %+6.1f", sign_of(d), 100 * d->part);
    if (wide) {
        PC_AUTO(pc_auto_free) char *interval =
            pc_strfmt("%+.0f to %+.0f", 100 * d->low, 100 * d->high);
        pc_str_addf(out, "  %-12s", interval);
    }
    if (times)
        pc_str_addf(out, "%9s %9s",
                    change->old.value ? pc_format_ns(change->old_per_op, old_time) : "-",
                    change->new.value ? pc_format_ns(change->new_per_op, new_time) : "-");
    PC_AUTO(pc_auto_free) char *name = pc_profile_function_text(f);
    pc_str_adds(out, "  ");
    pc_profile_cut(out, name,
                   pc_profile_room(view, 28 + (wide ? 14 : 0) + (times ? 19 : 0)));
    pc_str_adds(out, "\n");
}

static void add_rows(const struct pc_diff *diff, const struct pc_profile *before,
                     const struct pc_profile *now, const struct pc_profile_view *view,
                     struct pc_str *out)
{
    bool exact = now->kind == PC_PROFILE_LOCK;
    bool wide = is_wide(view, now);
    bool times = has_times(before, now, diff, view->width), doubts = false;
    pc_str_addf(out, "%7s  %7s  %8s%s%s  function\n", "before", "now", "change",
                wide ? "  95 %        " : "", times ? "   before       now" : "");
    for (size_t i = 0; i < diff->n && i < view->top; i++) {
        add_change(&diff->items[i], before, now, times, view, out);
        doubts |= diff->items[i].share.sign == 0 && !exact;
    }
    if (diff->n > view->top)
        pc_str_addf(out, "%zu more: --top %zu\n", diff->n - view->top, diff->n);
    if (doubts)
        pc_profile_sentence(
            "= marks a change that could be none: its interval has 0 in it.", view->width,
            out);
}

bool pc_profile_diff_text(const struct pc_profile *before, const struct pc_profile *now,
                          const struct pc_profile_view *view, struct pc_str *out,
                          struct pc_err *err)
{
    struct pc_stacks old, new;
    struct pc_diff diff;
    struct pc_look look = {.type = before->main,
                           .hides_host = !view->everything,
                           .folds_libraries = !view->everything};
    pc_stacks_init(&old, before, &look);
    look.type = now->main;
    pc_stacks_init(&new, now, &look);
    bool fine = pc_diff_make(&diff, &old, &new,
                             view->by_total ? PC_TOP_BY_TOTAL : PC_TOP_BY_SELF, err);
    if (fine) {
        struct pc_str s = {0};
        char old_time[PC_UNITS_MAX], new_time[PC_UNITS_MAX];
        if (now->kind == PC_PROFILE_LOCK)
            pc_str_adds(&s, "compared with the waiting of before, ");
        else
            pc_str_addf(&s, "compared with %.0f samples of before, ", old.whole.taken);
        pc_str_addf(&s, "%s",
                    view->by_total ? "shares with all that is called"
                                   : "shares of what functions take themselves");
        if (has_times(before, now, &diff, 0))
            pc_str_addf(&s,
                        now->kind == PC_PROFILE_LOCK
                            ? "; in an operation %s were waited and now %s"
                            : "; an operation took %s of CPU and takes %s",
                        pc_format_ns(diff.old_per_op, old_time),
                        pc_format_ns(diff.new_per_op, new_time));
        pc_str_adds(out, "\n");
        pc_profile_sentence(pc_str_get(&s), view->width, out);
        pc_str_fini(&s);
        pc_str_adds(out, "\n");
        add_rows(&diff, before, now, view, out);
        if (now->kind == PC_PROFILE_LOCK)
            pc_profile_sentence(
                "Every wait was timed, but how much is waited varies from run to "
                "run: repeat both before you believe a small change.",
                view->width, out);
        pc_profile_sentence(
            "Each profile's shares are of its own time: where something has "
            "become faster, the rest has a greater share and may be as "
            "fast as before.",
            view->width, out);
        pc_diff_fini(&diff);
    }
    pc_stacks_fini(&old);
    pc_stacks_fini(&new);
    return fine;
}
