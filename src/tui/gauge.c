#include "tui/gauge.h"

enum { PARTS = 8 };

int pc_gauge_draw(struct pc_canvas *canvas, struct pc_area area, int x, int y, int width,
                  double share, enum pc_style style)
{
    static const char *const parts[PARTS] = {"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    bool ascii = pc_canvas_is_ascii(canvas);
    if (width < 1)
        return x;
    share = share > 0 ? share < 1 ? share : 1 : 0;
    int eighths = (int)(share * width * PARTS + 0.5);
    int full = eighths / PARTS, part = ascii ? 0 : eighths % PARTS;
    int end = x + width;
    x = pc_canvas_repeat(canvas, area, x, y, full, style, "█");
    if (part > 0)
        x = pc_canvas_text(canvas, area, x, y, style, parts[part]);
    return pc_canvas_repeat(canvas, area, x, y, end - x, PC_STYLE_FAINT, "░");
}
