#include "report/columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/wrap.h"

enum { GAP = 2, INDENT = 4 };

static size_t width_of(const char *s)
{
    return pc_text_width(s, strlen(s));
}

static void add_table(const struct pc_columns *table, const size_t *widths,
                      struct pc_str *out)
{
    for (size_t i = 0; i < table->n; i++) {
        for (size_t k = 0; k < table->columns; k++) {
            const char *word = table->items[i].words[k];
            size_t pad = widths[k] - width_of(word);
            bool last = k + 1 == table->columns;
            pc_str_addf(out, "%s%*s", word, last ? 0 : (int)(pad + GAP), "");
        }
        pc_str_adds(out, "\n");
    }
}

/* "line 12, malloc" and below it a line for each column that has something to say. */
static void add_list(const struct pc_columns *table, size_t width, struct pc_str *out)
{
    struct pc_wrap wrap = {.width = width, .indent = INDENT};
    for (size_t i = 1; i < table->n; i++) {
        struct pc_str line = {0};
        for (size_t k = 0; k < table->fixed; k++)
            pc_str_addf(&line, "%s%s%s", k == 0 ? table->items[0].words[0] : ", ",
                        k == 0 ? " " : "", table->items[i].words[k]);
        pc_wrap_add(out, pc_str_get(&line), &wrap);
        pc_str_adds(out, "\n");
        pc_str_fini(&line);
        for (size_t k = table->fixed; k < table->columns; k++) {
            if (!*table->items[i].words[k])
                continue;
            pc_str_addf(&line, "  %s: %s", table->items[0].words[k],
                        table->items[i].words[k]);
            pc_wrap_add(out, pc_str_get(&line), &wrap);
            pc_str_adds(out, "\n");
            pc_str_fini(&line);
        }
    }
}

void pc_columns_add(const struct pc_columns *table, size_t width, struct pc_str *out)
{
    size_t widths[PC_COLUMNS_MAX] = {0}, total = 0;
    for (size_t k = 0; k < table->columns; k++) {
        for (size_t i = 0; i < table->n; i++) {
            size_t w = width_of(table->items[i].words[k]);
            widths[k] = w > widths[k] ? w : widths[k];
        }
        total += widths[k] + (k > 0 ? GAP : 0);
    }
    if (width == 0 || total <= width)
        add_table(table, widths, out);
    else
        add_list(table, width, out);
}

void pc_columns_fini(struct pc_columns *table)
{
    for (size_t i = 0; i < table->n; i++)
        for (size_t k = 0; k < table->columns; k++)
            free(table->items[i].words[k]);
    free(table->items);
    *table = (struct pc_columns){0};
}
