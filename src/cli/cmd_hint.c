/* hint: one step further each time, remembered over restarts. */
#include <stdlib.h>

#include "base/mem.h"
#include "base/str.h"
#include "base/wrap.h"
#include "cli/shell.h"

enum { KEY_LEVEL = 256 };

struct hint_options {
    struct pc_words words;
    int level; /* 0: the next one */
};

static error_t parse_hint(int key, char *arg, struct argp_state *state)
{
    struct hint_options *o = state->input;
    char *end;
    switch (key) {
    case KEY_LEVEL:
        o->level = (int)strtol(arg, &end, 10);
        if (end == arg || *end || o->level < 1 || o->level > 99)
            argp_error(state, "--level needs a number from 1, not \"%s\"", arg);
        return 0;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        return 0;
    case ARGP_KEY_END:
        if (o->words.n != 1)
            argp_error(state, "name one exercise, such as 07.1");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void show_hint(struct pc_str *out, struct pc_shell *shell,
                      const struct pc_exercise *e, int level)
{
    int all = (int)e->n_hints;
    char id[16];
    pc_exercise_id(e, id);
    PC_AUTO(pc_auto_free) char *text =
        pc_strfmt("hint %d of %d: %s\n", level, all, e->hints[level - 1]);
    pc_wrap_prose(out, text, pc_prose_width());
    pc_engine_hint_used(shell->engine, e, level);
    if (level == all)
        return;
    /* What is not remembered has to be asked for. */
    if (pc_engine_status(shell->engine, e).hints == level)
        pc_str_addf(out, "more with: perfcourse hint %s\n", id);
    else
        pc_str_addf(out, "more with: perfcourse hint %s --level %d\n", id, level + 1);
}

static const struct argp_option hint_options[] = {
    {"level", KEY_LEVEL, "N", 0, "This hint, from 1, instead of the next", 0}, {0}};

const struct argp pc_hint_argp = {.options = hint_options,
                                  .parser = parse_hint,
                                  .args_doc = "EXERCISE",
                                  .doc = "Give the next hint; each tells more.\vAfter "
                                         "the last one it is given again."};

enum pc_code pc_cmd_hint(struct pc_shell *shell, int argc, char **argv, struct pc_err *err)
{
    struct hint_options o = {0};
    pc_parse_options(&pc_hint_argp, argc, argv, &o);
    const struct pc_exercise *e = pc_choose_one(shell, o.words.items[0], err);
    pc_words_fini(&o.words);
    if (!e)
        return err->code;
    int all = (int)e->n_hints, seen = pc_engine_status(shell->engine, e).hints;
    int level = o.level ? o.level : seen < all ? seen + 1 : all;
    if (level > all || level < 1)
        return pc_fail(err, PC_USAGE, "%s has %d hint%s, there is no level %d", e->name,
                       all, all == 1 ? "" : "s", level),
               PC_USAGE;
    struct pc_str out = {0};
    show_hint(&out, shell, e, level);
    return pc_print_lines(&out, 4, err);
}
