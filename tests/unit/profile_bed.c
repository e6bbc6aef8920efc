#include "profile_bed.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/str.h"

enum { PERIOD = 4000000, ADDRESSES = 0x1000 };

const struct bed_stack bed_sorts[BED_SORTS] = {
    {"!main;+bench_sort:9;sort:10", 30, "endpoint=/sort"},
    {"!main;+bench_sort:9;sort:12;cmp:3*;.memcmp", 60, "endpoint=/sort"},
    {"!main;+bench_sort:9;sort:12;cmp:4*", 40, "endpoint=/sort"},
    {"!main;+bench_fib:20;fib:31;fib:31;fib:30", 50, "endpoint=/fib"},
    {"!main;+bench_fib:20;fib:31", 20, "endpoint=/fib"},
};

uint32_t bed_function(const struct pc_profile *profile, const char *name)
{
    uint32_t k = 0;
    while (strcmp(profile->functions.items[k].name, name) != 0)
        k++;
    return k;
}

/* The frame of "name:line*", whose address is that of the function and line. */
static uint32_t add_frame(struct pc_profile *profile, const char *word, uint64_t *address)
{
    static const struct {
        char sign;
        enum pc_code_owner code;
        const char *file;
    } owners[] = {{'!', PC_CODE_HOST, "run.c"},
                  {'+', PC_CODE_BENCH, "bench.c"},
                  {'.', PC_CODE_LIBRARY, ""},
                  {0, PC_CODE_KERNEL, "sort.c"}};
    size_t k = 0;
    while (owners[k].sign && owners[k].sign != *word)
        k++;
    word += owners[k].sign != 0;
    PC_AUTO(pc_auto_free) char *name = pc_strndup(word, strcspn(word, ":*"));
    const char *colon = strchr(word, ':');
    struct pc_frame frame = {.line = colon ? atoi(colon + 1) : 0,
                             .inlined = strchr(word, '*') != NULL,
                             .module = PC_NO_MODULE};
    frame.function = pc_profile_function(profile, name, owners[k].file, frame.line ? 1 : 0,
                                         owners[k].code);
    if (!frame.inlined)
        *address = ADDRESSES + 1000 * frame.function + (uint64_t)frame.line;
    frame.address = *address;
    return pc_profile_frame(profile, &frame);
}

void bed_add(struct pc_profile *profile, const char *stack, const char *label,
             int64_t value, int64_t unit)
{
    uint32_t frames[PC_PROFILE_DEPTH], n = 0, at = PC_PROFILE_DEPTH;
    PC_AUTO(pc_auto_free) char *copy = pc_strdup(stack);
    uint64_t address = 0;
    char *rest = NULL;
    for (char *word = strtok_r(copy, ";", &rest); word;
         word = strtok_r(NULL, ";", &rest), n++)
        frames[--at] = add_frame(profile, word, &address);
    uint32_t labels[1];
    if (label) {
        PC_AUTO(pc_auto_free) char *key = pc_strndup(label, strcspn(label, "="));
        labels[0] = pc_profile_label(profile, key, strchr(label, '=') + 1);
    }
    pc_profile_add(profile, frames + at, n, labels, label != NULL,
                   (int64_t[]){value, value * unit, 0, 0});
}

void bed_profile(struct pc_profile *profile, const struct bed_stack *stacks, size_t n)
{
    pc_profile_init(profile, PC_PROFILE_CPU);
    for (size_t i = 0; i < n; i++) {
        bed_add(profile, stacks[i].stack, stacks[i].label, stacks[i].count, PERIOD);
        profile->taken += (uint64_t)stacks[i].count;
    }
    profile->hz = 250;
    profile->period = PERIOD;
    profile->threads = 1;
    profile->cpu_ns = (int64_t)profile->taken * PERIOD;
    profile->wall_ns = profile->cpu_ns + PERIOD;
}

static uint32_t random_frame(struct pc_profile *profile, struct pc_rng *rng, bool inlined)
{
    static const char *const names[] = {"sort",   "merge",      "a b;c",
                                        "0x1234", "operator<<", "über"};
    static const char *const files[] = {"sort.c", "/usr/src/x.c", ""};
    struct pc_frame frame = {.module = PC_NO_MODULE,
                             .line = (int)pc_rng_below(rng, 30),
                             .inlined = inlined,
                             .address = pc_rng_next(rng) >> pc_rng_below(rng, 60)};
    if (pc_rng_below(rng, 4) > 0)
        frame.module = (uint32_t)pc_rng_below(rng, profile->modules.n);
    frame.function =
        pc_profile_function(profile, names[pc_rng_below(rng, PC_COUNT(names))],
                            files[pc_rng_below(rng, PC_COUNT(files))], 7 * frame.inlined,
                            (enum pc_code_owner)pc_rng_below(rng, PC_CODE_HOST + 1));
    return pc_profile_frame(profile, &frame);
}

/* Inlined functions have address and module of what they are inlined into. */
static void same_place(struct pc_profile *profile, uint32_t *frames, size_t n)
{
    for (size_t i = n - 1; i-- > 0;) {
        struct pc_frame frame = profile->frames.items[frames[i]];
        if (!frame.inlined)
            continue;
        frame.address = profile->frames.items[frames[i + 1]].address;
        frame.module = profile->frames.items[frames[i + 1]].module;
        frames[i] = pc_profile_frame(profile, &frame);
    }
}

void bed_random(struct pc_profile *profile, enum pc_profile_kind kind, struct pc_rng *rng)
{
    pc_profile_init(profile, kind);
    for (uint64_t i = 0; i < 3; i++) {
        char path[] = "/lib/a.so", id[] = "c0ffee";
        path[5] = (char)('a' + i);
        pc_profile_module(profile, &(struct pc_module){.path = path,
                                                       .build_id = i == 1 ? NULL : id,
                                                       .start = i << 40,
                                                       .limit = (i << 40) + 4096,
                                                       .offset = 512 * i,
                                                       .has_lines = i != 2,
                                                       .code = PC_CODE_BENCH});
    }
    for (uint64_t k = 1 + pc_rng_below(rng, 60); k > 0; k--) {
        uint32_t frames[24], labels[3];
        size_t n = pc_rng_below(rng, PC_COUNT(frames)), n_labels = pc_rng_below(rng, 3);
        for (size_t i = 0; i < n; i++)
            frames[i] = random_frame(profile, rng, i + 1 < n && pc_rng_below(rng, 3) == 0);
        if (n > 0)
            same_place(profile, frames, n);
        if (n_labels > 0)
            labels[0] =
                pc_profile_label(profile, "endpoint", pc_rng_below(rng, 2) ? "/a" : "");
        if (n_labels > 1)
            labels[1] =
                pc_profile_number(profile, "size", (int64_t)pc_rng_below(rng, 3) - 1,
                                  pc_rng_below(rng, 2) ? "bytes" : "");
        int64_t values[PC_PROFILE_VALUES];
        for (size_t i = 0; i < PC_PROFILE_VALUES; i++)
            values[i] = (int64_t)(pc_rng_next(rng) >> (20 + pc_rng_below(rng, 40)));
        pc_profile_add(profile, frames, n, labels, n_labels, values);
    }
    profile->when = 1700000000123;
    profile->wall_ns = 3000000000;
    profile->cpu_ns = 2900000000;
    profile->period = 4000000;
    profile->taken = 700 + pc_rng_below(rng, 100);
    profile->lost = 3;
    profile->broken = 2;
    profile->ops = pc_rng_next(rng);
    profile->hz = 250;
    profile->threads = 2;
    profile->source = pc_strdup("int main(void)\n{\n}\n");
    profile->source_name = pc_strdup("sort.c");
}

static int compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static char *dump_sample(const struct pc_profile *profile,
                         const struct pc_profile_sample *sample)
{
    struct pc_str out = {0};
    for (size_t i = 0; i < sample->n; i++) {
        const struct pc_frame *frame = &profile->frames.items[sample->frames[i]];
        const struct pc_function *function = &profile->functions.items[frame->function];
        pc_str_addf(&out, "%s %s:%d(%d) %d %" PRIx64 "%s ", function->name, function->file,
                    frame->line, function->line, function->code, frame->address,
                    frame->inlined ? "*" : "");
        if (frame->module != PC_NO_MODULE) {
            const struct pc_module *module = &profile->modules.items[frame->module];
            pc_str_addf(&out, "%s %s %" PRIx64 "-%" PRIx64 "+%" PRIx64 " %d %d",
                        module->path, module->build_id, module->start, module->limit,
                        module->offset, module->has_lines, module->code);
        }
        pc_str_adds(&out, "\n");
    }
    for (size_t i = 0; i < sample->n_labels; i++) {
        const struct pc_label *label = &profile->labels.items[sample->labels[i]];
        pc_str_addf(&out, "%s=%s (%s)\n", label->key, label->value,
                    label->unit ? label->unit : "text");
    }
    for (size_t i = 0; i < profile->n_types; i++)
        pc_str_addf(&out, "%" PRId64 " ", sample->values[i]);
    pc_str_adds(&out, "\n\n");
    return pc_str_take(&out);
}

char *bed_dump(const struct pc_profile *profile)
{
    size_t n = profile->samples.n;
    PC_AUTO(pc_auto_free) char **samples = pc_alloc_array(n + 1, sizeof *samples);
    for (size_t i = 0; i < n; i++)
        samples[i] = dump_sample(profile, &profile->samples.items[i]);
    qsort(samples, n, sizeof *samples, compare);
    struct pc_str out = {0};
    for (size_t i = 0; i < n; i++) {
        pc_str_adds(&out, samples[i]);
        free(samples[i]);
    }
    for (size_t i = 0; i < profile->n_types; i++)
        pc_str_addf(&out, "%s/%s ", profile->types[i].name, profile->types[i].unit);
    pc_str_addf(&out,
                "main %zu\n%s when %" PRId64 " wall %" PRId64 " cpu %" PRId64
                " period %" PRId64 " taken %" PRIu64 " lost %" PRIu64 " broken %" PRIu64
                " ops %" PRIu64 " hz %u threads %u\n%s\n%s",
                profile->main, pc_profile_kind_name(profile->kind), profile->when,
                profile->wall_ns, profile->cpu_ns, profile->period, profile->taken,
                profile->lost, profile->broken, profile->ops, profile->hz, profile->threads,
                profile->source_name ? profile->source_name : "-",
                profile->source ? profile->source : "-");
    return pc_str_take(&out);
}
