#include "tui/theme.h"

#include <string.h>

#include "base/mem.h"

enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN };

struct row {
    bool bold, faint, underlined, reversed;
    bool coloured;
    int plain, dark, light; /* colours, when it is coloured */
};

static const struct row table[PC_STYLES] = {
    [PC_STYLE_FAINT] = {.faint = true},
    [PC_STYLE_STRONG] = {.bold = true},
    [PC_STYLE_EMPHASIS] = {.underlined = true},
    [PC_STYLE_HEADING] = {.bold = true},
    [PC_STYLE_CODE] = {.coloured = true, .plain = CYAN, .dark = 80, .light = 24},
    [PC_STYLE_LINK] = {.underlined = true},
    [PC_STYLE_QUOTE] = {.faint = true},
    [PC_STYLE_KEYWORD] = {.coloured = true, .plain = BLUE, .dark = 111, .light = 25},
    [PC_STYLE_TYPE] = {.coloured = true, .plain = CYAN, .dark = 80, .light = 24},
    [PC_STYLE_STRING] = {.coloured = true, .plain = GREEN, .dark = 114, .light = 22},
    [PC_STYLE_NUMBER] = {.coloured = true, .plain = MAGENTA, .dark = 176, .light = 90},
    [PC_STYLE_COMMENT] = {.faint = true},
    [PC_STYLE_CALL] = {.bold = true},
    [PC_STYLE_DIRECTIVE] = {.coloured = true, .plain = YELLOW, .dark = 179, .light = 94},
    [PC_STYLE_GOOD] =
        {.bold = true, .coloured = true, .plain = GREEN, .dark = 114, .light = 22},
    [PC_STYLE_BAD] =
        {.bold = true, .coloured = true, .plain = RED, .dark = 210, .light = 124},
    [PC_STYLE_DOUBT] =
        {.bold = true, .coloured = true, .plain = YELLOW, .dark = 179, .light = 94},
    [PC_STYLE_BAR] = {.faint = true},
    [PC_STYLE_KEY] = {.bold = true},
    [PC_STYLE_SELECTED] = {.reversed = true},
    [PC_STYLE_SERIES_1] = {.coloured = true, .plain = RED, .dark = 210, .light = 124},
    [PC_STYLE_SERIES_2] = {.coloured = true, .plain = BLUE, .dark = 111, .light = 25},
    [PC_STYLE_SERIES_3] = {.coloured = true, .plain = GREEN, .dark = 114, .light = 22},
    [PC_STYLE_SERIES_4] = {.coloured = true, .plain = MAGENTA, .dark = 176, .light = 90},
    [PC_STYLE_HOT] = {.coloured = true, .plain = RED, .dark = 210, .light = 124},
    [PC_STYLE_WARM] = {.coloured = true, .plain = YELLOW, .dark = 179, .light = 94},
};

struct pc_style_look pc_theme_look(enum pc_theme theme, enum pc_style style, int colours)
{
    const struct row *row = &table[style];
    struct pc_style_look look = {.bold = row->bold,
                                 .faint = row->faint,
                                 .underlined = row->underlined,
                                 .reversed = row->reversed,
                                 .colour = -1};
    if (!row->coloured || theme == PC_THEME_MONO || colours < 8)
        return look;
    if (theme == PC_THEME_PLAIN || colours < 256)
        look.colour = row->plain;
    else
        look.colour = theme == PC_THEME_DARK ? row->dark : row->light;
    return look;
}

bool pc_theme_find(const char *name, enum pc_theme *theme)
{
    static const char *const names[] = {"plain", "dark", "light", "mono"};
    for (size_t i = 0; i < PC_COUNT(names); i++)
        if (strcmp(names[i], name) == 0) {
            *theme = (enum pc_theme)i;
            return true;
        }
    return false;
}
