#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "report/profile_parts.h"
#include "tui/profile_inner.h"

/* Whether a row of the tab has the words in it, letters in either case. */
static bool row_has(const struct pc_profile_picture *picture, size_t i, const char *words)
{
    const struct pc_profile *profile = &picture->profile;
    size_t n;
    bool is_caller;
    const struct pc_call *call;
    switch (picture->tab) {
    case PC_TAB_TOP:
        return strcasestr(profile->functions.items[picture->top.items[i].function].name,
                          words);
    case PC_TAB_DIFF:
        return strcasestr(pc_profile_changes_function(&picture->changes, i)->name, words);
    case PC_TAB_CALLS:
        call = pc_profile_call(picture, i, &is_caller);
        return call && call->function != PC_NO_FUNCTION &&
               strcasestr(profile->functions.items[call->function].name, words);
    default: {
        const char *text = pc_profile_source_line(profile, (int)i + 1, &n);
        PC_AUTO(pc_auto_free) char *line = pc_strndup(text ? text : "", n);
        return strcasestr(line, words);
    }
    }
}

static bool next_row(struct pc_profile_picture *picture, struct pc_list *list,
                     bool backwards, bool *wrapped)
{
    size_t i = list->cursor;
    for (size_t k = 0; k < list->n; k++) {
        *wrapped |= backwards ? i == 0 : i + 1 == list->n;
        i = (i + (backwards ? list->n - 1 : 1)) % list->n;
        if (row_has(picture, i, picture->words)) {
            list->cursor = i;
            pc_list_settle(list, pc_profile_list_rows(picture));
            return true;
        }
    }
    return false;
}

enum pc_find pc_profile_picture_find(struct pc_profile_picture *picture, const char *words,
                                     bool backwards)
{
    struct pc_list *list = pc_profile_list(picture);
    bool wrapped = false, found = false;
    if (words) {
        free(picture->words);
        picture->words = pc_strdup(words);
        pc_flame_search(&picture->flame, words);
    }
    if (!picture->words)
        return PC_NOT_FOUND;
    if (list)
        found = next_row(picture, list, backwards, &wrapped);
    else if (picture->tab == PC_TAB_FLAME)
        found = pc_flame_next(&picture->flame, backwards, &wrapped);
    pc_flame_settle(&picture->flame, picture->body);
    pc_profile_follow(picture);
    return !found ? PC_NOT_FOUND : wrapped && !words ? PC_FOUND_WRAPPED : PC_FOUND;
}

void pc_profile_picture_end_find(struct pc_profile_picture *picture)
{
    free(PC_TAKE(picture->words));
    pc_flame_search(&picture->flame, NULL);
}
