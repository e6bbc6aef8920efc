#include "report/alloc_text.h"

#include <inttypes.h>
#include <stdlib.h>

#include "base/mem.h"
#include "base/units.h"
#include "hotspots/top.h"
#include "hotspots/tree.h"
#include "report/alloc_counts.h"
#include "report/profile_diff.h"
#include "report/profile_parts.h"
#include "report/values.h"

enum { LINES_SHOWN = 8, WIDTH = 11, LINE_NUMBER = 7 };

struct table {
    const struct pc_profile_view *view;
    const struct pc_profile *profile;
    struct pc_alloc_counts counts;
    bool live; /* something lives on: it has a column */
    struct pc_str *out;
};

static void add_number(const struct table *t, enum pc_alloc_value type, int64_t value)
{
    char number[PC_UNITS_MAX];
    pc_str_addf(t->out, "%*s ", WIDTH,
                pc_value_format(t->profile, type, (double)value, number));
}

static void add_names(const struct table *t, const char *rest)
{
    static const enum pc_alloc_value types[] = {PC_ALLOC_OBJECTS, PC_ALLOC_BYTES,
                                                PC_ALLOC_LIVE_BYTES};
    char title[PC_UNITS_MAX];
    for (size_t i = 0; i < (t->live ? 3 : 2); i++)
        pc_str_addf(t->out, "%*s ", WIDTH, pc_value_title(t->profile, types[i], title));
    pc_str_addf(t->out, "%*s  %s\n", WIDTH, "and below", rest);
}

/* What its numbers and `more` columns leave of a line of the screen. */
static size_t room_of(const struct table *t, size_t more)
{
    size_t used = (WIDTH + 1) * (t->live ? 4u : 3u) + 1 + more;
    return pc_profile_room(t->view, used);
}

void pc_alloc_heading(const struct pc_profiled *found, size_t width, struct pc_str *out)
{
    const struct pc_profile *p = found->profile;
    char allocs[PC_UNITS_MAX], bytes[PC_UNITS_MAX], live[PC_UNITS_MAX];
    struct pc_str s = {0};
    double per = p->ops > 0 ? (double)p->ops : 1;
    double objects = (double)pc_profile_total(p, PC_ALLOC_OBJECTS) / per;
    double size = (double)pc_profile_total(p, PC_ALLOC_BYTES) / per;
    double lived = (double)pc_profile_total(p, PC_ALLOC_LIVE_BYTES) / per;
    pc_profile_add_bench(found, &s);
    if (p->ops)
        pc_str_addf(&s, ": %" PRIu64 " operation%s, on average with", p->ops,
                    p->ops == 1 ? "" : "s");
    else
        pc_str_adds(&s, ":");
    pc_str_addf(&s, " %s allocation%s of %s in all", pc_format_count(objects, allocs),
                objects == 1 ? "" : "s", pc_format_bytes(size, bytes));
    if (lived > 0)
        pc_str_addf(&s, ", of which %s lived on", pc_format_bytes(lived, live));
    pc_str_adds(&s, "; every one is counted");
    pc_profile_sentence(pc_str_get(&s), width, out);
    pc_str_fini(&s);
    pc_profile_add_crash(&found->crash, width, out);
    if (p->lost > 0) {
        pc_str_addf(&s,
                    "Of %" PRIu64 " allocations nothing is known but their size: they come "
                    "from too many places.",
                    p->lost);
        pc_profile_sentence(pc_str_get(&s), width, out);
        pc_str_fini(&s);
    }
    if (p->broken > 0) {
        pc_str_addf(&s,
                    "Of %" PRIu64 " allocations only the inner calls are known: who called "
                    "these is missing.",
                    p->broken);
        pc_profile_sentence(pc_str_get(&s), width, out);
        pc_str_fini(&s);
    }
}

static void add_top(const struct table *t)
{
    const struct pc_profile_view *view = t->view;
    struct pc_top top;
    pc_top_make(&top, &t->counts.columns[view->by].stacks,
                view->by_total ? PC_TOP_BY_TOTAL : PC_TOP_BY_SELF);
    add_names(t, "function");
    for (size_t i = 0; i < top.n && i < view->top; i++) {
        uint32_t f = top.items[i].function;
        add_number(t, PC_ALLOC_OBJECTS,
                   t->counts.columns[PC_ALLOC_OBJECTS].functions[f].self);
        add_number(t, PC_ALLOC_BYTES, t->counts.columns[PC_ALLOC_BYTES].functions[f].self);
        if (t->live)
            add_number(t, PC_ALLOC_LIVE_BYTES,
                       t->counts.columns[PC_ALLOC_LIVE_BYTES].functions[f].self);
        add_number(t, PC_ALLOC_OBJECTS,
                   t->counts.columns[PC_ALLOC_OBJECTS].functions[f].total);
        PC_AUTO(pc_auto_free) char *name =
            pc_profile_function_text(&t->profile->functions.items[f]);
        pc_str_adds(t->out, " ");
        pc_profile_cut(t->out, name, room_of(t, 0));
        pc_str_adds(t->out, "\n");
    }
    if (top.n > view->top)
        pc_str_addf(t->out, "%zu more: --top %zu\n", top.n - view->top, top.n);
    pc_top_fini(&top);
}

static int64_t line_value(const struct table *t, enum pc_alloc_value type, int line,
                          bool total)
{
    const struct pc_line_row *row = pc_lines_find(&t->counts.columns[type].lines, line);
    return !row ? 0 : total ? row->total.value : row->self.value;
}

static void add_line(const struct table *t, int line)
{
    if (line_value(t, PC_ALLOC_OBJECTS, line, true) > 0) {
        add_number(t, PC_ALLOC_OBJECTS, line_value(t, PC_ALLOC_OBJECTS, line, false));
        add_number(t, PC_ALLOC_BYTES, line_value(t, PC_ALLOC_BYTES, line, false));
        if (t->live)
            add_number(t, PC_ALLOC_LIVE_BYTES,
                       line_value(t, PC_ALLOC_LIVE_BYTES, line, false));
        add_number(t, PC_ALLOC_OBJECTS, line_value(t, PC_ALLOC_OBJECTS, line, true));
    } else {
        pc_str_addf(t->out, "%*s", (WIDTH + 1) * (t->live ? 4 : 3), "");
    }
    pc_str_addf(t->out, "%6d  ", line);
    pc_profile_add_source(t->profile, line, room_of(t, LINE_NUMBER), t->out);
    pc_str_adds(t->out, "\n");
}

static int most_first(const void *a, const void *b)
{
    const struct pc_line_row *x = a, *y = b;
    return x->self.value != y->self.value ? (x->self.value < y->self.value ? 1 : -1)
                                          : x->line - y->line;
}

static int by_line(const void *a, const void *b)
{
    const struct pc_line_row *x = a, *y = b;
    return x->line - y->line;
}

/* The lines that allocate most, in their order. */
static void add_hot_lines(const struct table *t)
{
    const struct pc_lines *lines = &t->counts.columns[t->view->by].lines;
    PC_AUTO(pc_auto_free) struct pc_line_row *rows =
        pc_alloc_array(lines->n + 1, sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < lines->n; i++)
        if (lines->items[i].line > 0 && lines->items[i].self.value > 0)
            rows[n++] = lines->items[i];
    qsort(rows, n, sizeof *rows, most_first);
    if (n > LINES_SHOWN)
        n = LINES_SHOWN;
    qsort(rows, n, sizeof *rows, by_line);
    for (size_t i = 0; i < n; i++)
        add_line(t, rows[i].line);
}

static void add_lines(const struct table *t)
{
    int first = 1, last = 0;
    if (t->view->function &&
        !pc_profile_range(t->profile, t->view->function, &first, &last))
        return;
    PC_AUTO(pc_auto_free) char *title = pc_strfmt("line of %s", t->profile->source_name);
    pc_str_adds(t->out, "\n");
    add_names(t, title);
    if (!t->view->function)
        add_hot_lines(t);
    for (int line = first; line <= last; line++)
        add_line(t, line);
}

void pc_alloc_leaks(const struct pc_profiled *found, struct pc_str *out)
{
    const struct pc_leaks *leaks = &found->leaks;
    const struct pc_profile *p = found->profile;
    char bytes[PC_UNITS_MAX];
    if (leaks->objects == 0)
        return;
    pc_str_addf(out, "%" PRId64 " block%s of %s %s never freed, warm-up included:\n",
                leaks->objects, leaks->objects == 1 ? "" : "s",
                pc_format_bytes((double)leaks->bytes, bytes),
                leaks->objects == 1 ? "was" : "were");
    for (size_t i = 0; i < leaks->n; i++) {
        const struct pc_leak *leak = &leaks->items[i];
        pc_str_addf(out, "%*" PRId64 " of %*" PRId64 " B  ", WIDTH, leak->objects, WIDTH,
                    leak->bytes);
        if (leak->frame == PC_NO_FRAME) {
            pc_str_adds(out, "somewhere\n");
            continue;
        }
        const struct pc_frame *frame = &p->frames.items[leak->frame];
        const struct pc_function *f = &p->functions.items[frame->function];
        pc_str_adds(out, f->name);
        if (f->file[0] && frame->line > 0)
            pc_str_addf(out, "  %s:%d", f->file, frame->line);
        pc_str_adds(out, "\n");
    }
}

bool pc_alloc_text(const struct pc_profiled *found, const struct pc_profile_view *view,
                   struct pc_str *out, struct pc_err *err)
{
    const struct pc_profile *profile = found->profile;
    if (view->function && !pc_profile_has_function(profile, view->function, err))
        return false;
    struct table t = {.view = view, .profile = profile, .out = out};
    const struct pc_look look = {.hides_host = !view->everything,
                                 .folds_libraries = !view->everything};
    pc_alloc_counts_init(&t.counts, profile, &look);
    t.live = pc_profile_total(profile, PC_ALLOC_LIVE_BYTES) > 0;
    pc_alloc_heading(found, view->width, out);
    if (profile->samples.n > 0) {
        pc_str_adds(out, "\n");
        add_top(&t);
        if (profile->source)
            add_lines(&t);
        if (view->tree)
            pc_profile_tree(view, &t.counts.columns[view->by].stacks, out);
    }
    if (found->leaks.objects > 0)
        pc_str_adds(out, "\n");
    pc_alloc_leaks(found, out);
    pc_alloc_counts_fini(&t.counts);
    return !view->before || pc_profile_diff_text(view->before, profile, view, out, err);
}
