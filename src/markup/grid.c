#include "markup/grid.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"

enum { GAP = 2, NARROWEST = 14, LONG_WORD = 24 };

void pc_grid_row(struct pc_grid *grid)
{
    *PC_PUSH(&grid->rows) = grid->n;
    PC_PUSH(grid)->ascii = grid->ascii;
}

struct pc_flow *pc_grid_cell(struct pc_grid *grid, bool new_one)
{
    struct pc_flow *cell = &grid->items[grid->n - 1];
    if (!new_one)
        return cell;
    size_t in_row = grid->n - grid->rows.items[grid->rows.n - 1];
    if (grid->columns && in_row == grid->columns) {
        pc_flow_add(cell, " | ", 3, PC_STYLE_TEXT, 0);
        return cell;
    }
    cell = PC_PUSH(grid);
    cell->ascii = grid->ascii;
    return cell;
}

bool pc_grid_head(struct pc_grid *grid, const enum pc_align *aligns, size_t n)
{
    size_t bytes = 0;
    for (size_t i = 0; i < grid->n; i++)
        bytes += grid->items[i].text.len;
    if (grid->n != n || bytes > PC_GRID_NAMES_MAX)
        return false;
    memcpy(grid->aligns, aligns, n * sizeof *aligns);
    grid->columns = n;
    return true;
}

void pc_grid_fini(struct pc_grid *grid)
{
    for (size_t i = 0; i < grid->n; i++)
        pc_flow_fini(&grid->items[i]);
    free(grid->items);
    free(grid->rows.items);
}

/* The cell of a row in a column; NULL when the row ends before. */
static const struct pc_flow *cell_at(const struct pc_grid *grid, size_t row, size_t column)
{
    size_t at = grid->rows.items[row] + column;
    size_t end = row + 1 < grid->rows.n ? grid->rows.items[row + 1] : grid->n;
    return at < end ? &grid->items[at] : NULL;
}

/* The widths that the columns want, and the least they can do with. */
static void measure(const struct pc_grid *grid, size_t *natural, size_t *least)
{
    for (size_t k = 0; k < grid->columns; k++) {
        natural[k] = least[k] = 1;
        for (size_t row = 0; row < grid->rows.n; row++) {
            const struct pc_flow *cell = cell_at(grid, row, k);
            size_t line = 0, word = 0;
            if (cell)
                pc_flow_measure(cell, &line, &word);
            natural[k] = line > natural[k] ? line : natural[k];
            least[k] = word > least[k] ? word : least[k];
        }
        size_t narrowest = natural[k] < NARROWEST ? natural[k] : NARROWEST;
        least[k] = least[k] > LONG_WORD ? LONG_WORD : least[k];
        least[k] = least[k] < narrowest ? narrowest : least[k];
    }
}

static size_t width_at(size_t natural, size_t least, size_t level)
{
    size_t width = natural < level ? natural : level;
    return width > least ? width : least;
}

/* Share `room` columns: narrow columns get what they want, and the wide ones are cut to one
 * common width.  False when the least is too much. */
static bool share(const struct pc_grid *grid, size_t room, size_t *widths)
{
    size_t natural[PC_GRID_COLUMNS], least[PC_GRID_COLUMNS];
    measure(grid, natural, least);
    size_t level = 0, used = 0, gaps = GAP * (grid->columns - 1);
    for (size_t k = 0; k < grid->columns; k++)
        used += least[k];
    if (used + gaps > room)
        return false;
    for (size_t next = 1; next <= room; next++) {
        size_t sum = 0;
        for (size_t k = 0; k < grid->columns; k++)
            sum += width_at(natural[k], least[k], next);
        if (sum + gaps > room)
            break;
        level = next;
        used = sum;
    }
    for (size_t k = 0; k < grid->columns; k++) {
        widths[k] = width_at(natural[k], least[k], level);
        if (widths[k] < natural[k] && used + gaps < room) {
            widths[k]++;
            used++;
        }
    }
    return true;
}

/* Put one line of a cell into its column, which begins at the line's end. */
static void put_cell(struct pc_draft *draft, const struct pc_flow *cell,
                     const struct pc_piece *piece, size_t width, enum pc_align align)
{
    size_t spare = width - piece->width;
    size_t before = align == PC_LEFT ? 0 : align == PC_RIGHT ? spare : spare / 2;
    pc_draft_put_blanks(draft, before);
    pc_draft_put_piece(draft, cell, piece);
    pc_draft_put_blanks(draft, spare - before);
}

/* The lines of one row; gives how many. */
static size_t add_row(struct pc_draft *draft, const struct pc_grid *grid, size_t row,
                      const size_t *widths)
{
    size_t at[PC_GRID_COLUMNS] = {0};
    for (size_t lines = 0;; lines++) {
        struct pc_piece pieces[PC_GRID_COLUMNS] = {0};
        bool more = false;
        for (size_t k = 0; k < grid->columns; k++) {
            const struct pc_flow *cell = cell_at(grid, row, k);
            if (!cell || !pc_flow_next(cell, &at[k], widths[k], &pieces[k]))
                pieces[k] = (struct pc_piece){0};
            else
                more = true;
        }
        if (!more)
            return lines;
        pc_draft_begin(draft);
        for (size_t k = 0; k < grid->columns; k++) {
            pc_draft_put_blanks(draft, k > 0 ? GAP : 0);
            put_cell(draft, cell_at(grid, row, k), &pieces[k], widths[k], grid->aligns[k]);
        }
        pc_draft_end(draft, false);
    }
}

static void add_rule(struct pc_draft *draft, const struct pc_grid *grid,
                     const size_t *widths)
{
    pc_draft_begin(draft);
    for (size_t k = 0; k < grid->columns; k++) {
        struct pc_str rule = {0};
        for (size_t i = 0; i < widths[k]; i++)
            pc_str_adds(&rule, grid->ascii ? "-" : "\u2500");
        pc_draft_put_blanks(draft, k > 0 ? GAP : 0);
        pc_draft_put(draft, rule.s, PC_STYLE_FAINT);
        pc_str_fini(&rule);
    }
    pc_draft_end(draft, false);
}

static void add_gap(struct pc_draft *draft)
{
    pc_draft_begin(draft);
    pc_draft_end(draft, false);
}

/* A row of one line needs no gap around it; where rows are broken, gaps keep them apart. */
static bool some_row_is_broken(const struct pc_grid *grid, const size_t *widths)
{
    for (size_t row = 1; row < grid->rows.n; row++)
        for (size_t k = 0; k < grid->columns; k++) {
            const struct pc_flow *cell = cell_at(grid, row, k);
            size_t at = 0;
            struct pc_piece piece;
            if (cell && pc_flow_next(cell, &at, widths[k], &piece) && at < cell->text.len)
                return true;
        }
    return false;
}

static void add_columns(struct pc_draft *draft, const struct pc_grid *grid,
                        const size_t *widths)
{
    bool gaps = some_row_is_broken(grid, widths);
    add_row(draft, grid, 0, widths);
    add_rule(draft, grid, widths);
    for (size_t row = 1; row < grid->rows.n; row++) {
        if (gaps && row > 1)
            add_gap(draft);
        draft->next.offset = row << 32;
        add_row(draft, grid, row, widths);
    }
}

static void add_runs(struct pc_flow *to, const struct pc_flow *from)
{
    size_t begin = 0;
    for (size_t i = 0; i < from->n; i++) {
        const struct pc_flow_run *run = &from->items[i];
        pc_flow_add(to, from->text.s + begin, run->end - begin, run->style, run->link);
        begin = run->end;
    }
}

/* "column: value", a line each; cells that are missing are empty. */
static void add_record(struct pc_draft *draft, const struct pc_grid *grid, size_t row)
{
    for (size_t k = 0; k < grid->columns; k++) {
        const struct pc_flow *value = cell_at(grid, row, k);
        struct pc_flow flow = {.ascii = grid->ascii};
        add_runs(&flow, cell_at(grid, 0, k));
        if (flow.text.len > 0)
            pc_flow_add(&flow, row > 0 ? ": " : "", row > 0 ? 2 : 0, PC_STYLE_STRONG, 0);
        if (value && row > 0)
            add_runs(&flow, value);
        draft->next.offset = (row << 32) + (k << 24);
        pc_draft_prose(draft, &flow, GAP);
        pc_flow_fini(&flow);
    }
}

static void add_records(struct pc_draft *draft, const struct pc_grid *grid)
{
    /* The names alone when there is nothing else. */
    for (size_t row = grid->rows.n > 1; row < grid->rows.n; row++) {
        if (row > 1)
            add_gap(draft);
        add_record(draft, grid, row);
    }
}

void pc_grid_add(struct pc_draft *draft, const struct pc_grid *grid)
{
    size_t widths[PC_GRID_COLUMNS];
    pc_draft_block(draft);
    if (!draft->options.plain && share(grid, pc_draft_room(draft), widths))
        add_columns(draft, grid, widths);
    else
        add_records(draft, grid);
}
