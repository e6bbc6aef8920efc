#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "cli/globals.h"
#include "cli/shell.h"
#include "tui/browser.h"
#include "tui/dump.h"

enum { KEY_DUMP = 256, KEY_SIZE, KEY_NO_WATCH };

struct browse_options {
    struct pc_words words;
    const char *screen; /* of --dump-screen, or NULL */
    int width, height;
    bool no_watch;
};

static const struct argp_option options[] = {
    {"dump-screen", KEY_DUMP, "SCREEN", 0,
     "Print this screen as text instead, of the topic, page or exercise that is named; "
     "what it waits for is waited for",
     0},
    {"size", KEY_SIZE, "WxH", 0, "Columns and rows of that picture (default 80x24)", 0},
    {"no-watch", KEY_NO_WATCH, NULL, 0, "Saves start no check; c does", 0},
    {0},
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct browse_options *o = state->input;
    char more;
    switch (key) {
    case KEY_DUMP:
        o->screen = arg;
        return 0;
    case KEY_SIZE:
        if (sscanf(arg, "%dx%d%c", &o->width, &o->height, &more) != 2 || o->width < 1 ||
            o->height < 1 || o->width > PC_CANVAS_MAX || o->height > PC_CANVAS_MAX)
            argp_error(state, "--size needs columns and rows, such as 80x24, at most %d",
                       PC_CANVAS_MAX);
        return 0;
    case KEY_NO_WATCH:
        o->no_watch = true;
        return 0;
    case ARGP_KEY_ARG:
        pc_words_add(&o->words, arg);
        return 0;
    case ARGP_KEY_END:
        if (o->words.n > (o->screen ? 1 : 0))
            argp_error(state, o->screen ? "name one topic, page or exercise"
                                        : "browse takes no argument");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static enum pc_code dump(struct pc_shell *shell, const struct browse_options *o,
                         struct pc_err *err)
{
    const struct pc_dump_spec spec = {
        .screen = o->screen,
        .what = o->words.n > 0 ? o->words.items[0] : NULL,
        .width = o->width,
        .height = o->height,
        .ascii = pc_is_ascii(),
    };
    PC_AUTO(pc_auto_free) char *picture = pc_dump(shell->engine, shell->loop, &spec, err);
    return picture && pc_print(picture, err) ? PC_PASSED : err->code;
}

static enum pc_code browse(struct pc_shell *shell, const struct browse_options *o,
                           struct pc_err *err)
{
    if (!o->screen && !pc_browse_is_possible())
        return pc_fail(err, PC_USAGE,
                       "this is no terminal for a full screen; `perfcourse list` "
                       "shows what there is"),
               PC_USAGE;
    if (!pc_shell_workspace(shell, err))
        return err->code;
    if (o->screen)
        return dump(shell, o, err);
    struct pc_browse_spec spec = {
        .term = {.ascii = pc_is_ascii(), .theme = pc_theme_wanted()},
        .only_asked = o->no_watch,
    };
    return pc_browse(shell->engine, shell->loop, &spec, err);
}

const struct argp pc_browse_argp = {
    .options = options,
    .parser = parse,
    .args_doc = "[--dump-screen SCREEN [WHAT]]",
    .doc = "Open the course on the full screen.\vWith --plain, PERFCOURSE_PLAIN=1 or "
           "TERM=dumb it is `perfcourse dialogue` instead: the course by typed words."};

enum pc_code pc_cmd_browse(struct pc_shell *shell, int argc, char **argv,
                           struct pc_err *err)
{
    struct browse_options o = {.width = 80, .height = 24};
    pc_parse_options(&pc_browse_argp, argc, argv, &o);
    enum pc_code code = browse(shell, &o, err);
    pc_words_fini(&o.words);
    return code;
}
