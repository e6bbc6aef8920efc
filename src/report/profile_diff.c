#include "report/profile_diff.h"

#include <math.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "model/attempt.h"
#include "report/alloc_counts.h"
#include "report/profile_parts.h"
#include "report/values.h"

enum {
    NARROW = 60, /* below, there is no room for intervals */
    WIDE = 80,   /* from here on there is room for times, too */
    VALUE = 11   /* columns of a number that was counted */
};

static bool is_wide(size_t width, size_t least)
{
    return width == 0 || width >= least;
}

static bool is_timed(const struct pc_profile *profile, size_t type)
{
    return strcmp(profile->types[type].unit, "nanoseconds") == 0;
}

/* "+": more than before for sure, "-": less; "=": could be either. */
static const char *sign_of(const struct pc_change *change)
{
    return change->sign > 0 ? "+" : change->sign < 0 ? "-" : "=";
}

/* The types of what is ranked by, in the one before and now. */
struct types {
    size_t before, now;
};

static bool make_diff(struct pc_diff *diff, struct pc_profile_changes *c,
                      const struct types *types, const struct pc_profile_view *view,
                      struct pc_err *err)
{
    struct pc_stacks old, new;
    struct pc_look look = {.type = types->before,
                           .hides_host = !view->everything,
                           .folds_libraries = !view->everything};
    pc_stacks_init(&old, c->before, &look);
    look.type = types->now;
    pc_stacks_init(&new, c->now, &look);
    bool fine = pc_diff_make(diff, &old, &new,
                             view->by_total ? PC_TOP_BY_TOTAL : PC_TOP_BY_SELF, err);
    c->taken = old.whole.taken;
    pc_stacks_fini(&old);
    pc_stacks_fini(&new);
    return fine;
}

/* Of profiles that count, the view chooses the value; 0 is none of locks. */
static size_t ranked_type(const struct pc_profile *profile,
                          const struct pc_profile_view *view)
{
    bool chosen =
        pc_alloc_is_counted(profile) || (profile->kind == PC_PROFILE_LOCK && view->by > 0);
    return chosen && view->by < profile->n_types ? view->by : profile->main;
}

/* A value that stands beside that one, or itself. */
static size_t other_type(const struct pc_profile *profile, size_t type)
{
    size_t types[PC_PROFILE_VALUES], n = pc_value_types(profile, types);
    for (size_t i = 0; i < n; i++)
        if (types[i] != type)
            return types[i];
    return type;
}

bool pc_profile_changes_make(struct pc_profile_changes *changes,
                             const struct pc_profile *before, const struct pc_profile *now,
                             const struct pc_profile_view *view, struct pc_err *err)
{
    struct types types = {.before = ranked_type(before, view),
                          .now = ranked_type(now, view)};
    *changes = (struct pc_profile_changes){
        .before = before, .now = now, .type = types.now, .by_total = view->by_total};
    if (!make_diff(&changes->diff, changes, &types, view, err))
        return false;
    changes->has_times = !changes->diff.is_counted && isfinite(changes->diff.old_per_op) &&
                         isfinite(changes->diff.new_per_op) &&
                         is_timed(before, types.before) && is_timed(now, types.now);
    /* What is nothing now was something before. */
    size_t other = other_type(now, types.now);
    if (other == types.now)
        other = other_type(before, types.before);
    changes->other = other;
    struct types others = {.before = other, .now = other};
    if (changes->diff.is_counted && other != types.now && types.now == types.before &&
        other < now->n_types && other < before->n_types &&
        !make_diff(&changes->beside, changes, &others, view, err)) {
        pc_diff_fini(&changes->diff);
        return false;
    }
    return true;
}

void pc_profile_changes_fini(struct pc_profile_changes *changes)
{
    pc_diff_fini(&changes->diff);
    pc_diff_fini(&changes->beside);
    *changes = (struct pc_profile_changes){0};
}

const struct pc_function *pc_profile_changes_function(const struct pc_profile_changes *c,
                                                      size_t i)
{
    const struct pc_change *change = &c->diff.items[i];
    return change->after != PC_NO_FUNCTION ? &c->now->functions.items[change->after]
                                           : &c->before->functions.items[change->before];
}

const struct pc_change *pc_profile_changes_beside(const struct pc_profile_changes *c,
                                                  const struct pc_change *change)
{
    for (size_t i = 0; i < c->beside.n; i++) {
        const struct pc_change *row = &c->beside.items[i];
        if (row->before == change->before && row->after == change->after)
            return row;
    }
    return NULL;
}

/* A value for an operation, whatever it was computed from. */
static const char *each(const struct pc_profile_changes *c, size_t type, double per_op,
                        char buf[PC_UNITS_MAX])
{
    return pc_value_format(c->now, type, per_op * (double)c->now->ops, buf);
}

/* ", 1000 allocs/op became 1" */
static void add_whole(const struct pc_profile_changes *c, const struct pc_diff *diff,
                      size_t type, struct pc_str *out)
{
    char old[PC_UNITS_MAX], title[PC_UNITS_MAX], new[PC_UNITS_MAX];
    pc_str_addf(out, ", %s %s became %s", each(c, type, diff->old_per_op, old),
                pc_value_title(c->now, type, title), each(c, type, diff->new_per_op, new));
}

void pc_profile_changes_heading(const struct pc_profile_changes *c, struct pc_str *out)
{
    char when[PC_WHEN_MAX], old_time[PC_UNITS_MAX], new_time[PC_UNITS_MAX];
    pc_str_adds(out, "compared with ");
    if (!c->diff.is_counted)
        pc_str_addf(out, "%.0f samples of ", c->taken);
    pc_str_adds(out, "before");
    if (c->before->when > 0)
        pc_str_addf(out, " (%s)", pc_format_when(c->before->when, when));
    if (c->diff.is_counted) {
        add_whole(c, &c->diff, c->type, out);
        if (c->beside.n > 0)
            add_whole(c, &c->beside, c->other, out);
        pc_str_adds(out, c->by_total ? "; of functions with all that they call"
                                     : "; of functions what they do themselves");
        return;
    }
    pc_str_adds(out, c->by_total ? ", shares with all that is called"
                                 : ", shares of what functions take themselves");
    if (c->has_times)
        pc_str_addf(out, "; an operation took %s %sand takes %s",
                    pc_format_ns(c->diff.old_per_op, old_time),
                    c->now->kind == PC_PROFILE_CPU ? "of CPU " : "",
                    pc_format_ns(c->diff.new_per_op, new_time));
}

static void add_share(struct pc_str *out, const struct pc_share *share, bool is_there)
{
    if (is_there)
        pc_str_addf(out, "%5.1f %%", 100 * share->part);
    else
        pc_str_addf(out, "%7s", "-");
}

static void add_sampled(const struct pc_profile_changes *c, const struct pc_change *change,
                        size_t width, struct pc_str *out)
{
    const struct pc_difference *d = &change->share;
    char old_time[PC_UNITS_MAX], new_time[PC_UNITS_MAX];
    add_share(out, &change->old, change->before != PC_NO_FUNCTION);
    pc_str_adds(out, "  ");
    add_share(out, &change->new, change->after != PC_NO_FUNCTION);
    pc_str_addf(out, "  %s %+6.1f", sign_of(change), 100 * d->part);
    if (is_wide(width, NARROW)) {
        PC_AUTO(pc_auto_free) char *interval =
            pc_strfmt("%+.0f to %+.0f", 100 * d->low, 100 * d->high);
        pc_str_addf(out, "  %-12s", interval);
    }
    if (c->has_times && is_wide(width, WIDE))
        pc_str_addf(out, "%9s %9s",
                    change->old.value ? pc_format_ns(change->old_per_op, old_time) : "-",
                    change->new.value ? pc_format_ns(change->new_per_op, new_time) : "-");
}

static void add_counted(const struct pc_profile_changes *c, const struct pc_change *change,
                        size_t width, struct pc_str *out)
{
    char old[PC_UNITS_MAX], new[PC_UNITS_MAX], by[PC_UNITS_MAX];
    pc_str_addf(
        out, "%*s %*s  %s", VALUE,
        change->before == PC_NO_FUNCTION ? "-" : each(c, c->type, change->old_per_op, old),
        VALUE,
        change->after == PC_NO_FUNCTION ? "-" : each(c, c->type, change->new_per_op, new),
        sign_of(change));
    if (!is_wide(width, WIDE))
        return;
    double more = change->new_per_op - change->old_per_op;
    PC_AUTO(pc_auto_free) char *signed_by = pc_strfmt("%s%s",
                                                      more > 0   ? "+"
                                                      : more < 0 ? "-"
                                                                 : "",
                                                      each(c, c->type, fabs(more), by));
    pc_str_addf(out, " %*s", VALUE, signed_by);
    const struct pc_change *row = pc_profile_changes_beside(c, change);
    if (row)
        pc_str_addf(out, " %*s %*s", VALUE, each(c, c->other, row->old_per_op, old), VALUE,
                    each(c, c->other, row->new_per_op, new));
    else if (c->beside.n > 0)
        pc_str_addf(out, " %*s %*s", VALUE, "", VALUE, "");
}

void pc_profile_changes_titles(const struct pc_profile_changes *c, size_t width,
                               struct pc_str *out)
{
    char title[PC_UNITS_MAX];
    if (!c->diff.is_counted) {
        pc_str_addf(out, "%7s  %7s  %8s%s%s  function", "before", "now", "change",
                    is_wide(width, NARROW) ? "  95 %        " : "",
                    c->has_times && is_wide(width, WIDE) ? "   before       now" : "");
        return;
    }
    pc_str_addf(out, "%*s %*s   ", VALUE, pc_value_title(c->now, c->type, title), VALUE,
                "now");
    if (is_wide(width, WIDE)) {
        pc_str_addf(out, " %*s", VALUE, "change");
        if (c->beside.n > 0)
            pc_str_addf(out, " %*s %*s", VALUE, pc_value_title(c->now, c->other, title),
                        VALUE, "now");
    }
    pc_str_adds(out, "  function");
}

void pc_profile_changes_row(const struct pc_profile_changes *c, size_t i, size_t width,
                            struct pc_str *out)
{
    const struct pc_change *change = &c->diff.items[i];
    size_t start = out->len;
    if (c->diff.is_counted)
        add_counted(c, change, width, out);
    else
        add_sampled(c, change, width, out);
    PC_AUTO(pc_auto_free) char *name =
        pc_profile_function_text(pc_profile_changes_function(c, i));
    pc_str_adds(out, "  ");
    pc_profile_cut(
        out, name,
        pc_profile_room(&(struct pc_profile_view){.width = width}, out->len - start));
}

const char *pc_profile_changes_note(const struct pc_profile_changes *c)
{
    if (c->diff.is_counted && c->now->kind == PC_PROFILE_LOCK)
        return "Every wait is timed, but how much is waited varies from run to run: repeat "
               "both before you believe a small change.";
    return c->diff.is_counted
               ? "Everything is counted; values are of an operation of the bench, whose "
                 "inputs are drawn anew for each profile."
               : "Each profile's shares are of its own time: where something has "
                 "become faster, the rest has a greater share and may be as "
                 "fast as before.";
}

static void add_rows(const struct pc_profile_changes *c, const struct pc_profile_view *view,
                     struct pc_str *out)
{
    bool doubts = false;
    size_t n = c->diff.n;
    pc_profile_changes_titles(c, view->width, out);
    pc_str_adds(out, "\n");
    for (size_t i = 0; i < n && i < view->top; i++) {
        pc_profile_changes_row(c, i, view->width, out);
        pc_str_adds(out, "\n");
        doubts |= c->diff.items[i].sign == 0;
    }
    if (n > view->top)
        pc_str_addf(out, "%zu more: --top %zu\n", n - view->top, n);
    if (doubts && !c->diff.is_counted)
        pc_profile_sentence(
            "= marks a change that could be none: its interval has 0 in it.", view->width,
            out);
}

bool pc_profile_diff_text(const struct pc_profile *before, const struct pc_profile *now,
                          const struct pc_profile_view *view, struct pc_str *out,
                          struct pc_err *err)
{
    struct pc_profile_changes changes;
    if (!pc_profile_changes_make(&changes, before, now, view, err))
        return false;
    struct pc_str s = {0};
    pc_profile_changes_heading(&changes, &s);
    pc_str_adds(out, "\n");
    pc_profile_sentence(pc_str_get(&s), view->width, out);
    pc_str_fini(&s);
    pc_str_adds(out, "\n");
    add_rows(&changes, view, out);
    pc_profile_sentence(pc_profile_changes_note(&changes), view->width, out);
    pc_profile_changes_fini(&changes);
    return true;
}

void pc_profile_diff_missing(size_t width, struct pc_str *out)
{
    pc_str_adds(out, "\n");
    pc_profile_sentence("There is no earlier profile of another version of this kernel to "
                        "compare with. This one is kept: change the kernel and profile it "
                        "again.",
                        width, out);
}
