#include "perfprof/pages.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "perfprof/endpoints.h"

void pc_pages_index(struct pc_str *out)
{
    size_t n;
    const struct pc_endpoint *endpoints = pc_endpoints(&n);
    pc_str_adds(out, "/debug/pprof/\n\n");
    for (size_t i = 0; i < n; i++) {
        char name[32];
        if (endpoints[i].has_text)
            snprintf(name, sizeof name, "%s?debug=1", endpoints[i].name);
        else if (endpoints[i].seconds > 0)
            snprintf(name, sizeof name, "%s?seconds=%ld", endpoints[i].name,
                     endpoints[i].seconds);
        else
            snprintf(name, sizeof name, "%s", endpoints[i].name);
        pc_str_addf(out, "%-20s  %s\n", name, endpoints[i].about);
    }
    pc_str_adds(out, "\nEach is for `go tool pprof URL`; with debug=1 it is text.\n");
}

/* The stack of a thread among those of the profile; NULL: it has none there. */
static const struct pc_profile_sample *stack_of(const struct pc_profile *profile, int tid)
{
    for (size_t i = 0; profile && i < profile->samples.n; i++) {
        const struct pc_profile_sample *sample = &profile->samples.items[i];
        for (size_t k = 0; k < sample->n_labels; k++) {
            const struct pc_label *label = &profile->labels.items[sample->labels[k]];
            if (strcmp(label->key, "tid") == 0 && atoi(label->value) == tid)
                return sample;
        }
    }
    return NULL;
}

static bool is_same_stack(const struct pc_profile_sample *a,
                          const struct pc_profile_sample *b)
{
    if (!a || !b)
        return a == b;
    return a->n == b->n && memcmp(a->frames, b->frames, a->n * sizeof *a->frames) == 0;
}

static void add_stack(struct pc_str *out, const struct pc_profile *profile,
                      const struct pc_profile_sample *sample)
{
    for (size_t i = 0; i < sample->n; i++) {
        const struct pc_frame *frame = &profile->frames.items[sample->frames[i]];
        const struct pc_function *function = &profile->functions.items[frame->function];
        if (function->file[0] && frame->line > 0)
            pc_str_addf(out, "    %-24s  %s:%d\n", function->name, function->file,
                        frame->line);
        else
            pc_str_addf(out, "    %s\n", function->name);
    }
}

void pc_pages_threads(struct pc_str *out, const struct pc_threads_seen *threads,
                      const struct pc_profile *profile)
{
    pc_str_addf(out, "%zu threads\n\n thread  state   CPU time  name\n", threads->n);
    PC_AUTO(pc_auto_free) bool *is_told = pc_alloc_array(threads->n + 1, sizeof *is_told);
    for (size_t i = 0; i < threads->n; i++) {
        if (is_told[i])
            continue;
        const struct pc_profile_sample *stack = stack_of(profile, threads->items[i].tid);
        for (size_t k = i; k < threads->n; k++) {
            const struct pc_thread_seen *thread = &threads->items[k];
            if (is_told[k] || !is_same_stack(stack, stack_of(profile, thread->tid)))
                continue;
            is_told[k] = true;
            pc_str_addf(out, "%7d  %c  %10.2f s  %s\n", thread->tid, thread->state,
                        thread->cpu_s, thread->name);
        }
        if (stack)
            add_stack(out, profile, stack);
        else
            pc_str_adds(out, profile ? "    no stack: SIGPROF is blocked there, or it did "
                                       "not come to run\n"
                                     : "    no stacks: a profile is being taken\n");
    }
}

const char *pc_pages_missing(const char *path)
{
    static const struct {
        const char *path, *why;
    } rows[] = {
        {"/debug/pprof/block",
         "waiting is in /debug/pprof/mutex, and in /debug/pprof/wall"},
        {"/debug/pprof/goroutine", "a C program has threads: /debug/pprof/threads"},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (strcmp(path, rows[i].path) == 0)
            return rows[i].why;
    return "there is nothing here: see /debug/pprof/";
}
