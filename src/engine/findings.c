#include "engine/findings.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/text.h"
#include "base/units.h"
#include "base/words.h"
#include "hotspots/lines.h"
#include "hotspots/sums.h"
#include "hotspots/top.h"

/* A lesson speaks of the first few; what is sent to a pack's host stays small. */
enum { FUNCTIONS_MAX = 64, LINES_MAX = 64, UNSEEN_MAX = 256, TEXT_MAX = 200 };

enum { VALUES_MAX = 2 };

/* Values of profiles of allocations and of locks (model/profile.h). */
enum { ALLOC_OBJECTS, ALLOC_BYTES, LOCK_WAITS = 1 };

/* What one operation takes, by a name each. */
struct quantity {
    size_t type; /* of the profile */
    const char *self, *total;
};

struct findings {
    const struct pc_profiled *found;
    const struct pc_request *request;
    struct quantity quantities[VALUES_MAX];
    struct pc_stacks stacks[VALUES_MAX];
    struct pc_sum *sums[VALUES_MAX];
    struct pc_lines lines[VALUES_MAX];
    size_t n;       /* of them */
    size_t ordered; /* the one that shares are of */
    double per;     /* operations */
};

static struct pc_look look_of(const struct pc_request *request, size_t type)
{
    return (struct pc_look){
        .type = type, .hides_host = true, .folds_libraries = !request->everything};
}

static void init(struct findings *f, const struct pc_profiled *found,
                 const struct pc_request *request)
{
    const struct pc_profile *p = found->profile;
    *f = (struct findings){.found = found,
                           .request = request,
                           .quantities = {{p->main, "ns", "total_ns"}},
                           .n = 1,
                           .per = p->ops ? (double)p->ops : 1};
    if (p->kind == PC_PROFILE_ALLOC) {
        f->quantities[0] = (struct quantity){ALLOC_OBJECTS, "allocs", "total_allocs"};
        f->quantities[1] = (struct quantity){ALLOC_BYTES, "bytes", "total_bytes"};
        f->n = 2;
        f->ordered = request->by_bytes;
    } else if (p->kind == PC_PROFILE_LOCK) {
        f->quantities[1] = (struct quantity){LOCK_WAITS, "waits", "total_waits"};
        f->n = 2;
    }
    for (size_t i = 0; i < f->n; i++) {
        const struct pc_look look = look_of(request, f->quantities[i].type);
        pc_stacks_init(&f->stacks[i], p, &look);
        f->sums[i] = pc_sums_make(&f->stacks[i], NULL, p->functions.n);
        pc_lines_make(&f->lines[i], &f->stacks[i], p->source_name ? p->source_name : "");
    }
}

static void fini(struct findings *f)
{
    for (size_t i = 0; i < f->n; i++) {
        pc_lines_fini(&f->lines[i]);
        free(f->sums[i]);
        pc_stacks_fini(&f->stacks[i]);
    }
}

static void add_text(struct pc_value *table, const char *key, const char *text)
{
    pc_value_add_text(table, key, text, strlen(text));
}

static void add_truth(struct pc_value *table, const char *key, bool truth)
{
    struct pc_value *v = pc_value_add(table, key);
    v->kind = PC_BOOLEAN;
    v->truth = truth;
}

/* The next item of a list, a table. */
static struct pc_value *add_item(struct pc_value *list)
{
    struct pc_field *field = PC_PUSH(list);
    field->index = list->n;
    field->value.kind = PC_TABLE;
    return &field->value;
}

static struct pc_value *add_list(struct pc_value *table, const char *key)
{
    struct pc_value *list = pc_value_add(table, key);
    list->kind = PC_TABLE;
    return list;
}

static void add_shares(struct pc_value *row, const struct pc_share *self,
                       const struct pc_share *total)
{
    pc_value_add_number(row, "self", self->part);
    pc_value_add_number(row, "self_low", self->low);
    pc_value_add_number(row, "self_high", self->high);
    pc_value_add_number(row, "total", total->part);
    pc_value_add_number(row, "total_low", total->low);
    pc_value_add_number(row, "total_high", total->high);
}

static void add_quantity(const struct findings *f, struct pc_value *row, size_t i,
                         int64_t self, int64_t total)
{
    pc_value_add_number(row, f->quantities[i].self, (double)self / f->per);
    pc_value_add_number(row, f->quantities[i].total, (double)total / f->per);
}

static void add_functions(const struct findings *f, const struct pc_top *top,
                          struct pc_value *table)
{
    struct pc_value *list = add_list(table, "functions");
    for (size_t i = 0; i < top->n && i < FUNCTIONS_MAX; i++) {
        const struct pc_top_row *from = &top->items[i];
        const struct pc_function *function =
            &f->found->profile->functions.items[from->function];
        struct pc_value *row = add_item(list);
        add_text(row, "name", function->name);
        add_text(row, "file", function->file);
        pc_value_add_number(row, "line", function->line);
        pc_value_add_number(row, "rank", from->rank);
        add_truth(row, "tied", from->is_tied);
        add_shares(row, &from->self, &from->total);
        for (size_t k = 0; k < f->n; k++) {
            const struct pc_sum *sum = &f->sums[k][from->function];
            add_quantity(f, row, k, sum->self, sum->total);
        }
    }
}

/* A line of the source without the blanks around it, which may be shown. */
static void add_source(const struct pc_profile *p, int line, struct pc_value *row)
{
    const char *s = p->source ? p->source : "";
    for (int k = 1; k < line && s; k++) {
        s = strchr(s, '\n');
        s = s ? s + 1 : NULL;
    }
    s = s ? s + strspn(s, " \t") : "";
    size_t n = strcspn(s, "\n");
    while (n > 0 && isspace((unsigned char)s[n - 1]))
        n--;
    char text[TEXT_MAX];
    pc_text_copy_line(text, sizeof text, s, n);
    add_text(row, "text", text);
}

static int most_first(const void *a, const void *b)
{
    const struct pc_line_row *x = a, *y = b;
    if (x->self.value != y->self.value)
        return x->self.value < y->self.value ? 1 : -1;
    if (x->total.value != y->total.value)
        return x->total.value < y->total.value ? 1 : -1;
    return x->line - y->line;
}

static void add_lines(const struct findings *f, struct pc_value *table)
{
    const struct pc_lines *lines = &f->lines[f->ordered];
    struct pc_value *list = add_list(table, "lines");
    PC_AUTO(pc_auto_free) struct pc_line_row *rows =
        pc_alloc_array(lines->n + 1, sizeof *rows);
    size_t n = 0;
    for (size_t i = 0; i < lines->n; i++)
        if (lines->items[i].line > 0)
            rows[n++] = lines->items[i];
    qsort(rows, n, sizeof *rows, most_first);
    for (size_t i = 0; i < n && i < LINES_MAX; i++) {
        struct pc_value *row = add_item(list);
        pc_value_add_number(row, "line", rows[i].line);
        add_source(f->found->profile, rows[i].line, row);
        add_shares(row, &rows[i].self, &rows[i].total);
        for (size_t k = 0; k < f->n; k++) {
            const struct pc_line_row *at = pc_lines_find(&f->lines[k], rows[i].line);
            add_quantity(f, row, k, at ? at->self.value : 0, at ? at->total.value : 0);
        }
    }
}

/* By total a bench has all there is, which says nothing. */
static bool may_be_first(const struct findings *f, const struct pc_top_row *row)
{
    static const char body[] = "bench_body_";
    const char *name = f->found->profile->functions.items[row->function].name;
    return !f->request->by_total || strncmp(name, body, sizeof body - 1) != 0;
}

static void add_first(const struct findings *f, const struct pc_top *top,
                      struct pc_value *table)
{
    const struct pc_top_row *first = NULL;
    bool settled = true, total = f->request->by_total;
    for (size_t i = 0; i < top->n; i++) {
        const struct pc_top_row *row = &top->items[i];
        const struct pc_share *share = total ? &row->total : &row->self;
        if (!may_be_first(f, row))
            continue;
        if (!first && share->value > 0)
            first = row;
        else if (first)
            settled &= share->high < (total ? &first->total : &first->self)->low;
    }
    if (first)
        add_text(table, "top", f->found->profile->functions.items[first->function].name);
    add_truth(table, "settled", first && settled);
}

static bool is_keyword(const char *word)
{
    static const char *const words[] = {"for", "if", "return", "sizeof", "switch", "while"};
    for (size_t i = 0; i < PC_COUNT(words); i++)
        if (strcmp(word, words[i]) == 0)
            return true;
    return false;
}

static bool has(const struct pc_words *words, const char *word)
{
    for (size_t i = 0; i < words->n; i++)
        if (strcmp(words->items[i], word) == 0)
            return true;
    return false;
}

/* Every name in the source with a parenthesis behind it: what it defines or calls. */
static void add_unseen(const char *source, struct pc_value *table)
{
    struct pc_value *list = add_list(table, "unseen");
    struct pc_words seen = {0};
    for (const char *s = source ? source : ""; *s && seen.n < UNSEEN_MAX;) {
        const char *begin = s;
        while (*s == '_' || isalnum((unsigned char)*s))
            s++;
        size_t n = (size_t)(s - begin);
        PC_AUTO(pc_auto_free) char *word = pc_strndup(begin, n);
        if (n == 0)
            s++;
        else if (*s == '(' && !isdigit((unsigned char)*word) && !is_keyword(word) &&
                 !has(&seen, word))
            pc_words_add(&seen, word);
    }
    for (size_t i = 0; i < seen.n; i++) {
        struct pc_value *item = add_item(list);
        item->kind = PC_STRING;
        item->text = pc_strdup(seen.items[i]);
        item->len = strlen(item->text);
    }
    pc_words_fini(&seen);
}

static void add_nothing(const struct findings *f, struct pc_value *table)
{
    const struct pc_share none = pc_share_of(0, &f->stacks[f->ordered].whole);
    struct pc_value *row = add_list(table, "nothing");
    add_shares(row, &none, &none);
    for (size_t k = 0; k < f->n; k++)
        add_quantity(f, row, k, 0, 0);
}

static void add_whole(const struct findings *f, struct pc_value *table)
{
    static const double ns_per_s = 1e9;
    const struct pc_profile *p = f->found->profile;
    const struct pc_request *r = f->request;
    pc_value_add_number(table, "number", (double)r->profile);
    add_text(table, "kind", pc_profile_kind_name(p->kind));
    add_text(table, "by", r->by_total ? "total" : r->by_bytes ? "bytes" : "self");
    pc_value_add_number(table, "samples", (double)p->taken);
    pc_value_add_number(table, "threads", p->threads);
    pc_value_add_number(table, "ops", (double)p->ops);
    pc_value_add_number(table, "wall_s", (double)p->wall_ns / ns_per_s);
    if (p->hz > 0)
        pc_value_add_number(table, "hz", p->hz);
    if (p->cpu_ns > 0)
        pc_value_add_number(table, "cpu_s", (double)p->cpu_ns / ns_per_s);
    for (size_t i = 0; i < f->n; i++)
        pc_value_add_number(table, f->quantities[i].self,
                            (double)f->stacks[i].whole.total / f->per);
}

void pc_findings_make(const struct pc_profiled *found, const struct pc_request *request,
                      struct pc_value *table)
{
    struct findings f;
    struct pc_top top;
    init(&f, found, request);
    pc_top_make(&top, &f.stacks[f.ordered],
                request->by_total ? PC_TOP_BY_TOTAL : PC_TOP_BY_SELF);
    *table = (struct pc_value){.kind = PC_TABLE};
    add_whole(&f, table);
    add_first(&f, &top, table);
    add_functions(&f, &top, table);
    add_lines(&f, table);
    add_unseen(found->profile->source, table);
    add_nothing(&f, table);
    pc_top_fini(&top);
    fini(&f);
}

static char *explain_crash(const struct pc_profiled *found,
                           const struct pc_request *request)
{
    const struct pc_crash *crash = &found->crash;
    struct pc_str s = {0};
    bool hangs = crash->ending == PC_ENDING_TIME;
    if (!hangs)
        pc_str_adds(&s, crash->what);
    else
        pc_str_adds(&s, crash->asleep ? "it did not come back, waited without working"
                                      : "it did not come back");
    if (crash->place.line > 0)
        pc_str_addf(&s, "%s%s:%d", hangs ? "; it was seen at " : ", at ", request->file,
                    crash->place.line);
    if (found->stuck.has_circle)
        pc_str_adds(&s, "; its threads wait for one another, which is a deadlock");
    return pc_str_take(&s);
}

/* Of a profile with too few samples. */
static char *explain_few(const struct pc_profiled *found)
{
    const struct pc_profile *p = found->profile;
    char wall[PC_UNITS_MAX], cpu[PC_UNITS_MAX];
    pc_format_ns((double)p->wall_ns, wall);
    if (found->deaf)
        return pc_strdup("it keeps away the signal SIGPROF, which profiling needs");
    if (p->kind == PC_PROFILE_CPU && p->cpu_ns < p->wall_ns / 10)
        return pc_strfmt("it used only %s of the processor in %s: kind = \"wall\" shows "
                         "where it waits",
                         pc_format_ns((double)p->cpu_ns, cpu), wall);
    return pc_strfmt("%" PRIu64 " samples in %s are too few to say which function takes "
                     "most; try again when the machine is less busy",
                     p->taken, wall);
}

char *pc_findings_trouble(const struct pc_profiled *found, const struct pc_request *request)
{
    struct pc_stacks stacks;
    if (found->crash.ending != PC_ENDING_NONE)
        return explain_crash(found, request);
    const struct pc_look look = look_of(request, found->profile->main);
    pc_stacks_init(&stacks, found->profile, &look);
    bool enough = pc_stacks_suffice(&stacks);
    pc_stacks_fini(&stacks);
    return enough ? NULL : explain_few(found);
}
