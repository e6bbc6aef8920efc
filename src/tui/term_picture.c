#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "tui/term_paint.h"

/* What setting and leaving a scroll region costs, in characters; fewer rows than this that
 * have changed are drawn anew. */
enum { REGION_COST = 20, ROWS_MIN = 3 };

static const struct pc_cell blank = {.text = " ", .width = 1};

static struct pc_cell *row_of(const struct pc_picture *picture, int y)
{
    return picture->cells + (size_t)y * (size_t)picture->width;
}

const struct pc_cell *pc_picture_row(const struct pc_picture *picture, int y)
{
    return row_of(picture, y);
}

void pc_picture_take(struct pc_picture *picture, const struct pc_canvas *canvas,
                     const struct pc_style_look *looks)
{
    for (int y = 0; y < picture->height; y++) {
        struct pc_cell *row = row_of(picture, y);
        memcpy(row, pc_canvas_row(canvas, y), (size_t)picture->width * sizeof *row);
        for (int x = 0; x < picture->width; x++) {
            const struct pc_style_look *look = &looks[row[x].style];
            bool seen = look->underlined || look->reversed != row[x].marked;
            if (strcmp(row[x].text, " ") == 0 && row[x].width == 1 && !seen)
                row[x] = blank;
        }
    }
}

static void clear_row(struct pc_picture *picture, int y)
{
    for (int x = 0; x < picture->width; x++)
        row_of(picture, y)[x] = blank;
}

void pc_picture_clear(struct pc_picture *picture)
{
    for (int y = 0; y < picture->height; y++)
        clear_row(picture, y);
}

/* What finding a scroll needs to know of a row.  Rows with the same hash are taken for equal;
 * should they differ after all, that costs bytes and nothing else. */
struct digest {
    uint64_t hash;
    int ink; /* cells that are not blank */
};

/* FNV-1a (Fowler, Noll, Vo, 1991) by words instead of bytes. */
static uint64_t hash_row(const struct pc_cell *row, int width)
{
    uint64_t hash = 14695981039346656037u, words[sizeof *row / sizeof(uint64_t)];
    for (int x = 0; x < width; x++) {
        memcpy(words, &row[x], sizeof words);
        for (size_t i = 0; i < PC_COUNT(words); i++)
            hash = (hash ^ words[i]) * 1099511628211u;
        hash ^= hash >> 32;
    }
    return hash;
}

static struct digest *digest(const struct pc_picture *picture)
{
    struct digest *all = pc_alloc_array((size_t)picture->height, sizeof *all);
    for (int y = 0; y < picture->height; y++) {
        const struct pc_cell *row = row_of(picture, y);
        all[y].hash = hash_row(row, picture->width);
        for (int x = 0; x < picture->width; x++)
            all[y].ink += row[x].text[0] != ' ';
    }
    return all;
}

/* Cells that need not be drawn thanks to a scroll: those of rows that came to their place,
 * without those of rows that were in their place before. */
static int gain(const struct digest *old, const struct digest *next, struct pc_scroll s)
{
    int sum = -REGION_COST;
    for (int y = s.top; y <= s.bottom; y++) {
        int from = y + s.by;
        bool stays = next[y].hash == old[y].hash;
        bool comes = from >= s.top && from <= s.bottom && next[y].hash == old[from].hash;
        sum += (comes - stays) * next[y].ink;
    }
    return sum;
}

/* The best scroll by `by` rows: of each stretch of rows that are the old ones moved. */
static void try_scroll(const struct digest *old, const struct digest *next, int height,
                       int by, struct pc_scroll *best, int *most)
{
    int first = by > 0 ? 0 : -by, end = by > 0 ? height - by : height;
    for (int y = first; y < end; y++) {
        int begin = y;
        while (y < end && next[y].hash == old[y + by].hash)
            y++;
        if (y == begin)
            continue;
        struct pc_scroll s = {.top = by > 0 ? begin : begin + by,
                              .bottom = by > 0 ? y - 1 + by : y - 1,
                              .by = by};
        int sum = gain(old, next, s);
        if (sum > *most) {
            *most = sum;
            *best = s;
        }
    }
}

struct pc_scroll pc_picture_find_scroll(const struct pc_picture *old,
                                        const struct pc_picture *next)
{
    struct pc_scroll best = {0};
    int most = 0, changed = 0, height = old->height;
    PC_AUTO(pc_auto_free) struct digest *before = digest(old);
    PC_AUTO(pc_auto_free) struct digest *after = digest(next);
    for (int y = 0; y < height; y++)
        changed += before[y].hash != after[y].hash;
    for (int by = 1; changed > ROWS_MIN && by < height; by++) {
        try_scroll(before, after, height, by, &best, &most);
        try_scroll(before, after, height, -by, &best, &most);
    }
    return best;
}

void pc_picture_scroll(struct pc_picture *picture, struct pc_scroll s)
{
    size_t bytes = (size_t)picture->width * sizeof *picture->cells;
    size_t kept = (size_t)(s.bottom - s.top + 1 - abs(s.by)) * bytes;
    if (s.by > 0)
        memmove(row_of(picture, s.top), row_of(picture, s.top + s.by), kept);
    else
        memmove(row_of(picture, s.top - s.by), row_of(picture, s.top), kept);
    for (int i = 0; i < abs(s.by); i++)
        clear_row(picture, s.by > 0 ? s.bottom - i : s.top + i);
}
