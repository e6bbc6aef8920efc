/*
 * Files in pprof's format, for comparing what other programs read in them.
 *
 *     pprof_files cpu FILE          a cpu profile of 200 samples, 4 ms each
 *     pprof_files later FILE        the same, but fib takes half
 *     pprof_files alloc FILE        an allocation profile, exact
 *     pprof_files show FILE TYPE    functions of any file: name, own value, total
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/mem.h"
#include "hotspots/top.h"
#include "profile/pprof.h"
#include "profile_bed.h"

static int fail(const struct pc_err *err)
{
    fprintf(stderr, "pprof_files: %s\n", err->msg);
    return err->code;
}

/* Put all frames into one module, as those of a program are. */
static void add_module(struct pc_profile *profile)
{
    char path[] = "/course/sort.so", id[] = "c0ffee";
    uint32_t module =
        pc_profile_module(profile, &(struct pc_module){.path = path,
                                                       .build_id = id,
                                                       .start = 0x1000,
                                                       .limit = 0x9000,
                                                       .has_lines = true,
                                                       .code = PC_CODE_KERNEL});
    for (size_t i = 0; i < profile->frames.n; i++)
        profile->frames.items[i].module = module;
}

static int write_cpu(const char *path, int64_t divisor)
{
    struct bed_stack stacks[BED_SORTS];
    struct pc_profile profile;
    struct pc_err err;
    for (size_t i = 0; i < BED_SORTS; i++) {
        stacks[i] = bed_sorts[i];
        if (strstr(stacks[i].stack, "fib"))
            stacks[i].count /= divisor;
    }
    bed_profile(&profile, stacks, BED_SORTS);
    add_module(&profile);
    profile.when = 1700000000123;
    profile.source_name = pc_strdup("sort.c");
    bool done = pc_pprof_write(path, &profile, &err);
    pc_profile_fini(&profile);
    return done ? 0 : fail(&err);
}

static int write_alloc(const char *path)
{
    struct pc_profile profile;
    struct pc_err err;
    pc_profile_init(&profile, PC_PROFILE_ALLOC);
    bed_add(&profile, "main;join:5;.malloc", NULL, 3, 100);
    bed_add(&profile, "main;grow:7;.realloc", NULL, 2, 4096);
    profile.period = 1;
    bool done = pc_pprof_write(path, &profile, &err);
    pc_profile_fini(&profile);
    return done ? 0 : fail(&err);
}

static int show(const char *path, const char *type)
{
    struct pc_profile profile;
    struct pc_stacks stacks;
    struct pc_top top;
    struct pc_err err;
    if (!pc_pprof_read(path, &profile, &err))
        return fail(&err);
    struct pc_look look = {.type = 0};
    while (look.type + 1 < profile.n_types &&
           strcmp(profile.types[look.type].name, type) != 0)
        look.type++;
    pc_stacks_init(&stacks, &profile, &look);
    pc_top_make(&top, &stacks, PC_TOP_BY_SELF);
    for (size_t i = 0; i < top.n; i++)
        printf("%s %" PRId64 " %" PRId64 "\n",
               profile.functions.items[top.items[i].function].name, top.items[i].self.value,
               top.items[i].total.value);
    pc_top_fini(&top);
    pc_stacks_fini(&stacks);
    pc_profile_fini(&profile);
    return 0;
}

int main(int argc, char **argv)
{
    const char *verb = argc >= 3 ? argv[1] : "";
    if (argc == 3 && strcmp(verb, "cpu") == 0)
        return write_cpu(argv[2], 1);
    if (argc == 3 && strcmp(verb, "later") == 0)
        return write_cpu(argv[2], 2);
    if (argc == 3 && strcmp(verb, "alloc") == 0)
        return write_alloc(argv[2]);
    if (argc == 4 && strcmp(verb, "show") == 0)
        return show(argv[2], argv[3]);
    fputs("usage: pprof_files cpu|later|alloc FILE, or show FILE TYPE\n", stderr);
    return PC_USAGE;
}
