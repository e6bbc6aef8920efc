#include "report/profile_brief.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/text.h"
#include "base/units.h"
#include "hotspots/lines.h"
#include "hotspots/top.h"
#include "report/alloc_counts.h"
#include "report/lock_text.h"
#include "report/lock_waits.h"
#include "report/profile_parts.h"

enum {
    WIDE = 60,    /* columns with room for what functions take with all that they call */
    ENDLESS = 96, /* when lines are never broken */
    NAME_MIN = 8,
    BAR_MIN = 8,
    BAR_MAX = 32
};

struct brief {
    const struct pc_shown_profile *shown;
    const struct pc_profile *profile;
    size_t width;
    bool wide, bars;
    bool counted;    /* allocations, with numbers instead of shares */
    bool is_sampled; /* shares have intervals */
    struct pc_alloc_counts counts;
    struct pc_stacks own;
    const struct pc_stacks *stacks; /* what functions are ordered by */
    struct pc_str *out;
};

static void init(struct brief *b, const struct pc_shown_profile *shown)
{
    const struct pc_look look = {.type = shown->found->profile->main,
                                 .hides_host = true,
                                 .folds_libraries = !shown->everything};
    b->shown = shown;
    b->profile = shown->found->profile;
    b->counted = pc_alloc_is_counted(b->profile);
    if (b->counted)
        pc_alloc_counts_init(&b->counts, b->profile, &look);
    else
        pc_stacks_init(&b->own, b->profile, &look);
    enum pc_alloc_value by = shown->by_bytes ? PC_ALLOC_BYTES : PC_ALLOC_OBJECTS;
    b->stacks = b->counted ? &b->counts.columns[by].stacks : &b->own;
    b->is_sampled = b->stacks->whole.certainty == PC_SHARES_SAMPLED;
}

static void fini(struct brief *b)
{
    if (b->counted)
        pc_alloc_counts_fini(&b->counts);
    else
        pc_stacks_fini(&b->own);
}

/* What is not as it should be is told in full. */
static bool is_doubtful(const struct brief *b)
{
    const struct pc_profiled *found = b->shown->found;
    const struct pc_profile *p = b->profile;
    return found->crash.ending != PC_ENDING_NONE || found->deaf || found->unarmed > 0 ||
           p->lost > 0 || p->broken * 100 > p->taken || !pc_stacks_suffice(b->stacks);
}

static void add_heading(const struct brief *b)
{
    const struct pc_profile *p = b->profile;
    char allocs[PC_UNITS_MAX], bytes[PC_UNITS_MAX];
    struct pc_str s = {0};
    if (!b->counted && is_doubtful(b)) {
        pc_profile_heading(b->shown->found, b->stacks, b->width, b->out);
        return;
    }
    pc_profile_add_bench(b->shown->found, &s);
    if (b->counted) {
        double n = (double)pc_profile_total(p, PC_ALLOC_OBJECTS) / b->counts.per;
        double size = (double)pc_profile_total(p, PC_ALLOC_BYTES) / b->counts.per;
        pc_str_addf(&s, ": %s allocation%s of %s an operation; every one is counted",
                    pc_format_count(n, allocs), n == 1 ? "" : "s",
                    pc_format_bytes(size, bytes));
    } else {
        pc_str_addf(&s, ": %" PRIu64 " samples%s; shares are good to ±%.1f points (95 %%)",
                    p->taken, p->kind == PC_PROFILE_WALL ? " of the clock" : "",
                    pc_profile_precision(b->stacks));
    }
    pc_profile_sentence(pc_str_get(&s), b->width, b->out);
    pc_str_fini(&s);
}

static void add_number(const struct brief *b, int64_t value)
{
    char number[PC_UNITS_MAX];
    double each = (double)value / b->counts.per;
    if (each >= 1000 && each != floor(each))
        pc_str_addf(b->out, "%10.1f", each);
    else
        pc_str_addf(b->out, "%10s", pc_format_count(each, number));
}

/* The names of the numbers before a function or a line. */
static void add_titles(const struct brief *b, bool of_functions, const char *rest)
{
    if (b->counted)
        pc_str_addf(b->out, "%10s%10s%s", "allocs/op", "B/op",
                    b->wide ? "  and below" : "");
    else
        pc_str_addf(b->out, "%7s%s%*s", b->shown->by_total ? "below" : "here",
                    !b->is_sampled || !of_functions ? "" : "  95 %    ", b->wide ? 11 : 0,
                    !b->wide             ? ""
                    : b->shown->by_total ? "here"
                                         : "and below");
    pc_str_addf(b->out, "  %s\n", rest);
}

/* The same for one of them: numbers of an operation. */
static void add_counts(const struct brief *b, int64_t objects, int64_t bytes, int64_t total)
{
    add_number(b, objects);
    add_number(b, bytes);
    if (!b->wide)
        return;
    pc_str_adds(b->out, " ");
    add_number(b, total);
}

/* What it is ordered by comes first, for functions with its interval. */
static void add_shares(const struct brief *b, const struct pc_share *self,
                       const struct pc_share *total, bool of_function)
{
    const struct pc_share *first = b->shown->by_total ? total : self;
    const struct pc_share *second = b->shown->by_total ? self : total;
    pc_profile_percent(b->out, first->part);
    if (b->is_sampled && of_function) {
        PC_AUTO(pc_auto_free) char *text =
            pc_strfmt("%.0f to %.0f", 100 * first->low, 100 * first->high);
        pc_str_addf(b->out, "  %-8s", text);
    }
    if (!b->wide)
        return;
    pc_str_adds(b->out, "    ");
    pc_profile_percent(b->out, second->part);
}

/* How many columns the numbers take, with the gap behind them. */
static size_t numbers_of(const struct brief *b, bool of_functions)
{
    if (b->counted)
        return b->wide ? 33 : 22;
    return (b->wide ? 20u : 9u) + (b->is_sampled && of_functions ? 10u : 0);
}

static size_t room_of(const struct brief *b, bool of_functions)
{
    size_t width = b->width ? b->width : ENDLESS, used = numbers_of(b, of_functions);
    return width > used + NAME_MIN ? width - used : NAME_MIN;
}

static char *name_of(const struct brief *b, const struct pc_top_row *row)
{
    const struct pc_function *f = &b->profile->functions.items[row->function];
    return b->wide ? pc_profile_function_text(f) : pc_strdup(f->name);
}

/* The widest name of those that are shown, so that bars begin below one another. */
static size_t widest(const struct brief *b, const struct pc_top *top)
{
    size_t most = 0;
    for (size_t i = 0; i < top->n && i < b->shown->rows; i++) {
        PC_AUTO(pc_auto_free) char *name = name_of(b, &top->items[i]);
        size_t n = strlen(name);
        most = n > most ? n : most;
    }
    return most;
}

static void add_bar(const struct brief *b, const struct pc_share *share, size_t width)
{
    size_t full = (size_t)lround(share->low * (double)width);
    size_t end = (size_t)lround(share->high * (double)width);
    for (size_t i = 0; i < end && share->value > 0; i++)
        pc_str_adds(b->out, i < full ? "█" : "░");
}

static void add_functions(const struct brief *b)
{
    struct pc_top top;
    bool total = b->shown->by_total, ties = false;
    pc_top_make(&top, b->stacks, total ? PC_TOP_BY_TOTAL : PC_TOP_BY_SELF);
    size_t room = room_of(b, true), names = widest(b, &top);
    size_t bar = b->bars && room > names + 2 ? room - names - 2 : 0;
    bar = bar > BAR_MAX ? BAR_MAX : bar;
    add_titles(b, true, "function");
    for (size_t i = 0; i < top.n && i < b->shown->rows; i++) {
        const struct pc_top_row *row = &top.items[i];
        const struct pc_share *share = total ? &row->total : &row->self;
        if (b->counted)
            add_counts(b, b->counts.columns[PC_ALLOC_OBJECTS].functions[row->function].self,
                       b->counts.columns[PC_ALLOC_BYTES].functions[row->function].self,
                       b->counts.columns[PC_ALLOC_OBJECTS].functions[row->function].total);
        else
            add_shares(b, &row->self, &row->total, true);
        /* Of those that take nothing the order is that of their names. */
        bool tied = row->is_tied && share->value > 0;
        ties |= tied;
        pc_str_adds(b->out, tied ? " =" : "  ");
        PC_AUTO(pc_auto_free) char *name = name_of(b, row);
        pc_profile_cut(b->out, name, room);
        if (bar >= BAR_MIN && share->value > 0) {
            pc_str_addf(b->out, "%*s", (int)(names - strlen(name)) + 2, "");
            add_bar(b, share, bar);
        }
        pc_str_adds(b->out, "\n");
    }
    if (top.n > b->shown->rows)
        pc_str_addf(b->out, "%zu more\n", top.n - b->shown->rows);
    if (ties)
        pc_profile_sentence("= marks a tie: the order of these could be chance.", b->width,
                            b->out);
    pc_top_fini(&top);
}

static int most_first(const void *a, const void *b)
{
    const struct pc_line_row *x = a, *y = b;
    if (x->self.value != y->self.value)
        return x->self.value < y->self.value ? 1 : -1;
    return x->line - y->line;
}

static int by_line(const void *a, const void *b)
{
    const struct pc_line_row *x = a, *y = b;
    return x->line - y->line;
}

static int64_t line_value(const struct brief *b, enum pc_alloc_value type, int line,
                          bool total)
{
    const struct pc_line_row *row = pc_lines_find(&b->counts.columns[type].lines, line);
    return !row ? 0 : total ? row->total.value : row->self.value;
}

static void add_line(const struct brief *b, const struct pc_line_row *row)
{
    if (b->counted)
        add_counts(b, line_value(b, PC_ALLOC_OBJECTS, row->line, false),
                   line_value(b, PC_ALLOC_BYTES, row->line, false),
                   line_value(b, PC_ALLOC_OBJECTS, row->line, true));
    else
        add_shares(b, &row->self, &row->total, false);
    pc_str_addf(b->out, "%6d  ", row->line);
    size_t room = room_of(b, false);
    pc_profile_add_source(b->profile, row->line, room > 6 ? room - 6 : 0, b->out);
    pc_str_adds(b->out, "\n");
}

/* The lines that take most, in their order. */
static void add_lines(const struct brief *b)
{
    struct pc_lines lines;
    pc_lines_make(&lines, b->stacks, b->profile->source_name);
    PC_AUTO(pc_auto_free) struct pc_line_row *rows =
        pc_alloc_array(lines.n + 1, sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < lines.n; i++)
        if (lines.items[i].line > 0 && lines.items[i].self.value > 0)
            rows[n++] = lines.items[i];
    qsort(rows, n, sizeof *rows, most_first);
    n = n > b->shown->lines ? b->shown->lines : n;
    qsort(rows, n, sizeof *rows, by_line);
    PC_AUTO(pc_auto_free) char *title = pc_strfmt("line of %s", b->profile->source_name);
    pc_str_adds(b->out, "\n");
    add_titles(b, false, title);
    for (size_t i = 0; i < n; i++)
        add_line(b, &rows[i]);
    pc_lines_fini(&lines);
}

/* Of locks the table is the one that names who waits and who holds. */
static void add_locks(const struct pc_shown_profile *shown, size_t width,
                      struct pc_str *out)
{
    const struct pc_profile_view view = {.width = width,
                                         .top = shown->rows,
                                         .tree = shown->tree,
                                         .everything = shown->everything,
                                         .brief = true,
                                         .lines = shown->lines};
    /* What can fail is what is not asked for: a function, another profile. */
    pc_lock_text(shown->found, &view, out, NULL);
}

void pc_profile_brief(const struct pc_shown_profile *shown, size_t width, bool bars,
                      struct pc_str *out)
{
    struct brief b = {
        .width = width, .wide = width == 0 || width >= WIDE, .bars = bars, .out = out};
    if (shown->title)
        pc_profile_sentence(shown->title, width, out);
    if (pc_lock_is_counted(shown->found->profile)) {
        add_locks(shown, width, out);
        return;
    }
    init(&b, shown);
    add_heading(&b);
    if (b.stacks->n > 0) {
        add_functions(&b);
        if (shown->lines > 0 && b.profile->source)
            add_lines(&b);
        if (shown->tree)
            pc_profile_tree(&(struct pc_profile_view){.width = width}, b.stacks, out);
    }
    fini(&b);
}
