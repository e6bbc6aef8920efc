#include "report/profile.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "base/wrap.h"
#include "hotspots/lines.h"
#include "hotspots/top.h"
#include "hotspots/tree.h"
#include "report/alloc_counts.h"
#include "report/alloc_text.h"
#include "report/lock_text.h"
#include "report/lock_waits.h"
#include "report/profile_diff.h"
#include "report/profile_parts.h"

enum {
    NARROW = 60,    /* below, there is no room for intervals */
    LINES_SHOWN = 5 /* of the kernel, when no function is asked for */
};

static void add_interval(struct pc_str *out, const struct pc_share *share)
{
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("%.0f to %.0f", 100 * share->low, 100 * share->high);
    pc_str_addf(out, "  %-9s", text);
}

static void add_top(const struct pc_profile_view *view, const struct pc_stacks *stacks,
                    struct pc_str *out)
{
    const struct pc_profile *profile = stacks->profile;
    struct pc_top top;
    pc_top_make(&top, stacks, view->by_total ? PC_TOP_BY_TOTAL : PC_TOP_BY_SELF);
    bool wide = (view->width == 0 || view->width >= NARROW) &&
                stacks->whole.certainty == PC_SHARES_SAMPLED;
    pc_str_addf(out, "%7s%s%9s  function\n", "here", wide ? "  95 %     " : "",
                wide ? "and below" : "below");
    bool ties = false;
    for (size_t i = 0; i < top.n && i < view->top; i++) {
        const struct pc_top_row *row = &top.items[i];
        const struct pc_function *f = &profile->functions.items[row->function];
        pc_profile_percent(out, row->self.part);
        if (wide)
            add_interval(out, view->by_total ? &row->total : &row->self);
        pc_str_adds(out, "  ");
        pc_profile_percent(out, row->total.part);
        /* Of those that take nothing the order is that of their names. */
        bool tied =
            row->is_tied && (view->by_total ? row->total.value : row->self.value) > 0;
        pc_str_adds(out, tied ? " =" : "  ");
        ties |= tied;
        PC_AUTO(pc_auto_free) char *name = pc_profile_function_text(f);
        pc_profile_cut(out, name, pc_profile_room(view, wide ? 29 : 18));
        pc_str_adds(out, "\n");
    }
    if (top.n > view->top)
        pc_str_addf(out, "%zu more: --top %zu\n", top.n - view->top, top.n);
    if (ties)
        pc_profile_sentence("= marks a tie: the order of these could be chance.",
                            view->width, out);
    pc_top_fini(&top);
}

/* One line of the source with its shares; no source: the number alone. */
static void add_line(const struct pc_profile_view *view, const struct pc_profile *profile,
                     int line, const struct pc_line_row *row, struct pc_str *out)
{
    if (row) {
        pc_profile_percent(out, row->self.part);
        pc_str_adds(out, " ");
        pc_profile_percent(out, row->total.part);
    } else {
        pc_str_addf(out, "%7s %7s", "", "");
    }
    pc_str_addf(out, "%6d  ", line);
    pc_profile_add_source(profile, line, pc_profile_room(view, 24), out);
    pc_str_adds(out, "\n");
}

static int most_first(const void *a, const void *b)
{
    const struct pc_line_row *x = *(const struct pc_line_row *const *)a;
    const struct pc_line_row *y = *(const struct pc_line_row *const *)b;
    return x->self.value != y->self.value ? (x->self.value < y->self.value ? 1 : -1)
                                          : x->line - y->line;
}

static int by_line(const void *a, const void *b)
{
    const struct pc_line_row *x = *(const struct pc_line_row *const *)a;
    const struct pc_line_row *y = *(const struct pc_line_row *const *)b;
    return x->line - y->line;
}

/* The lines that took most, in their order. */
static void add_hot_lines(const struct pc_profile_view *view,
                          const struct pc_profile *profile, const struct pc_lines *lines,
                          struct pc_str *out)
{
    const struct pc_line_row **rows = pc_alloc((lines->n + 1) * sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < lines->n; i++)
        if (lines->items[i].line > 0)
            rows[n++] = &lines->items[i];
    qsort(rows, n, sizeof *rows, most_first);
    if (n > LINES_SHOWN)
        n = LINES_SHOWN;
    qsort(rows, n, sizeof *rows, by_line);
    if (n > 0)
        pc_str_addf(out, "\n%7s %7s  line of %s\n", "here", "below", profile->source_name);
    for (size_t i = 0; i < n; i++)
        add_line(view, profile, rows[i]->line, rows[i], out);
    free(rows);
}

/* Whose lines are shown: of a program that comes without its source, the numbers of those of
 * the function. */
static const char *file_of_lines(const struct pc_profile_view *view,
                                 const struct pc_profile *profile)
{
    if (profile->source_name)
        return profile->source_name;
    for (size_t i = 0; view->function && i < profile->functions.n; i++) {
        const struct pc_function *f = &profile->functions.items[i];
        if (f->code == PC_CODE_KERNEL && strcmp(f->name, view->function) == 0)
            return f->file;
    }
    return "";
}

/* From the first to the last line of a function that was seen, and a few around. */
static void add_function(const struct pc_profile_view *view,
                         const struct pc_profile *profile, const struct pc_lines *lines,
                         struct pc_str *out)
{
    int first, last;
    if (!pc_profile_range(profile, view->function, &first, &last))
        return;
    pc_str_addf(out, "\n%7s %7s  line of %s\n", "here", "below",
                file_of_lines(view, profile));
    for (int line = first; line <= last; line++)
        add_line(view, profile, line, pc_lines_find(lines, line), out);
}

bool pc_profile_text(const struct pc_profiled *found, const struct pc_profile_view *view,
                     struct pc_str *out, struct pc_err *err)
{
    const struct pc_profile *profile = found->profile;
    if (pc_alloc_is_counted(profile))
        return pc_alloc_text(found, view, out, err);
    if (pc_lock_is_counted(profile))
        return pc_lock_text(found, view, out, err);
    struct pc_stacks stacks;
    const struct pc_look look = {.type = profile->main,
                                 .hides_host = !view->everything,
                                 .folds_libraries = !view->everything};
    if (view->function && !pc_profile_has_function(profile, view->function, err))
        return false;
    pc_stacks_init(&stacks, profile, &look);
    pc_profile_heading(found, &stacks, view->width, out);
    if (stacks.n > 0) {
        struct pc_lines lines;
        pc_str_adds(out, "\n");
        add_top(view, &stacks, out);
        pc_lines_make(&lines, &stacks, file_of_lines(view, profile));
        if (view->function)
            add_function(view, profile, &lines, out);
        else if (profile->source)
            add_hot_lines(view, profile, &lines, out);
        if (view->tree)
            pc_profile_tree(view, &stacks, out);
        pc_lines_fini(&lines);
    }
    pc_stacks_fini(&stacks);
    return !view->before || pc_profile_diff_text(view->before, profile, view, out, err);
}
