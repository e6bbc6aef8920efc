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

enum { KEY_JSON = 256, KEY_CC, KEY_MARGINS };

struct dev_options {
    struct pc_words words;
    struct pc_dev_verify verify;
    bool verifies; /* an option was given that only verify has */
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct dev_options *o = state->input;
    if (key == ARGP_KEY_ARG) {
        pc_words_add(&o->words, arg);
        return 0;
    }
    switch (key) {
    case KEY_JSON:
        o->verify.json = true;
        break;
    case KEY_CC:
        o->verify.cc = arg;
        break;
    case KEY_MARGINS:
        o->verify.margins = true;
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    o->verifies = true;
    return 0;
}

static const struct argp_option options[] = {
    {"cc", KEY_CC, "CC", 0,
     "Verify with these compilers, with commas between them (gcc and clang)", 0},
    {"json", KEY_JSON, NULL, 0, "Of verify, print one JSON document instead of lines", 0},
    {"margins", KEY_MARGINS, NULL, 0, "Verify, measure longer and propose limits", 0},
    {0},
};

const struct argp pc_dev_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "new TOPIC|TOPIC/EXERCISE\nverify [TOPIC|EXERCISE...]",
    .doc =
        "For authors. `new` adds a topic (11_bits_and_masks) or an exercise "
        "(07/count_ones) to the course, `verify` certifies the course.\vNew files are "
        "written into the course's folder, from templates that are complete: the new "
        "exercise passes its check with the reference and fails with the starter. "
        "docs/lessons.md tells how to go on.\n\n"
        "To verify is to try everything with each compiler: every starter builds without "
        "warnings and fails for its declared reasons, every reference passes and leaves "
        "1.5 times to each limit, every mutant is refused for its declared reasons, and "
        "texts, hints and cards are complete. The measured values are printed beside "
        "their limits, and each defect. The exit code is 0 without a defect, else 1, and "
        "7 without a compiler."};

static enum pc_code dispatch(struct pc_shell *shell, const struct dev_options *o,
                             struct pc_err *err)
{
    const struct pc_words *words = &o->words;
    const char *what = words->n > 0 ? words->items[0] : "";
    if (strcmp(what, "verify") == 0)
        return pc_dev_verify(shell, words->items + 1, words->n - 1, &o->verify, err);
    if (strcmp(what, "new") == 0 && words->n == 2 && !o->verifies)
        return make_new(shell, words->items[1], err);
    pc_fail(err, PC_USAGE,
            "say what to do, such as `perfcourse dev new 07/count_ones` or `perfcourse dev "
            "verify`");
    return PC_USAGE;
}

enum pc_code pc_cmd_dev(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct dev_options o = {0};
    pc_parse_options(&pc_dev_argp, argc, argv, &o);
    enum pc_code code = dispatch(shell, &o, err);
    pc_words_fini(&o.words);
    return code;
}
