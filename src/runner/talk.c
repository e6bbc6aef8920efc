#include "runner/talk.h"

#include <stdarg.h>
#include <string.h>

#include "base/clock.h"
#include "base/mem.h"

enum {
    OUT_MAX = 4096,      /* of the output a person gets to see */
    ERR_MAX = 128 << 10, /* a sanitizer's report with hundreds of frames */
    ANSWERS_MAX = 4 << 20,
};

/* The host said how it ended, or we do; the first word counts. */
static void fail(struct pc_talk *talk)
{
    talk->failed = true;
    pc_child_kill(talk->child);
}

void pc_talk_refuse(struct pc_talk *talk, const char *fmt, ...)
{
    if (talk->failed)
        return;
    struct pc_str text = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    pc_ends_set(&talk->ends.crash, PC_ENDING_PROTOCOL, "%s", pc_str_get(&text));
    pc_str_fini(&text);
    fail(talk);
}

static void closing_answer(struct pc_talk *talk, const struct pc_line *line)
{
    int64_t took = pc_now() - talk->ordered;
    talk->ordered = 0;
    talk->ops->ok(talk->ctx, line, took);
}

static void take_line(struct pc_talk *talk, char *text, size_t n)
{
    struct pc_line line;
    PC_AUTO(pc_auto_free) char *said = pc_strndup(text, 80);
    if (strlen(text) != n || !pc_line_parse(text, &line))
        pc_talk_refuse(talk, "it answered with garbage: \"%s\"", said);
    else if (talk->ordered == 0)
        pc_talk_refuse(talk, "it answered without being asked: \"%s\"", said);
    else if (strcmp(line.verb, "ok") == 0)
        closing_answer(talk, &line);
    else if (pc_ends_answer(&line, &talk->ends))
        fail(talk);
    else if (strcmp(line.verb, "note") == 0)
        return;
    else if (!talk->ops->inform || !talk->ops->inform(talk->ctx, &line))
        pc_talk_refuse(talk, "it gave an answer that does not fit: \"%s\"", said);
}

static void take_answers(struct pc_talk *talk, const char *data, size_t n)
{
    talk->answered += n;
    pc_str_add(&talk->line, data, n);
    size_t begin = 0;
    while (!talk->failed) {
        char *text = talk->line.s + begin;
        char *end = memchr(text, '\n', talk->line.len - begin);
        if (!end)
            break;
        *end = '\0';
        take_line(talk, text, (size_t)(end - text));
        begin += (size_t)(end - text) + 1;
    }
    pc_str_shift(&talk->line, begin);
    if (talk->answered > ANSWERS_MAX)
        pc_talk_refuse(talk, "it flooded its answers");
    else if (talk->line.len > PC_LINE_MAX)
        pc_talk_refuse(talk, "it answered with a line without an end");
}

static void on_data(void *ctx, enum pc_stream stream, const char *data, size_t n)
{
    struct pc_talk *talk = ctx;
    if (stream == PC_ANSWERS && !talk->failed) {
        take_answers(talk, data, n);
    } else if (stream == PC_OUT) {
        size_t room = OUT_MAX - talk->out.len;
        pc_str_add(&talk->out, data, n < room ? n : room);
    } else if (stream == PC_ERR) {
        pc_str_add(&talk->err, data, n);
        if (talk->err.len > (size_t)ERR_MAX)
            pc_str_shift(&talk->err, talk->err.len - ERR_MAX / 2);
    }
}

/* A host that could not do its work says why in a line, as any command does. */
static void name_the_end(struct pc_talk *talk)
{
    struct pc_crash *crash = &talk->ends.crash;
    pc_ends_process(&talk->end, crash);
    const char *err = pc_str_get(&talk->err);
    if (crash->ending == PC_ENDING_EXIT && *err)
        pc_ends_set(crash, crash->ending, "exit status %d: %.*s", talk->end.status,
                    (int)strcspn(err, "\n"), err);
}

static void on_done(void *ctx, const struct pc_child_end *end)
{
    struct pc_talk *talk = ctx;
    talk->child = NULL;
    talk->end = *end;
    /* The last word before a limit tells the place, in frames, and looks like a crash. */
    bool late = pc_ends_late(end) && !talk->ends.failed;
    if (late || (!talk->failed && (!talk->complete || end->why != PC_END_EXITED)))
        name_the_end(talk);
    talk->ops->over(talk->ctx);
}

bool pc_talk_start(struct pc_talk *talk, struct pc_loop *loop,
                   const struct pc_child_spec *spec, const struct pc_talk_ops *ops,
                   void *ctx, struct pc_err *err)
{
    static const struct pc_child_ops child_ops = {.data = on_data, .done = on_done};
    struct pc_child_spec with_orders = *spec;
    with_orders.orders = true;
    *talk = (struct pc_talk){.ops = ops, .ctx = ctx};
    talk->child = pc_child_start(loop, &with_orders, &child_ops, talk, err);
    return talk->child != NULL;
}

void pc_talk_order(struct pc_talk *talk, const char *order)
{
    talk->ordered = pc_now();
    pc_child_order(talk->child, order, strlen(order));
    pc_child_order(talk->child, "\n", 1);
}

void pc_talk_complete(struct pc_talk *talk)
{
    talk->complete = true;
    pc_child_end_orders(talk->child);
}

void pc_talk_fini(struct pc_talk *talk)
{
    pc_child_abandon(talk->child);
    pc_str_fini(&talk->line);
    pc_str_fini(&talk->out);
    pc_str_fini(&talk->err);
    *talk = (struct pc_talk){0};
}
