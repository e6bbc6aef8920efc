#include "tui/spark.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LEVELS = 8, NUMBER_MAX = 24 };

static int draw_numbers(struct pc_canvas *canvas, struct pc_area area, int x, int y,
                        int width, const double *values, size_t n, enum pc_style style)
{
    char text[NUMBER_MAX];
    size_t from = n;
    for (int room = width + 1; from > 0; from--) {
        room -= snprintf(text, sizeof text, "%.3g", values[from - 1]) + 1;
        if (room < 0)
            break;
    }
    for (size_t i = from; i < n; i++) {
        snprintf(text, sizeof text, "%.3g", values[i]);
        x = pc_canvas_text(canvas, area, x + (i > from), y, style, text);
    }
    return x;
}

int pc_spark_draw(struct pc_canvas *canvas, struct pc_area area, int x, int y, int width,
                  const double *values, size_t n, enum pc_style style)
{
    static const char *const levels[LEVELS] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
    if (width < 1)
        return x;
    if (pc_canvas_is_ascii(canvas))
        return draw_numbers(canvas, area, x, y, width, values, n, style);
    size_t from = n > (size_t)width ? n - (size_t)width : 0;
    double low = INFINITY, high = -INFINITY;
    for (size_t i = from; i < n; i++) {
        low = fmin(low, values[i]);
        high = fmax(high, values[i]);
    }
    for (size_t i = from; i < n; i++) {
        double share = high > low ? (values[i] - low) / (high - low) : 0;
        int level = isfinite(share) ? (int)(share * (LEVELS - 1) + 0.5) : 0;
        x = pc_canvas_text(canvas, area, x, y, style, levels[level]);
    }
    return x;
}
