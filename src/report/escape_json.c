#include <jansson.h>
#include <stdlib.h>

#include "base/mem.h"
#include "report/escape.h"
#include "report/parts.h"

struct pc_escape_json {
    json_t *files;
};

struct pc_escape_json *pc_escape_json_create(void)
{
    struct pc_escape_json *json = pc_alloc(sizeof *json);
    json->files = json_array();
    return json;
}

static json_t *place_of(const struct pc_place *p)
{
    return json_pack("{s:o,s:i,s:i,s:o}", "file", pc_json_text(p->file), "line", p->line,
                     "column", p->column, "function", pc_json_text(p->function));
}

static json_t *destination_of(const struct pc_destination *d)
{
    static const char *const names[] = {[PC_SENT_RETURNED] = "returned",
                                        [PC_SENT_STORED] = "stored",
                                        [PC_SENT_PASSED] = "passed"};
    if (d->sent == PC_SENT_UNKNOWN)
        return json_null();
    return json_pack("{s:s,s:o,s:i}", "sent", names[d->sent], "to",
                     pc_json_text(d->to[0] ? d->to : NULL), "line", d->line);
}

static json_t *cell_of(const struct pc_escape_cell *c)
{
    json_t *at = json_array();
    for (size_t i = 0; i < c->n_elided_at; i++)
        json_array_append_new(at, place_of(&c->elided_at[i]));
    return json_pack(
        "{s:s,s:I,s:I,s:I,s:o,s:b,s:I,s:o,s:o,s:o,s:b}", "fate", pc_fate_name(c->fate),
        "calls-plain", (json_int_t)c->plain, "calls-timed", (json_int_t)c->timed,
        "calls-opaque", (json_int_t)c->opaque, "as",
        pc_json_text(c->calls[0] ? c->calls : NULL), "tail-call",
        c->timed > 0 && c->tails == c->timed, "elided", (json_int_t)c->elided, "elided-at",
        at, "allocs/op", c->measured ? pc_json_number(c->allocs) : json_null(), "B/op",
        c->measured ? pc_json_number(c->bytes) : json_null(), "at-least", c->at_least);
}

static json_t *lines_of(const struct pc_escape *escape)
{
    json_t *list = json_array();
    for (size_t i = 0; i < escape->lines.n; i++) {
        const struct pc_escape_line *line = &escape->lines.items[i];
        json_t *cells = json_array();
        for (size_t k = 0; k < escape->n_sides; k++)
            json_array_append_new(cells, cell_of(&line->cells[k]));
        json_array_append_new(
            list,
            json_pack("{s:o,s:o,s:o,s:o,s:o}", "place", place_of(&line->place), "call",
                      pc_json_text(line->calls), "source", pc_json_text(line->source),
                      "destination", destination_of(&line->destination), "with", cells));
    }
    return list;
}

static json_t *frames_of(const struct pc_stack_frames *frames)
{
    json_t *list = json_array();
    for (size_t i = 0; i < frames->n; i++)
        json_array_append_new(list, json_pack("{s:o,s:o,s:b}", "place",
                                              place_of(&frames->items[i].place), "stack-B",
                                              pc_json_number(frames->items[i].bytes),
                                              "and-more", frames->items[i].dynamic));
    return list;
}

static json_t *taken_of(const struct pc_alloc_calls *taken)
{
    json_t *list = json_array();
    for (size_t i = 0; i < taken->n; i++)
        json_array_append_new(list, json_pack("{s:o,s:o}", "call",
                                              pc_json_text(taken->items[i].name), "place",
                                              place_of(&taken->items[i].chain[0])));
    return list;
}

static json_t *findings_of(const struct pc_build *findings)
{
    json_t *list = json_array();
    for (size_t i = 0; i < findings->n; i++)
        if (!findings->items[i].error)
            json_array_append_new(
                list, json_pack("{s:o,s:o}", "text", pc_json_text(findings->items[i].text),
                                "place", place_of(&findings->items[i].place)));
    return list;
}

static json_t *side_of(const struct pc_escape_side *s)
{
    json_t *counts = json_null();
    if (s->counted)
        counts = json_pack("{s:o,s:o,s:o,s:b}", "allocs/op", pc_json_number(s->allocs),
                           "B/op", pc_json_number(s->bytes), "elsewhere",
                           pc_json_number(s->elsewhere), "agree", s->exact);
    return json_pack("{s:o,s:i,s:o,s:o,s:o,s:o,s:o}", "version", pc_json_text(s->compiler),
                     "code", (int)s->code, "trouble", pc_json_text(s->trouble), "counts",
                     counts, "stack", frames_of(&s->frames), "addresses-taken",
                     taken_of(&s->taken), "warnings", findings_of(&s->findings));
}

void pc_escape_json_add(struct pc_escape_json *json, const struct pc_exercise *exercise,
                        const struct pc_escape *escape)
{
    char id[16];
    json_t *sides = json_array();
    for (size_t i = 0; i < escape->n_sides; i++)
        json_array_append_new(sides, side_of(&escape->sides[i]));
    json_t *at =
        escape->count_at ? json_integer((json_int_t)escape->count_at) : json_null();
    json_array_append_new(
        json->files,
        json_pack("{s:o,s:o,s:o,s:o,s:o,s:o}", "id",
                  exercise ? json_string(pc_exercise_id(exercise, id)) : json_null(),
                  "name", exercise ? json_string(exercise->name) : json_null(), "file",
                  pc_json_text(escape->file), "counted-at", at, "compilers", sides, "lines",
                  lines_of(escape)));
}

char *pc_escape_json_finish(struct pc_escape_json *json, enum pc_code code)
{
    json_t *root = json_pack("{s:s,s:i,s:o}", "perfcourse", PACKAGE_VERSION, "code",
                             (int)code, "files", json->files);
    free(json);
    return pc_json_dump(root);
}
