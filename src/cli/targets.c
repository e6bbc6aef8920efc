#include "cli/targets.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

static bool is_file(const char *word)
{
    size_t n = strlen(word);
    return n > 2 && strcmp(word + n - 2, ".c") == 0;
}

static bool fail_for_use(struct pc_err *err)
{
    return pc_fail(err, PC_USAGE, "--use is for exercises; a file is taken as it is");
}

bool pc_targets_find(struct pc_shell *shell, const struct pc_words *words, const char *use,
                     struct pc_targets *targets, struct pc_err *err)
{
    bool any_exercise = false, any_file = false;
    for (size_t i = 0; i < words->n; i++) {
        if (is_file(words->items[i])) {
            PC_PUSH(targets)->file = words->items[i];
            any_file = true;
            continue;
        }
        const struct pc_exercise **chosen = NULL;
        size_t n = 0;
        bool ok = pc_choose_exercises(shell, &words->items[i], 1, &chosen, &n, err);
        for (size_t k = 0; ok && k < n; k++)
            PC_PUSH(targets)->exercise = chosen[k];
        free(chosen);
        if (!ok)
            return false;
        any_exercise = true;
    }
    if (use && any_file)
        return fail_for_use(err);
    if (pc_use_of(use) == PC_USE_FILE && targets->n != 1)
        return pc_fail(err, PC_USAGE, "--use %s is for exactly one exercise", use);
    return !any_exercise || use || pc_shell_workspace(shell, err);
}

bool pc_targets_find_one(struct pc_shell *shell, const char *word, const char *use,
                         struct pc_target *target, struct pc_err *err)
{
    *target = (struct pc_target){.file = NULL};
    if (is_file(word)) {
        target->file = word;
        return !use || fail_for_use(err);
    }
    target->exercise = pc_choose_one(shell, word, err);
    return target->exercise && (use || pc_shell_workspace(shell, err));
}
