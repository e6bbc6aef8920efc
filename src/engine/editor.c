#include "engine/engine.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/path.h"

/* How editors are told a line. */
enum style {
    STYLE_NONE, /* not known: only the file */
    STYLE_PLUS, /* +LINE FILE */
    STYLE_GOTO, /* --goto FILE:LINE */
    STYLE_COLON /* FILE:LINE */
};

static enum style style_of(const char *program)
{
    static const struct {
        const char *name;
        enum style style;
    } rows[] = {
        {"vi", STYLE_PLUS},        {"vim", STYLE_PLUS},      {"nvim", STYLE_PLUS},
        {"vim.basic", STYLE_PLUS}, {"vim.tiny", STYLE_PLUS}, {"nano", STYLE_PLUS},
        {"pico", STYLE_PLUS},      {"emacs", STYLE_PLUS},    {"emacsclient", STYLE_PLUS},
        {"mg", STYLE_PLUS},        {"jed", STYLE_PLUS},      {"joe", STYLE_PLUS},
        {"jmacs", STYLE_PLUS},     {"kak", STYLE_PLUS},      {"micro", STYLE_PLUS},
        {"ne", STYLE_PLUS},        {"mcedit", STYLE_PLUS},   {"gedit", STYLE_PLUS},
        {"code", STYLE_GOTO},      {"codium", STYLE_GOTO},   {"hx", STYLE_COLON},
        {"helix", STYLE_COLON},    {"subl", STYLE_COLON},
    };
    for (size_t i = 0; i < PC_COUNT(rows); i++)
        if (strcmp(rows[i].name, program) == 0)
            return rows[i].style;
    return STYLE_NONE;
}

static const char *chosen_editor(void)
{
    static const char *const names[] = {"VISUAL", "EDITOR"};
    for (size_t i = 0; i < PC_COUNT(names); i++) {
        const char *value = getenv(names[i]);
        if (value && value[strspn(value, " \t")])
            return value;
    }
    return "vi";
}

void pc_engine_editor(const char *file, int line, struct pc_words *argv)
{
    /* A shell splits the value as it does for other programs; what we add are arguments of
     * their own, whatever is in the file's name. */
    const char *editor = chosen_editor();
    editor += strspn(editor, " \t");
    PC_AUTO(pc_auto_free) char *first = pc_strndup(editor, strcspn(editor, " \t"));
    enum style style = line > 0 ? style_of(pc_path_base(first)) : STYLE_NONE;
    pc_words_add(argv, "sh");
    pc_words_add(argv, "-c");
    pc_words_addf(argv, "exec %s \"$@\"", editor);
    pc_words_add(argv, "sh");
    if (style == STYLE_PLUS)
        pc_words_addf(argv, "+%d", line);
    if (style == STYLE_GOTO)
        pc_words_add(argv, "--goto");
    if (style == STYLE_GOTO || style == STYLE_COLON)
        pc_words_addf(argv, "%s:%d", file, line);
    else
        pc_words_add(argv, file);
}
