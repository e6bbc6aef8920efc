#include "tui/standing.h"

const char *pc_standing_mark(enum pc_standing standing)
{
    static const char *const marks[] = {
        [PC_STANDING_OPEN] = "○", [PC_STANDING_TRIED] = "~", [PC_STANDING_PASSED] = "✓"};
    return marks[standing];
}

enum pc_style pc_standing_style(enum pc_standing standing)
{
    static const enum pc_style styles[] = {[PC_STANDING_OPEN] = PC_STYLE_FAINT,
                                           [PC_STANDING_TRIED] = PC_STYLE_DOUBT,
                                           [PC_STANDING_PASSED] = PC_STYLE_GOOD};
    return styles[standing];
}
