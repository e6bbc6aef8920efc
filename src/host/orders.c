#include "host/orders.h"

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/mem.h"

struct input {
    char text[PC_LINE_MAX];
    size_t n, used; /* bytes read; of them, bytes of the line handed out last */
};

/* The next line without its newline, NULL at the end of input or when one is too long. */
static char *next_line(struct input *in)
{
    memmove(in->text, in->text + in->used, in->n - in->used);
    in->n -= in->used;
    in->used = 0;
    for (;;) {
        char *newline = memchr(in->text, '\n', in->n);
        if (newline) {
            *newline = '\0';
            in->used = (size_t)(newline - in->text) + 1;
            return in->text;
        }
        if (in->n == sizeof in->text)
            return NULL;
        ssize_t got = read(PC_WIRE_ORDERS, in->text + in->n, sizeof in->text - in->n);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return NULL;
        in->n += (size_t)got;
    }
}

static bool serve(const struct pc_order_row *table, void *host, const struct pc_line *order)
{
    for (; table->verb; table++)
        if (strcmp(table->verb, order->verb) == 0)
            return table->serve(host, order);
    return pc_answer_error("there is no order %s", order->verb);
}

void pc_orders_serve(const struct pc_order_row *table, void *host)
{
    struct input in = {.n = 0};
    for (char *text; (text = next_line(&in));) {
        struct pc_line order;
        if (!pc_line_parse(text, &order)) {
            pc_answer_error("an order cannot be read");
            return;
        }
        if (!serve(table, host, &order) || strcmp(order.verb, "end") == 0)
            return;
    }
}

bool pc_answer_send(struct pc_str *line)
{
    pc_str_adds(line, "\n");
    size_t sent = 0;
    while (sent < line->len) {
        ssize_t n = write(PC_WIRE_ANSWERS, line->s + sent, line->len - sent);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            break;
        sent += (size_t)n;
    }
    bool done = sent == line->len;
    pc_str_fini(line);
    return done;
}

bool pc_answer_error(const char *fmt, ...)
{
    struct pc_str text = {0}, line = {0};
    va_list ap;
    va_start(ap, fmt);
    pc_str_vaddf(&text, fmt, ap);
    va_end(ap);
    pc_str_adds(&line, "error");
    pc_line_add(&line, "text", pc_str_get(&text));
    pc_answer_send(&line);
    pc_str_fini(&text);
    return false;
}

static bool answer_about(const char *verb, const struct pc_member *member, const char *text)
{
    struct pc_str line = {0};
    pc_str_adds(&line, verb);
    pc_line_add(&line, "worker", member->name);
    pc_line_add(&line, "text", text);
    pc_answer_send(&line);
    return false;
}

bool pc_answer_refused(const struct pc_member *member, const char *text)
{
    return answer_about("refused", member, text);
}

/* What the handler has recorded counts only if its signal is the one that ended the worker.
 */
static void add_crash(struct pc_str *line, const struct pc_member *member)
{
    const struct pc_box_crash *crash = &member->box->crash;
    int signal = WTERMSIG(member->status);
    pc_line_addf(line, "signal", "%d", member->stopped ? SIGSTOP : signal);
    if (member->crowd)
        pc_line_addf(line, "threads", "%" PRIu64, member->crowd);
    if (crash->signal != signal)
        return; /* killed from outside, or without a stack to speak on */
    if (crash->has_address)
        pc_line_addf(line, "address", "%" PRIx64, crash->address);
    struct pc_str frames = {0};
    for (uint32_t i = 0; i < crash->n_frames && i < PC_BOX_FRAMES; i++)
        pc_str_addf(&frames, "%s%" PRIx64, i ? "," : "", crash->frames[i]);
    pc_line_add(line, "frames", pc_str_get(&frames));
    if (crash->overflow)
        pc_line_add(line, "stack", "overflow");
    pc_str_fini(&frames);
}

bool pc_answer_death(const struct pc_member *member)
{
    struct pc_str line = {0};
    bool exited = WIFEXITED(member->status);
    pc_str_adds(&line, exited ? "ended" : "crash");
    pc_line_add(&line, "worker", member->name);
    if (exited)
        pc_line_addf(&line, "status", "%d", WEXITSTATUS(member->status));
    else
        add_crash(&line, member);
    pc_answer_send(&line);
    return false;
}

bool pc_answer_call(struct pc_member *member, enum pc_order_kind kind)
{
    if (!pc_member_call(member, kind))
        return pc_answer_death(member);
    char text[PC_BOX_TEXT];
    memcpy(text, member->box->answer.text, sizeof text);
    text[sizeof text - 1] = '\0';
    switch (member->box->answer.kind) {
    case PC_ANSWER_DONE:
    case PC_ANSWER_NONE:
        return true;
    case PC_ANSWER_FAILED:
        return answer_about("fail", member, text);
    case PC_ANSWER_REFUSED:
        return answer_about("refused", member, text);
    }
    return answer_about("refused", member, "the kernel wrote over the host's memory");
}

bool pc_answer_jail(const char *host, const struct pc_jail_state *jail)
{
    char layers[PC_BOX_NAME], missing[PC_BOX_TEXT];
    pc_jail_layers(jail, layers, sizeof layers);
    pc_jail_missing(jail, missing, sizeof missing);
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    pc_line_add(&line, "host", host);
    pc_line_add(&line, "version", "1");
    pc_line_add(&line, "jail", pc_jail_name(jail));
    pc_line_add(&line, "layers", layers);
    pc_line_addf(&line, "landlock", "%d", (int)jail->abi);
    pc_line_add(&line, "missing", missing);
    return pc_answer_send(&line);
}

bool pc_answer_hello(const char *host, const struct pc_member *members, size_t n)
{
    struct pc_jail_state jail = members[0].box->answer.jail;
    for (size_t i = 1; i < n; i++)
        jail = pc_jail_both(&jail, &members[i].box->answer.jail);
    if (pc_jail_suffices(&jail))
        return pc_answer_jail(host, &jail);
    char missing[PC_BOX_TEXT];
    pc_jail_missing(&jail, missing, sizeof missing);
    return pc_answer_error("PERFCOURSE_SANDBOX is strict, and this is missing: %s",
                           missing);
}

/* The strings were written by the worker and may lack their NUL. */
static void add_entry(struct pc_str *line, struct pc_box_entry *entry)
{
    entry->name[sizeof entry->name - 1] = entry->file[sizeof entry->file - 1] = '\0';
    pc_str_adds(line, "entry");
    pc_line_add(line, "kind", entry->kind == BENCH_KIND_TEST ? "test" : "bench");
    pc_line_add(line, "name", entry->name);
    struct pc_str sizes = {0};
    for (uint32_t i = 0; i < entry->n_sizes && i < PC_BOX_SIZES; i++)
        pc_str_addf(&sizes, "%s%" PRIu64, i ? "," : "", entry->sizes[i]);
    pc_line_add(line, "sizes", pc_str_get(&sizes));
    pc_str_fini(&sizes);
    pc_line_add(line, "file", entry->file);
    pc_line_addf(line, "line", "%d", entry->line);
}

bool pc_answer_list(struct pc_member *member)
{
    uint64_t n = 0;
    for (;; n++) {
        member->box->order.entry = n;
        if (!pc_answer_call(member, PC_ORDER_ENTRY))
            return false;
        if (member->box->answer.kind == PC_ANSWER_NONE)
            break;
        struct pc_box_entry entry = member->box->answer.entry;
        struct pc_str line = {0};
        add_entry(&line, &entry);
        if (!pc_answer_send(&line))
            return false;
    }
    struct pc_str line = {0};
    pc_str_adds(&line, "ok");
    pc_line_addf(&line, "n", "%" PRIu64, n);
    return pc_answer_send(&line);
}

bool pc_order_copy_setup(const struct pc_line *order, struct pc_mailbox *box)
{
    const char *name = pc_line_get(order, "name");
    if (!name || strlen(name) >= sizeof box->order.name ||
        !pc_line_u64(order, "size", &box->order.size) ||
        !pc_line_u64(order, "seed", &box->order.seed))
        return pc_answer_error("setup needs name, size and seed");
    strcpy(box->order.name, name);
    return true;
}
