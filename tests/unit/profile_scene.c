#include "profile_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "base/mem.h"

const char scene_source[] = "#include \"sort.h\"\n"
                            "\n"
                            "static int cmp(const int *a, const int *b) {\n"
                            "\treturn memcmp(a, b, sizeof *a);\n"
                            "}\n"
                            "\n"
                            "/* Puts them in order, the smallest first, \xc3\xbc. */\n"
                            "void sort(int *v, long n)\n"
                            "{\n"
                            "\tfor (long i = 1; i < n; i++)\n"
                            "\t\tfor (long k = i; k > 0; k--)\n"
                            "\t\t\tif (cmp(&v[k - 1], &v[k]) > 0)\n"
                            "\t\t\t\tswap(&v[k - 1], &v[k]);\n"
                            "}\n";

/* A profile of what bed_sorts has, or of other stacks. */
void scene_make(struct pc_profile *profile, const struct bed_stack *stacks, size_t n)
{
    bed_profile(profile, stacks, n);
    profile->source = pc_strdup(scene_source);
    profile->source_name = pc_strdup("sort.c");
}

void scene_show(struct pc_profile_picture *picture, const struct pc_profiled *how,
                const struct bed_stack *stacks, size_t n)
{
    struct pc_profile profile;
    struct pc_profiled found = *how;
    scene_make(&profile, stacks, n);
    found.profile = &profile;
    found.bench = "sorts";
    found.size = 2000;
    *picture = (struct pc_profile_picture){0};
    pc_profile_picture_set(picture, &found, NULL, "07.1");
    pc_profile_fini(&profile);
}

void scene_sorts(struct pc_profile_picture *picture)
{
    scene_show(picture, &(struct pc_profiled){0}, bed_sorts, BED_SORTS);
}

void scene_draw(const void *ctx, struct pc_canvas *canvas, struct pc_area area)
{
    const struct scene_picture *picture = ctx;
    struct pc_profile_picture *p = picture->p;
    bool ascii = pc_canvas_is_ascii(canvas);
    pc_profile_picture_settle(p, area, ascii);
    pc_profile_picture_act(p, PC_ACT_ANSWER, '1' + (int)picture->tab);
    if (picture->words)
        assert_int_equal(pc_profile_picture_find(p, picture->words, false), PC_FOUND);
    for (const enum pc_action *act = picture->acts; act && *act; act++)
        pc_profile_picture_act(p, *act, 0);
    pc_profile_picture_draw(p, canvas, area);
    pc_profile_picture_end_find(p);
    /* The next size begins where this one did. */
    while (pc_flame_can(&p->flame, PC_ACT_UNZOOM))
        pc_flame_act(&p->flame, p->body, PC_ACT_UNZOOM);
    p->flame.flips = false;
    pc_profile_picture_act(p, PC_ACT_ANSWER, '1' + PC_TAB_TOP);
    pc_profile_picture_act(p, PC_ACT_FIRST, 0);
}
