#include "tui/outline.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "engine/engine.h"
#include "tui/standing.h"

/* Rows from the top: a blank one, the pages, a blank one, a title, the exercises. */
enum { ABOVE = 1, BETWEEN = 2 };

/* The widest mark decides where the texts begin. */
static int text_column(const struct pc_canvas *canvas)
{
    const char *mark = pc_standing_mark(PC_STANDING_PASSED);
    return 1 + pc_canvas_measure(canvas, mark, strlen(mark)) + 1;
}

static void draw_row(struct pc_canvas *canvas, struct pc_area area, int y,
                     enum pc_style mark_style, const char *mark, enum pc_style style,
                     const char *text)
{
    int x = text_column(canvas);
    pc_canvas_text(canvas, area, 1, y, mark_style, mark);
    pc_canvas_cut(canvas, area, x, y, area.w - x - 2, style, text);
}

/* Where few rows are left, the page that is shown and its neighbours are what matters. */
static int first_row(const struct pc_topic *topic, size_t at, int rows)
{
    int all = ABOVE + (int)topic->n_pages + BETWEEN + (int)topic->n_exercises;
    int first = ABOVE + (int)at - rows / 2;
    if (first > all - rows)
        first = all - rows;
    return first > 0 ? first : 0;
}

void pc_outline_init(struct pc_outline *outline, const struct pc_topic *topic)
{
    outline->topic = topic;
    outline->read = pc_alloc_array(topic->n_pages + 1, sizeof *outline->read);
    outline->standing = pc_alloc_array(topic->n_exercises + 1, sizeof *outline->standing);
}

void pc_outline_refresh(struct pc_outline *outline, struct pc_engine *engine)
{
    const struct pc_topic *topic = outline->topic;
    for (size_t i = 0; i < topic->n_pages; i++)
        outline->read[i] = pc_engine_page_was_read(engine, topic->pages[i].key);
    for (size_t i = 0; i < topic->n_exercises; i++)
        outline->standing[i] = pc_engine_status(engine, &topic->exercises[i]).standing;
}

void pc_outline_fini(struct pc_outline *outline)
{
    free(outline->read);
    free(outline->standing);
}

const struct pc_exercise *pc_outline_open_exercise(const struct pc_outline *outline)
{
    for (size_t i = 0; i < outline->topic->n_exercises; i++)
        if (outline->standing[i] != PC_STANDING_PASSED)
            return &outline->topic->exercises[i];
    return NULL;
}

void pc_outline_draw(const struct pc_outline *outline, size_t at, size_t scrolled,
                     struct pc_canvas *canvas, struct pc_area area)
{
    const struct pc_topic *topic = outline->topic;
    const char *read = pc_standing_mark(PC_STANDING_PASSED);
    int y = ABOVE - first_row(topic, at, area.h) - (int)scrolled;
    char id[16];
    for (size_t i = 0; i < topic->n_pages; i++, y++) {
        bool here = i == at;
        PC_AUTO(pc_auto_free) char *text =
            pc_strfmt("%zu %s", i + 1, topic->pages[i].title);
        draw_row(canvas, area, y, here ? PC_STYLE_STRONG : PC_STYLE_GOOD,
                 here               ? "▸"
                 : outline->read[i] ? read
                                    : "",
                 here ? PC_STYLE_STRONG : PC_STYLE_TEXT, text);
    }
    if (topic->n_exercises > 0)
        draw_row(canvas, area, y + BETWEEN - 1, PC_STYLE_TEXT, "", PC_STYLE_HEADING,
                 "Exercises");
    y += BETWEEN;
    for (size_t i = 0; i < topic->n_exercises; i++, y++) {
        enum pc_standing standing = outline->standing[i];
        PC_AUTO(pc_auto_free) char *text = pc_strfmt(
            "%s %s", pc_exercise_id(&topic->exercises[i], id), topic->exercises[i].name);
        draw_row(canvas, area, y, pc_standing_style(standing), pc_standing_mark(standing),
                 PC_STYLE_TEXT, text);
    }
    /* It ends with the outline: a bar of the whole height would be drawn with each line. */
    pc_canvas_bar(canvas, pc_area_rows(area, 0, y), area.w - 1);
}
