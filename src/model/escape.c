#include "model/escape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "model/request.h"

/* Counts are means of whole numbers over a few operations: less than this is rounding. */
static const double LEAST = 1e-6;

const char *pc_fate_name(enum pc_fate fate)
{
    static const char *const names[] = {[PC_FATE_ABSENT] = "absent",
                                        [PC_FATE_STAYS] = "stays",
                                        [PC_FATE_ELIDED] = "elided",
                                        [PC_FATE_GONE] = "gone"};
    return names[fate];
}

void pc_object_calls_fini(struct pc_object_calls *calls)
{
    free(calls->calls.items);
    free(calls->taken.items);
    pc_words_fini(&calls->others);
    *calls = (struct pc_object_calls){0};
}

void pc_escape_fini(struct pc_escape *escape)
{
    for (size_t i = 0; i < escape->n_sides; i++) {
        struct pc_escape_side *side = &escape->sides[i];
        free(side->trouble);
        pc_build_fini(&side->findings);
        free(side->frames.items);
        free(side->taken.items);
    }
    for (size_t i = 0; i < escape->lines.n; i++)
        free(escape->lines.items[i].source);
    free(escape->lines.items);
    *escape = (struct pc_escape){0};
}

/* Calls of no line are told apart by their function. */
static bool same_line(const struct pc_place *a, const struct pc_place *b)
{
    return a->line == b->line && strcmp(a->file, b->file) == 0 &&
           (a->line > 0 || strcmp(a->function, b->function) == 0);
}

static struct pc_escape_line *find_line(struct pc_escape *escape,
                                        const struct pc_place *place)
{
    for (size_t i = 0; i < escape->lines.n; i++)
        if (same_line(&escape->lines.items[i].place, place))
            return &escape->lines.items[i];
    return NULL;
}

/* Add a name to a list of them, once; one that has no room is left out whole. */
static void add_name(char list[2 * PC_ALLOC_NAME], const char *name)
{
    size_t n = strlen(name), len = strlen(list);
    for (const char *p = strstr(list, name); p; p = strstr(p + 1, name))
        if ((p == list || p[-1] == ' ') && (p[n] == '\0' || p[n] == ','))
            return;
    if (len + n + 3 <= 2 * PC_ALLOC_NAME)
        snprintf(list + len, 2 * PC_ALLOC_NAME - len, "%s%s", len > 0 ? ", " : "", name);
}

/* A call by the system's own headers belongs to the line that it was inlined at. */
static const struct pc_place *place_of(const struct pc_alloc_call *call)
{
    for (size_t i = 0; i < call->n_chain; i++)
        if (call->chain[i].file[0] != '/')
            return &call->chain[i];
    return &call->chain[0];
}

static void take_view(struct pc_escape *escape, size_t side, enum pc_code_view view,
                      const struct pc_alloc_calls *calls)
{
    for (size_t i = 0; i < calls->n; i++) {
        const struct pc_alloc_call *call = &calls->items[i];
        const struct pc_place *place = place_of(call);
        struct pc_escape_line *line = find_line(escape, place);
        /* A line is there because the source allocates in it, or the timed code does. */
        if (!line && view == PC_VIEW_OPAQUE)
            continue;
        if (!line) {
            line = PC_PUSH(&escape->lines);
            line->place = *place;
        }
        struct pc_escape_cell *cell = &line->cells[side];
        if (view == PC_VIEW_PLAIN)
            add_name(line->calls, call->name);
        if (view == PC_VIEW_TIMED) {
            cell->tails += call->tail;
            cell->returned += call->returned;
            add_name(cell->calls, call->name);
        }
        size_t *counts[PC_VIEWS] = {[PC_VIEW_PLAIN] = &cell->plain,
                                    [PC_VIEW_TIMED] = &cell->timed,
                                    [PC_VIEW_OPAQUE] = &cell->opaque};
        ++*counts[view];
    }
}

static bool same_chain(const struct pc_alloc_call *a, const struct pc_alloc_call *b)
{
    bool same = a->n_chain == b->n_chain;
    for (size_t i = 0; same && i < a->n_chain; i++)
        same = same_line(&a->chain[i], &b->chain[i]) &&
               strcmp(a->chain[i].function, b->chain[i].function) == 0;
    return same;
}

static size_t count_same(const struct pc_alloc_calls *calls,
                         const struct pc_alloc_call *call, size_t before)
{
    size_t n = 0;
    for (size_t i = 0; i < before; i++)
        n += same_chain(&calls->items[i], call);
    return n;
}

/* Where the copies of a line stood that only knowledge of malloc removed. */
static void find_elided(struct pc_escape_line *line, size_t side,
                        const struct pc_object_calls views[PC_VIEWS])
{
    struct pc_escape_cell *cell = &line->cells[side];
    const struct pc_alloc_calls *opaque = &views[PC_VIEW_OPAQUE].calls;
    const struct pc_alloc_calls *timed = &views[PC_VIEW_TIMED].calls;
    cell->elided = cell->opaque - cell->timed;
    for (size_t i = 0; i < opaque->n && cell->n_elided_at < PC_COPIES_MAX; i++) {
        const struct pc_alloc_call *call = &opaque->items[i];
        const struct pc_place *place = place_of(call);
        size_t depth = (size_t)(place - call->chain) + 1;
        if (depth < call->n_chain && same_line(place, &line->place) &&
            count_same(opaque, call, i) >= count_same(timed, call, timed->n))
            cell->elided_at[cell->n_elided_at++] = call->chain[depth];
    }
    /* More than are missing: the compiler inlined otherwise, so nobody can say which. */
    if (cell->n_elided_at > cell->elided)
        cell->n_elided_at = 0;
}

static void settle(struct pc_escape_line *line, size_t side,
                   const struct pc_object_calls views[PC_VIEWS])
{
    struct pc_escape_cell *cell = &line->cells[side];
    if (cell->timed > 0)
        cell->fate = PC_FATE_STAYS;
    else if (cell->plain == 0)
        cell->fate = PC_FATE_ABSENT;
    else
        cell->fate = cell->opaque > 0 ? PC_FATE_ELIDED : PC_FATE_GONE;
    if (cell->fate == PC_FATE_STAYS && cell->opaque > cell->timed)
        find_elided(line, side, views);
    if (line->calls[0] == '\0')
        strcpy(line->calls, cell->calls);
    if (strcmp(line->calls, cell->calls) == 0)
        cell->calls[0] = '\0';
}

/* The order of reading: the file itself, then headers by name; code of no line last. */
static int by_place(const void *a, const void *b)
{
    const struct pc_place *x = &((const struct pc_escape_line *)a)->place;
    const struct pc_place *y = &((const struct pc_escape_line *)b)->place;
    size_t nx = strlen(x->file), ny = strlen(y->file);
    bool header_x = nx > 1 && x->file[nx - 1] == 'h';
    bool header_y = ny > 1 && y->file[ny - 1] == 'h';
    if (header_x != header_y)
        return header_x - header_y;
    int order = strcmp(x->file, y->file);
    if (order == 0 && (x->line == 0) != (y->line == 0))
        return (x->line == 0) - (y->line == 0);
    if (order == 0)
        order = (x->line > y->line) - (x->line < y->line);
    return order ? order : strcmp(x->function, y->function);
}

void pc_escape_add(struct pc_escape *escape, size_t side,
                   const struct pc_object_calls views[PC_VIEWS])
{
    for (enum pc_code_view view = 0; view < PC_VIEWS; view++)
        take_view(escape, side, view, &views[view].calls);
    for (size_t i = 0; i < escape->lines.n; i++)
        settle(&escape->lines.items[i], side, views);
    if (escape->lines.n > 0)
        qsort(escape->lines.items, escape->lines.n, sizeof *escape->lines.items, by_place);
}

/* Whether all of these functions are seen when they are called, without a walk. */
static bool is_direct(const char *calls)
{
    static const char *const names[] = {"malloc",        "calloc",   "realloc",
                                        "reallocarray",  "memalign", "posix_memalign",
                                        "aligned_alloc", "valloc",   "pvalloc"};
    while (*calls) {
        size_t n = strcspn(calls, ","), k = 0;
        while (k < PC_COUNT(names) &&
               (strlen(names[k]) != n || strncmp(calls, names[k], n) != 0))
            k++;
        if (k == PC_COUNT(names))
            return false;
        calls += n + strspn(calls + n, ", ");
    }
    return true;
}

/* What is known of a line for which the host told of `n_sites` places. */
static void weigh(struct pc_escape_line *line, size_t side, size_t n_sites, bool all_told,
                  bool all_walked)
{
    struct pc_escape_cell *cell = &line->cells[side];
    const char *calls = cell->calls[0] ? cell->calls : line->calls;
    bool exact = cell->tails == 0 && (all_told || n_sites >= cell->timed) &&
                 (all_walked || is_direct(calls));
    cell->measured = cell->fate != PC_FATE_ABSENT && (exact || n_sites > 0);
    cell->at_least = cell->measured && !exact;
}

void pc_escape_count(struct pc_escape *escape, size_t side, const struct pc_counts *counts)
{
    struct pc_escape_side *s = &escape->sides[side];
    const struct pc_metric *allocs = pc_metrics_find(&counts->metrics, "allocs/op");
    const struct pc_metric *bytes = pc_metrics_find(&counts->metrics, "B/op");
    if (!counts->ran || !allocs || !bytes)
        return;
    s->counted = true;
    s->allocs = allocs->mean;
    s->bytes = bytes->mean;
    s->exact = counts->agree;
    size_t n = escape->lines.n;
    PC_AUTO(pc_auto_free) size_t *n_sites = pc_alloc_array(n + 1, sizeof *n_sites);
    double told = 0, known = 0;
    for (size_t i = 0; i < counts->n_sites; i++) {
        const struct pc_site *site = &counts->sites[i];
        struct pc_escape_line *line = find_line(escape, &site->place);
        told += site->allocs;
        if (!line)
            continue;
        line->cells[side].allocs += site->allocs;
        line->cells[side].bytes += site->bytes;
        n_sites[line - escape->lines.items]++;
        known += site->allocs;
    }
    s->elsewhere = s->allocs - known > LEAST ? s->allocs - known : 0;
    /* The host tells only so many places. */
    bool all_told = counts->n_sites < PC_COUNT(counts->sites);
    bool all_walked = all_told && s->allocs - told <= LEAST;
    for (size_t i = 0; i < n; i++)
        weigh(&escape->lines.items[i], side, n_sites[i], all_told, all_walked);
}

/* By function; of one function what costs most comes first. */
static int by_function(const void *a, const void *b)
{
    static const int rank[] = {[PC_FATE_STAYS] = 0,
                               [PC_FATE_ELIDED] = 1,
                               [PC_FATE_GONE] = 2,
                               [PC_FATE_ABSENT] = 3};
    const struct pc_escape_line *x = *(const struct pc_escape_line *const *)a;
    const struct pc_escape_line *y = *(const struct pc_escape_line *const *)b;
    int order = strcmp(x->place.function, y->place.function);
    return order ? order : rank[x->cells[0].fate] - rank[y->cells[0].fate];
}

void pc_escape_fates(const struct pc_escape *escape, struct pc_fates *fates)
{
    size_t n = 0;
    PC_AUTO(pc_auto_free) const struct pc_escape_line **lines =
        pc_alloc_array(escape->lines.n + 1, sizeof *lines);
    for (size_t i = 0; i < escape->lines.n; i++) {
        const struct pc_escape_line *line = &escape->lines.items[i];
        if (line->place.function[0] && line->cells[0].fate != PC_FATE_ABSENT)
            lines[n++] = line;
    }
    qsort(lines, n, sizeof *lines, by_function);
    for (size_t i = 0; i < n; i++) {
        const char *function = lines[i]->place.function;
        if (i == 0 || strcmp(function, lines[i - 1]->place.function) != 0)
            *PC_PUSH(fates) =
                (struct pc_function_fate){function, pc_fate_name(lines[i]->cells[0].fate)};
    }
}
