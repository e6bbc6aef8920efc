#include "hotspots/lines.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

/* That a stack goes through a line. */
struct visit {
    int line;
    size_t stack;
    int64_t self, total;
};

struct visits {
    struct visit *items;
    size_t n, cap;
};

static int compare_visits(const void *a, const void *b)
{
    const struct visit *p = a, *q = b;
    if (p->line != q->line)
        return p->line < q->line ? -1 : 1;
    return (p->stack > q->stack) - (p->stack < q->stack);
}

/* Which functions are in the file; the caller frees it. */
static bool *functions_in(const struct pc_profile *profile, const char *file)
{
    bool *in_file = pc_alloc(profile->functions.n + 1);
    for (size_t i = 0; i < profile->functions.n; i++)
        in_file[i] = strcmp(profile->functions.items[i].file, file) == 0;
    return in_file;
}

static void visit_lines(struct visits *visits, const struct pc_stacks *stacks,
                        const char *file)
{
    const struct pc_profile *profile = stacks->profile;
    PC_AUTO(pc_auto_free) bool *in_file = functions_in(profile, file);
    for (size_t i = 0; i < stacks->n; i++) {
        const struct pc_stack *stack = &stacks->items[i];
        for (size_t k = 0; k < stack->n; k++) {
            const struct pc_frame *frame = &profile->frames.items[stack->frames[k]];
            if (in_file[frame->function])
                *PC_PUSH(visits) = (struct visit){.line = frame->line,
                                                  .stack = i,
                                                  .self = k == 0 ? stack->value : 0,
                                                  .total = stack->value};
        }
    }
    if (visits->n > 0)
        qsort(visits->items, visits->n, sizeof *visits->items, compare_visits);
}

/* The sums of the visits of a line from `*at` on; a stack counts once. */
static struct pc_line_row add_up(const struct visits *visits, size_t *at,
                                 const struct pc_whole *whole)
{
    int64_t self = 0, total = 0;
    size_t first = *at;
    for (; *at < visits->n && visits->items[*at].line == visits->items[first].line; ++*at) {
        const struct visit *visit = &visits->items[*at];
        self += visit->self;
        if (*at == first || visit[-1].stack != visit->stack)
            total += visit->total;
    }
    return (struct pc_line_row){.line = visits->items[first].line,
                                .self = pc_share_of(self, whole),
                                .total = pc_share_of(total, whole)};
}

static void add_up_file(struct pc_lines *lines, const struct visits *visits,
                        const struct pc_stacks *stacks)
{
    PC_AUTO(pc_auto_free) bool *seen = pc_alloc(stacks->n + 1);
    int64_t self = 0, total = 0;
    for (size_t i = 0; i < visits->n; i++) {
        const struct visit *visit = &visits->items[i];
        self += visit->self;
        if (!seen[visit->stack])
            total += visit->total;
        seen[visit->stack] = true;
    }
    lines->self = pc_share_of(self, &stacks->whole);
    lines->total = pc_share_of(total, &stacks->whole);
}

void pc_lines_make(struct pc_lines *lines, const struct pc_stacks *stacks, const char *file)
{
    *lines = (struct pc_lines){0};
    struct visits visits = {0};
    visit_lines(&visits, stacks, file);
    lines->items = pc_alloc_array(visits.n + 1, sizeof *lines->items);
    for (size_t at = 0; at < visits.n;)
        lines->items[lines->n++] = add_up(&visits, &at, &stacks->whole);
    add_up_file(lines, &visits, stacks);
    free(visits.items);
}

void pc_lines_fini(struct pc_lines *lines)
{
    free(lines->items);
    *lines = (struct pc_lines){0};
}

const struct pc_line_row *pc_lines_find(const struct pc_lines *lines, int line)
{
    for (size_t low = 0, high = lines->n; low < high;) {
        size_t middle = low + (high - low) / 2;
        if (lines->items[middle].line == line)
            return &lines->items[middle];
        if (lines->items[middle].line < line)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}
