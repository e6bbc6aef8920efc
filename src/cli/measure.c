#include "cli/measure.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/mem.h"
#include "loop/loop.h"
#include "report/json.h"
#include "report/measured.h"

/* The factor between the sizes at least, and the largest size. */
enum { SPAN_MIN = 4, SIZE_MAX_ASKED = 1 << 30 };

void pc_parse_sizes(const char *arg, struct pc_measure_spec *spec, struct argp_state *state)
{
    char *end;
    errno = 0;
    unsigned long from = strtoul(arg, &end, 10), to = 0;
    bool well = end != arg && arg[0] != '-' && strncmp(end, "..", 2) == 0;
    if (well) {
        const char *second = end + 2;
        to = strtoul(second, &end, 10);
        well = end != second && second[0] != '-' && *end == '\0' && errno == 0;
    }
    if (!well || from == 0 || to > SIZE_MAX_ASKED || to / SPAN_MIN < from)
        argp_error(state,
                   "--growth needs sizes FROM..TO, TO at least %d times FROM, such as "
                   "100..10000, not \"%s\"",
                   SPAN_MIN, arg);
    spec->from = from;
    spec->to = to;
}

struct session {
    struct pc_shell *shell;
    struct pc_measure_run *run;
    const struct pc_exercise *exercise;
    bool json, live, status;
    enum pc_code code;
    struct pc_str out;
    struct pc_err *err;
};

static void growing(void *ctx, const struct pc_growth *growth)
{
    struct session *s = ctx;
    if (!s->live)
        return;
    PC_AUTO(pc_auto_free) char *line =
        pc_strfmt("\r\033[Kgrowth ... n^%.2f after %u round%s", growth->exponent,
                  growth->rounds, growth->rounds == 1 ? "" : "s");
    s->status = pc_print(line, NULL);
}

static void clear_status(struct session *s)
{
    if (s->status)
        pc_print("\r\033[K", NULL);
    s->status = false;
}

static void add_document(struct session *s, const struct pc_measurements *m)
{
    PC_AUTO(pc_auto_free)
    char *text = pc_json_measured(s->exercise, m->growth, m->counts, m->count_at);
    pc_str_adds(&s->out, text);
}

static void add_tables(struct session *s, const struct pc_measurements *m)
{
    size_t width = pc_output_width();
    if (m->growth)
        pc_measured_growth(m->growth, width, &s->out);
    if (m->growth && m->counts)
        pc_str_adds(&s->out, "\n");
    if (m->counts)
        pc_measured_metrics(m->counts, m->count_at, width, &s->out);
}

static void done(void *ctx, enum pc_code code, const char *text,
                 const struct pc_measurements *measured)
{
    struct session *s = ctx;
    s->run = NULL;
    s->code = code;
    clear_status(s);
    if (s->json)
        add_document(s, measured);
    else
        add_tables(s, measured);
    if (text)
        pc_fail(s->err, code, "%s", text);
    pc_loop_stop(s->shell->loop);
}

static void interrupted(void *ctx, int signal)
{
    struct session *s = ctx;
    (void)signal;
    clear_status(s);
    if (s->run)
        pc_measure_cancel(s->run);
    s->run = NULL;
    s->code = PC_INTERRUPTED;
    pc_loop_stop(s->shell->loop);
}

enum pc_code pc_measure(struct pc_shell *shell, const struct pc_measure_spec *spec,
                        bool json, struct pc_err *err)
{
    static const struct pc_measure_ops ops = {.growing = growing, .done = done};
    struct session s = {.shell = shell,
                        .exercise = spec->exercise,
                        .json = json,
                        .live = pc_output_is_live(),
                        .err = err};
    s.run = pc_measure_start(shell->engine, spec, &ops, &s, err);
    if (!s.run)
        return err->code;
    pc_loop_on_interrupt(shell->loop, interrupted, &s);
    pc_loop_run(shell->loop);
    if (s.out.len > 0 && !pc_print(s.out.s, err))
        s.code = err->code;
    pc_str_fini(&s.out);
    return s.code;
}
