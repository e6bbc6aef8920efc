#include "report/escape.h"

#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "base/units.h"
#include "base/wrap.h"
#include "report/columns.h"

enum { INDENT = 4 };

static void add_text(const char *text, size_t width, struct pc_str *out)
{
    pc_wrap_add(out, text, &(struct pc_wrap){.width = width, .indent = INDENT});
    pc_str_adds(out, "\n");
}

static void add_sentence(struct pc_str *sentence, size_t width, struct pc_str *out)
{
    add_text(pc_str_get(sentence), width, out);
    pc_str_fini(sentence);
}

/* A line of the file itself by its number, of a header by its name too, and what belongs to
 * none by its function. */
static char *label_of(const struct pc_escape *escape, const struct pc_place *place)
{
    if (place->line == 0)
        return pc_strfmt("none (%s)", place->function[0] ? place->function : "?");
    if (strcmp(place->file, escape->file) == 0)
        return pc_strfmt("%d", place->line);
    return pc_strfmt("%s:%d", place->file, place->line);
}

static void add_destination(const struct pc_escape_line *line,
                            const struct pc_escape_cell *cell, struct pc_str *out)
{
    const struct pc_destination *d = &line->destination;
    switch (d->sent) {
    case PC_SENT_RETURNED:
        pc_str_adds(out, ": returned");
        break;
    case PC_SENT_STORED:
        pc_str_addf(out, ": stored in %s", d->to);
        break;
    case PC_SENT_PASSED:
        pc_str_addf(out, ": passed to %s", d->to);
        break;
    case PC_SENT_UNKNOWN:
        if (cell->returned == cell->timed)
            pc_str_adds(out, ": returned");
        return;
    }
    if (d->line != line->place.line)
        pc_str_addf(out, " (line %d)", d->line);
}

static char *fate_of(const struct pc_escape_line *line, const struct pc_escape_cell *cell)
{
    struct pc_str out = {0};
    switch (cell->fate) {
    case PC_FATE_ABSENT:
        return pc_strdup("-");
    case PC_FATE_ELIDED:
        return pc_strdup("elided");
    case PC_FATE_GONE:
        return pc_strdup("gone");
    case PC_FATE_STAYS:
        break;
    }
    pc_str_adds(&out, "stays");
    add_destination(line, cell, &out);
    if (cell->calls[0])
        pc_str_addf(&out, ", as %s", cell->calls);
    if (cell->plain > 0 && cell->timed > cell->plain)
        pc_str_addf(&out, ", in %zu copies", cell->timed);
    else if (cell->timed < cell->plain)
        pc_str_addf(&out, ", %zu of %zu calls", cell->timed, cell->plain);
    if (cell->elided > 0)
        pc_str_addf(&out, ", %zu elided", cell->elided);
    for (size_t i = 0; i < cell->n_elided_at; i++)
        pc_str_addf(&out, "%s%d", i == 0 ? " (inlined in line " : ", ",
                    cell->elided_at[i].line);
    if (cell->n_elided_at > 0)
        pc_str_adds(&out, ")");
    return pc_str_take(&out);
}

static char *number_of(const struct pc_escape_cell *cell)
{
    char text[PC_UNITS_MAX];
    if (cell->measured)
        return pc_strfmt("%s%s", pc_format_count(cell->allocs, text),
                         cell->at_least ? "+" : "");
    return pc_strdup(cell->fate == PC_FATE_ABSENT ? "" : "?");
}

/* Whether there is anything to show of a compiler. */
static bool is_shown(const struct pc_escape *escape, size_t side)
{
    if (escape->sides[side].code == PC_PASSED)
        return true;
    for (size_t i = 0; i < escape->lines.n; i++)
        if (escape->lines.items[i].cells[side].fate != PC_FATE_ABSENT)
            return true;
    return false;
}

static void add_lines(const struct pc_escape *escape, size_t width, struct pc_str *out)
{
    struct pc_columns table = {.fixed = 2};
    PC_PUSH(&table);
    table.items[0].words[0] = pc_strdup("line");
    table.items[0].words[1] = pc_strdup("call");
    for (size_t i = 0; i < escape->lines.n; i++) {
        PC_PUSH(&table);
        table.items[i + 1].words[0] = label_of(escape, &escape->lines.items[i].place);
        table.items[i + 1].words[1] = pc_strdup(escape->lines.items[i].calls);
    }
    size_t k = 2;
    for (size_t side = 0; side < escape->n_sides; side++) {
        if (!is_shown(escape, side))
            continue;
        bool counted = escape->sides[side].counted;
        table.items[0].words[k] = pc_strdup(escape->sides[side].compiler);
        if (counted)
            table.items[0].words[k + 1] = pc_strdup("allocs/op");
        for (size_t i = 0; i < escape->lines.n; i++) {
            const struct pc_escape_line *line = &escape->lines.items[i];
            table.items[i + 1].words[k] = fate_of(line, &line->cells[side]);
            if (counted)
                table.items[i + 1].words[k + 1] = number_of(&line->cells[side]);
        }
        k += counted ? 2 : 1;
    }
    table.columns = k;
    pc_columns_add(&table, width, out);
    pc_columns_fini(&table);
}

/* What the words mean, of those that were used. */
static void add_meanings(const struct pc_escape *escape, size_t width, struct pc_str *out)
{
    static const char *const meanings[] = {
        [PC_FATE_ABSENT] = "-: this compiler sees no call in that line",
        [PC_FATE_ELIDED] = "elided: the compiler removed the call, because it knows what "
                           "malloc does and nobody misses the block",
        [PC_FATE_GONE] = "gone: the call is never reached, or it is one with another call",
    };
    bool used[PC_FATE_GONE + 1] = {false}, unknown = false, at_least = false;
    for (size_t i = 0; i < escape->lines.n; i++)
        for (size_t side = 0; side < escape->n_sides; side++) {
            const struct pc_escape_cell *cell = &escape->lines.items[i].cells[side];
            if (!is_shown(escape, side))
                continue;
            used[cell->fate] = true;
            at_least = at_least || cell->at_least;
            unknown = unknown || (escape->sides[side].counted && !cell->measured &&
                                  cell->fate != PC_FATE_ABSENT);
        }
    for (size_t i = 0; i < PC_COUNT(meanings); i++)
        if (used[i] && meanings[i])
            add_text(meanings[i], width, out);
    if (unknown)
        add_text(
            "?: nobody can tell: a call that is a jump shows only the line that called "
            "its function, and only the busiest places are told",
            width, out);
    if (at_least)
        add_text(
            "+: at least; for what the C library allocates, the line that called it is "
            "looked up only so often",
            width, out);
}

static void add_counts(const struct pc_escape *escape, const struct pc_escape_side *side,
                       size_t width, struct pc_str *out)
{
    char text[PC_UNITS_MAX], bytes[PC_UNITS_MAX];
    struct pc_str s = {0};
    pc_str_addf(&s, "%s: %s allocs/op, %s/op", side->compiler,
                pc_format_count(side->allocs, text), pc_format_bytes(side->bytes, bytes));
    if (escape->count_at)
        pc_str_addf(&s, " at n = %zu", escape->count_at);
    if (side->elsewhere > 0)
        pc_str_addf(&s, "; %s of them in no line above",
                    pc_format_count(side->elsewhere, text));
    if (!side->exact)
        pc_str_adds(&s, "; other inputs give other numbers");
    add_sentence(&s, width, out);
}

/* Each line once for each function. */
static void add_taken(const struct pc_escape *escape, const struct pc_escape_side *side,
                      size_t width, struct pc_str *out)
{
    for (size_t i = 0; i < side->taken.n; i++) {
        const struct pc_alloc_call *call = &side->taken.items[i];
        const struct pc_place *place = &call->chain[0];
        bool again = false;
        for (size_t k = 0; k < i; k++)
            again = again || (side->taken.items[k].chain[0].line == place->line &&
                              strcmp(side->taken.items[k].name, call->name) == 0);
        if (again)
            continue;
        struct pc_str s = {0};
        PC_AUTO(pc_auto_free) char *label = label_of(escape, place);
        if (place->line > 0)
            pc_str_addf(&s, "%s: line %s takes the address of %s", side->compiler, label,
                        call->name);
        else
            pc_str_addf(&s, "%s: a variable holds the address of %s", side->compiler,
                        call->name);
        pc_str_adds(&s, "; calls through a pointer cannot be told");
        add_sentence(&s, width, out);
    }
}

static const struct pc_stack_frame *find_frame(const struct pc_stack_frames *frames,
                                               const struct pc_place *place)
{
    for (size_t i = 0; i < frames->n; i++)
        if (strcmp(frames->items[i].place.function, place->function) == 0 &&
            strcmp(frames->items[i].place.file, place->file) == 0)
            return &frames->items[i];
    return NULL;
}

static char *bytes_of(const struct pc_stack_frame *frame)
{
    return frame ? pc_strfmt("%.0f%s", frame->bytes, frame->dynamic ? "+" : "")
                 : pc_strdup("-");
}

/* The functions of all compilers, those of the first in its order. */
static void add_frames(const struct pc_escape *escape, size_t width, struct pc_str *out)
{
    struct pc_columns table = {.fixed = 1, .columns = 1};
    bool dynamic = false, missing = false;
    PC_PUSH(&table);
    table.items[0].words[0] = pc_strdup("stack bytes of");
    for (size_t side = 0; side < escape->n_sides; side++) {
        if (!is_shown(escape, side))
            continue;
        table.items[0].words[table.columns++] = pc_strdup(escape->sides[side].compiler);
        const struct pc_stack_frames *frames = &escape->sides[side].frames;
        for (size_t i = 0; i < frames->n; i++) {
            const struct pc_place *place = &frames->items[i].place;
            dynamic = dynamic || frames->items[i].dynamic;
            if (side > 0 && find_frame(&escape->sides[0].frames, place))
                continue;
            PC_PUSH(&table);
            char **words = table.items[table.n - 1].words;
            words[0] = pc_strdup(place->function);
            for (size_t k = 0, column = 1; k < escape->n_sides; k++) {
                if (!is_shown(escape, k))
                    continue;
                const struct pc_stack_frame *frame =
                    find_frame(&escape->sides[k].frames, place);
                missing = missing || !frame;
                words[column++] = bytes_of(frame);
            }
        }
    }
    if (table.n > 1) {
        pc_str_adds(out, "\n");
        pc_columns_add(&table, width, out);
    }
    if (dynamic)
        add_text("+: and what alloca or an array of variable length takes", width, out);
    if (missing && table.n > 1)
        add_text("-: inlined everywhere, or not needed", width, out);
    pc_columns_fini(&table);
}

static void add_findings(const struct pc_escape_side *side, size_t width,
                         struct pc_str *out)
{
    for (size_t i = 0; i < side->findings.n; i++) {
        const struct pc_diagnostic *d = &side->findings.items[i];
        struct pc_str s = {0};
        if (d->error)
            continue;
        pc_str_addf(&s, "%s: %s:%d:%d: %s", side->compiler, d->place.file, d->place.line,
                    d->place.column, d->text);
        add_sentence(&s, width, out);
    }
}

void pc_escape_text(const struct pc_escape *escape, size_t width, struct pc_str *out)
{
    struct pc_str heading = {0};
    bool any = false;
    for (size_t side = 0; side < escape->n_sides; side++)
        any = any || is_shown(escape, side);
    if (any && escape->lines.n == 0) {
        pc_str_addf(out, "%s: no line allocates\n", escape->file);
    } else if (any) {
        pc_str_addf(&heading, "%s: allocations at -O0, and what is left as it is timed",
                    escape->file);
        add_sentence(&heading, width, out);
        add_lines(escape, width, out);
        add_meanings(escape, width, out);
    }
    for (size_t side = 0; side < escape->n_sides; side++) {
        const struct pc_escape_side *s = &escape->sides[side];
        if (s->counted)
            add_counts(escape, s, width, out);
        add_taken(escape, s, width, out);
    }
    if (any)
        add_frames(escape, width, out);
    for (size_t side = 0; side < escape->n_sides; side++)
        add_findings(&escape->sides[side], width, out);
}
