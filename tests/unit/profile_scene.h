/*
 * Profiles by hand on the screen, for tests of its tabs.
 */
#ifndef PROFILE_SCENE_H
#define PROFILE_SCENE_H

#include "profile_bed.h"
#include "tui/profile_picture.h"

/* A file sort.c, whose lines are those of bed_sorts. */
extern const char scene_source[];

/* A profile of these stacks with that source. */
void scene_make(struct pc_profile *profile, const struct bed_stack *stacks, size_t n);

/* Show it; `how` has what else is known of it. */
void scene_show(struct pc_profile_picture *picture, const struct pc_profiled *how,
                const struct bed_stack *stacks, size_t n);
void scene_sorts(struct pc_profile_picture *picture);

/* What is pressed, one after the other, before the picture is taken. */
struct scene_picture {
    struct pc_profile_picture *p;
    enum pc_profile_tab tab;
    const enum pc_action *acts; /* PC_ACT_NONE ends them; NULL: none */
    const char *words;          /* to be found first, or NULL */
};

/* For golden_check(): `ctx` is a struct scene_picture. */
void scene_draw(const void *ctx, struct pc_canvas *canvas, struct pc_area area);

#endif
