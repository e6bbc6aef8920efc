/* dev: for those who write topics and exercises. */
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/mem.h"
#include "base/path.h"
#include "base/str.h"
#include "cli/dev_verify.h"
#include "cli/shell.h"

static enum pc_code make_new(struct pc_shell *shell, const char *what, struct pc_err *err)
{
    struct pc_words made = {0};
    struct pc_str out = {0};
    bool ok = pc_engine_scaffold(shell->engine, what, &made, err);
    for (size_t i = 0; i < made.n; i++)
        pc_str_addf(&out, "made %s\n", made.items[i]);
    if (ok) {
        const char *slash = strchr(what, '/');
        PC_AUTO(pc_auto_free) char *list = pc_path_join(shell->course->dir, "content.mk");
        if (pc_file_exists(list))
            pc_str_adds(&out, "list the new files in content.mk, so that they are "
                              "installed\n");
        PC_AUTO(pc_auto_free) char *name =
            slash ? pc_strdup(slash + 1) : pc_strndup(what, 2);
        pc_str_addf(&out, "it passes already: perfcourse check %s --use reference\n", name);
        pc_str_adds(&out, "how to go on: docs/lessons.md\n");
    }
    if (out.len > 0 && !pc_print(out.s, ok ? err : NULL) && ok)
        ok = false;
    pc_words_fini(&made);
    pc_str_fini(&out);
    return ok ? PC_PASSED : err->code;
}

const struct argp pc_dev_argp = {
    .options = pc_no_options,
    .parser = pc_parse_words,
    .args_doc = "new TOPIC|TOPIC/EXERCISE",
    .doc = "Add a topic (11_bits_and_masks) or an exercise (07/count_ones) to the "
           "course.\vThe files are written into the course's folder, from templates "
           "that are complete: the new exercise passes its check with the reference "
           "and fails with the starter. docs/lessons.md tells how to go on."};

enum pc_code pc_cmd_dev(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    if (argc > 1 && strcmp(argv[1], "verify") == 0) {
        char name[] = "perfcourse dev verify";
        argv[1] = name;
        return pc_dev_verify(shell, argc - 1, argv + 1, err);
    }
    struct pc_words words = {0};
    pc_parse_options(&pc_dev_argp, argc, argv, &words);
    enum pc_code code = PC_USAGE;
    if (words.n == 2 && strcmp(words.items[0], "new") == 0)
        code = make_new(shell, words.items[1], err);
    else
        pc_fail(err, PC_USAGE,
                "say what to make, such as `perfcourse dev new 07/count_ones`, or "
                "`perfcourse dev verify`");
    pc_words_fini(&words);
    return code;
}
