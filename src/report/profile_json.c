#include "report/profile.h"

#include <math.h>

#include "base/mem.h"
#include "hotspots/diff.h"
#include "hotspots/lines.h"
#include "hotspots/top.h"
#include "report/alloc_counts.h"
#include "report/lock_json.h"
#include "report/lock_waits.h"
#include "report/parts.h"
#include "report/profile_diff.h"
#include "report/profile_parts.h"

static json_t *share_of(const struct pc_share *share)
{
    return json_pack("{s:I,s:f,s:f,s:f}", "value", (json_int_t)share->value, "share",
                     share->part, "low", share->low, "high", share->high);
}

static const char *code_name(enum pc_code_owner code)
{
    static const char *const names[] = {[PC_CODE_UNKNOWN] = "unknown",
                                        [PC_CODE_KERNEL] = "kernel",
                                        [PC_CODE_BENCH] = "bench",
                                        [PC_CODE_LIBRARY] = "library",
                                        [PC_CODE_HOST] = "host"};
    return names[code];
}

static json_t *functions_of(const struct pc_stacks *stacks)
{
    json_t *list = json_array();
    struct pc_top top;
    pc_top_make(&top, stacks, PC_TOP_BY_SELF);
    for (size_t i = 0; i < top.n; i++) {
        const struct pc_top_row *row = &top.items[i];
        const struct pc_function *f = &stacks->profile->functions.items[row->function];
        json_array_append_new(
            list, json_pack("{s:o,s:o,s:i,s:s,s:i,s:b,s:o,s:o}", "function",
                            pc_json_text(f->name), "file", pc_json_text(f->file), "line",
                            f->line, "code", code_name(f->code), "rank", (int)row->rank,
                            "tied", row->is_tied, "self", share_of(&row->self), "total",
                            share_of(&row->total)));
    }
    pc_top_fini(&top);
    return list;
}

static json_t *lines_of(const struct pc_stacks *stacks)
{
    json_t *list = json_array();
    const char *file = stacks->profile->source_name;
    struct pc_lines lines;
    pc_lines_make(&lines, stacks, file ? file : "");
    for (size_t i = 0; i < lines.n; i++)
        if (lines.items[i].line > 0)
            json_array_append_new(list,
                                  json_pack("{s:i,s:o,s:o}", "line", lines.items[i].line,
                                            "self", share_of(&lines.items[i].self), "total",
                                            share_of(&lines.items[i].total)));
    pc_lines_fini(&lines);
    return list;
}

static json_t *crash_of(const struct pc_crash *crash)
{
    if (crash->ending == PC_ENDING_NONE)
        return json_null();
    return json_pack(
        "{s:o,s:b,s:o,s:i}", "what",
        pc_json_text(crash->ending == PC_ENDING_TIME ? "time limit" : crash->what),
        "asleep", crash->asleep, "file", pc_json_text(crash->place.file), "line",
        crash->place.line);
}

/* Here and altogether, of all operations. */
static json_t *pair_of(int64_t self, int64_t total)
{
    return json_pack("{s:I,s:I}", "self", (json_int_t)self, "total", (json_int_t)total);
}

static const char *const alloc_names[] = {[PC_ALLOC_OBJECTS] = "objects",
                                          [PC_ALLOC_BYTES] = "bytes",
                                          [PC_ALLOC_LIVE_OBJECTS] = "live-objects",
                                          [PC_ALLOC_LIVE_BYTES] = "live-bytes"};

static json_t *allocating_functions(const struct pc_alloc_counts *counts)
{
    json_t *list = json_array();
    struct pc_top top;
    pc_top_make(&top, &counts->columns[PC_ALLOC_OBJECTS].stacks, PC_TOP_BY_SELF);
    for (size_t i = 0; i < top.n; i++) {
        uint32_t k = top.items[i].function;
        const struct pc_function *f = &counts->profile->functions.items[k];
        json_t *row =
            json_pack("{s:o,s:o,s:i,s:s}", "function", pc_json_text(f->name), "file",
                      pc_json_text(f->file), "line", f->line, "code", code_name(f->code));
        for (size_t type = 0; type < PC_ALLOC_VALUES; type++) {
            const struct pc_sum *sum = &counts->columns[type].functions[k];
            json_object_set_new(row, alloc_names[type], pair_of(sum->self, sum->total));
        }
        json_array_append_new(list, row);
    }
    pc_top_fini(&top);
    return list;
}

static json_t *allocating_lines(const struct pc_alloc_counts *counts)
{
    json_t *list = json_array();
    const struct pc_lines *lines = &counts->columns[PC_ALLOC_OBJECTS].lines;
    for (size_t i = 0; i < lines->n; i++) {
        int line = lines->items[i].line;
        if (line == 0)
            continue;
        json_t *row = json_pack("{s:i}", "line", line);
        for (size_t type = 0; type < PC_ALLOC_VALUES; type++) {
            const struct pc_line_row *at =
                pc_lines_find(&counts->columns[type].lines, line);
            json_object_set_new(row, alloc_names[type],
                                pair_of(at ? at->self.value : 0, at ? at->total.value : 0));
        }
        json_array_append_new(list, row);
    }
    return list;
}

static json_t *leaks_of(const struct pc_profiled *found)
{
    json_t *list = json_array();
    for (size_t i = 0; i < found->leaks.n; i++) {
        const struct pc_leak *leak = &found->leaks.items[i];
        const struct pc_profile *p = found->profile;
        const struct pc_frame *frame =
            leak->frame == PC_NO_FRAME ? NULL : &p->frames.items[leak->frame];
        const struct pc_function *f = frame ? &p->functions.items[frame->function] : NULL;
        json_array_append_new(list, json_pack("{s:o,s:o,s:i,s:I,s:I}", "function",
                                              pc_json_text(f ? f->name : ""), "file",
                                              pc_json_text(f ? f->file : ""), "line",
                                              frame ? frame->line : 0, "objects",
                                              (json_int_t)leak->objects, "bytes",
                                              (json_int_t)leak->bytes));
    }
    return list;
}

static json_t *number_or_null(double x)
{
    return isfinite(x) ? json_real(x) : json_null();
}

/* NULL when the two measure different things. */
static json_t *allocating_changes(const struct pc_profile *before,
                                  const struct pc_profile *now, struct pc_err *err)
{
    struct pc_profile_changes changes;
    if (!before)
        return json_null();
    if (!pc_profile_changes_make(&changes, before, now, &(struct pc_profile_view){0}, err))
        return NULL;
    json_t *list = json_array();
    for (size_t i = 0; i < changes.diff.n; i++) {
        const struct pc_change *objects = &changes.diff.items[i];
        const struct pc_change *bytes = pc_profile_changes_beside(&changes, objects);
        const struct pc_function *f = pc_profile_changes_function(&changes, i);
        json_array_append_new(
            list, json_pack("{s:o,s:o,s:i,s:o,s:o,s:o,s:o}", "function",
                            pc_json_text(f->name), "file", pc_json_text(f->file), "sign",
                            objects->sign, "objects-before-per-op",
                            number_or_null(objects->old_per_op), "objects-now-per-op",
                            number_or_null(objects->new_per_op), "bytes-before-per-op",
                            number_or_null(bytes ? bytes->old_per_op : (double)NAN),
                            "bytes-now-per-op",
                            number_or_null(bytes ? bytes->new_per_op : (double)NAN)));
    }
    pc_profile_changes_fini(&changes);
    return list;
}

/* All its numbers but those of changes are sums over all operations, so that they are whole. */
static json_t *alloc_json(const struct pc_profiled *found, const char *exercise,
                          const struct pc_profile *before, enum pc_code code,
                          struct pc_err *err)
{
    const struct pc_profile *p = found->profile;
    struct pc_alloc_counts counts;
    json_t *changes = allocating_changes(before, p, err);
    if (!changes)
        return NULL;
    const struct pc_look look = {.hides_host = true, .folds_libraries = true};
    pc_alloc_counts_init(&counts, p, &look);
    json_t *root = json_pack(
        "{s:s,s:i,s:o,s:o,s:I,s:s,s:I,s:I,s:I,s:I}", "perfcourse", PACKAGE_VERSION, "code",
        (int)code, "exercise", exercise ? pc_json_text(exercise) : json_null(), "bench",
        pc_json_text(found->bench), "n", (json_int_t)found->size, "kind",
        pc_profile_kind_name(p->kind), "ops", (json_int_t)p->ops, "wall-ns",
        (json_int_t)p->wall_ns, "lost", (json_int_t)p->lost, "cut", (json_int_t)p->broken);
    for (size_t type = 0; type < PC_ALLOC_VALUES; type++)
        json_object_set_new(root, alloc_names[type],
                            json_integer(pc_profile_total(p, type)));
    json_object_set_new(root, "crash", crash_of(&found->crash));
    json_object_set_new(root, "functions", allocating_functions(&counts));
    json_object_set_new(root, "lines", allocating_lines(&counts));
    json_object_set_new(root, "leaked-objects", json_integer(found->leaks.objects));
    json_object_set_new(root, "leaked-bytes", json_integer(found->leaks.bytes));
    json_object_set_new(root, "leaks", leaks_of(found));
    json_object_set_new(root, "changes", changes);
    pc_alloc_counts_fini(&counts);
    return root;
}

static json_t *change_of(const struct pc_change *change, const struct pc_profile *before,
                         const struct pc_profile *now)
{
    const struct pc_difference *d = &change->share;
    const struct pc_function *f = change->after != PC_NO_FUNCTION
                                      ? &now->functions.items[change->after]
                                      : &before->functions.items[change->before];
    return json_pack("{s:o,s:o,s:o,s:o,s:{s:f,s:f,s:f,s:i},s:o,s:o}", "function",
                     pc_json_text(f->name), "file", pc_json_text(f->file), "before",
                     share_of(&change->old), "now", share_of(&change->new), "change",
                     "share", d->part, "low", d->low, "high", d->high, "sign", d->sign,
                     "before-per-op", number_or_null(change->old_per_op), "now-per-op",
                     number_or_null(change->new_per_op));
}

/* NULL when the two measure different things. */
static json_t *changes_of(const struct pc_stacks *stacks, const struct pc_profile *before,
                          struct pc_err *err)
{
    struct pc_stacks old;
    struct pc_diff diff;
    if (!before)
        return json_null();
    const struct pc_look look = {
        .type = before->main, .hides_host = true, .folds_libraries = true};
    pc_stacks_init(&old, before, &look);
    json_t *list = NULL;
    if (pc_diff_make(&diff, &old, stacks, PC_TOP_BY_SELF, err)) {
        list = json_array();
        for (size_t i = 0; i < diff.n; i++)
            json_array_append_new(list, change_of(&diff.items[i], before, stacks->profile));
        pc_diff_fini(&diff);
    }
    pc_stacks_fini(&old);
    return list;
}

/* NULL when `before` measures something else. */
static json_t *json_of(const struct pc_profiled *found, const char *exercise,
                       const struct pc_profile *before, enum pc_code code,
                       struct pc_err *err)
{
    const struct pc_profile *p = found->profile;
    if (pc_alloc_is_counted(p))
        return alloc_json(found, exercise, before, code, err);
    struct pc_stacks stacks;
    const struct pc_look look = {
        .type = p->main, .hides_host = true, .folds_libraries = true};
    pc_stacks_init(&stacks, p, &look);
    json_t *changes = changes_of(&stacks, before, err);
    if (!changes) {
        pc_stacks_fini(&stacks);
        return NULL;
    }
    json_t *root = json_pack(
        "{s:s,s:i,s:o,s:o,s:I,s:s,s:I,s:i,s:I,s:I,s:i,s:I,s:I,s:I,s:b,s:i,s:b,s:o,s:o,s:o,"
        "s:o}",
        "perfcourse", PACKAGE_VERSION, "code", (int)code, "exercise",
        exercise ? pc_json_text(exercise) : json_null(), "bench",
        pc_json_text(found->bench), "n", (json_int_t)found->size, "kind",
        pc_profile_kind_name(p->kind), "samples", (json_int_t)p->taken, "hz", (int)p->hz,
        "cpu-ns", (json_int_t)p->cpu_ns, "wall-ns", (json_int_t)p->wall_ns, "threads",
        (int)p->threads, "ops", (json_int_t)p->ops, "lost", (json_int_t)p->lost, "cut",
        (json_int_t)p->broken, "blocked", found->deaf != PC_HEARS_SIGNAL,
        "unwatched-threads", (int)found->unarmed, "suffices", pc_stacks_suffice(&stacks),
        "crash", crash_of(&found->crash), "functions", functions_of(&stacks), "lines",
        lines_of(&stacks), "changes", changes);
    if (pc_lock_is_counted(p))
        pc_lock_json_add(root, found);
    pc_stacks_fini(&stacks);
    return root;
}

char *pc_profile_json(const struct pc_profiled *found, const char *exercise,
                      const struct pc_profile *before, enum pc_code code,
                      struct pc_err *err)
{
    json_t *root = json_of(found, exercise, before, code, err);
    return root ? pc_json_dump(root) : NULL;
}

json_t *pc_json_profile(const struct pc_profiled *found)
{
    static const char *const of_a_run[] = {"perfcourse", "code", "exercise", "changes"};
    json_t *root = json_of(found, NULL, NULL, PC_PASSED, NULL);
    for (size_t i = 0; i < PC_COUNT(of_a_run); i++)
        json_object_del(root, of_a_run[i]);
    return root;
}
