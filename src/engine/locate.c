#include "engine/internal.h"

#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "profile/extents.h"
#include "profile/symbols.h"
#include "toolchain/scan.h"

/* The innermost frame in the kernel's own file, else the innermost of all. */
static void locate(struct pc_symbols *symbols, const uint64_t *frames, size_t n,
                   const char *kernel_name, struct pc_place *found)
{
    for (size_t i = 0; i < n; i++) {
        struct pc_place place;
        if (!pc_symbols_place(symbols, frames[i], &place) || place.line == 0)
            continue;
        bool in_kernel = strcmp(place.file, kernel_name) == 0;
        if (in_kernel || found->line == 0)
            *found = place;
        if (in_kernel)
            return;
    }
}

/* Whoever has left leaves no frames, but the text shows where it could: the first of the
 * words that end a program. */
static void locate_exit(const struct pc_source *source, struct pc_place *found)
{
    static const char *const words[] = {"exit",       "_exit",        "_Exit",
                                        "quick_exit", "pthread_exit", "thrd_exit"};
    for (size_t i = 0; i < PC_COUNT(words); i++) {
        struct pc_place place = {.line = 0};
        if (!pc_scan_find(source->text, source->len, words[i], &place.line,
                          &place.column) ||
            (found->line > 0 && found->line <= place.line))
            continue;
        snprintf(place.file, sizeof place.file, "%s", source->name);
        *found = place;
    }
}

void pc_locate_crash(struct pc_crash *crash, const struct pc_source *source)
{
    if (crash->ending == PC_ENDING_EXIT)
        locate_exit(source, &crash->place);
    if (crash->ending == PC_ENDING_NONE || crash->place.line > 0 || crash->n_frames == 0)
        return;
    const char *kernel_name = source->name;
    struct pc_symbols *symbols = pc_symbols_open(crash->object, NULL);
    if (!symbols)
        return;
    locate(symbols, crash->frames, crash->n_frames, kernel_name, &crash->place);
    locate(symbols, crash->other_frames, crash->n_other, kernel_name, &crash->other);
    pc_symbols_free(symbols);
}

void pc_locate_sites(struct pc_counts *counts, const char *object)
{
    if (counts->n_sites == 0 && counts->n_leaks == 0)
        return;
    struct pc_symbols *symbols = pc_symbols_open(object, NULL);
    if (!symbols)
        return;
    for (size_t i = 0; i < counts->n_sites; i++)
        pc_symbols_place(symbols, counts->sites[i].address, &counts->sites[i].place);
    for (size_t i = 0; i < counts->n_leaks; i++)
        if (counts->leaks[i].address)
            pc_symbols_place(symbols, counts->leaks[i].address, &counts->leaks[i].place);
    pc_symbols_free(symbols);
}

static enum pc_extent_found measure(struct pc_symbols *symbols, const char *metric,
                                    const char *of, double *value)
{
    double size, padding;
    if (strncmp(metric, "stack-B.", 8) == 0)
        return pc_extent_stack(symbols, of, value);
    enum pc_extent_found found = pc_extent_type(symbols, of, &size, &padding);
    if (found == PC_EXTENT_FOUND)
        *value = strncmp(metric, "sizeof.", 7) == 0 ? size : padding;
    return found;
}

void pc_locate_extents(struct pc_counts *counts, const char *const *names, size_t n,
                       const char *object)
{
    struct pc_metrics *metrics = &counts->metrics;
    struct pc_symbols *symbols = NULL;
    for (size_t i = 0; i < n && metrics->n < PC_METRICS_MAX; i++) {
        const char *of;
        double v = 0;
        if (!pc_metric_is_of_code(names[i], &of))
            continue;
        if (!symbols && !(symbols = pc_symbols_open(object, NULL)))
            return;
        switch (measure(symbols, names[i], of, &v)) {
        case PC_EXTENT_FOUND:
            metrics->items[metrics->n] = (struct pc_metric){.min = v, .max = v, .mean = v};
            strcpy(metrics->items[metrics->n++].name, names[i]);
            break;
        case PC_EXTENT_ABSENT:
            break;
        case PC_EXTENT_UNKNOWN:
            snprintf(counts->missing, sizeof counts->missing,
                     "%s cannot be told: its size is not fixed when it is compiled",
                     names[i]);
            break;
        }
    }
    pc_symbols_free(symbols);
}

void pc_locate_limited(struct pc_counts *counts, const struct pc_limits *limits,
                       const char *object)
{
    const char *names[PC_LIMITS_MAX];
    for (size_t i = 0; i < limits->n; i++)
        names[i] = limits->items[i].metric;
    pc_locate_extents(counts, names, limits->n, object);
}
