#include "tui/profile_shelf.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

void pc_profile_shelf_fini(struct pc_profile_shelf *shelf)
{
    for (size_t i = 0; i < PC_PROFILE_SHELF; i++)
        pc_profile_picture_fini(&shelf->pictures[i]);
    *shelf = (struct pc_profile_shelf){0};
}

static bool is_of(const struct pc_profile_picture *picture, const char *text)
{
    const char *source = picture->profile.source;
    return source && text && strcmp(source, text) == 0;
}

/* Where somebody was in one of the pictures. */
struct place {
    enum pc_profile_tab tab;
    char *function, *file; /* NULL: none was chosen */
};

static struct place place_of(const struct pc_profile_picture *picture)
{
    struct place place = {.tab = picture->tab};
    if (picture->function == PC_NO_FUNCTION)
        return place;
    const struct pc_function *f = &picture->profile.functions.items[picture->function];
    place.function = pc_strdup(f->name);
    place.file = pc_strdup(f->file);
    return place;
}

static void go_to(struct pc_profile_picture *picture, struct place *place)
{
    pc_profile_picture_open(picture, place->tab, place->function, place->file);
    free(place->function);
    free(place->file);
}

static void stand_beside(struct pc_profile_shelf *shelf)
{
    const struct pc_profile_picture *allocs =
        shelf->has[PC_PROFILE_ALLOC] ? &shelf->pictures[PC_PROFILE_ALLOC] : NULL;
    for (size_t i = 0; i < PC_PROFILE_SHELF; i++)
        shelf->pictures[i].allocs = &shelf->pictures[i] == allocs ? NULL : allocs;
}

struct pc_profile_picture *pc_profile_shelf_put(struct pc_profile_shelf *shelf,
                                                const struct pc_profiled *found,
                                                struct pc_profile *before,
                                                const char *exercise,
                                                const struct pc_profile_picture *beside)
{
    const struct pc_profile *profile = found->profile;
    struct pc_profile_picture *picture = &shelf->pictures[profile->kind];
    struct place place = {0};
    if (beside)
        place = place_of(beside);
    for (size_t i = 0; i < PC_PROFILE_SHELF; i++) {
        if (!shelf->has[i] || is_of(&shelf->pictures[i], profile->source))
            continue;
        pc_profile_picture_fini(&shelf->pictures[i]);
        shelf->has[i] = false;
    }
    pc_profile_picture_set(picture, found, before, exercise);
    shelf->has[profile->kind] = true;
    stand_beside(shelf);
    if (beside)
        go_to(picture, &place);
    return picture;
}

struct pc_profile_picture *pc_profile_shelf_find(struct pc_profile_shelf *shelf,
                                                 enum pc_profile_kind kind,
                                                 const char *text,
                                                 const struct pc_profile_picture *beside)
{
    struct pc_profile_picture *picture = &shelf->pictures[kind];
    if (!shelf->has[kind] || !is_of(picture, text))
        return NULL;
    if (beside && beside != picture) {
        struct place place = place_of(beside);
        go_to(picture, &place);
    }
    return picture;
}
